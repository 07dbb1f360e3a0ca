"""The old file or the new one, whole; and nothing beside it."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from automation.workbooks.whole_files import write_whole
from tests.support import ROOT

KILLED = textwrap.dedent(
    """
    import os, signal, sys
    from pathlib import Path
    from automation.workbooks.whole_files import write_whole

    wanted, steps = int(sys.argv[2]), []

    def watch(frame, event, called):
        if event == "c_call" and called.__qualname__ in ("open", "BufferedWriter.write", "fsync", "replace"):
            steps.append(called.__qualname__)
            if len(steps) == wanted:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(watch)
    write_whole(Path(sys.argv[1]), b"new" * 100)
    sys.setprofile(None)
    print(" ".join(steps))
    """
)
STEPS = ["open", "open", "BufferedWriter.write", "fsync", "replace"]


def killed_at(step: int, path: Path) -> tuple[int, list[str]]:
    ended = subprocess.run(
        [sys.executable, "-c", KILLED, str(path), str(step)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return ended.returncode, ended.stdout.split()


def test_it_is_written_flushed_and_renamed(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(b"old")

    assert killed_at(0, path) == (0, STEPS)
    assert {one.name: one.read_bytes() for one in tmp_path.iterdir()} == {"page.html": b"new" * 100}


@pytest.mark.parametrize("step", range(1, len(STEPS) + 1))
def test_killed_at_any_step_the_old_one_is_whole_and_the_next_writing_is_not_hindered(
    tmp_path: Path, step: int
) -> None:
    path = tmp_path / "page.html"
    path.write_bytes(b"old")

    assert killed_at(step, path) == (-signal.SIGKILL, [])
    assert path.read_bytes() == b"old"

    write_whole(path, b"newer")
    assert {one.name: one.read_bytes() for one in tmp_path.iterdir()} == {"page.html": b"newer"}


def test_what_cannot_be_written_is_named_and_leaves_nothing_beside(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.mkdir()

    with pytest.raises(IsADirectoryError) as refused:
        write_whole(path, b"new")

    assert (refused.value.filename, refused.value.filename2) == (str(path), None)
    assert [one.name for one in tmp_path.iterdir()] == ["page.html"]


def test_a_missing_folder_is_an_error_about_the_file(tmp_path: Path) -> None:
    path = tmp_path / "nowhere" / "page.html"

    with pytest.raises(FileNotFoundError) as refused:
        write_whole(path, b"new")

    assert refused.value.filename == str(path)
