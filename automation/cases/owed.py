"""What each finished step owed: its due day, fixed when a run first saw the step done (docs/design.md#p3.16).

*Index* keeps it as text, a part a step: `reply=2026-05-04@2026-05-03`, the due day and the day on which it was fixed.
Where no rule gave the step a due day, a hyphen stands for it, so that a later rule gives it none either.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from automation.cases.clocks import WAITS_FOR, Clock, applies, still_waits
from automation.ledger.office_time import NO_DAY
from automation.ledger.table import Array, Table
from sheet_schema.vocabulary import Step

_NO_DUE_DAY = "-"


def fixed_on_in(text: str) -> dict[str, tuple[str, str]]:
    """By step key, the due day and the day on which it was fixed, as Index keeps them."""
    parts = (part.partition("=") for part in text.split())
    return {key: (due, on) for key, _, said in parts for due, _, on in [said.partition("@")]}


def owed_now(table: Table, clocks: Mapping[Step, Clock], owed: Array, day: np.datetime64) -> Array:
    """What each case's finished steps owed: as fixed, and today's due day where a step is first seen done.

    A step whose cell is blank again owes its clock's day again.
    """
    finished = np.stack([applies(table, step) & ~still_waits(table, step) for step in WAITS_FOR])
    before = {text: fixed_on_in(text) for text in set(owed.tolist())}
    now = np.full(len(owed), "", dtype=object)
    for at in np.flatnonzero(finished.any(axis=0)).tolist():
        steps = [step for step, done in zip(WAITS_FOR, finished[:, at].tolist(), strict=True) if done]
        parts = before[owed[at]]
        if len(parts) == len(steps) and all(step.key in parts for step in steps):
            now[at] = owed[at]
        else:
            now[at] = " ".join(_part(step.key, parts, clocks[step].due[at], day) for step in steps)
    return now


def _part(key: str, before: Mapping[str, tuple[str, str]], due: np.datetime64, day: np.datetime64) -> str:
    fixed, on = before.get(key) or (_NO_DUE_DAY if np.isnat(due) else str(due), str(day))
    return f"{key}={fixed}@{on}"


def due_days(table: Table, clocks: Mapping[Step, Clock], owed: Array) -> dict[Step, Array]:
    """Each step's due days: as fixed where it is done, else by its clock."""
    days = {step: clock.due.copy() for step, clock in clocks.items()}
    known = {text: fixed_on_in(text) for text in set(owed.tolist())}
    for step in WAITS_FOR:
        finished = applies(table, step) & ~still_waits(table, step)
        for at in np.flatnonzero(finished & (owed != "")).tolist():
            if step.key in known[owed[at]]:
                fixed = known[owed[at]][step.key][0]
                days[step][at] = NO_DAY if fixed == _NO_DUE_DAY else np.datetime64(fixed, "D")
    return days
