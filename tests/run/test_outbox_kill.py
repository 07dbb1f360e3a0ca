"""SIGKILL before each step of a run that writes mails into a folder: none is lost, and repeats are the same mail."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

from tests.support.children import ended, started
from tests.support.ledger_in_memory import line
from tests.support.small_office import HANDLED, at, column, ledger_at, read

# Files are written beside themselves and renamed over; the journal is opened, written and flushed. The claim in the
# journal, the commit with its list of checksums, two mails (assignment with reminder, digest), their confirmation, folding it in, the page.
STEPS = 9


def run_killed_before(path: Path, step: int) -> None:
    """Do a run that kills itself before this step, from 0."""
    left = step

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        journal = (
            event == "open" and str(arguments[0]).endswith(".journal") and bool(int(str(arguments[2])) & os.O_CREAT)
        )
        if event == "os.rename" or journal:
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            left -= 1

    sys.addaudithook(watch)
    at(path, "2026-03-19T09:00")


def names(folder: Path) -> list[str]:
    return sorted(one.name.partition("-")[0] for one in folder.glob("*.eml"))


@pytest.mark.parametrize("step", range(STEPS))
def test_killed_before(tmp_path: Path, step: int) -> None:
    path = ledger_at(tmp_path, [line(**HANDLED)])
    killed = ended(started(run_killed_before, path, step))
    ids = {str(mail["Message-ID"]) for mail in read(tmp_path / "out")}
    at(path, "2026-03-19T09:10")
    written = names(tmp_path / "out")
    assert (killed, written) == (-signal.SIGKILL, ["assignment", "digest_office"])
    kinds = sorted(column(path, "notices", "kind", "state"))
    assert kinds == [
        ("assignment", "written"),
        ("digest_office", "written"),
        ("reminder", "superseded"),
        ("reminder", "written"),
    ]
    assert ids <= {str(mail["Message-ID"]) for mail in read(tmp_path / "out")}
    assert at(path, "2026-03-19T09:20").edits == ()


def test_that_is_every_step(tmp_path: Path) -> None:
    """With one step more, the run reaches its end."""
    path = ledger_at(tmp_path, [line(**HANDLED)])
    assert ended(started(run_killed_before, path, STEPS)) == 0
