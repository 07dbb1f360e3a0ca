"""Finds who of the few that may know of an allegation about a stranger may be meant: the receptionist may be whoever works in
the office, the governors the person outside the school (docs/design.md#p5.3)."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence

from automation.ledger.meant import Party
from automation.ledger.names.found import NOTHING, Doubt, Found, found
from automation.ledger.names.lexicon import WORDS_ALONE, Span
from automation.ledger.names.parts import Part
from automation.ledger.names.titles import Titles
from automation.ledger.names.units import readable, spoken_form, units_of
from sheet_schema import words_of_the_few
from sheet_schema.vocabulary import Role

MOST_PHRASES = 10
"""What has more is no word for them."""


def meant_among_the_few(part: Part, holders: Mapping[str, frozenset[Party]], titles: Titles) -> Found:
    """Whoever works in the office, or is a governor or outside the school, in doubt, if a part says nothing but that."""
    written = _without_words_around(part.spans)
    if written in words_of_the_few.OFFICE_POSTS:
        return found(holders.get(Role.OFFICE.key, ()), Doubt.PARTLY_NAMED)
    if written in words_of_the_few.CHAIRS and (chairs := _called_chairs(titles)):
        return found(chairs, Doubt.PARTLY_NAMED)
    if written in words_of_the_few.CHAIRS | words_of_the_few.GOVERNORS:
        governors = titles.with_one_of(words_of_the_few.CALLED_GOVERNORS) | holders.get(Role.GROUP.key, frozenset())
        return found(governors or holders.get(Role.OUTSIDE.key, ()), Doubt.PARTLY_NAMED)
    return NOTHING


def _called_chairs(titles: Titles) -> frozenset[Party]:
    """Everybody whose name or other name is such a word."""
    return frozenset(
        party
        for spelling, party in titles.spellings
        if _without_words_around(WORDS_ALONE.spans(units_of(readable(spelling)))) in words_of_the_few.CHAIRS
    )


def may_be_any_of_the_few(text: str) -> bool:
    """Whether a text says the post of somebody in the office or of a governor: more people may have it than are known."""
    return _without_words_around(WORDS_ALONE.spans(units_of(readable(text)))) in (
        words_of_the_few.OFFICE_POSTS | words_of_the_few.GOVERNORS
    )


def _without_words_around(spans: Sequence[Span]) -> str:
    """The words without such as `the` and 学校 before them; `""` if they are too many to say nothing but that."""
    if len(spans) > MOST_PHRASES:
        return ""
    telling = itertools.dropwhile(lambda span: span.form in words_of_the_few.AROUND and not span.parties, spans)
    return spoken_form([unit for span in telling for unit in span.units])
