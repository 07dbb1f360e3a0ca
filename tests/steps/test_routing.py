"""Every case gets one responsible department by the Routing tab, and never the one complained about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import pytest

from automation.ledger.model import Filled, Ledger
from automation.ledger.workbook import Formula
from automation.steps.routing import assign, count_matches
from automation.steps.validation import derive
from sheet_schema.preset_files import load
from sheet_schema.vocabulary import Kind
from tests.support.ledger_in_memory import NOW, PEOPLE, ledger, line

Row = dict[str, object]

DEPARTMENTS: Sequence[Row] = (
    {"name": "校办", "head": "李敏", "leader": "赵刚"},
    {"name": "教务处", "also_called": "教导处", "head": "王强", "leader": "赵刚"},
    {"name": "总务处", "leader": "周立"},
)
TOPICS: Sequence[Row] = ({"name": "作业"}, {"name": "食堂"}, {"name": "其他"})


def rule(order: int, department: str = "", **cells: object) -> Row:
    return {"order": order, "enabled": "启用", "department": department, **cells}


REST = rule(99, "校办")


def index(*numbers: str) -> list[Row]:
    return [{"case_no": number, "issued_on": "2026-03-01", "first_seen": "2026-03-02"} for number in numbers]


def case(number: str = "LV-00001", **cells: object) -> Row:
    return line(number, **{"topic": "作业", **cells})


def read(rules: Sequence[Row], *cases: Row, **tabs: Sequence[Row]) -> Ledger:
    given: dict[str, Sequence[Row]] = {"departments": DEPARTMENTS, "topics": TOPICS, "people": PEOPLE, **tabs}
    numbers = [str(one["case_no"]) for one in cases]
    return ledger(register=cases, routing=rules, index=index(*numbers), **given)


def given(rules: Sequence[Row], *cases: Row, **tabs: Sequence[Row]) -> list[tuple[str, str]]:
    """The department and handler of each case after `assign`."""
    register = assign(read(rules, *cases, **tabs), NOW).ledger.register
    return list(zip(register["department"], register["handler"], strict=True))


# "Blank = any; `|` = or; all filled cells must match; keywords are substrings of summary; lowest order first, first
# match wins; the last row is a catch-all." The case: 来访, 申诉求决, 作业, 作业太多.
@pytest.mark.parametrize(
    ("rules", "cells", "department"),
    [
        pytest.param([REST], {}, "校办", id="catch-all"),
        pytest.param([rule(10, "教务处", topic="作业"), REST], {}, "教务处", id="topic"),
        pytest.param([rule(10, "教务处", topic="食堂"), REST], {}, "校办", id="other-topic"),
        pytest.param([rule(10, "教务处", topic="食堂|作业"), REST], {}, "教务处", id="one-topic-or-the-other"),
        pytest.param(
            [rule(10, "教务处", topic="作业"), REST], {"topic": " 作 业"}, "教务处", id="topic-however-spaced"
        ),
        pytest.param([rule(10, "教务处", channel="来访"), REST], {}, "教务处", id="channel"),
        pytest.param([rule(10, "教务处", channel="来信|电话"), REST], {}, "校办", id="other-channels"),
        pytest.param([rule(10, "教务处", kind="咨询|申诉求决"), REST], {}, "教务处", id="one-kind-or-the-other"),
        pytest.param([rule(10, "教务处", kind="建议"), REST], {}, "校办", id="other-kind"),
        pytest.param([rule(10, "教务处", identity="家长"), REST], {"identity": "家长"}, "教务处", id="identity"),
        pytest.param([rule(10, "教务处", identity="家长"), REST], {}, "校办", id="identity-unknown"),
        pytest.param(
            [rule(10, "教务处", kind="申诉求决", channel="来访"), REST], {}, "教务处", id="all-filled-cells-match"
        ),
        pytest.param(
            [rule(10, "教务处", kind="申诉求决", channel="来信"), REST], {}, "校办", id="one-filled-cell-does-not"
        ),
        pytest.param([rule(10, "教务处", keywords="太多"), REST], {}, "教务处", id="keyword-inside-the-summary"),
        pytest.param([rule(10, "教务处", keywords="欺凌|太多"), REST], {}, "教务处", id="one-keyword-or-the-other"),
        pytest.param([rule(10, "教务处", keywords="太少"), REST], {}, "校办", id="keyword-not-there"),
        pytest.param(
            [rule(10, "教务处", keywords="wifi"), REST],
            {"summary": "教室 ＷｉＦｉ 太慢"},
            "教务处",
            id="keyword-in-any-width-and-case",
        ),
        pytest.param([rule(10, "教务处", keywords="陈静"), REST], {}, "校办", id="keywords-are-not-sought-in-names"),
        pytest.param(
            [rule(10, "教务处"), rule(5, "总务处", topic="作业"), REST], {}, "总务处", id="lowest-order-first"
        ),
        pytest.param(
            [rule(10, "总务处", topic="作业"), rule(20, "教务处", topic="作业"), REST],
            {},
            "总务处",
            id="first-match-wins",
        ),
        pytest.param(
            [rule(10, "总务处", topic="作业"), rule(10, "教务处", topic="作业"), REST],
            {},
            "总务处",
            id="equal-order-upper-row",
        ),
        pytest.param([rule(10, "教务处", enabled="停用"), REST], {}, "校办", id="not-enabled"),
        pytest.param([rule(10, "教务处", enabled="试用"), REST], {}, "校办", id="on-trial-does-not-assign"),
        pytest.param([rule(10, "教务处", enabled=""), REST], {}, "教务处", id="blank-is-enabled"),
        pytest.param([rule(10, "无此部门", topic="作业"), REST], {}, "校办", id="a-bad-rule-is-skipped"),
        pytest.param([rule(10, "教导处"), REST], {}, "教务处", id="by-its-other-name"),
    ],
)
def test_which_rule_wins(rules: Sequence[Row], cells: Row, department: str) -> None:
    assert given(rules, case(**cells)) == [(department, "")]


def test_each_case_by_its_own_rule() -> None:
    rules = [rule(10, "教务处", topic="作业"), rule(20, "总务处", topic="食堂", handler="王芳"), REST]
    cases = [case(f"LV-0000{n}", topic=topic) for n, topic in enumerate(("食堂", "作业", "其他", "食堂"), start=1)]
    assert given(rules, *cases) == [("总务处", "王芳"), ("教务处", ""), ("校办", ""), ("总务处", "王芳")]


# "every row with kind and topic and no decision against it; never overwrites a department that a person set"
@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        pytest.param({}, ("教务处", "王芳"), id="plain"),
        pytest.param({"decision": "受理"}, ("教务处", "王芳"), id="accepted"),
        pytest.param({"decision": "不予受理"}, ("", ""), id="declined"),
        pytest.param({"decision": "转送"}, ("", ""), id="referred"),
        pytest.param({"decision": "解释说明"}, ("", ""), id="explained"),
        pytest.param({"decision": "作废"}, ("", ""), id="void"),
        pytest.param({"kind": ""}, ("", ""), id="no-kind"),
        pytest.param({"topic": ""}, ("", ""), id="no-topic"),
        pytest.param({"contact": "", "petitioner": ""}, ("教务处", "王芳"), id="otherwise-incomplete"),
        pytest.param({"department": "总务处"}, ("总务处", ""), id="department-set-by-a-person"),
        pytest.param({"department": "不存在的部门"}, ("不存在的部门", ""), id="even-an-unknown-one"),
        pytest.param({"handler": "李敏"}, ("教务处", "李敏"), id="handler-set-by-a-person"),
    ],
)
def test_which_cases_are_assigned(cells: Row, expected: tuple[str, str]) -> None:
    assert given([rule(10, "教务处", handler="王芳")], case(**cells)) == [expected]


def test_a_copied_number_is_not_assigned() -> None:
    before = ledger(
        register=[case(), case()],
        routing=[REST],
        index=index("LV-00001"),
        departments=DEPARTMENTS,
        topics=TOPICS,
    )
    outcome = assign(before, NOW)
    assert (outcome.filled, outcome.problems) == ((), ())


def test_assigning_twice_changes_nothing() -> None:
    once = assign(read([rule(10, "教务处", handler="王芳")], case()), NOW).ledger
    assert assign(once, NOW).filled == ()


LED = "匹配的规则均涉及应回避者，改由领导或校外人员办理"
BY_ROW = "“分办规则”第{}行（顺序{}）"
PASSED = "；因回避跳过第{}行"
HOMEWORK, MEALS = rule(10, "教务处", topic="作业"), rule(20, "总务处", topic="作业")
NO_OUTSIDER = tuple(person for person in PEOPLE if person["name"] != "周立")
TWO_OUTSIDERS = (*PEOPLE, {"name": "孙平", "role": "校外人员"})


# "assign then tries the next match, then the leader in charge, then the `outside` person." A named department is in
# conflict "only for an Allegation or a restricted case". The head of 教务处 is 王强, the leader in charge of both 赵刚.
@pytest.mark.parametrize(
    ("rules", "about", "cells", "people", "expected", "why"),
    [
        pytest.param([HOMEWORK, REST], "王芳", {}, PEOPLE, ("教务处", ""), BY_ROW.format(2, 10), id="someone-of-no-rule"),
        pytest.param([HOMEWORK, REST], "王强", {}, PEOPLE, ("校办", ""), BY_ROW.format(3, 99) + PASSED.format(2), id="the-head"),
        pytest.param([HOMEWORK, MEALS, REST], "王强", {}, PEOPLE, ("总务处", ""), BY_ROW.format(3, 20) + PASSED.format(2), id="the-very-next-match"),
        pytest.param([rule(10, "总务处", handler="王芳"), REST], "王芳", {}, PEOPLE, ("校办", ""), BY_ROW.format(3, 99) + PASSED.format(2), id="the-rules-handler"),
        pytest.param([rule(10, "总务处"), REST], "总务处", {"kind": "检举控告"}, PEOPLE, ("校办", ""), BY_ROW.format(3, 99) + PASSED.format(2), id="the-department-accused"),
        pytest.param([rule(10, "总务处"), REST], "总务处", {"restricted": "是"}, PEOPLE, ("校办", ""), BY_ROW.format(3, 99) + PASSED.format(2), id="the-department-in-a-restricted-case"),
        pytest.param([rule(10, "总务处"), REST], "总务处", {}, PEOPLE, ("总务处", ""), BY_ROW.format(2, 10), id="the-department-of-a-complaint"),
        pytest.param([HOMEWORK, REST], "", {"summary": "王强布置作业太多"}, PEOPLE, ("校办", ""), BY_ROW.format(3, 99) + PASSED.format(2), id="named-in-the-summary"),
        pytest.param([HOMEWORK, REST], "-", {"summary": "王强布置作业太多"}, PEOPLE, ("教务处", ""), BY_ROW.format(2, 10), id="about-nobody"),
        pytest.param([HOMEWORK, REST], "王老师", {}, PEOPLE, ("校办", ""), BY_ROW.format(3, 99) + PASSED.format(2), id="perhaps-the-head"),
        pytest.param([HOMEWORK, rule(15, "总务处", enabled="试用"), REST], "王强", {}, PEOPLE, ("校办", ""), BY_ROW.format(4, 99) + PASSED.format(2), id="not-to-a-rule-on-trial"),
        pytest.param([HOMEWORK, REST], "王强;李敏", {}, PEOPLE, ("", "赵刚"), LED + PASSED.format("2、3"), id="leader-in-charge"),
        pytest.param([HOMEWORK, REST], "王强;李敏;赵刚", {}, PEOPLE, ("", "周立"), LED + PASSED.format("2、3"), id="outside-person"),
        pytest.param([HOMEWORK, REST], "王强;李敏;赵刚;周立", {}, TWO_OUTSIDERS, ("", "孙平"), LED + PASSED.format("2、3"), id="second-outside-person"),
    ],
)  # fmt: skip
def test_conflict_of_interest(
    rules: Sequence[Row], about: str, cells: Row, people: Sequence[Row], expected: tuple[str, str], why: str
) -> None:
    outcome = assign(read(rules, case(about=about, **cells), people=people), NOW)
    register = outcome.ledger.register
    assert (register["department"][0], register["handler"][0]) == expected
    assert {reason for fill in outcome.filled for reason in fill.why} == {why}
    assert outcome.problems == ()


UNASSIGNED = [("register", 2, "department", "unassigned", "LV-00001", True)]


# A case that no rule could give to anyone gets a warning that asks the office to decide.
@pytest.mark.parametrize(
    ("rules", "cells", "people", "expected"),
    [
        pytest.param([rule(10, "教务处", topic="食堂")], {}, PEOPLE, UNASSIGNED, id="no-rule-fits"),
        pytest.param(
            [HOMEWORK, REST], {"about": "王强;李敏;赵刚"}, NO_OUTSIDER, UNASSIGNED, id="everybody-in-conflict"
        ),
        pytest.param(
            [rule(10, "教务处", topic="食堂")],
            {"about": "王强;赵刚;周立"},
            PEOPLE,
            UNASSIGNED,
            id="no-rule-fits-and-a-conflict",
        ),
        pytest.param([rule(10, "教务处", topic="食堂")], {"handler": "李敏"}, PEOPLE, [], id="somebody-has-it-already"),
        pytest.param(
            [rule(10, "教务处", topic="食堂")], {"department": "总务处"}, PEOPLE, [], id="a-department-has-it"
        ),
        pytest.param([rule(10, "教务处", topic="食堂")], {"decision": "作废"}, PEOPLE, [], id="void"),
        pytest.param([rule(10, "教务处", topic="食堂")], {"topic": ""}, PEOPLE, [], id="still-being-typed"),
        pytest.param([REST], {}, PEOPLE, [], id="assigned"),
        # The row says what is missing; "choose the department" would contradict it.
        pytest.param([REST], {"kind": "检举控告", "about": ""}, PEOPLE, [], id="nobody-knows-about-whom"),
        pytest.param([REST], {"kind": "检举控告", "about": "马云飞"}, PEOPLE, [], id="about-somebody-unknown"),
    ],
)
def test_unassigned(
    rules: Sequence[Row], cells: Row, people: Sequence[Row], expected: list[tuple[object, ...]]
) -> None:
    outcome = assign(read(rules, case(**cells), people=people), NOW)
    assert [(one.tab, one.row, one.column, one.code, one.case_no, one.warning) for one in outcome.problems] == expected
    assert [one for one in outcome.ledger.problems if one.code == "unassigned"] == list(outcome.problems)
    if "检举控告" in cells.values():
        assert list(zip(*(outcome.ledger.register[key] for key in ("department", "handler")), strict=True)) == [
            ("", "")
        ]


def test_rule_and_reason_are_recorded() -> None:
    """ "Rule and reason go to *History*" (docs/design.md#p4.5)."""
    rules = [rule(10, "教务处", topic="作业", handler="王芳"), REST]
    outcome = assign(read(rules, case(), case("LV-00002", topic="其他"), case("LV-00003", department="总务处")), NOW)
    first, rest = BY_ROW.format(2, 10), BY_ROW.format(3, 99)
    assert outcome.filled == (Filled("department", (0, 1), (first, rest)), Filled("handler", (0,), (first,)))


def matches(rules: Sequence[Row], *cases: Row, now: datetime = NOW) -> list[str]:
    """The `matches` column after `assign` and `derive`."""
    worked_out = derive(assign(read(rules, *cases), NOW).ledger, now).ledger
    return list(count_matches(worked_out, now).tables["routing"]["matches"])


CLOSED: Row = {"decision": "作废", "decided_on": "2026-03-03", "reason": "重复录入", "department": "校办"}


# `matches` says how many cases in 90 days, the last one, and for Try how many open cases would move. Today is 18 March;
# the 90 days begin on 19 December.
@pytest.mark.parametrize(
    ("rules", "cases", "expected"),
    [
        pytest.param([HOMEWORK, REST], [], ["尚无匹配", "尚无匹配"], id="no-case"),
        pytest.param([HOMEWORK, REST], [{}], ["近90天1件，最近2026-03-02", "尚无匹配"], id="first-match-only"),
        pytest.param([HOMEWORK, REST], [{"topic": "其他"}, {}, {"received_on": "2026-03-10"}],
            ["近90天2件，最近2026-03-10", "近90天1件，最近2026-03-02"], id="the-latest-day"),
        pytest.param([HOMEWORK, REST], [{"received_on": "2025-12-19"}], ["近90天1件，最近2025-12-19", "尚无匹配"], id="89-days-ago"),
        pytest.param([HOMEWORK, REST], [{"received_on": "2025-12-18"}], ["近90天0件，最近2025-12-18", "尚无匹配"], id="90-days-ago"),
        pytest.param([HOMEWORK, REST], [{"received_on": ""}], ["近90天1件，最近2026-03-02", "尚无匹配"], id="else-the-day-first-seen"),
        pytest.param([REST, HOMEWORK], [{}], ["尚无匹配", "近90天1件，最近2026-03-02"], id="by-order-not-by-row"),
        pytest.param([rule(10, "教务处", enabled="停用"), REST], [{}], ["", "近90天1件，最近2026-03-02"], id="not-enabled"),
        pytest.param([rule(10, "总务处", topic="食堂", enabled="试用"), REST], [{}],
            ["尚无匹配；将改派0件在办件", "近90天1件，最近2026-03-02"], id="try-nothing"),
        pytest.param([rule(10, "总务处", topic="作业", enabled="试用"), HOMEWORK, REST], [{}, {"department": "总务处"}, CLOSED],
            ["近90天3件，最近2026-03-02；将改派1件在办件（教务处 → 总务处：LV-00001）", "近90天3件，最近2026-03-02", "尚无匹配"],
            id="try-moves-open-cases-of-others"),
        pytest.param([HOMEWORK, rule(20, "总务处", topic="作业", enabled="试用"), REST], [{}],
            ["近90天1件，最近2026-03-02", "尚无匹配；将改派0件在办件", "尚无匹配"], id="try-below-the-winner"),
    ],
)  # fmt: skip
def test_matches(rules: Sequence[Row], cases: Sequence[Row], expected: list[str]) -> None:
    numbered = [case(f"LV-{n:05d}", **cells) for n, cells in enumerate(cases, start=1)]
    assert matches([{"enabled": "启用", **one} for one in rules], *numbered) == expected


TRIED = [rule(10, "总务处", topic="作业", enabled="试用"), HOMEWORK, REST]
SECRET: Row = {"restricted": "是"}


# For Try it also says which cases would move from where to where: the first few, and never a restricted one.
@pytest.mark.parametrize(
    ("cases", "moved"),
    [
        ([{}, {}], "2件在办件（教务处 → 总务处：LV-00001、LV-00002）"),
        (
            [{}, {"department": "校办"}, {}],
            "3件在办件（教务处 → 总务处：LV-00001、LV-00003；校办 → 总务处：LV-00002）",
        ),
        ([{}] * 5, "5件在办件（教务处 → 总务处：LV-00001、LV-00002、LV-00003、LV-00004、LV-00005）"),
        ([{}] * 7, "7件在办件（教务处 → 总务处：LV-00001、LV-00002、LV-00003、LV-00004、LV-00005，另有2件）"),
        ([SECRET, {}], "2件在办件（教务处 → 总务处：LV-00002，另有1件）"),
        ([SECRET, SECRET], "2件在办件"),
        ([{"department": "总务处"}, CLOSED], "0件在办件"),
    ],
)
def test_what_a_rule_on_trial_would_move(cases: Sequence[Row], moved: str) -> None:
    numbered = [case(f"LV-{n:05d}", **cells) for n, cells in enumerate(cases, start=1)]
    said = matches([{"enabled": "启用", **one} for one in TRIED], *numbered)[0]
    assert said == f"近90天{len(cases)}件，最近2026-03-02；将改派{moved}"


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        ([{}], "1 in 90 days, last on 2026-03-02; would move 1 open case (教务处 → 总务处: LV-00001)"),
        (
            [{}] * 6,
            "6 in 90 days, last on 2026-03-02; would move 6 open cases (教务处 → 总务处: LV-00001, LV-00002, LV-00003, LV-00004, LV-00005, and 1 more)",
        ),
        (
            [{}, {"department": "校办"}],
            "2 in 90 days, last on 2026-03-02; would move 2 open cases (教务处 → 总务处: LV-00001; 校办 → 总务处: LV-00002)",
        ),
    ],
)
def test_the_same_in_english(cells: Sequence[Row], said: str) -> None:
    numbered = [case(f"LV-{n:05d}", **one) for n, one in enumerate(cells, start=1)]
    english = ledger(
        "en",
        register=numbered,
        routing=[{"enabled": "启用", **one} for one in TRIED],
        departments=DEPARTMENTS,
        topics=TOPICS,
        people=PEOPLE,
        index=index(*(str(one["case_no"]) for one in numbered)),
    )
    worked_out = derive(assign(english, NOW).ledger, NOW).ledger
    assert count_matches(worked_out, NOW).tables["routing"]["matches"][0] == said


def test_rows_in_doubt_match_nothing() -> None:
    before = ledger(
        register=[case(), case()],
        routing=[REST],
        index=index("LV-00001"),
        departments=DEPARTMENTS,
        topics=TOPICS,
    )
    assert list(count_matches(before, NOW).tables["routing"]["matches"]) == ["尚无匹配"]


# The head is complained about, however the cell Head names him, and whatever is wrong with his row (docs/design.md#p5.15).
@pytest.mark.parametrize(
    ("head", "row"),
    [
        pytest.param("Robert Jones", {}, id="exact"),
        pytest.param("robert jones", {}, id="small-letters"),
        pytest.param("Robert  Jones", {}, id="two-spaces"),
        pytest.param("Bob", {}, id="also-called"),
        pytest.param("Mr Robert Jones", {}, id="title"),
        pytest.param("Jones, Robert", {}, id="surname-first"),
        pytest.param("Robert Jnes", {}, id="a-slip"),
        pytest.param("Robert Jones", {"absent_from": "soon"}, id="bad-date"),
        pytest.param("Robert Jones", {"role": "head; cook"}, id="unknown-role"),
        pytest.param("Robert Jones", {"phone": Formula("=1+1")}, id="formula-in-telephone"),
        pytest.param("Robert Jones", {"also_called": Formula("=A2")}, id="formula-in-also-called"),
        pytest.param("Robert Jones", {"name": "Somebody Else", "also_called": ""}, id="not-in-people"),
    ],
)
@pytest.mark.parametrize("kind", ["申诉求决", "检举控告"])
def test_no_case_about_its_head_goes_to_a_department(kind: str, head: str, row: Row) -> None:
    people = [{"name": "Robert Jones", "also_called": "Bob", "role": "head", **row}, *PEOPLE]
    departments = [{"name": "Maths", "head": head, "email": "maths@s.example"}, {"name": "校办", "head": "李敏"}]
    rules = [rule(10, "Maths", topic="作业"), REST]
    told = given(rules, case(kind=kind, about="Robert Jones"), departments=departments, people=people)
    assert told == [("校办", "")]


# Who deals with what is confidential is complained about: it goes to no ordinary department in their place (docs/design.md#p5.5).
@pytest.mark.parametrize("preset", ["cn-school", "uk-school"])
@pytest.mark.parametrize("heads", [True, False])
@pytest.mark.parametrize("outside", [True, False])
def test_an_allegation_about_whoever_gets_allegations_goes_to_no_ordinary_department(
    preset: str, heads: bool, outside: bool
) -> None:
    rows = {tab: load(preset).rows(tab, "en") for tab in ("departments", "routing", "topics")}
    for_few = {str(one["department"]) for one in rows["routing"] if one["kind"] == Kind.ALLEGATION.label("en")}
    for_few |= {str(one["department"]) for one in rows["routing"] if one["restricted"]}
    accused = [{"name": "Ann Lee", "role": "conduct of staff"}, {"name": "Bo Hill", "role": "headteacher"}]
    others = [{"name": "Olga Orr", "role": "outside"}] if outside else []
    departments = [
        {**one, "head": "Ann Lee" if heads and one["name"] in for_few else ""} for one in rows["departments"]
    ]
    topics = [str(one["name"]) for one in rows["topics"]]
    told = ledger(
        "en",
        register=[
            case(f"LV-{i:05}", kind="allegation", topic=topic, about="Ann Lee; Bo Hill")
            for i, topic in enumerate(topics)
        ],
        index=index(*(f"LV-{i:05}" for i in range(len(topics)))),
        people=[*accused, *others],
        departments=departments,
        routing=rows["routing"],
        topics=rows["topics"],
    )
    register = assign(told, NOW).ledger.register
    given_to = [*zip(register["department"], register["handler"], strict=True)]
    assert {department for department, _ in given_to} <= {"", *for_few}
    assert all(handler == ("Olga Orr" if outside else "") for department, handler in given_to if not department)
    if heads:
        assert given_to[0][0] == ""


FEW = rule(10, "校办", kind="检举控告")


@pytest.mark.parametrize(
    ("rules", "cells", "expected"),
    [
        pytest.param([FEW, HOMEWORK, REST], {"kind": "检举控告"}, ("", "赵刚"), id="the-leader-in-charge"),
        pytest.param([FEW, MEALS], {"kind": "检举控告"}, ("", "赵刚"), id="of-those-passed-over-only"),
        pytest.param([FEW, rule(20, "教务处", kind="检举控告"), REST], {"kind": "检举控告"}, ("教务处", ""), id="the-next-for-allegations"),
        pytest.param([FEW, rule(20, "总务处", restricted="是", topic="作业"), REST], {"kind": "检举控告"}, ("总务处", ""), id="the-next-that-restricts"),
        pytest.param([rule(10, "校办", topic="作业", restricted="是"), MEALS], {}, ("", "赵刚"), id="a-complaint-that-a-rule-restricts"),
        pytest.param([rule(5, "教务处", topic="作业"), FEW, REST], {"kind": "检举控告"}, ("教务处", ""), id="an-ordinary-rule-comes-first"),
        pytest.param([FEW, rule(20, "校办", topic="作业"), MEALS], {}, ("总务处", ""), id="a-complaint-goes-on"),
        pytest.param([rule(10, "校办", restricted="是"), MEALS], {}, ("总务处", ""), id="the-rule-that-takes-the-rest"),
    ],
)  # fmt: skip
def test_what_is_kept_with_a_few_goes_on_to_those_for_a_few(
    rules: Sequence[Row], cells: Row, expected: tuple[str, str]
) -> None:
    assert given(rules, case(about="李敏", **cells)) == [expected]


@pytest.mark.parametrize(
    ("department", "kept"),
    [
        ({"name": "纪检监察室", "also_called": "纪检委员"}, True),
        ({"name": "纪检监察室"}, True),
        ({"name": "监审处", "also_called": "纪检书记"}, True),
        ({"name": "Discipline"}, True),
        ({"name": "纪检监察室", "also_called": "纪检委员", "head": "王强"}, False),
        ({"name": "纪检监察室", "also_called": "纪检委员", "read_by": "王强"}, False),
        ({"name": "教务处"}, False),
    ],
)
def test_whoever_holds_the_post_that_a_department_is_called_by_opens_its_mailbox(department: Row, kept: bool) -> None:
    people = [*PEOPLE, {"name": "孙丽", "role": "纪检"}]
    departments = [{"email": "box@s.example", **department}, {"name": "校办", "head": "李敏"}]
    name = str(department["name"])
    told = given([rule(10, name, topic="作业"), REST], case(about="孙丽"), departments=departments, people=people)
    assert told == [("校办" if kept else name, "")]
