"""Tries the mail server for `check`, and says what it tried: where, how TLS begins, how it logs in."""

from __future__ import annotations

from automation.commands.program import with_program
from automation.ledger.errors import LedgerError
from automation.mail.sign_in.settings import Provider
from automation.mail.transport.mailer import MailServer
from automation.text.catalogue import Message, msg
from automation.workbooks.laid_out import Found
from sheet_schema import Language

_HOW_TLS = {True: msg("TLS from the start"), False: msg("TLS by STARTTLS")}
_BY_PORT = {
    True: msg("TLS from the start, to judge by the port (LEDGER_SMTP_TLS does not say)"),
    False: msg("TLS by STARTTLS, to judge by the port (LEDGER_SMTP_TLS does not say)"),
}
_SIGNED_IN = {
    Provider.MICROSOFT: msg("a sign-in to Microsoft 365 as {user}"),
    Provider.GOOGLE: msg("a sign-in to Google as {user}"),
}


def try_server(server: MailServer, language: Language) -> Found:
    """Connect and log in; no mail is sent."""
    from automation.mail.transport.server import ServerMailer  # takes a tenth of a second: only if there is a server

    tls = (_BY_PORT if server.implicit_tls is None else _HOW_TLS)[server.is_implicit]
    tried = msg("Mail server: {place}, with {tls} and {login}.").of(place=server.place, tls=tls, login=_login(server))
    mailer = ServerMailer(server)
    try:
        mailer.open()
    except LedgerError as error:
        return Found((tried.say(language),), (with_program(error.say(language)),))
    finally:
        mailer.close()
    return Found((tried.say(language), _lets_in(server).say(language)), ())


def _login(server: MailServer) -> Message:
    if not server.login:
        return msg("no login")
    said = msg("the password of {user}") if server.sign_in is None else _SIGNED_IN[server.sign_in.provider]
    return said.of(user=server.user)


def _lets_in(server: MailServer) -> Message:
    if not server.login:
        return msg("Mail: {host}:{port} is there, over TLS with a certificate that holds; it asks for no login.").of(
            host=server.host, port=server.port
        )
    return msg("Mail: {host}:{port} lets {user} in, over TLS with a certificate that holds.").of(
        host=server.host, port=server.port, user=server.user
    )
