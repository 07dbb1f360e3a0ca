"""Requests that lay out a table: headers, columns, rows, dropdowns, colours and protection."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import cast

from automation.ledger.cell_names import column_letters
from automation.ledger.settings import setting_called
from automation.ledger.workbook import Cell as Value
from automation.pages.room import HEADER_HEIGHT, width_of
from automation.pages.tables import Row, header_note, shown
from automation.workbooks.google import refusals
from automation.workbooks.google.layout import formats, validation
from automation.workbooks.google.layout.places import Placed
from automation.workbooks.google.layout.validation import Lists
from automation.workbooks.google.requests import CellData, Request, area, format_all, size, write
from automation.workbooks.google.values import typed
from sheet_schema import Column, Language, Tab, Type, folded


def lay_out_table(
    placed: Placed, rows: Sequence[Row], lists: Lists, language: Language, editors: Sequence[str]
) -> Iterator[Request]:
    """Turn an empty sheet into the tab, with these rows.

    A filter, bands, colours, folded columns or protection that the sheet has already were set by a person and stay.
    """
    tab, found = placed.tab, placed.found
    yield from columns(placed, tab.columns, lists, language)
    # Only the header gets a height: a row with a fixed height no longer grows with its text.
    yield size(placed.sheet_id, "ROWS", 1, 1, formats.pixels_high(HEADER_HEIGHT))
    yield from fill_rows(placed, rows, language)
    if found is None or not found.filtered:
        yield validation.filter_all(placed)
    if found is None or not found.grouped:
        yield from validation.fold_groups(placed)
    if found is None or not found.banded:
        yield from validation.band_rows(placed)
    if found is None or not found.colours:
        yield from validation.colour_rows(placed, language)
    yield from validation.protect(placed, tab.columns, language, editors)


def add_columns(placed: Placed, lists: Lists, language: Language, editors: Sequence[str]) -> Iterator[Request]:
    """Lay out the missing columns of an existing table, in the room already made after its last column."""
    if placed.missing and placed.found is not None:
        yield from columns(placed, placed.missing, lists, language)
        added = [column.key for column in placed.missing]
        yield from validation.colour_rows(placed, language, placed.found.colours, added)
        yield from validation.protect(placed, placed.missing, language, editors)


def columns(placed: Placed, added: Sequence[Column], lists: Lists, language: Language) -> Iterator[Request]:
    """Lay out neighbouring columns: headers with their notes, widths, formats and dropdowns."""
    first = placed.at[added[0].key]
    headers = [_header(placed.tab, column, language) for column in added]
    yield write(placed.sheet_id, 1, first, [headers], "userEnteredValue,userEnteredFormat,note")
    widths = (formats.pixels_wide(width_of(column, language)) for column in added)
    for pixels, members in groupby(enumerate(widths, start=first), key=lambda pair: pair[1]):
        positions = [position for position, _ in members]
        yield size(placed.sheet_id, "COLUMNS", positions[0], positions[-1], pixels)
    for position, column in enumerate(added, start=first):
        cells = area(placed.sheet_id, (position, position), 2)
        yield format_all(cells, formats.body(column, language))
        yield from validation.check_typing(placed, column, lists, language)


def _header(tab: Tab, column: Column, language: Language) -> CellData:
    cell = typed(column.label(language)) | {"userEnteredFormat": formats.header(tab, column, language)}
    note = header_note(tab, column, language)
    return cell | ({"note": note} if note else {})


def fill_rows(placed: Placed, rows: Sequence[Row], language: Language) -> Iterator[Request]:
    """Write the rows below the header. Raises LedgerError, naming the cell, when a text is too long."""
    if rows:
        cells = [list(_row(placed, row, number, language)) for number, row in enumerate(rows, start=2)]
        yield write(placed.sheet_id, 2, 1, cells, "userEnteredValue")
    if placed.tab.key == "settings":
        for number, row in enumerate(rows, start=2):
            setting = setting_called(str(row.get("name", "")))
            if setting is not None:
                yield from validation.check_setting(placed, setting, number, language)


def _row(placed: Placed, row: Row, number: int, language: Language) -> Iterable[CellData]:
    for position, column in enumerate(placed.tab, start=1):
        value = value_of(column, row.get(column.key), language)
        if isinstance(value, str) and len(value) > refusals.MOST_CHARACTERS:
            raise refusals.cell_too_long(placed.title, f"{column_letters(position)}{number}")
        yield typed(value)


def value_of(column: Column, value: object, language: Language) -> Value:
    """The value as Google shows it in this column: as in the Excel workbook, except that a tick is a checkbox."""
    if column.type is Type.TICK:
        ticked = value is True or (isinstance(value, str) and folded(value) in column.ticks)
        return True if ticked else ""
    found = shown(column, value, language)
    return "" if found is None else cast("Value", found)
