"""A slip in one cell, one column or a block that is put right leaves nothing behind: some offices at random; `python -m
tests.slips` tries more."""

from __future__ import annotations

from hypothesis import given

from tests.slips import Day, days, nothing_is_left_of_it
from tests.support.sample import random_examples


@random_examples(5)
@given(days())
def test_put_right_nothing_is_left_of_it(day: Day) -> None:
    nothing_is_left_of_it(day)
