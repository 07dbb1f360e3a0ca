"""Days and months as people write them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from sheet_schema import Language

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


LANG: Mapping[Language, str] = {"en": "en-GB", "zh": "zh-CN"}


def spoken(day: date | None, today: date, language: Language) -> str:
    """Write a day as `17 March` or `3月17日`, with the year unless it is this year's; `""` for None."""
    if day is None:
        return ""
    if language == "zh":
        return f"{day.year}年{day.month}月{day.day}日" if day.year != today.year else f"{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1]}" + (f" {day.year}" if day.year != today.year else "")
