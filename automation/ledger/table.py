"""A `Table` keeps a tab column-wise.

Values are parsed: text is `str` (`""` is blank), dates are
`datetime64[D]` and moments `datetime64[s]` (NaT is blank), ticks are `bool`, whole numbers are floats (NaN is
blank), choices are keys. Steps never change a table in place; they return one with other columns.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from sheet_schema import Tab

Array = np.ndarray[Any, Any]
Made = TypeVar("Made")


@dataclass(frozen=True)
class Table:
    """One tab, column-wise. Position i of every array is row `rows[i]` of the sheet.

    `read` holds the cells as they were read, `values` what they mean; both by column key. `at` says in which
    column of the sheet each key stands (from 1); keys whose column is missing are not in `at`.
    `width` is the number of columns in use, the users' own included.
    """

    tab: Tab
    rows: Array
    values: Mapping[str, Array]
    read: Mapping[str, Array]
    at: Mapping[str, int]
    memo: dict[tuple[object, ...], tuple[tuple[object, ...], Any]] = field(
        default_factory=dict, compare=False, repr=False
    )

    def remembered(self, make: Callable[..., Made], *of: object, depending_on: tuple[object, ...] = ()) -> Made:
        """`make(*of)`, worked out once for the same objects, in this table and in those made from it.

        `depending_on` names what the result depends on where that is less than the whole of `of`. Arrays are never
        changed in place, so the same array is the same value. The objects are kept with the result, so that their
        identity stays their own.
        """
        what = depending_on or of
        key = (make, *map(id, what))
        kept = self.memo.get(key)
        if kept is None:
            kept = self.memo[key] = (what, make(*of))
        made: Made = kept[1]
        return made

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, key: str) -> Array:
        return self.values[key]

    def having(self, **columns: Array) -> Table:
        """The same table with other values in these columns."""
        return replace(self, values={**self.values, **columns})

    def extended(self, rows: Sequence[int], **columns: Sequence[Any]) -> Table:
        """The same table with new lines at these rows of the sheet; columns not named are blank there."""
        count = len(rows)
        values = {
            key: np.concatenate([array, _column_of(columns.get(key), array.dtype, count)])
            for key, array in self.values.items()
        }
        read = {key: np.concatenate([array, np.full(count, "", dtype=object)]) for key, array in self.read.items()}
        return replace(
            self, rows=np.concatenate([self.rows, np.asarray(rows, dtype=np.int64)]), values=values, read=read
        )

    def filling(self, key: str, positions: Array, values: Array) -> Table:
        """The same table with these cells filled, as if they had been read so: what later steps and
        fingerprints see is what the workbook will hold."""
        parsed, read = self.values[key].copy(), self.read[key].copy()
        parsed[positions] = values
        for position, value in zip(positions, parsed[positions], strict=True):
            read[position] = value.item() if isinstance(value, np.generic) else value
        return replace(self, values={**self.values, key: parsed}, read={**self.read, key: read})

    @property
    def last_row(self) -> int:
        """The last row of the sheet in use; 1 (the header) when the tab is empty."""
        return int(self.rows.max()) if len(self.rows) else 1


def blank(dtype: np.dtype[Any]) -> Any:
    """What a blank cell is in an array of that type."""
    return {"O": "", "M": np.datetime64("NaT"), "b": False, "f": np.nan}[dtype.kind]


def _column_of(given: Sequence[Any] | None, dtype: np.dtype[Any], count: int) -> Array:
    if given is None:
        return np.full(count, blank(dtype), dtype=dtype)
    column = np.empty(count, dtype=dtype)
    column[:] = given
    return column


def copied(numbers: Array) -> Array:
    """A mask of the numbers that stand in more than one line."""
    twice: Array = pd.Series(numbers, dtype=object).duplicated(keep=False).to_numpy() & (numbers != "")
    return twice


def stand_among(numbers: Array, others: Array) -> Array:
    """A mask of the numbers that are also among the others. (NumPy's own compares text with text, all with all.)"""
    found: Array = pd.Series(numbers, dtype=object).isin(set(others.tolist())).to_numpy()
    return found


def positions_of(wanted: Array, among: Array) -> Array:
    """For each number its position in `among`, -1 if it is not there. Of doubles in `among` the first counts."""
    where = pd.Series(np.arange(len(among)), index=pd.Index(among, dtype=object))
    where = where[~where.index.duplicated()]
    found: Array = where.reindex(pd.Index(wanted, dtype=object)).fillna(-1).to_numpy(dtype=np.int64)
    return np.where(wanted == "", -1, found)


@contextmanager
def uncollected() -> Iterator[None]:
    """Without Python's search for cycles: a run makes none, and looking for them takes a tenth of a large run."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
