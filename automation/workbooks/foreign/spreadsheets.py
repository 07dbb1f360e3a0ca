"""Reads a spreadsheet of another kind than ours: .xlsx, .xls, .ods."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import timedelta

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, load_workbook

from automation.ledger.errors import LedgerError
from automation.ledger.foreign_sheet import ForeignFile, ForeignSheet
from automation.ledger.workbook import Cell
from automation.text.catalogue import msg
from automation.workbooks.excel import refusals
from automation.workbooks.excel.xml.package import MOST_BYTES as MOST_UNPACKED
from automation.workbooks.excel.xml.package import Package
from automation.workbooks.excel.xml.used_area import too_large
from automation.workbooks.excel.xml.xml_bytes import as_plain_utf8
from automation.workbooks.foreign.bounds import MOST_ROWS, too_many_rows
from automation.workbooks.foreign.looks import looks_of

_OLE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
_MOST_COLUMNS = 400


def is_spreadsheet(data: bytes) -> bool:
    """Whether the first bytes are those of a spreadsheet's file."""
    return data.startswith((_OLE, _ZIP))


def spreadsheet(data: bytes, name: str) -> ForeignFile:
    """The tabs of a spreadsheet. Formulas count with what they show. Raises LedgerError."""
    package = _package(data, name)
    try:
        book = load_workbook(io.BytesIO(data))
        kinds = {one.name: one.typ for one in book.sheets_metadata}
        titles = [title for title in book.sheet_names if kinds[title] is SheetTypeEnum.WorkSheet]
        sheets = [_sheet(book, title, name, package) for title in titles]
        return ForeignFile(name, sheets, looks=package is not None)
    except (CalamineError, ValueError, OverflowError) as error:
        if "password" in str(error).lower():
            raise refusals.password(name) from error
        raise _damaged(name) from error


def _package(data: bytes, name: str) -> Package | None:
    """The file as a package, if it is an .xlsx. Raises LedgerError for one with a password, or too large when unpacked."""
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise refusals.password(name)
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(entry.file_size for entry in packed.infolist()) > MOST_UNPACKED:
                raise refusals.too_big(name)
            is_xlsx = any(entry.filename.lower() == "[content_types].xml" for entry in packed.infolist())
    except zipfile.BadZipFile as error:
        raise _damaged(name) from error
    return Package(data, name) if is_xlsx else None


def _damaged(name: str) -> LedgerError:
    return LedgerError(
        msg("{name} is damaged, or no spreadsheet at all: open it, save it anew as .xlsx, and give that file.").of(
            name=name
        )
    )


def _sheet(book: CalamineWorkbook, title: str, name: str, package: Package | None) -> ForeignSheet:
    xml = b""
    if package is not None and title in package.sheets:
        xml = as_plain_utf8(package.part(package.sheets[title]))
        if (too_much := too_large(xml)) is not None:
            raise refusals.too_large(name, title, too_much.far)
    sheet = book.get_sheet_by_name(title)
    rows = [_cells(row) for row in sheet.to_python(skip_empty_area=False)]
    if sum(any(cell != "" for cell in row) for row in rows) > MOST_ROWS:
        raise too_many_rows(name)
    looks = looks_of(package, title, xml) if package is not None and xml else ({}, {})
    return ForeignSheet(title, rows, *looks, merged=_merged(sheet))


def _cells(row: Sequence[object]) -> Sequence[Cell]:
    """The cells of a row; a length of time as the text that people see, and what Excel shows as an error as blank."""
    return [str(cell) if isinstance(cell, timedelta) else cell for cell in row[:_MOST_COLUMNS]]  # type: ignore[misc]


def _merged(sheet: CalamineSheet) -> Sequence[tuple[int, int, int, int]]:
    ranges = sheet.merged_cell_ranges or ()
    return [(first[0] + 1, first[1] + 1, last[0] + 1, last[1] + 1) for first, last in ranges]
