"""Writes the command reference `docs/commands.md` from the commands themselves: `python -m docs.commands`.

It imports nothing but the command line, so it is done at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import click

import jobs

PAGE = Path(__file__).parent / "commands.md"
JOBS = ("run", "validate", "assign", "alert", "remind", "escalate", "digest", "archive")
"""The commands that share one table of options."""

_INTRODUCTION = """\
# Every command and option

Written by `make docs` from `jobs.py`; a test keeps it true. `jobs.py` stands for `.venv/bin/python jobs.py` (on Windows
`.venv\\Scripts\\python jobs.py`); after `pip install .` there is also a command `ledger`. `jobs.py COMMAND --help` says the same.

An option is looked for on the command line, then in the environment, then in `ledger.toml` in the folder you are in (or in the file
that `jobs.py --config FILE COMMAND` names), then as below. Where no variable is named, it is made of command and option: `LEDGER_RUN_OUTBOX`.
`ledger.toml` holds lines such as `workbook = "ledger.xlsx"` or `smtp-host = "smtp.school.example"`; behind a line `[mail]`, `host` is `smtp-host`. Secrets have their place in the environment only:
`LEDGER_SMTP_PASSWORD`, `LEDGER_IMAP_PASSWORD` if it is another one, and for a Google Sheet `GOOGLE_APPLICATION_CREDENTIALS`, which names the key file. The secret addresses of chats may
stand at the end of `ledger.toml`, below a line `[chat]`, one a line (`office = "wecombot://KEY"`), or each in `LEDGER_CHAT_NAME`.

Exit codes: 0 done; 1 error, and one sentence says what to do; 2 an option that cannot be used; 3 problems found (with `--check`, and
from `check`, `verify` and `prove`); 4 some mails were not delivered; 75 busy, try again later.
"""
_OF_EVERY_JOB = "The options of every job"


def page() -> str:
    """The whole page, in Markdown."""
    shared = _shared()
    lines = [_INTRODUCTION, *_contents(), "", f"## {_OF_EVERY_JOB}\n"]
    lines += [
        f"{', '.join(f'`{name}`' for name in JOBS)} and some other commands take these.\n",
        *_table(shared),
        "",
    ]
    for command in jobs.main.commands.values():
        lines += _command(command, shared)
    return "\n".join(lines)


def _shared() -> list[click.Option]:
    first, *others = (_options(jobs.main.commands[name]) for name in JOBS)
    return [option for option in first if all(_in(option, other) for other in others)]


def _contents() -> Iterator[str]:
    for name, command in jobs.main.commands.items():
        yield f"- [`{name}`](#{name}): {_sentences(command)[0]}"


def _command(command: click.Command, shared: Sequence[click.Option]) -> Iterator[str]:
    arguments = [one.make_metavar(click.Context(command)) for one in command.params if isinstance(one, click.Argument)]
    yield f"## {command.name}\n"
    yield f"`{' '.join(['jobs.py', str(command.name), *arguments, '[OPTIONS]'])}`\n"
    yield "\n\n".join(_sentences(command)) + "\n"
    own = _options(command)
    takes_all = all(_in(option, own) for option in shared)
    if takes_all:
        own = [option for option in own if not _in(option, shared)]
    if own:
        yield from _table(own)
        yield ""
    if takes_all:
        also = "Also" if own else "Takes"
        yield f"{also} [{_OF_EVERY_JOB.lower()}](#{_OF_EVERY_JOB.lower().replace(' ', '-')}).\n"


def _sentences(command: click.Command) -> list[str]:
    """The paragraphs of a command's help, each on one line."""
    return [" ".join(part.split()) for part in (command.help or "").split("\n\n")]


def _options(command: click.Command) -> list[click.Option]:
    return [one for one in command.params if isinstance(one, click.Option)]


def _in(option: click.Option, others: Sequence[click.Option]) -> bool:
    return any(_row(option) == _row(other) for other in others)


def _table(options: Sequence[click.Option]) -> Iterator[str]:
    yield "| option | unless said | environment | what it does |"
    yield "|---|---|---|---|"
    yield from map(_row, options)


def _row(option: click.Option) -> str:
    value = "" if option.is_flag else f" {option.make_metavar(click.Context(click.Command('')))}"
    names = ", ".join(f"`{name}{value}`" for name in sorted(option.opts, key=len, reverse=True))
    if option.required:
        unless = "needed"
    else:
        unless = (
            f"`{option.default}`"
            if isinstance(option.default, str | int) and not option.is_flag and option.default != ""
            else ""
        )
    variable = f"`{option.envvar}`" if option.envvar else ""
    return "| " + " | ".join((names, unless, variable, (option.help or "").replace("|", "\\|"))) + " |"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
