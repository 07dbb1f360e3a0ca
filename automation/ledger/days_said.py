"""Which day was meant by a word such as 昨天, kept in Index from the day on which it was typed (docs/design.md#p2.13)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from automation.ledger import problems as messages
from automation.ledger.model import Problem
from automation.ledger.table import Table
from sheet_schema import TAB

RELATIVE = "relative_day"
TAKEN = "day_taken"

Said = Mapping[str, tuple[str, date]]
"""By column, what stands in the cell of one case, and the day that it means."""


def as_cell(said: Said) -> str:
    """What Index keeps of the words in one row."""
    kept = {column: [text, day.isoformat()] for column, (text, day) in sorted(said.items())}
    return json.dumps(kept, ensure_ascii=False) if kept else ""


def said_in(cell: str) -> Said:
    """The words and days in a cell of Index; nothing if somebody spoilt it."""
    try:
        return {column: (str(text), date.fromisoformat(day)) for column, (text, day) in json.loads(cell).items()}
    except (ValueError, TypeError, AttributeError):
        return {}


def with_days_said(
    tables: Mapping[str, Table], problems: Sequence[Problem]
) -> tuple[dict[str, Table], list[Problem], list[Problem]]:
    """The tables with every day that is known from when its word was typed, the problems that are left, and a note for
    each such day in the Register."""
    index = tables["index"]
    kept = dict(zip(index["case_no"].tolist(), index["days_said"].tolist(), strict=True))
    left, notes, made = [], [], dict(tables)
    for problem in problems:
        day = _known_day(problem, kept, made) if problem.code == RELATIVE else None
        if day is None or problem.row is None:
            left.append(problem)
            continue
        made[problem.tab] = with_day(made[problem.tab], problem, day)
        if problem.tab == "register":
            notes.append(taken(problem, as_typed(made["register"], problem), day))
    return made, left, notes


def _known_day(problem: Problem, kept: Mapping[str, str], tables: Mapping[str, Table]) -> date | None:
    cell = kept.get(problem.case_no, "")
    if not cell or problem.tab not in ("register", "filing"):
        return None
    text, day = said_in(cell).get(problem.column, ("", None))
    return day if text == as_typed(tables[problem.tab], problem) else None


def as_typed(table: Table, problem: Problem) -> str:
    """What stands in the cell of this problem."""
    return str(table.read[problem.column][np.flatnonzero(table.rows == problem.row)[0]])


def with_day(table: Table, problem: Problem, day: date) -> Table:
    """The table with this day as the value of the problem's cell; the cell stays as it was typed."""
    values = table[problem.column].copy()
    values[np.flatnonzero(table.rows == problem.row)] = np.datetime64(day, "D")
    return table.having(**{problem.column: values})


def taken(problem: Problem, text: str, day: date) -> Problem:
    """The note that says which day was meant."""
    said = messages.problem(TAKEN, column=TAB[problem.tab][problem.column], value=text, meant=day)
    return replace(problem, code=TAKEN, said=said, warning=True)
