"""`explain`: by which rule a case went where, each deadline as a sum; of a restricted case only where to ask."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import pytest

from automation.ledger.errors import LedgerError
from automation.reports.case.explain import explain, explained, reasons
from automation.run.job import JOBS, Request, Result
from automation.run.plan import plan
from sheet_schema import LANGUAGES, SETTING, Language
from tests.support.ledger_in_memory import NOW, Rows, line, snapshot

CLOCK = datetime(2026, 3, 18, 1, tzinfo=UTC)

# Choices are given by their keys, which are read in both languages.
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
    case = line(channel="visit", kind="complaint", topic="Canteen", summary="Cold soup", received_on=date(2026, 3, 2))
    ledger = snapshot(language, **{"register": ({**case, **cells},), **tabs})
    return plan(ledger, Request(JOBS["run"], NOW, CLOCK, dry_run=True))


# By which rule the case went where, and each of its deadlines as a sum (docs/design.md#p3.14).
@pytest.mark.parametrize(
    ("cells", "english", "chinese"),
    [
        pytest.param(
            {},
            [
                "LV-00001  In hand  Decide 2026-03-10  Late",
                "Department: East, by routing row 2 (order 10)",
                "    Note: The kitchen is theirs",
                "Decide: due 2026-03-10 = Received 2026-03-02 + 5 working days,"
                " not counting Founders (2026-03-04 to 2026-03-05) and 1 weekend day, counting Swap (2026-03-07) worked instead; 8 days late",
                "    Basis: Rule 7",
                "Reply: due 2026-04-02 = Received 2026-03-02 + 30 days, moved on from 2026-04-01, a day off",
                "    Deadlines, row 3",
                "Flags: Overdue",
            ],
            [
                "LV-00001  办理中  受理 2026-03-10  超期",
                "承办部门：East，依“分办规则”第2行（顺序10）",
                "    备注：The kitchen is theirs",
                "受理：2026-03-10到期（收到日期2026-03-02起5个工作日，"
                "扣除Founders（2026-03-04至2026-03-05）和周末1天，计入调休上班Swap（2026-03-07））；已超期8天",
                "    依据：Rule 7",
                "答复：2026-04-02到期（收到日期2026-03-02起30日，2026-04-01为休息日，顺延）",
                "    “时限”表第3行",
                "标志：超期",
            ],
            id="open",
        ),
        pytest.param(
            {**ACCEPTED, "department": "West"},
            [
                "LV-00001  In hand  Reply 2026-04-02  On time",
                "Department: West, typed by a person (routing would say: East)",
                "Decide: done on 2026-03-03 (was due 2026-03-10 = Received 2026-03-02 + 5 working days,"
                " not counting Founders (2026-03-04 to 2026-03-05) and 1 weekend day, counting Swap (2026-03-07) worked instead)",
                "    Basis: Rule 7",
                "Reply: due 2026-04-02 = Accepted 2026-03-03 + 30 days",
                "    Deadlines, row 3",
            ],
            [
                "LV-00001  办理中  答复 2026-04-02  正常",
                "承办部门：West，由人工填写（按规则应为：East）",
                "受理：2026-03-03已完成（2026-03-10到期：收到日期2026-03-02起5个工作日，"
                "扣除Founders（2026-03-04至2026-03-05）和周末1天，计入调休上班Swap（2026-03-07））",
                "    依据：Rule 7",
                "答复：2026-04-02到期（受理日期2026-03-03起30日）",
                "    “时限”表第3行",
            ],
            id="done-and-typed",
        ),
        pytest.param(
            {
                **ACCEPTED,
                "received_on": date(2026, 3, 10),
                "decided_on": date(2026, 3, 10),
                "notified_on": date(2026, 3, 10),
                "extended_to": date(2026, 4, 20),
                "extension_by": "赵刚",
                "extension_reason": "Half of them were away",
                "summary": "A late bus",
            },
            [
                "LV-00001  In hand  Reply 2026-04-20  On time",
                "Department: West, by routing row 3 (order 20)",
                "Decide: done on 2026-03-10 (was due 2026-03-17 = Received 2026-03-10 + 5 working days, not counting 2 weekend days)",
                "    Basis: Rule 7",
                "Reply: due 2026-04-20 = extended to 2026-04-20 (before: accepted 2026-03-10 + 30 days)",
                "    The day stands because it was approved, reasoned and in time.",
                "    Deadlines, row 3",
                "Flags: Extended",
            ],
            [
                "LV-00001  办理中  答复 2026-04-20  正常",
                "承办部门：West，依“分办规则”第3行（顺序20）",
                "受理：2026-03-10已完成（2026-03-17到期：收到日期2026-03-10起5个工作日，扣除周末2天）",
                "    依据：Rule 7",
                "答复：2026-04-20到期（延期至2026-04-20，原为受理日期2026-03-10起30日）",
                "    已批准、有理由且在原期限内提出，故按延期计算。",
                "    “时限”表第3行",
                "标志：已延期",
            ],
            id="extended",
        ),
        pytest.param(
            {
                **ACCEPTED,
                "channel": "superior",
                "superior_ref": "EDU-7",
                "superior_due": date(2026, 3, 20),
                "summary": "Noise",
            },
            [
                "LV-00001  In hand  Report back 2026-03-03  Late",
                "Department: Office, by routing row 4 (order 99)",
                "Decide: done on 2026-03-03 (was due 2026-03-10 = Received 2026-03-02 + 5 working days,"
                " not counting Founders (2026-03-04 to 2026-03-05) and 1 weekend day, counting Swap (2026-03-07) worked instead)",
                "    Basis: Rule 7",
                "Reply: due 2026-03-20 = the day named by whoever asked",
                "    Deadlines, row 3",
                "Report back: due 2026-03-03 = Received 2026-03-02 + 1 day; 15 days late",
                "    Deadlines, row 4",
                "Flags: Overdue",
            ],
            [
                "LV-00001  办理中  反馈交办方 2026-03-03  超期",
                "承办部门：Office，依“分办规则”第4行（顺序99）",
                "受理：2026-03-03已完成（2026-03-10到期：收到日期2026-03-02起5个工作日，"
                "扣除Founders（2026-03-04至2026-03-05）和周末1天，计入调休上班Swap（2026-03-07））",
                "    依据：Rule 7",
                "答复：2026-03-20到期（上级交办时限）",
                "    “时限”表第3行",
                "反馈交办方：2026-03-03到期（收到日期2026-03-02起1日）；已超期15天",
                "    “时限”表第4行",
                "标志：超期",
            ],
            id="from-a-superior",
        ),
        pytest.param(
            {
                "decision": "decline",
                "decided_on": date(2026, 3, 3),
                "reason": "Not ours",
                "notified_on": date(2026, 3, 4),
            },
            [
                "LV-00001  Closed",
                "Department: none yet",
                "Decide: done on 2026-03-03 (was due 2026-03-10 = Received 2026-03-02 + 5 working days,"
                " not counting Founders (2026-03-04 to 2026-03-05) and 1 weekend day, counting Swap (2026-03-07) worked instead)",
                "    Basis: Rule 7",
                "Closed on 2026-03-04.",
            ],
            [
                "LV-00001  办结",
                "承办部门：尚未确定",
                "受理：2026-03-03已完成（2026-03-10到期：收到日期2026-03-02起5个工作日，"
                "扣除Founders（2026-03-04至2026-03-05）和周末1天，计入调休上班Swap（2026-03-07））",
                "    依据：Rule 7",
                "2026-03-04办结。",
            ],
            id="closed",
        ),
        pytest.param(
            {"contact": "", "topic": "", "received_on": date(2026, 3, 17)},
            [
                "LV-00001  Incomplete  Decide 2026-03-24  On time",
                "Department: none yet",
                "Decide: due 2026-03-24 = Received 2026-03-17 + 5 working days, not counting 2 weekend days",
                "    Basis: Rule 7",
                "Reply: due 2026-04-16 = Received 2026-03-17 + 30 days",
                "    Deadlines, row 3",
                "To be mended: Missing: Contact, Topic. Fill them in.",
            ],
            [
                "LV-00001  待完善  受理 2026-03-24  正常",
                "承办部门：尚未确定",
                "受理：2026-03-24到期（收到日期2026-03-17起5个工作日，扣除周末2天）",
                "    依据：Rule 7",
                "答复：2026-04-16到期（收到日期2026-03-17起30日）",
                "    “时限”表第3行",
                "待改正：缺少：联系方式、事项。请填写。",
            ],
            id="incomplete",
        ),
    ],
)
def test_why_a_case_is_where_it_is_and_due_when(
    cells: Mapping[str, object], english: list[str], chinese: list[str]
) -> None:
    told = {language: reasons(result(language, cells), "LV-00001") for language in ("en", "zh")}  # type: ignore[arg-type]

    assert told == {"en": english, "zh": chinese}


# "A restricted case appears in everything the tool … prints … as number, step, date and 'ask the office', nothing
# else" (docs/design.md#p5.7).
RESTRICTED = {
    "en": [
        "LV-00001  Decide 2026-03-10  ask the office",
        "The department and the rule of a restricted case are in the ledger.",
    ],
    "zh": ["LV-00001  受理 2026-03-10  请向信访办当面了解", "保密件的承办部门和规则请查看台账。"],
}


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param({"restricted": "yes"}, id="said-so"),
        pytest.param({"kind": "allegation", "about": "王强"}, id="an-allegation"),
        pytest.param({"kind": "allegation", "about": ""}, id="an-allegation-against-nobody-yet"),
        pytest.param({"kind": "allegation", "about": "王老师"}, id="somebody-who-could-be-two"),
        pytest.param({"restricted": "yes", "department": "West", "important": "✓"}, id="whatever-else-is-filled-in"),
    ],
)
def test_of_a_restricted_case_only_number_step_and_day_are_told(cells: Mapping[str, object]) -> None:
    told = {language: explain(result(language, cells), "LV-00001") for language in ("en", "zh")}  # type: ignore[arg-type]

    assert told == RESTRICTED


def test_a_restricted_case_that_is_closed_has_no_step_to_tell() -> None:
    closed = {
        "restricted": "yes",
        "decision": "decline",
        "decided_on": date(2026, 3, 3),
        "reason": "Not ours",
        "notified_on": date(2026, 3, 4),
    }

    told = explain(result("en", closed), "LV-00001")

    assert told == ["LV-00001  ask the office", RESTRICTED["en"][1]]


def test_a_department_that_is_meant_itself_is_passed_over() -> None:
    """A department named in an allegation is in conflict. If the case is not restricted, it says who was passed
    over."""
    told = explain(
        result("en", {"kind": "allegation", "about": "East", "restricted": "no", "reason": "public"}), "LV-00001"
    )

    assert told[1:3] == [
        "Department: West, by routing row 3 (order 20)",
        "    Passed over because of a conflict of interest: row 2",
    ]


# Finding the case.
@pytest.mark.parametrize("text", ["LV-00001", " lv-00001 ", "ＬＶ－００００１", "lv－00001"])
def test_a_number_is_found_however_it_is_typed(text: str) -> None:
    assert explain(result("en", {}), text) == explain(result("en", {}), "LV-00001")


@pytest.mark.parametrize("text", ["LV-00009", "9", "", "LV-00001X"])
def test_a_case_that_is_not_there_is_said(text: str) -> None:
    with pytest.raises(LedgerError) as refused:
        explain(result("en", {}), text)

    assert (refused.value.say("en"), refused.value.say("zh")) == (
        f"There is no case {text} in the Register.",
        f"“登记”表中没有编号{text}。",
    )


def test_a_blank_line_of_the_pad_has_nothing_to_tell() -> None:
    told = {language: explain(result(language, {}), "LV-00002") for language in ("en", "zh")}  # type: ignore[arg-type]

    assert told == {
        "en": [
            "LV-00002",
            "Department: none yet",
            "So far:",
            "    2026-03-18         job    Number issued",
            "Next, if nobody types anything:",
            "    Nothing: nobody has typed in this line yet.",
        ],
        "zh": [
            "LV-00002",
            "承办部门：尚未确定",
            "经过：",
            "    2026-03-18         系统  编定编号",
            "接下来（若无人填写）：",
            "    无：本行尚未填写。",
        ],
    }


# The whole story: what happened, and what comes next if nobody types anything.
LADDER: Rows = ({"step": "reply", "level": 1, "after": 1, "unit": "workday", "to": "leader", "ask_explanation": "yes"},)
INDEX: Rows = ({"case_no": "LV-00001", "issued_on": date(2026, 2, 20), "first_seen": date(2026, 3, 2)},)
AT_NINE = datetime(2026, 3, 2, 9)
BY_RULE = {"en": "Routing row 2 (order 10)", "zh": "“分办规则”第2行（顺序10）"}


def lived(language: Language, cells: Mapping[str, object] | None = None, **tabs: Rows) -> Result:
    """A case that was given to East on 2 March, whose department was told."""
    department = {"en": "Department", "zh": "承办部门"}[language]
    given: dict[str, Rows] = {
        "escalation": LADDER, "index": INDEX,
        "departments": ({"name": "East", "email": "east@s.example", "leader": "赵刚"}, {"name": "West"}, {"name": "Office"}),
        "history": ({"run": "r", "at": AT_NINE, "case_no": "LV-00001", "column": department, "after": "East", "why": BY_RULE[language]},),
        "notices": (
            {"key": "LV-00001|assignment|||1|handler", "case_no": "LV-00001", "kind": "assignment", "level": "1", "slot": "handler",
             "holder": "East", "to": "east@s.example", "state": "sent", "run": "r", "claimed_at": AT_NINE, "done_at": AT_NINE},
        ),
        **tabs,
    }  # fmt: skip
    return result(language, {**ACCEPTED, "department": "East", **(cells or {})}, **given)


def test_a_whole_story() -> None:
    told = {language: explain(lived(language), "LV-00001") for language in ("en", "zh")}  # type: ignore[arg-type]

    assert told == {
        "en": [
            "LV-00001  In hand  Reply 2026-04-02  On time",
            "Department: East, by routing row 2 (order 10)",
            "    Note: The kitchen is theirs",
            "Decide: done on 2026-03-03 (was due 2026-03-10 = Received 2026-03-02 + 5 working days,"
            " not counting Founders (2026-03-04 to 2026-03-05) and 1 weekend day, counting Swap (2026-03-07) worked instead)",
            "    Basis: Rule 7",
            "Reply: due 2026-04-02 = Accepted 2026-03-03 + 30 days",
            "    Deadlines, row 3",
            "So far:",
            "    2026-02-20         job    Number issued",
            "    2026-03-02         staff  Received (Visit), by 李敏",
            "    2026-03-02         job    First seen by a run",
            "    2026-03-02  09:00  job    Given to East (Routing row 2 (order 10))",
            "    2026-03-02  09:00  job    Mail (assigned, East) to handler (east@s.example): sent",
            "    2026-03-03         staff  Decision: Accept",
            "    2026-03-03         staff  Acknowledged",
            "Next, if nobody types anything:",
            "    2026-03-26         job    Mail (reminder, Reply 2026-04-02, 7 days before) to handler (East)",
            "    2026-03-30         job    Mail (reminder, Reply 2026-04-02, 3 days before) to handler (East)",
            "    2026-03-31         job    Mail (reminder, Reply 2026-04-02, 1 day before) to handler (East)",
            "    2026-04-02                Reply is due",
            "    2026-04-03         job    Mail (overdue, Reply 2026-04-02, level 1) to handler (East), senior leader (赵刚); asks for an explanation in writing",
            "    Sending is trial: mails are only written and shown.",
            "    Waits for: Replied on",
        ],
        "zh": [
            "LV-00001  办理中  答复 2026-04-02  正常",
            "承办部门：East，依“分办规则”第2行（顺序10）",
            "    备注：The kitchen is theirs",
            "受理：2026-03-03已完成（2026-03-10到期：收到日期2026-03-02起5个工作日，"
            "扣除Founders（2026-03-04至2026-03-05）和周末1天，计入调休上班Swap（2026-03-07））",
            "    依据：Rule 7",
            "答复：2026-04-02到期（受理日期2026-03-03起30日）",
            "    “时限”表第3行",
            "经过：",
            "    2026-02-20         系统  编定编号",
            "    2026-03-02         人工  收到（来访），接件人：李敏",
            "    2026-03-02         系统  系统首次读到",
            "    2026-03-02  09:00  系统  交East承办（“分办规则”第2行（顺序10））",
            "    2026-03-02  09:00  系统  邮件（分办通知，East）发给经办人（east@s.example）：已发送",
            "    2026-03-03         人工  受理意见：受理",
            "    2026-03-03         人工  已告知信访人",
            "接下来（若无人填写）：",
            "    2026-03-26         系统  邮件（到期提醒，答复 2026-04-02，提前7日）发给经办人（East）",
            "    2026-03-30         系统  邮件（到期提醒，答复 2026-04-02，提前3日）发给经办人（East）",
            "    2026-03-31         系统  邮件（到期提醒，答复 2026-04-02，提前1日）发给经办人（East）",
            "    2026-04-02               答复到期",
            "    2026-04-03         系统  邮件（超期督办，答复 2026-04-02，第1级）发给经办人（East）、分管领导（赵刚）；要求书面说明",
            "    目前为试运行：邮件只生成、不发出。",
            "    尚待填写：答复日期",
        ],
    }


# Why nothing more comes, or what the case waits for.
@pytest.mark.parametrize(
    ("ago", "cells", "tabs", "english", "chinese"),
    [
        pytest.param(0, {}, {"deadlines": DEADLINES[:1]}, "Nothing.", "无。", id="nothing"),
        pytest.param(0, {"decision": "decline"}, {}, "Nothing, until what is to be mended is mended.", "无：待改正事项改正之前，系统不会再有动作。", id="to-be-mended"),
        pytest.param(30, {"outcome": "supported"}, {"deadlines": DEADLINES[1:2], "escalation": ()}, "Nothing more by itself. It waits for: Replied on", "系统不会再有动作。尚待填写：答复日期", id="only-people"),
        pytest.param(60, {"contact": "", "decision": "void", "reason": "Twice"}, {}, "It stays in the Register: something keeps it from Filing (see what is to be mended, and Notices).", "仍留在“登记”表：有原因使其不能归档（见待改正事项和“通知”表）。", id="held"),
        pytest.param(0, {}, {"index": ({"case_no": "LV-00009", "issued_on": date(2026, 3, 1)},)}, "Nothing, until it is clear whose number this is.", "无：编号归属查明之前不作处理。", id="in-doubt"),
        pytest.param(0, {}, {"index": tuple({"case_no": f"LV-0000{n}", "first_seen": date(2026, 3, 1)} for n in range(1, 10))}, "Nothing: every run stops until a person has looked (see check).", "无：有待核实的问题，运行一律停止（见 check）。", id="stopped"),
    ],
)  # fmt: skip
def test_how_the_rest_is_put(
    ago: int, cells: Mapping[str, object], tabs: dict[str, Rows], english: str, chinese: str
) -> None:
    day = date(2026, 3, 2) - timedelta(days=ago)
    all_cells = {**dict.fromkeys(("received_on", "decided_on", "notified_on"), day), **cells}
    told = [explain(lived(language, all_cells, **tabs), "LV-00001")[-1] for language in ("en", "zh")]  # type: ignore[arg-type]

    assert told == [f"    {english}", f"    {chinese}"]


# It says so if a pause, a trial or quiet hours hold mail back.
@pytest.mark.parametrize(
    ("settings", "english", "chinese"),
    [
        ({"sending": "trial"}, ["Sending is trial: mails are only written and shown."], ["目前为试运行：邮件只生成、不发出。"]),
        ({"sending": "paused"}, ["Sending is paused: no mail goes out until it is set to release or live."], ["目前暂停发送：改为“放行一次”或“正式发送”之前不发邮件。"]),
        ({"sending": "live"}, [], []),
        ({"sending": "live", "go_live_on": "2026-03-01", "send_from": "10:00"}, ["It is outside working hours: ordinary mail waits."], ["现在不是发信时间：普通邮件暂不发出。"]),
    ],
)  # fmt: skip
def test_what_keeps_mails_back(settings: Mapping[str, str], english: list[str], chinese: list[str]) -> None:
    told = []
    for language in LANGUAGES:
        rows = tuple({"name": SETTING[key].label(language), "value": value} for key, value in settings.items())
        whole = explain(lived(language, settings=rows, notices=()), "LV-00001")
        told.append([one.strip() for one in whole[:-1] if one.startswith("    ") and not one[4].isdigit()])

    assert [one[len(one) - len(english) :] for one in told] == [english, chinese]


def test_a_rule_of_another_day_is_told_from_a_person() -> None:
    """The rules have changed since, but History knows that it was a rule."""
    history = ({"run": "r", "at": AT_NINE, "case_no": "LV-00001", "column": "承办部门", "after": "West", "why": "r"},)
    told = [reasons(lived(language, {"department": "West"}, history=history), "LV-00001")[1] for language in LANGUAGES]

    assert told == [
        "Department: West, by the rules of that day (routing would now say: East)",
        "承办部门：West，依当时的规则（按现行规则应为：East）",
    ]


MARKER = "MARKER"


@pytest.mark.parametrize("closed", [False, True])
def test_the_whole_story_of_a_restricted_case_is_its_number_step_and_day(closed: bool) -> None:
    """Nothing in History, Notices or its row is told, nor any other step or day."""
    ended = {"decision": "decline", "reason": MARKER} if closed else {}
    story = lived(
        "en",
        {
            "restricted": "yes", "important": "✓", "summary": MARKER, "handler": MARKER, "repeat_of": MARKER, "extended_to": date(2026, 4, 20),
            "extension_by": MARKER, "extension_reason": MARKER, "leader_note": MARKER, **ended,
        },
        history=({"run": "r", "at": AT_NINE, "case_no": "LV-00001", "column": MARKER, "before": MARKER, "after": MARKER, "why": MARKER},),
        notices=({"key": MARKER, "case_no": "LV-00001", "kind": "reminder", "step": "reply", "slot": MARKER, "to": MARKER, "state": "failed", "error": MARKER, "claimed_at": AT_NINE},),
    )  # fmt: skip
    step = {} if closed else {"step": "reply", "due_on": "2026-04-02"}

    assert explain(story, "LV-00001") == [
        "LV-00001  ask the office" if closed else "LV-00001  Reply 2026-04-02  ask the office",
        RESTRICTED["en"][1],
    ]
    assert explained(story, "LV-00001") == {
        "case_no": "LV-00001", "now": "2026-03-18T09:00:00", "step": None, "due_on": None, **step, "ask": "ask the office",
    }  # fmt: skip


def test_a_copy_of_a_restricted_number_is_not_told_either() -> None:
    """Two rows have the number, one of them restricted: Notices and History may be about that one."""
    case = line(channel="visit", kind="complaint", topic="Canteen", summary="Cold soup")
    story = lived("en", register=(case, {**case, "restricted": "yes"}))

    assert explain(story, "LV-00001") == ["LV-00001  ask the office", RESTRICTED["en"][1]]


@pytest.mark.parametrize(
    ("earlier", "flags"),
    [({}, ["Flags: Repeat of LV-00001?"]), ({"restricted": "yes"}, [])],
    ids=["plain", "restricted"],
)
def test_a_flag_that_names_a_restricted_case_is_left_out(earlier: Mapping[str, object], flags: list[str]) -> None:
    case = line(channel="visit", kind="complaint", topic="Canteen", summary="Cold soup", received_on=date(2026, 3, 17))
    story = lived(
        "en",
        register=({**case, **earlier}, {**case, "case_no": "LV-00002"}),
        index=(*INDEX, {**INDEX[0], "case_no": "LV-00002"}),
        notices=(),
        history=(),
    )

    assert [one for one in explain(story, "LV-00002") if one.startswith("Flags")] == flags


def test_where_the_nearest_is_left_out_the_one_before_is_named() -> None:
    """As if the restricted case had never been typed (docs/design.md#p5.12)."""
    case = line(channel="visit", kind="complaint", topic="Canteen", summary="Cold soup", received_on=date(2026, 3, 17))
    numbers = ("LV-00002", "LV-00003")
    story = lived(
        "en",
        register=(case, {**case, "case_no": numbers[0], "restricted": "yes"}, {**case, "case_no": numbers[1]}),
        index=(*INDEX, *({**INDEX[0], "case_no": number} for number in numbers)),
        notices=(),
        history=(),
    )

    assert [one for one in explain(story, numbers[1]) if one.startswith("Flags")] == ["Flags: Repeat of LV-00001?"]


@pytest.mark.parametrize(
    ("owed", "said"),
    [
        pytest.param("decide=2026-03-05@2026-03-04", "due 2026-03-05, fixed on 2026-03-04; done in time", id="in-time"),
        pytest.param("decide=2026-03-02@2026-03-04", "due 2026-03-02, fixed on 2026-03-04; done late", id="late"),
        pytest.param("decide=-@2026-03-04", "no day, by the rules of 2026-03-04", id="nothing"),
    ],
)
def test_what_was_owed_is_said_where_the_rules_say_otherwise_by_now(owed: str, said: str) -> None:
    story = lived("en", index=({**INDEX[0], "owed": owed},))
    assert f"    What was owed: {said}" in explain(story, "LV-00001")


def test_the_same_as_one_object() -> None:
    story = lived("en", deadlines=DEADLINES[1:2])

    assert explained(story, "lv-00001") == {
        "case_no": "LV-00001", "now": "2026-03-18T09:00:00", "step": "reply", "due_on": "2026-04-02", "status": "in_hand",
        "light": "on_time", "department": "East", "handler": None, "closed_on": None, "problems": None, "flags": None,
        "rule": 2, "passed_over": [],
        "deadlines": [
            {"step": "reply", "due_on": "2026-04-02", "done_on": None, "open": True, "days_late": 0,
             "sum": "Accepted 2026-03-03 + 30 days", "basis": None, "row": 2, "owed": None},
        ],
        "so_far": [
            {"day": "2026-02-20", "time": None, "what": "numbered", "by": "job", "text": "Number issued", "facts": {}},
            {"day": "2026-03-02", "time": None, "what": "received", "by": "staff", "text": "Received (Visit), by 李敏",
             "facts": {"channel": "visit", "person": "李敏"}},
            {"day": "2026-03-02", "time": None, "what": "first_seen", "by": "job", "text": "First seen by a run", "facts": {}},
            {"day": "2026-03-02", "time": "09:00", "what": "assigned", "by": "job", "text": "Given to East (Routing row 2 (order 10))",
             "facts": {"department": "East", "why": "Routing row 2 (order 10)"}},
            {"day": "2026-03-02", "time": "09:00", "what": "mail", "by": "job",
             "text": "Mail (assigned, East) to handler (east@s.example): sent",
             "facts": {"kind": "assignment", "level": 1, "slot": "handler", "holder": "East", "state": "sent",
                       "done_at": "2026-03-02T09:00:00", "to": ["east@s.example"]}},
            {"day": "2026-03-03", "time": None, "what": "decided", "by": "staff", "text": "Decision: Accept", "facts": {"decision": "accept"}},
            {"day": "2026-03-03", "time": None, "what": "notified", "by": "staff", "text": "Acknowledged", "facts": {}},
        ],
        "next": [
            *(
                {"day": day, "time": None, "what": "mail", "by": "job",
                 "text": f"Mail (reminder, Reply 2026-04-02, {before} before) to handler (East)",
                 "facts": {"kind": "reminder", "step": "reply", "due_on": "2026-04-02", "readers": {"handler": ["East"]},
                           "before": int(before[0]), "unit": "day"}}
                for day, before in (("2026-03-26", "7 days"), ("2026-03-30", "3 days"), ("2026-03-31", "1 day"))
            ),
            {"day": "2026-04-02", "time": None, "what": "due", "by": None, "text": "Reply is due", "facts": {"step": "reply"}},
            {"day": "2026-04-03", "time": None, "what": "mail", "by": "job",
             "text": "Mail (overdue, Reply 2026-04-02, level 1) to handler (East), senior leader (赵刚); asks for an explanation in writing",
             "facts": {"kind": "escalation", "step": "reply", "due_on": "2026-04-02", "readers": {"handler": ["East"], "leader": ["赵刚"]},
                       "level": 1, "asks": True}},
        ],
        "waits_for": ["replied_on"],
        "notes": ["Sending is trial: mails are only written and shown.", "Waits for: Replied on"],
    }  # fmt: skip
    json.dumps(explained(story, "LV-00001"))  # JSON can hold all of it
