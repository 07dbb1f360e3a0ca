"""What a run has to write: the difference between the ledger as read and as worked out, a column at a time."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from automation.ledger.model import Ledger
from automation.ledger.settings import SWITCHES, setting_key
from automation.ledger.table import Array, Table, blank
from automation.ledger.workbook import Cell, ColumnEdit, TabEdit
from sheet_schema import SETTINGS, By, Column, Language, Type

_RULE_DAYS = frozenset(
    {(tab, day) for tab in ("deadlines", "escalation") for day in ("from", "until")}
    | {("calendar", "in_force_from"), ("calendar", "in_force_until")}
)
"""The first day of a rule that people changed, since the old one goes with the row as it was, and the last day of one that
goes on because what came after it was a mistake (docs/design.md#p3.18)."""

_ADDED_TO = frozenset({("register", "waited_before")})
"""Cells in which people type and to which a run adds, so that no wait that another was typed over is lost (docs/design.md#p19.5)."""

Columns = Collection[tuple[str, str]]
"""The columns that a command may write, as (tab key, column key); empty means all."""


@dataclass(frozen=True)
class ColumnChange:
    """The cells of one column that change, by their positions in the table: `before` as read, `after` as values."""

    table: Table
    column: Column
    positions: Array
    before: Array
    after: Array

    @property
    def rows(self) -> Array:
        return self.table.rows[self.positions]


def differences(before: Ledger, after: Ledger, only: Columns = ()) -> list[ColumnChange]:
    """Every column that differs, tab by tab.

    A cell that people may also type in changes only from blank, and one that only people fill in only on a new line
    (docs/design.md#p2.4). The exceptions are the settings that a run itself may change (`SWITCHES`), `_RULE_DAYS` and
    `_ADDED_TO`.
    """
    changes = []
    for key, table in after.tables.items():
        for column in table.tab:
            if column.key not in table.at or (only and (key, column.key) not in only):
                continue
            changed = _changed(before.tables[key], table, column)
            if only and key == "register":
                changed = known_rows(before.tables[key], changed)
            if len(changed):
                changes.append(_column_change(before.tables[key], table, column, changed))
    return changes


def known_rows(register: Table, positions: Array) -> Array:
    """Of these positions, those whose row already has its number in the workbook.

    A command that does not number rows itself writes to no others.
    """
    existing = positions[positions < len(register)]
    numbered: Array = existing[register.read["case_no"][existing] != ""]
    return numbered


def _changed(before: Table, after: Table, column: Column) -> Array:
    old, new = before.values[column.key], after.values[column.key]
    if new is old:
        return np.flatnonzero(_unreadable(before, column))
    count = len(old)
    differs = np.ones(len(new), dtype=bool)
    differs[:count] = unequal(old, new[:count])
    differs[count:] = ~is_blank(new[count:])
    if (before.tab.key, column.key) in _RULE_DAYS | _ADDED_TO:
        pass
    elif column.by is By.BOTH:
        differs[:count] &= (before.read[column.key] == "") | _only_added(column, old, new[:count])
    elif column.by is By.STAFF:
        differs[:count] &= _switches(before) if before.tab is SETTINGS else False
    differs[:count] |= _unreadable(before, column)
    return np.flatnonzero(differs)


def _only_added(column: Column, old: Array, new: Array) -> Array:
    """Mask the cells in which a run adds something behind what stands there (docs/design.md#p20.9)."""
    if column.key != "parts_answered":
        return np.zeros(len(old), dtype=bool)
    pairs = zip(old.tolist(), new.tolist(), strict=True)
    return np.array([before != "" and after.startswith(before) for before, after in pairs], dtype=bool)


def _switches(settings: Table) -> Array:
    """Mask the rows of Settings that a run may change. Nothing else that people typed is ever overwritten."""
    return np.asarray([setting_key(name) in SWITCHES for name in settings["name"].tolist()], dtype=bool)


def _unreadable(before: Table, column: Column) -> Array:
    """Mask the cells of a derived column that hold something unreadable, which has to be cleared."""
    if not column.derived:
        return np.zeros(len(before), dtype=bool)
    unreadable: Array = (before.read[column.key] != "") & is_blank(before.values[column.key])
    return unreadable


def unequal(old: Array, new: Array) -> Array:
    """Mask the values that differ; two blanks (NaN, NaT) are equal."""
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
    """Turn parsed values into cells: choices into their labels in the ledger's language, blanks into `""`."""
    if column.type is Type.DATE or column.type is Type.MOMENT:
        return ["" if value is None else value for value in values.tolist()]
    if column.type is Type.WHOLE:
        return ["" if np.isnan(value) else int(value) for value in values.tolist()]
    if column.type is Type.CHOICE and column.choices is not None:
        labels = {word.key: word.label(language) for word in column.choices}
        return [labels.get(value, value) for value in values.tolist()]
    return [*values.tolist()]


def as_edits(changes: Sequence[ColumnChange], titles: Mapping[str, str], language: Language) -> list[TabEdit]:
    """Turn changes into edits of the workbook. `titles` gives each tab's title by its key."""
    by_tab: dict[str, list[ColumnEdit]] = {}
    for change in changes:
        at = change.table.at[change.column.key]
        cells = as_cells(change.column, change.after, language)
        by_tab.setdefault(change.table.tab.key, []).append(ColumnEdit(at, change.rows.tolist(), cells))
    return [TabEdit(titles[key], tuple(columns)) for key, columns in by_tab.items()]
