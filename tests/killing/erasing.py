"""An erasure killed at one step after another, really by SIGKILL, and gone on with: `python -m tests.killing.erasing [FIRST [LAST]]`.

A step is each time when something reaches the disk: a file renamed over another, taken away, or flushed. After each kill either nothing was
erased, or `--resume` does the rest; in the end nothing is left of the case anywhere, and `verify` says that all is well.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from click.testing import CliRunner

import jobs
from tests.commands.test_erase import CONTACT, DECIDED, NAME, ledger_with_traces, traces

ERASE = ("erase", "2", "--what", "case", *DECIDED, "--yes")
RESUME = ("erase", "--resume", "--yes")
_STEPS = ((os, "replace"), (os, "fsync"), (os, "unlink"), (os, "rename"), (Path, "replace"), (Path, "unlink"))


def dying(at: int, arguments: list[str]) -> None:
    """In this process: do what is asked, and die before step `at`."""
    left = [at]

    def before(real: Callable[..., Any]) -> Callable[..., Any]:
        def step(*some: Any, **named: Any) -> Any:
            left[0] -= 1
            if left[0] < 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*some, **named)

        return step

    for owner, name in _STEPS:
        setattr(owner, name, before(getattr(owner, name)))
    jobs.main(arguments)


def killed_at(step: int, path: Path, *arguments: str) -> bool:
    """Whether the command died at this step; False if it ended before."""
    code = f"from tests.killing.erasing import dying; dying({step}, {[*arguments, '-w', str(path)]!r})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120, check=False)
    return done.returncode == -signal.SIGKILL


def say(path: Path, *arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(jobs.main, [*arguments, "-w", str(path)])
    return done.exit_code, done.output


def finished_after(step: int, folder: Path) -> bool:
    """Kill an erasure at this step, and again when it goes on, then let it end. False if there is no such step."""
    path = ledger_with_traces(folder)
    say(path, "reseal", "2", "--reason", "x")
    if not killed_at(step, path, *ERASE):
        return False
    begun = (folder / ".ledger.xlsx.erasing").exists()
    if begun:
        killed_at(step // 2, path, *RESUME)
    code, said = say(path, *(RESUME if (folder / ".ledger.xlsx.erasing").exists() else ERASE))
    assert code == 0, (step, said)
    assert traces(folder, NAME, CONTACT) == [], step
    code, said = say(path, "verify")
    assert code == 0, (step, said)
    return True


def main(first: int, last: int) -> None:
    for step in range(first, last):
        with tempfile.TemporaryDirectory() as folder:
            if not finished_after(step, Path(folder)):
                print(f"{step} steps, each killed")
                return
            print(step, "ok", flush=True)


if __name__ == "__main__":
    numbers = [int(one) for one in sys.argv[1:]]
    main(*(numbers or [0]), *([] if len(numbers) > 1 else [10_000]))
