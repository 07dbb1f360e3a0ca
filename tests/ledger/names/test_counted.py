"""Whether a cell that says how many people there are names all of them (docs/design.md#p5.3)."""

from __future__ import annotations

import pytest

from automation.ledger.directory import Directory
from tests.support.school_of_names import CHINESE, ENGLISH

TWO = {ENGLISH: ("John Smith and Mary Brown", "Mr Head & Ms Brown", "John Smith, the headteacher"), CHINESE: ("王芳、李明", "王芳李明", "王老师和李老师", "校长、王芳", "教务处王芳、李明")}  # fmt: skip
ALL = {
    ENGLISH: ("{} (two people)", "{}, two teachers", "{} - 2 staff", "{} (both teachers)", "two teachers: {}", "the two teachers: {}", "2 members of staff ({})"),
    CHINESE: ("{}等两人", "{}等2人", "{}两人", "{}二人", "{}等两位老师", "{}等两名女教师", "{}（两人）", "{}，共两人", "{}俩", "{}共两人", "两位老师：{}", "{}等２人"),
}  # fmt: skip
MORE = {
    ENGLISH: (
        "{} (three people)", "{}, 4 teachers", "three teachers: {}", "{} and two teachers", "{}, and two teachers", "{}; two staff", "{} (and two teachers)",
        "{} (two other people)", "{} (and two other teachers)", "{} + 2",
    ),
    CHINESE: ("{}等三人", "{}三人", "{}等12人", "{}等五名教师", "{}（三人）", "三位老师：{}", "{}及两名教师", "{}、两名教师", "{}及其他两人", "{}等其他两人", "{}及另外两人", "{}等多人", "{}等数人"),
}  # fmt: skip


def rows(ways: dict[Directory, tuple[str, ...]]) -> list[tuple[Directory, str]]:
    return [(school, way.format(two)) for school, them in TWO.items() for two in them for way in ways[school]]


@pytest.mark.parametrize(("school", "text"), rows(ALL))
def test_as_many_as_are_named_are_all(school: Directory, text: str) -> None:
    meant = school.meant_by(text)
    assert meant.strangers == ()
    assert len(meant.parties) > 1


@pytest.mark.parametrize(("school", "text"), rows(MORE))
def test_more_than_are_named_are_somebody_else_as_well(school: Directory, text: str) -> None:
    meant = school.meant_by(text)
    assert meant.strangers
    assert len(meant.parties) > 1


@pytest.mark.parametrize(
    ("school", "text"),
    [(CHINESE, "王芳等三名学生"), (CHINESE, "王芳、李明等两名同学"), (CHINESE, "王李两人"), (CHINESE, "王芳2班"), (CHINESE, "王芳一人"), (ENGLISH, "Mary Brown and two pupils"), (ENGLISH, "Mary Brown (3)"), (ENGLISH, "Mary Brown shouted at two teachers")],
)  # fmt: skip
def test_what_counts_nobody_here_or_names_that_cannot_be_counted_leaves_nobody_unnamed(
    school: Directory, text: str
) -> None:
    assert school.meant_by(text).strangers == ()


@pytest.mark.parametrize(("school", "text"), [(CHINESE, "王芳、李明夫妇二人"), (ENGLISH, "Mary Brown and John Smith's wife (two people)")])  # fmt: skip
def test_somebody_who_is_said_by_another_stays_somebody_else(school: Directory, text: str) -> None:
    assert school.meant_by(text).strangers


@pytest.mark.parametrize(
    ("school", "text", "strangers"),
    [
        # whoever is nobody here is one of those who are counted, if the words can only be one name
        (ENGLISH, "Quill and Mary Brown (two people)", ("Quill",)), (ENGLISH, "Quill, Tapp (two people)", ("Quill", "Tapp")), (ENGLISH, "Ms Brown and Mr Tapp (two people)", ("Mr Tapp",)), (ENGLISH, "Quill Tapp and Mary Brown (two people)", ("Quill Tapp", "two people")),
        (ENGLISH, "Mary Brown, John Smith, Quill (two people)", ("Quill", "two people")), (CHINESE, "钱进、王芳（两人）", ("钱进",)), (CHINESE, "钱、王芳（两人）", ("钱",)), (CHINESE, "钱进明、王芳（两人）", ("钱进明",)), (CHINESE, "钱进、孙明（两人）", ("钱进", "孙明")), (CHINESE, "钱进（两人）", ("钱进", "两人")),
        (CHINESE, "欧阳、王芳（两人）", ()), (CHINESE, "欧阳、王芳（三人）", ("三人",)),
        # so is whoever holds a post, once with their name; a department is nobody
        (ENGLISH, "the headteacher and Mary Brown (two people)", ()), (ENGLISH, "Maths and Mary Brown (two people)", ("two people",)), (CHINESE, "教务处、王芳（两人）", ("两人",)), (CHINESE, "教务处两人", ()), (CHINESE, "教务主任、李明两人", ()), (CHINESE, "李明、教务主任两人", ()), (CHINESE, "校长、教务主任（两人）", ()),
        (CHINESE, "校长赵建国、李明两人", ()), (CHINESE, "李明、校长赵建国两人", ()), (CHINESE, "校长三人", ("校长三人",)), (CHINESE, "校长（三人）", ("三人",)), (CHINESE, "教务主任（三人）", ("三人",)), (CHINESE, "教务主任（一人）", ()),
        # a number counts those who are named before it or behind it, not those who are joined to them
        (ENGLISH, "two teachers; Mary Brown, John Smith", ()), (ENGLISH, "Mary Brown (two people), John Smith", ()), (ENGLISH, "Mary Brown, John Smith – both teachers", ()), (ENGLISH, "Mary Brown, John Smith and both teachers", ("both teachers",)), (ENGLISH, "Mary Brown, two teachers, two staff", ("two teachers", "two staff")),
        (ENGLISH, "Mary Brown, John Smith shouted at three teachers", ()), (CHINESE, "王芳、李明打了三人", ()),
        # numbers in words and in figures, with the words around them
        (ENGLISH, "Mary Brown, John Smith (TWO Teachers)", ()), (ENGLISH, "Mary Brown, John Smith (total of two staff)", ()), (ENGLISH, "Mary Brown, John Smith (a total of two  members of  staff)", ()), (ENGLISH, "Mary Brown, John Smith (ten teachers)", ("ten teachers",)), (ENGLISH, "Mary Brown, John Smith (10 staff)", ("10 staff",)),
        (CHINESE, "王芳、李明（共计二人）", ()), (CHINESE, "王芳、李明，两位", ()), (CHINESE, "王芳、李明两位同志", ()),
    ],
)  # fmt: skip
def test_who_is_counted(school: Directory, text: str, strangers: tuple[str, ...]) -> None:
    assert school.meant_by(text).strangers == strangers
