"""Suggestions that a case repeats an earlier one, over live and filed rows. A person decides; nothing is merged.

"same contact, or same name tolerant of spacing, width and punctuation, with the same topic or a similar summary;
never for Anonymous, never again after `none`" (docs/design.md#p2.12). A repeat is 同人同事: any shared petitioner,
basically the same facts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import chain, pairwise
from operator import itemgetter
from typing import NamedTuple

from automation.cases.register_lines import RegisterLines
from automation.cases.rule_matching import normal_forms
from automation.ledger.directory import normal, normal_lists
from automation.ledger.model import Ledger
from automation.ledger.table import Table
from sheet_schema.vocabulary import ANONYMOUS

SIMILAR = 0.5
"""Share of letter pairs two summaries must have in common to count as similar."""
MOST_LETTERS = 500
"""Of a summary, compared."""
LOOKED_AT = 20
"""How many earlier cases of the same person are compared at most, the latest first."""


class Cells(NamedTuple):
    """What is compared of a table's cases: numbers, and topics and summaries in normal form."""

    numbers: list[str]
    topics: list[str]
    summaries: list[str]

    @classmethod
    def of(cls, table: Table) -> Cells:
        topics, summaries = (table.remembered(normal_forms, table[key]) for key in ("topic", "summary"))
        return cls(table["case_no"].tolist(), topics.tolist(), summaries.tolist())


Place = tuple[Cells, int]

_NAMELESS = frozenset(normal(name) for name in ANONYMOUS)


def suggestions(ledger: Ledger, register_lines: RegisterLines) -> dict[int, str]:
    """For each case that seems to repeat an earlier one and is not yet judged: the number of that one."""
    register, filing = ledger.register, ledger.filing
    filed, live = _shared_marks(filing, register)
    archived, open_yet = Cells.of(filing), Cells.of(register)
    real = register_lines.cases.tolist()
    # In the order of their numbers, filed or not: what a case seems to repeat does not change when that one is filed.
    known = [(archived.numbers[i], (archived, i), marks) for i, marks in filed.items()]
    known += [(open_yet.numbers[i], (open_yet, i), marks) for i, marks in live.items() if real[i]]
    known.sort(key=itemgetter(0))
    earlier: dict[str, list[Place]] = {}
    found: dict[int, str] = {}
    unjudged = (register["repeat_of"] == "").tolist()
    for _, (cells, i), marks in known:
        if cells is open_yet and unjudged[i]:
            number = _latest_like((open_yet, i), [earlier[mark] for mark in marks if mark in earlier])
            if number:
                found[i] = number
        for mark in marks:
            earlier.setdefault(mark, []).append((cells, i))
    return found


Marks = dict[int, tuple[str, ...]]


def _shared_marks(filing: Table, register: Table) -> tuple[Marks, Marks]:
    """What two cases of the same person have in common: a telephone or address, or a name. By position, and only
    what stands in more than one case; most people come once."""
    filed: Marks = {}
    live: Marks = {}
    for key, shortest in (("contact", 5), ("petitioner", 2)):
        columns = [normal_lists(table[key].tolist()) for table in (filing, register)]
        counted = Counter(chain.from_iterable(chain.from_iterable(columns)))
        shared = {mark for mark, count in counted.items() if count > 1 and len(mark) >= shortest} - _NAMELESS
        for marks, column in zip((filed, live), columns, strict=True):
            for i, found in enumerate(column):
                if not shared.isdisjoint(found):
                    marks[i] = (*marks.get(i, ()), *(f"{key} {mark}" for mark in found if mark in shared))
    return filed, live


def _latest_like(case: Place, groups: Sequence[Sequence[Place]]) -> str:
    """The latest earlier case among those of the same person that has the same topic or a similar summary."""
    best, own = "", case[0].numbers[case[1]]
    for group in groups:
        for other in reversed(group[-LOOKED_AT:]):
            number = other[0].numbers[other[1]]
            if number > best and number != own and _alike(case, other):
                best = number
                break
    return best


def _alike(case: Place, other: Place) -> bool:
    (cells, i), (others, j) = case, other
    if cells.topics[i] and cells.topics[i] == others.topics[j]:
        return True
    return similarity(cells.summaries[i], others.summaries[j]) >= SIMILAR


def similarity(one: str, other: str) -> float:
    """The share of letter pairs that two texts in normal form have in common, 0 to 1 (Dice)."""
    pairs, others = _pairs(one[:MOST_LETTERS]), _pairs(other[:MOST_LETTERS])
    if not pairs or not others:
        return 0.0
    return 2 * len(pairs & others) / (len(pairs) + len(others))


def _pairs(text: str) -> set[tuple[str, str]]:
    return set(pairwise(text))
