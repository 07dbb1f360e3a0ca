"""Suggestions that a case repeats an earlier one, over live and filed rows. A person decides; nothing is merged.

"same contact, or same name tolerant of spacing, width and punctuation, with the same topic or a similar summary;
never for Anonymous, never again after `none`" (design, section 4). A repeat is 同人同事: any shared petitioner,
basically the same facts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from automation.ledger import Array, Ledger, Table
from automation.names import is_anonymous, normal, split
from automation.standing import Standing

SIMILAR = 0.5
"""Share of letter pairs two summaries must have in common to count as similar."""
LOOKED_AT = 20
"""How many earlier cases of the same person are compared at most, the latest first."""


def suggestions(ledger: Ledger, standing: Standing) -> dict[int, str]:
    """For each case that seems to repeat an earlier one and is not yet judged: the number of that one."""
    register = ledger.register
    earlier: dict[str, list[tuple[Table, int]]] = {}
    for i in range(len(ledger.filing)):
        for mark in _marks(ledger.filing, i):
            earlier.setdefault(mark, []).append((ledger.filing, i))
    found: dict[int, str] = {}
    for i in _by_number(register, standing.cases):
        marks = list(_marks(register, i))
        if register["repeat_of"][i] == "":
            found_in = _latest_like(register, i, [earlier[mark] for mark in marks if mark in earlier])
            if found_in:
                found[i] = found_in
        for mark in marks:
            earlier.setdefault(mark, []).append((register, i))
    return found


def _by_number(register: Table, cases: Array) -> list[int]:
    positions = np.flatnonzero(cases)
    numbers = register["case_no"][positions]
    return positions[np.argsort(numbers.astype(str), kind="stable")].tolist() if len(positions) else []


def _marks(table: Table, position: int) -> Iterator[str]:
    """What two cases of the same person share: a telephone or address, or a name."""
    for contact in split(table["contact"][position]):
        if len(normal(contact)) > 4:
            yield "contact " + normal(contact)
    for name in split(table["petitioner"][position]):
        if not is_anonymous(name) and len(normal(name)) > 1:
            yield "name " + normal(name)


def _latest_like(register: Table, position: int, groups: Sequence[Sequence[tuple[Table, int]]]) -> str:
    """The latest earlier case among those of the same person that has the same topic or a similar summary."""
    best = ""
    for group in groups:
        for table, i in reversed(group[-LOOKED_AT:]):
            number = str(table["case_no"][i])
            if (
                number > best
                and number != register["case_no"][position]
                and _alike(register, position, table, i)
            ):
                best = number
                break
    return best


def _alike(one: Table, i: int, other: Table, j: int) -> bool:
    topic = normal(one["topic"][i])
    if topic and topic == normal(other["topic"][j]):
        return True
    return similarity(one["summary"][i], other["summary"][j]) >= SIMILAR


def similarity(one: str, other: str) -> float:
    """The share of letter pairs that two texts have in common, 0 to 1 (Dice). Punctuation and case do not count."""
    pairs, others = _pairs(normal(one[:500])), _pairs(normal(other[:500]))
    if not pairs or not others:
        return 0.0
    return 2 * len(pairs & others) / (len(pairs) + len(others))


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}
