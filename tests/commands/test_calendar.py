"""calendar: a file for each person and one for the office, of what each may know; and the same with digests."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from icalendar import Calendar

import jobs
from automation.run.job import JOBS
from automation.run.plan import plan
from automation.steps.calendar_entries import office_entries, own_entries
from automation.steps.cases_now import cases_now
from automation.steps.digests import digest
from tests.support.ledger_in_memory import line, snapshot
from tests.support.small_office import ADMIN, FANG, HANDLED, ledger_at, office_of, request_at, typed
from tests.support.workbook_homes import address

ON_BOTH = IN_TURN = True

LI = {"name": "李敏", "role": "信访办", "email": "min@s.example", "digest": "每日"}
HEAD = {"name": "王强", "role": "部门负责人", "email": "qiang@s.example"}
NOW = "2026-03-13T09:00"


def calendars(path: Path, folder: Path, now: str = NOW, code: int = 0) -> str:
    arguments = ["--language", "zh", "calendar", "-w", address(path), "--into", str(folder), "--now", now]
    result = CliRunner().invoke(jobs.main, arguments)
    assert result.exit_code == code, result.output
    return result.output


def validated(path: Path, now: str) -> Path:
    """The same ledger, seen by a run."""
    result = CliRunner().invoke(
        jobs.main, ["validate", "-w", address(path), "--now", now, "--outbox", str(path.parent / "o")]
    )
    assert result.exit_code == 0, result.output
    return path


def said(path: Path) -> list[tuple[str, str]]:
    events = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    return sorted((str(one["summary"]), str(one["status"])) for one in events)


@pytest.mark.on_both
def test_files_are_written_moved_cancelled_and_left_alone(tmp_path: Path) -> None:
    """One workbook through its life: new, unchanged, replied, and a handler who is no longer in People."""
    path, folder = ledger_at(tmp_path, [line(**HANDLED), line("LV-00002", handler="王芳")]), tmp_path / "ics"
    assert "还没有运行过" in calendars(path, folder, code=1)
    validated(path, "2026-03-13T08:00")
    assert "3个日程文件，其中3个有变动" in calendars(path, folder)
    mine, office = folder / "日程 王芳.ics", folder / "日程 信访办.ics"
    assert (len([*folder.iterdir()]), said(mine), said(office)) == (
        3,
        [("LV-00001 · 答复", "CONFIRMED"), ("LV-00002 · 答复", "CONFIRMED")],
        [("LV-00001 · 答复", "CONFIRMED"), ("LV-00002 · 答复", "CONFIRMED")],
    )
    times = [one.stat().st_mtime_ns for one in (mine, office)]
    assert "其中0个有变动" in calendars(path, folder, "2026-03-14T09:00")
    assert [one.stat().st_mtime_ns for one in (mine, office)] == times
    typed(path, "结论", "支持")
    typed(path, "答复日期", "2026-03-14")
    validated(path, "2026-03-14T10:00")
    assert "其中3个有变动" in calendars(path, folder, "2026-03-14T11:00")
    assert said(mine) == [("LV-00002 · 答复", "CONFIRMED"), ("已取消", "CANCELLED")]
    typed(path, "姓名", "王小芳", tab="人员")
    calendars(path, folder, "2026-03-14T12:00")
    assert said(mine) == [("已取消", "CANCELLED")] * 2


def test_a_file_that_is_not_ours_is_left_alone(tmp_path: Path) -> None:
    path, folder = ledger_at(tmp_path, [line(**HANDLED)]), tmp_path / "ics"
    validated(path, NOW)
    folder.mkdir()
    (folder / "日程 王芳.ics").write_bytes(b"mine")
    (folder / "other.ics").write_bytes(b"BEGIN:VCALENDAR")
    assert "不是本程序写的日程文件" in calendars(path, folder, code=1)
    assert sorted(one.read_bytes() for one in folder.iterdir() if one.name != "日程 信访办.ics") == [
        b"BEGIN:VCALENDAR",
        b"mine",
    ]


def test_names_make_safe_files(tmp_path: Path) -> None:
    people = [
        {**FANG, "name": name, "email": f"x{at}@s.example"}
        for at, name in enumerate(("../a", ".. a", "CON", "a" * 300))
    ]
    cases = [line(f"LV-{at:05d}", **{**HANDLED, "handler": one["name"]}) for at, one in enumerate(people, 1)]
    path, folder = ledger_at(tmp_path, cases, people), tmp_path / "deep" / "ics"
    calendars(validated(path, NOW), folder)
    names = sorted(one.name for one in folder.iterdir())
    assert (len(names), all(name.startswith("日程 ") and len(name) < 80 for name in names)) == (6, True)
    assert sorted(one.name for one in tmp_path.iterdir() if one.suffix == ".ics" or one.name == "a") == []


CASES = [
    line("LV-00001", **HANDLED),
    line("LV-00002", **HANDLED, restricted="是", summary="秘密"),
    line("LV-00003", **HANDLED, about="王芳"),
    line("LV-00004", **HANDLED, about="李敏"),
    line("LV-00005", decision="受理", decided_on="2026-03-03", department="教务处"),
    line("LV-00006", kind="检举控告", decision="受理", decided_on="2026-03-03", department="教务处", about="王强"),
    line("LV-00007", summary="没有答复", outcome="支持", replied_on="2026-03-10", **HANDLED),
]


def test_each_has_what_is_theirs_and_may_be_known() -> None:
    rows = office_of(CASES, [FANG, HEAD, LI])
    cases = cases_now(snapshot(**rows), request_at(Path("l.xlsx"), NOW).now)
    own = {
        one.name: [entry.case_no[-1] for entry in own_entries(cases, one) if not entry.ended]
        for one in cases.ledger.policy.people
    }
    assert own == {"王芳": ["1", "2", "4"], "王强": ["1", "2", "3", "4", "5"], "赵刚": [], "李敏": []}
    assert [entry.case_no[-1] for entry in office_entries(cases) if not entry.ended] == ["1", "2", "3", "5", "6"]
    assert [entry.case_no[-1] for entry in office_entries(cases) if entry.ended] == ["7"]
    standing_in = next(one for one in cases.ledger.policy.people if one.name == "王芳")
    assert [one.case_no[-1] for one in office_entries(cases, standing_in) if not one.ended] == ["1", "2", "5", "6"]


def test_digests_bring_calendars_along_where_that_is_wished() -> None:
    for wished in ("是", "否"):
        rows = office_of(CASES, [{**FANG, "digest": "每日"}, HEAD, LI, ADMIN], calendar_with_digests=wished)
        rows["runs"] = [{"run": "2026-03-13T09:00:00", "at": "2026-03-13 09:00", "history": "x"}]
        job = replace(JOBS["run"], raises=(digest,))
        mails = plan(snapshot(**rows), request_at(Path("l.xlsx"), "2026-03-16T09:00", Path("out"), job)).mails
        found = {
            mail.reader: [one.name for one in mail.attachments if one.media_type == "text/calendar"] for mail in mails
        }
        assert found == {
            "王芳": ["您的到期日.ics"] * (wished == "是"),
            "李敏": ["信访办的到期日.ics"] * (wished == "是"),
        }
        assert b"LV-00003" not in b"".join(
            one.content for mail in mails if mail.reader == "王芳" for one in mail.attachments
        )
