"""The workbook as it would be if cases had never been typed, and as it would be after a run; both in memory only."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from automation.cases.joining import joins_of
from automation.ledger.case_numbers import tidy_number
from automation.ledger.model import Ledger
from automation.ledger.normal_form import split
from automation.ledger.receptions import WHAT_CAME, every_row
from automation.ledger.table import Array, Table
from automation.ledger.workbook import Cell, ColumnEdit, Grid, RowMove, Snapshot, TabEdit
from automation.run.job import Result
from sheet_schema import RECEPTIONS
from sheet_schema.vocabulary import NoticeState

KEPT_IN_INDEX = ("case_no", "issued_on")
"""What Index has of a number that is still free."""
KEPT_IN_FILING = ("seal_no", "seal")
"""What is left of a filed row, since a seal that is gone is reported."""

KEPT_IN_HISTORY = ("run", "chain")
"""What is left of a line of History, since a line that is gone shows."""


def without_cases(snapshot: Snapshot, ledger: Ledger, numbers: Collection[str]) -> Snapshot:
    """The workbook as if the lines of these numbers had stayed empty. `ledger` is the snapshot, parsed.

    The numbers stay on the pad, like those of any empty line, and no other number changes. Of a filed case its seal
    stays, or it would be missing.
    """
    register, filing = ledger.register, ledger.filing
    filed = _of_cases(filing, numbers)
    edits = [
        *_blanked(register, _of_cases(register, numbers), _all_but(register, ("case_no",))),
        *_blanked(ledger.index, _of_cases(ledger.index, numbers), _all_but(ledger.index, KEPT_IN_INDEX)),
        *_blanked(register, _repeating(register, numbers), ["repeat_of"]),
        *_blanked(register, _joined_with(ledger, numbers), ["joined", "joined_facts"]),
        *_blanked(filing, filed, _all_but(filing, KEPT_IN_FILING)),
        *_back_on_the_pad(register, filing["case_no"][filed].tolist()),
    ]
    for key, kept in (("notices", ()), ("history", KEPT_IN_HISTORY), ("answers", ())):
        table = ledger.tables[key]
        edits += _blanked(table, _of_cases(table, numbers), _all_but(table, kept))
    receptions = ledger.tables[RECEPTIONS.key]
    edits += _blanked(receptions, _of_reception_days(ledger, numbers), WHAT_CAME)
    journal = [line for line in snapshot.journal if line.get("case_no") not in numbers]
    return replace(snapshot, grids=edited(snapshot.grids, edits), journal=journal)


def _all_but(table: Table, kept: Collection[str]) -> list[str]:
    return [key for key in table.tab.keys if key not in kept]


def _back_on_the_pad(register: Table, numbers: Sequence[str]) -> list[TabEdit]:
    rows = range(register.last_row + 1, register.last_row + 1 + len(numbers))
    return [TabEdit(register.title, [ColumnEdit(register.at["case_no"], rows, numbers)])] if numbers else []


def _of_cases(table: Table, numbers: Collection[str]) -> Array:
    return np.flatnonzero([tidy_number(text) in numbers for text in table["case_no"].tolist()])


def _repeating(register: Table, numbers: Collection[str]) -> Array:
    """The cases that a person marked as a repeat of one of these: nobody could have typed that."""
    named = (map(tidy_number, split(text)) for text in register["repeat_of"].tolist())
    return np.flatnonzero([any(number in numbers for number in those) for those in named])


def _of_reception_days(ledger: Ledger, numbers: Collection[str]) -> Array:
    """The rows of Reception days of which one of these cases came: nobody could have typed what came of those."""
    rows = every_row(ledger)
    return np.asarray([row.at for row in rows if any(one in numbers for one in row.cases)], dtype=np.int64)


def _joined_with(ledger: Ledger, numbers: Collection[str]) -> Array:
    """The cases that name one of these in *With*."""
    named = joins_of(ledger).named
    return np.asarray([at for at, those in named.items() if not frozenset(those).isdisjoint(numbers)], dtype=np.int64)


def _blanked(table: Table, positions: Array, keys: Collection[str]) -> list[TabEdit]:
    rows = table.rows[positions].tolist()
    columns = [ColumnEdit(table.at[key], rows, [""] * len(rows)) for key in keys if key in table.at]
    return [TabEdit(table.title, columns)] if rows else []


def after_run(snapshot: Snapshot, result: Result) -> Snapshot:
    """The workbook after a run that wrote all it planned and handed over all its mails."""
    claims = [result.claims.edit] if result.claims.edit is not None else []
    grids = edited(snapshot.grids, [*result.edits, *claims, _handed_over(result)])
    for move in result.moves:
        grids = _moved(grids, move)
    return replace(snapshot, grids=grids, journal=())


def _handed_over(result: Result) -> TabEdit:
    """Notices once the mails of this run are sent; a level that a higher one took the place of stays as it is."""
    notices, sent = result.after.tables["notices"], frozenset(mail.id for mail in result.mails)
    which = np.asarray([mail_id in sent for mail_id in notices["mail_id"].tolist()], dtype=bool)
    rows = notices.rows[which & (notices["state"] != NoticeState.SUPERSEDED.key)].tolist()
    state = NoticeState.SENT.label(result.after.language)
    said: Mapping[str, Cell] = {"state": state, "done_at": result.now, "attempts": 1}
    columns = [ColumnEdit(notices.at[key], rows, [cell] * len(rows)) for key, cell in said.items() if key in notices.at]
    return TabEdit(notices.title, columns)


def edited(grids: Mapping[str, Grid], edits: Iterable[TabEdit]) -> dict[str, Grid]:
    """The grids with these edits. Rows that no edit touches are shared with the old ones."""
    changed = dict(grids)
    for edit in edits:
        if edit.title in changed:
            changed[edit.title] = Grid(edit.title, _edited(changed[edit.title].rows, edit))
    return changed


def _edited(rows: Sequence[Sequence[Cell]], edit: TabEdit) -> list[Sequence[Cell]]:
    own: dict[int, list[Cell]] = {}
    for column in edit.columns:
        for row, cell in zip(column.rows, column.values, strict=True):
            if row not in own:
                own[row] = [*rows[row - 1]] if row <= len(rows) else []
            line = own[row]
            line += [""] * (column.column - len(line))
            line[column.column - 1] = cell
    last = max([len(rows), *own])
    kept = [*rows, *([""] for _ in range(last - len(rows)))]
    return [own.get(row, line) for row, line in enumerate(kept, start=1)]


def _moved(grids: Mapping[str, Grid], move: RowMove) -> dict[str, Grid]:
    """The grids after whole rows moved to the end of another tab."""
    source = grids[move.source].rows
    moving = dict(zip(move.rows, move.to, strict=True))
    columns = [
        ColumnEdit(there, [moving[row]], [source[row - 1][here - 1]])
        for row in moving
        for here, there in move.columns.items()
        if here <= len(source[row - 1]) and source[row - 1][here - 1] != ""
    ]
    left = [line for row, line in enumerate(source, start=1) if row not in moving]
    return {**edited(grids, [TabEdit(move.target, columns)]), move.source: Grid(move.source, left)}
