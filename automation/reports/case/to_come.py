"""What the jobs will do about a case if nobody types anything.

The jobs themselves are asked, at every moment at which they may have something to say, with all earlier mails taken as
sent. So the forecast cannot differ from what they will do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import pairwise

import numpy as np

from automation.cases.cases import Cases, cases_of
from automation.cases.clocks import Clock
from automation.cases.duty_to_report import alerted_since, report_within
from automation.cases.involved import clock_of
from automation.cases.panels import panels_ahead
from automation.cases.recipients import Recipients
from automation.cases.steps_owed import PERIODS, WAITS_FOR
from automation.ledger.model import Ledger
from automation.ledger.notices import Notice
from automation.ledger.serial_days import LAST_DAY
from automation.ledger.table import Array, Table
from automation.mail.outbox import Outbox, Posting, in_working_hours, post
from automation.reports.case.events import By, Event, What, in_order_of_role
from automation.reports.case.one_case import OneCase
from automation.reports.case.past import changes, filed_facts, fillings
from automation.steps.alerts import REPORT_LATE, alert, patience
from automation.steps.assignment_notices import tell_departments
from automation.steps.escalation import escalate
from automation.steps.filing import due_for_filing, file_cases
from automation.steps.reminders import remind
from automation.steps.validation import derive
from automation.steps.waits_over import LAST_DAY_OF_WAIT
from sheet_schema.vocabulary import NoticeKind, NoticeState, Role, Sending, Status, Step

FORECAST_STEPS = (alert, tell_departments, remind, escalate)
"""Every step of a run that raises notices about single cases; a new one is forecast once it is here."""
THE_END = datetime.combine(LAST_DAY, time(23, 59))
MOST = 200
"""Most moments to try; a ladder has only a handful of levels."""
NOT_SENT = (NoticeState.VOID.key, NoticeState.FAILED.key)
"""States of a notice that has not gone out, so that it may go again."""


@dataclass(frozen=True)
class ToCome:
    """What comes next, in order. `waits_for` are the columns that would end a running clock if filled in. `held`
    means that a mail now waits for working hours, `stays` that the case is closed but something keeps it out of
    Filing."""

    events: tuple[Event, ...] = ()
    waits_for: tuple[str, ...] = ()
    held: bool = False
    stays: bool = False


@dataclass(frozen=True)
class Outlook:
    """The case at one moment: as the jobs see it, what they have to say, and the ledger once that is sent."""

    cases: Cases
    posting: Posting
    after: Ledger
    files: bool

    @property
    def moment(self) -> datetime:
        return self.cases.now

    @property
    def closed(self) -> bool:
        return bool(self.cases.register["status"][0] == Status.CLOSED.key)


def to_come(case: OneCase) -> ToCome:
    """Everything that comes by itself until the appraisal. Events of the next run have the fact `next_run`."""
    written = [
        _at_the_next_run(event)
        for event in changes(line for line in fillings(case) if line.coming and not line.by_person)
    ]
    if len(case.filing):
        filed = Event(case.now.date(), What.FILED, By.JOB, None, {**filed_facts(case.filing), "next_run": True})
        return ToCome((*written, *(() if case.filed else (filed,)), *_appraisal(case.filing)))
    if case.in_doubt or case.stopped or not case.cases.register_lines.cases[0]:
        return ToCome(tuple(written))
    outlooks = list(_outlooks(case))
    events = [*written, *_due_days(outlooks), *_mails(outlooks), *_ending(outlooks)]
    return ToCome(
        tuple(sorted(events, key=lambda event: event.order)),
        _waits_for(outlooks[0].cases),
        bool(outlooks[0].posting.held) and not _paused(outlooks[0].after),
        outlooks[-1].closed and not _files(outlooks),
    )


def _at_the_next_run(event: Event) -> Event:
    return replace(event, hour=None, facts={**event.facts, "next_run": True})


def _outlooks(case: OneCase) -> Iterator[Outlook]:
    notices, moment = case.ledger.tables["notices"], case.now
    ledger = case.ledger.having(notices=_sent(notices, notices["run"] == case.run)) if case.run else case.ledger
    for _ in range(MOST):
        outlook = _outlook(case, ledger, moment)
        yield outlook
        following = min((later for later in _moments(outlook) if later > moment), default=None)
        if following is None or (outlook.files and moment > case.now):
            return
        ledger, moment = outlook.after, following


def _outlook(case: OneCase, ledger: Ledger, moment: datetime) -> Outlook:
    ledger = derive(replace(ledger, problems=case.found), moment).ledger
    cases = cases_of(ledger, moment)
    recipients = Recipients(ledger.policy, ledger.register, cases.confidence, moment.date())
    wanted = [notice for step in FORECAST_STEPS for notice in step(cases, moment)]
    posting = post(Outbox(ledger, recipients, "", moment), wanted)
    return Outlook(cases, posting, _once_sent(ledger, posting), bool(due_for_filing(cases, moment)))


def _once_sent(ledger: Ledger, posting: Posting) -> Ledger:
    """The ledger once the mails are sent, with the settings the run changed."""
    settings = ledger.policy.settings
    settings = replace(settings, values={**settings.values, **posting.switches})
    ledger = replace(ledger, policy=replace(ledger.policy, settings=settings))
    return ledger.having(notices=_sent(posting.table, np.ones(len(posting.table), dtype=bool)))


def _sent(notices: Table, which: Array) -> Table:
    """Notices once the claims among these rows are sent."""
    state = notices["state"].copy()
    state[which & np.isin(state, [NoticeState.CLAIMED.key, NoticeState.HANDING_OVER.key])] = NoticeState.SENT.key
    return notices.having(state=state)


def _moments(outlook: Outlook) -> Iterator[datetime]:
    """When a job may next have something to say."""
    cases, ledger = outlook.cases, outlook.after
    for notice in _later(cases):
        yield _working(ledger, notice.from_day)
    later = alert(replace(cases, ledger=ledger), THE_END)
    if (first := alerted_since(ledger.tables["notices"]).get(cases.register["case_no"][0])) is not None:
        if any(notice.slot == Role.PRINCIPAL and notice.level < REPORT_LATE for notice in later):
            yield first + patience(ledger)
        if any(notice.level == REPORT_LATE for notice in later) and (within := report_within(ledger.policy)):
            yield first + within
    retry_at = ledger.tables["notices"]["retry_at"][ledger.tables["notices"]["state"] == NoticeState.RETRY.key]
    yield from (moment for moment in retry_at.tolist() if moment is not None)
    if outlook.posting.held and not _paused(ledger):
        began = outlook.moment.time() >= ledger.policy.settings.moment("send_from")
        morning = _working(ledger, outlook.moment.date() + timedelta(days=int(began)))
        if in_working_hours(ledger, morning):
            yield morning
    yield from _ends_of_waits(outlook)
    yield from _days_of_the_end(outlook)


def _ends_of_waits(outlook: Outlook) -> Iterator[datetime]:
    """The last day on which a wait stops a clock, and the one after it."""
    for clock in outlook.cases.clocks.values():
        for counted in clock.waits.values():
            if counted.last is not None and counted.stands_on(outlook.moment.date()):
                for day in (counted.last, counted.last + timedelta(days=1)):
                    yield _working(outlook.after, day)


def _days_of_the_end(outlook: Outlook) -> Iterator[datetime]:
    """The days on which the case may close since nobody asked for a review, or the day it is filed."""
    settings, register = outlook.after.policy.settings, outlook.cases.register
    ends = [outlook.cases.clocks[step].due[0].item() for step in PERIODS]
    if outlook.closed:
        days = [register["closed_on"][0].item() + timedelta(days=settings.whole("archive_after_days"))]
    else:
        days = [end + timedelta(days=1) for end in ends if end is not None]
    yield from (datetime.combine(day, settings.moment("send_from")) for day in days)


def _later(cases: Cases) -> list[Notice]:
    """Every reminder and every level of escalation that the open clocks will ever call for."""
    clocks = (*cases.clocks.values(), *(part.clock for part in cases.of_parts))
    dues = {clock.due[0].item() for clock in clocks if cases.waiting(clock)[0]}
    dues |= {cases.register["panel_on"][0].item()} if panels_ahead(cases)[0] else set()
    found = [notice for due in dues for notice in remind(cases, datetime.combine(due, time.max))]
    return [*found, *escalate(cases, THE_END)]


def _working(ledger: Ledger, day: date) -> datetime:
    """When ordinary mail of that day can go out: on the day, or on the next working day."""
    days = ledger.policy.calendar.next_workday(np.asarray([day], dtype="datetime64[D]"))
    return datetime.combine(days[0].item() or THE_END.date(), ledger.policy.settings.moment("send_from"))


def _paused(ledger: Ledger) -> bool:
    return ledger.policy.settings["sending"] == Sending.PAUSED


def _mails(outlooks: Sequence[Outlook]) -> Iterator[Event]:
    """Each notice once, when it goes out (or would, while sending is paused). All roles of a level are one event."""
    mailed: set[str] = set()
    for outlook in outlooks:
        readers: dict[Notice, list[str]] = {notice: [] for notice in _unreachable(outlook)}
        for outgoing_mail in (
            *outlook.posting.outgoing_mails,
            *(outlook.posting.held if _paused(outlook.after) else ()),
        ):
            for notice in outgoing_mail.notices:
                readers.setdefault(notice, []).append(outgoing_mail.reader.name)
        levels: dict[tuple[object, ...], dict[Notice, list[str]]] = {}
        for notice, names in sorted(readers.items(), key=lambda one: in_order_of_role(one[0].slot)):
            if notice.key not in mailed:
                same = (notice.kind, notice.step, notice.due_on, notice.level, notice.holder)
                levels.setdefault(same, {})[notice] = names
        for level in levels.values():
            yield _mail(outlook, level, next_run=outlook is outlooks[0])
        mailed |= {notice.key for notice in readers}


def _unreachable(outlook: Outlook) -> Iterator[Notice]:
    """Notices that nobody can get, and that were not sent before."""
    table = outlook.posting.table
    sent = frozenset(table["key"][~np.isin(table["state"], NOT_SENT)].tolist())
    yield from (notice for notice in outlook.posting.unreachable if notice.key not in sent)


def _mail(outlook: Outlook, level: Mapping[Notice, Sequence[str]], *, next_run: bool) -> Event:
    """One mail, or one for each role. `level` gives the readers' names by notice, none if nobody can be reached."""
    policy, notice = outlook.after.policy, next(iter(level))
    facts: dict[str, object] = {
        "kind": notice.kind,
        "step": notice.step,
        "due_on": notice.due_on,
        "holder": notice.holder,
        "next_run": next_run,
        "readers": {case.slot: tuple(sorted(set(names))) for case, names in level.items()},
    }
    if notice.kind == NoticeKind.ESCALATION:
        rungs = policy.rungs(notice.step, notice.due_on)
        asks = any(rung.ask_explanation for rung in rungs if rung.level == notice.level)
        facts |= {"level": notice.level, "asks": asks}
    if notice.kind == NoticeKind.REMINDER:
        rule = policy.deadlines[_clock_of(outlook.cases, notice).rule[0]]
        if notice.level != LAST_DAY_OF_WAIT:
            facts |= {"before": -notice.level, "unit": rule.unit}
    sharp = notice.kind == NoticeKind.ALERT and not next_run
    hour = outlook.moment.time() if sharp else None
    return Event(outlook.moment.date(), What.MAIL, By.JOB, hour, {key: fact for key, fact in facts.items() if fact})


def _clock_of(cases: Cases, notice: Notice) -> Clock:
    """The clock that a notice is about: of a part, that of the department whose part it is."""
    step = Step.of(notice.step)
    known = cases.ledger.policy.directory.department(notice.holder) or notice.holder
    of_part = clock_of(cases.of_parts, 0, known) if step is Step.PART else None
    return of_part or cases.clocks[step]


def _due_days(outlooks: Sequence[Outlook]) -> Iterator[Event]:
    """The days ahead on which a step is due or a period ends; while a clock stands still, the day to which that moves it."""
    cases, at_last = outlooks[0].cases, outlooks[-1].cases
    closed = cases.register["status"][0] == Status.CLOSED.key
    if panels_ahead(cases)[0]:
        yield Event(cases.register["panel_on"][0].item(), What.PANEL_MEETS, By.NOBODY)
    steps = [(step, clock, at_last.clocks[step]) for step, clock in cases.clocks.items() if step is not Step.PART]
    parts = [(Step.PART, part.clock, part.clock) for part in cases.of_parts]
    for step, clock, then in (*steps, *parts):
        runs = cases.waiting(clock)[0] or (step in PERIODS and not closed)
        still = any(counted.stands_on(cases.now.date()) for counted in clock.waits.values())
        due = (then if still else clock).due[0].item()
        if runs and due is not None and due >= cases.now.date():
            yield Event(due, What.DUE, By.NOBODY, None, {"step": step.key})


def _ending(outlooks: Sequence[Outlook]) -> Iterator[Event]:
    """That the case closes by itself, and is filed."""
    closing = next((outlook for before, outlook in pairwise(outlooks) if outlook.closed > before.closed), None)
    if closing is not None:
        yield Event(closing.cases.register["closed_on"][0].item(), What.CLOSED, By.JOB)
    if _files(outlooks):
        last = outlooks[-1]
        filing = file_cases(last.cases, [0], {}, last.moment).ledger.filing
        facts = {"retention": filing["retention"][-1]}
        yield Event(last.moment.date(), What.FILED, By.JOB, None, facts)
        yield from _appraisal(filing)


def _files(outlooks: Sequence[Outlook]) -> bool:
    """Whether it will be filed on a day still ahead. If it could be filed now, something holds it."""
    return len(outlooks) > 1 and outlooks[-1].files and not outlooks[0].files


def _appraisal(filing: Table) -> Iterator[Event]:
    """The day on which the archive looks at the last line of Filing again; never if kept permanently."""
    day = filing["appraise_on"][-1].item()
    if day is not None:
        yield Event(day, What.APPRAISAL, By.NOBODY)


def _waits_for(cases: Cases) -> tuple[str, ...]:
    waits_for = {**WAITS_FOR, Step.PART: "parts_answered"}
    columns = (waits_for[step] for step, clock in cases.clocks.items() if cases.waiting(clock)[0])
    return tuple(dict.fromkeys(columns))
