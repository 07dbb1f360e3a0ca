"""Tells the places and things of a school, which are nobody, from words that may be somebody: 学校厕所, `school lunches`
(docs/design.md#p5.3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from automation.ledger.names.lexicon import Span
from automation.ledger.names.units import spoken_form
from sheet_schema import words_of_a_school


def without_things(spans: Sequence[Span]) -> Iterator[Span]:
    """The words that are no part of a word for a place or a thing, the longest of which counts."""
    at = 0
    while at < len(spans):
        length = _thing_at(spans, at)
        if not length:
            yield spans[at]
        at += length or 1


def _thing_at(spans: Sequence[Span], at: int) -> int:
    """How many phrases the word for a thing has that begins there; 0 if none does."""
    for length in range(min(_longest(), len(spans) - at), 0, -1):
        written = spoken_form([unit for span in spans[at : at + length] for unit in span.units])
        if written in words_of_a_school.THINGS:
            return length
    return 0


@cache
def _longest() -> int:
    return max(len(thing) if not thing.isascii() else thing.count(" ") + 1 for thing in words_of_a_school.THINGS)
