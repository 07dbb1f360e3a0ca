"""Declares every command: its options, its help, and the function that does it.

Each command's code is imported when the command is called, to keep `--help` fast.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import click

from automation.commands.language import here
from automation.commands.mail_options import with_mail
from automation.commands.mailbox_options import with_imap_host, with_mailbox
from automation.commands.options import (
    RunOptions,
    Session,
    clock,
    guarded,
    in_session,
    pinging,
    run_again,
    tell_monitor,
    with_into,
    with_now,
    with_ping_url,
    with_workbook,
    working,
)
from automation.commands.own_help import argument, command
from automation.commands.workbook_found import workbook_meant
from sheet_schema.languages import LANGUAGES
from sheet_schema.preset_files import NAMES

_language = functools.partial(click.option, "--language", type=click.Choice(LANGUAGES))
_hour = functools.partial(click.option, type=click.DateTime(["%H:%M"]), show_default=True, metavar=here("TIME"))


def _job(name: str, help_text: str, *and_then: Callable[[Callable[..., None]], Callable[..., None]]) -> click.Command:
    """The command that does the job of this name, with what is done around it."""

    def do(session: Session, **options: Any) -> int:
        from automation.commands.nothing_new import say_again  # when called: see the top

        asked = RunOptions(**options)
        if (code := say_again(name, asked, session)) is not None:
            return code
        from automation.commands.run import do_job  # takes much longer

        return do_job(name, asked, session)

    done = working(do)
    for around in and_then:
        done = around(done)
    return command(name, help=help_text)(done)


run = _job("run", here("Do everything that is due."), with_mailbox, pinging)


@command(
    help=here(
        "Start `run` every ten minutes in office hours, on a computer that is always on.\n\nOnce at the start, then as planned; what is missed while the computer sleeps is made up for by one run. Ctrl-C ends it."
    )
)
@click.option(
    "--every",
    type=click.IntRange(1, 1440),
    default=10,
    show_default=True,
    metavar=here("MINUTES"),
    help=here("Minutes from one run to the next."),
)
@_hour(
    "--from",
    "start",
    default="07:00",
    help=here("When a day's runs begin, by the office's clock."),
)
@_hour(
    "--until",
    default="20:00",
    help=here("When they end; the same time as --from: around the clock."),
)
@click.option(
    "--log",
    default="",
    metavar=here("FILE"),
    help=here("Keep the lines in this file too, which never grows large."),
)
@with_ping_url
@with_mailbox
@with_mail
@with_workbook
@click.pass_context
@guarded
def schedule(context: click.Context, *, every: int, start: datetime, until: datetime, **options: Any) -> int:
    from automation.commands.schedule import Hours, Schedule, keep_schedule  # when called: see the top

    hours = Hours(timedelta(minutes=every), start.time(), until.time())
    workbook = workbook_meant(options["workbook"], clock(), quiet=False)
    schedule = Schedule(workbook, hours, run_again(context), options["log"])
    keep_schedule(schedule, clock, click.echo, functools.partial(tell_monitor, options["ping_url"]))
    return 0


validate = _job("validate", here("Number and check every row; derive status, deadlines, light."))


assign = _job("assign", here("Give each case its department by the Routing tab."))


alert = _job("alert", here("Tell whoever is on duty and the leaders of important and group visits at once."))


remind = _job("remind", here("Remind whoever has to act before a step is due."))


escalate = _job("escalate", here("Tell the next level up of what is late."))


digest = _job("digest", here("Write the digests that are due: the office's daily, leaders' as People says."))


archive = _job("archive", here("Move cases closed long enough ago to Filing, numbered and sealed."))


@command(help=here("Show every mail that is due at this moment as a page, sent before or not; send nothing."))
@working
@click.option("--into", default="preview", show_default=True, metavar=here("DIR"), help=here("Folder for the pages."))
def preview(session: Session, **options: Any) -> int:
    from automation.commands.preview import PreviewOptions, preview_mails  # when called: see the top

    return preview_mails(PreviewOptions(**options), session)


@command(help=here("Make a dated copy with a manifest of checksums."))
@with_workbook
@with_into(help=here("Folder for the copy; beside the ledger unless said."))
@click.option("--list", "listed", is_flag=True, help=here("Say which copies of a file are kept; make none."))
@click.option(
    "--take-out",
    default="",
    metavar=here("NAME"),
    help=here("Write a kept copy as a workbook again, by its name or day; into the current folder unless said."),
)
@in_session
def backup(session: Session, **options: Any) -> int:
    from automation.commands.backup import BackupOptions, back_up_ledger  # when called: see the top

    return back_up_ledger(BackupOptions(**options), session)


@command(
    help=here(
        "Put vanished cases back from an older copy.\n\nWhat the cells held comes back; colours, notes and links stay in the copy."
    )
)
@click.option(
    "--missing",
    is_flag=True,
    required=True,
    expose_value=False,
    help=here("Cases that vanished, and nothing else."),
)
@click.option("--from", "source", required=True, metavar=here("FILE"), help=here("An older copy of this ledger."))
@click.option("--yes", "really", is_flag=True, help=here("Do it; without this it only says what it would do."))
@with_workbook
@with_now
@in_session
def restore(session: Session, **options: Any) -> int:
    from automation.commands.restore import RestoreOptions, restore_cases  # when called: see the top

    return restore_cases(RestoreOptions(**options), session)


@command(help=here("Seal a filed CASE anew after it was rightly corrected."))
@argument("case", metavar=here("CASE"))
@click.option(
    "--reason", required=True, metavar=here("REASON"), help=here("Why the filed row was corrected; kept in History.")
)
@with_workbook
@with_now
@in_session
def reseal(session: Session, **options: Any) -> int:
    from automation.commands.reseal import ResealOptions, reseal_case  # when called: see the top

    return reseal_case(ResealOptions(**options), session)


@command(
    help=here(
        "Move the filed cases of a YEAR that is over, with all that was written about them, to a workbook of their own.\n\nUnless a year is named, all are closed that lie as far back as Settings says. explain, report, form and verify look into the books."
    )
)
@argument("year", type=click.IntRange(1900, 9999), required=False, metavar=here("[YEAR]"))
@click.option("--yes", "really", is_flag=True, help=here("Do it; without this it only says what it would do."))
@with_workbook
@with_now
@in_session
def close_year(session: Session, **options: Any) -> int:
    from automation.commands.close_year import CloseYearOptions, close_years  # when called: see the top

    return close_years(CloseYearOptions(**options), session)


@command(help=here("Check numbers, seals and gaps: nothing lost, nothing changed after filing."))
@working
def verify(session: Session, **options: Any) -> int:
    from automation.commands.verify import verify_ledger  # when called: see the top

    return verify_ledger(RunOptions(**options), session)


@command(help=here("Look for common mistakes: mail, addresses, rules, calendar, duty."))
@with_mailbox
@working
@click.option("--mail-to", default="", metavar=here("ADDRESS"), help=here("Send a test mail there."))
@click.option("--chat", default="", metavar=here("NAME"), help=here("Send a test message to this chat."))
@click.option("--probe", is_flag=True, help=here("Try whether Google behaves as expected."))
@click.option("--sign-in", is_flag=True, help=here("First sign in to Microsoft 365 or Google, for its mail server."))
def check(session: Session, **options: Any) -> int:
    from automation.commands.check import CheckOptions, check_ledger  # when called: see the top

    return check_ledger(CheckOptions(**options), session)


@command(
    help=here(
        "Make a new ledger, in a file or in a Google Sheet shared with the program, or add what an old one lacks.\n\nCan be repeated at any time: it touches nothing that people changed."
    )
)
@with_workbook
@_language(
    help=here("Language of a new ledger's tabs and headers (unless said, the one chosen before the command, else zh).")
)
@click.option(
    "--preset",
    type=click.Choice(NAMES),
    help=here("What a new ledger's tabs are filled with (unless said, the preset of its language)."),
)
@click.option(
    "--rename-labels",
    is_flag=True,
    help=here("Write the words of this version in place of those of an earlier one: headers, lists, the Form."),
)
@click.option(
    "--holidays",
    metavar=here("FILE"),
    help=here("Enter next year's days off: the text of the official notice, or an .ics file (- for what you paste)."),
)
@click.option(
    "--from",
    "source",
    metavar=here("FILE"),
    help=here("Take the register that was kept before over at once, as `import` does."),
)
@with_imap_host
@with_now
@in_session
def install(session: Session, **options: Any) -> int:
    from automation.commands.install import InstallOptions, install_ledger  # when called: see the top

    return install_ledger(InstallOptions(**options), session)


@command(
    help=here(
        "Copy a ledger to a new file or an empty Google Sheet; the copy starts paused.\n\nFrom file to file in one language all goes along; otherwise the cells do, their colours, notes and links do not."
    )
)
@argument("source", metavar=here("SOURCE"))
@argument("target", metavar=here("TARGET"))
@_language(help=here("Translate tabs, headers and choices."))
@click.option("--move", is_flag=True, help=here("Mark SOURCE as moved: jobs stop there."))
@in_session
def copy(session: Session, **options: Any) -> int:
    from automation.commands.copy import CopyOptions, copy_ledger  # when called: see the top

    return copy_ledger(CopyOptions(**options), session)


@command(help=here("Build a sample ledger and run every job on it."))
@_language(help=here("Language of the sample (unless said, the one chosen before the command, else en)."))
@click.option("--into", default="demo", show_default=True, metavar=here("DIR"), help=here("Folder for the sample."))
@click.option(
    "--now", default="2026-03-18T09:00", show_default=True, metavar=here("WHEN"), help=here("The day to show.")
)
@in_session
def demo(session: Session, **options: Any) -> int:
    from automation.commands.demo import DemoOptions, show_demo  # when called: see the top

    return show_demo(DemoOptions(**options), session)
