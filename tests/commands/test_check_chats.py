"""The addresses of chats: where they are kept, what `check` says of them, and a test message."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

import jobs
from automation.commands.chat_addresses import chats_of_call
from tests.support.chat_server import DINGTALK, SECRET, SLACK, URLS, WECOM, chat_server
from tests.support.ledger_in_memory import line
from tests.support.small_office import FANG, HANDLED, column, ledger_at

ROOM = ({"name": "教务处", "email": "jw@s.example", "head": "王强", "chat": "教务处群"},)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a ledger of one person with a chat and a department with another."""
    monkeypatch.chdir(tmp_path)
    ledger_at(tmp_path, [line(**HANDLED)], [{**FANG, "chat": "王芳 群"}], ROOM)
    return tmp_path


def told(*arguments: str) -> Result:
    return CliRunner().invoke(jobs.main, ["--language", "zh", *arguments, "--now", "2026-03-13T09:00"])


def settings_in(folder: Path, text: str) -> Path:
    path = folder / "ledger.toml"
    path.write_text(text, "utf-8")
    path.chmod(0o600)
    return path


def lines_about_chats(result: Result) -> list[str]:
    return [text.strip() for text in result.output.splitlines() if "群" in text]


def test_check_names_every_chat_and_who_may_read_the_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert lines_about_chats(told("check")) == [
        "群“教务处群”：未设地址，教务处只能收到邮件。",
        "群“王芳群”：未设地址，王芳只能收到邮件。",
    ]
    path = settings_in(
        folder, f'[chat]\n"王芳群" = "{URLS[WECOM]}"\n"旧群" = "{URLS[SLACK]}"\n"坏群" = "json://x/{SECRET}"\n'
    )
    monkeypatch.setenv("LEDGER_CHAT_教务处群", URLS[DINGTALK])
    result = told("check")
    assert (lines_about_chats(result), SECRET in result.output) == (
        [
            "群“教务处群”：已设地址，使用者：教务处。",
            "群“旧群”：已设地址，无人使用。",
            "群“王芳群”：已设地址，使用者：王芳。",
            "群“坏群”：地址不能用（不经TLS加密），一律发邮件。",
        ],
        False,
    )
    path.chmod(0o640)
    assert (
        "群机器人：本机其他人可以读取ledger.toml，里面有保密地址：请取消该权限（chmod 600）。" in told("check").output
    )


def test_an_address_typed_into_the_sheet_is_told_and_not_said_again(folder: Path) -> None:
    (folder / "other").mkdir()
    path = ledger_at(folder / "other", [line(**HANDLED)], [{**FANG, "chat": URLS[WECOM]}], ROOM)
    checked, ran = told("check", "-w", str(path)), told("run", "-w", str(path))
    assert "王芳的“群机器人”一栏填的是地址" in checked.output
    assert "这里填的是群机器人的地址" in ran.output
    assert SECRET not in checked.output + ran.output


def test_a_test_message_is_sent_only_where_it_is_asked_for(folder: Path) -> None:
    settings_in(folder, f'[chat]\n"王芳群" = "{URLS[WECOM]}"\n')
    with chat_server(folder) as rooms:
        told("check")
        before = list(rooms.got)
        sent = told("check", "--chat", "王芳群")
        rooms.answers[WECOM] = (200, '{"errcode":93000}')
        refused, unknown = told("check", "--chat", "王芳群"), told("check", "--chat", "没有的群")
    assert (before, rooms.texts()) == ([], ["这是一条测试消息。"] * 2)
    assert "群“王芳群”收下了测试消息。" in sent.output
    assert "群“王芳群”没有收下测试消息（code 93000）" in refused.output
    assert "群“没有的群”未设地址。" in unknown.output
    assert SECRET not in sent.output + refused.output + unknown.output


@pytest.mark.parametrize(
    "text", [f'chat = "{SECRET}"', f'[chat]\nx = ["{SECRET}"]', f'[chat.x]\ny = "{SECRET}"', f'[chat]\nx = "{SECRET}']
)
def test_a_file_that_is_wrong_is_told_without_what_stands_there(folder: Path, text: str) -> None:
    settings_in(folder, text)
    result = told("check")
    assert (result.exit_code, SECRET in result.output, "ledger.toml" in result.output) == (2, False, True)


def test_the_environment_comes_first_and_names_are_compared_as_people_write_them(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings_in(folder, '[chat]\n"The-Office" = "slack://a/b/c"\nother = " "\n')
    monkeypatch.setenv("LEDGER_CHAT_THE_OFFICE", "slack://d/e/f")
    found = []
    probe = click.Command("probe", callback=lambda: found.append(chats_of_call()))
    group = click.Group("main", commands={"probe": probe}, params=jobs.main.params)
    CliRunner().invoke(group, ["probe"])
    assert [dict(one.urls) for one in found] == [{"chat:theoffice": "slack://d/e/f"}]


def test_a_chat_that_leads_where_another_does_is_nobodys_own(folder: Path) -> None:
    settings_in(
        folder, f'[chat]\n"王芳群" = "{URLS[WECOM]}"\n"全校 群" = "{URLS[WECOM]}/"\n"教务处群" = "{URLS[SLACK]}"\n'
    )
    with chat_server(folder) as rooms:
        said = told("check", "--chat", "王芳群")
        CliRunner().invoke(jobs.main, ["run", "--now", "2026-03-13T09:00", "--outbox", "out"])
    assert rooms.got == []
    assert lines_about_chats(said)[-2:] == [
        "群“全校群”：地址不能用（另有一个名称用同一地址，无法知道谁会看到），一律发邮件。",
        "群“王芳群”：地址不能用（另有一个名称用同一地址，无法知道谁会看到），一律发邮件。",
    ]
    ((wrong,),) = [row for row in column(folder / "ledger.xlsx", "people", "problems") if row[0]]
    assert "还有一个名称" in str(wrong)
