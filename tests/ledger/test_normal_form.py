"""Names as people write them, one at a time and a whole column at once."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from automation.ledger.normal_form import is_anonymous, normal, normal_lists, normals, split


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("", []), ("  ", []), ("王芳", ["王芳"]), ("王芳；李敏", ["王芳", "李敏"]), ("王芳;李敏、赵刚", ["王芳", "李敏", "赵刚"]),
        (" 王芳 ;; 李敏 ", ["王芳", "李敏"]), ("王芳\n李敏", ["王芳", "李敏"]), ("Smith, John", ["Smith, John"]), ("王芳，李敏", ["王芳", "李敏"]),
    ],
)  # fmt: skip
def test_split(text: str, names: list[str]) -> None:
    assert split(text) == names


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ｗang,  Fang", "wang fang"), ("王　芳", "王芳"), ("O'Neil", "ONEIL"), ("010-5550 1234", "01055501234"), ("STRASSE", "straße")],
)  # fmt: skip
def test_normal_forgets_width_case_spaces_and_punctuation(one: str, other: str) -> None:
    assert normal(one) == normal(other)


@pytest.mark.parametrize("text", ["匿名", "Anonymous", " anonymous ", "ＡＮＯＮＹＭＯＵＳ"])
def test_anonymous(text: str) -> None:
    assert is_anonymous(text)


@pytest.mark.parametrize("text", ["", "王芳", "An Onymous Smith", "匿名信作者王芳"])
def test_not_anonymous(text: str) -> None:
    assert not is_anonymous(text)


texts = st.lists(st.text(st.characters(exclude_categories=("Cs",)), max_size=30), max_size=8)


@settings(deadline=None, derandomize=True)
@given(texts)
def test_a_column_at_once_is_the_same_as_one_by_one(column: list[str]) -> None:
    assert normals(column) == [normal(text) for text in column]


@settings(deadline=None, derandomize=True)
@given(texts)
def test_lists_at_once_are_the_same_as_one_by_one(column: list[str]) -> None:
    column = [text.replace("\x1f", "") for text in column]
    assert normal_lists(column) == [[form for name in split(text) if (form := normal(name))] for text in column]
