"""Everything a run would do with a snapshot of the workbook, in memory, and nothing done."""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np

from automation.cases.cases import Cases, cases_of
from automation.cases.confidentiality import Confidence, judge
from automation.cases.recipients import Recipients
from automation.ledger.changes import ColumnChange, Columns, as_edits, differences, known_rows
from automation.ledger.errors import LedgerError
from automation.ledger.model import Filled, Ledger, local_time
from automation.ledger.notices import NO_CASE, Notice
from automation.ledger.notices_journal import as_lines, read_ledger
from automation.ledger.parsing import titles_of
from automation.ledger.settings import switched
from automation.ledger.table import uncollected
from automation.ledger.workbook import Snapshot
from automation.mail.letters import memos
from automation.mail.letters.compose import letter, subjects
from automation.mail.letters.context import NO_SENDER, FailedJob, LetterContext, RunEvents
from automation.mail.message import Mail
from automation.mail.outbox import Posting, every_mail, post
from automation.mail.recovery import OutgoingMail
from automation.run.archive import file_due, moves_of, seals_of
from automation.run.history import with_history
from automation.run.job import UNCONSTRAINED, Constraints, Job, Request, Result
from automation.steps.admin_requests import answer
from automation.steps.filing import Filed
from automation.steps.intake import ran_earlier_today
from automation.steps.routing import assign, count_matches
from automation.steps.validation import derive, prepare, with_problem_columns
from automation.steps.verification import verify
from sheet_schema.vocabulary import NoticeKind, Sending

FAR_FROM_THE_CLOCK = timedelta(days=1)


@dataclass(frozen=True)
class StepsDone:
    """The ledger after the jobs, what they filled, and the notices they raised; or why they could not go on."""

    ledger: Ledger
    cases: Cases | None = None
    filled: tuple[Filled, ...] = ()
    wanted: tuple[Notice, ...] = ()
    broken: tuple[FailedJob, ...] = ()
    filed: Filed | None = None


@uncollected()
def plan(snapshot: Snapshot, request: Request, constraints: Constraints = UNCONSTRAINED) -> Result:
    """What the run would make of the workbook. Pure but for what `request` says of the time."""
    before, ledger = read_ledger(snapshot)
    now = local_time(request.now, before.policy.settings.zone)
    _check_that_it_may_run(before, now, request)
    mark = now.isoformat(timespec="seconds")
    steps_done = _steps_done(ledger, request, now, constraints)
    if request.job.files and steps_done.cases is not None and not (steps_done.broken or constraints.open_elsewhere):
        steps_done = replace(
            steps_done,
            filed=file_due(
                steps_done.cases,
                before,
                titles_of(snapshot, before.language),
                now,
                request.job,
                constraints.bound,
                constraints.most_moves,
            ),
        )
        steps_done = replace(steps_done, ledger=steps_done.filed.ledger if steps_done.filed else steps_done.ledger)
    stops = tuple(problem for problem in steps_done.ledger.problems if problem.stops)
    if stops:
        steps_done = StepsDone(ledger.noting([one for one in stops if one not in ledger.problems]))
    elif steps_done.cases is None:
        steps_done = replace(steps_done, ledger=ledger)
    events = RunEvents(steps_done.broken, stops, open_for=snapshot.open_for)
    posting, mails = _post(steps_done, request, events, mark, now, constraints)
    after = steps_done.ledger.having(notices=posting.table)
    if stops:  # "the run writes and sends nothing but one mail that names them"
        claims = as_lines(ledger.tables["notices"], posting.table, after)
        return Result(
            mark,
            now,
            before,
            after,
            problems=after.problems,
            mails=mails,
            notices=_raised(posting),
            claims=claims,
        )
    return _result(
        snapshot, request, before, ledger, replace(steps_done, ledger=after), posting, mails, mark, now, constraints
    )


def _result(
    snapshot: Snapshot,
    request: Request,
    before: Ledger,
    current: Ledger,
    steps_done: StepsDone,
    posting: Posting,
    mails: tuple[Mail, ...],
    mark: str,
    now: datetime,
    constraints: Constraints,
) -> Result:
    """The differences as edits, with what History and Runs say of them."""
    ledger = switched(steps_done.ledger, posting.switches, mark, now)
    recorded = list(_recorded(steps_done.filled, before, request.job.writes))
    ledger = with_history(ledger, recorded, mark, now)
    changes = differences(before, ledger, request.job.writes)
    moves, headers = moves_of(snapshot, before, steps_done.filed) if steps_done.filed else ((), ())
    first_today = not ran_earlier_today(before, now) and not request.job.writes
    if changes or first_today or steps_done.broken or constraints.no_mail:
        ledger = _with_run_line(ledger, request, steps_done, changes, mark, now, constraints, len(mails))
        changes += differences(before, replace(ledger, tables={"runs": ledger.tables["runs"]}))
    edits = as_edits(changes, titles_of(snapshot, ledger.language), ledger.language)
    return Result(
        mark,
        now,
        before,
        ledger,
        tuple(changes),
        tuple(recorded),
        (*headers, *edits),
        ledger.problems,
        mails,
        posting.held,
        posting.unreachable,
        _raised(posting),
        as_lines(current.tables["notices"], posting.table, ledger),
        moves,
        steps_done.broken,
    )


def _steps_done(ledger: Ledger, request: Request, now: datetime, constraints: Constraints) -> StepsDone:
    """The jobs one after another. A job that breaks is reported, and the others go on; without validate none can."""
    try:
        prepared = prepare(ledger, now, accepted=bool(request.accepted_stop))
        ledger, filled = prepared.ledger, prepared.filled
        if any(problem.stops for problem in (*ledger.problems, *prepared.problems)):
            return StepsDone(ledger.noting([one for one in prepared.problems if one not in ledger.problems]))
        if request.job.assigns and not constraints.open_elsewhere:
            assigned = assign(ledger)
            ledger, filled = assigned.ledger, (*filled, *assigned.filled)
        ledger = derive(ledger, now).ledger
        if request.job.assigns:
            ledger = count_matches(ledger, now)
        if request.job.files:
            ledger = with_problem_columns(ledger.noting(verify(ledger)))
        cases = cases_of(ledger, now)
    except LedgerError:
        raise
    except Exception as error:  # noqa: BLE001  ("If validate breaks, only the failure mail goes out")
        return StepsDone(ledger, broken=(FailedJob("validate", where(error)),))
    wanted: list[Notice] = []
    broken: list[FailedJob] = []
    for raises in request.job.raises if request.outbox is not None else ():
        try:
            wanted += raises(cases, now)
        except Exception as error:  # noqa: BLE001  (one broken job must not silence the others)
            broken.append(FailedJob(raises.__name__, where(error)))
    return StepsDone(ledger, cases, filled, tuple(_numbered(wanted, ledger, request.job, constraints)), tuple(broken))


def where(error: Exception) -> str:
    """Where in the program something broke. What the exception says is left out: it may quote a cell."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if "site-packages" not in f.filename]
    at = frames[-1]
    return f"{type(error).__name__}, {Path(at.filename).name} line {at.lineno}"


def _numbered(wanted: Sequence[Notice], ledger: Ledger, job: Job, constraints: Constraints) -> Iterator[Notice]:
    """A run that writes no numbers says nothing of a row that has none yet."""
    if not (job.writes or constraints.open_elsewhere):
        yield from wanted
        return
    known = frozenset(known_rows(ledger.register, np.arange(len(ledger.register))).tolist())
    yield from (notice for notice in wanted if notice.case_at == NO_CASE or notice.case_at in known)


def _post(
    steps_done: StepsDone, request: Request, events: RunEvents, mark: str, now: datetime, constraints: Constraints
) -> tuple[Posting, tuple[Mail, ...]]:
    """Claim the notices that are due, and write their mails."""
    ledger = steps_done.ledger
    table = ledger.tables["notices"]
    if not request.job.raises or request.outbox is None or constraints.no_mail:
        return Posting(table), ()
    confidence = (
        steps_done.cases.confidence if steps_done.cases else Confidence(np.zeros(len(ledger.register), dtype=bool))
    )
    recipients = Recipients(ledger.policy, ledger.register, confidence, now.date())
    answers = (
        request.job.answers
        and bool(request.actions)
        and steps_done.cases is not None
        and not constraints.open_elsewhere
    )
    wanted = [*steps_done.wanted, *memos.due(events, ledger, now), *(answer(ledger, now) if answers else ())]
    kinds = [kind for kind in NoticeKind if answers or kind is not NoticeKind.ANSWER]
    posting = post(ledger, wanted, recipients, mark, now, really=request.really_sends, kinds=kinds)
    events = replace(events, held=posting.held, unreachable=posting.unreachable)
    sender = sender_of(ledger, request)
    letter_context = LetterContext(
        ledger, now, request.clock, recipients, sender, request.workbook, steps_done.cases, events
    )
    mails = [letter(letter_context, outgoing_mail) for outgoing_mail in posting.outgoing_mails]
    subject = posting.table["subject"].copy()
    for i, said in enumerate(subjects(mails, posting.table["mail_id"])):
        subject[i] = said or subject[i]
    return replace(posting, table=posting.table.having(subject=subject)), tuple(mails)


def previewed(snapshot: Snapshot, request: Request) -> tuple[list[Mail], Ledger]:
    """The mails that this moment calls for, said before or not, held or not; and the ledger they speak of."""
    letter_context, outgoing_mails = called_for(snapshot, request)
    return [letter(letter_context, outgoing_mail) for outgoing_mail in outgoing_mails], letter_context.ledger


def called_for(snapshot: Snapshot, request: Request) -> tuple[LetterContext, list[OutgoingMail]]:
    """The same before they are written: what each is to say, to whom; and what their writing needs."""
    _, ledger = read_ledger(snapshot)
    now = local_time(request.now, ledger.policy.settings.zone)
    steps_done = _steps_done(ledger, request, now, UNCONSTRAINED)
    ledger, cases = steps_done.ledger, steps_done.cases
    confidence = cases.confidence if cases else judge(ledger)
    recipients = Recipients(ledger.policy, ledger.register, confidence, now.date())
    outgoing_mails, unreachable = every_mail(ledger, steps_done.wanted, recipients)
    events, sender = RunEvents(unreachable=tuple(unreachable)), sender_of(ledger, request)
    return LetterContext(
        ledger, now, request.clock, recipients, sender, request.workbook, cases, events
    ), outgoing_mails


def sender_of(ledger: Ledger, request: Request) -> str:
    """Mails come from the address that logs in; in a folder they come from the office."""
    user = request.server.user if request.server is not None else ""
    return user if "@" in user else ledger.policy.settings["reply_to"] or NO_SENDER


def _raised(posting: Posting) -> tuple[tuple[Notice, OutgoingMail], ...]:
    return tuple(
        (notice, outgoing_mail) for outgoing_mail in posting.outgoing_mails for notice in outgoing_mail.notices
    )


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


def refuse_moved(ledger: Ledger) -> None:
    """Raises LedgerError where the ledger went elsewhere: nothing here counts any more, its free numbers least of all."""
    settings = ledger.policy.settings
    if settings["moved_to"]:
        raise LedgerError(
            f"This ledger was moved to {settings['moved_to']}: work there. (To go on here, empty “Moved to” in Settings.)",
            f"本账本已迁往 {settings['moved_to']}，请使用新账本。（要继续使用本账本，请清空“设置”中的“已迁往”。）",
        )


def _check_that_it_may_run(ledger: Ledger, now: datetime, request: Request) -> None:
    refuse_moved(ledger)
    settings = ledger.policy.settings
    if (
        settings["sending"] in (Sending.LIVE, Sending.RELEASE)
        and request.job.raises
        and request.outbox is not None
        and not (request.instead_of_sending or request.server)
    ):
        raise LedgerError(
            "Sending is live, but no mail server is set: set LEDGER_SMTP_HOST, _PORT, _USER and _PASSWORD, set Sending to trial or paused, or name a folder with --outbox.",
            "“发送方式”为正式发送，但没有设置邮件服务器：请设置 LEDGER_SMTP_HOST、_PORT、_USER、_PASSWORD，或改为试运行或暂停，或用 --outbox 指定文件夹。",
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
    ledger: Ledger,
    request: Request,
    steps_done: StepsDone,
    changes: Sequence[ColumnChange],
    mark: str,
    now: datetime,
    constraints: Constraints,
    mails: int,
) -> Ledger:
    """A line in Runs "for each run that did something, and for the first of each day"."""
    runs = ledger.tables["runs"]
    cells = sum(len(change.positions) for change in changes)
    failed = "; ".join(f"{one.job}: {one.where}" for one in steps_done.broken) or constraints.no_mail
    line: dict[str, list[object]] = {
        "run": [mark],
        "at": [np.datetime64(now, "s")],
        "command": [request.job.name],
        "changes": [float(cells)],
        "notices": [float((ledger.tables["notices"]["run"] == mark).sum())],
        "problems": [float(len(ledger.problems))],
        **seals_of(ledger, steps_done.filed),
        **({"calls": [float(calls)]} if (calls := constraints.calls(mails)) else {}),
        "outcome": ["failed" if failed else "done"],
        "message": [failed or request.accepted_stop],
    }
    return ledger.having(runs=runs.extended([runs.last_row + 1], **line))
