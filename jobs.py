"""The command line.

`automation/commands/command_line.py`, `case_command_line.py`, `report_command_line.py`, `rights_command_line.py` and `ways_in_command_line.py` declare the commands; each is done by the file of its name beside it.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys

import click

from automation.commands import (
    case_command_line,
    command_line,
    report_command_line,
    rights_command_line,
    ways_in_command_line,
)
from automation.commands.console import replace_what_cannot_be_shown
from automation.commands.defaults_file import CONFIG, from_file
from automation.commands.language import choose_language, here
from automation.commands.options import tell_version
from automation.commands.own_help import Group
from automation.commands.program import as_called
from sheet_schema.languages import LANGUAGES

# numpy starts a thread for each processor to multiply matrices, which no run does, and that takes an eighth of an idle
# run. numpy reads this when it is imported, which is later: when a command is called.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


@click.group(
    cls=Group,
    context_settings={"help_option_names": ["-h", "--help"], "auto_envvar_prefix": "LEDGER"},
    help=here(
        "The letters-and-visits ledger: looks after a register kept in a spreadsheet.\n\n\n\nStart with `install`, then let `run` be started every ten minutes."
    ),
)
@click.option(
    "--config",
    default=CONFIG,
    show_default=True,
    metavar=here("FILE"),
    expose_value=False,
    callback=from_file,
    help=here("Defaults for the options."),
)
@click.option(
    "--language",
    type=click.Choice(LANGUAGES),
    is_eager=True,
    expose_value=False,
    allow_from_autoenv=False,
    callback=choose_language,
    help=here("Language of help, progress and advice; LEDGER_LANGUAGE or that of the computer unless said."),
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    allow_from_autoenv=False,
    callback=tell_version,
    help=here("Say which version this is."),
)
def main() -> None: ...


main.add_command(command_line.run)
main.add_command(command_line.schedule)
main.add_command(command_line.validate)
main.add_command(command_line.assign)
main.add_command(command_line.alert)
main.add_command(command_line.remind)
main.add_command(command_line.escalate)
main.add_command(command_line.digest)
main.add_command(command_line.archive)
main.add_command(command_line.preview)
main.add_command(report_command_line.report)
main.add_command(report_command_line.whatif)
main.add_command(report_command_line.export)
main.add_command(report_command_line.calendar)
main.add_command(report_command_line.reception)
main.add_command(command_line.backup)
main.add_command(command_line.restore)
main.add_command(ways_in_command_line.import_register)
main.add_command(ways_in_command_line.intake)
main.add_command(command_line.reseal)
main.add_command(command_line.close_year)
main.add_command(rights_command_line.person)
main.add_command(rights_command_line.appraise)
main.add_command(rights_command_line.erase)
main.add_command(command_line.verify)
main.add_command(command_line.check)
main.add_command(command_line.install)
main.add_command(case_command_line.explain)
main.add_command(case_command_line.find)
main.add_command(case_command_line.prove)
main.add_command(case_command_line.form)
main.add_command(case_command_line.letter)
main.add_command(case_command_line.publish)
main.add_command(command_line.copy)
main.add_command(command_line.demo)


def start() -> None:
    """Do what was typed, without looking for what can be forgotten.

    Python looks for objects that only refer to each other after every 700 new ones, and once more at its end. That takes
    a tenth of an idle run, which makes hardly any; and what is left at the end, the system clears away.
    """
    replace_what_cannot_be_shown()
    gc.set_threshold(500_000)
    atexit.register(gc.freeze)
    main(prog_name=as_called(sys.argv, sys.orig_argv))


if __name__ == "__main__":
    start()
