"""A ledger copied between a file and a Google Sheet, both ways, with all that people added; backup and restore on Google."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

import jobs
from automation.commands.copy import copied
from automation.commands.demo import build
from automation.ledger.errors import LedgerError
from automation.ledger.parsing import parse
from automation.ledger.rules_seen import RULE_TABS, altered_rows
from automation.ledger.workbook import Cell, Workbook
from automation.run.job import JOBS, Request
from automation.run.run import run
from automation.steps.verification import verify
from automation.workbooks.address import address_of
from automation.workbooks.excel.workbook import ExcelWorkbook
from sheet_schema import SETTING, TAB
from tests.sheets_api.book import Book
from tests.support import workbook_homes as homes
from tests.support.ledger_in_memory import NOW
from tests.support.small_office import CLOCK

pytestmark = pytest.mark.parametrize("home", ["google"], indirect=True)
BEFORE_THE_FILLING = 9
"""The number of requests until a new sheet is laid out and read again."""


def say(*arguments: str) -> Result:
    return CliRunner().invoke(jobs.main, list(arguments))


def spreadsheet(title: str = "信访 台账") -> str:
    """A Google Sheet that a person made and shared; its key."""
    return str(homes.server().new_spreadsheet(title, locale="zh_CN", time_zone="Asia/Shanghai").id)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo ledger in Chinese after a run, with an own column and an own tab."""
    path = tmp_path_factory.mktemp("source") / "ledger.xlsx"
    build(path, "zh", NOW, CLOCK)
    run(ExcelWorkbook(path, CLOCK), Request(JOBS["run"], NOW, CLOCK))
    book = openpyxl.load_workbook(path)
    register = book["登记"]
    column = register.max_column + 1
    for row, value in ((1, "Seen on"), (2, date(2026, 3, 2)), (3, "00123")):
        register.cell(row, column).value = value
    own = book.create_sheet("Own list")
    for row, value in ((1, "Visit"), (2, date(2026, 3, 2)), (3, "=1+1"), (4, True), (6, 2.5)):
        own.cell(row, 1).value = value
    own.cell(5, 1).value = "=not a formula"
    own.cell(5, 1).data_type = "s"
    book.save(path)
    return path


@cache
def copied_once(path: Path) -> tuple[Book, list[str]]:
    """What a copy of this ledger holds in a Google Sheet, and what was said."""
    key = spreadsheet()
    said = copied(path, key, None, CLOCK, move=False)
    return homes.server().spreadsheets[key].book, said


def on_google(path: Path) -> str:
    """A Google Sheet into which this ledger was copied; its key."""
    key = spreadsheet()
    homes.server().spreadsheets[key].replace(copied_once(path)[0].draft())
    return key


def cells(workbook: ExcelWorkbook) -> dict[str, list[list[Cell]]]:
    """All cells except the pages that a workbook or the next run writes, without blank cells at the ends."""
    found = {}
    for title, grid in workbook.read().grids.items():
        rows = [list(row) for row in grid.rows]
        for row in rows:
            while row and row[-1] == "":
                row.pop()
        while rows and not rows[-1]:
            rows.pop()
        found[title] = rows
    return {
        title: rows for title, rows in found.items() if title not in ("Start here", "使用说明", "Dashboard", "看板")
    }


def test_there_and_back_again(source: Path, tmp_path: Path) -> None:
    path = source
    key, back = on_google(path), tmp_path / "back.xlsx"
    _, said = copied_once(path)
    copied(key, back, None, CLOCK, move=False)
    before, after = cells(ExcelWorkbook(path, CLOCK)), cells(ExcelWorkbook(back, CLOCK))
    (sending,) = [row for row in before["设置"] if row[0] == "发送方式"]
    sending[1] = "暂停"
    seen = TAB["rules_seen"].label("zh")  # knows of the pause, which nobody is to be told of as a person's change
    assert after.pop(seen) != before.pop(seen)
    assert after == before
    there = parse(ExcelWorkbook(back, CLOCK).read())
    assert {tab.key: altered_rows(there, tab.key) for tab in RULE_TABS} == {tab.key: [] for tab in RULE_TABS}
    assert said[0].startswith("已将 ledger.xlsx 复制到 信访 台账。")


NUMBERS: dict[str, dict[str, Cell]] = {
    "settings": {"problem_grace": 12, "storm_at": 33, "send_from": 0.3125},
    "people": {"phone": 13800000001, "also_called": 7},
    "departments": {"also_called": 3},
    "topics": {"name": 2026},
    "routing": {"order": 5, "keywords": 110},
    "deadlines": {"amount": 12, "remind_before": 3},
    "escalation": {"level": 1, "after": 2},
    "duty": {"phone": 110},
}
"""Numbers typed as numbers into administrators' tabs, in a row of each."""


@pytest.fixture(scope="module")
def numbered(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same ledger with numbers."""
    path = tmp_path_factory.mktemp("numbers") / "numbers.xlsx"
    path.write_bytes(source.read_bytes())
    names = [row[0] for row in homes.shown_in(path, "设置")]
    for tab, cells_of_it in NUMBERS.items():
        typed = {
            (1 + names.index(SETTING[key].label("zh")), 2)
            if tab == "settings"
            else (2, 1 + TAB[tab].keys.index(key)): value
            for key, value in cells_of_it.items()
        }
        homes.type_cells(path, TAB[tab].label("zh"), typed)
    return path


def test_a_number_means_the_same_in_every_copy_and_both_ways_into_the_other_language_end_alike(
    numbered: Path, tmp_path: Path
) -> None:
    """Through a Google Sheet into a file, and from file to file."""
    there, back, straight = spreadsheet(), tmp_path / "back.xlsx", tmp_path / "straight.xlsx"
    copied(numbered, there, "en", CLOCK, move=False)
    copied(there, back, None, CLOCK, move=False)
    copied(numbered, straight, "en", CLOCK, move=False)

    def read(workbook: Workbook) -> tuple[object, ...]:
        ledger = parse(workbook.read())
        typed = [ledger.policy.settings[key] for key in NUMBERS["settings"]]
        rows = {
            (tab, key): str(ledger.tables[tab][key][0])
            for tab, numbers in NUMBERS.items()
            for key in numbers
            if tab != "settings"
        }
        return typed, rows, sorted((one.tab, one.code) for one in ledger.problems)

    before = read(ExcelWorkbook(numbered, CLOCK))
    assert before[0] == ["12", "33", "07:30"]
    assert read(homes.workbook_of(there, CLOCK)) == read(ExcelWorkbook(back, CLOCK)) == before
    assert cells(ExcelWorkbook(back, CLOCK)) == cells(ExcelWorkbook(straight, CLOCK))


def test_on_google_days_are_days_and_text_is_text(source: Path) -> None:
    path = source
    key = on_google(path)
    own = homes.server().spreadsheets[key].sheet("Own list")
    shown = [own.cell(row, 1).get("userEnteredValue") for row in range(1, 6)]
    assert (shown, own.shown(2, 1)[:4]) == (
        [
            {"stringValue": "Visit"},
            {"numberValue": 46083},
            {"formulaValue": "=1+1"},
            {"boolValue": True},
            {"stringValue": "=not a formula"},
        ],
        "2026",
    )


def test_a_copied_ledger_has_nothing_left_to_do(source: Path) -> None:
    path = source
    key = on_google(path)
    workbook = homes.workbook_of(key, CLOCK)
    first = run(workbook, Request(JOBS["run"], NOW, CLOCK))
    assert ([change.column.key for change in first.changes], verify(parse(workbook.read()))) == ([], [])


def test_move_marks_the_source_and_runs_there_stop(source: Path, tmp_path: Path) -> None:
    path = source
    first, second = on_google(path), spreadsheet("二")
    copied(first, second, None, CLOCK, move=True)
    with pytest.raises(LedgerError) as stopped:
        run(homes.workbook_of(first, CLOCK), Request(JOBS["run"], NOW, CLOCK))
    assert stopped.value.say("en").startswith(f"This ledger was moved to {address_of(second)}: work there.")
    there = run(homes.workbook_of(second, CLOCK), Request(JOBS["run"], NOW, CLOCK))
    assert [edit.title for edit in there.edits] == [TAB["dashboard"].label("zh")]


def test_a_sheet_that_is_a_ledger_is_not_written_over(source: Path) -> None:
    path = source
    key = on_google(path)
    before = homes.content_of(key)
    with pytest.raises(LedgerError, match="is a ledger already"):
        copied(path, key, None, CLOCK, move=False)
    assert homes.content_of(key) == before


def test_backup_and_restore(source: Path, tmp_path: Path) -> None:
    path = source
    key = on_google(path)
    made = say("backup", "-w", key, "--into", str(tmp_path / "safe"))
    (copy,) = (tmp_path / "safe").glob("信访 台账 *.xlsx")
    assert (made.exit_code, made.output.split()[-1].rstrip("。.")) == (0, "MANIFEST.sha256")
    register = homes.server().spreadsheets[key].sheet("登记")
    before = register.values()
    lost = before[4]
    register.delete_rows(5)
    options = ("restore", "--missing", "--from", str(copy), "-w", key, "--now", "2026-03-18T10:00")
    asked, done = say(*options), say(*options, "--yes")
    after = register.values()
    width = len(lost)
    assert (asked.exit_code, done.exit_code, lost[0] in asked.output) == (0, 0, True)
    assert sorted(map(str, (row[:width] for row in after))) == sorted(map(str, (row[:width] for row in before)))
    assert say("verify", "-w", key, "--now", str(datetime(2026, 3, 18, 10, tzinfo=UTC))[:10]).exit_code == 0


def test_who_types_into_the_new_sheet_meanwhile_is_told(source: Path) -> None:
    """Half a copy is not a ledger, so nothing is reported as done."""
    path = source
    key = spreadsheet()
    server = homes.server()
    server.clear_calls()

    def person(_: int, call: Any) -> None:
        if call.path.endswith(":batchUpdate") and len(server.calls) > BEFORE_THE_FILLING:
            server.between = None
            server.spreadsheets[key].sheet("登记").type(3, 5, "Ann")

    server.between = person
    try:
        with pytest.raises(LedgerError, match="Somebody typed into 信访 台账 while it was being filled"):
            copied(path, key, None, CLOCK, move=False)
    finally:
        server.between = None
