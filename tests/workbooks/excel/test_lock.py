"""One run at a time; a run that dies holds no lock, and leaves the whole old workbook or the whole new one."""

from __future__ import annotations

import io
import signal
import subprocess
import sys
import textwrap
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import openpyxl
import pytest

from automation.ledger.errors import Busy
from automation.ledger.workbook import ColumnEdit, Commit, TabEdit
from automation.workbooks.excel.workbook import ExcelWorkbook
from tests.support import ROOT

CLOCK = datetime(2026, 3, 18, 1, tzinfo=UTC)
OLD, NEW = [["No."]], [["No."], ["LV-1"]]
EDIT = [TabEdit("Cases", [ColumnEdit(1, [2], ["LV-1"])])]

OPENING = """
    import os, signal, sys
    from datetime import UTC, datetime
    from pathlib import Path
    from automation.ledger.workbook import ColumnEdit, Commit, TabEdit
    from automation.workbooks.excel.workbook import ExcelWorkbook
    import automation.workbooks.excel.xml.cell_edits  # imported by the first commit: that is no step of it
    workbook = ExcelWorkbook(Path(sys.argv[1]), datetime(2026, 3, 18, 1, tzinfo=UTC))
"""
HOLDING = """
    with workbook.lock():
        print("held", flush=True)
        sys.stdin.read()
"""
COMMITTING = """
    STEPS = {"mkdir", "link", "open", "BufferedWriter.write", "BufferedWriter.flush", "fsync", "chmod", "replace", "unlink"}
    wanted, steps = int(sys.argv[2]), []

    def watch(frame, event, called):
        if event == "c_call" and called.__qualname__ in STEPS:
            steps.append(called.__qualname__)
            if len(steps) == wanted:
                os.kill(os.getpid(), signal.SIGKILL)

    with workbook.lock():
        snapshot = workbook.read()
        sys.setprofile(watch)
        workbook.commit(Commit(snapshot, [TabEdit("Cases", [ColumnEdit(1, [2], ["LV-1"])])]))
        sys.setprofile(None)
    print("\\n".join(steps))
"""
"""A commit that kills itself just before its n-th call to the disk; with 0 it lives."""


def python(code: str, path: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(OPENING) + textwrap.dedent(code), str(path), *arguments],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    )


def rows(path: Path) -> list[list[object]]:
    return [list(row) for row in ExcelWorkbook(path, CLOCK).read().grids["Cases"].rows]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    book.worksheets[0].title = "Cases"
    book.worksheets[0]["A1"] = "No."
    out = io.BytesIO()
    book.save(out)
    path = tmp_path / "ledger.xlsx"
    path.write_bytes(out.getvalue())
    return path


def commit(path: Path) -> None:
    workbook = ExcelWorkbook(path, CLOCK)
    with workbook.lock():
        workbook.commit(Commit(workbook.read(), EDIT))


# There is one run at a time, and a run that crashed cannot hold the lock for ever (docs/design.md#p7.9).


def test_while_one_process_works_the_other_is_told_to_come_back(path: Path) -> None:
    with python(HOLDING, path) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"

        with pytest.raises(Busy) as busy:
            commit(path)
        holder.communicate("")

    assert (busy.value.say("en"), busy.value.exit_code) == (
        "Another run is working on ledger.xlsx: try again later.",
        75,
    )
    assert rows(path) == OLD


@pytest.mark.parametrize("end", ["done", "killed"])
def test_the_lock_is_free_when_its_process_is_gone(path: Path, end: str) -> None:
    with python(HOLDING, path) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        if end == "killed":
            holder.send_signal(signal.SIGKILL)
        holder.communicate("" if end == "done" else None)

    commit(path)

    assert (holder.returncode, rows(path)) == (-signal.SIGKILL if end == "killed" else 0, NEW)


def test_two_names_of_one_file_have_one_lock(path: Path) -> None:
    link = path.with_name("link.xlsx")
    link.symlink_to(path)

    with python(HOLDING, link) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with pytest.raises(Busy):
            commit(path)
        holder.communicate("")


# The new content is written beside the file, flushed and renamed over it (docs/design.md#p8.2).


def killed_at(step: int, path: Path) -> tuple[int, list[str]]:
    """A commit that is killed at its n-th step on the disk: its exit code, and the steps it took if it lived."""
    with python(COMMITTING, path, str(step)) as process:
        out, _ = process.communicate()
    return process.returncode, out.split("\n")[:-1]


STEPS = [
    ("open", "read what is there now"),
    ("open", "a new file beside it"),
    ("open", "to write it"),
    ("BufferedWriter.write", "the new workbook"),
    ("BufferedWriter.flush", "out of this process"),
    ("fsync", "onto the disk"),
    ("chmod", "the rights of the old one"),
    ("mkdir", "make the backups folder"),
    ("chmod", "its rights"),
    ("link", "keep the old one there"),
    ("open", "look whether somebody saved meanwhile"),
    ("unlink", "what is left of a killed run's list"),
    ("open", "a new list of checksums beside the old one"),
    ("open", "to write it"),
    ("BufferedWriter.write", "the list with the backup's checksum"),
    ("BufferedWriter.flush", "out of this process"),
    ("fsync", "onto the disk"),
    ("chmod", "the list's rights"),
    ("replace", "the old list"),
    ("replace", "the rename"),
    ("open", "the folder"),
    ("fsync", "the rename onto the disk"),
    ("unlink", "the file beside, if it is still there"),
]
RENAME = [what for _, what in STEPS].index("the rename") + 1


def test_a_commit_is_written_flushed_and_then_renamed(path: Path) -> None:
    assert killed_at(0, path) == (0, [name for name, _ in STEPS])
    assert rows(path) == NEW


@pytest.mark.parametrize("step", [pytest.param(at, id=f"{at}-{name}") for at, (name, _) in enumerate(STEPS, start=1)])
def test_killed_at_any_step_the_workbook_is_the_old_or_the_new_one_whole(path: Path, step: int) -> None:
    old = path.read_bytes()

    assert killed_at(step, path) == (-signal.SIGKILL, [])

    assert rows(path) == (NEW if step > RENAME else OLD)
    if step <= RENAME:
        assert path.read_bytes() == old
    openpyxl.load_workbook(path)
    # What the dead run left is in nobody's way.
    commit(path)
    assert rows(path) == NEW


def test_a_commit_leaves_nothing_beside_the_workbook_but_its_lock_and_backups(path: Path) -> None:
    commit(path)

    assert sorted(file.name for file in path.parent.iterdir()) == [
        ".ledger.xlsx.lock",
        "ledger.backups",
        "ledger.xlsx",
    ]


def test_what_a_killed_commit_left_is_swept_away(tmp_path: Path) -> None:
    """And nothing else, neither of another workbook nor of a person."""
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"old")
    leftovers = [".a.k3_9xw2q.tmp", ".a.b.k3_9xw2q.tmp", ".a.notes.tmp", "a.tmp"]
    for name in leftovers:
        (tmp_path / name).touch()
    workbook = ExcelWorkbook(path, datetime.now(UTC))
    with workbook.lock():
        workbook.replace(b"new", sha256(b"old").hexdigest())
    assert sorted(one.name for one in tmp_path.iterdir() if one.name.endswith(".tmp")) == sorted(leftovers[1:])
