"""Who is kept from a case by the cells Head, Stand-in and Read by, however they are filled in (docs/design.md#p5.4)."""

from __future__ import annotations

import pytest

from automation.cases.confidentiality import judge
from automation.cases.mailboxes import Recipient
from tests.support.ledger_in_memory import NOW, ledger, line

AWAY = {"absent_from": "2026-03-16", "absent_until": "2026-03-20"}
DESK, LEE = Recipient("Desk", "desk@s.example", is_department=True), Recipient("Ann Lee", "lee@s.example")


@pytest.mark.parametrize(
    ("about", "jones", "lee", "desk", "kept"),
    [
        # a stand-in or a head that is not exactly somebody's name
        ("Robert Jones", {"stand_in": "Mrs Lee"}, {}, {}, {LEE}),
        ("Robert Jones", {"stand_in": "Ann Lee / Bo Hill"}, {}, {}, {LEE}),
        ("Robert Jones", {"stand_in": "Ann Lee (until May)"}, {}, {}, {LEE}),
        ("Robert Jones", {"stand_in": "Bo Hill"}, {}, {}, set()),
        ("Desk", {}, {}, {"head": "Mrs Lee"}, {LEE, DESK}),
        ("Desk", {}, {}, {"head": "Robert Jones / Ann Lee"}, {LEE, DESK}),
        # who acts for a reader who is away
        ("Ann Lee", {**AWAY, "stand_in": "Ann Lee"}, {}, {"head": "Robert Jones"}, {LEE, DESK}),
        ("Ann Lee", {"stand_in": "Ann Lee"}, {}, {"head": "Robert Jones"}, {LEE}),
        ("Ann Lee", {**AWAY, "stand_in": "Ann Lee"}, {}, {"read_by": "Robert Jones"}, {LEE, DESK}),
        ("Ann Lee", {"absent_until": "2026-03-20", "stand_in": "Ann Lee"}, {}, {"read_by": "Robert Jones"}, {LEE, DESK}),
        # a group reads: nobody knows who that is
        ("Ann Lee", {}, {}, {"read_by": "Desk"}, {LEE, DESK}),
        ("Ann Lee", {}, {}, {"read_by": "经办人"}, {LEE, DESK}),
        ("Ann Lee", {}, {}, {"read_by": "Robert Jones"}, {LEE}),
        ("-", {}, {}, {"read_by": "Desk"}, set()),
    ],
)  # fmt: skip
def test_who_is_kept_out(
    about: str, jones: dict[str, object], lee: dict[str, object], desk: dict[str, object], kept: set[Recipient]
) -> None:
    read = ledger(
        register=[line(about=about, restricted="是")],
        people=[
            {"name": "Robert Jones", "role": "经办人", "email": "rjones@s.example", **jones},
            {"name": "Ann Lee", "role": "经办人", "email": "lee@s.example", **lee},
            {"name": "Bo Hill", "role": "经办人", "email": "hill@s.example"},
        ],
        departments=[{"name": "Desk", "email": "desk@s.example", **desk}],
    )
    confidence = judge(read, NOW)
    assert {one for one in (DESK, LEE) if not confidence.may_know(0, one)} == kept


NAMED = (
    "Robert Jones", "Jones", "Mr Jones", "R. Jones", "Jones, Robert", "rjones@s.example", "Robert Jones / Bo Hill", "Robert Jones (teacher)",
    "Hal Hope", "Mrs Hope", "冯远", "黄丽娟", "黄老师", "黄丽娟（主任）", "黄丽娟，黄丽娟",
    "Robert Jones, clerk", "Mr Jones, clerk", "Robert Jones (clerk)", "clerk Robert Jones", "Clerk: Robert Jones", "Robert Jones, school secretary", "Robert Jones, bursar", "Robert Jones (PA)",
    "黄丽娟 干事", "干事黄丽娟", "黄丽娟干事", "黄丽娟，干事", "黄丽娟（干事）", "干事：黄丽娟", "黄丽娟，办事员", "黄丽娟（助理）",
    "Robert Jones and Bo Hill", "Robert Jones & Hal Hope", "Mr. F. Hope", "May Till", "黄丽娟和冯远", "Robert Jones/黄丽娟", "安和",
)  # fmt: skip
LEAVES_OPEN = (
    "Robert Jones and others", "Robert Jones & co", "Robert Jones + 1", "Robert Jones and one other", "R. Jones & team", "Robert Jones; her PA",
    "Jones and assistant", "Robert Jones; ?", "?", "TBC", "vacant", "new head", "all staff", "Desk", "Robert Jones; Desk", "me",
    "Robert Jones and clerk", "Robert Jones; clerk", "Robert Jones, clerks", "Robert Jones (teachers)", "Robert Jones, staff", "Robert Jones, PA", "Robert Jones's clerk",
    "黄丽娟，助理", "黄丽娟、干事", "黄丽娟，工作人员", "黄丽娟的干事",
    "others unnamed", "Robert Jones, others unnamed", "Robert Jones (others unnamed)", "and cover", "Robert Jones and cover", "Robert Jones, cover",
    "Robert Jones & Co.", "Hal Hope & Co.", "Robert Jones and Mr X", "Robert Jones and N. N.", "Robert Jones and", "Robert Jones &", "Robert Jones …",
    "Robert Jones, ...", "Hal Hope?", "Robert Jones (?)", "Robert Jones and ?", "mainly Robert Jones", "Robert Jones mostly", "Robert Jones until May",
    "Robert Jones (until May)", "Robert Jones (shared)", "Robert Jones or deputy", "Robert Jones and whoever covers", "Robert Jones's secretary",
    "及其他人", "黄丽娟及其他人", "黄丽娟（及其他人）", "黄丽娟等", "黄丽娟等三人", "黄丽娟及代班老师", "黄丽娟和别人", "黄丽娟及", "黄丽娟……", "黄丽娟为主",
    "黄丽娟暂代", "黄丽娟（暂）", "黄丽娟5月起", "黄丽娟和某", "黄丽娟（共用）", "黄丽娟家人", "轮流", "大家",
    "黄丽娟及助理", "黄丽娟和干事", "黄丽娟+1", "黄丽娟团队", "黄丽娟/其他", "黄丽娟、其他", "待定",
)  # fmt: skip
"""Cells that name nobody, or somebody else as well whom they do not name."""


@pytest.mark.parametrize("column", ["head", "read_by"])
@pytest.mark.parametrize(("cell", "is_told"), [*((one, True) for one in NAMED), *((one, False) for one in LEAVES_OPEN)])
def test_a_mailbox_that_others_open_gets_nothing_of_a_case_that_somebody_is_kept_from(
    column: str, cell: str, is_told: bool
) -> None:
    read = ledger(
        "en",
        register=[line(about="Ann Lee")],
        people=[
            {"name": "Robert Jones", "role": "handler", "email": "rjones@s.example"},
            {"name": "Ann Lee", "role": "handler", "email": "lee@s.example"},
            {"name": "Bo Hill", "role": "principal", "email": "hill@s.example"},
            {"name": "黄丽娟", "role": "handler", "email": "huang@s.example"},
        ],
        departments=[{"name": "Desk", "email": "desk@s.example", "head": "Bo Hill", column: cell}],
    )
    assert judge(read, NOW).may_know(0, DESK) is is_told
    if not is_told:
        assert [one for one in read.problems if (one.tab, one.column) == ("departments", column)]


MARKS = (
    "/", "／", "//", "\\", "x", "X", "Ｘ", "×", "××", "xx", "XXX", "√", "✓", "*", "**", "?", "？", "○", "0", "某", "某某", "某X", "某个", "某位", "是", "对",
    "yes", "y", "N", "个别", "其他", "人员", "some", "others",
)  # fmt: skip
"""What stands in About on forms: for "nothing", as a tick, or for a name that somebody would not write."""


@pytest.mark.parametrize("about", ["...", "A", "he", "某部门", "unknown", "待定", *MARKS])
def test_what_says_nothing_in_about_leaves_the_summary_to_say_it(about: str) -> None:
    people = [{"name": "Robert Jones", "role": "经办人", "email": "rjones@s.example"}]
    read = ledger(register=[line(about=about, summary="Mr Jones shouted at my son")], people=people)
    assert not judge(read, NOW).may_know(0, Recipient("Robert Jones", "rjones@s.example"))


@pytest.mark.parametrize("about", MARKS)
def test_a_lone_mark_in_about_keeps_an_allegation_with_the_few(about: str) -> None:
    roles = ("office", "discipline", "outside", "leader", "principal", "handler")
    people = [{"name": f"Person {role}", "role": role, "email": f"{role}@s.example"} for role in roles]
    departments = [{"name": "Maths", "email": "maths@s.example"}]
    case = line(about=about, kind="allegation", department="Maths")
    confidence = judge(ledger("en", register=[case], people=people, departments=departments), NOW)
    readers = [Recipient(f"Person {role}", f"{role}@s.example") for role in roles]
    told = [one.address.partition("@")[0] for one in readers if confidence.may_know(0, one)]
    assert told == ["office", "discipline", "outside"]
    assert not confidence.department_may_have(0, "Maths")


@pytest.mark.parametrize("about", ["-", "--", "———", "－", "–", "无", "none", "n/a", "nobody", "不涉及"])
def test_what_plainly_says_nobody_keeps_it_from_nobody(about: str) -> None:
    read = ledger("en", register=[line(about=about, kind="allegation")])
    assert judge(read, NOW).guarded == frozenset()


ALLEGATION = {"kind": "allegation", "about": ""}
UNDER_TYPING = {"kind": "", "about": "-"}
BOX = "olga@x.example"


@pytest.mark.parametrize(
    ("case", "people", "desk", "told"),
    [
        (ALLEGATION, {}, {}, "Olga Finn Cleo"),
        (ALLEGATION, {}, {"email": BOX, "head": "Ben"}, "Finn Cleo"),
        (ALLEGATION, {}, {"email": " OLGA+desk@X.example; desk@s.example", "read_by": "Olga; Ben"}, "Finn Cleo"),
        (ALLEGATION, {}, {"email": BOX}, "Finn Cleo"),
        (ALLEGATION, {}, {"email": BOX, "head": "Olga"}, "Olga Finn Cleo"),
        (ALLEGATION, {}, {"email": BOX, "head": "Cleo", "read_by": "Finn"}, "Olga Finn Cleo"),
        (ALLEGATION, {}, {"email": BOX, "head": "Cleo", "read_by": "all staff"}, "Finn Cleo"),
        (ALLEGATION, {}, {"email": BOX, "head": "Somebody Else"}, "Finn Cleo"),
        (ALLEGATION, {"Ben": {"email": BOX}}, {}, "Finn Cleo"),
        (ALLEGATION, {"Finn": {"email": BOX}}, {}, "Olga Finn Cleo"),
        (ALLEGATION, {"Finn": {**AWAY, "stand_in": "Ben"}}, {}, "Olga Cleo"),
        (ALLEGATION, {"Finn": {**AWAY, "stand_in": "Cleo"}}, {}, "Olga Finn Cleo"),
        ({"restricted": "yes", "about": "Mr Quimby"}, {"Finn": {"email": BOX}}, {}, "Cleo"),
        ({"restricted": "yes", "about": "Mr Quimby"}, {"Cleo": {"email": BOX}}, {}, "Olga Cleo"),
        (UNDER_TYPING, {"Cleo": {"email": BOX}}, {}, ""),
        (UNDER_TYPING, {}, {}, "Cleo"),
    ],
)
def test_a_case_for_a_few_goes_to_no_address_that_others_read(
    case: dict[str, object], people: dict[str, dict[str, object]], desk: dict[str, object], told: str
) -> None:
    """It is addresses that count, not only roles: who else opens the outside person's mailbox would read it."""
    roles = {"Olga": "outside", "Finn": "discipline", "Cleo": "office", "Ben": "handler"}
    given = {name: {"email": f"{name}@s.example", **people.get(name, {})} for name in roles}
    if "email" not in people.get("Olga", {}):
        given["Olga"]["email"] = BOX
    first_seen = "2026-03-18" if case == UNDER_TYPING else "2026-03-02"
    read = ledger(
        "en",
        register=[line(**{"department": "", **case})],
        index=[{"case_no": "LV-00001", "issued_on": "2026-03-02", "first_seen": first_seen}],
        people=[{"name": name, "role": role, **given[name]} for name, role in roles.items()],
        departments=[{"name": "Desk", **desk}],
    )
    confidence = judge(read, NOW)
    readers = [Recipient(name, str(given[name]["email"])) for name in roles]
    assert " ".join(one.name for one in readers if confidence.may_know(0, one)) == told
    assert not any(confidence.may_know(0, Recipient("Desk", one, is_department=True)) for one in (BOX, ""))
