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
from automation.ledger.workbook import Cell
from automation.run.job import JOBS, Request
from automation.run.run import run
from automation.steps.verification import verify
from automation.workbooks.address import address_of
from automation.workbooks.excel.workbook import ExcelWorkbook
from sheet_schema import TAB, Language
from tests.sheets_api.book import Book
from tests.support import workbook_homes as homes
from tests.support.ledger_in_memory import NOW
from tests.support.small_office import CLOCK

pytestmark = pytest.mark.parametrize("home", ["google"], indirect=True)
LANGUAGES: tuple[Language, ...] = ("en", "zh")
OTHER: dict[Language, Language] = {"en": "zh", "zh": "en"}
BEFORE_THE_FILLING = 9
"""The number of requests until a new sheet is laid out and read again."""
PAUSED = {"en": ("Settings", 2, "paused"), "zh": ("设置", 2, "暂停")}


def say(*arguments: str) -> Result:
    return CliRunner().invoke(jobs.main, list(arguments))


def spreadsheet(title: str = "新台账") -> str:
    """A Google Sheet that a person made and shared; its key."""
    return str(homes.server().new_spreadsheet(title, locale="zh_CN", time_zone="Asia/Shanghai").id)


@pytest.fixture(scope="module", params=LANGUAGES)
def source(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Language]:
    """The demo ledger after a run, with an own column and an own tab."""
    language: Language = request.param
    path = tmp_path_factory.mktemp("source") / "ledger.xlsx"
    build(path, language, NOW, CLOCK)
    run(ExcelWorkbook(path, CLOCK), Request(JOBS["run"], NOW, CLOCK))
    book = openpyxl.load_workbook(path)
    register = book["Register" if language == "en" else "登记"]
    column = register.max_column + 1
    for row, value in ((1, "Seen on"), (2, date(2026, 3, 2)), (3, "00123")):
        register.cell(row, column).value = value
    own = book.create_sheet("Own list")
    for row, value in ((1, "Visit"), (2, date(2026, 3, 2)), (3, "=1+1"), (4, True), (6, 2.5)):
        own.cell(row, 1).value = value
    own.cell(5, 1).value = "=not a formula"
    own.cell(5, 1).data_type = "s"
    book.save(path)
    return path, language


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


@pytest.mark.parametrize("source", ["zh"], indirect=True)
def test_there_and_back_again(source: tuple[Path, Language], tmp_path: Path) -> None:
    path, language = source
    key, back = on_google(path), tmp_path / "back.xlsx"
    _, said = copied_once(path)
    copied(key, back, None, CLOCK, move=False)
    before, after = cells(ExcelWorkbook(path, CLOCK)), cells(ExcelWorkbook(back, CLOCK))
    title, column, value = PAUSED[language]
    sending = next(i for i, row in enumerate(before[title]) if row[0] in ("Sending", "发送方式"))
    before[title][sending][column - 1] = value
    seen = TAB["rules_seen"].label(language)  # knows of the pause, which nobody is to be told of as a person's change
    assert after.pop(seen) != before.pop(seen)
    assert after == before
    there = parse(ExcelWorkbook(back, CLOCK).read())
    assert {tab.key: altered_rows(there, tab.key) for tab in RULE_TABS} == {tab.key: [] for tab in RULE_TABS}
    assert said[0].startswith(
        "Copied ledger.xlsx to 新台账." if language == "en" else "已将 ledger.xlsx 复制到 新台账。"
    )


NUMBERS: dict[str, dict[str, object]] = {
    "settings": {"Leave typing alone for": 12, "Stop before so many mails": 33, "Send from": 0.3125},
    "people": {"Telephone": 13800000001, "Also called": 7},
    "departments": {"Also called": 3},
    "topics": {"Topic": 2026},
    "routing": {"Order": 5, "Keywords": 110},
    "deadlines": {"Amount": 12, "Remind before": 3},
    "escalation": {"Level": 1, "After": 2},
    "duty": {"Telephone": 110},
}
"""Numbers typed as numbers into administrators' tabs, in a row of each."""


@pytest.mark.parametrize("source", ["en"], indirect=True)
def test_a_number_typed_as_a_number_means_the_same_in_every_copy(source: tuple[Path, Language], tmp_path: Path) -> None:
    path = tmp_path / "numbers.xlsx"
    book = openpyxl.load_workbook(source[0])
    for tab, cells_of_it in NUMBERS.items():
        sheet = book[TAB[tab].label("en")]
        heads = {cell.value: cell.column for cell in sheet[1]}
        names = {row[0].value: row[0].row for row in sheet.iter_rows(min_row=2)}
        for name, number in cells_of_it.items():
            at = (names[name], 2) if tab == "settings" else (2, heads[name])
            sheet.cell(*at).value = number
    book.save(path)

    def read(place: str | Path) -> tuple[object, ...]:
        workbook = ExcelWorkbook(place, CLOCK) if isinstance(place, Path) else homes.workbook_of(place, CLOCK)
        ledger = parse(workbook.read())
        typed = [ledger.policy.settings[key] for key in ("problem_grace", "storm_at", "send_from")]
        tables = {
            tab: {key: str(array.tolist()) for key, array in ledger.tables[tab].values.items() if key != "problems"}
            for tab in NUMBERS
            if tab != "settings"
        }
        return typed, tables, sorted((one.tab, one.code) for one in ledger.problems)

    assert read(path)[0] == ["12", "33", "07:30"]
    there, back = spreadsheet(), tmp_path / "back.xlsx"
    copied(path, there, None, CLOCK, move=False)
    copied(there, back, "zh", CLOCK, move=False)
    assert read(there) == read(path)
    assert (read(back)[0], read(back)[2]) == (read(path)[0], read(path)[2])


@pytest.mark.parametrize("source", ["en"], indirect=True)
def test_in_the_other_language_too(source: tuple[Path, Language], tmp_path: Path) -> None:
    path, language = source
    key, through_a_file = spreadsheet(), tmp_path / "file.xlsx"
    copied(path, key, OTHER[language], CLOCK, move=False)
    back = tmp_path / "back.xlsx"
    copied(key, back, None, CLOCK, move=False)
    copied(path, through_a_file, OTHER[language], CLOCK, move=False)
    assert cells(ExcelWorkbook(back, CLOCK)) == cells(ExcelWorkbook(through_a_file, CLOCK))


@pytest.mark.parametrize("source", ["zh"], indirect=True)
def test_on_google_days_are_days_and_text_is_text(source: tuple[Path, Language]) -> None:
    path, _ = source
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


@pytest.mark.parametrize("source", ["en"], indirect=True)
def test_a_copied_ledger_has_nothing_left_to_do(source: tuple[Path, Language]) -> None:
    path, _ = source
    key = on_google(path)
    workbook = homes.workbook_of(key, CLOCK)
    first = run(workbook, Request(JOBS["run"], NOW, CLOCK))
    assert ([change.column.key for change in first.changes], verify(parse(workbook.read()))) == ([], [])


@pytest.mark.parametrize("source", ["en"], indirect=True)
def test_move_marks_the_source_and_runs_there_stop(source: tuple[Path, Language], tmp_path: Path) -> None:
    path, language = source
    first, second = on_google(path), spreadsheet("二")
    copied(first, second, None, CLOCK, move=True)
    with pytest.raises(LedgerError) as stopped:
        run(homes.workbook_of(first, CLOCK), Request(JOBS["run"], NOW, CLOCK))
    assert stopped.value.say("en").startswith(f"This ledger was moved to {address_of(second)}: work there.")
    assert language in LANGUAGES
    there = run(homes.workbook_of(second, CLOCK), Request(JOBS["run"], NOW, CLOCK))
    assert [edit.title for edit in there.edits] == [TAB["dashboard"].label(language)]


@pytest.mark.parametrize("source", ["en"], indirect=True)
def test_a_sheet_that_is_a_ledger_is_not_written_over(source: tuple[Path, Language]) -> None:
    path, _ = source
    key = on_google(path)
    before = homes.content_of(key)
    with pytest.raises(LedgerError, match="is a ledger already"):
        copied(path, key, None, CLOCK, move=False)
    assert homes.content_of(key) == before


@pytest.mark.parametrize("source", ["zh"], indirect=True)
def test_backup_and_restore(source: tuple[Path, Language], tmp_path: Path) -> None:
    path, language = source
    key = spreadsheet("信访 台账")
    copied(path, key, None, CLOCK, move=False)
    made = say("backup", "-w", key, "--into", str(tmp_path / "safe"))
    (copy,) = (tmp_path / "safe").glob("信访 台账 *.xlsx")
    assert (made.exit_code, made.output.split()[-1].rstrip("。.")) == (0, "MANIFEST.sha256")
    register = homes.server().spreadsheets[key].sheet("Register" if language == "en" else "登记")
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


@pytest.mark.parametrize("source", ["zh"], indirect=True)
def test_who_types_into_the_new_sheet_meanwhile_is_told(source: tuple[Path, Language]) -> None:
    """Half a copy is not a ledger, so nothing is reported as done."""
    path, language = source
    key = spreadsheet()
    server = homes.server()
    server.clear_calls()

    def person(_: int, call: Any) -> None:
        if call.path.endswith(":batchUpdate") and len(server.calls) > BEFORE_THE_FILLING:
            server.between = None
            server.spreadsheets[key].sheet("Register" if language == "en" else "登记").type(3, 5, "Ann")

    server.between = person
    try:
        with pytest.raises(LedgerError, match="Somebody typed into 新台账 while it was being filled"):
            copied(path, key, None, CLOCK, move=False)
    finally:
        server.between = None
