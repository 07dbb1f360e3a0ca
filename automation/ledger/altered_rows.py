"""Finds which rows of a tab are the same as before though they were sorted, moved or changed."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from automation.ledger.packed import Texts

_NAMED_BY: Mapping[str, Sequence[str]] = {
    "routing": ("order",),
    "departments": ("name",),
    "people": ("name",),
    "topics": ("name",),
    "deadlines": ("kind", "channel", "step"),
    "escalation": ("step", "level"),
    "calendar": ("date",),
    "duty": ("date",),
    "settings": ("name",),
    "words": ("column", "word"),
    "wording": ("block",),
}
"""The cells by which people know a row of each administrators' tab."""
_SHARED = 2
"""At least one in so many cells is the same in a row that was changed, unless it still has the same name."""
_MOST_COMPARED = 100_000
"""So many pairs of rows are compared cell by cell; where more have changed, only names tell."""
_Cells = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class AlteredRow:
    """A row of an administrators' tab that people changed since the last run: its cells as typed, then and now.

    `at` is its position in the table; None if it is gone, and then `after` is empty. `was_at` is its position among the rows
    of the last run; None if it is new, and then `before` is empty.
    """

    tab: str
    at: int | None
    before: Texts
    after: Texts
    was_at: int | None = None

    @property
    def changed(self) -> dict[str, tuple[str, str]]:
        """By column, what stood there before and what stands there now, `""` for nothing."""
        keys = dict.fromkeys((*self.before, *self.after))
        found = {key: (self.before.get(key, ""), self.after.get(key, "")) for key in keys}
        return {key: (old, new) for key, (old, new) in found.items() if old != new}

    @property
    def name(self) -> str:
        """What people call the row: its own name, as it was if it was given another one."""
        row = self.before or self.after
        named = [row[key] for key in _NAMED_BY[self.tab] if row.get(key)]
        return " / ".join(named) or next(iter(row.values()), "")


def paired(tab: str, before: Sequence[Texts], now: Sequence[tuple[int, Texts]]) -> Iterator[AlteredRow]:
    """Every row that was changed, added or taken out; the rows that there are now come with their positions.

    A row with the same cells is the same row, wherever it stands (of equal rows one that stands between the same others);
    then one with the same name; then the one that has most cells in common, and of such the one with fewest others.
    """
    places, new = _without_equal(before, now)
    old = [before[i] for i in places]
    scores = sorted(_scores(tab, old, new), reverse=True)
    lost, found = set(range(len(old))), set(range(len(new)))
    for *_, minus_i, minus_j in scores:
        i, j = -minus_i, -minus_j
        if i in lost and j in found:
            lost.discard(i)
            found.discard(j)
            yield AlteredRow(tab, new[j][0], old[i], new[j][1], places[i])
    yield from (AlteredRow(tab, None, old[i], {}, places[i]) for i in sorted(lost))
    yield from (AlteredRow(tab, new[j][0], {}, new[j][1]) for j in sorted(found))


def _without_equal(
    before: Sequence[Texts], now: Sequence[tuple[int, Texts]]
) -> tuple[list[int], list[tuple[int, Texts]]]:
    """The rows that have no equal on the other side, those of before by their places."""
    old, rows = [_cells(row) for row in before], [_cells(row) for _, row in now]
    there: dict[_Cells, deque[int]] = defaultdict(deque)
    for i, cells in enumerate(old):
        there[cells].append(i)
    stayed = _in_their_order(old, rows) if len(there) < len(old) else {}
    for j, i in stayed.items():
        there[rows[j]].remove(i)
    new = []
    for j, one in enumerate(now):
        same = there.get(rows[j])
        if j in stayed:
            continue
        if same:
            same.popleft()
        else:
            new.append(one)
    return sorted(i for places in there.values() for i in places), new


def _in_their_order(old: Sequence[_Cells], new: Sequence[_Cells]) -> dict[int, int]:
    """Where the rows of now that stand between the same others as before stood then."""
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return {block.b + n: block.a + n for block in blocks for n in range(block.size)}


def _cells(row: Texts) -> _Cells:
    return tuple(sorted(row.items()))


def _scores(tab: str, old: Sequence[Texts], new: Sequence[tuple[int, Texts]]) -> Iterator[tuple[int, int, int, int]]:
    """How likely each two rows are one and the same, with their positions; nothing for two that cannot be."""
    names = _NAMED_BY[tab]
    few = len(old) * len(new) <= _MOST_COMPARED
    by_name: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for j, (_, row) in enumerate(new):
        by_name[tuple(row.get(key, "") for key in names)].append(j)
    for i, row in enumerate(old):
        namesakes = set(by_name[tuple(row.get(key, "") for key in names)])
        for j in range(len(new)) if few else sorted(namesakes):
            other = new[j][1]
            shared = len(row.items() & other.items())
            if j in namesakes or _SHARED * shared >= max(len(row), len(other)):
                differing = len(row.keys() | other.keys()) - shared
                yield shared + (100 if j in namesakes else 0), -differing, -i, -j
