"""Turns the options about the mail server, from the command line, the environment and `ledger.toml`, into one to connect to."""

from __future__ import annotations

import os
from pathlib import Path

from automation.commands.mail_options import BY_PASSWORD, IMPLICIT, WITHOUT_LOGIN
from automation.commands.options import RunOptions
from automation.ledger.errors import LedgerError
from automation.mail.sign_in.settings import WORLDWIDE, Provider, SignIn
from automation.mail.transport.mailer import MailServer
from automation.text.catalogue import msg


def mail_server(asked: RunOptions) -> MailServer | None:
    """The mail server in the options, or None. A password comes from the environment or yagmail's keyring.

    Raises LedgerError if only half of it is set.
    """
    if not asked.smtp_host:
        return None
    return MailServer(
        asked.smtp_host,
        asked.smtp_port,
        asked.smtp_user,
        _password(asked) if asked.smtp_login == BY_PASSWORD else "",
        implicit_tls=asked.smtp_tls == IMPLICIT if asked.smtp_tls else None,
        authorities=asked.smtp_ca,
        sign_in=sign_in_of(asked),
        login=asked.smtp_login != WITHOUT_LOGIN,
    )


def _password(asked: RunOptions) -> str:
    password = os.environ.get("LEDGER_SMTP_PASSWORD") or _from_keyring(asked.smtp_user)
    if not (asked.smtp_user and password):
        missing = "LEDGER_SMTP_PASSWORD" if asked.smtp_user else "LEDGER_SMTP_USER"
        raise LedgerError(
            msg(
                "LEDGER_SMTP_HOST is set, but {missing} is not: set both, or neither. If the server wants no password, say how it lets you in with LEDGER_SMTP_LOGIN."
            ).of(missing=missing)
        )
    return password


def sign_in_of(asked: RunOptions) -> SignIn | None:
    """The sign-in in the options that takes the place of a password; None where none does. Raises LedgerError if only half is set."""
    if asked.smtp_login in (BY_PASSWORD, WITHOUT_LOGIN):
        return None
    if not (asked.smtp_user and asked.smtp_client):
        missing = "LEDGER_SMTP_CLIENT" if asked.smtp_user else "LEDGER_SMTP_USER"
        raise LedgerError(
            msg(
                "LEDGER_SMTP_LOGIN is {login}, but {missing} is not set: “Mail servers” in docs/running.md says where it comes from."
            ).of(login=asked.smtp_login, missing=missing)
        )
    return SignIn(
        provider=Provider(asked.smtp_login),
        user=asked.smtp_user,
        host=asked.smtp_host.lower(),
        client=asked.smtp_client,
        kept_in=Path(asked.smtp_token_file),
        authority=asked.smtp_authority or WORLDWIDE,
    )


def _from_keyring(user: str) -> str:
    """The password that `yagmail.register(user, password)` stored on this computer, if keyring is installed."""
    try:
        import keyring  # a person may have installed it or not
    except ImportError:
        return ""
    return keyring.get_password("yagmail", user) or ""
