"""Finds the name most like one that nobody has, for "not in People; did you mean …"."""

from __future__ import annotations

from collections.abc import Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from automation.ledger.meant import Party
from automation.ledger.names.folding import HAN, name_form
from automation.ledger.names.units import readable, units_of

LEAST_ALIKE = 0.6
LEAST_ALIKE_IN_A_WORD = 0.5
MOST_TRIED = 5
LEAST_ALIKE_IN_CHINESE = 0.5
"""Of two characters one may be wrong."""


def nearest_name(text: str, spellings: Mapping[str, frozenset[Party]]) -> str:
    """The ledger's own name for the spelling most like the text; `""` if none is like it."""
    form = name_form(text)
    least = LEAST_ALIKE_IN_CHINESE if HAN.search(form) else LEAST_ALIKE
    alike = process.extract(
        form, spellings.keys(), scorer=OSA.normalized_similarity, score_cutoff=least, limit=MOST_TRIED
    )
    near = (min(party.name for party in spellings[spelling]) for spelling, *_ in alike if form)
    return next((name for name in near if _is_near(text, name)), "")


def _is_near(text: str, name: str) -> bool:
    """Whether each word is like its counterpart: `Paul Smith` is not near to Jane Smith, who only has his surname."""
    words, own = ([unit.form for unit in units_of(readable(one))] for one in (text, name))
    if HAN.search(name) or len(words) != len(own):
        return True
    return all(
        OSA.normalized_similarity(one, other) >= LEAST_ALIKE_IN_A_WORD for one, other in zip(words, own, strict=True)
    )
