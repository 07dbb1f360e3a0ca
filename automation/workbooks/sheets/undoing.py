"""Putting right what a commit did to rows that changed under it: "all of that row's changes are undone" (design, section 5).

What stood there before is in the journal. Each row is looked for as the commit left it, since it may have moved again, and gets
back only cells that still hold what the commit wrote: what somebody typed since then stays. A row that went to another tab
by mistake is put back whole. This, too, is a guarded batch, so it is looked at in the same way, until all is right.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from automation.workbooks.base import Changed, Undone
from automation.workbooks.sheets.batches import Batches, Doing
from automation.workbooks.sheets.building import Request, emptied, pasted, runs, span, with_row
from automation.workbooks.sheets.journaling import (
    SHIFT,
    Before,
    Entry,
    brief,
    entry_of,
    mismatched,
    together,
)
from automation.workbooks.sheets.reading import JOURNAL_TAB, Cells, Facts, SheetFacts, read_cells, read_facts
from automation.workbooks.sheets.refusals import busy
from automation.workbooks.sheets.transport import Transport
from automation.workbooks.sheets.values import Mark, digest, mark
from sheet_schema import NOTICES

TRIES = 12
"""Batches in which lines that people keep moving are put right; then the next run goes on with it."""
ENOUGH_TO_TELL = 2
"""So many cells with just what was written tell a row that has no number and was typed into since."""
Line = Mapping[int, Mark]


@dataclass(frozen=True)
class Left:
    """What is to be undone, by level; what stood before, by row of the journal; all that was done, of which it is a part."""

    levels: Sequence[Sequence[Entry]]
    before: Before
    done: Sequence[Entry]

    @property
    def free(self) -> int:
        """The first row of the journal behind all entries."""
        return max(entry.at for entry in self.done) + 1


def unsettled(cells: Cells, facts: Facts) -> Left | None:
    """The entries in the journal whose row was not the one that was meant, and all that stand or fall with them: what a run
    that died did not put right. None where all is well."""
    entries: list[Entry] = []
    before: dict[int, dict[int, Mark]] = {}
    for at, line in enumerate(cells.journal, start=1):
        entry = entry_of(line[0], at) if line else None
        if entry is not None:
            entries.append(entry)
            marks = {column: mark(cell) for column, cell in enumerate(line[SHIFT:], start=1)}
            before[at] = {column: found for column, found in marks.items() if found != ""}
    which, _ = undone(entries, mismatched(entries, before), before, notices_id(cells, facts))
    levels: dict[int, list[Entry]] = {}
    for entry in which:
        levels.setdefault(entry.level, []).append(entry)
    return Left([levels[level] for level in sorted(levels)], before, entries) if which else None


def undone(
    entries: Sequence[Entry], wrong: Sequence[Entry], before: Before, notices: int
) -> tuple[list[Entry], Undone]:
    """Which entries have to be undone because these were wrong, and what that means. Claims of cases that were left out
    are not: whoever sends mails makes them void. `notices` is the sheet id of Notices."""
    if not wrong:
        return [], Undone()
    found = together(entries, wrong)
    withdrawn = {
        one.writes.get(one.number_at, "") for one in wrong if one.numbers and _had_a_number(one, before)
    }
    known = {id(entry) for entry in found}
    found += [
        one
        for one in entries
        if id(one) not in known and withdrawn & {one.writes.get(one.number_at, "")} - {""}
    ]
    missed = {id(entry) for entry in wrong}
    which = [entry for entry in found if entry.sheet_id != notices or id(entry) in missed]
    claims = any(entry.sheet_id == notices for entry in wrong)
    return which, Undone(frozenset(entry.case_no for entry in found) - {""}, claims)


def _had_a_number(entry: Entry, before: Before) -> bool:
    """Whether another number stood where the entry wrote one. Where none did, the new one stays: it tells the row from all
    others, whatever else is undone there, and nobody was told of it yet."""
    return before.get(entry.at, {}).get(entry.number_at, "") != ""


def undo(transport: Transport, key: str, batches: Batches, what: Left) -> None:
    """Undo it. Only under the lock. Raises Busy when rows keep moving; then the journal still knows, and the next run goes on.

    What an undoing met in its turn is put right before anything else: only then does a row hold again what the commit left,
    so that it can be told.
    """
    left, before, first = [list(level) for level in what.levels], what.before, what.free
    done = list(what.done)
    finished: list[Entry] = []
    for _ in range(TRIES):
        facts = read_facts(transport, key)
        batches.facts = facts
        if not left:
            batches.send(Doing((), list(_settled(finished, facts))))
            return
        cells = read_cells(transport, key, facts, to_be_sure=False)
        right = _put_right(left[-1], done, before, cells, facts, first)
        try:
            shown = batches.send(Doing(right.touched, [*right.requests, *_settled(finished, facts)]))
        except Changed:
            continue
        before, first = {**before, **shown}, first + len(right.touched)
        done += right.touched
        missed = mismatched(right.touched, shown)
        again = {right.sources[entry.at] for entry in missed}
        finished = [entry for entry in left[-1] if entry.at not in again]
        left[-1] = [entry for entry in left[-1] if entry.at in again]
        left += [missed] if missed else []
        while left and not left[-1]:
            left.pop()
    raise busy()


@dataclass(frozen=True)
class _Right:
    """What puts entries right: the cells it touches as entries of their own, what is done, and for which entry each is."""

    touched: list[Entry]
    requests: list[Request]
    sources: dict[int, int]


def _settled(entries: Sequence[Entry], facts: Facts) -> Iterator[Request]:
    """These entries need no looking at any more: others take their place in the journal."""
    journal = facts.sheets[JOURNAL_TAB].sheet_id
    for first, last in runs(sorted(entry.at for entry in entries)):
        yield emptied(span(journal, (first, last), (1, 1)))


def _put_right(
    entries: Sequence[Entry], done: Sequence[Entry], before: Before, cells: Cells, facts: Facts, first: int
) -> _Right:
    """The cells that are touched as new entries from row `first` of the journal on, and what is done to them."""
    by_id = {sheet.sheet_id: sheet for sheet in facts.sheets.values()}
    lines = {
        sheet_id: _lines(cells, by_id[sheet_id])
        for sheet_id in {one.sheet_id for one in entries} & set(by_id)
    }
    headers = {entry.sheet_id: before.get(entry.at, {}) for entry in done if entry.is_header}
    journal = facts.sheets[JOURNAL_TAB].sheet_id
    made = _made(done, before)
    touched: list[Entry] = []
    requests: list[Request] = []
    sources: dict[int, int] = {}
    back: list[tuple[int, SheetFacts, int]] = []
    for entry in entries:
        if entry.sheet_id not in lines or entry.is_header:
            continue
        sheet, rows = by_id[entry.sheet_id], lines[entry.sheet_id]
        moved = _moved_columns(headers.get(entry.sheet_id), rows.get(1, {}))
        if entry.goes:
            if not _is_back(entry, before.get(entry.at, {}), rows, moved):
                back.append((min(entry.row, sheet.rows), sheet, entry.at))
            continue
        after = made[entry.level, entry.sheet_id, entry.row]
        for row in _rows_holding(entry, after, rows, moved):
            columns = _to_restore(entry, before.get(entry.at, {}), after, rows[row], moved)
            for ours, theirs in columns.items():
                value = before.get(entry.at, {}).get(ours, "")
                at = first + len(touched)
                sources[at] = entry.at
                touched.append(_touching(entry, value, at, row, rows[row], theirs))
                requests.append(
                    pasted(
                        span(journal, (entry.at, entry.at), (ours + SHIFT, ours + SHIFT)),
                        span(sheet.sheet_id, (row, row), (theirs, theirs)),
                    )
                )
    for row, sheet, at in sorted(back, key=lambda one: (one[1].sheet_id, -one[0])):
        requests += [
            with_row(sheet.sheet_id, row),
            pasted(
                span(journal, (at, at), (1 + SHIFT, sheet.columns + SHIFT)),
                span(sheet.sheet_id, (row, row), (1, sheet.columns)),
            ),
        ]
    return _Right(touched, requests, sources)


def _lines(cells: Cells, sheet: SheetFacts) -> dict[int, dict[int, Mark]]:
    rows = {}
    for row, line in enumerate(cells.grids[sheet.title].rows, start=1):
        marks = {column: mark(cell) for column, cell in enumerate(line, start=1)}
        rows[row] = {column: found for column, found in marks.items() if found != ""}
    return rows


def _moved_columns(then: Line | None, now: Line) -> Mapping[int, int]:
    """Where the columns of the commit stand now, told by their headers; those not named stand where they did."""
    if then is None or then == now:
        return {}
    places = {label: column for column, label in now.items()}
    return {column: places[label] for column, label in then.items() if label in places}


def _made(done: Sequence[Entry], before: Before) -> dict[tuple[int, int, int], dict[int, Mark]]:
    """What each batch made of each row it touched, in brief, by level, tab and row: first it wrote, then what was moved there
    came over it."""
    rows: dict[tuple[int, int, int], dict[int, Mark]] = {}
    for entry in done:
        place = (entry.level, entry.sheet_id, entry.row)
        rows.setdefault(place, _brief(before.get(entry.at, {}))).update(entry.writes)
    by_at = {entry.at: entry for entry in done}
    for entry in done:
        if entry.pair:
            pair = by_at[entry.pair]
            theirs = rows[pair.level, pair.sheet_id, pair.row]
            ours = rows[entry.level, entry.sheet_id, entry.row]
            ours.update({column: theirs.get(source, "") for column, source in entry.columns.items()})
    return {place: {c: found for c, found in line.items() if found != ""} for place, line in rows.items()}


def _rows_holding(entry: Entry, after: Line, rows: Mapping[int, Line], moved: Mapping[int, int]) -> list[int]:
    """The rows that hold what the commit left behind: by their number, else by all that stands in them, else, where nobody's
    number stands, by what was written."""
    expected = {moved.get(column, column): found for column, found in after.items()}
    number_at = moved.get(entry.number_at, entry.number_at)
    number = expected.get(number_at, "")
    whole = [row for row, line in rows.items() if _brief(line) == expected]
    if number != "":
        same = [row for row, line in rows.items() if line.get(number_at) == number]
        return [row for row in same if row in whole] or same
    if whole:
        return whole
    written = {moved.get(column, column): after[column] for column in _touched(entry) if column in after}
    if len(written) < ENOUGH_TO_TELL:
        return []
    return [
        row
        for row, line in rows.items()
        if not line.get(number_at, "") and all(brief(line.get(c, "")) == v for c, v in written.items())
    ]


def _brief(line: Line) -> dict[int, Mark]:
    return {column: brief(found) for column, found in line.items()}


def _touched(entry: Entry) -> set[int]:
    return {*entry.writes, *entry.columns}


def _to_restore(
    entry: Entry, before: Line, after: Line, now: Line, moved: Mapping[int, int]
) -> dict[int, int]:
    """The columns that still hold what the commit put there, and where they stand now."""
    found = {}
    for column in sorted(_touched(entry)):
        place = moved.get(column, column)
        ours = after.get(column, "")
        kept = entry.numbers and column == entry.number_at and before.get(column, "") == ""
        if not kept and brief(now.get(place, "")) == ours and brief(before.get(column, "")) != ours:
            found[column] = place
    return found


def _touching(entry: Entry, value: Mark, at: int, row: int, now: Line, column: int) -> Entry:
    """The entry of one cell that is about to get `value` back: the row must be the one just read, which its number tells, or
    all of it where there is none; and the cell must hold what it held. Whatever else somebody types there is theirs."""
    number_at = entry.number_at if now.get(entry.number_at, "") != "" else 0
    width = max([*now, column], default=column)
    guarded = sorted({number_at, column}) if number_at else range(1, width + 1)
    return replace(
        entry, at=at, row=row, guarded=tuple(guarded), seal=digest([now.get(one, "") for one in guarded]),
        writes={column: brief(value)}, case_no="", group="", is_header=False, goes=False, pair=0, columns={}, level=entry.level + 1,
        numbers=False,
    )  # fmt: skip


def _is_back(entry: Entry, before: Line, rows: Mapping[int, Line], moved: Mapping[int, int]) -> bool:
    """Whether the row that went by mistake stands in its tab again, or was blank."""
    number = before.get(entry.number_at, "")
    if number != "":
        at = moved.get(entry.number_at, entry.number_at)
        return any(line.get(at) == number for line in rows.values())
    return not before or any(dict(line) == dict(before) for line in rows.values())


def notices_id(cells: Cells, facts: Facts) -> int:
    """The sheet id of Notices, 0 if there is none."""
    for title, placed in cells.placed.items():
        if placed.tab is NOTICES and title in facts.sheets:
            return facts.sheets[title].sheet_id
    return 0
