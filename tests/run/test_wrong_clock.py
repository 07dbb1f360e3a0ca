"""One run with a clock years ahead or behind sends one mail to the administrators, and takes nothing from any case."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

import jobs
from tests.support.ledger_in_memory import line
from tests.support.small_office import (
    ADMIN,
    FANG,
    HANDLED,
    at,
    column,
    ledger_at,
    mails,
    read,
    set_to,
    setting,
    text_of,
)
from tests.support.workbook_homes import address

ON_BOTH = IN_TURN = True
WRONG = ["2031-05-01T09:00", "2031-05-01T09:10", "2031-05-02T09:00", "2036-01-01T09:00"]
TOLD = ("admin@s.example", "【试运行】台账已停止运行（{}）：请查看 ledger.xlsx")
LADDER = [("escalation", "1", "written"), *(("reminder", f"-{days}", "written") for days in (1, 3, 7))]


def a_week(path: Path) -> list[tuple[object, ...]]:
    """What was said of the case's step until it is late."""
    for day in ("17", "18", "19", "20", "23"):
        at(path, f"2026-03-{day}T09:00")
    told = column(path, "notices", "kind", "level", "state")
    return sorted(one for one in told if one[0] in ("reminder", "escalation") and one[2] == "written")


def test_a_clock_years_ahead_sends_one_mail_and_silences_nothing(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, [line(**HANDLED)], [FANG, ADMIN])
    at(path, "2026-03-12T09:00")
    known, before = mails(tmp_path / "out"), column(path, "register", "status", "light")
    results = [at(path, moment) for moment in WRONG]
    said = [one for one in mails(tmp_path / "out") if one not in known]
    assert ([one.stopped for one in results], said) == ([True] * 4, [(TOLD[0], TOLD[1].format("5月1日"))])
    assert column(path, "register", "status", "light") == before
    assert a_week(path) == LADDER
    (mail,) = [mail for mail in read(tmp_path / "out") if "admin" in mail["To"] and "停止运行" in str(mail["Subject"])]
    assert "按时钟现在是2031-05-01 09:00，距上次运行（2026-03-12 09:00）已有1876天。" in text_of(mail)
    assert "在“设置”的“时钟核对日期”中填写今天的日期" in text_of(mail)


def test_after_a_long_holiday_a_person_confirms_the_day(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, [line(**HANDLED)], [FANG, ADMIN], clock_checked_on="")
    at(path, "2026-03-12T09:00")
    stopped = [at(path, moment).stopped for moment in ("2026-08-31T09:00", "2026-09-01T09:00")]
    set_to(path, "clock_checked_on", "2026-09-01")
    went_on = [at(path, moment).stopped for moment in ("2031-09-01T09:10", "2026-09-01T09:10", "2026-09-01T09:20")]
    assert (stopped, went_on, setting(path, "clock_checked_on")) == ([True, True], [True, False, False], "")
    switched, by_hand = column(path, "history", "column", "after", "why")[-2:]
    assert switched == ("设置: 时钟核对日期", "", "时钟已核对，恢复运行")
    assert by_hand[:2] == ("值", "2026-09-01")
    assert [to for to, subject in mails(tmp_path / "out") if "停止运行" in subject] == ["admin@s.example"]


@pytest.mark.parametrize("accepted", [False, True])
def test_the_command_takes_a_reason(tmp_path: Path, *, accepted: bool) -> None:
    path = ledger_at(tmp_path, [line(**HANDLED)], [FANG, ADMIN])
    at(path, "2026-03-12T09:00")
    options = ["--now", "2026-09-01T09:00", *(["--accept-stop", "summer"] if accepted else [])]
    ended = CliRunner().invoke(jobs.main, ["run", "-w", address(path), "--outbox", str(tmp_path / "out"), *options])
    ended_again = at(path, "2026-09-01T09:10")
    assert (ended.exit_code, ended_again.stopped) == ((0, False) if accepted else (1, True))
