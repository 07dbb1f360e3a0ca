"""close-year: a year's filed cases move to a workbook of their own; whatever happens, each case stands in one place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.table import Table

from automation.commands.tabs_turned_on import turn_on
from automation.steps.verification import verify
from sheet_schema import ANSWERS, MAILBOX, RECEPTIONS
from sheet_schema.form_settings import INTAKE_TAB
from tests.killing.closing import tried
from tests.support.closed_year import (
    AFTER,
    BOOK,
    CLOSED,
    CLOSING,
    FILED,
    GOING,
    LEFT,
    close,
    closed,
    filed,
    in_book,
    numbers,
    say,
)
from tests.support.ledger_in_memory import line
from tests.support.sample import every
from tests.support.small_office import CLOCK, at, column, ledger_at, set_to, typed
from tests.support.workbook_homes import address, content, delete_rows, load, save


def test_a_closed_year_stands_in_its_book_and_the_ledger_goes_on(tmp_path: Path) -> None:
    path = filed().put(tmp_path)
    before = {tab: [one for one in numbers(path, tab) if one in GOING] for tab in ("filing", "index", "notices")}
    told = numbers(path, "history")
    said = close(path)
    after = at(path, AFTER)
    again = at(path, "2028-02-01T09:20")
    assert said.stdout.startswith(f"2026年：3件已移入{BOOK}")
    assert {tab: in_book(path, tab) for tab in before} == before
    assert {tab: [one for one in numbers(path, tab) if one in GOING] for tab in before} == {tab: [] for tab in before}
    assert all(before.values())
    assert (in_book(path, "history"), set(told) > {*GOING}, numbers(path, "history")[: len(told)] != told) == (
        told,
        True,
        True,
    )
    assert (again.edits, after.stopped, verify(again.after)) == ((), False, [])
    assert in_book(path, "register") == []
    shown = {str(cell.value) for row in load(path.with_name(BOOK))["看板"] for cell in row}
    assert not [text for text in shown if any(number in text for number in LEFT)]
    assert column(path, "books", "year", "book", "cases", "numbers", "seal_nos") == [
        (2026.0, BOOK, 3.0, "LV-00001 … LV-00003", "1 … 3")
    ]


def test_replies_by_mail_and_reception_days_stay_in_the_ledger(tmp_path: Path) -> None:
    path = filed().put(tmp_path)
    turn_on(str(path), (ANSWERS, MAILBOX, RECEPTIONS), CLOCK)
    typed(path, "承诺事项", "修路灯", "领导接访")
    typed(path, "编号", LEFT[0], "回复")
    typed(path, "内容", "已办结", "回复")
    assert close(path).exit_code == 0
    assert (column(path, "answers", "case_no"), in_book(path, "answers")) == ([(LEFT[0],)], [])
    assert (column(path, "receptions", "undertaking"), in_book(path, "receptions", "undertaking")) == (
        [("修路灯",)],
        [],
    )


def test_what_a_form_brought_stays_in_the_ledger(tmp_path: Path) -> None:
    path = filed().put(tmp_path)
    book = load(path)
    book.create_sheet("表单回复").append(["时间戳记", "您想反映什么"])
    book["表单回复"].append(["2026/3/17 15:00:00", "总务处采购收回扣"])
    save(book, path)
    set_to(path, INTAKE_TAB, "表单回复")
    assert close(path).exit_code == 0
    shown = [[[cell.value for cell in row] for row in load(one)["表单回复"]] for one in (path, path.with_name(BOOK))]
    assert [len(rows) for rows in shown] == [2, 1]
    assert "回扣" not in str(shown[1])


def test_no_number_is_given_again_and_a_closed_one_is_known(tmp_path: Path) -> None:
    path = closed().put(tmp_path)
    typed(path, "编号", "LV-00002", row=3)
    typed(path, "重复件", "LV-00003", row=2)
    found = at(path, AFTER)
    codes = {(one.code, one.case_no) for one in found.problems}
    assert ("filed_number", "LV-00002") in codes
    assert not {code for code, number in codes if number == "LV-00004"} & {"not_a_case", "bad_repeat"}
    assert not {number for (number,) in column(path, "register", "case_no")} & {"LV-00001", "LV-00003"}


def test_whoever_comes_again_with_the_same_matter_is_known_from_the_book(tmp_path: Path) -> None:
    path = closed().put(tmp_path)
    typed(path, "联系方式", "13800000002", row=2)
    at(path, AFTER)
    ((flags,),) = [row[1:] for row in column(path, "register", "case_no", "flags") if row[0] == "LV-00004"]
    assert "LV-00002" in str(flags)


def test_looks_links_notes_and_own_columns_travel(tmp_path: Path) -> None:
    path = filed().put(tmp_path)
    book = load(path)
    sheet = book["归档"]
    last = sheet.max_column + 1
    sheet.cell(1, last).value, sheet.cell(3, last).value = "车牌", "京A2"
    sheet.cell(3, 5).fill = PatternFill("solid", fgColor="FFEE00")
    sheet.cell(3, 5).comment = Comment("看过", "李敏")
    sheet.cell(3, 6).hyperlink = "https://files.example/2"
    save(book, path)
    assert close(path).exit_code == 0
    there = load(path.with_name(BOOK))["归档"]
    cells = [there.cell(3, last).value, there.cell(3, 5).fill.fgColor.rgb, there.cell(3, 5).comment.text]
    assert (cells, there.cell(3, 6).hyperlink.target) == (["京A2", "00FFEE00", "看过"], "https://files.example/2")
    left = load(path)["归档"]
    assert (left._comments if hasattr(left, "_comments") else [], list(left._hyperlinks)) == ([], [])


@pytest.mark.parametrize("state", ["失败", "稍后重试", None], ids=["refused", "put off", "never made"])
def test_a_case_goes_only_once_its_hand_over_list_reached_somebody(tmp_path: Path, state: str | None) -> None:
    path = filed().put(tmp_path)
    at_row = [kind for (kind,) in column(path, "notices", "kind")].index("handover") + 2
    if state is None:
        delete_rows(path, "通知", at_row)
    else:
        typed(path, "状态", state, "通知", row=at_row)
    path.with_name("ledger.xlsx.journal").unlink()  # which knows better what became of that mail
    held = close(path)
    assert (numbers(path, "filing"), "移交清单" in held.stdout) == (GOING, True)
    for moment in ("2028-01-31T09:00", CLOSING):  # a refused address is tried again once it has taken another mail
        say("run", "-w", address(path), "--now", moment, "--accept-stop", "看过")
    assert close(path).exit_code == 0
    assert (in_book(path, "filing"), numbers(path, "filing")) == (GOING, [])


def test_what_holds_rows_that_stay_does_not_spoil_the_book(tmp_path: Path) -> None:
    """The book is a copy without those rows: merged cells go with them, and a table keeps a row below its headers."""
    path = filed().put(tmp_path)
    book = load(path)
    book["归档"].merge_cells("C3:D3")
    book["登记"].merge_cells("K2:K3")
    last = book["登记"].cell(1, book["登记"].max_column).coordinate
    book["登记"].auto_filter.ref = None
    book["登记"].add_table(Table(displayName="Cases", ref=f"A1:{last.rstrip('1')}{book['登记'].max_row}"))
    save(book, path)
    said = close(path)
    there = load(path.with_name(BOOK))
    assert (said.exit_code, numbers(path, "filing"), in_book(path, "filing")) == (
        0,
        ["LV-00002"],
        ["LV-00001", "LV-00003"],
    )
    assert ([*there["归档"].merged_cells.ranges], [*there["登记"].merged_cells.ranges]) == ([], [])
    assert there["登记"].tables["Cases"].ref.endswith("2")
    assert [str(one) for one in load(path)["归档"].merged_cells.ranges] == ["C2:D2"]


def test_what_was_changed_after_filing_stays_and_says_so(tmp_path: Path) -> None:
    path = filed().put(tmp_path)
    typed(path, "反映问题", "改过", "归档", row=3)
    said = close(path).stdout
    assert (numbers(path, "filing"), in_book(path, "filing")) == (["LV-00002"], ["LV-00001", "LV-00003"])
    assert "LV-00002仍留在本台账" in said
    say("reseal", "LV-00002", "--reason", "错字", "-w", address(path), "--now", AFTER)
    close(path)
    assert [row[1] for row in column(path, "books", "numbers", "book")] == [BOOK, "ledger 2026-2.xlsx"]


def test_without_yes_nothing_is_written(tmp_path: Path) -> None:
    path = filed().put(tmp_path)
    before = content(path)
    said = say("close-year", "-w", address(path), "--now", CLOSING)
    early = say("close-year", "2027", "-w", address(path), "--now", CLOSING, "--yes")
    assert (content(path) == before, path.with_name(BOOK).exists(), said.exit_code, early.exit_code) == (
        True,
        False,
        0,
        2,
    )


def _another(path: Path) -> None:
    path.with_name(BOOK).write_bytes(path.read_bytes())


def _of_another_ledger(path: Path) -> None:
    other = path.parent / "other" / "ledger.xlsx"
    other.parent.mkdir()
    ledger = ledger_at(other.parent, [line("LV-00001", **CLOSED)])
    for moment in (FILED.replace("09:00", "10:00"), "2026-06-02T09:00"):  # filed, and handed over the next day
        at(ledger, moment)
    close(ledger)
    other.with_name(BOOK).rename(path.with_name(BOOK))


@pytest.mark.parametrize("put_there", [_another, _of_another_ledger], ids=["a ledger", "another ledger's book"])
def test_a_workbook_in_the_books_place_is_left_alone(tmp_path: Path, put_there: Callable[[Path], None]) -> None:
    path = filed().put(tmp_path)
    put_there(path)
    before = (path.read_bytes(), path.with_name(BOOK).read_bytes())
    said = close(path)
    assert (said.exit_code, (path.read_bytes(), path.with_name(BOOK).read_bytes()) == before) == (1, True)
    assert "请先把它移走" in said.stderr


def test_a_book_is_no_ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = closed().put(tmp_path)
    book = path.with_name(BOOK)
    before = book.read_bytes()
    said = [say(*one.split(), "-w", str(book)) for one in ("run", "install", "verify", "explain LV-00001", "backup")]
    assert [(one.exit_code, "2026年的年册" in one.stderr) for one in said] == [(1, True)] * 5
    assert book.read_bytes() == before
    path.rename(path.with_name("office.xlsx"))
    monkeypatch.chdir(tmp_path)
    assert "使用 office.xlsx" in say("verify", "--now", AFTER).stderr


def test_an_older_ledger_goes_on_and_asks_for_install_only_to_close_a_year(tmp_path: Path) -> None:
    path = filed().put(tmp_path)
    book = load(path)
    del book["年册"]
    save(book, path)
    asks, goes_on = close(path), at(path, "2026-06-03T09:00")
    say("install", "-w", address(path), "--now", "2026-06-03T09:00")
    assert (asks.exit_code, "install" in asks.stderr, goes_on.stopped, close(path).exit_code) == (1, True, False, 0)


def test_without_the_tab_that_knows_the_books_every_run_stops_and_install_makes_no_empty_one(tmp_path: Path) -> None:
    path = closed().put(tmp_path)
    book = load(path)
    del book["年册"]
    save(book, path)
    stopped = at(path, AFTER)
    installed = say("install", "-w", address(path), "--now", AFTER)
    assert ([one.code for one in stopped.problems if one.stops], installed.exit_code) == (["books_lost"], 1)
    assert "年册" not in load(path).sheetnames


def test_killed_at_one_step_after_another_nothing_is_lost_and_nothing_stands_twice(tmp_path: Path) -> None:
    """Each closing dies a flush or rename later than the one before, which left the ledger and perhaps a book behind.

    More, at random: `python -m tests.killing.closing xlsx`.
    """
    _, (unharmed,) = tried(tmp_path / "unharmed", [])
    kills, found = tried(tmp_path / "killed", every(3, range(18)))
    assert [(one.places, one.wrong) for one in found] == [(dict.fromkeys(GOING, 1), ())] * len(found)
    assert (kills >= 3, found[-1]) == (True, unharmed)
