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
from functools import cached_property
from typing import Any

from automation.ledger.marks import Mark, mark
from automation.ledger.workbook import Cell, TabTerms
from automation.workbooks.google.commit.row_changes import Plan, RowChange
from automation.workbooks.google.reading import Facts
from automation.workbooks.google.values import digest

FIRST = 2
"""The first row of the journal that holds an entry."""
SHIFT = 1
"""So many columns further right a row's cells stand in the journal."""
_LONG = 60
"""Characters from which a text is remembered by its digest."""


@dataclass(frozen=True)
class Entry:
    """What a batch did to one row of the tab `sheet_id`, where it stood then.

    `batch` counts the batches of one commit and of putting it right: 0 in a commit, and one more in each batch that puts right.
    `writes` has what was written, in brief; `guarded` the columns whose cells had to be as `seal` says. `at` is the entry's own
    row in the journal. The entry of a tab's headers has as `writes` what numbers are called there, and as `width` how many
    columns the copies have. `number_at` says where the number stands that tells this tab's rows apart (0: none does);
    `numbers` that the row was to get one. `pair` is the entry of the row that came to stand here, `columns` which of ours took
    which of its cells. `claims`, `owner` and `group` are those of the terms. `undoes` is the entry that this one puts right.
    """

    at: int
    sheet_id: int
    row: int
    guarded: tuple[int, ...]
    seal: str
    writes: Mapping[int, Mark] = field(default_factory=dict)
    owner: str = ""
    group: str = ""
    number_at: int = 0
    is_header: bool = False
    goes: bool = False
    pair: int = 0
    columns: Mapping[int, int] = field(default_factory=dict)
    undoes: int = 0
    numbers: bool = False
    width: int = 0
    batch: int = 0
    claims: bool = False

    def text(self) -> str:
        said = {
            "s": self.sheet_id,
            "r": self.row,
            "g": list(self.guarded),
            "h": self.seal,
            "w": {str(k): v for k, v in self.writes.items()},
            "c": self.owner,
            "k": self.group,
            "n": self.number_at,
            "e": self.is_header,
            "d": self.goes,
            "p": self.pair,
            "m": [[ours, theirs] for ours, theirs in self.columns.items()],
            "u": self.undoes,
            "i": self.numbers,
            "z": self.width,
            "b": self.batch,
            "a": self.claims,
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
        at=at,
        sheet_id=said.get("s", 0),
        row=said["r"],
        guarded=tuple(said.get("g", ())),
        seal=said["h"],
        writes={int(key): value for key, value in said.get("w", {}).items()},
        owner=said.get("c", ""),
        group=said.get("k", ""),
        number_at=said.get("n", 0),
        is_header=said.get("e", False),
        goes=said.get("d", False),
        pair=said.get("p", 0),
        columns=dict(said.get("m", ())),
        undoes=said.get("u", 0),
        numbers=said.get("i", False),
        width=said.get("z", 0),
        batch=said.get("b", 0),
        claims=said.get("a", False),
    )


def entries_for(facts: Facts, plan: Plan, first: int) -> list[Entry]:
    """An entry for each work, from row `first` of the journal on."""
    going = {(work.title, work.row): at for at, work in enumerate(plan.works, start=first) if work.goes}
    routes = {route.target: route for route in plan.routes}
    entries = []
    for at, work in enumerate(plan.works, start=first):
        route = routes.get(work.title) if work.comes_from else None
        terms, sheet = plan.tabs[work.title], facts.sheets[work.title]
        entries.append(
            Entry(
                at=at,
                sheet_id=sheet.sheet_id,
                row=work.row,
                guarded=tuple(work.guarded),
                seal=digest([*work.guarded.values()]),
                writes=_headers_of(work, terms) if work.is_header else _in_brief(work),
                owner=work.owner,
                group=work.group,
                number_at=terms.number_at,
                is_header=work.is_header,
                goes=work.goes,
                pair=going[route.source, work.comes_from] if route else 0,
                columns={theirs: ours for ours, theirs in route.columns.items()} if route else {},
                numbers=work.terms.numbered,
                width=sheet.columns if work.is_header else 0,
                claims=terms.claims,
            )
        )
    return entries


def _headers_of(work: RowChange, terms: TabTerms) -> dict[int, Mark]:
    at = terms.number_at
    return {at: brief(work.guarded.get(at, ""))} if at else {}


def _in_brief(work: RowChange) -> dict[int, Mark]:
    return {column: brief(mark(value)) for column, value in work.writes.items()}


def brief(found: Mark) -> Mark:
    """A mark that is short: long text by its digest."""
    return f"#{digest([found])}" if isinstance(found, str) and len(found) > _LONG else found


Before = Mapping[int, Mapping[int, Mark]]
"""Row of the journal → column of the tab → what stood there before."""


@dataclass(frozen=True)
class Journalled:
    """All that the journal says was done, and each row as it stood before."""

    entries: Sequence[Entry]
    before: Before

    @property
    def free(self) -> int:
        """The first row of the journal behind all entries."""
        return max(entry.at for entry in self.entries) + 1

    @property
    def next_batch(self) -> int:
        return max(entry.batch for entry in self.entries) + 1

    def line(self, entry: Entry) -> Mapping[int, Mark]:
        """The entry's row as it stood before."""
        return self.before.get(entry.at, {})

    def is_put_right(self, entry: Entry) -> bool:
        """Whether a later batch put right what this entry did, and met all the rows that it meant."""
        repairs = self._repairs.get(entry.at, ())
        return bool(repairs) and all(holds(one, self.line(one)) for one in repairs)

    @cached_property
    def _repairs(self) -> Mapping[int, Sequence[Entry]]:
        found: dict[int, list[Entry]] = {}
        for entry in self.entries:
            found.setdefault(entry.undoes, []).append(entry)
        return found


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
    """With the wrong entries all others of the same owners and groups: "all of that row's changes are undone"."""
    found = set(map(id, wrong))
    while True:
        owners = {entry.owner for entry in entries if id(entry) in found} - {""}
        groups = {entry.group for entry in entries if id(entry) in found} - {""}
        more = {id(one) for one in entries if one.owner in owners or one.group in groups} - found
        if not more:
            return [entry for entry in entries if id(entry) in found]
        found |= more
