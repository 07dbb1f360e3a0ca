"""One run at a time; a run that dies holds no lock, and leaves the whole old workbook or the whole new one."""

from __future__ import annotations

import io
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import sha256
from multiprocessing.context import ForkServerProcess
from multiprocessing.synchronize import Event
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from automation.ledger.errors import Busy
from automation.ledger.workbook import ColumnEdit, Commit, TabEdit
from automation.workbooks.excel.workbook import ExcelWorkbook
from tests.support.children import ended, event, kill, started

CLOCK = datetime(2026, 3, 18, 1, tzinfo=UTC)
OLD, NEW = [["No."]], [["No."], ["LV-1"]]
EDIT = [TabEdit("Cases", [ColumnEdit(1, [2], ["LV-1"])])]

STEPS_ON_THE_DISK = {"mkdir", "link", "open", "BufferedWriter.write", "BufferedWriter.flush", "fsync", "chmod", "replace", "unlink"}  # fmt: skip


def hold(path: Path, held: Event, let_go: Event) -> None:
    """Hold the workbook's lock until it is to be let go."""
    with ExcelWorkbook(path, CLOCK).lock():
        held.set()
        let_go.wait(60)


def commit_killed_at(wanted: int, path: Path, steps_taken: Path) -> None:
    """A commit that kills its process just before its n-th call to the disk; with 0 it lives, and notes its steps."""
    workbook, steps = ExcelWorkbook(path, CLOCK), list[str]()

    def watch(frame: object, event: str, called: Any) -> None:
        if event == "c_call" and called.__qualname__ in STEPS_ON_THE_DISK:
            steps.append(called.__qualname__)
            if len(steps) == wanted:
                os.kill(os.getpid(), signal.SIGKILL)

    with workbook.lock():
        snapshot = workbook.read()
        sys.setprofile(watch)
        workbook.commit(Commit(snapshot, EDIT))
        sys.setprofile(None)
    steps_taken.write_text("\n".join(steps))


@contextmanager
def holder_of(path: Path) -> Iterator[tuple[ForkServerProcess, Event]]:
    """Another process that holds the lock, and what lets it go."""
    held, let_go = event(), event()
    process = started(hold, path, held, let_go)
    assert held.wait(60)
    yield process, let_go
    if process.is_alive():  # an event waits for whoever waited for it, also once they were killed
        let_go.set()
    ended(process)


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
    with holder_of(path), pytest.raises(Busy) as busy:
        commit(path)

    assert (busy.value.say("en"), busy.value.exit_code) == (
        "Another run is working on ledger.xlsx: try again later.",
        75,
    )
    assert rows(path) == OLD


@pytest.mark.parametrize("end", ["done", "killed"])
def test_the_lock_is_free_when_its_process_is_gone(path: Path, end: str) -> None:
    with holder_of(path) as (holder, let_go):
        if end == "killed":
            kill(holder)
        else:
            let_go.set()
        code = ended(holder)

    commit(path)

    assert (code, rows(path)) == (-signal.SIGKILL if end == "killed" else 0, NEW)


def test_two_names_of_one_file_have_one_lock(path: Path) -> None:
    link = path.with_name("link.xlsx")
    link.symlink_to(path)

    with holder_of(link), pytest.raises(Busy):
        commit(path)


# The new content is written beside the file, flushed and renamed over it (docs/design.md#p8.2).


def killed_at(step: int, path: Path) -> tuple[int, list[str]]:
    """A commit that is killed at its n-th step on the disk: its exit code, and the steps it took if it lived."""
    steps = path.with_name("steps")
    code = ended(started(commit_killed_at, step, path, steps))
    taken = steps.read_text().split("\n") if steps.exists() else []
    steps.unlink(missing_ok=True)
    return code, taken


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
