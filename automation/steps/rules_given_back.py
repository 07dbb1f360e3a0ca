"""A row that ended because another took over goes on once that one turns out to be a mistake (docs/design.md#p3.18)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from automation.ledger.altered_rows import AlteredRow
from automation.ledger.dated_tabs import DatedRule, DatedTab
from automation.ledger.model import Ledger
from automation.ledger.policy import Deadline, Rung
from automation.ledger.rules_seen import rows_typed
from sheet_schema.vocabulary import InForce

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class GivenBack:
    """The position of a row that goes on, the last day that it had, and the one that it has again, None for no end."""

    at: int
    before: date
    last: date | None


def given_back(
    ledger: Ledger, tab: DatedTab, row: AlteredRow, was: DatedRule | None, now: DatedRule | None
) -> GivenBack | None:
    """The row to which a correction of `row` gives back the days that this one had: it ended the day before, and is most like it.

    Nothing if the corrected row still holds on them, or ends no other.
    """
    first = None if was is None else was.days.first
    if was is None or first is None:
        return None
    last = was.days.last
    if now is None:
        if not _is_gone(ledger, row):
            return None
    elif _for_the_same(was, now):
        if (now.days.first or first) <= first:
            return None
        last = (now.days.first or first) - A_DAY
    ended = list(_ended_on(ledger, tab, row, first - A_DAY))
    rows = rows_typed(ledger.tables[tab.key])
    most_like = max(ended, key=lambda at: len(rows[at].items() & row.before.items()), default=None)
    return None if most_like is None else GivenBack(most_like, first - A_DAY, last)


def _is_gone(ledger: Ledger, row: AlteredRow) -> bool:
    return row.at is None or bool(ledger.tables[row.tab]["enabled"][row.at] == InForce.NO)


def _for_the_same(was: DatedRule, now: DatedRule) -> bool:
    """Whether a rule is still about what it was about."""
    if isinstance(was, Deadline) and isinstance(now, Deadline):
        return (was.step, was.kind, was.channel) == (now.step, now.kind, now.channel)
    if isinstance(was, Rung) and isinstance(now, Rung):
        return (was.step, was.level) == (now.step, now.level)
    return True


def _ended_on(ledger: Ledger, tab: DatedTab, row: AlteredRow, day: date) -> Iterator[int]:
    """The positions of the other rows in force about the same that ended on this day."""
    table, in_force = ledger.tables[tab.key], {rule.row for rule in tab.rules_of(ledger.policy)}
    rows = rows_typed(table)
    for at in np.flatnonzero(table[tab.last] == np.datetime64(day)).tolist():
        if at != row.at and int(table.rows[at]) in in_force and rows[at].get(tab.about) == row.before.get(tab.about):
            yield at
