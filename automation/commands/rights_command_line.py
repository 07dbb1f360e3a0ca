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
from sheet_schema.erasures import Erased


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


@command(
    help=here(
        "Erase a CASE whose retention is over, or the petitioner's data of one, from every place that the program knows: the ledger, year books, backups, outbox, papers, attachments, journals.\n\nOnly says what would be done, unless --yes. It leaves a certificate, and numbers, days, choices and all seals and chains as they have to be. It cannot be undone."
    )
)
@argument("case", default="", metavar=here("[CASE]"))
@click.option(
    "--what", type=click.Choice([one.key for one in Erased]), help=here("The whole case, or the petitioner's data.")
)
@click.option("--name", default="", metavar=here("NAME"), help=here("Of several petitioners only this one."))
@click.option(
    "--contact",
    multiple=True,
    metavar=here("CONTACT"),
    help=here("With --name: which contact is theirs; may be given several times."),
)
@click.option(
    "--reason",
    default="",
    metavar=here("REASON"),
    help=here("Why; kept in the certificate, so without what is erased."),
)
@click.option("--by", default="", metavar=here("NAME"), help=here("Who decided it."))
@click.option(
    "--early",
    is_flag=True,
    allow_from_autoenv=False,
    callback=typed_each_time,
    help=here("Although the case has to be kept longer: an order that --reason names."),
)
@click.option(
    "--open",
    "open_too",
    is_flag=True,
    allow_from_autoenv=False,
    callback=typed_each_time,
    help=here("The petitioner's data although the case is open."),
)
@click.option(
    "--resume", is_flag=True, allow_from_autoenv=False, help=here("Go on with an erasure that was not finished.")
)
@click.option("--yes", "really", is_flag=True, allow_from_autoenv=False, callback=typed_each_time, help=here("Do it."))
@with_workbook
@with_now
@in_session
def erase(session: Session, **options: Any) -> int:
    from automation.commands.erase import EraseOptions, erase_case  # when called: see the top

    return erase_case(EraseOptions(**{**options, "what": options["what"] or ""}), session)
