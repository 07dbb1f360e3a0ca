"""The mailbox that is read, on a real IMAP server: encrypted, trusted, never changed, and never waited for without end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import date
from pathlib import Path
from time import monotonic

import pytest

from automation.ledger.errors import LedgerError
from automation.mail.replies import mailbox as bounds
from automation.mail.replies.mailbox import Interest, MailboxServer, Reading, ReadUpTo
from automation.mail.sign_in import microsoft
from automation.mail.sign_in.kept import keep
from automation.mail.transport import imap
from automation.mail.transport.imap import ImapMailbox
from tests.mail.sign_in.test_sign_in import at_microsoft
from tests.support.imap_server import Inbox, imap_server
from tests.support.sign_in_server import sign_in_server

FROM_THE_START = ReadUpTo(0, 0, date(2026, 3, 1))
Server = tuple[Inbox, MailboxServer]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with imap_server(tmp_path_factory.mktemp("imap")) as found:
        yield found


def mail(number: int, size: int = 0) -> bytes:
    return f"From: a@b.example\r\nSubject: {number}\r\n\r\n{'x' * size}\r\n".encode()


def everything(_: bytes) -> Interest:
    return Interest.WHOLE


def read(
    server: MailboxServer, before: ReadUpTo = FROM_THE_START, wanted: Callable[[bytes], Interest] = everything
) -> Reading:
    return ImapMailbox(server).read(before, wanted)


def test_what_came_since_is_read_in_order_and_nothing_in_the_mailbox_changes(server: Server) -> None:
    inbox, mailbox = server
    inbox.put(mail(1), mail(2))
    first = read(mailbox)
    last = first.mails[-1].uid
    inbox.put(mail(3))
    then = read(mailbox, ReadUpTo(first.validity, last, date(2026, 3, 1)), lambda _: Interest.SENDER)
    assert [one.headers.split(b"Subject: ")[1][:1] for one in (*first.mails, *then.mails)] == [b"1", b"2", b"3"]
    assert [(one.content is None, one.is_of_interest) for one in then.mails] == [(True, True)]
    assert str(first.mails[0].arrived) == "2026-03-18 02:00:00+00:00"
    assert inbox.flags() == [frozenset()] * 3
    asked = b"".join(inbox.commands)
    assert asked.index(b" ID (") < asked.index(
        b"EXAMINE"
    )  # NetEase opens no folder to a program that did not say its name
    assert not {b"SELECT", b"STORE", b"EXPUNGE", b"BODY["} & {
        word for word in (b"SELECT", b"STORE", b"EXPUNGE", b"BODY[") if word in asked
    }


def test_a_folder_that_is_numbered_anew_is_read_from_the_first_mail_on(server: Server) -> None:
    found = read(server[1], ReadUpTo(1, 10_000, date(2026, 3, 1)))
    assert [one.headers.split(b"Subject: ")[1][:1] for one in found.mails][:2] == [b"1", b"2"]


def test_no_more_and_no_larger_mails_are_fetched_than_a_run_has_time_for(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    inbox, mailbox = server
    inbox.put(mail(7, size=5000))
    monkeypatch.setattr(imap, "LARGEST_MAIL", 4000)
    large = read(mailbox).mails[-1]
    monkeypatch.setattr(imap, "MOST_MAILS", 2)
    some = read(mailbox)
    times = iter(range(0, 1000, int(bounds.LONGEST_READING)))
    none = ImapMailbox(mailbox, lambda: float(next(times))).read(FROM_THE_START, everything)
    assert (large.content, large.is_of_interest, large.size > 5000) == (None, True, True)
    assert (len(some.mails), some.more, len(none.mails), none.more) == (2, True, 1, True)


def test_a_server_that_says_nothing_ends_the_reading_and_what_was_read_counts(server: Server) -> None:
    inbox, mailbox = server
    started, known = monotonic(), len(inbox.commands)
    inbox.hang_after, inbox.hang = known + 8, 1.0
    try:
        found = read(replace(mailbox, timeout=0.3))
    finally:
        inbox.hang_after = None
    assert found.ended is not None
    assert "0 seconds" in str(found.ended)
    assert (len(found.mails) < 3, monotonic() - started < 5) == (True, True)


WRONG: dict[str, tuple[dict[str, object], str]] = {
    "password": ({"password": "wrong"}, "refused the login of office@s.example"),
    "folder": ({"folder": "Replies"}, "has no folder Replies"),
    "port": ({"port": 9}, "cannot be used"),
    "no such host": ({"host": "nowhere.invalid"}, "cannot be used"),
}


@pytest.mark.parametrize(("wrong", "said"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_said_in_one_sentence_without_the_password(
    server: Server, wrong: dict[str, object], said: str
) -> None:
    mailbox = replace(server[1], **wrong)  # type: ignore[arg-type]
    with pytest.raises(LedgerError) as refused:
        ImapMailbox(mailbox).look()
    assert said in str(refused.value)
    assert mailbox.password not in f"{refused.value} {mailbox!r}"


@pytest.mark.parametrize(
    ("other", "why"),
    [({"trusted": False}, "issuer"), ({"name": "elsewhere.example"}, "mismatch")],
    ids=["unknown", "name"],
)
def test_a_certificate_that_does_not_hold_is_refused_before_anything_is_said(
    tmp_path: Path, other: dict[str, object], why: str
) -> None:
    server: AbstractContextManager[Server] = imap_server(tmp_path, **other)  # type: ignore[arg-type]
    with server as (inbox, mailbox), pytest.raises(LedgerError, match=f"certificate.*{why}"):
        ImapMailbox(mailbox).look()
    assert b"LOGIN" not in b"".join(inbox.commands)


def test_a_server_that_does_not_begin_with_tls_is_not_said_to_have_a_bad_certificate(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imap, "IMPLICIT_TLS", server[1].port)
    with pytest.raises(LedgerError, match="offers TLS"):
        ImapMailbox(server[1]).look()


def test_a_server_that_is_encrypted_from_the_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with imap_server(tmp_path, implicit=True) as (inbox, mailbox):
        monkeypatch.setattr(imap, "IMPLICIT_TLS", mailbox.port)
        inbox.put(mail(1))
        assert len(read(mailbox).mails) == 1


@pytest.mark.parametrize("implicit", [False, True], ids=["STARTTLS", "implicit TLS"])
def test_a_sign_in_takes_the_place_of_a_password_and_its_token_is_renewed_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, implicit: bool
) -> None:
    with (
        sign_in_server(tmp_path, monkeypatch) as accounts,
        imap_server(tmp_path, implicit=implicit, token="token-2-not-in-any-log") as (inbox, server),
    ):
        sign_in = replace(at_microsoft(accounts, tmp_path), reads=True)
        microsoft.sign_in_by_code(sign_in, lambda page, code: None)
        mailbox = replace(server, password="", sign_in=sign_in)
        monkeypatch.setattr(imap, "IMPLICIT_TLS", server.port if implicit else 0)
        inbox.put(mail(1))
        assert (len(read(mailbox).mails), accounts.given) == (1, 2)
        assert "IMAP.AccessAsUser.All" in accounts.asked[0]["scope"]
        accounts.given = 6
        keep(sign_in, "{}")
        microsoft.sign_in_by_code(sign_in, lambda page, code: None)
        with pytest.raises(LedgerError, match="does not take the sign-in"):
            read(mailbox)
