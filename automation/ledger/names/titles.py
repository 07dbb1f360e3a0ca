"""Finds whom a title means by the titles that stand in people's own names: 郑书记, *Chair of governors*, `Nurse Joy`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

from automation.ledger.meant import Party
from automation.ledger.names.found import Doubt, Found, found
from automation.ledger.names.lexicon import WORDS_ALONE, Label, Span
from automation.ledger.names.parts import Part, is_post_of_a_department
from automation.ledger.names.plain import is_plainly_a_name
from automation.ledger.names.units import Unit, readable, units_of
from sheet_schema import naming

Parties = frozenset[Party]
_TELLING = frozenset((Label.WORK_TITLE, Label.ROLE, Label.POST_BEHIND))


@dataclass(frozen=True)
class Titles:
    """The titles in the names and other names of a directory."""

    spellings: tuple[tuple[str, Party], ...]

    @cached_property
    def _by_phrase(self) -> Mapping[str, Parties]:
        grouped: defaultdict[str, set[Party]] = defaultdict(set)
        for party, own in self._of_each.items():
            for phrase in own:
                grouped[phrase].add(party)
        return {phrase: frozenset(parties) for phrase, parties in grouped.items()}

    @cached_property
    def _of_each(self) -> Mapping[Party, frozenset[str]]:
        titles: defaultdict[Party, set[str]] = defaultdict(set)
        short: defaultdict[Party, set[str]] = defaultdict(set)
        for spelling, party in self.spellings:
            titles[party] |= titles_in(spelling)
            short[party] |= _short_titles_in(spelling)
        for party, letters in short.items():
            titles[party] |= {
                title
                for letter in letters
                if not any(own[-2:-1] == letter for own in titles[party])  # who is 刘副校长, too, is no 校长 as 刘校
                for title in (letter + naming.HEAD, naming.DEPUTY + letter + naming.HEAD)
            }
        return {party: frozenset(own) for party, own in titles.items()}

    def bearers(self, phrase: str) -> Parties:
        """Everybody in whose name the title stands, or one that may be the same: 工会主席 is 孙主席, `nurse` the school nurse."""
        return frozenset().union(*(parties for own, parties in self._by_phrase.items() if _may_be_same(phrase, own)))

    def with_one_of(self, words: Iterable[str]) -> Parties:
        """Everybody in whose name or other name one of these stands: *Governor*, *Chair of governors*."""
        return frozenset(
            party for spelling, party in self.spellings if any(one in spelling.casefold() for one in words)
        )

    def meant_in(self, part: Part, *, heads_the_school: bool) -> Found:
        """Everybody whom the titles of a part could mean in which nobody is found by name. Beside the name of somebody who
        is nobody here a title is only that: 钱主任, `Nurse Quill`."""
        phrases = [
            span.form
            for i, span in enumerate(part.spans)
            if _tells_something(span)
            and not (span.parties or span.heads)
            and not is_post_of_a_department(part.spans, i)
            and not _stands_with_a_name(part.spans, i)
        ]
        if heads_the_school:
            phrases.append(naming.HEAD_OF_A_SCHOOL)
        return found(frozenset().union(*map(self.bearers, phrases)), Doubt.PARTLY_NAMED)


def titles_alone(units: Sequence[Unit]) -> tuple[str, ...]:
    """The titles of which a spelling consists, such as `the Chair`; none if it is more than that."""
    spans = WORDS_ALONE.spans(units)
    alone = all(_tells_something(span) or (Label.FILLER in span.labels and not span.is_han) for span in spans)
    return tuple(span.form for span in spans if _tells_something(span)) if alone else ()


@lru_cache(maxsize=2**13)
def titles_in(spelling: str) -> frozenset[str]:
    """The titles that stand in a name: 书记 in 郑书记, `chair of governors`. A surname that is also a title is none: `Mark Head`."""
    spans = WORDS_ALONE.spans(units_of(readable(spelling)))
    return frozenset(
        span.form for i, span in enumerate(spans) if _tells_something(span) and not _is_a_surname(spans, i)
    )


def _short_titles_in(spelling: str) -> frozenset[str]:
    """The character that stands for a title behind a surname: 校 in 刘校."""
    surname, letter = spelling[:-1], spelling[-1:]
    is_short = letter in naming.SHORT_FOR_HEADS and (len(surname) == 1 or surname in naming.DOUBLE_SURNAMES)
    return frozenset(letter) if is_short else frozenset()


def _tells_something(span: Span) -> bool:
    """Whether it is a title by which somebody may be known. `Mr` and 老师 are none, since too many are called so."""
    long_enough = len(span.form) > 1
    return long_enough and (bool(span.labels & _TELLING) or span.form in naming.TELLING_COURTESY)


def _is_a_surname(spans: Sequence[Span], at: int) -> bool:
    """Whether a title in a Western name is a surname there: `Mark Head`, `Mr Head`, `Head, Mark`, but not `Ann Ash (Head)`."""
    if spans[at].form not in naming.TITLES_AND_SURNAMES:
        return False
    first = spans[at].units[0]
    behind_a_name = at > 0 and at + 1 == len(spans) and not (first.opens_a_part or first.follows_a_comma)
    behind_a_name = behind_a_name and _may_be_a_given_name(spans[at - 1])
    before_a_comma = at == 0 and len(spans) > 1 and spans[1].units[0].follows_a_comma
    return behind_a_name or before_a_comma


def _may_be_a_given_name(span: Span) -> bool:
    is_initial = span.units[0].is_initial and span.units[0].is_capital
    return span.is_unknown or is_initial or Label.COURTESY in span.labels


def _may_be_same(one: str, other: str) -> bool:
    """Whether two titles may be one person's: alike, of one role, or one ends or begins with the other."""
    one, other = (" ".join(naming.SAME_TITLES.get(word, word) for word in title.split()) for title in (one, other))
    if one == other or (_group_of(one) and _group_of(one) == _group_of(other)):
        return True
    shorter, longer = sorted((one, other), key=len)
    if one.isascii():
        ends_or_begins = longer.endswith(f" {shorter}") or longer.startswith(f"{shorter} ")
        return ends_or_begins and not (_group_of(one) or _group_of(other))
    of_a_role = _group_of(one) and _group_of(other)
    is_another = longer in naming.OTHER_THAN_THEY_END or naming.DEPUTY in longer.removesuffix(shorter)
    return longer.endswith(shorter) and not (of_a_role or is_another)


@cache
def _group_of(phrase: str) -> frozenset[str]:
    """All the words for the same role; nothing if the phrase is none of them."""
    return next((words for words in naming.ROLE_WORDS if phrase in words), frozenset())


def _stands_with_a_name(spans: Sequence[Span], at: int) -> bool:
    """Whether a name of nobody here stands beside a title: 钱主任, 主任钱进, `Nurse Quill`."""
    if not spans[at].is_han:
        return any(_is_a_western_name(span) for span in spans[at + 1 : at + 2])
    return _is_a_han_name(_run_before(spans, at), titled=True) or _is_a_han_name(_run_behind(spans, at), titled=False)


def _is_a_western_name(span: Span) -> bool:
    return span.is_unknown and not span.is_han and span.units[0].is_capital and span.form not in naming.BODIES


def _is_a_han_name(text: str, *, titled: bool) -> bool:
    is_surname = text in naming.DOUBLE_SURNAMES or (len(text) == 1 and text in naming.SURNAMES)
    return is_plainly_a_name(text) or (titled and is_surname)


def _run_before(spans: Sequence[Span], at: int) -> str:
    return "".join(reversed([span.form for span in _run(reversed(spans[:at]))]))


def _run_behind(spans: Sequence[Span], at: int) -> str:
    return "".join(span.form for span in _run(spans[at + 1 :]))


def _run(spans: Iterable[Span]) -> Iterator[Span]:
    for span in spans:
        if not (span.is_han and span.is_unknown):
            return
        yield span
