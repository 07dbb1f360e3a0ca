"""Opens the register that an office kept before, by what the file is and not by its name."""

from __future__ import annotations

from pathlib import Path

from automation.ledger.errors import LedgerError
from automation.ledger.foreign_sheet import ForeignFile
from automation.text.catalogue import msg
from automation.text.characters import one_line
from automation.workbooks.foreign.bounds import MOST_BYTES, too_large
from automation.workbooks.foreign.spreadsheets import is_spreadsheet, spreadsheet
from automation.workbooks.foreign.text_tables import text_table
from automation.workbooks.plain_files import read_plain, reason_of

_LONGEST_PATH = 4096


def shown_path(path: Path) -> str:
    """The path as it may be shown: whatever a terminal would obey is left out."""
    return one_line(str(path), _LONGEST_PATH)


def foreign_file(path: Path) -> ForeignFile:
    """The tabs of this file. Raises LedgerError if it cannot be read, is no table, or is too large."""
    try:
        data = read_plain(path, MOST_BYTES + 1)
    except FileNotFoundError as error:
        raise LedgerError(msg("There is no file {path}: check the path.").of(path=shown_path(path))) from error
    except OSError as error:
        raise LedgerError(
            msg("{path} cannot be read ({reason}): give an ordinary file that you may open.").of(
                path=shown_path(path), reason=reason_of(error)
            )
        ) from error
    name = one_line(path.name)  # a name may hold anything but a slash, also what a terminal obeys
    if len(data) > MOST_BYTES:
        raise too_large(name)
    if not data.strip():
        raise LedgerError(msg("{name} is empty: give the file with the old register.").of(name=name))
    return spreadsheet(data, name) if is_spreadsheet(data) else text_table(data, name)
