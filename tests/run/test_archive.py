"""archive in whole runs on a real workbook: each case is filed once, seals hold, and SIGKILL does no harm."""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import sys
from collections.abc import Callable
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from openpyxl.comments import Comment

import jobs
from automation.commands.copy import copied
from automation.ledger.parsing import parse
from automation.ledger.workbook import Cell
from automation.run.job import JOBS
from automation.steps.verification import verify
from tests.support.children import ended, started
from tests.support.ledger_in_memory import line
from tests.support.sample import every, tries
from tests.support.small_office import CLOCK, at, column, ledger_at, typed
from tests.support.workbook_homes import (
    Kept,
    address,
    book_at,
    content,
    delete_rows,
    kept,
    load,
    read_now,
    save,
    type_cells,
    type_in,
)

ON_BOTH = IN_TURN = True

CLOSED = {
    "decision": "不予受理",
    "decided_on": "2026-03-03",
    "reason": "重复",
    "notified_on": "2026-03-04",
    "handler": "王芳",
}
CLOSED_ON = datetime.fromisoformat("2026-06-01")
LATER = "2026-06-01T09:00"


def ledger(folder: Path, count: int, closed: int, **settings: str) -> Path:
    cases = [
        line(
            f"LV-{i:05d}",
            **(CLOSED if i <= closed else {"handler": "王芳"}),
            petitioner=f"访客{i}",
            summary=f"事由{i}",
        )
        for i in range(1, count + 1)
    ]
    return ledger_at(folder, cases, sending="暂停", **settings)


@cache
def filed(home: str) -> Kept:
    """A ledger whose three closed cases were filed."""

    def make(folder: Path) -> Path:
        path = ledger(folder, 3, 3)
        at(path, LATER)
        return path

    return kept(make)


def codes(path: Path) -> list[tuple[str, str]]:
    read = parse(book_at(path, CLOCK).read())
    return [(one.code, one.case_no) for one in verify(read)]


@pytest.mark.on_both
def test_closed_rows_go_to_filing_and_the_next_run_finds_nothing_to_do(tmp_path: Path) -> None:
    path = ledger(tmp_path, 5, 3)
    at(path, LATER)
    again = at(path, "2026-06-01T09:10")
    assert column(path, "filing", "case_no", "petitioner", "summary", "status") == [
        (f"LV-{i:05d}", f"访客{i}", f"事由{i}", "closed") for i in (1, 2, 3)
    ]
    assert [number for number, content in column(path, "register", "case_no", "petitioner") if content] == [
        "LV-00004",
        "LV-00005",
    ]
    assert (again.edits, again.moves, codes(path)) == ((), (), [])
    runs = column(path, "runs", "last_seal", "seals")
    assert (runs[-1][0], len(str(runs[-1][1]))) == (3.0, 32)


def test_archive_alone_files_only_what_the_sheet_itself_says_is_closed(tmp_path: Path) -> None:
    path = ledger(tmp_path, 2, 2)
    first = at(path, LATER, job=JOBS["archive"])
    at(path, "2026-06-01T09:10", job=JOBS["validate"])
    second = at(path, "2026-06-01T09:20", job=JOBS["archive"])
    assert (
        [len(one.moves) for one in (first, second)],
        len(column(path, "filing", "case_no")),
        codes(path),
    ) == ([0, 1], 2, [])


def test_a_dry_run_says_what_would_be_filed_and_touches_nothing(tmp_path: Path) -> None:
    path = ledger(tmp_path, 2, 2)
    at(path, "2026-03-10T09:00")
    before = content(path)
    shown = CliRunner().invoke(jobs.main, ["run", "-w", address(path), "--now", LATER, "--dry-run", "--json"])
    filed = [
        (change["key"], change["after"])
        for change in json.loads(shown.stdout)["changes"]
        if change["column"] == "archive_no" and change["tab"] == "filing"
    ]
    assert (filed, content(path) == before) == (
        [("LV-00001", "0001-XF·2026-D10-SS-0001"), ("LV-00002", "0001-XF·2026-D10-SS-0002")],
        True,
    )


@pytest.mark.on_both
def test_own_columns_travel_under_their_own_headers(tmp_path: Path) -> None:
    path = ledger(tmp_path, 3, 2)
    book = load(path)
    sheet, last = book["登记"], book["登记"].max_column
    sheet.cell(1, last + 1).value, sheet.cell(1, last + 2).value = "车牌", "楼层"
    for row in (2, 3, 4):
        sheet.cell(row, last + 1).value, sheet.cell(row, last + 2).value = f"京A{row}", row
    filing = book["归档"]
    filing.cell(1, filing.max_column + 1).value = "楼层"
    save(book, path)
    at(path, LATER)
    found = load(path)["归档"]
    header = [cell.value for cell in found[1]]
    own = [[found.cell(row, header.index(name) + 1).value for name in ("编号", "车牌", "楼层")] for row in (2, 3)]
    assert own == [["LV-00001", "京A2", 2], ["LV-00002", "京A3", 3]]


@pytest.mark.on_both
def test_a_row_with_a_formula_stays_and_says_so(tmp_path: Path) -> None:
    path = ledger(tmp_path, 3, 2)
    book = load(path)
    book["登记"].cell(2, book["登记"].max_column + 1).value = "=1+1"
    save(book, path)
    for moment in (LATER, "2026-06-01T09:10"):
        at(path, moment)
    assert [number for (number,) in column(path, "filing", "case_no")] == ["LV-00002"]
    first = column(path, "register", "case_no", "problems")[0]
    assert first == ("LV-00001", "本行已办结，但含有公式，无法移入“归档”表。请改为数值；下次运行时归档。")
    asked = ["explain", "LV-00001", "-w", address(path), "--now", LATER]
    told = CliRunner().invoke(jobs.main, asked).stdout.partition("接下来（若无人填写）：\n")[2]
    assert told == "    仍留在“登记”表：有原因使其不能归档（见待改正事项和“通知”表）。\n"


def test_explain_tells_a_filed_case_to_its_end(tmp_path: Path) -> None:
    """First that the next run will file it, then its place and whole story; for a restricted case only its place."""
    path = ledger_at(
        tmp_path, [line("LV-00001", **CLOSED), line("LV-00002", **CLOSED, restricted="是")], sending="暂停"
    )

    def explained(number: str) -> list[str]:
        said = CliRunner().invoke(jobs.main, ["explain", number, "-w", address(path), "--now", LATER]).stdout
        return said.splitlines()

    before = explained("LV-00001")
    at(path, LATER)
    filed = "归档，档号 0001-XF·2026-D10-SS-0001，保管期限10年，封存序号1"
    past = [
        "    2026-03-02         人工  收到（来访），接件人：李敏",
        "    2026-03-03         人工  受理意见：不予受理（重复）",
        "    2026-03-04         人工  已告知信访人",
        "    2026-03-04         系统  办结",
        "    2026-06-01         系统  编定编号",
        "    2026-06-01         系统  系统首次读到",
    ]
    assert before == [
        "LV-00001  办结", "承办部门：尚未确定", "2026-03-04办结。", "经过：", *past, "接下来（若无人填写）：",
        f"    2026-06-01         系统  下次运行：{filed}", "    2037-01-01               到期鉴定：由档案部门重新审核",
    ]  # fmt: skip
    assert explained("LV-00001") == [
        "LV-00001已于2026-06-01归档，档号 0001-XF·2026-D10-SS-0001，见“归档”表第2行。",
        "承办部门：尚未确定", "2026-03-04办结。", "经过：", *past, f"    2026-06-01         系统  {filed}", "接下来（若无人填写）：",
        "    2037-01-01               到期鉴定：由档案部门重新审核", "    已办结并归档，不再有动作。",
    ]  # fmt: skip
    assert explained("lv-00002") == ["LV-00002已于2026-06-01归档，见“归档”表第3行。"]


# What was changed, taken out or put in after filing.
def _rows(path: Path, title: str) -> list[list[Cell]]:
    return [[*row] for row in read_now(path).grids[title].rows]


def _written(path: Path, title: str, at_row: int, cells: list[Cell]) -> None:
    type_cells(path, title, {(at_row, place): cell for place, cell in enumerate(cells, start=1)})


def _changed(path: Path) -> None:
    type_in(path, "归档", 3, 10, "改过")


def _owed(path: Path) -> None:
    typed(path, "应办期限", "", "归档", row=3)


def _gone(path: Path) -> None:
    delete_rows(path, "归档", 3)


def _copied(path: Path) -> None:
    rows = _rows(path, "归档")
    _written(path, "归档", len(rows) + 1, rows[2])


def _put_in(path: Path) -> None:
    _written(path, "归档", len(_rows(path, "归档")) + 1, ["LV-00009"])


def _sorted(path: Path) -> None:
    for at_row, row in enumerate(reversed(_rows(path, "归档")[1:4]), start=2):
        _written(path, "归档", at_row, row)


def _archivist(path: Path) -> None:
    for name, value in (("页数", 12), ("盒号", "A1"), ("接收人", "李敏")):
        typed(path, name, value, "归档", row=3)


def _resealed_by_hand(path: Path) -> None:
    typed(path, "封存码", "0" * 64, "归档", row=3)


def _back(path: Path) -> None:
    cells = _rows(path, "归档")[2][: len(_rows(path, "登记")[0])]
    delete_rows(path, "归档", 3)
    _written(path, "登记", 2, cells)


def _history(path: Path) -> None:
    _written(path, "变更", len(_rows(path, "变更")) + 1, ["r", "", "LV-99999"])


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (_sorted, []),
        (_archivist, []),
        (_changed, [("seal_broken", "LV-00002")]),
        (_owed, [("owed_altered", "LV-00002")]),
        (_gone, [("seals_differ", ""), ("filed_gone", "")]),
        (_copied, [("filed_twice", "LV-00002"), ("filed_twice", "LV-00002"), ("archive_no_twice", "LV-00002"), ("archive_no_twice", "LV-00002"), ("seal_twice", "LV-00002"), ("seal_twice", "LV-00002")]),
        (_put_in, [("unsealed", "LV-00009")]),
        (_resealed_by_hand, [("seal_broken", "LV-00002"), ("seals_differ", "")]),
        (_back, [("seals_differ", ""), ("filed_back", "LV-00002"), ("seals_gone", "")]),
        (_history, [("history_strange", "LV-99999")]),
    ],
    ids=["sorted", "the archivist's own", "changed", "owed", "gone", "copied", "put in", "sealed by hand", "moved back", "History"],
)  # fmt: skip
def test_what_verify_finds(
    tmp_path: Path, home: str, change: Callable[[Path], None], found: list[tuple[str, str]]
) -> None:
    path = filed(home).put(tmp_path)
    change(path)
    assert codes(path) == found


def test_verify_ends_with_what_it_finds(tmp_path: Path, home: str) -> None:
    path = filed(home).put(tmp_path)
    asked = ["verify", "-w", address(path), "--now", LATER]
    before = CliRunner().invoke(jobs.main, asked).exit_code
    _changed(path)
    assert (before, CliRunner().invoke(jobs.main, asked).exit_code) == (0, 3)


def test_seals_hold_in_the_other_language(tmp_path: Path, home: str) -> None:
    path = filed(home).put(tmp_path)
    copied(address(path), tmp_path / "english.xlsx", "en", CLOCK, move=False)
    assert codes(tmp_path / "english.xlsx") == []


def test_reseal_is_the_way_to_correct_a_filed_row(tmp_path: Path) -> None:
    path = ledger(tmp_path, 2, 2)
    at(path, LATER)
    typed(path, "反映问题", "更正", "归档", row=3)
    options = ["-w", address(path), "--now", "2026-06-02T09:00"]
    ended = CliRunner().invoke(jobs.main, ["reseal", "lv-00002", "--reason", "错字", *options])
    again = CliRunner().invoke(jobs.main, ["reseal", "LV-00002", "--reason", "错字", *options])
    nobody = CliRunner().invoke(jobs.main, ["reseal", "LV-00007", "--reason", "错字", *options])
    assert ([one.exit_code for one in (ended, again, nobody)], codes(path)) == ([0, 0, 1], [])
    history = [row for row in column(path, "history", "case_no", "column", "why") if row[1] == "封存码"]
    assert history == [("LV-00002", "封存码", "错字")]


# SIGKILL before every third system call by which the commit changes the disk, from the backup's link to the last fsync.
# (Before each, with few rows: tests/workbooks/excel/test_lock.py.)
CALLS = {"link", "open", "BufferedWriter.write", "BufferedWriter.flush", "fsync", "chmod", "replace", "unlink"}
STEPS = 13


def run_killed_at(wanted: int, path: Path, told: Path) -> None:
    """Do a run that kills itself before this step; with 0 it lives, and tells its steps in a file."""
    steps = []

    def step(_: object, event: str, called: Any) -> None:
        if event == "c_call" and called.__qualname__ in CALLS:
            steps.append(called.__qualname__)
            if len(steps) == wanted:
                os.kill(os.getpid(), signal.SIGKILL)

    def watch(event: str, _: object) -> None:
        if event == "os.link":
            sys.setprofile(step)

    sys.addaudithook(watch)
    at(path, LATER)
    sys.setprofile(None)
    told.write_text("\n".join(steps), "utf-8")


@pytest.mark.file_only
def test_those_are_all_steps(tmp_path: Path) -> None:
    code = ended(started(run_killed_at, 0, ledger(tmp_path, 21, 20), tmp_path / "steps"))
    steps = (tmp_path / "steps").read_text("utf-8").split()
    assert (code, len(steps), steps.count("replace")) == (0, STEPS, 2)


@cache
def with_closed(count: int) -> Kept:
    """A ledger with so many closed cases, and ten others."""
    return kept(lambda folder: ledger(folder, count + 10, count))


@pytest.mark.file_only
@pytest.mark.parametrize(("step", "count"), [*((step, 20) for step in every(3, range(1, STEPS + 1))), (8, 200)])
def test_killed_while_many_rows_are_filed(tmp_path: Path, step: int, count: int) -> None:
    """After the next run every case exists exactly once, every number is unique, and every seal holds."""
    path = with_closed(count).put(tmp_path)
    code = ended(started(run_killed_at, step, path, tmp_path / "steps"))
    at(path, "2026-06-01T09:10")
    there = [number for (number,) in column(path, "filing", "case_no")]
    live = [number for number, who in column(path, "register", "case_no", "petitioner") if who]
    assert (code, there, live, codes(path)) == (
        -signal.SIGKILL,
        [f"LV-{i:05d}" for i in range(1, count + 1)],
        [f"LV-{i:05d}" for i in range(count + 1, count + 11)],
        [],
    )


def run_without_room(path: Path, told: Path) -> None:
    """Do a run that may write no file of more than a thousand bytes, and tell in one how it ended."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
    asked = ["run", "-w", address(path), "--now", LATER, "--outbox", str(path.parent / "out")]
    ended = CliRunner().invoke(jobs.main, asked)
    told.write_text(f"{ended.exit_code}\n{ended.stderr}", "utf-8")


@pytest.mark.file_only
def test_a_full_disk_files_nothing_and_says_so(tmp_path: Path) -> None:
    path, told = ledger(tmp_path, 3, 2), tmp_path / "told"
    before = content(path)
    assert ended(started(run_without_room, path, told)) == 0
    assert (told.read_text("utf-8").splitlines()[:2], content(path) == before) == (
        [
            "1",
            "ledger.xlsx cannot be written (File too large): it is as it was; free some space or check who may write there.",
        ],
        True,
    )


@pytest.mark.file_only
@pytest.mark.parametrize("seed", range(tries(1)))
def test_whatever_people_do_between_runs_every_cell_stays_with_its_case(tmp_path: Path, seed: int) -> None:
    """People type, close cases, sort, insert and delete lines; no link, note or value ends up on another case.

    LEDGER_TRIES=1000 tries a thousand weeks.
    """
    chance = random.Random(seed)
    path = ledger(tmp_path, 14, 3, archive_after_days="5")
    day, expected = 1, {}
    for _ in range(4):
        book = load(path)
        sheet = book["登记"]
        header = {cell.value: cell.column for cell in sheet[1]}
        cases = {
            str(sheet.cell(row, 1).value): row
            for row in range(2, sheet.max_row + 1)
            if sheet.cell(row, header["信访人"]).value
        }
        for number in chance.sample(sorted(cases), min(4, len(cases))):
            row = cases[number]
            sheet.cell(row, header["反映问题"]).value = f"事由 {number} {chance.random()}"
            sheet.cell(row, header["信访人"]).comment = Comment(f"note of {number}", "office")
            sheet.cell(row, header["附件"]).hyperlink = f"https://files.example/{number}"
            if chance.random() < 0.6:
                for name, value in (
                    ("受理意见", "不予受理"),
                    ("决定日期", CLOSED_ON),
                    ("理由", "x"),
                    ("告知日期", CLOSED_ON),
                ):
                    sheet.cell(row, header[name]).value = value
        deleted = _moved_about(sheet, header["信访人"], chance)
        expected.pop(deleted, None)
        cases = {
            str(sheet.cell(row, 1).value): row
            for row in range(2, sheet.max_row + 1)
            if sheet.cell(row, header["信访人"]).value
        }
        if chance.random() < 0.5:
            cases |= _typed_in(sheet, header, chance)
        for number, row in cases.items():
            expected[number] = (
                sheet.cell(row, header["反映问题"]).value,
                _note(sheet, row, header),
                _link(sheet, row, header),
            )
        save(book, path)
        day += chance.randint(3, 7)
        at(path, f"2026-06-{day:02d}T09:00")
    assert found_cells(path) == expected
    assert codes(path) == []


Line = list[tuple[object, str, str]]
"""A line as people move it: each cell's value, note and link."""


def _lines(sheet: Any) -> list[Line]:
    return [
        [
            (
                cell.value,
                cell.comment.text if cell.comment else "",
                cell.hyperlink.target if cell.hyperlink else "",
            )
            for cell in row
        ]
        for row in sheet.iter_rows(min_row=2)
    ]


def _put(sheet: Any, lines: list[Line]) -> None:
    for row, one in enumerate(lines, start=2):
        for place, (value, note, link) in enumerate(one, start=1):
            cell = sheet.cell(row, place)
            cell.value, cell.comment, cell.hyperlink = (
                value,
                Comment(note, "office") if note else None,
                link or None,
            )
    for row in range(len(lines) + 2, sheet.max_row + 1):
        for cell in sheet[row]:
            cell.value, cell.comment, cell.hyperlink = None, None, None


def _moved_about(sheet: Any, who: int, chance: random.Random) -> str:
    """Sort, insert an empty line, or delete a case, in whole lines as a spreadsheet does; the deleted case's number."""
    lines = _lines(sheet)
    cases = [at for at, one in enumerate(lines) if one[who - 1][0]]
    what = chance.choice(("sort", "insert", "delete", "nothing"))
    deleted = ""
    if what == "sort":
        shuffled = chance.sample(cases, len(cases))
        lines = [lines[shuffled[cases.index(at)]] if at in cases else one for at, one in enumerate(lines)]
    elif what == "insert" and cases:
        lines.insert(chance.choice(cases), [(None, "", "")] * len(lines[0]))
    elif what == "delete" and len(cases) > 4:
        deleted = str(lines.pop(chance.choice(cases))[0][0])
    _put(sheet, lines)
    return deleted


def _typed_in(sheet: Any, header: dict[object, int], chance: random.Random) -> dict[str, int]:
    """Type a new case into the next line of the pad."""
    free = (row for row in range(2, sheet.max_row + 1) if not sheet.cell(row, header["信访人"]).value)
    row = next((row for row in free if sheet.cell(row, 1).value), None)
    if row is None:
        return {}
    for name, value in (
        ("来源形式", "来访"),
        ("信访人", f"新访客{row}"),
        ("联系方式", f"139{row:08d}"),
        ("类别", "申诉求决"),
        ("事项", line()["topic"]),
        ("反映问题", f"新事 {chance.random()}"),
    ):
        sheet.cell(row, header[name]).value = value
    return {str(sheet.cell(row, 1).value): row}


def _note(sheet: Any, row: int, header: dict[object, int]) -> str:
    comment = sheet.cell(row, header["信访人"]).comment
    return comment.text if comment else ""


def _link(sheet: Any, row: int, header: dict[object, int]) -> str:
    link = sheet.cell(row, header["附件"]).hyperlink
    return link.target if link else ""


def found_cells(path: Path) -> dict[str, tuple[object, str, str]]:
    book = load(path)
    found = {}
    for title in ("登记", "归档"):
        sheet = book[title]
        header = {cell.value: cell.column for cell in sheet[1]}
        for row in range(2, sheet.max_row + 1):
            if sheet.cell(row, header["信访人"]).value:
                number = str(sheet.cell(row, 1).value)
                assert number not in found
                found[number] = (
                    sheet.cell(row, header["反映问题"]).value,
                    _note(sheet, row, header),
                    _link(sheet, row, header),
                )
    return found
