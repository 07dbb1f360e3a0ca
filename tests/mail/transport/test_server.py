"""Mails handed to a real server: checked certificate, login, one kept connection, the right outcome for every fault."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from automation.ledger.errors import LedgerError
from automation.mail.mail import Attachment, Mail
from automation.mail.message import compose
from automation.mail.transport.mailer import Handed, MailServer
from automation.mail.transport.server import ServerMailer
from automation.text.templates import Rendered
from sheet_schema.vocabulary import NoticeState
from tests.support.mail_server import DROP, HANG, PASSWORD, USER, free_port, mail_server

SENT = Handed(NoticeState.SENT)


def mail(to: str = "fang@s.example", **parts: object) -> Mail:
    rendered = Rendered("LV-00001 答复", "正文 text\n", "<p>正文</p>")
    plain = Mail(
        "id" + to.partition("@")[0],
        "reminder",
        to,
        "王芳",
        rendered,
        USER,
        "信访办",
        datetime(2026, 3, 18, 9, tzinfo=UTC),
    )
    return replace(plain, **parts)  # type: ignore[arg-type]


def handed(server: MailServer, *mails: Mail) -> list[Handed]:
    mailer = ServerMailer(server)
    mailer.open()
    got = [mailer.deliver(one) for one in mails]
    mailer.close()
    return got


@pytest.mark.parametrize("implicit", [False, True], ids=["STARTTLS", "implicit TLS"])
def test_one_login_one_connection_one_reader_a_mail(tmp_path: Path, *, implicit: bool) -> None:
    to = [f"reader{i}@s.example" for i in range(5)]
    with mail_server(tmp_path, implicit=implicit) as (post, server):
        got = handed(server, *map(mail, to))
    assert (got, post.to, post.logins, post.commands) == ([SENT] * 5, to, [USER], ["QUIT"])
    message = post.messages[0][1]
    assert (message["To"], message["Subject"], message["Message-ID"], message.get_body(("plain",)).get_content()) == (  # type: ignore[union-attr]
        "王芳 <reader0@s.example>",
        "LV-00001 答复",
        "<idreader0@s.example>",
        "正文 text\r\n",
    )


@pytest.mark.parametrize(
    ("fault", "state", "error"),
    [
        ({"on_rcpt": {"fang@s.example": "450 4.2.1 busy"}}, NoticeState.RETRY, "450 4.2.1 busy"),
        ({"on_rcpt": {"fang@s.example": "550 5.1.1 nobody here"}}, NoticeState.FAILED, "550 5.1.1 nobody here"),
        ({"on_data": {"fang@s.example": "452 4.3.1 full"}}, NoticeState.RETRY, "452 4.3.1 full"),
        ({"on_data": {"fang@s.example": "554 5.7.1 spam"}}, NoticeState.FAILED, "554 5.7.1 spam"),
        # cut off before the mail was handed over: it certainly did not arrive
        ({"on_rcpt": {"fang@s.example": DROP}}, NoticeState.RETRY, "SMTPServerDisconnected: Connection unexpectedly closed"),
        ({"on_rcpt": {"fang@s.example": HANG}}, NoticeState.RETRY, "SMTPServerDisconnected: Connection unexpectedly closed: The read operation timed out"),
        ({"before_354": {"fang@s.example": "451 4.3.0 later"}}, NoticeState.RETRY, "451 4.3.0 later"),
        ({"before_354": {"fang@s.example": DROP}}, NoticeState.RETRY, "SMTPServerDisconnected: Connection unexpectedly closed"),
        ({"before_354": {"fang@s.example": HANG}}, NoticeState.RETRY, "SMTPServerDisconnected: Connection unexpectedly closed: The read operation timed out"),
        # cut off afterwards: nobody can know
        ({"on_data": {"fang@s.example": DROP}}, NoticeState.HANDING_OVER, "SMTPServerDisconnected: Connection unexpectedly closed"),
        ({"after_data": {"fang@s.example"}}, NoticeState.HANDING_OVER, "SMTPServerDisconnected: Connection unexpectedly closed"),
        ({"on_data": {"fang@s.example": HANG}}, NoticeState.HANDING_OVER, "SMTPServerDisconnected: Connection unexpectedly closed: The read operation timed out"),
    ],
    ids=["rcpt 4xx", "rcpt 5xx", "data 4xx", "data 5xx", "drop before", "hang before", "354 4xx", "drop before 354", "hang before 354", "drop in data", "drop after", "hang in data"],
)  # fmt: skip
def test_a_fault_is_one_readers_own(tmp_path: Path, fault: dict[str, object], state: NoticeState, error: str) -> None:
    """One reader's fault decides about that mail only: those before and after it go out."""
    with mail_server(tmp_path) as (post, server):
        for name, value in fault.items():
            setattr(post, name, value)
        got = handed(server, mail("a@s.example"), mail(), mail("b@s.example"))
    assert got == [SENT, Handed(state, error), SENT]
    assert [to for to in post.to if to != "fang@s.example"] == ["a@s.example", "b@s.example"]


@pytest.mark.parametrize(
    ("fault", "marked", "counted"),
    [
        ({}, 1, True),
        ({"on_rcpt": {"fang@s.example": "450 busy"}}, 0, True),
        ({"on_rcpt": {"fang@s.example": DROP}}, 0, False),
        ({"before_354": {"fang@s.example": "451 later"}}, 1, True),
        ({"before_354": {"fang@s.example": DROP}}, 2, False),  # at once again, on a new connection
        ({"on_data": {"fang@s.example": "452 full"}}, 1, True),
        ({"on_data": {"fang@s.example": DROP}}, 1, False),
    ],
)
def test_a_mail_is_marked_just_before_it_is_handed_over(
    tmp_path: Path, fault: dict[str, object], marked: int, *, counted: bool
) -> None:
    """Before the mark nothing can have left; what the server never took or refused is no attempt."""
    seen: list[int] = []
    with mail_server(tmp_path) as (post, server):
        for name, value in fault.items():
            setattr(post, name, value)
        mailer = ServerMailer(server)
        mailer.open()
        got = mailer.deliver(mail(), lambda: seen.append(len(post.messages)))
        mailer.close()
    assert (seen, got.answered) == ([0] * marked, counted)


@pytest.mark.parametrize("where", ["on_rcpt", "before_354", "on_data"])
def test_after_two_time_outs_no_more_mails_are_handed_over(tmp_path: Path, where: str) -> None:
    to = ["a@s.example", "hangs1@s.example", "b@s.example", "hangs2@s.example", "c@s.example"]
    with mail_server(tmp_path) as (post, server):
        setattr(post, where, {"hangs1@s.example": HANG, "hangs2@s.example": HANG})
        mailer = ServerMailer(replace(server, timeout=0.3))
        mailer.open()
        ended = []
        for one in to:
            mailer.deliver(mail(one))
            ended.append(mailer.ended is not None)
        mailer.close()
    assert (ended, post.to) == ([False, False, False, True, True], ["a@s.example", "b@s.example"])
    assert mailer.ended is not None
    assert "twice gave no answer within 0 seconds" in mailer.ended.say("en")


def test_a_line_that_is_a_dot_ends_no_mail(tmp_path: Path) -> None:
    text = ".\n..\n.end\n\nlast\n"
    with mail_server(tmp_path) as (post, server):
        assert handed(server, mail(rendered=Rendered("s", text, "<p>.</p>"))) == [SENT]
    body = post.messages[0][1].get_body(("plain",))
    assert body is not None
    assert body.get_content().replace("\r\n", "\n") == text


def test_a_connection_closed_between_two_mails_is_opened_again(tmp_path: Path) -> None:
    with mail_server(tmp_path) as (post, server):
        post.lets_go_after = 1
        got = handed(server, mail("a@s.example"), mail("b@s.example"), mail("c@s.example"))
    assert (got, post.to, len(post.logins)) == ([SENT] * 3, ["a@s.example", "b@s.example", "c@s.example"], 2)


def test_what_is_attached_arrives_whole(tmp_path: Path) -> None:
    report = Attachment("统计 2026-02.html", "text/html", f"<p>{'二月' * 999}</p>\n.\n".encode())
    with mail_server(tmp_path) as (post, server):
        assert handed(server, mail(attachments=(report,))) == [SENT]
    (attached,) = post.messages[0][1].iter_attachments()
    assert isinstance(attached, EmailMessage)
    assert (attached.get_filename(), attached.get_content()) == (report.name, report.content.decode())


def test_the_same_mail_is_the_same_to_the_byte() -> None:
    assert compose(mail()).as_bytes() == compose(mail()).as_bytes()


def test_a_refused_sender_is_no_readers_fault(tmp_path: Path) -> None:
    with mail_server(tmp_path) as (post, server):
        post.on_mail = "553 5.7.1 not yours"
        assert handed(server, mail("a@s.example"), mail()) == [Handed(NoticeState.RETRY, "553 5.7.1 not yours")] * 2


@pytest.mark.parametrize(
    ("wrong", "trusted", "name", "sentence"),
    [
        ({"password": "wrong"}, True, "127.0.0.1", "refused the login of office@s.example"),
        ({}, False, "127.0.0.1", "issued by somebody this computer does not know"),
        ({}, True, "mail.other.example", "It is for: mail.other.example."),
        ({"port": 1}, True, "127.0.0.1", "No mail server answers at 127.0.0.1:1"),
        ({"implicit_tls": True}, True, "127.0.0.1", "does not begin with TLS"),
    ],
    ids=["password", "unknown authority", "another's certificate", "nobody there", "wrong kind of TLS"],
)
def test_nobody_is_let_in(tmp_path: Path, wrong: dict[str, object], name: str, sentence: str, *, trusted: bool) -> None:
    with mail_server(tmp_path, trusted=trusted, name=name) as (post, server):
        mailer = ServerMailer(replace(server, **wrong))  # type: ignore[arg-type]
        for _ in range(2):  # a refused login must not look like an open line the second time
            with pytest.raises(LedgerError) as refused:
                mailer.open()
            assert (sentence in refused.value.say("en"), PASSWORD in str(refused.value)) == (True, False)
    assert post.messages == []


def test_a_server_without_tls_gets_neither_password_nor_mail(tmp_path: Path) -> None:
    from aiosmtpd.controller import Controller

    with mail_server(tmp_path) as (post, server):
        port = free_port()
        open_line = Controller(post, hostname="127.0.0.1", port=port, authenticator=post.authenticate)
        open_line.start()
        try:
            with pytest.raises(LedgerError, match="offers no STARTTLS"):
                ServerMailer(replace(server, port=port)).open()
        finally:
            open_line.stop()
    assert (post.logins, post.messages) == ([], [])


@pytest.mark.parametrize(
    "name", ["王, 芳", 'Wang "Fang"', "Wang\nBcc: x@y.example", "王" * 200, "a@b.example,", "=?utf-8?q?x?="]
)
def test_a_name_never_misdirects(tmp_path: Path, name: str) -> None:
    with mail_server(tmp_path) as (post, server):
        assert handed(server, mail(reader=name)) == [SENT]
    message = post.messages[0][1]
    assert ([one.addr_spec for one in message["To"].addresses], message["Bcc"]) == (["fang@s.example"], None)


@pytest.mark.parametrize(
    "to", ["a b@s.example", "a@例子.example", "a@s.example\nBcc: x@y.example", "", "a", "a@s.example "]
)
def test_a_bad_address_fails_its_own_mail_only(tmp_path: Path, to: str) -> None:
    """The outbox never lets such an address through; if one came, only its own mail would fail."""
    with mail_server(tmp_path) as (post, server):
        got = handed(server, mail(to), mail("b@s.example"))
    assert ([one.state for one in got], post.to) == ([NoticeState.FAILED, NoticeState.SENT], ["b@s.example"])


def test_the_name_of_a_file_attaches_nothing(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    with mail_server(tmp_path) as (post, server):
        handed(server, mail(rendered=Rendered(str(secret), str(secret), str(secret))))
    message = post.messages[0][1]
    assert (list(message.iter_attachments()), "secret\n" in message.as_string()) == ([], False)


def test_the_password_shows_in_no_text() -> None:
    assert PASSWORD not in repr(MailServer("h", 1, "u", PASSWORD))
