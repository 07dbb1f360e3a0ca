"""What each finished step owed: its due day, fixed when a run first saw the step done (docs/design.md#p3.16).

*Index* keeps it as text, a part a step: `reply=2026-05-04@2026-05-03,received:2026-04-03,complaint/visit,10schoolday`. That is
the due day and the day on which it was fixed; from when it was counted, or by what the case itself set it; for which cases
it holds; the rule; whether it was done in time, once that is sealed; and, as `w6`, for how many days its clock stood still. Where no rule gave the step a due day, a hyphen stands for it, so that a later rule gives it none
either. A part behind `~` is of a step that is not done after all.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

import numpy as np

from automation.cases.clocks import Clock
from automation.cases.steps_owed import DONE_ON, WAITS_FOR, applies, still_waits
from automation.cases.stopped_clocks import Counted
from automation.ledger.office_time import NO_DAY
from automation.ledger.policy import Policy
from automation.ledger.table import Array, Table
from sheet_schema.vocabulary import Step

_NO_DUE_DAY = "-"
_NOT_A_DAY = "NaT"
_UNDONE = "~"
IN_TIME, LATE = "in_time", "late"
_STEPS = frozenset(step.key for step in WAITS_FOR)
_KEPT_BY_LATER_VERSIONS = ("counted_from", "of_cases", "rule", "kept", "waited")
_DAYS_WAITED = "w"
_SET_BY_THE_CASE = ("extended", "superior")
"""What sets a due day besides a rule: it stands in the case's own cells."""


class Owed(NamedTuple):
    """What one step owed; parts that an earlier version did not keep are blank."""

    step: str
    due: str
    fixed_on: str
    counted_from: str = ""
    of_cases: str = ""
    rule: str = ""
    kept: str = ""
    waited: str = ""

    @property
    def days_waited(self) -> int:
        """For how many days the clock stood still (docs/design.md#p19.6)."""
        days = self.waited.removeprefix(_DAYS_WAITED)
        return int(days) if days.isdecimal() else 0

    @property
    def due_day(self) -> np.datetime64:
        return NO_DAY if self.due == _NO_DUE_DAY else np.datetime64(self.due, "D")

    @property
    def due_on(self) -> date | None:
        return None if self.due == _NO_DUE_DAY else date.fromisoformat(self.due)

    def text(self) -> str:
        return f"{self.step}={self.due}@{','.join(self[2:]).rstrip(',')}"

    def stands(self, now: Owed) -> bool:
        """Whether nothing of the case has changed by which it is counted, so that a step done again owes what it owed."""
        if self.of_cases != now.of_cases or self.waited != now.waited or not self.counted_from:
            return False
        (how, day), (today, since) = (one.counted_from.split(":", 1) for one in (self, now))
        by_rules = not {how, today} & {*_SET_BY_THE_CASE}
        return (by_rules and (how != today or day == since)) or self.counted_from == now.counted_from


def _part(text: str) -> Owed:
    step, _, said = text.partition("=")
    due, _, rest = said.partition("@")
    fixed_on, *more = rest.split(",")
    return Owed(step=step, due=due, fixed_on=fixed_on, **dict(zip(_KEPT_BY_LATER_VERSIONS, more, strict=False)))


def owed_in(text: str) -> dict[str, Owed]:
    """What is kept of each step, by its key; behind `~` that of a step that is not done after all.

    What somebody typed there by hand, and is none of it, counts as nothing.
    """
    return {one.step: one for one in map(_part, text.split()) if _can_be_read(one)}


def _can_be_read(part: Owed) -> bool:
    known = part.step.removeprefix(_UNDONE) in _STEPS and (":" in part.counted_from or not part.counted_from)
    return known and (part.due == _NO_DUE_DAY or _is_a_day(part.due))


def _is_a_day(text: str) -> bool:
    try:
        return str(date.fromisoformat(text)) == text
    except ValueError:
        return False


def owed_now(table: Table, policy: Policy, clocks: Mapping[Step, Clock], owed: Array, day: np.datetime64) -> Array:
    """What each case's finished steps owed: as fixed, and today's due day where a step is first seen done.

    A step whose cell is blank again owes its clock's day again; if it is done once more, what it owed before.
    """
    steps, today = list(WAITS_FOR), str(day)
    finished = np.stack([applies(table, step) & ~still_waits(table, step) for step in steps])
    before = {text: owed_in(text) for text in set(owed.tolist())}
    now = np.full(len(owed), "", dtype=object)
    said = {step: _Said.of(clocks[step], one) for step, one in zip(steps, finished, strict=True) if one.any()}
    for at in np.flatnonzero(finished.any(axis=0) | (owed != "")).tolist():
        done = [step for step, one in zip(steps, finished[:, at].tolist(), strict=True) if one]
        parts = before[owed[at]]
        if len(parts) == len(done) and all(step.key in parts for step in done):
            now[at] = owed[at]
        else:
            fresh = (_fresh(table, policy, said[step], at, today) for step in done)
            now[at] = " ".join(_parts(fresh, parts) if parts else (one.text() for one in fresh))
    return now


def _parts(done: Iterator[Owed], before: Mapping[str, Owed]) -> Iterator[str]:
    keys = set()
    for fresh in done:
        keys.add(fresh.step)
        undone = before.get(f"{_UNDONE}{fresh.step}")
        again = undone is not None and undone.stands(fresh)
        kept = before.get(fresh.step) or (undone if again else None) or fresh
        yield kept._replace(step=fresh.step).text()
    for key, part in before.items():
        if (step := key.removeprefix(_UNDONE)) not in keys:
            yield part._replace(step=f"{_UNDONE}{step}").text()


class _Said(NamedTuple):
    """A step's clock, with its days as text: a whole column at once, which takes a tenth of one day after the other."""

    step: str
    due: Sequence[str]
    start: Sequence[str]
    rule: Sequence[int]
    extended: Sequence[bool]
    by_superior: Sequence[bool]
    waits: Mapping[int, Counted]

    @classmethod
    def of(cls, clock: Clock, wanted: Array) -> _Said:
        """Only the lines wanted have their days, since few steps are new in a run."""
        due, start = (np.full(len(wanted), "", dtype=object) for _ in range(2))
        due[wanted], start[wanted] = (
            np.datetime_as_string(clock.due[wanted]),
            np.datetime_as_string(clock.start[wanted]),
        )
        marks = clock.rule.tolist(), clock.extended.tolist(), clock.capped_by_superior.tolist()
        return cls(clock.step.key, due.tolist(), start.tolist(), *marks, clock.waits)


def _fresh(table: Table, policy: Policy, said: _Said, at: int, today: str) -> Owed:
    """What a step owes that is seen done for the first time."""
    due, rule_at = said.due[at], said.rule[at]
    rule = policy.deadlines[rule_at] if rule_at >= 0 else None
    if said.extended[at] or said.by_superior[at]:
        counted = f"{_SET_BY_THE_CASE[int(said.by_superior[at])]}:{due}"
    else:
        counted = f"{rule.starts_from}:{said.start[at]}" if rule else f"{_NO_DUE_DAY}:"
    return Owed(
        step=said.step,
        due=_NO_DUE_DAY if due == _NOT_A_DAY else due,
        fixed_on=today,
        counted_from=counted,
        of_cases=f"{table['kind'][at]}/{table['channel'][at]}",
        rule=f"{rule.amount}{rule.unit}" if rule else "",
        waited=_waited(table, said, at),
    )


def _waited(table: Table, said: _Said, at: int) -> str:
    """For how many days the clock of a step that is done stood still; blank if it did not."""
    done: date | None = table[DONE_ON[Step.of(said.step)]][at].item()
    days = said.waits[at].days_until(done or date.max) if at in said.waits else 0
    return f"{_DAYS_WAITED}{days}" if days else ""


def days_waited(table: Table, clock: Clock, owed: Array, day: date) -> Array:
    """For how many days the clock of each case stood still, until its step was done or today: as fixed where it is done."""
    waited = np.zeros(len(owed), dtype=np.int64)
    for at, counted in clock.waits.items():
        waited[at] = counted.days_until(table[DONE_ON[clock.step]][at].item() or day)
    for at in np.flatnonzero((owed != "") & ~still_waits(table, clock.step)).tolist():
        if f",{_DAYS_WAITED}" in owed[at] or waited[at]:
            known = owed_in(owed[at]).get(clock.step.key)
            waited[at] = known.days_waited if known else waited[at]
    return waited


def due_days(table: Table, clocks: Mapping[Step, Clock], owed: Array) -> dict[Step, Array]:
    """Each step's due days: as fixed where it is done, else by its clock."""
    days = {step: clock.due.copy() for step, clock in clocks.items()}
    known = {text: owed_in(text) for text in set(owed.tolist())}
    for step in WAITS_FOR:
        finished = applies(table, step) & ~still_waits(table, step)
        for at in np.flatnonzero(finished & (owed != "")).tolist():
            if step.key in known[owed[at]]:
                days[step][at] = known[owed[at]][step.key].due_day
    return days


def to_seal(table: Table, positions: Sequence[int], owed: Sequence[str]) -> list[str]:
    """What these cases owed, each step with whether it was done in time, as *Filing* keeps it and its seal covers it."""
    return [" ".join(_judged(table, at, text)) for at, text in zip(positions, owed, strict=True)]


def _judged(table: Table, at: int, text: str) -> Iterator[str]:
    for part in owed_in(text).values():
        if not part.step.startswith(_UNDONE):
            done = table[DONE_ON[Step.of(part.step)]][at]
            unknown = np.isnat(done) or np.isnat(part.due_day)
            yield part._replace(kept="" if unknown else IN_TIME if done <= part.due_day else LATE).text()
