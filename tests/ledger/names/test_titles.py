"""A title in somebody's name or other name is theirs: whoever writes the title alone may mean them (docs/design.md#p5.3)."""

from __future__ import annotations

import pytest

from automation.ledger.directory import Directory
from automation.ledger.names.titles import titles_in
from sheet_schema.vocabulary import Role
from tests.support.school_of_names import department, person

CHINESE = Directory(
    (
        person("赵国华", "赵校长", "", Role.PRINCIPAL), person("刘明远", "刘副校长;刘校", "", Role.LEADER), person("孙和平", "孙主席"), person("郑书记", "郑海", "", Role.GROUP),
        person("李敏", "李主任", "", Role.OFFICE), person("王建国", "王主任"), person("王芳"), person("马强", "马队"), person("钱正"),
    ),
    (department("教务处", head="王建国"), department("食堂"), department("工会", head="孙和平")),
)  # fmt: skip
SHORT = Directory((person("周立", "周校"), person("欧阳娜", "欧阳处"), person("赵国华", "", "", Role.PRINCIPAL)), ())
ENGLISH = Directory(
    (
        person("Helen Dobson", "Headmistress", "", Role.PRINCIPAL), person("Robert Jones", "", "", Role.LEADER), person("Ann Ash", "Chair of governors"), person("Bo Li", "The Chair"), person("Sam Poe", "Deputy Head (pastoral)"),
        person("Kit Fox", "Acting Head"), person("Mark Head"), person("Head, Ida"), person("Tim Cook"), person("Mr Cook"), person("Nurse Joy"), person("Dr Patel"), person("Eve Rae", "Exams officer"),
    ),
    (department("Curriculum", head="Robert Jones"), department("Estates")),
)  # fmt: skip


@pytest.mark.parametrize(
    ("school", "text", "meant", "is_stranger"),
    [
        *((CHINESE, text, "刘明远;赵国华;郑书记", False) for text in ("书记", "党委书记", "校长、书记", "学校书记")),
        *((CHINESE, text, "郑书记", False) for text in ("郑书记", "郑海", "郑海书记")),
        (CHINESE, "校长", "赵国华", False), (CHINESE, "本校负责人", "赵国华", False), (CHINESE, "副校长", "刘明远", False), (CHINESE, "钱书记", "刘明远;赵国华;钱正", False), (CHINESE, "团委书记", "郑书记", True),
        (CHINESE, "工会主席", "孙和平", False), (CHINESE, "主席", "孙和平", True), (CHINESE, "家委会主席", "孙和平", True), (CHINESE, "王主席", "王建国;王芳", False),
        *((CHINESE, text, "李敏;王建国", True) for text in ("主任", "某主任", "主任打人", "总务主任", "时任主任", "卫生主任")), (CHINESE, "教务主任", "王建国", False), (CHINESE, "教务处主任", "王建国", False),
        *((CHINESE, text, "", True) for text in ("班主任", "三年级2班班主任", "彭主任", "彭涛主任", "主任彭涛", "彭涛（主任）", "欧阳主任", "老师", "处长")), (CHINESE, "教务处副主任", "教务处", True),
        (CHINESE, "队长", "马强", True), (CHINESE, "保安队长", "马强", True),
        (SHORT, "校长", "周立;赵国华", False), (SHORT, "副校长", "周立", True), (SHORT, "处长", "欧阳娜", True), (SHORT, "副处长", "欧阳娜", True), (SHORT, "队长", "", True),
        *((ENGLISH, text, "Ann Ash;Bo Li", None) for text in ("Chair", "the chair", "Chairman", "Chair of the governors", "PTA Chair", "the governors’ chair", "Finance, chair")),
        (ENGLISH, "Chair Quill", "Ann Ash;Bo Li", False), (ENGLISH, "Peter Quill, chairman", "", True), (ENGLISH, "Helen Dobson (chairman)", "Helen Dobson", False),
        *((ENGLISH, text, "Helen Dobson;Kit Fox", False) for text in ("headteacher", "the principal", "head of the school")), (ENGLISH, "deputy head", "Robert Jones;Sam Poe", False), (ENGLISH, "vice principal", "Robert Jones;Sam Poe", False),
        (ENGLISH, "nurse", "Nurse Joy", True), (ENGLISH, "the school nurse", "Nurse Joy", True), (ENGLISH, "Nurse Quill", "", True), (ENGLISH, "the doctor", "Dr Patel", True), (ENGLISH, "Dr Quill", "", True),
        (ENGLISH, "the cook", "", True), (ENGLISH, "a teacher", "", True), (ENGLISH, "the officer", "Eve Rae", True), (ENGLISH, "Curriculum lead", "Curriculum;Robert Jones", False), (ENGLISH, "Miss", "", True),
        (ENGLISH, "Estates manager", "Estates", None), (ENGLISH, "ann@s.example", "Ann Ash", True),
    ],
)  # fmt: skip
def test_whom_a_title_means(school: Directory, text: str, meant: str, is_stranger: bool | None) -> None:
    found = school.meant_by(text)
    names = sorted(party.name for party in found.parties)
    assert (names, is_stranger in (None, bool(found.strangers))) == (sorted(filter(None, meant.split(";"))), True)


@pytest.mark.parametrize("text", ["书记", "主席", "团委书记", "主任", "校长、书记"])
def test_who_is_meant_by_a_title_alone_is_said_in_the_row(text: str) -> None:
    assert [sorted(others) for _, others in CHINESE.meant_by(text).unsure][-1:] == [
        sorted(party.name for party in CHINESE.meant_by(text).parties)
    ]


@pytest.mark.parametrize(
    ("school", "text"), [(CHINESE, "校长"), (CHINESE, "赵校长"), (CHINESE, "教务主任"), (CHINESE, "副校长"), (ENGLISH, "Curriculum lead")]
)  # fmt: skip
def test_whoever_holds_a_role_and_is_called_so_as_well_is_meant_for_certain(school: Directory, text: str) -> None:
    assert (
        len([one for one in school.meant_by(text).parties if not one.is_department]),
        school.meant_by(text).unsure,
    ) == (1, ())


def test_an_other_name_that_is_only_a_title_means_all_who_have_it_and_whoever_holds_the_role() -> None:
    deputy = person("Robert Jones", "Deputy head", "", Role.LEADER)
    others = (person("Tina Tarr", "", "", Role.LEADER), person("Sam Poe", "", ""))
    cases = [
        ((deputy, *others), ["Robert Jones"]),  # he holds the role, and is plainly called so
        ((deputy, *others, person("Ida Ives", "Deputy Head (pastoral)")), ["Ida Ives", "Robert Jones"]),
        ((*others, person("Ida Ives", "Deputy head")), ["Ida Ives", "Tina Tarr"]),
    ]
    found = [
        sorted(party.name for party in Directory(people, ()).meant_by("deputy head").parties) for people, _ in cases
    ]
    assert found == [meant for _, meant in cases]


@pytest.mark.parametrize(
    ("name", "titles"),
    [
        ("郑书记", {"书记"}), ("孙工会主席", {"主席"}), ("刘副校长", {"副校长"}), ("处长李明", {"处长"}), ("李明（处长）", {"处长"}), ("王老师", set()), ("郑海", set()), ("刘校", set()),
        ("Chair of governors", {"chair of governors"}), ("The Chair", {"chair"}), ("Nurse Joy", {"nurse"}), ("Dr Priya Patel", {"dr"}), ("Mr Smith", set()), ("Ann Ash (Cook)", {"cook"}), ("Ann Ash, cook", {"cook"}), ("Cook Ash", {"cook"}),
        ("Tim Cook", set()), ("Mr Cook", set()), ("T. Cook", set()), ("Cook, Tim", set()), ("the Head", {"head"}),
    ],
)  # fmt: skip
def test_which_titles_stand_in_a_name(name: str, titles: set[str]) -> None:
    assert titles_in(name) == titles
