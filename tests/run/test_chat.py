"""Whole runs that tell in chats as well as by mail: real mail server, real HTTPS, real workbook."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from automation.commands.output import as_json, show
from automation.mail.transport.chats import Chats
from automation.mail.transport.mailer import MailServer
from automation.run.job import JOBS, Result
from automation.run.run import run
from automation.steps.alerts import alert
from automation.steps.escalation import escalate
from automation.steps.reminders import remind
from sheet_schema import TAB
from tests.support.chat_server import DINGTALK, SECRET, WECOM, Rooms, chat_server, chats
from tests.support.children import ended, kill, started
from tests.support.ledger_in_memory import line
from tests.support.mail_server import PASSWORD, USER, Post, mail_server
from tests.support.small_office import ADMIN, FANG, HANDLED, column, ledger_at, read, request_at, text_of, typed
from tests.support.workbook_homes import address, book_at, shown_in

ON_BOTH = IN_TURN = True

Servers = tuple[Post, MailServer, Rooms]
BY_CASE = replace(JOBS["run"], raises=(alert, remind, escalate))
LIVE = {"sending": "正式发送", "go_live_on": "2026-03-01"}
TODAY = "2026-03-13T09:00"
OWN = {**FANG, "chat": "王芳群"}
SAID = "LV-00001 · 答复 · 3月22日\n详见邮件。"


@pytest.fixture(scope="module")
def servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    folder = tmp_path_factory.mktemp("servers")
    with mail_server(folder) as (post, server), chat_server(folder) as rooms:
        yield post, server, rooms


@pytest.fixture
def got(servers: Servers) -> Servers:
    post, _, rooms = servers
    post.messages, rooms.got, rooms.answers = [], [], Rooms().answers
    rooms.before_answering = None
    return servers


def at(path: Path, moment: str, server: MailServer | None, known: Chats) -> Result:
    request = replace(request_at(path, moment, job=BY_CASE, server=server), chats=known)
    return run(book_at(path, request.real_time), request)


def states(path: Path) -> list[tuple[object, ...]]:
    return column(path, "notices", "to", "state", "error")


KNOWN = chats(王芳群=WECOM, 教务处群=DINGTALK, 陈群=WECOM, 吴群=WECOM)
ASK = "此处不便详述，请向信访办当面了解。"


def people(*ways: dict[str, str]) -> dict[str, Any]:
    """An office in which each of these people handles a case of their own, by their place."""
    rows = [{"role": "经办人", "name": f"经办{i}", "email": f"h{i}@s.example", **way} for i, way in enumerate(ways, 1)]
    cases = [line(f"LV-{i:05d}", **{**HANDLED, "handler": f"经办{i}"}) for i in range(1, len(ways) + 1)]
    return {"register": cases, "people": rows}


@pytest.mark.on_both
def test_each_is_told_in_the_ways_they_chose_and_once(tmp_path: Path, got: Servers) -> None:
    post, server, rooms = got
    office = people(
        {},
        {"chat": "王芳群"},
        {"chat": "陈群", "told_by": "邮件"},
        {"chat": "吴群", "told_by": "群机器人"},
        {"told_by": "群机器人"},
        {"chat": "别的群", "told_by": "群机器人"},
    )
    path = ledger_at(tmp_path, **office, **LIVE)
    results = [at(path, moment, server, KNOWN) for moment in (TODAY, "2026-03-13T09:10")]
    assert (sorted(post.to), sorted(rooms.texts()), bool(results[1].edits)) == (
        [f"h{i}@s.example" for i in (1, 2, 3, 5, 6)],
        ["LV-00002 · 答复 · 3月22日\n详见邮件。", f"LV-00004 · 答复 · 3月22日\n{ASK}"],
        False,
    )
    assert sorted(row[:2] for row in states(path) if str(row[0]).startswith("chat")) == [
        ("chat:吴群", "sent"),
        ("chat:王芳群", "sent"),
    ]
    ((wrong,),) = [row for row in column(path, "people", "problems") if row[0]]
    assert "没有群“别的群”的地址" in str(wrong)


def test_what_a_chat_refuses_goes_by_mail_once_and_is_said_beside_the_row(
    tmp_path: Path, got: Servers, capfd: pytest.CaptureFixture[str]
) -> None:
    post, server, rooms = got
    rooms.answers[WECOM] = (200, '{"errcode":93000,"errmsg":"invalid webhook url"}')
    path = ledger_at(tmp_path, **people({"chat": "王芳群", "told_by": "群机器人"}, {"chat": "吴群"}), **LIVE)
    result = at(path, TODAY, server, KNOWN)
    show(result, print, tmp_path, dry_run=False, verbose=True)
    print(as_json(result, [], dry_run=False))
    at(path, "2026-03-13T09:10", server, KNOWN)
    assert (sorted(post.to), len(rooms.got)) == (["h1@s.example", "h2@s.example"], 2)
    assert sorted(row for row in states(path) if str(row[0]).startswith("chat")) == [
        ("chat:吴群", "failed", "chat: code 93000"),
        ("chat:王芳群", "sent", "chat: code 93000"),
    ]
    assert [str(row[0])[:7] for row in column(path, "people", "problems") if row[0]] == ["群“王芳群”没", "群“吴群”没有"]
    cells = [cell for sheet in ("notices", "runs", "history", "people") for cell in everything_in(path, sheet)]
    assert (SECRET in "".join(capfd.readouterr()), SECRET in repr(cells), SECRET in repr(result)) == (False,) * 3


def everything_in(path: Path, tab: str) -> list[object]:
    return [cell for row in shown_in(path, TAB[tab].label("zh")) for cell in row]


def test_what_was_said_in_a_chat_stands_for_a_mail_only_where_none_was_meant(tmp_path: Path, got: Servers) -> None:
    """A mail that was refused goes out at a mended address, and nobody is mailed what they wanted in their chat alone."""
    post, server, rooms = got
    path = ledger_at(tmp_path, **people({"chat": "王芳群"}, {"chat": "吴群", "told_by": "群机器人"}), **LIVE)
    post.on_rcpt = {"h1@s.example": "550 no such mailbox"}
    at(path, TODAY, server, KNOWN)
    refused, post.on_rcpt = post.to, {}
    typed(path, "邮箱", "new@s.example", tab="人员")
    typed(path, "通知方式", "邮件", tab="人员", row=3)
    at(path, "2026-03-13T09:10", server, KNOWN)
    assert (refused, post.to, len(rooms.got)) == ([], ["new@s.example"], 2)


def test_what_a_chat_refused_and_the_server_put_off_goes_by_mail_alone(tmp_path: Path, got: Servers) -> None:
    post, server, rooms = got
    rooms.answers[WECOM], post.on_rcpt = (500, ""), {"h1@s.example": "451 later"}
    path = ledger_at(tmp_path, **people({"chat": "王芳群", "told_by": "群机器人"}), **LIVE)
    at(path, TODAY, server, KNOWN)
    put_off, rooms.answers, post.on_rcpt = states(path), Rooms().answers, {}
    at(path, "2026-03-13T09:30", server, KNOWN)
    assert (put_off, post.to, len(rooms.got)) == (
        [("chat:王芳群", "retry", "chat: code 500; 451 later")],
        ["h1@s.example"],
        1,
    )
    assert states(path) == [("chat:王芳群", "sent", "")]


def test_an_alert_goes_every_way(tmp_path: Path, got: Servers) -> None:
    post, server, rooms = got
    person = {**FANG, "role": "值班", "chat": "王芳群", "told_by": "群机器人"}
    path = ledger_at(tmp_path, [line(important="✓", received_on="2026-03-13")], [person], **LIVE)
    at(path, TODAY, server, KNOWN)
    assert ("fang@s.example" in post.to, [text.splitlines()[0] for text in rooms.texts()]) == (
        True,
        ["LV-00001 · 紧急通知"],
    )


def test_on_trial_a_message_is_a_file_in_the_outbox(tmp_path: Path, got: Servers) -> None:
    post, server, rooms = got
    path = ledger_at(tmp_path, [line(**HANDLED)], [OWN, ADMIN])
    at(path, TODAY, server, KNOWN)
    files = [(str(mail["To"]), text_of(mail)) for mail in read(tmp_path / "out") if "chat:" in str(mail["To"])]
    assert (rooms.got, files, post.to) == ([], [('"chat:王芳群":;', f"{SAID}\n")], ["admin@s.example"])
    assert "群机器人：王芳群" in (tmp_path / "out" / "index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("moment", "settings", "sent"),
    [
        ("2026-03-13T06:59", {}, 0),
        ("2026-03-14T09:00", {}, 0),
        (TODAY, {"sending": "暂停"}, 0),
        (TODAY, {"storm_at": "1"}, 0),
        (TODAY, {"storm_at": "2"}, 2),
    ],
    ids=["early", "day off", "paused", "storm", "as many as may go"],
)
def test_what_holds_mail_holds_messages(
    tmp_path: Path, got: Servers, moment: str, settings: dict[str, str], sent: int
) -> None:
    """A message that only goes along with a mail is not counted as one more."""
    _, server, rooms = got
    path = ledger_at(tmp_path, **people({"chat": "王芳群"}, {"chat": "教务处群"}), **{**LIVE, **settings})
    at(path, moment, server, KNOWN)
    assert len(rooms.got) == sent


def send(ledger: str, port: int) -> None:
    at(Path(ledger), TODAY, MailServer("127.0.0.1", port, USER, PASSWORD, implicit_tls=False), KNOWN)


@pytest.mark.on_both
def test_of_a_run_that_is_killed_only_the_message_in_hand_is_said_twice(tmp_path: Path, got: Servers) -> None:
    post, server, rooms = got
    office = people(
        {"chat": "王芳群", "told_by": "群机器人"}, {"chat": "教务处群", "told_by": "群机器人"}, {"chat": "陈群"}
    )
    path = ledger_at(tmp_path, **office, **LIVE)
    child = started(send, address(path), server.port)
    rooms.before_answering = lambda count: kill(child) if count == 2 else None
    killed = ended(child)
    rooms.before_answering = None
    for moment in ("2026-03-13T09:15", "2026-03-13T09:20"):
        at(path, moment, server, KNOWN)
    said = Counter(text.split()[0] for text in rooms.texts())
    assert (killed, sorted(said.values()), post.to) == (-signal.SIGKILL, [1, 1, 2], ["h3@s.example"])
    assert {row[1] for row in states(path)} == {"sent"}
