"""Progress is one line on a terminal for work of over a second, gone at the end, and nothing anywhere else."""

from __future__ import annotations

import contextlib
import io
import os
import re
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, TextIO

import pyte
import pytest
import rich.progress  # noqa: F401 - imported by the first line that is shown: no test is to wait for that

import jobs
from automation.commands import progress
from automation.commands.progress import shown
from automation.run.run import run
from automation.run.stages import Stage
from sheet_schema import Language
from tests.support import ROOT
from tests.support import workbook_homes as homes
from tests.support.ledger_in_memory import line as case
from tests.support.small_office import HANDLED, ledger_at, request_at
from tests.support.workbook_homes import book_at

Read = Callable[[], bytes]


@pytest.fixture(autouse=True)
def _a_terminal_that_can_move_its_cursor(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")


on_a_terminal = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")


# What a run tells


def test_a_run_tells_its_stages(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, [case(**HANDLED)])
    told: list[tuple[str, int, int]] = []

    def tell(stage: Stage, done: int = 0, of: int = 0) -> None:
        told.append((stage, done, of))

    request = request_at(path, "2026-03-13T09:00")
    first = run(book_at(path, request.real_time), request, tell)
    mails = len(first.mails)
    looked = [("reading", 0, 0), ("working_out", 0, 0)]
    sent = [("sending", at, mails) for at in range(1, mails + 1)]
    all_of_it = [
        *looked,
        ("waiting", 0, 0),
        *looked,
        ("connecting", 0, 0),
        ("writing", 0, 0),
        *sent,
        ("writing", 0, 0),
    ]

    again = request_at(path, "2026-03-13T09:10")
    run(book_at(path, again.real_time), again, tell)

    assert (mails > 0, told) == (True, [*all_of_it, *looked])


# Where nobody is watching


@pytest.mark.parametrize("stream", [io.StringIO(), None], ids=["a-pipe", "none-at-all"])
def test_nothing_is_written_where_there_is_no_terminal(
    stream: io.StringIO | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "PATIENCE", 0.01)
    said: list[str] = []

    with shown(stream, said.append) as (say, tell):
        tell("reading")
        time.sleep(0.05)
        say("done")

    assert (stream.getvalue() if stream else "", said, watchers()) == ("", ["done"], [])


# On a terminal


@contextlib.contextmanager
def terminal(columns: int = 80) -> Iterator[tuple[TextIO, Read]]:
    """A terminal to write to, and a function that reads all that came so far."""
    import fcntl
    import struct
    import termios

    ours, theirs = os.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    got = bytearray()

    def read() -> bytes:
        while select.select([ours], [], [], 0)[0]:
            got.extend(os.read(ours, 4096))
        return bytes(got)

    with open(theirs, "w", encoding="utf-8", closefd=False) as stream:
        try:
            yield stream, read
        finally:
            os.close(theirs)
            os.close(ours)


def screen(written: bytes, columns: int = 80) -> list[str]:
    """The lines that a person sees in the end."""
    seen = pyte.Screen(columns, 24)
    pyte.ByteStream(seen).feed(written)
    return [text for row in seen.display if (text := row.rstrip())]


def watchers() -> list[str]:
    return [thread.name for thread in threading.enumerate() if isinstance(thread, threading.Timer)]


@on_a_terminal
@pytest.mark.parametrize("patience", [60, 0.02], ids=["a-moment", "longer"])
@pytest.mark.parametrize("quiet", [False, True])
def test_what_takes_but_a_moment_is_done_without_a_word(
    monkeypatch: pytest.MonkeyPatch, patience: float, *, quiet: bool
) -> None:
    """The test sets the patience, so that a slow machine does not change the result."""
    monkeypatch.setattr(progress, "PATIENCE", patience)

    with terminal() as (stream, read), shown(stream, print, quiet=quiet) as (_, tell):
        tell("reading")
        time.sleep(0.4)
        seen = read()

    told = patience < 1 and not quiet
    assert (b"Reading the ledger" in seen, seen == b"") == (told, not told)


@on_a_terminal
@pytest.mark.parametrize("end", [None, ValueError, KeyboardInterrupt], ids=str)
@pytest.mark.parametrize("columns", [80, 20, 2])
def test_nothing_is_left_of_the_line_however_the_work_ends(
    monkeypatch: pytest.MonkeyPatch, end: type[BaseException] | None, columns: int
) -> None:
    monkeypatch.setattr(progress, "PATIENCE", 0.02)

    monkeypatch.setenv("COLUMNS", str(columns))

    with terminal(columns) as (stream, read):
        with contextlib.suppress(ValueError, KeyboardInterrupt), shown(stream, print) as (_, tell):
            for done in range(3):
                tell("sending", done, 3)
                time.sleep(0.15)
            during = screen(read(), columns)
            if end is not None:
                raise end
        after = screen(read(), columns)

    assert (len(during), after, watchers()) == (1, [], [])


@on_a_terminal
def test_a_shorter_stage_leaves_nothing_of_a_longer_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "PATIENCE", 0.02)

    with terminal() as (stream, read), shown(stream, print) as (_, tell):
        seen = []
        for stage in ("working_out", "writing"):
            tell(stage)
            time.sleep(0.3)
            seen += [re.split(" *[━╸╺]+ *", row) for row in screen(read())]

    assert seen == [["Working out what is due", "0:00:00"], ["Writing", "0:00:00"]]


@on_a_terminal
@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "Sending mails 3/12 ━━━━━━╺━━━━━━━━━━━━━━━━━ 0:00:00"),
        ("zh", "发送邮件 3/12 ━━━━━━╺━━━━━━━━━━━━━━━━━ 0:00:00"),
    ],
)
def test_what_can_be_counted_is_counted(monkeypatch: pytest.MonkeyPatch, language: Language, said: str) -> None:
    monkeypatch.setattr(progress, "PATIENCE", 0.02)
    monkeypatch.setenv("LEDGER_LANGUAGE", language)

    with terminal() as (stream, read), shown(stream, print) as (_, tell):
        tell("sending", 3, 12)
        time.sleep(0.3)
        seen = screen(read())

    assert seen == [said]


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
@pytest.mark.parametrize("until", [0, 2], ids=["before-the-line-appears", "afterwards"])
def test_a_terminal_that_is_closed_does_not_end_the_work(monkeypatch: pytest.MonkeyPatch, until: int) -> None:
    monkeypatch.setattr(progress, "PATIENCE", 0.02)
    written: list[str] = []
    said: list[str] = []

    class Closed(io.StringIO):
        def isatty(self) -> bool:
            return True

        def write(self, text: str) -> int:
            written.append(text)
            if len(written) > until:
                raise OSError("Input/output error")
            return len(text)

    with shown(Closed(), said.append) as (say, tell):
        time.sleep(0.15)
        tell("sending", 1, 2)
        say("done")
        time.sleep(0.15)

    assert (len(written) > until, said, watchers()) == (True, ["done"], [])


def test_a_slow_terminal_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise the line would be written after the end."""
    monkeypatch.setattr(progress, "PATIENCE", 0.0)

    class Slow(io.StringIO):
        def isatty(self) -> bool:
            return True

        def write(self, text: str) -> int:
            time.sleep(0.1)
            return super().write(text)

    stream = Slow()
    with shown(stream, print):
        time.sleep(0.05)

    assert (watchers(), screen(stream.getvalue().encode())) == ([], [])


@on_a_terminal
def test_what_is_said_meanwhile_stands_in_lines_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "PATIENCE", 0.02)

    with terminal() as (stream, read):

        def on_the_same_terminal(words: str) -> None:
            print(words, file=stream, flush=True)

        with shown(stream, on_the_same_terminal) as (say, _):
            for word in ("one", "two"):
                time.sleep(0.15)
                say(word)
        seen = read()

    assert (b"Working" in seen, screen(seen)) == (True, ["one", "two"])


# The commands


@on_a_terminal
@pytest.mark.parametrize(
    ("options", "seen"),
    [((), True), (("--json",), False)],
    ids=["words", "json"],
)
def test_a_command_shows_its_progress_unless_it_prints_json(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: tuple[str, ...], *, seen: bool
) -> None:
    path = ledger_at(tmp_path, [])
    monkeypatch.setattr(progress, "PATIENCE", 0.0)

    with terminal() as (stream, read):
        monkeypatch.setattr(sys, "stderr", stream)
        with pytest.raises(SystemExit) as ended:
            jobs.main(["run", "-w", str(path), *options])
        written = read()

    assert (ended.value.code, bool(written), screen(written)) == (0, seen, [])


@on_a_terminal
@pytest.mark.parametrize("home", ["google"], indirect=True)
def test_ctrl_c_during_a_run_of_a_slow_google(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, [])
    server = homes.server()

    asked, told = threading.Event(), threading.Event()

    def slow(_: int, __: Any) -> None:
        server.between = None
        asked.set()
        told.wait(30)

    server.between = slow
    with terminal() as (stream, read):
        process = subprocess.Popen(
            [sys.executable, str(ROOT / "jobs.py"), "run", "-w", homes.address(path)],
            cwd=tmp_path, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=stream, env={**os.environ, "PYTHONUTF8": "1"},
            preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # whoever started the tests may ignore it
        )  # fmt: skip
        try:
            assert asked.wait(30)
            while process.poll() is None and b"Reading the ledger" not in read():
                time.sleep(0.02)
            process.send_signal(signal.SIGINT)
            said = process.communicate(timeout=30)[0]
        finally:
            process.kill()
            process.communicate()
            told.set()
            server.between = None
        written = read()

    assert (process.returncode, said, screen(written)) == (1, b"", ["Aborted!"])
