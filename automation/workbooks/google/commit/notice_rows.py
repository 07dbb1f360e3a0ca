"""Claims and confirmations in Notices: which row a journal line's notice stands in, and the works that write it.

On Google the tab itself is the journal (`automation.journal`): nobody types there, and one batch is as quick and as safe as a
file would be.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from automation.ledger.cells import as_text
from automation.ledger.marks import mark
from automation.ledger.workbook import Cell, JournalLine
from automation.workbooks.google.commit.row_changes import RowChange
from automation.workbooks.google.reading import HEADERS, Cells
from sheet_schema import NOTICES, Column, Language, Type

_ROW = ("mail_id", "key", "to")
"""What tells one row of Notices from every other, as `automation.journal` has it."""
Name = tuple[str, ...]


class Noticed:
    """Where each notice stands, as read and as written since."""

    def __init__(self, cells: Cells) -> None:
        self.title = next((title for title, one in cells.placed.items() if one.tab is NOTICES), "")
        self._at = cells.placed[self.title].at if self.title else {}
        self._headers = {i: mark(cell) for i, cell in enumerate(cells.line(self.title, HEADERS), start=1)}
        count = len(cells.grids[self.title].rows) if self.title else HEADERS
        self._language: Language = "zh" if self.title == NOTICES.zh else "en"
        self._rows = {
            self._name(dict(enumerate(cells.line(self.title, row), start=1))): row
            for row in range(HEADERS + 1, count + 1)
        }
        self._last = max(count, HEADERS)

    def add(self, works: Iterable[RowChange]) -> None:
        """A commit wrote these."""
        for work in works:
            if work.title == self.title and not work.is_header:
                if work.is_new:
                    self._rows[self._name(work.writes)] = work.row
                self._last = max(self._last, work.row)

    def works(self, lines: Sequence[JournalLine]) -> list[RowChange]:
        """What brings Notices up to date with these lines."""
        last = self._last
        works = [RowChange(self.title, HEADERS, self._headers, is_header=True)]
        for line in lines:
            writes = {
                self._at[column.key]: _cell(column, line.get(column.key), self._language)
                for column in NOTICES
                if column.key in self._at
            }
            row = self._rows.get(self._name(writes))
            is_new = row is None
            if row is None:
                row = last = last + 1
            names = [self._at[key] for key in _ROW if key in self._at]
            guarded = dict.fromkeys(self._at.values(), "") if is_new else {at: mark(writes[at]) for at in names}
            works.append(
                RowChange(self.title, row, guarded, writes, case_no=str(line.get("case_no") or ""), is_new=is_new)
            )
        return works

    def _name(self, cells: Mapping[int, Cell]) -> Name:
        return tuple(as_text(cells.get(self._at.get(key, 0), "")) for key in _ROW)


def _cell(column: Column, value: str | float | None, language: Language) -> Cell:
    """A journal line's value as the tab shows it."""
    if value is None:
        return ""
    if column.type is Type.DATE:
        return date.fromisoformat(str(value)[:10])
    if column.type is Type.MOMENT:
        return datetime.fromisoformat(str(value))
    if column.type is Type.WHOLE:
        return int(float(value))
    if column.type is Type.CHOICE and column.choices is not None and str(value):
        return column.choices.of(str(value)).label(language)
    return str(value)
