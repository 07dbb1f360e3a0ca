"""What of a cell may be printed."""

from __future__ import annotations

import pytest

from automation.forms.printable import printable, short


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a\r\nb\rc\td", "a\nb\nc d"),
        ("a\n\n \n\nb", "a\nb"),
        ("\x00\x07a\u202eb\u2028c\ud800", "abc"),
        ("  Łukasz “said” 😀 陈静 ", "Łukasz “said” 😀 陈静"),
        ("x" * 50_000, "x" * 50_000),
    ],
)
def test_what_may_be_printed_of_a_cell(text: str, said: str) -> None:
    assert printable(text) == said


def test_a_heading_is_one_line_that_is_not_too_long() -> None:
    assert [short("Hill\nSchool"), short("x" * 30), short("x" * 30, 10)] == [
        "Hill School",
        "x" * 23 + "…",
        "x" * 9 + "…",
    ]
