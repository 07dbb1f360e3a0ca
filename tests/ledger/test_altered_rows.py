"""Which row of now is which of before (docs/design.md#p2.23)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from automation.ledger.altered_rows import paired

Row = Mapping[str, str]
REPLY: Row = {"step": "Reply", "amount": "10"}
OLDER: Row = {**REPLY, "until": "2026-03-23"}
OLD: Row = {**REPLY, "from": "2026-03-24", "until": "2026-04-26", "open_cases": "Yes"}


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        pytest.param([OLD, OLDER], [OLDER, OLD], [], id="sorted"),
        pytest.param([OLD, OLDER], [{**OLDER, "open_cases": "Yes"}], [(1, 0), (0, None)], id="one taken out, the other changed"),
        pytest.param([OLDER, OLD], [{**OLDER, "open_cases": "Yes"}], [(0, 0), (1, None)], id="and the other way round"),
        pytest.param([OLDER, OLDER], [OLDER, {**OLDER, "amount": "5"}], [(1, 1)], id="the lower of two equal ones"),
        pytest.param([OLD], [OLD, OLDER], [(None, 1)], id="added"),
    ],
)  # fmt: skip
def test_the_row_that_fits_best_is_the_same_row(
    before: Sequence[Row], now: Sequence[Row], expected: list[tuple[int | None, int | None]]
) -> None:
    found = paired("deadlines", before, [*enumerate(now)])
    assert [(row.was_at, row.at) for row in found] == expected
