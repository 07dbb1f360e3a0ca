"""Writes a line in Runs for each run that did something, and for the first of each day."""

from __future__ import annotations

import numpy as np

from automation.ledger.model import Ledger
from automation.run.archive import seals_of
from automation.run.run_context import RunContext
from automation.run.steps_done import StepsDone
from automation.steps.intake import ran_earlier_today


def runs_line_is_due(context: RunContext, done: StepsDone, *, writes: bool) -> bool:
    """Whether this run gets a line. `writes` says whether it changes any cell."""
    first_today = not ran_earlier_today(context.before, context.now) and context.job.writes_everything
    return bool(writes or first_today or done.broken or context.constraints.no_mail)


def with_runs_line(context: RunContext, done: StepsDone, ledger: Ledger, cells: int, mails: int) -> Ledger:
    """The ledger with a line in Runs that says what the run did; `cells` and `mails` are their numbers."""
    runs = ledger.tables["runs"]
    failed = "; ".join(f"{one.job}: {one.where}" for one in done.broken) or context.constraints.no_mail
    calls = context.constraints.calls(mails)
    line: dict[str, list[object]] = {
        "run": [context.mark],
        "at": [np.datetime64(context.now, "s")],
        "command": [context.job.name],
        "changes": [float(cells)],
        "notices": [float((ledger.tables["notices"]["run"] == context.mark).sum())],
        "problems": [float(len(ledger.problems))],
        **seals_of(ledger, done.filed),
        **({"calls": [float(calls)]} if calls else {}),
        "outcome": ["failed" if failed else "done"],
        "message": [failed or context.request.accepted_stop],
    }
    return ledger.having(runs=runs.extended([runs.last_row + 1], **line))
