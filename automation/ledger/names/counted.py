"""Compares how many people a cell says there are with those it names: 王芳、李明等两人 names both, 王芳、李明三人 one too few (docs/design.md#p5.3)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from automation.ledger.names.lexicon import Label, Span
from automation.ledger.names.parts import Part
from automation.ledger.names.plain import is_plainly_a_name
from sheet_schema import naming, words_beside

_DASH = re.compile("[-–—]")


@dataclass(frozen=True)
class Count:
    """The part that says how many people there are, and whether the cell names all of them or fewer."""

    at: int
    names_all: bool
    names_fewer: bool


def count_in(plain: str, parts: Sequence[Part]) -> Count | None:
    """What a cell says of the number of people it names; None if it says none or several, or if its names cannot be counted."""
    read = [_number_and_names(plain, part) for part in parts]
    said = [i for i, (number, _) in enumerate(read) if number]
    if len(said) != 1:
        return None
    number, named = read[said[0]][0], [_how_many(names) for _, names in read]
    total = sum(filter(None, named))
    is_of_these = bool(read[said[0]][1]) or _speaks_of_the_others(said[0], parts[said[0]])
    return None if None in named else Count(said[0], is_of_these and number == total, 0 < total < number)


def _speaks_of_the_others(at: int, part: Part) -> bool:
    """Whether a number by itself counts those who are named: `Smith and Bell (two teachers)`, not `Smith, Bell and two teachers`."""
    return at == 0 or part.is_bracket or part.follows_a_comma or _DASH.search(part.spans[0].units[0].gap) is not None


def _number_and_names(plain: str, part: Part) -> tuple[int, Sequence[Span]]:
    """The number of people that a part says, 0 if none, and its other words: 李明 in 李明等两人, nothing in `two teachers`."""
    pattern = _in_chinese() if part.spans[-1].is_han else _in_english()
    match = pattern.search(plain, part.start, part.end)
    if match is None:
        return 0, part.spans
    before = [span for span in part.spans if span.units[-1].end <= match.start()]
    behind = [span for span in part.spans if span.units[0].start >= match.end()]
    if before and not _may_end_a_list(before[-1]):
        return 0, part.spans
    word = match["number"].casefold()
    return words_beside.NUMBERS.get(word) or int(word), (*before, *behind)


def _may_end_a_list(span: Span) -> bool:
    """Whether somebody, or 等, stands right before the number: 李明两人, but not 打了三人."""
    return _is_a_person(span) or span.is_title or bool(span.heads) or span.form == words_beside.AND_SO_ON


@cache
def _in_chinese() -> re.Pattern[str]:
    """A number of people at the end: 两人, 共3名教师, 俩."""
    staff = _any(word for word in naming.WORK_TITLES | naming.TEACHERS if not word.isascii())
    numbers = _any(word for word in words_beside.NUMBERS if not word.isascii())
    of_people = words_beside.OF_PEOPLE.replace("STAFF", staff)
    return re.compile(f"(?:{_any(words_beside.IN_ALL)})?(?P<number>{numbers}|[0-9]{{1,2}})(?:{of_people})$")


@cache
def _in_english() -> re.Pattern[str]:
    """A number of people at the beginning: `two teachers`, `2 people`, `both`."""
    numbers = _any(word for word in words_beside.NUMBERS if word.isascii())
    people = _any(word.replace(" ", r"\s+") for word in words_beside.COUNTED)
    return re.compile(
        rf"(?:(?:the|these|all|in all|total of|a)\s+)*(?P<number>{numbers}|[0-9]{{1,2}})\s+(?:{people})\b",
        re.IGNORECASE,
    )


def _any(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


def _how_many(spans: Sequence[Span]) -> int | None:
    """How many people these words name; None if it may be one or several: 王李, `Smith Brown`."""
    people = sum(map(_is_a_person, spans))
    unknown = [*_unknown_runs(spans)]
    if people or not unknown:
        posts = any(Label.ROLE in span.labels or span.heads for span in spans)
        return None if unknown else people or int(posts)
    return len(unknown) if all(_is_one(run) for run in unknown) else None


def _is_a_person(span: Span) -> bool:
    return any(not party.is_department for party in span.parties)


def _unknown_runs(spans: Sequence[Span]) -> Iterable[str]:
    """The words of which nothing is known, those beside each other together."""
    for i, span in enumerate(spans):
        if span.is_unknown and (i == 0 or not spans[i - 1].is_unknown):
            run = [one.form for one in _while_unknown(spans[i:])]
            yield "".join(run) if span.is_han else " ".join(run)


def _while_unknown(spans: Sequence[Span]) -> Iterable[Span]:
    for span in spans:
        if not span.is_unknown:
            return
        yield span


def _is_one(run: str) -> bool:
    """Whether unknown words are plainly one name: a Chinese surname, a whole Chinese name, one Western word."""
    if run.isascii():
        return " " not in run
    return len(run) == 1 or run in naming.DOUBLE_SURNAMES or is_plainly_a_name(run)
