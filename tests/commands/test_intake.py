"""What a form exported into a folder is taken over once, answered beside it and put away; `intake` says how it is read."""

from __future__ import annotations

import csv
import json
import os
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

import jobs
from automation.commands import dropped_files
from tests.support.form_tab import HEADINGS, cases, fill, office, taken
from tests.support.workbook_homes import address, read_now

ON_BOTH = IN_TURN = True
NOW = "2026-03-18T10:00"
ROWS = (
    ("序号", "提交答卷时间", "所用时间", "来源", "来自IP", "1、您的姓名", "2、手机", "3、类别", "4、事项", "5、您要反映什么问题？", "6、所在班级"),
    ("1", "2026/3/16 9:01:02", "63秒", "微信", "1.2.3.4(北京)", "王芳", "13800000001", "求决", "教育教学", "食堂饭菜凉", "初二(3)班"),
    ("2", "2026/3/16 9:30:00", "99秒", "链接", "1.2.3.5(北京)", "(空)", "", "举报", "教育教学", "=1+1 总务处收回扣", ""),
    ("3", "2026/3/16 9:40:00", "9秒", "链接", "1.2.3.6(北京)", "", "", "", "", "", ""),
)  # fmt: skip


def say(path: Path, *arguments: str, code: int = 0) -> str:
    call = [
        "--language",
        "en",
        *arguments,
        "-w",
        address(path),
        "--now",
        NOW,
        "--intake-folder",
        str(path.parent / "in"),
    ]
    ended = CliRunner().invoke(jobs.main, call)
    assert ended.exit_code == code, ended.output
    return ended.stdout


def drop(folder: Path, name: str = "答卷.csv", encoding: str = "gb18030", rows=ROWS) -> Path:  # type: ignore[no-untyped-def]
    """Drop a file as a browser does, a while ago."""
    folder.mkdir(exist_ok=True)
    path = folder / name
    with path.open("w", newline="", encoding=encoding) as file:
        csv.writer(file).writerows(rows)
    os.utime(path, (1_700_000_000, 1_700_000_000))
    return path


@pytest.mark.on_both
def test_a_file_is_taken_over_once_answered_and_put_away(tmp_path: Path) -> None:
    path, dropped = office(tmp_path, sending="试运行"), drop(tmp_path / "in")

    tried = json.loads(say(path, "intake", "--json"))["sources"]
    assert [(one["name"], one["rows"]["new"], one["rows"]["empty"]) for one in tried if one["rows"]["new"]] == [
        ("答卷.csv", 2, 1)
    ]
    assert tried[-1]["columns"] == {
        "序号": "leave", "提交答卷时间": "received_on", "所用时间": "leave", "来源": "leave", "来自IP": "leave", "1、您的姓名": "petitioner",
        "2、手机": "contact", "3、类别": "kind", "4、事项": "topic", "5、您要反映什么问题？": "summary", "6、所在班级": "keep",
    }  # fmt: skip
    assert (dropped.is_file(), cases(path)) == (True, [])

    say(path, "validate")
    found = cases(path, "case_no", "petitioner", "contact", "summary", "received_on")
    assert [(*map(str, row),) for row in found] == [
        ("LV-00001", "王芳", "13800000001", "食堂饭菜凉\n6、所在班级: 初二(3)班", "2026-03-16"),
        ("LV-00002", "(空)", "", "=1+1 总务处收回扣", "2026-03-16"),
    ]
    answered = (tmp_path / "in" / "答卷.csv.answers.csv").read_text("utf-8-sig")
    assert [row[:2] for row in csv.reader(answered.splitlines())][1:] == [
        ["2", "LV-00001"],
        ["3", "LV-00002"],
        ["4", ""],
    ]
    assert "回扣" not in answered
    put_away = tmp_path / "in" / "done" / "答卷.csv"
    assert (dropped.exists(), stat.S_IMODE(put_away.stat().st_mode)) == (False, 0o600)

    drop(tmp_path / "in", "答卷.csv", "utf-16")  # the service exports everything again
    say(path, "validate")
    assert len(cases(path)) == 2
    assert sorted(one.name for one in (tmp_path / "in" / "done").iterdir()) == ["答卷 2.csv", "答卷.csv"]


@pytest.mark.file_only
@pytest.mark.parametrize(
    ("name", "content"),
    [("pad.csv", b""), ("bad.xlsx", b"PK\x03\x04 broken"), ("picture.csv", bytes(range(256)) * 9), ("one.csv", b"x")],
)
def test_what_is_no_table_stays_and_is_said(tmp_path: Path, name: str, content: bytes) -> None:
    path = office(tmp_path, sending="试运行")
    (tmp_path / "in").mkdir()
    dropped = tmp_path / "in" / name
    dropped.write_bytes(content)
    os.utime(dropped, (1_700_000_000, 1_700_000_000))
    assert "cannot be taken over" in say(path, "intake")
    say(path, "validate")
    assert dropped.read_bytes() == content


@pytest.mark.file_only
def test_what_lies_there_for_others_stays(tmp_path: Path) -> None:
    path = office(tmp_path, sending="试运行")
    outside = drop(tmp_path / "elsewhere")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "link.csv").symlink_to(outside)
    drop(tmp_path / "in", "说明.txt")
    fresh = drop(tmp_path / "in", "fresh.csv")
    os.utime(fresh)  # it may still be on its way
    say(path, "validate")
    assert cases(path) == []
    assert sorted(one.name for one in (tmp_path / "in").iterdir()) == ["fresh.csv", "link.csv", "说明.txt"]


def test_what_a_heading_is_taken_for_is_said(tmp_path: Path) -> None:
    path = office(tmp_path, intake_headings="您的姓名 = 涉及部门或人员; 联系电话 = ; 无 = 无此栏")
    fill(path, [HEADINGS])
    (tmp_path / "in").mkdir()
    said = say(path, "intake")
    assert "您的姓名: About whom" in said
    assert said.count("cannot be used") == 2
    assert "No heading is Kind" not in said
    fill(path, [["哪方面" if one == "类别" else one for one in HEADINGS]])
    assert "No heading is Kind" in say(path, "intake")


def test_a_dry_run_shows_the_cells_and_of_a_restricted_case_none(tmp_path: Path) -> None:
    path, dropped = office(tmp_path, sending="试运行"), drop(tmp_path / "in")
    told = json.loads(say(path, "validate", "--dry-run", "--json"))
    typed = {(one["key"], one["column"]): one["after"] for one in told["changes"] if one["tab"] == "register"}
    assert typed["LV-00001", "petitioner"] == "王芳"
    assert typed["LV-00001", "kind"] == "complaint"
    assert "回扣" not in json.dumps(told, ensure_ascii=False)
    assert (cases(path), dropped.is_file()) == ([], True)


@pytest.mark.file_only
def test_what_is_too_long_for_a_cell_stays_whole_in_the_file(tmp_path: Path) -> None:
    path = office(tmp_path, sending="试运行")
    text = "<b>" + "长" * 100_000 + "\x07\x1b尾"
    drop(
        tmp_path / "in",
        "long.csv",
        "utf-8",
        (("提交时间", "姓名", "类别", "反映问题"), ("2026/3/17 10:00", "王芳\x01", "举报", text)),
    )
    say(path, "validate")
    (found,) = cases(path, "case_no", "summary")
    assert (found[0], len(str(found[1]))) == ("LV-00001", 30_000)
    assert "尾" in (tmp_path / "in" / "done" / "long.csv").read_text("utf-8")
    answered = (tmp_path / "in" / "long.csv.answers.csv").read_text("utf-8-sig")
    assert "LV-00001,内容太长" in answered
    assert "长长长" not in answered


@pytest.mark.file_only
@pytest.mark.parametrize(
    "name", ["答卷　三月  (1).csv", "a\x1bb.csv", "长" * 81 + ".csv"], ids=["spaces", "escape", "long"]
)
def test_whatever_a_file_is_called_it_alone_is_put_away(tmp_path: Path, name: str) -> None:
    path = office(tmp_path, sending="试运行")
    dropped = drop(tmp_path / "in", name)
    other = drop(tmp_path / "in", "答卷 三月 (1).csv", rows=[*ROWS[:1], *ROWS[2:3]])
    os.utime(other)  # still on its way, and of nearly the same name
    said = say(path, "validate", code=4 if len(name) > 80 else 0)
    assert len(cases(path)) == 2
    assert (dropped.exists(), other.exists()) == (len(name) > 80, True)
    assert ("cannot be put away" in said) == (len(name) > 80)
    assert "\x1b" not in said


@pytest.mark.file_only
def test_a_file_that_is_written_again_while_it_is_taken_over_stays(tmp_path: Path) -> None:
    path, dropped = office(tmp_path, sending="试运行"), drop(tmp_path / "in", rows=ROWS[:2])
    files = dropped_files.dropped(str(tmp_path / "in"), datetime.now(UTC))
    taken(path, files=files, job="validate")
    drop(tmp_path / "in")  # the service exports again, with more rows
    os.utime(dropped, (1_700_000_001, 1_700_000_001))
    assert [*dropped_files.put_away(files, read_now(path))] == []
    assert (dropped.is_file(), len(cases(path))) == (True, 1)
    say(path, "validate")
    assert (dropped.is_file(), len(cases(path))) == (False, 2)


@pytest.mark.file_only
@pytest.mark.parametrize("rows", [[["您要反映什么？"], ["食堂饭菜凉"]], ROWS[1:]], ids=["one", "none"])
def test_a_file_without_headings_is_said_and_no_row_is_taken_for_them(tmp_path: Path, rows) -> None:  # type: ignore[no-untyped-def]
    path, dropped = office(tmp_path, sending="试运行"), drop(tmp_path / "in", rows=rows)
    said = say(path, "intake")
    assert ("has no line with two headings" in said, "王芳" in said) == (True, False)
    say(path, "validate")
    assert (dropped.is_file(), cases(path)) == (True, [])


@pytest.mark.file_only
def test_a_question_about_a_day_is_a_heading(tmp_path: Path) -> None:
    path = office(tmp_path, sending="试运行")
    drop(tmp_path / "in", rows=[[*ROWS[0], "参加2026年3月18日14:00的会议吗"], [*ROWS[1], "参加"]])
    say(path, "validate")
    assert "参加2026年3月18日14:00的会议吗: 参加" in str(cases(path, "summary"))
