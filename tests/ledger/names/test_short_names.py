"""What departments are called for short, by the words and characters of their names (docs/design.md#p5.3)."""

from __future__ import annotations

import pytest

from automation.ledger.meant import Party
from automation.ledger.names.posts import LONGEST_ENDING, SHORT_ENDING, ShortNames, words_of_departments, works_of


def named(*names: str) -> frozenset[Party]:
    return frozenset(Party(name, is_department=True) for name in names)


WORDS = ("maths", "administration", "art", "artistry", "care", "academic", "pe", "english")
STEMS = ("后勤保障", "学生发展", "教务", "高三", "年级", "体育健康", "语文")
NAMES = ShortNames({word: named(word) for word in WORDS}, {stem: named(stem) for stem in STEMS})


def whose(parties: frozenset[Party]) -> str:
    return " ".join(sorted(party.name for party in parties))


@pytest.mark.parametrize(
    ("word", "beside_a_post", "alone"),
    [
        ("maths", "maths", "maths"), ("math", "maths", "maths"), ("mat", "", ""), ("mathsy", "maths", "maths"), ("admi", "administration", "administration"), ("adm", "", ""), ("art", "art", "art"), ("ar", "", ""), ("artist", "artistry", "artistry"),
        ("artistryxy", "artistry", "artistry"), ("artistryxyz", "artistry", ""), ("arti", "artistry", "artistry"), ("academics", "academic", "academic"), ("academician", "academic", ""), ("care", "care", "care"), ("caretaking", "care", ""), ("pe", "pe", "pe"), ("p", "", ""), ("eng", "english", "english"),
        ("english" + "x" * LONGEST_ENDING, "english", ""), ("english" + "x" * (LONGEST_ENDING + 1), "", ""), ("physical", "", ""), ("artful", "", ""),
    ],
)  # fmt: skip
def test_a_word_that_begins_a_departments_or_goes_on_from_it(word: str, beside_a_post: str, alone: str) -> None:
    assert (whose(NAMES.called(word)), whose(NAMES.called(word, SHORT_ENDING))) == (beside_a_post, alone)


@pytest.mark.parametrize(
    ("written", "whole", "alike"),
    [
        ("高三", "高三", "高三"), ("高三备课组", "高三", ""), ("语文教研组", "语文", ""), ("备课组", "", ""), ("高二", "", ""), ("教务", "教务", "教务"), ("教", "", ""), ("处", "", ""),
        ("后勤", "", "后勤保障"), ("后勤处", "", "后勤保障"), ("后处", "", ""), ("保障处", "", "后勤保障"), ("保障", "", ""), ("勤务处", "", ""), ("学生", "", ""), ("学生处", "", "学生发展"), ("学生工作处", "", "学生发展"), ("学发中心", "", "学生发展"), ("学展处", "", "学生发展"), ("发展处", "", "学生发展"),
        ("体健部", "", "体育健康"), ("健体部", "", ""), ("健康部", "", "体育健康"), ("体育", "", "体育健康"), ("语文工作组", "", "语文"), ("工作处", "", ""), ("学校", "", ""), ("教务中心", "", "教务"),
    ],
)  # fmt: skip
def test_characters_that_stand_in_a_departments_name(written: str, whole: str, alike: str) -> None:
    assert (whose(NAMES.called_whole(written)), whose(NAMES.alike(written))) == (whole, alike)


@pytest.mark.parametrize(
    ("title", "works", "headed"),
    [
        ("年级组长", "年级 年级组", "年级"), ("年级长", "年级", "年级"), ("教务主任", "教务", "教务"), ("语文组长", "语文 语文组", "语文"), ("主任", "", ""), ("组长", "", ""), ("head", "", ""), ("级长", "", ""),
    ],
)  # fmt: skip
def test_what_a_title_says_of_the_work(title: str, works: str, headed: str) -> None:
    assert (" ".join(sorted(works_of(title))), whose(NAMES.ending_like(title))) == (works, headed)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("The PE department", "pe"), ("H & S", ""), ("数学 Maths office", "maths office"), ("Head of Year 9", "year"), ("Deputy head (academic)", "academic"), ("Mr Hope's House", "hope house"), ("Careers and Work", "careers work"), ("School office", "office"), ("Key Stage 2", "key stage"), ("教务处", ""),
    ],
)  # fmt: skip
def test_the_words_that_tell_departments_apart(name: str, words: str) -> None:
    (one,) = named(name)
    assert words_of_departments([(name, one)]) == {word: named(name) for word in words.split()}


def test_a_word_in_the_names_of_two_departments_means_both() -> None:
    both = [("Year 7 team", Party("a", is_department=True)), ("Year 8 team", Party("b", is_department=True))]
    assert words_of_departments(both) == {"year": named("a", "b")}
