"""Random offices: nobody can tell of a case they must not know of, and somebody is told of every late one.

`python -m tests.two_worlds SEED COUNT` searches for longer, and further ahead.
"""

from __future__ import annotations

from collections import Counter

from hypothesis import given

from tests.support.random_offices import Office, offices
from tests.support.sample import random_examples
from tests.two_worlds import compared_at_once, somebody_is_told

MANY = random_examples(50)


def test_nobody_can_tell_of_a_case_they_must_not_know_of() -> None:
    received: Counter[bool] = Counter()

    @MANY
    @given(offices())
    def look(office: Office) -> None:
        for one in compared_at_once(office):
            assert one.differences == []
            received[sum(one.counts.values()) > 0] += 1

    look()
    assert received[True] > 10  # or there would be nothing to compare, whatever the program does


@MANY
@given(offices())
def test_somebody_who_may_know_is_told_of_every_late_case(office: Office) -> None:
    somebody_is_told(office)
