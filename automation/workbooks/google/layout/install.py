"""What `install` and `copy` do to a spreadsheet: add what is missing, and carry over the users' own tabs and dates."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from automation.ledger.cell_names import column_letters
from automation.ledger.recognition import mark_is_due
from automation.ledger.workbook import Cell, ColumnEdit, Formula, Grid, TabEdit
from automation.pages.tables import StartRows
from automation.workbooks.google.client import Transport
from automation.workbooks.google.commit.batches import Batch, BatchSender
from automation.workbooks.google.layout import requests_for_tabs as layout
from automation.workbooks.google.layout.facts import FACTS_FIELDS, facts_of
from automation.workbooks.google.layout.longer_lists import longer_lists
from automation.workbooks.google.layout.places import places
from automation.workbooks.google.reading import Cells, quoted
from automation.workbooks.google.requests import Request
from automation.workbooks.google.values import as_date, typed
from automation.workbooks.laid_out import Contents
from sheet_schema import TAB, Language

ROWS_AT_ONCE = 500
_DAYS = ("DATE", "DATE_TIME")
_FORMATS = (
    "sheets(properties(title),data(startRow,startColumn,rowData(values(userEnteredValue(stringValue),"
    "userEnteredFormat(numberFormat(type)),effectiveFormat(numberFormat(type))))))"
)


def lay_out(sender: BatchSender, cells: Cells, language: Language, rows: StartRows) -> list[str]:
    """Add every missing tab, column and list in one batch, and return what was added in words. Needs the lock."""
    facts = facts_of(sender.read(FACTS_FIELDS), {title: grid.rows for title, grid in cells.grids.items()})
    wanted = layout.laid_out(facts, language, rows, [sender.account] if sender.account else [])
    lengthened, said = longer_lists(sender, places(facts, language, {}), language)
    if wanted.requests or lengthened or mark_is_due(sender.facts.mark):
        sender.send(Batch((), [*wanted.requests, *lengthened]))
    return [*wanted.added, *said]


def add_tabs(sender: BatchSender, tabs: Mapping[str, Sequence[Sequence[Cell]]]) -> None:
    """Add the users' own tabs after all others. Formulas stay formulas, and dates are formatted as dates."""
    taken = {sheet.sheet_id for sheet in sender.facts.sheets.values()}
    free = (number for number in range(1, 2**31) if number not in taken)
    for title, rows in tabs.items():
        sheet_id = next(free)
        width = max((len(row) for row in rows), default=1)
        size = {"rowCount": max(len(rows), 1), "columnCount": max(width, 1)}
        properties = {"sheetId": sheet_id, "title": title, "gridProperties": size}
        sender.send(Batch((), [{"addSheet": {"properties": properties}}]))
        for first in range(0, len(rows), ROWS_AT_ONCE):
            sender.send(Batch((), [_block(sheet_id, first, rows[first : first + ROWS_AT_ONCE])]))


def _block(sheet_id: int, first: int, rows: Sequence[Sequence[Cell]]) -> Request:
    return {
        "updateCells": {
            "start": {"sheetId": sheet_id, "rowIndex": first, "columnIndex": 0},
            "rows": [{"values": [_with_look(cell) for cell in row]} for row in rows],
            "fields": "userEnteredValue,userEnteredFormat.numberFormat",
        }
    }


def _with_look(cell: Cell) -> dict[str, Any]:
    if not isinstance(cell, date):
        return typed(cell)
    kind = "DATE_TIME" if isinstance(cell, datetime) else "DATE"
    return {**typed(cell), "userEnteredFormat": {"numberFormat": {"type": kind}}}


GROWING = ("register", "filing", "index", "notices", "history", "runs")
"""Tabs that may be long: they are filled part by part, after the tabs were made."""


def short_tabs(rows: StartRows) -> StartRows:
    """The rows of all other tabs, which the tabs are made with."""
    return {key: lines for key, lines in rows.items() if key not in GROWING}


def long_tabs(contents: Contents) -> list[TabEdit]:
    """The long tabs' rows as edits of tabs that were just laid out."""
    edits = []
    for key in GROWING:
        lines = contents.rows.get(key, ())
        columns = [
            ColumnEdit(at, range(2, len(lines) + 2), [line.get(column.key, "") for line in lines])  # type: ignore[misc]
            for at, column in enumerate(TAB[key], start=1)
            if any(line.get(column.key, "") != "" for line in lines)
        ]
        if columns:
            edits.append(TabEdit(TAB[key].label(contents.language), tuple(columns)))
    return edits


def own_as_meant(transport: Transport, key: str, cells: Cells) -> dict[str, Grid]:
    """The grids with the users' own columns and tabs read as they look.

    Numbers shown as dates become dates, and text that only looks like a formula stays text. One call, or none if the
    users have nothing of their own.
    """
    ranges = list(_of_own(cells))
    if not ranges:
        return dict(cells.grids)
    reply = transport.read(key, ranges=ranges, fields=_FORMATS).json()
    grids = dict(cells.grids)
    for sheet in reply.get("sheets", ()):
        title = sheet["properties"]["title"]
        rows = [list(row) for row in grids[title].rows]
        for row, column, cell in _each(sheet.get("data", ())):
            if row <= len(rows) and column <= len(rows[row - 1]):
                rows[row - 1][column - 1] = _meant(rows[row - 1][column - 1], cell)
        grids[title] = Grid(title, rows)
    return grids


def _of_own(cells: Cells) -> Iterator[str]:
    for title, grid in cells.grids.items():
        if title not in cells.placed:
            if grid.rows:
                yield quoted(title)
            continue
        ours = set(cells.placed[title].at.values())
        for column in range(1, max((len(row) for row in grid.rows), default=0) + 1):
            if column not in ours:
                letter = column_letters(column)
                yield f"{quoted(title)}!{letter}:{letter}"


def _each(data: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int, int, Mapping[str, Any]]]:
    for part in data:
        for row, line in enumerate(part.get("rowData", ()), start=part.get("startRow", 0) + 1):
            for column, cell in enumerate(line.get("values", ()), start=part.get("startColumn", 0) + 1):
                if cell:
                    yield row, column, cell


def _meant(cell: Cell, about: Mapping[str, Any]) -> Cell:
    text = about.get("userEnteredValue", {}).get("stringValue", "")
    if isinstance(cell, Formula) and text:
        return str(text)
    looks = (about.get("userEnteredFormat", {}), about.get("effectiveFormat", {}))
    shows_a_day = any(look.get("numberFormat", {}).get("type") in _DAYS for look in looks)
    return as_date(cell) if shows_a_day else cell


def days_look_like_days(sender: BatchSender, title: str, columns: Mapping[int, Sequence[tuple[int, Cell]]]) -> None:
    """Format as dates the cells that hold dates in the users' own columns (column → its rows and values)."""
    sheet_id = sender.facts.sheets[title].sheet_id
    requests: list[Request] = []
    for column, found in columns.items():
        for row, value in found:
            if isinstance(value, date):
                kind = "DATE_TIME" if isinstance(value, datetime) else "DATE"
                area = {
                    "sheetId": sheet_id,
                    "startRowIndex": row - 1,
                    "endRowIndex": row,
                    "startColumnIndex": column - 1,
                    "endColumnIndex": column,
                }
                look = {"userEnteredFormat": {"numberFormat": {"type": kind}}}
                requests.append(
                    {"repeatCell": {"range": area, "cell": look, "fields": "userEnteredFormat.numberFormat"}}
                )
    if requests:
        sender.send(Batch((), requests))
