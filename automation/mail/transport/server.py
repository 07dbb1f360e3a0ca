"""Mails handed to a mail server through yagmail, which connects, encrypts and logs in.

yagmail alone is not safe enough (each point tried with 0.16.0): it checks no certificate, waits for ever, logs in anew
for every mail, attaches a file if the text is a file's name, and after a lost connection sends again, so that two or
three copies arrive. So we keep the connection ourselves, build the message beforehand (`automation.mail.message`), and
hand over one mail to one reader at a time.
"""

from __future__ import annotations

import contextlib
import ssl
from typing import Any

import yagmail

from automation.ledger.errors import LedgerError
from automation.mail.mail import Mail
from automation.mail.message import compose
from automation.mail.transport.mailer import Handed, MailServer
from automation.text.characters import one_line
from sheet_schema.vocabulary import NoticeState

IMPLICIT_TLS = frozenset({465, 994})
"""Ports on which the connection is encrypted from its first byte; on all others it begins with STARTTLS."""
_LONGEST_ERROR = 200
_REFUSED_LOGIN = frozenset({530, 534, 535, 538})
"""SMTP codes that mean the user or the password is wrong."""


class ServerMailer:
    """Keeps one connection, for one run in one thread."""

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._connection = _Connection(server)
        self._broken = ""

    def open(self) -> None:
        """Connect and log in. Raises LedgerError for an unknown host, a bad certificate or a refused login."""
        try:
            self._connection.login()
        except OSError as error:
            raise _no_entry(self._server, error) from error

    def deliver(self, mail: Mail) -> Handed:
        """Refused for now (4xx) or not reached: RETRY. Refused for good (5xx): FAILED. Cut off half-way: CLAIMED."""
        if self._broken:
            return Handed(NoticeState.RETRY, self._broken)
        try:
            text = compose(mail).as_string()
        except ValueError as error:
            return Handed(NoticeState.FAILED, f"not a mail: {type(error).__name__}")
        handed, try_again = self._hand_over(mail, text)
        return self._hand_over(mail, text)[0] if try_again else handed

    def _hand_over(self, mail: Mail, text: str) -> tuple[Handed, bool]:
        """Try once; also says whether to try again, since a connection the server has closed only shows in use."""
        kept = self._connection.smtp is not None
        try:
            self._connection.login()
        except OSError as error:
            self._broken = _no_entry(self._server, error).en
            return Handed(NoticeState.RETRY, self._broken), False
        handed, gone = self._talk(mail.sender, mail.to, text)
        return handed, gone and kept

    def _talk(self, sender: str, to: str, text: str) -> tuple[Handed, bool]:
        """What the server made of the mail, and whether the connection was lost before it took anything."""
        smtp, taking = self._connection.smtp, False
        try:
            code, reply = smtp.mail(sender)
            if code != 250:  # our own address is refused: no reader's fault, so every mail waits
                self._broken = _reply_line(code, reply)
                smtp.rset()
                return Handed(NoticeState.RETRY, self._broken), False
            code, reply = smtp.rcpt(to)
            if code not in (250, 251):
                smtp.rset()
                return _put_off_or_failed(code, reply), False
            taking = True
            code, reply = smtp.data(text)
        except OSError as error:
            answered = getattr(error, "smtp_code", None)
            if answered is not None:
                return _put_off_or_failed(answered, getattr(error, "smtp_error", b"")), False
            self._connection.drop()
            reason = one_line(f"{type(error).__name__}: {error}", _LONGEST_ERROR)
            return Handed(NoticeState.CLAIMED if taking else NoticeState.RETRY, reason), not taking
        return (Handed(NoticeState.SENT) if code == 250 else _put_off_or_failed(code, reply)), False

    def close(self) -> None:
        self._connection.hang_up()


class _Connection(yagmail.Client):  # type: ignore[misc]
    """yagmail's connection with its certificate checked, a timeout, and kept from mail to mail."""

    smtp: Any

    def __init__(self, server: MailServer) -> None:
        implicit = server.port in IMPLICIT_TLS if server.implicit_tls is None else server.implicit_tls
        trusted = ssl.create_default_context()
        tls: dict[str, Any] = (
            {"smtp_ssl": True, "context": trusted}
            if implicit
            else {"smtp_ssl": False, "smtp_starttls": {"context": trusted}}
        )
        super().__init__(
            user=server.user,
            password=server.password,
            host=server.host,
            port=server.port,
            soft_email_validation=False,
            timeout=server.timeout,
            **tls,
        )
        self.set_logging(None)
        self.user = server.user  # yagmail adds "@gmail.com" to a name without @

    def login(self) -> None:
        """Log in unless connected already. Raises OSError."""
        if self.smtp is not None:
            return
        try:
            super().login()
        except BaseException:
            self.drop()  # else a refused login would look like an open connection
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


def _put_off_or_failed(code: int, reply: bytes | str) -> Handed:
    later = 400 <= code < 500
    return Handed(NoticeState.RETRY if later else NoticeState.FAILED, _reply_line(code, reply))


def _reply_line(code: int, reply: bytes | str) -> str:
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return one_line(f"{code} {text}", _LONGEST_ERROR)


def _no_entry(server: MailServer, error: OSError) -> LedgerError:
    """Why the server cannot be used, and what to do. Nothing was claimed or sent."""
    place = f"{server.host}:{server.port}"
    if isinstance(error, ssl.SSLError):
        return LedgerError(
            f"The certificate of the mail server {place} cannot be trusted, so nothing was sent: check LEDGER_SMTP_HOST and the port.",
            f"邮件服务器 {place} 的证书无法验证，没有发信：请核对 LEDGER_SMTP_HOST 和端口。",
        )
    if getattr(error, "smtp_code", 0) in _REFUSED_LOGIN:
        return LedgerError(
            f"The mail server {place} refused the login of {server.user}, so nothing was sent: check LEDGER_SMTP_USER and LEDGER_SMTP_PASSWORD.",
            f"邮件服务器 {place} 拒绝 {server.user} 登录，没有发信：请核对 LEDGER_SMTP_USER 和 LEDGER_SMTP_PASSWORD。",
        )
    reason = one_line(str(error), 120) or type(error).__name__
    return LedgerError(
        f"The mail server {place} cannot be used ({reason}), so nothing was sent: check the address, the network and that it offers TLS.",
        f"无法使用邮件服务器 {place}（{reason}），没有发信：请检查地址、网络以及是否支持 TLS。",
    )
