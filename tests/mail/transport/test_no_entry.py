"""Every kind of mail server that schools have, real ones; and why one lets nobody in, in a sentence that says what to do."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme

from automation.ledger.errors import LedgerError
from automation.mail.sign_in.settings import Provider, SignIn
from automation.mail.transport.mailer import MailServer
from automation.mail.transport.no_entry import LoginRefusedError, no_entry
from automation.mail.transport.server import ServerMailer
from tests.mail.transport.test_server import SENT, handed, mail
from tests.support.mail_server import PASSWORD, USER, mail_server

DAY = timedelta(days=1)
NOW = datetime.now(UTC)


def said_by(server: MailServer) -> str:
    with pytest.raises(LedgerError) as refused:
        ServerMailer(server).open()
    assert PASSWORD not in str(refused.value)
    return refused.value.say("en")


@pytest.mark.parametrize("implicit", [False, True], ids=["STARTTLS", "implicit TLS"])
def test_a_relay_that_asks_for_no_login_is_used_only_if_somebody_said_so(tmp_path: Path, *, implicit: bool) -> None:
    with mail_server(tmp_path, relay=True, implicit=implicit) as (post, server):
        refused = said_by(server)
        got = handed(replace(server, login=False, user="", password=""), mail())
    assert (got, post.to, post.logins) == ([SENT], ["fang@s.example"], [])
    assert "set LEDGER_SMTP_LOGIN to none" in refused


@pytest.mark.parametrize("implicit", [False, True], ids=["STARTTLS", "implicit TLS"])
def test_a_school_trusts_its_own_authority_by_a_file_and_then_no_other(tmp_path: Path, *, implicit: bool) -> None:
    theirs = tmp_path / "school.pem"
    with mail_server(tmp_path, trusted=False, implicit=implicit) as (_, server):
        (tmp_path / "theirs").mkdir()
        other = (tmp_path / "ca.pem").read_bytes()
        theirs.write_bytes(other)
        assert "does not know" in said_by(replace(server, authorities=str(theirs)))
    with mail_server(tmp_path, implicit=implicit) as (_, server):
        theirs.write_bytes((tmp_path / "ca.pem").read_bytes())
        (tmp_path / "ca.pem").write_bytes(other)
        assert "does not know" in said_by(server)
        assert handed(replace(server, authorities=str(theirs)), mail()) == [SENT]
        (tmp_path / "ca.pem").write_bytes(theirs.read_bytes())
        theirs.write_bytes(other)
        assert "does not know" in said_by(replace(server, authorities=str(theirs)))


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "No such file or directory"),
        (b"no certificate", "it holds no certificate"),
        (b"", "it holds no certificate"),
    ],
)
def test_a_file_of_certificates_that_is_none_is_named(tmp_path: Path, content: bytes | None, reason: str) -> None:
    path = tmp_path / "school.pem"
    if content is not None:
        path.write_bytes(content)
    said = said_by(MailServer("127.0.0.1", 1, USER, PASSWORD, authorities=str(path)))
    assert (str(path) in said, reason in said) == (True, True), said


def alone(authority: trustme.CA) -> trustme.LeafCert:
    return trustme.LeafCert(authority.private_key_pem.bytes(), authority.cert_pem.bytes(), [])


@pytest.mark.parametrize(
    ("issue", "trusted", "said"),
    [
        (lambda one: one.issue_cert("127.0.0.1", not_after=NOW - DAY), True, "has expired"),
        (lambda one: one.issue_cert("127.0.0.1", not_before=NOW + DAY), True, "is not valid yet"),
        (lambda one: one.issue_cert("mx.s.example", "192.0.2.1"), True, "It is for: mx.s.example, 192.0.2.1."),
        (
            lambda one: one.issue_cert(*(f"m{n}.s.example" for n in range(9))),
            True,
            "It is for: m0.s.example, m1.s.example, m2.s.example, m3.s.example, m4.s.example, ….",
        ),
        (lambda one: one.issue_cert("mx.s.example"), False, "issued by somebody this computer does not know"),
        (lambda one: one.create_child_ca().issue_cert("127.0.0.1"), False, "issued by somebody this computer does not"),
        (alone, False, "issued by nobody but the server itself"),
    ],
    ids=["expired", "not yet", "name", "many names", "unknown", "unknown above", "self-signed"],
)
@pytest.mark.parametrize("implicit", [False, True], ids=["STARTTLS", "implicit TLS"])
def test_why_a_certificate_is_refused(
    tmp_path: Path, issue: Callable[[trustme.CA], trustme.LeafCert], said: str, *, trusted: bool, implicit: bool
) -> None:
    with mail_server(tmp_path, issue=issue, trusted=trusted, implicit=implicit) as (post, server):
        assert said in said_by(server)
    assert (post.logins, post.messages) == ([], [])


def test_a_server_that_speaks_first_is_waited_for_only_so_long(tmp_path: Path) -> None:
    with mail_server(tmp_path, implicit=True) as (_, server):
        said = said_by(replace(server, implicit_tls=False, timeout=0.3))
    assert "then set LEDGER_SMTP_TLS to implicit" in said


def none_shown(_: MailServer) -> tuple[str, ...]:
    return ()


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (ssl.SSLError(1, "[SSL: UNSUPPORTED_PROTOCOL] unsupported protocol"), "no longer safe"),
        (ssl.SSLError(1, "[SSL: SOMETHING] new"), "could not agree on TLS"),
        (OSError("nobody there"), "cannot be used (nobody there)"),
        (socket.gaierror(-2, "Name or service not known"), "No mail server is called mx"),
    ],
)
def test_what_else_stands_in_the_way(error: OSError, said: str) -> None:
    if isinstance(error, ssl.SSLError):
        error.reason = str(error).partition("SSL: ")[2].partition("]")[0]
    assert said in no_entry(MailServer("mx", 587, USER, PASSWORD, implicit_tls=False), error, none_shown).say("en")


MICROSOFT = SignIn(Provider.MICROSOFT, USER, "smtp.office365.com", "id", Path("x"))
ANSWERS = [
    ("smtp.office365.com", "535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant. Visit https://aka.ms/smtp_auth_disabled for more information. [X.EURP251.PROD.OUTLOOK.COM]", "tick Authenticated SMTP"),
    ("smtp-mail.outlook.com", "535 5.7.139 Authentication unsuccessful, basic authentication is disabled. [X.PROD.OUTLOOK.COM]", "takes no passwords any more"),
    ("smtp.office365.com", "535 5.7.139 Authentication unsuccessful, user is locked by your organization's security defaults policy. Contact your administrator.", "security defaults or Conditional Access"),
    ("smtp.office365.com", "535 5.7.139 Authentication unsuccessful, the request did not meet the criteria to be authenticated successfully. Contact your administrator.", "security defaults or Conditional Access"),
    ("smtp.office365.com", "535 5.7.3 Authentication unsuccessful [X.PROD.OUTLOOK.COM]", "check LEDGER_SMTP_USER and LEDGER_SMTP_PASSWORD"),
    ("smtp.gmail.com", "534 5.7.9 Application-specific password required. Learn more at 5.7.9 https://support.google.com/mail/?p=InvalidSecondFactor h26 - gsmtp", "app password"),
    ("smtp.gmail.com", "535 5.7.8 Username and Password not accepted. For more information, go to 5.7.8 https://support.google.com/mail/?p=BadCredentials v8 - gsmtp", "app password"),
    ("smtp.gmail.com", "534 5.7.14 Please log in via your web browser and then try again. https://support.google.com/mail/?p=WebLoginRequired", "with a browser first"),
    ("smtp.qq.com", "535 Login Fail. Please enter your authorization code to login. More information in http://service.mail.qq.com/cgi-bin/help?subtype=1&&id=28&&no=1001256", "authorisation code"),
    ("smtp.exmail.qq.com", "535 Error: authentication failed, system busy", "authorisation code"),
    ("smtp.163.com", "535 Error: authentication failed", "authorisation code"),
    ("smtp.163.com", "550 User has no permission", "turn on SMTP"),
    ("mail.school.example", "535 5.7.8 Error: authentication failed: UGFzc3dvcmQ6", "check LEDGER_SMTP_USER and LEDGER_SMTP_PASSWORD"),
]  # fmt: skip


@pytest.mark.parametrize(("host", "reply", "said"), ANSWERS)
def test_what_the_servers_of_schools_answer_is_explained(host: str, reply: str, said: str) -> None:
    server = MailServer(host, 465, USER, PASSWORD)
    told = no_entry(server, LoginRefusedError(reply), none_shown).say("en")
    assert (said in told, reply in told) == (True, True), told


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (ANSWERS[0][1], "tick Authenticated SMTP"),
        (ANSWERS[3][1], "Conditional Access"),
        (ANSWERS[4][1], "also with a new token"),
    ],
)
def test_what_a_refused_token_means(reply: str, said: str) -> None:
    server = MailServer("smtp.office365.com", 587, USER, "", sign_in=MICROSOFT)
    assert said in no_entry(server, LoginRefusedError(reply), none_shown).say("en")


def test_a_real_refusal_is_read_in_the_encoding_of_the_server(tmp_path: Path) -> None:
    with mail_server(tmp_path) as (post, server):
        post.refuses = "535 Error: 请使用授权码登录。详情请看: http://service.mail.qq.com/cgi-bin/help"
        said = said_by(replace(server, password="wrong"))
    assert ("authorisation code" in said, "请使用授权码登录" in said) == (True, True)
