"""What the commands share: options, their defaults, progress, and how errors end."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from errno import EDQUOT, EFBIG, ENOSPC
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from automation.commands.defaults_file import CONFIG, SIGN_IN_FILE
from automation.commands.language import chosen_language, here, spoken, spoken_of
from automation.commands.mail_options import BY_PASSWORD, with_mail
from automation.commands.own_help import together
from automation.commands.program import with_program
from automation.commands.workbook_found import workbook_meant
from automation.ledger.errors import LedgerError, Misused, where
from automation.text.catalogue import msg

if TYPE_CHECKING:
    from automation.commands.progress import Say
    from automation.run.stages import Tell

EXIT_PROBLEMS = 3
EXIT_NOT_SENT = 4
PROGRAM = Path(__file__).resolve().parents[2] / "jobs.py"
_FAULT = msg("The program has a fault ({where}): please send this line to whoever looks after it.")
_FULL = msg("There is no room left on the disk ({path}): free some space, then do the same again.")
_NOT_PLAIN = msg("{path} cannot be used ({reason}).")


def tell_version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    """Print the version: as declared beside the program, or as installed."""
    if not wanted or context.resilient_parsing:
        return
    declared = PROGRAM.with_name("pyproject.toml")
    if declared.is_file():
        import tomllib  # imported only when asked for

        version = tomllib.loads(declared.read_text("utf-8"))["project"]["version"]
    else:
        from importlib.metadata import version as installed  # slow, so imported only when asked for

        version = installed("letters-and-visits-ledger")
    click.echo(version)
    context.exit()


def guarded(command: Callable[..., int | None]) -> Callable[..., None]:
    """Turn an error of the machinery into one sentence and an exit code."""

    @functools.wraps(command)
    def in_words(*args: Any, **options: Any) -> None:
        try:
            code = command(*args, **options)
            sys.stdout.flush()
        except LedgerError as error:
            click.echo(_told(error), err=True)
            sys.exit(error.exit_code)
        except BrokenPipeError:
            sys.exit(0)  # the reader closed the pipe
        except Exception as error:  # noqa: BLE001  (what a traceback shows may be somebody's grievance)
            _leave_a_full_output(error)
            click.echo(_unexpected(error), err=True)
            sys.exit(1)
        sys.exit(code or 0)

    return in_words


def _unexpected(error: Exception) -> str:
    """What to say of an error that nobody turned into a sentence: a full disk anywhere, a pipe instead of a file, a fault."""
    if isinstance(error, OSError):
        from automation.workbooks.plain_files import NotPlainError  # only where something failed

        path = error.filename or "-"
        if isinstance(error, NotPlainError):
            return _NOT_PLAIN.say(spoken(), path=path, reason=error.why)
        if error.errno in (ENOSPC, EFBIG, EDQUOT):
            return _FULL.say(spoken(), path=path)
    return _FAULT.say(spoken(), where=where(error))


def _leave_a_full_output(error: Exception) -> None:
    """Drop what standard output could not take, or Python would try again at the end and print a traceback."""
    if isinstance(error, OSError) and error.errno == ENOSPC:
        with suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _told(error: LedgerError) -> str:
    """The error in the language of this call, or of the ledger that was read; commands that it advises as they would be
    typed here."""
    return with_program(error.say(spoken_of(error.language or spoken())))


with_workbook = click.option(
    "--workbook",
    "-w",
    envvar="LEDGER_WORKBOOK",
    default="ledger.xlsx",
    show_default=True,
    metavar=here("LEDGER"),
    help=here("The ledger: path of an .xlsx file, or address of a Google Sheet."),
)
with_into = functools.partial(click.option, "--into", default="", metavar=here("DIR"))
with_intake_folder = click.option(
    "--intake-folder",
    envvar="LEDGER_INTAKE_FOLDER",
    default="",
    metavar=here("DIR"),
    help=here("Take over what an online form exported into this folder."),
)
with_json = click.option("--json", "as_json", is_flag=True, help=here("One JSON object on standard output."))
with_now = click.option(
    "--now",
    metavar=here("WHEN"),
    help=here("Work as if it were this day or time (2026-03-18 or 2026-03-18T09:00)."),
)
with_ping_url = click.option(
    "--ping-url",
    envvar="LEDGER_PING_URL",
    default="",
    metavar=here("URL"),
    help=here("Called after a run: URL if it went well, URL/fail if not."),
)


def typed_each_time(context: click.Context, option: click.Parameter, wanted: bool) -> bool:
    """The flag, if a person typed it for this call; a default in `ledger.toml` does not count."""
    return wanted and context.get_parameter_source(option.name or "") is ParameterSource.COMMANDLINE


_of_a_run = together(
    click.option("-v", "--verbose", is_flag=True, help=here("Show every cell that changes.")),
    with_mail,
    with_intake_folder,
    click.option(
        "--accept-stop",
        metavar=here("REASON"),
        default="",
        help=here("You looked at a stop for missing numbers or torn columns; go on."),
    ),
    click.option(
        "--check",
        is_flag=True,
        help=here("Exit with 3 if there are problems."),
    ),
    with_json,
    click.option("--dry-run", is_flag=True, help=here("Show what would be written; write nothing.")),
    with_now,
    with_workbook,
)


def working(command: Callable[..., int | None]) -> Callable[..., None]:
    """Add the options of every command that takes part in a run."""
    return in_session(_of_a_run(command))


def clock() -> datetime:
    """The current time; no other code reads the clock."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Session:
    """One call of a command: its real time, whatever `--now` says, and how to print and to report progress."""

    real_time: datetime
    say: Say
    tell: Tell


@contextmanager
def watched(*, quiet: bool = False) -> Iterator[Session]:
    """A session that shows progress on a terminal, unless `quiet`."""
    from automation.commands.long_lines import fitting  # a command that asks for help or fails early needs neither
    from automation.commands.progress import shown

    say_whole: Say = click.echo
    with shown(sys.stderr, say_whole if quiet else fitting(say_whole, sys.stdout), quiet=quiet) as (say, tell):
        yield Session(clock(), say, tell)


def in_session(command: Callable[..., int | None]) -> Callable[..., None]:
    """Give the command a session, and turn errors into exit codes.

    The session shows no progress if standard output is one JSON object.
    """

    @functools.wraps(command)
    def done(**options: Any) -> int | None:
        quiet = bool(options.get("as_json"))
        with watched(quiet=quiet) as session:
            if "workbook" in options:
                options["workbook"] = workbook_meant(options["workbook"], session.real_time, quiet=quiet)
            return command(session, **options)

    return guarded(done)


def pinging(command: Callable[..., None]) -> Callable[..., None]:
    """After the command, tell the monitor how it ended, which never changes the exit code."""

    @functools.wraps(command)
    def and_ping(*, ping_url: str, **options: Any) -> None:
        try:
            command(**options)
        except SystemExit as ended:
            if not options["dry_run"]:
                tell_monitor(ping_url, int(ended.code or 0))
            raise

    return with_ping_url(and_ping)


def tell_monitor(url: str, code: int) -> None:
    """Ping, and say on standard error if that failed."""
    if not url:
        return
    from automation.commands.health_ping import ping  # brings HTTP and TLS along

    try:
        ping(url, code)
    except LedgerError as error:
        click.echo(_told(error), err=True)


def run_again(context: click.Context) -> list[str]:
    """The command line of one run: the options typed for `schedule` and before it; the run looks up all others itself.

    `schedule` pings the monitor itself, so `--ping-url` is not passed on.
    """
    before = [("--config", context.meta.get(CONFIG)), ("--language", chosen_language())]
    typed = [
        (f"--{name.replace('_', '-')}", str(context.params[name]))
        for name in (
            "workbook",
            "outbox",
            *(one for one in context.params if one.startswith(("smtp_", "imap_", "intake_"))),
        )
        if context.get_parameter_source(name) is ParameterSource.COMMANDLINE
    ]
    return [
        sys.executable,
        str(PROGRAM),
        *chain.from_iterable((name, value) for name, value in before if value),
        "run",
        "--json",
        "--ping-url",
        "",
        *chain.from_iterable(typed),
    ]


@dataclass(frozen=True)
class RunOptions:
    """The options of a command that takes part in a run, as typed."""

    workbook: str
    now: str | None = None
    dry_run: bool = False
    as_json: bool = False
    check: bool = False
    accept_stop: str = ""
    verbose: bool = False
    outbox: str = ""
    smtp_host: str = ""
    smtp_port: int = 465
    smtp_user: str = ""
    smtp_tls: str | None = None
    smtp_login: str = BY_PASSWORD
    smtp_ca: str = ""
    smtp_client: str = ""
    smtp_authority: str = ""
    smtp_token_file: str = SIGN_IN_FILE
    imap_host: str = ""
    imap_port: int = 993
    imap_user: str = ""
    imap_folder: str = "INBOX"
    intake_folder: str = ""


def moment(text: str | None, clock: datetime) -> datetime:
    """The moment of `--now`, an ISO date (taken at 09:00) or time, naive; without it the clock. Raises Misused."""
    if text is None:
        return clock
    try:
        if len(text) <= 10:
            return datetime.combine(date.fromisoformat(text), time(9))
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise Misused(
            msg("--now {text} is not a day or time: write it like 2026-03-18 or 2026-03-18T09:00.").of(text=text)
        ) from error
