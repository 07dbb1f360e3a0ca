"""The journal on the hidden tab `_journal`: what a commit overwrote, row by row, and what had to stand there.

"one atomic `batchUpdate` that journals what it overwrites … and returns the touched rows' numbers and staff cells in the same
reply; a mismatch is repaired at once" (docs/design.md#p9.3). In the batch, each row is first copied here as it then stands, then
written. The copy is what shows, at once or to a later run, whether it was the right row; and what it is put back from.

Row 1 holds the token of the last batch. From row 2 on, column A says what was done to a row (`Entry`, as JSON), and the
columns from B on are that row as it stood before.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from automation.ledger.marks import Mark, mark
from automation.ledger.workbook import Cell
from automation.workbooks.google.commit.row_changes import FILING as FILED_TOGETHER
from automation.workbooks.google.commit.row_changes import Plan, RowChange
from automation.workbooks.google.reading import Cells, Facts
from automation.workbooks.google.values import digest
from sheet_schema import FILING, INDEX, REGISTER

FIRST = 2
"""The first row of the journal that holds an entry."""
SHIFT = 1
"""So many columns further right a row's cells stand in the journal."""
_LONG = 60
"""Characters from which a text is remembered by its digest."""


@dataclass(frozen=True)
class Entry:
    """What a commit did to one row of the tab `sheet_id`, where it stood then.

    `batch` counts the batches of one commit and of putting it right, `level` says how deep: 0 in a commit, and one more in a batch
    that puts right what one met. `writes` has what it wrote, in brief; `guarded` the columns whose cells had to be as `seal` says. `at` is the
    entry's own row in the journal. The entry of a tab's headers has as `writes` what numbers are called there, and as `width`
    how many columns the copies have. `number_at` says where the number stands that tells this tab's rows apart (0: none
    does); `numbers` that the row was to get one. `pair` is the entry of the row that came to stand here, `columns` which of ours took which of its cells.
    """

    at: int
    sheet_id: int
    row: int
    guarded: tuple[int, ...]
    seal: str
    writes: Mapping[int, Mark] = field(default_factory=dict)
    case_no: str = ""
    group: str = ""
    number_at: int = 0
    is_header: bool = False
    goes: bool = False
    pair: int = 0
    columns: Mapping[int, int] = field(default_factory=dict)
    level: int = 0
    numbers: bool = False
    width: int = 0
    batch: int = 0

    def text(self) -> str:
        said = {
            "s": self.sheet_id,
            "r": self.row,
            "g": list(self.guarded),
            "h": self.seal,
            "w": {str(k): v for k, v in self.writes.items()},
            "c": self.case_no,
            "k": self.group,
            "n": self.number_at,
            "e": self.is_header,
            "d": self.goes,
            "p": self.pair,
            "m": [[ours, theirs] for ours, theirs in self.columns.items()],
            "l": self.level,
            "i": self.numbers,
            "z": self.width,
            "b": self.batch,
        }
        return json.dumps(
            {key: value for key, value in said.items() if value}, ensure_ascii=False, separators=(",", ":")
        )


def entry_of(text: Cell, at: int) -> Entry | None:
    """The entry in a cell of the journal; None where there is none, or something that somebody wrote there by hand."""
    if not isinstance(text, str) or not text.startswith("{"):
        return None
    try:
        return _entry(json.loads(text), at)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _entry(said: Mapping[str, Any], at: int) -> Entry:
    return Entry(
        at,
        said.get("s", 0),
        said["r"],
        tuple(said.get("g", ())),
        said["h"],
        {int(key): value for key, value in said.get("w", {}).items()},
        said.get("c", ""),
        said.get("k", ""),
        said.get("n", 0),
        said.get("e", False),
        said.get("d", False),
        said.get("p", 0),
        dict(said.get("m", ())),
        said.get("l", 0),
        said.get("i", False),
        said.get("z", 0),
        said.get("b", 0),
    )


def entries_for(cells: Cells, facts: Facts, plan: Plan, first: int) -> list[Entry]:
    """An entry for each work, from row `first` of the journal on."""
    going = {(work.title, work.row): at for at, work in enumerate(plan.works, start=first) if work.goes}
    routes = {route.target: route for route in plan.routes}
    entries = []
    for at, work in enumerate(plan.works, start=first):
        route = routes.get(work.title) if work.comes_from else None
        entries.append(
            Entry(
                at,
                facts.sheets[work.title].sheet_id,
                work.row,
                tuple(work.guarded),
                digest([*work.guarded.values()]),
                _headers_of(cells, work)
                if work.is_header
                else {c: brief(mark(value)) for c, value in work.writes.items()},
                work.case_no,
                work.group if work.group == FILED_TOGETHER else "",
                _number_at(cells, work.title),
                work.is_header,
                work.goes,
                going[route.source, work.comes_from] if route else 0,
                {theirs: ours for ours, theirs in route.columns.items()} if route else {},
                0,
                _gives_a_number(cells, work),
                facts.sheets[work.title].columns if work.is_header else 0,
            )
        )
    return entries


def _gives_a_number(cells: Cells, work: RowChange) -> bool:
    """Whether a row of the Register gets its number here."""
    placed = cells.placed.get(work.title)
    if placed is None or placed.tab is not REGISTER or placed.at.get("case_no", 0) not in work.writes:
        return False
    return work.case_no not in ("", work.number)


def _headers_of(cells: Cells, work: RowChange) -> dict[int, Mark]:
    at = _number_at(cells, work.title)
    return {at: brief(work.guarded.get(at, ""))} if at else {}


def _number_at(cells: Cells, title: str) -> int:
    """Where the numbers stand in a tab that has one row for each; 0 for any other tab."""
    placed = cells.placed.get(title)
    return placed.at.get("case_no", 0) if placed and placed.tab in (REGISTER, FILING, INDEX) else 0


def brief(found: Mark) -> Mark:
    """A mark that is short: long text by its digest."""
    return f"#{digest([found])}" if isinstance(found, str) and len(found) > _LONG else found


Before = Mapping[int, Mapping[int, Mark]]
"""Row of the journal → column of the tab → what stood there before."""


def before_of(rows: Mapping[int, Mapping[int, Mark]]) -> Before:
    """The cells of the journal as those of the tabs they came from."""
    return {
        at: {column - SHIFT: found for column, found in line.items() if column > SHIFT} for at, line in rows.items()
    }


def mismatched(entries: Iterable[Entry], before: Before) -> list[Entry]:
    """The entries whose row was not the one that was meant, or no longer as it was read. Where the headers were not as read,
    no row of the tab is to be trusted."""
    entries = list(entries)
    wrong = {entry.at for entry in entries if not holds(entry, before.get(entry.at, {}))}
    shifted = {entry.sheet_id for entry in entries if entry.is_header and entry.at in wrong}
    return [entry for entry in entries if entry.at in wrong or entry.sheet_id in shifted]


def holds(entry: Entry, line: Mapping[int, Mark]) -> bool:
    return digest([line.get(column, "") for column in entry.guarded]) == entry.seal


def together(entries: Sequence[Entry], wrong: Sequence[Entry]) -> list[Entry]:
    """With the wrong entries all others of the same cases and groups: "all of that row's changes are undone"."""
    found = set(map(id, wrong))
    while True:
        cases = {entry.case_no for entry in entries if id(entry) in found} - {""}
        groups = {entry.group for entry in entries if id(entry) in found} - {""}
        more = {id(one) for one in entries if one.case_no in cases or one.group in groups} - found
        if not more:
            return [entry for entry in entries if id(entry) in found]
        found |= more
