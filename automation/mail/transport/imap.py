"""A mailbox read over IMAP by imap-tools: the certificate always checked, and nothing in it ever changed.

The folder is opened read-only (EXAMINE) and mails are fetched with BODY.PEEK, so that each is as unread as before.
"""

from __future__ import annotations

import contextlib
import imaplib
import re
import ssl
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from time import monotonic

from imap_tools import BaseMailBox, MailBox, MailBoxStartTls
from imap_tools.errors import ImapToolsError, MailboxFolderSelectError, MailboxLoginError

from automation.ledger.errors import LedgerError
from automation.mail.replies.mailbox import (
    LARGEST_MAIL,
    LONGEST_HEADERS,
    LONGEST_READING,
    MOST_MAILS,
    Fetched,
    Interest,
    MailboxServer,
    Reading,
    ReadUpTo,
    Wanted,
)
from automation.mail.sign_in.tokens import access_token
from automation.text.catalogue import msg
from automation.text.characters import one_line

IMPLICIT_TLS = 993
"""The port on which the connection is encrypted from its first byte; on all others it begins with STARTTLS."""
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_NO_ANSWER = (OSError, imaplib.IMAP4.error, ImapToolsError)


class ImapMailbox:
    """One folder of one account. Each reading has a connection of its own."""

    def __init__(self, server: MailboxServer, seconds: Callable[[], float] = monotonic) -> None:
        self._server = server
        self._seconds = seconds

    @property
    def name(self) -> str:
        return self._server.name

    def read(self, before: ReadUpTo, wanted: Wanted) -> Reading:
        """The mails that came since. Raises LedgerError if the server lets nobody in or has no such folder."""
        started = self._seconds()
        connection = self._connected()
        try:
            validity = self._opened(connection)
            state = _state(connection, validity)
            try:
                uids = _uids(connection, before if before.validity == validity else ReadUpTo(validity, 0, before.since))
            except _NO_ANSWER as error:
                raise _cannot_use(self._server, error) from error
            found: list[Fetched] = []
            for uid in uids[:MOST_MAILS]:
                if self._seconds() - started > LONGEST_READING:
                    return Reading(validity, found, more=True)
                try:
                    connection, mail = self._fetched(connection, uid, wanted)
                except (LedgerError, *_NO_ANSWER) as error:
                    last = self._headers_alone(uid, validity)
                    why = error if isinstance(error, LedgerError) else _cannot_use(self._server, error)
                    return Reading(validity, [*found, *last], why, more=True)
                found.append(mail)
            more = len(uids) > MOST_MAILS
            return Reading(validity, found, more=more, state="" if more else state)
        finally:
            _drop(connection)

    def _fetched(self, connection: BaseMailBox, uid: int, wanted: Wanted) -> tuple[BaseMailBox, Fetched]:
        """The mail, and the connection, which may be a new one: what was lost or timed out is tried once more."""
        try:
            return connection, _fetched(connection, uid, wanted)
        except (OSError, imaplib.IMAP4.abort):
            _drop(connection)
            again = self._connected()
            try:
                self._opened(again)
                return again, _fetched(again, uid, wanted)
            except BaseException:
                _drop(again)
                raise

    def _headers_alone(self, uid: int, validity: int) -> list[Fetched]:
        """A mail that could not be fetched twice, if its headers can be: so that it is named, and does not stop every later run."""
        connection = None
        try:
            connection = self._connected()
            if self._opened(connection) != validity:
                return []
            mail = _fetched(connection, uid, lambda _: Interest.NONE)
        except (LedgerError, *_NO_ANSWER):
            return []
        finally:
            _drop(connection)
        return [replace(mail, is_of_interest=True)] if mail.headers else []

    def look(self) -> str:
        """Log in, open the folder, and say what state it is in, as a reading does. Raises LedgerError."""
        connection = self._connected()
        try:
            return _state(connection, self._opened(connection))
        finally:
            _drop(connection)

    def _connected(self) -> BaseMailBox:
        server = self._server
        kind = MailBox if server.port == IMPLICIT_TLS else MailBoxStartTls
        connection = None
        try:
            trusted = ssl.create_default_context(cafile=server.authorities or None)
            connection = kind(server.host, server.port, timeout=server.timeout, ssl_context=trusted)
            _log_in(connection, server)
        except MailboxLoginError as error:
            _drop(connection)
            raise _refused(server) from error
        except _NO_ANSWER as error:
            _drop(connection)
            raise _cannot_use(server, error) from error
        _introduced(connection)
        return connection

    def _opened(self, connection: BaseMailBox) -> int:
        """Open the folder read-only, and return its UIDVALIDITY."""
        try:
            connection.folder.set(self._server.folder, readonly=True)
            said = connection.client.response("UIDVALIDITY")[1]
        except MailboxFolderSelectError as error:
            raise _no_folder(self._server) from error
        except _NO_ANSWER as error:
            raise _cannot_use(self._server, error) from error
        return int(said[0]) if said and said[0] else 0


def _log_in(connection: BaseMailBox, server: MailboxServer) -> None:
    """By password, or by a token, which is renewed once if the server no longer takes it."""
    try:
        _say_who(connection, server)
    except MailboxLoginError:
        if server.sign_in is None:
            raise
        _say_who(connection, server, renew=True)


def _say_who(connection: BaseMailBox, server: MailboxServer, *, renew: bool = False) -> None:
    try:
        if server.sign_in is not None:
            connection.xoauth2(server.user, access_token(server.sign_in, renew=renew), initial_folder=None)
        elif server.user.isascii() and server.password.isascii():
            connection.login(server.user, server.password, initial_folder=None)
        else:
            connection.login_utf8(server.user, server.password, initial_folder=None)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as error:  # how imaplib says that the server said no
        raise MailboxLoginError(("NO", []), "OK") from error


def _state(connection: BaseMailBox, validity: int) -> str:
    said = connection.client.response("UIDNEXT")[1]
    return f"{validity} {int(said[0])}" if said and said[0] else ""


def _introduced(connection: BaseMailBox) -> None:
    """Say which program this is (RFC 2971): NetEase (163, 126) opens no folder to one that has not."""
    imaplib.Commands.setdefault("ID", ("AUTH", "SELECTED"))
    with contextlib.suppress(imaplib.IMAP4.error):
        connection.client._simple_command("ID", '("name" "letters-and-visits-ledger" "version" "1")')


def _uids(connection: BaseMailBox, before: ReadUpTo) -> list[int]:
    """The numbers of the mails that came since, in order."""
    day = before.since
    since = f" SINCE {day.day:02d}-{_MONTHS[day.month - 1]}-{day.year}" if not before.uid else ""
    criteria = f"UID {before.uid + 1}:*{since}"
    found = (int(uid) for uid in connection.uids(criteria, charset=None))
    return sorted(uid for uid in found if uid > before.uid)  # of `n:*` a server names the last mail in any case


def _fetched(connection: BaseMailBox, uid: int, wanted: Wanted) -> Fetched:
    """One mail: its headers, and all of it if that is wanted. A mail that is gone by now is empty."""
    line, headers = _part(connection, uid, f"BODY.PEEK[HEADER]<0.{LONGEST_HEADERS}>")
    size = re.search(rb"RFC822\.SIZE (\d+)", line)
    mail = Fetched(uid, int(size[1]) if size else 0, headers, arrived=_arrival(line))
    interest = wanted(headers) if headers else Interest.NONE
    whole = interest is Interest.WHOLE and mail.size <= LARGEST_MAIL
    content = _part(connection, uid, "BODY.PEEK[]")[1] if whole else None
    return replace(mail, content=content, is_of_interest=interest > Interest.NONE)


def _part(connection: BaseMailBox, uid: int, part: str) -> tuple[bytes, bytes]:
    """A part of a mail, behind what the server says of it."""
    said, data = connection.client.uid("FETCH", str(uid), f"(UID RFC822.SIZE INTERNALDATE {part})")
    if said != "OK":
        raise imaplib.IMAP4.error(said)
    found = (pair for pair in _literals(data) if re.search(rb"\bUID %d\b" % uid, pair[0]))
    return next(found, (b"", b""))


def _arrival(line: bytes) -> datetime | None:
    """When the server took the mail in."""
    found = re.search(rb'INTERNALDATE "\s?(\d{1,2})-(\w{3})-(\d{4}) (\d\d):(\d\d):(\d\d) ([+-])(\d\d)(\d\d)"', line)
    if found is None or found[2].decode() not in _MONTHS:
        return None
    day, year, hour, minute, second, ahead, more = (int(found[at]) for at in (1, 3, 4, 5, 6, 8, 9))
    ahead_of_utc = timedelta(hours=ahead, minutes=more) * (-1 if found[7] == b"-" else 1)
    try:
        month = _MONTHS.index(found[2].decode()) + 1
        return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=timezone(ahead_of_utc))
    except ValueError:
        return None


def _literals(data: object) -> Iterator[tuple[bytes, bytes]]:
    """The answers that carry something, each with all that is said of it, before and behind."""
    parts = data if isinstance(data, list) else []
    for at, one in enumerate(parts):
        if isinstance(one, tuple):
            behind = parts[at + 1] if at + 1 < len(parts) and isinstance(parts[at + 1], bytes) else b""
            yield one[0] + b" " + behind, one[1]


def _drop(connection: BaseMailBox | None) -> None:
    if connection is not None:
        with contextlib.suppress(*_NO_ANSWER):
            connection.client.shutdown()


def _refused(server: MailboxServer) -> LedgerError:
    if server.sign_in is not None:
        return LedgerError(
            msg(
                "The mailbox server {place} does not take the sign-in of {user}, also with a new token, so no reply was read: run `check --sign-in` again, and see that IMAP is switched on for that mailbox."
            ).of(place=f"{server.host}:{server.port}", user=server.user)
        )
    return LedgerError(
        msg(
            "The mailbox server {place} refused the login of {user}, so no reply was read: check the password in LEDGER_IMAP_PASSWORD (without it, that in LEDGER_SMTP_PASSWORD counts), and that IMAP is switched on in the mailbox's settings."
        ).of(place=f"{server.host}:{server.port}", user=server.user)
    )


def _no_folder(server: MailboxServer) -> LedgerError:
    return LedgerError(
        msg("The mailbox of {user} has no folder {folder}, so no reply was read: check LEDGER_IMAP_FOLDER.").of(
            user=server.user, folder=server.folder
        )
    )


def _cannot_use(server: MailboxServer, error: Exception) -> LedgerError:
    place = f"{server.host}:{server.port}"
    if isinstance(error, ssl.SSLCertVerificationError):
        return LedgerError(
            msg(
                "The certificate of the mailbox server {place} cannot be trusted ({reason}), so no reply was read: check LEDGER_IMAP_HOST; if the school issued it itself, name its own certificate in LEDGER_SMTP_CA."
            ).of(place=place, reason=one_line(error.verify_message or str(error), 120))
        )
    if isinstance(error, TimeoutError):
        return LedgerError(
            msg(
                "The mailbox server {place} gave no answer within {seconds} seconds, so no further reply was read: the next run goes on from there."
            ).of(place=place, seconds=round(server.timeout))
        )
    reason = one_line(str(error), 120) if isinstance(error, OSError) else type(error).__name__
    return LedgerError(
        msg(
            "The mailbox server {place} cannot be used ({reason}), so no further reply was read: check the address, the network and that it offers TLS."
        ).of(place=place, reason=reason or type(error).__name__)
    )
