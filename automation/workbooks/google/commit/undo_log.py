"""The undo log in the hidden tab `_journal`: what a commit overwrote, and what should have been there.

(The journal of claims is another thing: on Google, that is the tab *Notices*.)

A batch first copies each row here, as it is at that moment, and then writes it (docs/design.md#p9.3). The copy shows,
at once or to a later run, whether it was the right row, and it is what a row is restored from.

Row 1 holds the token of the last batch. In each row from 2 on, column A says what was done to a row (`Entry`, as JSON),
and the columns from B on hold that row as it was before.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from automation.ledger.marks import Mark, mark
from automation.ledger.workbook import Cell, TabTerms
from automation.workbooks.google.commit.row_changes import CommitPlan, RowChange
from automation.workbooks.google.reading import Facts
from automation.workbooks.google.values import digest

FIRST = 2
"""The first row of the undo log that may hold an entry."""
SHIFT = 1
"""How many columns further right the cells of a row are in the undo log."""
_LONG = 60
"""Texts longer than this many characters are noted as digests."""


@dataclass(frozen=True)
class Entry:
    """What a batch did to row `row` of the tab `sheet_id`.

    - `at`: the entry's own row in the undo log.
    - `guarded`, `expected_digest`: the columns whose cells had to match, and the digest of what they should have held.
    - `writes`: what was written, by column, shortened by `brief`. In the entry of a tab's headers: the header of the
      column with numbers.
    - `owner`, `group`, `gets_number`, `claims`: as in the edit's terms.
    - `number_at`: the column of the number that identifies a row (0: rows have none).
    - `is_header`: the entry of a tab's headers; its `width` is the number of columns in the copies of rows.
    - `goes`: the row moves to another tab.
    - `pair`, `columns`: the entry (by `at`) of the row that moves here, and our column → its column.
    - `put_in`: a repair put this row in, with what `writes` says.
    - `batch`: 0 in a commit, and one more in each batch that repairs it; `undoes`: the entry that this one repairs.
    """

    at: int
    sheet_id: int
    row: int
    guarded: tuple[int, ...]
    expected_digest: str
    writes: Mapping[int, Mark] = field(default_factory=dict)
    owner: str = ""
    group: str = ""
    number_at: int = 0
    is_header: bool = False
    goes: bool = False
    pair: int = 0
    columns: Mapping[int, int] = field(default_factory=dict)
    undoes: int = 0
    gets_number: bool = False
    width: int = 0
    batch: int = 0
    claims: bool = False
    put_in: bool = False

    def text(self) -> str:
        said = {
            "s": self.sheet_id,
            "r": self.row,
            "g": list(self.guarded),
            "h": self.expected_digest,
            "w": {str(k): v for k, v in self.writes.items()},
            "c": self.owner,
            "k": self.group,
            "n": self.number_at,
            "e": self.is_header,
            "d": self.goes,
            "p": self.pair,
            "m": [[ours, theirs] for ours, theirs in self.columns.items()],
            "u": self.undoes,
            "i": self.gets_number,
            "z": self.width,
            "b": self.batch,
            "a": self.claims,
            "q": self.put_in,
        }
        return json.dumps(
            {key: value for key, value in said.items() if value}, ensure_ascii=False, separators=(",", ":")
        )


def entry_of(text: Cell, at: int) -> Entry | None:
    """The entry in a cell of the undo log; None for an empty cell or something that a person typed."""
    if not isinstance(text, str) or not text.startswith("{"):
        return None
    try:
        return _entry(json.loads(text), at)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def _entry(said: Mapping[str, Any], at: int) -> Entry:
    return Entry(
        at=at,
        sheet_id=said.get("s", 0),
        row=said["r"],
        guarded=tuple(said.get("g", ())),
        expected_digest=said["h"],
        writes={int(key): value for key, value in said.get("w", {}).items()},
        owner=said.get("c", ""),
        group=said.get("k", ""),
        number_at=said.get("n", 0),
        is_header=said.get("e", False),
        goes=said.get("d", False),
        pair=said.get("p", 0),
        columns=dict(said.get("m", ())),
        undoes=said.get("u", 0),
        gets_number=said.get("i", False),
        width=said.get("z", 0),
        batch=said.get("b", 0),
        claims=said.get("a", False),
        put_in=said.get("q", False),
    )


def entries_for(facts: Facts, plan: CommitPlan, first: int) -> list[Entry]:
    """An entry for each row change of the plan, from row `first` of the undo log on."""
    going = {(change.title, change.row): at for at, change in enumerate(plan.changes, start=first) if change.goes}
    routes = {route.target: route for route in plan.routes}
    entries = []
    for at, change in enumerate(plan.changes, start=first):
        route = routes.get(change.title) if change.comes_from else None
        terms, sheet = plan.tabs[change.title], facts.sheets[change.title]
        entries.append(
            Entry(
                at=at,
                sheet_id=sheet.sheet_id,
                row=change.row,
                guarded=tuple(change.guarded),
                expected_digest=digest([*change.guarded.values()]),
                writes=_headers_of(change, terms) if change.is_header else _in_brief(change),
                owner=change.owner,
                group=change.group,
                number_at=terms.number_at,
                is_header=change.is_header,
                goes=change.goes,
                pair=going[route.source, change.comes_from] if route else 0,
                columns={theirs: ours for ours, theirs in route.columns.items()} if route else {},
                gets_number=change.terms.gets_number,
                width=sheet.columns if change.is_header else 0,
                claims=terms.claims,
            )
        )
    return entries


def _headers_of(change: RowChange, terms: TabTerms) -> dict[int, Mark]:
    at = terms.number_at
    return {at: brief(change.guarded.get(at, ""))} if at else {}


def _in_brief(change: RowChange) -> dict[int, Mark]:
    return {column: brief(mark(value)) for column, value in change.writes.items()}


def brief(found: Mark) -> Mark:
    """The mark, with long text replaced by its digest."""
    return f"#{digest([found])}" if isinstance(found, str) and len(found) > _LONG else found


Before = Mapping[int, Mapping[int, Mark]]
"""Row of the undo log → column of the tab → the cell before the batch."""


@dataclass(frozen=True)
class UndoLog:
    """All entries of the undo log, and each row as it was before."""

    entries: Sequence[Entry]
    before: Before

    @property
    def free(self) -> int:
        """The first row of the undo log after all entries."""
        return max(entry.at for entry in self.entries) + 1

    @property
    def next_batch(self) -> int:
        return max(entry.batch for entry in self.entries) + 1

    def line(self, entry: Entry) -> Mapping[int, Mark]:
        """The entry's row as it was before."""
        return self.before.get(entry.at, {})

    def is_put_right(self, entry: Entry) -> bool:
        """Whether a later batch repaired what this entry did, and found all the rows and columns that it expected."""
        repairs = self._repairs.get(entry.at, ())
        return bool(repairs) and not any(one.at in self._wrong or self._number(one) in self._doubled for one in repairs)

    def _number(self, entry: Entry) -> Mark:
        """The number of the row that an entry hit; "" if it had none."""
        return self.line(entry).get(entry.number_at, "") if entry.number_at else ""

    @cached_property
    def _doubled(self) -> frozenset[Mark]:
        """The numbers of rows of which somebody made a copy, so that one entry was put right in several: in which of them
        it had gone wrong, nobody can tell, so all that was put right there has to be looked at again.
        """
        cells = Counter((one.undoes, *one.writes) for one in self.entries if one.undoes)
        found = {self._number(one) for one in self.entries if one.undoes and cells[(one.undoes, *one.writes)] > 1}
        return frozenset(found - {""})

    @cached_property
    def _wrong(self) -> frozenset[int]:
        batches: dict[int, list[Entry]] = {}
        for entry in self.entries:
            batches.setdefault(entry.batch, []).append(entry)
        return frozenset(one.at for batch in batches.values() for one in mismatched(batch, self.before))

    @cached_property
    def _repairs(self) -> Mapping[int, Sequence[Entry]]:
        found: dict[int, list[Entry]] = {}
        for entry in self.entries:
            found.setdefault(entry.undoes, []).append(entry)
        return found


def before_of(rows: Mapping[int, Mapping[int, Mark]]) -> Before:
    """The undo log's copies, with the columns that their cells have in their own tabs."""
    return {
        at: {column - SHIFT: found for column, found in line.items() if column > SHIFT} for at, line in rows.items()
    }


def mismatched(entries: Iterable[Entry], before: Before) -> list[Entry]:
    """The entries that hit a wrong row, or one that had changed since it was read.

    If a tab's headers had changed, all of its entries are wrong.
    """
    entries = list(entries)
    wrong = {entry.at for entry in entries if not holds(entry, before.get(entry.at, {}))}
    shifted = {entry.sheet_id for entry in entries if entry.is_header and entry.at in wrong}
    return [entry for entry in entries if entry.at in wrong or entry.sheet_id in shifted]


def holds(entry: Entry, line: Mapping[int, Mark]) -> bool:
    return digest([line.get(column, "") for column in entry.guarded]) == entry.expected_digest


def together(entries: Sequence[Entry], wrong: Sequence[Entry]) -> list[Entry]:
    """The wrong entries and all others of the same owners and groups, which stand or fall with them."""
    found = set(map(id, wrong))
    while True:
        owners = {entry.owner for entry in entries if id(entry) in found} - {""}
        groups = {entry.group for entry in entries if id(entry) in found} - {""}
        more = {id(one) for one in entries if one.owner in owners or one.group in groups} - found
        if not more:
            return [entry for entry in entries if id(entry) in found]
        found |= more
