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
