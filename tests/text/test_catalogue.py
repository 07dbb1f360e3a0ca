"""One text of two, and several after each other."""

from __future__ import annotations

import pytest

from automation.text.catalogue import Words, clauses, cut_short, groups, listed, plural, sentences, with_note
from sheet_schema import LANGUAGES


def test_one_of_two_is_said() -> None:
    assert [Words("late", "超期").in_language(language) for language in LANGUAGES] == ["late", "超期"]


@pytest.mark.parametrize(
    ("join", "english", "chinese"),
    [
        (listed, "a, b, c", "a、b、c"),
        (clauses, "a, b, c", "a，b，c"),
        (groups, "a; b; c", "a；b；c"),
        (sentences, "a b c", "abc"),
    ],
)
def test_several_after_each_other(join: object, english: str, chinese: str) -> None:
    assert callable(join)
    assert [join("abc", language) for language in LANGUAGES] == [english, chinese]
    assert [join([], language) for language in LANGUAGES] == ["", ""]


@pytest.mark.parametrize(("count", "english"), [(0, "days"), (1, "day"), (2, "days")])
def test_a_noun_behind_a_number(count: int, english: str) -> None:
    assert [plural("day", count, "en"), plural("日", count, "zh")] == [english, "日"]


def test_something_in_brackets() -> None:
    assert [with_note("Late", "3", "en"), with_note("超期", "3", "zh")] == ["Late (3)", "超期（3）"]


@pytest.mark.parametrize(
    ("count", "english", "chinese"),
    [(0, "", ""), (2, "a, b", "a、b"), (3, "a, b and 1 more", "a、b 等 3 天"), (7, "a, b and 5 more", "a、b 等 7 天")],
)
def test_a_list_cut_short_says_of_what_there_is_more(count: int, english: str, chinese: str) -> None:
    assert [cut_short("abcdefg"[:count], 2, "天", language) for language in LANGUAGES] == [english, chinese]
