"""run and the single jobs: runs a job from the command line, and shows the result."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from automation.commands.console import one_object
from automation.commands.language import spoken_of
from automation.commands.letters_said import LettersSaid, letters_to_make
from automation.commands.nothing_new import Found, keep, name_of
from automation.commands.options import EXIT_NOT_SENT, EXIT_PROBLEMS, RunOptions, Session
from automation.commands.output import as_json, show
from automation.commands.progress import Say
from automation.commands.reply_secret import RepliesSaid, reply_secret
from automation.commands.request import request_of
from automation.ledger.errors import Busy, LedgerError
from automation.mail.replies.thread_token import ReplySecret
from automation.run.job import Action, ActionContext, AnswerFor, Request, Result
from automation.run.next_moment import next_moment
from automation.run.run import run
from automation.workbooks.laid_out import LaidOut
from automation.workbooks.opening import workbook_at
from sheet_schema.vocabulary import PleaseDo

# What an administrator asks for is imported then: few runs are asked for anything, and some of it needs half the program.


def _preview(context: ActionContext) -> AnswerFor:
    from automation.run.actions import preview  # when asked for: see above

    return preview(context)


def _report(context: ActionContext) -> AnswerFor:
    from automation.run.actions import report  # when asked for: see above

    return report(context)


def _handover(context: ActionContext) -> AnswerFor:
    from automation.run.actions import handover  # when asked for: see above

    return handover(context)


def _check(context: ActionContext) -> AnswerFor:
    from automation.commands.check import answer_check  # when asked for: see above

    return answer_check(context)


def _backup(context: ActionContext) -> AnswerFor:
    from automation.commands.backup import answer_backup  # when asked for: see above

    return answer_backup(context)


ACTIONS: Mapping[str, Action] = {
    PleaseDo.PREVIEW: _preview,
    PleaseDo.REPORT: _report,
    PleaseDo.HANDOVER: _handover,
    PleaseDo.CHECK: _check,
    PleaseDo.BACKUP: _backup,
}
"""The actions for all that an administrator may ask for in Settings."""


def do_job(job: str, asked: RunOptions, session: Session) -> int:
    """Run a job and show the result.

    Returns the exit code: 0, 1 after a stop or a broken job, 3 for problems with `--check`, 4 for a mail that could not
    be handed over, or was left to the next run.
    """
    workbook = workbook_at(asked.workbook, session.real_time)
    secret = _secret(workbook, asked, session)
    request = request_of(job, asked, session.real_time, ACTIONS)
    request = replace(request, reply_secret=secret.secret if secret is not None else "")
    name = name_of(job, asked)  # before the run: a program that is changed meanwhile is another one
    result = run(workbook, request, session.tell)
    left = _left_in_folder(workbook, asked, request, result)
    closing = [*left, *_closing(workbook, request, result)]
    letters = _letters(workbook, asked, request, result)
    replies = _replies(workbook, asked, secret, request.now, result)
    lines: list[str] = []
    as_object = (
        as_json(result, [*closing, *letters.lines], replies.values, dry_run=asked.dry_run) if asked.as_json else None
    )
    if as_object is not None:
        session.say(one_object(as_object))
    else:
        show(
            result, _noting(session.say, lines), request.outbox or Path(), dry_run=asked.dry_run, verbose=asked.verbose
        )
        for line in (*closing, *letters.lines, *replies.lines):
            session.say(line)
    code = _exit_code(result, asked) or (0 if replies.went_well and letters.went_well and not left else EXIT_NOT_SENT)
    until = next_moment(result) if name and result.found_nothing and letters.went_well else None
    own_file = workbook.own_file
    if own_file is not None and not request.dry_run:
        own_file.keep_what_was_read()
    looked = bool(replies.state) or not asked.imap_host
    if name and until and looked and own_file is not None and own_file.as_read:
        found = Found(
            asked=name,
            of=own_file.as_read,
            since=session.real_time,
            until=until,
            code=code,
            said=lines,
            as_object=as_object,
            mailbox=replies.state,
        )
        keep(found, asked, own_file.rights_beside())
    return code


def _left_in_folder(workbook: LaidOut, asked: RunOptions, request: Request, result: Result) -> list[str]:
    """Put away the exports of a form that were taken over, and say which cannot be. The run has done its work, and goes on."""
    if not asked.intake_folder or not request.takes_in or request.dry_run or result.stopped:
        return []
    from automation.commands.dropped_files import put_away  # few offices have such a folder

    language = spoken_of(result.after.language)
    try:
        return [error.say(language) for error in put_away(request.takes_in, workbook.read())]
    except LedgerError as error:
        return [error.say(language)]


def _closing(workbook: LaidOut, request: Request, result: Result) -> list[str]:
    """Close the year that is due, if any, and say what came of it. Whoever has the workbook just then does not wait: the
    next run does it."""
    if result.closes is None:
        return []
    from automation.commands.close_year import close_what_is_due  # one run a year needs it

    try:
        return close_what_is_due(workbook, result, request.now, dry_run=request.dry_run)
    except Busy as busy:
        return [busy.say(spoken_of(result.after.language))]


def _letters(workbook: LaidOut, asked: RunOptions, request: Request, result: Result) -> LettersSaid:
    """Make the letters that people chose, where any is."""
    if not (request.job.writes_everything and request.job.files and letters_to_make(result)):
        return LettersSaid()
    from automation.commands.letter import letters_of_run  # few runs have one to make, and it takes a while

    return letters_of_run(workbook, asked.workbook, result, request.now, dry_run=request.dry_run)


def _secret(workbook: LaidOut, asked: RunOptions, session: Session) -> ReplySecret | None:
    """What makes replies certain: made at the first run that is to read them, and used by all that send."""
    there = workbook.is_there
    rights = workbook.own_file.rights_beside() if workbook.own_file is not None and there else None
    make = there and bool(asked.imap_host) and not asked.dry_run
    return reply_secret(asked, session.real_time.date(), rights, make=make)


def _replies(
    workbook: LaidOut, asked: RunOptions, secret: ReplySecret | None, now: datetime, result: Result
) -> RepliesSaid:
    """Read the replies that came by mail, where a mailbox is set, once all else is done."""
    if not asked.imap_host or secret is None or asked.dry_run or result.stopped:
        return RepliesSaid()
    from automation.commands.replies import read_replies  # few ledgers need what reads mails

    return read_replies(workbook, asked, secret, now, result.after)


def _noting(say: Say, lines: list[str]) -> Say:
    """`say`, which also notes what it said."""

    def said(text: str) -> object:
        lines.append(text)
        return say(text)

    return said


def _exit_code(result: Result, asked: RunOptions) -> int:
    if result.stopped or result.broken:
        return 1
    if result.some_not_sent:
        return EXIT_NOT_SENT
    return EXIT_PROBLEMS if asked.check and result.problems else 0
