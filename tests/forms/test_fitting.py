"""Text in boxes: where lines break, at what size, where they are cut; and no font is wider than assumed."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont

from automation.forms.fitting import CONTINUES, LONGEST, SIZES, ems, fitted, height_at, printable, wrapped
from automation.forms.shapes import LEADING
from sheet_schema import LANGUAGES, Language

FIVE = (100.0, 5 * LEADING * SIZES[0])
"""A room for five lines of ordinary letters."""
ANY_TEXT = st.text(st.characters(codec="utf-8"), max_size=400)


@pytest.mark.parametrize(
    ("text", "wide", "lines"),
    [
        pytest.param("", 4, [""], id="nothing"),
        pytest.param("one two three", 7, ["one two", "three"], id="at-spaces"),
        pytest.param("one\ntwo", 9, ["one", "two"], id="line-breaks-stay"),
        pytest.param("incomprehensible", 6, ["incomp", "rehens", "ible"], id="within-a-word-that-is-too-long"),
        pytest.param("a incomprehensible", 6, ["a", "incomp", "rehens", "ible"], id="it-begins-a-line-of-its-own"),
        pytest.param("食堂的汤太凉了", 3, ["食堂的", "汤太凉", "了"], id="anywhere-in-Chinese"),
        pytest.param("食堂凉，说了", 3, ["食堂", "凉，说", "了"], id="no-line-begins-with-a-comma"),
        pytest.param("他说“冷”了", 3, ["他说", "“冷”", "了"], id="nor-ends-with-an-opening-mark"),
        pytest.param("见LV-00001件", 8, ["见", "LV-00001", "件"], id="a-number-stays-whole"),
    ],
)
def test_where_lines_break(text: str, wide: int, lines: list[str]) -> None:
    assert wrapped(text, wide, len) == lines


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a\r\nb\rc\td", "a\nb\nc d"),
        ("a\n\n \n\nb", "a\nb"),
        ("\x00\x07a\u202eb\u2028c\ud800", "abc"),
        ("  Łukasz “said” 😀 陈静 ", "Łukasz “said” 😀 陈静"),
        ("x" * 50_000, "x" * LONGEST),
    ],
)
def test_what_may_be_printed_of_a_cell(text: str, said: str) -> None:
    assert printable(text) == said


@pytest.mark.parametrize(
    ("words", "size"),
    [(1, SIZES[0]), (60, SIZES[0]), (64, SIZES[1]), (90, SIZES[2]), (110, SIZES[3])],
)
def test_what_is_long_is_set_smaller(words: int, size: float) -> None:
    assert fitted("门" * words, (FIVE[0] * 1.3, FIVE[1]), "zh") == ("门" * words, size)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_longer_still_is_cut_and_says_so(language: Language) -> None:
    said, size = fitted("门" * 9000, FIVE, language)

    assert (said.strip("门"), size) == (CONTINUES.say(language), SIZES[-1])
    assert 60 < len(said) < 110


def test_lines_are_joined_before_anything_is_cut() -> None:
    assert fitted("门\n" * 30, FIVE, "zh") == ("门 " * 30, SIZES[-1])


@given(text=ANY_TEXT, wide=st.floats(12, 500), high=st.floats(15, 300))
def test_whatever_it_is_it_fits(text: str, wide: float, high: float) -> None:
    said, size = fitted(printable(text), (wide, high), "en")

    assert height_at(said, wide, size) <= max(high, size * LEADING * len(CONTINUES.say("en")))
    assert size in SIZES


@given(text=ANY_TEXT.map(printable), wide=st.floats(1, 90))
def test_no_character_is_lost_and_no_line_too_wide(text: str, wide: float) -> None:
    lines = wrapped(text, wide, len)

    assert "".join(lines).replace(" ", "") == text.replace("\n", "").replace(" ", "")
    assert all(len(line) <= max(1, wide) for line in lines)


def test_no_letter_is_wider_than_it_was_taken_to_be() -> None:
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    fonts = {
        "Helvetica": string.printable[:95] + "éüñçŠžœ“”‘’–—…€£©®±×",
        "STSong-Light": "食堂，。“”（）《》",
    }

    assert [
        one for font, letters in fonts.items() for one in letters if pdfmetrics.stringWidth(one, font, 1) > ems(one)
    ] == []
