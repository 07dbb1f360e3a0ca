"""Declares the commands that tell figures, as `command_line.py` does most others."""

from __future__ import annotations

import functools
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

_period = functools.partial(click.option, "--period", metavar=here("WHICH"))
_from = click.option(
    "--from", "first", metavar=here("DAY"), help=here("First day, month or year (2026-03-01, 2026-03, 2026).")
)
_to = click.option(
    "--to", "last", metavar=here("DAY"), help=here("Last day, month or year, included; today unless said.")
)


@command(
    help=here(
        "The figures of a month, a term, a year: here, as a page that prints, and in the Report tab.\n\nEach figure stands beside its target and the period before, with the cases behind it. Restricted cases are only counted."
    )
)
@with_workbook
@_period(
    help=here(
        "month, last-month, term, last-term, year, last-year, or 2026-03, 2026, 2025-2026; the last whole month unless said."
    ),
)
@_from
@_to
@with_into(help=here("Folder for the page; `reports` beside the ledger unless said."))
@click.option(
    "--annual",
    is_flag=True,
    help=here("The year's summary as a Word document instead; the last whole year unless said."),
)
@with_json
@click.option("--dry-run", is_flag=True, help=here("Show the figures; write nothing."))
@with_now
@in_session
def report(session: Session, **options: Any) -> int:
    from automation.commands.report import ReportOptions, make_report  # when called: see the top

    return make_report(ReportOptions(**options), session)


@command(
    help=here(
        "What the last year would have been by the rules as they are edited or tried.\n\nIt is replayed in memory, by the rules as they were and as Deadlines, Escalation and Calendar stand in this ledger or in a copy of it. Nothing is written or sent."
    )
)
@with_workbook
@_period(
    help=here(
        "month, last-month, term, last-term, year, last-year, or 2026-03, 2026, 2025-2026; the year until today unless said."
    ),
)
@_from
@_to
@with_json
@with_now
@in_session
def whatif(session: Session, **options: Any) -> int:
    from automation.commands.whatif import WhatifOptions, show_what_if  # when called: see the top

    return show_what_if(WhatifOptions(**options), session)


@command(
    help=here(
        "A calendar file for each person with the days of their steps, and one for the office.\n\nEach entry is a number, a step and a day, with the days of the reminders as alarms. Later calls move what moved and cancel what is done."
    )
)
@with_workbook
@with_into(help=here("Folder for the files; `calendars` beside the ledger unless said."))
@with_now
@in_session
def calendar(session: Session, **options: Any) -> int:
    from automation.commands.calendar import CalendarOptions, write_calendars  # when called: see the top

    return write_calendars(CalendarOptions(**options), session)


@command(
    help=here(
        "Write a TAB, or the figures of the Report, as a table for other programs, with a file beside that says what its columns are.\n\nColumns and choices stand under their keys, dates in ISO form. Of restricted cases there is only number, step and date."
    )
)
@argument("tab", metavar=here("TAB"))
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "jsonl", "parquet"]),
    default="csv",
    show_default=True,
    help=here("CSV, JSON lines, or Parquet, which wants one more part of the program."),
)
@click.option("--books", is_flag=True, help=here("With the lines that stand in year books."))
@with_into(help=here("Folder for the files; `exports` beside the ledger unless said."))
@click.option(
    "--restricted",
    is_flag=True,
    allow_from_autoenv=False,
    callback=typed_each_time,
    help=here("Write restricted cases whole, too: only for whoever may open the ledger."),
)
@_period(help=here("Of the Report: month, last-month, term, last-term, year, last-year, or 2026-03, 2026, 2025-2026."))
@_from
@_to
@with_workbook
@with_now
@in_session
def export(session: Session, **options: Any) -> int:
    from automation.commands.export import ExportOptions, export_tab  # when called: see the top

    return export_tab(ExportOptions(**options), session)


@command(
    help=here(
        "The list of reception days for the notice board, as a page and a PDF: days, times, places, hosts.\n\nNothing of anybody who came stands there."
    )
)
@with_workbook
@click.option(
    "--list",
    "listed",
    default="term",
    metavar=here("WHICH"),
    help=here("term (this one, in a break the next), a month or year, or FROM..TO; the term unless said."),
)
@with_into(help=here("Folder for the list; `forms` beside the ledger unless said."))
@with_now
@in_session
def reception(session: Session, **options: Any) -> int:
    from automation.commands.reception import ReceptionOptions, write_roster  # when called: see the top

    return write_roster(ReceptionOptions(**options), session)
