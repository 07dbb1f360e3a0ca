"""Each check of register rows: the problem it finds in which column, and a row close to it that passes."""

from __future__ import annotations

from datetime import datetime

import pytest

from automation.cases.cases import cases_of
from automation.ledger import problems as messages
from automation.ledger.model import Problem
from automation.steps.checks import CHECKS, find_problems
from sheet_schema import REGISTER
from tests.support.ledger_in_memory import NOW, ledger, line

Row = dict[str, object]
SEEN: Row = {"case_no": "LV-00001", "issued_on": "2026-03-01", "first_seen": "2026-03-02"}
OTHER: Row = {"case_no": "LV-00002", "issued_on": "2026-03-01", "first_seen": "2026-03-02"}


def problems(cells: Row, now: datetime = NOW, remembered: Row | None = None) -> list[Problem]:
    """The problems of a ledger's only case, in the order of `CHECKS`."""
    before = ledger(register=[line(**cells)], index=[{**SEEN, **(remembered or {})}, OTHER])
    return find_problems(cases_of(before, now))


def codes(found: list[Problem]) -> list[tuple[str, str]]:
    """Code and column of each problem; a warning has a `?` after its code."""
    return [(problem.code + "?" * problem.warning, problem.column) for problem in found]


ACCEPTED: Row = {"decision": "受理", "decided_on": "2026-03-04"}
DECLINED: Row = {"decision": "不予受理", "decided_on": "2026-03-04", "reason": "不属本校职权"}
REPLIED: Row = {**ACCEPTED, "outcome": "支持", "replied_on": "2026-03-10"}
SUPERIOR: Row = {"channel": "上级交办", "superior_ref": "教信7号", "superior_due": "2026-04-20"}
EXTENDED: Row = {**ACCEPTED, "extension_by": "赵刚", "extension_reason": "外调"}


# Which cells are required, and when.
@pytest.mark.parametrize(
    ("cells", "missing"),
    [
        pytest.param({}, [], id="complete"),
        pytest.param({"channel": ""}, ["channel"], id="channel"),
        pytest.param({"petitioner": ""}, ["petitioner"], id="petitioner"),
        pytest.param({"contact": ""}, ["contact"], id="contact"),
        pytest.param({"kind": ""}, ["kind"], id="kind"),
        pytest.param({"topic": ""}, ["topic"], id="topic"),
        pytest.param({"summary": ""}, ["summary"], id="summary"),
        pytest.param({"channel": "", "summary": ""}, ["channel", "summary"], id="two-in-the-order-of-the-columns"),
        pytest.param({"petitioner": "匿名", "contact": ""}, [], id="anonymous-needs-no-contact"),
        pytest.param({"petitioner": " Ａnonymous", "contact": ""}, [], id="anonymous-in-english"),
        pytest.param({"kind": "检举控告"}, ["about"], id="allegation-against-whom"),
        pytest.param({"kind": "检举控告", "about": "-"}, [], id="allegation-against-nobody"),
        pytest.param({"kind": "建议"}, [], id="suggestion-about-nobody"),
        pytest.param({"channel": "上级交办"}, ["superior_ref", "superior_due"], id="superior"),
        pytest.param({"channel": "领导交办"}, [], id="leader"),
        pytest.param({**DECLINED, "reason": ""}, ["reason"], id="declined"),
        pytest.param({**DECLINED, "decision": "转送", "reason": ""}, ["reason"], id="referred"),
        pytest.param({**DECLINED, "decision": "解释说明", "reason": ""}, ["reason"], id="explained"),
        pytest.param({**DECLINED, "decision": "作废", "reason": ""}, ["reason"], id="void"),
        pytest.param(ACCEPTED, [], id="accepted-needs-no-reason"),
        pytest.param({"kind": "抱怨"}, [], id="unreadable-is-reported-as-that-not-as-missing"),
    ],
)
def test_missing_cells(cells: Row, missing: list[str]) -> None:
    assert codes(problems(cells)) == [("missing", column) for column in missing]


# Each other check: a row with the problem, and the most similar one without. Now is 18 March 2026.
@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        # "otherwise the row asks which day" (docs/design.md#p2.15)
        pytest.param({"received_on": ""}, [("which_day_received", "received_on")], id="which-day-received"),
        pytest.param({"received_on": "三月初"}, [], id="received-on-unreadable"),
        pytest.param({"decision": "受理"}, [("which_day_decided", "decided_on")], id="which-day-decided"),
        pytest.param({"decision": "受理", "decided_on": "昨天"}, [], id="decided-on-unreadable"),
        # dates in order
        pytest.param({**ACCEPTED, "decided_on": "2026-03-01"}, [("out_of_order", "decided_on")], id="decided-before-received"),
        pytest.param({**ACCEPTED, "decided_on": "2026-03-02"}, [], id="decided-the-same-day"),
        pytest.param({**ACCEPTED, "notified_on": "2026-03-01"}, [("out_of_order", "notified_on")], id="notified-before-received"),
        pytest.param({**ACCEPTED, "notified_on": "2026-03-02"}, [], id="notified-before-decided-is-no-matter"),
        pytest.param({**REPLIED, "replied_on": "2026-03-01", "decided_on": "2026-03-02"},
            [("out_of_order", "replied_on"), ("out_of_order", "replied_on")], id="replied-before-received-and-decided"),
        pytest.param({**REPLIED, "replied_on": "2026-03-03"}, [("out_of_order", "replied_on")], id="replied-before-decided"),
        pytest.param({**REPLIED, "replied_on": "2026-03-04"}, [], id="replied-the-day-decided"),
        pytest.param({**SUPERIOR, "fed_back_on": "2026-03-01"}, [("out_of_order", "fed_back_on")], id="fed-back-before-received"),
        pytest.param({**SUPERIOR, "superior_due": "2026-03-01"}, [("out_of_order", "superior_due")], id="superiors-date-before-received"),
        pytest.param({**SUPERIOR, "superior_due": "2026-03-02"}, [], id="superiors-date-the-same-day"),
        pytest.param({**REPLIED, "review_on": "2026-03-09"}, [("out_of_order", "review_on")], id="review-before-the-reply"),
        pytest.param({**REPLIED, "review_on": "2026-03-10"}, [], id="review-the-day-of-the-reply"),
        pytest.param({**REPLIED, "review_on": "2026-03-12", "review_done_on": "2026-03-11"}, [("out_of_order", "review_done_on")], id="review-done-before-asked"),
        # a date in the future is a warning
        pytest.param({"received_on": "2026-03-19"}, [("in_the_future?", "received_on")], id="received-tomorrow"),
        pytest.param({"received_on": "2026-03-18"}, [], id="received-today"),
        pytest.param({**ACCEPTED, "decided_on": "2026-03-19"}, [("in_the_future?", "decided_on")], id="decided-tomorrow"),
        pytest.param({**ACCEPTED, "notified_on": "2026-03-19"}, [("in_the_future?", "notified_on")], id="notified-tomorrow"),
        pytest.param({**REPLIED, "replied_on": "2026-03-19"}, [("in_the_future?", "replied_on")], id="replied-tomorrow"),
        pytest.param({**SUPERIOR, "fed_back_on": "2026-03-19"}, [("in_the_future?", "fed_back_on")], id="fed-back-tomorrow"),
        pytest.param({**REPLIED, "review_on": "2026-03-19"}, [("in_the_future?", "review_on")], id="review-asked-tomorrow"),
        pytest.param({**REPLIED, "review_on": "2026-03-12", "review_done_on": "2026-03-19"}, [("in_the_future?", "review_done_on")], id="review-done-tomorrow"),
        # unknown departments and people
        pytest.param({"topic": "天气"}, [("unknown_topic", "topic")], id="unknown-topic"),
        pytest.param({"topic": "教 育教学"}, [], id="topic-however-spaced"),
        pytest.param({"department": "气象处"}, [("unknown_department", "department")], id="unknown-department"),
        pytest.param({"department": "王芳"}, [("unknown_department", "department")], id="a-person-is-no-department"),
        pytest.param({"department": "教导处"}, [], id="department-by-its-other-name"),
        pytest.param({"received_by": "孙平"}, [("unknown_person?", "received_by")], id="received-by-a-stranger"),
        pytest.param({"handler": "孙平"}, [("unknown_person?", "handler")], id="handled-by-a-stranger"),
        pytest.param({**EXTENDED, "extended_to": "2026-05-20", "extension_by": "孙平"}, [("approver_unknown", "extension_by")], id="approved-by-a-stranger"),
        pytest.param({"handler": "王　芳"}, [], id="person-however-spaced"),
        pytest.param({"handler": "李民"}, [("misspelt_person?", "handler")], id="person-misspelt"),
        pytest.param({"received_by": "王老师"}, [("several_people?", "received_by")], id="two-people-could-be-meant"),
        # the case in repeat_of exists
        pytest.param({"repeat_of": "LV-00009"}, [("unknown_case", "repeat_of")], id="repeat-of-no-case"),
        pytest.param({"repeat_of": "LV-00002"}, [], id="repeat-of-a-case-once-registered"),
        pytest.param({"repeat_of": "ｌｖ-00002"}, [], id="repeat-of-however-typed"),
        pytest.param({"repeat_of": "lv-00001"}, [("repeats_itself", "repeat_of")], id="repeat-of-itself"),
        pytest.param({"repeat_of": "无"}, [], id="looked-at-and-is-none"),
        # steps in order
        pytest.param({"decided_on": "2026-03-04"}, [("decision_first", "decided_on")], id="day-without-decision"),
        pytest.param({**REPLIED, "decision": "", "decided_on": ""}, [("decision_first", "replied_on")], id="reply-without-decision"),
        pytest.param({"decision": "准了", "decided_on": "2026-03-04"}, [], id="decision-unreadable"),
        pytest.param({**REPLIED, "outcome": ""}, [("reply_without_outcome", "outcome")], id="reply-without-outcome"),
        pytest.param({**REPLIED, "outcome": "很好"}, [], id="outcome-unreadable"),
        pytest.param({**REPLIED, "replied_on": ""}, [("outcome_without_reply?", "replied_on")], id="outcome-without-reply"),
        pytest.param({**REPLIED, "replied_on": "上周"}, [], id="reply-day-unreadable"),
        pytest.param({**REPLIED, "review_done_on": "2026-03-12"}, [("review_without_request", "review_on")], id="review-nobody-asked-for"),
        pytest.param({**REPLIED, "review_on": "2026-03-11", "review_done_on": "2026-03-12"}, [], id="review-asked-and-done"),
        pytest.param({**ACCEPTED, "told_of_extension_on": "2026-03-12"}, [("told_of_no_extension?", "told_of_extension_on")], id="told-of-no-extension"),
        # a superior's cells
        pytest.param({"superior_due": "2026-04-20"}, [("superior_unused?", "superior_due")], id="superiors-date-on-a-visit"),
        pytest.param({"superior_due": "2026-04-20", "channel": ""}, [("missing", "channel")], id="superiors-date-channel-still-blank"),
        pytest.param(SUPERIOR, [], id="superior-complete"),
        # "a name could be several people … and the row says so" (docs/design.md#p5.3)
        pytest.param({"about": "王老师"}, [("ambiguous_name?", "about")], id="two-people-of-that-name"),
        pytest.param({"about": "王老师;李老师"}, [("ambiguous_name?", "about"), ("ambiguous_name?", "about")], id="two-names-each-unsure"),
        pytest.param({"about": "副校长助理"}, [("ambiguous_name?", "about")], id="somebody-or-nobody-we-know"),
        pytest.param({"about": "副校长助理", "kind": "检举控告"}, [("ambiguous_name_kept?", "about")], id="allegation-about-somebody-or-nobody-we-know"),
        pytest.param({"about": "王芳"}, [], id="exact-name"),
        pytest.param({"about": "马云飞"}, [("stranger?", "about")], id="nobody-we-know"),
        pytest.param({"about": "王芳，马云飞"}, [("stranger?", "about")], id="one-of-two-is-nobody-we-know"),
        pytest.param({"about": "王芳等三人"}, [("others_unnamed?", "about")], id="somebody-and-others-unnamed"),
        pytest.param({"about": "王芳等三人", "kind": "检举控告"}, [("others_unnamed_kept?", "about")], id="allegation-about-somebody-and-others-unnamed"),
        pytest.param({"about": "马云飞（校外）"}, [], id="somebody-outside"),
        pytest.param({"about": "校车公司"}, [], id="a-company"),
        pytest.param({"about": "-"}, [], id="about-nobody"),
        pytest.param({"about": "/"}, [("says_nothing?", "about")], id="about-a-stroke"),
        pytest.param({"about": "X", "kind": "检举控告"}, [("says_nothing_kept?", "about")], id="allegation-about-a-tick"),
        pytest.param({"about": "王芳、某"}, [("says_nothing?", "about")], id="somebody-and-somebody-unnamed"),
        pytest.param({"about": "马云飞", "kind": "检举控告"}, [("stranger_kept?", "about")], id="allegation-about-nobody-we-know"),
        pytest.param({"about": "马云飞", "restricted": "是"}, [("stranger_kept?", "about")], id="restricted-about-nobody-we-know"),
        pytest.param({"kind": "检举控告", "about": "-", "restricted": "否"}, [("no_on_an_allegation?", "restricted")], id="no-on-an-allegation"),
        pytest.param({"kind": "检举控告", "about": "-", "restricted": "否", "reason": "已公开"}, [], id="no-on-an-allegation-with-a-reason"),
        pytest.param({"restricted": "否"}, [], id="no-on-a-complaint"),
        # an extension is approved by whom it is about
        pytest.param({**EXTENDED, "extended_to": "2026-05-20", "about": "赵刚"}, [("approved_by_barred?", "extension_by")], id="approved-by-whom-it-is-about"),
        pytest.param({**EXTENDED, "extended_to": "2026-05-20", "about": "王老师", "extension_by": "王强主任"}, [("approver_without_role", "extension_by"), ("ambiguous_name?", "about"), ("approved_by_barred?", "extension_by")], id="approved-by-whom-it-may-be-about"),
        pytest.param({**EXTENDED, "extended_to": "2026-05-20", "about": "王芳"}, [], id="approved-by-somebody-else"),
        # somebody is named in the summary, and `about` is blank
        pytest.param({"summary": "请王芳处理"}, [("mentioned?", "about")], id="mentioned"),
        pytest.param({"summary": "请王芳处理", "about": "-"}, [], id="mentioned-and-about-nobody"),
        pytest.param({"summary": "请王芳处理", "about": "王强"}, [], id="mentioned-and-about-somebody-else"),
        pytest.param({"summary": "请王芳处理", "kind": "检举控告"}, [("missing", "about")], id="mentioned-in-an-allegation"),
        pytest.param({"summary": "请教务处处理"}, [], id="a-department-is-mentioned"),
        # somebody is named in the summary of a secret case, and `about` says something else
        pytest.param({"summary": "王芳收礼", "kind": "检举控告", "about": "学校"}, [("mentioned_beside?", "about")], id="an-allegation-about-the-school-names-somebody"),
        pytest.param({"summary": "王芳收礼", "restricted": "是", "about": "教务处"}, [("mentioned_beside?", "about")], id="a-restricted-case-about-a-department-names-somebody"),
        pytest.param({"summary": "王芳收礼", "kind": "检举控告", "about": "马云飞"}, [("stranger_kept?", "about"), ("mentioned_beside?", "about")], id="an-allegation-about-nobody-we-know-names-somebody"),
        pytest.param({"summary": "教务处收礼", "kind": "检举控告", "about": "学校"}, [], id="an-allegation-about-the-school-names-a-department"),
        pytest.param({"summary": "王芳收礼", "kind": "检举控告", "about": "-"}, [], id="an-allegation-about-nobody-names-somebody"),
        pytest.param({"summary": "王芳收礼", "kind": "检举控告", "about": "王强"}, [], id="an-allegation-about-somebody-else-names-somebody"),
        pytest.param({"summary": "王芳拖堂", "about": "马云飞"}, [("stranger?", "about"), ("mentioned_beside?", "about")], id="a-complaint-about-nobody-we-know-names-somebody"),
        pytest.param({"summary": "王芳拖堂", "about": "补课班的事"}, [("stranger?", "about"), ("mentioned_beside?", "about")], id="a-complaint-about-a-thing-we-do-not-know-names-somebody"),
        pytest.param({"summary": "教室漏雨", "about": "马云飞"}, [("stranger?", "about")], id="a-complaint-about-nobody-we-know-names-nobody"),
        pytest.param({"summary": "王芳拖堂", "about": "学校"}, [], id="a-complaint-about-the-school-names-somebody"),
    ],
)  # fmt: skip
def test_checks(cells: Row, expected: list[tuple[str, str]]) -> None:
    assert codes(problems(cells)) == expected


# Extensions. The reply is due 30 days after 4 March, on Fri 3 April; the legal limit after 60, on Mon 4 May (the 3rd is
# a Sunday). 30 days more are allowed, 90 from the start, so 2 June for the legal limit. Now is 18 March unless `now` says otherwise.
@pytest.mark.parametrize(
    ("cells", "now", "remembered", "expected"),
    [
        pytest.param({**EXTENDED, "extended_to": "2026-05-20"}, "2026-03-18", {}, [], id="holds"),
        pytest.param({**EXTENDED, "extended_to": "2026-05-20", "extension_by": ""}, "2026-03-18", {}, ["extension_incomplete"], id="approved-by-nobody"),
        pytest.param({**EXTENDED, "extended_to": "2026-05-20", "extension_reason": ""}, "2026-03-18", {}, ["extension_incomplete"], id="no-reason"),
        pytest.param(EXTENDED, "2026-03-18", {}, ["extension_incomplete"], id="no-day"),
        pytest.param({**EXTENDED, "extended_to": "2026-06-02"}, "2026-03-18", {}, [], id="the-latest-day"),
        pytest.param({**EXTENDED, "extended_to": "2026-06-03"}, "2026-03-18", {}, ["extension_too_long"], id="a-day-too-long"),
        pytest.param({**EXTENDED, "extended_to": "2026-04-03"}, "2026-03-18", {}, ["extension_no_gain"], id="no-later-than-before"),
        pytest.param({**EXTENDED, "extended_to": "2026-04-04"}, "2026-03-18", {}, [], id="a-day-later-for-the-reply"),
        pytest.param({**EXTENDED, "extended_to": "2026-05-20"}, "2026-05-03", {}, ["extension_late"], id="typed-the-day-before-the-legal-limit-and-after-the-reply-was-due"),
        pytest.param({**EXTENDED, "extended_to": "2026-05-20"}, "2026-05-04", {}, ["extension_late", "extension_late"], id="typed-the-day-it-is-due"),
        pytest.param({**EXTENDED, "extended_to": "2026-05-20"}, "2026-05-10", {"extended_to": "2026-05-20", "extension_seen": "2026-03-18"}, [], id="seen-in-time"),
        pytest.param({**EXTENDED, "extended_to": "2026-05-25"}, "2026-04-10", {"extended_to": "2026-05-20", "extension_seen": "2026-03-18"}, ["extended_twice"], id="extended-again"),
        pytest.param({**EXTENDED, "extended_to": "2026-05-25"}, "2026-03-18", {"extended_to": "2026-05-20", "extension_seen": "2026-03-18"}, [], id="mended-the-same-day"),
    ],
)  # fmt: skip
def test_extensions(cells: Row, now: str, remembered: Row, expected: list[str]) -> None:
    found = problems(cells, datetime.fromisoformat(now), remembered)
    assert codes(found) == [(code, "extended_to") for code in expected]


def test_a_rule_may_allow_no_extension() -> None:
    deadlines = [
        {"enabled": "是", "step": "答复", "starts_from": "受理日期", "amount": 15, "unit": "工作日"},
    ]
    cells = {**EXTENDED, "extended_to": "2026-05-20"}
    before = ledger(register=[line(**cells)], index=[SEEN], deadlines=deadlines)
    assert codes(find_problems(cases_of(before, NOW))) == [("extension_not_allowed", "extended_to")]


def test_a_refused_extension_of_the_answer_quotes_the_answers_own_day() -> None:
    """Not that of the legal limit, which runs from the receipt and so may end before."""
    rules = (("答复", "受理日期", 30), ("法定时限", "收到日期", 20))
    deadlines = [
        {"enabled": "是", "step": step, "starts_from": start, "amount": amount, "unit": "日"}
        for step, start, amount in rules
    ]
    cells = {
        **EXTENDED,
        "extended_to": "2026-03-20",
    }  # the limit ends on 22 March, a Sunday; the answer is due on 3 April
    before = ledger(register=[line(**cells)], index=[SEEN], deadlines=deadlines)
    (found,) = find_problems(cases_of(before, NOW))
    assert found.say("zh") == "“延期至”不晚于原期限2026-04-03。按原期限处理。"


# What a sentence quotes: the column's label, the cell, the other date, the latest day.
@pytest.mark.parametrize(
    ("cells", "text"),
    [
        ({"contact": ""}, "缺少“联系方式”。请填写。"),
        (
            {**ACCEPTED, "decided_on": "2026-03-01"},
            "“决定日期”（2026-03-01）早于“收到日期”（2026-03-02）。请核对两个日期。",
        ),
        ({"received_on": "2026-03-19"}, "“收到日期”（2026-03-19）还没有到。请核对日期。"),
        ({"department": "气象处"}, "“承办部门”：“气象处”不在“部门”表中。请从列表选择，或在“部门”表中添加。"),
        ({"repeat_of": "LV-00009"}, "“重复件”：没有编号LV-00009。请填原件编号；不是重复件的填“无”。"),
        (
            {**EXTENDED, "extended_to": "2026-06-04"},
            "延期对“答复和法定时限”无效：超过规定允许的最迟日期2026-06-02。按原期限处理；请改为更早的日期。",
        ),
        ({**EXTENDED, "extended_to": "2026-04-03"}, "“延期至”不晚于原期限2026-04-03。按原期限处理。"),
        (
            {**EXTENDED, "extended_to": "2026-05-20", "about": "赵刚"},
            "“批准人”：本件涉及（或可能涉及）赵刚。延期请由其他人员批准。",
        ),
        (
            {"about": "王老师"},
            "“王老师”可能是：王强 / 王芳。请写明全名；校外的请在后面注明（校外）；不涉及任何人的填“-”。写明前可能涉及的人均不会收到本件任何信息。",
        ),
    ],
)
def test_what_a_message_says(cells: Row, text: str) -> None:
    assert [problem.say("zh") for problem in problems(cells)] == [text]


def test_a_problem_says_where() -> None:
    register = [line("LV-00002"), line(contact="")]
    before = ledger(register=register, index=[SEEN, OTHER])
    said = messages.problem("missing", column=REGISTER["contact"])
    assert find_problems(cases_of(before, NOW)) == [Problem("register", 3, "contact", "missing", said, "LV-00001")]


WRONG: Row = {
    "contact": "",
    "topic": "天气",
    "repeat_of": "LV-00009",
    "superior_due": "2026-03-01",
    "about": "王老师",
}


@pytest.mark.parametrize(
    ("register", "index"),
    [
        pytest.param([line(**WRONG), line(**WRONG)], [SEEN], id="copied-number"),
        pytest.param([line("LV-00077", **WRONG)], [SEEN], id="foreign-number"),
        pytest.param([{"case_no": "LV-00001"}], [SEEN], id="empty-line"),
    ],
)
def test_only_cases_are_checked(register: list[Row], index: list[Row]) -> None:
    """Rows in doubt are not processed until a person decides (docs/design.md#p2.8), and an empty line has nothing."""
    assert find_problems(cases_of(ledger(register=register, index=index), NOW)) == []


@pytest.mark.parametrize("kind", ["投诉请求", "检举控告"])
@pytest.mark.parametrize("about", ["王芳芳", "王老师", "副校长助理", "马云飞", "王方"])
def test_the_row_says_how_to_write_that_somebody_is_nobody_here(about: str, kind: str) -> None:
    assert [
        "（校外）" in one.say("zh") for one in problems({"about": about, "kind": kind}) if one.column == "about"
    ] == [True]
    assert [one for one in problems({"about": f"{about}（校外）", "kind": kind}) if one.column == "about"] == []


def test_the_checks_come_in_the_order_of_the_list() -> None:
    found = problems({**WRONG, "received_on": "", "decided_on": "2026-03-04"})
    assert codes(found) == [
        ("missing", "contact"),
        ("which_day_received", "received_on"),
        ("unknown_topic", "topic"),
        ("unknown_case", "repeat_of"),
        ("decision_first", "decided_on"),
        ("superior_unused?", "superior_due"),
        ("ambiguous_name?", "about"),
    ]
    assert len(CHECKS) == 31


def test_finding_problems_changes_nothing() -> None:
    before = ledger(register=[line(**WRONG)], index=[SEEN])
    cases = cases_of(before, NOW)
    assert find_problems(cases) == find_problems(cases)
    assert cases.ledger is before


OFFICE = {"name": "Oscar Finch", "role": "office", "email": "office@s.example"}
LEADER = {"name": "Leo Vance", "role": "leader", "email": "leader@s.example"}
OUTSIDE = {"name": "Uma Frost", "role": "outside", "email": "out@x.example"}


@pytest.mark.parametrize(
    ("cells", "people", "said"),
    [
        ({}, [OFFICE, LEADER], ""),
        ({}, [{**OFFICE, "email": "leader@s.example"}, LEADER], "nobody_is_told"),
        ({}, [{**OFFICE, "email": "leader@s.example"}, LEADER, OUTSIDE], "office_is_not_told"),
        ({}, [{**OFFICE, "email": "leader@s.example; o@s.example"}, LEADER, OUTSIDE], ""),
        ({}, [{**OFFICE, "email": "leader@s.example"}, {**OFFICE, "name": "Ola Reed"}, LEADER], ""),
        ({}, [{**OFFICE, "email": "out@x.example"}, OUTSIDE], ""),
        ({}, [{**OFFICE, "email": ""}, LEADER], "nobody_is_told"),
        ({}, [{**OFFICE, "email": ""}, LEADER, OUTSIDE], ""),
        ({}, [LEADER], "nobody_is_told"),
        ({"about": "Maths teacher; Oscar Finch"}, [{**OFFICE, "email": "leader@s.example"}, LEADER, OUTSIDE], ""),
        ({"about": "-"}, [LEADER], ""),
        ({"about": "Leo Vance"}, [LEADER], ""),
        ({"kind": "complaint"}, [LEADER], ""),
        ({"status": "closed"}, [LEADER], ""),
    ],
)  # fmt: skip
def test_the_row_says_so_where_no_mail_of_a_case_can_go_to_anybody_or_to_the_office(
    cells: dict[str, object], people: list[dict[str, object]], said: str
) -> None:
    """It is for a few only, and none of them has a mailbox of their own (docs/design.md#p5.16)."""
    case = line(**{"kind": "allegation", "about": "Maths teacher", **cells})
    index = [{"case_no": "LV-00001", "issued_on": "2026-03-01", "first_seen": "2026-03-02"}]
    found = find_problems(cases_of(ledger("en", register=[case], index=index, people=people), NOW))
    assert [one.code for one in found if one.code.endswith("_told")] == [said] * bool(said)
