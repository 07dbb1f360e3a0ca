"""What an alert says of the report to the superior: by when it is due, whom to telephone, and a draft of it.

The draft is for the people who report; the program sends nothing to the superior (docs/design.md#p18.1). It has the case's
text only where the reader may read that, and never the petitioner's name or contact (docs/design.md#p5.7).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from automation.cases.confidentiality import Said
from automation.cases.duty_to_report import report_due, reports_owed, superiors_to_call
from automation.cases.urgency import headcounts, is_collective, is_joint
from automation.ledger.addresses import addresses_in, mailbox_of
from automation.ledger.live_notices import live_notices
from automation.mail.letters.case_parts import about, given_to
from automation.mail.letters.context import LetterContext
from automation.mail.letters.quoting import is_the_office, said_of
from automation.mail.mail import OutgoingMail
from automation.steps.alerts import REPORT_LATE
from automation.text.catalogue import clauses, in_a_row, msg, sentences, with_note
from automation.text.dates import moment_name
from sheet_schema import REGISTER
from sheet_schema.vocabulary import CaseOutcome, Channel, Decision, NoticeKind, NoticeState, Role

_DUE = msg("Report this to the authority above by {time}: by telephone first, then in writing if they ask for it.")
_WAS_DUE = msg(
    "The report to the authority above was due by {time}, and the ledger does not say that it was made: see that it is made now."
)
_NOTE = msg("Then fill in {column} in its row.")
_NOBODY = msg(
    "Nobody in People with the role {role} can be told of it by telephone: report to another body above the school."
)
_NOT_YET = msg("not entered yet")
_LINE = msg("{what}: {text}")
_OUT = (NoticeState.SENT.key, NoticeState.WRITTEN.key)


@dataclass(frozen=True, slots=True)
class ReportPart:
    """The report of one case as an alert shows it; a draft only for a reader who may read the case's text."""

    asked: str
    calls: tuple[str, ...] = ()
    draft: tuple[str, ...] = ()


def report_parts(letters: LetterContext, mail: OutgoingMail) -> dict[str, ReportPart]:
    """By case number, what the mail says of the reports that its cases owe."""
    cases = letters.at_hand
    owed, late = reports_owed(cases), {one.case_no for one in mail.notices if one.level == REPORT_LATE}
    parts = {}
    for number, at in {one.case_no: one.case_at for one in mail.notices}.items():
        due = report_due(cases, at)
        if (
            due is not None
            and owed[at]
            and (part := _part(letters, mail, at, _asked(letters, mail, due, number in late)))
        ):
            parts[number] = part
    return parts


def _part(letters: LetterContext, mail: OutgoingMail, at: int, asked: str) -> ReportPart | None:
    """Of a case of which only the number may be said nobody is named: the report may concern whoever would be."""
    said = said_of(letters, at, mail)
    if said is Said.NUMBER_ONLY:
        open_to_office = is_the_office(letters, mail.reader) and not letters.at_hand.confidence.bars(at, mail.reader)
        return ReportPart(asked) if open_to_office else None
    calls = [
        msg("{whom}: {number}").say(
            letters.language, whom=with_note(person.name, _superior(letters), letters.language), number=number
        )
        for person, number in superiors_to_call(letters.recipients, at)
        if person.name != mail.reader.name
    ]
    calls = calls or [_NOBODY.say(letters.language, role=_superior(letters))]
    return ReportPart(asked, tuple(calls), tuple(_draft(letters, at)) if said is Said.FULL else ())


def _superior(letters: LetterContext) -> str:
    return Role.SUPERIOR.label(letters.language)


def _asked(letters: LetterContext, mail: OutgoingMail, due: datetime, late: bool) -> str:
    said = (_WAS_DUE if late else _DUE).say(letters.language, time=moment_name(due, letters.language))
    note = _NOTE.say(letters.language, column=REGISTER["reported_on"].label(letters.language))
    return sentences([said, note], letters.language) if is_the_office(letters, mail.reader) else said


def _draft(letters: LetterContext, at: int) -> Iterator[str]:
    """A line for each thing that a report has to say. What nobody has entered is named as that."""
    facts = {
        msg("What", "in a report"): [*_weight(letters, at), about(letters, at)],
        msg("When", "in a report"): [_received(letters, at)],
        msg("Where", "in a report"): [letters.ledger.policy.settings["school_name"]],
        msg("How many people", "in a report"): [_people(letters, at)],
        msg("What was done", "in a report"): [*_done(letters, at)],
        msg("Who was told, and when", "in a report"): [*_told(letters, at)],
    }
    for what, said in facts.items():
        text = clauses([one for one in said if one], letters.language) or _NOT_YET.say(letters.language)
        yield _LINE.say(letters.language, what=what.say(letters.language), text=text)


def _weight(letters: LetterContext, at: int) -> list[str]:
    """Why it is to be reported: important, a visit or a letter of many, or perhaps."""
    register, policy = letters.at_hand.register, letters.ledger.policy
    came = {
        msg("group visit"): is_collective(register, policy)[at],
        msg("joint letter"): is_joint(register, policy)[at],
    }
    found = [message.say(letters.language) for message, is_so in came.items() if is_so]
    return found or [msg("important matter").say(letters.language)]


def _received(letters: LetterContext, at: int) -> str:
    day, channel = letters.at_hand.register["received_on"][at].item(), letters.at_hand.register["channel"][at]
    if day is None:
        return ""
    how = Channel.of(channel).label(letters.language) if channel else ""
    return with_note(letters.spoken(day), how, letters.language) if how else letters.spoken(day)


def _people(letters: LetterContext, at: int) -> str:
    """How many people, where that can be read: what cannot be may hold a name."""
    register = letters.at_hand.register
    people, typed = headcounts(register)[at], register.read["people"][at]
    readable = np.isfinite(people) if typed == "" else not np.isnan(register["people"][at])
    return str(int(people)) if readable else ""


def _done(letters: LetterContext, at: int) -> Iterator[str]:
    """What became of it so far: who has it, what was decided and when, what a leader said, how it ended."""
    register, language = letters.at_hand.register, letters.language
    department, handler = given_to(letters, at)
    if department or handler:
        yield msg("given to {who}").say(language, who=department or handler)
    decision, decided = register["decision"][at], register["decided_on"][at].item()
    if decision:
        label = Decision.of(decision).label(language)
        yield with_note(label, letters.spoken(decided), language) if decided else label
    if register["leader_note"][at]:
        yield msg("a leader said: {text}").say(language, text=register["leader_note"][at])
    if register["outcome"][at]:
        yield CaseOutcome.of(register["outcome"][at]).label(language)
    yield str(register["result"][at])


def _told(letters: LetterContext, at: int) -> Iterator[str]:
    """What stands in Leader told, and the alerts that have gone out; nobody is named who must not know of the case."""
    cases, language = letters.at_hand, letters.language
    yield str(cases.register["leader_told"][at])
    notices = live_notices(cases.ledger)
    sent = (notices["kind"] == NoticeKind.ALERT.key) & (notices["case_no"] == cases.register["case_no"][at])
    sent &= np.isin(notices["state"], _OUT)
    alerted: dict[str, datetime] = {}
    for slot, to, when in zip(*(notices[key][sent].tolist() for key in ("slot", "to", "done_at")), strict=True):
        if when is not None:
            whom = _named(letters, at, slot, to)
            alerted[whom] = min(when, alerted.get(whom, when))
    if alerted:
        by_mail = [with_note(whom, moment_name(when, language), language) for whom, when in alerted.items()]
        yield msg("by mail {whom}").say(language, whom=in_a_row(by_mail, language))


def _named(letters: LetterContext, at: int, slot: str, to: str) -> str:
    """Whom an alert went to: by name if one person has that address and may know of the case, else by role."""
    role = Role.of(slot).label(letters.language)
    names = [
        one.name for one in letters.ledger.policy.people if mailbox_of(to) in map(mailbox_of, addresses_in(one.email))
    ]
    known = len(names) == 1 and letters.at_hand.confidence.person_may_know(at, names[0])
    return with_note(names[0], role, letters.language) if known else role
