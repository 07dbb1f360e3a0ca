"""Finds the ledger in the folder one is in, where nobody said which workbook is meant."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import click
from click.core import ParameterSource

from automation.commands.language import spoken_of
from automation.ledger.errors import LedgerError, Misused
from automation.text.catalogue import msg
from sheet_schema import Language

_USED = msg("{name} is used: it is the only ledger in this folder.")
_SEVERAL = msg("There are several ledgers in this folder ({names}): say which one with --workbook.")
_MAKES_ONE = "install"
"""The command that makes the ledger it does not find."""


def workbook_meant(named: str, now: datetime, *, quiet: bool) -> str:
    """The workbook as it was named, or, where nobody named one and the usual one is not there, the only ledger here.

    Says on standard error which was found, unless `quiet`. Raises Misused if there are several.
    """
    context = click.get_current_context(silent=True)
    if context is None or context.get_parameter_source("workbook") is not ParameterSource.DEFAULT:
        return named
    if context.info_name == _MAKES_ONE or Path(named).exists():
        return named
    found = ledgers_in(Path(), now)
    if len(found) > 1:
        raise Misused(_SEVERAL.of(names=[*found]))
    if not found:
        return named
    (name,) = found
    if not quiet:
        click.echo(_USED.say(spoken_of(found[name]), name=name), err=True)
    return name


def ledgers_in(folder: Path, now: datetime) -> Mapping[str, Language]:
    """The names of the ledgers in a folder, each with its language: no backups, and nothing that Excel keeps beside an open workbook."""
    from automation.ledger.recognition import is_ledger  # only where nobody said which workbook
    from automation.ledger.titles_and_headers import language_of
    from automation.workbooks.excel.backups import is_dated
    from automation.workbooks.excel.workbook import ExcelWorkbook

    found = {}
    for path in sorted(folder.glob("*.xlsx")):
        if path.name.startswith(("~$", ".")) or is_dated(path) or not path.is_file():
            continue
        try:
            snapshot = ExcelWorkbook(path, now).read()
            if is_ledger(snapshot):
                found[path.name] = language_of(snapshot.grids)
        except LedgerError:  # it is no workbook, or has a password
            continue
    return found
