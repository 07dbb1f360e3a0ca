"""A part of a whole in whole percent, as every page, mail and table shows it."""

from __future__ import annotations


def percent(part: float, whole: float) -> int:
    """Rounded half up; but some are never 0 percent, and not all are never 100, so that both can be taken at their word."""
    rounded = int((200 * part + whole) // (2 * whole)) if whole else 0
    return min(99, max(1, rounded)) if 0 < part < whole else rounded
