"""Tells somebody who is only said by another: `the person who replaced Mr Bell`, 接替赵敏的人, 赵敏前面那位 (docs/design.md#p5.3)."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from automation.ledger.names.lexicon import Label, Span
from automation.ledger.names.others import is_named, is_somebody
from automation.ledger.names.units import spoken_form
from sheet_schema import naming, words_beside

_WHO_WORKS = frozenset((Label.WORK_TITLE, Label.JOB))
_ADVERB = "ly"


def is_said_by_another(spans: Sequence[Span]) -> bool:
    """Whether a part speaks of a person by how they stand to somebody whom it names."""
    for start, end in _named_in(spans):
        is_beside = _stands_behind if spans[start].is_han else _stands_before
        if _is_replaced(spans[:start]) or is_beside(spans, start, end):
            return True
    return False


def _named_in(spans: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """Where each name, surname or post of somebody begins, and where it ends with the titles behind it."""
    for at, span in enumerate(spans):
        end = at + 1
        while span.is_han and end < len(spans) and spans[end].is_title:
            end += 1
        is_surname = span.is_unknown and end > at + 1
        if is_named(span) or is_surname or span.heads or Label.ROLE in span.labels or _is_western(span):
            yield at, end


def _is_western(span: Span) -> bool:
    return not span.is_han and is_somebody(span)


def _is_replaced(before: Sequence[Span]) -> bool:
    """Whether nobody is named but the one whose place another took: `covering for Mr Bell`, 接替赵敏."""
    words = _without_titles(before)
    written = spoken_form([unit for span in words for unit in span.units])
    is_alone = not any(is_named(span) or Label.COURTESY in span.labels for span in words)
    return is_alone and any(written == word or written.endswith(_as_a_word(word)) for word in words_beside.REPLACING)


def _as_a_word(word: str) -> str:
    return f" {word}" if word.isascii() else word


def _stands_before(spans: Sequence[Span], start: int, end: int) -> bool:
    """Whether an English word for a person stands before a name, with words between that do not say what they are called:
    `the lady next to Mr Bell`, but neither `a man called Bell` nor `the teacher Mr Bell`."""
    before = _without_titles(spans[:start])
    if not before or any(is_named(span) or Label.COURTESY in span.labels for span in before):
        return False
    if _is_a_person(before[-1]):  # `the person Mr Bell reports to`
        return end < len(spans) and spans[-1].form in words_beside.BETWEEN_TWO
    return any(map(_is_a_person, before)) and _leads_to_another(before[-1])


def _leads_to_another(word: Span) -> bool:
    """Whether a word right before a name is a verb or such as `with`."""
    if word.is_han or word.form in words_beside.CALLED or word.form.endswith(_ADVERB):
        return False
    is_a_verb = word.is_unknown and word.form.isalpha() and not word.units[0].is_capital
    return is_a_verb or word.form in words_beside.BETWEEN_TWO


def _is_a_person(span: Span) -> bool:
    return not span.parties and (span.form in naming.SOMEBODY | words_beside.WHOEVER or bool(span.labels & _WHO_WORKS))


def _without_titles(spans: Sequence[Span]) -> Sequence[Span]:
    """The words up to the articles and titles that belong to a name behind them."""
    own = itertools.takewhile(
        lambda span: not span.is_han and (span.is_title or span.form in naming.ARTICLES), reversed(spans)
    )
    return spans[: len(spans) - len([*own])]


def _stands_behind(spans: Sequence[Span], start: int, end: int) -> bool:
    """Whether a Chinese word for a person stands behind a name, with words between that do not mean the same person:
    赵敏身边的人, 替赵敏上课的老师, but neither 叫赵敏的人 nor 赵敏这样的人."""
    if start and spans[start - 1].form in words_beside.NAMED | naming.ARTICLES:
        return False
    rest = [*itertools.takewhile(lambda span: span.is_han and not (span.units[0].gap or is_named(span)), spans[end:])]
    if not rest or rest[0].form in words_beside.THE_SAME:
        return False
    return any(_is_another_there(rest, i) for i in range(1, len(rest)))


def _is_another_there(rest: Sequence[Span], at: int) -> bool:
    """Whether the word there is for a person, with 的 before it or for one who is pointed at: 赵敏前面那位."""
    between = rest[:at]
    if rest[at].form in naming.SOMEBODY:
        return any(span.is_unknown for span in between)
    if between[-1].form != naming.OF:
        return False
    if rest[at].form in naming.PEOPLE_OF_A_PLACE:
        return at + 1 == len(rest)
    return (rest[at].is_title or rest[at].form in words_beside.RELATED) and any(span.is_unknown for span in between)
