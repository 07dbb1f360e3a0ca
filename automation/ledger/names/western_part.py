"""Finds whom the Latin words of a part could mean: a surname means all who bear it, until a given name says which."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from automation.ledger.names.folding import loose
from automation.ledger.names.found import NOTHING, Doubt, Found, found
from automation.ledger.names.han import HanNames
from automation.ledger.names.lexicon import Label, Span
from automation.ledger.names.only_words import is_only_a_word
from automation.ledger.names.parts import Part
from automation.ledger.names.units import Unit
from automation.ledger.names.western import WesternName, WesternNames, is_given_name
from sheet_schema import ordinary_words
from sheet_schema.naming import ROMANISED_SURNAMES, TITLES_AND_SURNAMES
from sheet_schema.words_of_a_school import RELATIVES

MOST_GIVEN_NAMES = 3
_SINGLE_LETTERS = re.compile(r"(?<![^\W_])(?:[A-Za-z] ){2,}[A-Za-z](?![^\W_])")
_POSSESSIVE = ("'s", "'S")
_HELD = frozenset((Label.ROLE, Label.WORK_TITLE))
_SYLLABLE = (
    "(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])"
    "(?:iang|iong|uang|ang|eng|ing|ong|ian|iao|uai|uan|ai|ei|ui|ao|ou|iu|ie|ue|an|en|in|un|ia|ua|uo|[aoeiuv]))"
)
_IN_PINYIN = re.compile(f"{_SYLLABLE}{{1,3}}")
_WHOLE_NAME_IN_PINYIN = re.compile(f"{_SYLLABLE}{{2,3}}")
LONGEST_SURNAME = 3
"""In words: `de la Cruz`."""
SHORTEST_WITH_A_DIGIT = 4
"""In letters, without the digits behind: a shorter word with a digit is a class or a room."""
LONGEST_ABBREVIATION = 4
LONGEST_IN_INITIALS = 4
"""In letters: a Chinese name has no more characters."""
_LETTER_FOR_A_DIGIT = str.maketrans("01345", "oleas")
"""What a digit is typed for: `J0nes`, `Sm1th`."""


@dataclass(frozen=True)
class Word:
    """A Latin word of a part, and what is known of it."""

    unit: Unit
    span: Span
    has_a_title: bool
    """Whether a title stands before it, or a Chinese one right behind it: `Mr Smith`, `Smith老师`."""

    @property
    def form(self) -> str:
        return self.unit.form if self.span.labels else _letters(self.unit.form)

    @property
    def may_be_a_name(self) -> bool:
        """A word that is also a title or a subject is a name only with a capital, or behind a title: `Mr Head`."""
        if not self.span.labels:
            return self.form.isalpha()
        return len(self.span.units) == 1 and self.form.isalpha() and (self.unit.is_capital or self.has_a_title)

    @property
    def is_free(self) -> bool:
        """Whether nothing else is known of the word: it may be a given name, or an initial."""
        unlabelled = not (self.span.labels or self.span.parties) or (self.unit.is_initial and self.unit.is_capital)
        return unlabelled and self.form.isalpha()

    @property
    def is_ordinary(self) -> bool:
        """Whether it is written as an ordinary word, not as a given name: `little Smith`."""
        return not self.unit.is_capital and self.form in ordinary_words.ENGLISH


@dataclass(frozen=True)
class WesternPart:
    """The Latin words of one part. `behind_comma` are those of the next, if they may be given names: `Jones, Robert`."""

    words: tuple[Word, ...]
    behind_comma: tuple[str, ...]

    def given_names_at(self, first: int, last: int) -> list[str]:
        """The words next to a surname that may be its given names, but not what is said of it: `Smith's mate`."""
        before = []
        has_a_capital = self.words[first].unit.is_capital
        for word in reversed(self.words[max(0, first - MOST_GIVEN_NAMES) : first]):
            if not word.is_free or word.span.is_title or (has_a_capital and word.is_ordinary):
                break
            before.append(word.form)
        is_whose = self.words[last - 1].unit.shown.endswith(_POSSESSIVE)
        behind = [word.form for word in self.words[last : last + 1] if word.is_free and not is_whose]
        return [*before, *behind, *self.behind_comma]


def closed_up(text: str, names: WesternNames) -> str:
    """The text with a surname written in single letters closed up: `L a m b`."""

    def close_up(match: re.Match[str]) -> str:
        word = match.group().replace(" ", "")
        return word if names.bearers(word.casefold()) else match.group()

    return _SINGLE_LETTERS.sub(close_up, text)


def western_part(part: Part, after: Part | None, names: WesternNames) -> WesternPart:
    words = tuple(_words(part, names))
    return WesternPart(words, _given_names_behind_a_comma(words, after, names))


def _given_names_behind_a_comma(words: Sequence[Word], after: Part | None, names: WesternNames) -> tuple[str, ...]:
    """The words of the next part, if all of them are given names or initials of somebody with the surname before it."""
    if after is None or not after.follows_a_comma or after.is_bracket or not words or not words[-1].may_be_a_name:
        return ()
    if not all(span.is_title or (span.is_unknown and not span.is_han) or _is_initial(span) for span in after.spans):
        return ()
    given = tuple(word.form for word in _words(after, names) if word.is_free)
    for length in range(min(LONGEST_SURNAME, len(words)), 0, -1):
        for bearer in names.bearers("".join(word.form for word in words[-length:])):
            if all(bearer.may_have_given(word) or bearer.has_initials(word) for word in given):
                return given
    return ()


def _is_initial(span: Span) -> bool:
    return span.units[0].is_initial and span.units[0].is_capital


def _is_only_a_word(spans: Sequence[Span], at: int, names: WesternNames) -> bool:
    """Whether it is an ordinary word, and not somebody with the surname behind it: `Clarke Lane` where a Lane works."""
    return is_only_a_word(spans, at) and not names.bearers(spans[at + 1].form)


def _is_certain(span: Span) -> bool:
    """Whether it is somebody's name of several words, or a post by which they are called: *SENCO*."""
    is_a_post = Label.WORK_TITLE in span.labels and span.form not in TITLES_AND_SURNAMES
    return bool(span.parties) and (len(span.units) > 1 or is_a_post)


def _words(part: Part, names: WesternNames) -> Iterator[Word]:
    follows_a_title = False
    for i, span in enumerate(part.spans):
        if not (span.is_han or _is_certain(span) or _is_only_a_word(part.spans, i, names)):
            titled = follows_a_title or any(one.is_han and one.is_title for one in part.spans[i + 1 : i + 2])
            for unit in span.units:
                yield Word(unit, span, titled)
        follows_a_title = span.is_title


def _letters(word: str) -> str:
    """A word as it would be without a digit behind it or for a letter: `Smith2`, `J0nes`. A class such as `7B` stays."""
    bare = word.rstrip("0123456789").translate(_LETTER_FOR_A_DIGIT)
    return bare if len(bare) >= SHORTEST_WITH_A_DIGIT and not word.isalpha() else word


def western_found(part: WesternPart, names: WesternNames, han: HanNames) -> Found:
    """Everyone the Latin words could mean."""
    if not part.words:
        return NOTHING
    result, unplaced = _by_surname(part, names)
    is_surname = bool(result.parties)
    if not is_surname:
        result = _misspelt(part, names, unplaced)
    result |= _as_given_name(part, names, is_surname=is_surname) if result.parties else _by_given_name(part, names)
    if not result.parties:
        result = _by_initials(part, names) | _by_initials_in_pinyin(part, han)
    if result.doubt != Doubt.NONE or not result.parties:
        result |= _romanised(part, names, han)
    return result


def _by_surname(part: WesternPart, names: WesternNames) -> tuple[Found, set[int]]:
    """Everyone whose surname stands there, and which words are neither that nor a given name of somebody else."""
    result = NOTHING
    unplaced = set(range(len(part.words)))
    at = 0
    while at < len(part.words):
        length, bearers = longest_surname(part.words, at, names)
        if bearers:
            given = part.given_names_at(at, at + length)
            result |= which(bearers, given, names)
            if not given:
                result |= _each_by_itself(part.words[at : at + length], names)
            unplaced -= set(range(at, at + length))
        at += length
    return result, unplaced


def _each_by_itself(words: Sequence[Word], names: WesternNames) -> Found:
    """Everyone with one of several surnames that only a blank sets apart: `Smith Brown` may be two people, or Ms Smith-Brown."""
    if any(word.unit.gap.strip() for word in words[1:]):
        return NOTHING
    bearers = (name for word in words for name in names.bearers(word.form))
    return found((one.party for one in bearers), Doubt.PARTLY_NAMED) if len(words) > 1 else NOTHING


def longest_surname(words: Sequence[Word], at: int, names: WesternNames) -> tuple[int, tuple[WesternName, ...]]:
    """How many words the surname that begins here has, and who bears it; one word and nobody if none begins here."""
    for length in range(LONGEST_SURNAME, 0, -1):
        some = words[at : at + length]
        if all(word.may_be_a_name for word in some) and (bearers := names.bearers("".join(word.form for word in some))):
            return len(some), bearers
    return 1, ()


def which(bearers: Sequence[WesternName], given: Sequence[str], names: WesternNames) -> Found:
    """Those of a surname whom the given names fit; all of them if nothing says which, nobody if it is another's given name."""
    exact = [one for one in bearers if any(loose(word) in map(loose, one.given) for word in given if len(word) > 1)]
    if exact:
        return found(one.party for one in exact)
    if fitting := [one for one in bearers if any(one.has_given(word) or one.has_initials(word) for word in given)]:
        return found((one.party for one in fitting), Doubt.PARTLY_NAMED)
    if alike := [one for one in bearers if any(one.may_have_given(word) for word in given)]:
        return Found(frozenset(one.party for one in alike), Doubt.PERHAPS)
    if any(is_given_name(word) and not names.bearers(word) for word in given):
        return NOTHING
    return found((one.party for one in bearers), Doubt.PARTLY_NAMED)


def _misspelt(part: WesternPart, names: WesternNames, unplaced: set[int]) -> Found:
    result = NOTHING
    for at in sorted(unplaced):
        word = part.words[at]
        if not word.is_free or word.unit.is_initial:
            continue
        given = part.given_names_at(at, at + 1)
        if alike := names.misspelt(word.form, given, has_a_title=word.has_a_title):
            result |= Found(which(alike, given, names).parties, Doubt.PERHAPS)
    return result


def _as_given_name(part: WesternPart, names: WesternNames, *, is_surname: bool) -> Found:
    """Everyone whose given name is the only word there but for initials behind it, though it is, or is like, a surname: `James`
    is James Brown, too, and `Steven P` is Stephen Price beside Ms Stevenson. Behind a title, somebody's surname is no pet name."""
    words = [word for word in part.words if word.is_free]
    alone = bool(words) and not words[0].unit.is_initial and all(word.unit.is_initial for word in words[1:])
    if not alone or part.behind_comma:
        return NOTHING
    find = names.with_given if is_surname and words[0].has_a_title else names.called
    return found((one.party for one in find(words[0].form)), Doubt.PARTLY_NAMED)


def _by_given_name(part: WesternPart, names: WesternNames) -> Found:
    """Everyone with a given name that stands there, unless a surname of nobody here stands behind it."""
    if _is_of_a_relative(part.words):
        return NOTHING
    result = NOTHING
    for at, word in enumerate(part.words):
        behind = part.words[at + 1] if at + 1 < len(part.words) else None
        of_another = behind is not None and behind.is_free and behind.unit.is_capital and not behind.unit.is_initial
        if word.may_be_a_name and not word.unit.is_initial and not of_another:
            result |= found((one.party for one in names.called(word.form)), Doubt.PARTLY_NAMED)
    if not result and len(part.words) == 1 and part.words[0].is_free and not _is_an_abbreviation(part.words[0]):
        alike = (one.party for one in names.names if one.may_have_given(part.words[0].form))
        return Found(frozenset(alike), Doubt.PERHAPS)
    return result


def _is_of_a_relative(words: Sequence[Word]) -> bool:
    """Whether only a relative of whoever has a given name is spoken of, who is a pupil: `Omar's mother`, but not `Mr Omar's mother`."""
    if len(words) <= 1:
        return False
    owner, relative = words[-2:]
    is_whose = owner.unit.shown.endswith(_POSSESSIVE) and not owner.has_a_title
    return is_whose and relative.form in RELATIVES


def _is_an_abbreviation(word: Word) -> bool:
    """Whether it is what an office writes in capitals, and nobody's misspelt name: `AQA`."""
    return word.unit.shown.isupper() and len(word.form) <= LONGEST_ABBREVIATION


def _by_initials(part: WesternPart, names: WesternNames) -> Found:
    """Everyone whose initials stand there: `R. J.`, `RJ`; with a title one of any name of theirs: `Mr J`."""
    words = [word for word in _up_to_a_possessive(part.words) if not (word.span.is_title or _is_filler(word))]
    if not words or not all(_is_in_capitals(word) and (word.unit.is_initial or len(words) == 1) for word in words):
        return NOTHING
    written = "".join(word.form for word in words)
    titled = words[0].has_a_title and len(written) == 1
    own = (
        one
        for one in names.names
        if written in ({word[0] for word in (*one.given, *one.family)} if titled else one.initials)
    )
    return found((one.party for one in own), Doubt.PARTLY_NAMED)


def initials_like_titles(part: WesternPart, names: WesternNames) -> Found:
    """Everyone whose initials look like a title that stands there in capitals: HT is the headteacher, and may be Hal Tern."""
    titles = {word.span for word in part.words if word.span.labels & _HELD and _is_in_capitals(word)}
    written = {"".join(unit.form for unit in span.units) for span in titles}
    own = (one.party for one in names.names if not one.initials.isdisjoint(written)) if written else ()
    return found(own, Doubt.PARTLY_NAMED)


def _up_to_a_possessive(words: Sequence[Word]) -> Sequence[Word]:
    """The words up to whose something is: RJ of `RJ's decision`."""
    ends = (i for i, word in enumerate(words, start=1) if word.unit.shown.endswith(_POSSESSIVE))
    return words[: next(ends, len(words))]


def _is_filler(word: Word) -> bool:
    return word.span.labels == {Label.FILLER} and not word.unit.is_initial


def _is_in_capitals(word: Word) -> bool:
    return word.unit.shown[: len(word.unit.form)].isupper()


def _by_initials_in_pinyin(part: WesternPart, han: HanNames) -> Found:
    """Everyone whose Chinese name begins with these letters, if there is nothing else: `ZJG`, `zjg`, `W.F.`, `W老师`."""
    words = [word for word in part.words if not word.span.is_title]
    letters = "".join(word.form for word in words)
    alone = len(words) == 1 or all(word.unit.is_initial for word in words)
    if not letters.isalpha() or not alone or len(letters) > LONGEST_IN_INITIALS or words[0].span.labels:
        return NOTHING
    if len(letters) == 1 and not words[0].has_a_title:
        return NOTHING
    return found(han.with_initials(letters), Doubt.PARTLY_NAMED)


def _romanised(part: WesternPart, names: WesternNames, han: HanNames) -> Found:
    """Everyone whose Chinese surname may be written like this, or who has such a word in a name in Latin letters."""
    result = NOTHING
    all_pinyin = all(_IN_PINYIN.fullmatch(word.form) for word in part.words)
    for word in part.words:
        by_itself = word.has_a_title or all_pinyin or len(part.words) == 1
        is_a_word = bool(word.span.labels)
        if not word.may_be_a_name or word.span.parties or not (by_itself or (word.unit.is_capital and not is_a_word)):
            continue
        for surname in romanised_surnames(word.form):
            result |= found(han.bearers(surname), Doubt.PARTLY_NAMED)
        if word.form in ROMANISED_SURNAMES:
            result |= found((one.party for one in names.called(word.form)), Doubt.PARTLY_NAMED)
    return result


def romanised_surnames(word: str) -> Iterator[str]:
    """The Chinese surnames that a word may be, or that may begin it: `Wang`, `Wangfang`."""
    is_whole_name = _WHOLE_NAME_IN_PINYIN.fullmatch(word) is not None
    for romanised, surnames in ROMANISED_SURNAMES.items():
        if word == romanised or (is_whole_name and word.startswith(romanised)):
            yield from surnames
