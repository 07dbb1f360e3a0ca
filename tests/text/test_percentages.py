"""A part of a whole in percent: rounded, but never as if some were none, or most were all."""

from __future__ import annotations

import pytest

from automation.text.percentages import percent


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [
        (0, 0, 0), (0, 7, 0), (7, 7, 100), (2, 3, 67), (1, 3, 33), (1, 6, 17), (5, 9, 56),
        (1, 8, 13), (3, 8, 38), (1, 200, 1), (3, 200, 2),
        (1, 201, 1), (1, 100_000, 1), (199, 200, 99), (200, 201, 99), (99_999, 100_000, 99),
    ],
)  # fmt: skip
def test_rounded_half_up_but_some_are_never_none_and_not_all_never_all(part: int, whole: int, shown: int) -> None:
    assert (percent(part, whole), percent(float(part), whole)) == (shown, shown)


def test_whatever_the_numbers_0_is_none_100_is_all_and_the_rest_is_at_most_half_off() -> None:
    for whole in range(1, 251):
        for part in range(whole + 1):
            shown = percent(part, whole)
            assert (shown == 0) is (part == 0)
            assert (shown == 100) is (part == whole)
            assert abs(shown - 100 * part / whole) <= (0.5 if 1 <= 100 * part / whole <= 99 else 1)
