"""Finds the departments that a part calls for short, with no post beside: `Pastoral team`, 学校教务, 学生处 (docs/design.md#p5.3)."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from automation.ledger.meant import Party
from automation.ledger.names.classes import is_a_class
from automation.ledger.names.found import NOTHING, Doubt, Found, found
from automation.ledger.names.lexicon import Label, Span
from automation.ledger.names.parts import Part
from automation.ledger.names.posts import SHORT_ENDING, ShortNames
from sheet_schema import words_of_a_school

Parties = frozenset[Party]
_NO_DEPARTMENTS = frozenset(
    (Label.COURTESY, Label.WORK_TITLE, Label.ROLE, Label.POST_BEFORE, Label.POST_BEHIND, Label.JOB)
)


def short_for(part: Part, names: ShortNames) -> Found:
    """The departments of which a part has nothing but words of their names, beside such as `the`, `team` and 学校. In doubt,
    since there may be another."""
    if any(_is_somebodys(span) for span in part.spans):
        return NOTHING
    called = _in_chinese(part.spans, names) if part.spans[0].is_han else _in_english(part.spans, names)
    return found(called, Doubt.PARTLY_NAMED)


def beside_somebody(part: Part, names: ShortNames) -> Found:
    """The departments with whose short names a part begins, ending like a department, before somebody is named: 学生处王老师."""
    begins = itertools.takewhile(lambda span: span.is_han and not (span.parties or span.is_title), part.spans)
    written = [*itertools.accumulate("" if _is_ours(span) else span.form for span in begins)]
    for unit in reversed(written):
        if unit.endswith(tuple(words_of_a_school.ENDINGS_OF_UNITS)) and (called := names.alike(unit)):
            return found(called, Doubt.PARTLY_NAMED)
    return NOTHING


def _is_somebodys(span: Span) -> bool:
    return bool(span.labels & _NO_DEPARTMENTS) or any(not party.is_department for party in span.parties)


def _in_english(spans: Sequence[Span], names: ShortNames) -> Parties:
    telling = [span for span in spans if not (span.parties or _says_nothing(span) or _is_ours(span))]
    telling = telling or [span for span in spans if _is_ours(span)]  # `Business` of *Business office*
    words = [unit.form for span in telling for unit in span.units]
    if not words or any(span.is_han or is_a_class(span) for span in telling):
        return frozenset()
    return frozenset.intersection(*(names.called(word, SHORT_ENDING) for word in words))


def _in_chinese(spans: Sequence[Span], names: ShortNames) -> Parties:
    if any(span.parties or not span.is_han for span in spans):
        return frozenset()
    for some in _without_words_around([span for span in spans if not _is_ours(span)]):
        written = "".join(span.form for span in some)
        is_a_group = len(some) == 1 and Label.GROUP in some[0].labels
        if not is_a_group and (called := names.called_whole(written) or names.alike(written)):
            return called
    return frozenset()


def _without_words_around(spans: Sequence[Span]) -> Iterator[Sequence[Span]]:
    """The words, and without those at either end that say nothing: 七年级 of 七年级全体."""
    first, last = 0, len(spans)
    while first < last:
        yield spans[first:last]
        if _says_nothing(spans[last - 1]):
            last -= 1
        elif _says_nothing(spans[first]):
            first += 1
        else:
            return


def _is_ours(span: Span) -> bool:
    return span.form in words_of_a_school.OURS


def _says_nothing(span: Span) -> bool:
    is_a_unit = span.form in words_of_a_school.UNITS_OF_STAFF | words_of_a_school.SERVICES
    return not span.parties and (span.labels == {Label.FILLER} or is_a_unit)
