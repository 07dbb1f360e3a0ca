"""Writes outgoing mails: the text for their kind, within the school's greeting and closing, for one reader."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from importlib.util import find_spec

import numpy as np

from automation.cases.mailboxes import Recipient
from automation.ledger.directory import person_named
from automation.ledger.notices import Notice
from automation.mail.letters import alerts, cases, digests, handover, memos, petitioners, tasks
from automation.mail.letters.context import LetterContext
from automation.mail.letters.greeting import BY_NAME, greeting
from automation.mail.letters.in_chat import in_chat
from automation.mail.letters.instead_of_office import reply_address, what_to_do_instead
from automation.mail.letters.quoting import is_the_office
from automation.mail.letters.wording import OFFICE, WordingOf, school
from automation.mail.mail import Attachment, Mail, OutgoingMail
from automation.mail.replies.thread_token import token_of
from automation.steps.calendar_entries import office_entries, own_entries
from automation.text.catalogue import Message, Sentences, msg
from automation.text.characters import for_utf8
from automation.text.templates import TemplateValues, render
from sheet_schema.languages import traits
from sheet_schema.vocabulary import DIGESTS, NoticeKind, Sending, YesNo

SAYS: Mapping[str, Callable[[LetterContext, OutgoingMail], TemplateValues]] = {
    NoticeKind.ALERT: alerts.alerted,
    NoticeKind.REMINDER: cases.reminded,
    NoticeKind.ESCALATION: cases.escalated,
    NoticeKind.ASSIGNMENT: cases.assigned,
    NoticeKind.HANDED_OVER: cases.handed_over,
    NoticeKind.DIGEST_OFFICE: digests.for_the_office,
    NoticeKind.DIGEST_LEADER: digests.for_a_leader,
    NoticeKind.TASK_REMINDER: tasks.about_tasks,
    NoticeKind.TASK_ESCALATION: tasks.about_tasks,
    NoticeKind.HANDOVER: handover.handed_over_to_the_archive,
    NoticeKind.FAILURE: memos.failure,
    NoticeKind.STORM: memos.storm,
    NoticeKind.STOP: memos.stop,
    NoticeKind.LEFT_OPEN: memos.left_open,
    NoticeKind.ANSWER: memos.answered,
    NoticeKind.ACKNOWLEDGED: petitioners.acknowledged,
    NoticeKind.RATING: petitioners.rating,
}
"""What fills the template of each kind of notice."""
_TEXTS: Mapping[str, Message] = {
    "trial": msg("This is a trial: the mail would have gone to {reader} <{address}>."),
    "trial_mark": msg("[Trial] "),
}


_OWN_CALENDAR, _OFFICE_CALENDAR = msg("Your due dates", "file"), msg("The office's due dates", "file")
_AROUND = ("greeting", "closing", "trial", "trial_mark", "why", "instead")
"""What stands around what a mail says, and on no page."""


def letter(letters: LetterContext, mail: OutgoingMail) -> Mail:
    """Write one outgoing mail or message in a chat, ready to be sent."""
    if mail.chat is None:
        return _letter(letters, mail)
    whole = _letter(letters, replace(mail, chat=None))
    rendered = in_chat(_in_readers_language(letters, mail), mail)
    instead = whole if mail.chat.instead else None
    return replace(whole, to=mail.chat.address, rendered=rendered, attachments=(), instead=instead)


def _letter(letters: LetterContext, mail: OutgoingMail) -> Mail:
    letters = _in_readers_language(letters, mail)
    settings, texts = letters.ledger.policy.settings, Sentences(_TEXTS, letters.language)
    trial = settings["sending"] == Sending.TRIAL
    values = SAYS[mail.kind](letters, mail)
    closing = settings["mail_closing"]
    context = {
        **_frame(letters, mail.kind),
        "wording": WordingOf(letters, mail.kind, values, to_department=mail.reader.is_department),
        "greeting": greeting(letters, mail.reader),
        "closing": OFFICE.say(letters.language) if closing == OFFICE.text else closing,
        "instead": "" if is_the_office(letters, mail.reader) else what_to_do_instead(letters, mail),
        "trial": texts.say("trial", reader=mail.reader.name, address=mail.reader.address) if trial else "",
        "trial_mark": texts["trial_mark"] if trial else "",
        **values,
    }
    numbers = (notice.case_no for notice in mail.notices if notice.case_no)
    return Mail(
        id=mail.id,
        kind=mail.kind,
        to=mail.reader.address,
        reader=mail.reader.name,
        rendered=render(mail.kind, letters.language, context),
        sender=letters.sender,
        sender_name=school(letters),
        date=letters.real_time,
        reply_to=reply_address(letters, mail),
        cases=tuple(dict.fromkeys(numbers)),
        list_id=mail.kind.replace("_", "-") if mail.kind in DIGESTS else "",
        attachments=(
            *(page for answer in letters.events.answers.values() for page in answer.attachments),
            *_whole_lists(letters, mail.kind, context),
            *_calendars(letters, mail),
        ),
        token=token_of(letters.reply_secret, mail.id),
    )


def _whole_lists(letters: LetterContext, kind: str, context: Mapping[str, object]) -> Iterator[Attachment]:
    """The page that goes with a mail which has to cut its lists: the same mail with all of them, to be read or printed."""
    whole = context.get("whole")
    if isinstance(whole, Mapping):
        nothing = dict.fromkeys((*_AROUND, "attached"), "")
        made = render(kind, letters.language, {**context, **whole, **nothing}).html
        name = msg("All lists {day}", "file").say(letters.language, day=letters.now.date().isoformat())
        yield Attachment(f"{name}.html", "text/html", for_utf8(made).encode())


def _calendars(letters: LetterContext, mail: OutgoingMail) -> Iterator[Attachment]:
    """The calendar of a digest's reader and, with the office's, that of the office, if Settings say so (docs/design.md#p6.16)."""
    if mail.kind not in DIGESTS or letters.ledger.policy.settings["calendar_with_digests"] != YesNo.YES:
        return
    person = person_named(mail.reader.name, letters.ledger.policy.people)
    if person is None or find_spec("icalendar") is None:  # an extra; `check` says so
        return
    from automation.mail.calendar_file import calendar_for_a_mail, owner_of  # few ledgers want it

    now = letters.now.replace(tzinfo=letters.ledger.policy.settings.zone)
    entries = [(owner_of(letters.ledger, person.name), own_entries(letters.at_hand, person))]
    if mail.kind == NoticeKind.DIGEST_OFFICE:
        entries.append((owner_of(letters.ledger), office_entries(letters.at_hand, person)))
    for owner, own in entries:
        said = _OWN_CALENDAR if owner.name else _OFFICE_CALENDAR
        if owner.seed and (made := calendar_for_a_mail(owner, own, now)):
            yield Attachment(f"{said.say(letters.language)}.ics", "text/calendar", made)


def _in_readers_language(letters: LetterContext, mail: OutgoingMail) -> LetterContext:
    """The same, to be said in the language that *People* has for the reader (docs/design.md#p6.11).

    Greeting and closing of *Settings* and the texts of *Wording* are in the ledger's language; in another one they are
    ours.
    """
    ledger, policy = letters.ledger, letters.ledger.policy
    person = None if mail.reader.is_department else person_named(mail.reader.name, policy.people)
    if person is None or person.language in ("", ledger.language) or mail.kind == NoticeKind.ANSWER:
        return letters
    ours = {"mail_greeting": BY_NAME.say(person.language), "mail_closing": OFFICE.say(person.language)}
    settings = replace(policy.settings, values={**policy.settings.values, **ours})
    spoken = replace(ledger, language=person.language, policy=replace(policy, settings=settings, wording={}))
    return replace(letters, ledger=spoken)


def page(letters: LetterContext, notice: Notice) -> str:
    """What a mail of this notice would say, as a web page without greeting, closing and "You get this mail as …"."""
    mail = OutgoingMail("", notice.kind, Recipient("", ""), (notice,))
    nothing = dict.fromkeys(_AROUND, "")
    values = SAYS[notice.kind](letters, mail)
    wording = WordingOf(letters, notice.kind, values)
    context = {**_frame(letters, notice.kind), **values, "wording": wording, **nothing}
    return render(notice.kind, letters.language, context).html


def _frame(letters: LetterContext, kind: str) -> dict[str, object]:
    """What every mail has around its text."""
    title = NoticeKind.of(kind).label(letters.language)
    return {"lang": traits(letters.language)["html"], "title": title, "school": school(letters)}


def subjects(mails: list[Mail], mail_ids: np.ndarray[tuple[int], np.dtype[np.object_]]) -> list[str]:
    """The subject of the mail in each line of Notices; empty if the mail is not one of these."""
    known = {mail.id: mail.rendered.subject for mail in mails}
    return [known.get(mail_id, "") for mail_id in mail_ids.tolist()]
