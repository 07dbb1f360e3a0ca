"""Whole runs against a real mail server: live, storm, release, refused readers, a dead server, a killed run."""

from __future__ import annotations

import signal
import threading
from copy import copy
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import jobs
from automation.ledger.errors import Busy, LedgerError
from automation.mail.transport.mailer import MailServer
from automation.run.job import JOBS
from automation.run.run import run
from automation.steps.alerts import alert
from automation.steps.escalation import escalate
from automation.steps.reminders import remind
from tests.support.children import ended, kill, started
from tests.support.ledger_in_memory import line
from tests.support.mail_server import DROP, HANG, PASSWORD, USER, Post, mail_server
from tests.support.small_office import (
    ADMIN,
    FANG,
    HANDLED,
    at,
    column,
    ledger_at,
    request_at,
    set_to,
    setting,
    text_of,
    typed,
)
from tests.support.workbook_homes import address, book_at

ON_BOTH = IN_TURN = True

BY_CASE = replace(JOBS["run"], raises=(alert, remind, escalate))
LIVE = {"sending": "正式发送", "go_live_on": "2026-03-01"}
SUBJECT = "LV-00001 答复（3月22日到期）"
TODAY, TOMORROW = "2026-03-13T09:00", "2026-03-14T09:00"


def states(path: Path) -> list[tuple[object, ...]]:
    return column(path, "notices", "to", "state", "attempts", "error")


def got(post: Post) -> list[tuple[str, str]]:
    return [(to, str(message["Subject"])) for to, message in post.messages]


def many(count: int) -> dict[str, Any]:
    """`count` cases, each with its own handler, all with a reminder due on 13 March."""
    people = [{"name": f"经办{i:02d}", "role": "经办人", "email": f"h{i:02d}@s.example"} for i in range(count)]
    cases = [line(f"LV-{i + 1:05d}", **{**HANDLED, "handler": f"经办{i:02d}"}) for i in range(count)]
    return {"register": cases, "people": [*people, ADMIN]}


@pytest.mark.on_both
def test_live_mail_goes_out_once_and_is_confirmed(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, [line(**HANDLED)], **LIVE, reply_to="office@s.example")
    with mail_server(tmp_path) as (post, server):
        results = [at(path, moment, job=BY_CASE, server=server) for moment in (TODAY, "2026-03-13T09:10")]
    assert (got(post), post.logins, [bool(one.edits) for one in results]) == (
        [("fang@s.example", SUBJECT)],
        [USER],
        [True, False],
    )
    assert (states(path), (tmp_path / "out").exists()) == ([("fang@s.example", "sent", 1.0, "")], False)
    (_, message) = post.messages[0]
    assert [message[key] for key in ("From", "To", "Reply-To", "References", "Auto-Submitted", "X-Auto-Response-Suppress")] == [
        "信访办公室 <office@s.example>", "王芳 <fang@s.example>", "office@s.example", "<lv-00001@s.example>", "auto-generated", "All",
    ]  # fmt: skip


def test_on_trial_the_administrator_is_shown_what_would_go_out(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, [line(**HANDLED)], [FANG, ADMIN])
    with mail_server(tmp_path) as (post, server):
        at(path, TODAY, job=BY_CASE, server=server)
    assert (got(post), states(path)) == (
        [("admin@s.example", f"【试运行】{SUBJECT}")],
        [("fang@s.example", "written", 1.0, "")],
    )
    assert "本邮件本应发给王芳（fang@s.example）" in text_of(post.messages[0][1])
    assert len(list((tmp_path / "out").glob("*.eml"))) == 1


def test_an_administrator_in_conflict_is_not_shown_it(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, [line(**HANDLED, about="陈工")], [FANG, ADMIN])
    with mail_server(tmp_path) as (post, server):
        at(path, TODAY, job=BY_CASE, server=server)
    assert (got(post), states(path)) == ([], [("fang@s.example", "written", 1.0, "")])


def test_a_named_folder_keeps_live_mail_in_the_house(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, [line(**HANDLED)], **LIVE)
    with mail_server(tmp_path) as (post, server):
        at(path, TODAY, job=BY_CASE, server=server, named=True)
    assert (post.messages, states(path)) == ([], [("fang@s.example", "written", 1.0, "")])


@pytest.mark.parametrize(
    ("fault", "first", "later"),
    [
        # 4xx: "retry later", and then it arrives
        ({"on_rcpt": {"fang@s.example": "450 busy"}}, ("retry", 1.0, "450 busy"), ("sent", 2.0, "")),
        # nobody can know what became of it: it goes out again, once, as the same mail
        (
            {"after_data": {"fang@s.example"}},
            ("handing_over", 0.0, "SMTPServerDisconnected: Connection unexpectedly closed"),
            ("sent", 2.0, ""),
        ),
        # 5xx: it has failed for good
        ({"on_rcpt": {"fang@s.example": "550 nobody"}}, ("failed", 1.0, "550 nobody"), ("failed", 1.0, "550 nobody")),
    ],
    ids=["4xx", "dropped", "5xx"],
)
def test_what_becomes_of_a_fault(
    tmp_path: Path, fault: dict[str, Any], first: tuple[object, ...], later: tuple[object, ...]
) -> None:
    path = ledger_at(tmp_path, [line(**HANDLED)], **LIVE)
    with mail_server(tmp_path) as (post, server):
        for name, value in fault.items():
            setattr(post, name, copy(value))  # the server removes what it has done
        result = at(path, TODAY, job=BY_CASE, server=server)
        after_first = [row[1:] for row in states(path)]
        done_at, retry_at = column(path, "notices", "done_at", "retry_at")[0]
        post.on_rcpt = {}
        at(path, "2026-03-13T09:05", job=BY_CASE, server=server)  # too early to try again
        at(path, "2026-03-13T09:20", job=BY_CASE, server=server)
    assert (result.some_not_sent, after_first, [row[1:] for row in states(path)]) == (True, [first], [later])
    assert (done_at is not None, retry_at is not None) == (first[0] == "failed", first[0] == "retry")
    ids = {str(message["Message-ID"]) for _, message in post.messages}
    assert len(ids) == (1 if "sent" in later else 0)


def test_a_refused_address_is_shown_beside_the_person_until_it_is_mended(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, [line(**HANDLED)], **LIVE)
    with mail_server(tmp_path) as (post, server):
        post.on_rcpt = {"fang@s.example": "550 5.1.1 nobody"}
        at(path, TODAY, job=BY_CASE, server=server)
        at(path, "2026-03-13T09:10", job=BY_CASE, server=server)
        shown = column(path, "people", "name", "problems")
        typed(path, "邮箱", "wangfang@s.example", "人员")
        at(path, "2026-03-13T09:20", job=BY_CASE, server=server)
    refused = "发往fang@s.example的邮件被拒收（550 5.1.1 nobody）。请更正邮箱，或请对方处理好邮箱。未送达的邮件会发往新邮箱；原邮箱又收下别的邮件后，也会重新发出。"
    assert shown == [("王芳", refused), ("赵刚", ""), ("李敏", ""), ("王强", "")]
    assert (got(post), column(path, "people", "problems")) == (
        [("wangfang@s.example", SUBJECT)],
        [("",)] * 4,
    )


@pytest.mark.file_only
def test_a_server_that_puts_off_for_ever_has_failed(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, [line(**HANDLED)], **LIVE)
    with mail_server(tmp_path) as (post, server):
        post.on_rcpt = {"fang@s.example": "450 busy"}
        for day in ("13", "16", "17"):
            for hour in range(8, 20):
                at(path, f"2026-03-{day}T{hour:02d}:00", job=BY_CASE, server=server)
    assert (states(path)[0][1:], post.messages) == (("failed", 10.0, "450 busy"), [])


@pytest.mark.parametrize(
    ("wrong", "trusted"), [({"password": "wrong"}, True), ({}, False)], ids=["password", "certificate"]
)
def test_no_entry_ends_the_run_before_anything_is_claimed(
    tmp_path: Path, wrong: dict[str, Any], *, trusted: bool
) -> None:
    """Numbers, departments and dates are still written, and the next run sends."""
    path = ledger_at(tmp_path, [line(**HANDLED)], **LIVE)
    with (
        mail_server(tmp_path, trusted=trusted) as (post, server),
        pytest.raises(LedgerError, match="nothing was sent"),
    ):
        at(path, TODAY, job=BY_CASE, server=replace(server, **wrong))
    assert (states(path), column(path, "register", "status")[0], column(path, "runs", "outcome")) == (
        [],
        ("in_hand",),
        [("failed",)],
    )
    (said,) = column(path, "runs", "message")
    assert (post.messages, PASSWORD in str(said)) == ([], False)


def test_a_storm_sends_alerts_only_and_pauses(tmp_path: Path) -> None:
    """A run with too many mails only sends alerts, pauses, and tells the administrators (docs/design.md#p6.4)."""
    office = many(4)
    office["register"] = [*office["register"], line("LV-00005", important="✓", handler="经办00")]
    path = ledger_at(tmp_path, **office, **LIVE, storm_at="3")
    with mail_server(tmp_path) as (post, server):
        at(path, TODAY, job=BY_CASE, server=server)
        stormed = got(post)
        after_storm = setting(path, "sending")
        at(path, "2026-03-13T09:10", job=BY_CASE, server=server)
        quiet = len(post.messages) - len(stormed)
        set_to(path, "sending", "放行一次")
        at(path, "2026-03-13T09:20", job=BY_CASE, server=server)
    assert (after_storm, quiet, setting(path, "sending")) == ("paused", 0, "live")
    assert sorted(stormed) == [
        ("admin@s.example", "4封邮件暂停发送，台账已暂停（3月13日）"),
        ("gang@s.example", "重要来访：LV-00005，3月2日"),
    ]
    assert sorted(to for to, _ in got(post)[len(stormed) :])[-4:] == [f"h{i:02d}@s.example" for i in range(4)]
    turned = column(path, "history", "column", "before", "after", "why")
    assert [row for row in turned if str(row[0]).startswith("设置")] == [
        ("设置: 发送方式", "正式发送", "暂停", "邮件超过上限"),
        ("设置: 发送方式", "放行一次", "正式发送", "已放行一次，转为正式发送"),
    ]


def test_as_many_mails_as_are_allowed_are_no_storm(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, **many(3), **LIVE, storm_at="3")
    with mail_server(tmp_path) as (post, server):
        at(path, TODAY, job=BY_CASE, server=server)
    assert (len(post.messages), setting(path, "sending")) == (3, "live")


def test_a_storm_mail_that_was_lost_goes_out_while_the_ledger_is_paused(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, **many(4), **LIVE, storm_at="3")
    with mail_server(tmp_path) as (post, server):
        post.on_data = {"admin@s.example": DROP}
        at(path, TODAY, job=BY_CASE, server=server)
        post.on_data = {}
        counts = [len(at(path, f"2026-03-13T09:{minute}", job=BY_CASE, server=server).mails) for minute in (10, 20)]
    assert (counts, setting(path, "sending"), got(post)) == (
        [1, 0],
        "paused",
        [("admin@s.example", "4封邮件暂停发送，台账已暂停（3月13日）")],
    )


def test_on_trial_a_storm_spares_the_administrator(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, **many(4), storm_at="3")
    with mail_server(tmp_path) as (post, server):
        at(path, TODAY, job=BY_CASE, server=server)
    assert (post.messages, setting(path, "sending"), len(list((tmp_path / "out").glob("*.eml")))) == (
        [],
        "trial",
        4,
    )


def test_going_live_fills_in_the_day_and_mails_nothing_older(tmp_path: Path) -> None:
    """ "Going live sets `go_live_on`: what was due before is shown in the digest, never mailed one by one."
    (docs/design.md#p6.3)"""
    path = ledger_at(tmp_path, [line(**HANDLED)], sending="正式发送")
    with mail_server(tmp_path) as (post, server):
        at(path, "2026-03-16T09:00", job=BY_CASE, server=server)  # the reminder of the 13th lies behind
        live_since = setting(path, "go_live_on")
        at(path, "2026-03-19T09:00", job=BY_CASE, server=server)
    assert (live_since, [to for to, _ in got(post)]) == ("2026-03-16", ["fang@s.example"])


def test_some_mails_failed_is_exit_4(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = ledger_at(tmp_path, [line(**HANDLED, important="✓")], **LIVE)
    monkeypatch.setenv("LEDGER_SMTP_PASSWORD", PASSWORD)
    with mail_server(tmp_path) as (post, server):
        post.on_rcpt = {"gang@s.example": "550 nobody"}
        options = [
            "alert",
            "-w",
            address(path),
            "--smtp-host",
            server.host,
            "--smtp-port",
            str(server.port),
            "--smtp-user",
            USER,
        ]
        ended = CliRunner().invoke(jobs.main, options)
    assert (ended.exit_code, PASSWORD in ended.output) == (4, False)
    assert "gang@s.example：重要来访：LV-00001，3月2日  [失败：550 nobody]" in ended.output


@pytest.mark.parametrize(
    ("options", "password", "sentence"),
    [
        (
            ["--smtp-host", "h", "--smtp-user", "u"],
            "",
            "LEDGER_SMTP_HOST is set, but LEDGER_SMTP_PASSWORD is not: set both, or neither. If the server wants no password, say how it lets you in with LEDGER_SMTP_LOGIN.",
        ),
        (
            ["--smtp-host", "h"],
            "p",
            "LEDGER_SMTP_HOST is set, but LEDGER_SMTP_USER is not: set both, or neither. If the server wants no password, say how it lets you in with LEDGER_SMTP_LOGIN.",
        ),
    ],
)
def test_half_a_mail_server_is_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str], password: str, sentence: str
) -> None:
    path = ledger_at(tmp_path, [line(**HANDLED)])
    monkeypatch.setenv("LEDGER_SMTP_PASSWORD", password)
    ended = CliRunner().invoke(jobs.main, ["run", "-w", address(path), *options])
    assert (ended.exit_code, ended.stderr.splitlines()[0]) == (1, sentence)


@pytest.mark.on_both
def test_two_runs_at_once_one_works_the_other_gives_way(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, [line(**HANDLED)], **LIVE)
    with mail_server(tmp_path) as (post, server):
        post.on_rcpt = {"fang@s.example": HANG}
        working = threading.Thread(
            target=at, args=(path, TODAY), kwargs={"job": BY_CASE, "server": replace(server, timeout=5)}
        )
        working.start()
        while not column(path, "notices", "state"):
            assert working.is_alive()
        typed_meanwhile = book_at(path, datetime.fromisoformat(f"{TODAY}+08:00"))
        with pytest.raises(Busy, match="Another run"), typed_meanwhile.lock():
            pass
        with pytest.raises(Busy, match="Another run"):
            at(path, "2026-03-13T09:05", job=JOBS["run"], server=server)
        working.join()
    assert Busy.exit_code == 75


def send(ledger: str, port: int) -> None:
    at(Path(ledger), TODAY, job=BY_CASE, server=MailServer("127.0.0.1", port, USER, PASSWORD, implicit_tls=False))


@pytest.mark.parametrize(("nth", "taken"), [(0, True), (1, False), (9, True), (9, False), (10, True), (13, False)])
def test_killed_while_the_nth_mail_is_handed_over(tmp_path: Path, nth: int, *, taken: bool) -> None:
    """No notice is lost, and only the mail in hand is repeated, with the same Message-ID (docs/design.md#p7.5)."""
    path = ledger_at(tmp_path, **many(14), **LIVE)
    with mail_server(tmp_path) as (post, server):
        killed = _run_and_kill(post, path, server.port, nth, taken=taken)
        post.before_taking = None
        # Later, since the dead run's lock holds for ten minutes from its last batch.
        at(path, "2026-03-13T09:15", job=BY_CASE, server=server)
        again = at(path, "2026-03-13T09:20", job=BY_CASE, server=server)
    ids: dict[str, set[str]] = {}
    for to, message in post.messages:
        ids.setdefault(to, set()).add(str(message["Message-ID"]))
    assert (killed, sorted(ids), again.edits) == (
        -signal.SIGKILL,
        [f"h{i:02d}@s.example" for i in range(14)],
        (),
    )
    assert {len(found) for found in ids.values()} == {1}
    assert len(post.messages) - len(ids) <= taken


def _run_and_kill(post: Post, path: Path, port: int, nth: int, *, taken: bool) -> int:
    def before_taking(count: int) -> bool:
        """Kill the run that hands over this mail; whether the server still takes it."""
        if count < nth:
            return True
        kill(child)
        return taken

    post.before_taking = before_taking
    child = started(send, address(path), port)
    return ended(child)


@pytest.mark.parametrize("sending", ["正式发送", "放行一次"])
def test_a_server_that_hangs_twice_ends_the_sending(tmp_path: Path, sending: str) -> None:
    """The run says so, and what is left goes out at the next run, each mail once."""
    path = ledger_at(tmp_path, **many(5), **{**LIVE, "sending": sending})
    with mail_server(tmp_path) as (post, server):
        post.on_rcpt = {"h01@s.example": HANG, "h02@s.example": HANG}
        ended = at(path, TODAY, job=BY_CASE, server=replace(server, timeout=0.3))
        first = post.to
        post.on_rcpt = {}
        at(path, "2026-03-13T09:20", job=BY_CASE, server=server)
        again = at(path, "2026-03-13T09:30", job=BY_CASE, server=server)
    (said, *_) = column(path, "runs", "message")
    assert (first, sorted(post.to), again.edits) == (["h00@s.example"], [f"h{i:02d}@s.example" for i in range(5)], ())
    assert (ended.some_not_sent, "两次在0秒内没有应答，本次停止发信" in str(said)) == (True, True)
    assert [row[1:3] for row in states(path)] == [("sent", 1.0)] * 5


def test_a_run_has_an_end(tmp_path: Path) -> None:
    """After `run_minutes` it hands over no more mails; the next run goes on (docs/design.md#p7.12)."""
    path = ledger_at(tmp_path, **many(13), **LIVE, run_minutes="3")
    with mail_server(tmp_path) as (post, server):
        minutes = iter(range(100))
        request = replace(request_at(path, TODAY, job=BY_CASE, server=server), seconds=lambda: next(minutes) * 15.0)
        ended = run(book_at(path, request.real_time), request)
        first = len(post.messages)
        at(path, "2026-03-13T09:10", job=BY_CASE, server=server)
    assert (first, len(post.messages), len(set(post.to))) == (11, 13, 13)
    assert (ended.some_not_sent, [one.state.key for one in ended.became.values()][first:]) == (True, ["claimed"] * 2)
    assert column(path, "runs", "message") == [("本次运行已满3分钟，停止发信：其余邮件下次运行时发出。",), ("",)]
