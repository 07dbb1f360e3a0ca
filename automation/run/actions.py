"""What an administrator may ask for in Settings that comes as a page: mails that are due, report, hand-over list.

Each is worked out once, and then shown to each reader with what they may know.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import numpy as np

from automation.cases.confidentiality import judge, judge_table
from automation.ledger.model import Ledger
from automation.ledger.notices import NO_CASE, Notice
from automation.ledger.notices_journal import read_ledger
from automation.ledger.people import Person
from automation.ledger.table import lines_at
from automation.mail.letters.compose import letter, page
from automation.mail.letters.context import Answer, LetterContext
from automation.mail.mail import Attachment, Mail
from automation.mail.transport.gallery import Shown, page_of
from automation.reports.build import cases_to_report, report_of
from automation.reports.page import page_of as report_page
from automation.reports.periods import chosen
from automation.reports.wording import sentence, title
from automation.run.job import ActionContext, AnswerFor
from automation.run.kept_out import hidden_from
from automation.run.mails import letter_context
from automation.run.previews import called_for, previewed
from automation.run.two_worlds import without_cases
from automation.steps.digests import visible_to
from automation.steps.filing import last_seal
from automation.steps.handover import covered, handed_over_so_far
from automation.text.catalogue import Message, Sentences, counted, msg
from automation.text.characters import for_utf8
from automation.text.dates import spoken
from sheet_schema.vocabulary import NoticeKind, PleaseDo

MOST_SHOWN = 200
"""The most mails on the page of a preview, which has to open from a mail."""
_TEXTS: Mapping[str, Message] = {
    "mails": counted(
        "One mail is due at this moment, sent already or not. Nothing was sent.",
        "{n} mails are due at this moment, including those already sent. Nothing was sent.",
    ),
    "shown": msg("The attached page shows what their readers see."),
    "first": msg("The attached page shows what the readers of the first {most} see."),
    "no_mails": msg("No mail is due now."),
    "mail": msg("{reader} <{address}>: {subject}"),
    "more": msg("… and {n} more.", "mails"),
    "filed": counted(
        "One case was filed since the last hand-over list. The list is attached, to be read or printed.",
        "{n} cases were filed since the last hand-over list. The list is attached, to be read or printed.",
    ),
    "weekly": msg("The archivist gets it by mail all the same, once a week."),
    "none_filed": msg("No case was filed since the last hand-over list."),
    "report": msg("The attached page has every figure with the cases behind it, to be read or printed."),
}


def preview(context: ActionContext) -> AnswerFor:
    """Every mail that is due now, sent before or not, as if cases that the reader must not know of had never been
    typed."""
    letters, outgoing = called_for(context.snapshot, context.request)
    texts, confidence = Sentences(_TEXTS, letters.language), letters.recipients.confidence

    def told(person: Person) -> Answer:
        hidden = hidden_from(letters.ledger, confidence, person.name)
        mails = _mails_without(context, hidden) if hidden else [letter(letters, mail) for mail in outgoing]
        if not mails:
            return Answer((texts["no_mails"],))
        shown, more = mails[:MOST_SHOWN], len(mails) - MOST_SHOWN
        said = texts.say("mails", n=len(mails))
        listed = [
            texts.say("mail", reader=mail.reader, address=mail.to, subject=mail.rendered.subject) for mail in shown
        ]
        seen = page_of(map(_shown, shown), _heading(PleaseDo.PREVIEW, letters), said, letters.language)
        rest = [texts.say("more", n=more)] if more > 0 else []
        return Answer(
            (said, texts.say("first" if more > 0 else "shown", most=MOST_SHOWN), (*listed, *rest)),
            (_page(_name(PleaseDo.PREVIEW, letters), seen),),
        )

    return told


def _mails_without(context: ActionContext, numbers: frozenset[str]) -> list[Mail]:
    _, ledger = read_ledger(context.snapshot)
    return previewed(without_cases(context.snapshot, ledger, numbers), context.request)[0]


def _shown(mail: Mail) -> Shown:
    return Shown(mail.rendered.subject, f"{mail.reader} <{mail.to}>", "", mail.rendered.html, mail.rendered.text)


def report(context: ActionContext) -> AnswerFor:
    """The report on the last whole month, for each reader without the cases that they must not know of."""
    cases = cases_to_report(context.snapshot, context.now)
    policy = cases.ledger.policy
    period, before = chosen(None, None, None, policy.calendar, context.now.date())

    def told(person: Person) -> Answer:
        found = report_of(cases, period, before, visible_to(person, policy))
        name = f"{PleaseDo.REPORT.label(found.language)} {period.first:%Y-%m}.html"
        lines = (title(found), sentence(found), Sentences(_TEXTS, found.language)["report"])
        return Answer(lines, (_page(name, report_page(found)),))

    return told


def handover(context: ActionContext) -> AnswerFor:
    """What was filed since the last hand-over list, as the archivist's next list would show it today."""
    _, ledger = read_ledger(context.snapshot)
    texts = Sentences(_TEXTS, ledger.language)

    def told(person: Person) -> Answer:
        known = _known_to(person, ledger, context.now)
        letters, last = letter_context(context.request, context.now, known, judge(known, context.now)), last_seal(known)
        if last <= handed_over_so_far(known):
            return Answer((texts["none_filed"],))
        notice = Notice(
            kind=NoticeKind.HANDOVER.key,
            case_no="",
            case_at=NO_CASE,
            step="",
            due_on=context.now.date(),
            level=last,
            slot="",
            from_day=context.now.date(),
        )
        seen = page(letters, notice)
        return Answer(
            (texts.say("filed", n=len(covered(known, last))), texts["weekly"]),
            (_page(_name(PleaseDo.HANDOVER, letters), seen),),
        )

    return told


def _known_to(person: Person, ledger: Ledger, now: datetime) -> Ledger:
    """The ledger as it was before the first filed row that the person must not know of.

    A list that left out single rows would give them away by the gap in its numbers.
    """
    filing, runs = ledger.filing, ledger.tables["runs"]
    confidence, so_far = judge_table(filing, ledger.policy, now.date()), handed_over_so_far(ledger)
    barred = [
        int(filing["seal_no"][at])
        for at in covered(ledger, last_seal(ledger)).tolist()
        if not confidence.person_may_know(at, person.name) and filing["seal_no"][at] > so_far
    ]
    if not barred:
        return ledger
    last = min(barred) - 1
    kept = np.flatnonzero(filing["seal_no"] <= last)
    return ledger.having(filing=lines_at(filing, kept), runs=runs.having(last_seal=np.minimum(runs["last_seal"], last)))


def _heading(what: PleaseDo, letters: LetterContext) -> str:
    label = what.label(letters.language)
    day = spoken(letters.now.date(), letters.now.date(), letters.language)
    return msg("{what}, {day}").say(letters.language, what=label.capitalize(), day=day)


def _name(what: PleaseDo, letters: LetterContext) -> str:
    return f"{what.label(letters.language)} {letters.now:%Y-%m-%d}.html"


def _page(name: str, html: str) -> Attachment:
    return Attachment(name, "text/html", for_utf8(html).encode())
