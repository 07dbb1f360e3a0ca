"""A slip in one cell, one column or a block that is put right leaves nothing behind: some offices at random; `python -m
tests.slips` tries more."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, given, settings

from tests.slips import Day, days, nothing_is_left_of_it

SOME = settings(
    max_examples=25, deadline=None, derandomize=True, phases=[Phase.generate], suppress_health_check=[*HealthCheck]
)


@SOME
@given(days())
def test_put_right_nothing_is_left_of_it(day: Day) -> None:
    nothing_is_left_of_it(day)
