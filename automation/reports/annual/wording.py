"""The words of the yearly document: they state figures, and never praise, judge or promise.

Keys ending in 0 or 1 are for none and one. What a person has to write is a place in brackets, never a sentence of ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from automation.cases.indicator_text import NONE
from automation.reports.model import Period
from automation.reports.periods import SCHOOL_YEAR_FROM
from automation.text.dates import month_alone, short_day, short_month
from sheet_schema import Language
from sheet_schema.vocabulary import YesNo, in_language

HOURS_FROM = 2
"""Hours from which a time is given in hours and minutes."""
TEXTS: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "of": "Letters, visits and complaints", "title": "Annual summary {year}", "name": "Annual summary {year}",
        "span": "{first} to {last}", "part": "{label} {n:,}",
        "total": "Total", "per_cent": "{n} %", "cases": "Cases", "share": "Share",
        "restricted": "Of these, {n:,} are restricted: they are counted and not listed.",
        "more": "The table shows the first {shown:,} of {n:,} cases.",
        # in figures
        "h_figures": "The year in figures",
        "received0": "From {first} to {last}, no letter, visit or other matter was received",
        "received1": "From {first} to {last}, one letter, visit or other matter was received",
        "received": "From {first} to {last}, {n:,} letters, visits and other matters were received",
        "before0": " ({year}: none in the ledger).", "before": " ({year}: {n:,}).",
        "by_channel": "By channel: {parts}.", "by_kind": "By kind: {parts}.",
        "replied0": "No reply was given in that time.", "replied1": "One reply was given in that time.",
        "replied": "{n:,} replies were given in that time.",
        "not_over": "The period is not over: these are its figures up to {day}.",
        "open0": "On {day}, no case was open.", "open1": "On {day}, one case was open", "open": "On {day}, {n:,} cases were open",
        "late0": ", none of them late.", "late1": ", one of them late.", "late": ", {n:,} of them late.",
        "open1_late0": ", and it was not late.", "open1_late1": ", and it was late.",
        "months": "Received and answered, month by month", "month": "Month", "month_received": "Received", "month_replied": "Answered",
        "months_shown": "Columns: cases received and cases answered in each of the months from {first} to {last}. The figures stand in the table before it.",
        # indicators
        "h_indicators": "Indicators", "indicator": "Indicator", "target": "Target", "met": "Target met",
        "targets": "Of the {n} indicators with a target, {measured} had something to measure: {met} met the target, {missed} did not.",
        "missed_ones": "Target not met: {parts}.", "missed_one": "{name}, {value}", "missed_count": "{name}, {value}",
        "indicators": "Indicators, their targets and the year before",
        # what it was
        "h_parts": "What was received", "bars_shown": "Bars: {by}, from top to bottom in the order of the table before it.",
        "t_channel": "Cases received by channel", "t_kind": "Cases received by kind", "t_topic": "Cases received by topic",
        "t_department": "Cases received by department",
        "h_channel": "By channel", "h_kind": "By kind", "h_topic": "By topic", "h_department": "By department",
        "no_part": "Nothing was received.", "part_apart": "Restricted, not broken down",
        # open and late
        "h_open": "Open and late on {day}", "age": "Days since received", "age_open": "Open", "age_late": "Of them late",
        "ages": "Open cases by age", "late_list": "Late cases, worst first", "days_late": "Days late",
        "none_late": "No case is late.",
        # superiors
        "h_superiors": "Matters from superiors and leaders",
        "superiors0": "No matter from superiors or leaders waited for an answer in the period.",
        "superiors1": "One matter from superiors or leaders waited for an answer in the period.",
        "superiors": "{n:,} matters from superiors or leaders waited for an answer in the period.",
        "superior_parts": "Of those listed: {parts}.", "in_time": "reported back in time", "not_in_time": "late",
        "waiting": "not due yet", "no_day": "reported back, no day set",
        "superior_list": "Matters from superiors and leaders", "wanted_by": "Wanted by", "in_time_column": "In time",
        # collective, repeat, leapfrog
        "h_special": "Collective visits, repeats, and visits that skipped a level",
        "h_collective": "Collective visits", "collective0": "No collective visit was received.",
        "collective1": "One collective visit was received.", "collective": "{n:,} collective visits were received.",
        "h_repeats": "Repeats", "repeats0": "No repeat was received.", "repeats1": "One repeat was received.",
        "repeats": "{n:,} repeats were received.",
        "h_leapfrog": "Visits that skipped a level", "leapfrog0": "No visit that skipped a level was received.",
        "leapfrog1": "One visit that skipped a level was received.", "leapfrog": "{n:,} visits that skipped a level were received.",
        "handled1": "For one of those listed the office had handled the matter before.",
        "handled": "For {n:,} of those listed the office had handled the matter before.",
        "evidence": "The table shows how: when it was due and answered, and who was reminded. It is evidence, not a verdict.",
        "leapfrog_list": "Visits that skipped a level, and the earlier handling here", "earlier": "Earlier case", "due": "Due",
        "replied_on": "Answered", "reminded": "Reminded", "reminder": "{kind} to the {role}, {day}",
        # leaders
        "h_told": "What leaders were told, and how fast", "told0": "No important or collective case was received.",
        "told1": "One important or collective case was received.", "told": "{n:,} important or collective cases were received.",
        "alerted": "Of those listed, {alerted:,} led to an alert; for {told:,} the ledger says that a leader was told.",
        "told_after": "From the ledger's first sight of a case to the first alert it took {time} (median).",
        "told_list": "Important and collective cases", "seen": "First seen", "alerts": "Alerts", "after": "After",
        "minutes": "{n:.0f} min", "at_once": "under 1 min", "hours": "{h} h {m} min", "alert": "{role} {when}",
        # numbers
        "h_integrity": "Numbers accounted for", "check": "Check", "integrity": "Numbers and rows",
        "whole": "Each of the three checks found nothing.",
        "missing": "Numbers missing from the Register", "vanished": "Numbers gone from Filing",
        "invalid": "Rows wrong for more than a working day", "restricted_besides": "{numbers} and {n:,} restricted",
        "restricted_only": "{n:,} restricted",
        # to be written
        "h_words": "The office's own account", "h_done": "What was done", "h_learnt": "What was learnt", "h_change": "What will change",
        "done": "[What was done: to be written by the office]", "learnt": "[What was learnt: to be written by the office]",
        "change": "[What will change, by when, and who sees to it: to be written by the office]",
        "drawn_up_by": "Drawn up by", "approved_by": "Approved by", "signed_on": "Date",
        "person": "[name and post]", "date": "[date]", "school": "[name of the school]",
        # annexes
        "h_behind": "The cases behind missed targets", "all_behind": "Of many cases the first are named here; the office has the whole list.",
        "behind": "Cases that fell short of a target", "cases_column": "Which cases",
        "h_counting": "Annex: How the figures are counted", "how": "How it is counted", "counting": "The indicators",
        "source": "The figures were worked out on {day} at {time} from the tabs “{register}” and “{filing}” of the ledger.",
        "shares": "Shares of what was received are rounded as well: they need not add up to 100 %.",
        "now": "What is open, late or unaccounted for is so on the day on which the figures were worked out.",
    },
    "zh": {
        "title": "{year}信访工作总结", "name": "{year}信访工作总结",
        "span": "{first}至{last}", "part": "{label}{n}件",
        "total": "合计", "per_cent": "{n}%", "cases": "件数", "share": "占比",
        "restricted": "其中保密件{n}件，只计数，不列出。",
        "more": "共{n}件，表中列出前{shown}件。",
        "h_figures": "总体情况",
        "received0": "{first}至{last}，未收到信访事项", "received1": "{first}至{last}，共收到信访事项1件",
        "received": "{first}至{last}，共收到信访事项{n}件",
        "before0": "（{year}账本中无记录）。", "before": "（{year}为{n}件）。",
        "by_channel": "按来源形式分：{parts}。", "by_kind": "按类别分：{parts}。",
        "replied0": "同期没有答复。", "replied1": "同期答复1件。", "replied": "同期答复{n}件。",
        "not_over": "统计期尚未结束，以上为截至{day}的数据。",
        "open0": "截至{day}，没有在办件。", "open1": "截至{day}，在办1件", "open": "截至{day}，在办{n}件",
        "late0": "，无超期。", "late1": "，其中超期1件。", "late": "，其中超期{n}件。",
        "open1_late0": "，未超期。", "open1_late1": "，已超期。",
        "months": "各月收到和答复件数", "month": "月份", "month_received": "收到", "month_replied": "答复",
        "months_shown": "柱形图：{first}至{last}各月收到和答复的件数，数值见前表。",
        "h_indicators": "办理指标", "indicator": "指标", "target": "目标", "met": "是否达标",
        "targets": "设有目标的指标{n}项，其中有可统计事项的{measured}项：达标{met}项，未达标{missed}项。",
        "missed_ones": "未达标：{parts}。", "missed_one": "{name}{value}", "missed_count": "{name}{value}件",
        "indicators": "各项指标、目标及上年对照",
        "h_parts": "信访构成", "bars_shown": "条形图：{by}，自上而下与前表顺序一致。",
        "t_channel": "各来源形式收到件数", "t_kind": "各类别收到件数", "t_topic": "各事项收到件数", "t_department": "各承办部门收到件数",
        "h_channel": "来源形式", "h_kind": "类别", "h_topic": "事项", "h_department": "承办部门",
        "no_part": "未收到信访事项。", "part_apart": "未分列的保密件",
        "h_open": "在办与超期（截至{day}）", "age": "收到至今天数", "age_open": "在办", "age_late": "其中超期",
        "ages": "在办件的办理时长", "late_list": "超期件（最久的在前）", "days_late": "超期天数",
        "none_late": "没有超期件。",
        "h_superiors": "上级和领导交办事项",
        "superiors0": "统计期内没有待反馈的上级或领导交办事项。",
        "superiors1": "统计期内有待反馈的上级或领导交办事项1件。", "superiors": "统计期内有待反馈的上级或领导交办事项{n}件。",
        "superior_parts": "表中所列：{parts}。", "in_time": "按期反馈", "not_in_time": "超期",
        "waiting": "未到期", "no_day": "已反馈（未定期限）",
        "superior_list": "上级和领导交办事项", "wanted_by": "反馈时限", "in_time_column": "是否按期",
        "h_special": "集体访、重复件和越级访",
        "h_collective": "集体访", "collective0": "没有集体访。", "collective1": "集体访1件。", "collective": "集体访{n}件。",
        "h_repeats": "重复件", "repeats0": "没有重复件。", "repeats1": "重复件1件。", "repeats": "重复件{n}件。",
        "h_leapfrog": "越级访", "leapfrog0": "没有越级访。", "leapfrog1": "越级访1件。", "leapfrog": "越级访{n}件。",
        "handled1": "表中所列有1件此前已在本单位办理。", "handled": "表中所列有{n}件此前已在本单位办理。",
        "evidence": "下表列出此前的办理情况：期限、答复日期和提醒对象。仅作事实记录，不作责任认定。",
        "leapfrog_list": "越级访及此前在本单位的办理情况", "earlier": "此前的件", "due": "期限",
        "replied_on": "答复日期", "reminded": "提醒和督办", "reminder": "{day}{kind}（{role}）",
        "h_told": "重要突发和集体访的报告情况", "told0": "没有重要突发件或集体访。",
        "told1": "重要突发件和集体访1件。", "told": "重要突发件和集体访共{n}件。",
        "alerted": "表中所列发出紧急通知的{alerted}件，账本记有报告领导的{told}件。",
        "told_after": "从首次见到该件到发出第一次紧急通知，用时中位数为{time}。",
        "told_list": "重要突发件和集体访", "seen": "首次见到", "alerts": "紧急通知", "after": "用时",
        "minutes": "{n:.0f}分钟", "at_once": "不足1分钟", "hours": "{h}小时{m}分", "alert": "{role} {when}",
        "h_integrity": "编号核对", "check": "核对内容", "integrity": "编号和登记行",
        "whole": "三项核对均未发现问题。",
        "missing": "登记表缺失的编号", "vanished": "归档表缺失的编号", "invalid": "有误超过一个工作日的行",
        "restricted_besides": "{numbers}，另有保密件{n}件", "restricted_only": "保密件{n}件",
        "h_words": "工作情况", "h_done": "主要做法", "h_learnt": "存在问题和体会", "h_change": "下一步打算",
        "done": "［主要做法：由信访办填写］", "learnt": "［存在问题和体会：由信访办填写］",
        "change": "［下一步打算、完成时限和责任人：由信访办填写］",
        "drawn_up_by": "填报人", "approved_by": "签发人", "signed_on": "日期",
        "person": "［姓名、职务］", "date": "［年月日］", "school": "［学校名称］",
        "h_behind": "未达标指标所涉各件", "all_behind": "件数较多的只列前几件，完整清单存信访办备查。", "behind": "未达标的各件", "cases_column": "涉及各件",
        "h_counting": "附件：统计口径", "how": "统计方法", "counting": "各项指标",
        "source": "以上数据于{day}{time}由账本“{register}”“{filing}”两表计算得出。",
        "shares": "占比同样四舍五入，各项之和不一定等于100%。",
        "now": "在办、超期和编号核对均为计算当日的情况。",
    },
}  # fmt: skip


def text_for(language: Language, key: str, **what: object) -> str:
    return TEXTS[language][key].format(**what)


def counted(language: Language, key: str, n: int, **what: object) -> str:
    """The text for this number; none and one have texts of their own if the language needs them."""
    texts = TEXTS[language]
    own = f"{key}{n}"
    return (texts[own] if n < 2 and own in texts else texts[key]).format(n=n, **what)


def year_name(period: Period, language: Language) -> str:
    """`2026` or `2025/26`; `2026年度` or `2025—2026学年度`."""
    first, last = period.first.year, period.last.year
    if first == last:
        return in_language(language, f"{first}", f"{first}年度")
    chinese = f"{first}—{last}{'学年度' if period.first.month == SCHOOL_YEAR_FROM else '年度'}"
    return in_language(language, f"{first}/{last % 100:02}", chinese)


def day_short(day: date | None, language: Language) -> str:
    """A day in a table: `2 Mar 2026`, `2026-03-02`, or a dash."""
    if day is None:
        return NONE
    return in_language(language, short_day(day, date.min, "en"), day.isoformat())


def month_short(first: date, period: Period, language: Language) -> str:
    """`Mar` or `3月`; with its year if the period has several: `Sep 2025`, `2025.9`."""
    one_year = period.first.year == period.last.year == first.year
    if one_year:
        return month_alone(first, language)
    return in_language(language, short_month(first, "en"), f"{first.year}.{first.month}")


def moment_short(at: datetime | None, language: Language) -> str:
    return NONE if at is None else f"{day_short(at.date(), language)} {at:%H:%M}"


def time_taken(minutes: float | None, language: Language) -> str:
    """`35 min`, from two hours on `3 h 5 min`; a dash for none."""
    if minutes is None:
        return NONE
    if minutes < 1:
        return text_for(language, "at_once")
    hours, rest = divmod(round(minutes), 60)
    return (
        text_for(language, "hours", h=hours, m=rest)
        if hours >= HOURS_FROM
        else text_for(language, "minutes", n=minutes)
    )


def yes_no(yes: bool | None, language: Language) -> str:
    return NONE if yes is None else (YesNo.YES if yes else YesNo.NO).label(language)
