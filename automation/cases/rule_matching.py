"""Which cases a routing rule is about: whole columns at a time."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from automation.ledger.directory import normal, normals
from automation.ledger.model import Rule
from automation.ledger.table import Array, Table


class Texts:
    """Many texts that several words are looked for in. Texts are joined once, and each word is found by one scan."""

    def __init__(self, texts: Array) -> None:
        self._joined = "\n".join(texts.tolist())
        lengths = np.fromiter(map(len, texts.tolist()), dtype=np.int64, count=len(texts))
        self._ends = np.cumsum(lengths + 1)

    def holding(self, word: str) -> Array:
        """The positions of the texts in which the word stands, ascending."""
        found: list[int] = []
        at = self._joined.find(word) if word else -1
        while at >= 0:
            position = int(np.searchsorted(self._ends, at, side="right"))
            found.append(position)
            at = self._joined.find(word, int(self._ends[position]))
        return np.asarray(found, dtype=np.int64)


class Matcher:
    """The register as rules see it. "All filled cells must match; keywords are substrings of summary" (docs/design.md#p4.6)."""

    def __init__(self, register: Table) -> None:
        self._register = register
        self._topics = register.remembered(normal_forms, register["topic"])
        self._summaries = summaries_of(register)

    def matches(self, rule: Rule) -> Array:
        """A mask of the cases for which every filled condition of the rule holds."""
        mask = np.ones(len(self._register), dtype=bool)
        for column, wanted in (
            ("channel", rule.channels),
            ("kind", rule.kinds),
            ("identity", rule.identities),
        ):
            if wanted:
                mask &= _is_one_of(self._register[column], wanted)
        if rule.topics:
            mask &= _is_one_of(self._topics, [normal(topic) for topic in rule.topics])
        if rule.keywords:
            held = np.zeros(len(mask), dtype=bool)
            for keyword in rule.keywords:
                held[self._summaries.holding(normal(keyword))] = True
            mask &= held
        return mask


def normal_forms(texts: Array) -> Array:
    """The normal form of each text."""
    listed = texts.tolist()
    found = np.empty(len(texts), dtype=object)
    distinct = list(set(listed))
    if 2 * len(distinct) > len(listed):
        found[:] = normals(listed)
    else:
        forms = dict(zip(distinct, normals(distinct), strict=True))
        found[:] = [forms[text] for text in listed]
    return found


def summaries_of(table: Table) -> Texts:
    """The summaries in normal form, to look for words in."""
    return table.remembered(Texts, table.remembered(normal_forms, table["summary"]))


def _is_one_of(values: Array, wanted: Iterable[str]) -> Array:
    mask = np.zeros(len(values), dtype=bool)
    for value in wanted:
        mask |= values == value
    return mask
