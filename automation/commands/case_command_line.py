"""Declares the commands about one case, as `command_line.py` does all others."""

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


@command(help=here("Tell a CASE from the beginning: its rule, each deadline as a sum, what happened, what comes next."))
@argument("case", metavar=here("CASE"))
@with_json
@with_workbook
@with_now
@in_session
def explain(session: Session, **options: Any) -> int:
    from automation.commands.explain import ExplainOptions, explain_case  # when called: see the top

    return explain_case(ExplainOptions(**options), session)


@command(
    help=here(
        "The cases of Register, Filing and year books that have a TEXT in them: numbers, old ones too, names, contacts, summaries.\n\nWidth, capitals, spaces and punctuation make no difference. Restricted cases are found by their whole number only, and nothing is told of them."
    )
)
@argument("text", nargs=-1, required=True, metavar=here("TEXT"))
@click.option(
    "--restricted",
    is_flag=True,
    allow_from_autoenv=False,
    callback=typed_each_time,
    help=here("Look into restricted cases, too, and tell of them: only for whoever may open the ledger."),
)
@with_json
@with_workbook
@in_session
def find(session: Session, **options: Any) -> int:
    from automation.commands.find import FindOptions, find_cases  # when called: see the top

    return find_cases(FindOptions(**options), session)


@command(
    help=here(
        "Show that whoever may not know of a CASE cannot tell that it exists.\n\nWorks out in memory what everybody gets in the days ahead, with the case and without it, and compares every byte. Exit code 3 if anything differs."
    )
)
@argument("case", metavar=here("CASE"))
@with_json
@with_workbook
@with_now
@in_session
def prove(session: Session, **options: Any) -> int:
    from automation.commands.prove import ProveOptions, prove_case  # when called: see the top

    return prove_case(ProveOptions(**options), session)


@command(help=here("Print a CASE: its registration form as a page and a PDF, on A4."))
@argument("case", default="", metavar=here("[CASE]"))
@click.option("--receipt", is_flag=True, help=here("The visitor's receipt: number, day, what is owed by when."))
@click.option(
    "--poster", is_flag=True, help=here("A poster with a QR code for the online form (Form address in Settings).")
)
@click.option("--blank", is_flag=True, help=here("An empty form with the next free number."))
@click.option(
    "--pad",
    is_flag=False,
    flag_value=0,
    default=None,
    type=click.IntRange(0),
    metavar=here("[N]"),
    help=here("With --blank: numbered slips for all free numbers, or N of them."),
)
@with_into(help=here("Folder; `forms` beside the ledger unless said."))
@with_workbook
@with_now
@in_session
def form(session: Session, **options: Any) -> int:
    from automation.commands.form import FormOptions, print_form  # when called: see the top

    return print_form(FormOptions(**options), session)


@command(
    help=here(
        "Make a letter about a CASE as a Word file, of a KIND such as Acknowledgement, Extension or Stage decision.\n\nIt lies in a folder beside the ledger. What is missing for it is listed, and nothing is made; nor is one that would name somebody it must not."
    )
)
@argument("case", default="", metavar=here("[CASE]"))
@argument("kind", default="", metavar=here("[KIND]"))
@click.option("--pdf", is_flag=True, help=here("Also draw it as a PDF."))
@click.option(
    "--draft",
    is_flag=True,
    help=here("Make it though something is missing, with that marked; nothing is noted in the row."),
)
@click.option(
    "--templates", is_flag=True, help=here("Write our templates into the folder of letters, to be restyled in Word.")
)
@click.option(
    "--handed-over",
    default="",
    metavar=here("DAY"),
    help=here("Note that it was handed over on this day, which fills in Acknowledged on, Replied on and the like."),
)
@click.option(
    "--way",
    default="",
    metavar=here("WAY"),
    help=here("With --handed-over: how, such as in person, by post, by e-mail."),
)
@with_workbook
@with_now
@in_session
def letter(session: Session, **options: Any) -> int:
    from automation.commands.letter import LetterOptions, write_letter  # when called: see the top

    return write_letter(LetterOptions(**options), session)


@command(
    help=here(
        "Write for each case a page that says where it stands, into a folder that any web space can show.\n\nEach has a secret name, which its receipt shows as a QR code: step and dates, nothing of names or texts; of restricted cases only that they are registered."
    )
)
@with_into(help=here("Folder; `status` beside the ledger unless said."))
@click.option("--dry-run", is_flag=True, help=here("Show what would be written; write nothing."))
@with_json
@with_workbook
@with_now
@in_session
def publish(session: Session, **options: Any) -> int:
    from automation.commands.publish import PublishOptions  # when called: see the top
    from automation.commands.publish import publish as do

    return do(PublishOptions(**options), session)
