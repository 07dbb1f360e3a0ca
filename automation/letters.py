"""What a mail says: a parcel's notices as its reader may see them.

"A restricted case appears … as number, step, date and 'ask the office', nothing else. Every other mail carries no more of
the petitioner than its reader needs" (design, section 4): the topic and the summary, never a name or a telephone number.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from automation.confidentiality import ASK_THE_OFFICE, may_quote
from automation.ledger import Notice
from automation.mail.message import Mail
from automation.mail.rendering import render
from automation.outbox import Parcel
from automation.steps.checks import Cases
from automation.sums import due_sum
from sheet_schema import Language
from sheet_schema.vocabulary import NoticeKind, Role, Sending, Step, lookup

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_TEXTS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "left": "Due {day}: {n} days left", "tomorrow": "Due {day}: tomorrow", "today": "Due {day}: today",
        "late": "Due {day}: {n} days late", "late1": "Due {day}: 1 day late",
        "why": "You get this mail as {role} for the cases named. The dates follow the Deadlines tab of the ledger.",
        "trial": "This is a trial: the mail would have gone to {reader} <{address}>.", "trial_mark": "[Trial] ",
        "explain": "For cases that are this late, please also write what stood in the way.",
        "why_alert": "You get this mail as {role}. Alerts go out at any hour, until a leader has been told.",
        "office": "Letters and visits office", "important": "Important visit", "collective": "Collective visit, {n} people",
        "came": "Came on {day}; no leader has been told yet",
    },
    "zh": {
        "left": "期限{day}，还有 {n} 天", "tomorrow": "期限{day}，即明天", "today": "期限{day}，即今天",
        "late": "期限{day}，已超期 {n} 天", "late1": "期限{day}，已超期 1 天",
        "why": "您作为以上各件的{role}收到本邮件。期限依账本“时限”表计算。",
        "trial": "试运行：本邮件本应发给 {reader} <{address}>。", "trial_mark": "[试运行] ",
        "explain": "已超期至此的，请一并说明原因。",
        "why_alert": "您作为{role}收到本邮件。紧急通知不分时段，直至已报告领导。",
        "office": "信访办公室", "important": "重要来访", "collective": "集体来访，{n} 人",
        "came": "{day}到访，尚未报告领导",
    },
}  # fmt: skip
_LANG: Mapping[Language, str] = {"en": "en-GB", "zh": "zh-CN"}
NO_SENDER = "ledger@ledger.invalid"
"""Stands as the sender where mails are only written to a folder."""


@dataclass(frozen=True)
class Desk:
    """What all letters of a run have in common: the cases, and the time (`clock` aware, for the Date header)."""

    cases: Cases
    now: datetime
    clock: datetime

    @property
    def language(self) -> Language:
        return self.cases.ledger.language

    def text(self, key: str, **details: object) -> str:
        return _TEXTS[self.language][key].format(**details)


def letter(desk: Desk, parcel: Parcel) -> Mail:
    """One parcel as a mail, ready to go."""
    settings = desk.cases.ledger.policy.settings
    notices = sorted(parcel.notices, key=lambda notice: (notice.due_on or date.max, notice.case_no))
    trial = settings["sending"] == Sending.TRIAL
    context = {
        "lang": _LANG[desk.language],
        "title": parcel.kind,
        "school": settings["school_name"] or desk.text("office"),
        "greeting": settings["mail_greeting"].replace("{name}", parcel.reader.name),
        "closing": settings["mail_closing"],
        "why": desk.text(
            "why_alert" if parcel.kind == NoticeKind.ALERT else "why", role=_roles(desk, notices)
        ),
        "ask": ASK_THE_OFFICE[desk.language],
        "trial": desk.text("trial", reader=parcel.reader.name, address=parcel.reader.address)
        if trial
        else "",
        "trial_mark": desk.text("trial_mark") if trial else "",
        "ask_explanation": desk.text("explain") if any(_asks(desk, notice) for notice in notices) else "",
        "cases": [_line(desk, notice) for notice in notices],
        "phones": _phones(desk, notices) if parcel.kind == NoticeKind.ALERT else [],
    }
    return Mail(
        parcel.id, parcel.kind, parcel.reader.address, parcel.reader.name, render(parcel.kind, desk.language, context),
        settings["reply_to"] or NO_SENDER, str(context["school"]), desk.clock, settings["reply_to"],
        tuple(dict.fromkeys(notice.case_no for notice in notices)),
    )  # fmt: skip


def _line(desk: Desk, notice: Notice) -> dict[str, object]:
    """One case. The sum and the summary are for those who may be told; the others ask the office."""
    register, at = desk.cases.register, notice.case_at
    open_to_read = may_quote(desk.cases.confidence, at)
    if notice.kind == NoticeKind.ALERT:
        return _alerted(desk, notice, open_to_read=open_to_read)
    clock = desk.cases.clocks[Step.of(notice.step)]
    return {
        "number": notice.case_no,
        "step": Step.of(notice.step).label(desk.language),
        "day": spoken(notice.due_on, desk.now.date(), desk.language),
        "when": _when(desk, notice),
        "light": "late" if notice.due_on and notice.due_on < desk.now.date() else "soon",
        "restricted": not open_to_read,
        "sum": due_sum(desk.cases.ledger, clock, at) if open_to_read else "",
        "about": _about(str(register["topic"][at]), str(register["summary"][at])) if open_to_read else "",
        "basis": desk.cases.ledger.policy.deadlines[clock.rule[at]].basis
        if open_to_read and clock.rule[at] >= 0
        else "",
    }


def _alerted(desk: Desk, notice: Notice, *, open_to_read: bool) -> dict[str, object]:
    """An important or collective visit: of a restricted one only that there is one, and since when."""
    register, at = desk.cases.register, notice.case_at
    people = register["people"][at]
    collective = people >= desk.cases.ledger.policy.settings.whole("collective_from")
    what = desk.text("collective", n=int(people)) if collective else desk.text("important")
    return {
        "number": notice.case_no,
        "step": what if open_to_read else NoticeKind.ALERT.label(desk.language),
        "day": spoken(notice.from_day, desk.now.date(), desk.language),
        "when": desk.text("came", day=spoken(notice.from_day, desk.now.date(), desk.language)),
        "light": "late", "restricted": not open_to_read, "sum": "", "basis": "",
        "about": _about(str(register["topic"][at]), str(register["summary"][at])) if open_to_read else "",
    }  # fmt: skip


def _phones(desk: Desk, notices: list[Notice]) -> list[str]:
    """Whom to telephone: the duty person, the leader and the principal, except anybody one of the cases is about."""
    policy, confidence = desk.cases.ledger.policy, desk.cases.confidence
    barred = {
        person.name
        for person in policy.people
        for notice in notices
        if confidence.bars(notice.case_at, person.name)
    }
    roles = (Role.DUTY.key, Role.LEADER.key, Role.PRINCIPAL.key)
    return [
        f"{person.name} ({', '.join(Role.of(role).label(desk.language) for role in person.roles if role in roles)}): {person.phone}"
        for person in policy.people
        if person.phone and person.name not in barred and any(role in roles for role in person.roles)
    ]


def _about(topic: str, summary: str) -> str:
    return ": ".join(part for part in (topic, summary) if part)


def _when(desk: Desk, notice: Notice) -> str:
    assert notice.due_on is not None
    left = (notice.due_on - desk.now.date()).days
    key = {0: "today", 1: "tomorrow", -1: "late1"}.get(left, "left" if left > 0 else "late")
    return desk.text(key, day=spoken(notice.due_on, desk.now.date(), desk.language), n=abs(left))


def spoken(day: date | None, today: date, language: Language) -> str:
    """`17 March` or `3月17日`; with its year if that is another than today's."""
    if day is None:
        return ""
    if language == "zh":
        return (
            f"{day.year}年{day.month}月{day.day}日" if day.year != today.year else f"{day.month}月{day.day}日"
        )
    return f"{day.day} {_MONTHS[day.month - 1]}" + (f" {day.year}" if day.year != today.year else "")


def _roles(desk: Desk, notices: list[Notice]) -> str:
    labels = [Role.of(notice.slot).label(desk.language) for notice in notices if notice.slot in lookup(Role)]
    return ("、" if desk.language == "zh" else ", ").join(dict.fromkeys(labels))


def _asks(desk: Desk, notice: Notice) -> bool:
    return notice.kind == NoticeKind.ESCALATION and any(
        rung.ask_explanation and rung.step == notice.step and rung.level == notice.level
        for rung in desk.cases.ledger.policy.ladder
    )


def subjects(mails: list[Mail], mail_ids: np.ndarray[tuple[int], np.dtype[np.object_]]) -> list[str]:
    """For each line of Notices the subject of its mail, `""` for a line of another run."""
    known = {mail.id: mail.rendered.subject for mail in mails}
    return [known.get(mail_id, "") for mail_id in mail_ids.tolist()]
