"""Declares the commands about the rights of those named and the end of files, as `command_line.py` does most others."""

from __future__ import annotations

from typing import Any

import click

from automation.commands.language import here
from automation.commands.options import (
    Session,
    in_session,
    typed_each_time,
    with_into,
    with_json,
    with_now,
    with_workbook,
)
from automation.commands.own_help import argument, command


@command(
    help=here(
        "Everything that stands about one person, by NAME, in the ledger, its year books, its backups and the files beside it; what may be about another of that name apart.\n\nFor the office only. Restricted cases, and files, are looked into with --restricted. --into writes what may be handed to the person, with what is about others masked."
    )
)
@argument("name", nargs=-1, required=True, metavar=here("NAME"))
@click.option(
    "--contact",
    multiple=True,
    metavar=here("CONTACT"),
    help=here("A telephone number or mail address of theirs; may be given several times."),
)
@click.option(
    "--restricted",
    is_flag=True,
    allow_from_autoenv=False,
    callback=typed_each_time,
    help=here("Look into restricted cases, too, and tell of them: only for whoever may open the ledger."),
)
@with_into(help=here("Write what may be handed to the person into this folder, as a page and a PDF."))
@with_json
@with_workbook
@with_now
@in_session
def person(session: Session, **options: Any) -> int:
    from automation.commands.person import PersonOptions, tell_of_person  # when called: see the top

    return tell_of_person(PersonOptions(**options), session)


@command(
    help=here(
        "The filed cases whose retention period is over, in Filing and year books, and with --into the list to decide on and sign.\n\nThe end of a period means that somebody decides: nothing is destroyed by it."
    )
)
@with_into(help=here("Write the list to sign into this folder, as a page and a PDF."))
@with_json
@with_workbook
@with_now
@in_session
def appraise(session: Session, **options: Any) -> int:
    from automation.commands.appraise import AppraiseOptions, tell_what_is_due  # when called: see the top

    return tell_what_is_due(AppraiseOptions(**options), session)
