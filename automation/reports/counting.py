"""Counts and figures that include restricted cases only where there are at least FEW of them.

Restricted cases appear only as counts, and one or two would tell who (docs/design.md#p5.9). A figure with two parts,
such as answers in time and too late, includes them only if each part gets none or at least FEW; otherwise the
difference would give one away. The totals of cases received and answered are always complete: whoever is in no line is
counted `apart`, without any detail.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd

from automation.cases.confidentiality import FEW
from automation.cases.indicators import Indicator, Mask, Measure, Stock, Value, days_within, month_of, values
from automation.ledger.normal_form import normal
from automation.ledger.policy import Policy
from automation.ledger.table import Array
from automation.reports.model import Age, Breakdown, Count, Figure, Month, Period
from automation.text.catalogue import msg
from sheet_schema import Language
from sheet_schema.vocabulary import Channel, Kind, Start, Status
from sheet_schema.word import Words

RECEIVED = "received"
NOT_FILLED_IN = msg("Not filled in")
MONTHS = 12
AGES = ((0, 7), (8, 15), (16, 30), (31, 60), (61, None))
"""How many days open cases have been open; the steps are those of the usual deadlines."""


@dataclass(frozen=True)
class View:
    """Every case, and separately those that may be named and those that may only be counted."""

    every: Stock
    named: Stock
    restricted: Stock

    @classmethod
    def of(cls, stock: Stock) -> View:
        return cls(stock, stock.only(~stock["restricted"]), stock.only(stock["restricted"]))


def tells_nobody(count: float) -> bool:
    return count == 0 or count >= FEW


def enough(count: int) -> int:
    """The number of restricted cases that may be stated: 0 if it is below FEW."""
    return count if count >= FEW else 0


def figure(indicator: Indicator, view: View, period: Period, before: Period) -> Figure:
    """An indicator for both periods; each decides by itself whether its restricted cases are included."""
    value, restricted = _value(indicator, view, period)
    return Figure(indicator, value, _value(indicator, view, before)[0], restricted)


def _value(indicator: Indicator, view: View, period: Period) -> tuple[Value, int]:
    """The value, and how many restricted cases it includes besides those it names."""
    days = (period.first, period.last)
    named, secret = (values(indicator, stock, days) for stock in (view.named, view.restricted))
    many = all(tells_nobody(count) for count in _parts(indicator, secret))
    if not (secret.part or secret.whole) or not (many or indicator.key == RECEIVED):
        return named, 0
    every = values(indicator, view.every, days)
    return replace(every, numbers=named.numbers), enough(len(secret.numbers))


def _parts(indicator: Indicator, secret: Value) -> Iterator[float]:
    """The size of every group of restricted cases that could be read off a value."""
    yield from (secret.whole, len(secret.numbers))
    if indicator.measure is Measure.SHARE:
        yield from (secret.part, secret.whole - secret.part)


def months(view: View, period: Period) -> tuple[Month, ...]:
    """The twelve months up to the one in which the period ends, or up to this month if that is earlier."""
    end = min(period.last, day_of(view.every))
    spans = [Period(*month_of(end, back)) for back in range(MONTHS - 1, -1, -1)]
    received, replied = view.every.start(Start.RECEIVED), view.every["replied_on"]
    return tuple(
        Month(span.first, int(within(received, span).sum()), int(within(replied, span).sum())) for span in spans
    )


def within(days: Array, period: Period) -> Mask:
    """A mask of the days in the period; blank days are not."""
    return days_within(days, np.array([period.first, period.last], dtype="datetime64[D]"))


def breakdowns(view: View, period: Period, policy: Policy, language: Language) -> tuple[Breakdown, ...]:
    """The cases received in the period by channel, kind, topic and department."""
    came = View.of(view.every.only(within(view.every.start(Start.RECEIVED), period)))
    return (
        _by_word("channel", came, Channel, language),
        _by_word("kind", came, Kind, language),
        _by_name("topic", came, [one.name for one in policy.topics], language),
        _by_name("department", came, [one.name for one in policy.departments], language),
    )


def _by_word(by: str, came: View, words: Words, language: Language) -> Breakdown:
    labels = {word.key: word.label(language) for word in words}
    named, restricted = _numbers_by(came.named, by), _numbers_by(came.restricted, by)
    return _breakdown(by, labels, named, restricted, language)


def _by_name(by: str, came: View, listed: Sequence[str], language: Language) -> Breakdown:
    """By the names in a tab and in its order; names that are not in the tab come after them."""
    spelt = {normal(name): name for name in listed}
    named, restricted = (_numbers_by(stock, by, spelt) for stock in (came.named, came.restricted))
    there = [name for name in listed if name in named or name in restricted]
    others = sorted({*named, *restricted} - {*listed, ""})
    breakdown = _breakdown(by, {name: name for name in (*there, *others)}, named, restricted, language)
    return replace(breakdown, counts=tuple(one for one in breakdown.counts if one.count))


def _numbers_by(stock: Stock, by: str, spelt: Mapping[str, str] | None = None) -> dict[str, list[str]]:
    """The case numbers by their value in column `by`, spelt as in the list `spelt`."""
    cells = stock.cases[by]
    if spelt is not None:
        cells = cells.map(lambda text: spelt.get(normal(text), text))
    return {str(value): numbers.tolist() for value, numbers in stock.cases["case_no"].groupby(cells, sort=False)}


def _breakdown(
    by: str,
    labels: Mapping[str, str],
    named: Mapping[str, list[str]],
    restricted: Mapping[str, list[str]],
    language: Language,
) -> Breakdown:
    counts = []
    apart = 0
    for key, label in (*labels.items(), ("", NOT_FILLED_IN.say(language))):
        numbers, secret = named.get(key, []), len(restricted.get(key, ()))
        apart += secret - enough(secret)
        if key or numbers or enough(secret):
            counts.append(Count(key, label, len(numbers) + enough(secret), in_order(numbers), enough(secret)))
    return Breakdown(by, tuple(counts), apart)


def in_order(numbers: Iterable[str]) -> tuple[str, ...]:
    """Case numbers in the order of issue: LV-99999 before LV-100000."""
    return tuple(sorted(numbers, key=lambda number: (len(number), number)))


def ages(view: View, late: str) -> tuple[Age, ...]:
    """Open cases by how long they have been open, and how many of them are late. `late` is the key of that light."""
    found = []
    counted = [_open_since(stock, late) for stock in (view.named, view.restricted)]
    for least, longest in AGES:
        most = np.inf if longest is None else longest
        (late_named, other_named), (late_secret, other_secret) = (
            (int((here & is_late).sum()), int((here & ~is_late).sum()))
            for days, is_late in counted
            for here in [(days >= least) & (days <= most)]
        )
        shown = tells_nobody(late_secret) and tells_nobody(other_secret)
        both = late_named + (late_secret if shown else 0)
        found.append(Age(least, longest, both + other_named + (other_secret if shown else 0), both))
    return tuple(found)


def _open_since(stock: Stock, late: str) -> tuple[Array, Mask]:
    """For each open case the days since it was received, and whether it is late."""
    opened = stock.only(is_open(stock))
    days: Array = opened.day - opened.start(Start.RECEIVED)
    return np.maximum(days / np.timedelta64(1, "D"), 0), opened["light"] == late


def as_day(cell: pd.Timestamp) -> date | None:
    return None if pd.isna(cell) else cell.date()


def day_of(stock: Stock) -> date:
    """The day of the report."""
    day: date = stock.day.astype(object)
    return day


def is_open(stock: Stock) -> Mask:
    masked: Mask = ~stock["filed"] & (stock["status"] != Status.CLOSED)
    return masked
