"""For each step of each case: when its clock started, when it is due, and whether it is still open.

We count whole days and leave out the first: 民法典 art. 201 "按照年、月、日计算期间的，开始的当日不计入，自下一日开始计算".
Where the deadline's row says so, a due date on a day off moves to the next working day: art. 203
"期间的最后一日是法定休假日的，以法定休假日结束的次日为期间的最后一日".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

import numpy as np

from automation.cases.extensions import EXTENDABLE, Extensions
from automation.cases.nobody_to_notify import not_told_again
from automation.cases.steps_owed import DONE_ON, PERIODS, applies, still_waits
from automation.cases.stopped_clocks import Counted, MoreTime, Waits
from automation.ledger.office_time import NO_DAY
from automation.ledger.policy import Deadline, Policy
from automation.ledger.table import Array, Table, each_once
from sheet_schema.vocabulary import Channel, Decision, Start, Step

SOON_WITHOUT_REMINDERS = 3
"""Calendar days before the due date from which a step without reminders counts as Soon (docs/design.md#p3.11)."""
ANSWERS = (
    Step.REPLY, Step.LEGAL_LIMIT, Step.TELL_RESULT, Step.FEEDBACK, Step.REVIEW, Step.SECOND_REVIEW, Step.PANEL,
)  # fmt: skip
"""The steps for which whoever asked, or an authority, waits."""
BEGINS_WITH = {
    Step.REVIEW: Start.REVIEW,
    Step.SECOND_REVIEW: Start.SECOND_REVIEW,
    Step.PANEL: Start.SECOND_REVIEW,
    Step.OBJECTION_PERIOD: Start.REPLIED,
    Step.SECOND_PERIOD: Start.REVIEW_DONE,
    Step.TELL_EXTENSION: Start.EXTENDED,
    Step.TELL_RESULT: Start.CONCLUDED,
}
"""The steps that begin with another day than the one on which the case came."""
NOTICES = (Step.NOTIFY, Step.TELL_EXTENSION)
"""The steps that only tell whoever asked how their matter stands."""


@dataclass(frozen=True)
class Clock:
    """One step's clock for every case. Each array has one entry for each line of the register; days may be NaT.

    `rule` is the position in `policy.deadlines` (-1: none). `due` is NaT where no clock runs; `plain_due` is the due
    date before an extension or the superior's own deadline, `latest` the last day to which it may be extended. `fits` masks
    the cases with an extension that counts for this step, `extended` and `capped_by_superior` those where it, or the superior's
    deadline, really sets the due date. From `soon_from` on the step counts as Soon. `waits`: what was waited, by line.
    """

    step: Step
    rule: Array
    start: Array
    plain_due: Array
    due: Array
    open: Array
    soon_from: Array
    latest: Array
    fits: Array
    extended: Array
    capped_by_superior: Array
    waits: Mapping[int, Counted]


FROM_SUPERIORS = [Channel.SUPERIOR.key, Channel.PASSED_ON.key, Channel.HOTLINE.key]
"""Channels that may come with a deadline. What was only passed on need not, and is not reported back (art. 22); nor need a work
order of a hotline (12345 工单)."""


def deadline_rows(register: Table, policy: Policy, step: Step, days: Array) -> Array:
    """For each case, the position in `policy.deadlines` of the row that governs the step; -1 for none.

    Of those that hold on the case's day in `days` the most specific row wins, then the upper one (docs/design.md#p3.8).
    """
    chosen = np.full(len(register), -1)
    ranked = sorted(
        (i for i, rule in enumerate(policy.deadlines) if rule.step == step),
        key=lambda i: policy.deadlines[i].precedence,
    )
    for i in ranked:
        rule = policy.deadlines[i]
        fits = (chosen < 0) & rule.days.cover(days)
        if rule.kind:
            fits &= register["kind"] == rule.kind
        if rule.channel:
            fits &= register["channel"] == rule.channel
        chosen[fits] = i
    return chosen


def starting_days(register: Table, first_seen: Array) -> dict[Start, Array]:
    """For each case, the day on which each kind of clock starts. A blank received_on counts as `first_seen`.

    Until a case is accepted, its "accepted" clocks count from the day received (docs/design.md#p3.3).
    """
    received = np.where(np.isnat(register["received_on"]), first_seen, register["received_on"])
    accepted_on = (register["decision"] == Decision.ACCEPT.key) & ~np.isnat(register["decided_on"])
    return {
        Start.RECEIVED: received,
        Start.ACCEPTED: np.where(accepted_on, register["decided_on"], received),
        Start.CONCLUDED: register["concluded_on"],
        Start.REPLIED: register["replied_on"],
        Start.REVIEW: register["review_on"],
        Start.REVIEW_DONE: register["review_done_on"],
        Start.SECOND_REVIEW: register["second_review_on"],
        Start.PANEL: register["panel_on"],
    }


def run_clocks(
    register: Table, policy: Policy, first_seen: Array, more_time: MoreTime, running: Array
) -> dict[Step, Clock]:
    """Work out every clock of every case. `running` masks the lines that are cases: neither blank nor in doubt."""
    given = _Given(register, policy, starting_days(register, first_seen), *more_time, running)
    extended = {step: _clock(step, given) for step in EXTENDABLE}
    counts = np.logical_or.reduce([_extended_when_judged(clock, given) for clock in extended.values()])
    given = replace(
        given, starts={**given.starts, Start.EXTENDED: np.where(counts, more_time.extensions.notice_from, NO_DAY)}
    )
    return {step: extended.get(step) or _clock(step, given) for step in Step}


def _extended_when_judged(clock: Clock, given: _Given) -> Array:
    """Mask the cases whose extension went beyond the due day as it was on the day on which it was judged: whoever asked was to be
    told of it, and days off or rules that come later neither take that back nor ask for it after the event."""
    known_by, owed = given.extensions.whole_on, given.running & applies(given.register, clock.step)
    counts, settled = clock.fits & ~clock.capped_by_superior, given.extensions.settled[clock.step]
    if not (counts & ~settled).any():
        return counts  # it was settled because it went beyond that day
    plain = _counted(_governing(clock.step, given, owed, known_by), given, owed, known_by).due
    extended: Array = counts & (settled | (given.extensions.to > plain))
    return extended


@dataclass(frozen=True)
class _Given:
    """What the clocks of every step are worked out from."""

    register: Table
    policy: Policy
    starts: Mapping[Start, Array]
    extensions: Extensions
    waits: Waits
    running: Array


def _clock(step: Step, given: _Given) -> Clock:
    register, policy, extensions = given.register, given.policy, given.extensions
    owed = given.running & applies(register, step)
    rows = _governing(step, given, owed)
    if step is Step.NOTIFY:
        owed = owed & ~not_told_again(register, policy, rows)
    counted = _counted(rows, given, owed)
    start, plain, latest = counted.start, counted.due, counted.latest
    soon = np.full(len(register), NO_DAY)
    fits = extensions.fit(step, plain, latest)
    extended = fits & (extensions.to > plain)
    due = np.where(extended, extensions.to, plain)
    due, capped = _capped_by_superior(step, due, owed, register)
    for i in each_once(rows[owed & ~np.isnat(due)]):
        governed = owed & (rows == i)
        soon[governed] = _soon_from(due[governed], policy, i)
    return Clock(
        step=step,
        rule=rows,
        start=start,
        plain_due=plain,
        due=due,
        open=owed & still_waits(register, step) & ~np.isnat(due),
        soon_from=soon,
        latest=latest,
        fits=fits,
        extended=extended & ~capped,
        capped_by_superior=capped,
        waits=given.waits.counted(policy, rows, start, owed),
    )


def _governing(step: Step, given: _Given, owed: Array, known_by: Array | None = None) -> Array:
    """The row of Deadlines that governs each case's step: of those in force on the day on which it began, or a later one for
    open cases too, which "moves no due day that had passed by then, and none to a day before that" (docs/design.md#p3.17).
    """
    register, policy, begun = given.register, given.policy, _begun(step, given)
    rows = deadline_rows(register, policy, step, begun)
    newer = {rule.days.first for rule in policy.deadlines if rule.step == step and rule.open_cases}
    for first in sorted(day for day in newer if day is not None):
        day = np.datetime64(first)
        then = deadline_rows(register, policy, step, np.full(len(register), day))
        takes = (
            owed & (begun < day) & np.isin(then, _for_open_cases(policy, first)) & ~_done_before(register, step, day)
        )
        if known_by is not None:
            takes &= known_by >= day
        if takes.any():
            old, new = (
                _capped_by_superior(step, _counted(one, given, takes).due, takes, register)[0] for one in (rows, then)
            )
            rows = np.where(takes & _still_ahead(step, old, day) & (new >= day), then, rows)
    return rows


def _still_ahead(step: Step, due: Array, day: np.datetime64) -> Array:
    """Mask the cases whose step was not over by then. Without a rule there is no end, but for a period to ask for a review: none
    has to pass then, and the case may be closed."""
    no_end = np.isnat(due) if step not in PERIODS else np.zeros(len(due), dtype=bool)
    ahead: Array = no_end | (due >= day)
    return ahead


def _begun(step: Step, given: _Given) -> Array:
    """The day on which each case's step began, whatever a rule counts from: what counts from acceptance runs before, too."""
    kind = BEGINS_WITH.get(step, Start.RECEIVED)
    return given.starts.get(kind, np.full(len(given.register), NO_DAY))


def _for_open_cases(policy: Policy, first: date) -> list[int]:
    return [i for i, rule in enumerate(policy.deadlines) if rule.open_cases and rule.days.first == first]


def _done_before(register: Table, step: Step, day: np.datetime64) -> Array:
    if step not in DONE_ON:
        return np.zeros(len(register), dtype=bool)
    done: Array = ~still_waits(register, step) & ~(register[DONE_ON[step]] >= day)
    return done


class _Counted(NamedTuple):
    """Start, end, and latest day of an extension, by the rows of Deadlines alone."""

    start: Array
    due: Array
    latest: Array


def _counted(rows: Array, given: _Given, wanted: Array, known_by: Array | None = None) -> _Counted:
    policy = given.policy
    start, plain, latest = (np.full(len(rows), NO_DAY) for _ in range(3))
    for i in each_once(rows[wanted & (rows >= 0)]):
        rule: Deadline = policy.deadlines[i]
        governed = wanted & (rows == i)
        started = given.starts[Start.of(rule.starts_from)][governed]
        known = None if known_by is None else known_by[governed]
        amount = rule.amount + given.waits.units(policy.calendar, rule, governed, started, known)
        due = policy.calendar.due(started, amount, rule.unit, rule.roll_forward, known)
        start[governed], plain[governed] = started, due
        if rule.extend_up_to:
            longest = amount + rule.extend_up_to  # from the start, not from an end that moved on to a working day
            # A day off that is announced once the answer is late excuses nothing: no extension begins to count by it.
            latest[governed] = policy.calendar.due(started, longest, rule.unit, rule.roll_forward, known_by=due)
    return _Counted(start, plain, latest)


def _capped_by_superior(step: Step, due: Array, owed: Array, register: Table) -> tuple[Array, Array]:
    """The due date, or the superior's own if that is earlier, and a mask of where it is (docs/design.md#p3.10).

    Only Reply and Feedback are capped, and Feedback even where no rule applies.
    """
    if step not in (Step.REPLY, Step.FEEDBACK):
        return due, np.zeros(len(due), dtype=bool)
    theirs = register["superior_due"]
    from_superior = owed & np.isin(register["channel"], FROM_SUPERIORS) & ~np.isnat(theirs)
    earlier = from_superior & (theirs < due)
    if step is Step.FEEDBACK:
        earlier = earlier | (from_superior & np.isnat(due))
    return np.where(earlier, theirs, due), earlier


def _soon_from(due: Array, policy: Policy, rule_at: int) -> Array:
    """The first day on which the step is Soon: its largest remind_before, counted back in the rule's own unit."""
    if rule_at >= 0 and policy.deadlines[rule_at].remind_before:
        rule = policy.deadlines[rule_at]
        return policy.calendar.subtract(due, rule.remind_before[0], rule.unit)
    return due - np.timedelta64(SOON_WITHOUT_REMINDERS, "D")


def earliest(clocks: Mapping[Step, Clock], day: np.datetime64) -> tuple[Array, Array]:
    """For each case, the key of the open step that is due first (`""` if none), and its due date (NaT if none).

    A notice that was not given hides no answer that is late: the answer comes first (docs/design.md#p3.11).
    """
    late = [clock.open & (clock.due < day) for step, clock in clocks.items() if step in ANSWERS]
    shown = {step: clock.open for step, clock in clocks.items()}
    for step in {*NOTICES} & shown.keys() if late else ():
        shown[step] = shown[step] & ~np.logical_or.reduce(late)
    steps = list(clocks)
    dues = np.stack([np.where(shown[step], clocks[step].due, NO_DAY) for step in steps])
    numbers = np.where(np.isnat(dues), np.iinfo(np.int64).max, dues.astype(np.int64))
    first = numbers.argmin(axis=0)
    due = np.take_along_axis(dues, first[None, :], axis=0)[0]
    keys = np.empty(len(steps), dtype=object)
    keys[:] = [step.key for step in steps]
    return np.where(np.isnat(due), "", keys[first]), due
