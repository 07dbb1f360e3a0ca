"""The words of the report's page and tab: headings, column heads, labels, and what both say of a case in a few words."""

from __future__ import annotations

from collections.abc import Mapping

from automation.reports.model import Superior, ToldCase
from sheet_schema import Language

WORDS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "skip": "Skip to the report", "contents": "Contents", "office": "Letters and visits office", "phone": "Telephone",
        "as_of": "As of {when}", "so_far": "The period is not over: figures are those so far, as of {when}.",
        "figures": "The figures", "indicator": "Indicator", "value": "In the period", "target": "Target",
        "before": "Before", "missed": "missed",
        "more": "all {n}", "cut": " … and {n} more", "restricted": "{n} restricted", "restricted_beside": "and {n} restricted",
        "months": "Month by month", "month": "Month", "received": "Received", "answered": "Answered",
        "months_title": "Received and answered, {first} to {last}",
        "months_desc": "Two bars for each month; the table beside them has the numbers. Most received: {most} in {month}.",
        "came": "What came, and how", "count": "Cases", "chart": "Chart", "numbers": "Numbers", "share_of": "{n} % of what came",
        "apart": "{n} restricted cases stand in no line here.", "apart1": "One restricted case stands in no line here.",
        "nothing_came": "Nothing came in the period.",
        "open": "Open and late", "open_since": "Open since", "open_n": "Open", "late_n": "Of them late", "open_title": "{open} open, {late} of them late",
        "no_open": "No case is open.",
        "late_list": "Late, worst first", "nothing_late": "Nothing is late.",
        "case": "Case", "matter": "Topic and department", "step": "Next step", "days_late": "Days late", "days_open": "Days open",
        "restricted_list": "{n} more are restricted and not named.", "more_rows": "{n} more are not shown here; `report --json` has them all.",
        "more_lines": "{n} more lines are not shown here; `report --json` has them all.",
        "superiors": "From superiors and leaders", "matter_from": "Topic, department, who asks", "wanted": "Wanted by", "given": "Reported back",
        "yes": "in time", "late": "too late", "waits_late": "late", "not_yet": "not due yet", "no_day": "no day set",
        "no_superiors": "No matter from superiors or leaders waited for an answer in the period.",
        "collective": "Collective visits", "repeats": "Repeats", "none_in_period": "None in the period.",
        "leapfrog": "Skipped a level", "leapfrog_lead": "With what was done here before: evidence, no verdict.",
        "no_earlier": "No earlier case is named in Repeat of.", "earlier": "Handled here before",
        "e_received": "received {day}", "e_due": "answer due {day}", "e_replied": "answered {day}", "e_open": "not answered",
        "e_late": "{n} days late", "e_late1": "1 day late", "e_in_time": "in time", "e_no_due": "no answer was owed",
        "reminded": "Reminded", "not_reminded": "Nobody was reminded.", "reminder": "{day}: reminder to the {role}", "escalation": "{day}: reported as late to the {role}",
        "told": "What leaders were told", "told_lead": "Important and collective visits of the period, and when their alert went out.",
        "median": "Half of the first alerts went out within {minutes} of the case being first seen.",
        "what": "What", "important": "Important", "collective_n": "Collective, {n} people", "seen": "First seen", "alert": "Alert", "no_alert": "none went out",
        "after": "{minutes} later", "at_once": "at once", "minutes": "{n} minutes", "minutes1": "1 minute", "hours": "{n} hours", "days": "{n} days",
        "leader": "Leader", "leader_told": "told", "leader_note": "left a note", "leader_silent": "nothing entered",
        "integrity": "Is the ledger whole?", "missing": "Numbers missing from the Register", "vanished": "Numbers gone from Filing",
        "invalid": "Rows wrong for more than a working day", "none": "none",
        "how": "How each figure is counted", "restricted_rule": "Restricted cases", "per_cent": "Nothing due", "departments": "Departments",
        "not_set": "–", "mark": ",", "before_and": " ", "comma": ", ", "colon": ": ", "stop": ". ",
    },
    "zh": {
        "skip": "跳到正文", "contents": "目录", "office": "信访办", "phone": "电话",
        "as_of": "统计时间：{when}", "so_far": "本期尚未结束，数字截至 {when}。",
        "figures": "各项指标", "indicator": "指标", "value": "本期", "target": "目标",
        "before": "上期", "missed": "未达标",
        "more": "共 {n} 件", "cut": "……另有 {n} 件", "restricted": "保密件 {n} 件", "restricted_beside": "另有保密件 {n} 件",
        "months": "逐月情况", "month": "月份", "received": "收到", "answered": "答复",
        "months_title": "{first}至{last}收到和答复件数",
        "months_desc": "每月两条，数字见旁边的表。收到最多的是{month}，{most} 件。",
        "came": "来件构成", "count": "件数", "chart": "图示", "numbers": "编号", "share_of": "占来件的 {n}%",
        "apart": "另有保密件 {n} 件，不列入以上各行。", "apart1": "另有保密件 1 件，不列入以上各行。",
        "nothing_came": "本期没有来件。",
        "open": "在办和超期", "open_since": "已收到", "open_n": "在办", "late_n": "其中超期", "open_title": "在办 {open} 件，其中超期 {late} 件",
        "no_open": "没有在办件。",
        "late_list": "超期件（最久的在前）", "nothing_late": "没有超期件。",
        "case": "编号", "matter": "事项和承办部门", "step": "下一环节", "days_late": "超期天数", "days_open": "在办天数",
        "restricted_list": "另有保密件 {n} 件，不列编号。", "more_rows": "另有 {n} 件未列出，见 `report --json`。",
        "more_lines": "另有 {n} 行未列出，见 `report --json`。",
        "superiors": "上级和领导交办件", "matter_from": "事项、承办部门和来源", "wanted": "要求反馈", "given": "已反馈",
        "yes": "按期", "late": "超期反馈", "waits_late": "超期未反馈", "not_yet": "未到期", "no_day": "未定期限",
        "no_superiors": "本期没有待反馈的上级或领导交办件。",
        "collective": "集体访", "repeats": "重复件", "none_in_period": "本期没有。",
        "leapfrog": "越级访", "leapfrog_lead": "附此前在本单位的办理情况：只列事实，不作结论。",
        "no_earlier": "“重复件”栏未注明此前的件。", "earlier": "此前办理情况",
        "e_received": "{day}收到", "e_due": "应于{day}前答复", "e_replied": "{day}答复", "e_open": "未答复",
        "e_late": "超期 {n} 天", "e_late1": "超期 1 天", "e_in_time": "按期", "e_no_due": "无须答复",
        "reminded": "提醒和督办", "not_reminded": "没有提醒记录。", "reminder": "{day}：到期提醒（{role}）", "escalation": "{day}：超期督办（{role}）",
        "told": "报告领导情况", "told_lead": "本期重要和集体来访，以及紧急通知发出的时间。",
        "median": "半数件的紧急通知在首次见到后 {minutes}内发出。",
        "what": "情形", "important": "重要突发", "collective_n": "集体访，{n} 人", "seen": "首次见到", "alert": "紧急通知", "no_alert": "未发出",
        "after": "{minutes}后", "at_once": "立即", "minutes": "{n} 分钟", "minutes1": "1 分钟", "hours": "{n} 小时", "days": "{n} 天",
        "leader": "领导", "leader_told": "已报告", "leader_note": "已批示", "leader_silent": "未填写",
        "integrity": "账本是否完整", "missing": "登记表缺失的编号", "vanished": "归档表缺失的编号",
        "invalid": "有误超过一个工作日的行", "none": "无",
        "how": "各项数字的算法", "restricted_rule": "保密件", "per_cent": "没有到期件时", "departments": "关于部门",
        "not_set": "–", "mark": "、", "before_and": "，", "comma": "，", "colon": "：", "stop": "。",
    },
}  # fmt: skip


def in_time(one: Superior, language: Language) -> str:
    """Whether superiors or leaders had their answer by the day they wanted it."""
    late = "late" if one.fed_back_on else "waits_late"
    return WORDS[language][{True: "yes", False: late, None: "not_yet" if one.wanted_by else "no_day"}[one.in_time]]


def why_urgent(one: ToldCase, language: Language) -> list[str]:
    """Why leaders were to be told of a case at once: it is important, or many came."""
    words = WORDS[language]
    important = [words["important"]] if one.important else []
    return [*important, *([words["collective_n"].format(n=one.people)] if one.people > 1 else [])]


def what_leaders_typed(one: ToldCase, language: Language) -> str:
    """Which cells say that a leader has heard of a case."""
    words = WORDS[language]
    filled = (("leader_told", one.leader_told), ("leader_note", one.leader_note))
    return words["comma"].join(words[key] for key, there in filled if there) or words["leader_silent"]
