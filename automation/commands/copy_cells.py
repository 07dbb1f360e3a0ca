"""A ledger's cells for another workbook, in either language.

Cells of the ledger's own columns are translated; users' own columns and tabs are copied as values.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from automation.ledger.cell_names import column_letters
from automation.ledger.changes import as_cells
from automation.ledger.model import Ledger
from automation.ledger.settings import setting_key, typed_value, usable_value
from automation.ledger.table import Table
from automation.ledger.titles_and_headers import title_of, titles_found
from automation.ledger.wording.reading import block_called
from automation.ledger.workbook import Cell, ColumnEdit, Snapshot, TabEdit
from automation.pages.tables import labels_of_several, wording_row
from sheet_schema import SETTING, TAB, TABS, Language, Tab, lookup, word_form
from sheet_schema.word import Words


def translated(ledger: Ledger, wanted: Language) -> dict[str, list[dict[str, object]]]:
    """The rows of every tab in this language, by tab key; each row by column key."""
    as_typed = wanted == ledger.language
    there = [tab for tab in TABS if tab.columns and (ledger.tables[tab.key].at or not tab.on_demand)]
    rows = {tab.key: _rows(ledger.tables[tab.key], wanted, as_typed=as_typed) for tab in there}
    rows["settings"] = _settings(ledger.tables["settings"], wanted)
    rows["wording"] = _wording(ledger.tables["wording"], wanted)
    if not as_typed:
        # Of cells in another language nobody could tell which of them people changed.
        rows["rules_seen"] = []
        rows["index"] = [{**row, "as_seen": ""} for row in rows["index"]]
    return rows


def names_of_own(ledger: Ledger, snapshot: Snapshot) -> list[str]:
    """The names of the users' own columns (`Tab/Header`) and tabs."""
    return [*_own_columns(ledger, snapshot), *own_tabs(ledger, snapshot)]


def _rows(table: Table, wanted: Language, *, as_typed: bool) -> list[dict[str, object]]:
    """The rows of one tab. A cell without a value, such as a bad date, is copied as it was typed.

    With `as_typed` (no translation), so is every cell that people typed. Names are never translated.
    """
    columns: dict[str, Sequence[Cell]] = {}
    for column in table.tab:
        if (as_typed and column.staff) or column.names_somebody or column.counts_people:
            columns[column.key] = table.read[column.key].tolist()
            continue
        cells = as_cells(column, table[column.key], wanted)
        if column.separator and column.choices is not None:
            cells = [_several(str(cell), column.choices, wanted) for cell in cells]
        read = table.read[column.key].tolist()
        columns[column.key] = [typed if cell in ("", False) else cell for cell, typed in zip(cells, read, strict=True)]
    return [dict(zip(columns, line, strict=True)) for line in zip(*columns.values(), strict=True)]


def _several(text: str, choices: Words, wanted: Language) -> str:
    known = lookup(choices)
    for separator in (";", "；", "|"):
        if separator in text:
            return separator.join(_several(part.strip(), choices, wanted) for part in text.split(separator))
    key = known.get(word_form(text))
    return choices.of(key).label(wanted) if key else text


def _settings(table: Table, wanted: Language) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for name, value in zip(table["name"], table.read["value"], strict=True):
        key = setting_key(name)
        if not key:
            rows.append({"name": name, "value": value})
            continue
        setting, value = SETTING[key], typed_value(value)
        if setting.choices is not None and word_form(value) in lookup(setting.choices):
            value = setting.choices.of(lookup(setting.choices)[word_form(value)]).label(wanted)
        if setting.several is not None and (keys := usable_value(setting, value)):
            value = labels_of_several(setting.several, keys, wanted)
        rows.append({"name": setting.label(wanted), "value": value, "meaning": setting.meaning(wanted)})
    return rows


def _wording(table: Table, wanted: Language) -> list[dict[str, object]]:
    """Our sentences in this language, and beside them what people typed, as they typed it."""
    rows: list[dict[str, object]] = []
    for name, text in zip(table["block"], table.read["text"], strict=True):
        block = block_called(name)
        row = wording_row(block, wanted, text) if block is not None else {"block": name, "text": text}
        rows.append({**row})
    return rows


def own_texts(ledger: Ledger, wanted: Language) -> list[str]:
    """The sentences of Wording that the office says in its own words, by their names in this language."""
    table = ledger.tables["wording"]
    blocks = [block_called(name) for name, text in zip(table["block"], table["text"], strict=True) if text.strip()]
    return [block.label(wanted) for block in blocks if block is not None]


def _own_columns(ledger: Ledger, snapshot: Snapshot) -> list[str]:
    return [
        f"{table.tab.label(ledger.language)}/{header or column_letters(at)}"
        for table in ledger.tables.values()
        for at, header in _extra(table, _grid_rows(ledger, snapshot, table.tab)).items()
    ]


def _grid_rows(ledger: Ledger, snapshot: Snapshot, tab: Tab) -> Sequence[Sequence[Cell]]:
    title = title_of(tab, snapshot.grids, ledger.language)
    return snapshot.grids[title].rows if title else ()


def _extra(table: Table, rows: Sequence[Sequence[Cell]]) -> dict[int, Cell]:
    """The users' own columns of a tab that hold anything: position → header, which may be blank."""
    taken = set(table.at.values())
    columns = enumerate(zip_longest(*rows, fillvalue=""), start=1)
    return {at: cells[0] for at, cells in columns if at not in taken and any(cell != "" for cell in cells)}


def own_tabs(ledger: Ledger, snapshot: Snapshot) -> list[str]:
    ours = set(titles_found(snapshot.grids, ledger.language).values())
    return [title for title in snapshot.grids if title not in ours]


def own_columns_beside(ledger: Ledger, snapshot: Snapshot, wanted: Language) -> list[TabEdit]:
    """The users' own columns as edits of a newly laid out workbook, to the right of ours in the same rows."""
    edits = []
    for table in ledger.tables.values():
        rows = _grid_rows(ledger, snapshot, table.tab)
        columns = []
        for offset, (at, header) in enumerate(_extra(table, rows).items(), start=1):
            lines = [row - 1 for row in table.rows.tolist()]
            values = [rows[i][at - 1] if at <= len(rows[i]) else "" for i in lines if i < len(rows)]
            place = len(table.tab.columns) + offset
            columns.append(ColumnEdit(place, [1, *range(2, len(values) + 2)], [header, *values]))
        if columns:
            edits.append(TabEdit(TAB[table.tab.key].label(wanted), tuple(columns)))
    return edits
