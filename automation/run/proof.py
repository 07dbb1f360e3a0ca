"""Works out a run in two worlds, with a case and without it, and compares what reaches those who may not know of it.

From now until the case's last mail and the weekly digest after it, every morning is worked out in memory in both worlds.
Whoever may not know of the case must get the same in both, to the byte (docs/design.md#p5.12).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import zip_longest

import numpy as np

from automation.cases.confidentiality import Confidence, judge, judge_table, may_quote
from automation.cases.joining import group_of
from automation.cases.told_before import ToldBefore, told_before
from automation.ledger.case_numbers import number_meant
from automation.ledger.chats import chat_address
from automation.ledger.errors import LedgerError
from automation.ledger.model import Ledger
from automation.ledger.notices_journal import read_ledger
from automation.ledger.office_time import local_time
from automation.ledger.people import Department, Person
from automation.ledger.workbook import ColumnEdit, Snapshot, TabEdit
from automation.mail.transport.chats import Chats
from automation.mail.transport.mailer import MailServer
from automation.reports.build import cases_to_report
from automation.reports.case.events import What
from automation.reports.case.explain import explain
from automation.reports.case.one_case import one_case
from automation.reports.case.to_come import to_come
from automation.run.job import ActionContext, Request, Result
from automation.run.kept_out import KeptOut, kept_out
from automation.run.plan import plan
from automation.run.previews import previewed
from automation.run.reached import Figures, Item, answers_to, mails_to
from automation.run.stages import Tell, silent
from automation.run.two_worlds import after_run, edited, without_cases
from automation.text.catalogue import msg
from automation.workbooks.laid_out import LaidOut
from sheet_schema import Language
from sheet_schema.settings import REPORT_WITHIN
from sheet_schema.vocabulary import NoticeKind, Sending

FARTHEST = timedelta(days=120)
"""How far ahead mornings are worked out at most."""
UNTIL_THE_WEEKLY_DIGEST = timedelta(days=8)
SOME_SERVER = MailServer("", 0, "", "")
"""Stands for the mail server that the timer's runs have, which this command need not know."""


@dataclass(frozen=True)
class Question:
    """The case to prove, and what it is proved with. `workbook` is only read. `moments` are those at which runs are
    worked out: every morning until a week after the case's last mail if none are given."""

    number: str
    workbook: LaidOut
    snapshot: Snapshot
    request: Request
    tell: Tell = silent
    moments: Sequence[datetime] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that reaches a reader in one of the worlds only (`None` in the other), or not alike in both."""

    with_case: Item | None
    without_case: Item | None


@dataclass
class Compared:
    """What was compared for one who may not know of the case. `until` is the first moment at which they may."""

    reader: KeptOut
    counts: Counter[str] = field(default_factory=Counter)
    differences: list[Difference] = field(default_factory=list)
    until: datetime | None = None
    before: tuple[ToldBefore, ...] = ()
    """What was already mailed to them about the case."""

    def compare(self, ours: Sequence[Item], theirs: Sequence[Item]) -> None:
        """Compare what reaches the reader at one moment with the case and without it."""
        if self.reader.alerted:
            ours, theirs = _but_alerts(ours), _but_alerts(theirs)
        self.counts.update(item.sort for item in ours)
        for one, other in zip_longest(ours, theirs):
            if one is None or other is None or one.content != other.content:
                self.differences.append(Difference(one, other))


def _but_alerts(items: Sequence[Item]) -> list[Item]:
    return [item for item in items if item.kind != NoticeKind.ALERT]


@dataclass(frozen=True)
class Proof:
    """What was found. `quotable` says whether anything of the case but its number may be printed. `others` are the
    cases whose `explain` is not the same in both worlds."""

    number: str
    language: Language
    quotable: bool
    first: datetime
    last: datetime
    compared: tuple[Compared, ...] = ()
    others: tuple[str, ...] = ()

    @property
    def equal(self) -> bool:
        return not self.others and not any(one.differences for one in self.compared)


def proved(question: Question) -> Proof:
    """Work the days ahead out in both worlds, and compare. Raises LedgerError if there is no such case, if the
    number could be several, or if a run would stop, as in a ledger of an earlier version."""
    _, ledger = read_ledger(question.snapshot)
    server = question.request.server or SOME_SERVER
    request = replace(question.request, dry_run=True, server=server, chats=_every_chat(ledger))
    ours = plan(question.snapshot, request)
    if stops := [problem.said for problem in ours.problems if problem.stops]:
        raise LedgerError(
            msg("Nothing can be proved while no run goes on. {problem}").of(problem=stops[0]), ours.after.language
        )
    number = number_meant(question.number, ours.after)
    question = replace(question, number=number, request=request)
    confidence, at = _judged(ours.after, number, ours.now)
    compared = tuple(Compared(reader) for reader in kept_out(ours.after.policy, confidence, at))
    quotable = may_quote(confidence, at)
    if not compared:
        return Proof(number, ledger.language, quotable, first=ours.now, last=ours.now)
    for one in compared:
        one.before = tuple(told_before(ledger.tables["notices"], number, one.reader.addresses))
    worlds = (question.snapshot, without_cases(question.snapshot, ledger, group_of(ours.after, number)))
    _compare_now(question, worlds, compared)
    moments = question.moments or list(_moments(ours, number))
    theirs = _compare_ahead(question, worlds, compared, moments)
    for as_if_live in _as_if_live(worlds, ours.after):
        _compare_ahead(question, as_if_live, compared, moments)
    others = _explained_differently(group_of(ours.after, number), ours, theirs)
    return Proof(number, ledger.language, quotable, first=ours.now, last=moments[-1], compared=compared, others=others)


def _every_chat(ledger: Ledger) -> Chats:
    """All chats that the sheet names, as if each could be sent to: another computer may know them."""
    named: tuple[Person | Department, ...] = (*ledger.policy.named_people, *ledger.policy.named_departments)
    return Chats({address: address for one in named if (address := chat_address(one.chat))})


def _judged(ledger: Ledger, number: str, now: datetime) -> tuple[Confidence, int]:
    """Who may know of the case, and its position, in the Register or in Filing."""
    filed = judge_table(ledger.filing, ledger.policy, now.date())
    tables = ((ledger.register, judge(ledger, now)), (ledger.filing, filed))
    for table, confidence in tables:
        found = np.flatnonzero(table["case_no"] == number)
        if len(found):
            return confidence, int(found[0])
    raise LedgerError(msg("There is no case {number} in the Register.").of(number=number), ledger.language)


Worlds = tuple[Snapshot, Snapshot]
"""The workbook with the case and without it."""


def _as_if_live(worlds: Worlds, ledger: Ledger) -> Iterator[Worlds]:
    """The same worlds with sending set to live, unless it is: on trial or paused, few mails leave."""
    row = ledger.policy.settings.rows.get("sending")
    if row is None or ledger.policy.settings["sending"] == Sending.LIVE:
        return
    table = ledger.tables["settings"]
    cell = ColumnEdit(table.at["value"], [row], [Sending.LIVE.label(ledger.language)])
    edit = TabEdit(table.title, [cell])
    with_case, without = (replace(world, grids=edited(world.grids, [edit])) for world in worlds)
    yield with_case, without


def _moments(result: Result, number: str) -> Iterator[datetime]:
    """Now, when an alert would be repeated or a report be late, and every morning until a week after the case's last mail."""
    settings, now = result.after.policy.settings, result.now
    yield now
    yield from sorted(
        {now + timedelta(minutes=settings.whole(key)) for key in ("alert_again_minutes", REPORT_WITHIN)} - {now}
    )
    case = one_case(result, number)
    assert case is not None  # it was found before
    mails = [event.day for event in to_come(case).events if event.what is What.MAIL]
    last = min(max(mails, default=now.date()) + UNTIL_THE_WEEKLY_DIGEST, now.date() + FARTHEST)
    days = np.arange(np.datetime64(now.date(), "D"), np.datetime64(last, "D")) + 1
    for day in days[result.after.policy.calendar.is_workday(days)].tolist():
        yield datetime.combine(day, settings.moment("send_from"))


def _compare_ahead(
    question: Question, worlds: Worlds, compared: Sequence[Compared], moments: Sequence[datetime]
) -> Result:
    """Run after run in both worlds, each on what the one before left. Returns the first without the case."""
    ours, theirs = worlds
    first: Result | None = None
    for done, moment in enumerate(moments, start=1):
        question.tell("working_out", done, len(moments))
        request = replace(question.request, now=moment)
        with_case, without = plan(ours, request), plan(theirs, request)
        _note_who_may_know_by_now(with_case, question.number, compared)
        for one in compared:
            if one.until is None:
                addresses = one.reader.addresses
                one.compare(
                    list(mails_to(addresses, with_case.mails, moment)), list(mails_to(addresses, without.mails, moment))
                )
        ours, theirs = after_run(ours, with_case), after_run(theirs, without)
        first = first or without
    assert first is not None  # one of the moments is now
    return first


def _note_who_may_know_by_now(result: Result, number: str, compared: Sequence[Compared]) -> None:
    """While a row is being typed it is kept from people who may know of it later, perhaps at an address they share."""
    confidence, at = _judged(result.after, number, result.now)
    still = {(one.name, one.person is None): one for one in kept_out(result.after.policy, confidence, at)}
    for one in compared:
        reader = still.get((one.reader.name, one.reader.person is None))
        if reader is not None and one.until is None:
            one.reader = replace(one.reader, addresses=reader.addresses, alerted=reader.alerted)
        elif one.until is None:
            one.until = result.now


def _compare_now(question: Question, worlds: Worlds, compared: Sequence[Compared]) -> None:
    """Every mail that this moment calls for, sent before or not; figures; and the answers to administrators."""
    previews = [previewed(world, question.request)[0] for world in worlds]
    contexts = [_context(question, world) for world in worlds]
    reported = [Figures(cases_to_report(world, question.request.now)) for world in worlds]
    for one in compared:
        one.compare(*(list(mails_to(one.reader.addresses, mails, contexts[0].now)) for mails in previews))
        person = one.reader.person
        if person is not None:
            one.compare(*(figures.shown_to(person) for figures in reported))
            one.compare(*(list(answers_to(person, context)) for context in contexts))


def _context(question: Question, world: Snapshot) -> ActionContext:
    _, ledger = read_ledger(world)
    now = local_time(question.request.now, ledger.policy.settings.zone)
    return ActionContext(question.workbook, world, question.request, now)


def _explained_differently(numbers: Collection[str], ours: Result, theirs: Result) -> tuple[str, ...]:
    """The other cases of which `explain` would not say the same; it is printed for whoever asks the office."""
    register, other = ours.after.register, theirs.after.register
    flags = dict(zip(other["case_no"].tolist(), other["flags"].tolist(), strict=True))
    suspects = [
        case
        for case, flag, repeats in zip(
            *(register[key].tolist() for key in ("case_no", "flags", "repeat_of")), strict=True
        )
        if case and case not in numbers and (flags.get(case, flag) != flag or any(one in repeats for one in numbers))
    ]
    return tuple(case for case in suspects if explain(ours, case) != explain(theirs, case))
