"""Western names: who bears a surname, and which given names, initials and pet names fit whom.

nameparser knows titles, suffixes and `Last, First`; nicknames knows Bob and Kate; rapidfuzz finds slips. They are imported
when a text is not simply somebody's whole name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

from automation.ledger.meant import Party
from automation.ledger.names.folding import HAN, loose
from automation.ledger.names.units import readable, units_of
from sheet_schema.naming import GLUED_TITLES

if TYPE_CHECKING:
    from nicknames import NickNamer

_PARTICLES = frozenset(
    ("van", "der", "den", "de", "la", "le", "von", "bin", "ibn", "al", "el", "da", "di", "dos", "du", "st", "the")
)
MOST_WORDS_OF_A_SURNAME = 8
SHORTEST_WITH_A_SLIP = 4
"""A shorter surname with one letter changed is another surname: Lloyd and Loyd, but not Lee and Leo."""
SHORTEST_WITH_A_SLIP_AND_A_GIVEN_NAME = 3
SHORTEST_WITH_TWO_SLIPS = 9
SHORTEST_CUT_SHORT = {False: 3, True: 2}
"""Behind a title; by whether it may be the O of O'Connell and the letter behind."""
_SPELLED_ALIKE = (("ph", "v"), ("f", "v"), ("ck", "k"), ("c", "k"), ("y", "i"), ("z", "s"))
_DOUBLED = re.compile(r"([^aeiou])\1+")
LETTERS_OF_A_PET_NAME = 3
"""Given names that begin with the same letters may be the same person's: Robbie and Robert, which no list has."""


@dataclass(frozen=True)
class WesternName:
    """One spelling of one person, its words folded. A name of one word is given name and surname."""

    party: Party
    given: tuple[str, ...]
    family: tuple[str, ...]

    @property
    def surnames(self) -> frozenset[str]:
        """What may stand for the surname: each of its words but particles and the O of O Neill, and all of them together."""
        words = [word for word in self.family if word not in _PARTICLES]
        long = [word for word in words if len(word) > 1] or words
        return frozenset({*long, "".join(self.family), "".join(words)}) - {""}

    def has_given(self, word: str) -> bool:
        """Whether the word is a given name of theirs, or a pet name of it."""
        return word == "".join(self.given) or any(_is_called(word, own) for own in self.given)

    def may_have_given(self, word: str) -> bool:
        """The same, or with a slip."""
        return self.has_given(word) or any(_sounds_alike(word, own) for own in self.given)

    @property
    def initials(self) -> frozenset[str]:
        """The first letters of all their names, of the first with any word of the surname, and of a surname of several words."""
        words = [*self.given, *self.family]
        surname = ["".join(word[0] for word in self.family)] if len(self.family) > 1 else []
        return frozenset(
            ("".join(word[0] for word in words), *(words[0][0] + word[0] for word in self.family), *surname)
        )

    def has_initials(self, word: str) -> bool:
        """Whether the word is an initial, several, or a name of which this one has only the initial."""
        initials = "".join(own[0] for own in self.given)
        return (
            word == initials
            or (len(word) == 1 and word in initials)
            or any(len(own) == 1 and own == word[0] for own in self.given)
        )


def western_name(party: Party, spelling: str) -> WesternName | None:
    """The parts of a spelling; None if it has no Latin letters."""
    text = readable(spelling)
    if HAN.search(text):
        return None
    import nameparser  # only for a text that is not somebody's whole name

    parsed = nameparser.parse(text)
    given = _words(f"{parsed.given} {parsed.middle} {parsed.nickname}")
    family = _words(parsed.family)
    return WesternName(party, given or family, family or given) if given or family else None


def _words(text: str) -> tuple[str, ...]:
    return tuple(unit.form for unit in units_of(text))


@dataclass(frozen=True)
class WesternNames:
    """The Western names of a directory."""

    spellings: tuple[tuple[Party, str], ...]

    @cached_property
    def names(self) -> tuple[WesternName, ...]:
        """The parts of each spelling, taken apart once somebody asks."""
        return tuple(name for party, spelling in self.spellings if (name := western_name(party, spelling)))

    @cached_property
    def _words(self) -> frozenset[str]:
        """Every word of a Western name, and a few from it on: no surname is anything else."""
        words = (_words(readable(spelling)) for _, spelling in self.spellings if not HAN.search(spelling))
        return frozenset(
            loose(part)
            for one in words
            for i in range(len(one))
            for end in range(i + 1, min(i + MOST_WORDS_OF_A_SURNAME, len(one)) + 1)
            for part in ("".join(one[i:end]),)
        )

    @cached_property
    def by_surname(self) -> Mapping[str, tuple[WesternName, ...]]:
        return _grouped((loose(word), name) for name in self.names for word in name.surnames)

    @cached_property
    def by_given(self) -> Mapping[str, tuple[WesternName, ...]]:
        return _grouped((loose(word), name) for name in self.names for word in name.given if len(word) > 1)

    def bearers(self, word: str) -> tuple[WesternName, ...]:
        """Everybody with this surname; `the Smiths` are Smith, too, and so is `MrSmith`."""
        forms = dict.fromkeys(loose(form) for form in (word, *_without_a_plural(word), *_without_a_title(word)))
        return tuple(name for form in forms if form in self._words for name in self.by_surname.get(form, ()))

    @cached_property
    def _by_sound(self) -> Mapping[str, tuple[WesternName, ...]]:
        return _grouped((_sound(word), name) for name in self.names for word in name.given if len(word) > 1)

    def with_given(self, word: str) -> tuple[WesternName, ...]:
        """Everybody with this given name, however it is spelled: Stephen, Steven."""
        return self._by_sound.get(_sound(word), ()) if len(word) > 1 else ()

    def called(self, word: str) -> tuple[WesternName, ...]:
        """The same, or with one it is short for: Steve, Stephen, Steven."""
        sounds = dict.fromkeys(_sound(form) for form in (word, *pet_names(word)) if len(form) > 1)
        return tuple(dict.fromkeys(name for sound in sounds for name in self._by_sound.get(sound, ())))

    def misspelt(self, word: str, neighbours: Sequence[str], *, has_a_title: bool = False) -> tuple[WesternName, ...]:
        """Everybody whose surname is this but for a slip; a short one only if a neighbouring word is their given name, or one
        of the two is longer and a title stands before it: `Mr Pel`."""
        return tuple(
            name
            for surname, names in self.by_surname.items()
            for name in names
            if _begins(word, surname, has_a_title=has_a_title)
            or (
                any(is_slip(form, surname) for form in {word, loose(word)})
                and (
                    min(len(word), len(surname)) >= SHORTEST_WITH_A_SLIP
                    or (
                        min(len(word), len(surname)) >= SHORTEST_WITH_A_SLIP_AND_A_GIVEN_NAME
                        and (
                            any(name.may_have_given(other) for other in neighbours)
                            or (has_a_title and max(len(word), len(surname)) >= SHORTEST_WITH_A_SLIP)
                        )
                    )
                )
            )
        )


def _grouped(pairs: Iterable[tuple[str, WesternName]]) -> Mapping[str, tuple[WesternName, ...]]:
    grouped: defaultdict[str, list[WesternName]] = defaultdict(list)
    for word, name in pairs:
        if name not in grouped[word]:
            grouped[word].append(name)
    return {word: tuple(names) for word, names in grouped.items()}


def _without_a_plural(word: str) -> Iterator[str]:
    return (word.removesuffix(ending) for ending in ("s", "es") if word.endswith(ending) and len(word) > 3)


def _without_a_title(word: str) -> Iterator[str]:
    return (word.removeprefix(title) for title in GLUED_TITLES if word.startswith(title))


def is_slip(one: str, other: str) -> bool:
    """Whether two words differ by a letter changed, added, left out or swapped; long ones by two."""
    from rapidfuzz.distance import OSA  # only where no name fits as it is written

    most = 2 if min(len(one), len(other)) >= SHORTEST_WITH_TWO_SLIPS else 1
    return OSA.distance(one, other) <= most


def _begins(word: str, name: str, *, has_a_title: bool) -> bool:
    """Whether a word is a name cut short: `Venkat`, behind a title also `Mr Mac`, and `Mrs O'C`, as Irish ones are."""
    shortest = SHORTEST_CUT_SHORT[word[0] == "o"] if has_a_title else SHORTEST_WITH_A_SLIP
    return len(word) >= shortest and name.startswith(word)


def _is_called(word: str, own: str) -> bool:
    return loose(word) == loose(own) or (min(len(word), len(own)) > 1 and own in pet_names(word))


def _sounds_alike(word: str, own: str) -> bool:
    """Whether two given names are easily taken for each other: Shaun and Sean, Jon and John, Robbie and Robert."""
    from rapidfuzz.distance import OSA  # only where no name fits as it is written

    if min(len(word), len(own)) < SHORTEST_WITH_A_SLIP - 1:
        return False
    if word[:LETTERS_OF_A_PET_NAME] == own[:LETTERS_OF_A_PET_NAME]:
        return True
    return is_slip(word, own) or (word[0] == own[0] and OSA.distance(word, own) <= 2)


@cache
def _sound(word: str) -> str:
    """A given name as it may also be spelled: Stephen and Steven, Mohamed and Mohammed, Kate and Cate, Sarah and Sara, Ann and Anne."""
    form = loose(word)
    for spelled, heard in _SPELLED_ALIKE:
        form = form.replace(spelled, heard)
    form = form[:1] + form[1:].replace("h", "")
    form = _DOUBLED.sub(r"\1", form)
    return form.removesuffix("e") if len(form) > SHORTEST_WITH_A_SLIP - 1 else form


@cache
def pet_names(word: str) -> frozenset[str]:
    """The names that this one is short for, those it has for short, and others short for the same: Kate, Katherine, Kathy."""
    names = _nicknamer()
    whole = {word, *names.canonicals_of(word)}
    return frozenset(short for name in whole for short in {name, *names.nicknames_of(name)}) - {word}


def is_given_name(word: str) -> bool:
    """Whether this is known as somebody's given name: then `Peter Smith` is not John Smith."""
    return bool(pet_names(word))


@cache
def _nicknamer() -> NickNamer:
    from nicknames import NickNamer  # only for a given name that nobody here has as it is written

    return NickNamer()
