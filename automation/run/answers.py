"""Does what an administrator asked for in Settings, once, and answers each reader with what they may know.

It happens after the commit that claimed the answer, and reads the workbook as it is then. The run's request has the
action for each thing that can be asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from automation.cases.confidentiality import judge
from automation.ledger.directory import person_named
from automation.ledger.errors import LedgerError, where
from automation.ledger.model import Ledger
from automation.ledger.people import Person
from automation.mail.letters.compose import letter
from automation.mail.letters.context import Answer, RunEvents
from automation.mail.mail import Mail, OutgoingMail
from automation.run.job import ActionContext, AnswerFor, Request, Result
from automation.run.mails import letter_context
from automation.text.catalogue import msg
from automation.workbooks.laid_out import LaidOut
from sheet_schema import Language
from sheet_schema.vocabulary import NoticeKind, Sending

_FAULT = msg(
    "It could not be done: the program has a fault ({where}). Please send this line to whoever looks after it."
)


def do_and_answer(workbook: LaidOut, request: Request, result: Result) -> list[Mail]:
    """Do what was asked, and write the answers that `result` claimed. Needs the workbook's lock.

    It raises nothing: what could not be done is answered with the reason, so that no run tries it again and again.
    """
    ledger = result.after
    outgoing = list(dict.fromkeys(mail for _, mail in result.notices if mail.kind == NoticeKind.ANSWER))
    asked = dict.fromkeys(notice.step for mail in outgoing for notice in mail.notices)
    told = {what: _done(what, workbook, request, result) for what in asked}
    letters = letter_context(request, result.now, ledger, judge(ledger, result.now))
    answers = [letter(replace(letters, events=RunEvents(answers=_for(mail, told, ledger))), mail) for mail in outgoing]
    on_trial = ledger.policy.settings["sending"] == Sending.TRIAL
    return [replace(answer, copies=(answer,)) if on_trial else answer for answer in answers]


def _for(mail: OutgoingMail, told: Mapping[str, AnswerFor], ledger: Ledger) -> Mapping[str, Answer]:
    """The answers for this mail's reader: the administrator or a stand-in, with what that person may know."""
    person = person_named(mail.reader.name, ledger.policy.people)
    assert person is not None  # the mail is addressed to somebody in People
    return {notice.step: _said(told[notice.step], person, ledger.language) for notice in mail.notices}


def _done(what: str, workbook: LaidOut, request: Request, result: Result) -> AnswerFor:
    """Do it, or tell everybody why it could not be done."""
    try:
        return request.actions[what](ActionContext(workbook, workbook.read(), request, result.now))
    except Exception as error:  # noqa: BLE001  (else every later run would do it again, and break again)
        why = _why(error, result.after.language)
        return lambda _: why


def _said(told: AnswerFor, person: Person, language: Language) -> Answer:
    try:
        return told(person)
    except Exception as error:  # noqa: BLE001  (as above)
        return _why(error, language)


def _why(error: Exception, language: Language) -> Answer:
    """Why it could not be done, and what to do; for a fault in the program only where it is."""
    if isinstance(error, LedgerError):
        return Answer((error.say(language),))
    return Answer((_FAULT.say(language, where=where(error)),))
