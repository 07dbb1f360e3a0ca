"""What a person does to a sheet at the screen, carried out by the very code that serves requests."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from .batch import Batch, apply
from .book import Row, Sheet
from .cells import MAX_CHARACTERS, Cell, typed, written
from .entry import entered
from .errors import Json
from .formats import EPOCH
from .handlers import HANDLERS
from .locales import locale_of
from .viewing import View

if TYPE_CHECKING:
    from .store import Spreadsheet

Typed = str | int | float | bool | date | datetime | time | None


class SheetOnScreen:
    """One tab in the hands of the spreadsheet's owner. Rows and columns are counted from 1."""

    def __init__(self, spreadsheet: Spreadsheet, sheet_id: int) -> None:
        self.spreadsheet = spreadsheet
        self.id = sheet_id

    @property
    def model(self) -> Sheet:
        """The sheet as it stands; for looking only."""
        return self.spreadsheet.book.sheet(self.id)

    def values(self) -> list[list[str | float | bool]]:
        """All that was entered, formulas with their equals sign; empty ends of rows and of the sheet left out."""
        rows: list[list[Any]] = []
        for cells in self.model.rows:
            row = ["" if cell is None or cell.value is None else _plain(cell.value) for cell in cells]
            while row and row[-1] == "":
                row.pop()
            rows.append(row)
        while rows and not rows[-1]:
            rows.pop()
        return rows

    def cell(self, row: int, column: int) -> Json:
        """The CellData of one cell, `{}` for an empty one."""
        with self.spreadsheet.store.lock:
            return View(self.spreadsheet.book).cell(self.model, row - 1, column - 1, {})

    def shown(self, row: int, column: int) -> str:
        with self.spreadsheet.store.lock:
            return View(self.spreadsheet.book).shown(self.model, row - 1, column - 1)

    def load(self, rows: Sequence[Sequence[Typed]]) -> None:
        """Puts whole rows on the sheet from A1 on, the quick way: text stays text. The grid grows as needed."""
        made = _rows_of(rows)

        def work(batch: Batch) -> None:
            sheet = batch.book.sheet(self.id)
            sheet.row_count = max(sheet.row_count, len(made))
            sheet.column_count = max(sheet.column_count, max(map(len, made), default=0))
            for place, cells in enumerate(made):
                sheet.put_row(place, cells)

        self._change(work)

    def type(self, row: int, column: int, value: Typed) -> None:
        """Types one value: text that the sheet would take for something else is taken so only with an equals sign."""

        def work(batch: Batch) -> None:
            sheet = batch.book.sheet(self.id)
            sheet.row_count = max(sheet.row_count, row)
            sheet.column_count = max(sheet.column_count, column)
            old = sheet.get(row - 1, column - 1)
            sheet.put(row - 1, column - 1, _typed_over(old, value, batch))

        self._change(work)

    def enter(self, row: int, column: int, text: str) -> None:
        """Types text and lets the sheet make of it what it will: a number, a date, a truth value."""
        locale = locale_of(self.spreadsheet.book.properties["locale"])

        def work(batch: Batch) -> None:
            sheet = batch.book.sheet(self.id)
            old = sheet.get(row - 1, column - 1)
            sheet.put(row - 1, column - 1, written(old, *entered(text, locale, old.format if old else None)))

        self._change(work)

    def make_chip(self, row: int, column: int, email: str = "fang@s.example") -> None:
        """Turns a cell's text into a smart chip, which is entered as "@" and reads as its text."""
        runs = [{"startIndex": 0, "chip": {"personProperties": {"email": email}}}]
        self._make_odd(row, column, {"entered": {"stringValue": "@"}, "chipRuns": runs})

    def make_spilled(self, row: int, column: int) -> None:
        """Turns a cell into one into which a formula elsewhere spills: it has a value, and nothing was entered."""
        self._make_odd(row, column, {"entered": None})

    def make_image(self, row: int, column: int) -> None:
        """Turns a cell into an image of which only the description is read."""
        self._make_odd(row, column, {"entered": None, "worth": None})

    def _make_odd(self, row: int, column: int, extra: Json) -> None:
        def work(batch: Batch) -> None:
            sheet = batch.book.sheet(self.id)
            cell = sheet.get(row - 1, column - 1)
            assert cell is not None, "only a cell with a value can be made one of another kind"
            sheet.put(row - 1, column - 1, cell._replace(extra=extra))

        self._change(work)

    def insert_rows(self, at: int, n: int = 1) -> None:
        before = at > 1
        where = self._rows(at, n)
        self.request({"insertDimension": {"range": where, "inheritFromBefore": before}})

    def delete_rows(self, at: int, n: int = 1) -> None:
        self.request({"deleteDimension": {"range": self._rows(at, n)}})

    def move_rows(self, from_: int, n: int, to: int) -> None:
        """Drags `n` rows to before row `to`, counted as before the move."""
        self.request({"moveDimension": {"source": self._rows(from_, n), "destinationIndex": to - 1}})

    def insert_column(self, at: int) -> None:
        self.request({"insertDimension": {"range": self._columns(at), "inheritFromBefore": at > 1}})

    def move_column(self, from_: int, to: int) -> None:
        self.request({"moveDimension": {"source": self._columns(from_), "destinationIndex": to - 1}})

    def delete_column(self, at: int) -> None:
        self.request({"deleteDimension": {"range": self._columns(at)}})

    def sort(self, column: int, first_row: int = 2, descending: bool = False) -> None:
        """Sorts whole rows by a column, as the filter's menu does; empty cells come last."""
        order = "DESCENDING" if descending else "ASCENDING"
        where = {"sheetId": self.id, "startRowIndex": first_row - 1}
        specs = [{"dimensionIndex": column - 1, "sortOrder": order}]
        self.request({"sortRange": {"range": where, "sortSpecs": specs}})

    def copy_row(self, from_: int, to: int) -> None:
        """Copies a row and pastes it over another."""
        source, target = ({"sheetId": self.id, "startRowIndex": row - 1, "endRowIndex": row} for row in (from_, to))
        self.request({"copyPaste": {"source": source, "destination": target, "pasteType": "PASTE_NORMAL"}})

    def rename(self, title: str) -> None:
        properties = {"sheetId": self.id, "title": title}
        self.request({"updateSheetProperties": {"properties": properties, "fields": "title"}})

    def delete(self) -> None:
        self.request({"deleteSheet": {"sheetId": self.id}})

    def _rows(self, at: int, n: int) -> Json:
        return {"sheetId": self.id, "dimension": "ROWS", "startIndex": at - 1, "endIndex": at - 1 + n}

    def _columns(self, at: int) -> Json:
        return {"sheetId": self.id, "dimension": "COLUMNS", "startIndex": at - 1, "endIndex": at}

    def request(self, request: Json) -> None:
        """Any other act, said as a request of batchUpdate."""
        self._change(lambda batch: apply(batch, [request], HANDLERS))

    def _change(self, work: Any) -> None:
        with self.spreadsheet.store.lock:
            self.spreadsheet.change(self.spreadsheet.owner, work)


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, str) else value


def _rows_of(rows: Sequence[Sequence[Typed]]) -> list[Row]:
    """The rows of cells for loaded values. A million new objects need no search for cycles after every few hundred."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        return [tuple([_loaded(value) for value in row]) for row in rows]
    finally:
        if collecting:
            gc.enable()


def _loaded(value: Typed) -> Cell | None:
    if type(value) is str:
        return Cell(value if len(value) <= MAX_CHARACTERS else typed(value)) if value else None
    return written(None, *_serial(value))


def _typed_over(old: Cell | None, value: Typed, batch: Batch) -> Cell | None:
    if isinstance(value, str) and value.startswith("="):
        return written(old, *entered(value, locale_of(batch.book.properties["locale"])))
    return written(old, *_serial(value))


def _serial(value: Typed) -> tuple[Any, Json | None]:
    """The value of a cell for a Python value, with the format that shows a date as one."""
    if isinstance(value, datetime):
        return _days(value.replace(tzinfo=None) - EPOCH), {"type": "DATE_TIME"}
    if isinstance(value, date):
        return (datetime(value.year, value.month, value.day) - EPOCH).days, {"type": "DATE"}
    if isinstance(value, time):
        moment = datetime.combine(EPOCH, value)
        return _days(moment - EPOCH), {"type": "TIME"}
    return typed(value), None


def _days(span: timedelta) -> float:
    return span / timedelta(days=1)
