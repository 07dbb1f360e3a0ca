"""Sentences said in both languages that are not errors, and how a stretch of time is called in them."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple


class Words(NamedTuple):
    """One sentence in English and in Chinese."""

    en: str
    zh: str


def for_how_long(age: timedelta) -> Words:
    """3 h 20 min → "3 hours" / "3 小时". Less than a minute is "less than a minute"."""
    minutes = int(age.total_seconds()) // 60
    for size, en, zh in ((1440, "day", "天"), (60, "hour", "小时"), (1, "minute", "分钟")):
        if count := minutes // size:
            return Words(f"{count} {en}{'s' if count > 1 else ''}", f"{count} {zh}")
    return Words("less than a minute", "不到 1 分钟")
