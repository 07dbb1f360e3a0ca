"""Fills in blank cells for the office: the day received, who was on duty, the day decided, the day notified.

Only what is certain; otherwise the row asks (docs/design.md#p2.15).
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from automation.cases.confidentiality import judge
from automation.cases.imported import imported_on
from automation.cases.mailboxes import Recipient
from automation.cases.register_lines import RegisterLines, register_lines_of
from automation.ledger.model import Filled, Ledger, Outcome
from automation.ledger.office_time import today
from automation.ledger.table import Array, Table
from automation.text.catalogue import Message, msg
from sheet_schema.vocabulary import Channel, Decision

WHICH_DAY_DECIDED = "which_day_decided"
LOOKING = ("run", "validate")
"""The commands that record in Index which lines had content; after other commands we cannot know."""

WHY: dict[str, Message] = {
    "received_on": msg("the line was empty earlier today"),
    "received_by": msg("on duty that day"),
    "decided_on": msg("the decision was typed today"),
    "notified_on": msg("explained on the spot"),
}


def fill_in(ledger: Ledger, now: datetime) -> Outcome:
    """Fill received_on, received_by, decided_on and notified_on where they are blank and certain."""
    filled: list[Filled] = []
    for column, values in (
        ("received_on", _received_on),
        ("received_by", _received_by),
        ("decided_on", _decided_on),
        ("notified_on", _notified_on),
    ):
        register_lines = register_lines_of(ledger)
        positions, filling = values(Intake(ledger, register_lines, now))
        if len(positions):
            ledger = ledger.having(register=ledger.register.filling(column, positions, filling))
            why = WHY[column].say(ledger.language)
            filled.append(Filled(column, tuple(positions.tolist()), (why,) * len(positions)))
    return Outcome(ledger, tuple(filled))


@dataclass(frozen=True)
class Intake:
    """What the functions below decide from."""

    ledger: Ledger
    register_lines: RegisterLines
    now: datetime

    @property
    def register(self) -> Table:
        return self.ledger.register


def ran_earlier_today(ledger: Ledger, now: datetime) -> bool:
    """Whether Runs has a run of today that recorded which lines had content."""
    runs = ledger.tables["runs"]
    recorded = np.isin(runs["command"], LOOKING)
    return bool((recorded & (runs["at"].astype("datetime64[D]") == today(now))).any())


def _blank(column: Array, read: Array) -> Array:
    """Mask the cells that are blank on the sheet, too. A date that could not be read is never overwritten."""
    blank: Array = (np.isnat(column) if column.dtype.kind == "M" else column == "") & (read == "")
    return blank


def _received_on(intake: Intake) -> tuple[Array, Array]:
    """ "`received_on` is filled with today if the line was seen empty earlier the same day" (docs/design.md#p2.15).

    A line that had content at an earlier run has a `first_seen`. So one that has none, and was there when a run
    looked today, was empty then.
    """
    register, ledger, register_lines, now = intake.register, intake.ledger, intake.register_lines, intake.now
    issued = np.full(len(register), False)
    known = register_lines.index_at >= 0
    issued[known] = ledger.index["issued_on"][register_lines.index_at[known]] <= today(now)
    as_read = register.read["case_no"] != ""
    empty_before = register_lines.cases & issued & as_read & np.isnat(register_lines.first_seen)
    if not ran_earlier_today(ledger, now):
        empty_before[:] = False
    positions = np.flatnonzero(empty_before & _blank(register["received_on"], register.read["received_on"]))
    return positions, np.full(len(positions), today(now))


def _received_by(intake: Intake) -> tuple[Array, Array]:
    register, ledger, register_lines = intake.register, intake.ledger, intake.register_lines
    blank = register_lines.cases & _blank(register["received_by"], register.read["received_by"])
    names = np.full(len(register), "", dtype=object)
    day = register["received_on"]
    in_row = Counter(turn.row for turn in ledger.policy.duty)
    for turn in ledger.policy.duty:
        if turn.sure and in_row[turn.row] == 1:  # of several in one row only they know who received it
            first, last = np.datetime64(turn.start), np.datetime64(turn.until)
            names[blank & (names == "") & (day >= first) & (day <= last)] = turn.person
    positions = np.flatnonzero(names != "")
    if len(positions):
        confidence = judge(ledger, intake.now)
        may = [i for i in positions.tolist() if not confidence.bars(i, Recipient(names[i], ""))]
        positions = np.asarray(may, dtype=np.int64)
    return positions, names[positions]


def _decided_on(intake: Intake) -> tuple[Array, Array]:
    """Today, for a decision typed since the last run of today: that run did not ask for its day, as it would have."""
    ledger, register_lines, now = intake.ledger, intake.register_lines, intake.now
    register, index = ledger.register, ledger.index
    none = np.full(0, today(now))
    if not ran_earlier_today(ledger, now):
        return np.full(0, 0, dtype=np.int64), none
    asked = np.zeros(len(register), dtype=bool)
    known = np.flatnonzero(register_lines.index_at >= 0)
    codes = index["problem_codes"][register_lines.index_at[known]]
    asked[known] = [WHICH_DAY_DECIDED in code.split() for code in codes]
    seen_or_new = ~np.isnat(register_lines.first_seen) | (register["received_on"] == today(now))
    seen_or_new &= np.isnat(imported_on(ledger, register_lines))  # they were decided in the old register
    wanted = (
        register_lines.cases
        & (register["decision"] != "")
        & ~asked
        & seen_or_new
        & _blank(register["decided_on"], register.read["decided_on"])
    )
    positions = np.flatnonzero(wanted)
    return positions, np.full(len(positions), today(now))


def _notified_on(intake: Intake) -> tuple[Array, Array]:
    """The day of the decision, for what was explained on a visit or by telephone: the petitioner was told at once."""
    register, register_lines = intake.register, intake.register_lines
    spoken = (register["channel"] == Channel.VISIT.key) | (register["channel"] == Channel.PHONE.key)
    wanted = (
        register_lines.cases
        & spoken
        & (register["decision"] == Decision.EXPLAINED.key)
        & ~np.isnat(register["decided_on"])
        & _blank(register["notified_on"], register.read["notified_on"])
    )
    positions = np.flatnonzero(wanted)
    return positions, register["decided_on"][positions]
