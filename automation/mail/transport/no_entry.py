"""Why a mail server lets nobody in, in one sentence that says what to do: its certificate, its login, the way there."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Callable, Mapping
from pathlib import Path

from automation.ledger.errors import LedgerError
from automation.mail.transport.mailer import MailServer
from automation.mail.transport.refused_logins import refused_login
from automation.text.catalogue import Message, Row, msg
from automation.text.characters import one_line
from automation.workbooks.plain_files import reason_of

NamesShown = Callable[[MailServer], tuple[str, ...]]
"""Asks a server which names its certificate is for."""
_MOST_NAMES = 5
_OTHER_NAME = frozenset({62, 64})
"""OpenSSL's codes for a certificate that is for another name, or another address."""
_UNTRUSTED: Mapping[int, Message] = {
    9: msg(
        "The certificate of the mail server {place} is not valid yet, so nothing was sent: check the date of this computer, then ask whoever looks after the server."
    ),
    10: msg(
        "The certificate of the mail server {place} has expired, so nothing was sent: ask whoever looks after the server to renew it (and check the date of this computer)."
    ),
    18: msg(
        "The certificate of the mail server {place} was issued by nobody but the server itself, so nothing was sent: get it as a file from whoever looks after the server, and name that file in LEDGER_SMTP_CA."
    ),
    **dict.fromkeys(
        (2, 19, 20, 21),
        msg(
            "The certificate of the mail server {place} was issued by somebody this computer does not know, so nothing was sent: if that is the school itself, get its own certificate as a file and name that file in LEDGER_SMTP_CA; if not, check LEDGER_SMTP_HOST."
        ),
    ),
}
"""Why OpenSSL does not trust a certificate, by its codes."""
_OLD = ("PROTOCOL_VERSION", "UNSUPPORTED_PROTOCOL", "DH_KEY_TOO_SMALL", "HANDSHAKE_FAILURE")
_NO_TLS = "STARTTLS extension not supported"
_NO_LOGIN = ("AUTH extension not supported", "No suitable authentication")


class LoginRefusedError(OSError):
    """The server refused the login; the text is its reply."""


def trusted_by(server: MailServer) -> ssl.SSLContext:
    """What decides whom to trust: this computer's authorities, or only those in the server's file. Raises LedgerError."""
    try:
        return ssl.create_default_context(cafile=server.authorities or None)
    except ssl.SSLError as error:
        reason: Message | str = msg("it holds no certificate that begins with -----BEGIN CERTIFICATE-----")
        raise _bad_file(server, reason) from error
    except OSError as error:
        raise _bad_file(server, reason_of(error)) from error


def no_entry(server: MailServer, error: OSError, names_shown: NamesShown) -> LedgerError:
    """Why the server cannot be used, and what to do. Nothing was claimed or sent."""
    if isinstance(error, LoginRefusedError):
        return refused_login(server, str(error))
    if isinstance(error, ssl.SSLCertVerificationError):
        return LedgerError(_untrusted(server, error, names_shown))
    if isinstance(error, ssl.SSLError):
        return LedgerError(_no_tls(server, error))
    said = str(error)
    if _NO_TLS in said:
        return LedgerError(
            msg(
                "The mail server {place} offers no STARTTLS, so nothing was sent: set LEDGER_SMTP_TLS to implicit if its connections are encrypted from the start (often port 465); without TLS nothing is ever sent."
            ).of(place=server.place)
        )
    if any(one in said for one in _NO_LOGIN):
        return LedgerError(
            msg(
                "The mail server {place} lets nobody log in with a password, so nothing was sent: if it takes mail from this computer without a login, set LEDGER_SMTP_LOGIN to none, else to microsoft or google."
            ).of(place=server.place)
        )
    return LedgerError(_unreachable(server, error))


def _untrusted(server: MailServer, error: ssl.SSLCertVerificationError, names_shown: NamesShown) -> Message:
    code = error.verify_code
    if code in _OTHER_NAME:
        names = names_shown(server)
        shown = Row([*names[:_MOST_NAMES], *(["…"] if len(names) > _MOST_NAMES else [])])
        said = (
            msg(
                "The certificate of the mail server {place} is for another name, not for {host}, so nothing was sent. It is for: {names}. If that is your server, set LEDGER_SMTP_HOST to such a name."
            )
            if names
            else msg(
                "The certificate of the mail server {place} is for another name, not for {host}, so nothing was sent: check LEDGER_SMTP_HOST."
            )
        )
        return said.of(place=server.place, host=server.host, names=shown)
    if code in _UNTRUSTED:
        return _UNTRUSTED[code].of(place=server.place)
    return msg(
        "The certificate of the mail server {place} cannot be trusted ({reason}), so nothing was sent: ask whoever looks after the server."
    ).of(place=server.place, reason=one_line(error.verify_message or str(error), 120))


def _no_tls(server: MailServer, error: ssl.SSLError) -> Message:
    if any(one in (error.reason or "") for one in _OLD):
        return msg(
            "The mail server {place} offers only kinds of TLS that are no longer safe, so nothing was sent: ask whoever looks after the server for TLS 1.2."
        ).of(place=server.place)
    if server.is_implicit:
        return msg(
            "The mail server {place} does not begin with TLS, so nothing was sent: check the port, or set LEDGER_SMTP_TLS to starttls (often port 587)."
        ).of(place=server.place)
    return msg(
        "The mail server {place} could not agree on TLS ({reason}), so nothing was sent: ask whoever looks after the server."
    ).of(place=server.place, reason=one_line(str(error.reason or error), 120))


def _unreachable(server: MailServer, error: OSError) -> Message:
    reason = one_line(str(error), 120) or type(error).__name__
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        hint = (
            msg(
                "The mail server {place} gave no answer ({reason}), so nothing was sent: check the address, the network, and whether its connections are encrypted from the start (then set LEDGER_SMTP_TLS to implicit)."
            )
            if not server.is_implicit
            else msg(
                "The mail server {place} gave no answer ({reason}), so nothing was sent: check the address, the port and the network."
            )
        )
        return hint.of(place=server.place, reason=reason)
    if isinstance(error, socket.gaierror):
        return msg(
            "No mail server is called {host}, or the network is down, so nothing was sent: check LEDGER_SMTP_HOST and the network."
        ).of(host=server.host)
    if isinstance(error, ConnectionRefusedError):
        return msg(
            "No mail server answers at {place}, so nothing was sent: check the port, and whether a firewall is in between."
        ).of(place=server.place)
    return msg(
        "The mail server {place} cannot be used ({reason}), so nothing was sent: check the address, the network and that it offers TLS."
    ).of(place=server.place, reason=reason)


def _bad_file(server: MailServer, reason: Message | str) -> LedgerError:
    return LedgerError(
        msg(
            "The file of certificates {path} that LEDGER_SMTP_CA names cannot be used ({reason}), so nothing was sent: check the path and the file."
        ).of(path=Path(server.authorities).as_posix(), reason=reason)
    )
