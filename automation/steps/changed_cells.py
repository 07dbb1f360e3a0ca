"""Which cells of the Register have changed since the last run, column by column, by what Index remembers of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass

import numpy as np

from automation.cases.cell_prints import prints, prints_in
from automation.cases.register_lines import fingerprints, register_lines_of
from automation.ledger.model import Ledger
from sheet_schema import REGISTER


@dataclass(frozen=True)
class ChangedColumn:
    """A column's prints, by position in the Register: of all cases as they stand, and of those that changed, before.

    `unknown` are the cases of whose cells Index remembers nothing, such as those typed in since the last run.
    """

    key: str
    now: dict[int, str]
    before: dict[int, str]
    unknown: Collection[int] = ()

    @property
    def lost(self) -> Counter[str]:
        return Counter(text for text in self.before.values() if text)

    @property
    def found(self) -> Counter[str]:
        return Counter(text for at in self.before if (text := self.now[at]))

    @property
    def in_unknown(self) -> Counter[str]:
        return Counter(text for at in self.unknown if (text := self.now[at]))


def changed_rows(ledger: Ledger) -> dict[int, str]:
    """Positions of the cases whose cells have changed since the last run, with the fingerprint of then."""
    return {at: old for at, old, new in _rows(ledger) if old and not old.startswith(new)}


def changed_columns(ledger: Ledger, changed: dict[int, str]) -> Iterator[ChangedColumn]:
    """Each column in which people type, with those of its cells that changed and of which the last run's are known."""
    known = {at: prints_in(fingerprint) for at, fingerprint in changed.items()}
    rows = [*_rows(ledger)]
    unknown = frozenset(at for at, old, _ in rows if not old)
    for key in REGISTER.staff_keys:
        now = prints(ledger.register, key)
        before = {at: cells[key] for at, cells in known.items() if key in cells and cells[key] != now[at]}
        if before:
            yield ChangedColumn(key, {at: now[at] for at, _, _ in rows}, before, unknown)


def _rows(ledger: Ledger) -> Iterator[tuple[int, str, str]]:
    """Each case's position, with its fingerprint at the last run, `""` if none is known, and now."""
    if not (ledger.index["fingerprint"] != "").any():
        return
    register_lines = register_lines_of(ledger)
    cases = np.flatnonzero(register_lines.cases)
    before = ledger.index["fingerprint"][register_lines.index_at[cases]].tolist()
    now = fingerprints(ledger.register, register_lines.cases)[cases].tolist()
    yield from zip(cases.tolist(), before, now, strict=True)
