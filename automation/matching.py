"""Which cases a routing rule is about: whole columns at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from automation.ledger import Array, Rule, Table
from automation.names import normal


class Texts:
    """Many texts that several words are looked for in. Texts are joined once, and each word is found by one scan."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._joined = "\n".join(texts)
        ends = np.cumsum(np.fromiter((len(text) + 1 for text in texts), dtype=np.int64, count=len(texts)))
        self._ends = ends

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
    """The register as rules see it. "All filled cells must match; keywords are substrings of summary" (design, 3)."""

    def __init__(self, register: Table) -> None:
        self._register = register
        self._topics = register.remembered(register["topic"], normal_forms)
        self._summaries = register.remembered(register["summary"], normal_texts)

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
    """The normal form of each text; equal texts are looked at once."""
    forms = {text: normal(text) for text in set(texts.tolist())}
    found = np.empty(len(texts), dtype=object)
    found[:] = [forms[text] for text in texts.tolist()]
    return found


def normal_texts(texts: Array) -> Texts:
    return Texts(normal_forms(texts).tolist())


def _is_one_of(values: Array, wanted: Iterable[str]) -> Array:
    mask = np.zeros(len(values), dtype=bool)
    for value in wanted:
        mask |= values == value
    return mask
