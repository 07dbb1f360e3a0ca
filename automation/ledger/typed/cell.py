"""One cell while it is read: as text, and what may be wrong with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, tzinfo

import numpy as np

from automation.ledger.table import Array, blank
from automation.ledger.workbook import Cell, CellError, Formula


@dataclass(frozen=True, slots=True)
class Bad:
    """Why a cell cannot be read: a code of `ledger.problems`, and what fills the gaps in its sentence."""

    code: str
    details: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Taken:
    """A cell that was read, but as something else than it says: its value, and the note that says so."""

    value: object
    note: Bad


@dataclass(frozen=True, slots=True)
class Habits:
    """How an office writes: the time zone of its moments, whether a short date such as 26.3.25 begins with its year, and by
    list the words of its own (`ledger.own_words`)."""

    zone: tzinfo | None = None
    year_first: bool = False
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


NO_HABITS = Habits()

Parsed = tuple[Array, dict[int, Bad | Taken]]
"""The values of a column; and by position the cells that could not be read, or only with a note."""


def as_text(cell: Cell) -> str:
    """A cell as a person would type it: 5.0 gives "5", a moment at midnight its date. No digit is lost."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ", "minutes")
    if isinstance(cell, time):
        return cell.isoformat("minutes")
    if isinstance(cell, Formula):
        return cell.text
    if isinstance(cell, CellError):
        return cell.code
    return str(cell)


def cell_texts(cells: Array) -> list[str] | None:
    """Each cell of a column as a person sees it; None if all are blank."""
    as_read = cells.tolist()
    types = set(map(type, as_read))
    if types <= {str}:
        return as_read if any(as_read) else None
    if types & {bool, int, float}:  # True, 1 and 1.0 are equal as keys of a dict, but look different
        return ["" if cell is False else as_text(cell) for cell in as_read]
    texts = {cell: as_text(cell) for cell in set(as_read)}
    return [texts[cell] for cell in as_read]


def unreadable(cell: Cell) -> Bad | None:
    """A formula or an error value is a problem, never a blank (docs/design.md#p2.14)."""
    if isinstance(cell, Formula):
        return Bad("formula")
    if isinstance(cell, CellError):
        return Bad("error_value", {"value": cell.code})
    return None


def plain_moments(cells: Sequence[Cell]) -> Array | None:
    """The moments of a column in which every cell is one, without a zone, or blank, as they stand in most; None for any other."""
    types = set(map(type, cells))
    if not types <= {datetime, date, str} or (str in types and any(cell != "" for cell in cells if type(cell) is str)):
        return None
    if datetime in types and any(cell.tzinfo is not None for cell in cells if type(cell) is datetime):
        return None
    return np.array([cell or None for cell in cells], dtype="datetime64[us]")


def each_once(
    cells: Sequence[Cell], values: Array, parse: Callable[[Cell], object], said: dict[int, Bad | Taken]
) -> None:
    """Parse every cell that is not blank, equal ones once, into `values`; what is to be said of them goes into `said`."""
    types = set(map(type, cells))
    # True, 1 and 1.0 are equal as keys, but different cells.
    key_with_type = len(types & {bool, int, float}) > 1
    keys: Sequence[object] = [(type(cell), cell) for cell in cells] if key_with_type else cells
    distinct = dict(zip(keys, cells, strict=True))
    nothing = blank(values.dtype)
    parsed: dict[object, object] = dict.fromkeys(distinct, nothing)
    to_say: dict[object, Bad | Taken] = {}
    for key, cell in distinct.items():
        value = None if isinstance(cell, str) and cell == "" else unreadable(cell) or parse(cell)
        if isinstance(value, Bad | Taken):
            to_say[key] = value
        if isinstance(value, Taken):
            value = value.value
        if value is not None and not isinstance(value, Bad):
            parsed[key] = value
    if len(parsed) > 1 or "" not in parsed:
        values[:] = [parsed[key] for key in keys]
    if to_say:
        said.update((i, to_say[key]) for i, key in enumerate(keys) if key in to_say)
