"""Replies by mail as a person turns them on: `install`, `check`, `run`, and what becomes of a run whose mailbox is not there."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner

import jobs
from automation.commands.nothing_new import say_again
from automation.commands.options import RunOptions, Session
from automation.commands.run import do_job
from automation.run.stages import silent
from tests.support.imap_server import imap_server
from tests.support.ledger_in_memory import line
from tests.support.mail_server import PASSWORD, USER, mail_server
from tests.support.reply_office import a_reply, ledger_with_answers
from tests.support.small_office import HANDLED, column, ledger_at
from tests.support.workbook_homes import address, at_home, read_now

AT = ("--now", "2026-03-19T09:30")


def ledger(args: list[str], *more: str, code: int = 0) -> str:
    ended = CliRunner().invoke(jobs.main, [*args, *more])
    assert ended.exit_code == code, ended.output
    return ended.output


@pytest.fixture(autouse=True)
def _password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LEDGER_SMTP_PASSWORD", PASSWORD)
    monkeypatch.setenv("LEDGER_IMAP_PASSWORD", PASSWORD)


def test_from_install_to_the_first_reply(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, [line(**HANDLED)], reply_to="somewhere@s.example")
    with mail_server(tmp_path) as (_, server), imap_server(tmp_path) as (inbox, mailbox):
        where = ["-w", str(path)]
        host = ["--imap-host", mailbox.host]
        imap = [*host, "--imap-port", str(mailbox.port), "--smtp-user", USER]
        missing = ledger(["run", *where, *AT, *imap], code=4)
        checked = ledger(["check", *where, *AT, *imap], code=3)
        installed = ledger(["install", *where, *AT, *host]), ledger(["install", *where, *AT, *host])
        checked_then = ledger(["check", *where, *AT, *imap, "--imap-folder", "Nowhere"], code=3)
        here = ledger(["check", *where, *AT, *imap], code=3)
        sending = ["--smtp-host", server.host, "--smtp-port", str(server.port)]
        ledger(["run", *where, *AT, *imap, *sending])
        inbox.put(a_reply("<x@y>", sender="fang@s.example").as_bytes(), at=datetime.now(UTC))
        said = json.loads(ledger(["run", *where, "--now", "2026-03-19T09:40", *imap, *sending, "--json"]))

    assert "台账没有“回复”表：请运行 install 补上" in missing
    assert "回复：台账没有“回复”表，install 会补上" in checked
    assert ["“回复”" in one for one in installed] == [True, False]
    assert "邮箱里没有文件夹 Nowhere" in checked_then
    assert f"回复：{USER} 能登录 {mailbox.host}:{mailbox.port}，文件夹 INBOX 可以读取" in here
    assert "对邮件的答复发到 somewhere@s.example" in here
    assert said["replies"] == {"taken_in": 0, "listed": 1, "automatic": 0, "others": 0, "twice": 0}
    assert column(path, "answers", "from", "state") == [("fang@s.example", "no_reply")]
    key = path.with_name("ledger.xlsx.replies-key")
    assert (key.stat().st_mode & 0o077, PASSWORD in key.read_text(), len(key.read_text().split()[1])) == (
        path.stat().st_mode & 0o066,
        False,
        64,
    )


def test_a_mailbox_that_is_not_there_costs_the_run_nothing(tmp_path: Path) -> None:
    path = ledger_with_answers(tmp_path, [line(**HANDLED)])
    with mail_server(tmp_path) as (post, server):
        asked = RunOptions(
            str(path),
            smtp_host=server.host,
            smtp_port=server.port,
            smtp_user=USER,
            imap_host="127.0.0.1",
            imap_port=9,
            as_json=True,
        )
        lines: list[str] = []
        code = do_job("run", asked, Session(datetime(2026, 3, 19, 1, 30, tzinfo=UTC), lines.append, silent))
        said = json.loads(lines[0])
    assert (code, "127.0.0.1:9" in said["replies"]["why"], len(post.messages) > 0) == (4, True, True)
    assert "sent" in {state for (state,) in column(path, "notices", "state")}


def test_a_run_with_nothing_to_do_looks_into_the_mailbox_and_reads_the_ledger_only_if_a_mail_came(
    tmp_path: Path,
) -> None:
    path = ledger_with_answers(tmp_path, [line(**HANDLED)])
    with imap_server(tmp_path) as (inbox, mailbox):
        asked = RunOptions(
            str(path), imap_host=mailbox.host, imap_port=mailbox.port, imap_user=USER, outbox=str(tmp_path / "out")
        )

        def idle(minute: int) -> int | None:
            return say_again("run", asked, Session(datetime(2026, 3, 19, 1, minute, tzinfo=UTC), lines.append, silent))

        def run(minute: int) -> int:
            return do_job("run", asked, Session(datetime(2026, 3, 19, 1, minute, tzinfo=UTC), lines.append, silent))

        lines: list[str] = []
        codes = [run(30), run(40), idle(41)]
        inbox.put(b"From: x@y.example\r\n\r\nx\r\n")
        codes += [idle(42)]  # type: ignore[list-item]
    assert (codes, idle(43)) == ([0, 0, 0, None], None)


def test_without_the_library_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = ledger_at(tmp_path, [line(**HANDLED)])
    ledger(["install", "-w", str(path), *AT, "--imap-host", "x"])
    monkeypatch.delitem(sys.modules, "automation.mail.transport.imap", raising=False)
    monkeypatch.setitem(sys.modules, "imap_tools", None)
    monkeypatch.delenv("LEDGER_IMAP_PASSWORD")
    said = ledger(["run", "-w", str(path), *AT, "--imap-host", "x", "--imap-user", USER], code=4)
    assert "LEDGER_IMAP_PASSWORD" in said
    monkeypatch.setenv("LEDGER_IMAP_PASSWORD", "y")
    said = ledger(["run", "-w", str(path), *AT, "--imap-host", "x", "--imap-user", USER], code=4)
    assert f"{sys.executable} -m pip install --editable" in said


def test_on_google_too(tmp_path: Path) -> None:
    with at_home("google", tmp_path):
        path = ledger_at(tmp_path, [line(**HANDLED)])
        said = ledger(["install", "-w", address(path), "--imap-host", "x"])
        assert ("“回复”" in said, "不缺内容" in said, {"回复", "收件邮箱"} <= read_now(path).grids.keys()) == (
            True,
            False,
            True,
        )
        assert "“回复”" not in ledger(["install", "-w", address(path), "--imap-host", "x"])
