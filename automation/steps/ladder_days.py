"""On which day each case reaches each row of the escalation ladder.

What was late when a run first saw it climbs one storey a working day at the most, from the lowest, over all its steps
together: an old letter that is typed in today is no reason to write to everybody at once (docs/design.md#p4.30).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from automation.cases.cases import Cases
from automation.cases.late_when_seen import ladder_from, levels_told
from automation.ledger.office_time import NO_DAY, today
from automation.ledger.policy import Rung
from automation.ledger.table import Array
from sheet_schema.vocabulary import RANK, Role, Step

PATIENCE = 5
"""So many working days the next storey is waited for while no mail can go out. Then the storeys above it go on, since
it may be that there is nobody at it."""


def days_reached(cases: Cases) -> list[Array]:
    """For each row of the ladder, the day on which each case reaches it; NaT where the step has no day, or where the row does
    not hold for what is due on that day (docs/design.md#p3.17)."""
    ladder, calendar = cases.ledger.policy.ladder, cases.ledger.policy.calendar
    clocks = [cases.clocks[Step.of(rung.step)] for rung in ladder]
    own = [
        np.where(rung.days.cover(clock.due), calendar.due(clock.due, rung.after, rung.unit, roll_forward=False), NO_DAY)
        for rung, clock in zip(ladder, clocks, strict=True)
    ]
    begins = {clock.step: ladder_from(cases, clock) for clock in clocks}
    late = np.flatnonzero(~np.isnat(np.array([*begins.values()])).all(axis=0)) if ladder else np.array([], dtype=int)
    if not len(late):
        return own
    held = [rung.days.cover(clock.due) for rung, clock in zip(ladder, clocks, strict=True)]
    waiting = np.array(
        [
            (holds & cases.waiting(one) & ~np.isnat(begins[one.step]))[late]
            for one, holds in zip(clocks, held, strict=True)
        ]
    )
    begin = np.array([begins[clock.step][late] for clock in clocks])
    climbed = _climbed(cases, late, waiting, begin, np.array([days[late] for days in own]))
    for days, of_late in zip(own, climbed, strict=True):
        days[late] = of_late
    return own


def _climbed(cases: Cases, late: Array, waiting: Array, begin: Array, own: Array) -> Array:
    """The days on which the `late` cases reach each row. `waiting`, `begin` and `own` have a line for each row of the
    ladder: whether its step is late and open, the day on which it begins to climb, and the day it has by itself."""
    ladder, calendar = cases.ledger.policy.ladder, cases.ledger.policy.calendar

    def next_workday(days: Array) -> Array:
        return calendar.due(days, 1, "workday")

    storeys = _storeys(ladder)
    was_told, highest, last = _told(cases, late, begin, storeys)
    first = np.fmax(np.fmin.reduce(np.where(waiting, begin, NO_DAY)), next_workday(last))
    start = np.fmax(first, np.fmin(today(cases.now), calendar.due(first, PATIENCE, "workday")))
    climbs = waiting & (storeys > highest)
    days = _one_a_day(np.where(climbs, own, NO_DAY), storeys, start, next_workday)
    # Whoever stands no higher than those who were told already is told of other steps as well, without waiting.
    below = np.where(was_told, own, np.fmax(own, begin))
    return np.where(climbs, days, np.where(waiting, below, own))


def _storeys(ladder: Sequence[Rung]) -> Array:
    """How high each row of the ladder stands, as a column: as the highest of those told at its level, and always
    higher than the levels of its step below it."""
    storeys: dict[tuple[str, int], int] = {}
    for step, level in sorted({(rung.step, rung.level) for rung in ladder}):
        rungs = [rung for rung in ladder if (rung.step, rung.level) == (step, level)]
        below = max((storey for (other, _), storey in storeys.items() if other == step), default=-1)
        storeys[step, level] = max(below + 1, *(RANK.get(role, 0) for rung in rungs for role in _roles(rung)))
    return np.array([[storeys[rung.step, rung.level]] for rung in ladder])


def _roles(rung: Rung) -> tuple[str, ...]:
    """The roles of a row; who is asked for an explanation may be a handler, of which the head gets a copy."""
    return (*rung.to, Role.HEAD.key) if rung.ask_explanation else rung.to


def _told(cases: Cases, late: Array, begin: Array, storeys: Array) -> tuple[Array, Array, Array]:
    """Which rows of the ladder the `late` cases have been told at; their highest storey told, -1 if none; and the last
    day, NaT if none."""
    ladder = cases.ledger.policy.ladder
    place = {at: i for i, at in enumerate(late.tolist())}
    was_told = np.zeros(begin.shape, dtype=bool)
    last = np.full(len(late), NO_DAY)
    for at, step, level, day in levels_told(cases):
        rungs = [i for i, rung in enumerate(ladder) if rung.step == step and rung.level <= level]
        if (column := place.get(at)) is not None and rungs and not np.isnat(begin[rungs[0], column]):
            was_told[rungs, column] = True
            last[column] = np.fmax(last[column], np.datetime64(day, "D"))
    return was_told, np.where(was_told, storeys, -1).max(axis=0), last


def _one_a_day(own: Array, storeys: Array, start: Array, next_workday: Callable[[Array], Array]) -> Array:
    """The day of each row if each case takes, from its day `start` on, the lowest storey that is due and no other that
    day. `own` has NaT where nothing is to be taken."""
    reached, left, day = np.full(own.shape, NO_DAY), own, start
    while not np.isnat(left).all():
        ready = left <= day
        lowest = np.where(ready, storeys, storeys.max() + 1).min(axis=0)
        taken = ready & (storeys == lowest)
        reached, left = np.where(taken, day, reached), np.where(taken, NO_DAY, left)
        day = np.where(ready.any(axis=0), next_workday(day), np.fmin.reduce(left))
    return reached
