"""Reads a spreadsheet of another kind than ours: .xlsx, .xls, .ods."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping

from lxml import etree

from automation.ledger.errors import LedgerError
from automation.ledger.foreign_sheet import ForeignFile, ForeignSheet
from automation.text.catalogue import msg
from automation.workbooks.excel import refusals
from automation.workbooks.excel.xml.package import Package
from automation.workbooks.excel.xml.used_area import too_large
from automation.workbooks.excel.xml.xml_bytes import as_plain_utf8
from automation.workbooks.foreign.apart import TabRead, tabs_read
from automation.workbooks.foreign.bounds import (
    MOST_CELLS,
    MOST_TABS,
    MOST_UNPACKED,
    too_many_rows,
    too_many_tabs,
    too_much_unpacked,
)
from automation.workbooks.foreign.calamine_child import DAMAGED, PASSWORD, TOO_MANY
from automation.workbooks.foreign.looks import Looks, looks_of

_OLE, _ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
_MANIFEST, _CONTENT = "meta-inf/manifest.xml", "content.xml"
_PART = re.compile(rb"<(?:\w+:)?(table-row|table-cell)\b([^>]*)>")
_TIMES = re.compile(rb'number-(?:rows|columns)-repeated="(\d{1,12})')
_LOCKED_XLS = re.compile(rb"\x09\x08\x10\x00\x00\x06.{14}(?:\x86\x00\x00\x00)?\x2f\x00", re.DOTALL)
"""A workbook of old Excel begins, and the next record says that the rest is encrypted."""
_PIECE = 1 << 20


def is_spreadsheet(data: bytes) -> bool:
    """Whether the first bytes are those of a spreadsheet's file."""
    return data.startswith((_OLE, _ZIP))


def spreadsheet(data: bytes, name: str) -> ForeignFile:
    """The tabs of a spreadsheet. Formulas count with what they show. Raises LedgerError."""
    package = _package(data, name)
    try:
        parts = _parts(package) if package is not None else {}
    except etree.XMLSyntaxError as error:
        raise _damaged(name) from error
    read = tabs_read(data)
    if isinstance(read, str):
        raise _WRONG[read](name)
    if len(read) > MOST_TABS:
        raise too_many_tabs(name)
    return ForeignFile(name, [_sheet(tab, name, package, parts) for tab in read], looks=package is not None)


def _parts(package: Package) -> dict[str, bytes]:
    """The XML of each tab. Raises LedgerError if a cell stands far from all others, which would take all memory."""
    parts = {}
    for title, part in package.sheets.items():
        parts[title] = as_plain_utf8(package.part(part))
        if (too_much := too_large(parts[title])) is not None:
            raise refusals.too_large(package.name, title, too_much.far)
    return parts


def _package(data: bytes, name: str) -> Package | None:
    """The file as a package, if it is an .xlsx. Raises LedgerError for one with a password, or too large when unpacked."""
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data or _LOCKED_XLS.search(data):
            raise refusals.password(name)
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            _refuse_a_bomb(packed, name)
            names = {entry.filename.lower(): entry for entry in packed.infolist()}
            if _MANIFEST in names and b"encryption-data" in packed.read(names[_MANIFEST]):
                raise refusals.password(name)
            if _CONTENT in names and _filled_cells(packed.read(names[_CONTENT])) > MOST_CELLS:
                raise too_many_rows(name)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        if isinstance(error, RuntimeError) and "encrypted" in str(error):
            raise refusals.password(name) from error
        raise _damaged(name) from error
    return Package(data, name) if "[content_types].xml" in names else None


def _refuse_a_bomb(packed: zipfile.ZipFile, name: str) -> None:
    """Raises LedgerError for more than fits, and BadZipFile for parts that are larger than they say they are."""
    entries = packed.infolist()
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise too_much_unpacked(name)
    for entry in entries:
        with packed.open(entry) as part:
            while part.read(_PIECE):  # ends, and compares the checksum, at the size that it says it has
                pass


def _filled_cells(content: bytes) -> int:
    """How many cells of an OpenDocument's tabs hold something: a row or a cell may be written once, and count a million times."""
    cells, rows = 0, 1
    for part in _PART.finditer(content):
        times = _TIMES.search(part[2])
        if part[1] == b"table-row":
            rows = int(times[1]) if times else 1
        elif b"value-type" in part[2]:
            cells += rows * (int(times[1]) if times else 1)
    return cells


def _damaged(name: str) -> LedgerError:
    return LedgerError(
        msg("{name} is damaged, or no spreadsheet at all: open it, save it anew as .xlsx, and give that file.").of(
            name=name
        )
    )


_WRONG: Mapping[str, Callable[[str], LedgerError]] = {
    PASSWORD: refusals.password,
    TOO_MANY: too_many_rows,
    DAMAGED: _damaged,
}


def _sheet(tab: TabRead, name: str, package: Package | None, parts: Mapping[str, bytes]) -> ForeignSheet:
    looks: Looks = ({}, {})
    if package is not None and tab.title in parts:
        try:
            looks = looks_of(package, tab.title, parts[tab.title])
        except (etree.XMLSyntaxError, ValueError) as error:
            raise _damaged(name) from error
    merged = [(first[0] + 1, first[1] + 1, last[0] + 1, last[1] + 1) for first, last in tab.merged]
    return ForeignSheet(tab.title, tab.rows, *looks, merged=merged)
