"""Whatever fails at any request of a run, the next run ends in the same state as a run without faults.

No mail is lost, and none goes out under two Message-IDs. A sample; `python -m tests.google_faults` tries each fault at each request.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.google_faults import PLACES, wrong_after

pytestmark = pytest.mark.parametrize("home", ["google"], indirect=True)
THIRD = 3


@pytest.mark.parametrize(("kind", "nth"), PLACES[::THIRD])
def test_the_next_run_ends_as_if_nothing_had_happened(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, kind: str, nth: int
) -> None:
    """A third of the places: each kind of fault at two or three requests, each request with four kinds."""
    assert wrong_after(kind, nth, tmp_path / "ledger", tmp_path_factory.getbasetemp() / "reference") == []
