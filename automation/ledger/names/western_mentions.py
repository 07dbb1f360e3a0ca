"""Finds whom the Latin words of a summary name: a surname that is no ordinary word, or one with a title (docs/design.md#p5.3)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from automation.ledger.names.folding import loose
from automation.ledger.names.found import Doubt, Found, found
from automation.ledger.names.lexicon import Label
from automation.ledger.names.parts import Part
from automation.ledger.names.reading import Reader
from automation.ledger.names.units import Unit
from automation.ledger.names.western import WesternName, is_given_name
from automation.ledger.names.western_part import (
    MOST_GIVEN_NAMES,
    WesternPart,
    Word,
    longest_surname,
    romanised_surnames,
    western_part,
    which,
)
from sheet_schema import ordinary_words
from sheet_schema.naming import ARTICLES, CLASSES, TITLES_BEFORE_NAMES

_SHARING_A_TITLE = re.compile(r"\s*(?:and|or|&|\+|/)\s*")
_CLASS = re.compile(r"\d{1,2}[a-z]?")


def named_in_letters(part: Part, before: Part | None, text: str, reader: Reader) -> Iterator[Found]:
    """Everyone whose surname stands there, and whom a given name behind a title could mean."""
    place = _Place(western_part(part, None, reader.western), _shares_a_title(part, before, text), reader)
    words = place.part.words
    at = 0
    while at < len(words):
        length, bearers = longest_surname(words, at, reader.western)
        if not place.may_be_mentioned(at, length, bearers):
            length = 1
        elif bearers:
            yield which(bearers, place.given_names_at(at, at + length), reader.western)
            if words[at].has_a_title and not _goes_on(words, at):
                given = reader.western.with_given(words[at].form)
                yield found((name.party for name in given), Doubt.PARTLY_NAMED)
        elif words[at].has_a_title:
            yield from _behind_a_title(words, at, reader)
        at += length


def _shares_a_title(part: Part, before: Part | None, text: str) -> bool:
    """Whether the name before has a title that is this one's, too: `Mr Stevenson and Bell`."""
    if before is None or not _SHARING_A_TITLE.fullmatch(text[before.end : part.start].casefold()):
        return False
    for behind, span in enumerate(reversed(before.spans)):
        if span.is_han or not span.units[0].is_capital:
            return False
        if Label.COURTESY in span.labels:
            return behind > 0
    return False


@dataclass(frozen=True)
class _Place:
    """The Latin words of a part, and what stands around them."""

    part: WesternPart
    first_has_a_title: bool
    reader: Reader

    def may_be_mentioned(self, at: int, length: int, bearers: Sequence[WesternName]) -> bool:
        """Whether a surname of so many words may begin here. An ordinary word needs a title, or a given name before it."""
        word = self.part.words[at]
        titled = word.has_a_title or (self.first_has_a_title and at == 0)
        if word.span.labels or (length == 1 and _is_ordinary(word.form, bearers)):
            is_name = word.unit.is_capital or (at > 0 and self.part.words[at - 1].form in TITLES_BEFORE_NAMES)
            return (titled and is_name) or self._has_a_given_name(at, bearers)
        if word.unit.is_initial or not word.form.isalpha():
            return False
        return titled or not self._is_something_else(at, length, bearers)

    def given_names_at(self, first: int, last: int) -> list[str]:
        """The words next to a surname that may be its given names. `Mr Price will not` says nothing of a Will."""
        in_small_letters = not self.part.words[first].unit.is_capital
        words = (*self.part.words[max(0, first - MOST_GIVEN_NAMES) : first], *self.part.words[last : last + 1])
        names = {word.form for word in words if _may_be_a_given_name(word, in_small_letters=in_small_letters)}
        return [form for form in self.part.given_names_at(first, last) if form in names]

    def _has_a_given_name(self, at: int, bearers: Sequence[WesternName]) -> bool:
        """Whether a given name or an initial of theirs stands before it: `Bill Bell`, `W. Bell`, but not `a bell`."""
        if at == 0 or not bearers:
            return False
        word, given = self.part.words[at], self.part.words[at - 1]
        if not (word.unit.is_capital and given.unit.is_capital and given.is_free):
            return False
        if given.unit.is_initial:
            return word.unit.gap.startswith(".") and any(one.has_initials(given.form) for one in bearers)
        return not word.unit.gap.strip() and any(one.has_given(given.form) for one in bearers)

    def _is_something_else(self, at: int, length: int, bearers: Sequence[WesternName]) -> bool:
        """Whether it names a road, a network, a shop or a pupil: `Clarke Road`, `the LAN`, `Lewis in Year 5`."""
        word = self.part.words[at]
        before = self.part.words[at - 1 : at] if at else ()
        behind = self.part.words[at + length : at + length + 2]
        following = behind[0].unit if behind else None
        if following is not None and _is_a_road(following) and not self.reader.western.bearers(following.form):
            return True
        is_short = word.unit.shown.isupper() and word.form in ordinary_words.ABBREVIATIONS
        if is_short and any(one.form in ARTICLES for one in before):
            return True
        is_shop = word.form in ordinary_words.SHOPS and word.unit.shown.endswith("'s")
        if is_shop and following is not None and following.form in ordinary_words.THINGS_OF_A_SHOP:
            return True
        return _is_in_a_class(behind) and self._is_only_a_pupils(word, bearers)

    def _is_only_a_pupils(self, word: Word, bearers: Sequence[WesternName]) -> bool:
        """Whether it is a given name, and of the surnames here only half of a longer one: Lewis of Mr Lewis-Clarke."""
        halves = all(len(one.family) > 1 and loose("".join(one.family)) != loose(word.form) for one in bearers)
        return halves and is_given_name(word.form)


def _may_be_a_given_name(word: Word, *, in_small_letters: bool) -> bool:
    """Whether it is no ordinary word, or has a capital of its own: `Will`, but neither `will` nor `WILL`."""
    shown = word.unit.shown
    is_capital = word.unit.is_capital and (word.unit.is_initial or not shown.isupper())
    return is_capital or ((in_small_letters or shown.isupper()) and word.form not in ordinary_words.ENGLISH)


def _is_ordinary(form: str, bearers: Sequence[WesternName]) -> bool:
    """Whether it is an ordinary word, or several of what one says, unless that is a surname here: `prices`."""
    is_a_surname = any(loose(form) in map(loose, one.surnames) for one in bearers)
    singulars = set() if is_a_surname else {form.removesuffix(ending) for ending in ("s", "es")}
    return not ordinary_words.ENGLISH.isdisjoint({form, *singulars})


def _is_a_road(unit: Unit) -> bool:
    return unit.form in ordinary_words.ROADS and unit.gap == " " and unit.shown.istitle()


def _is_in_a_class(words: Sequence[Word]) -> bool:
    """Whether they say of which class somebody is: `in Year 5`, `from 9A`."""
    if len(words) < 2 or words[0].form not in ordinary_words.OF_A_CLASS:
        return False
    return words[1].unit.form in CLASSES or _CLASS.fullmatch(words[1].unit.form) is not None


def _behind_a_title(words: Sequence[Word], at: int, reader: Reader) -> Iterator[Found]:
    word = words[at]
    if not _goes_on(words, at):
        yield found((name.party for name in reader.western.called(word.form)), Doubt.PARTLY_NAMED)
    for surname in romanised_surnames(word.form):
        yield found(reader.han.bearers(surname), Doubt.PARTLY_NAMED)


def _goes_on(words: Sequence[Word], at: int) -> bool:
    """Whether a surname may stand behind the word."""
    return any(one.is_free and one.unit.is_capital for one in words[at + 1 : at + 2])
