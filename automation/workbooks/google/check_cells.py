"""What `check` says about cells and tabs that Google shows otherwise than as plain cells: Tables, smart chips, spills."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from automation.ledger.cell_names import column_letters
from automation.ledger.workbook import Formula, Grid
from automation.text.catalogue import Message, Sentences, msg
from automation.workbooks.google.check_facts import Book
from automation.workbooks.google.client import Transport
from automation.workbooks.google.reading import quoted
from sheet_schema import Language

SPILLING = (
    "ARRAYFORMULA",
    "FILTER",
    "UNIQUE",
    "SORT",
    "QUERY",
    "IMPORTRANGE",
    "SPLIT",
    "TRANSPOSE",
    "SEQUENCE",
    "BYROW",
)
"""Functions whose result goes over more cells than the one in which they stand."""
MOST_NAMED = 10
_CHIPS = "sheets(properties(title),data(startRow,startColumn,rowData(values(chipRuns(startIndex)))))"
_TEXTS: Mapping[str, Message] = {
    "table": msg(
        "{tab} has a Google Table ({what}), whose column types keep the program's dropdowns out and fill empty rows: take it away in the table's menu, Revert to unformatted range."
    ),
    "chips": msg(
        "{tab}: smart chips stand in {cells}. A run cannot compare them with what it read, and mails of these cases go alone: replace them by plain text (Ctrl+Shift+V)."
    ),
    "spills": msg(
        "{tab}: formulas in {cells} fill other cells too. What they show was typed nowhere, and mails of these cases go alone: put such formulas on a tab of your own."
    ),
}


def unusual_cells(
    transport: Transport, key: str, book: Book, cases: Mapping[str, Grid], language: Language
) -> Iterator[str]:
    """One sentence for each tab with something unusual; of cells only in the tabs with `cases`. One call."""
    texts = Sentences(_TEXTS, language)
    for tab in book.tabs.values():
        if tab.tables:
            yield texts.say("table", tab=tab.title, what=list(tab.tables))
    for title, cells in _chips(transport, key, list(cases)):
        yield texts.say("chips", tab=title, cells=list(cells))
    for title, grid in cases.items():
        if spilling := _spilling(grid):
            yield texts.say("spills", tab=title, cells=list(spilling))


def _chips(transport: Transport, key: str, titles: Sequence[str]) -> Iterator[tuple[str, Sequence[str]]]:
    reply = transport.read(key, ranges=[quoted(title) for title in titles], fields=_CHIPS).json()
    for sheet in reply.get("sheets", ()):
        found = list(_with_chips(sheet.get("data", ())))
        if found:
            yield sheet["properties"]["title"], _named(found)


def _with_chips(data: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int, int]]:
    for part in data:
        for row, line in enumerate(part.get("rowData", ()), start=part.get("startRow", 0) + 1):
            for column, cell in enumerate(line.get("values", ()), start=part.get("startColumn", 0) + 1):
                if cell.get("chipRuns"):
                    yield row, column


def _spilling(grid: Grid) -> Sequence[str]:
    """The cells with a formula that may fill others."""
    rows = enumerate(grid.rows, start=1)
    return _named([(row, at) for row, line in rows for at, cell in enumerate(line, start=1) if _spills(cell)])


def _spills(cell: object) -> bool:
    return isinstance(cell, Formula) and any(f"{name}(" in cell.text.upper() for name in SPILLING)


def _named(places: Sequence[tuple[int, int]]) -> Sequence[str]:
    named = [f"{column_letters(column)}{row}" for row, column in places[:MOST_NAMED]]
    return [*named, "…"] if len(places) > MOST_NAMED else named
