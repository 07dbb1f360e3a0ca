"""`check --sign-in`, and a mail server said in `ledger.toml`, as a person uses them: on a real ledger, against real servers."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import jobs
from tests.commands.test_check import ready
from tests.support.mail_server import USER, mail_server
from tests.support.sign_in_server import CLIENT, sign_in_server
from tests.support.workbook_homes import address

Checked = Callable[..., Result]


@pytest.fixture
def checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Checked:
    """Calls `check` in a folder with this `ledger.toml`."""
    path = ready(tmp_path)
    monkeypatch.chdir(tmp_path)

    def call(settings: str, *options: str) -> Result:
        (tmp_path / "office.toml").write_text(settings, encoding="utf-8")
        typed = ["--config", "office.toml", "check", "-w", address(path), "--now", "2026-03-16T09:00", *options]
        return CliRunner().invoke(jobs.main, typed, prog_name="jobs.py")

    return call


def about_mail(ended: Result) -> list[str]:
    return [line.strip() for line in ended.stdout.splitlines() if re.search("邮件：|邮件服务器|登录|测试邮件", line)]


def test_one_sign_in_and_then_every_run_gets_in(
    tmp_path: Path, checked: Checked, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sign_in_server(tmp_path, monkeypatch) as accounts, mail_server(tmp_path) as (post, server):
        settings = (
            f'[mail]\nhost = "127.0.0.1"\nport = {server.port}\nuser = "{USER}"\ntls = "starttls"\n'
            f'login = "microsoft"\nclient = "{CLIENT}"\nauthority = "{accounts.address}/tenant"\n'
        )
        post.tokens = {"token-1-not-in-any-log"}
        before = about_mail(checked(settings))
        signed_in = checked(settings, "--sign-in")
        after = checked(settings, "--mail-to", "me@s.example")
    tried = f"邮件服务器：127.0.0.1:{server.port}，TLS 方式为 STARTTLS，以 Microsoft 365 账号 {USER} 登录。"
    let_in = f"邮件：127.0.0.1:{server.port} 允许 {USER} 登录，TLS 证书有效。"
    assert before == [tried, f"尚未以 {USER} 登录 Microsoft 365，没有发信：请运行一次 `jobs.py check --sign-in`。"]
    assert about_mail(after) == [tried, let_in, "测试邮件已发往 me@s.example。"]
    assert signed_in.stdout.splitlines()[:2] == [
        f"请用任意浏览器打开 {accounts.address}/device，输入代码 ABCD-EFGH，并以 {USER} 登录。正在等待……",
        "已登录，凭据保存在 office.sign-in.json。它等同于密码，请勿交给他人。",
    ]
    assert (tmp_path / "office.sign-in.json").stat().st_mode & 0o777 == 0o600
    assert post.to == ["me@s.example"]
    assert "not-in-any-log" not in signed_in.output + after.output


@pytest.mark.parametrize(
    ("settings", "options", "said"),
    [
        ("", ["--sign-in"], "set LEDGER_SMTP_HOST, and LEDGER_SMTP_LOGIN to"),
        ('[mail]\nhost = "h"\nuser = "u"\nlogin = "microsoft"\n', [], "LEDGER_SMTP_CLIENT is not set"),
        ('[mail]\nhost = "h"\nuser = "u"\nlogin = "microsoft"\nclient = "c"', ["--sign-in", "--dry-run"], "--dry-run"),
        ('[mail]\nhost = "h"\nlogin = "google"\nclient = "c"', [], "LEDGER_SMTP_USER is not set"),
        ('[mail]\nhost = "h"\nhots = "h"', [], "line 3: no option is called hots. Did you mean host?"),
        ('[mail]\nhost = "h"\npassword = "x"', [], "smtp_password"),
        ('[mail]\ntls = "none"', [], "implicit"),
    ],
)
def test_what_does_not_fit_together_is_one_sentence(
    checked: Checked, settings: str, options: list[str], said: str
) -> None:
    ended = checked(settings, *options)
    assert (ended.exit_code in (1, 2), ended.stdout, said in ended.stderr) == (True, "", True), ended.stderr


def test_a_relay_is_said_in_the_file_and_named_by_check(tmp_path: Path, checked: Checked) -> None:
    with mail_server(tmp_path, relay=True) as (post, server):
        settings = f'[mail]\nhost = "127.0.0.1"\nport = {server.port}\nlogin = "none"\nca = "ca.pem"\n'
        ended = checked(settings, "--mail-to", "me@s.example")
    assert (post.to, post.logins, about_mail(ended)) == (
        ["me@s.example"],
        [],
        [
            f"邮件服务器：127.0.0.1:{server.port}，TLS 方式为 STARTTLS（按端口判断，未设置 LEDGER_SMTP_TLS），不登录。",
            f"邮件：127.0.0.1:{server.port} 可以使用，TLS 证书有效，不需登录。",
            "测试邮件已发往 me@s.example。",
        ],
    )
