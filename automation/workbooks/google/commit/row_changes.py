"""What a commit does, row by row: a `Work` names the row, what it writes there, and what has to stand there before.

"A change names its row by case number and carries the fingerprint of the staff cells it was derived from" (docs/design.md#p7.3).
The fingerprint here is of every cell in which a person may have typed, and of the number.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from automation.ledger.cells import as_text
from automation.ledger.marks import Mark, mark
from automation.ledger.settings import setting_called
from automation.ledger.workbook import Cell, RowMove, TabEdit
from automation.workbooks.google.reading import HEADERS, Cells, Placed
from sheet_schema import INDEX, NOTICES, REGISTER, RUNS, SETTINGS, Place
from sheet_schema.settings import ASKED
from sheet_schema.vocabulary import NoticeKind

NUMBERING = "numbering"
"""Rows that get their number in this commit: "numbers run on without a gap", so that none is begun with unless all can be. So it is
with the numbers that a new Index takes over, which it does only while it is empty."""
FILING = "filing"
"""Rows that go to Filing in this commit: one digest over all their seals stands in Runs, so all of them go or none."""
_NAMES_A_NOTICE = ("key", "mail_id", "to")
_OF_SEALS = ("last_seal", "seals")
_OF_ISSUE = ("case_no", "issued_on", "first_seen")
"""What Index says of a number once it stands in the Register, whatever becomes of its case."""


@dataclass(frozen=True)
class RowChange:
    """One row of a commit. Rows and columns count from 1.

    `case_no` is whose row it is (`""`: nobody's); `number` the one that stands there before, by which it is found
    again. `guarded` says for each column what must stand there before. Works of one `group` stand or fall together.
    """

    title: str
    row: int
    guarded: Mapping[int, Mark]
    writes: Mapping[int, Cell] = field(default_factory=dict)
    case_no: str = ""
    number: str = ""
    group: str = ""
    is_header: bool = False
    is_new: bool = False
    """The row held nothing when it was read."""
    goes: bool = False
    """The row goes to another tab, and those below close up."""
    comes_from: int = 0
    """The row of the other tab that comes to stand here, as it stands before."""
    beside: str = ""
    """The case in whose part of a split commit it is done, if it is not the case's own."""


@dataclass(frozen=True)
class Route:
    """Between which tabs rows move, and which column of the target takes which of the source."""

    source: str
    target: str
    columns: Mapping[int, int]


@dataclass(frozen=True)
class Plan:
    """All works of a commit, tab by tab from the top down, how rows move, and what is written on pages.

    A page has no rows that are anybody's: nothing is looked up there, nothing is journalled, and whatever somebody did to it
    meanwhile undoes no case. Should a cell land beside its place, the next run puts it right.
    """

    works: tuple[RowChange, ...]
    routes: tuple[Route, ...] = ()
    pages: Mapping[str, RowsOfCells] = field(default_factory=dict)


RowsOfCells = Mapping[int, Mapping[int, Cell]]
"""Row → column → value."""


def planned(cells: Cells, edits: Sequence[TabEdit], moves: Sequence[RowMove], watched: Iterable[str] = ()) -> Plan:
    """The works of these edits and moves; with them one for each watched case's row of the Register, and one for the
    headers of each tab that is touched."""
    writes = _by_row([edit for edit in edits if edit.title not in cells.pages])
    going = {(move.source, row) for move in moves for row in move.rows}
    coming = {
        (move.target, to): (move.source, row) for move in moves for row, to in zip(move.rows, move.to, strict=True)
    }
    given = _numbers_given(cells, writes)
    works: list[RowChange] = []
    for title, row in sorted({*writes, *going, *coming, *_rows_of(cells, watched)}):
        work = _work(cells, title, row, writes.get((title, row), {}), given)
        if (title, row) in going:
            work = replace(work, group=FILING, goes=True)
        elif (title, row) in coming:
            work = replace(work, group=FILING, comes_from=coming[title, row][1])
        works += _apart(work, cells, filing=bool(moves))
    works = list(_of_one_case(works))
    headers = [_headers(cells, title) for title in dict.fromkeys(work.title for work in works)]
    routes = tuple(Route(move.source, move.target, move.columns) for move in moves)
    return Plan((*headers, *works), routes, _pages([edit for edit in edits if edit.title in cells.pages]))


def _pages(edits: Sequence[TabEdit]) -> dict[str, RowsOfCells]:
    pages: dict[str, dict[int, dict[int, Cell]]] = {}
    for (title, row), cells in _by_row(edits).items():
        pages.setdefault(title, {})[row] = cells
    return {**pages}


def _of_one_case(works: Sequence[RowChange]) -> Iterator[RowChange]:
    """The works with the row that goes and the row that comes being the same case's, wherever its number is written."""
    whose = {work.comes_from: work.case_no for work in works if work.comes_from}
    whose |= {work.row: work.case_no for work in works if work.goes and work.case_no}
    for work in works:
        if work.goes or work.comes_from:
            work = replace(work, case_no=whose[work.comes_from or work.row])
        yield work


def _by_row(edits: Sequence[TabEdit]) -> dict[tuple[str, int], dict[int, Cell]]:
    rows: dict[tuple[str, int], dict[int, Cell]] = {}
    for edit in edits:
        for column in edit.columns:
            for row, value in zip(column.rows, column.values, strict=True):
                rows.setdefault((edit.title, row), {})[column.column] = value
    return rows


def _rows_of(cells: Cells, numbers: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Where these cases stand in the Register."""
    wanted = frozenset(numbers)
    title = next((title for title, placed in cells.placed.items() if placed.tab is REGISTER), None)
    if title is None or not wanted:
        return
    for row in range(HEADERS + 1, len(cells.grids[title].rows) + 1):
        if cells.number(title, row) in wanted:
            yield title, row


def _numbers_given(cells: Cells, writes: Mapping[tuple[str, int], Mapping[int, Cell]]) -> frozenset[str]:
    """The numbers that rows of the Register get in this commit, or that an empty Index takes over."""
    of_index = {
        as_text(values.get(cells.number_at(title) or 0, ""))
        for (title, _), values in writes.items()
        if title in cells.placed and cells.placed[title].tab is INDEX and len(cells.grids[title].rows) <= HEADERS
    }
    return frozenset(of_index - {""}) | frozenset(
        as_text(values[at])
        for (title, row), values in writes.items()
        if title in cells.placed
        and cells.placed[title].tab is REGISTER
        and (at := cells.number_at(title) or 0) in values
        and as_text(values[at]) != cells.number(title, row)
    )


def _work(cells: Cells, title: str, row: int, writes: Mapping[int, Cell], given: frozenset[str]) -> RowChange:
    line, placed = cells.line(title, row), cells.placed.get(title)
    is_new = not any(cell != "" for cell in line)
    columns = _guarded_columns(placed, writes, is_new=is_new)
    guarded = {column: mark(line[column - 1]) if column <= len(line) else "" for column in columns}
    before, number_at = cells.number(title, row), cells.number_at(title)
    number = as_text(writes.get(number_at or 0, "")) or before or _asked(cells, title, line, writes)
    numbered = number in given and placed is not None and placed.tab in (REGISTER, INDEX)
    return RowChange(title, row, guarded, writes, number, before, NUMBERING if numbered else "", is_new=is_new)


def _asked(cells: Cells, title: str, line: Sequence[Cell], writes: Mapping[int, Cell]) -> str:
    """The setting in which something is asked for, where this row is that, or the notice that answers it: the cell is emptied
    and the answer claimed, or neither, as if they were rows of one case."""
    placed = cells.placed.get(title)
    if placed is None or placed.tab not in (SETTINGS, NOTICES):
        return ""
    at = placed.at.get("name" if placed.tab is SETTINGS else "kind", 0)
    text = as_text(writes.get(at) or (line[at - 1] if 0 < at <= len(line) else ""))
    if placed.tab is NOTICES:
        return ASKED if text == NoticeKind.ANSWER else ""
    setting = setting_called(text)
    return ASKED if setting is not None and setting.key == ASKED else ""


def _guarded_columns(placed: Placed | None, writes: Mapping[int, Cell], *, is_new: bool) -> list[int]:
    """The columns whose cells must be as they were read. A row of the job's own tabs is known by its name alone."""
    if placed is None:
        return sorted(writes)
    tab, at = placed.tab, placed.at
    if is_new:
        return sorted({*at.values(), *writes})
    if tab is NOTICES:
        keys: Sequence[str] = _NAMES_A_NOTICE
    elif tab.place is Place.JOB:
        keys = ("case_no",)
    else:
        keys = ("case_no", *tab.staff_keys)
    return sorted({at[key] for key in keys if key in at})


def _apart(work: RowChange, cells: Cells, *, filing: bool) -> list[RowChange]:
    """Parts of one row that stand or fall by themselves: in Runs the digest of seals, with the filing; in a new row of Index,
    that the number was issued."""
    tab = cells.placed[work.title].tab if work.title in cells.placed else None
    if tab is RUNS and filing:
        seals, rest = _split(work, cells, _OF_SEALS)
        return [rest, replace(seals, group=FILING)]
    if tab is INDEX and work.is_new:
        issued, rest = _split(work, cells, _OF_ISSUE)
        return [replace(issued, case_no="", beside=work.case_no), rest]
    return [work]


def _split(work: RowChange, cells: Cells, keys: Sequence[str]) -> tuple[RowChange, RowChange]:
    at = cells.placed[work.title].at
    columns = {at[key] for key in keys if key in at}
    first = {column: value for column, value in work.writes.items() if column in columns}
    second = {column: value for column, value in work.writes.items() if column not in columns}
    return replace(work, writes=first), replace(work, writes=second)


def _headers(cells: Cells, title: str) -> RowChange:
    """The headers as they were read: a column that was put in or taken out meanwhile shows here."""
    marks = {column: mark(cell) for column, cell in enumerate(cells.line(title, HEADERS), start=1)}
    return RowChange(title, HEADERS, marks, is_header=True)
