"""The checks of waits: what is missing, and why one does not count, or not from its first day (docs/design.md#p19.3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import numpy as np

from automation.cases.cases import Cases
from automation.cases.clocks import Clock
from automation.cases.stopped_clocks import Counted
from automation.cases.waits import Stretch, Wait, entries_in, is_read, kept_in, remembered, stretches_in
from automation.ledger.table import Array
from automation.steps.findings import WARNING, Finding
from sheet_schema.vocabulary import Status, Step

EXAMPLE = "2026-03-02 - 2026-03-08: …"


def waits_hold(cases: Cases) -> Iterable[Finding]:
    """A wait is incomplete or ends before it begins, was typed late, or does not stop the clocks that it should."""
    register, real = cases.register, cases.register_lines.cases
    open_yet = real & (register["status"] != Status.CLOSED.key)
    typed = {key: register.read[key] != "" for key in ("waiting_for", "waiting_since", "waiting_until")}
    some = np.logical_or.reduce([*typed.values()])
    lacking = open_yet & some & ~(typed["waiting_for"] & typed["waiting_since"])
    yield Finding("wait_incomplete", "waiting_for", np.flatnonzero(lacking))
    since, until = register["waiting_since"], register["waiting_until"]
    backwards = np.flatnonzero(real & (until < since))
    yield Finding("wait_backwards", "waiting_until", backwards, each=lambda i: {"value": until[i], "floor": since[i]})
    waits = _current(cases, np.flatnonzero(open_yet & some & ~lacking & ~(until < since)))
    late = {i: {"value": wait.since, "floor": wait.seen} for i, wait in waits.items() if wait.since < wait.seen}
    yield Finding("wait_typed_late", "waiting_since", _at(late), each=late.__getitem__, warning=WARNING)
    for i in waits:
        yield from _of_clocks(cases, i)


def _current(cases: Cases, lines: Array) -> Mapping[int, Wait]:
    """The wait that stands in each of these lines, as Index remembers it."""
    kept = kept_in(cases.ledger.index, cases.register_lines.index_at[lines])
    found = {
        at: wait
        for at, text in zip(lines.tolist(), kept.tolist(), strict=True)
        for wait in remembered(text)
        if wait.current
    }
    return {at: wait for at, wait in found.items() if wait.since == cases.register["waiting_since"][at].item()}


def _of_clocks(cases: Cases, i: int) -> Iterator[Finding]:
    """What a wait does not stop, or not for as long as it lasts."""
    clocks = {step: clock for step, clock in cases.clocks.items() if clock.open[i]}
    counted = {step: clock.waits[i] for step, clock in clocks.items() if i in clock.waits}
    rules = cases.ledger.policy.deadlines
    if clocks and not any(rules[clock.rule[i]].wait_up_to for clock in clocks.values() if clock.rule[i] >= 0):
        yield Finding("wait_not_allowed", "waiting_for", np.array([i]), warning=WARNING)
    found: dict[tuple[str, date], list[Step]] = {}
    for step, one in counted.items():
        if (why := _why_not(clocks[step], one, i)) is not None:
            found.setdefault(why, []).append(step)
    for (code, day), steps in found.items():
        yield Finding(
            code, "waiting_since", np.array([i]), {"steps": steps, "value": day}, warning=code != "wait_too_late"
        )


def _why_not(clock: Clock, counted: Counted, i: int) -> tuple[str, date] | None:
    if any(stretch.current for stretch in counted.late):
        return "wait_too_late", clock.plain_due[i].item()
    current, last = counted.current, counted.last
    if current is not None and clock.capped_by_superior[i]:
        return "wait_superior", clock.due[i].item()
    if current is not None and last is not None and last < current.end:
        return "wait_used_up", last
    return None


def waited_before_is_read(cases: Cases) -> Iterable[Finding]:
    """What stands in *Waited before* cannot be read, or no run saw that wait."""
    register, real = cases.register, cases.register_lines.cases
    lines = np.flatnonzero(real & (register["waited_before"] != "") & (register["status"] != Status.CLOSED.key))
    kept = kept_in(cases.ledger.index, cases.register_lines.index_at[lines])
    for i, text in zip(lines.tolist(), kept.tolist(), strict=True):
        past = [wait for wait in remembered(text) if not wait.current]
        for entry in entries_in(register["waited_before"][i]):
            details = {"value": entry, "example": EXAMPLE}
            if not is_read(entry):
                yield Finding("waited_before_unread", "waited_before", np.array([i]), details)
            elif not all(_seen(stretch, past) for stretch in stretches_in(entry)):
                yield Finding("waited_before_unseen", "waited_before", np.array([i]), details)


def _seen(stretch: Stretch, past: Iterable[Wait]) -> bool:
    return any(wait.begin <= stretch.begin and stretch.end <= (wait.until or stretch.end) for wait in past)


def _at(rows: Mapping[int, object]) -> Array:
    return np.array([*rows], dtype=np.int64)
