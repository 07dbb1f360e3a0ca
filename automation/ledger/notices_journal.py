"""Merges the workbook's journal into the Notices tab: the journal is newer, and the next commit writes it to the tab.

A journal line is a whole row of Notices. So it does no harm to read one twice, late, or beside an older copy of the
workbook. A Google Sheet has no journal, since its tab is as safe; but it is slow, so a run marks up to ten mails at once
there as being handed over. Which of them it got to is kept on the run's own computer, in a line for each mail.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from automation.ledger.changes import as_cells, is_blank, unequal
from automation.ledger.model import Ledger, Problem
from automation.ledger.parsing import parse
from automation.ledger.problems import problem
from automation.ledger.restless_rows import with_restless
from automation.ledger.table import Array, Table, blank, is_among
from automation.ledger.workbook import ColumnEdit, JournalLine, Notes, RowTerms, Snapshot, TabEdit, TabTerms
from automation.ledger.year_books import closed_numbers, closed_through
from sheet_schema.vocabulary import NoticeState

LEDGER = "ledger"
"""The key under which a line names its ledger, so that a new ledger under an old file name ignores old lines."""
ROW = ("mail_id", "key", "to")
"""The columns that together identify a row of Notices."""
OUTCOME = ("state", "attempts", "doubts", "done_at", "retry_at", "error")
"""The columns that say what became of a mail; they are the same in all rows of a mail."""


def read_ledger(snapshot: Snapshot) -> tuple[Ledger, Ledger]:
    """The ledger as in the tabs, and the ledger with what is newer in the journal.

    Jobs decide by the second; what has to be written is its difference from the first.
    """
    in_tabs = with_restless(_with_torn_lines(parse(snapshot), snapshot.torn), snapshot.restless)
    if snapshot.signed:
        in_tabs = in_tabs.noting([Problem("register", None, "", "signed", problem("signed"), stops=True)])
    return in_tabs, _with_outcomes(_with_journal(in_tabs, snapshot.journal), snapshot.beside)


def _with_torn_lines(ledger: Ledger, torn: Sequence[str]) -> Ledger:
    """The ledger with a problem that names the lines of the journal that cannot be read."""
    if not torn:
        return ledger
    said = problem("torn_journal", value=list(torn))
    return ledger.noting([Problem("notices", None, "state", "torn_journal", said)])


def _with_journal(ledger: Ledger, lines: Sequence[JournalLine]) -> Ledger:
    """The ledger with its Notices brought up to date from the journal, oldest line first."""
    table = ledger.tables["notices"]
    marks = _marks_of(ledger, lines)
    newest = {_name(line): line for line in lines if line.get(LEDGER) in marks}
    if not newest:
        return ledger
    at = {name: i for i, name in enumerate(zip(*(table[key].tolist() for key in ROW), strict=True))}
    columns = {key: array.copy() for key, array in table.values.items()}
    known = {at[name]: line for name, line in newest.items() if name in at}
    for key, array in columns.items():
        array[[*known]] = [_value(line.get(key), array) for line in known.values()]
    missing = [line for name, line in newest.items() if name not in at and not _stands_in_a_book(ledger, line)]
    never = _runs_that_never_wrote(ledger, lines)
    first = table.last_row + 1
    added = {key: [_value(line.get(key), array) for line in missing] for key, array in columns.items()}
    whole = table.having(**columns).extended(range(first, first + len(missing)), **added)
    return ledger.having(notices=whole, index=_with_numbers(ledger.index, whole, never))


def _marks_of(ledger: Ledger, lines: Sequence[JournalLine]) -> set[object]:
    """What the lines of this ledger are marked with: its first run, or that of before if somebody emptied Runs.

    Then the lines about rows that Notices has from the same run tell which one it was.
    """
    mark = identity(ledger)
    if not lines or any(line.get(LEDGER) == mark for line in lines):
        return {mark}
    table = ledger.tables["notices"]
    there = set(zip(*(table[key].tolist() for key in (*ROW, "run")), strict=True))
    return {mark, *(line.get(LEDGER) for line in lines if (*_name(line), line.get("run")) in there)}


def _stands_in_a_book(ledger: Ledger, line: JournalLine) -> bool:
    """Whether the line is of a notice that a year book took along, so that the tab lacks it with good reason."""
    number, claimed_at = str(line.get("case_no") or ""), str(line.get("claimed_at") or "")
    if number:
        return number in closed_numbers(ledger)
    return claimed_at[:4].isdecimal() and int(claimed_at[:4]) <= closed_through(ledger)


def _with_outcomes(ledger: Ledger, lines: Sequence[JournalLine]) -> Ledger:
    """The ledger with what a run that died on this computer knew of the mails it had marked as being handed over.

    A line counts only while Notices says that this very run is handing the mail over: else it is old.
    """
    newest = {(line.get("mail_id"), line.get("run")): line for line in lines}
    table = ledger.tables["notices"]
    if not newest:
        return ledger
    columns = {key: table[key].copy() for key in OUTCOME}
    for i in np.flatnonzero(table["state"] == NoticeState.HANDING_OVER.key).tolist():
        if (line := newest.get((table["mail_id"][i], table["run"][i]))) is not None:
            for key, array in columns.items():
                array[i] = _value(line.get(key), array)
    return ledger.having(notices=table.having(**columns))


def outcome_lines(table: Table, positions: Sequence[int]) -> list[JournalLine]:
    """What these rows of Notices say of their mails, as lines to keep on this computer."""
    return [{"mail_id": table["mail_id"][i], "run": table["run"][i], **_cells_of(table, i, OUTCOME)} for i in positions]


def journal_lines(table: Table, positions: Sequence[int], ledger: Ledger) -> list[JournalLine]:
    """These rows of Notices, as lines of a journal."""
    return [_line(table, i, identity(ledger)) for i in positions]


def _runs_that_never_wrote(ledger: Ledger, lines: Sequence[JournalLine]) -> Array:
    """The runs whose claims are all that is left of them: killed before the workbook was renamed, or refused there.

    A run hands nothing over before its commit, and its commit writes its line in Runs. So a run without that line, of
    whose mails none got beyond a claim, gave no number to anybody.
    """
    claimed = {line.get("run") for line in lines if line.get("state") == NoticeState.CLAIMED.key}
    further = {line.get("run") for line in lines if line.get("state") != NoticeState.CLAIMED.key}
    return np.asarray([*(claimed - further - set(ledger.tables["runs"]["run"].tolist()))], dtype=object)


def _with_numbers(index: Table, notices: Table, never: Array) -> Table:
    """Add to Index every number that a notice was sent about, but for those of runs that `never` wrote the workbook.

    After somebody put back an older copy of the workbook, Index may lack some; they must not be issued again. Each is
    reported as missing until its row is back. An Index without any row is built anew from all tabs instead
    (`automation/steps/numbering.py`): with some numbers in it, all others would count as never issued.
    """
    if not len(index):
        return index
    unknown = (notices["case_no"] != "") & ~is_among(notices["case_no"], index["case_no"])
    unknown &= ~(is_among(notices["run"], never) & (notices["state"] == NoticeState.CLAIMED.key))
    if not unknown.any():
        return index
    days: dict[str, np.datetime64] = {}
    for number, when in zip(notices["case_no"][unknown].tolist(), notices["claimed_at"][unknown], strict=True):
        days.setdefault(number, when.astype("datetime64[D]"))
    first = index.last_row + 1
    rows = range(first, first + len(days))
    return index.extended(rows, case_no=list(days), issued_on=list(days.values()), first_seen=list(days.values()))


def notes_of(before: Table, after: Table, ledger: Ledger, to_come: int = 0) -> Notes:
    """The new or changed rows of Notices, as journal lines and as an edit of the tab. `to_come` is as in `Notes`."""
    return notes_at(after, _changed(before, after), ledger, to_come)


def notes_at(after: Table, positions: Array, ledger: Ledger, to_come: int = 0) -> Notes:
    """These rows of Notices, as journal lines and as an edit of the tab."""
    lines = journal_lines(after, positions.tolist(), ledger)
    rows = after.rows[positions].tolist()
    columns = [
        ColumnEdit(after.at[column.key], rows, as_cells(column, after[column.key][positions], ledger.language))
        for column in after.tab
        if column.key in after.at
    ]
    terms = TabTerms(
        {int(after.rows[i]): RowTerms(str(after["case_no"][i])) for i in positions},
        guarded=sorted(after.at[key] for key in ROW if key in after.at),
        blank=sorted(after.at.values()),
        claims=True,
    )
    return Notes(lines, TabEdit(after.title, columns, terms), to_come)


def _changed(before: Table, after: Table) -> Array:
    count = len(before)
    differs = np.ones(len(after), dtype=bool)
    differs[:count] = False
    for key, array in after.values.items():
        old, new = before[key], array[:count]
        differs[:count] |= unequal(old, new)
    return np.flatnonzero(differs)


def identity(ledger: Ledger) -> str:
    """The name of the ledger's first run, which tells it from other ledgers that had the same file name."""
    runs = ledger.tables["runs"]["run"].tolist()
    return next((run for run in runs if run), "")


def _name(line: JournalLine) -> tuple[object, ...]:
    return tuple(line.get(key) or "" for key in ROW)


def _line(table: Table, at: int, mark: str) -> JournalLine:
    return {LEDGER: mark, **_cells_of(table, at, table.values)}


def _cells_of(table: Table, at: int, keys: Iterable[str]) -> dict[str, str | float | None]:
    return {key: _cell(table[key], at) for key in keys}


def _cell(array: Array, at: int) -> str | float | None:
    value = array[at]
    if is_blank(array[at : at + 1])[0]:
        return None
    found: str | float = str(value) if array.dtype.kind == "M" else value.item() if hasattr(value, "item") else value
    return found


def _value(cell: str | float | None, array: Array) -> object:
    if cell is None:
        return blank(array.dtype)
    return np.datetime64(str(cell)) if array.dtype.kind == "M" else cell
