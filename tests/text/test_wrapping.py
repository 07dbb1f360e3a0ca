"""Where lines break in English and in Chinese; no character is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automation.text.wrapping import wrapped


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


@given(
    text=st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Zl", "Zp")), max_size=400),
    wide=st.floats(1, 90),
)
def test_no_character_is_lost_and_no_line_too_wide(text: str, wide: float) -> None:
    lines = wrapped(text, wide, len)

    assert "".join(lines).replace(" ", "") == text.replace("\n", "").replace(" ", "")
    assert all(len(line) <= max(1, wide) for line in lines)
