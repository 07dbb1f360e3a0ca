"""Takes a text apart into words: a Latin word or number is one, and so is each Chinese character."""

from __future__ import annotations

import itertools
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from automation.ledger.names.folding import HAN, folded_letters
from automation.ledger.names.markup import without_markup

_APOSTROPHES = str.maketrans(dict.fromkeys("’‘ʼ`´′＇", "'"))
_WORD = re.compile(rf"{HAN.pattern}|(?:(?!{HAN.pattern})[^\W_])+(?:'(?:(?!{HAN.pattern})[^\W_])+)*'?")
_NOT_LETTERS = re.compile(r"[\W_]+")
_ENDS_A_NAME = re.compile(r"[;、|\n\r/\\_&+=~,(\[{<【〔)\]}>】〕:。!—–\u2190-\u21ff\u2794-\u27be]|\s-\s|\s-$|^-\s")
_DASHES = ("-", "–", "—")
_LONGEST_NAME = 100
"""The words of a longer text, which is hardly a name and may be a page, are not kept."""
_DOTS = re.compile("[·•・∙‧⋅]")
"""They end a Western name: `• Smith • Brown`. Chinese ones may have such a dot inside: 阿依古丽·买买提."""
_ENDS_A_PHRASE = re.compile(r"[;、|\n]")
ENDS_A_SENTENCE = re.compile(r"[.;!?。\n\r:]")


@dataclass(frozen=True)
class Unit:
    """One word of a text. `gap` is what stands between it and the word before."""

    form: str
    shown: str
    start: int
    gap: str

    @cached_property
    def is_han(self) -> bool:
        return HAN.match(self.form) is not None

    @property
    def end(self) -> int:
        return self.start + len(self.shown)

    @property
    def is_capital(self) -> bool:
        return self.shown[:1].isupper()

    @property
    def is_initial(self) -> bool:
        return len(self.form) == 1 and self.form.isalpha() and not self.is_han

    @cached_property
    def opens_a_part(self) -> bool:
        """Whether what stands before the word ends the name before it."""
        return _ENDS_A_NAME.search(self.gap) is not None or (not self.is_han and _DOTS.search(self.gap) is not None)

    @property
    def follows_a_comma(self) -> bool:
        return "," in self.gap and not _ENDS_A_NAME.search(self.gap.replace(",", " "))

    @property
    def follows_a_dash(self) -> bool:
        """Whether a dash with blanks stands before the word: `Ann Lee - teacher`."""
        return self.gap.strip() in _DASHES and len(self.gap) > 1

    @property
    def opens_a_bracket(self) -> bool:
        return any(bracket in self.gap for bracket in "([{<【〔")


def readable(text: str) -> str:
    """The text with one kind of apostrophe and one width, and without a web page's markup."""
    plain = unicodedata.normalize("NFKC", text.translate(_APOSTROPHES))
    shown = without_markup(plain)
    return plain if shown is plain else unicodedata.normalize("NFKC", shown.translate(_APOSTROPHES))


def units_of(text: str) -> Sequence[Unit]:
    """The words of a text that was made `readable`. A possessive loses its ending: `Smith's` → `smith`."""
    return _units_of_a_name(text) if len(text) <= _LONGEST_NAME else _units_in(text)


@lru_cache(maxsize=2**12)
def _units_of_a_name(text: str) -> Sequence[Unit]:
    return _units_in(text)


def _units_in(text: str) -> Sequence[Unit]:
    units = []
    at = 0
    for match in _WORD.finditer(text):
        shown = match.group()
        if form := _form(shown):
            units.append(Unit(form, shown, match.start(), text[at : match.start()]))
            at = match.end()
    return tuple(units)


@lru_cache(maxsize=2**14)
def _form(word: str) -> str:
    bare = word[:-2] if word.endswith(("'s", "'S")) else word
    return _NOT_LETTERS.sub("", folded_letters(bare))


def joined_form(units: Sequence[Unit]) -> str:
    """The words' forms as a name is compared: without anything between them."""
    return "".join(unit.form for unit in units)


def spoken_form(units: Sequence[Unit]) -> str:
    """The words' forms as a phrase is compared: Latin words are kept apart."""
    return "".join(unit.form if unit.is_han else f" {unit.form}" for unit in units).lstrip()


class Wording:
    """A text's words, with their forms end to end: the form of a phrase is one slice of them."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.units = units
        joined = [unit.form for unit in units]
        spoken = [unit.form if unit.is_han else f" {unit.form}" for unit in units]
        self._joined, self._joined_at = "".join(joined), [0, *itertools.accumulate(map(len, joined))]
        self._spoken, self._spoken_at = "".join(spoken), [0, *itertools.accumulate(map(len, spoken))]
        self._word_at = {letters: at for at, letters in enumerate(self._joined_at)}
        self._breaks = [at for at, unit in enumerate(units) if _ENDS_A_PHRASE.search(unit.gap)]

    def joined(self, start: int, end: int) -> str:
        """What `joined_form` makes of these words."""
        return self._joined[self._joined_at[start] : self._joined_at[end]]

    def spoken(self, start: int, end: int) -> str:
        """What `spoken_form` makes of these words."""
        return self._spoken[self._spoken_at[start] : self._spoken_at[end]].lstrip()

    def end_of_phrase(self, start: int) -> int:
        """Where a phrase that begins here ends at the latest: at a line or a semicolon."""
        behind = bisect_right(self._breaks, start)
        return self._breaks[behind] if behind < len(self._breaks) else len(self.units)

    def end_after(self, start: int, length: int) -> int:
        """Where a phrase of so many letters ends that begins here; 0 if that is within a word or behind the text."""
        return self._word_at.get(self._joined_at[start] + length, 0)
