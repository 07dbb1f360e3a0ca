"""One run: read all, work everything out in memory, write it in one commit, or stop because there is nothing to do.

The whole of it is `run()`; read that first.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np

from automation.audience import Audience
from automation.changes import ColumnChange, Columns, as_edits, differences, known_rows, with_history
from automation.delivery import deliver
from automation.ledger import Busy, Filled, Ledger, LedgerError, Notice, Problem
from automation.letters import Desk, letter, subjects
from automation.mail.folder import FolderMailer
from automation.mail.message import Mail
from automation.outbox import Parcel, Posting, post
from automation.parsing import parse, titles_of
from automation.steps.alerts import alert
from automation.steps.checks import Cases
from automation.steps.escalation import escalate
from automation.steps.intake import ran_earlier_today
from automation.steps.reminders import remind
from automation.steps.routing import assign, count_matches
from automation.steps.validation import at_hand, derive, prepare
from automation.workbooks.base import Changed, Snapshot, TabEdit, Workbook
from sheet_schema import NOTICES
from sheet_schema.vocabulary import Sending

ATTEMPTS = 5
"""How often a run starts afresh because somebody saved the workbook meanwhile."""
FAR_FROM_THE_CLOCK = timedelta(days=1)


@dataclass(frozen=True)
class Job:
    """What a command does: whether it assigns, which notices it raises, which columns it may write (none named: all)."""

    name: str
    assigns: bool
    raises: tuple[Callable[[Cases, datetime], list[Notice]], ...] = ()
    writes: Columns = ()


_NOTICES = tuple(("notices", column.key) for column in NOTICES)


JOBS: Mapping[str, Job] = {
    "run": Job("run", assigns=True, raises=(alert, remind, escalate)),
    "alert": Job("alert", assigns=True, raises=(alert,), writes=_NOTICES),
    "remind": Job("remind", assigns=True, raises=(remind,), writes=_NOTICES),
    "escalate": Job("escalate", assigns=True, raises=(escalate,), writes=_NOTICES),
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
    outbox: Path | None = None
    """The folder mails are written to; without one no notice is claimed."""
    instead_of_sending: bool = False
    """A person named the folder, so that mails go there whatever Settings say."""


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
    mails: tuple[Mail, ...] = ()
    held: tuple[Parcel, ...] = ()
    unreachable: tuple[Notice, ...] = ()
    notices: tuple[tuple[Notice, Parcel], ...] = ()
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
            if request.outbox is not None:
                deliver(
                    workbook, FolderMailer(request.outbox, result.after.language), result.mails, result.now
                )
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
    posting, mails = _post(ledger, request, mark, now)
    ledger = ledger.having(notices=posting.table)
    recorded = list(_recorded(filled, before, request.job.writes))
    ledger = with_history(ledger, recorded, mark, now)
    changes = differences(before, ledger, request.job.writes)
    if changes or (not ran_earlier_today(before, now) and not request.job.writes):
        ledger = _with_run_line(ledger, request, changes, mark, now)
        changes += differences(before, replace(ledger, tables={"runs": ledger.tables["runs"]}))
    edits = tuple(as_edits(changes, titles_of(snapshot, ledger.language), ledger.language))
    return Result(
        mark, now, before, ledger, tuple(changes), tuple(recorded), edits, ledger.problems, mails, posting.held, posting.unreachable,
        tuple((notice, parcel) for parcel in posting.parcels for notice in parcel.notices),
    )  # fmt: skip


def _post(ledger: Ledger, request: Request, mark: str, now: datetime) -> tuple[Posting, tuple[Mail, ...]]:
    """Claim the notices that are due, and write their mails."""
    if not request.job.raises or request.outbox is None:
        return Posting(ledger.tables["notices"]), ()
    cases = at_hand(ledger, now)
    wanted = [notice for raised in request.job.raises for notice in raised(cases, now)]
    if request.job.writes:  # a command that does not number says nothing of a row that has none yet
        numbered = frozenset(known_rows(ledger.register, np.arange(len(ledger.register))).tolist())
        wanted = [notice for notice in wanted if notice.case_at in numbered]
    audience = Audience(ledger.policy, ledger.register, cases.confidence, now.date())
    posting = post(ledger, wanted, audience, mark, now)
    desk = Desk(cases, now, request.clock)
    mails = [letter(desk, parcel) for parcel in posting.parcels]
    subject = posting.table["subject"].copy()
    for i, said in enumerate(subjects(mails, posting.table["mail_id"])):
        subject[i] = said or subject[i]
    return replace(posting, table=posting.table.having(subject=subject)), tuple(mails)


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
    if (
        settings["sending"] in (Sending.LIVE, Sending.RELEASE)
        and request.job.raises
        and request.outbox is not None
        and not request.instead_of_sending
    ):
        raise LedgerError(
            "Sending is live, but no mail server is set: set Sending to trial or paused, or name a folder with --outbox.",
            "“发送方式”为正式发送，但没有设置邮件服务器：请改为试运行或暂停，或用 --outbox 指定文件夹。",
        )
    clock = local_time(request.clock, settings.zone)
    far = abs(now - clock) > FAR_FROM_THE_CLOCK
    harmless = request.dry_run or request.instead_of_sending or settings["sending"] == Sending.TRIAL
    if far and not harmless:
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
        "notices": [float((ledger.tables["notices"]["run"] == mark).sum())], "problems": [float(len(ledger.problems))], "outcome": ["done"],
        "message": [request.accepted_stop],
    }  # fmt: skip
    return ledger.having(runs=runs.extended([runs.last_row + 1], **line))
