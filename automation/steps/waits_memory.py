"""Writes into Index what is to be remembered of each wait, and into *Waited before* what another was typed over (docs/design.md#p19.5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import numpy as np

from automation.cases.cases import Cases
from automation.cases.register_lines import register_lines_of
from automation.cases.waits import Typed, Wait, judged, kept_in, lines_with_waits, remembered, typed_before
from automation.ledger.model import Filled, Ledger, Outcome
from automation.ledger.table import Array
from automation.text.catalogue import msg
from sheet_schema import Language

WHY = msg("the wait that stood in the row before")
_ENTRY = msg("{first} to {last}: {what}")
_WITHOUT_REASON = msg("{first} to {last}", "days waited")
_BETWEEN = "; "


def remember_waits(ledger: Ledger, now: datetime) -> Outcome:
    """The ledger whose Index has the waits of all cases, and whose Register those that are over and no longer in their cells."""
    register, index, lines = ledger.register, ledger.index, register_lines_of(ledger)
    at = np.where(lines.cases, lines.index_at, -1)
    kept = kept_in(index, at)
    waits, positions, cells = index["waits"].copy(), [], []
    for i in lines_with_waits(register, kept):
        if at[i] < 0:
            continue
        before = remembered(kept[i])
        now_known = judged(Typed.at(register, i), before, now.date())
        waits[at[i]] = " ".join(wait.text() for wait in now_known)
        over = [wait for wait in now_known if not wait.current and wait not in before]
        if over:
            what = typed_before(register, i, index["as_seen"][at[i]])
            positions.append(i)
            cells.append(_with_entries(register["waited_before"][i], over, what, ledger.language))
    if np.array_equal(waits, index["waits"]):
        return Outcome(ledger)
    ledger = ledger.having(index=index.having(waits=waits))
    if not positions:
        return Outcome(ledger)
    filling: Array = np.array(cells, dtype=object)
    register = register.filling("waited_before", np.asarray(positions, dtype=np.int64), filling)
    why = (WHY.say(ledger.language),) * len(positions)
    return Outcome(ledger.having(register=register), (Filled("waited_before", tuple(positions), why),))


def remember_again(cases: Cases, index: Mapping[str, Array]) -> None:
    """Write what is remembered of the waits into these columns of Index; nothing is left to write where a run has done so."""
    lines = cases.register_lines
    at = np.where(lines.cases, lines.index_at, -1)
    kept = kept_in(cases.ledger.index, at)
    for i in lines_with_waits(cases.register, kept):
        if at[i] >= 0:
            waits = judged(Typed.at(cases.register, i), remembered(kept[i]), cases.now.date())
            index["waits"][at[i]] = " ".join(wait.text() for wait in waits)


def _with_entries(cell: str, over: Sequence[Wait], what: str, language: Language) -> str:
    reason = " ".join(what.replace(";", ",").replace("；", "，").split())
    said = _ENTRY if reason else _WITHOUT_REASON
    entries = [said.say(language, first=wait.begin, last=wait.until, what=reason) for wait in over]
    return _BETWEEN.join([cell, *entries] if cell else entries)
