"""What every part of a run needs: the workbook as it was read, the request, the time, and what limits the run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from automation.ledger.history import run_mark
from automation.ledger.model import Ledger
from automation.ledger.notices_journal import read_ledger
from automation.ledger.office_time import local_time
from automation.ledger.titles_and_headers import titles_of
from automation.ledger.workbook import Snapshot
from automation.run.job import UNCONSTRAINED, Constraints, Job, Request


@dataclass(frozen=True)
class RunContext:
    """One run over one snapshot.

    `before` is the ledger as in the tabs, `current` the same with newer entries of the journal; `now` is the office's
    time.
    """

    snapshot: Snapshot
    request: Request
    constraints: Constraints
    before: Ledger
    current: Ledger
    now: datetime

    @property
    def job(self) -> Job:
        return self.request.job

    @property
    def mark(self) -> str:
        """The name of this run in Notices, History and Runs."""
        return run_mark(self.now)

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """The title of each tab in this workbook, by its key."""
        return titles_of(self.snapshot.grids, self.before.language)

    @property
    def raises_notices(self) -> bool:
        """Whether the job raises notices and there is a folder for mails."""
        return bool(self.job.raises) and self.request.outbox is not None


def run_context(snapshot: Snapshot, request: Request, constraints: Constraints = UNCONSTRAINED) -> RunContext:
    """Read the ledger from the snapshot. A pure function: the time comes from `request`."""
    before, current = read_ledger(snapshot)
    now = local_time(request.now, before.policy.settings.zone)
    return RunContext(snapshot, request, constraints, before=before, current=current, now=now)
