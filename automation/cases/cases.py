"""All cases of the register with what we know about them, worked out once for every job."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from automation.cases.clocks import Clock, run_clocks
from automation.cases.confidentiality import Confidence, judge
from automation.cases.extensions import Extensions, extensions_in_register
from automation.cases.involved import PartClocks, with_parts
from automation.cases.joined_facts import answered
from automation.cases.register_lines import RegisterLines, register_lines_of
from automation.cases.stopped_clocks import MoreTime, Waits, waits_in_register
from automation.ledger.model import Ledger
from automation.ledger.office_time import today
from automation.ledger.table import Array, Table
from sheet_schema.vocabulary import Status, Step


@dataclass(frozen=True)
class Cases:
    """The register and what we know about its lines. Every array has one entry for each line of the register."""

    ledger: Ledger
    register_lines: RegisterLines
    confidence: Confidence
    clocks: Mapping[Step, Clock]
    extensions: Extensions
    waits: Waits
    now: datetime
    of_parts: Sequence[PartClocks] = ()
    """The clocks of the parts of departments also involved. The clock of the step Part is the first of them that is open."""

    @property
    def register(self) -> Table:
        """The Register, with what counts for joined cases where their own cells are blank; `ledger.register` has what is typed."""
        return answered(self.ledger.register)

    @property
    def first_seen(self) -> Array:
        """For each case, the day on which a run first saw it: today, if that is this run."""
        return _first_seen(self.register_lines, self.now)

    def waiting(self, clock: Clock) -> Array:
        """Mask the cases where the clock's step still has to be done.

        A closed case waits for nothing, even where a cell was left blank: what was not done counts in the indicators,
        but nobody is reminded of it any more.
        """
        waiting: Array = clock.open & (self.register["status"] != Status.CLOSED.key)
        return waiting

    def mailed(self, clock: Clock) -> Array:
        """Mask the cases where the step still has to be done and may be mailed about: nobody is still typing the row."""
        mailed = self.waiting(clock)
        mailed[list(self.confidence.being_typed)] = False
        return mailed


def cases_of(ledger: Ledger, now: datetime) -> Cases:
    """Work out what we know about the register's cases at `now`."""
    register_lines = register_lines_of(ledger)
    first_seen = _first_seen(register_lines, now)
    extensions = extensions_in_register(ledger, register_lines.index_at, today(now))
    waits = waits_in_register(ledger.register, ledger.index, register_lines.index_at, now.date())
    clocks = run_clocks(
        answered(ledger.register), ledger.policy, first_seen, MoreTime(extensions, waits), register_lines.cases
    )
    clocks, of_parts = with_parts(ledger, clocks, register_lines.cases)
    return Cases(
        ledger=ledger,
        register_lines=register_lines,
        confidence=judge(ledger, now),
        clocks=clocks,
        extensions=extensions,
        waits=waits,
        now=now,
        of_parts=of_parts,
    )


def _first_seen(register_lines: RegisterLines, now: datetime) -> Array:
    return np.where(np.isnat(register_lines.first_seen), today(now), register_lines.first_seen)
