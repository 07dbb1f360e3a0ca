"""explain: by which rule a case went where, and each deadline as a sum; of a restricted case only where to ask."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest

from automation.errors import LedgerError
from automation.explain import explain
from automation.run import JOBS, Request, Result, work_out
from sheet_schema import Language
from tests.sample import NOW, Rows, line, snapshot

CLOCK = datetime(2026, 3, 18, 1, tzinfo=UTC)

# Choices are given by their keys, which both languages read.
DEADLINES: Rows = (
    {"enabled": "yes", "step": "decide", "who": "office", "starts_from": "received", "amount": 5, "unit": "workday",
     "roll_forward": "yes", "extend_up_to": 0, "remind_before": "1", "basis": "Rule 7"},
    {"enabled": "yes", "step": "reply", "who": "handler", "starts_from": "accepted", "amount": 30, "unit": "day",
     "roll_forward": "yes", "extend_up_to": 30, "remind_before": "7,3,1", "basis": ""},
    {"enabled": "yes", "step": "feedback", "who": "office", "starts_from": "received", "amount": 1, "unit": "day",
     "roll_forward": "no", "extend_up_to": 0, "remind_before": "", "basis": ""},
)  # fmt: skip
DEPARTMENTS: Rows = ({"name": "East"}, {"name": "West"}, {"name": "Office"})
ROUTING: Rows = (
    {
        "order": 10,
        "enabled": "yes",
        "keywords": "soup",
        "department": "East",
        "note": "The kitchen is theirs",
    },
    {"order": 20, "enabled": "yes", "keywords": "soup|bus", "department": "West"},
    {"order": 99, "enabled": "yes", "department": "Office"},
)
CALENDAR: Rows = (
    {"date": date(2026, 3, 4), "until": date(2026, 3, 5), "kind": "holiday", "name": "Founders"},
    {"date": date(2026, 3, 7), "kind": "workday", "name": "Swap"},
    {"date": date(2026, 4, 1), "kind": "holiday", "name": "Fair"},
)
ACCEPTED = {"decision": "accept", "decided_on": date(2026, 3, 3), "notified_on": date(2026, 3, 3)}


def result(language: Language, cells: Mapping[str, object], **tabs: Rows) -> Result:
    tabs = {
        "deadlines": DEADLINES, "departments": DEPARTMENTS, "routing": ROUTING, "calendar": CALENDAR,
        "topics": ({"name": "Canteen"},), **tabs,
    }  # fmt: skip
    case = line(
        channel="visit", kind="complaint", topic="Canteen", summary="Cold soup", received_on=date(2026, 3, 2)
    )
    ledger = snapshot(language, register=({**case, **cells},), **tabs)
    return work_out(ledger, Request(JOBS["run"], NOW, CLOCK, dry_run=True))


# "by which rule it went where, and each of its deadlines written out as a sum"
@pytest.mark.parametrize(
    ("cells", "english", "chinese"),
    [
        pytest.param(
            {},
            [
                "LV-00001  In hand  Decide 2026-03-10  Late",
                "Department: East, by routing row 2 (order 10)",
                "    Note: The kitchen is theirs",
                "Decide: due 2026-03-10 = Received 2026-03-02 + 5 workdays,"
                " not counting Founders (2026-03-04..2026-03-05), 1 weekend day, counting Swap (2026-03-07) worked instead",
                "    Basis: Rule 7",
                "Reply: due 2026-04-02 = Received 2026-03-02 + 30 days, moved on from 2026-04-01, a day off",
                "    Deadlines, row 3",
                "Flags: Overdue",
            ],
            [
                "LV-00001  办理中  受理决定 2026-03-10  超期",
                "承办部门：East，依“分办规则”第 2 行（顺序 10）",
                "    备注：The kitchen is theirs",
                "受理决定：期限 2026-03-10 = 来访日期 2026-03-02 + 5 工作日，"
                "不计 Founders（2026-03-04..2026-03-05）、周末 1 天，计入调休上班 Swap（2026-03-07）",
                "    依据：Rule 7",
                "答复：期限 2026-04-02 = 来访日期 2026-03-02 + 30 日，2026-04-01 为休息日，顺延",
                "    “时限”表第 3 行",
                "标志：超期",
            ],
            id="open",
        ),
        pytest.param(
            {**ACCEPTED, "department": "West"},
            [
                "LV-00001  In hand  Reply 2026-04-02  On time",
                "Department: West, typed by a person (routing would say: East)",
                "Decide: done on 2026-03-03 (was due 2026-03-10 = Received 2026-03-02 + 5 workdays,"
                " not counting Founders (2026-03-04..2026-03-05), 1 weekend day, counting Swap (2026-03-07) worked instead)",
                "    Basis: Rule 7",
                "Reply: due 2026-04-02 = Accepted 2026-03-03 + 30 days",
                "    Deadlines, row 3",
            ],
            [
                "LV-00001  办理中  答复 2026-04-02  正常",
                "承办部门：West，由人工填写（按规则应为：East）",
                "受理决定：已于 2026-03-03 完成（期限 2026-03-10 = 来访日期 2026-03-02 + 5 工作日，"
                "不计 Founders（2026-03-04..2026-03-05）、周末 1 天，计入调休上班 Swap（2026-03-07））",
                "    依据：Rule 7",
                "答复：期限 2026-04-02 = 受理日期 2026-03-03 + 30 日",
                "    “时限”表第 3 行",
            ],
            id="done-and-typed",
        ),
        pytest.param(
            {
                **ACCEPTED, "received_on": date(2026, 3, 10), "decided_on": date(2026, 3, 10),
                "notified_on": date(2026, 3, 10), "extended_to": date(2026, 4, 20), "extension_by": "赵刚",
                "extension_reason": "Half of them were away", "summary": "A late bus",
            },
            [
                "LV-00001  In hand  Reply 2026-04-20  On time",
                "Department: West, by routing row 3 (order 20)",
                "Decide: done on 2026-03-10 (was due 2026-03-17 = Received 2026-03-10 + 5 workdays, not counting 2 weekend days)",
                "    Basis: Rule 7",
                "Reply: due 2026-04-20 = extended to 2026-04-20 (before: Accepted 2026-03-10 + 30 days)",
                "    The day stands because it was approved, reasoned and in time.",
                "    Deadlines, row 3",
                "Flags: Extended",
            ],
            [
                "LV-00001  办理中  答复 2026-04-20  正常",
                "承办部门：West，依“分办规则”第 3 行（顺序 20）",
                "受理决定：已于 2026-03-10 完成（期限 2026-03-17 = 来访日期 2026-03-10 + 5 工作日，不计 周末 2 天）",
                "    依据：Rule 7",
                "答复：期限 2026-04-20 = 延期至 2026-04-20（原为：受理日期 2026-03-10 + 30 日）",
                "    已批准、有理由且未逾期提出，故按延期计算。",
                "    “时限”表第 3 行",
                "标志：已延期",
            ],
            id="extended",
        ),
        pytest.param(
            {
                **ACCEPTED, "channel": "superior", "superior_ref": "EDU-7", "superior_due": date(2026, 3, 20),
                "summary": "Noise",
            },
            [
                "LV-00001  In hand  Feedback 2026-03-03  Late",
                "Department: Office, by routing row 4 (order 99)",
                "Decide: done on 2026-03-03 (was due 2026-03-10 = Received 2026-03-02 + 5 workdays,"
                " not counting Founders (2026-03-04..2026-03-05), 1 weekend day, counting Swap (2026-03-07) worked instead)",
                "    Basis: Rule 7",
                "Reply: due 2026-03-20 = the superior body's own deadline",
                "    Deadlines, row 3",
                "Feedback: due 2026-03-03 = Received 2026-03-02 + 1 day",
                "    Deadlines, row 4",
                "Flags: Overdue",
            ],
            [
                "LV-00001  办理中  反馈上级 2026-03-03  超期",
                "承办部门：Office，依“分办规则”第 4 行（顺序 99）",
                "受理决定：已于 2026-03-03 完成（期限 2026-03-10 = 来访日期 2026-03-02 + 5 工作日，"
                "不计 Founders（2026-03-04..2026-03-05）、周末 1 天，计入调休上班 Swap（2026-03-07））",
                "    依据：Rule 7",
                "答复：期限 2026-03-20 = 上级交办时限",
                "    “时限”表第 3 行",
                "反馈上级：期限 2026-03-03 = 来访日期 2026-03-02 + 1 日",
                "    “时限”表第 4 行",
                "标志：超期",
            ],
            id="from-a-superior",
        ),
        pytest.param(
            {"decision": "decline", "decided_on": date(2026, 3, 3), "reason": "Not ours", "notified_on": date(2026, 3, 4)},
            [
                "LV-00001  Closed",
                "Department: none yet",
                "Decide: done on 2026-03-03 (was due 2026-03-10 = Received 2026-03-02 + 5 workdays,"
                " not counting Founders (2026-03-04..2026-03-05), 1 weekend day, counting Swap (2026-03-07) worked instead)",
                "    Basis: Rule 7",
                "Closed on 2026-03-04.",
            ],
            [
                "LV-00001  办结",
                "承办部门：尚未确定",
                "受理决定：已于 2026-03-03 完成（期限 2026-03-10 = 来访日期 2026-03-02 + 5 工作日，"
                "不计 Founders（2026-03-04..2026-03-05）、周末 1 天，计入调休上班 Swap（2026-03-07））",
                "    依据：Rule 7",
                "2026-03-04 办结。",
            ],
            id="closed",
        ),
        pytest.param(
            {"contact": "", "topic": "", "received_on": date(2026, 3, 17)},
            [
                "LV-00001  Incomplete  Decide 2026-03-24  On time",
                "Department: none yet",
                "Decide: due 2026-03-24 = Received 2026-03-17 + 5 workdays, not counting 2 weekend days",
                "    Basis: Rule 7",
                "Reply: due 2026-04-16 = Received 2026-03-17 + 30 days",
                "    Deadlines, row 3",
                "To be mended: Contact is missing. Fill it in. Topic is missing. Fill it in.",
            ],
            [
                "LV-00001  待完善  受理决定 2026-03-24  正常",
                "承办部门：尚未确定",
                "受理决定：期限 2026-03-24 = 来访日期 2026-03-17 + 5 工作日，不计 周末 2 天",
                "    依据：Rule 7",
                "答复：期限 2026-04-16 = 来访日期 2026-03-17 + 30 日",
                "    “时限”表第 3 行",
                "待改正：缺少“联系方式”。请填写。缺少“事项”。请填写。",
            ],
            id="incomplete",
        ),
    ],
)  # fmt: skip
def test_a_case_is_told_line_by_line(
    cells: Mapping[str, object], english: list[str], chinese: list[str]
) -> None:
    told = {language: explain(result(language, cells), "LV-00001") for language in ("en", "zh")}  # type: ignore[arg-type]

    assert told == {"en": english, "zh": chinese}


# "A restricted case appears in everything the tool … prints as number, step, date and 'ask the office', nothing else."
RESTRICTED = {
    "en": ["LV-00001  Decide 2026-03-10  ask the office", "The department and the rule of a restricted case are in the ledger."],
    "zh": ["LV-00001  受理决定 2026-03-10  请询问信访办", "保密件的承办部门和规则请查看账本。"],
}  # fmt: skip


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param({"restricted": "yes"}, id="said-so"),
        pytest.param({"kind": "allegation", "about": "王强"}, id="an-allegation"),
        pytest.param({"kind": "allegation", "about": ""}, id="an-allegation-against-nobody-yet"),
        pytest.param({"kind": "allegation", "about": "王老师"}, id="somebody-who-could-be-two"),
        pytest.param(
            {"restricted": "yes", "department": "West", "important": "✓"}, id="whatever-else-is-filled-in"
        ),
    ],
)
def test_of_a_restricted_case_only_number_step_and_day_are_told(cells: Mapping[str, object]) -> None:
    told = {language: explain(result(language, cells), "LV-00001") for language in ("en", "zh")}  # type: ignore[arg-type]

    assert told == RESTRICTED


def test_a_restricted_case_that_is_closed_has_no_step_to_tell() -> None:
    closed = {
        "restricted": "yes", "decision": "decline", "decided_on": date(2026, 3, 3), "reason": "Not ours",
        "notified_on": date(2026, 3, 4),
    }  # fmt: skip

    told = explain(result("en", closed), "LV-00001")

    assert told == ["LV-00001  ask the office", RESTRICTED["en"][1]]


def test_a_department_that_is_meant_itself_is_passed_over() -> None:
    """A named department is in conflict for an allegation; one that is not restricted tells who was passed over."""
    told = explain(result("en", {"kind": "allegation", "about": "East", "restricted": "no"}), "LV-00001")

    assert told[1:3] == [
        "Department: West, by routing row 3 (order 20)",
        "    Passed over because of a conflict of interest: row 2",
    ]


# Which case is meant.
@pytest.mark.parametrize("text", ["LV-00001", " lv-00001 ", "ＬＶ－００００１", "lv－00001"])
def test_a_number_is_found_however_it_is_typed(text: str) -> None:
    assert explain(result("en", {}), text) == explain(result("en", {}), "LV-00001")


@pytest.mark.parametrize("text", ["LV-00009", "1", "", "LV-00001X"])
def test_a_case_that_is_not_there_is_said(text: str) -> None:
    with pytest.raises(LedgerError) as refused:
        explain(result("en", {}), text)

    assert (refused.value.en, refused.value.zh) == (
        f"There is no case {text} in the Register.",
        f"登记表中没有编号 {text}。",
    )


def test_a_blank_line_of_the_pad_has_nothing_to_tell() -> None:
    assert explain(result("en", {}), "LV-00002") == ["LV-00002", "Department: none yet"]
