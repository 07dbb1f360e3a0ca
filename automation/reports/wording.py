"""A report's words, wherever it is shown: title, summary sentence, names of periods, how each figure is counted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from automation.reports.model import Age, Period, Report
from automation.text.catalogue import sentences
from automation.text.dates import day_name, month_name, spoken
from sheet_schema import REGISTER, Language
from sheet_schema.vocabulary import Role, Step, Who, in_language

BREAKDOWN_NAMES: Mapping[str, Mapping[Language, str]] = {
    "channel": {"en": "How it came", "zh": "来源形式"},
    "kind": {"en": "Kind of matter", "zh": "事项类别"},
    "topic": {"en": "Topic", "zh": "反映事项"},
    "department": {"en": "Department in charge", "zh": "承办部门"},
}
HOW: Mapping[str, Mapping[Language, str]] = {
    "received": {
        "en": "Everything that came in the period by its day received (where none is filled in, the day it was first seen), void entries and restricted cases included.",
        "zh": "按来访日期（未填的按首次见到的日期）在本期内收到的全部件，含作废件和保密件。",
    },
    "notified_in_time": {
        "en": "Of the notices that fell due in the period: how many were given by their due date. Open and past its date counts as missed; nobody to notify (anonymous, no contact) is left aside.",
        "zh": "告知期限落在本期内的件中，期限内已告知的比例。到期未告知的算未按期；匿名且无联系方式、无从告知的不计。",
    },
    "replied_in_time": {
        "en": "Of the answers that fell due in the period, by the school's own time limit and with valid extensions: how many were given by then. Open and past its date counts as missed; what was declined, referred, explained or void owes no answer.",
        "zh": "答复期限（本单位时限，含有效延期）落在本期内的件中，期限内已答复的比例。到期未答复的算未按期；不予受理、转送、解释说明和作废的不计。",
    },
    "within_legal_limit": {
        "en": "The same against the legal limit.",
        "zh": "算法同上，以法定时限为准。",
    },
    "first_time_settled": {
        "en": "Of the accepted first-time matters received in the period: how many have been answered by now. What is not due yet is left aside; repeats do not count.",
        "zh": "本期收到并受理的初次信访件中，至今已答复的比例。未到期的不计，重复件不计。",
    },
    "reported_back_in_time": {
        "en": "Of the reports to superiors and leaders that fell due in the period: how many were made by then.",
        "zh": "反馈上级（领导）的期限落在本期内的件中，期限内已反馈的比例。",
    },
    "satisfied": {
        "en": "Of those answered in the period who said how satisfied they were: good or fair. Read it beside the share of people who said.",
        "zh": "本期答复且作出评价的件中，满意和基本满意的比例。请与参评率一并看。",
    },
    "rated": {
        "en": "Of the cases answered in the period: those in which the person said how satisfied they were.",
        "zh": "本期答复的件中，信访人作出评价的比例。",
    },
    "days_taken": {
        "en": "Days from acceptance (until decided: from receipt) to the answer, for what was answered in the period. An answer dated before its case is left aside.",
        "zh": "本期答复的件，从受理（未定的从收到）到答复的天数。答复日期早于受理的不计。",
    },
    "repeated": {
        "en": "Of what was received in the period (void ones left aside): cases that the office marked as the repeat of another.",
        "zh": "本期收到（作废件除外）的件中，信访办确认为重复件的比例。",
    },
    "collective": {
        "en": "Received in the period with at least as many people as Settings call a collective visit.",
        "zh": "本期收到、人数达到“设置”中“集体访人数”的件数。",
    },
    "repeat_collective": {"en": "Collective visits that are repeats.", "zh": "集体访中的重复件数。"},
    "leapfrog": {
        "en": "Received in the period and ticked by the office as having skipped a level. The program never infers it.",
        "zh": "本期收到、由信访办勾选为越级的件数。系统不作推断。",
    },
}
"""How each indicator is counted, by its key."""
BEHIND: Mapping[str, Mapping[Language, str]] = {
    "received": {"en": "Cases", "zh": "涉及件"},
    "notified_in_time": {"en": "Not in time", "zh": "未按期"},
    "replied_in_time": {"en": "Not in time", "zh": "未按期"},
    "within_legal_limit": {"en": "Not in time", "zh": "未按期"},
    "first_time_settled": {"en": "Not answered", "zh": "未答复"},
    "reported_back_in_time": {"en": "Not in time", "zh": "未按期"},
    "satisfied": {"en": "Not satisfied", "zh": "不满意"},
    "rated": {"en": "Did not say", "zh": "未评价"},
    "days_taken": {"en": "Answered", "zh": "已答复"},
    "repeated": {"en": "Repeats", "zh": "重复件"},
    "collective": {"en": "Cases", "zh": "涉及件"},
    "repeat_collective": {"en": "Cases", "zh": "涉及件"},
    "leapfrog": {"en": "Cases", "zh": "涉及件"},
}
"""What the cases behind each indicator are; behind a share with a target, those that missed it."""
NOTHING_DUE: Mapping[Language, str] = {
    "en": "A dash stands where nothing was due: that is not 100 %. Per cents are rounded, but 100 % means all, and 0 % none.",
    "zh": "没有到期件的记“–”，不算 100%。百分数四舍五入；只有全部达到才记 100%，一件也没有才记 0%。",
}
RESTRICTED: Mapping[Language, str] = {
    "en": "Restricted cases are only counted, never named, and stand in a figure only where at least three of them do: one or two would tell who. Everywhere else the figure is worked out without them. The numbers received and answered are always complete.",
    "zh": "保密件只计数，不列编号；某项数字中的保密件不足三件时不计入，以免据此推知是谁。收到和答复的件数始终是完整的。",
}
NOT_RANKED: Mapping[Language, str] = {
    "en": "Departments stand in the order of their tab. Many matters are no fault: who registers everything has more of them.",
    "zh": "部门按“部门”表的顺序排列，不作排名。件数多不等于工作差：登记得全，件数自然多。",
}
_TEXTS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "title": "Letters and visits, {period}", "so_far": "so far",
        "came": "{n} matters came in", "came1": "One matter came in", "came0": "Nothing came in",
        "answered": "; {n} were answered.", "answered1": "; one was answered.", "answered0": "; none was answered.",
        "in_time": "Of the {due} answers that fell due, {kept} came in time.",
        "in_time1": "The one answer that fell due came {how}.", "kept": "in time", "missed": "late or is still open",
        "all_in_time": "All {due} answers that fell due came in time.",
        "nothing_due": "No answer fell due.",
        "late": "{n} are late today.", "late1": "One is late today.", "late0": "Nothing is late today.",
        "age": "{least}–{most} days", "older": "{least} days or more",
    },
    "zh": {
        "title": "来信来访情况（{period}）", "so_far": "截至目前",
        "came": "收到 {n} 件，", "came1": "收到 1 件，", "came0": "没有收到新件，",
        "answered": "答复 {n} 件。", "answered1": "答复 1 件。", "answered0": "没有答复件。",
        "in_time": "应答复 {due} 件，按期 {kept} 件。", "in_time1": "应答复 1 件，{how}。", "kept": "已按期", "missed": "未按期",
        "all_in_time": "应答复 {due} 件，全部按期。", "nothing_due": "没有到期应答复的件。",
        "late": "目前超期 {n} 件。", "late1": "目前超期 1 件。", "late0": "目前没有超期件。",
        "age": "{least}–{most} 天", "older": "{least} 天及以上",
    },
}  # fmt: skip


def title(report: Report) -> str:
    return _TEXTS[report.language]["title"].format(period=period_name(report.period, report.language))


def period_name(period: Period, language: Language) -> str:
    """`March 2026`, `2026`, `5 January 2026 to 27 March 2026`; 2026年3月、2026年、2026年1月5日至3月27日."""
    first, last = period.first, period.last
    ends_month = (last + timedelta(days=1)).day == 1
    if first.day == 1 and ends_month and (first.year, first.month) == (last.year, last.month):
        return month_name(first, language)
    if (first.month, first.day, last.month, last.day, last.year) == (1, 1, 12, 31, first.year):
        return in_language(language, str(first.year), f"{first.year}年")
    if first == last:
        return day_name(first, language)
    return in_language(
        language,
        f"{spoken(first, last, language)} to {day_name(last, language)}",
        f"{day_name(first, language)}至{spoken(last, first, language)}",
    )


def sentence(report: Report) -> str:
    """The period in one or two sentences: what came in, was answered, was answered in time, and is late."""
    texts = _TEXTS[report.language]
    figures = {figure.indicator.key: figure.value for figure in report.figures}
    due, late = figures["replied_in_time"], len(report.late.cases) + report.late.restricted
    parts = (
        _of(texts, "came", report.received) + _of(texts, "answered", report.replied),
        _in_time(texts, int(due.part), due.whole),
        _of(texts, "late", late),
    )
    return sentences(parts, report.language)


def _of(texts: Mapping[str, str], key: str, count: int) -> str:
    return texts[{0: f"{key}0", 1: f"{key}1"}.get(count, key)].format(n=count)


def _in_time(texts: Mapping[str, str], kept: int, due: int) -> str:
    if due == 0:
        return texts["nothing_due"]
    if due == 1:
        return texts["in_time1"].format(how=texts["kept" if kept else "missed"])
    return texts["all_in_time" if kept == due else "in_time"].format(due=due, kept=kept)


def is_running(report: Report) -> bool:
    """Whether the period is not over, so that its figures are those so far."""
    return report.period.last >= report.now.date()


def age_name(age: Age, language: Language) -> str:
    """`8–15 days`, `61 days or more`."""
    texts = _TEXTS[language]
    if age.most is None:
        return texts["older"].format(least=age.least)
    return texts["age"].format(least=age.least, most=age.most)


def role_name(slot: str, language: Language) -> str:
    """A role's name; a slot that is not a role is a person's name."""
    return {word.key: word.label(language) for words in (Who, Role) for word in words}.get(slot, slot)


def step_name(step: str, language: Language) -> str:
    return Step.of(step).label(language) if step else ""


def column_name(key: str, language: Language) -> str:
    """A Register column's label."""
    return REGISTER[key].label(language)
