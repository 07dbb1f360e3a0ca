"""The alert: an important or collective visit of which no leader has been told yet, and whom to telephone."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

import numpy as np

from automation.cases.confidentiality import Said
from automation.cases.mailboxes import Recipient
from automation.cases.urgency import headcounts, is_collective, is_joint
from automation.ledger.people import Person
from automation.mail.letters.case_parts import CasePart, StepPart, case_part
from automation.mail.letters.context import LetterContext
from automation.mail.letters.lines import CaseInMail, by_case
from automation.mail.letters.quoting import is_the_office, said_of, whom_to_ask
from automation.mail.letters.reasons import why
from automation.mail.mail import OutgoingMail
from automation.text.catalogue import Message, listed, msg, sentences, with_note
from automation.text.templates import TemplateValues
from sheet_schema.vocabulary import Channel, Role

ROLES = (Role.DUTY.key, Role.LEADER.key, Role.PRINCIPAL.key)
"""Whose telephone numbers an alert gives."""
_TEXTS: Mapping[str, Message] = {
    "any_hour": msg("Alerts go out at any hour, until a leader has been told."),
    "important": msg("Important visit"),
    "important_matter": msg("Important matter"),
    "collective": msg("Group visit, {n} people"),
    "perhaps_collective": msg("Perhaps a group visit"),
    "joint": msg("Joint letter, {n} people"),
    "perhaps_joint": msg("Perhaps a joint letter"),
    "urgent": msg("Urgent"),
    "came": msg("Came on {day}; no leader has been told yet"),
    "received": msg("Received on {day}; no leader has been told yet"),
    "telephone": msg("Please telephone about it."),
    "on_duty": msg("on duty today"),
    "office": msg("Letters and visits office", "briefly"),
}


def alerted(letters: LetterContext, mail: OutgoingMail) -> TemplateValues:
    gathered = by_case(letters, mail)
    cases = [_urgent(letters, mail, case) for case in gathered]
    return {
        "why": sentences([why(letters, mail), _text(letters, "any_hour")], letters.language),
        "ask": whom_to_ask(letters, mail),
        "closing_part": "closing_office" if is_the_office(letters, mail.reader) else "closing",
        "cases": cases,
        "all_told": all(case.said == Said.FULL.value for case in cases),
        "phones": _phones(letters, mail, gathered),
    }


def _text(letters: LetterContext, key: str, **details: object) -> str:
    return _TEXTS[key].say(letters.language, **details)


def _urgent(letters: LetterContext, mail: OutgoingMail, case: CaseInMail) -> CasePart:
    """What happened and when; of a restricted case only the day. Of a case of which only the number may be said, not
    even that."""
    said = said_of(letters, case.at, mail)
    day = letters.spoken(case.lines[0].notice.from_day)
    visited = said is Said.FULL and letters.at_hand.register["channel"][case.at] in ("", Channel.VISIT.key)
    step = StepPart(
        when=_text(letters, "came" if visited else "received", day=day),
        step=_what(letters, case.at, visited=visited) if said is Said.FULL else _text(letters, "urgent"),
        day=day,
        light="late",
    )
    part = case_part(letters, case.at, said, [step])
    if said is not Said.NUMBER_ONLY:
        return part
    urgent = StepPart(step=_text(letters, "urgent"), light="late", act=_instead(letters, mail, case))
    return replace(part, steps=(urgent,))


def _instead(letters: LetterContext, mail: OutgoingMail, case: CaseInMail) -> str:
    """What to do about a case of which only the number may be said: the office looks at the row, unless it may be about
    the reader."""
    may_look = is_the_office(letters, mail.reader) and not letters.at_hand.confidence.bars(case.at, mail.reader)
    return whom_to_ask(letters, mail) if may_look else _text(letters, "telephone")


def _what(letters: LetterContext, at: int, *, visited: bool) -> str:
    """What came. People that cannot be read are not quoted: somebody's name may stand there."""
    register = letters.at_hand.register
    policy, people = letters.ledger.policy, headcounts(register)[at]
    readable = register.read["people"][at] == "" or not np.isnan(register["people"][at])
    for many, said in ((is_collective, "collective"), (is_joint, "joint")):
        if many(register, policy)[at]:
            return _text(letters, said, n=int(people)) if readable else _text(letters, f"perhaps_{said}")
    return _text(letters, "important" if visited else "important_matter")


def _phones(letters: LetterContext, mail: OutgoingMail, cases: list[CaseInMail]) -> list[str]:
    """Whom to telephone: duty person, leaders, principal and (unless it is the reader) the office, without anybody whom
    one of the cases is about."""
    people, number = letters.ledger.policy.people, letters.ledger.policy.settings["school_phone"]
    barred = {person.name for person in people if any(_bars(letters, case, person) for case in cases)}
    on_duty = {turn.person: turn.phone for turn in letters.recipients.on_duty()}
    listed_people = [
        _phone(letters, with_note(person.name, said, letters.language), phone)
        for person in people
        if person.name not in barred
        and (phone := on_duty.get(person.name) or person.phone)
        and (said := _roles(letters, person, on_duty))
    ]
    in_office = {person.name for person in people if Role.OFFICE in person.roles}
    to_others = bool(number) and barred.isdisjoint(in_office) and not is_the_office(letters, mail.reader)
    return [*listed_people, *([_phone(letters, _text(letters, "office"), number)] if to_others else [])]


def _bars(letters: LetterContext, case: CaseInMail, person: Person) -> bool:
    return not letters.at_hand.confidence.may_be_alerted(case.at, Recipient(person.name, ""))


def _phone(letters: LetterContext, whom: str, number: str) -> str:
    return msg("{whom}: {number}").say(letters.language, whom=whom, number=number)


def _roles(letters: LetterContext, person: Person, on_duty: Collection[str]) -> str:
    """What the person is to be telephoned as. If anybody is on duty today by the tab Duty, nobody else is."""
    said = [
        Role.of(role).label(letters.language)
        for role in person.roles
        if role in ROLES and not (role == Role.DUTY and on_duty)
    ]
    return listed([_text(letters, "on_duty"), *said] if person.name in on_duty else said, letters.language)
