"""The indicators of letters-and-visits work over a period, each with the cases behind its figure.

按期受理率, 按期办结率, 初信初访办结率, 满意率, 平均办理天数, 重复信访率, 上级件按期反馈率. A share is kept as numerator and
denominator, so that nothing of nothing shows as "–", never as 100%. The school's own targets: everything in time
(100%), no collective visits, none that skip a level. Departments are never ranked on volume: that would reward not
registering.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import TypeAlias

import numpy as np

from automation.cases.cases import Cases
from automation.cases.clocks import Clock, starting_days
from automation.cases.confidentiality import Confidence, judge_table
from automation.cases.filed_clocks import clocks_in_filing
from automation.cases.joined_facts import answered
from automation.cases.owed import days_waited, due_days
from automation.cases.urgency import people_counted
from automation.ledger.case_numbers import in_order, issued_numbers, repeats
from automation.ledger.office_time import NO_DAY, today
from automation.ledger.table import Array, Table, positions_of
from sheet_schema import FILING
from sheet_schema.vocabulary import Channel, Decision, Satisfaction, Start, Step

Mask: TypeAlias = Array
"""Which of a stock's cases are meant: a truth value each."""

_COLUMNS = (
    "case_no", "channel", "decision", "received_on", "decided_on", "notified_on", "replied_on", "fed_back_on",
    "superior_due", "outcome", "satisfaction", "repeat_of", "leapfrog", "department", "handler",
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
    cases. `numbers` are the cases to look at, all of them: those that fell short, or else those that were counted.
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
    """A share (1.0 is 100%) or a count; None without a target."""
    of: Callable[[Stock, Array], Value]
    """Takes the cases and the period (an array of its first and last day)."""
    if_any: bool = False
    """Whether it is only shown where there is something to count: it is about what not every office does."""


@dataclass(frozen=True)
class Stock:
    """The cases that indicators count: those of the register and of Filing that one reader may see, a row each.

    Besides columns of the tab there are the number of `people`, whether the case is `restricted` (reports only count it)
    and whether it is `filed`.
    """

    columns: Mapping[str, Array]
    day: np.datetime64
    """Today."""

    def __len__(self) -> int:
        return len(self.columns["case_no"])

    def __getitem__(self, key: str) -> Array:
        return self.columns[key]

    def start(self, kind: Start) -> Array:
        """The day from which each case's days of this kind count."""
        return self[f"start_{kind}"]

    def due(self, step: Step) -> Array:
        """The due date of a step, NaT where the case does not owe it."""
        return self[f"due_{step}"]

    def numbers(self, mask: Mask) -> tuple[str, ...]:
        """The masked cases' numbers, in the order of issue."""
        return in_order(self["case_no"][mask])

    def only(self, mask: Mask) -> Stock:
        """The masked cases alone."""
        return Stock({key: column[mask] for key, column in self.columns.items()}, self.day)

    def ordered(self, positions: list[int] | Array) -> Stock:
        """The same cases in the order of these positions."""
        at = np.asarray(positions, dtype=np.int64)
        return Stock({key: column[at] for key, column in self.columns.items()}, self.day)

    def among(self, numbers: Iterable[str]) -> Mask:
        """A mask of the cases with one of these numbers."""
        wanted = {*numbers}
        return np.fromiter((number in wanted for number in self["case_no"].tolist()), bool, len(self))

    def collective(self, enough: int) -> Mask:
        """A mask of the visits of so many people or more."""
        masked: Mask = (self["people"] >= enough) & (self["channel"] == Channel.VISIT)
        return masked

    def joint(self, enough: int) -> Mask:
        """A mask of the letters, calls and messages of so many people or more."""
        masked: Mask = (self["people"] >= enough) & (self["channel"] != Channel.VISIT)
        return masked

    @property
    def leapfrogs(self) -> Mask:
        """A mask of the visits that went over the heads of the competent level."""
        masked: Mask = self["leapfrog"] & (self["channel"] == Channel.VISIT)
        return masked

    @property
    def repeats(self) -> Mask:
        """A mask of the cases that a person marked as a repeat of another."""
        masked: Mask = self["repeat_of"] != ""
        return masked


def stock_of(cases: Cases, visible: Callable[[Table, Confidence, Array], Array], more: tuple[str, ...] = ()) -> Stock:
    """Gather the cases of the register and of Filing that a reader may see. What is void counts nowhere.

    `visible` takes a table, its confidence and a mask of its cases, and masks those the reader may see. `more` names
    further columns to keep, beyond those the indicators use.
    """
    tabs, together = cases.register.remembered(_every_case, cases, more)
    masks, hidden = [], set[str]()
    for one in tabs:
        seen = visible(one.table, one.confidence, one.real) & (one.table["decision"] != Decision.VOID)
        hidden |= {str(one.table["case_no"][at]) for at in one.confidence.guarded if not seen[at]}
        masks.append(seen)
    chosen = Stock(together, today(cases.now)).only(np.concatenate(masks))
    # Only what names a case that the reader may know of is a repeat to them: a figure of repeats would tell of another, too.
    repeated = repeats(chosen["repeat_of"], issued_numbers(cases.ledger) - hidden)
    named = np.where(repeated, chosen["repeat_of"], "")
    return Stock({**chosen.columns, "repeat_of": named}, chosen.day)


def _every_case(cases: Cases, more: tuple[str, ...]) -> tuple[tuple[_Known, ...], Mapping[str, Array]]:
    """What is known of both tabs, and their rows one under the other: the same for every reader."""
    tabs = (_in_register(cases), _in_filing(cases))
    live, filed = (_columns(one, (*_COLUMNS, *more)) for one in tabs)
    return tabs, {key: np.concatenate([column, filed[key]]) for key, column in live.items()}


@dataclass(frozen=True)
class _Known:
    """A tab of cases, and what is known of each row: whether it is a case, who may know, its clocks, when first seen."""

    table: Table
    real: Array
    confidence: Confidence
    clocks: Mapping[Step, Clock]
    first_seen: Array
    owed: Array
    """What its finished steps owed, as Index keeps it, or as it was sealed."""
    day: date
    """Today."""


def _columns(known: _Known, keys: Iterable[str]) -> dict[str, Array]:
    table = known.table
    return {
        **{key: table[key] for key in keys},
        "people": people_counted(table),
        "restricted": known.confidence.restricted,
        "quotable": known.confidence.quotable,
        "filed": np.full(len(table), table.tab is FILING),
        **{f"start_{kind}": days for kind, days in starting_days(table, known.first_seen).items()},
        **{f"due_{step}": days for step, days in due_days(table, known.clocks, known.owed).items()},
        "waited": days_waited(table, known.clocks[Step.REPLY], known.owed, known.day),
    }


def _in_register(cases: Cases) -> _Known:
    lines = cases.register_lines
    owed = _owed(cases.ledger.index, lines.index_at)
    return _Known(cases.register, lines.cases, cases.confidence, cases.clocks, lines.first_seen, owed, cases.now.date())


def _in_filing(cases: Cases) -> _Known:
    ledger, filing = cases.ledger, answered(cases.ledger.filing)
    real = filing["case_no"] != ""
    index_at = positions_of(filing["case_no"], ledger.index["case_no"])
    known = index_at >= 0
    first_seen = np.full(len(filing), NO_DAY)
    first_seen[known] = ledger.index["first_seen"][index_at[known]]
    clocks = clocks_in_filing(ledger, index_at, first_seen)
    confidence = judge_table(filing, ledger.policy, cases.now.date())
    owed = np.where(filing["owed"] != "", filing["owed"], _owed(ledger.index, index_at))
    return _Known(filing, real, confidence, clocks, first_seen, owed, cases.now.date())


def _owed(index: Table, at: Array) -> Array:
    owed = np.full(len(at), "", dtype=object)
    owed[at >= 0] = index["owed"][at[at >= 0]]
    return owed


def month_of(day: date, back: int = 0) -> tuple[date, date]:
    """The first and last day of the month that lies `back` months before `day`."""
    months = day.year * 12 + day.month - 1 - back
    first, following = (date(m // 12, m % 12 + 1, 1) for m in (months, months + 1))
    return first, date.fromordinal(following.toordinal() - 1)


def values(indicator: Indicator, stock: Stock, period: tuple[date, date]) -> Value:
    """Work out an indicator for a period, given as its first and last day."""
    first, last = (np.datetime64(day, "D") for day in period)
    return indicator.of(stock, np.array([first, last]))


def days_within(days: Array, period: Array) -> Mask:
    """A mask of the days from the first to the last of the period; blank days are not among them."""
    first, last = period
    masked: Mask = (days >= first) & (days <= last)
    return masked


def in_time(step: Step, done: str) -> Callable[[Stock, Array], Value]:
    """The share of a step's due dates in the period that were met; one that is open and late counts as missed.

    A step that is neither done nor late yet is not counted. A case nobody has decided on counts as accepted, as in
    its clock.
    """

    def value(stock: Stock, period: Array) -> Value:
        due = stock.due(step)
        fell_due = days_within(due, period) & ((due < stock.day) | ~np.isnat(stock[done]))
        kept = fell_due & (stock[done] <= due)
        return Value(float(kept.sum()), int(fell_due.sum()), stock.numbers(fell_due & ~kept))

    return value


def _settled(stock: Stock, period: Array) -> Value:
    """初信初访办结率: the share of accepted first-time matters received in the period that were answered.

    What is unanswered but not late yet is not counted.
    """
    first_time = (stock["decision"] == Decision.ACCEPT) & ~stock.repeats
    replied = ~np.isnat(stock["replied_on"])
    waiting = ~replied & ~(stock.due(Step.REPLY) < stock.day)
    counted = first_time & days_within(stock.start(Start.RECEIVED), period) & ~waiting
    return Value(float((counted & replied).sum()), int(counted.sum()), stock.numbers(counted & ~replied))


def _satisfied(stock: Stock, period: Array) -> Value:
    rated = days_within(stock["replied_on"], period) & (stock["satisfaction"] != "")
    content = rated & (stock["satisfaction"] != Satisfaction.POOR)
    return Value(float(content.sum()), int(rated.sum()), stock.numbers(rated & ~content))


def _rated(stock: Stock, period: Array) -> Value:
    """参评率: how many said whether they were satisfied. Without it the share of satisfied people says little."""
    replied = days_within(stock["replied_on"], period)
    rated = replied & (stock["satisfaction"] != "")
    return Value(float(rated.sum()), int(replied.sum()), stock.numbers(replied & ~rated))


def _days(stock: Stock, period: Array) -> Value:
    replied = days_within(stock["replied_on"], period)
    took: Array = (stock["replied_on"] - stock.start(Start.ACCEPTED)) / np.timedelta64(1, "D") - stock["waited"]
    counted = replied & (took >= 0)  # a reply dated before its case is a slip, reported in its row
    return _mean_of(took, counted, stock)


def _mean_of(days: Array, counted: Mask, stock: Stock) -> Value:
    chosen = days[counted]
    mean, median = (float(chosen.mean()), float(np.median(chosen))) if len(chosen) else (0.0, 0.0)
    return Value(mean, len(chosen), stock.numbers(counted), median)


def _days_waited(stock: Stock, period: Array) -> Value:
    """For how many days the clocks stood still of what was answered in the period, where they did (docs/design.md#p19.6)."""
    counted = days_within(stock["replied_on"], period) & (stock["waited"] > 0)
    return _mean_of(stock["waited"].astype(np.float64), counted, stock)


def _repeated(stock: Stock, period: Array) -> Value:
    received = days_within(stock.start(Start.RECEIVED), period)
    repeated = received & stock.repeats
    return Value(float(repeated.sum()), int(received.sum()), stock.numbers(repeated))


def counting(what: Callable[[Stock], Mask]) -> Callable[[Stock, Array], Value]:
    """An indicator that counts the cases received in the period that `what` masks."""

    def value(stock: Stock, period: Array) -> Value:
        counted = days_within(stock.start(Start.RECEIVED), period) & what(stock)
        return Value(float(counted.sum()), int(counted.sum()), stock.numbers(counted))

    return value


def indicators(collective_from: int) -> tuple[Indicator, ...]:
    """All indicators in the order shown. A visit of `collective_from` people or more is a collective one, and what as many
    wrote together is a joint letter."""
    return (
        Indicator("received", Measure.COUNT, None, counting(lambda stock: stock["case_no"] != "")),
        Indicator("notified_in_time", Measure.SHARE, 1.0, in_time(Step.NOTIFY, "notified_on")),
        Indicator("replied_in_time", Measure.SHARE, 1.0, in_time(Step.REPLY, "replied_on")),
        Indicator("within_legal_limit", Measure.SHARE, 1.0, in_time(Step.LEGAL_LIMIT, "replied_on")),
        Indicator("first_time_settled", Measure.SHARE, 1.0, _settled),
        Indicator("reported_back_in_time", Measure.SHARE, 1.0, in_time(Step.FEEDBACK, "fed_back_on")),
        Indicator("satisfied", Measure.SHARE, None, _satisfied),
        Indicator("rated", Measure.SHARE, None, _rated),
        Indicator("days_taken", Measure.DAYS, None, _days),
        Indicator("waited", Measure.COUNT, None, counting(lambda stock: stock["waited"] > 0), if_any=True),
        Indicator("days_waited", Measure.DAYS, None, _days_waited, if_any=True),
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
