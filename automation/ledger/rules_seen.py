"""What stood in the administrators' tabs after the last run, and which of their rows people changed since (docs/design.md#p2.23).

The hidden tab *Rules seen* keeps it, a line for each tab. Cells are compared as people typed them, as a person sees them,
so that a later version that reads cells otherwise finds nothing changed. Where nothing is kept, nothing is claimed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from automation.ledger.altered_rows import AlteredRow, paired
from automation.ledger.changes import as_cells, differences
from automation.ledger.model import Ledger
from automation.ledger.packed import Texts, as_json, from_json, in_parts, packed, unpacked
from automation.ledger.table import Table
from automation.ledger.typed.cell import as_text, cell_texts
from sheet_schema import TABS, Column, Tab
from sheet_schema.model import Place

LONGEST = 30_000
"""So many characters of what is kept stand in one cell; Excel takes 32,767."""
_NOT_A_RULE = {("settings", "meaning")}
"""Columns that only explain, and that `copy` writes anew."""
RULE_TABS = tuple(tab for tab in TABS if tab.place is Place.ADMINISTRATOR)


def traced_columns(tab: Tab) -> tuple[Column, ...]:
    """The columns of an administrators' tab in which a change by people counts."""
    return tuple(column for column in tab if column.staff and (tab.key, column.key) not in _NOT_A_RULE)


@dataclass(frozen=True)
class _Seen:
    """What is kept of the tabs, as JSON by the key of the tab."""

    of: Mapping[str, str]


def altered_rows(ledger: Ledger, key: str) -> list[AlteredRow]:
    """The rows of an administrators' tab that people changed, added or took out since the last run, as `ledger` was read.

    Nothing if the last run kept nothing of the tab, as with a new ledger and after an upgrade.
    """
    seen, table = _seen(ledger).of.get(key), ledger.tables[key]
    if seen is None:
        return []
    now = rows_typed(table)
    filled = [(at, row) for at, row in enumerate(now) if row]
    if as_json([row for _, row in filled]) == seen:
        return []
    return [*paired(table.tab.key, from_json(seen), filled)]


def rows_seen(ledger: Ledger, key: str) -> Sequence[Texts]:
    """What stood in the rows of an administrators' tab after the last run, in their order; nothing if nothing was kept."""
    seen = _seen(ledger).of.get(key)
    return () if seen is None else from_json(seen)


def with_rules_seen(before: Ledger, after: Ledger) -> Ledger:
    """The ledger after a run, with its administrators' tabs kept as they stand once the run has written.

    `before` is the ledger as read: what people typed stands in its cells, and the run changes few of them.
    """
    kept = _seen(after).of
    lines = {tab.key: as_json([row for row in rows if row]) for tab, rows in _as_written(before, after)}
    if all(kept.get(key) == text for key, text in lines.items()):
        return after
    return after.having(rules_seen=_with_lines(after.tables["rules_seen"], lines))


def with_rows_written(before: Ledger, now: Ledger) -> Ledger:
    """The ledger that keeps what the program wrote into the administrators' tabs between these two readings as seen.

    What people changed before that stays unseen, so that the next run tells of it.
    """
    kept = _seen(now).of
    lines = {key: as_json(_with_written(key, from_json(text), before, now)) for key, text in kept.items()}
    if lines == kept:
        return now
    return now.having(rules_seen=_with_lines(now.tables["rules_seen"], lines))


def _with_written(key: str, seen: Sequence[Texts], before: Ledger, now: Ledger) -> list[Texts]:
    old = [row for row in rows_typed(before.tables[key]) if row]
    new = [(at, row) for at, row in enumerate(rows_typed(now.tables[key])) if row]
    rows = [*seen]
    for one in paired(key, old, new):
        if one.before in rows:
            rows[rows.index(one.before)] = one.after
        elif not one.before:
            rows.append(one.after)
    return [row for row in rows if row]


def _seen(ledger: Ledger) -> _Seen:
    table = ledger.tables["rules_seen"]
    seen: _Seen = table.remembered(_read, table)
    return seen


def _read(table: Table) -> _Seen:
    pieces: dict[str, dict[float, str]] = {}
    for key, part, text in zip(*(table[key].tolist() for key in ("tab", "part", "rows")), strict=True):
        pieces.setdefault(key, {})[part] = text
    whole = {key: unpacked("".join(parts[at] for at in sorted(parts))) for key, parts in pieces.items()}
    return _Seen({key: text for key, text in whole.items() if text})


def rows_typed(table: Table) -> list[Texts]:
    """Each row's filled-in cells as people typed them."""
    return table.remembered(_rows_as_typed, table)


def _rows_as_typed(table: Table) -> list[Texts]:
    columns = {column.key: cell_texts(table.read[column.key]) for column in traced_columns(table.tab)}
    filled = {key: texts for key, texts in columns.items() if texts is not None}
    lines = zip(*filled.values(), strict=True) if filled else ([()] * len(table))
    return [{key: text for key, text in zip(filled, map(str.strip, line), strict=True) if text} for line in lines]


def _as_written(before: Ledger, after: Ledger) -> Iterator[tuple[Tab, Sequence[Texts]]]:
    """The rows of each tab as they stand once the run has written: as typed, but for the cells that it writes."""
    theirs = {(tab.key, column.key) for tab in RULE_TABS for column in traced_columns(tab)}
    written: dict[str, list[tuple[str, int, str]]] = {}
    for change in differences(before, after, theirs):
        cells = map(as_text, as_cells(change.column, change.after, after.language))
        found = zip([change.column.key] * len(change.positions), change.positions.tolist(), cells, strict=True)
        written.setdefault(change.table.tab.key, []).extend(found)
    for tab in RULE_TABS:
        rows = rows_typed(before.tables[tab.key])
        yield tab, _overwritten(tab, rows, written[tab.key]) if tab.key in written else rows


def _overwritten(tab: Tab, rows: Sequence[Texts], cells: Iterable[tuple[str, int, str]]) -> list[Texts]:
    whole = [{**row} for row in rows]
    for key, at, text in cells:
        whole.extend({} for _ in range(at + 1 - len(whole)))
        whole[at][key] = text.strip()
    order = [column.key for column in tab]
    return [{key: row[key] for key in order if row.get(key)} for row in whole]


def lines_of_tabs(lines: Mapping[str, str]) -> list[tuple[str, int, str]]:
    """The lines that keep the tabs: tab, part and the part itself, by what is kept of each tab."""
    return [
        (key, part, piece)
        for key, text in lines.items()
        for part, piece in enumerate(in_parts(packed(text), LONGEST), start=1)
    ]


def _with_lines(table: Table, lines: Mapping[str, str]) -> Table:
    """The tab with a line for each part of what is kept; lines too many are emptied."""
    parts = lines_of_tabs(lines)
    missing = len(parts) - len(table)
    if missing > 0:
        table = table.extended(range(table.last_row + 1, table.last_row + 1 + missing))
    columns = {key: table[key].copy() for key in table.tab.keys}
    columns["tab"][:], columns["part"][:], columns["rows"][:] = "", np.nan, ""
    for at, (key, part, piece) in enumerate(parts):
        columns["tab"][at], columns["part"][at], columns["rows"][at] = key, part, piece
    return table.having(**columns)
