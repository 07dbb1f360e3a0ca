"""Where cases about principals, leaders and heads would go, and who would be told (docs/design.md#p4.29)."""

from __future__ import annotations

import pytest

from automation.steps.cases_about_leaders import CaseAbout, cases_about_leaders
from sheet_schema.vocabulary import Kind
from tests.support.ledger_in_memory import NOW, Rows, ledger, line

HEADS: Rows = (
    {"name": "王强", "role": "部门负责人", "email": "qiang@s.example"},
    {"name": "周丽", "role": "部门负责人", "email": "li@s.example"},
    {"name": "赵刚", "role": "分管领导", "email": "gang@s.example"},
    {"name": "孙立", "role": "校长", "email": "sun@s.example"},
)
OUTSIDE: Rows = ({"name": "周立", "role": "校外人员", "email": "zhou@s.example"},)
LADDER: Rows = (
    {"step": "答复", "level": 1, "after": 1, "unit": "日", "to": "部门负责人"},
    {"step": "答复", "level": 2, "after": 5, "unit": "日", "to": "校长"},
)
DEPARTMENTS: Rows = (
    {"name": "教务处", "email": "jw@s.example", "head": "王强", "leader": "赵刚"},
    {"name": "总务处", "email": "zw@s.example", "head": "周丽", "leader": "赵刚"},
)


def tried(
    people: Rows, departments: Rows = DEPARTMENTS, rules: tuple[str, ...] = ("教务处", "总务处")
) -> dict[tuple[str, Kind], CaseAbout]:
    read = ledger(
        register=[line(about="王强")], people=people, departments=departments, escalation=LADDER, topics=[{"name": "教学"}],
        routing=[{"order": order, "enabled": "启用", "department": name} for order, name in enumerate(rules, start=1)],
    )  # fmt: skip
    return {(one.name, one.kind): one for one in cases_about_leaders(read, NOW)}


@pytest.mark.parametrize(
    ("name", "given_to", "told", "nobody_at"),
    [
        ("王强", ("总务处",), {1: ("周丽",), 2: ("孙立",)}, ()),
        ("周丽", ("教务处",), {1: ("王强",), 2: ("孙立",)}, ()),
        ("赵刚", ("教务处",), {1: ("王强",), 2: ("孙立",)}, ()),
        ("孙立", ("教务处",), {1: ("王强",), 2: ("周立",)}, ()),
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", [Kind.COMPLAINT, Kind.ALLEGATION])
def test_each_of_them_is_passed_over(
    kind: Kind, name: str, given_to: tuple[str, ...], told: dict[int, tuple[str, ...]], nobody_at: tuple[tuple[str, int], ...]
) -> None:  # fmt: skip
    assert tried((*HEADS, *OUTSIDE))[name, kind] == CaseAbout(name, kind, given_to, told, nobody_at)


def test_an_office_without_an_outside_person_has_nobody_left_above_its_principal() -> None:
    found = tried(HEADS)["孙立", Kind.ALLEGATION]
    assert (found.given_to, found.told, found.nobody_at) == (("教务处",), {1: ("王强",), 2: ()}, (("reply", 2),))


def test_where_every_department_is_one_person_s_the_leader_gets_it_and_without_one_the_office_decides() -> None:
    alone: Rows = ({**DEPARTMENTS[0], "leader": ""},)
    led = tried(HEADS, DEPARTMENTS[:1], ("教务处",))["王强", Kind.COMPLAINT]
    left = tried(HEADS, alone, ("教务处",))["王强", Kind.COMPLAINT]
    assert (led.given_to, led.decided_by_office) == (("赵刚",), False)
    assert (left.given_to, left.decided_by_office) == ((), True)


def test_the_ledger_s_own_cases_are_not_tried_and_without_topics_or_leaders_there_is_nothing() -> None:
    assert {name for name, _ in tried((*HEADS, *OUTSIDE))} == {"王强", "周丽", "赵刚", "孙立"}
    assert cases_about_leaders(ledger(people=HEADS, topics=[]), NOW) == []
    assert cases_about_leaders(ledger(people=OUTSIDE, departments=[]), NOW) == []
