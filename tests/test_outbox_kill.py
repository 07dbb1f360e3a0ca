"""SIGKILL before each rename of a run that tells somebody: nothing is lost, and what is said again is the same mail."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.sample import line
from tests.test_outbox import HANDLED, REMINDED, at, ledger_at, mails, notices, read

# Every file is written beside itself and renamed over: the commit that claims, the mail, the confirmation, the page.
RENAMES = 4
KILLED = textwrap.dedent(
    """
    import os, signal, sys
    from pathlib import Path
    from tests.test_outbox import at

    path, left = Path(sys.argv[1]), int(sys.argv[2])

    def watch(event, arguments):
        global left
        if event == "os.rename":
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            left -= 1

    sys.addaudithook(watch)
    at(path, "2026-03-13T09:00")
    """
)


@pytest.mark.parametrize("rename", range(RENAMES))
def test_killed_before(tmp_path: Path, rename: int) -> None:
    path = ledger_at(tmp_path, [line(**HANDLED)])
    killed = subprocess.run(
        [sys.executable, "-c", KILLED, str(path), str(rename)],
        cwd=Path(__file__).parent.parent,
        timeout=60,
        check=False,
    )
    ids = {str(mail["Message-ID"]) for mail in read(tmp_path / "out")}
    at(path, "2026-03-13T09:10")
    assert killed.returncode == -signal.SIGKILL
    assert (mails(tmp_path / "out"), [row[2] for row in notices(path)]) == ([REMINDED], ["written"])
    assert ids <= {str(mail["Message-ID"]) for mail in read(tmp_path / "out")}
    assert at(path, "2026-03-13T09:20").edits == ()


def test_that_is_every_rename(tmp_path: Path) -> None:
    """One more, and the run comes to its end."""
    path = ledger_at(tmp_path, [line(**HANDLED)])
    ended = subprocess.run(
        [sys.executable, "-c", KILLED, str(path), str(RENAMES)],
        cwd=Path(__file__).parent.parent,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 0
