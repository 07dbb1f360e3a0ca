"""copy: a ledger to a new file, in its own language or the other. "A copied ledger starts paused; `copy --move` marks
the source as moved, and runs there stop in words" (design, section 4).

In the same language the file is copied whole, so that nothing a person made is lost. In the other language it is
laid out anew and every cell of the ledger's own columns is translated; users' own columns and tabs go along as values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from itertools import zip_longest
from pathlib import Path

from openpyxl.utils import get_column_letter

from automation.changes import as_cells
from automation.installing import refuse_existing
from automation.ledger import Ledger, LedgerError, Table
from automation.parsing import find_title, parse
from automation.preferences import setting_key
from automation.workbooks.base import Cell, ColumnEdit, Snapshot, TabEdit
from automation.workbooks.excel import ExcelWorkbook
from automation.workbooks.layout import new_workbook
from automation.workbooks.open_elsewhere import refuse_while_open
from automation.workbooks.own_tabs import with_own_tabs
from sheet_schema import SETTING, TAB, TABS, Language, Tab, folded, lookup
from sheet_schema.vocabulary import Sending, Words

_SAID: dict[Language, dict[str, str]] = {
    "en": {
        "copied": "Copied {source} to {target}. Sending is paused there; set it in Settings when you are ready.",
        "moved": "{source} is marked as moved: its jobs stop.",
        "values": "Own tabs and columns went along as values; their colours, notes and links did not: {names}.",
    },
    "zh": {
        "copied": "已将 {source} 复制到 {target}。新账本暂停发信，准备好后请在“设置”中修改。",
        "moved": "{source} 已标记为迁出，其任务停止运行。",
        "values": "自有的表和列只复制了内容，颜色、批注和链接未复制：{names}。",
    },
}


def copied(
    source: Path, target: Path, language: Language | None, clock: datetime, *, move: bool
) -> list[str]:
    """Copy the ledger; what was done, in words. Raises LedgerError when the target exists or the source is no ledger."""
    refuse_existing(target)
    old = ExcelWorkbook(source, clock)
    with old.lock():
        snapshot = old.read()
        ledger = parse(snapshot)
        _refuse_broken(ledger)
        if move:
            refuse_while_open(old.path, clock)
        new = ExcelWorkbook(target, clock)
        wanted = language or ledger.language
        if wanted == ledger.language:
            new.create(old.data())
            own: list[str] = []
        else:
            rows, own = _translated(ledger, snapshot, wanted)
            own_tabs = {title: snapshot.grids[title].rows for title in _own_tabs(ledger, snapshot)}
            new.create(with_own_tabs(new_workbook(wanted, rows), own_tabs))
            _carry_own_columns(new, snapshot, ledger, wanted)
        with new.lock():
            new.note(snapshot.journal)
        _set(new, "sending", Sending.PAUSED.label(wanted))
        _set(new, "moved_to", "")
        if move:
            _set(old, "moved_to", target.name, locked=True)
    texts = _SAID[wanted]
    said = [texts["copied"].format(source=old.name, target=new.name)]
    if own:
        said.append(texts["values"].format(names=", ".join(own)))
    return [*said, texts["moved"].format(source=old.name)] if move else said


def _refuse_broken(ledger: Ledger) -> None:
    broken = [problem for problem in ledger.problems if problem.stops]
    if broken:
        raise LedgerError(
            f"The ledger cannot be copied yet: {broken[0].text}",
            f"账本暂时不能复制：{broken[0].text}",
        )


def _translated(
    ledger: Ledger, snapshot: Snapshot, wanted: Language
) -> tuple[dict[str, list[dict[str, object]]], list[str]]:
    """Every tab's rows in the other language, and the names of what goes along as values."""
    rows = {tab.key: _rows(ledger.tables[tab.key], wanted) for tab in TABS if tab.columns}
    rows["settings"] = _settings(ledger.tables["settings"], wanted)
    return rows, [*_own_columns(ledger, snapshot), *_own_tabs(ledger, snapshot)]


def _rows(table: Table, wanted: Language) -> list[dict[str, object]]:
    """The rows of one tab; a cell that has no value (a bad date, say) is carried as it was typed."""
    columns: dict[str, Sequence[Cell]] = {}
    for column in table.tab:
        cells = as_cells(column, table[column.key], wanted)
        if column.separator and column.choices is not None:
            cells = [_several(str(cell), column.choices, wanted) for cell in cells]
        read = table.read[column.key].tolist()
        columns[column.key] = [
            typed if cell in ("", False) else cell for cell, typed in zip(cells, read, strict=True)
        ]
    return [dict(zip(columns, line, strict=True)) for line in zip(*columns.values(), strict=True)]


def _several(text: str, choices: Words, wanted: Language) -> str:
    known = lookup(choices)
    for separator in (";", "；", "|"):
        if separator in text:
            return separator.join(_several(part.strip(), choices, wanted) for part in text.split(separator))
    key = known.get(folded(text))
    return choices.of(key).label(wanted) if key else text


def _settings(table: Table, wanted: Language) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for name, value in zip(table["name"], table.read["value"], strict=True):
        key = setting_key(name)
        if not key:
            rows.append({"name": name, "value": value})
            continue
        setting = SETTING[key]
        if setting.choices is not None and folded(str(value)) in lookup(setting.choices):
            value = setting.choices.of(lookup(setting.choices)[folded(str(value))]).label(wanted)
        rows.append({"name": setting.label(wanted), "value": value, "meaning": setting.meaning(wanted)})
    return rows


def _own_columns(ledger: Ledger, snapshot: Snapshot) -> list[str]:
    return [
        f"{table.tab.label(ledger.language)}/{header or get_column_letter(at)}"
        for table in ledger.tables.values()
        for at, header in _extra(table, _grid_rows(ledger, snapshot, table.tab)).items()
    ]


def _grid_rows(ledger: Ledger, snapshot: Snapshot, tab: Tab) -> Sequence[Sequence[Cell]]:
    title = find_title(tab, {folded(name): name for name in snapshot.grids}, ledger.language)
    return snapshot.grids[title].rows if title else ()


def _extra(table: Table, rows: Sequence[Sequence[Cell]]) -> dict[int, Cell]:
    """The users' own columns of a tab that hold anything: where each stands, and its header, which may be blank."""
    taken = set(table.at.values())
    columns = enumerate(zip_longest(*rows, fillvalue=""), start=1)
    return {at: cells[0] for at, cells in columns if at not in taken and any(cell != "" for cell in cells)}


def _own_tabs(ledger: Ledger, snapshot: Snapshot) -> list[str]:
    titles = {folded(name): name for name in snapshot.grids}
    ours = {find_title(tab, titles, ledger.language) for tab in TABS}
    return [title for title in snapshot.grids if title not in ours]


def _carry_own_columns(new: ExcelWorkbook, snapshot: Snapshot, ledger: Ledger, wanted: Language) -> None:
    """The users' own columns, to the right of ours, beside the same lines."""
    edits = []
    for table in ledger.tables.values():
        rows = _grid_rows(ledger, snapshot, table.tab)
        extra = _extra(table, rows)
        columns = []
        for offset, (at, header) in enumerate(extra.items(), start=1):
            lines = [row - 1 for row in table.rows.tolist()]
            values = [rows[i][at - 1] if at <= len(rows[i]) else "" for i in lines]
            place = len(table.tab.columns) + offset
            columns.append(ColumnEdit(place, [1, *range(2, len(values) + 2)], [header, *values]))
        if columns:
            edits.append(TabEdit(TAB[table.tab.key].label(wanted), tuple(columns)))
    if edits:
        with new.lock():
            new.commit(new.read(), edits)


def _set(workbook: ExcelWorkbook, key: str, value: str, *, locked: bool = False) -> None:
    """Write one setting; its row is made where it is missing."""
    if not locked:
        with workbook.lock():
            _set(workbook, key, value, locked=True)
        return
    snapshot = workbook.read()
    ledger = parse(snapshot)
    table, language = ledger.tables["settings"], ledger.language
    row = ledger.policy.settings.rows.get(key)
    cells: Mapping[str, str] = (
        {"value": value} if row else {"name": SETTING[key].label(language), "value": value}
    )
    if row is None and not value:
        return
    place = row or table.last_row + 1
    titles = {folded(name): name for name in snapshot.grids}
    title = find_title(table.tab, titles, language)
    assert title is not None
    edit = TabEdit(title, tuple(ColumnEdit(table.at[name], [place], [cell]) for name, cell in cells.items()))
    workbook.commit(snapshot, [edit])
