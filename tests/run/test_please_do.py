"""What an administrator asks for in Settings is done once and mailed to the administrators, whatever goes wrong."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import jobs
from automation.commands.run import ACTIONS
from automation.ledger.errors import LedgerError
from automation.mail.transport.mailer import MailServer
from automation.run.job import JOBS, Action
from automation.steps.reminders import remind
from automation.text.catalogue import msg
from automation.workbooks.excel.workbook import ExcelWorkbook
from sheet_schema.vocabulary import PleaseDo
from tests.support.admin_requests import DONE, LAST, LATER, LIN, LIVE, MONDAY, answers, ask, asked, said
from tests.support.children import ended, kill, started
from tests.support.ledger_in_memory import line
from tests.support.mail_server import PASSWORD, USER, Post, mail_server
from tests.support.small_office import ADMIN, FANG, HANDLED, column, ledger_at, request_at, set_to, setting, typed
from tests.support.workbook_homes import address, content, on_google_now

ON_BOTH = IN_TURN = True

CANARY = "CANARY"


def test_there_is_somebody_to_do_each_thing() -> None:
    assert set(ACTIONS) == set(PleaseDo)


@pytest.mark.parametrize(
    ("word", "lines", "attached"),
    [
        (
            "预览",
            "预览\n\n目前应发的邮件共1封（含已发过的）。本次均未发出。\n附件中可逐封查看，与收件人所见相同。\n"
            "  王芳（fang@s.example）：【试运行】LV-00001 答复（3月22日到期）\n\n附件：预览 2026-03-13.html",
            ["预览 2026-03-13.html"],
        ),
        (
            "统计",
            "统计\n\n来信来访情况（2026年2月）\n没有收到新件，没有答复件。没有到期应答复的件。目前没有超期件。\n附件列有各项数字及所涉编号，可阅读或打印。\n\n"
            "附件：统计 2026-02.html",
            ["统计 2026-02.html"],
        ),
        ("移交清单", "移交清单\n\n自上次移交清单以来没有归档件。", []),
    ],
    ids=["preview", "report", "handover"],
)
def test_it_is_done_once_told_and_cleared(tmp_path: Path, word: str, lines: str, attached: list[str]) -> None:
    path = ledger_at(tmp_path, [line(**HANDLED)], [FANG, ADMIN], please_do=word)
    results = [ask(path, f"2026-03-13T09:{minute}", job=JOBS["run"]) for minute in ("00", "10")]
    (mail,) = answers(path)
    key = {"预览": "preview", "统计": "report", "移交清单": "handover"}.get(word, word)
    label = PleaseDo.of(key).label("zh")
    assert (str(mail["To"]), str(mail["Subject"])) == (
        "陈工 <admin@s.example>",
        f"【试运行】执行结果：{label}（3月13日）",
    )
    assert said(mail) == lines
    assert [one.get_filename() for one in mail.iter_attachments()] == attached
    assert (setting(path, "please_do"), asked(path), results[1].edits) == (
        "",
        [(key, "1", "陈工", "written")],
        (),
    )
    assert [row for row in column(path, "history", "column", "before", "after", "why") if row[0] == "设置: 请执行"] == [
        ("设置: 请执行", label, "", "已执行一次，结果发给管理员"),
    ]


def test_check_says_what_the_command_says(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, [line(**HANDLED)], [FANG, ADMIN], please_do="检查")
    ask(path, MONDAY)
    told = [row.strip() for row in said(answers(path)[0]).splitlines()[2:]]
    shown = CliRunner().invoke(jobs.main, ["check", "-w", address(path), "--now", MONDAY]).stdout.splitlines()
    of_the_moment = ("请求", "大小", "目前有一次运行正在进行")
    assert [row for row in told if not row.startswith(of_the_moment)] == [
        row.strip() for row in shown if not row.startswith(of_the_moment)
    ]
    assert len(told) > 4


@pytest.mark.on_both
def test_a_backup_is_made_once_for_all_who_are_told_and_is_what_it_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    path = ledger_at(tmp_path, [line(**HANDLED)], [FANG, ADMIN, LIN])
    ask(path, MONDAY)
    before = set(tmp_path.glob("*/*.xlsx"))
    ask(path, LATER, "备份")
    texts = [said(mail) for mail in answers(path)]
    made = Path(texts[0].splitlines()[2].removeprefix("已备份到 "))
    kept = [one for one in set(tmp_path.glob("*/*.xlsx")) - before if str(one) in texts[0]]
    checksum = sha256(made.read_bytes()).hexdigest()
    assert (kept, texts[0] == texts[1], texts[0].splitlines()[2:]) == (
        [made], True, [f"已备份到 {made}", "已读回核对，各行齐全。", f"SHA-256 校验值 {checksum}，同时记在旁边的 MANIFEST.sha256 中。"],
    )  # fmt: skip
    assert f"{checksum}  {made.name}" in (made.parent / "MANIFEST.sha256").read_text("utf-8")
    ExcelWorkbook(made, request_at(path, LAST).real_time).refuse_if_altered()


def test_a_dry_run_shows_it_and_does_nothing(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, [line(**HANDLED)], [FANG, ADMIN], please_do="备份", **LIVE)
    before, files = content(path), sorted(tmp_path.rglob("*"))
    with mail_server(tmp_path) as (post, server):
        result = ask(path, MONDAY, server=server, dry_run=True)
    assert [(mail.to, mail.rendered.subject) for mail in result.mails] == [
        ("admin@s.example", "执行结果：备份（3月16日）")
    ]
    changes = [
        (str(change.before[0]), str(change.after[0])) for change in result.changes if change.column.key == "value"
    ]
    assert (changes, post.logins, content(path) == before) == ([("备份", "")], [], True)
    assert [one for one in sorted(tmp_path.rglob("*")) if one not in files and one.name != "ca.pem"] == []


@pytest.mark.file_only
@pytest.mark.parametrize("job", ["validate", "assign", "alert", "archive"])
def test_only_run_does_it(tmp_path: Path, job: str) -> None:
    path = ledger_at(tmp_path, [line(**HANDLED)], [FANG, ADMIN], please_do="检查")
    ask(path, MONDAY, job=JOBS[job], actions=DONE)
    assert (setting(path, "please_do"), asked(path)) == ("check", [])


@pytest.mark.file_only
def test_it_waits_while_sending_is_paused(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, [line(**HANDLED)], [FANG, ADMIN], please_do="检查", sending="暂停")
    results = [ask(path, moment, actions=DONE) for moment in (MONDAY, LATER)]
    (beside,) = [row[1] for row in column(path, "settings", "name", "problems") if row[0] == "请执行"]
    waits = setting(path, "please_do"), asked(path), results[1].edits, str(beside)[:4]
    set_to(path, "sending", "试运行")
    ask(path, LAST, actions=DONE)
    assert (waits, setting(path, "please_do"), len(answers(path))) == (("check", [], (), "暂不执行"), "", 1)


@pytest.mark.file_only
def test_it_waits_until_the_workbook_is_closed(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, [line(**HANDLED)], [FANG, ADMIN], please_do="检查")
    opened = tmp_path / "~$ledger.xlsx"
    opened.write_bytes(b"\x05Wang ")
    with pytest.raises(LedgerError):
        ask(path, MONDAY, actions=DONE)
    while_open = answers(path)
    opened.unlink()
    ask(path, LATER, actions=DONE)
    assert (while_open, setting(path, "please_do"), len(answers(path))) == ([], "", 1)


def test_live_it_goes_out_at_any_hour_with_its_page(tmp_path: Path) -> None:
    """Somebody waits for the answer, even on a Sunday night."""
    moment = "2026-03-15T23:00"
    path = ledger_at(tmp_path, [line(**HANDLED)], [FANG, ADMIN, LIN], please_do="预览", **LIVE)
    with mail_server(tmp_path) as (post, server):
        ask(path, moment, server=server, job=replace(JOBS["run"], raises=(remind,)))
    assert [(to, str(mail["Subject"])[:8]) for to, mail in post.messages] == [
        ("lin@s.example", "执行结果：预览（"),
        ("admin@s.example", "执行结果：预览（"),
    ]
    _, (_, mail) = post.messages
    (attached,) = mail.iter_attachments()
    assert (attached.get_filename(), attached.get_content_type()) == (f"预览 {moment[:10]}.html", "text/html")
    assert "LV-00001 答复（3月22日到期）" in attached.get_content()
    assert (tmp_path / "out").exists() is False


@pytest.mark.file_only
def test_on_trial_each_is_shown_their_own_answer_and_nobody_elses(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, [line(**HANDLED, about="林工")], [FANG, ADMIN, LIN], please_do="统计")
    with mail_server(tmp_path) as (post, server):
        ask(path, "2026-04-16T09:00", server=server)
    assert [(to, str(mail["Subject"])[:5], said(mail).splitlines()[3][:4]) for to, mail in post.messages] == [
        ("lin@s.example", "【试运行】", "没有收到"),
        ("admin@s.example", "【试运行】", "收到1件"),
    ]
    assert len(answers(path)) == 2


@pytest.mark.file_only
def test_a_storm_does_not_hold_it(tmp_path: Path) -> None:
    cases = [line(f"LV-{i:05d}", **{**HANDLED, "handler": f"经办{i}"}) for i in range(1, 5)]
    people = [{"name": f"经办{i}", "role": "经办人", "email": f"h{i}@s.example"} for i in range(1, 5)]
    path = ledger_at(tmp_path, cases, [*people, ADMIN], please_do="检查", storm_at="3", **LIVE)
    with mail_server(tmp_path) as (post, server):
        ask(path, "2026-03-13T09:00", job=JOBS["run"], server=server, actions=DONE)
    assert ([str(mail["Subject"])[:6] for _, mail in post.messages], setting(path, "sending"), setting(path, "please_do")) == (
        ["4封邮件暂停", "执行结果：检"], "paused", "",
    )  # fmt: skip


@pytest.mark.file_only
@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (LedgerError(msg("No room.")), "No room."),
        (
            ValueError(CANARY),
            "未能执行：程序出错（ValueError, test_please_do.py line {line}）。请把这一行转给维护人员。",
        ),
    ],
    ids=["in words", "a fault"],
)
@pytest.mark.parametrize("early", [True, False], ids=["doing", "telling"])
def test_what_cannot_be_done_says_why_once(tmp_path: Path, fault: Exception, words: str, *, early: bool) -> None:
    def raises(_: Any) -> Any:
        raise fault

    path = ledger_at(tmp_path, [line(**HANDLED)], [FANG, ADMIN], please_do="备份")
    actions: Mapping[str, Action] = dict.fromkeys(PleaseDo, raises if early else lambda _: raises)
    results = [ask(path, moment, job=JOBS["run"], actions=actions) for moment in (MONDAY, LATER)]
    expected = words.format(line=raises.__code__.co_firstlineno + 1)
    assert [said(mail) for mail in answers(path)] == [f"备份\n\n{expected}"]
    assert (setting(path, "please_do"), results[1].edits, "reminder" in {row[0] for row in column(path, "notices", "kind")}) == (
        "", (), True,
    )  # fmt: skip


@pytest.mark.file_only
def test_while_an_administrator_is_away_their_stand_in_is_told_what_the_stand_in_may_know(
    tmp_path: Path,
) -> None:
    away = {**ADMIN, "absent_from": "2026-03-01", "absent_until": "2026-04-30", "stand_in": "王芳"}
    path = ledger_at(tmp_path, [line(**HANDLED, about="王芳")], [FANG, away], please_do="统计")
    ask(path, "2026-04-16T09:00")
    (mail,) = answers(path)
    assert (str(mail["To"].addresses[0].addr_spec), "没有收到新件" in said(mail)) == ("fang@s.example", True)


# It is done once, and never lost.


def test_what_a_server_puts_off_goes_out_later_and_asking_again_meanwhile_is_the_same_request(
    tmp_path: Path,
) -> None:
    path = ledger_at(tmp_path, [line(**HANDLED)], [FANG, ADMIN], please_do="检查", **LIVE)
    with mail_server(tmp_path) as (post, server):
        post.on_rcpt = {"admin@s.example": "450 busy"}
        ask(path, MONDAY, server=server, actions=DONE)
        first = setting(path, "please_do"), asked(path)
        post.on_rcpt = {}
        ask(path, LATER, "检查", server=server, actions=DONE)
        waiting = setting(path, "please_do"), len(post.messages)
        ask(path, LAST, server=server, actions=DONE)
    assert (first, waiting) == (("", [("check", "1", "陈工", "retry")]), ("check", 0))
    assert (setting(path, "please_do"), asked(path), len(post.messages)) == (
        "",
        [("check", "1", "陈工", "sent")],
        1,
    )


@pytest.mark.file_only
def test_an_answer_that_is_owed_goes_to_the_new_address(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, [line(**HANDLED)], [ADMIN], please_do="检查", **LIVE)
    with mail_server(tmp_path) as (post, server):
        post.on_rcpt = {"admin@s.example": "450 busy"}
        ask(path, MONDAY, server=server, actions=DONE)
        typed(path, "邮箱", "chen@s.example", "人员")
        ask(path, LAST, server=server, actions=DONE)
    assert (post.to, asked(path)) == (
        ["chen@s.example"],
        [("check", "1", "陈工", "void"), ("check", "1", "陈工", "sent")],
    )


@pytest.mark.file_only
def test_no_entry_to_the_mail_server_leaves_the_request_where_it_is(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, [line(**HANDLED)], [FANG, ADMIN], please_do="检查", **LIVE)
    with mail_server(tmp_path) as (_, server), pytest.raises(LedgerError, match="nothing was sent"):
        ask(path, MONDAY, server=replace(server, password="wrong"), actions=DONE)
    assert (setting(path, "please_do"), asked(path)) == ("check", [])


def ask_of(ledger: str, port: int) -> None:
    ask(Path(ledger), MONDAY, server=MailServer("127.0.0.1", port, USER, PASSWORD, implicit_tls=False))


def ask_killed_before(path: Path, step: int) -> None:
    """Do a run that kills itself before it writes this file, from 0."""
    left = step

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        journal = (
            event == "open" and str(arguments[0]).endswith(".journal") and bool(int(str(arguments[2])) & os.O_CREAT)
        )
        if event == "os.rename" or journal:
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            left -= 1

    sys.addaudithook(watch)
    ask(path, MONDAY)


@pytest.mark.on_both
def test_killed_while_the_answer_is_handed_over(tmp_path: Path) -> None:
    """The next run does it again, and sends the same mail."""
    path = ledger_at(tmp_path, [line(**HANDLED)], [FANG, ADMIN], please_do="统计", **LIVE)
    with mail_server(tmp_path) as (post, server):
        killed = _killed(post, path, server.port)
        left = setting(path, "please_do"), asked(path)
        post.before_taking = None
        ask(path, LAST, server=server)  # the dead run's lock on a Google Sheet ends ten minutes after it took it
        again = ask(path, LAST, server=server)
    marked = "handing_over" if on_google_now() else "claimed"  # the mark in a file's journal is not in the tab yet
    assert (killed, left) == (-signal.SIGKILL, ("", [("report", "1", "陈工", marked)]))
    assert (len(post.messages), len({str(mail["Message-ID"]) for _, mail in post.messages})) == (2, 1)
    assert (asked(path), again.edits) == ([("report", "1", "陈工", "sent")], ())


def _killed(post: Post, path: Path, port: int) -> int:
    def before_taking(_: int) -> bool:
        kill(child)
        return True

    post.before_taking = before_taking
    child = started(ask_of, address(path), port)
    return ended(child)


@pytest.mark.file_only
@pytest.mark.parametrize("step", [0, 1, 3])
def test_killed_before_any_file_is_written(tmp_path: Path, step: int) -> None:
    """The files are the claim in the journal, the commit, and the mail."""
    path = ledger_at(tmp_path, [line(**HANDLED)], [FANG, ADMIN], please_do="统计")
    killed = ended(started(ask_killed_before, path, step))
    ask(path, LATER)
    again = ask(path, LAST)
    assert (killed, len(answers(path)), setting(path, "please_do")) == (-signal.SIGKILL, 1, "")
    assert (asked(path), again.edits) == ([("report", "1", "陈工", "written")], ())


@pytest.mark.file_only
def test_an_answer_that_was_never_confirmed_waits_for_a_run_that_can_give_it(tmp_path: Path) -> None:
    """Neither another job nor a run on an open workbook makes the claim of a dead run void."""
    path = ledger_at(tmp_path, [line(**HANDLED)], [FANG, ADMIN], please_do="检查", **LIVE)
    with mail_server(tmp_path) as (post, server):
        post.after_data = {"admin@s.example"}
        ask(path, MONDAY, server=server, actions=DONE)
        for job in ("remind", "alert", "validate"):
            ask(path, LATER, job=JOBS[job], server=server, actions=DONE)
        waits = asked(path)
        ask(path, LAST, server=server, actions=DONE)
    assert (waits, asked(path)) == ([("check", "1", "陈工", "handing_over")], [("check", "1", "陈工", "sent")])


@pytest.mark.file_only
def test_a_word_typed_between_reading_and_writing_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = ledger_at(tmp_path, [line(**HANDLED)], [FANG, ADMIN], please_do="检查")
    commit, words = ExcelWorkbook.commit, ["备份"]

    def committed(self: ExcelWorkbook, *arguments: Any) -> Any:
        if words:
            set_to(path, "please_do", words.pop())
        return commit(self, *arguments)

    monkeypatch.setattr(ExcelWorkbook, "commit", committed)
    ask(path, MONDAY, actions=DONE)
    assert ([said(mail)[:2] for mail in answers(path)], setting(path, "please_do")) == (["备份"], "")


def test_the_command_does_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It works for an administrator who never opens a terminal: by the timer's command and a word in a cell."""
    monkeypatch.chdir(tmp_path)
    path = ledger_at(tmp_path, [line(**HANDLED)], [FANG, ADMIN], please_do="backup")
    ended = CliRunner().invoke(
        jobs.main, ["run", "-w", address(path), "--now", MONDAY, "--outbox", str(tmp_path / "out")]
    )
    (mail,) = answers(path)
    assert (ended.exit_code, setting(path, "please_do"), "已备份到" in said(mail)) == (0, "", True)
