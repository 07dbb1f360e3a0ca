"""schedule: when the next run is due, and that each is done once, in its own process, whatever happens meanwhile."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
import time as clocks
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from click.testing import CliRunner

import jobs
from automation.commands import schedule as scheduling
from automation.commands.language import one_call
from automation.commands.options import run_again
from automation.commands.schedule import Hours, Ran, alone, keep_running, logged, ran_once
from automation.ledger.errors import Busy, LedgerError
from tests.support import ROOT
from tests.support.monitor import SECRET, Monitor

SHANGHAI, LONDON, NEW_YORK = (
    ZoneInfo("Asia/Shanghai"),
    ZoneInfo("Europe/London"),
    ZoneInfo("America/New_York"),
)
OFFICE = Hours(timedelta(minutes=10), time(7), time(20))
NIGHT = Hours(timedelta(minutes=30), time(22), time(6))
ALWAYS = Hours(timedelta(minutes=45), time(0), time(0))
SPARSE = Hours(timedelta(hours=24), time(7), time(20))


def at(text: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


# When


@pytest.mark.parametrize(
    ("hours", "zone", "after", "planned"),
    [
        pytest.param(OFFICE, SHANGHAI, "2026-03-18 06:00:00", "2026-03-18 07:00+08:00", id="before-the-day"),
        pytest.param(OFFICE, SHANGHAI, "2026-03-18 06:59:59", "2026-03-18 07:00+08:00", id="just-before-it"),
        pytest.param(OFFICE, SHANGHAI, "2026-03-18 07:00:00", "2026-03-18 07:10+08:00", id="not-the-same-again"),
        pytest.param(OFFICE, SHANGHAI, "2026-03-18 09:03:12", "2026-03-18 09:10+08:00", id="in-between"),
        pytest.param(OFFICE, SHANGHAI, "2026-03-18 19:50:00", "2026-03-18 20:00+08:00", id="the-last-of-a-day"),
        pytest.param(OFFICE, SHANGHAI, "2026-03-18 20:00:00", "2026-03-19 07:00+08:00", id="the-next-day"),
        pytest.param(OFFICE, SHANGHAI, "2026-12-31 23:00:00", "2027-01-01 07:00+08:00", id="the-next-year"),
        pytest.param(NIGHT, SHANGHAI, "2026-03-18 21:00:00", "2026-03-18 22:00+08:00", id="a-night-begins"),
        pytest.param(NIGHT, SHANGHAI, "2026-03-18 23:50:00", "2026-03-19 00:00+08:00", id="over-midnight"),
        pytest.param(NIGHT, SHANGHAI, "2026-03-19 05:31:00", "2026-03-19 06:00+08:00", id="a-night-ends"),
        pytest.param(NIGHT, SHANGHAI, "2026-03-19 06:00:00", "2026-03-19 22:00+08:00", id="by-day-none"),
        pytest.param(ALWAYS, SHANGHAI, "2026-03-18 23:20:00", "2026-03-19 00:00+08:00", id="around-the-clock"),
        pytest.param(ALWAYS, SHANGHAI, "2026-03-19 00:00:00", "2026-03-19 00:45+08:00", id="midnight-once"),
        pytest.param(SPARSE, SHANGHAI, "2026-03-18 07:00:00", "2026-03-19 07:00+08:00", id="once-a-day"),
        # 29 March 2026: in London 01:00 becomes 02:00. 25 October: 02:00 becomes 01:00.
        pytest.param(OFFICE, LONDON, "2026-03-28 20:00:00", "2026-03-29 07:00+01:00", id="a-day-begins-in-summer-time"),
        pytest.param(OFFICE, LONDON, "2026-10-24 20:00:00", "2026-10-25 07:00+00:00", id="a-day-begins-in-winter-time"),
        pytest.param(NIGHT, LONDON, "2026-03-29 00:30:00", "2026-03-29 02:00+01:00", id="an-hour-left-out"),
        pytest.param(NIGHT, LONDON, "2026-10-25 01:30:00", "2026-10-25 01:00+00:00", id="an-hour-twice"),
        pytest.param(ALWAYS, NEW_YORK, "2026-11-01 23:15:00", "2026-11-01 23:45-05:00", id="a-day-of-25-hours"),
        pytest.param(ALWAYS, NEW_YORK, "2026-03-08 23:45:00", "2026-03-09 00:00-04:00", id="a-day-of-23-hours"),
    ],
)
def test_the_next_time(hours: Hours, zone: ZoneInfo, after: str, planned: str) -> None:
    assert hours.next_after(at(after, zone), zone) == datetime.fromisoformat(planned)


@pytest.mark.parametrize("zone", [SHANGHAI, LONDON, NEW_YORK], ids=str)
@pytest.mark.parametrize("hours", [OFFICE, NIGHT, ALWAYS, SPARSE], ids=["office", "night", "always", "sparse"])
def test_time_always_goes_on(hours: Hours, zone: ZoneInfo) -> None:
    moment = at("2026-01-01 00:00", zone)
    while moment < at("2027-01-01 00:00", zone):
        planned = hours.next_after(moment, zone)
        assert moment < planned <= moment + timedelta(hours=25)
        moment = planned + timedelta(hours=3)


# What happens meanwhile


class Day:
    """The computer's clock. While nothing runs, it advances by the seconds waited, and jumps."""

    def __init__(self, start: str, end: str, jumps: Mapping[str, str], slow: timedelta) -> None:
        self.now, self.end, self.slow = at(start), at(end), slow
        self.jumps = {at(before): at(after) for before, after in jumps.items()}
        self.runs: list[str] = []

    def clock(self) -> datetime:
        return self.now.astimezone(UTC)

    def wait(self, seconds: float) -> bool:
        self.now += timedelta(seconds=seconds)
        for before in [one for one in self.jumps if one <= self.now]:
            self.now = self.jumps.pop(before)
        return self.now >= self.end

    def said(self, ran: Ran, line: str) -> None:
        self.runs.append(f"{ran.began.astimezone(SHANGHAI):%d %H:%M}")
        self.now += self.slow


@pytest.mark.parametrize(
    ("start", "end", "jumps", "slow", "runs"),
    [
        pytest.param("2026-03-18 09:03", "2026-03-18 09:25", {}, 0, ["18 09:03", "18 09:10", "18 09:20"], id="as-planned"),
        pytest.param("2026-03-18 19:45", "2026-03-19 07:15", {}, 0, ["18 19:45", "18 19:50", "18 20:00", "19 07:00", "19 07:10"], id="a-night"),
        pytest.param("2026-03-18 22:00", "2026-03-18 23:00", {}, 0, ["18 22:00"], id="once-at-the-start-at-any-hour"),
        pytest.param("2026-03-18 09:03", "2026-03-18 14:15", {"2026-03-18 09:12": "2026-03-18 14:04"}, 0,
                     ["18 09:03", "18 09:10", "18 14:04", "18 14:10"], id="asleep"),
        pytest.param("2026-03-18 19:55", "2026-03-20 07:05", {"2026-03-18 20:30": "2026-03-19 22:00"}, 0,
                     ["18 19:55", "18 20:00", "19 22:00", "20 07:00"], id="asleep-for-a-day"),
        pytest.param("2026-03-18 09:00", "2026-03-18 10:00", {}, 25, ["18 09:00", "18 09:30"], id="slower-than-the-plan"),
        pytest.param("2026-03-18 09:03", "2026-03-18 09:12", {"2026-03-18 09:11": "2026-03-18 08:41"}, 0,
                     ["18 09:03", "18 09:10", "18 08:50", "18 09:00", "18 09:10"], id="the-clock-put-back"),
    ],
)  # fmt: skip
def test_each_time_is_run_once(start: str, end: str, jumps: Mapping[str, str], slow: int, runs: list[str]) -> None:
    day = Day(start, end, jumps, timedelta(minutes=slow))

    keep_running(OFFICE, says(ANSWER), day.clock, day.wait, day.said)

    assert day.runs == runs


# One run


ANSWER = json.dumps(
    {
        "changes": [{"after": "陈静"}] * 3,
        "notices": [],
        "problems": [{}],
        "held": [],
        "time_zone": "Asia/Shanghai",
    }
)
COUNTED = {"changes": 3, "notices": 0, "problems": 1, "held": 0}


def says(text: str, code: int = 0) -> list[str]:
    """The command line of a run that prints this text and ends with this code."""
    return [sys.executable, "-S", "-c", f"import sys; sys.stdout.buffer.write({text.encode()!r}); sys.exit({code})"]


@pytest.mark.parametrize(
    ("command", "code", "counts", "zone"),
    [
        (says(ANSWER), 0, COUNTED, SHANGHAI),
        (says(ANSWER, 4), 4, COUNTED, SHANGHAI),
        (says(""), 0, {}, None),
        (says("", 75), 75, {}, None),
        (says("no JSON"), 0, {}, None),
        (says("[]"), 0, {}, None),
        (says(ANSWER.replace("Asia/Shanghai", "Atlantis")), 0, {}, None),
        ([sys.executable, "-S", "-c", "import os; os.abort()"], -signal.SIGABRT, {}, None),
    ],
    ids=["done", "not-all-sent", "silent", "busy", "words", "something-else", "no-such-zone", "crashed"],
)
def test_what_is_known_of_a_run(
    command: list[str], code: int, counts: Mapping[str, int], zone: ZoneInfo | None
) -> None:
    when = at("2026-03-18 09:00").astimezone(UTC)

    assert ran_once(command, lambda: when) == Ran(when, code, 0.0, counts, zone)


def test_a_run_that_hangs_is_ended() -> None:
    start = at("2026-03-18 09:00").astimezone(UTC)
    looks = iter([start, start])

    ran = ran_once(
        [sys.executable, "-S", "-c", "import time; time.sleep(60)"],
        lambda: next(looks, start + scheduling.LONGEST),
    )

    assert ran == Ran(start, -signal.SIGKILL, 3600.0)


@pytest.mark.parametrize(
    ("ran", "line"),
    [
        (
            Ran(at("2026-03-18 09:00:07"), 0, 2.14, COUNTED, SHANGHAI),
            "2026-03-18T09:00:07+08:00 exit=0 seconds=2.1 changes=3 notices=0 problems=1 held=0",
        ),
        (Ran(at("2026-03-18 09:00:07"), 75, 0.4), "2026-03-18T09:00:07+08:00 exit=75 seconds=0.4"),
    ],
)
def test_the_line_of_a_run_names_nobody(ran: Ran, line: str) -> None:
    assert ran.line(SHANGHAI) == line


# One schedule


@pytest.mark.parametrize("workbook", ["ledger.xlsx", "1Gx" + "k" * 41])
def test_one_schedule_is_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, workbook: str) -> None:
    monkeypatch.chdir(tmp_path)

    with alone(workbook):
        with pytest.raises(Busy), alone(workbook):
            pass
        with alone("another.xlsx"):
            pass
    with alone(workbook):
        pass


def test_a_schedule_says_where_it_cannot_write(tmp_path: Path) -> None:
    with pytest.raises(LedgerError), alone(str(tmp_path / "nowhere" / "ledger.xlsx")):
        pass
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(LedgerError), logged(str(tmp_path / "nowhere" / "runs.log"), print):
        pass


def test_the_log_stays_small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheduling, "_LOG_BYTES", 100)
    said: list[str] = []

    with logged(str(tmp_path / "runs.log"), said.append) as say:
        for number in range(100):
            say(f"{number:020d}")

    sizes = {file.name: file.stat().st_size for file in tmp_path.iterdir()}
    assert sorted(sizes) == ["runs.log", *(f"runs.log.{n}" for n in range(1, 6))]
    assert (max(sizes.values()) <= 100, len(said)) == (True, 100)


# In processes of their own

ENDS_POLITELY = textwrap.dedent(
    """
    import sys
    from datetime import UTC, datetime, time, timedelta
    from automation.commands.schedule import Hours, Schedule, keep_schedule

    run = [sys.executable, "-S", "-c", "import pathlib, time; print('begun', flush=True); pathlib.Path('begun').touch(); time.sleep(0.5); pathlib.Path('done').touch()"]
    schedule = Schedule("ledger.xlsx", Hours(timedelta(1), time(7), time(20)), run)
    keep_schedule(schedule, lambda: datetime.now(UTC), print, print)
    """
)


def until(true: Callable[[], object]) -> None:
    """Wait until it is true, for at most twenty seconds."""
    for _ in range(1000):
        if true():
            return
        clocks.sleep(0.02)
    raise AssertionError("it did not come")


@pytest.mark.skipif(sys.platform == "win32", reason="signals are sent otherwise there")
@pytest.mark.parametrize(
    ("signals", "code", "done"),
    [
        ((signal.SIGINT,), 0, True),
        ((signal.SIGTERM,), 0, True),
        ((signal.SIGINT, signal.SIGINT), None, False),
    ],
    ids=["ctrl-c", "terminated", "ctrl-c-twice"],
)
def test_a_run_is_finished_before_the_schedule_ends(
    tmp_path: Path, signals: tuple[signal.Signals, ...], code: int | None, *, done: bool
) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", ENDS_POLITELY], cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        until((tmp_path / "begun").exists)
        for each in signals:
            os.killpg(process.pid, each)  # as a terminal does
            clocks.sleep(0.05)
        ended = process.wait(20)
    finally:
        process.kill()
        process.wait()
    clocks.sleep(0 if done else 0.7)  # long enough for a run that was left alone to end

    assert (ended if code is not None else None, (tmp_path / "done").exists()) == (code, done)


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C is sent otherwise there")
def test_a_schedule_from_beginning_to_end(tmp_path: Path, monitor: Monitor) -> None:
    """It runs at once with its options, pings the monitor once a run, refuses a second schedule, ends at Ctrl-C."""
    path = tmp_path / "office.xlsx"
    assert CliRunner().invoke(jobs.main, ["install", "-w", str(path), "--language", "en"]).exit_code == 0
    command = [sys.executable, str(ROOT / "jobs.py"), "schedule"]
    environment = {
        **os.environ,
        "LEDGER_PING_URL": monitor.url,
        "LEDGER_WORKBOOK": "nowhere.xlsx",
        "PYTHONUTF8": "1",
    }
    first = subprocess.Popen(
        [*command, "--workbook", "office.xlsx", "--every", "7", "--log", "runs.log"],
        cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8",
    )  # fmt: skip
    try:
        until(lambda: monitor.asked)
        second = CliRunner().invoke(jobs.main, ["schedule", "-w", str(path)])
        first.send_signal(signal.SIGINT)
        out, error = first.communicate(timeout=20)
    finally:
        first.kill()
        first.wait()

    assert (first.returncode, error, monitor.asked) == (0, "", [f"/{SECRET}"])
    assert (out.count("\n"), " exit=0 seconds=" in out, " notices=0 " in out) == (1, True, True)
    assert (tmp_path / "runs.log").read_text("utf-8") == out
    assert (second.exit_code, second.stdout, "another" in second.stderr.lower()) == (75, "", True)


RUN = "RUN"
"""How each run begins, after Python, the script and what is typed before the command: `run --json --ping-url ""`."""


@pytest.mark.parametrize(
    ("before", "after", "passed_on"),
    [
        pytest.param([], [], [RUN], id="nothing-typed"),
        pytest.param(["--language", "zh"], [], ["--language", "zh", RUN], id="language"),
        pytest.param(["--config", "o.toml"], [], ["--config", "o.toml", RUN], id="defaults"),
        pytest.param([], ["-w", "a.xlsx", "--smtp-port", "587"], [RUN, "--workbook", "a.xlsx", "--smtp-port", "587"], id="options"),
        pytest.param([], ["--every", "7", "--log", "runs.log"], [RUN], id="options-of-the-schedule"),
    ],
)  # fmt: skip
def test_what_is_typed_is_passed_on_to_each_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: list[str], after: list[str], passed_on: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("o.toml").touch()
    with one_call(), jobs.main.make_context("jobs.py", [*before, "schedule", *after]) as program:
        schedule = jobs.main.commands["schedule"].make_context("schedule", after, parent=program)
        python, script, *rest = run_again(schedule)

    typed = " ".join(rest).replace("run --json --ping-url ", RUN).split()
    assert (python, script, typed) == (sys.executable, str(ROOT / "jobs.py"), passed_on)
