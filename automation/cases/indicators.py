"""The indicators of letters-and-visits work over a period, each with the cases behind its figure.

按期受理率, 按期办结率, 初信初访办结率, 满意率, 平均办理天数, 重复信访率, 上级件按期反馈率. A share is kept as numerator and
denominator, so that nothing of nothing shows as "–", never as 100 %. The school's own targets: everything in time
(100 %), no collective visits, none that skip a level. Departments are never ranked on volume: that would reward not
registering.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import cached_property
from typing import TypeVar

import numpy as np

from automation.cases.cases import Cases
from automation.cases.clocks import Clock, Extensions, run_clocks, starting_days
from automation.cases.confidentiality import Confidence, judge_table
from automation.cases.urgency import people_counted
from automation.ledger.case_numbers import issued_numbers, repeats
from automation.ledger.model import Ledger
from automation.ledger.office_time import today
from automation.ledger.table import Array, Table, positions_of
from sheet_schema.vocabulary import Channel, Decision, Satisfaction, Start, Step

Key = TypeVar("Key")

_COLUMNS = (
    "case_no", "channel", "decision", "received_on", "decided_on", "notified_on", "replied_on", "fed_back_on",
    "superior_due", "satisfaction", "repeat_of", "leapfrog", "department", "handler",
)  # fmt: skip


class Measure(Enum):
    """What kind of figure an indicator is: a share of a whole, a count, or a number of days."""

    SHARE = "share"
    COUNT = "count"
    DAYS = "days"


@dataclass(frozen=True, slots=True)
class Value:
    """An indicator's figure for one period.

    SHARE: `part` of `whole` cases. COUNT: `part` cases. DAYS: `part` is the mean and `median` the median, over `whole`
    cases. `numbers` are the cases to look at: those that fell short, or else those that were counted.
    """

    part: float
    whole: int
    numbers: tuple[str, ...] = ()
    median: float = 0.0


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator: what kind of figure it is, its target, and how it is worked out."""

    key: str
    measure: Measure
    target: float | None
    """A share (1.0 is 100 %) or a count; None without a target."""
    of: Callable[[Stock, Array], Value]
    """Takes the cases and the period (an array of its first and last day)."""


@dataclass(frozen=True)
class Stock:
    """The cases that indicators count: those of the register and of Filing that one reader may see.

    Each array has one entry for each case.
    """

    columns: Mapping[str, Array]
    start: Mapping[Start, Array]
    due: Mapping[Step, Array]
    """The due date of each step, NaT where the case does not owe it."""
    day: np.datetime64
    """Today."""
    restricted: Array
    """A mask of the restricted cases, which reports only count."""
    filed: Array
    """A mask of the cases in Filing."""

    def __getitem__(self, key: str) -> Array:
        return self.columns[key]

    def numbers(self, mask: Array) -> tuple[str, ...]:
        """The masked cases' numbers, sorted."""
        return tuple(sorted(self["case_no"][mask].tolist()))

    def only(self, mask: Array) -> Stock:
        """The masked cases alone."""

        def masked(arrays: Mapping[Key, Array]) -> dict[Key, Array]:
            return {key: array[mask] for key, array in arrays.items()}

        return Stock(
            columns=masked(self.columns),
            start=masked(self.start),
            due=masked(self.due),
            day=self.day,
            restricted=self.restricted[mask],
            filed=self.filed[mask],
        )

    def collective(self, enough: int) -> Array:
        """A mask of the visits of so many people or more."""
        visits: Array = (self["people"] >= enough) & (self["channel"] == Channel.VISIT.key)
        return visits

    def joint(self, enough: int) -> Array:
        """A mask of the letters, calls and messages of so many people or more."""
        signed: Array = (self["people"] >= enough) & (self["channel"] != Channel.VISIT.key)
        return signed

    @cached_property
    def leapfrogs(self) -> Array:
        """A mask of the visits that went over the heads of the competent level."""
        visits: Array = self["leapfrog"] & (self["channel"] == Channel.VISIT.key)
        return visits

    @cached_property
    def repeats(self) -> Array:
        """A mask of the cases that a person marked as a repeat of another."""
        marked: Array = self["repeat_of"] != ""
        return marked


def stock_of(cases: Cases, visible: Callable[[Table, Confidence, Array], Array], more: Iterable[str] = ()) -> Stock:
    """Gather the cases of the register and of Filing that a reader may see. What is void counts nowhere.

    `visible` takes a table, its confidence and a mask of its cases, and masks those the reader may see. `more` names
    further columns to keep, beyond those the indicators use.
    """
    ledger = cases.ledger
    filed, filed_cases, filed_clocks, filed_seen = _filed(ledger)
    judged = judge_table(filed, ledger.policy, cases.now.date())
    parts = (
        (
            cases.register,
            visible(cases.register, cases.confidence, cases.register_lines.cases) & _stands(cases.register),
            cases.clocks,
            cases.register_lines.first_seen,
        ),
        (filed, visible(filed, judged, filed_cases) & _stands(filed), filed_clocks, filed_seen),
    )
    columns = {key: np.concatenate([table[key][mask] for table, mask, _, _ in parts]) for key in (*_COLUMNS, *more)}
    columns["people"] = np.concatenate([people_counted(table)[mask] for table, mask, _, _ in parts])
    hidden = _hidden(cases.register, cases.confidence, parts[0][1]) | _hidden(filed, judged, parts[1][1])
    columns["repeat_of"] = _named_repeats(columns["repeat_of"], issued_numbers(ledger) - hidden)
    starts = [(starting_days(table, first_seen), mask) for table, mask, _, first_seen in parts]
    start = {kind: np.concatenate([days[kind][mask] for days, mask in starts]) for kind in Start}
    due = {step: np.concatenate([clocks[step].due[mask] for _, mask, clocks, _ in parts]) for step in Step}
    restricted = np.concatenate([cases.confidence.restricted[parts[0][1]], judged.restricted[parts[1][1]]])
    in_filing = np.repeat([False, True], [int(mask.sum()) for _, mask, _, _ in parts])
    return Stock(columns=columns, start=start, due=due, day=today(cases.now), restricted=restricted, filed=in_filing)


def _stands(table: Table) -> Array:
    """Mask the cases that were not entered by mistake."""
    stands: Array = table["decision"] != Decision.VOID.key
    return stands


def _named_repeats(repeat_of: Array, known: frozenset[str]) -> Array:
    """`repeat_of` where it names a case that the reader may know of: a figure of repeats would tell of another, too."""
    return np.where(repeats(repeat_of, known), repeat_of, "").astype(object)


def _hidden(table: Table, confidence: Confidence, visible: Array) -> frozenset[str]:
    """The numbers of the cases that somebody must not know of, this reader among them."""
    return frozenset(str(table["case_no"][at]) for at in confidence.guarded if not visible[at])


def _filed(ledger: Ledger) -> tuple[Table, Array, Mapping[Step, Clock], Array]:
    """The Filing tab, the mask of its cases, their clocks, and the days on which they were first seen."""
    filing = ledger.filing
    real = filing["case_no"] != ""
    at = positions_of(filing["case_no"], ledger.index["case_no"])
    first_seen, extended, seen = (np.full(len(filing), "NaT", dtype="datetime64[D]") for _ in range(3))
    known = at >= 0
    first_seen[known] = ledger.index["first_seen"][at[known]]
    extended[known] = ledger.index["extended_to"][at[known]]
    seen[known] = ledger.index["extension_seen"][at[known]]
    clocks = run_clocks(filing, ledger.policy, first_seen, Extensions(extended, seen), real)
    return filing, real, clocks, first_seen


def month_of(day: date, back: int = 0) -> tuple[date, date]:
    """The first and last day of the month that lies `back` months before `day`."""
    months = day.year * 12 + day.month - 1 - back
    first, following = (date(m // 12, m % 12 + 1, 1) for m in (months, months + 1))
    return first, date.fromordinal(following.toordinal() - 1)


def values(indicator: Indicator, stock: Stock, period: tuple[date, date]) -> Value:
    """Work out an indicator for a period, given as its first and last day."""
    first, last = (np.datetime64(day, "D") for day in period)
    return indicator.of(stock, np.array([first, last]))


def _within(days: Array, period: Array) -> Array:
    inside: Array = (days >= period[0]) & (days <= period[1])
    return inside


def _in_time(step: Step, done: str) -> Callable[[Stock, Array], Value]:
    """The share of a step's due dates in the period that were met; one that is open and late counts as missed.

    A step that is neither done nor late yet is not counted. A case nobody has decided on counts as accepted, as in
    its clock.
    """

    def value(stock: Stock, period: Array) -> Value:
        due = stock.due[step]
        fell_due = _within(due, period) & ((due < stock.day) | ~np.isnat(stock[done]))
        kept = fell_due & (stock[done] <= due)
        return Value(float(kept.sum()), int(fell_due.sum()), stock.numbers(fell_due & ~kept))

    return value


def _settled(stock: Stock, period: Array) -> Value:
    """初信初访办结率: the share of accepted first-time matters received in the period that were answered.

    What is unanswered but not late yet is not counted.
    """
    first_time = (stock["decision"] == Decision.ACCEPT.key) & ~stock.repeats
    replied = ~np.isnat(stock["replied_on"])
    waiting = ~replied & ~(stock.due[Step.REPLY] < stock.day)
    counted = first_time & _within(stock.start[Start.RECEIVED], period) & ~waiting
    return Value(float((counted & replied).sum()), int(counted.sum()), stock.numbers(counted & ~replied))


def _satisfied(stock: Stock, period: Array) -> Value:
    rated = _within(stock["replied_on"], period) & (stock["satisfaction"] != "")
    content = rated & (stock["satisfaction"] != Satisfaction.POOR.key)
    return Value(float(content.sum()), int(rated.sum()), stock.numbers(rated & ~content))


def _rated(stock: Stock, period: Array) -> Value:
    """参评率: how many said whether they were satisfied. Without it the share of satisfied people says little."""
    replied = _within(stock["replied_on"], period)
    rated = replied & (stock["satisfaction"] != "")
    return Value(float(rated.sum()), int(replied.sum()), stock.numbers(replied & ~rated))


def _days(stock: Stock, period: Array) -> Value:
    replied = _within(stock["replied_on"], period)
    taken = (stock["replied_on"] - stock.start[Start.ACCEPTED])[replied].astype("timedelta64[D]").astype(np.float64)
    taken = taken[taken >= 0]  # a reply dated before its case is a slip, reported in its row
    mean, median = (float(taken.mean()), float(np.median(taken))) if len(taken) else (0.0, 0.0)
    return Value(mean, len(taken), stock.numbers(replied), median)


def _repeated(stock: Stock, period: Array) -> Value:
    received = _within(stock.start[Start.RECEIVED], period)
    repeated = received & stock.repeats
    return Value(float(repeated.sum()), int(received.sum()), stock.numbers(repeated))


def counting(what: Callable[[Stock], Array]) -> Callable[[Stock, Array], Value]:
    """An indicator that counts the cases received in the period that `what` masks."""

    def value(stock: Stock, period: Array) -> Value:
        counted = _within(stock.start[Start.RECEIVED], period) & what(stock)
        return Value(float(counted.sum()), int(counted.sum()), stock.numbers(counted))

    return value


def indicators(collective_from: int) -> tuple[Indicator, ...]:
    """All indicators in the order shown. A visit of `collective_from` people or more is a collective one, and what as many
    wrote together is a joint letter."""
    return (
        Indicator("received", Measure.COUNT, None, counting(lambda stock: stock["case_no"] != "")),
        Indicator("notified_in_time", Measure.SHARE, 1.0, _in_time(Step.NOTIFY, "notified_on")),
        Indicator("replied_in_time", Measure.SHARE, 1.0, _in_time(Step.REPLY, "replied_on")),
        Indicator("within_legal_limit", Measure.SHARE, 1.0, _in_time(Step.LEGAL_LIMIT, "replied_on")),
        Indicator("first_time_settled", Measure.SHARE, 1.0, _settled),
        Indicator("reported_back_in_time", Measure.SHARE, 1.0, _in_time(Step.FEEDBACK, "fed_back_on")),
        Indicator("satisfied", Measure.SHARE, None, _satisfied),
        Indicator("rated", Measure.SHARE, None, _rated),
        Indicator("days_taken", Measure.DAYS, None, _days),
        Indicator("repeated", Measure.SHARE, None, _repeated),
        Indicator("collective", Measure.COUNT, 0.0, counting(lambda stock: stock.collective(collective_from))),
        Indicator("joint", Measure.COUNT, None, counting(lambda stock: stock.joint(collective_from))),
        Indicator(
            "repeat_collective",
            Measure.COUNT,
            0.0,
            counting(lambda stock: stock.collective(collective_from) & stock.repeats),
        ),
        Indicator("leapfrog", Measure.COUNT, 0.0, counting(lambda stock: stock.leapfrogs)),
    )
