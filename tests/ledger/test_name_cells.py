"""A cell that names somebody means the row in People or Departments, however it is written, or says who it could be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from automation.ledger.people import Department
from sheet_schema import Language
from tests.support.ledger_in_memory import ledger

PEOPLE = (
    {"name": "Robert Jones", "also_called": "Bob"},
    {"name": "Mary Brown", "also_called": "the Boss"},
    {"name": "Anna Brown", "also_called": "the Boss"},
)


def maths(**cells: str) -> tuple[Department, Sequence[tuple[str, str, str]]]:
    """The department with these cells, and (column, code, text) of each problem beside it."""
    read = ledger("en", people=PEOPLE, departments=[{"name": "Maths", **cells}], routing=[])
    return read.policy.departments[0], [
        (p.column, p.code, p.say("en")) for p in read.problems if p.tab == "departments"
    ]


@pytest.mark.parametrize(
    "typed",
    [
        "Robert Jones",
        "robert  jones",
        "ROBERT JONES",
        "Ｒobert Jones",
        "bob",
        "Bob ",
        "Mr Robert Jones",
        "Jones, Robert",
    ],
)
@pytest.mark.parametrize("column", ["head", "leader"])
def test_one_person_written_in_many_ways(column: str, typed: str) -> None:
    department, problems = maths(**{column: typed})
    assert (getattr(department, column), problems) == ("Robert Jones", [])


@pytest.mark.parametrize(
    ("typed", "readers", "problems"),
    [
        ("", (), []),
        ("bob", ("Robert Jones",), []),
        ("bob; mary brown", ("Robert Jones", "Mary Brown"), []),
        (
            "Robert Jnes",
            ("Robert Jones", "Robert Jnes"),
            ["Read by: “Robert Jnes” is nobody in People. Did you mean Robert Jones? Choose the name from the list, or add it to People."],
        ),
        (
            "The Boss",
            ("Anna Brown", "Mary Brown"),
            ["Read by: “The Boss” could be Anna Brown / Mary Brown. Choose one of them from the list."],
        ),
        (
            "Xerxes Quill",
            ("Xerxes Quill",),
            ["Read by: “Xerxes Quill” is nobody in People. Check the name, or add it to People."],
        ),
    ],
)  # fmt: skip
def test_who_opens_the_mailbox(typed: str, readers: tuple[str, ...], problems: list[str]) -> None:
    department, found = maths(read_by=typed)
    assert (department.read_by, [text for _, _, text in found]) == (readers, problems)


def test_whoever_could_be_the_head_may_open_the_mailbox() -> None:
    department, found = maths(head="The Boss", read_by="Bob")
    assert (department.head, department.read_by) == ("The Boss", ("Robert Jones", "Anna Brown", "Mary Brown"))
    assert [code for _, code, _ in found] == ["several_people"]


@pytest.mark.parametrize(
    ("typed", "head", "code"),
    [
        ("教务处王主任", "王建国", ""),
        ("王建国主任", "王建国", ""),
        ("王建國", "王建国", ""),
        ("王建果", "王建果", "misspelt_person"),
        ("赵老师", "赵老师", "several_people"),
        ("钱多多", "钱多多", "unknown_person"),
    ],
)
def test_a_head_in_chinese(typed: str, head: str, code: str) -> None:
    people = [{"name": "王建国"}, {"name": "赵刚"}, {"name": "赵敏"}]
    read = ledger(people=people, departments=[{"name": "教务处", "head": typed}], routing=[])
    assert read.policy.departments[0].head == head
    assert [p.code for p in read.problems if p.tab == "departments"] == ([code] if code else [])


RULE = {"order": 10, "department": "Maths"}
LAST = {"order": 99, "department": "Maths"}


# (the tab, a row of it, the rows that are read, the problem)
@pytest.mark.parametrize(
    ("language", "tab", "row", "read", "problem"),
    [
        ("en", "routing", {**RULE, "handler": "bob"}, [("Maths", "Robert Jones", ())], ""),
        ("en", "routing", {**RULE, "department": "numbers"}, [("Maths", "", ())], ""),
        ("en", "routing", {**RULE, "copy_to": "Leader; bob"}, [("Maths", "", ("leader", "Robert Jones"))], ""),
        (
            "en", "routing", {**RULE, "handler": "Robert Jnes"}, [],
            "Handler: “Robert Jnes” is nobody in People. Did you mean Robert Jones? Choose the name from the list, or add it to People. Until then this row is skipped.",
        ),
        (
            "zh", "routing", {**RULE, "handler": "the boss"}, [],
            "“经办人”：“the boss”可能是：Anna Brown / Mary Brown。请从列表中选定一位。改正前本行不起作用。",
        ),
        (
            "en", "routing", {**RULE, "copy_to": "Robert Jnes"}, [("Maths", "", ("Robert Jnes",))],
            "Copy to: “Robert Jnes” is nobody in People. Did you mean Robert Jones? Choose the name from the list, or add it to People.",
        ),
        ("en", "routing", {**RULE, "copy_to": "numbers"}, [("Maths", "", ("Maths",))], ""),
        ("en", "duty", {"date": "2026-03-02", "person": "bob"}, ["Robert Jones"], ""),
        ("en", "duty", {"date": "2026-03-02", "person": "bob; mary brown"}, ["Robert Jones", "Mary Brown"], ""),
        (
            "zh", "duty", {"date": "2026-03-02", "person": "Robert Jnes"}, ["Robert Jones?"],
            "“值班人”：“Robert Jnes”不在“人员”表中。是否为Robert Jones？请从列表选择，或在“人员”表中添加。改正前，可能所指的人和角色为“值班”的人员都会收到紧急通知。",
        ),
        ("en", "duty", {"date": "2026-03-02", "person": "the boss"}, ["Anna Brown?", "Mary Brown?"], "Person: “the boss” could be Anna Brown / Mary Brown. Choose one of them from the list. Until then everybody whom it could mean is alerted, and whoever has the role duty."),
        (
            "en", "duty", {"date": "2026-03-02", "person": "Robert Jones (morning), Mary Brown (afternoon)"}, ["Mary Brown?", "Robert Jones?"],
            "Person: “Robert Jones (morning), Mary Brown (afternoon)” could be Mary Brown / Robert Jones. Choose one of them from the list. Until then everybody whom it could mean is alerted, and whoever has the role duty.",
        ),
        ("en", "duty", {"date": "2026-03-02", "person": "Zebedee"}, [], "Person: “Zebedee” is nobody in People. Check the name, or add it to People. Until then this row is skipped."),
    ],
)  # fmt: skip
def test_the_other_tabs(
    language: Language, tab: str, row: Mapping[str, object], read: list[object], problem: str
) -> None:
    tabs = {"people": PEOPLE, "departments": [{"name": "Maths", "also_called": "Numbers"}], "routing": [LAST]}
    policy = (found := ledger(language, **{**tabs, tab: [row, *tabs.get(tab, [])]})).policy
    if tab == "routing":
        assert [(rule.department, rule.handler, rule.copy_to) for rule in policy.rules if rule.order < 99] == read
    else:
        assert [turn.person + ("" if turn.sure else "?") for turn in policy.duty] == read
    assert [one.say(language) for one in found.problems if one.tab == tab and one.row == 2] == (
        [problem] if problem else []
    )
