"""Takes in the replies that came by mail, once a run has done all else: a fault here costs nothing but the replies of that moment.

The order makes it safe to end at any moment (docs/design.md#p15.5): the mailbox is only looked at and never changed; attachments are
written under names that are the same each time; then one commit writes the rows of Answers together with how far the mailbox was
read, or nothing. A run that dies before it takes in the same mails again, and one that dies behind it none of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from automation.ledger.changes import as_edits, differences
from automation.ledger.errors import Busy, LedgerError
from automation.ledger.model import Ledger
from automation.ledger.notices_journal import read_ledger
from automation.ledger.office_time import local_time
from automation.ledger.titles_and_headers import titles_of
from automation.ledger.workbook import Changed, Commit, Snapshot
from automation.mail.replies.headers import headers_of
from automation.mail.replies.judging import Post
from automation.mail.replies.mailbox import Mailbox, Reading
from automation.mail.replies.sorting import Sorted, is_to_note, read_up_to, sorted_mails, taken_in
from automation.mail.replies.thread_token import ReplySecret
from automation.run.edits import with_one_owner
from automation.run.may_run import refuse_moved
from automation.steps.take_over import with_answer_problems
from automation.text.catalogue import msg
from automation.workbooks.file_rights import Rights, make_folder
from automation.workbooks.laid_out import LaidOut
from automation.workbooks.plain_files import reason_of
from automation.workbooks.whole_files import write_whole
from sheet_schema import ANSWERS, MAILBOX

ATTEMPTS = 5
REPLIES = "replies"
"""The owner of all rows of one reading: all of them are written, or none is."""


@dataclass(frozen=True)
class RepliesRequest:
    """What reading the replies needs: the mailbox, the secret, the folder for attachments, and the time."""

    mailbox: Mailbox
    secret: ReplySecret
    folder: Path
    now: datetime


@dataclass(frozen=True)
class TakenIn:
    """What a reading came to. `why` says, if so, why not all mails were looked at."""

    found: Sorted = field(default_factory=Sorted)
    why: LedgerError | None = None
    written: bool = False
    state: str = ""
    """The state in which the folder was found, if all of it was read."""


def take_in(workbook: LaidOut, asked: RepliesRequest, ledger: Ledger | None = None) -> TakenIn:
    """Look into the mailbox, and take in what came. `ledger` is what a run that has just ended knows of the workbook: while
    nothing came, it is not read again. Raises Busy, LedgerError: then nothing was taken in."""
    ledger = _pair(workbook.read())[1] if ledger is None else ledger
    _refuse_without_tabs(ledger)
    now = local_time(asked.now, ledger.policy.settings.zone)
    name = asked.mailbox.name
    before = read_up_to(ledger, name, asked.secret.since, now.date())
    post = Post(ledger, now, asked.secret.secret)
    reading = asked.mailbox.read(before, lambda headers: post.interest(headers_of(headers)))
    found = sorted_mails(post, reading)
    if not is_to_note(ledger, name, found, reading.validity):
        return TakenIn(found, reading.ended, state=reading.state)
    return TakenIn(_written(workbook, asked, reading), reading.ended, written=True, state=reading.state)


def _written(workbook: LaidOut, asked: RepliesRequest, reading: Reading) -> Sorted:
    """Write what came, by the ledger as it is under the lock."""
    with workbook.lock():
        for _ in range(ATTEMPTS):
            snapshot = workbook.read()
            before, current = _pair(snapshot)
            now = local_time(asked.now, current.policy.settings.zone)
            found = sorted_mails(Post(current, now, asked.secret.secret), reading)
            _keep_files(asked.folder, found, _rights(workbook))
            after = with_answer_problems(taken_in(current, asked.mailbox.name, found, reading.validity, now))
            edits = as_edits(differences(before, after), titles_of(snapshot.grids, after.language), after.language)
            try:
                if not workbook.commit(Commit(snapshot, with_one_owner(snapshot, edits, REPLIES))).owners:
                    return found
            except Changed:
                continue
    raise Busy(msg("{workbook} was saved again and again: try again in a minute.").of(workbook=workbook.name))


def _pair(snapshot: Snapshot) -> tuple[Ledger, Ledger]:
    """The ledger as in the tabs, and with its journal. Raises LedgerError if no reply can be taken in."""
    before, ledger = read_ledger(snapshot)
    refuse_moved(ledger)
    _refuse_without_tabs(ledger)
    if stops := ledger.stops:
        raise LedgerError(msg("No reply was read. {problem}").of(problem=stops[0]), ledger.language)
    if snapshot.open_for is not None:
        raise Busy(
            msg("No reply was read while somebody has the workbook open: the next run does it."), ledger.language
        )
    return before, ledger


def _refuse_without_tabs(ledger: Ledger) -> None:
    if not (ledger.tables[ANSWERS.key].at and ledger.tables[MAILBOX.key].at):
        raise LedgerError(
            msg("Replies are to be read, but the ledger has no tab “{tab}”: run install, which adds it.").of(
                tab=ANSWERS
            ),
            ledger.language,
        )


def _rights(workbook: LaidOut) -> Rights | None:
    return workbook.own_file.rights_beside() if workbook.own_file is not None else None


def _keep_files(folder: Path, found: Sorted, rights: Rights | None) -> None:
    """Write what was attached. A file that is there already is written anew, which changes nothing. Raises LedgerError."""
    if not found.files:
        return
    try:
        make_folder(folder, rights)
        for name, content in found.files:
            write_whole(folder / name, content, rights)
    except OSError as error:
        raise LedgerError(
            msg(
                "What was attached to replies cannot be kept in {folder} ({reason}), so none was taken in: free some space or check who may write there."
            ).of(folder=folder, reason=reason_of(error))
        ) from error
