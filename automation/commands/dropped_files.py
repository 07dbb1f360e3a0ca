"""The folder into which somebody drops what a form exported: read before the run, answered and put away after it.

A file is put away only once each of its rows has a number, or tells of nothing; whatever dies in between, the next run knows its
rows again (docs/design.md#p14.5).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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
from automation.workbooks.foreign.opening import foreign_file, shown_path
from automation.workbooks.plain_files import reason_of
from automation.workbooks.whole_files import write_whole
from sheet_schema.form_settings import INTAKE_HEADINGS

ANSWERS = ".answers.csv"
"""What the name of the file with the answers has behind that of the file: two kinds of one name have each their own."""
DONE = "done"
_KINDS = (".csv", ".xlsx", ".xls", ".ods", ".tsv")
_SETTLED = timedelta(seconds=30)
"""A file that was changed since may still be on its way."""
_ROW = msg("Row")
_UNREAD = msg("{path} cannot be read ({reason}): give an ordinary file that you may open.")
_STAYS = msg("{path} was taken over, but cannot be put away ({reason}): check who may write in its folder.")


@dataclass(frozen=True, slots=True, kw_only=True)
class DroppedFile(ForeignFile):
    """A file with the path at which it lies, which is not always as its name is shown, and the state in which it was read."""

    path: Path
    state: tuple[int, ...]


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
        state = _state(path)
        found = foreign_file(path)
    except LedgerError as error:
        return error
    except OSError as error:
        return LedgerError(_UNREAD.of(path=shown_path(path), reason=reason_of(error)))
    return DroppedFile(found.name, found.sheets, path=path, state=state)


def _state(path: Path) -> tuple[int, ...]:
    """What is different once somebody wrote the file again, or put another in its place. Raises OSError."""
    there = path.lstat()
    return there.st_dev, there.st_ino, there.st_size, there.st_mtime_ns


def put_away(files: Sequence[ForeignFile | LedgerError], snapshot: Snapshot) -> Iterator[LedgerError]:
    """Answer and put away each file of which the ledger, as it was written, has every row. Returns why others cannot be: each
    costs nothing but itself."""
    ledger = read_ledger(snapshot)[1]
    for file in files:
        if isinstance(file, DroppedFile) and (lines := _answers(file, ledger)):
            try:
                _put_away(file, lines)
            except OSError as error:
                yield LedgerError(_STAYS.of(path=shown_path(file.path), reason=reason_of(error)), ledger.language)


def _answers(file: DroppedFile, ledger: Ledger) -> list[list[str]]:
    """What is answered to each row; nothing as long as a row is not settled."""
    said = corrections(ledger.policy.settings[INTAKE_HEADINGS])
    tables = [table for sheet in file.sheets if (table := form_table(sheet, said)) is not None]
    rows = [row for table in tables for row in rows_of_table(table, ledger, waits=False)]
    if not rows or any(row.state not in (State.KNOWN, State.EMPTY, State.OLD) for row in rows):
        return []
    language, stands = ledger.language, standing(ledger)
    lines = [[_ROW.say(language), OURS["number"].say(language), OURS["says"].say(language)]]
    for row in rows:
        said_here = said_beside(row, row.number, stands, language) or {}
        lines.append([str(row.told.row), said_here.get("number", ""), said_here.get("says", "")])
    return lines


def _put_away(file: DroppedFile, lines: list[list[str]]) -> None:
    """Write the answers and put the file away, if it is still the one that was read: in another one may stand new rows.
    Raises OSError."""
    path = file.path
    text = io.StringIO()
    csv.writer(text).writerows(lines)
    done = path.parent / DONE
    done.mkdir(mode=0o700, exist_ok=True)
    if _state(path) != file.state:
        return
    path.chmod(0o600)  # it may hold allegations
    write_whole(path.with_name(path.name + ANSWERS), text.getvalue().encode("utf-8-sig", "surrogatepass"))
    path.replace(_free(done / path.name))


def _free(path: Path) -> Path:
    """The path, or the next like it that is free."""
    at = 2
    found = path
    while found.exists():
        found, at = path.with_name(f"{path.stem} {at}{path.suffix}"), at + 1
    return found
