"""Messages handed to chats: each service's own form of reply, over real TLS on 127.0.0.1."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from automation.mail.mail import Mail
from automation.mail.transport import chat
from automation.mail.transport.chat import NO_ANSWER, NOT_SAFE, UNKNOWN, ChatMailer, plugin_of
from automation.mail.transport.chats import Chats
from automation.mail.transport.folder import FolderMailer
from automation.mail.transport.mailer import Handed
from automation.text.templates import Rendered
from sheet_schema.vocabulary import NoticeState
from tests.support.chat_server import (
    DINGTALK,
    ELSEWHERE,
    FEISHU,
    HANG,
    SECRET,
    SLACK,
    TEAMS,
    URLS,
    WECOM,
    Rooms,
    chat_server,
    chats,
)
from tests.support.small_office import CLOCK

TEXT = "LV-00001 · 答复 · 3月22日\n请看邮件。"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rooms]:
    with chat_server(tmp_path_factory.mktemp("chats")) as rooms:
        yield rooms


@pytest.fixture
def rooms(server: Rooms) -> Rooms:
    fresh = Rooms()
    server.got, server.answers, server.leads_to = fresh.got, fresh.answers, ""
    return server


def message(name: str = "x", instead: Mail | None = None) -> Mail:
    rendered = Rendered("s", TEXT, "<p>t</p>")
    return Mail("m1", "reminder", f"chat:{name}", "王芳", rendered, "o@s.example", "Office", CLOCK, instead=instead)


def mailer(tmp_path: Path, host: str) -> ChatMailer:
    return ChatMailer(FolderMailer(tmp_path / "out", "zh"), chats(x=host))


def test_every_service_gets_the_text_once_and_no_word_is_logged(
    rooms: Rooms, tmp_path: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(1)
    marked: list[str] = []
    handed = {host: mailer(tmp_path, host).deliver(message(), lambda: marked.append("")) for host in URLS}
    assert (set(handed.values()), [host for host, _ in rooms.got], len(marked)) == (
        {Handed(NoticeState.SENT)},
        list(URLS),
        len(URLS),
    )
    assert [text.replace("\r\n", "\n").replace("\\-", "-").strip() for text in rooms.texts()] == [TEXT] * len(URLS)
    assert (caplog.text, *capfd.readouterr()) == ("", "", "")


@pytest.mark.parametrize(
    ("host", "status", "body", "said"),
    [
        (WECOM, 200, '{"errcode":93000,"errmsg":"invalid webhook url"}', "code 93000"),
        (DINGTALK, 200, '{"errcode":310000,"errmsg":"keywords not in content"}', "code 310000"),
        (FEISHU, 200, '{"code":19001,"msg":"param invalid: incoming webhook access token invalid"}', "code 19001"),
        (TEAMS, 401, '{"error":{"code":"DirectApiAuthorizationRequired"}}', "code 401"),
        (SLACK, 403, "invalid_token", "code 403"),
        (SLACK, 200, "no_text", "code 200"),
        (ELSEWHERE, 500, SECRET, "code 500"),
        (WECOM, 502, SECRET, "code 502"),
        (WECOM, 200, f"<html>{SECRET}</html>", NO_ANSWER),
        (WECOM, 200, f'["{SECRET}"]', "TypeError"),
        (DINGTALK, 200, "{}", "KeyError"),
    ],
)
def test_a_refusal_is_known_whatever_its_form(
    rooms: Rooms, tmp_path: Path, caplog: pytest.LogCaptureFixture, host: str, status: int, body: str, said: str
) -> None:
    caplog.set_level(1)
    rooms.answers[host] = (status, body)
    handed = mailer(tmp_path, host).deliver(message())
    assert (handed, len(rooms.got), caplog.text) == (Handed(NoticeState.FAILED, f"chat: {said}"), 1, "")


def test_what_a_chat_does_not_take_goes_by_mail_where_no_mail_goes_along(rooms: Rooms, tmp_path: Path) -> None:
    rooms.answers[WECOM] = (500, "")
    mail = replace(message(), to="fang@s.example")
    handed = mailer(tmp_path, WECOM).deliver(message(instead=mail))
    assert (handed, [path.suffix for path in (tmp_path / "out").iterdir()]) == (
        Handed(NoticeState.WRITTEN, "chat: code 500"),
        [".eml"],
    )


@pytest.mark.parametrize("host", list(URLS))
def test_no_service_leads_elsewhere(rooms: Rooms, tmp_path: Path, host: str) -> None:
    rooms.answers[host], rooms.leads_to = (307, ""), URLS[FEISHU]
    handed = mailer(tmp_path, host).deliver(message())
    assert (handed.state, [one for one, _ in rooms.got]) == (NoticeState.FAILED, [host])


def test_nothing_is_said_again_because_an_address_asks_for_it(rooms: Rooms, tmp_path: Path) -> None:
    rooms.answers[ELSEWHERE] = (500, "")
    url = f"{URLS[ELSEWHERE]}?retry=3&wait=0.01"
    handed = ChatMailer(FolderMailer(tmp_path / "out", "zh"), Chats({"chat:x": url})).deliver(message())
    assert (handed.state, len(rooms.got)) == (NoticeState.FAILED, 1)


def test_a_service_that_hangs_is_waited_for_twice(
    rooms: Rooms, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chat, "TIMEOUT", 0.2)
    monkeypatch.setattr(chat, "_BETWEEN", 0.0)
    rooms.answers[WECOM] = (HANG, "")
    sending = mailer(tmp_path, WECOM)
    said = [sending.deliver(message()).error for _ in range(4)]
    assert (said, len(rooms.got)) == (["chat: ReadTimeout"] * 2 + [f"chat: {NO_ANSWER}"] * 2, 2)


@pytest.mark.parametrize("host", [WECOM, DINGTALK, FEISHU, SLACK])
def test_a_certificate_that_nobody_vouches_for_is_refused_even_if_the_address_asks_not_to_look(
    tmp_path: Path, host: str
) -> None:
    unchecked = {DINGTALK: f"dingtalk://{SECRET}/?verify=no", FEISHU: f"feishu://{SECRET}/?verify=no"}
    url = unchecked.get(host, f"{URLS[host]}{'&' if '?' in URLS[host] else '?'}verify=no")
    with chat_server(tmp_path, trusted=False) as rooms:
        handed = ChatMailer(FolderMailer(tmp_path / "out", "zh"), Chats({"chat:x": url})).deliver(message())
    assert (handed.state, SECRET in handed.error, rooms.got) == (NoticeState.FAILED, False, [])


@pytest.mark.parametrize(
    ("url", "why"),
    [
        (f"json://elsewhere.example/{SECRET}", NOT_SAFE),
        ("syslog://", NOT_SAFE),
        (f"mailtos://a:{SECRET}@s.example", NOT_SAFE),
        (f"https://elsewhere.example/{SECRET}", UNKNOWN),
        (f"wecombot://?{SECRET}", UNKNOWN),
        (SECRET, UNKNOWN),
    ],
)
def test_an_address_that_cannot_be_used_is_told_apart(
    url: str, why: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(1)
    assert (plugin_of(url), caplog.text, *capfd.readouterr()) == (why, "", "", "")


def test_secrets_are_in_no_repr() -> None:
    assert SECRET not in repr(chats(x=WECOM))


def test_the_logs_of_others_go_on_afterwards(rooms: Rooms, tmp_path: Path) -> None:
    before = logging.getLogger("apprise").handlers[:]
    mailer(tmp_path, SLACK).deliver(message())
    assert (logging.getLogger("apprise").handlers, logging.getLogger("apprise").propagate) == (before, True)
