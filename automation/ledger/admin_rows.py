"""The rows of the administrators' tabs while they are read, and what becomes of a row in which something is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TypeVar

from automation.ledger.admin_row import Row
from automation.ledger.model import Problem
from automation.ledger.problems import COUNTS_AS_BLANK, SKIPPED
from automation.ledger.table import Table

Made = TypeVar("Made")
NOT_NEEDED = frozenset(
    {
        ("departments", "email"),
        ("departments", "note"),
        ("people", "email"),
        ("people", "phone"),
        ("people", "digest"),
        ("people", "language"),
        ("people", "address_as"),
        ("people", "stand_in"),
        ("duty", "phone"),
        ("topics", "hint"),
        ("routing", "note"),
        ("deadlines", "basis"),
        ("calendar", "name"),
    }
)
"""The cells without which a row can still be used, as if they were blank: nobody is told of anything because of them."""


@dataclass
class AdminRows:
    """All rows of the administrators' tabs, which collect the problems; `found` are those with cells that cannot be read."""

    tables: Mapping[str, Table]
    found: Sequence[Problem]
    rows: list[Row] = field(default_factory=list)

    @cached_property
    def _useless(self) -> frozenset[tuple[str, int]]:
        """The rows with a cell that cannot be read and that they cannot do without."""
        needed = (one for one in self.found if (one.tab, one.column) not in NOT_NEEDED)
        return frozenset((one.tab, one.row) for one in needed if one.row is not None)

    def read(self, key: str, make: Callable[[Row], Made]) -> list[tuple[Row, Made]]:
        """What each row of a tab says, also where the row has to be skipped. Rows in which nobody typed are left out."""
        table, read = self.tables[key], []
        for position in range(len(table)):
            if not any(table.read[column.key][position] != "" for column in table.tab if column.staff):
                continue  # people typed nothing here, only the program did
            row = Row(table, position)
            row.skipped = (key, row.number) in self._useless
            self.rows.append(row)
            read.append((row, make(row)))
        return read

    def problems(self) -> list[Problem]:
        """The problems with cells, each saying what becomes of its row or cell, then those with what the rows say."""
        skipped = {(row.tab.tab.key, row.number): row.skipped for row in self.rows}
        return [
            *(_with_consequence(one, skipped.get((one.tab, one.row or 0))) for one in self.found),
            *(problem for row in self.rows for problem in row.problems()),
        ]


def _with_consequence(problem: Problem, skipped: bool | None) -> Problem:
    """The problem with what becomes of its row (None: not a row of these) or, where the row is used, of its cell."""
    if skipped is None:
        return problem
    return replace(problem, said=(*problem.said, SKIPPED if skipped else COUNTS_AS_BLANK))
