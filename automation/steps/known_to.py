"""What the reader of a digest may know of: which cases, live and filed, and which problems of their rows (docs/design.md#p5.23)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property

import numpy as np

from automation.cases.cases import Cases
from automation.cases.confidentiality import Confidence, judge_table
from automation.ledger.model import Problem
from automation.ledger.table import Array, Table

Visible = Callable[[Table, Confidence, Array], Array]
"""Takes a table, its confidence and a mask of its cases, and masks those that a reader may know of."""
TWICE = {
    "copied_number": "case_no", "filed_number": "case_no", "filed_back": "case_no", "filed_twice": "case_no",
    "archive_no_twice": "archive_no", "seal_twice": "seal_no",
}  # fmt: skip
"""The problems of a row that another row is the cause of, and the column in which both have the same."""


class KnownTo:
    """What a reader may know of: the cases of the Register and of Filing (masks), and the problems of their rows."""

    def __init__(self, cases: Cases, visible: Visible) -> None:
        self._cases, self._visible = cases, visible
        self.live = visible(cases.register, cases.confidence, cases.register_lines.content)
        self.numbers = frozenset(cases.register["case_no"][self.live].tolist())

    @cached_property
    def _filed(self) -> Array:
        filing = self._cases.ledger.filing
        judged = judge_table(filing, self._cases.ledger.policy, self._cases.now.date())
        return self._visible(filing, judged, np.ones(len(filing), dtype=bool))

    @property
    def every_number(self) -> frozenset[str]:
        """The numbers of these cases, filed ones too."""
        return self.numbers.union(self._cases.ledger.filing["case_no"][self._filed].tolist())

    @cached_property
    def _filed_rows(self) -> Mapping[int, int]:
        rows = self._cases.ledger.filing.rows
        return {int(rows[at]): at for at in np.flatnonzero(self._filed).tolist()}

    @cached_property
    def _hidden(self) -> Mapping[str, frozenset[object]]:
        """By column, what the rows have that the reader must not know of."""
        filing, register = self._cases.ledger.filing, self._cases.register
        unseen = register["case_no"][self._cases.register_lines.content & ~self.live].tolist()
        filed = {key: frozenset(filing[key][~self._filed].tolist()) for key in TWICE.values()}
        return {**filed, "case_no": filed["case_no"].union(unseen)}

    def live_one(self, problem: Problem) -> bool:
        """Whether the reader may be told of this problem of a row of the Register."""
        if problem.case_no not in self.numbers:
            return False
        return problem.code not in TWICE or problem.case_no not in self._hidden["case_no"]

    def filed_one(self, problem: Problem) -> bool:
        """Whether the reader may be told of this problem of a row of Filing."""
        at, key = self._filed_rows.get(problem.row or 0), TWICE.get(problem.code)
        if at is None or key is None:
            return at is not None
        return self._cases.ledger.filing[key][at] not in self._hidden[key]
