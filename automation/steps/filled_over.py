"""Notices a cell that was filled down over what other cases had: copied, or counted on from row to row.

What nobody overwrites one by one is a slip; to fill in blank cells, to rename a department, to give somebody's cases to
somebody else is honest work (docs/design.md#p2.21).
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby, pairwise

import numpy as np

from automation.ledger.model import Ledger
from automation.ledger.normal_form import is_anonymous, is_no_contact, names_nobody
from automation.ledger.typed.cell import cell_texts
from automation.steps.changed_cells import ChangedColumn
from sheet_schema import REGISTER, Type
from sheet_schema.vocabulary import Status

COPIED = 10
"""So many cells with contents are not written over one by one with what another row has, or with what follows on it."""
DENSE = 3
"""At least one in so many cells of a block that was filled down held something else before."""
MIXED = 3
"""So many cells of a block that held the new value already show that nobody chose the others by what they held."""
_OWN = frozenset(
    column.key for column in REGISTER if column.staff and column.type in (Type.TEXT, Type.LONG) and not column.source
)
"""The columns in which each case has something of its own; days, choices and names are alike in many rows."""
_NUMBERS = re.compile(r"(\d+)")

Step = tuple[str, int]
"""How one cell follows on another: what counts on in it, and by how much."""


@dataclass(frozen=True)
class _Over:
    """The cells of a column that now hold one value and held others, with all cases in which the column has one."""

    column: ChangedColumn
    value: str
    cells: dict[int, str]
    cases: Sequence[int]
    """The cases from which the old values go when they are renamed or given away, by position, in order."""

    @property
    def old(self) -> set[str]:
        return set(self.cells.values())

    @property
    def is_renamed(self) -> bool:
        """Whether the old values gave way wherever they stood: one to the new one, or several that others shared to one
        beside which there are more."""
        left = {self.column.now[at] for at in self.cases}
        if left & self.old:
            return False
        others_stay = bool(left - {self.value, ""}) or self.column.key in _OWN
        return len(self.old) == 1 or (others_stay and len(self.cells) >= 2 * len(self.old))


def copied_over(ledger: Ledger, column: ChangedColumn) -> ChangedColumn:
    """The column with those of its cells over which others were copied; none where that may be honest work."""
    texts = _texts(ledger, column)
    cells = {at: old for at, old in column.before.items() if old and not _says_nothing(column.key, texts[at])}
    found = _own_copied_over(texts, cells) if column.key in _OWN else {}
    for value, times in Counter(texts[at] for at in cells).items():
        if times >= COPIED:
            found |= _filled_with(ledger, column, {at: old for at, old in cells.items() if texts[at] == value})
    return replace(column, before=found if len(found) >= COPIED else {})


def _own_copied_over(texts: dict[int, str], cells: dict[int, str]) -> dict[int, str]:
    """The cells whose own contents gave way to what another row has, too; none if many of them were alike before."""
    times = Counter(texts.values())
    over = {at: old for at, old in cells.items() if times[texts[at]] > 1}
    return over if len(set(over.values())) * 5 >= len(over) * 4 else {}


def _filled_with(ledger: Ledger, column: ChangedColumn, cells: dict[int, str]) -> dict[int, str]:
    """Those of these cells, all of one value now, over which it was filled down."""
    value, names_somebody = column.now[next(iter(cells))], REGISTER[column.key].names_somebody
    over = _Over(column, value, cells, _open(ledger, column) if names_somebody else [*column.now])
    if over.is_renamed:
        return {}
    if len(over.old) > 1 and not names_somebody:
        return cells
    blocks = (list(block) for is_it, block in groupby(column.now, lambda at: column.now[at] == value) if is_it)
    return next((found for block in blocks if (found := _over_block(block, cells))), {})


def _over_block(block: Sequence[int], cells: dict[int, str]) -> dict[int, str]:
    """The cells within these neighbouring cases of one value, if they are too many and too mixed to be chosen."""
    over = {at: cells[at] for at in block if at in cells}
    within = [at for at in block if over and min(over) <= at <= max(over)]
    kept = len(within) - len(over)
    mixed = len(set(over.values())) > 1 or kept >= MIXED
    return over if len(over) >= COPIED and len(over) * DENSE >= len(within) and mixed else {}


def _open(ledger: Ledger, column: ChangedColumn) -> list[int]:
    """The cases that are not closed: what is closed keeps who had it when others get what is left of their work."""
    status = ledger.register["status"]
    return [at for at in column.now if status[at] != Status.CLOSED.key]


def counted_on(ledger: Ledger, column: ChangedColumn) -> ChangedColumn:
    """The column with those of its cells that gave way to a series: 0101, 0102, 0103, or one day after the other."""
    texts = _texts(ledger, column)
    days = ledger.register[column.key] if REGISTER[column.key].type is Type.DATE else None
    pairs = [*pairwise(texts)]
    steps = [_step(texts[one], texts[two], *_both_days(days, one, two)) for one, two in pairs]
    found: dict[int, str] = {}
    for step, of in groupby(zip(steps, pairs, strict=True), lambda pair: pair[0]):
        series = {at for _, pair in of for at in pair} if step else set()
        over = {at: column.before[at] for at in sorted(series) if column.before.get(at)}
        if len(over) >= COPIED:
            found |= over
    return replace(column, before=found)


def _both_days(days: np.ndarray[tuple[int], np.dtype[np.datetime64]] | None, one: int, two: int) -> Sequence[date]:
    if days is None or np.isnat(days[one]) or np.isnat(days[two]):
        return ()
    return days[one].item(), days[two].item()


def _step(one: str, two: str, first: date | None = None, then: date | None = None) -> Step | None:
    """How the second text, or day, follows on the first; None if it does not."""
    if first and then:
        if first.day == then.day:
            return "months", (then.year - first.year) * 12 + then.month - first.month
        return "days", (then - first).days
    parts = [_NUMBERS.split(unicodedata.normalize("NFKC", text)) for text in (one, two)]
    if [part[::2] for part in parts[:1]] != [part[::2] for part in parts[1:]]:
        return None
    counts = [
        (f"{place}", int(new) - int(old))
        for place, (old, new) in enumerate(zip(parts[0][1::2], parts[1][1::2], strict=True))
        if int(new) != int(old)
    ]
    return counts[0] if len(counts) == 1 else None


def filled_over(ledger: Ledger, columns: Sequence[ChangedColumn]) -> Iterator[tuple[str, list[ChangedColumn]]]:
    """The columns over whose cells others were filled down, with the code of what is said of it."""
    many = [one for one in columns if len(one.before) >= COPIED]
    copied = {one.key: over for one in many if (over := copied_over(ledger, one)).before}
    yield "copied_over", [*copied.values()]
    yield "counted_on", [over for one in many if one.key not in copied and (over := counted_on(ledger, one)).before]


def _texts(ledger: Ledger, column: ChangedColumn) -> dict[int, str]:
    """The column's cells as people see them, by position, of all cases in order."""
    texts = ledger.register.remembered(cell_texts, ledger.register.read[column.key])
    return {at: texts[at] if texts else "" for at in column.now}


def _says_nothing(key: str, text: str) -> bool:
    """Whether a cell was emptied, or says in a word that there is nobody or nothing, as when old names are removed."""
    return not text or (key in _OWN and (is_anonymous(text) or is_no_contact(text) or names_nobody(text)))
