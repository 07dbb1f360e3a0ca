"""A disk that is full anywhere ends in one sentence, and nothing counts as written that was not."""

from __future__ import annotations

import io
import os
import resource
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from click.testing import CliRunner

import jobs
from automation.workbooks.excel.journal_file import Journal
from tests.support import ROOT
from tests.support.children import ended, started
from tests.support.ledger_in_memory import line
from tests.support.small_office import HANDLED, column, ledger_at

WHEN = "2026-03-19T09:00"


def run(path: Path, out: str) -> tuple[int, str]:
    """A run that says what it does to this file: its exit code and what it said of an error."""
    with Path(out).open("w") as output:
        ended = subprocess.run(
            [sys.executable, "jobs.py", *command(path)],
            cwd=ROOT, stdout=output, stderr=subprocess.PIPE, encoding="utf-8", check=False, timeout=120,
        )  # fmt: skip
    return ended.returncode, ended.stderr


def command(path: Path) -> list[str]:
    return ["--language", "en", "run", "-w", str(path), "--now", WHEN]


def bounded(path: Path, most: int = resource.RLIM_INFINITY) -> tuple[int, str]:
    """The same in a process that may write no file of more bytes."""
    ours, theirs = Pipe(duplex=False)
    process = started(_bounded, path, most, theirs)
    theirs.close()
    code, said = ours.recv() if ours.poll(120) else (None, "")
    assert ended(process) == 0
    return code, said


def _bounded(path: Path, most: int, answer: Connection) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    said, code = io.StringIO(), 0
    with Path(os.devnull).open("w") as nowhere, redirect_stdout(nowhere), redirect_stderr(said):
        try:
            jobs.main(command(path), prog_name="jobs.py")
        except SystemExit as end:
            code = int(end.code or 0)
    answer.send((code, said.getvalue()))


@pytest.mark.parametrize("most", [1, 500, 3000, 20_000, 60_000])
def test_wherever_a_file_cannot_grow_it_is_one_sentence_and_the_next_run_does_it_all(tmp_path: Path, most: int) -> None:
    path = ledger_at(tmp_path, [line(**HANDLED)])

    code, said = bounded(path, most)

    assert (code, len(said.splitlines())) == (1, 1), said
    assert "fault" not in said
    states = dict(column(path, "notices", "mail_id", "state"))
    written = {one.stem.rpartition("-")[2] for one in (tmp_path / "ledger.outbox").glob("*.eml")}
    assert {mail for mail, state in states.items() if state == "written"} <= written
    assert bounded(path) == (0, "")
    kinds = sorted(column(path, "notices", "kind", "state"))
    assert ("assignment", "written") in kinds
    assert {state for _, state in kinds} <= {"written", "superseded"}


def test_a_full_output_is_one_sentence_too(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, [line(**HANDLED)])
    code, said = run(path, out="/dev/full")
    assert (code, said) == (1, "There is no room left on the disk (-): free some space, then do the same again.\n")


def test_a_journal_that_could_not_take_a_whole_addition_took_none(tmp_path: Path) -> None:
    code = f"""
import resource
from pathlib import Path
from automation.ledger.errors import LedgerError
from automation.workbooks.excel.journal_file import Journal
journal = Journal(Path({str(tmp_path / "j")!r}), lambda: None)
journal.add([{{"n": 0}}])
resource.setrlimit(resource.RLIMIT_FSIZE, (40, 40))
try:
    journal.add([{{"n": n}} for n in range(1, 9)])
except LedgerError as error:
    print(error.say("en"))
"""
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert said.startswith("j cannot be used (File too large), so nothing was sent")
    assert Journal(tmp_path / "j", lambda: None).read() == ({"n": 0},)


def test_a_torn_line_of_the_journal_is_named_in_every_run(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, [line(**HANDLED)])
    assert bounded(path) == (0, "")
    journal = path.with_name("ledger.xlsx.journal")
    whole = journal.read_bytes().splitlines(keepends=True)
    journal.write_bytes(b"".join([*whole[:1], whole[1][:20] + b"\n", *whole[1:]]))
    again = CliRunner().invoke(jobs.main, command(path))
    assert (again.exit_code, again.stderr, "ledger.xlsx.journal:2" in again.stdout) == (0, "", True)
