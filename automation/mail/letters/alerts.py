"""The alert: an important or collective visit of which no leader has been told yet, and whom to telephone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

import numpy as np

from automation.cases.confidentiality import Said
from automation.cases.mailboxes import Recipient
from automation.cases.office_contact import INSTEAD, same_number, usable_number
from automation.cases.urgency import headcounts, is_collective, is_joint
from automation.ledger.people import Person
from automation.mail.letters.case_parts import CasePart, StepPart, case_part
from automation.mail.letters.context import LetterContext
from automation.mail.letters.lines import CaseInMail, by_case
from automation.mail.letters.quoting import is_the_office, said_of, whom_to_ask
from automation.mail.letters.reasons import why
from automation.mail.letters.report_to_superior import report_parts
from automation.mail.mail import OutgoingMail
from automation.steps.alerts import REPORT_LATE
from automation.text.catalogue import Message, in_a_row, msg, sentences, with_note
from automation.text.templates import TemplateValues
from sheet_schema.vocabulary import Channel, Role

ROLES = (Role.DUTY.key, Role.LEADER.key, Role.PRINCIPAL.key)
"""Whose telephone numbers an alert gives."""
_TEXTS: Mapping[str, Message] = {
    "any_hour": msg("Alerts go out at any hour, until a leader has been told."),
    "until_reported": msg(
        "Alerts go out at any hour, until a leader has been told and the report to the authority is entered."
    ),
    "important": msg("Important visit"),
    "important_matter": msg("Important matter"),
    "collective": msg("Group visit, {n} people"),
    "perhaps_collective": msg("Perhaps a group visit"),
    "joint": msg("Joint letter, {n} people"),
    "perhaps_joint": msg("Perhaps a joint letter"),
    "urgent": msg("Urgent"),
    "report_late": msg("Report to authority late"),
    "came": msg("Came on {day}; no leader has been told yet"),
    "rang": msg("Rang on {day}; no leader has been told yet"),
    "received": msg("Received on {day}; no leader has been told yet"),
    "came_told": msg("Came on {day}"),
    "rang_told": msg("Rang on {day}"),
    "received_told": msg("Received on {day}"),
    "telephone": msg("Please telephone about it."),
    "no_number": msg("No telephone number for it is in the ledger: please see to it at once."),
    "speak": msg("No telephone number for it is in the ledger: please speak to another leader at once."),
    "on_duty": msg("on duty today"),
    "office": msg("Letters and visits office", "briefly"),
}

_HOW: Mapping[str, str] = {"": "came", Channel.VISIT.key: "came", Channel.PHONE.key: "rang"}
"""How it came, by channel; anything else was received."""


def alerted(letters: LetterContext, mail: OutgoingMail) -> TemplateValues:
    gathered = by_case(letters, mail)
    phones = {case.number: _phones(letters, mail, case.at) for case in gathered}
    alike = len({tuple(numbers) for numbers in phones.values()}) == 1
    cases = [_urgent(letters, mail, case, has_number=bool(phones[case.number])) for case in gathered]
    reports = report_parts(letters, mail)
    hours = _text(letters, "until_reported" if reports else "any_hour")
    return {
        "why": sentences([why(letters, mail), hours], letters.language),
        "ask": whom_to_ask(letters, mail),
        "closing_part": "closing_office" if is_the_office(letters, mail.reader) else "closing",
        "cases": cases,
        "all_told": all(case.said == Said.FULL.value for case in cases),
        "calls": any(phones.values()),
        "phones": phones[cases[0].number] if alike else [],
        "phones_of": {} if alike else phones,
        "reports": reports,
        "no_leader_knows": not all(_leader_knows(letters, case.at) for case in gathered),
    }


def _text(letters: LetterContext, key: str, **details: object) -> str:
    return _TEXTS[key].say(letters.language, **details)


def _urgent(letters: LetterContext, mail: OutgoingMail, case: CaseInMail, *, has_number: bool) -> CasePart:
    """What happened and when; of a restricted case only the day. Of a case of which only the number may be said, not
    even that."""
    said = said_of(letters, case.at, mail)
    day = letters.spoken(case.lines[0].notice.from_day)
    how = _HOW.get(letters.at_hand.register["channel"][case.at], "received") if said is Said.FULL else "received"
    step = StepPart(
        when=_text(letters, f"{how}_told" if _leader_knows(letters, case.at) else how, day=day),
        step=_matter(letters, case, said, visited=how == "came"),
        day=day,
        light="late",
        act="" if has_number else _text(letters, "no_number"),
    )
    part = case_part(letters, case.at, said, [step])
    if said is not Said.NUMBER_ONLY:
        return part
    act = _instead(letters, mail, case, has_number=has_number)
    urgent = StepPart(step=_text(letters, "urgent"), light="late", act=act)
    return replace(part, steps=(urgent,))


def _matter(letters: LetterContext, case: CaseInMail, said: Said, *, visited: bool) -> str:
    """What the subject names: that the report is late, or what came; of a restricted case only that it is urgent."""
    if case.lines[0].notice.level == REPORT_LATE:
        return _text(letters, "report_late")
    return _what(letters, case.at, visited=visited) if said is Said.FULL else _text(letters, "urgent")


def _leader_knows(letters: LetterContext, at: int) -> bool:
    return any(letters.at_hand.register[key][at] != "" for key in ("leader_told", "leader_note"))


def _instead(letters: LetterContext, mail: OutgoingMail, case: CaseInMail, *, has_number: bool) -> str:
    """What to do about a case of which only the number may be said: the office looks at the row, unless it may be about
    the reader."""
    if is_the_office(letters, mail.reader) and not letters.at_hand.confidence.bars(case.at, mail.reader):
        return whom_to_ask(letters, mail)
    return _text(letters, "telephone" if has_number else "speak")


def _what(letters: LetterContext, at: int, *, visited: bool) -> str:
    """What came. People that cannot be read are not quoted: somebody's name may stand there. Of a group nobody knows how many."""
    register = letters.at_hand.register
    policy, people = letters.ledger.policy, headcounts(register)[at]
    typed = register.read["people"][at]
    readable = np.isfinite(people) if typed == "" else not np.isnan(register["people"][at])
    for many, said in ((is_collective, "collective"), (is_joint, "joint")):
        if many(register, policy)[at]:
            return _text(letters, said, n=int(people)) if readable else _text(letters, f"perhaps_{said}")
    return _text(letters, "important" if visited else "important_matter")


def _phones(letters: LetterContext, mail: OutgoingMail, at: int) -> list[str]:
    """Whom to telephone about a case: duty person, leaders, principal and (unless it is the reader) the office, without the
    reader and anybody whom the case is or may be about; if nobody of them has a number, a colleague who may know."""
    people, office = letters.ledger.policy.people, letters.ledger.policy.settings["school_phone"]
    on_duty = [turn.person for turn in letters.recipients.on_duty()]
    in_a_row_people = [
        _phone(letters, with_note(person.name, said, letters.language), number)
        for person in people
        if (said := _roles(letters, person, on_duty)) and (number := _number(letters, mail, at, person))
    ]
    to_others = bool(office) and at not in letters.kept_from_the_office and not is_the_office(letters, mail.reader)
    found = [*in_a_row_people, *([_phone(letters, _text(letters, "office"), office)] if to_others else [])]
    return found or _colleagues(letters, mail, at)[:1]


def _colleagues(letters: LetterContext, mail: OutgoingMail, at: int) -> list[str]:
    return [
        _phone(letters, with_note(person.name, role.label(letters.language), letters.language), number)
        for role in INSTEAD
        for person in letters.ledger.policy.people
        if role in person.roles and (number := _number(letters, mail, at, person))
    ]


def _number(letters: LetterContext, mail: OutgoingMail, at: int, person: Person) -> str:
    """The person's number, if they are there and the reader may telephone them about the case; blank otherwise."""
    confidence, here = letters.at_hand.confidence, Recipient(person.name, "")
    own = [one for one in letters.ledger.policy.people if one.name == mail.reader.name]
    if person in own or confidence.bars(at, here) or not confidence.may_be_alerted(at, here):
        return ""
    number = usable_number(letters.recipients, [at], person)
    return "" if any(same_number(letters.recipients, person, one) for one in own) else number


def _phone(letters: LetterContext, whom: str, number: str) -> str:
    return msg("{whom}: {number}").say(letters.language, whom=whom, number=number)


def _roles(letters: LetterContext, person: Person, on_duty: Collection[str]) -> str:
    """What the person is to be telephoned as. If anybody is on duty today by the tab Duty, nobody else is."""
    said = [
        Role.of(role).label(letters.language)
        for role in person.roles
        if role in ROLES and not (role == Role.DUTY and on_duty)
    ]
    return in_a_row([_text(letters, "on_duty"), *said] if person.name in on_duty else said, letters.language)
