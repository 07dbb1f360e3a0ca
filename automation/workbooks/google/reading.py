"""Reads a spreadsheet: one call for its tabs, one `values:batchGet` for all their cells.

Values come unformatted, dates as serial numbers and formulas as formulas (`valueRenderOption=FORMULA` does all three,
as Google's replies recorded by gspread show). It does not tell a formula from text that begins with `=`; if a ledger
column holds such a cell, a third call asks.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any

from automation.ledger.recognition import LEDGER_MARK, mark_among
from automation.ledger.titles_and_headers import columns_of, language_of, titles_found
from automation.ledger.workbook import HEADER_ROW, Cell, Formula, Grid, Restless
from automation.workbooks.google.client import Transport
from automation.workbooks.google.lock import LOCK_TAB
from automation.workbooks.google.values import as_date, digest
from sheet_schema import TAB, Language, Tab, Type

UNDO_LOG_TAB = "_journal"
FACTS = (
    "properties(title,locale,timeZone),"
    "developerMetadata(metadataKey,metadataValue),"
    "sheets(properties(sheetId,title,index,sheetType,hidden,gridProperties(rowCount,columnCount)),merges,"
    "conditionalFormats(ranges(sheetId)))"
)
"""The field mask of the call that lists the tabs."""
AS_TYPED: dict[str, Any] = {
    "valueRenderOption": "FORMULA",
    "dateTimeRenderOption": "SERIAL_NUMBER",
    "majorDimension": "ROWS",
}
"""The options of `values:batchGet` that give cells as they were typed, neither rounded nor formatted."""
NOTED_AT = 2
"""The column of the undo log's first row that lists texts that look like formulas."""
RESTLESS_AT = 3
"""The column of the undo log's first row that keeps the cases whose rows did not settle."""
MOST_RESTLESS = 200
"""The most of them that are kept, as they must fit into one cell."""
Place = tuple[int, int, str]
"""Row, column, and the cell's content."""


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """One tab: id, title, size, the rows (first, last) that merged cells span, the number of colour rules."""

    sheet_id: int
    title: str
    rows: int
    columns: int
    merged: tuple[tuple[int, int], ...] = ()
    rules: int = 0


@dataclass(frozen=True)
class Facts:
    """What is known of a spreadsheet apart from its cells. `sheets` has the tabs that are grids, by title."""

    title: str
    locale: str
    zone: str
    sheets: Mapping[str, SheetFacts]
    others: frozenset[str] = frozenset()
    """The titles of tabs that are not grids: charts on a tab of their own, connected data."""
    mark: str = ""
    """The version in the mark by which it is known as a ledger; blank if it has none."""

    @property
    def cells(self) -> int:
        return sum(sheet.rows * sheet.columns for sheet in self.sheets.values())


@dataclass(frozen=True)
class FoundTab:
    """One of our tabs in the spreadsheet: `at` has the position of each column (from 1), by key."""

    tab: Tab
    at: Mapping[str, int]


@dataclass(frozen=True)
class Cells:
    """All cells as read.

    `grids`, `formulas` and `placed` (our own tabs) are by title; `undo_log` has the rows of its tab. `version` is
    a fingerprint of the content.
    """

    grids: Mapping[str, Grid]
    formulas: Mapping[str, Sequence[Place]]
    undo_log: Sequence[Sequence[Cell]]
    version: str
    placed: Mapping[str, FoundTab]
    texts: frozenset[str] = frozenset()
    """Digests of cells in ledger columns that begin with `=` and are text."""
    restless: Mapping[str, Restless] = field(default_factory=dict)
    """The cases whose rows did not settle in the last runs, by number."""

    def line(self, title: str, row: int) -> Sequence[Cell]:
        """One row as read; empty below the last row."""
        grid = self.grids.get(title)
        return grid.rows[row - 1] if grid is not None and row <= len(grid.rows) else ()


def facts_of(reply: Mapping[str, Any]) -> Facts:
    """Read the facts from a reply masked with FACTS."""
    properties = reply.get("properties", {})
    sheets = {}
    others = set()
    for sheet in reply.get("sheets", ()):
        about = sheet["properties"]
        if about.get("sheetType", "GRID") != "GRID":
            others.add(about["title"])
            continue
        size = about.get("gridProperties", {})
        merged = tuple(
            (merge.get("startRowIndex", 0) + 1, merge.get("endRowIndex", size.get("rowCount", 0)))
            for merge in sheet.get("merges", ())
        )
        sheets[about["title"]] = SheetFacts(
            sheet_id=int(about.get("sheetId", 0)),
            title=about["title"],
            rows=int(size.get("rowCount", 0)),
            columns=int(size.get("columnCount", 0)),
            merged=merged,
            rules=len(sheet.get("conditionalFormats", ())),
        )
    return Facts(
        str(properties.get("title", "")),
        str(properties.get("locale", "")),
        str(properties.get("timeZone", "")),
        sheets,
        frozenset(others),
        mark=mark_among(
            str(one.get("metadataValue", ""))
            for one in reply.get("developerMetadata", ())
            if one.get("metadataKey") == LEDGER_MARK
        ),
    )


_WITH_EQUALS = re.compile(r'"((?:=|\\u003[dD])(?:[^"\\]|\\.)+)"')
"""In a reply a text that begins like a formula, as JSON writes it."""


def read_facts(transport: Transport, key: str) -> Facts:
    """Ask Google for the facts, in one call. Raises LedgerError."""
    return facts_of(transport.read(key, fields=FACTS).json())


def read_cells(transport: Transport, key: str, facts: Facts, *, to_be_sure: bool) -> Cells:
    """Read all cells of all tabs, in one call.

    `to_be_sure` allows a second call that asks which cells beginning with `=` are formulas; otherwise the notes of the
    last commit are believed. Raises LedgerError; Refused when a tab was renamed since `facts`.
    """
    titles = [title for title in facts.sheets if title != LOCK_TAB]
    reply = transport.read(f"{key}/values:batchGet", ranges=[quoted(title) for title in titles], **AS_TYPED)
    ranges = [found.get("values", []) for found in reply.json().get("valueRanges", ())]
    found = dict(zip(titles, ranges, strict=True))
    undo_log = found.pop(UNDO_LOG_TAB, [])
    language = language_of(found)
    placed = _placed(found, language)
    like_formulas = _texts_with_equals(reply.content.decode())
    formulas = {title: list(_formulas(rows, like_formulas)) for title, rows in found.items()}
    noted = frozenset() if to_be_sure else noted_texts(undo_log)
    texts = _texts_like_formulas(transport, key, formulas, placed, noted)
    for title, rows in found.items():
        _put_in(rows, formulas[title], texts.get(title, ()))
        if title in placed:
            _with_dates(rows, placed[title])
    grids = {title: Grid(title, rows) for title, rows in found.items()}
    grids |= {title: Grid(title, ()) for title in facts.others}
    order = "\n".join(found)
    version = sha256(order.encode() + reply.content).hexdigest()
    names = frozenset(_name(title, text) for title, cells in texts.items() for _, _, text in cells)
    return Cells(
        grids=grids,
        formulas=formulas,
        undo_log=undo_log,
        version=version,
        placed=placed,
        texts=names,
        restless=noted_restless(undo_log),
    )


def _placed(found: Mapping[str, Sequence[Sequence[Cell]]], language: Language) -> dict[str, FoundTab]:
    """Our tables, by the title they have in this spreadsheet."""
    placed = {}
    for key, title in titles_found(found, language).items():
        if TAB[key].columns:
            headers = found[title][0] if found[title] else ()
            placed[title] = FoundTab(TAB[key], columns_of(TAB[key], headers, language))
    return placed


def _texts_with_equals(reply: str) -> frozenset[str]:
    """Every text in a reply that begins like a formula, and perhaps some more. Looking at each cell would take ten times as long."""
    return frozenset(str(json.loads(f'"{text}"')) for text in set(_WITH_EQUALS.findall(reply)))


def _formulas(rows: Sequence[Sequence[Cell]], like_formulas: frozenset[str]) -> Iterator[Place]:
    """Every cell that begins like a formula."""
    for number, row in enumerate(rows, start=1) if like_formulas else ():
        if not like_formulas.isdisjoint(row):
            for column, cell in enumerate(row, start=1):
                if isinstance(cell, str) and cell[:1] == "=" and len(cell) > 1:
                    yield number, column, cell


def _texts_like_formulas(
    transport: Transport,
    key: str,
    formulas: Mapping[str, Sequence[Place]],
    placed: Mapping[str, FoundTab],
    noted: frozenset[str],
) -> dict[str, set[Place]]:
    """Which of these cells, in ledger columns, hold text. Asks Google only if some of them are not `noted`."""
    open_ = {title: [one for one in formulas[title] if one[1] in placed[title].at.values()] for title in placed}
    known = {title: {one for one in cells if _name(title, one[2]) in noted} for title, cells in open_.items()}
    if all(len(known[title]) == len(cells) for title, cells in open_.items()):
        return known
    ranges = dict.fromkeys(f"{quoted(title)}!{row}:{row}" for title, cells in open_.items() for row, _, _ in cells)
    reply = transport.search(
        f"{key}:getByDataFilter",
        {"dataFilters": [{"a1Range": one} for one in ranges], "includeGridData": True},
        fields="sheets(properties(title),data(startRow,startColumn,rowData(values(userEnteredValue(stringValue)))))",
    ).json()
    found: dict[str, set[Place]] = {}
    for sheet in reply.get("sheets", ()):
        for data in sheet.get("data", ()):
            for i, row in enumerate(data.get("rowData", ()), start=data.get("startRow", 0) + 1):
                for j, cell in enumerate(row.get("values", ()), start=data.get("startColumn", 0) + 1):
                    text = cell.get("userEnteredValue", {}).get("stringValue", "")
                    if text.startswith("="):
                        found.setdefault(sheet["properties"]["title"], set()).add((i, j, text))
    return found


def _name(title: str, text: str) -> str:
    return digest([title, text])


def noted_texts(undo_log: Sequence[Sequence[Cell]]) -> frozenset[str]:
    """The digests of texts that look like formulas, from the undo log's first row."""
    row = undo_log[0] if undo_log else ()
    return frozenset(str(row[NOTED_AT - 1]).split()) if len(row) >= NOTED_AT else frozenset()


def as_noted(restless: Mapping[str, Restless]) -> str:
    """These cases as the undo log keeps them."""
    kept = {owner: list(one) for owner, one in list(restless.items())[:MOST_RESTLESS]}
    return json.dumps(kept, ensure_ascii=False, separators=(",", ":")) if kept else ""


def noted_restless(undo_log: Sequence[Sequence[Cell]]) -> dict[str, Restless]:
    """The cases whose rows did not settle, from the undo log's first row; none if somebody typed there."""
    row = undo_log[0] if undo_log else ()
    try:
        noted = json.loads(str(row[RESTLESS_AT - 1])) if len(row) >= RESTLESS_AT and row[RESTLESS_AT - 1] else {}
        return {
            str(owner): Restless(int(runs), tuple(map(str, columns)), str(cause))
            for owner, (runs, columns, cause) in noted.items()
        }
    except (ValueError, TypeError, AttributeError):
        return {}


def _put_in(rows: list[list[Cell]], formulas: list[Place], texts: Collection[Place]) -> None:
    """Replace cells by formulas, except text that only looks like one."""
    formulas[:] = [one for one in formulas if one not in texts]
    for row, column, text in formulas:
        rows[row - 1][column - 1] = Formula(text)


def _with_dates(rows: list[list[Cell]], placed: FoundTab) -> None:
    """Replace serial numbers by dates in date columns."""
    days = [
        placed.at[column.key] - 1
        for column in placed.tab
        if column.type in (Type.DATE, Type.MOMENT) and column.key in placed.at
    ]
    known: dict[Cell, Cell] = {}  # many rows have the same days
    for row in rows[HEADER_ROW:]:
        width = len(row)
        for at in days:
            if at < width and isinstance(cell := row[at], int | float) and not isinstance(cell, bool):
                if cell not in known:
                    known[cell] = as_date(cell)
                row[at] = known[cell]


def with_known(cells: Cells, before: Cells | None) -> Cells:
    """The cells, in which a tab that is just as it was read `before` is the same object, of which much is worked out already."""
    if before is None:
        return cells
    same = {
        title: grid
        for title, grid in before.grids.items()
        if title in cells.grids and _is_same(cells.grids[title], grid)
    }
    return replace(cells, grids={**cells.grids, **same})


def _is_same(grid: Grid, other: Grid) -> bool:
    """Whether all cells are the same; a tick is no number, though Python says that they are equal."""
    return grid.rows == other.rows and all(
        list(map(type, row)) == list(map(type, theirs)) for row, theirs in zip(grid.rows, other.rows, strict=True)
    )


def quoted(title: str) -> str:
    """A tab's title, quoted for A1 notation."""
    return "'" + title.replace("'", "''") + "'"
