"""The ledger as it was after each run of the past, as far as *History* tells (docs/design.md#p4.33).

Rows are as they stand today, in *Filing*, too; each cell that *History* names is taken back to what it held at that run.
A row appears with the run that first speaks of it. What *History* does not say is counted in `not_known`.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time

import numpy as np

from automation.cases.register_lines import has_content
from automation.ledger.altered_rows import AlteredRow
from automation.ledger.model import Ledger
from automation.ledger.parsing import parse
from automation.ledger.rules_seen import RULE_TABS, rows_typed
from automation.ledger.workbook import Cell, ColumnEdit, Snapshot, TabEdit
from automation.run.two_worlds import edited
from sheet_schema import REGISTER, SETTING, Tab
from sheet_schema.sending_words import ChangedBy
from sheet_schema.word import Labelled, folded

DATED_BY_THEMSELVES = ("deadlines", "escalation", "calendar")
"""The tabs that are replayed as they stand: their rows say themselves on which days they hold."""
_ALWAYS, _NEVER = datetime.combine(date.min, time()), datetime.combine(date.max, time())
Place = tuple[str, int, int]
"""A cell: the tab's title, row and column of the sheet."""


@dataclass(frozen=True, slots=True)
class _Change:
    """What stood in a cell before a run saw it changed, and after; None where *History* does not say."""

    at: datetime
    before: str | None
    after: str | None


@dataclass(frozen=True)
class _Row:
    """A case's row in the past: which row of the Register it is, from which run on, and when it went to which row of Filing."""

    number: str
    row: int
    appears: datetime
    filed_row: int | None = None
    filed: datetime = _NEVER


@dataclass(frozen=True)
class Past:
    """The workbook with all rows that were in the Register since a moment, and what changed in it since."""

    book: Snapshot
    rows: tuple[_Row, ...]
    changes: Mapping[Place, tuple[_Change, ...]]
    register_title: str
    number_at: int
    filing_title: str
    width: int
    not_known: Counter[str] = field(default_factory=Counter)
    """By what it is, how many cells or lines *History* does not tell of."""

    def at(self, moment: datetime) -> Snapshot:
        """The workbook after the run of this moment."""
        edits: dict[tuple[str, int], tuple[list[int], list[Cell]]] = defaultdict(lambda: ([], []))
        for (title, row, column), changes in self.changes.items():
            if changes[-1].at > moment:
                rows, cells = edits[title, column]
                rows.append(row)
                cells.append(_held(changes, moment))
        done = [TabEdit(title, [ColumnEdit(column, rows, cells)]) for (title, column), (rows, cells) in edits.items()]
        return replace(self.book, grids=edited(self.book.grids, [*done, *self._away(moment)]), journal=())

    def _away(self, moment: datetime) -> Iterator[TabEdit]:
        """Empties the rows that are not there yet, and of each filed case the row where it did not stand then."""
        filed = [one for one in self.rows if one.filed_row is not None]
        yield self._empty(self.register_title, [one.row for one in filed if one.filed <= moment])
        yield self._empty(self.filing_title, [one.filed_row or 0 for one in filed if one.filed > moment])
        yield self._empty(self.register_title, [one.row for one in self.rows if one.appears > moment], self.number_at)

    def _empty(self, title: str, rows: Sequence[int], but: int = 0) -> TabEdit:
        columns = [column for column in range(1, self.width + 1) if column != but and rows]
        return TabEdit(title, [ColumnEdit(column, rows, [""] * len(rows)) for column in columns])


def _held(changes: Sequence[_Change], moment: datetime) -> str:
    """What the cell held after that run: as the last change before it left it, or as the next one found it."""
    before = [one for one in changes if one.at <= moment]
    following = changes[len(before)]
    return (before[-1].after if before else None) or following.before or ""


def past_of(snapshot: Snapshot, ledger: Ledger, since: datetime) -> Past:
    """The past of a workbook from a moment on. `ledger` is the snapshot, parsed, with its journal.

    What a case owed is not taken over from its seal: the runs that are replayed fix it anew.
    """
    register, filing = ledger.register, ledger.filing
    filed_at = _filed_at(ledger)
    first_lines = _first_lines(ledger)
    rows, moved = [], []
    first_seen = dict(zip(ledger.index["case_no"].tolist(), ledger.index["first_seen"].tolist(), strict=True))
    typed = np.flatnonzero(has_content(register) & (register["case_no"] != ""))
    for number, row in zip(register["case_no"][typed].tolist(), register.rows[typed].tolist(), strict=True):
        day = first_seen.get(number)
        rows.append(_Row(number, row, _NEVER if day is None else _appears(number, day, first_lines)))
    end = register.last_row
    for number, row, seal in zip(
        filing["case_no"].tolist(), filing.rows.tolist(), filing["seal_no"].tolist(), strict=True
    ):
        if number and filed_at(seal) >= since:
            end += 1
            appears = _appears(number, first_seen.get(number), first_lines)
            rows.append(_Row(number, end, appears, row, filed_at(seal)))
            moved.append((row, end))
    sealed = TabEdit(filing.title, [ColumnEdit(filing.at["owed"], [row for row, _ in moved], [""] * len(moved))])
    book = replace(snapshot, grids=edited(snapshot.grids, [_copied(snapshot, ledger, moved), sealed]))
    past = Past(
        book=book,
        rows=tuple(rows),
        changes={},
        register_title=register.title,
        number_at=register.at["case_no"],
        filing_title=filing.title,
        width=max([*register.at.values(), *filing.at.values()]),
    )
    return replace(past, changes=_changes(ledger, past, since))


def _copied(snapshot: Snapshot, ledger: Ledger, moved: Sequence[tuple[int, int]]) -> TabEdit:
    """The filed rows as further rows of the Register."""
    register, filing = ledger.register, ledger.filing
    source = snapshot.grids[filing.title].rows
    columns = []
    for column in REGISTER:
        if column.key in register.at and column.key in filing.at:
            here = filing.at[column.key] - 1
            cells = [source[row - 1][here] if here < len(source[row - 1]) else "" for row, _ in moved]
            columns.append(ColumnEdit(register.at[column.key], [to for _, to in moved], cells))
    return TabEdit(register.title, columns)


def _filed_at(ledger: Ledger) -> Callable[[float], datetime]:
    """Tells when the row with a seal number was filed: with the first run after which *Runs* has that seal."""
    runs = ledger.tables["runs"]
    known = ~np.isnan(runs["last_seal"]) & ~np.isnat(runs["at"])
    pairs = sorted(zip(runs["last_seal"][known].tolist(), runs["at"][known].tolist(), strict=True))
    seals = np.array([seal for seal, _ in pairs])

    def filed_at(seal: float) -> datetime:
        at = len(seals) if np.isnan(seal) else int(np.searchsorted(seals, seal))
        return pairs[at][1] if at < len(pairs) else _ALWAYS

    return filed_at


def _first_lines(ledger: Ledger) -> Mapping[str, list[datetime]]:
    """When *History* and *Notices* speak of each case."""
    lines: dict[str, list[datetime]] = defaultdict(list)
    for key, column in (("history", "at"), ("notices", "claimed_at")):
        table = ledger.tables[key]
        for number, at in zip(table["case_no"].tolist(), table[column].tolist(), strict=True):
            if number and at is not None:
                lines[number].append(at)
    for at in ledger.tables["runs"]["at"].tolist():
        if at is not None:
            lines[""].append(at)
    return lines


def _appears(number: str, first_seen: date | None, lines: Mapping[str, Sequence[datetime]]) -> datetime:
    """The first run that speaks of the case, on the day on which it was first seen; else the first of that day."""
    if first_seen is None:
        return _ALWAYS
    for key in (number, ""):
        if found := [at for at in lines.get(key, ()) if at.date() == first_seen]:
            return min(found)
    return datetime.combine(first_seen, time())


def _changes(ledger: Ledger, past: Past, since: datetime) -> dict[Place, tuple[_Change, ...]]:
    """By cell, every change that *History* names since then, in order."""
    places = _Places(ledger, past)
    found: dict[Place, list[_Change]] = defaultdict(list)
    history = ledger.tables["history"]
    keys = ("at", "case_no", "tab", "row", "column", "before", "after", "who")
    for line in zip(*(history[key].tolist() for key in keys), strict=True):
        at, *said, before, after, who = line
        if at is not None and at >= since:
            by_person = who == ChangedBy.PERSON
            told = bool(before or after) or not by_person
            for place in places.of(*said):
                change = _Change(at, before if told else None, after if told and (after or by_person) else None)
                found[place].append(change)
    for changes in found.values():
        changes.sort(key=lambda one: one.at)
        past.not_known["cells"] += any(one.before is None for one in changes)
    return {place: tuple(changes) for place, changes in found.items()}


@dataclass(frozen=True)
class _Places:
    """Finds the cells that a line of *History* speaks of."""

    ledger: Ledger
    past: Past

    def __post_init__(self) -> None:
        object.__setattr__(self, "_row_of", {one.number: one.row for one in self.past.rows})
        object.__setattr__(self, "_columns", _by_label(REGISTER))
        object.__setattr__(self, "_tabs", {folded(text): tab for tab in RULE_TABS for text in _spellings(tab)})

    _row_of: Mapping[str, int] = field(init=False, repr=False)
    _columns: Mapping[str, str] = field(init=False, repr=False)
    _tabs: Mapping[str, Tab] = field(init=False, repr=False)

    def of(self, case_no: str, tab: str, row: str, column: str) -> Iterator[Place]:
        if tab:
            yield from self._of_rule(self._tabs.get(folded(tab)), row, column)
        elif case_no or row:
            key = self._columns.get(folded(column), "case_no")
            if key != "case_no":
                for number in [case_no] if case_no else re.split(r"[、,，;；\s]+", row):
                    if number in self._row_of:
                        yield self.past.register_title, self._row_of[number], self.ledger.register.at[key]
        else:
            yield from self._of_setting(column)

    def _of_setting(self, column: str) -> Iterator[Place]:
        """A setting that the program switched; its line says tab and name in one cell."""
        settings, table = self.ledger.policy.settings, self.ledger.tables["settings"]
        for key, row in settings.rows.items():
            if key in SETTING and any(column.endswith(f": {text}") for text in SETTING[key].labels()):
                yield table.title, row, table.at["value"]

    def _of_rule(self, tab: Tab | None, row: str, column: str) -> Iterator[Place]:
        if tab is None or tab.key in DATED_BY_THEMSELVES:
            return
        table, key = self.ledger.tables[tab.key], _by_label(tab).get(folded(column), "")
        rows = [at for at, texts in enumerate(rows_typed(table)) if AlteredRow(tab.key, at, texts, texts).name == row]
        if len(rows) == 1 and key:
            yield table.title, int(table.rows[rows[0]]), table.at[key]
        else:
            self.past.not_known["rules"] += 1


def _by_label(tab: Tab) -> dict[str, str]:
    return {folded(text): column.key for column in tab for text in _spellings(column)}


def _spellings(one: Labelled) -> tuple[str, ...]:
    return (one.key, *one.labels())


def ledger_at(past: Past, moment: datetime) -> Ledger:
    """The ledger after the run of this moment, as it was typed."""
    return parse(past.at(moment))
