"""The rules by which the past is replayed: as they were, and as they are edited or tried (docs/design.md#p4.33).

What was edited or is tried counts as if it had been so from the first day of the period on: the row as it was ends the day before,
unless a correction says that the new one holds as if it had always stood so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time

import numpy as np

from automation.ledger.admin_tabs import policy_of
from automation.ledger.memo import Memo
from automation.ledger.model import Ledger, Problem
from automation.ledger.policy import Policy
from automation.ledger.rules_seen import RULE_TABS, altered_rows, rows_seen
from automation.ledger.table import Table
from automation.ledger.workbook import Cell, Grid, Snapshot
from automation.run.as_it_was import DATED_BY_THEMSELVES
from automation.steps.rule_edits import dated_rules
from sheet_schema.vocabulary import InForce


@dataclass(frozen=True)
class Edits:
    """What was edited since the last run or is tried: the number of rows by tab, and of tabs that are not replayed."""

    replayed: Mapping[str, int]
    left_out: Mapping[str, int]


def edits_in(ledger: Ledger) -> Edits:
    """What the ledger holds of edits that no run has seen, and of rows that are tried."""
    altered = {tab.key: len(altered_rows(ledger, tab.key)) for tab in RULE_TABS}
    replayed = {key: len(_edited_at(ledger, key)) + _taken_out(ledger, key) for key in DATED_BY_THEMSELVES}
    left_out = {key: count for key, count in altered.items() if count and key not in DATED_BY_THEMSELVES}
    return Edits({key: count for key, count in replayed.items() if count}, left_out)


def as_last_seen(snapshot: Snapshot, ledger: Ledger) -> Snapshot:
    """The workbook with its administrators' tabs as the last run left them."""
    grids = dict(snapshot.grids)
    for tab in RULE_TABS:
        table = ledger.tables[tab.key]
        if altered_rows(ledger, tab.key):
            header, width = snapshot.grids[table.title].rows[0], max(table.at.values())
            rows = [_cells(row, table.at, width) for row in rows_seen(ledger, tab.key)]
            grids[table.title] = Grid(table.title, [header, *rows])
    return replace(snapshot, grids=grids)


def _cells(row: Mapping[str, str], at: Mapping[str, int], width: int) -> list[Cell]:
    cells: list[Cell] = [""] * width
    for key, text in row.items():
        if key in at:
            cells[at[key] - 1] = text
    return cells


def with_rules_of(policy: Policy, rules: Policy) -> Policy:
    """A policy with the deadlines, the ladder and the calendar of another."""
    return replace(policy, deadlines=rules.deadlines, ladder=rules.ladder, calendar=rules.calendar)


def rules_as_edited(ledger: Ledger, first: date) -> Policy:
    """The rules as they are edited and tried, from this day on."""
    tables = {key: _counting(ledger, key, first) for key in DATED_BY_THEMSELVES}
    changed = ledger.having(**tables)
    policy, said = policy_of(changed.tables, _unread(ledger))
    changed = replace(changed, policy=policy, problems=tuple(said))
    return dated_rules(changed, datetime.combine(first, time())).policy


def _counting(ledger: Ledger, key: str, first: date) -> Table:
    """The tab with what was edited as if it began on this day, unless it corrects a mistake, and with what is tried switched on.

    A row of Calendar counts since always: what had passed before the period is not looked at. A tried row is a new one,
    whatever stands in Correction (docs/design.md#p3.19).
    """
    table = ledger.tables[key]
    at = [i for i in _edited_at(ledger, key) if not _is_correction(ledger, key, i)]
    if key == "calendar":
        table = _with(table, "in_force_from", at, np.datetime64("NaT"), "")
    else:
        table = _with(table, "from", at, np.datetime64(first), first.isoformat())
    tried = np.flatnonzero(table["enabled"] == InForce.TRY).tolist()
    table = _with(table, "correction", tried, "", "")
    return _with(table, "enabled", tried, InForce.YES.key, InForce.YES.label(ledger.language))


def _with(table: Table, key: str, at: list[int], value: object, text: str) -> Table:
    """The table with these cells of a column filled with this value, typed as this text."""
    values, read = table[key].copy(), table.read[key].copy()
    values[at], read[at] = value, text
    return replace(table, values={**table.values, key: values}, read={**table.read, key: read}, memo=Memo())


def _unread(ledger: Ledger) -> list[Problem]:
    """The problems with cells of these tabs that hold something nobody can read; reading the rows finds all others again."""
    return [
        one for one in ledger.problems if one.tab in DATED_BY_THEMSELVES and _is_unread(ledger.tables[one.tab], one)
    ]


def _is_unread(table: Table, one: Problem) -> bool:
    at = np.flatnonzero(table.rows == one.row)[:1]
    if one.column not in table.values or not len(at):
        return False
    value = table[one.column][at[0]]
    return bool(table.read[one.column][at[0]] != "") and bool(value == "" or value != value)


def _edited_at(ledger: Ledger, key: str) -> list[int]:
    """The positions of the rows that were changed or added, or are tried."""
    table = ledger.tables[key]
    at = {row.at for row in altered_rows(ledger, key) if row.at is not None}
    return sorted(at | set(np.flatnonzero(table["enabled"] == InForce.TRY).tolist()))


def _taken_out(ledger: Ledger, key: str) -> int:
    return sum(row.at is None for row in altered_rows(ledger, key))


def _is_correction(ledger: Ledger, key: str, at: int) -> bool:
    table = ledger.tables[key]
    return bool(table["correction"][at]) and bool(table["enabled"][at] != InForce.TRY)


def typed_days(ledger: Ledger) -> Iterator[tuple[str, int]]:
    """The rows, by the key of their tab, whose own first day is passed over in the replay."""
    for key in DATED_BY_THEMSELVES:
        began = "in_force_from" if key == "calendar" else "from"
        table = ledger.tables[key]
        for at in _edited_at(ledger, key):
            if not np.isnat(table[began][at]) and not _is_correction(ledger, key, at):
                yield key, int(table.rows[at])
