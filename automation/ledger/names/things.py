"""Tells the places and things of a school, which are nobody, from words that may be somebody: 学校厕所, `school lunches`
(docs/design.md#p5.3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

from automation.ledger.names.lexicon import Label, Span
from automation.ledger.names.only_words import is_only_a_word
from automation.ledger.names.units import spoken_form
from sheet_schema import ordinary_words, words_of_a_school


def without_things(spans: Sequence[Span]) -> Iterator[Span]:
    """The words that are no part of a word for a place or a thing, the longest of which counts. A word that may be a surname is
    one only in small letters, beside the school or another that is none, and never with a title: `school hall`, but not `Mr Hall`."""
    words = [span for i, span in enumerate(spans) if not is_only_a_word(spans, i)]
    is_titled = any(Label.COURTESY in span.labels for span in spans)
    has_company = len(words) < len(spans) or any(_is_beside_things(span) for span in spans)
    at = 0
    while at < len(words):
        length = 0 if is_titled else _thing_at(words, at)
        some = words[at : at + (length or 1)]
        if not length or not (has_company or _can_be_nothing_else(some)) or _looks_like_a_name(some):
            yield from some
        at += length or 1


def _is_beside_things(span: Span) -> bool:
    return span.form in words_of_a_school.OURS or (
        span.form in words_of_a_school.THINGS and _can_be_nothing_else([span])
    )


def _can_be_nothing_else(spans: Sequence[Span]) -> bool:
    return all(unit.form not in ordinary_words.ENGLISH for span in spans for unit in span.units)


def _looks_like_a_name(spans: Sequence[Span]) -> bool:
    return any(span.units[0].is_capital for span in spans) and not _can_be_nothing_else(spans)


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


def speaks_of_a_body_outside(spans: Sequence[Span]) -> bool:
    """Whether Chinese characters end like a body or people outside, and have no title, post or name of anybody: 新华书店, 外卖员."""
    written = "".join(span.form for span in spans)
    plain = all(span.is_han and not (span.is_title or span.parties or span.heads or span.givens) for span in spans)
    return plain and written.endswith(words_of_a_school.BODIES_OUTSIDE)
