"""Takes over what online forms put into a tab of the workbook, or into files: each row once, as if somebody had typed it.

A row goes into the next numbered line of the pad, and the run then numbers, checks, assigns and tells it as any other
(docs/design.md#p14.1). What is answered beside the row is in `run/form_answers.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from automation.ledger.changes import ColumnChange
from automation.ledger.errors import LedgerError
from automation.ledger.foreign_sheet import ForeignSheet
from automation.ledger.model import Ledger, Problem
from automation.ledger.problems import problem
from automation.ledger.table import Table, positions_of
from automation.ledger.titles_and_headers import titles_found
from automation.ledger.workbook import Cell, ColumnEdit, Grid, Snapshot, TabEdit
from automation.run.form_rows import FormRow, State, rows_of_table
from automation.run.run_context import RunContext, run_context
from automation.steps.number_pad import waiting_lines
from automation.text.catalogue import msg
from automation.ways_in.form_columns import Corrections, corrections
from automation.ways_in.old_case import OldCase
from automation.ways_in.submissions import FormTable, form_table
from automation.ways_in.typed_cells import typed_cell
from sheet_schema import REGISTER, SETTING, folded
from sheet_schema.form_settings import INTAKE_AT_ONCE, INTAKE_HEADINGS, INTAKE_TAB

EXAMPLE = msg("What happened? = Summary")
"""How a person says what a heading means."""
_NO_HEADINGS = msg("{name} has no line with two headings or more.")


@dataclass(frozen=True)
class NewCase:
    """A row that is taken over: from which tab or file, what it is known by, its case, and the line of the Register it gets."""

    source: str
    row: FormRow
    case: OldCase
    line: int


@dataclass(frozen=True)
class Source:
    """A tab or a file that a form fills, by its name, with its rows."""

    name: str
    table: FormTable
    rows: tuple[FormRow, ...]


@dataclass(frozen=True)
class CameIn:
    """What forms brought. `context` is the run in which the new rows stand in the Register as if typed, and `typed` are the
    cells that people would have typed. `tab` is the tab that a form fills, also the first of the `sources`."""

    context: RunContext
    sources: tuple[Source, ...] = ()
    tab: Source | None = None
    new: tuple[NewCase, ...] = ()
    typed: tuple[TabEdit, ...] = ()
    changes: tuple[ColumnChange, ...] = ()
    """The typed cells once more, to be shown."""


def came_in(context: RunContext) -> CameIn:
    """Read what forms brought, and put what is new into the Register, in memory."""
    settings = context.current.policy.settings
    said = corrections(settings[INTAKE_HEADINGS])
    problems = [*_of_headings(context.current, said)]
    tab = _from_tab(context, said, problems)
    sources = [*([tab] if tab is not None else []), *_from_files(context, said, problems)]
    found = ((source.name, row) for source in sources for row in source.rows)
    new = _each_once((name, row) for name, row in found if row.state is State.NEW)
    if len(new) > (most := settings.whole(INTAKE_AT_ONCE)):
        details = {"count": len(new), "most": most, "setting": SETTING[INTAKE_AT_ONCE]}
        problems.append(_problem(context.current, INTAKE_AT_ONCE, "intake_flood", **details))
        new = []
    cases = _in_lines(context.current, new)
    came = CameIn(_noting(context, problems), tuple(sources), tab, tuple(cases))
    return _typed(came) if cases else came


def _from_tab(context: RunContext, said: Corrections, problems: list[Problem]) -> Source | None:
    """The tab that a form fills, or None; what is wrong with it is added to `problems`."""
    title, wrong = _tab(context)
    table = form_table(ForeignSheet(title, context.snapshot.grids[title].rows), said) if title else None
    if title and table is None:
        wrong = "intake_no_headings"
    if wrong:
        wanted = context.current.policy.settings[INTAKE_TAB]
        problems.append(_problem(context.current, INTAKE_TAB, wrong, value=wanted))
    return Source(title, table, _rows(context, table, waits=True)) if table is not None else None


def _from_files(context: RunContext, said: Corrections, problems: list[Problem]) -> Iterator[Source]:
    """The tables in the files that were dropped; what is wrong with a file is added to `problems`."""
    for file in context.request.takes_in or ():
        if isinstance(file, LedgerError):
            problems.append(_problem(context.current, INTAKE_TAB, "intake_file", reason=file.message))
            continue
        tables = [table for sheet in file.sheets if (table := form_table(sheet, said)) is not None]
        if not tables:
            reason = _NO_HEADINGS.of(name=file.name)
            problems.append(_problem(context.current, INTAKE_TAB, "intake_file", reason=reason))
        yield from (Source(file.name, one, _rows(context, one, waits=False)) for one in tables)


def _rows(context: RunContext, table: FormTable, *, waits: bool) -> tuple[FormRow, ...]:
    return tuple(rows_of_table(table, context.current, waits=waits))


def _tab(context: RunContext) -> tuple[str, str]:
    """The title of the tab that the setting names; blank with the code of a problem if it cannot be used."""
    wanted = folded(context.current.policy.settings[INTAKE_TAB])
    if not wanted:
        return "", ""
    titles = context.snapshot.grids.keys()
    title = next((one for one in titles if folded(one) == wanted), "")
    ours = titles_found(titles, context.current.language).values()
    return (title, "") if title and title not in ours else ("", "intake_own_tab" if title else "intake_no_tab")


def _of_headings(ledger: Ledger, said: Corrections) -> Iterator[Problem]:
    for part in said.wrong:
        yield _problem(ledger, INTAKE_HEADINGS, "intake_heading", value=part, example=EXAMPLE)


def _problem(ledger: Ledger, key: str, code: str, **details: object) -> Problem:
    said = problem(code, column=SETTING[key], **details)
    return Problem("settings", ledger.policy.settings.rows.get(key), "value", code, said, warning=True)


def _noting(context: RunContext, problems: Sequence[Problem]) -> RunContext:
    return replace(context, current=context.current.noting(problems)) if problems else context


def _each_once(found: Iterator[tuple[str, FormRow]]) -> list[tuple[str, FormRow]]:
    """Rows that are the same are one; the earliest come first."""
    by_print: dict[str, tuple[str, FormRow]] = {}
    for source, row in found:
        by_print.setdefault(row.told.print, (source, row))
    return sorted(by_print.values(), key=_when)


def _when(one: tuple[str, FormRow]) -> str:
    sent = one[1].told.sent
    return sent.isoformat() if sent is not None else "~"


def _in_lines(ledger: Ledger, new: Sequence[tuple[str, FormRow]]) -> list[NewCase]:
    """Each with the next free line of the pad. Those for which there is none wait for the next run."""
    if not new:
        return []
    waiting = np.flatnonzero(waiting_lines(ledger))
    rows = ledger.register.rows
    used = np.setdiff1d(np.arange(len(rows)), waiting)
    lowest = rows[used].max() if len(used) else 0
    free = sorted(row for row in rows[waiting].tolist() if row > lowest)
    return [
        NewCase(source, row, row.case, line)
        for (source, row), line in zip(new, free, strict=False)
        if row.case is not None
    ]


def _typed(came: CameIn) -> CameIn:
    """The same with the new cases in the Register, and the run that reads them there."""
    context = came.context
    ledger, title = context.current, context.titles["register"]
    at = {key: place for key, place in ledger.register.at.items() if REGISTER[key].staff}
    cells = {
        (one.line, place): cell
        for one in came.new
        for key, place in at.items()
        if (cell := typed_cell(one.case, key, ledger.language)) != ""
    }
    by_column: dict[int, list[int]] = {}
    for line, place in cells:
        by_column.setdefault(place, []).append(line)
    edits = [ColumnEdit(place, lines, [cells[line, place] for line in lines]) for place, lines in by_column.items()]
    read = run_context(_with_cells(context.snapshot, title, cells), context.request, context.constraints)
    found = [one for one in context.current.problems if one.code.startswith("intake_")]
    read = replace(read, current=_in_index(read.current, came))
    changes = _shown(read.before.register, sorted(by_column, key=[*at.values()].index), cells, at)
    return replace(came, context=_noting(read, found), typed=(TabEdit(title, tuple(edits)),), changes=tuple(changes))


def _shown(
    register: Table, places: Sequence[int], cells: Mapping[tuple[int, int], Cell], at: Mapping[str, int]
) -> Iterator[ColumnChange]:
    """The cells that are written as if typed, a column at a time."""
    keys = {place: key for key, place in at.items()}
    for place in places:
        lines = [line for line, column in cells if column == place]
        positions = np.flatnonzero(np.isin(register.rows, lines))
        column = REGISTER[keys[place]]
        before = np.full(len(positions), "", dtype=object)
        yield ColumnChange(register, column, positions, before, register[column.key][positions])


def _in_index(ledger: Ledger, came: CameIn) -> Ledger:
    """The ledger with what each new case is known by in Index."""
    numbers, index = numbers_of(came, ledger), ledger.index
    kept = index["intake"].copy()
    for one in came.new:
        at = positions_of(np.asarray([numbers.get(one.line, "")], dtype=object), index["case_no"])
        kept[at[at >= 0]] = one.row.told.print
    return ledger.having(index=index.having(intake=kept))


def _with_cells(snapshot: Snapshot, title: str, cells: Mapping[tuple[int, int], Cell]) -> Snapshot:
    rows = [[*row] for row in snapshot.grids[title].rows]
    for (line, place), cell in cells.items():
        row = rows[line - 1]
        row.extend([""] * (place - len(row)))
        row[place - 1] = cell
    return replace(snapshot, grids={**snapshot.grids, title: Grid(title, rows)})


def numbers_of(came: CameIn, ledger: Ledger) -> Mapping[int, str]:
    """The number of each new case, by its line of the Register."""
    lines = {one.line for one in came.new}
    pairs = zip(ledger.register.rows.tolist(), ledger.register["case_no"].tolist(), strict=True)
    return {row: number for row, number in pairs if row in lines and number}
