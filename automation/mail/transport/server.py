"""Mails handed to a mail server through yagmail, which connects, encrypts and logs in.

yagmail alone is not safe enough (each point tried with 0.16.0): it checks no certificate, waits for ever, logs in anew
for every mail, attaches a file if the text is a file's name, and after a lost connection sends again, so that two or
three copies arrive. So we keep the connection ourselves, build the message beforehand (`automation.mail.message`), and
hand over one mail to one reader at a time.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Mapping
from typing import Any

import yagmail

from automation.ledger.errors import LedgerError
from automation.mail.mail import Mail
from automation.mail.message import compose
from automation.mail.sign_in.tokens import access_token, xoauth2
from automation.mail.transport.mailer import Handed, HandingOver, MailServer, unmarked
from automation.mail.transport.no_entry import LoginRefusedError, no_entry, trusted_by
from automation.text.catalogue import msg
from automation.text.characters import one_line
from sheet_schema.languages import SOURCE
from sheet_schema.vocabulary import NoticeState

MOST_TIME_OUTS = 2
"""After so many a run stops sending: a server that hangs would keep the ledger locked for hours."""
_LONGEST_ERROR = 200
_DONE, _FORWARDED, _GO_ON = 250, 251, 354
"""SMTP codes: done; done, and the mail will be forwarded; go on with the content."""


class ServerMailer:
    """Keeps one connection, for one run in one thread."""

    leaves_doubt = True

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._connection = _Connection(server)
        self._broken = ""
        self._time_outs = 0
        self.ended: LedgerError | None = None

    def open(self) -> None:
        """Connect and log in. Raises LedgerError for an unknown host, a bad certificate or a refused login."""
        try:
            self._connection.login()
        except OSError as error:
            raise no_entry(self._server, error, _names_shown) from error

    def deliver(self, mail: Mail, handing_over: HandingOver = unmarked) -> Handed:
        """Refused for now (4xx) or not reached: RETRY. Refused for good (5xx): FAILED. Cut off half-way: HANDING_OVER."""
        if self._broken:
            return Handed(NoticeState.RETRY, self._broken, answered=False)
        try:
            text = _as_sent(compose(mail).as_bytes())
        except ValueError as error:
            return Handed(NoticeState.FAILED, f"not a mail: {type(error).__name__}")
        handed, try_again = self._hand_over(mail, text, handing_over)
        return self._hand_over(mail, text, handing_over)[0] if try_again else handed

    def _hand_over(self, mail: Mail, text: bytes, handing_over: HandingOver) -> tuple[Handed, bool]:
        """Try once; also says whether to try again, since a connection the server has closed only shows in use."""
        kept = self._connection.smtp is not None
        try:
            self._connection.login()
        except LedgerError as error:
            self._end(error)
            return Handed(NoticeState.RETRY, self._broken, answered=False), False
        except OSError as error:
            self._end(no_entry(self._server, error, _names_shown))
            return Handed(NoticeState.RETRY, self._broken, answered=False), False
        handed, gone = self._talk(mail, text, handing_over)
        return handed, gone and kept

    def _talk(self, mail: Mail, text: bytes, handing_over: HandingOver) -> tuple[Handed, bool]:
        """What the server made of the mail, and whether the connection was lost before it took anything.

        The mail is handed over from the server's 354 on: what is lost before has certainly not arrived.
        """
        smtp, taking = self._connection.smtp, False
        try:
            code, reply = smtp.mail(mail.sender)
            if code != _DONE:  # our own address is refused: no reader's fault, so every mail waits
                self._end(_sender_refused(mail.sender, _reply_line(code, reply)), _reply_line(code, reply))
                smtp.rset()
                return Handed(NoticeState.RETRY, self._broken, answered=False), False
            code, reply = smtp.rcpt(mail.to)
            if code not in (_DONE, _FORWARDED):
                smtp.rset()
                return _put_off_or_failed(code, reply), False
            handing_over()
            code, reply = smtp.docmd("DATA")
            if code != _GO_ON:
                smtp.rset()
                return _put_off_or_failed(code, reply), False
            taking = True
            smtp.send(text)
            code, reply = smtp.getreply()
        except OSError as error:
            self._connection.drop()
            reason = one_line(f"{type(error).__name__}: {error}", _LONGEST_ERROR)
            lost = Handed(NoticeState.HANDING_OVER if taking else NoticeState.RETRY, reason, answered=False)
            hangs = self._timed_out(error)
            return lost, not (taking or hangs)
        return (Handed(NoticeState.SENT) if code == _DONE else _put_off_or_failed(code, reply)), False

    def _timed_out(self, error: OSError) -> bool:
        """Whether the server just did not answer. The second time ends the run's sending: each costs half a minute."""
        waited = isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError)
        self._time_outs += waited
        if self._time_outs >= MOST_TIME_OUTS:
            self._end(_hangs(self._server))
        return waited

    def _end(self, why: LedgerError, line: str = "") -> None:
        """Hand over no more mails in this run."""
        self.ended, self._broken = why, line or why.say(SOURCE)

    def close(self) -> None:
        self._connection.hang_up()


class _Connection(yagmail.Client):  # type: ignore[misc]
    """yagmail's connection with its certificate checked, a timeout, every kind of login, and kept from mail to mail."""

    smtp: Any

    def __init__(self, server: MailServer, *, named: bool = True) -> None:
        """Without `named`, whatever name the certificate is for will do: only to read that name, never to log in."""
        trusted = trusted_by(server)
        trusted.check_hostname = named
        tls: dict[str, Any] = (
            {"smtp_ssl": True, "context": trusted}
            if server.is_implicit
            else {"smtp_ssl": False, "smtp_starttls": {"context": trusted}}
        )
        super().__init__(
            user=server.user,
            password="",
            host=server.host,
            port=server.port,
            smtp_skip_login=True,  # we log in ourselves, in more ways than yagmail knows
            soft_email_validation=False,
            timeout=server.timeout,
            **tls,
        )
        self.set_logging(None)
        self._server = server

    def login(self) -> None:
        """Connect and log in, unless connected already. Raises OSError, LoginRefusedError among them, and LedgerError.

        A token that is refused is renewed once, since a server may stop taking it before its time.
        """
        if self.smtp is not None:
            return
        try:
            self._enter(renew=False)
        except LoginRefusedError:
            if self._server.sign_in is None:
                raise
            self._enter(renew=True)

    def certificate(self) -> Mapping[str, Any]:
        """What the server's certificate says of itself. Raises OSError."""
        try:
            super().login()
            found: Mapping[str, Any] = self.smtp.sock.getpeercert()
            return found
        finally:
            self.drop()

    def _enter(self, *, renew: bool) -> None:
        server = self._server
        token = access_token(server.sign_in, renew=renew) if server.sign_in and server.login else ""
        try:
            super().login()
            self.smtp.ehlo_or_helo_if_needed()
            if server.login:
                self._log_in(token)
        except BaseException:
            self.drop()  # else a refused login would look like an open connection
            raise

    def _log_in(self, token: str) -> None:
        server = self._server
        try:
            if server.sign_in is None:
                self.smtp.login(server.user, server.password)
            else:  # asked again, the server wants to hear nothing more, and then says why it refuses
                self.smtp.auth("XOAUTH2", lambda asked=None: xoauth2(server.user, token) if asked is None else "")
        except OSError as error:
            if code := getattr(error, "smtp_code", 0):
                raise LoginRefusedError(_reply_line(code, getattr(error, "smtp_error", b""))) from None
            raise

    def drop(self) -> None:
        """Close without a word to the server."""
        if self.smtp is not None:
            self.smtp.close()
        self.smtp, self.is_closed = None, True

    def hang_up(self) -> None:
        if self.smtp is not None:
            with contextlib.suppress(OSError):  # it was gone already
                self.smtp.quit()
        self.drop()


def _as_sent(content: bytes) -> bytes:
    """The content as SMTP wants it: lines end in CRLF, one that begins with a dot gets another, and a dot ends it."""
    lines = re.sub(rb"\r\n|\r|\n", b"\r\n", content).removesuffix(b"\r\n")
    return re.sub(rb"(?m)^\.", b"..", lines) + b"\r\n.\r\n"


def _put_off_or_failed(code: int, reply: bytes | str) -> Handed:
    later = 400 <= code < 500
    return Handed(NoticeState.RETRY if later else NoticeState.FAILED, _reply_line(code, reply))


def _reply_line(code: int, reply: bytes | str) -> str:
    text = _decoded(reply) if isinstance(reply, bytes) else reply
    return one_line(f"{code} {text}", _LONGEST_ERROR)


def _decoded(reply: bytes) -> str:
    try:
        return reply.decode("utf-8")
    except UnicodeDecodeError:  # some servers in China
        return reply.decode("gb18030", "replace")


def _hangs(server: MailServer) -> LedgerError:
    place, seconds = server.place, round(server.timeout)
    return LedgerError(
        msg(
            "The mail server {place} twice gave no answer within {seconds} seconds, so this run stopped sending: the mails left go out at the next run. If this goes on, ask whoever looks after the mail server."
        ).of(place=place, seconds=seconds)
    )


def _sender_refused(sender: str, reply: str) -> LedgerError:
    return LedgerError(
        msg(
            "The mail server refused the sender {sender} ({reply}), so this run stopped sending: check LEDGER_SMTP_USER."
        ).of(sender=sender, reply=reply)
    )


def _names_shown(server: MailServer) -> tuple[str, ...]:
    """The names that the server's certificate is for, if it is trusted but for its name; nothing is said to the server."""
    try:
        found = _Connection(server, named=False).certificate()
    except OSError:
        return ()
    return tuple(name for _, name in found.get("subjectAltName", ()))
