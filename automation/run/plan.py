"""Plans everything that a run would do with a snapshot of the workbook, in memory."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from automation.ledger.changes import as_edits, differences
from automation.ledger.history_chain import chained
from automation.ledger.model import Ledger
from automation.ledger.notices_journal import notes_of
from automation.ledger.settings import switched
from automation.ledger.table import uncollected
from automation.ledger.workbook import Notes, Snapshot, TabEdit
from automation.mail.mail import Mail
from automation.mail.outbox import Posting, in_working_hours
from automation.run.archive import moves_of
from automation.run.confirmations import first_marked
from automation.run.delivery import speaks_of
from automation.run.edits import with_terms
from automation.run.hands import with_hands
from automation.run.history import filled_in_known_rows, with_history
from automation.run.job import UNCONSTRAINED, Constraints, Request, Result
from automation.run.mails import Posted, letter_context, post_mails
from automation.run.may_run import refuse_to_run
from automation.run.run_context import RunContext, run_context
from automation.run.runs_line import runs_line_is_due, with_runs_line
from automation.run.steps_done import StepsDone, do_steps, with_filing
from automation.steps.rule_edit_history import with_rule_history
from automation.steps.years_due import YearDue, announced
from sheet_schema.form_settings import INTAKE_TAB
from sheet_schema.settings import CLOCK_CHECKED_ON, STOP_ACCEPTED

if TYPE_CHECKING:
    from automation.run.form_cases import CameIn


@uncollected()
def plan(snapshot: Snapshot, request: Request, constraints: Constraints = UNCONSTRAINED) -> Result:
    """What the run would do to the workbook. A pure function: the time comes from `request`."""
    context = run_context(snapshot, request, constraints)
    refuse_to_run(context)
    came = _came_in(context)
    done = do_steps(came.context if came is not None else context)
    if came is not None and came.new and done.cases is None:  # without the steps nothing can be taken over
        came, done = None, do_steps(context)
    context = came.context if came is not None else context
    posted = _posted(context, done)
    done, posting = posted.done, posted.posting
    mails = _with_copies(context, done, posted.mails)
    if constraints.marks_batches:
        posting = replace(posting, table=first_marked(posting.table, mails))
    done = replace(done, ledger=done.ledger.having(notices=posting.table))
    if done.stops:  # nothing is written or sent but one mail that names the problems (docs/design.md#p2.9)
        return result_of(context, done.ledger, posting, mails)
    if came is None:
        return with_edits(context, done, posting, result_of(context, done.ledger, posting, mails))
    from automation.run.form_answers import edits_of, recorded  # few ledgers have a form

    done = recorded(came, done)
    said = result_of(context, done.ledger, posting, mails)
    result = with_edits(context, done, posting, said, edits_of(came, done))
    return replace(result, changes=(*came.changes, *result.changes))


def _came_in(context: RunContext) -> CameIn | None:
    """What online forms brought; None if there is no form, or nothing may be taken over."""
    files = context.request.takes_in
    may_write = context.job.writes_everything and not context.constraints.open_elsewhere
    if files is None or not may_write or not (context.current.policy.settings[INTAKE_TAB] or files):
        return None
    from automation.run.form_cases import came_in  # few ledgers have a form

    return came_in(context)


def _posted(context: RunContext, done: StepsDone) -> Posted:
    """File what is due, and write the mails; nothing is filed if one cannot be written (docs/design.md#p7.8)."""
    posted = post_mails(context, with_filing(context, done))
    failed = posted.done.broken != done.broken and posted.done.filed is not None
    if not failed:
        return posted
    return post_mails(context, replace(done, wanted=posted.done.wanted, broken=posted.done.broken))


def _with_copies(context: RunContext, done: StepsDone, mails: tuple[Mail, ...]) -> tuple[Mail, ...]:
    if not mails:
        return ()
    from automation.run.copies import with_copies  # a run with nothing to say does not wait for it

    recipients = letter_context(context.request, context.now, done.ledger, done.confidence).recipients
    return with_copies(mails, done.ledger, recipients, partial(_mails_without, context))


def _mails_without(context: RunContext, numbers: Collection[str]) -> tuple[Mail, ...]:
    """The mails of this run as if the cases with these numbers had never been typed; none if it numbers one of them."""
    known = {number for table in (context.current.register, context.current.filing) for number in table["case_no"]}
    if not known.issuperset(numbers):
        return ()
    from automation.run.two_worlds import without_cases  # as above

    snapshot = without_cases(context.snapshot, context.current, numbers)
    other = run_context(snapshot, context.request, context.constraints)
    return _posted(other, do_steps(other)).mails


def result_of(context: RunContext, after: Ledger, posting: Posting, mails: tuple[Mail, ...]) -> Result:
    """The mails and their claims in the journal, with no edits yet."""
    return Result(
        context.mark,
        context.now,
        context.before,
        after,
        problems=after.problems,
        mails=mails,
        notices=posting.notices,
        claims=_claims(context, posting, after),
    )


def _claims(context: RunContext, posting: Posting, after: Ledger) -> Notes:
    return notes_of(context.current.tables["notices"], posting.table, after)


def with_edits(
    context: RunContext, done: StepsDone, posting: Posting, said: Result, more: Sequence[TabEdit] = ()
) -> Result:
    """The result with the differences as edits and these `more`, and with their lines in History and Runs."""
    before, job = context.before, context.job
    checked = {key: "" for key in (CLOCK_CHECKED_ON, STOP_ACCEPTED) if before.policy.settings[key]}
    ledger = switched(done.ledger, {**posting.switches, **checked}, context.mark, context.now)
    filled = tuple(filled_in_known_rows(done.filled, before, job))
    ledger = with_history(ledger, filled, context.mark, context.now)
    if job.writes_everything:
        ledger = with_rule_history(ledger, context.current, context.now)
        ledger = announced(ledger, done.years, context.now)
    ledger = chained(before, with_hands(context, done, filled, ledger))
    changes = differences(before, ledger, job.writes)
    if runs_line_is_due(context, done, posting.mail, writes=bool(changes)):
        cells = sum(len(change.positions) for change in changes)
        ledger = with_runs_line(context, done, ledger, cells, posting)
        changes += differences(before, replace(ledger, tables={"runs": ledger.tables["runs"]}))
    moves, headers = moves_of(context, done.filed) if done.filed else ((), ())
    edits = (*headers, *more, *as_edits(changes, context.titles, ledger.language))
    spoken_of = frozenset(number for mail in said.mails for number in speaks_of(mail, ledger))
    tried = ledger.apart if edits else frozenset()  # whether these settle by now is seen at any commit
    return replace(
        said,
        after=ledger,
        changes=tuple(changes),
        filled=filled,
        edits=with_terms(context.snapshot, edits, moves, spoken_of | tried),
        held=posting.held,
        unreachable=posting.unreachable,
        claims=_claims(context, posting, ledger),
        moves=moves,
        broken=done.broken,
        closes=_year_to_close(context, done),
    )


def _year_to_close(context: RunContext, done: StepsDone) -> YearDue | None:
    """The oldest year that may be closed now. `run` does so when nobody in the office waits for it: on a day off, or
    outside the hours of mail; `archive` whenever it is started (docs/design.md#p8.13)."""
    office_waits = context.job.writes_everything and in_working_hours(done.ledger, context.now)
    if done.broken or office_waits:
        return None
    return next((one for one in done.years if one.may_close(context.now.date())), None)
