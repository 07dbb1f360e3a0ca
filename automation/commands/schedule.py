"""schedule: start `run` every few minutes in office hours, each in its own process, on a computer that is always on.

So a run that crashes, hangs or grows never harms the schedule, and a new version of the program is used at once.
`Hours` alone decides when the next run is due.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta, tzinfo
from logging import Formatter, LogRecord
from logging.handlers import RotatingFileHandler
from pathlib import Path
from time import sleep
from typing import Any
from zoneinfo import ZoneInfo

from filelock import FileLock, Timeout

from automation.commands.progress import Say
from automation.ledger.errors import Busy, LedgerError
from automation.text.catalogue import msg
from automation.workbooks.address import key_of

LOOK = 1.0
"""Seconds between two looks at the clock, since seconds of waiting do not count while a computer sleeps."""
LONGEST = timedelta(hours=1)
"""A run that takes longer is killed; the next one settles what it left."""
_LOG_BYTES, _LOGS_KEPT = 1_000_000, 5
_COUNTED = ("changes", "notices", "problems", "held")

TimeNow = Callable[[], datetime]


@dataclass(frozen=True)
class Hours:
    """When runs are planned: at `start`, then at intervals of `every`, and none after `until`.

    If `until` is earlier than `start`, it is on the next day; if they are equal, runs go around the clock.
    """

    every: timedelta
    start: time
    until: time

    def next_after(self, moment: datetime, zone: tzinfo) -> datetime:
        """The first planned time after `moment`, in UTC.

        Each day's first run goes by the office's clock, and the others by elapsed time, so a change to or from summer
        time does not matter.
        """
        day = moment.astimezone(zone).date() - timedelta(days=1)
        while True:
            first = datetime.combine(day, self.start, zone).astimezone(UTC)
            over_midnight = timedelta(days=self.until <= self.start)
            last = datetime.combine(day + over_midnight, self.until, zone).astimezone(UTC)
            planned = first + max(0, (moment - first) // self.every + 1) * self.every
            if planned <= last:
                return planned
            day += timedelta(days=1)


@dataclass(frozen=True)
class Ran:
    """One run: when it began, how it ended, and how much it did. It holds no case content."""

    began: datetime
    code: int
    seconds: float
    counts: Mapping[str, int] = field(default_factory=dict)
    zone: tzinfo | None = None
    """The office's time zone from Settings; None if the run did not get that far."""

    def line(self, zone: tzinfo) -> str:
        when = self.began.astimezone(zone).isoformat(timespec="seconds")
        counts = "".join(f" {name}={count}" for name, count in self.counts.items())
        return f"{when} exit={self.code} seconds={self.seconds:.1f}{counts}"


@dataclass(frozen=True)
class Schedule:
    """Run `command` in these hours, for this workbook, with one line for each run, also in the file `log` if one is named."""

    workbook: str
    hours: Hours
    command: Sequence[str]
    log: str = ""


def keep_schedule(schedule: Schedule, clock: TimeNow, say: Say, ended: Callable[[int], object]) -> None:
    """Run the command as planned until somebody stops it. `ended` is called with each exit code.

    Raises Busy if another schedule runs for the same workbook, LedgerError if the log or the lock cannot be written.
    """
    with alone(schedule.workbook), logged(schedule.log, say) as say_and_keep, until_stopped() as wait:

        def said(ran: Ran, line: str) -> None:
            say_and_keep(line)
            ended(ran.code)

        keep_running(schedule.hours, schedule.command, clock, wait, said)


def keep_running(
    hours: Hours,
    command: Sequence[str],
    clock: TimeNow,
    wait: Callable[[float], bool],
    said: Callable[[Ran, str], object],
) -> None:
    """Run `command` at once and then as planned, until `wait` returns True.

    `said` is called with each run and its line. There are never two runs at once: one makes up for all times that pass
    during a run, or while the computer sleeps.
    """
    zone: tzinfo = clock().astimezone().tzinfo or UTC
    planned, over = clock(), False
    while not over:
        left = (planned - clock()).total_seconds()
        if left > 0:
            over = wait(min(LOOK, left))
            planned = min(planned, hours.next_after(clock(), zone))  # somebody may have set the clock back
            continue
        ran = ran_once(command, clock)
        zone = ran.zone or zone
        said(ran, ran.line(zone))
        planned, over = hours.next_after(clock(), zone), wait(0)


def ran_once(command: Sequence[str], clock: TimeNow) -> Ran:
    """Run `command`, which prints its result as one JSON object, in a process that Ctrl-C does not reach."""
    began = clock()
    with _started(command) as process:
        try:
            shown = _end_of(process, clock, began + LONGEST)
        finally:
            process.kill()  # does nothing if it has ended
    return Ran(began, process.returncode, (clock() - began).total_seconds(), *_told(shown))


def _started(command: Sequence[str]) -> subprocess.Popen[bytes]:
    apart: dict[str, Any] = {"start_new_session": True}
    if sys.platform == "win32":
        apart = {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP}
    return subprocess.Popen(  # noqa: S603  (this program itself)
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        **apart,
    )


def _end_of(process: subprocess.Popen[bytes], clock: TimeNow, latest: datetime) -> bytes:
    """The output of a process; b"" if it had to be killed. Looks up every second, in case a signal came."""
    while clock() < latest:
        try:
            return process.communicate(timeout=1)[0]
        except subprocess.TimeoutExpired:
            continue
    return b""


def _told(shown: bytes) -> tuple[Mapping[str, int], tzinfo | None]:
    """The counts in a run's JSON object, and the office's time zone; both empty if it printed none."""
    try:
        told = json.loads(shown)
        return {name: len(told[name]) for name in _COUNTED}, ZoneInfo(told["time_zone"])
    except (ValueError, KeyError, TypeError):
        return {}, None


@contextmanager
def alone(workbook: str) -> Iterator[None]:
    """Hold a lock while a schedule runs. Raises Busy if another one runs for the same workbook."""
    key, book = key_of(workbook), Path(workbook)
    path = Path(f".{key}.schedule.lock") if key else book.with_name(f".{book.name}.schedule.lock")
    lock = FileLock(path, timeout=0)
    try:
        path.parent.resolve(strict=True)  # the lock would make a folder for a misspelt path
        lock.acquire()
    except Timeout as error:
        raise Busy(
            msg(
                "Another schedule is running for this ledger already: one is enough. End it (Ctrl-C in its window) to start another."
            )
        ) from error
    except OSError as error:
        raise LedgerError(
            msg("{path} cannot be written: check the folder, and who may write there.").of(path=path)
        ) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def until_stopped() -> Iterator[Callable[[float], bool]]:
    """A function that waits for some seconds, and returns whether to stop: after Ctrl-C or a polite signal to end.

    A second Ctrl-C does not wait for the run to end.
    """
    asked = []

    def stopping(number: int, _: object) -> None:
        asked.append(number)
        signal.signal(signal.SIGINT, signal.default_int_handler)

    def wait(seconds: float) -> bool:
        if not asked:
            sleep(seconds)
        return bool(asked)

    before = {each: signal.signal(each, stopping) for each in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield wait
    finally:
        for each, handler in before.items():
            signal.signal(each, handler)


@contextmanager
def logged(path: str, say: Say) -> Iterator[Say]:
    """Make `say` also keep its lines in the file `path`, of limited size, if one is given. Raises LedgerError."""
    if not path:
        yield say
        return
    try:
        log = RotatingFileHandler(path, maxBytes=_LOG_BYTES, backupCount=_LOGS_KEPT, encoding="utf-8")
    except OSError as error:
        raise LedgerError(
            msg("The log {path} cannot be written: check the folder, and who may write there.").of(path=path)
        ) from error
    log.setFormatter(Formatter("%(message)s"))

    def said(line: str) -> None:
        say(line)
        log.handle(LogRecord(name="schedule", level=20, pathname="", lineno=0, msg=line, args=None, exc_info=None))

    try:
        yield said
    finally:
        log.close()
