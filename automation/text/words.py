"""Words in both languages, and durations written with them."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple


class Words(NamedTuple):
    """The same text in English and in Chinese."""

    en: str
    zh: str


def for_how_long(age: timedelta) -> Words:
    """A duration in its largest whole unit: 3 h 20 min → "3 hours" / "3 小时"."""
    minutes = int(age.total_seconds()) // 60
    for size, en, zh in ((1440, "day", "天"), (60, "hour", "小时"), (1, "minute", "分钟")):
        if count := minutes // size:
            return Words(f"{count} {en}{'s' if count > 1 else ''}", f"{count} {zh}")
    return Words("less than a minute", "不到 1 分钟")
