"""Finds the cases that a routing rule matches, whole columns at a time."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from automation.cases.about_roles import is_about_roles
from automation.ledger.normal_form import normal, normals
from automation.ledger.policy import Policy, Rule
from automation.ledger.table import Array, Table


class Texts:
    """Texts to search for many words. They are joined once, so that one scan finds a word in all of them."""

    def __init__(self, texts: Array) -> None:
        self._joined = "\n".join(texts.tolist())
        lengths = np.fromiter(map(len, texts.tolist()), dtype=np.int64, count=len(texts))
        self._ends = np.cumsum(lengths + 1)

    def holding(self, word: str) -> Array:
        """The positions of the texts that contain the word, ascending."""
        positions: list[int] = []
        at = self._joined.find(word) if word else -1
        while at >= 0:
            position = int(np.searchsorted(self._ends, at, side="right"))
            positions.append(position)
            at = self._joined.find(word, int(self._ends[position]))
        return np.asarray(positions, dtype=np.int64)


class Matcher:
    """Matches rules: "All filled cells must match; keywords are substrings of summary" (docs/design.md#p4.6)."""

    def __init__(self, register: Table, policy: Policy) -> None:
        self._register = register
        self._policy = policy
        self._topics = register.remembered(normal_forms, register["topic"])
        self._summaries = summaries_of(register)

    def matches(self, rule: Rule) -> Array:
        """Mask the cases that meet every condition the rule has."""
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
        if rule.about:
            mask &= is_about_roles(self._register, self._policy, rule.about)
        if rule.keywords:
            has_keyword = np.zeros(len(mask), dtype=bool)
            for keyword in rule.keywords:
                has_keyword[self._summaries.holding(normal(keyword))] = True
            mask &= has_keyword
        return mask


def normal_forms(texts: Array) -> Array:
    """The normal form of each text (see `normal_form.normal`). Where many are equal, each is worked out once."""
    listed = texts.tolist()
    forms = np.empty(len(texts), dtype=object)
    distinct = list(set(listed))
    if 2 * len(distinct) > len(listed):
        forms[:] = normals(listed)
    else:
        form_of = dict(zip(distinct, normals(distinct), strict=True))
        forms[:] = [form_of[text] for text in listed]
    return forms


def summaries_of(table: Table) -> Texts:
    """A table's summaries in normal form, ready to be searched."""
    return table.remembered(Texts, table.remembered(normal_forms, table["summary"]))


def _is_one_of(values: Array, wanted: Iterable[str]) -> Array:
    mask = np.zeros(len(values), dtype=bool)
    for value in wanted:
        mask |= values == value
    return mask
