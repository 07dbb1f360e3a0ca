"""Counts and figures in which restricted cases stand only where at least FEW of them do.

"Restricted cases only as counts (suppressed where one or two would tell who)". A figure of two parts, as answers in time and
answers too late, takes them in only if either part gets none of them or at least FEW: otherwise one would show as the
difference. What came in and what was answered is complete all the same: what stands in no line stands `apart`, and of those nothing
is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from automation.cases.confidentiality import FEW
from automation.cases.indicators import Indicator, Measure, Stock, Value, month_of, values
from automation.ledger.directory import normal
from automation.ledger.model import Policy
from automation.ledger.table import Array
from automation.reports.model import Age, Breakdown, Count, Figure, Month, Period
from sheet_schema import Language
from sheet_schema.vocabulary import Channel, Kind, Start, Status, Words

RECEIVED = "received"
NOT_FILLED_IN: Mapping[Language, str] = {"en": "Not filled in", "zh": "未填写"}
MONTHS = 12
AGES = ((0, 7), (8, 15), (16, 30), (31, 60), (61, None))
"""How long open cases have been open, in days: the steps are those of the usual deadlines."""


@dataclass(frozen=True)
class View:
    """Every case there is, and apart from each other those that may be named and those that may only be counted."""

    every: Stock
    named: Stock
    restricted: Stock

    @classmethod
    def of(cls, stock: Stock) -> View:
        return cls(stock, stock.only(~stock.restricted), stock.only(stock.restricted))


def tells_nobody(count: float) -> bool:
    return count == 0 or count >= FEW


def enough(count: int) -> int:
    """So many restricted cases as may be spoken of."""
    return count if count >= FEW else 0


def figure(indicator: Indicator, view: View, period: Period, before: Period) -> Figure:
    """An indicator over both periods, each by itself with its restricted cases or without them."""
    value, restricted = _value(indicator, view, period)
    return Figure(indicator, value, _value(indicator, view, before)[0], restricted)


def _value(indicator: Indicator, view: View, period: Period) -> tuple[Value, int]:
    """The value, and how many restricted cases stand beside those it names."""
    days = (period.first, period.last)
    named, secret = (values(indicator, stock, days) for stock in (view.named, view.restricted))
    many = all(tells_nobody(count) for count in _parts(indicator, secret))
    if not (secret.part or secret.whole) or not (many or indicator.key == RECEIVED):
        return named, 0
    every = values(indicator, view.every, days)
    return replace(every, numbers=named.numbers), enough(len(secret.numbers))


def _parts(indicator: Indicator, secret: Value) -> Iterator[float]:
    """Every group of restricted cases that shows in a value."""
    yield from (secret.whole, len(secret.numbers))
    if indicator.measure is Measure.SHARE:
        yield from (secret.part, secret.whole - secret.part)


def months(view: View, period: Period) -> tuple[Month, ...]:
    """The twelve months up to the one in which the period ends, or up to this one if that is earlier."""
    end = min(period.last, day_of(view.every))
    spans = [month_of(end, back) for back in range(MONTHS - 1, -1, -1)]
    received = view.every.start[Start.RECEIVED]
    return tuple(
        Month(
            first,
            int(within(received, Period(first, last)).sum()),
            int(within(view.every["replied_on"], Period(first, last)).sum()),
        )
        for first, last in spans
    )


def within(days: Array, period: Period) -> Array:
    """A mask of the days in the period; a blank one lies in none."""
    inside: Array = (days >= np.datetime64(period.first)) & (days <= np.datetime64(period.last))
    return inside


def breakdowns(view: View, period: Period, policy: Policy, language: Language) -> tuple[Breakdown, ...]:
    """What came in the period, by channel, kind, topic and department."""
    came = View(
        *(
            stock.only(within(stock.start[Start.RECEIVED], period))
            for stock in (view.every, view.named, view.restricted)
        )
    )
    return (
        _by_word("channel", came, Channel, language),
        _by_word("kind", came, Kind, language),
        _by_name("topic", came, [one.name for one in policy.topics], language),
        _by_name("department", came, [one.name for one in policy.departments], language),
    )


def _by_word(by: str, came: View, words: Words, language: Language) -> Breakdown:
    labels = {word.key: word.label(language) for word in words}
    named, restricted = _told_apart(came.named, by), _told_apart(came.restricted, by)
    return _breakdown(by, labels, named, restricted, language)


def _by_name(by: str, came: View, listed: Sequence[str], language: Language) -> Breakdown:
    """By a name that a tab lists, in its order; names that it does not list come after them."""
    spelt = {normal(name): name for name in listed}
    named, restricted = (_told_apart(stock, by, spelt) for stock in (came.named, came.restricted))
    there = [name for name in listed if name in named or name in restricted]
    others = sorted({*named, *restricted} - {*listed, ""})
    breakdown = _breakdown(by, {name: name for name in (*there, *others)}, named, restricted, language)
    return replace(breakdown, counts=tuple(one for one in breakdown.counts if one.count))


def _told_apart(stock: Stock, by: str, spelt: Mapping[str, str] | None = None) -> dict[str, list[str]]:
    """The numbers of the cases by what stands in the column, as a list spells it."""
    cells = stock[by].tolist()
    if spelt is not None:
        as_listed = {text: spelt.get(normal(text), text) for text in set(cells)}
        cells = [as_listed[text] for text in cells]
    found: dict[str, list[str]] = {}
    for text, number in zip(cells, stock["case_no"].tolist(), strict=True):
        found.setdefault(text, []).append(number)
    return found


def _breakdown(
    by: str,
    labels: Mapping[str, str],
    named: Mapping[str, list[str]],
    restricted: Mapping[str, list[str]],
    language: Language,
) -> Breakdown:
    counts = []
    apart = 0
    for key, label in (*labels.items(), ("", NOT_FILLED_IN[language])):
        numbers, secret = named.get(key, []), len(restricted.get(key, ()))
        apart += secret - enough(secret)
        if key or numbers or enough(secret):
            counts.append(Count(key, label, len(numbers) + enough(secret), in_order(numbers), enough(secret)))
    return Breakdown(by, tuple(counts), apart)


def in_order(numbers: Iterable[str]) -> tuple[str, ...]:
    """Case numbers as they were issued: LV-99999 before LV-100000."""
    return tuple(sorted(numbers, key=lambda number: (len(number), number)))


def ages(view: View, late: str) -> tuple[Age, ...]:
    """Open cases by how long they have been open, and how many of each are late; `late` is the light that says so."""
    found = []
    counted = [_open_since(stock, late) for stock in (view.named, view.restricted)]
    for least, most in AGES:
        (late_named, other_named), (late_secret, other_secret) = (
            (int((here & is_late).sum()), int((here & ~is_late).sum()))
            for days, is_late in counted
            for here in [(days >= least) & (days <= (most if most is not None else np.inf))]
        )
        shown = tells_nobody(late_secret) and tells_nobody(other_secret)
        both = late_named + (late_secret if shown else 0)
        found.append(Age(least, most, both + other_named + (other_secret if shown else 0), both))
    return tuple(found)


def _open_since(stock: Stock, late: str) -> tuple[Array, Array]:
    """For each open case the days since it came, and whether it is late."""
    here = is_open(stock)
    days = (stock.day - stock.start[Start.RECEIVED][here]).astype("timedelta64[D]").astype(np.float64)
    return np.maximum(days, 0), stock["light"][here] == late


def as_day(cell: np.datetime64) -> date | None:
    day: date | None = cell.astype("datetime64[D]").item()
    return day


def day_of(stock: Stock) -> date:
    """The day on which the report is made."""
    day: date = stock.day.astype(object)
    return day


def is_open(stock: Stock) -> Array:
    unfinished: Array = ~stock.filed & (stock["status"] != Status.CLOSED.key)
    return unfinished
