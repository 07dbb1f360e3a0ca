"""Archiving in a run: which closed rows go to Filing now, and into which columns; the users' own go by header."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from automation.cases.cases import Cases
from automation.ledger.changes import unequal
from automation.ledger.model import Ledger
from automation.ledger.table import Table
from automation.ledger.typed.cell import as_text
from automation.ledger.workbook import Cell, ColumnEdit, RowMove, TabEdit
from automation.run.run_context import RunContext
from automation.steps.filing import Filed, all_seals, due_for_filing, file_cases, kept_from_filing, last_seal
from automation.steps.validation import with_problem_columns
from sheet_schema import REGISTER, folded


def file_due(context: RunContext, cases: Cases) -> Filed | None:
    """File the closed cases that are due, as many as one commit can move; None if there are none.

    Rows that cannot move, such as those with formulas, are held and reported.
    """
    register = cases.register
    due, kept = due_for_filing(cases, context.now), kept_from_filing(cases, context.now)
    if due and not context.job.writes_everything:
        # `archive` alone writes no derived cells, so it skips rows whose derived cells are out of date.
        unwritten = _unwritten(context.before.register, register)
        due = [at for at in due if at not in unwritten]
    if not (due or kept):
        return None
    rows = [int(register.rows[at]) for at in due]
    move = RowMove(context.titles["register"], context.titles["filing"], rows)
    reasons = context.constraints.bound(move) if rows else {}
    held = {at: reasons[row] for at, row in zip(due, rows, strict=True) if row in reasons}
    held |= dict.fromkeys(sorted(kept), "kept")
    now_or_held = {*held, *[at for at in due if at not in held][: context.constraints.most_moves]}
    due = [at for at in due if at in now_or_held]
    filed = file_cases(cases, due, held, context.now)
    if not filed.problems:
        return filed
    return replace(filed, ledger=with_problem_columns(filed.ledger.noting(filed.problems)))


def _unwritten(before: Table, after: Table) -> frozenset[int]:
    """The positions of rows whose sheet does not show yet what the register says."""
    differs = np.zeros(len(after), dtype=bool)
    differs[len(before) :] = True
    for column in REGISTER:
        differs[: len(before)] |= unequal(before[column.key], after[column.key][: len(before)])
    return frozenset(np.flatnonzero(differs).tolist())


def seals_of(ledger: Ledger, filed: Filed | None) -> dict[str, list[object]]:
    """The last seal number and a digest over all seals, which *Runs* keeps of each run that sealed anything."""
    if filed is None or not filed.positions:
        return {}
    return {"last_seal": [float(last_seal(ledger))], "seals": [all_seals(ledger.filing)]}


def moves_of(context: RunContext, filed: Filed) -> tuple[tuple[RowMove, ...], tuple[TabEdit, ...]]:
    """The move to Filing, and the headers that Filing lacks for the users' own columns of the Register."""
    if not filed.positions:
        return (), ()
    source, target = context.titles["register"], context.titles["filing"]
    register, filing, grids = context.before.register, context.before.filing, context.snapshot.grids
    columns = {
        register.at[column.key]: filing.at[column.key]
        for column in REGISTER
        if column.key in register.at and column.key in filing.at
    }
    own, missing = _own_columns(grids[source].rows, register, grids[target].rows, filing)
    headers = tuple(ColumnEdit(at, (1,), (header,)) for at, header in missing)
    rows = tuple(int(register.rows[at]) for at in filed.positions)
    move = RowMove(source, target, rows, filed.rows, {**columns, **own})
    return (move,), (TabEdit(target, headers),) if headers else ()


def _own_columns(
    ours: Sequence[Sequence[Cell]], register: Table, theirs: Sequence[Sequence[Cell]], filing: Table
) -> tuple[dict[int, int], list[tuple[int, Cell]]]:
    """The column in Filing for each of the users' own columns of the Register, and the headers that are new there.

    A column without a header cannot be matched, so it gets a new place of its own.
    """
    taken = set(register.at.values())
    headers: list[Cell] = [*theirs[0]] if theirs else []
    known = {folded(as_text(header)): at for at, header in enumerate(headers, start=1) if header != ""}
    width = max([len(headers), *(len(row) for row in theirs)], default=0)
    width = max(width, *filing.at.values())
    found: dict[int, int] = {}
    missing: list[tuple[int, Cell]] = []
    for at in range(1, max((len(row) for row in ours), default=0) + 1):
        if at in taken or not any(len(row) >= at and row[at - 1] != "" for row in ours):
            continue
        header = ours[0][at - 1] if len(ours[0]) >= at else ""
        there = known.get(folded(as_text(header))) if header != "" else None
        if there is None:
            width += 1
            there = width
            if header != "":
                missing.append((there, header))
        found[at] = there
    return found, missing
