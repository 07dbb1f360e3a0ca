"""What a run has to write: the difference between the ledger as read and the ledger as worked out, column-wise.

Only at the very edge does a cell become a `Change` object; a run over a large register writes whole columns.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from automation.cells import as_text
from automation.confidentiality import ASK_THE_OFFICE, judge
from automation.ledger import Array, Change, Filled, Ledger, Table, blank
from automation.preferences import setting_key
from automation.switches import SWITCHES
from automation.workbooks.base import Cell, ColumnEdit, TabEdit
from sheet_schema import REGISTER, ROUTING, SETTINGS, By, Column, Language, Type

SAYABLE = frozenset({"case_no", "step", "due_on"})
"""All that may be said of a restricted case: "number, step, date and 'ask the office', nothing else"."""

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


def with_history(ledger: Ledger, filled: Iterable[Filled], run: str, at: datetime) -> Ledger:
    """History with a line for each cell a step filled. Of restricted cases it keeps only the column names."""
    restricted = judge(ledger).restricted
    register, language = ledger.register, ledger.language
    lines: dict[str, list[object]] = {key: [] for key in ("case_no", "column", "after", "why")}
    for fill in filled:
        column = REGISTER[fill.column]
        positions = np.asarray(fill.positions, dtype=np.int64)
        cells = as_cells(column, register[fill.column][positions], language)
        for i, cell, why in zip(fill.positions, cells, fill.why, strict=True):
            lines["case_no"].append(register["case_no"][i])
            lines["column"].append(column.label(language))
            lines["after"].append("" if restricted[i] else as_text(cell))
            lines["why"].append("" if restricted[i] else why)
    count = len(lines["case_no"])
    history = ledger.tables["history"]
    rows = range(history.last_row + 1, history.last_row + 1 + count)
    moment = np.datetime64(at, "s")
    return ledger.having(history=history.extended(rows, run=[run] * count, at=[moment] * count, **lines))


def spelled_out(
    changes: Sequence[ColumnChange],
    filled: Iterable[Filled],
    after: Ledger,
    shown: Callable[[object], object],
) -> Iterator[Change]:
    """Every changed cell as people and `--json` are shown it; of a restricted case nothing but where and that.

    `shown` turns a value into what the output can hold.
    """
    secret = restricted_numbers(after)
    hidden = ASK_THE_OFFICE[after.language]
    reasons = {(fill.column, i): why for fill in filled for i, why in zip(fill.positions, fill.why, strict=True)}
    for change in changes:
        keys = row_keys(change.table)
        for i, before, value in zip(change.positions.tolist(), change.before, change.after, strict=True):
            key = as_text(keys[i])
            why = reasons.get((change.column.key, i), "") if change.table.tab is REGISTER else ""
            hides = secret and change.table.tab is ROUTING  # how many a rule caught, and when, tells of them too
            if hides or (key in secret and change.column.key not in SAYABLE):
                yield Change(
                    change.table.tab.key,
                    int(change.table.rows[i]),
                    key,
                    change.column.key,
                    hidden,
                    hidden,
                    "",
                )
            else:
                yield Change(
                    change.table.tab.key,
                    int(change.table.rows[i]),
                    key,
                    change.column.key,
                    shown(before),
                    shown(value),
                    why,
                )


def restricted_numbers(ledger: Ledger) -> frozenset[str]:
    """The numbers of all restricted cases in the register."""
    return frozenset(ledger.register["case_no"][judge(ledger).restricted].tolist())


def row_keys(table: Table) -> Array:
    """What names a row to a person: its case number where the tab has one, else the first column."""
    return table["case_no"] if "case_no" in table.values else table[table.tab.columns[0].key]
