"""People insert, delete, sort, move, edit and copy lines between any two requests of a run: no value on a wrong row at the end, no
case lost, none doubled, no human cell overwritten, no mail about a row that changed under it.

`python -m tests.racing 0 1250` is ten thousand such runs.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.racing.__main__ import RATES
from tests.racing.looking import raced

SEEDS_AT_ONCE = 12
pytestmark = pytest.mark.parametrize("home", ["google"], indirect=True)


@pytest.mark.parametrize("first", range(0, 36, SEEDS_AT_ONCE))
def test_whoever_types_meanwhile_every_value_is_where_it_belongs(tmp_path: Path, first: int) -> None:
    found = {}
    for seed in range(first, first + SEEDS_AT_ONCE):
        found[seed] = raced(tmp_path, seed, RATES[seed % len(RATES)])[1]
    assert {seed: wrong for seed, wrong in found.items() if wrong} == {}
