"""What a mail says instead of "ask the office" and "reply to this mail", where somebody in the office must not know of a case.

"No mail about such a case asks anybody to reply to a mailbox that they read, or to ask the office" (docs/design.md#p5.18).
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from automation.cases.confidentiality import ASK_THE_OFFICE
from automation.cases.office_contact import Contact, contact
from automation.cases.tasks import Task
from automation.ledger.directory import person_named
from automation.mail.letters.context import LetterContext
from automation.mail.mail import OutgoingMail
from automation.steps.digests import visible_to
from automation.text.catalogue import Message, msg, with_note
from sheet_schema.vocabulary import DIGESTS, Status

_TEXTS: Mapping[str, Message] = {
    "office": msg("the letters and visits office"),
    "ask": msg("ask {who}"),
    "ask_nobody": msg("do not ask the office"),
    "reply": msg(
        "Reply to this mail with the result or whatever else there is to say; the answer goes to {who} alone."
        " Please do not speak of it with others in the letters and visits office."
    ),
    "speak": msg(
        "Please do not reply to this mail: speak to {who}."
        " Please do not speak of it with others in the letters and visits office."
    ),
    "silent": msg("Please do not reply to this mail, and do not speak of it with the letters and visits office."),
}


def whom_to_ask_instead(letters: LetterContext, mail: OutgoingMail) -> str:
    """What stands instead of what a restricted case is about, in a mail to somebody who does not work in the office."""
    cases = cases_kept(letters, mail)
    if not cases:
        return ASK_THE_OFFICE.say(letters.language)
    found = contact(letters.recipients, cases, mail.reader.name)
    return _text(letters, "ask", who=named(letters, found)) if found else _text(letters, "ask_nobody")


def what_to_do_instead(letters: LetterContext, mail: OutgoingMail) -> str:
    """The sentence at the end of a mail that says where an answer goes; blank if to the office, as ever."""
    cases = cases_kept(letters, mail)
    if not cases:
        return ""
    found = contact(letters.recipients, cases, mail.reader.name)
    if found is None:
        return _text(letters, "silent")
    return _text(letters, "reply" if found.address else "speak", who=named(letters, found))


def reply_address(letters: LetterContext, mail: OutgoingMail) -> str:
    """Where an answer to the mail goes: the address in *Settings*, or somebody's who may know of all its cases."""
    usual = letters.ledger.policy.settings["reply_to"]
    cases = cases_kept(letters, mail)
    if not cases:
        return usual
    found = contact(letters.recipients, cases, mail.reader.name) or contact(letters.recipients, cases)
    return found.address if found else ""


def cases_kept(letters: LetterContext, mail: OutgoingMail) -> frozenset[int]:
    """The cases that the mail tells its reader of, and that somebody in the office must not know of.

    Of a case that the reader must not know of either, an alert says nothing but its number (docs/design.md#p5.14).
    """
    kept = letters.kept_from_the_office
    if not kept:
        return kept
    if mail.kind in DIGESTS:
        return kept & _in_the_digest(letters, mail)
    confidence = letters.recipients.confidence
    told = {notice.case_at for notice in mail.notices}
    tasks = [one.concern.concerns for one in mail.notices if isinstance(one.concern, Task)]
    concerns = [
        linked for linked in tasks if linked.may_know(mail.reader)
    ]  # else only a day is said (docs/design.md#p24.6)
    told.update(at for linked in concerns for of_table, at in linked.places if of_table is confidence)
    return frozenset(at for at in kept if at in told and not confidence.bars(at, mail.reader))


def _in_the_digest(letters: LetterContext, mail: OutgoingMail) -> frozenset[int]:
    cases, policy = letters.at_hand, letters.ledger.policy
    person = person_named(mail.reader.name, policy.people)
    assert person is not None  # a digest is addressed to somebody in People
    seen = visible_to(person, policy)(cases.register, cases.confidence, cases.register_lines.cases)
    return frozenset(np.flatnonzero(seen & (cases.register["status"] != Status.CLOSED.key)).tolist())


def office_acts(letters: LetterContext, at: int) -> str:
    """The office, as the one that has to act; or somebody there who may know of the case; blank if nobody may."""
    if at not in letters.kept_from_the_office:
        return _text(letters, "office")
    found = contact(letters.recipients, [at])
    return named(letters, found) if found is not None and found.in_office else ""


def named(letters: LetterContext, found: Contact) -> str:
    """The name, with the telephone number if there is one."""
    return with_note(found.name, found.phone, letters.language) if found.phone else found.name


def _text(letters: LetterContext, key: str, **details: object) -> str:
    return _TEXTS[key].say(letters.language, **details)
