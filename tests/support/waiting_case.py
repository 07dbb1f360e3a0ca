"""A case that waits, lived through day by day in memory: what each run remembers is what the next one reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

import numpy as np

from automation.cases.cases import Cases, cases_of
from automation.cases.cells_seen import with_cells_seen
from automation.cases.register_lines import register_lines_of
from automation.ledger.model import Ledger
from automation.steps.validation import derive, prepare
from sheet_schema import INDEX
from tests.support.ledger_in_memory import ledger, line

Row = dict[str, object]
RULE: Row = {
    "enabled": "是", "step": "答复", "who": "经办人", "starts_from": "受理日期", "amount": 15, "unit": "日", "roll_forward": "是",
    "extend_up_to": 60, "remind_before": "7,3,1", "wait_up_to": 60,
}  # fmt: skip
SEEN: Row = {"case_no": "LV-00001", "issued_on": "2026-01-01", "first_seen": "2026-03-02"}
"""The case was received on Monday 2 March 2026, and first seen that day."""
PAPERS = "补正材料"


def waits(since: str, until: str = "", what: str = PAPERS) -> Row:
    """The three cells of a wait in March 2026 (`10`), or in another month (`04-07`)."""
    return {"waiting_for": what, "waiting_since": day(since), "waiting_until": day(until)}


def day(text: str) -> str:
    return text and (f"2026-{text}" if "-" in text else f"2026-03-{text}")


NO_WAIT: Row = {"waiting_for": "", "waiting_since": "", "waiting_until": ""}


@dataclass(frozen=True)
class Lived:
    """The case after the last run, as the jobs see it."""

    cases: Cases
    filled: tuple[str, ...] = ()

    @property
    def ledger(self) -> Ledger:
        return self.cases.ledger

    def cell(self, key: str) -> str:
        return str(self.ledger.register[key][0])


def lived(runs: Sequence[tuple[str, Mapping[str, object]]], **tabs: object) -> Lived:
    """The case after these runs: each on its day, with the cells that people changed before it."""
    cells: Row = {}
    index = SEEN
    found: Lived | None = None
    for at, typed in runs:
        cells |= typed
        now = datetime.fromisoformat(f"{day(at)}T09:00")
        read = ledger(register=[line(**cells)], **{"deadlines": (RULE,), "index": [index], **tabs})  # type: ignore[arg-type]
        prepared = prepare(read, now)
        after = derive(prepared.ledger, now).ledger
        after = with_cells_seen(read, after, register_lines_of(after))
        found = Lived(cases_of(after, now), tuple(fill.column for fill in prepared.filled))
        cells["waited_before"] = after.register["waited_before"][0]
        index = _as_read(after)
    assert found is not None
    return found


def _as_read(after: Ledger) -> Row:
    values = {key: after.index[key][0] for key in INDEX.keys}
    return {key: _cell(value) for key, value in values.items()}


def _cell(value: object) -> object:
    if isinstance(value, np.datetime64):
        return "" if np.isnat(value) else str(value)
    return value
