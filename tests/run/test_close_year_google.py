"""close-year on a Google Sheet: the cases move to a spreadsheet that a person made for them, and people may type meanwhile."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from automation.ledger.parsing import parse
from automation.ledger.recognition import as_a_ledger
from automation.workbooks.address import address_of
from automation.workbooks.google.client import Transport, credentials
from automation.workbooks.google.requests import height, size
from automation.workbooks.google.workbook import GoogleWorkbook
from sheet_schema import BOOKS, SETTING
from tests.killing.closing import FEW_ROWS, FIRST, ledger, standing, tried
from tests.support import workbook_homes as homes
from tests.support.closed_year import AFTER, GOING, close, filed, say
from tests.support.small_office import at, column, setting
from tests.support.workbook_homes import address, workbook_of

pytestmark = pytest.mark.parametrize("home", ["google"], indirect=True)


def test_a_closed_year_stands_in_its_own_spreadsheet(tmp_path: Path) -> None:
    path = ledger(tmp_path)
    said, again = close(path), at(path, AFTER)
    book = setting(path, "year_book")
    told = say("explain", "2", "-w", address(path), "--now", AFTER)
    wrong = say("run", "-w", book)
    right = say("verify", "-w", address(path), "--now", AFTER)
    assert (said.exit_code, again.stopped, right.exit_code) == (0, False, 0)
    assert (standing(path, FIRST).places, standing(path, FIRST).wrong) == (dict.fromkeys(GOING, 1), ())
    assert column(path, "books", "book", "numbers") == [(book, "LV-00001 … LV-00003")]
    assert (f"见年册{book}" in told.stdout, wrong.exit_code, "2026年的年册" in wrong.stderr) == (True, 1, True)


def test_without_a_spreadsheet_it_says_what_to_do_and_nothing_moves(tmp_path: Path) -> None:
    path = filed().put(tmp_path)
    before = homes.content(path)
    said = close(path)
    assert (said.exit_code, "空白Google表格" in said.stderr) == (1, True)
    assert homes.content(path) == before
    out = str(tmp_path / "out")
    asked = say("run", "-w", address(path), "--now", "2028-02-01T09:00", "--outbox", out, "--accept-stop", "看过")
    beside = dict(column(path, "settings", "name", "problems"))
    assert (asked.exit_code, "空白Google表格" in str(beside[SETTING["year_book"].label("zh")])) == (0, True)


def test_what_the_archivist_types_at_the_very_moment_is_not_lost(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The box of a filed case is typed just before the rows are taken out: nothing goes then, and all goes with it after."""
    path, server = ledger(tmp_path), homes.server()
    sheet = server.spreadsheets[address(path)].sheet("归档")
    box = sheet.values()[0].index("盒号") + 1
    taken: list[int] = []

    def person(_: int, call: Any) -> None:
        if not taken and "deleteDimension" in str(call.body) and address(path) in call.path:
            taken.append(1)
            sheet.type(3, box, "A-17")

    monkeypatch.setattr(server, "between", person)
    said = close(path)
    book = parse(as_a_ledger(workbook_of(setting(path, "year_book").split("/")[-1], FIRST).read())).filing
    assert (said.exit_code, taken, standing(path, FIRST).places) == (0, [1], dict.fromkeys(GOING, 1))
    assert dict(zip(book["case_no"].tolist(), book["box"].tolist(), strict=True))["LV-00002"] == "A-17"


def test_killed_again_and_again_nothing_is_lost_and_nothing_stands_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In the middle of filling the book, and of taking rows out. More: `python -m tests.killing.closing google`."""
    monkeypatch.setattr(GoogleWorkbook, "most_out", FEW_ROWS)
    _, (unharmed,) = tried(tmp_path / "unharmed", [])
    kills, found = tried(tmp_path / "killed", [24, 38, 30])
    assert (kills, [set(one.places.values()) for one in found]) == (3, [{1}] * 4)
    assert found[-1] == unharmed


def test_a_book_is_backed_up_once_and_gets_back_what_it_lost(tmp_path: Path) -> None:
    path, safe = ledger(tmp_path), tmp_path / "safe"
    close(path)
    made = [say("backup", "--into", str(safe), "-w", address(path)).exit_code for _ in range(2)]
    sheet = homes.server().spreadsheets[setting(path, "year_book").split("/")[-1]].sheet("归档")
    sheet.delete_rows(3, 1)
    lost = say("verify", "-w", address(path), "--now", AFTER)
    (copy,) = (safe / "year books").glob("*.xlsx")
    back = say("restore", "--missing", "--from", str(next(safe.glob("*.xlsx"))), "-w", address(path), "--yes")
    again = say("verify", "-w", address(path), "--now", AFTER)
    assert (made, lost.exit_code, "缺少LV-00002" in lost.stdout, back.exit_code, again.exit_code) == (
        [0, 0],
        3,
        True,
        0,
        0,
    )
    assert "2026年的年册" in say("run", "-w", str(copy)).stderr
    new = address_of(str(homes.server().new_spreadsheet("新年册", locale="zh_CN", time_zone="Asia/Shanghai").id))
    copied = say("copy", str(copy), new)
    books = homes.server().spreadsheets[address(path)].sheet("年册")
    books.type(2, books.values()[0].index(BOOKS["book"].label("zh")) + 1, new)
    moved = say("verify", "-w", address(path), "--now", AFTER)
    assert (copied.exit_code, moved.exit_code, "2026年的年册" in say("run", "-w", new).stderr) == (0, 0, True)


def test_looks_notes_links_and_widths_travel(tmp_path: Path) -> None:
    path = ledger(tmp_path)
    sheet = homes.server().spreadsheets[address(path)].sheet("归档")
    own = len(sheet.values()[0]) + 3
    sheet.type(1, own, "车牌")
    look = {"backgroundColorStyle": {"rgbColor": {"red": 1.0}}, "textFormat": {"bold": True}}
    link = [{"startIndex": 1, "format": {"link": {"uri": "https://files.example/2"}}}]
    cell = {
        "userEnteredValue": {"stringValue": "京A2"},
        "userEnteredFormat": look,
        "note": "看过",
        "textFormatRuns": link,
    }
    start = {"sheetId": sheet.id, "rowIndex": 2, "columnIndex": own - 1}
    sheet.request({"updateCells": {"start": start, "rows": [{"values": [cell]}], "fields": "*"}})
    before = {name: sheet.cell(3, own).get(name) for name in cell}
    sheet.request(size(sheet.id, "COLUMNS", 5, 5, 333))
    sheet.request(height(sheet.id, 3, 77))
    assert close(path).exit_code == 0
    key = setting(path, "year_book").split("/")[-1]
    book = homes.server().spreadsheets[key].sheet("归档")
    there = book.cell(3, book.values()[0].index("车牌") + 1)
    assert {name: there.get(name) for name in cell} == before
    facts = (
        Transport(credentials())
        .read(key, fields="sheets.data(rowMetadata.pixelSize,columnMetadata.pixelSize)", ranges=["归档!A1:H5"])
        .json()["sheets"][0]["data"][0]
    )
    assert (facts["columnMetadata"][4]["pixelSize"], facts["rowMetadata"][2]["pixelSize"]) == (333, 77)
    assert standing(path, FIRST).wrong == ()
