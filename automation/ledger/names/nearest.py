"""Finds the name most like one that nobody has, for "not in People; did you mean …"."""

from __future__ import annotations

from collections.abc import Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from automation.ledger.meant import Party
from automation.ledger.names.folding import HAN, name_form

LEAST_ALIKE = 0.6
LEAST_ALIKE_IN_CHINESE = 0.5
"""Of two characters one may be wrong."""


def nearest_name(text: str, spellings: Mapping[str, frozenset[Party]]) -> str:
    """The ledger's own name for the spelling most like the text; `""` if none is like it."""
    form = name_form(text)
    least = LEAST_ALIKE_IN_CHINESE if HAN.search(form) else LEAST_ALIKE
    found = process.extractOne(form, spellings.keys(), scorer=OSA.normalized_similarity, score_cutoff=least)
    return min(party.name for party in spellings[found[0]]) if form and found else ""
