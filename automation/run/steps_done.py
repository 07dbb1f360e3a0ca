"""Does the steps of a run, one after another, in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from automation.cases.cases import Cases, cases_of
from automation.cases.confidentiality import Confidence
from automation.ledger.changes import known_rows
from automation.ledger.errors import LedgerError, where
from automation.ledger.model import Filled, Ledger, Problem
from automation.ledger.notices import NO_CASE, Notice
from automation.mail.letters.context import FailedJob
from automation.run.archive import file_due
from automation.run.run_context import RunContext
from automation.run.tried_rules import tried_notes
from automation.steps.chat_checks import unknown_chats
from automation.steps.filing import Filed, closed_long_ago
from automation.steps.old_cases import old_cases_wait
from automation.steps.rating_taken_over import take_over_ratings
from automation.steps.routing import assign, count_matches
from automation.steps.take_over import take_over
from automation.steps.time_of_run import doubtful_time
from automation.steps.validation import derive, prepare, with_problem_columns
from automation.steps.verification import verify
from automation.steps.years_due import YearDue, said_of_years, years_due


@dataclass(frozen=True)
class StepsDone:
    """The ledger after the steps, what they filled, and the notices they raised. `cases` is None if they stopped."""

    ledger: Ledger
    cases: Cases | None = None
    filled: tuple[Filled, ...] = ()
    wanted: tuple[Notice, ...] = ()
    broken: tuple[FailedJob, ...] = ()
    filed: Filed | None = None
    years: tuple[YearDue, ...] = ()
    """The years that are to be closed."""

    @property
    def stops(self) -> tuple[Problem, ...]:
        """The problems that stop the run: it writes and sends nothing but one mail that names them."""
        return tuple(problem for problem in self.ledger.problems if problem.stops)

    @property
    def confidence(self) -> Confidence:
        """Who must not learn of which case; empty if the steps stopped, as no case is mentioned then."""
        if self.cases is not None:
            return self.cases.confidence
        return Confidence.of_nobody(len(self.ledger.register))


def do_steps(context: RunContext) -> StepsDone:
    """Do every step but filing. A job that breaks is reported and the others go on; without `validate` none can."""
    try:
        done = _validated(context)
    except LedgerError:
        raise
    except Exception as error:  # noqa: BLE001  ("If validate breaks, only the failure mail goes out")
        done = StepsDone(context.current, broken=(FailedJob("validate", where(error)),))
    return done if done.cases is None else _with_notices(context, done, done.cases)


def with_filing(context: RunContext, done: StepsDone) -> StepsDone:
    """File the cases that are due, unless a job broke."""
    if done.cases is None or done.broken or not context.job.files or context.constraints.open_elsewhere:
        return done
    filed = file_due(context, done.cases)
    return replace(done, filed=filed, ledger=filed.ledger) if filed else done


def _validated(context: RunContext) -> StepsDone:
    """Number, fill in, assign, derive and verify; or the ledger as it was, with the problems that stop the run."""
    doubtful = doubtful_time(context.before, context.now)
    if doubtful is not None and not context.request.accepted_stop:
        return StepsDone(context.current.noting([doubtful]))
    if context.current.stops:
        return StepsDone(context.current)
    prepared = prepare(context.current, context.now, accepted=bool(context.request.accepted_stop))
    if stops := [problem for problem in prepared.problems if problem.stops]:
        return StepsDone(context.current.noting(stops))
    ledger, filled = prepared.ledger, prepared.filled
    if context.job.writes_everything and not context.constraints.open_elsewhere:
        taken = take_over(ledger, context.now)
        rated = take_over_ratings(taken.ledger, context.now)
        ledger, filled = rated.ledger, (*filled, *taken.filled, *rated.filled)
    if context.job.assigns and not context.constraints.open_elsewhere:
        assigned = assign(ledger, context.now)
        ledger, filled = assigned.ledger, (*filled, *assigned.filled)
    ledger = derive(ledger, context.now).ledger
    if context.job.assigns:
        ledger = count_matches(ledger, context.now)
    cases, years = cases_of(ledger, context.now), tuple[YearDue, ...]()
    if tried := tried_notes(cases):
        ledger = with_problem_columns(ledger.with_notes(tried))
        cases = replace(cases, ledger=ledger)
    known = context.request.chats
    if chats := [*unknown_chats(ledger, known.usable, installed=known.installed, shared=known.shared)]:
        ledger = with_problem_columns(ledger.noting(chats))
        cases = replace(cases, ledger=ledger)
    if context.job.files:
        waiting = old_cases_wait(cases, closed_long_ago(cases, context.now))
        book_of = context.constraints.book_of
        years = tuple(years_due(cases, context.now, book_of)) if book_of is not None else ()
        said = said_of_years(ledger, years, context.now)
        ledger = with_problem_columns(ledger.noting([*verify(ledger), *waiting, *said]))
        cases = replace(cases, ledger=ledger)
    return StepsDone(ledger, cases, filled, years=years)


def _with_notices(context: RunContext, done: StepsDone, cases: Cases) -> StepsDone:
    wanted: list[Notice] = []
    broken: list[FailedJob] = []
    for raises in context.job.raises if context.raises_notices else ():
        try:
            wanted += raises(cases, context.now)
        except Exception as error:  # noqa: BLE001  (one broken job must not silence the others)
            # People read this name in the failure mail and in Runs: a function that is renamed must keep it there.
            broken.append(FailedJob(raises.__name__, where(error)))
    return replace(done, wanted=tuple(_of_numbered_rows(context, cases.ledger, wanted)), broken=tuple(broken))


def _of_numbered_rows(context: RunContext, ledger: Ledger, wanted: Sequence[Notice]) -> Iterator[Notice]:
    """The notices about numbered rows; of other rows a run that writes no numbers says nothing."""
    if context.job.writes_everything and not context.constraints.open_elsewhere:
        yield from wanted
        return
    known = frozenset(known_rows(ledger.register, np.arange(len(ledger.register))).tolist())
    yield from (notice for notice in wanted if notice.case_at == NO_CASE or notice.case_at in known)
