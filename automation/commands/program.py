"""The name by which the program was called, so that what it advises can be typed as it stands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import click

SCRIPT = "jobs.py"


def as_called(arguments: Sequence[str], original: Sequence[str]) -> str:
    """How the program was called: `ledger`, or Python and the script as they were typed.

    `arguments` are `sys.argv`, `original` is `sys.orig_argv`.
    """
    called = Path(arguments[0])
    if called.suffix.lower() not in (".py", ".pyw"):
        return called.stem
    return " ".join(f'"{part}"' if " " in part else part for part in (original[0], arguments[0]))


def program() -> str:
    """How this call would be begun again."""
    context = click.get_current_context(silent=True)
    return (context.find_root().info_name if context is not None else None) or SCRIPT


def with_program(text: str) -> str:
    """Advice in which each command between backticks can be typed: `install` becomes `ledger install`."""
    context = click.get_current_context(silent=True)
    group = context.find_root().command if context is not None else None
    if not isinstance(group, click.Group):
        return text
    names = "|".join(map(re.escape, group.commands))
    return re.sub(rf"`(?=(?:{names})[ `])", lambda _: f"`{program()} ", text)
