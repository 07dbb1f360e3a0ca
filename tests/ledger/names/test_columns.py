"""Which texts of a column are read word by word: those that may hold a name, and as few others as can be told without reading."""

from __future__ import annotations

from automation.ledger.names.columns import Lines, NamesToFind

NAMES = NamesToFind(
    ("johnsmith", "zoemuller", "王芳", "欧阳明明", "学校办公室"),
    frozenset({"kate@school.example"}),
    ("John Smith", "de la Cruz, Maria", "Zoë Müller", "Grace", "王芳", "欧阳明明"),
    ("johnsmith", "zoemuller", "王芳", "欧阳明明"),
)
MAY_HOLD_A_NAME = [
    "John Smith", "j-o-h-n smith", "Smiths", "the smith left", "Smith_x", "cruz", "Grace", "Mueller", "MÜLLER", "Mr Zimmer", "Mr. Zimmer", "head of year Zimmer",
    "form tutor Zimmer", "form - tutor Zimmer", "王芳很好", "王 芳", "王·芳", "王\n芳", "王老师", "王教师", "王某", "欧阳校长", "欧老师", "明明老师", "kate@school.example", "Smith老师", "找Smith老师", "Zimmer老师", "Zimmer 老师",
    "王Sir", "三楼王姓女教师", "有个姓王的女老师", "王 teacher", "王 Vice Principal", "business manager Zimmer", "business-manager Zimmer",  "john\nsmith", "x\nSmith\ny", "\ud800 Smith", "\ud800 王芳", "Mr\u2003Zimmer", "Ms—Zimmer", "Smith¡", "ｓｍｉｔｈ", "SMITH'S", "王和钱老师", "王、钱两位老师", "王钱两老师",
]  # fmt: skip
HOLD_NONE = [
    "nothing to see", "blacksmith", "smithy", "Smith2", "maria", "lacruz", "Mr 7", "hammer zimmer", "year Zimmer", "王府井", "王和钱", "明老师", "芳老师", "老师", "kate@other.example", "kate@school", "a @ b", "李老师", "",
    "Ms.....Zimmer", "John\nZimmer", "希望学校核实", "校办工作",
]  # fmt: skip


def test_a_word_is_found_in_every_text_that_has_it_once_for_each() -> None:
    assert list(Lines("ab\nxx\nab ab\n\nxab").holding("ab")) == [0, 2, 4]
    assert list(Lines("x").holding("ab")) == []


def test_only_texts_that_may_hold_a_name_are_read() -> None:
    texts = [*HOLD_NONE, *MAY_HOLD_A_NAME, *HOLD_NONE]
    assert [texts[at] for at in NAMES.positions(texts)] == MAY_HOLD_A_NAME


def test_a_title_at_the_end_of_a_text_hides_none_at_the_beginning_of_the_next() -> None:
    assert NAMES.positions(["ask the principal", "Mr Zimmer left", "Mr", "business", "manager Zimmer"]) == [1]


def test_the_post_of_a_chinese_department_is_read_though_nobody_has_a_chinese_name() -> None:
    names = NamesToFind(("johnsmith", "教务处"), frozenset(), ("John Smith",), ("johnsmith",), ("教务处", "教务"))
    assert names.positions(["教务主任不接电话", "主任不接电话", "教务处负责人", "教务繁忙"]) == [0, 2]
    names = NamesToFind(
        ("johnsmith", "高三年级组"), frozenset(), ("John Smith",), ("johnsmith",), ("高三年级组", "高三年级")
    )
    assert names.positions(["年级组长打人", "组长打人", "教研组长打人", "年级主任打人"]) == [0, 3]


def test_without_names_only_a_title_and_a_word_are_read() -> None:
    assert NamesToFind((), frozenset(), (), ()).positions(["Smith", "王芳", "Mr Smith", "a@b.example", "王老师"]) == [2]
