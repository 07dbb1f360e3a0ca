"""Claims and confirmations of mails: the row of each in *Notices*, and the changes that write it.

On Google the tab itself is the journal of claims: nobody types there, and one batch is as fast and as safe as a file.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from automation.ledger.marks import Mark, mark
from automation.ledger.workbook import HEADER_ROW, Cell, TabEdit
from automation.workbooks.google.commit.row_changes import CommitPlan, RowChange, by_row
from automation.workbooks.google.reading import Cells

Name = tuple[Mark, ...]


class NotedRows:
    """The row of each line in one tab, by the columns that identify it: as read, and as written since."""

    def __init__(self, cells: Cells, edit: TabEdit) -> None:
        assert edit.terms is not None, "notes must have terms"
        self.title, self.terms = edit.title, edit.terms
        self._headers = _marks(cells, self.title, HEADER_ROW)
        count = len(cells.grids[self.title].rows) if self.title in cells.grids else HEADER_ROW
        self._rows = {self._name(_marks(cells, self.title, row)): row for row in range(HEADER_ROW + 1, count + 1)}
        self._last = max(count, HEADER_ROW)

    def add(self, changes: Iterable[RowChange]) -> None:
        """Note the rows that a commit wrote."""
        for change in changes:
            if change.title == self.title and not change.is_header:
                if change.is_new:
                    self._rows[self._name(_in_marks(change.writes))] = change.row
                self._last = max(self._last, change.row)

    def plan(self, edit: TabEdit) -> CommitPlan:
        """The plan that writes the edit's rows where they are now, and new ones after the last."""
        assert edit.terms is not None
        last = self._last
        changes = [RowChange(self.title, HEADER_ROW, self._headers, is_header=True)]
        for noted, writes in by_row(edit).items():
            name = self._name(_in_marks(writes))
            row = self._rows.get(name)
            is_new = row is None
            if row is None:
                row = last = last + 1
            guarded = (
                dict.fromkeys(self.terms.blank, "") if is_new else dict(zip(self.terms.guarded, name, strict=True))
            )
            changes.append(RowChange(self.title, row, guarded, writes, edit.terms.rows[noted], is_new=is_new))
        return CommitPlan(tuple(changes), tabs={self.title: self.terms})

    def _name(self, marks: Mapping[int, Mark]) -> Name:
        return tuple(marks.get(column, "") for column in self.terms.guarded)


def _marks(cells: Cells, title: str, row: int) -> dict[int, Mark]:
    return {column: mark(cell) for column, cell in enumerate(cells.line(title, row), start=1)}


def _in_marks(cells: Mapping[int, Cell]) -> dict[int, Mark]:
    return {column: mark(cell) for column, cell in cells.items()}
