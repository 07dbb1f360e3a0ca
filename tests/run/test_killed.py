"""SIGKILL at a step of a run, and at steps of those after it: no mail is lost, and none but the one in hand comes twice.

A sample; `python -m tests.killing` tries every step.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.killing.trial import tried
from tests.support.mail_server import mail_server

ON_BOTH = True


@pytest.mark.parametrize("steps", [[250], [120, 300, 90, 200, 60]], ids=["once", "five times in a row"])
def test_killed_runs_lose_no_mail(tmp_path: Path, steps: list[int]) -> None:
    with mail_server(tmp_path) as server:
        outcome = tried(tmp_path / "trial", server, steps)
    assert (outcome.kills >= 1, outcome.wrong) == (True, ())
