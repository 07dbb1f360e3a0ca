"""Writes a line in Runs for each run that did something, and for the first of each day."""

from __future__ import annotations

import numpy as np

from automation.ledger.errors import LedgerError
from automation.ledger.history_chain import digest_of_history, digest_of_run
from automation.ledger.model import Ledger
from automation.mail.outbox import Posting, days_with_all_mail
from automation.run.archive import seals_of
from automation.run.run_context import RunContext
from automation.run.steps_done import StepsDone
from automation.steps.intake import ran_earlier_today
from automation.steps.time_of_run import doubtful_time
from sheet_schema.sending_words import RunMail
from sheet_schema.vocabulary import URGENT


def runs_line_is_due(context: RunContext, done: StepsDone, mail: RunMail, *, writes: bool) -> bool:
    """Whether this run gets a line: it changes a cell, or is the first today, or the first that may send all mail."""
    first_today = not ran_earlier_today(context.before, context.now) and context.job.writes_everything
    free = mail_of(context, done, mail) is RunMail.ALL and context.job.writes_everything
    first_free = free and context.now.date() not in days_with_all_mail(context.before)
    new_start = doubtful_time(context.before, context.now) is not None  # confirmed: the next run looks at this one
    return bool(writes or first_today or first_free or new_start or done.broken or context.constraints.no_mail)


def mail_of(context: RunContext, done: StepsDone, mail: RunMail) -> RunMail:
    """Which mail this run is free to send, given what its outbox says of the hour and the settings.

    A run in which a job broke, or whose job raises nothing ordinary, cannot say what is due.
    """
    ordinary = any(kind not in URGENT for kind in context.job.kinds) and not done.broken
    return mail if ordinary or mail is RunMail.NONE else RunMail.URGENT


def with_runs_line(context: RunContext, done: StepsDone, ledger: Ledger, cells: int, said: Posting) -> Ledger:
    """The ledger with a line in Runs that says what the run did; `cells` is the number of changed cells."""
    runs = ledger.tables["runs"]
    failed = "; ".join(f"{one.job}: {one.where}" for one in done.broken) or context.constraints.no_mail
    calls = context.constraints.calls(len(said.outgoing_mails))
    line: dict[str, list[object]] = {
        "run": [context.mark],
        "at": [np.datetime64(context.now, "s")],
        "command": [context.job.name],
        "changes": [float(cells)],
        "notices": [float((ledger.tables["notices"]["run"] == context.mark).sum())],
        "problems": [float(len(ledger.problems))],
        **seals_of(ledger, done.filed),
        **_history(context, ledger),
        **({"calls": [float(calls)]} if calls else {}),
        "mail": [mail_of(context, done, said.mail).key],
        "outcome": ["failed" if failed else "done"],
        "message": [failed or context.request.accepted_stop],
    }
    return ledger.having(runs=runs.extended([runs.last_row + 1], **line))


def _history(context: RunContext, ledger: Ledger) -> dict[str, list[object]]:
    """The digest of History, which *Runs* keeps of each run that added lines."""
    added = len(ledger.tables["history"]) > len(context.before.tables["history"])
    return {"history": [digest_of_history(ledger)]} if added else {}


def with_digest_as_it_stands(ledger: Ledger, run: str) -> Ledger:
    """The ledger whose line of this run in Runs has the digest of the lines of History that stand there after all."""
    runs = ledger.tables["runs"]
    theirs = np.flatnonzero(runs["run"] == run)[-1:]
    kept = runs["history"].copy()
    kept[theirs] = digest_of_run(ledger.tables["history"], run)
    return ledger.having(runs=runs.having(history=kept))


def with_end_in_runs(ledger: Ledger, run: str, ended: LedgerError) -> Ledger:
    """The ledger with the reason why this run's sending ended early, in its line of Runs."""
    runs = ledger.tables["runs"]
    theirs = np.flatnonzero(runs["run"] == run)[-1:]
    message = runs["message"].copy()
    said = ended.say(ledger.language)
    message[theirs] = [" ".join(filter(None, (message[i], said))) for i in theirs.tolist()]
    return ledger.having(runs=runs.having(message=message))
