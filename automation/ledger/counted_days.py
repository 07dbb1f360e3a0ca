"""The days from 1990 to 2199 that count as working or school days, ready for fast look-ups."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from automation.ledger.serial_days import FIRST_DAY, LAST_DAY

LENGTH = (LAST_DAY - FIRST_DAY).days + 1
NO_PLACE = -1
Places = NDArray[np.signedinteger[Any]]
Spans = tuple[tuple[int, int, bool], ...]
"""Places from the first up to the last, which is not among them, and whether their days count; what comes later counts more."""


@dataclass(frozen=True, slots=True)
class CountedDays:
    """Which days of the table's years count as workdays (or school days), ready for fast look-ups.

    A *place* is a day's index from FIRST_DAY, or NO_PLACE. `counts` says for each place whether the day counts,
    `up_to` how many count up to and including it, and `places` lists the places that count.
    """

    counts: NDArray[np.bool_]
    up_to: Places
    places: Places

    def has(self, place: Places) -> NDArray[np.bool_]:
        return np.where(place == NO_PLACE, False, self.counts[place])

    def nth(self, rank: Places) -> Places:
        """The place of the counted day with this rank, from 0."""
        inside = (rank >= 0) & (rank < len(self.places))
        return np.where(inside, self.places.take(rank, mode="clip"), NO_PLACE)

    def before(self, place: Places) -> Places:
        """How many counted days lie before each place."""
        return self.up_to[place] - self.counts[place]

    def at_or_after(self, place: Places) -> Places:
        """Each place if its day counts, else the next that does."""
        return np.where(place == NO_PLACE, NO_PLACE, self.nth(self.before(place)))


@lru_cache(maxsize=32)
def counted_days(spans: Spans) -> CountedDays:
    """The days that count by these lines. Ledgers have few different ones, however often their rules are edited, and each takes
    half a megabyte."""
    counts = np.arange(LENGTH) % 7 < 5  # the first day of the tables is a Monday
    for first, last, is_worked in spans:
        counts[first:last] = is_worked
    return CountedDays(counts, np.cumsum(counts, dtype=np.int32), np.flatnonzero(counts).astype(np.int32))
