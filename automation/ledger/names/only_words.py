"""Tells a name that stands in a phrase of ordinary words from a person: 王丽同学, 江山社区, `lamb curry`, `Baker Street`
(docs/design.md#p5.3)."""

from __future__ import annotations

from collections.abc import Sequence

from automation.ledger.names.lexicon import Label, Span
from automation.ledger.names.units import Unit
from sheet_schema import naming, ordinary_words, words_of_a_school

_POSSESSIVE = ("'s", "'S")


def is_a_pupil_of_that_name(spans: Sequence[Span], at: int) -> bool:
    """Whether 同学 stands right behind a whole name, and is no other word: 王丽同学, but not 王丽同学校吵架."""
    behind = spans[at + 1 :]
    if not behind or behind[0].form != ordinary_words.PUPIL or behind[0].units[0].gap:
        return False
    return len(behind) == 1 or behind[1].form[0] not in ordinary_words.PUPIL_GOES_ON


def names_only_a_pupil(spans: Sequence[Span]) -> bool:
    """Whether nothing stands there but a whole name with 同学 behind it, and such as a class before it: 七年级3班王丽同学."""
    name = len(spans) - 2
    before = spans[: max(0, name)]
    is_a_name = name >= 0 and any(not party.is_department for party in spans[name].parties)
    plain = all((span.labels == {Label.FILLER} or span.form.isdigit()) and not span.parties for span in before)
    return is_a_name and plain and is_a_pupil_of_that_name(spans, name)


def is_a_place(spans: Sequence[Span], at: int) -> bool:
    """Whether a Chinese name that is also a word is what a place right behind it is called: 江山社区."""
    if spans[at].form not in ordinary_words.CHINESE:
        return False
    behind = spans[at + 1 :]
    return len(behind) == 1 and not behind[0].units[0].gap and behind[0].form in words_of_a_school.PLACES


def is_only_a_word(spans: Sequence[Span], at: int) -> bool:
    """Whether an English word that may be a surname is one of a road, or in small letters stands right before what it is
    said of. With a title before it is a name all the same."""
    span, behind = spans[at], spans[at + 1 : at + 3]
    if span.is_han or span.parties or len(span.units) > 1 or not behind:
        return False
    if any(unit.gap.strip() for unit in behind[0].units):
        return False
    is_a_word = _is_a_road(span, behind[0].units[0]) or _is_said_of_something(spans, at)
    return is_a_word and not any(one.is_title for one in spans)  # last, since it looks at all of a long text


def _is_a_road(span: Span, road: Unit) -> bool:
    return span.units[0].is_capital and road.form in ordinary_words.ROADS and road.shown.istitle()


def _is_said_of_something(spans: Sequence[Span], at: int) -> bool:
    unit = spans[at].units[0]
    is_whose = unit.shown.endswith(_POSSESSIVE) and not (at > 0 and spans[at - 1].form in naming.ARTICLES)
    if unit.form not in ordinary_words.ENGLISH or is_whose:
        return False
    return spans[at + 1].form in words_of_a_school.AFTER_A_WORD and not any(
        one.units[0].is_capital for one in spans[at:]
    )
