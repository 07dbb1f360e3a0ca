"""In random weeks, every silent alteration is named, with what stood there before and after (docs/design.md#p2.24)."""

from __future__ import annotations

from tests.hands import week_of
from tests.support.sample import tries

WEEKS = tries(8)


def test_every_silent_alteration_is_named_and_nothing_else() -> None:
    weeks = [week_of(seed) for seed in range(1000, 1000 + WEEKS)]
    assert [wrong for _, wrong in weeks if wrong] == []
    assert sum(named for named, _ in weeks) > 2 * WEEKS
