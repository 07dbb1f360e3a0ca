"""The office's time, and days as they stand in tables."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import numpy as np

NO_DAY = np.datetime64("NaT", "D")
"""What a blank date is in a table."""


def today(now: datetime) -> np.datetime64:
    """The day of `now`, as a datetime64 like the days in tables."""
    return np.datetime64(now.date(), "D")


def local_time(now: datetime, zone: ZoneInfo) -> datetime:
    """The time on the office's clock, without a zone: days begin and end by the time zone in Settings."""
    return now if now.tzinfo is None else now.astimezone(zone).replace(tzinfo=None)
