"""The options that say in which mailbox replies are read."""

from __future__ import annotations

import click

from automation.commands.language import here
from automation.commands.own_help import together

with_imap_host = click.option(
    "--imap-host",
    envvar="LEDGER_IMAP_HOST",
    default="",
    metavar=here("HOST"),
    help=here("Where replies to our mails are read (IMAP, over TLS); without it none are."),
)


with_mailbox = together(
    click.option(
        "--imap-folder",
        envvar="LEDGER_IMAP_FOLDER",
        default="INBOX",
        show_default=True,
        metavar=here("NAME"),
        help=here("The one folder in which replies are looked for."),
    ),
    click.option(
        "--imap-user",
        envvar="LEDGER_IMAP_USER",
        default="",
        metavar=here("ADDRESS"),
        help=here("Who logs in there; unless said, as for sending. The password is LEDGER_IMAP_PASSWORD."),
    ),
    click.option(
        "--imap-port",
        envvar="LEDGER_IMAP_PORT",
        default=993,
        show_default=True,
        type=click.IntRange(1, 65535),
        metavar=here("PORT"),
        help=here("993 (TLS from the start) or 143 (STARTTLS)."),
    ),
    with_imap_host,
)
"""Adds the options that say where replies are read."""
