"""The words of a part that are no place or thing of a school (docs/design.md#p5.3)."""

from __future__ import annotations

import pytest

from automation.ledger.names.lexicon import WORDS_ALONE
from automation.ledger.names.things import speaks_of_a_body_outside, without_things
from automation.ledger.names.units import units_of


@pytest.mark.parametrize(
    ("text", "left"),
    [
        # what can be nothing else is a thing by itself, also of several words
        ("wi fi", ""), ("term dates", ""), ("厕所", ""), ("学校厕所", "学校"), ("wi fi Quill", "quill"),
        # a word that may be a surname is one only in small letters, beside the school or another thing
        ("hall", "hall"), ("the hall", "the hall"), ("school hall", "school"), ("school hall Quill", "school quill"), ("lunch hall", ""), ("school Hall", "school hall"), ("Hall", "hall"), ("bell times", ""), ("Bell times", "bell"),
        # and never with a title
        ("Mr Hall", "mr hall"), ("Mr school hall", "mr school hall"),
    ],
)  # fmt: skip
def test_the_words_without_those_for_things(text: str, left: str) -> None:
    assert " ".join(span.form for span in without_things(WORDS_ALONE.spans(units_of(text)))) == left


@pytest.mark.parametrize(
    ("text", "is_outside"),
    [("新华书店", True), ("外卖员", True), ("书店", True), ("书店老板", False), ("王老师书店", False), ("Quill书店", False), ("书店员", False)],
)  # fmt: skip
def test_a_body_outside(text: str, is_outside: bool) -> None:
    assert speaks_of_a_body_outside(WORDS_ALONE.spans(units_of(text))) is is_outside
