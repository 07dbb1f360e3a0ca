"""A parcel becomes a mail: what its kind says, in the school's own frame, for its one reader."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from automation.cases.confidentiality import judge_table
from automation.cases.recipients import Reader
from automation.ledger.model import Notice
from automation.mail.letters import cases, digests, handover, memos
from automation.mail.letters.context import Desk
from automation.mail.message import Mail
from automation.mail.recovery import Parcel
from automation.text.dates import LANG
from automation.text.templates import render
from sheet_schema import Language
from sheet_schema.vocabulary import DIGESTS, PERSONAL, NoticeKind, Role, Sending

Said = Mapping[str, object]

SAYS: Mapping[str, Callable[[Desk, Parcel], Said]] = {
    NoticeKind.ALERT: cases.alerted,
    NoticeKind.REMINDER: cases.reminded,
    NoticeKind.ESCALATION: cases.escalated,
    NoticeKind.ASSIGNMENT: cases.assigned,
    NoticeKind.HANDED_OVER: cases.handed_over,
    NoticeKind.DIGEST_OFFICE: digests.for_the_office,
    NoticeKind.DIGEST_LEADER: digests.for_a_leader,
    NoticeKind.HANDOVER: handover.handed_over_to_the_archive,
    NoticeKind.FAILURE: memos.failure,
    NoticeKind.STORM: memos.storm,
    NoticeKind.STOP: memos.stop,
    NoticeKind.LEFT_OPEN: memos.left_open,
    NoticeKind.ANSWER: memos.answered,
}
_TEXTS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "trial": "This is a trial: the mail would have gone to {reader} <{address}>.",
        "trial_mark": "[Trial] ",
        "office": "Letters and visits office",
    },
    "zh": {
        "trial": "试运行：本邮件本应发给 {reader} <{address}>。",
        "trial_mark": "[试运行] ",
        "office": "信访办公室",
    },
}


def letter(desk: Desk, parcel: Parcel) -> Mail:
    """One parcel as a mail, ready to go."""
    settings, texts = desk.ledger.policy.settings, _TEXTS[desk.language]
    trial = settings["sending"] == Sending.TRIAL
    context = {
        **_frame(desk, parcel.kind),
        "greeting": settings["mail_greeting"].replace("{name}", parcel.reader.name),
        "closing": settings["mail_closing"],
        "trial": texts["trial"].format(reader=parcel.reader.name, address=parcel.reader.address) if trial else "",
        "trial_mark": texts["trial_mark"] if trial else "",
        **SAYS[parcel.kind](desk, parcel),
    }
    numbers = (notice.case_no for notice in parcel.notices if notice.case_no)
    return Mail(
        parcel.id,
        parcel.kind,
        parcel.reader.address,
        parcel.reader.name,
        render(parcel.kind, desk.language, context),
        desk.sender,
        _school(desk),
        desk.clock,
        settings["reply_to"],
        tuple(dict.fromkeys(numbers)),
        parcel.kind.replace("_", "-") if parcel.kind in DIGESTS else "",
        _shown_to(desk, parcel) if trial else (),
        tuple(page for answer in desk.news.answers.values() for page in answer.attachments),
    )


def page(desk: Desk, notice: Notice) -> str:
    """What a mail of this notice would say, as a page of its own: it greets nobody, and is nobody's mail."""
    parcel = Parcel("", notice.kind, Reader("", ""), (notice,))
    nothing = dict.fromkeys(("greeting", "closing", "trial", "trial_mark", "why"), "")
    context = {**_frame(desk, notice.kind), **SAYS[notice.kind](desk, parcel), **nothing}
    return render(notice.kind, desk.language, context).html


def _frame(desk: Desk, kind: str) -> dict[str, object]:
    """What stands around whatever is said."""
    title = NoticeKind.of(kind).label(desk.language)
    return {"lang": LANG[desk.language], "title": title, "school": _school(desk)}


def _school(desk: Desk) -> str:
    return desk.ledger.policy.settings["school_name"] or _TEXTS[desk.language]["office"]


def _shown_to(desk: Desk, parcel: Parcel) -> tuple[str, ...]:
    """The administrators who see this mail while the ledger is on trial: whoever may; an answer only whoever it is for."""
    if parcel.kind == NoticeKind.ANSWER:
        return (parcel.reader.address,)
    administrators = desk.audience.in_role(Role.ADMINISTRATOR.key)
    return tuple(one.address for one in administrators if one.address and may_see(desk, parcel, one.name))


def may_see(desk: Desk, parcel: Parcel, name: str) -> bool:
    """Whether that person may see a mail to somebody else: nobody who must not know of a case in it. A digest or a list
    speaks of all cases, so it is shown only to someone who may know of all."""
    confidence = desk.audience.confidence
    if parcel.kind not in PERSONAL:
        return not any(confidence.bars(notice.case_at, name) for notice in parcel.notices)
    filed = judge_table(desk.ledger.filing, desk.ledger.policy)
    return not any(one.bars(at, name) for one in (confidence, filed) for at in one.in_conflict)


def subjects(mails: list[Mail], mail_ids: np.ndarray[tuple[int], np.dtype[np.object_]]) -> list[str]:
    """For each line of Notices the subject of its mail, `""` for a line of another run."""
    known = {mail.id: mail.rendered.subject for mail in mails}
    return [known.get(mail_id, "") for mail_id in mail_ids.tolist()]
