"""A job breaks: the others go on, administrators are told where, and no case is quoted."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from automation.cases.cases import Cases
from automation.ledger.notices import Notice
from automation.run.job import JOBS
from automation.steps.reminders import remind
from sheet_schema.vocabulary import Role
from tests.support.ledger_in_memory import line
from tests.support.small_office import ADMIN, FANG, HANDLED, at, column, ledger_at, mails, read, text_of

ON_BOTH = IN_TURN = True


def quoting(cases: Cases, now: datetime) -> list[Notice]:
    """A job with a fault, whose exception quotes a cell."""
    raise ValueError(str(cases.register["petitioner"][0]))


WHERE = f"ValueError, test_memos.py line {quoting.__code__.co_firstlineno + 2}"
BROKEN = replace(JOBS["run"], raises=(quoting, remind))


def test_jobs_go_by_the_names_that_failure_mails_and_runs_have_always_had() -> None:
    assert {raises.__name__ for job in JOBS.values() for raises in job.raises} == {
        "alert", "tell_departments", "remind", "escalate", "digest", "hand_over", "remind_of_tasks", "escalate_tasks",
        "tell_petitioners",
    }  # fmt: skip


def test_the_others_go_on_and_the_administrator_is_told_once_a_day(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, [line(**HANDLED, petitioner="MARKER")], [FANG, ADMIN])
    results = [at(path, moment, job=BROKEN) for moment in ("2026-03-13T09:00", "2026-03-13T09:10", "2026-03-16T09:00")]
    failure = ("admin@s.example", "【试运行】台账任务出错：quoting（3月13日）")
    assert mails(tmp_path / "out") == [
        failure,
        ("admin@s.example", "【试运行】台账任务出错：quoting（3月16日）"),
        ("fang@s.example", "【试运行】LV-00001 答复（3月22日到期）"),
    ]
    (text,) = [
        text_of(mail)
        for mail in read(tmp_path / "out")
        if "3月13日）" in str(mail["Subject"]) and "admin" in str(mail["To"])
    ]
    assert (f"quoting：{WHERE}" in text, "MARKER" in text) == (True, False)
    assert {one.broken[0].job for one in results} == {"quoting"}
    outcomes = column(path, "runs", "outcome", "message")
    assert set(outcomes) == {("failed", f"quoting: {WHERE}")}


def unwritable(cases: Cases, now: datetime) -> list[Notice]:
    """A job that wants a mail which cannot be written: nobody has said what the step is called."""
    return [replace(notice, step="MARKER", slot=Role.OFFICE.key) for notice in remind(cases, now)]


def test_a_mail_that_cannot_be_written_silences_no_other(tmp_path: Path) -> None:
    """What it would have told is not claimed: once it can be written, it goes out. Nothing is filed meanwhile."""
    closed = {"decision": "作废", "reason": "误登", "decided_on": "2026-01-03", "received_on": "2026-01-02"}
    path = ledger_at(tmp_path, [line(**HANDLED), line("LV-00002", **closed)], [FANG, ADMIN])
    job = replace(JOBS["run"], raises=(unwritable, remind))
    result = at(path, "2026-03-13T09:00", job=job)
    assert ([one.job for one in result.broken], [mail.kind for mail in result.mails]) == (
        ["mails"],
        ["reminder", "failure"],
    )
    assert (result.moves, column(path, "runs", "outcome")) == ((), [("failed",)])
    assert "MARKER" not in f"{[mail.rendered.text for mail in result.mails]}{column(path, 'notices', 'key')}"
    assert [bool(at(path, f"2026-03-16T{hour}", job=JOBS["run"]).moves) for hour in ("09:00", "09:10")] == [True, False]


def test_without_validate_only_the_failure_mail_goes_out(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, [line(**HANDLED)], [FANG, ADMIN])

    class Breaks:
        """Makes validate break, since it raises when tested for truth."""

        def __bool__(self) -> bool:
            raise RuntimeError("MARKER")

    from automation.run.job import Request
    from automation.run.run import run
    from tests.support.small_office import CLOCK
    from tests.support.workbook_homes import book_at

    request = Request(
        JOBS["run"],
        datetime.fromisoformat("2026-03-13T09:00"),
        CLOCK,
        accepted_stop=Breaks(),
        outbox=tmp_path / "out",
        instead_of_sending=True,
    )  # type: ignore[arg-type]
    before = column(path, "register", "case_no", "status")
    result = run(book_at(path, CLOCK), request)
    assert ([one.job for one in result.broken], [mail.kind for mail in result.mails]) == (
        ["validate"],
        ["failure"],
    )
    assert (column(path, "register", "case_no", "status"), column(path, "runs", "outcome")) == (
        before,
        [("failed",)],
    )


@pytest.mark.parametrize("quiet", ["2026-03-13T22:00", "2026-03-14T09:00"], ids=["night", "Saturday"])
def test_a_failure_is_told_at_any_hour(tmp_path: Path, quiet: str) -> None:
    path = ledger_at(tmp_path, [line(**HANDLED)], [FANG, ADMIN])
    assert [mail.kind for mail in at(path, quiet, job=BROKEN).mails] == ["failure"]


def test_nothing_is_filed_while_a_job_is_broken(tmp_path: Path) -> None:
    """If any job breaks, `archive` is skipped (docs/design.md#p7.8)."""
    closed = {"decision": "作废", "reason": "误登", "decided_on": "2026-03-03"}
    path = ledger_at(tmp_path, [line(**closed)], [FANG, ADMIN])
    moves = [
        at(path, f"2026-06-01T09:{minute}", job=replace(job, files=True)).moves
        for minute, job in (("00", BROKEN), ("10", JOBS["run"]))
    ]
    assert [len(one) for one in moves] == [0, 1]
