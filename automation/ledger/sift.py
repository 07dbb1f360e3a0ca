"""Which rows of a tab a run need not read: what says so, and on what ground (docs/design.md#p8.14)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from automation.ledger.workbook import Cell, Grid, JournalLine

TextsOf = Callable[[int], Sequence[str | None]]
"""The text in a column, given by its number from 1, of every row that has anything; None where a cell is no plain text."""


class Beside(NamedTuple):
    """What is known when the rows of a tab are sifted: the titles of all tabs, those that were read, and the journal."""

    titles: Collection[str]
    grids: Mapping[str, Grid]
    journal: Sequence[JournalLine]


class Over(NamedTuple):
    """For each row of a tab whether it is over, and the ground on which: values that JSON can say."""

    rows: Sequence[bool]
    ground: Mapping[str, Any]


class Sift(Protocol):
    """Says which rows need not be read."""

    def tabs(self, titles: Collection[str]) -> Collection[str]:
        """The titles of the tabs that have such rows."""

    def over(self, title: str, headers: Sequence[Cell], texts: TextsOf, beside: Beside) -> Over | None:
        """For each row that `texts` gives, whether it is over; None if everything is to be read. Of the headers, which
        are the first, and the last row it does not matter."""

    def stands(self, ground: Mapping[str, Any], beside: Beside) -> bool:
        """Whether the same rows of the same tab are over still, by what is known now. (More of them may be.)"""
