"""What a run has to write: the difference between the ledger as read and the ledger as worked out, column-wise.

Only at the very edge does a cell become a `Change` object; a run over a large register writes whole columns.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from automation.ledger.model import Ledger
from automation.ledger.settings import SWITCHES, setting_key
from automation.ledger.table import Array, Table, blank
from automation.ledger.workbook import Cell, ColumnEdit, TabEdit
from sheet_schema import SETTINGS, By, Column, Language, Type

Columns = Collection[tuple[str, str]]
"""Which (tab key, column key) a command may write; empty for all."""


@dataclass(frozen=True)
class ColumnChange:
    """The cells of one column that change. `positions` point into the table; `before` is as read, `after` parsed."""

    table: Table
    column: Column
    positions: Array
    before: Array
    after: Array

    @property
    def rows(self) -> Array:
        return self.table.rows[self.positions]


def differences(before: Ledger, after: Ledger, only: Columns = ()) -> list[ColumnChange]:
    """Every column that differs, tab by tab. A cell that a person may type in changes only from blank,
    and one that only people fill only in a new line; but for the settings that a run turns over."""
    found = []
    for key, table in after.tables.items():
        for column in table.tab:
            if column.key not in table.at or (only and (key, column.key) not in only):
                continue
            changed = _changed(before.tables[key], table, column)
            if only and key == "register":
                changed = known_rows(before.tables[key], changed)
            if len(changed):
                found.append(_column_change(before.tables[key], table, column, changed))
    return found


def known_rows(register: Table, positions: Array) -> Array:
    """Rows that bear a number in the workbook itself: a command that does not number writes to no others."""
    there = positions[positions < len(register)]
    numbered: Array = there[register.read["case_no"][there] != ""]
    return numbered


def _changed(before: Table, after: Table, column: Column) -> Array:
    old, new = before.values[column.key], after.values[column.key]
    if new is old:
        return _stray(before, column)
    count = len(old)
    differs = np.ones(len(new), dtype=bool)
    differs[:count] = unequal(old, new[:count])
    differs[count:] = ~is_blank(new[count:])
    if column.by is By.BOTH:
        differs[:count] &= before.read[column.key] == ""
    elif column.by is By.STAFF:
        differs[:count] &= _switches(before) if before.tab is SETTINGS else False
    positions = np.flatnonzero(differs)
    return np.union1d(positions, _stray(before, column)) if column.derived else positions


def _switches(settings: Table) -> Array:
    """The rows of Settings that a run may turn over; nothing else that people type is ever written over."""
    return np.asarray([setting_key(name) in SWITCHES for name in settings["name"].tolist()], dtype=bool)


def _stray(before: Table, column: Column) -> Array:
    """Cells of a derived column that hold something that is no value at all: they are emptied."""
    if not column.derived:
        return np.zeros(0, dtype=np.int64)
    return np.flatnonzero((before.read[column.key] != "") & is_blank(before.values[column.key]))


def unequal(old: Array, new: Array) -> Array:
    if old.dtype.kind in "Mf":
        return np.asarray(~((old == new) | (is_blank(old) & is_blank(new))))
    return np.asarray(old != new)


def is_blank(values: Array) -> Array:
    if values.dtype.kind == "M":
        return np.isnat(values)
    if values.dtype.kind == "f":
        return np.isnan(values)
    empty: Array = values == blank(values.dtype)
    return empty


def _column_change(before: Table, after: Table, column: Column, positions: Array) -> ColumnChange:
    read = np.full(len(positions), "", dtype=object)
    known = positions < len(before)
    read[known] = before.read[column.key][positions[known]]
    return ColumnChange(after, column, positions, read, after.values[column.key][positions])


def as_cells(column: Column, values: Array, language: Language) -> list[Cell]:
    """Parsed values as cells: choices by their label in the sheet's language, dates as dates, blanks as `""`."""
    if column.type is Type.DATE or column.type is Type.MOMENT:
        return ["" if value is None else value for value in values.tolist()]
    if column.type is Type.WHOLE:
        return ["" if np.isnan(value) else int(value) for value in values.tolist()]
    if column.type is Type.CHOICE and column.choices is not None:
        labels = {word.key: word.label(language) for word in column.choices}
        return [labels.get(value, value) for value in values.tolist()]
    return [*values.tolist()]


def as_edits(changes: Sequence[ColumnChange], titles: Mapping[str, str], language: Language) -> list[TabEdit]:
    """The changes as a workbook takes them; `titles` gives each tab's title by its key."""
    by_tab: dict[str, list[ColumnEdit]] = {}
    for change in changes:
        at = change.table.at[change.column.key]
        cells = as_cells(change.column, change.after, language)
        by_tab.setdefault(change.table.tab.key, []).append(ColumnEdit(at, change.rows.tolist(), cells))
    return [TabEdit(titles[key], tuple(columns)) for key, columns in by_tab.items()]
