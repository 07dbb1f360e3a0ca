"""Nobody is kept out without a word in the row: what means somebody only perhaps is in doubt, and named whole (docs/design.md#p5.3)."""

from __future__ import annotations

import pytest

from automation.ledger.directory import Directory
from sheet_schema.vocabulary import Role
from tests.support.school_of_names import ENGLISH, department, person

CHINESE = Directory(
    (
        person("李敏", "", "", Role.OFFICE, Role.ADMINISTRATOR), person("张伟"), person("何文明"), person("刘明远"), person("赵国华", "", "", Role.PRINCIPAL), person("王芳"), person("王芳菲"), person("陈静"),
    ),
    (department("食堂"), department("教务处", head="王芳")),
)  # fmt: skip


@pytest.mark.parametrize(
    ("text", "could_be", "is_stranger"),
    [
        ("食堂管理员", {"李敏"}, True), ("图书管理员", {"李敏"}, True), ("校长助理", {"赵国华"}, True), ("钱校长", {"赵国华"}, True), ("校长打人", {"赵国华"}, False), ("教务处的校长", {"赵国华", "王芳"}, False),
        ("张伟明", {"张伟"}, False), ("学生张伟明", {"张伟"}, False), ("张伟明明", {"张伟"}, False), ("张伟明远", {"张伟", "刘明远"}, False), ("王芳飞", {"王芳", "王芳菲"}, False), ("陈静静", {"陈静"}, False), ("陈静静老师", {"陈静"}, False),
    ],
)  # fmt: skip
def test_what_could_be_somebody_is_in_doubt(text: str, could_be: set[str], is_stranger: bool) -> None:
    meant = CHINESE.meant_by(text)
    people = {party.name for party in meant.parties if not party.is_department}
    assert (people, [shown for shown, _ in meant.unsure], bool(meant.strangers)) == (could_be, [text], is_stranger)


@pytest.mark.parametrize(
    "text", ["管理员", "校长", "我校校长", "校长本人", "学校书记", "the headteacher", "our headteacher", "the school's head", "Head of school", "Executive head"]
)  # fmt: skip
def test_a_role_word_by_itself_is_in_no_doubt(text: str) -> None:
    school = ENGLISH if text.isascii() else Directory((person("李敏", "", "", Role.ADMINISTRATOR, Role.PRINCIPAL),), ())
    meant = school.meant_by(text)
    assert (len(meant.parties), meant.unsure, meant.strangers) == (1, (), ())


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Mr & Mrs Smith", "Mr & Mrs Smith"), ("Mr and Mrs Smith", "Mr and Mrs Smith"), ("Mr/Mrs Smith", "Mr/Mrs Smith"), ("Mary Brown; Mr + Mrs Smith", "Mr + Mrs Smith"), ("Mrs Smith & Mrs Brown", "Mrs Smith"),
        ("Principal Zimmer", "Principal Zimmer"), ("the head's secretary", "the head's secretary"), ("assistant to the headteacher", "assistant to the headteacher"), ("head Curriculum", "head Curriculum"),
    ],
)  # fmt: skip
def test_the_row_shows_all_the_words_that_are_in_doubt(text: str, shown: str) -> None:
    assert ENGLISH.meant_by(text).unsure[0][0] == shown


@pytest.mark.parametrize("text", ["张伟明", "王芳飞", "陈静静", "食堂管理员"])
def test_a_case_is_given_to_nobody_in_doubt(text: str) -> None:
    assert CHINESE.person(text) == ""
