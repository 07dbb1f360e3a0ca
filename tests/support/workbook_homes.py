"""Where a test's ledger is kept: in a file, or in a Google Sheet on the local server.

A test names its ledger by a path in either case, so that the same tests run on both kinds of workbook.
"""

from __future__ import annotations

import atexit
import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cache, lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
from google.auth.credentials import Credentials

from automation.ledger.workbook import Cell, CellError, ColumnEdit, Formula, Snapshot, TabEdit
from automation.workbooks.excel.workbook import ExcelWorkbook
from automation.workbooks.excel.xml.cell_edits import with_edits
from automation.workbooks.excel.xml.package import Package
from automation.workbooks.google.client import EMULATOR, Transport, credentials
from automation.workbooks.google.requests import mark_requests
from automation.workbooks.google.workbook import GoogleWorkbook
from automation.workbooks.opening import workbook_at
from sheet_schema import TABS, Type, folded
from tests.sheets_api import SheetsServer

KINDS = ("xlsx", "google")
QUICK = (0.01, 0.02, 0.05)
"""Seconds between tries, in tests."""
Tabs = Mapping[str, Sequence[Sequence[Cell]]]
PATIENT, IMPATIENT = (5.0, 30.0), (2.0, 0.5)
"""Seconds to wait for the connection and for the reply."""
_timeouts = [PATIENT]
_kind = ["xlsx"]
_sheets: dict[Path, str] = {}
_EPOCH = datetime(1899, 12, 30)


@cache
def server() -> SheetsServer:
    """One local Sheets server for all tests of a process."""
    started = SheetsServer(words="zh")
    started.__enter__()
    atexit.register(started.__exit__, None, None, None)
    return started


@contextmanager
def at_home(kind: str, folder: Path) -> Iterator[None]:
    """Within this context, new ledgers are kept in this kind of workbook."""
    before = _kind[0], os.environ.get(EMULATOR), os.environ.get("GOOGLE_APPLICATION_CREDENTIALS")
    _kind[0] = kind
    if kind == "google":
        os.environ[EMULATOR] = server().address
        os.environ["GOOGLE_APPLICATION_CREDENTIALS"] = str(server().key_file(folder / "key.json"))
    try:
        yield
    finally:
        _kind[0] = before[0]
        for name, value in zip((EMULATOR, "GOOGLE_APPLICATION_CREDENTIALS"), before[1:], strict=True):
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


def settle_in(path: Path) -> Path:
    """Move a ledger made as a file to where ledgers are kept now; its name is still the path."""
    if on_google_now():
        settle_with(path, tabs_of(path))
        path.unlink()
    return path


def on_google_now() -> bool:
    """Whether new ledgers are kept in Google Sheets now."""
    return _kind[0] == "google"


def tabs_of(path: Path) -> Tabs:
    """The cells of a file, by tab."""
    grids = ExcelWorkbook(path, _EPOCH.astimezone()).read().grids
    return {title: grid.rows for title, grid in grids.items()}


def tabs_in(data: bytes) -> Tabs:
    """The cells of a file given as bytes, by tab."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.xlsx"
        path.write_bytes(data)
        return tabs_of(path)


def settle_with(path: Path, tabs: Tabs) -> None:
    """Put a ledger with these tabs, and the mark of one, on Google, named `path`."""
    _sheets[path] = on_google(tabs)
    plain_transport().write(_sheets[path], [*mark_requests("")])


def on_google(tabs: Tabs, title: str = "台账") -> str:
    """Make a spreadsheet with these tabs, and return its key."""
    spreadsheet = server().new_spreadsheet(title, locale="zh_CN", time_zone="Asia/Shanghai")
    sizes = {name: (max(len(rows) + 3, 40), max([26, *(len(row) for row in rows)])) for name, rows in tabs.items()}
    adding = [
        {
            "addSheet": {
                "properties": {
                    "title": name,
                    "sheetId": 1000 + i,
                    "index": i,
                    "gridProperties": {"rowCount": rows, "columnCount": columns},
                }
            }
        }
        for i, (name, (rows, columns)) in enumerate(sizes.items())
    ]
    plain_transport().write(spreadsheet.id, adding)
    for name, rows in tabs.items():
        spreadsheet.sheet(name).load([[_plain(cell) for cell in row] for row in rows])
    return str(spreadsheet.id)


def plain_transport() -> Transport:
    """A transport to the local server that waits only briefly between tries."""
    return Transport(_credentials(), timeouts=_timeouts[0], waits=QUICK)


@contextmanager
def impatient() -> Iterator[None]:
    """Within this context, transports do not wait long for a reply, for tests in which none comes."""
    _timeouts[0] = IMPATIENT
    try:
        yield
    finally:
        _timeouts[0] = PATIENT


@cache
def _credentials() -> Credentials:
    """The credentials, read once, since parsing a key takes longer than a run's requests."""
    return credentials()


def _plain(cell: Cell) -> object:
    if isinstance(cell, Formula):
        return cell.text
    return cell.code if isinstance(cell, CellError) else cell


def address(path: Path) -> str:
    """The address by which a command finds the ledger."""
    return _sheets.get(path, str(path))


def forget(path: Path) -> None:
    """Delete a ledger on Google that is no longer needed, and the record of calls to it."""
    server().spreadsheets.pop(_sheets.pop(path))
    server().clear_calls()


@contextmanager
def tidied() -> Iterator[None]:
    """Delete the ledgers made on Google in this context and the record of calls, or tests would get slower."""
    if not on_google_now():
        yield
        return
    known = frozenset(server().spreadsheets)
    yield
    for key in frozenset(server().spreadsheets) - known:
        del server().spreadsheets[key]
    server().clear_calls()


class Kept:
    """A ledger as it stands now, with all that lies in its folder: made once, and put wherever a test needs one like it."""

    def __init__(self, path: Path) -> None:
        self._name = path.name
        self._files = {
            file.relative_to(path.parent): file.read_bytes() for file in path.parent.rglob("*") if file.is_file()
        }
        self._book = server().spreadsheets[_sheets[path]].book.draft() if path in _sheets else None

    def put(self, folder: Path) -> Path:
        """Put one like it into this folder."""
        for name, data in self._files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(data)
        path = folder / self._name
        if self._book is not None:
            spreadsheet = server().new_spreadsheet("台账", locale="zh_CN", time_zone="Asia/Shanghai")
            spreadsheet.replace(self._book.draft())
            _sheets[path] = str(spreadsheet.id)
        return path


def made_once(make: Callable[..., Path]) -> Callable[..., Path]:
    """A ledger that is made in a folder with some rows or settings: made once for each kind of workbook, then put there.

    What is given beside the folder, as text, tells one from another.
    """
    made: dict[tuple[object, ...], Kept] = {}

    def put(folder: Path, *given: object, **named: object) -> Path:
        key = (on_google_now(), str(given), str(sorted(named.items())))
        if key not in made:
            made[key] = kept(lambda elsewhere: make(elsewhere, *given, **named))
        return made[key].put(folder)

    return put


def kept(make: Callable[[Path], Path]) -> Kept:
    """What this makes in a folder of its own."""
    with TemporaryDirectory() as folder:
        path = make(Path(folder))
        found = Kept(path)
        _sheets.pop(path, None)
    return found


def book_at(path: Path, clock: datetime) -> ExcelWorkbook | GoogleWorkbook:
    """The workbook of the ledger named `path`. One on Google waits only briefly between tries."""
    if path in _sheets:
        return workbook_of(_sheets[path], clock)
    return workbook_at(address(path), clock)


def workbook_of(key: str, clock: datetime) -> GoogleWorkbook:
    """The workbook with this key. It waits only briefly between tries."""
    return GoogleWorkbook(key, clock, plain_transport())


def content(path: Path) -> object:
    """The whole content, to compare it with a later one."""
    return content_of(_sheets[path]) if path in _sheets else path.read_bytes()


def content_of(key: str) -> object:
    spreadsheet = server().spreadsheets[key]
    return {title: spreadsheet.sheet(title).values() for title in spreadsheet.titles()}


def read_now(path: Path) -> Snapshot:
    """The ledger as it stands. It is read once for as long as nobody changes it: what tests look at costs as much as a run."""
    key = _sheets.get(path)
    return _read(path, path.read_bytes() if key is None else (key, server().spreadsheets[key].version))


@lru_cache(maxsize=4)
def _read(path: Path, state: object) -> Snapshot:
    return book_at(path, _EPOCH.astimezone()).read()


def shown_in(path: Path, title: str) -> Sequence[Sequence[object]]:
    """The rows of a tab as a person sees them."""
    if path not in _sheets:
        return read_now(path).grids[title].rows
    rows: list[list[object]] = server().spreadsheets[_sheets[path]].sheet(title).values()
    return rows


def type_in(path: Path, title: str, row: int, column: int, value: Cell) -> None:
    """Type one value as a person does, and save."""
    type_cells(path, title, {(row, column): value})


def type_cells(path: Path, title: str, cells: Mapping[tuple[int, int], Cell]) -> None:
    """Type these values as a person does, each into its row and column, and save."""
    if path in _sheets:
        sheet = server().spreadsheets[_sheets[path]].sheet(title)
        for (row, column), value in cells.items():
            sheet.type(row, column, value)
        return
    columns = sorted({column for _, column in cells})
    edits = [
        ColumnEdit(
            column, [row for row, at in cells if at == column], [cells[one] for one in cells if one[1] == column]
        )
        for column in columns
    ]
    path.write_bytes(with_edits(Package(path.read_bytes(), path.name), [TabEdit(title, tuple(edits))]))


def load(path: Path) -> openpyxl.Workbook:
    """The ledger as a person who opens it sees it."""
    if path not in _sheets:
        return openpyxl.load_workbook(path)
    spreadsheet = server().spreadsheets[_sheets[path]]
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title in spreadsheet.titles():
        sheet = book.create_sheet(title)
        rows = spreadsheet.sheet(title).values()
        days = _day_columns(title, rows[0] if rows else [])
        for i, row in enumerate(rows, start=1):
            for j, value in enumerate(row, start=1):
                if value != "":
                    sheet.cell(i, j).value = _day(value) if i > 1 and j in days else value
    return book


def save(book: openpyxl.Workbook, path: Path) -> None:
    """Save what a person changed; on Google, type it over what was there."""
    if path not in _sheets:
        book.save(path)
        return
    spreadsheet = server().spreadsheets[_sheets[path]]
    for title in set(spreadsheet.titles()) - set(book.sheetnames):
        spreadsheet.sheet(title).delete()
    for sheet in book.worksheets:
        there = spreadsheet.sheet(sheet.title)
        old = there.values()
        rows = [["" if value is None else value for value in line] for line in sheet.iter_rows(values_only=True)]
        width = max([len(row) for row in (*rows, *old)], default=0)
        rows += [[] for _ in range(len(old) - len(rows))]
        there.load([[*row, *[""] * (width - len(row))] for row in rows])


def rename_tab(path: Path, title: str, other: str) -> None:
    """Give a tab another name as a person does."""
    if path in _sheets:
        server().spreadsheets[_sheets[path]].sheet(title).rename(other)
        return
    package = Package(path.read_bytes(), path.name)
    old, new = (f'name="{name}"'.encode() for name in (title, other))
    book = package.part(package.workbook)
    assert book.count(old) == 1
    path.write_bytes(package.with_parts({package.workbook: book.replace(old, new)}))


def insert_rows(path: Path, title: str, at: int, count: int = 1) -> None:
    """Insert rows as a person does."""
    if path in _sheets:
        server().spreadsheets[_sheets[path]].sheet(title).insert_rows(at, count)
        return
    _move_rows(path, title, at, count)


def delete_rows(path: Path, title: str, at: int, count: int = 1) -> None:
    """Delete rows as a person does."""
    if path in _sheets:
        server().spreadsheets[_sheets[path]].sheet(title).delete_rows(at, count)
        return
    _move_rows(path, title, at, -count)


def _move_rows(path: Path, title: str, at: int, by: int) -> None:
    """In a file, move the rows from this one on down by so many, or up over those above them, which are gone then."""

    def moved(found: re.Match[bytes]) -> bytes:
        row = int(found[1])
        if row < at:
            return found[0]
        if row < at - by:
            return b""
        ours = re.sub(rb'(<row\b[^>]*? r=")\d+', rb"\g<1>%d" % (row + by), found[0])
        return re.sub(rb'(<c\b[^>]*? r="[A-Z]+)\d+', rb"\g<1>%d" % (row + by), ours)

    package = Package(path.read_bytes(), path.name)
    part = package.sheets[title]
    rows = rb'<row\b[^>]*? r="(\d+)"[^>]*?(?:/>|>.*?</row>)'
    path.write_bytes(package.with_parts({part: re.sub(rows, moved, package.part(part), flags=re.DOTALL)}))


def _day_columns(title: str, headers: list[object]) -> set[int]:
    known = [
        column
        for tab in TABS
        if folded(title) in (folded(tab.label("en")), folded(tab.label("zh")))
        for column in tab
        if column.type in (Type.DATE, Type.MOMENT)
    ]
    names = {folded(name) for column in known for name in (column.label("en"), column.label("zh"))}
    return {at for at, header in enumerate(headers, start=1) if folded(str(header)) in names}


def _day(value: object) -> object:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return value
    return _EPOCH + timedelta(seconds=round(value * 86_400))
