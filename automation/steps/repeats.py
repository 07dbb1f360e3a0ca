"""Suggests that a case repeats an earlier one, filed or not. A person decides; nothing is merged.

A repeat has "the same contact, or same name tolerant of spacing, width and punctuation, with the same topic or a
similar summary; never for Anonymous, never again after `none`" (docs/design.md#p2.12): 同人同事, one petitioner in
common and basically the same facts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from hashlib import sha256
from itertools import chain, pairwise
from operator import itemgetter
from typing import NamedTuple

from automation.cases.joining import joined_together
from automation.cases.register_lines import RegisterLines
from automation.cases.rule_matching import normal_forms
from automation.ledger.case_numbers import tidy_number
from automation.ledger.model import Ledger
from automation.ledger.normal_form import NAMELESS, UNREACHABLE, normal_lists
from automation.ledger.petitioners import separated
from automation.ledger.table import Table, lines_at
from automation.ledger.year_books import prints_in_books

SIMILAR = 0.5
"""The share of letter pairs that two similar summaries have in common, at least."""
MOST_LETTERS = 500
"""How many letters of a summary are compared."""
LOOKED_AT = 20
"""How many earlier cases of the same person are compared at most, latest first."""


class Cells(NamedTuple):
    """What we compare of each case of a table: its number, and its topic and summary in normal form."""

    numbers: list[str]
    topics: list[str]
    summaries: list[str]

    @classmethod
    def of(cls, table: Table) -> Cells:
        topics, summaries = (table.remembered(normal_forms, table[key]) for key in ("topic", "summary"))
        return cls(table["case_no"].tolist(), topics.tolist(), summaries.tolist())


Place = tuple[Cells, int]
COMPARED = (("contact", 5), ("petitioner", 2))
"""The columns by which a person is known again, and the fewest letters that tell one from another."""
DIGITS_OF_A_PRINT = 6
"""One in 17 million of all telephone numbers and topics has the same: a few thousand numbers for each print."""

_NAMELESS = NAMELESS | UNREACHABLE


def suggestions(ledger: Ledger, register_lines: RegisterLines, hidden: Collection[str] = frozenset()) -> dict[int, str]:
    """By position, the number of the earlier case that a case seems to repeat. None for a case with `repeat_of`.

    It is as if the cases with the `hidden` numbers were not there.
    """
    register, filing = ledger.register, ledger.filing
    filed, live = _shared_marks(filing, register)
    archived, in_register = Cells.of(filing), Cells.of(register)
    together = joined_together(ledger)
    real = register_lines.cases.tolist()
    # By number, filed or not, so that a suggestion does not change when the earlier case is filed.
    known = [(archived.numbers[i], (archived, i), marks) for i, marks in filed.items()]
    known += [(in_register.numbers[i], (in_register, i), marks) for i, marks in live.items() if real[i]]
    known.sort(key=itemgetter(0))
    earlier: dict[str, list[Place]] = {}
    suggested: dict[int, str] = {}
    unjudged = [not text or tidy_number(text) in hidden for text in register["repeat_of"].tolist()]
    for own, (cells, i), marks in known:
        if own in hidden:
            continue
        if cells is in_register and unjudged[i]:
            number = _latest_like(
                (in_register, i),
                together.get(own, frozenset((own,))),
                [earlier[mark] for mark in marks if mark in earlier],
            )
            if number:
                suggested[i] = number
        for mark in marks:
            earlier.setdefault(mark, []).append((cells, i))
    in_books = _in_books(ledger, [i for i in range(len(register)) if real[i] and unjudged[i]], hidden)
    return {**in_books, **suggested}


def _in_books(ledger: Ledger, positions: Sequence[int], hidden: Collection[str]) -> dict[int, str]:
    """By position, the latest case in year books of the same person and with the same topic. Two summaries can be compared
    only where both stand."""
    known = prints_in_books(ledger)
    if not known:
        return {}
    register, found = ledger.register, {}
    for at, theirs in zip(positions, prints_for_repeats(register, positions), strict=True):
        numbers = {known[one] for one in theirs if one in known} - {*hidden, register["case_no"][at]}
        if numbers and register["case_no"][at] not in hidden:
            found[at] = max(numbers)
    return found


def prints_for_repeats(table: Table, positions: Sequence[int]) -> Iterator[frozenset[str]]:
    """For each of these cases the prints of its contacts and names, each together with the topic, by which a repeat is known
    once the case itself stands in a year book. None without a topic."""
    lines = lines_at(table, positions)
    topics = normal_forms(lines["topic"]).tolist()
    columns = [normal_lists(_with_semicolons(lines[key].tolist(), key)) for key, _ in COMPARED]
    for topic, *cells in zip(topics, *columns, strict=True):
        marks = (
            f"{key} {part}"
            for (key, shortest), parts in zip(COMPARED, cells, strict=True)
            for part in parts
            if len(part) >= shortest and part not in _NAMELESS
        )
        yield frozenset(_print(mark, topic) for mark in marks) if topic else frozenset()


def _print(mark: str, topic: str) -> str:
    return sha256(f"{mark}\n{topic}".encode("utf-8", "surrogatepass")).hexdigest()[:DIGITS_OF_A_PRINT]


Marks = dict[int, tuple[str, ...]]


def _shared_marks(filing: Table, register: Table) -> tuple[Marks, Marks]:
    """The contacts and names of each case, by position, that some other case has too. Most people come only once."""
    filed: Marks = {}
    live: Marks = {}
    for key, shortest in COMPARED:
        columns = [normal_lists(_with_semicolons(table[key].tolist(), key)) for table in (filing, register)]
        counted = Counter(chain.from_iterable(chain.from_iterable(columns)))
        shared = {mark for mark, count in counted.items() if count > 1 and len(mark) >= shortest} - _NAMELESS
        for marks, column in zip((filed, live), columns, strict=True):
            for i, parts in enumerate(column):
                if not shared.isdisjoint(parts):
                    marks[i] = (*marks.get(i, ()), *(f"{key} {mark}" for mark in parts if mark in shared))
    return filed, live


def _with_semicolons(cells: list[str], key: str) -> list[str]:
    """The cells of a column with a semicolon between the names in each."""
    return [separated(text) for text in cells] if key == "petitioner" else cells


def _latest_like(case: Place, own: Collection[str], groups: Sequence[Sequence[Place]]) -> str:
    """The number of the same person's latest earlier case with the same topic or a similar summary; `""` for none.

    `groups` holds one list of earlier cases for each contact or name that the case shares with others; `own` the numbers of the
    case and of those it is joined with.
    """
    best = ""
    for group in groups:
        for other in reversed(group[-LOOKED_AT:]):
            number = other[0].numbers[other[1]]
            if number > best and number not in own and _alike(case, other):
                best = number
                break
    return best


def _alike(case: Place, other: Place) -> bool:
    (cells, i), (others, j) = case, other
    if cells.topics[i] and cells.topics[i] == others.topics[j]:
        return True
    return similarity(cells.summaries[i], others.summaries[j]) >= SIMILAR


def similarity(one: str, other: str) -> float:
    """The share of letter pairs that two texts in normal form have in common, from 0 to 1 (Dice's coefficient)."""
    pairs, others = _pairs(one[:MOST_LETTERS]), _pairs(other[:MOST_LETTERS])
    if not pairs or not others:
        return 0.0
    return 2 * len(pairs & others) / (len(pairs) + len(others))


def _pairs(text: str) -> set[tuple[str, str]]:
    return set(pairwise(text))
