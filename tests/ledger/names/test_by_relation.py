"""Who is only said by another, whom the cell names (docs/design.md#p5.3)."""

from __future__ import annotations

import pytest

from automation.ledger.directory import Directory
from tests.support.school_of_names import CHINESE, ENGLISH

NAMES = {ENGLISH: {"Mary Brown": "Mary Brown", "Mr O'Brien": "Sean O'Brien", "the headteacher": "Helen Dobson"}, CHINESE: {"李明": "李明", "李老师": "李明", "校长": "赵建国"}}  # fmt: skip
POSTS = ("the headteacher", "校长")
ANOTHER = {
    ENGLISH: (
        "the person who replaced {}", "{}'s successor", "{}'s replacement", "cover for {}", "{}'s cover", "{}'s maternity cover", "{}'s missus", "{}'s husband", "{}'s line manager",
        "{}'s other half", "{}'s mate", "{}'s apprentice", "one of {}'s cronies", "{}'s number two", "whoever took over from {}", "took over from {}", "the teacher replacing {}", "replaces {}",
        "the one covering for {}", "standing in for {}", "instead of {}", "in place of {}", "married to {}", "the woman married to {}", "the teacher before {}", "the man who sits next to {}",
        "the person who does {}'s job", "the lady who shares an office with {}", "somebody close to {}", "the TA in {}'s room", "anyone working under {}", "the supply for {}", "the person {} reports to", "next to {}", "covering {}",
    ),
    CHINESE: (
        "接替{}的人", "{}的接班人", "{}的爱人", "{}的对象", "{}的前夫", "顶替{}的老师", "代替{}上课", "接任{}", "替{}代课", "替{}上课的老师", "给{}代课的老师", "给{}打下手的人", "和{}搭班的老师", "{}的搭班",
        "{}的师父", "{}的闺蜜", "{}前面那位", "{}身边的人", "{}旁边的老师", "{}之后的班主任", "{}走后来的老师", "{}休假期间代班的老师", "{}带的实习生", "{}手下的老师", "{}推荐的老师", "管{}的人", "接{}班的人",
    ),
}  # fmt: skip
THE_SAME = {
    ENGLISH: (
        "the man called {}", "the teacher is {}", "the teacher apparently {}", "the person responsible is {}", "complaint from a person about {}", "my son's teacher {}", "the naughty teacher {}",
        "form tutor for 7B {}", "a boy in {}'s class", "a pupil taught by {}", "letter to {}", "{}'s cover lesson", "John Smith covering {}", "one teacher {}", "{} next to the gym", "the lady suddenly {}", "the lady like {}", "the person {} reports", "uncovering {}",
    ),
    CHINESE: (
        "叫{}的人", "{}这样的老师", "{}那个打人的老师", "{}是教数学的老师", "{} 教数学的老师", "投诉对象：{}", "被投诉对象{}", "反映的老师是{}", "{}这个人", "{}的作业", "{}的态度", "{}班上的学生", "{}班的家长", "教数学的{}",
    ),
}  # fmt: skip


def rows(ways: dict[Directory, tuple[str, ...]], *, with_posts: bool) -> list[tuple[Directory, str, str]]:
    return [
        (school, way.format(name), whose)
        for school, them in NAMES.items()
        for name, whose in them.items()
        for way in ways[school]
        if with_posts or name not in POSTS
    ]


@pytest.mark.parametrize(("school", "text", "whose"), rows(ANOTHER, with_posts=True))
def test_who_is_said_by_another_is_a_stranger_and_the_other_is_meant_too(
    school: Directory, text: str, whose: str
) -> None:
    meant = school.meant_by(text)
    assert meant.strangers
    assert whose in {party.name for party in meant.parties}


@pytest.mark.parametrize(("school", "text", "whose"), rows(THE_SAME, with_posts=False))
def test_words_that_say_who_somebody_is_speak_of_nobody_else(school: Directory, text: str, whose: str) -> None:
    meant = school.meant_by(text)
    assert meant.strangers == ()
    assert whose in {party.name for party in meant.parties}


@pytest.mark.parametrize(
    ("school", "text", "is_another"),
    [
        (ENGLISH, "Ms Smith next to Mary Brown", False), (ENGLISH, "the person the head works for", True), (ENGLISH, "the man with Quill", True), (ENGLISH, "the lady 打 Mary Brown", False), (ENGLISH, "somebody from Curriculum", True),
        (CHINESE, "王芳主任身边的人", True), (CHINESE, "教务主任身边的人", True), (CHINESE, "教务处身边的人", False), (CHINESE, "王芳 身边的人", False), (CHINESE, "姓王身边的人", False), (CHINESE, "王芳身边的李明", False), (CHINESE, "王芳身边人", False), (CHINESE, "旁边的人王芳", False),
        (CHINESE, "王芳的新来", True), (CHINESE, "王芳的新来的", False), (CHINESE, "黄老师接替王芳", False),
    ],
)  # fmt: skip
def test_whose_words_they_are(school: Directory, text: str, is_another: bool) -> None:
    assert bool(school.meant_by(text).strangers) == is_another
