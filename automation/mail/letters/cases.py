"""Letters about single cases: alerts, reminders, what is late, what was given to a department or taken from it.

"A restricted case appears … as number, step, date and 'ask the office', nothing else. Every other mail carries no more of
the petitioner than its reader needs" (docs/design.md#p5.7): the topic and the summary, never a name or a telephone number.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from automation.cases.clocks import Clock, earliest
from automation.cases.confidentiality import ASK_THE_OFFICE, may_quote
from automation.cases.due_date_sum import due_sum
from automation.ledger.model import Notice
from automation.ledger.table import Array
from automation.mail.letters.context import Desk
from automation.mail.recovery import Parcel
from sheet_schema import Language
from sheet_schema.vocabulary import NoticeKind, Role, Step, lookup

_TEXTS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "left": "Due {day}: {n} days left",
        "tomorrow": "Due {day}: tomorrow",
        "today": "Due {day}: today",
        "late": "Due {day}: {n} days late",
        "late1": "Due {day}: 1 day late",
        "no_due": "No day is set for it",
        "why": "You get this mail as {role} for the cases named. The dates follow the Deadlines tab of the ledger.",
        "why_copy": "You get this mail because a routing rule of the ledger has it copied to you.",
        "why_handed_over": "You get this mail because these cases were with you before.",
        "explain": "For cases that are this late, please also write what stood in the way.",
        "why_alert": "You get this mail as {role}. Alerts go out at any hour, until a leader has been told.",
        "important": "Important visit",
        "collective": "Collective visit, {n} people",
        "came": "Came on {day}; no leader has been told yet",
    },
    "zh": {
        "left": "期限{day}，还有 {n} 天",
        "tomorrow": "期限{day}，即明天",
        "today": "期限{day}，即今天",
        "late": "期限{day}，已超期 {n} 天",
        "late1": "期限{day}，已超期 1 天",
        "no_due": "未设期限",
        "why": "您作为以上各件的{role}收到本邮件。期限依账本“时限”表计算。",
        "why_copy": "您收到本邮件，是因为分办规则将其抄送给您。",
        "why_handed_over": "您收到本邮件，是因为以上各件此前由贵处承办。",
        "explain": "已超期至此的，请一并说明原因。",
        "why_alert": "您作为{role}收到本邮件。紧急通知不分时段，直至已报告领导。",
        "important": "重要来访",
        "collective": "集体来访，{n} 人",
        "came": "{day}到访，尚未报告领导",
    },
}

Said = Mapping[str, object]


def alerted(desk: Desk, parcel: Parcel) -> Said:
    notices = _in_order(parcel)
    return {
        "why": _text(desk, "why_alert", role=_roles(desk, notices)),
        "ask": ASK_THE_OFFICE[desk.language],
        "cases": [_visit(desk, notice) for notice in notices],
        "phones": _phones(desk, notices),
    }


def reminded(desk: Desk, parcel: Parcel) -> Said:
    notices = _in_order(parcel)
    return {
        "why": _text(desk, "why", role=_roles(desk, notices)),
        "ask": ASK_THE_OFFICE[desk.language],
        "cases": [_step(desk, notice) for notice in notices],
    }


def escalated(desk: Desk, parcel: Parcel) -> Said:
    asks = any(_asks(desk, notice) for notice in parcel.notices)
    return {**reminded(desk, parcel), "ask_explanation": _text(desk, "explain") if asks else ""}


def assigned(desk: Desk, parcel: Parcel) -> Said:
    notices = _in_order(parcel)
    roles, nearest = _roles(desk, notices), earliest(desk.at_hand.clocks)
    return {
        "why": _text(desk, "why", role=roles) if roles else _text(desk, "why_copy"),
        "ask": ASK_THE_OFFICE[desk.language],
        "copied": not roles,
        "cases": [_given(desk, notice, *nearest) for notice in notices],
    }


def handed_over(desk: Desk, parcel: Parcel) -> Said:
    """ "one line to a department that loses a case": its number, and nothing that is no longer theirs to know."""
    return {
        "why": _text(desk, "why_handed_over"),
        "numbers": [notice.case_no for notice in _in_order(parcel)],
    }


def _text(desk: Desk, key: str, **details: object) -> str:
    return _TEXTS[desk.language][key].format(**details)


def _in_order(parcel: Parcel) -> list[Notice]:
    return sorted(parcel.notices, key=lambda notice: (notice.due_on or date.max, notice.case_no))


def _step(desk: Desk, notice: Notice) -> Said:
    """One step of one case. The sum and the summary are for those who may be told; the others ask the office."""
    return _case(desk, notice.case_no, notice.case_at, Step.of(notice.step), notice.due_on)


def _given(desk: Desk, notice: Notice, steps: Array, dues: Array) -> Said:
    """A case with its nearest step (`steps`, `dues`: of every case), for the department it was given to."""
    step, due = steps[notice.case_at], dues[notice.case_at]
    if not step:
        nothing = {
            "step": "",
            "day": "",
            "when": _text(desk, "no_due"),
            "light": "soon",
            "sum": "",
            "basis": "",
        }
        return {"number": notice.case_no, **nothing, **_what(desk, notice.case_at)}
    return _case(desk, notice.case_no, notice.case_at, Step.of(step), due.item())


def _case(desk: Desk, number: str, at: int, step: Step, due: date | None) -> Said:
    clock, rule_at = desk.at_hand.clocks[step], desk.at_hand.clocks[step].rule[at]
    what = _what(desk, at)
    quoted = not what["restricted"]
    return {
        "number": number,
        "step": step.label(desk.language),
        "day": desk.spoken(due),
        "when": when(desk, due),
        "light": "late" if due and due < desk.now.date() else "soon",
        "sum": _sum(desk, clock, at) if quoted else "",
        "basis": desk.ledger.policy.deadlines[rule_at].basis if quoted and rule_at >= 0 else "",
        **what,
    }


def _sum(desk: Desk, clock: Clock, at: int) -> str:
    """ "Due 17 March = received 2 March + 15 days": the part after the equals sign."""
    said = due_sum(desk.ledger, clock, at, desk.spoken)
    return said[:1].lower() + said[1:]


def _what(desk: Desk, at: int) -> dict[str, object]:
    """What the case is about, as far as it may be quoted."""
    register = desk.at_hand.register
    quoted = may_quote(desk.at_hand.confidence, at)
    parts = (str(register["topic"][at]), str(register["summary"][at])) if quoted else ()
    mark = "：" if desk.language == "zh" else ": "
    return {"restricted": not quoted, "about": mark.join(part for part in parts if part)}


def _visit(desk: Desk, notice: Notice) -> Said:
    """An important or collective visit: of a restricted one only that there is one, and since when."""
    people = desk.at_hand.register["people"][notice.case_at]
    collective = people >= desk.ledger.policy.settings.whole("collective_from")
    kind = _text(desk, "collective", n=int(people)) if collective else _text(desk, "important")
    what, day = _what(desk, notice.case_at), desk.spoken(notice.from_day)
    return {
        "number": notice.case_no,
        "step": NoticeKind.ALERT.label(desk.language) if what["restricted"] else kind,
        "day": day,
        "when": _text(desk, "came", day=day),
        "light": "late",
        **what,
    }


def _phones(desk: Desk, notices: list[Notice]) -> list[str]:
    """Whom to telephone: the duty person, the leader and the principal, except anybody one of the cases is about."""
    confidence = desk.at_hand.confidence
    roles = (Role.DUTY.key, Role.LEADER.key, Role.PRINCIPAL.key)
    return [
        f"{person.name} ({', '.join(Role.of(role).label(desk.language) for role in person.roles if role in roles)}): {person.phone}"
        for person in desk.ledger.policy.people
        if person.phone
        and any(role in roles for role in person.roles)
        and not any(confidence.bars(notice.case_at, person.name) for notice in notices)
    ]


def when(desk: Desk, due: date | None) -> str:
    """How far the day is, in words."""
    if due is None:
        return _text(desk, "no_due")
    left = (due - desk.now.date()).days
    key = {0: "today", 1: "tomorrow", -1: "late1"}.get(left, "left" if left > 0 else "late")
    return _text(desk, key, day=desk.spoken(due), n=abs(left))


def _roles(desk: Desk, notices: list[Notice]) -> str:
    labels = [Role.of(notice.slot).label(desk.language) for notice in notices if notice.slot in lookup(Role)]
    return ("、" if desk.language == "zh" else ", ").join(dict.fromkeys(labels))


def _asks(desk: Desk, notice: Notice) -> bool:
    return any(
        rung.ask_explanation and rung.step == notice.step and rung.level == notice.level
        for rung in desk.ledger.policy.ladder
    )
