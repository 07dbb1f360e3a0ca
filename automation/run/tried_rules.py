"""Says beside each rule that is only tried what it would do to the open cases.

It "counts nowhere" (docs/design.md#p3.19): the clocks, the ladder and the outbox are asked once more as if it did, and what
they say is counted and forgotten.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property

import numpy as np

from automation.cases.cases import Cases, cases_of
from automation.cases.clocks import Clock
from automation.cases.recipients import Recipients
from automation.ledger.calendar import Calendar
from automation.ledger.dated_tabs import DATED_TABS, decides_before
from automation.ledger.model import Ledger, Problem
from automation.ledger.notices import Notice
from automation.ledger.office_time import today
from automation.ledger.policy import Deadline, Policy, Rung
from automation.ledger.problems import problem
from automation.ledger.rule_days import ALWAYS, RuleDays
from automation.ledger.rule_successions import stands_in_place_of
from automation.mail.outbox import Outbox, Posting, post
from automation.steps.escalation import escalate
from automation.steps.reminders import remind
from automation.text.catalogue import Message, Row, counted
from sheet_schema.vocabulary import InForce, Sending, Step


@dataclass(frozen=True, slots=True)
class Effect:
    """What a rule would do: due dates that move, what more or no longer would be late, and mails that would go out."""

    moved: int
    late: int
    eased: int
    mails: int


def tried_notes(cases: Cases) -> list[Problem]:
    """A note beside each row that is tried, with what it would do. Status and first-seen days must be derived already."""
    now, policy = _Now(cases), cases.ledger.policy
    notes = [
        _note("deadlines", rule.row, _code(rule), now.effect(then)) for rule, then in _deadlines(policy, cases.now)
    ]
    notes += [_note_of_rung(rung, now, then) for rung, then in _ladders(policy)]
    calendars = _calendars(policy, cases.now)
    notes += [_note("calendar", row, "tried_today", now.effect(then)) for row, then in calendars]
    return [*notes, *_reasons(cases.ledger)]


def _deadlines(policy: Policy, now: datetime) -> Iterator[tuple[Deadline, Policy]]:
    """Each tried row of Deadlines, with the rules as if it counted.

    With *Open cases too* it counts as if it were switched on today; else in place of the rows for the same cases, since
    always: switched on, it would hold for none of the cases that are open.
    """
    for rule in policy.tried.deadlines:
        if rule.open_cases:
            others = policy.deadlines
            counting = replace(rule, days=_switched_on(rule.days, now.date()))
        else:
            same = (rule.step, rule.kind, rule.channel)
            others = tuple(one for one in policy.deadlines if (one.step, one.kind, one.channel) != same)
            counting = replace(rule, days=ALWAYS)
        yield rule, replace(policy, deadlines=(*others, counting))


def _code(rule: Deadline) -> str:
    return "tried_today" if rule.open_cases else "tried"


def _switched_on(days: RuleDays, day: date) -> RuleDays:
    """The days of a row that is set to Yes on this day: it holds from then on, or from a later day that is typed."""
    return replace(days, first=max(days.first or day, day))


def _ladders(policy: Policy) -> Iterator[tuple[Rung, Policy]]:
    """Each tried row of Escalation, with the rules as if it held for what is late already, in place of the rows that tell the
    same role of the same step at the same level."""
    for rung in policy.tried.ladder:
        others = tuple(one for one in policy.ladder if not stands_in_place_of(rung, one))
        yield rung, replace(policy, ladder=(*others, replace(rung, days=ALWAYS)))


def _calendars(policy: Policy, now: datetime) -> Iterator[tuple[int, Policy]]:
    """Each tried row of Calendar, with the rules as if it counted beside the others: it does so at once when it is set to Yes,
    and moves nothing that was due before if one of its days has passed."""
    for row, days in policy.tried.calendar:
        if decides_before(days, now.date()):
            days = replace(days, days=_switched_on(days.days, now.date()))
        yield row, replace(policy, calendar=Calendar((*policy.calendar.entries, days)))


def _reasons(ledger: Ledger) -> Iterator[Problem]:
    """A note beside each tried row with a reason in Correction, which corrects nothing: set to Yes, it is a new row."""
    for tab in DATED_TABS:
        table = ledger.tables[tab.key]
        tried = (table["enabled"] == InForce.TRY) & (table["correction"] != "")
        for row in table.rows[tried].tolist():
            yield Problem(tab.key, row, "correction", "tried_reason", problem("tried_reason"), warning=True)


def _note(tab: str, row: int, code: str, effect: Effect) -> Problem:
    return Problem(tab, row, "enabled", code, problem(code, would=_would(effect)), warning=True)


def _note_of_rung(rung: Rung, now: _Now, policy: Policy) -> Problem:
    effect = now.effect(policy)
    reached, was = now.reached(policy, policy.ladder[-1:]), now.reached(policy, now.in_place_of(rung))
    said = problem("tried_level", reached=reached, was=was, mails=_MAILS.of(n=effect.mails))
    return Problem("escalation", rung.row, "enabled", "tried_level", said, warning=True)


_MOVED = counted("would move 1 due date", "would move {n} due dates")
_LATE = counted("1 more late", "{n} more late")
_EASED = counted("1 no longer late", "{n} no longer late")
_MAILS = counted("1 mail", "{n} mails")


def _would(effect: Effect) -> Row:
    said: list[Message] = [_MOVED.of(n=effect.moved), _LATE.of(n=effect.late)]
    if effect.eased:
        said.append(_EASED.of(n=effect.eased))
    return Row([*said, _MAILS.of(n=effect.mails)])


@dataclass(frozen=True)
class _Now:
    """The open cases as the rules in force have them."""

    cases: Cases

    @cached_property
    def notices(self) -> frozenset[str]:
        """The keys of the notices that are due by the rules in force."""
        return frozenset(notice.key for notice in _due(self.cases))

    def effect(self, policy: Policy) -> Effect:
        """What would be otherwise by these rules."""
        then = cases_of(replace(self.cases.ledger, policy=policy), self.cases.now)
        pairs = [(clock, then.clocks[step]) for step, clock in self.cases.clocks.items()]
        moved = late = eased = 0
        for old, new in pairs:
            was, will = self.cases.waiting(old), then.waiting(new)
            same = (old.due == new.due) | (np.isnat(old.due) & np.isnat(new.due))
            moved += int(((was | will) & ~same).sum())
            was_late, will_be = was & self._late(old), will & self._late(new)
            late += int((will_be & ~was_late).sum())
            eased += int((was_late & ~will_be).sum())
        return Effect(moved, late, eased, self._mails(then))

    def in_place_of(self, rung: Rung) -> tuple[Rung, ...]:
        """The rows in force that the rung would stand in place of."""
        return tuple(one for one in self.cases.ledger.policy.ladder if stands_in_place_of(rung, one))

    def reached(self, policy: Policy, rungs: Sequence[Rung]) -> int:
        """How many late steps of cases have reached one of these rows by now, whether it was told or not."""
        calendar, day = policy.calendar, today(self.cases.now)
        masks = []
        for rung in rungs:
            clock = self.cases.clocks[Step.of(rung.step)]
            reached = calendar.due(clock.due, rung.after, rung.unit, roll_forward=False) <= day
            masks.append(self.cases.mailed(clock) & self._late(clock) & rung.days.cover(clock.due) & reached)
        return int(np.logical_or.reduce(masks).sum()) if masks else 0

    def _late(self, clock: Clock) -> np.ndarray:
        return clock.due < today(self.cases.now)

    def _mails(self, then: Cases) -> int:
        """How many mails would go out on the day for what is not due by the rules in force."""
        wanted = [notice for notice in _due(then) if notice.key not in self.notices]
        if not wanted:
            return 0
        posting = _post(replace(self.today_sent, policy=then.ledger.policy), then, wanted)
        return len(posting.outgoing_mails) + len(posting.held)

    @cached_property
    def today_sent(self) -> Ledger:
        """The ledger as it is once the mails of the day have gone by the rules in force: the count is the same all day."""
        now, ledger = self.cases.now, self.cases.ledger
        earlier = np.flatnonzero(~(ledger.tables["runs"]["at"] >= today(now)))
        runs = ledger.tables["runs"].only(earlier)
        posting = _post(ledger.having(runs=runs), self.cases, _due(self.cases))
        runs = runs.extended([runs.last_row + 1], at=[now], mail=[posting.mail.key])
        return ledger.having(notices=posting.table, runs=runs)


def _post(ledger: Ledger, cases: Cases, wanted: Sequence[Notice]) -> Posting:
    """What a run that sends would do with these notices once mail may go on the day."""
    settings = ledger.policy.settings
    values = {**settings.values, "sending": Sending.LIVE.key}
    ledger = replace(ledger, policy=replace(ledger.policy, settings=replace(settings, values=values)))
    recipients = Recipients(ledger.policy, ledger.register, cases.confidence, cases.now.date(), ledger.apart)
    moment = datetime.combine(cases.now.date(), settings.moment("send_from"), cases.now.tzinfo)
    return post(Outbox(ledger, recipients, "", moment, really=False, kinds=()), wanted)


def _due(cases: Cases) -> list[Notice]:
    return [*remind(cases, cases.now), *escalate(cases, cases.now)]
