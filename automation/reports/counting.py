"""Counts of cases, in which restricted ones are in every total and in no line of what a total is broken down to.

"Reports count restricted cases in every total and share, and say beside a list how many there are" (docs/design.md#p5.9).
A line by channel, topic, department or age counts only cases that may be named: whatever is subtracted from whatever, in
one report or in two, nothing is left that says where a restricted case belongs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from automation.cases import standing
from automation.cases.indicators import Indicator, Mask, Stock, days_within, month_of, values
from automation.ledger.case_numbers import in_order
from automation.ledger.normal_form import normal
from automation.ledger.policy import Policy
from automation.ledger.table import Array
from automation.reports.model import Age, Breakdown, Count, Figure, Month, OpenCases, Period
from automation.reports.periods import MONTHS
from automation.text.catalogue import msg
from sheet_schema import Language
from sheet_schema.vocabulary import CaseOutcome, Channel, Decision, Kind, Light, Start
from sheet_schema.word import Words

NOT_FILLED_IN = msg("Not filled in")
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


def figure(indicator: Indicator, view: View, period: Period, before: Period) -> Figure:
    """An indicator for both periods, of all cases; and which of the cases behind it may be named."""
    value, earlier = (values(indicator, view.every, (days.first, days.last)) for days in (period, before))
    secret = frozenset(view.restricted["case_no"].tolist())
    named = tuple(number for number in value.numbers if number not in secret)
    return Figure(
        indicator,
        replace(value, numbers=named),
        replace(earlier, numbers=()),
        restricted=len(value.numbers) - len(named),
    )


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
    """The cases received in the period by channel, kind, topic and department, and by what became of them."""
    came = View.of(view.every.only(within(view.every.start(Start.RECEIVED), period)))
    return (
        _by_word("channel", came, Channel, language),
        _by_word("kind", came, Kind, language),
        _by_name("topic", came, [one.name for one in policy.topics], language),
        _by_name("department", came, [one.name for one in policy.departments], language),
        _without_zeros(_by_word("decision", came, Decision, language)),
        _without_zeros(_by_word("outcome", came, CaseOutcome, language)),
    )


def _by_word(by: str, came: View, words: Words, language: Language) -> Breakdown:
    labels = {word.key: word.label(language) for word in words}
    return _breakdown(by, labels, came, _numbers_by(came.named, by), language)


def _without_zeros(breakdown: Breakdown) -> Breakdown:
    """Only the lines that count something: each kind of case has decisions and outcomes of its own."""
    return replace(breakdown, counts=tuple(one for one in breakdown.counts if one.count))


def _by_name(by: str, came: View, listed: Sequence[str], language: Language) -> Breakdown:
    """By the names in a tab and in its order; names that are not in the tab come after them."""
    spelt = {normal(name): name for name in listed}
    numbers = _numbers_by(came.named, by, spelt)
    there = [name for name in listed if name in numbers]
    others = sorted({*numbers} - {*listed, ""})
    return _breakdown(by, {name: name for name in (*there, *others)}, came, numbers, language)


def _numbers_by(stock: Stock, by: str, spelt: Mapping[str, str] | None = None) -> dict[str, list[str]]:
    """The case numbers by their value in column `by`, spelt as in the list `spelt`. What somebody typed that is in no list is not
    quoted of a case of which it is not clear yet whether it is restricted."""
    found: dict[str, list[str]] = {}
    columns = (stock[key].tolist() for key in (by, "case_no", "quotable"))
    for value, number, quotable in zip(*columns, strict=True):
        known = value if spelt is None else spelt.get(normal(value), value if quotable else "")
        found.setdefault(known, []).append(number)
    return found


def _breakdown(
    by: str, labels: Mapping[str, str], came: View, numbers: Mapping[str, list[str]], language: Language
) -> Breakdown:
    lines = (*labels.items(), ("", NOT_FILLED_IN.say(language)))
    counts = (Count(key, label, in_order(numbers.get(key, ()))) for key, label in lines)
    restricted = len(came.restricted)
    # A line with a 0 says that there was none. Where restricted cases came, which are in no line, it could be wrong.
    return Breakdown(by, tuple(one for one in counts if one.count or (one.key and not restricted)), restricted)


def open_cases(view: View) -> OpenCases:
    """How many cases are open on the report's day, how many of them late, and of those that may be named since when."""
    counted = [_open_since(stock) for stock in (view.named, view.restricted)]
    (days, is_late), (_, secret_late) = counted
    ages = tuple(
        Age(least, longest, int(here.sum()), int((here & is_late).sum()))
        for least, longest in AGES
        for here in [(days >= least) & (days <= (np.inf if longest is None else longest))]
    )
    return OpenCases(
        count=sum(len(found) for found, _ in counted),
        late=int(is_late.sum() + secret_late.sum()),
        ages=ages,
        restricted=len(secret_late),
        restricted_late=int(secret_late.sum()),
    )


def _open_since(stock: Stock) -> tuple[Array, Mask]:
    """For each open case the days since it was received, and whether it is late."""
    opened = stock.only(is_open(stock))
    days: Array = opened.day - opened.start(Start.RECEIVED)
    return np.maximum(days / np.timedelta64(1, "D"), 0), standing.with_light(opened, Light.LATE)


def day_of(stock: Stock) -> date:
    """The day of the report."""
    day: date = stock.day.astype(object)
    return day


def is_open(stock: Stock) -> Mask:
    masked: Mask = ~stock["filed"] & standing.is_open(stock)
    return masked
