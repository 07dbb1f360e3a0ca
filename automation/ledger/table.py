"""A tab of the workbook as a `Table`: one numpy array for each column.

Text is `str` (blank: `""`), a choice is its key, dates are `datetime64[D]` and moments `datetime64[s]` (blank: NaT),
ticks are `bool`, whole numbers are floats (blank: NaN). Nothing changes a table in place; steps return a new one.
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from itertools import repeat
from typing import TYPE_CHECKING, Any

import numpy as np

from automation.ledger.memo import Made, Memo, remembered
from sheet_schema import Tab

if TYPE_CHECKING:
    import pandas as pd

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Table:
    """One tab. Position i in every array belongs to row `rows[i]` of the sheet.

    By column key, `read` holds the cells as read, `values` the parsed ones, and `at` the column's number in the sheet,
    from 1. A column that is missing in the sheet is not in `at`. `title` is what the tab is called in the workbook. `memo`
    is for `remembered`.
    """

    tab: Tab
    rows: Array
    values: Mapping[str, Array]
    read: Mapping[str, Array]
    at: Mapping[str, int]
    title: str = ""
    memo: Memo = field(default_factory=Memo, compare=False, repr=False)

    def remembered(self, make: Callable[..., Made], *of: object, depending_on: tuple[object, ...] = ()) -> Made:
        """`make(*of)`, worked out once for the same objects (`ledger.memo`), in this table and all made from it."""
        return remembered(self.memo, make, *of, depending_on=depending_on)

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, key: str) -> Array:
        return self.values[key]

    def frame(self, *keys: str) -> pd.DataFrame:
        """These columns as a frame of pandas, to group and join them."""
        import pandas as pd  # here only, since an idle run does without it

        return pd.DataFrame({key: self.values[key] for key in keys})

    def having(self, **columns: Array) -> Table:
        """The same table with these arrays as its columns' values."""
        return replace(self, values={**self.values, **columns})

    def only(self, lines: Array) -> Table:
        """These lines of the table, by their positions or a mask. What is remembered of all of them is not of these."""
        values = {key: array[lines] for key, array in self.values.items()}
        read = {key: array[lines] for key, array in self.read.items()}
        return replace(self, rows=self.rows[lines], values=values, read=read, memo=Memo())

    def extended(self, rows: Sequence[int], **columns: Sequence[Any]) -> Table:
        """The same table with lines added for these rows of the sheet. Columns not given are blank there."""
        count = len(rows)
        if not count:
            return self  # with the same arrays, of which much is remembered
        values = {
            key: np.concatenate([array, _column_of(columns.get(key), array.dtype, count)])
            for key, array in self.values.items()
        }
        read = {key: np.concatenate([array, np.full(count, "", dtype=object)]) for key, array in self.read.items()}
        return replace(
            self, rows=np.concatenate([self.rows, np.asarray(rows, dtype=np.int64)]), values=values, read=read
        )

    def filling(self, key: str, positions: Array, values: Array) -> Table:
        """The same table with these cells filled in, in `read` too: fingerprints see what the workbook will hold."""
        parsed, read = self.values[key].copy(), self.read[key].copy()
        parsed[positions] = values
        for position, value in zip(positions, parsed[positions], strict=True):
            read[position] = value.item() if isinstance(value, np.generic) else value
        return replace(self, values={**self.values, key: parsed}, read={**self.read, key: read})

    @property
    def last_row(self) -> int:
        """The last row of the sheet in use; 1, the header, if the tab is empty."""
        return int(self.rows.max()) if len(self.rows) else 1


def lines_at(table: Table, positions: Sequence[int] | Array) -> Table:
    """The table with only these lines."""
    at = np.asarray(positions, dtype=np.int64)
    return replace(
        table,
        rows=table.rows[at],
        values={key: column[at] for key, column in table.values.items()},
        read={key: column[at] for key, column in table.read.items()},
        memo=Memo(),
    )


def blank(dtype: np.dtype[Any]) -> Any:
    """The value of a blank cell in an array of this type."""
    return {"O": "", "M": np.datetime64("NaT"), "b": False, "f": np.nan}[dtype.kind]


def _column_of(given: Sequence[Any] | None, dtype: np.dtype[Any], count: int) -> Array:
    if given is None:
        return np.full(count, blank(dtype), dtype=dtype)
    column = np.empty(count, dtype=dtype)
    column[:] = given
    return column


def each_once(numbers: Array) -> list[Any]:
    """Every number once, in order. Nobody wants the counts, but only without them does NumPy import its masked arrays,
    which takes as long as a small run."""
    once, _ = np.unique(numbers, return_counts=True)
    values: list[Any] = once.tolist()
    return values


def copied(numbers: Array) -> Array:
    """Mask the numbers that occur more than once; blanks do not count."""
    twice = {number for number, times in Counter(numbers.tolist()).items() if times > 1} - {""}
    return np.fromiter(map(twice.__contains__, numbers.tolist()), dtype=bool, count=len(numbers))


def is_among(numbers: Array, others: Array) -> Array:
    """Mask the numbers that are among the others. (NumPy's `isin` compares every text with every other.)"""
    known = set(others.tolist())
    return np.fromiter(map(known.__contains__, numbers.tolist()), dtype=bool, count=len(numbers))


def positions_of(wanted: Array, among: Array) -> Array:
    """For each number its first position in `among`; -1 if it is blank or not there."""
    positions = dict(zip(reversed(among.tolist()), range(len(among) - 1, -1, -1), strict=True))
    positions.pop("", None)
    return np.fromiter(map(positions.get, wanted.tolist(), repeat(-1)), dtype=np.int64, count=len(wanted))


@contextmanager
def uncollected() -> Iterator[None]:
    """Turn off Python's search for reference cycles: a run makes none, and the search takes a tenth of a large run."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
