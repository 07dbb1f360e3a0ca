"""The options that say where mails go, and how a mail server is spoken to."""

from __future__ import annotations

import click

from automation.commands.defaults_file import SIGN_IN_FILE
from automation.commands.language import here
from automation.commands.own_help import together

BY_PASSWORD, WITHOUT_LOGIN = "password", "none"
LOGINS = (BY_PASSWORD, "microsoft", "google", WITHOUT_LOGIN)
IMPLICIT, STARTTLS = "implicit", "starttls"

_MORE_OF_MAIL = (
    click.option(
        "--smtp-token-file",
        envvar="LEDGER_SMTP_TOKEN_FILE",
        default=SIGN_IN_FILE,
        hidden=True,
        metavar=here("FILE"),
        help=here("Where a sign-in without a password is kept; beside ledger.toml unless said."),
    ),
    click.option(
        "--smtp-authority",
        envvar="LEDGER_SMTP_AUTHORITY",
        default="",
        hidden=True,
        metavar=here("URL"),
        help=here("Where Microsoft's accounts sign in, for a cloud or organisation of its own."),
    ),
    click.option(
        "--smtp-client",
        envvar="LEDGER_SMTP_CLIENT",
        default="",
        hidden=True,
        metavar=here("CLIENT"),
        help=here("The application that signs in: its ID at Microsoft, its JSON file of Google."),
    ),
    click.option(
        "--smtp-ca",
        envvar="LEDGER_SMTP_CA",
        default="",
        metavar=here("FILE"),
        help=here("Certificates to trust instead of the computer's: the school's own authority."),
    ),
    click.option(
        "--smtp-login",
        envvar="LEDGER_SMTP_LOGIN",
        type=click.Choice(LOGINS),
        default=LOGINS[0],
        show_default=True,
        help=here("How to log in: by password, by a sign-in to Microsoft or Google, or not at all (a relay)."),
    ),
    click.option(
        "--smtp-tls",
        envvar="LEDGER_SMTP_TLS",
        type=click.Choice((IMPLICIT, STARTTLS)),
        help=here("How TLS begins: with the connection, or by STARTTLS. Never without."),
    ),
)


with_mail = together(
    click.option(
        "--smtp-user",
        envvar="LEDGER_SMTP_USER",
        default="",
        metavar=here("ADDRESS"),
        help=here("Who logs in; the password is LEDGER_SMTP_PASSWORD."),
    ),
    *_MORE_OF_MAIL,
    click.option(
        "--smtp-port",
        envvar="LEDGER_SMTP_PORT",
        default=465,
        show_default=True,
        type=click.IntRange(1, 65535),
        metavar=here("PORT"),
        help=here("The port, often 465 (TLS from the start) or 587 (STARTTLS)."),
    ),
    click.option(
        "--smtp-host",
        envvar="LEDGER_SMTP_HOST",
        default="",
        metavar=here("HOST"),
        help=here("Mail server, which must offer TLS."),
    ),
    click.option(
        "--outbox",
        metavar=here("DIR"),
        default="",
        help=here("Write mails into this folder instead of sending."),
    ),
)
"""Adds the options that say where mails go."""
