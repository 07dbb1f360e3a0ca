"""Writes indicators for people to read: their names, values and targets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from automation.cases.indicators import Indicator, Measure, Value
from automation.text.catalogue import cut_short, with_note
from automation.text.percentages import percent
from sheet_schema import Language
from sheet_schema.vocabulary import in_language

NAMES: Mapping[str, Mapping[Language, str]] = {
    "received": {"en": "Received", "zh": "收到件数"},
    "notified_in_time": {"en": "Told in time what happens to it", "zh": "及时受理告知率"},
    "replied_in_time": {"en": "Answered in time", "zh": "按期办结率"},
    "within_legal_limit": {"en": "Answered within the legal limit", "zh": "法定时限内办结率"},
    "first_time_settled": {"en": "First-time matters answered", "zh": "初信初访办结率"},
    "reported_back_in_time": {"en": "Reported back to superiors in time", "zh": "上级件按期反馈率"},
    "satisfied": {"en": "Satisfied, of those who said", "zh": "满意率"},
    "rated": {"en": "Said how satisfied they were", "zh": "参评率"},
    "days_taken": {"en": "Days until the reply (mean; median)", "zh": "办理天数（平均；中位数）"},
    "repeated": {"en": "Repeats", "zh": "重复信访率"},
    "collective": {"en": "Collective visits", "zh": "集体访"},
    "repeat_collective": {"en": "Repeated collective visits", "zh": "重复集体访"},
    "leapfrog": {"en": "Visits that skipped a level", "zh": "越级访"},
}
NONE = "–"
"""Shown where there was nothing to count, since 100 % of nothing would mislead (docs/design.md#p4.23)."""
MOST_NUMBERS = 12
"""How many case numbers a line lists before it says "and 5 more"."""


def value_text(indicator: Indicator, value: Value, language: Language) -> str:
    """Write one value: a share as `93 % (14/15)`, a count as `3`, days as `12.5; 10` (mean; median), or a dash."""
    if indicator.measure is Measure.COUNT:
        return f"{value.part:g}"
    if not value.whole:
        return NONE
    if indicator.measure is Measure.DAYS:
        return in_language(language, f"{value.part:.1f}; {value.median:g}", f"{value.part:.1f}；{value.median:g}")
    n = percent(value.part, value.whole)
    share = in_language(language, f"{n} %", f"{n}%")
    return with_note(share, f"{value.part:g}/{value.whole}", language)


def target(indicator: Indicator, language: Language) -> str:
    """Write the indicator's target, such as `100 %` or `0`; blank where it has none."""
    if indicator.target is None:
        return ""
    if indicator.measure is Measure.SHARE:
        n = percent(indicator.target, 1)
        return in_language(language, f"{n} %", f"{n}%")
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
    return cut_short(numbers, most, "件", language)
