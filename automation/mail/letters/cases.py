"""Letters about single cases: alerts, reminders, late steps, cases given to a department or taken from it.

"A restricted case appears … as number, step, date and 'ask the office', nothing else. Every other mail carries no more
of the petitioner than its reader needs" (docs/design.md#p5.7): the topic and the summary, never a name or a telephone
number.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from automation.cases.clocks import Clock, earliest
from automation.cases.confidentiality import ASK_THE_OFFICE, may_quote
from automation.cases.due_date_sum import due_sum
from automation.ledger.notices import Notice
from automation.ledger.table import Array
from automation.mail.letters.context import LetterContext
from automation.mail.mail import OutgoingMail
from automation.text.catalogue import listed
from automation.text.templates import TemplateValues
from sheet_schema import Language
from sheet_schema.vocabulary import NoticeKind, Role, Step, in_language, lookup

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


def alerted(letters: LetterContext, mail: OutgoingMail) -> TemplateValues:
    notices = _in_order(mail)
    return {
        "why": _text(letters, "why_alert", role=_roles(letters, notices)),
        "ask": ASK_THE_OFFICE[letters.language],
        "cases": [_visit(letters, notice) for notice in notices],
        "phones": _phones(letters, notices),
    }


def reminded(letters: LetterContext, mail: OutgoingMail) -> TemplateValues:
    notices = _in_order(mail)
    return {
        "why": _text(letters, "why", role=_roles(letters, notices)),
        "ask": ASK_THE_OFFICE[letters.language],
        "cases": [_step(letters, notice) for notice in notices],
    }


def escalated(letters: LetterContext, mail: OutgoingMail) -> TemplateValues:
    asks = any(_asks(letters, notice) for notice in mail.notices)
    return {
        **reminded(letters, mail),
        "ask_explanation": _text(letters, "explain") if asks else "",
    }


def assigned(letters: LetterContext, mail: OutgoingMail) -> TemplateValues:
    notices = _in_order(mail)
    roles, nearest = _roles(letters, notices), earliest(letters.at_hand.clocks)
    return {
        "why": _text(letters, "why", role=roles) if roles else _text(letters, "why_copy"),
        "ask": ASK_THE_OFFICE[letters.language],
        "copied": not roles,
        "cases": [_given(letters, notice, *nearest) for notice in notices],
    }


def handed_over(letters: LetterContext, mail: OutgoingMail) -> TemplateValues:
    """Tell a department that a case is no longer theirs: its number only, since it is none of their business now."""
    return {
        "why": _text(letters, "why_handed_over"),
        "numbers": [notice.case_no for notice in _in_order(mail)],
    }


def _text(letters: LetterContext, key: str, **details: object) -> str:
    return _TEXTS[letters.language][key].format(**details)


def _in_order(mail: OutgoingMail) -> list[Notice]:
    return sorted(mail.notices, key=lambda notice: (notice.due_on or date.max, notice.case_no))


def _step(letters: LetterContext, notice: Notice) -> TemplateValues:
    return _case(letters, notice.case_no, notice.case_at, Step.of(notice.step), notice.due_on)


def _given(letters: LetterContext, notice: Notice, steps: Array, dues: Array) -> TemplateValues:
    """A newly assigned case with its nearest step. `steps` and `dues` are columns with the nearest of every case."""
    step, due = steps[notice.case_at], dues[notice.case_at]
    if not step:
        nothing = {
            "step": "",
            "day": "",
            "when": _text(letters, "no_due"),
            "light": "soon",
            "sum": "",
            "basis": "",
        }
        return {"number": notice.case_no, **nothing, **_what(letters, notice.case_at)}
    return _case(letters, notice.case_no, notice.case_at, Step.of(step), due.item())


def _case(letters: LetterContext, number: str, at: int, step: Step, due: date | None) -> TemplateValues:
    """What the template shows of a case: of a restricted one neither the sum behind the date nor the rule."""
    clock, rule_at = letters.at_hand.clocks[step], letters.at_hand.clocks[step].rule[at]
    what = _what(letters, at)
    quoted = not what["restricted"]
    return {
        "number": number,
        "step": step.label(letters.language),
        "day": letters.spoken(due),
        "when": when(letters, due),
        "light": "late" if due and due < letters.now.date() else "soon",
        "sum": _sum(letters, clock, at) if quoted else "",
        "basis": letters.ledger.policy.deadlines[rule_at].basis if quoted and rule_at >= 0 else "",
        **what,
    }


def _sum(letters: LetterContext, clock: Clock, at: int) -> str:
    """The part after the equals sign in "Due 17 March = received 2 March + 15 days"."""
    text = due_sum(letters.ledger, clock, at, letters.spoken)
    return text[:1].lower() + text[1:]


def _what(letters: LetterContext, at: int) -> dict[str, object]:
    """What the case is about, as far as this mail may say it."""
    register = letters.at_hand.register
    quoted = may_quote(letters.at_hand.confidence, at)
    parts = (str(register["topic"][at]), str(register["summary"][at])) if quoted else ()
    mark = in_language(letters.language, ": ", "：")
    return {"restricted": not quoted, "about": mark.join(part for part in parts if part)}


def _visit(letters: LetterContext, notice: Notice) -> TemplateValues:
    """An important or collective visit; of a restricted case only the number and the day."""
    people = letters.at_hand.register["people"][notice.case_at]
    collective = people >= letters.ledger.policy.settings.whole("collective_from")
    kind = _text(letters, "collective", n=int(people)) if collective else _text(letters, "important")
    what, day = _what(letters, notice.case_at), letters.spoken(notice.from_day)
    return {
        "number": notice.case_no,
        "step": NoticeKind.ALERT.label(letters.language) if what["restricted"] else kind,
        "day": day,
        "when": _text(letters, "came", day=day),
        "light": "late",
        **what,
    }


def _phones(letters: LetterContext, notices: list[Notice]) -> list[str]:
    """Whom to telephone: duty person, leaders and principal, without anybody whom one of the cases is about."""
    confidence = letters.at_hand.confidence
    roles = (Role.DUTY.key, Role.LEADER.key, Role.PRINCIPAL.key)
    return [
        f"{person.name} ({', '.join(Role.of(role).label(letters.language) for role in person.roles if role in roles)}): {person.phone}"
        for person in letters.ledger.policy.people
        if person.phone
        and any(role in roles for role in person.roles)
        and not any(confidence.bars(notice.case_at, person.name) for notice in notices)
    ]


def when(letters: LetterContext, due: date | None) -> str:
    """How many days are left or over, in words."""
    if due is None:
        return _text(letters, "no_due")
    left = (due - letters.now.date()).days
    key = {0: "today", 1: "tomorrow", -1: "late1"}.get(left, "left" if left > 0 else "late")
    return _text(letters, key, day=letters.spoken(due), n=abs(left))


def _roles(letters: LetterContext, notices: list[Notice]) -> str:
    labels = [Role.of(notice.slot).label(letters.language) for notice in notices if notice.slot in lookup(Role)]
    return listed(dict.fromkeys(labels), letters.language)


def _asks(letters: LetterContext, notice: Notice) -> bool:
    """Whether the escalation ladder asks for a written explanation at this level."""
    return any(
        rung.ask_explanation and rung.step == notice.step and rung.level == notice.level
        for rung in letters.ledger.policy.ladder
    )
