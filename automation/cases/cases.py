"""The cases of the register with all that is known of them, worked out once for every job."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from automation.cases.clocks import Clock, Extensions, run_clocks
from automation.cases.confidentiality import Confidence, judge
from automation.cases.register_lines import RegisterLines, register_lines_of
from automation.ledger.model import Ledger, today
from automation.ledger.table import Array, Table
from sheet_schema import REGISTER
from sheet_schema.vocabulary import Status, Step


@dataclass(frozen=True)
class Cases:
    """What a check looks at: the register, where its lines stand, and what was worked out about them."""

    ledger: Ledger
    register_lines: RegisterLines
    confidence: Confidence
    clocks: Mapping[Step, Clock]
    extensions: Extensions
    now: datetime

    @property
    def register(self) -> Table:
        return self.ledger.register

    def waiting(self, clock: Clock) -> Array:
        """A mask of the cases that wait for the clock's step. A closed case waits for nothing, though a cell may have been left
        blank: what was not done counts in the indicators, and nobody is sent after it any more."""
        waiting: Array = clock.open & (self.register["status"] != Status.CLOSED.key)
        return waiting

    def label(self, key: str) -> str:
        return REGISTER[key].label(self.ledger.language)


NAT = np.datetime64("NaT", "D")


def cases_of(ledger: Ledger, now: datetime) -> Cases:
    """The register with everything that is worked out about it: standing, confidence, extensions, clocks."""
    register_lines = register_lines_of(ledger)
    first_seen = np.where(np.isnat(register_lines.first_seen), today(now), register_lines.first_seen)
    extensions = extensions_that_count(ledger, register_lines, now)
    clocks = run_clocks(ledger.register, ledger.policy, first_seen, extensions, register_lines.cases)
    return Cases(ledger, register_lines, judge(ledger), clocks, extensions, now)


def extensions_that_count(ledger: Ledger, register_lines: RegisterLines, now: datetime) -> Extensions:
    """The extension that stands for each case: the first complete one that counted; else what is typed now.

    "first seen before the due date" and "once": Index keeps the first that counted and when it was seen. A slip
    may still be mended the same day; an extension taken out again no longer stands.
    """
    register, index = ledger.register, ledger.index
    complete = (register["extension_by"] != "") & (register["extension_reason"] != "")
    typed = np.where(complete, register["extended_to"], NAT)
    kept, seen = np.full(len(register), NAT), np.full(len(register), NAT)
    known = register_lines.index_at >= 0
    kept[known] = index["extended_to"][register_lines.index_at[known]]
    seen[known] = index["extension_seen"][register_lines.index_at[known]]
    stands = ~np.isnat(kept) & ~np.isnat(typed) & ((typed == kept) | (seen != today(now)))
    return Extensions(np.where(stands, kept, typed), np.where(stands, seen, today(now)))
