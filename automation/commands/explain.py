"""explain: tell one case's whole story, on the terminal or as JSON."""

from __future__ import annotations

from dataclasses import dataclass, replace

from automation.commands.books_reached import with_book_of
from automation.commands.console import one_object
from automation.commands.options import Session, moment
from automation.commands.output import as_spoken
from automation.ledger.year_books import closed_numbers
from automation.reports.case.explain import explain, explained
from automation.run.job import JOBS, Request, Result
from automation.run.plan import plan
from automation.run.run import run
from automation.workbooks.laid_out import LaidOut
from automation.workbooks.opening import workbook_at


@dataclass(frozen=True)
class ExplainOptions:
    """The options of `explain`, as typed."""

    workbook: str
    case: str
    now: str | None = None
    as_json: bool = False


def explain_case(asked: ExplainOptions, session: Session) -> int:
    request = Request(JOBS["run"], moment(asked.now, session.real_time), session.real_time, dry_run=True)
    workbook = workbook_at(asked.workbook, session.real_time)
    result = run(workbook, request, session.tell)
    if closed_numbers(result.before):
        result = _with_books(workbook, request, asked.case) or result
    if asked.as_json:
        session.say(one_object(explained(result, asked.case)))
        return 0
    for line in explain(replace(result, after=as_spoken(result.after)), asked.case):
        session.say(line)
    return 0


def _with_books(workbook: LaidOut, request: Request, case: str) -> Result | None:
    """The dry run with the year books put back in which the case stands, or the one it repeats; None if neither does."""
    snapshot = workbook.read()
    whole = with_book_of(workbook, snapshot, case)
    return plan(whole, request) if whole is not snapshot else None
