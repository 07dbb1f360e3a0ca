"""The Notices tab and the workbook's journal: what is newer in the journal counts, and is folded in at the next commit.

A journal line is one row of Notices as it then stood, in full, so that reading it twice, late, or beside an older copy of
the workbook gives the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from automation.ledger.changes import is_blank, unequal
from automation.ledger.model import Ledger
from automation.ledger.parsing import parse
from automation.ledger.table import Array, Table, blank, stand_among
from automation.ledger.workbook import JournalLine, Snapshot

LEDGER = "ledger"
"""Under this name each line says whose it is: the first run of its ledger. A new ledger under an old name starts afresh."""
_ROW = ("mail_id", "key", "to")
"""What tells one row of Notices from every other."""


def read_ledger(snapshot: Snapshot) -> tuple[Ledger, Ledger]:
    """The ledger as it stands in the tabs, and as it is: the same with what is newer in the journal.

    What is decided rests on the second; what is to be written is how that differs from the first.
    """
    in_tabs = parse(snapshot)
    return in_tabs, _with_journal(in_tabs, snapshot.journal)


def _with_journal(ledger: Ledger, lines: Sequence[JournalLine]) -> Ledger:
    """The ledger with Notices brought up to date from the journal."""
    table = ledger.tables["notices"]
    newest = {_name(line): line for line in lines if line.get(LEDGER) == identity(ledger)}
    if not newest:
        return ledger
    at = {name: i for i, name in enumerate(zip(*(table[key].tolist() for key in _ROW), strict=True))}
    columns = {key: array.copy() for key, array in table.values.items()}
    for name, line in newest.items():
        if name in at:
            for key, array in columns.items():
                array[at[name]] = _value(line.get(key), array)
    missing = [line for name, line in newest.items() if name not in at]
    first = table.last_row + 1
    added = {key: [_value(line.get(key), array) for line in missing] for key, array in columns.items()}
    whole = table.having(**columns).extended(range(first, first + len(missing)), **added)
    return ledger.having(notices=whole, index=_with_numbers(ledger.index, whole))


def _with_numbers(index: Table, notices: Table) -> Table:
    """Index with every number that somebody was told of. After an older copy of the workbook was put back, it must not
    be given to another case; it is reported as missing, by name, until its row is put back."""
    told = (notices["case_no"] != "") & ~stand_among(notices["case_no"], index["case_no"])
    if not told.any():
        return index
    days: dict[str, np.datetime64] = {}
    for number, when in zip(notices["case_no"][told].tolist(), notices["claimed_at"][told], strict=True):
        days.setdefault(number, when.astype("datetime64[D]"))
    first = index.last_row + 1
    rows = range(first, first + len(days))
    return index.extended(rows, case_no=list(days), issued_on=list(days.values()), first_seen=list(days.values()))


def as_lines(before: Table, after: Table, ledger: Ledger) -> list[JournalLine]:
    """The rows of Notices that are new or differ, as journal lines."""
    count = len(before)
    differs = np.ones(len(after), dtype=bool)
    differs[:count] = False
    for key, array in after.values.items():
        old, new = before[key], array[:count]
        differs[:count] |= unequal(old, new)
    return [_line(after, int(i), identity(ledger)) for i in np.flatnonzero(differs)]


def identity(ledger: Ledger) -> str:
    """What tells this ledger from any other that may have stood under the same file name: when it first ran."""
    runs = ledger.tables["runs"]["run"].tolist()
    return next((run for run in runs if run), "")


def _name(line: JournalLine) -> tuple[object, ...]:
    return tuple(line.get(key) or "" for key in _ROW)


def _line(table: Table, at: int, mark: str) -> JournalLine:
    return {LEDGER: mark, **dict(_cells(table, at))}


def _cells(table: Table, at: int) -> Iterator[tuple[str, str | float | None]]:
    for key, array in table.values.items():
        value = array[at]
        if is_blank(array[at : at + 1])[0]:
            yield key, None
        else:
            yield (
                key,
                str(value) if array.dtype.kind == "M" else value.item() if hasattr(value, "item") else value,
            )


def _value(cell: str | float | None, array: Array) -> object:
    if cell is None:
        return blank(array.dtype)
    return np.datetime64(str(cell)) if array.dtype.kind == "M" else cell
