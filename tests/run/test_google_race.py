"""People insert, delete, sort, move, edit and copy lines between any two requests of a run: no value on a wrong row at the end, no
case lost, none doubled, no human cell overwritten, no mail about a row that changed under it.

`python -m tests.racing 0 1250` is ten thousand such runs.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.racing.__main__ import RATES
from tests.racing.looking import raced

pytestmark = pytest.mark.parametrize("home", ["google"], indirect=True)


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One for all seeds, so that their ledger is laid out once."""
    found = tmp_path_factory.getbasetemp() / "race"
    found.mkdir(exist_ok=True)
    return found


@pytest.mark.parametrize("seed", range(28))
def test_whoever_types_meanwhile_every_value_is_where_it_belongs(folder: Path, seed: int) -> None:
    """Eight runs each."""
    assert raced(folder, seed, RATES[seed % len(RATES)])[1] == []
