"""The folder into which somebody drops what a form exported: read before the run, answered and put away after it.

A file is put away only once each of its rows has a number, or tells of nothing; whatever dies in between, the next run knows its
rows again (docs/design.md#p14.5).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from automation.ledger.errors import LedgerError
from automation.ledger.foreign_sheet import ForeignFile
from automation.ledger.model import Ledger
from automation.ledger.notices_journal import read_ledger
from automation.ledger.workbook import Snapshot
from automation.run.form_answers import said_beside
from automation.run.form_rows import State, rows_of_table, standing
from automation.text.catalogue import msg
from automation.ways_in.form_columns import OURS, corrections
from automation.ways_in.submissions import form_table
from automation.workbooks.foreign.opening import foreign_file
from automation.workbooks.plain_files import reason_of
from automation.workbooks.whole_files import write_whole
from sheet_schema.form_settings import INTAKE_HEADINGS

ANSWERS = ".answers.csv"
"""How the name of the file with the answers ends."""
DONE = "done"
_KINDS = (".csv", ".xlsx", ".xls", ".ods", ".tsv")
_SETTLED = timedelta(seconds=30)
"""A file that was changed since may still be on its way."""
_ROW = msg("Row")


def dropped(folder: str, now: datetime) -> list[ForeignFile | LedgerError]:
    """Every file that lies there for the ledger, or why it cannot be read. Raises LedgerError if there is no such folder."""
    if not folder:
        return []
    try:
        files = sorted(path for path in Path(folder).iterdir() if _is_for_us(path, now))
    except OSError as error:
        raise LedgerError(
            msg("The folder {path}, in which exports of a form are looked for, cannot be read ({reason}).").of(
                path=folder, reason=reason_of(error)
            )
        ) from error
    return [_read(path) for path in files]


def _is_for_us(path: Path, now: datetime) -> bool:
    named = path.suffix.lower() in _KINDS and not path.name.endswith(ANSWERS) and not path.name.startswith((".", "~$"))
    if not named or path.is_symlink() or not path.is_file():
        return False
    return datetime.fromtimestamp(path.stat().st_mtime, now.tzinfo) <= now - _SETTLED


def _read(path: Path) -> ForeignFile | LedgerError:
    try:
        return foreign_file(path)
    except LedgerError as error:
        return error


def put_away(folder: str, files: Sequence[ForeignFile | LedgerError], snapshot: Snapshot) -> list[str]:
    """Answer and put away each file of which the ledger, as it was written, has every row; returns their names."""
    ledger = read_ledger(snapshot)[1]
    return [
        file.name for file in files if isinstance(file, ForeignFile) and _answer(Path(folder) / file.name, file, ledger)
    ]


def _answer(path: Path, file: ForeignFile, ledger: Ledger) -> bool:
    said = corrections(ledger.policy.settings[INTAKE_HEADINGS])
    tables = [table for sheet in file.sheets if (table := form_table(sheet, said)) is not None]
    rows = [row for table in tables for row in rows_of_table(table, ledger, waits=False)]
    if not rows or any(row.state not in (State.KNOWN, State.EMPTY, State.OLD) for row in rows):
        return False
    language, stands = ledger.language, standing(ledger)
    lines = [[_ROW.say(language), OURS["number"].say(language), OURS["says"].say(language)]]
    for row in rows:
        said_here = said_beside(row, row.number, stands, language) or {}
        lines.append([str(row.told.row), said_here.get("number", ""), said_here.get("says", "")])
    text = io.StringIO()
    csv.writer(text).writerows(lines)
    try:
        write_whole(path.with_name(path.stem + ANSWERS), text.getvalue().encode("utf-8-sig", "surrogatepass"))
        done = path.parent / DONE
        done.mkdir(mode=0o700, exist_ok=True)
        path.chmod(0o600)  # it may hold allegations
        path.replace(_free(done / path.name))
    except OSError as error:
        raise LedgerError(
            msg("{path} was taken over, but cannot be put away ({reason}): check who may write in its folder.").of(
                path=path, reason=reason_of(error)
            ),
            language,
        ) from error
    return True


def _free(path: Path) -> Path:
    """The path, or the next like it that is free."""
    at = 2
    found = path
    while found.exists():
        found, at = path.with_name(f"{path.stem} {at}{path.suffix}"), at + 1
    return found
