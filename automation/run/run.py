"""One run: read everything, plan in memory, write one commit, send the claimed mails; or stop if nothing is due.

Start with `run()`, which is the whole of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import partial
from pathlib import Path

from automation.ledger.errors import Busy, LedgerError, where
from automation.ledger.model import Ledger
from automation.ledger.recognition import mark_is_due
from automation.ledger.workbook import Changed, Commit, Snapshot
from automation.mail.letters.context import FailedJob
from automation.mail.mail import Mail
from automation.mail.transport.mailer import Handed, Mailer, TrialMailer
from automation.reports.dashboard import dashboard_edits
from automation.run.book_name import name_of_book
from automation.run.confirmations import confirmations, in_order, keep_as_claimed
from automation.run.delivery import Delivery, deliver, fold_in, settle_digest, withdrawn
from automation.run.job import Constraints, Request, Result
from automation.run.plan import plan
from automation.run.reading import read_for_run
from automation.run.stages import Tell, silent
from automation.text.catalogue import msg
from automation.workbooks.laid_out import LaidOut
from sheet_schema import DASHBOARD, NOTICES, SETTING
from sheet_schema.settings import PLEASE_DO
from sheet_schema.vocabulary import NoticeKind, NoticeState, Sending

ATTEMPTS = 5
"""How often a run starts over because somebody saved the workbook meanwhile."""


def run(workbook: LaidOut, request: Request, tell: Tell = silent) -> Result:
    """Do what is due. Raises Busy when another run or a person has the workbook, LedgerError when it cannot go on."""
    started = request.seconds()
    planned = snapshot, result = _read_and_plan(workbook, request, tell)
    if request.dry_run or not (_is_to_write(snapshot, result) or snapshot.unsettled):
        return replace(result, calls=workbook.calls)
    tell("waiting")
    with workbook.lock():
        for _ in range(ATTEMPTS):
            planned = snapshot, result = _read_and_plan(workbook, request, tell, planned)
            mailer = _mailer(workbook, request, result.after)
            delivery = Delivery(workbook, mailer, tell, partial(_time_is_up, request, result.after, started))
            try:
                _connect(delivery, result.mails)
                if result.stopped:
                    return _claim_and_send(delivery, request, result)
                if not _is_to_write(snapshot, result):
                    return replace(result, calls=workbook.calls)
                result = _commit(delivery, snapshot, result)
                sent = _send(delivery, request, result)
                if (sent.became and workbook.journal_apart) or sent.ended:
                    tell("writing")
                    fold_in(workbook, sent.run, sent.ended)
                return replace(sent, written=True, calls=workbook.calls)
            except Changed:
                continue
            except Busy:
                if workbook.journal_apart:  # a person has the file open; on Google another run took over
                    _send_what_needs_no_cell(delivery, snapshot, request)
                raise
            except _CannotSend as refused:
                _write_the_rest(workbook, snapshot, request, refused.reason)
                raise refused.reason from refused
            finally:
                delivery.mailer.close()
    raise Busy(
        msg("{workbook} was saved again and again while the run was reading it: run again in a minute.").of(
            workbook=workbook.name
        )
    )


def _is_to_write(snapshot: Snapshot, result: Result) -> bool:
    """Whether there is anything to write, be it only the mark, which waits while a person has the file open."""
    marks = mark_is_due(snapshot.mark) and snapshot.open_for is None and not result.stopped
    return bool(result.edits or result.claims or marks)


def _time_is_up(request: Request, ledger: Ledger, started: float) -> LedgerError | None:
    """Why a run that has worked long enough hands over no more mails; None while there is time."""
    minutes = ledger.policy.settings.whole("run_minutes")
    if request.seconds() - started < minutes * 60:
        return None
    return LedgerError(
        msg(
            "This run has worked for {minutes} minutes, so it stopped sending: the mails left go out at the next run."
        ).of(minutes=minutes)
    )


def _constraints_of(workbook: LaidOut, snapshot: Snapshot, request: Request) -> Constraints:
    return Constraints(
        marks_batches=request.really_sends and not workbook.journal_apart,
        bound=partial(workbook.bound, snapshot),
        most_moves=workbook.most_moves,
        book_of=partial(name_of_book, workbook),
        calls=lambda mails: (
            workbook.calls + workbook.calls_of_a_commit + workbook.calls_of_a_note * confirmations(mails)
        ),
    )


def _read_and_plan(
    workbook: LaidOut, request: Request, tell: Tell, planned: tuple[Snapshot, Result] | None = None
) -> tuple[Snapshot, Result]:
    """Read the workbook, and plan what to do, unless that is `planned` already: for a file that is still the same."""
    tell("reading")
    every_mail = request.earlier_outbox is not None and request.earlier_outbox.is_dir()  # it is listed there
    snapshot = workbook.read() if every_mail else read_for_run(workbook)
    tell("working_out")
    if planned is not None and workbook.own_file is not None and _is_same(snapshot, planned[0]):
        return planned
    result = plan(snapshot, request, _constraints_of(workbook, snapshot, request))
    if any(problem.code == "notices_lost" for problem in result.problems):  # or only those that are still to come are
        snapshot = workbook.read()
        result = plan(snapshot, request, _constraints_of(workbook, snapshot, request))
    return snapshot, _with_dashboard(snapshot, result, request)


def _is_same(now: Snapshot, before: Snapshot) -> bool:
    return now.version == before.version and now == before  # two whole workbooks are compared only if they may be equal


def _with_dashboard(snapshot: Snapshot, result: Result, request: Request) -> Result:
    """The result with the edits of the Dashboard.

    Other jobs leave it alone: "only `validate` and `run` write derived cells" (docs/design.md#p4.3).
    """
    if not request.job.writes_everything or result.stopped:
        return result
    try:
        edits = dashboard_edits(snapshot, result.after, result.now)
    except Exception as error:  # noqa: BLE001  (a page that cannot be drawn must not keep mails from going out)
        return replace(result, broken=(*result.broken, FailedJob(DASHBOARD.key, where(error))))
    return replace(result, edits=(*result.edits, *edits))


def _commit(delivery: Delivery, snapshot: Snapshot, result: Result) -> Result:
    """Write everything in one commit, and withdraw the mails about cases that had to be undone."""
    delivery.tell("writing")
    workbook = delivery.workbook
    claims = replace(result.claims, to_come=confirmations(len(result.mails)))
    keep_as_claimed(workbook, result.after.tables["notices"], result.mails)
    undone = workbook.commit(Commit(snapshot, result.edits, result.moves, claims))
    mails, after, void = withdrawn(result.mails, result.after, undone, result.now)
    if void:
        workbook.note(void)
    if undone.owners:
        settle_digest(workbook, result.after, result.run, undone.owners)
    going = {mail.id for mail in mails}
    gone = tuple(outgoing_mail for notice, outgoing_mail in result.notices if outgoing_mail.id not in going)
    notices = tuple(pair for pair in result.notices if pair[1].id in going)
    held = (*result.held, *dict.fromkeys(gone))
    named = frozenset(_named(owner, after) for owner in undone.owners)
    return replace(result, mails=mails, notices=notices, held=held, after=after, undone=named)


def _named(owner: str, ledger: Ledger) -> str:
    """What a person calls something left to the next run: a case number, or the name of a setting."""
    return SETTING[PLEASE_DO].label(ledger.language) if owner == PLEASE_DO else owner


class _CannotSend(Exception):  # noqa: N818  (it carries the error)
    """The mail server does not let us in, so nothing may be claimed."""

    def __init__(self, reason: LedgerError) -> None:
        super().__init__(str(reason))
        self.reason = reason


def _mailer(workbook: LaidOut, request: Request, ledger: Ledger) -> Mailer:
    """A folder, a mail server, or both: trial mails go to the folder and, if a server is set up, to the administrators."""
    from automation.mail.transport.folder import Earlier, FolderMailer  # few runs have a mail to write: as below

    rights = workbook.own_file.rights_beside() if workbook.own_file is not None else None
    earlier = None
    if request.earlier_outbox is not None and request.earlier_outbox.is_dir():
        zone = ledger.policy.settings.zone
        earlier = Earlier(request.earlier_outbox, _told(ledger), zone, request.earlier_outbox_shared)
    folder = FolderMailer(request.outbox or Path(), ledger.language, rights, earlier)
    if request.server is None or request.instead_of_sending:
        return folder
    from automation.mail.transport.server import ServerMailer  # takes a tenth of a second, which few runs need

    server = ServerMailer(request.server)
    if ledger.policy.settings["sending"] == Sending.TRIAL:
        return TrialMailer(folder, server)
    if not request.chats.usable:
        return server
    from automation.mail.transport.chat import ChatMailer  # as above

    return ChatMailer(server, request.chats)


def _told(ledger: Ledger) -> frozenset[tuple[str, str]]:
    """Every mail in Notices: its id, and when it was claimed or done."""
    table = ledger.tables["notices"]
    ids = table["mail_id"].tolist()
    moments = (table[key].astype("datetime64[s]").astype(str).tolist() for key in ("claimed_at", "done_at"))
    return frozenset(pair for times in moments for pair in zip(ids, times, strict=True))


def _connect(delivery: Delivery, mails: Sequence[Mail]) -> None:
    """Connect to the mail server before anything is claimed, so that a wrong password claims nothing."""
    if mails:
        delivery.tell("connecting")
        try:
            delivery.mailer.open()
        except LedgerError as error:
            raise _CannotSend(error) from error


def _send(delivery: Delivery, request: Request, result: Result) -> Result:
    """Hand over every mail; answers last, since what was asked for is done only now and may take a while."""
    mails = in_order(result.mails)
    owed = [mail for mail in mails if mail.kind == NoticeKind.ANSWER]
    others = mails[: len(mails) - len(owed)]
    became = deliver(delivery, others, result.after, result.now, len(owed))
    if not owed or delivery.ended:
        left = {mail.id: Handed(NoticeState.CLAIMED) for mail in owed}
        return _sent(delivery, result, {**became, **left})
    delivery.tell("answering")
    from automation.run.answers import do_and_answer  # few runs are asked for anything

    answers = do_and_answer(delivery.workbook, request, result)
    told = deliver(delivery, answers, result.after, result.now)
    return _sent(delivery, replace(result, mails=(*others, *answers)), {**became, **told})


def _sent(delivery: Delivery, result: Result, became: Mapping[str, Handed]) -> Result:
    left = any(handed.state is NoticeState.CLAIMED for handed in became.values())
    return replace(result, became=became, ended=delivery.ended if left else None)


def _claim_and_send(delivery: Delivery, request: Request, result: Result) -> Result:
    """Claim the mails in the journal only, and send them. Raises LedgerError if the tab that is a sheet's journal is lost."""
    lost = [problem.said for problem in result.problems if problem.stops and problem.tab == NOTICES.key]
    if lost and not delivery.workbook.journal_apart:
        raise LedgerError(msg("Nothing was written or sent. {problem}").of(problem=lost[0]), result.after.language)
    keep_as_claimed(delivery.workbook, result.after.tables["notices"], result.mails)
    delivery.workbook.note(replace(result.claims, to_come=confirmations(len(result.mails))))
    return replace(_send(delivery, request, result), calls=delivery.workbook.calls)


def _send_what_needs_no_cell(delivery: Delivery, snapshot: Snapshot, request: Request) -> None:
    """While a person has the workbook open, send the mails that do not depend on unwritten cells.

    "The run reads the last saved copy and does what needs no unwritten cell" (docs/design.md#p8.5)
    """
    result = plan(snapshot, request, Constraints(open_elsewhere=True))
    try:
        _connect(delivery, result.mails)
    except _CannotSend as refused:
        raise refused.reason from refused
    _claim_and_send(delivery, request, result)


def _write_the_rest(workbook: LaidOut, snapshot: Snapshot, request: Request, reason: LedgerError) -> None:
    """If no mail can go out, do everything else, and say in Runs why no mail was claimed."""
    constraints = replace(_constraints_of(workbook, snapshot, request), no_mail=str(reason))
    result = _with_dashboard(snapshot, plan(snapshot, request, constraints), request)
    with suppress(Changed, Busy):  # the next run does it then
        workbook.commit(Commit(snapshot, result.edits, result.moves))
