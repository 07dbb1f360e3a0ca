"""Cases whose rows do not settle, run after run, though nobody types there (docs/design.md#p9.11).

Google shows some cells in two forms: a smart chip reads as its text and is entered as "@"; what spills from another
formula reads as a value and was entered nowhere. A guard would never hold for them. Such a cell is found out by reading
it again: if it still is what the run had read, nobody typed, and it guards its row no longer. The undo log keeps them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from automation.ledger.cell_names import column_letters
from automation.ledger.marks import Mark, mark
from automation.ledger.workbook import HEADER_ROW, Cell, Restless
from automation.workbooks.google.client import Transport
from automation.workbooks.google.commit.row_changes import RowChange
from automation.workbooks.google.commit.undo_log import Before, Entry, holds
from automation.workbooks.google.reading import AS_TYPED, Cells, quoted
from automation.workbooks.google.refusals import Refused

MOST_LOOKED_AT = 50
"""The most cells that a run reads again."""
_FORMS = "sheets(data(rowData(values(userEnteredValue,effectiveValue,chipRuns))))"


@dataclass(frozen=True)
class _Odd:
    """A cell that was copied to the undo log otherwise than it was read."""

    title: str
    row: int
    column: int
    header: str
    read: Mark
    number_at: int
    number: Mark

    @property
    def place(self) -> str:
        return f"{quoted(self.title)}!{column_letters(self.column)}{self.row}"

    @property
    def place_of_number(self) -> str:
        return f"{quoted(self.title)}!{column_letters(self.number_at)}{self.row}"


@dataclass
class Tally:
    """What the batches of one commit showed of each case whose row people may change."""

    cells: Cells
    seen: set[str] = field(default_factory=set)
    odd: dict[str, list[_Odd]] = field(default_factory=dict)
    still: set[str] = field(default_factory=set)
    """Cases with a cell that guards its row no longer, and still was copied otherwise than it was read."""
    changed: set[str] = field(default_factory=set)
    """Cases of which this commit has moved a row or filled in a cell that guards it, or whose rows differ by more than odd cells."""

    def add(
        self, changes: Sequence[RowChange], entries: Sequence[Entry], before: Before, number_at: Mapping[str, int]
    ) -> None:
        """Note what one batch showed, except of a tab whose columns had moved."""
        moved = {entry.sheet_id for entry in entries if entry.is_header and not holds(entry, before.get(entry.at, {}))}
        for change, entry in zip(changes, entries, strict=True):
            at, line = number_at.get(change.title, 0), before.get(entry.at, {})
            differs = [column for column, read in change.guarded.items() if line.get(column, "") != read]
            odd = [column for column in differs if change.guarded[column] != ""]
            known = at and not change.is_new and not change.is_header and entry.sheet_id not in moved
            if (
                _is_written(change)
                or entry.sheet_id in moved
                or (differs and (differs != odd or not known or at in odd))
            ):
                self.changed.add(change.owner)
            if not known or not change.owner:
                continue
            self.seen.add(change.owner)
            if any(line.get(column, "") != found for column, found in change.unguarded.items()):
                self.still.add(change.owner)
            if line.get(at, "") == change.guarded.get(at, ""):
                self.odd.setdefault(change.owner, []).extend(self._cell(change, column, at) for column in odd)

    def _cell(self, change: RowChange, column: int, number_at: int) -> _Odd:
        headers = self.cells.line(change.title, HEADER_ROW)
        header = str(headers[column - 1]) if column <= len(headers) else ""
        number = change.guarded.get(number_at, "")
        return _Odd(change.title, change.row, column, header, change.guarded[column], number_at, number)


def _is_written(change: RowChange) -> bool:
    """Whether the commit does more to the row than what the next run derives from the same cells."""
    filled_in = change.writes.keys() & (change.guarded.keys() | change.unguarded.keys())
    return bool(change.group or change.goes or change.comes_from or (filled_in and not change.is_new))


@dataclass(frozen=True)
class Settled:
    """What a commit showed of the cases that it left out or undid: which are restless, and which are just as they were read."""

    restless: Mapping[str, Restless]
    as_read: frozenset[str]


def settled(
    transport: Transport, key: str, tally: Tally, before: Mapping[str, Restless], gone: Iterable[str]
) -> Settled:
    """What is known of the cases after a commit that left out or undid the `gone` ones."""
    undone = set(gone) & (tally.seen | before.keys())
    after = {owner: one for owner, one in before.items() if owner not in tally.seen - undone or owner in tally.still}
    causes = _causes(transport, key, [cell for owner in sorted(undone) for cell in tally.odd.get(owner, ())])
    for owner in sorted(undone):
        was = before.get(owner, Restless())
        found = [cell for cell in tally.odd.get(owner, ()) if cell in causes]
        columns = (*was.columns, *(cell.header for cell in found if cell.header and cell.header not in was.columns))
        cause = next((causes[cell] for cell in found), was.cause)
        after[owner] = Restless(was.runs + 1, tuple(dict.fromkeys(columns)), cause)
    whole = {owner for owner in undone - tally.changed if tally.odd.get(owner) and causes.keys() >= {*tally.odd[owner]}}
    return Settled(after, frozenset(whole))


def _causes(transport: Transport, key: str, cells: Sequence[_Odd]) -> dict[_Odd, str]:
    """Why each of these cells has two forms; left out are those in which somebody has typed, and those of a row that moved."""
    asked = list(cells)[:MOST_LOOKED_AT]
    if not asked:
        return {}
    places = [cell.place for cell in asked]
    try:
        forms = [transport.read(key, ranges=place, fields=_FORMS).json() for place in places]
        ranges = [*places, *(cell.place_of_number for cell in asked)]  # read last, since mails rest on it
        reply = transport.read(f"{key}/values:batchGet", ranges=ranges, **AS_TYPED).json()
    except Refused:  # a tab was renamed meanwhile
        return {}
    now = [mark(_first(one.get("values", ()))) for one in reply.get("valueRanges", ())]
    here = zip(asked, forms, now, now[len(asked) :], strict=False)
    return {cell: _cause(form) for cell, form, found, number in here if (found, number) == (cell.read, cell.number)}


def _first(rows: Sequence[Sequence[Cell]]) -> Cell:
    return rows[0][0] if rows and rows[0] else ""


def _cause(form: Mapping[str, Any]) -> str:
    """What a cell is that has two forms."""
    cell = next(_cells(form), {})
    entered = cell.get("userEnteredValue", {})
    if cell.get("chipRuns") or "@" in str(entered.get("stringValue", "")):
        return "chip"
    if "formulaValue" in entered or ("effectiveValue" in cell and not entered):
        return "formula"
    return "image" if not entered else "other"


def _cells(form: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for sheet in form.get("sheets", ()):
        for data in sheet.get("data", ()):
            for row in data.get("rowData", ()):
                yield from row.get("values", ())
