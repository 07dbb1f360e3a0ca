"""Writes indicators for people to read: their names, values and targets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from automation.cases.indicators import Indicator, Measure, Value
from automation.text.catalogue import MORE_CASES, Message, cut_short, msg, with_note
from automation.text.percentages import percent
from sheet_schema import Language

NAMES: Mapping[str, Message] = {
    "received": msg("Received", "indicator"),
    "notified_in_time": msg("Acknowledged in time"),
    "replied_in_time": msg("Answered in time"),
    "within_legal_limit": msg("Answered within the legal limit"),
    "first_time_settled": msg("First-time matters answered"),
    "reported_back_in_time": msg("Reported back to authorities in time"),
    "satisfied": msg("Satisfied, of those who gave a rating"),
    "rated": msg("Gave a rating"),
    "days_taken": msg("Days to reply (mean; median)"),
    "waited": msg("Waited for somebody"),
    "days_waited": msg("Days waited (mean; median)"),
    "repeated": msg("Repeats", "indicator"),
    "collective": msg("Group visits"),
    "joint": msg("Joint letters"),
    "repeat_collective": msg("Repeated group visits"),
    "leapfrog": msg("Visits that skipped a stage"),
}
NONE = "–"
"""Shown where there was nothing to count, since 100% of nothing would mislead (docs/design.md#p4.23)."""
MOST_NUMBERS = 12
"""How many case numbers a line lists before it says "and 5 more"."""


def value_text(indicator: Indicator, value: Value, language: Language) -> str:
    """Write one value: a share as `93% (14/15)`, a count as `3`, days as `12.5; 10` (mean; median), or a dash."""
    if indicator.measure is Measure.COUNT:
        return f"{value.part:.0f}"
    if not value.whole:
        return NONE
    if indicator.measure is Measure.DAYS:
        return msg("{part:.1f}; {median:g}").say(language, part=value.part, median=value.median)
    n = percent(value.part, value.whole)
    share = msg("{n}%").say(language, n=n)
    return with_note(share, f"{value.part:.0f}/{value.whole}", language)


def target(indicator: Indicator, language: Language) -> str:
    """Write the indicator's target, such as `100%` or `0`; blank where it has none."""
    if indicator.target is None:
        return ""
    if indicator.measure is Measure.SHARE:
        n = percent(indicator.target, 1)
        return msg("{n}%").say(language, n=n)
    return f"{indicator.target:g}"


def missed(indicator: Indicator, value: Value) -> bool:
    """Whether the value falls short of its target."""
    if indicator.target is None or (indicator.measure is Measure.SHARE and not value.whole):
        return False
    if indicator.measure is Measure.SHARE:
        return value.part < indicator.target * value.whole
    return value.part > indicator.target


def numbers_named(numbers: Sequence[str], language: Language, most: int = MOST_NUMBERS) -> str:
    """Case numbers on one line: the first `most`, and how many there are beyond them."""
    return cut_short(numbers, most, MORE_CASES, language)
