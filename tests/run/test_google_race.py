"""People insert, delete, sort, move, edit and copy lines between any two requests of a run.

In the end no value is on a wrong row, no case is lost or doubled, nothing that people typed is overwritten, and no mail
was sent about a row that changed under it. A sample; `python -m tests.racing 0 1250` does ten thousand such runs.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.racing.__main__ import RATES
from tests.racing.looking import raced
from tests.support.sample import TRIES

pytestmark = pytest.mark.parametrize("home", ["google"], indirect=True)


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder for all seeds, so that their ledger is laid out only once."""
    found = tmp_path_factory.getbasetemp() / "race"
    found.mkdir(exist_ok=True)
    return found


@pytest.mark.parametrize("seed", [*range(TRIES), 3, 45, 70])
def test_whoever_types_meanwhile_every_value_is_where_it_belongs(folder: Path, seed: int) -> None:
    """Each seed does eight runs; together they have each of the four rates."""
    assert raced(folder, seed, RATES[seed % len(RATES)])[1] == []
