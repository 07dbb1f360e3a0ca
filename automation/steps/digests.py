"""digest: who gets a digest today, and which cases it lists for that reader.

It comes "weekly also when nothing is late, daily only with content" (docs/design.md#p4.14). "Every list and figure of a
digest is worked out as if the cases that its reader must not know of were not there" (docs/design.md#p5.2).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import numpy as np

from automation.cases.cases import Cases
from automation.cases.clocks import ANSWERS, NOTICES, Clock, earliest
from automation.cases.confidentiality import Confidence
from automation.cases.lights import lights, stands_still
from automation.cases.own_steps import department_clocks
from automation.cases.recipients import Recipients
from automation.cases.standing import is_open
from automation.cases.steps_owed import wants_feedback
from automation.ledger.directory import person_named
from automation.ledger.normal_form import normal
from automation.ledger.notices import NO_CASE, Notice
from automation.ledger.office_time import NO_DAY, today
from automation.ledger.people import Person
from automation.ledger.policy import Policy
from automation.ledger.table import Array, Table
from automation.steps.answers_told import new_answers
from automation.steps.escalation import escalate
from automation.steps.known_to import Visible
from automation.steps.needs_attention import attention
from automation.steps.tasks_told import receptions_to_look_at, tasks_told
from automation.steps.untold import last_digest, untold_since
from sheet_schema.vocabulary import DigestRhythm, Light, NoticeKind, Role, Step

SEES_ALL = frozenset(
    role.key for role in (Role.OFFICE, Role.LEADER, Role.PRINCIPAL, Role.GROUP, Role.DISCIPLINE, Role.ADMINISTRATOR)
)
"""The roles that read of every case. Heads and handlers read only of their own (docs/design.md#p4.15)."""
StepAndDue = tuple[Array, Array]
"""For each row of the register the key of a step, and its due date."""
TOLD_OF_MOVES = timedelta(days=8)
"""How long digests say that a due date moved: more than a week, so that no weekly one misses it."""


@dataclass(frozen=True)
class Lists:
    """The cases of one digest, as positions in the register; each list by due date. `shown` has for each list the step of every
    row of the register that its reader reads of there, and its due date."""

    shown: Mapping[str, StepAndDue]
    open: Array
    late: Array
    soon: Array
    superiors: Array
    instructions: Array
    moved: Array
    waiting: Array

    @property
    def any_to_tell(self) -> bool:
        return bool(len(self.late) or len(self.soon) or len(self.instructions))


def digest(cases: Cases, now: datetime) -> list[Notice]:
    """A notice for everyone whose digest is due: on each working day, or once a week."""
    day = now.date()
    if not cases.ledger.policy.calendar.is_workday(np.asarray([day], dtype="datetime64[D]"))[0]:
        return []
    recipients = Recipients(cases.ledger.policy, cases.register, cases.confidence, day)
    return [notice for person in cases.ledger.policy.people if (notice := _due(cases, person, recipients))]


def _due(cases: Cases, person: Person, recipients: Recipients) -> Notice | None:
    """The person's digest, if it is due. Whether it has anything to tell is asked for whoever reads it: a stand-in
    could tell from one without content that there is a case they must not know of."""
    day = recipients.day
    if Role.OFFICE in person.roles:
        notice = _notice(NoticeKind.DIGEST_OFFICE, person, day, day)
        reader = _reader(notice, person, recipients)
        return notice if _has_something_to_say(cases, person, reader, recipients) else None
    if person.digest == DigestRhythm.DAILY:
        notice = _notice(NoticeKind.DIGEST_LEADER, person, day, day)
        reader = _reader(notice, person, recipients)
        return notice if lists_for(cases, reader).any_to_tell or tasks_told(cases, reader) else None
    if person.digest == DigestRhythm.WEEKLY:
        return _notice(NoticeKind.DIGEST_LEADER, person, day - timedelta(days=day.weekday()), day)
    return None


def _has_something_to_say(cases: Cases, person: Person, reader: Person, recipients: Recipients) -> bool:
    """Whether this person's digest for the office has anything to say to whoever reads it today: a case to look at, a
    problem, a reply, or somebody who was not told."""
    visible = visible_to(reader, cases.ledger.policy)
    if lists_for(cases, reader).any_to_tell or attention(cases, visible).anything:
        return True
    if tasks_told(cases, reader) or receptions_to_look_at(cases, reader).anything:
        return True
    last = last_digest(cases, person.name)
    if new_answers(cases, visible, last).anything:
        return True
    untold = untold_since(cases, recipients, last)
    return bool(visible(cases.register, cases.confidence, untold).any())


def _reader(notice: Notice, person: Person, recipients: Recipients) -> Person:
    """Whoever reads the person's digest today: their stand-in while they are away."""
    there = [reader.name for reader in recipients.told(notice).readers]
    return (person_named(there[0], recipients.policy.people) if there else None) or person


def _notice(kind: NoticeKind, person: Person, period: date, day: date) -> Notice:
    return Notice(
        kind=kind.key, case_no="", case_at=NO_CASE, step="", due_on=period, level=1, slot=person.name, from_day=day
    )


def everything(_: Table, __: Confidence, real: Array) -> Array:
    """For a reader who may know of every case."""
    return real


def visible_to(person: Person, policy: Policy) -> Visible:
    """Which cases this person may know of, wherever they get mail; only their own without a role in SEES_ALL."""

    def visible(table: Table, confidence: Confidence, real: Array) -> Array:
        barred = [at for at in confidence.guarded if not confidence.person_may_know(at, person.name)]
        mask: Array = real.copy()
        mask[barred] = False
        if not _sees_all(person):
            mask &= _headed_by(person, policy, table) | _handled_by(person, table)
        return mask

    return visible


def _sees_all(person: Person) -> bool:
    return not SEES_ALL.isdisjoint(person.roles)


def _headed_by(person: Person, policy: Policy, table: Table) -> Array:
    """Mask the cases of the departments that the person heads."""
    heads = {normal(one.name) for one in policy.departments if normal(one.head) == normal(person.name)}
    return np.asarray([normal(department) in heads for department in table["department"].tolist()], dtype=bool)


def _handled_by(person: Person, table: Table) -> Array:
    return np.asarray([normal(handler) == normal(person.name) for handler in table["handler"].tolist()], dtype=bool)


def lists_for(cases: Cases, person: Person) -> Lists:
    """The open cases that this reader may know of, by what the digest says of them."""
    register = cases.register
    mask = visible_to(person, cases.ledger.policy)(register, cases.confidence, cases.register_lines.cases)
    open_yet = mask & is_open(register)
    clocks = clocks_read_by(cases, person)
    light, shown = lights(clocks, today(cases.now)), _shown(cases, person, clocks)
    answered = ~np.isnat(register["replied_on"]) | ~np.isnat(register["fed_back_on"])
    since = np.datetime64(cases.now.date() - TOLD_OF_MOVES, "D")

    def listed(which: Array, section: str = "all") -> Array:
        by_due = np.argsort(shown[section][1], kind="stable")
        positions: Array = by_due[(open_yet & which)[by_due]]
        return positions

    is_theirs = _sees_all(person) | (shown["superiors"][0] != "")
    return Lists(
        shown=shown,
        open=listed(np.ones(len(register), dtype=bool)),
        late=listed(light == Light.LATE.key, "late"),
        soon=listed(light == Light.SOON.key, "soon"),
        superiors=listed(wants_feedback(register) & np.isnat(register["fed_back_on"]) & is_theirs, "superiors"),
        instructions=listed((register["leader_note"] != "") & ~answered, "instructions"),
        moved=listed(_moved_on(cases) > since),
        waiting=listed(shown["waiting"][0] != "", "waiting"),
    )


def clocks_read_by(cases: Cases, person: Person) -> Mapping[Step, Clock]:
    """The clocks as this reader reads them. Handlers and heads read of their own steps: the office's are for the office
    (docs/design.md#p4.26)."""
    if _sees_all(person):
        return cases.clocks
    register = cases.register
    return department_clocks(cases, _handled_by(person, register) & ~_headed_by(person, cases.ledger.policy, register))


def _shown(cases: Cases, person: Person, clocks: Mapping[Step, Clock]) -> Mapping[str, StepAndDue]:
    """For each list the step of every case that it is about: of what is late the one that the reader was told is late, and what
    authorities wait for by their own day."""
    day = today(cases.now)
    first = earliest(clocks, day)
    still = {step: stands_still(clock, cases.now.date()) for step, clock in clocks.items()}
    soon = {
        step: replace(clock, open=clock.open & (clock.soon_from <= day) & ~still[step])
        for step, clock in clocks.items()
    }
    waiting = {step: replace(clock, open=still[step]) for step, clock in clocks.items()}
    return {
        "all": first,
        "late": _told_late(cases, person, first),
        "soon": earliest(soon, day),
        "superiors": _wanted_back(cases, person, clocks),
        "instructions": first,
        "waiting": earliest(waiting, day),
    }


def _wanted_back(cases: Cases, person: Person, clocks: Mapping[Step, Clock]) -> StepAndDue:
    """For each case the report to whoever passed it on, and the day by which they want it (blank: they named none), whatever
    else is due before. A department reports to the office: it reads when its own answer is due, which that day bounds, and of
    nothing where it owes none."""
    if not _sees_all(person):
        day = today(cases.now)
        answers = {step: clock for step, clock in clocks.items() if step in ANSWERS}
        return _or_else(earliest(answers, day), earliest(clocks, day))
    wanted = wants_feedback(cases.register)
    return np.where(wanted, Step.FEEDBACK.key, ""), np.where(wanted, clocks[Step.FEEDBACK].due, NO_DAY)


def _told_late(cases: Cases, person: Person, first: StepAndDue) -> StepAndDue:
    """The earliest step of each case that is late and was escalated to this reader; `first` where none was, or where that is a
    late answer, and they were told of a notice alone."""
    if not _sees_all(person):
        return first
    recipients = Recipients(cases.ledger.policy, cases.register, cases.confidence, cases.now.date())
    told = {step: np.zeros(len(cases.register), dtype=bool) for step in cases.clocks}
    for notice in escalate(cases, cases.now):
        if any(reader.name == person.name for reader in recipients.told(notice).readers):
            told[Step.of(notice.step)][notice.case_at] = True
    escalated = {step: replace(clock, open=clock.open & told[step]) for step, clock in cases.clocks.items()}
    theirs = _or_else(earliest(escalated, today(cases.now)), first)
    only_notices = np.isin(theirs[0], NOTICES) & np.isin(first[0], ANSWERS)
    return np.where(only_notices, first[0], theirs[0]), np.where(only_notices, first[1], theirs[1])


def _or_else(wanted: StepAndDue, otherwise: StepAndDue) -> StepAndDue:
    """The wanted step of each case and, where it has none, the other."""
    none = wanted[0] == ""
    return np.where(none, otherwise[0], wanted[0]), np.where(none, otherwise[1], wanted[1])


def _moved_on(cases: Cases) -> Array:
    """For each row, the day on which its due date last moved although nobody had changed the row; NaT for never."""
    moved = np.full(len(cases.register), "NaT", dtype="datetime64[D]")
    known = cases.register_lines.index_at >= 0
    moved[known] = cases.ledger.index["due_moved_on"][cases.register_lines.index_at[known]]
    return moved
