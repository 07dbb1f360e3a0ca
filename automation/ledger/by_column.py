"""The rows of a tab, kept by columns: what is blank takes no room, and a column is made only when somebody asks for it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import overload

from automation.ledger.workbook import HEADER_ROW, Cell

Cells = list[Cell]


class ByColumn(Sequence[Sequence[Cell]]):
    """`count` rows, of which all but the headers and those with the numbers in `filled` are blank.

    Each of `columns` makes the cells of one column in these rows. Nobody changes what comes out.
    """

    def __init__(
        self, count: int, headers: Sequence[Cell], filled: Sequence[int], columns: Sequence[Callable[[], Cells]]
    ) -> None:
        self._count, self._headers, self.filled = count, headers, filled
        self._columns = columns
        self._made: dict[int, Cells] = {}

    def column(self, at: int) -> Cells:
        """The cells of a column, given by its number from 1, in the rows `filled`."""
        if not 0 < at <= len(self._columns):
            return [""] * len(self.filled)
        if at not in self._made:
            self._made[at] = self._columns[at - 1]()
        return self._made[at]

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> Sequence[Cell]: ...

    @overload
    def __getitem__(self, at: slice) -> Sequence[Sequence[Cell]]: ...

    def __getitem__(self, at: int | slice) -> Sequence[Cell] | Sequence[Sequence[Cell]]:
        if isinstance(at, slice):
            return self._rows[at]
        return self._headers if at == 0 and self._count else self._rows[at]

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Sequence) and list(self) == list(other))

    def __hash__(self) -> int:
        return id(self)

    @cached_property
    def _rows(self) -> list[Sequence[Cell]]:
        columns = [self.column(at) for at in range(1, len(self._columns) + 1)]
        blank: Sequence[Cell] = [""] * len(columns)
        rows = [blank] * self._count
        if rows:
            rows[0] = self._headers
        for row, cells in zip(self.filled, zip(*columns, strict=True), strict=True):
            rows[row - HEADER_ROW] = cells
        return rows


def cells_of_column(rows: Sequence[Sequence[Cell]], at: int) -> Sequence[Cell]:
    """The cells of a column below the headers, without those of rows that are known to be blank."""
    if isinstance(rows, ByColumn):
        return rows.column(at)
    return [row[at - 1] if at <= len(row) else "" for row in rows[HEADER_ROW:]]
