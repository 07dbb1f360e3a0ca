"""One run: read all, work everything out in memory, write it in one commit, or stop because there is nothing to do.

The whole of it is `run()`; read that first.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from automation.changes import ColumnChange, Columns, as_edits, differences, known_rows, with_history
from automation.ledger import Busy, Filled, Ledger, LedgerError, Problem
from automation.parsing import parse, titles_of
from automation.steps.intake import ran_earlier_today
from automation.steps.routing import assign, count_matches
from automation.steps.validation import derive, prepare
from automation.workbooks.base import Changed, Snapshot, TabEdit, Workbook
from sheet_schema.vocabulary import Sending

ATTEMPTS = 5
"""How often a run starts afresh because somebody saved the workbook meanwhile."""
FAR_FROM_THE_CLOCK = timedelta(days=1)


@dataclass(frozen=True)
class Job:
    """What a command does: whether it assigns, and which columns it may write (none named: all)."""

    name: str
    assigns: bool
    writes: Columns = ()


JOBS: Mapping[str, Job] = {
    "run": Job("run", assigns=True),
    "validate": Job("validate", assigns=False),
    "assign": Job(
        "assign",
        assigns=True,
        writes={
            ("register", "department"), ("register", "handler"), ("routing", "matches"),
            *(("history", key) for key in ("run", "at", "case_no", "column", "before", "after", "why")),
        },
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Request:
    """What a person or a timer asked for. `now` is aware, or naive in the ledger's own time zone."""

    job: Job
    now: datetime
    clock: datetime
    dry_run: bool = False
    accepted_stop: str = ""


@dataclass(frozen=True)
class Result:
    """What a run made, or with `dry_run` would make, of the workbook."""

    run: str
    now: datetime
    before: Ledger
    after: Ledger
    changes: tuple[ColumnChange, ...]
    filled: tuple[Filled, ...]
    edits: tuple[TabEdit, ...]
    problems: tuple[Problem, ...]
    written: bool = False
    calls: int = 0

    @property
    def stopped(self) -> bool:
        return any(problem.stops for problem in self.problems)


def run(workbook: Workbook, request: Request) -> Result:
    """Do what is due. Raises Busy when another run or a person has the workbook, LedgerError when it cannot go on."""
    result = work_out(workbook.read(), request)
    if request.dry_run or not result.edits:
        return result
    with workbook.lock():
        for _ in range(ATTEMPTS):
            snapshot = workbook.read()
            result = work_out(snapshot, request)
            try:
                workbook.commit(snapshot, result.edits)
            except Changed:
                continue
            return replace(result, written=True)
    raise Busy(
        f"{workbook.name} was saved again and again while the run was reading it: run again in a minute.",
        f"运行期间 {workbook.name} 一直在被保存：请过一分钟再运行。",
    )


@contextmanager
def uncollected() -> Iterator[None]:
    """Without Python's search for cycles: a run makes none, and looking for them takes a tenth of a large run."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


@uncollected()
def work_out(snapshot: Snapshot, request: Request) -> Result:
    """Everything a run would do with this snapshot, and nothing done. Pure but for what `request` says of the time."""
    before = parse(snapshot)
    now = local_time(request.now, before.policy.settings.zone)
    _check_that_it_may_run(before, now, request)
    mark = now.isoformat(timespec="seconds")
    if any(problem.stops for problem in before.problems):
        return Result(mark, now, before, before, (), (), (), before.problems)
    prepared = prepare(before, now, accepted=bool(request.accepted_stop))
    if any(problem.stops for problem in prepared.problems):
        return Result(mark, now, before, before, (), (), (), prepared.problems)
    filled = prepared.filled
    ledger = prepared.ledger
    if request.job.assigns:
        assigned = assign(ledger)
        ledger, filled = assigned.ledger, (*filled, *assigned.filled)
    ledger = derive(ledger, now).ledger
    if request.job.assigns:
        ledger = count_matches(ledger, now)
    recorded = list(_recorded(filled, before, request.job.writes))
    ledger = with_history(ledger, recorded, mark, now)
    changes = differences(before, ledger, request.job.writes)
    if changes or (not ran_earlier_today(before, now) and not request.job.writes):
        ledger = _with_run_line(ledger, request, changes, mark, now)
        changes += differences(before, replace(ledger, tables={"runs": ledger.tables["runs"]}))
    edits = tuple(as_edits(changes, titles_of(snapshot, ledger.language), ledger.language))
    return Result(mark, now, before, ledger, tuple(changes), tuple(recorded), edits, ledger.problems)


def _recorded(filled: Sequence[Filled], before: Ledger, writes: Columns) -> Iterator[Filled]:
    """What was filled and is going to be written: of a command that does not number, only in numbered rows."""
    everything = np.arange(len(before.register))
    known = frozenset(known_rows(before.register, everything).tolist())
    for fill in filled:
        if not writes:
            yield fill
        elif ("register", fill.column) in writes:
            kept = [(i, why) for i, why in zip(fill.positions, fill.why, strict=True) if i in known]
            if kept:
                yield Filled(fill.column, [i for i, _ in kept], [why for _, why in kept])


def local_time(now: datetime, zone: ZoneInfo) -> datetime:
    """The moment as the office's clock shows it, naive: days begin and end by the Settings' time zone."""
    return now if now.tzinfo is None else now.astimezone(zone).replace(tzinfo=None)


def _check_that_it_may_run(ledger: Ledger, now: datetime, request: Request) -> None:
    settings = ledger.policy.settings
    if settings["moved_to"]:
        raise LedgerError(
            f"This ledger was moved to {settings['moved_to']}: work there. (To go on here, empty “Moved to” in Settings.)",
            f"本账本已迁往 {settings['moved_to']}，请使用新账本。（要继续使用本账本，请清空“设置”中的“已迁往”。）",
        )
    clock = local_time(request.clock, settings.zone)
    far = abs(now - clock) > FAR_FROM_THE_CLOCK
    if far and not request.dry_run and settings["sending"] != Sending.TRIAL:
        raise LedgerError(
            "--now is more than a day from the clock and this ledger sends real mail: add --dry-run.",
            "--now 与当前时间相差一天以上，而本账本会正式发信：请加 --dry-run。",
        )


def _with_run_line(
    ledger: Ledger, request: Request, changes: Sequence[ColumnChange], mark: str, now: datetime
) -> Ledger:
    """A line in Runs "for each run that did something, and for the first of each day"."""
    runs = ledger.tables["runs"]
    cells = sum(len(change.positions) for change in changes)
    line: dict[str, list[object]] = {
        "run": [mark], "at": [np.datetime64(now, "s")], "command": [request.job.name], "changes": [float(cells)],
        "notices": [0.0], "problems": [float(len(ledger.problems))], "outcome": ["done"],
        "message": [request.accepted_stop],
    }  # fmt: skip
    return ledger.having(runs=runs.extended([runs.last_row + 1], **line))
