"""Declares the commands by which something comes into the ledger from outside: their options, their help, the function that does each.

Each command's code is imported when the command is called, to keep `--help` fast.
"""

from __future__ import annotations

from typing import Any

import click

from automation.commands.language import here
from automation.commands.options import Session, in_session, with_intake_folder, with_json, with_now, with_workbook
from automation.commands.own_help import argument, command


@command(
    "import",
    help=here(
        "Take the register that an office kept before over into the ledger: FILE is an .xlsx, .xls, .ods or .csv.\n\nWhat each column means is proposed in a file beside it, to be corrected. What is here already is not taken twice; nobody is mailed."
    ),
)
@argument("file", metavar=here("[FILE]"), required=False)
@click.option(
    "--tab",
    default="",
    metavar=here("TITLE"),
    help=here("Only this tab; without FILE, a tab of the ledger's own workbook."),
)
@click.option(
    "--take-back",
    is_flag=False,
    flag_value="last",
    default="",
    metavar=here("[RUN]"),
    help=here("Take the last import back, or that of this run, if nobody has worked on its rows since."),
)
@click.option("--dry-run", is_flag=True, help=here("Show what would come of it; write nothing into the ledger."))
@with_json
@with_workbook
@with_now
@in_session
def import_register(session: Session, **options: Any) -> int:
    from automation.commands.import_register import ImportOptions  # when called: see the top
    from automation.commands.import_register import import_register as do

    return do(ImportOptions(**options), session)


@command(
    help=here(
        "Show what the headings of an online form are taken for, and how many of its rows are new.\n\nThe tab stands in Settings (Intake tab). `run` takes the rows over; this writes nothing."
    )
)
@with_intake_folder
@with_json
@with_workbook
@with_now
@in_session
def intake(session: Session, **options: Any) -> int:
    from automation.commands.intake import IntakeOptions, show_intake  # when called: see the top

    return show_intake(IntakeOptions(**options), session)
