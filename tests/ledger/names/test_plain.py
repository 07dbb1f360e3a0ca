"""What is plainly somebody's name, and what may be what a group is called."""

from __future__ import annotations

import pytest

from automation.ledger.directory import Directory
from automation.ledger.names.plain import is_plainly_a_name, leaves_room, stands_for_somebody
from tests.support.school_of_names import CHINESE, ENGLISH

NAMES = (
    "Hal Hope", "Mr Hope", "Mr. H. Hope", "Hope, Hal", "Hal O'Hope-Jones", "Dr Hal Hope",
    "冯远", "冯远明", "高远", "欧阳明", "欧阳明华", "诸葛明", "冯老师", "高老师", "欧阳老师", "冯远老师", "冯远明老师",
)  # fmt: skip
NO_NAMES = (
    "", "-", "Hope", "Estates", "hal hope", "Hal hope", "Sir", "Mr", "all staff", "Staff", "Kitchen Staff", "Kitchen Team",
    "Front Desk", "Governing Body", "Year Leaders", "reception", "Maths Teachers", "7B", "unknown", "everybody", "he",
    "冯", "冯等", "冯远等", "冯远及", "冯远或", "远明", "冯远明华", "冯远明华老师", "欧阳明华丽", "欧阳", "老师", "各位老师", "语文老师", "全体", "全体教师", "高三", "高三老师", "安保", "安保处", "安保组",
    "师生", "纪委", "党委", "管理层", "单位", "值班人员", "各处室",
)  # fmt: skip


@pytest.mark.parametrize(("text", "plainly"), [*((one, True) for one in NAMES), *((one, False) for one in NO_NAMES)])
def test_what_is_plainly_a_name(text: str, plainly: bool) -> None:
    assert is_plainly_a_name(text) is plainly


@pytest.mark.parametrize("way", ["{}, clerk", "{} (clerk)", "{} clerk", "clerk {}", "Clerk: {}", "{}, school secretary", "{}, registrar", "{}, SENCo", "{}, receptionist", "{}, boss"])  # fmt: skip
@pytest.mark.parametrize("name", ["Mary Brown", "Ms Brown", "Brown, Mary"])
def test_a_post_beside_a_name_is_that_persons(name: str, way: str) -> None:
    assert ENGLISH.person(way.format(name)) == "Mary Brown"
    assert ENGLISH.meant_by(way.format(name)).strangers == ()


@pytest.mark.parametrize(
    "way", ["{} 干事", "干事{}", "{}干事", "{}，干事", "{}（干事）", "干事：{}", "{} 办事员", "{}，专干", "{}，科员"]
)
@pytest.mark.parametrize("name", ["李明", "李老师"])
def test_a_chinese_post_beside_a_name_is_that_persons(name: str, way: str) -> None:
    assert CHINESE.person(way.format(name)) == "李明"
    assert CHINESE.meant_by(way.format(name)).strangers == ()


@pytest.mark.parametrize("text", ["Mary Brown, clerks", "Mary Brown, tas"])
def test_several_of_a_post_behind_a_name_are_others(text: str) -> None:
    assert ENGLISH.meant_by(text).strangers == (text.partition(", ")[2],)


@pytest.mark.parametrize(
    ("text", "leaves", "stands"),
    [
        *((text, True, True) for text in ("Robert Jones …", "Robert Jones ..", "Robert Jones?", "黄丽娟？", "Robert Jones &", "Robert Jones ＋ ", "…")),
        *((text, True, False) for text in ("Robert Jones and", "and", "Robert Jones or", "Robert Jones until May", "Mainly Robert Jones", "Robert Jones for now", "黄丽娟及", "王芳及", "王芳等", "王芳或 ", "黄丽娟和 ", "黄丽娟为主", "主要是黄丽娟")),
        *((text, False, False) for text in ("Robert Jones", "A & B", "Robert And", "Sandhu", "张和", "李建和", "May Till", "Robert Till", "A. Jones", "等", "")),
    ],
)  # fmt: skip
def test_what_leaves_room_for_somebody_else(text: str, leaves: bool, stands: bool) -> None:
    assert (leaves_room(text), stands_for_somebody(text)) == (leaves, stands)


@pytest.mark.parametrize(
    ("school", "texts", "leaves_open"),
    [
        (ENGLISH, ("Robert Jones", "robert jones", "Mr Smith", "Hal Hope", "Mary Brown, clerk", "Robet Jones", "the headteacher", "head of Curriculum", "Helen Dobson (head)"), False),
        (ENGLISH, ("Curriculum", "Health and Safety", "staff", "", "-", "Robert Jones, PA", "Mary Brown and others", "Mary Brown …", "Mary Brown?", "Curriculum?", "Mary Brown mainly", "Catering and Mary Brown"), True),
        (CHINESE, ("王芳", "王老师", "李老师", "冯远", "校长", "王方", "张主任", "李明，干事", "王芳和冯远"), False),
        (CHINESE, ("教务处", "王芳等", "冯远等", "王芳及", "王芳及其他人", "王芳为主", "王芳、教务处"), True),
    ],
)  # fmt: skip
def test_which_cells_leave_open_who_reads_a_mailbox(
    school: Directory, texts: tuple[str, ...], leaves_open: bool
) -> None:
    assert [text for text in texts if school.leaves_open(text) is not leaves_open] == []
