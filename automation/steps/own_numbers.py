"""Which number a row had at the last run, by the fingerprint that Index remembers of its cells.

A number that was overwritten or cleared is known again by the row that it belongs to (docs/design.md#p2.8).
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from automation.cases.register_lines import PARTS_APART, fingerprints, register_lines_of
from automation.ledger.model import Filled, Ledger
from automation.ledger.table import Array, positions_of
from automation.text.catalogue import msg

GIVEN_BACK = msg("the number of this row had been cleared; it has its own back")
_PARTS_OF_A_ROW = 3


def numbers_lost(ledger: Ledger) -> dict[int, str]:
    """The rows without a number, or with one that was never issued, that had a number which no row has now, by position."""
    lines, lost = register_lines_of(ledger), _without_line(ledger)
    rows = np.flatnonzero(lines.content & (lines.index_at < 0))
    return _had(ledger, rows, lost, whole=False) if len(rows) and lost.any() else {}


def with_numbers_given_back(ledger: Ledger) -> tuple[Ledger, tuple[Filled, ...]]:
    """Give each row whose number was cleared the number that it had."""
    numbers = ledger.register["case_no"].copy()
    back = {at: number for at, number in numbers_lost(ledger).items() if not numbers[at]}
    if not back:
        return ledger, ()
    numbers[[*back]] = [*back.values()]
    said = (GIVEN_BACK.say(ledger.language),) * len(back)
    return ledger.having(register=ledger.register.having(case_no=numbers)), (Filled("case_no", (*back,), said),)


def numbers_of_others(ledger: Ledger) -> dict[int, str]:
    """The rows that hold every cell of another case under a number that is not theirs, by position, with the number that
    they had. Whoever moves a whole row moves its number, too; a copy leaves the other case where it was."""
    index, lines = ledger.index, register_lines_of(ledger)
    rows = np.flatnonzero(lines.content & (lines.index_at >= 0) & ~_as_remembered(ledger))
    gone = _without_line(ledger)
    gone[lines.index_at[rows]] = np.isnat(index["filed_on"][lines.index_at[rows]])
    empty = np.flatnonzero(~lines.content & (lines.index_at >= 0))
    gone[lines.index_at[empty]] = np.isnat(index["filed_on"][lines.index_at[empty]])
    return _had(ledger, rows, gone, whole=True) if len(rows) else {}


def _without_line(ledger: Ledger) -> Array:
    """Mask the numbers of Index of which no row is left, though they are not filed."""
    index = ledger.index
    mask: Array = (positions_of(index["case_no"], ledger.register["case_no"]) < 0) & np.isnat(index["filed_on"])
    return mask


def _as_remembered(ledger: Ledger) -> Array:
    """Mask the lines whose cells are those that Index remembers of their number."""
    lines = register_lines_of(ledger)
    now = fingerprints(ledger.register, lines.content).tolist()
    known = lines.index_at >= 0  # a ledger whose first run is to come has no Index yet
    before = np.full(len(now), "", dtype=object)
    before[known] = ledger.index["fingerprint"][lines.index_at[known]]
    return np.array([bool(old) and old.startswith(new) for old, new in zip(before, now, strict=True)], dtype=bool)


def _had(ledger: Ledger, rows: Array, numbers: Array, *, whole: bool) -> dict[int, str]:
    """Which of these numbers of Index each row had, by position; each number is one row's, and a row's is certain."""
    wanted = np.zeros(len(ledger.register), dtype=bool)
    wanted[rows] = True
    now = fingerprints(ledger.register, wanted)
    had: dict[str, list[str]] = {}
    for at in np.flatnonzero(numbers).tolist():
        for key in _keys(str(ledger.index["fingerprint"][at]), whole=whole):
            had.setdefault(key, []).append(str(ledger.index["case_no"][at]))
    found: dict[int, str] = {}
    for at in rows.tolist():
        sure = [had[key][0] for key in _keys(now[at], whole=whole) if len(had.get(key, ())) == 1]
        if sure and sure[0] not in found.values():
            found[at] = sure[0]
    return found


def _keys(fingerprint: str, *, whole: bool) -> Iterator[str]:
    """What a row is known by: all its cells, and, unless they have to be as they were, petitioner and summary."""
    parts = fingerprint.split(PARTS_APART)[:_PARTS_OF_A_ROW]
    if len(parts) == _PARTS_OF_A_ROW:
        yield PARTS_APART.join(parts)
        if not whole and all(parts[:2]):
            yield PARTS_APART.join(parts[:2])
