"""Takes an import back: its lines are blank lines of the pad again, as if it had never been (docs/design.md#p13.6).

Not where people have worked on one of its rows since: then nothing is taken back, and they are named.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from automation.cases.cases import cases_of
from automation.cases.cell_prints import unchanged
from automation.cases.imported import origins
from automation.cases.register_lines import fingerprints, has_content
from automation.ledger.errors import LedgerError
from automation.ledger.history import with_lines
from automation.ledger.memo import Memo
from automation.ledger.model import Ledger
from automation.ledger.table import Array, Table, blank, positions_of
from automation.ledger.workbook import ColumnEdit, Snapshot, TabEdit
from automation.mail.outbox import Posting
from automation.run.job import Job, Request, Result
from automation.run.may_run import refuse_moved
from automation.run.plan import result_of, with_edits
from automation.run.run_context import run_context
from automation.run.steps_done import StepsDone
from automation.steps.validation import derive, prepare
from automation.text.catalogue import MORE_CASES, first_of, msg
from sheet_schema import INDEX, REGISTER
from sheet_schema.sending_words import ChangedBy, Command

TAKE_BACK = Job(Command.TAKE_BACK.key, assigns=False)
LAST = "last"
_NAMED = 10
_STAYS = frozenset({"case_no", "issued_on"})
_TAKEN_BACK = msg("the import of {mark} was taken back")


@dataclass(frozen=True)
class TakenBack:
    """An import that is taken back: its mark, the numbers that are blank lines again, and what is to be written."""

    result: Result
    mark: str
    numbers: tuple[str, ...]


def plan_taking_back(snapshot: Snapshot, request: Request, wanted: str) -> TakenBack:
    """What taking back the import with this mark (`last`: the last one) would do. Raises LedgerError if it cannot be."""
    context = run_context(snapshot, request)
    refuse_moved(context.before)
    prepared = prepare(context.current, context.now)
    ledger = prepared.ledger.noting(prepared.problems)
    if stops := ledger.stops:
        raise LedgerError(msg("Nothing can be taken back yet. {problem}").of(problem=stops[0]), ledger.language)
    mark, numbers = _import_meant(ledger, wanted)
    _refuse_what_people_worked_on(ledger, mark, numbers)
    at = positions_of(np.asarray(numbers, dtype=object), ledger.register["case_no"])
    emptied = _emptied(ledger, at, numbers)
    after = derive(emptied, context.now).ledger
    after = _with_history(after, context.mark, context.now, mark, numbers)
    cases = cases_of(after, context.now)
    before = context.before.having(register=_blank_at(context.before.register, at, keep_job=True))
    written = replace(context, before=before)
    posting = Posting(context.current.tables["notices"])
    result = with_edits(
        written,
        StepsDone(after, cases, prepared.filled),
        posting,
        result_of(written, after, posting, ()),
        _cleared(context.before.register, at, context.titles["register"]),
    )
    return TakenBack(result, mark, tuple(numbers))


def _import_meant(ledger: Ledger, wanted: str) -> tuple[str, list[str]]:
    """The mark of the import, and the numbers of its cases."""
    marks: dict[str, list[str]] = {}
    for number, one in origins(ledger).items():
        marks.setdefault(one.mark, []).append(number)
    if not marks:
        raise LedgerError(msg("No import can be taken back: no case came with one."), ledger.language)
    mark = max(marks) if wanted == LAST else wanted
    if mark not in marks:
        raise LedgerError(
            msg("There is no import {mark}. There are: {marks}.").of(mark=mark, marks=sorted(marks)), ledger.language
        )
    return mark, marks[mark]


def _refuse_what_people_worked_on(ledger: Ledger, mark: str, numbers: list[str]) -> None:
    touched = [*dict.fromkeys([*_filed_or_gone(ledger, numbers), *_changed(ledger, mark, numbers)])]
    if touched:
        raise LedgerError(
            msg(
                "The import of {mark} is not taken back: people have worked on {numbers} since, or they are filed or gone. Empty the other rows by hand, if they are to go."
            ).of(mark=mark, numbers=first_of(touched, _NAMED, MORE_CASES)),
            ledger.language,
        )


def _filed_or_gone(ledger: Ledger, numbers: list[str]) -> list[str]:
    register = ledger.register
    here = set(register["case_no"][has_content(register)].tolist()) - set(ledger.filing["case_no"].tolist())
    return [number for number in numbers if number not in here]


def _changed(ledger: Ledger, mark: str, numbers: list[str]) -> Iterator[str]:
    """The cases of which a cell is other than the last run left it, or which people changed since, as History has it."""
    register, index = ledger.register, ledger.index
    wanted = np.asarray(numbers, dtype=object)
    lines, kept = positions_of(wanted, register["case_no"]), positions_of(wanted, index["case_no"])
    here = lines >= 0
    prints = fingerprints(register, np.ones(len(register), dtype=bool))[lines[here]]
    same = unchanged(index["fingerprint"][kept[here]], prints)
    yield from wanted[here][~same].tolist()
    history = ledger.tables["history"]
    by_people = (history["who"] == ChangedBy.PERSON.key) & (history["at"] > np.datetime64(mark, "s"))
    named = set(history["case_no"][by_people].tolist())
    for row in history["row"][by_people].tolist():
        named.update(number for number in numbers if number in row)
    yield from (number for number in numbers if number in named)


def _emptied(ledger: Ledger, at: Array, numbers: list[str]) -> Ledger:
    """The ledger in which these lines are blank, and Index knows no more of their numbers than that they were issued."""
    index = ledger.index
    kept = positions_of(np.asarray(numbers, dtype=object), index["case_no"])
    columns = {column.key: _with_blanks(index[column.key], kept) for column in INDEX if column.key not in _STAYS}
    gone = frozenset(numbers)
    said = tuple(one for one in ledger.problems if one.tab != REGISTER.key or one.case_no not in gone)
    notes = tuple(one for one in ledger.notes if one.tab != REGISTER.key or one.case_no not in gone)
    ledger = ledger.having(index=index.having(**columns), register=_blank_at(ledger.register, at))
    return replace(ledger, problems=said, notes=notes)


def _blank_at(register: Table, at: Array, *, keep_job: bool = False) -> Table:
    """The Register with these lines blank but for their numbers; with `keep_job`, also for what the program wrote."""
    keys = [column.key for column in REGISTER if column.key != "case_no" and (column.staff or not keep_job)]
    values = {key: _with_blanks(register.values[key], at) for key in keys}
    read = {key: _with_blanks(register.read[key], at) for key in keys if REGISTER[key].staff}
    return replace(register, values={**register.values, **values}, read={**register.read, **read}, memo=Memo())


def _with_blanks(column: Array, at: Array) -> Array:
    whole = column.copy()
    whole[at] = blank(column.dtype)
    return whole


def _with_history(ledger: Ledger, run: str, now: datetime, mark: str, numbers: list[str]) -> Ledger:
    said = _TAKEN_BACK.say(ledger.language, mark=mark)
    cells = {
        "case_no": numbers,
        "column": [REGISTER["case_no"].label(ledger.language)] * len(numbers),
        "why": [said] * len(numbers),
    }
    return with_lines(ledger, run, now, cells)


def _cleared(register: Table, at: Array, title: str) -> list[TabEdit]:
    """The cells in which people type, emptied."""
    edits = []
    for column in REGISTER:
        if column.staff and column.key in register.at:
            cells = register.read[column.key][at]
            rows = [row for row, cell in zip(register.rows[at].tolist(), cells.tolist(), strict=True) if cell != ""]
            if rows:
                edits.append(ColumnEdit(register.at[column.key], rows, [""] * len(rows)))
    return [TabEdit(title, tuple(edits))] if edits else []
