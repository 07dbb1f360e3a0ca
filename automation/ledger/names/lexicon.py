"""Says of each word in a text what it may be: somebody's name, a title, a role, a subject, a group.

The longest phrase counts: `Health and Safety` is one department, and its `and` joins nobody.
"""

from __future__ import annotations

import itertools
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache, cached_property

from automation.ledger.meant import Party
from automation.ledger.names.folding import loose, name_form
from automation.ledger.names.openings import Openings, openings_of
from automation.ledger.names.units import Unit, Wording, joined_form, readable, spoken_form, units_of
from sheet_schema import naming, words_beside, words_of_a_school


class Label(Enum):
    """What a phrase may be besides a name."""

    COURTESY = auto()
    WORK_TITLE = auto()
    ROLE = auto()
    POST_BEHIND = auto()
    POST_BEFORE = auto()
    SUBJECT = auto()
    GROUP = auto()
    OUTSIDE = auto()
    FILLER = auto()
    JOINING = auto()
    JOB = auto()


TITLES = frozenset({Label.COURTESY, Label.WORK_TITLE, Label.ROLE})
_LABELLED: Mapping[Label, Iterable[str]] = {
    Label.COURTESY: naming.COURTESY,
    Label.WORK_TITLE: naming.WORK_TITLES,
    Label.ROLE: [word for words in naming.ROLE_WORDS for word in words],
    Label.POST_BEHIND: naming.POSTS_BEHIND,
    Label.POST_BEFORE: naming.POSTS_BEFORE,
    Label.SUBJECT: naming.SUBJECTS,
    Label.GROUP: naming.GROUPS | words_of_a_school.PLACES,
    Label.OUTSIDE: naming.OUTSIDE,
    Label.FILLER: naming.FILLERS | words_beside.FILLERS,
    Label.JOINING: naming.JOINING,
    Label.JOB: naming.JOBS,
}


@cache
def known_phrases() -> Mapping[str, frozenset[Label]]:
    """What each phrase of `sheet_schema/naming.py` may be. They stand there as `spoken_form` would make them."""
    phrases: dict[str, frozenset[Label]] = {}
    for label, words in _LABELLED.items():
        for word in words:
            phrases[word] = phrases.get(word, frozenset()) | {label}
    return phrases


@cache
def _known_openings() -> Openings:
    return openings_of(known_phrases())


def is_title(phrase: str) -> bool:
    return bool(known_phrases().get(phrase, frozenset()) & TITLES)


def surname_alone(units: Sequence[Unit]) -> str:
    """The surname, if a name is nothing but that, or that with a title; else `""`."""
    forms = [unit.form for unit in units]
    if units[0].is_han:
        for length in (2, 1):
            if is_title("".join(forms[length:])):
                return "".join(forms[:length])
        return "".join(forms) if "".join(forms) in naming.DOUBLE_SURNAMES else ""
    bare = [form for form in forms if not is_title(form)] or forms
    return bare[0] if len(bare) == 1 else ""


@cache
def roles_called() -> Mapping[str, frozenset[str]]:
    """The keys of the roles that a phrase may mean."""
    return {word: frozenset(role.key for role in roles) for words, roles in naming.ROLE_WORDS.items() for word in words}


@dataclass(frozen=True)
class Span:
    """Neighbouring words that are one thing, or one word of which nothing is known."""

    units: tuple[Unit, ...]
    labels: frozenset[Label] = frozenset()
    parties: frozenset[Party] = frozenset()
    heads: frozenset[Party] = frozenset()
    """Departments whose head is meant: `教务主任`."""
    givens: frozenset[Party] = frozenset()
    """Everybody who has this as a given name: 和平 for 王和平."""

    @property
    def is_unknown(self) -> bool:
        return not (self.labels or self.parties or self.heads or self.givens)

    @property
    def is_title(self) -> bool:
        return bool(self.labels & TITLES)

    @property
    def is_han(self) -> bool:
        return self.units[0].is_han

    @cached_property
    def form(self) -> str:
        return spoken_form(self.units)


@dataclass(frozen=True)
class Lexicon:
    """The names of a directory by their form, together with the words of `sheet_schema/naming.py`."""

    spellings: Mapping[str, frozenset[Party]]
    loose_spellings: Mapping[str, frozenset[Party]]
    heads: Mapping[str, frozenset[Party]]
    givens: Mapping[str, frozenset[Party]]
    longest: int

    @property
    def known(self) -> Mapping[str, frozenset[Label]]:
        return known_phrases()

    @cached_property
    def _openings_of_names(self) -> Openings:
        return openings_of((*self.spellings, *self.loose_spellings), self.longest)

    @cached_property
    def _openings(self) -> Openings:
        return self._openings_of_names | openings_of((*self.heads, *self.givens), self.longest) | _known_openings()

    def spans(self, units: Sequence[Unit]) -> list[Span]:
        """The words in phrases: people's whole names first, then the longest phrase from left to right."""
        text = Wording(units)
        names = self._whole_names(text)
        starts = sorted(names)
        found: list[Span] = []
        at = 0
        while at < len(units):
            behind = bisect_right(starts, at)
            limit = starts[behind] if behind < len(starts) else len(units)
            span = names.get(at) or self._longest_from(text, at, limit)
            found.append(span)
            at += len(span.units)
        return found

    def _whole_names(self, text: Wording) -> dict[int, Span]:
        """People's names of several words or characters, by where they begin."""
        names: dict[int, Span] = {}
        at = 0
        while at < len(text.units):
            for end in self._openings_of_names.ends(text, at):
                parties = self._parties(text, at, end) if end > at + 1 else ()
                if any(not party.is_department for party in parties) and (span := self._span(text, at, end)):
                    names[at] = span
                    at = end - 1
                    break
            at += 1
        return names

    def _longest_from(self, text: Wording, at: int, limit: int) -> Span:
        for end in self._openings.ends(text, at):
            span = self._span(text, at, end) if end <= limit else None
            if span is not None and not (span.labels == {Label.GROUP} and self._cuts_a_title(text.units, at, end)):
                return span
        return Span((text.units[at],))

    def _cuts_a_title(self, units: Sequence[Unit], start: int, end: int) -> bool:
        """Whether Chinese characters that are no word by themselves end with the first one of a title: 学校 in 教学校长."""
        inside = start > 0 and units[start].is_han and units[start - 1].is_han and not units[start].gap
        title = "".join(unit.form for unit in units[end - 1 : end + 1])
        return inside and end - start > 1 and bool(self.known.get(title, frozenset()) & TITLES)

    def _parties(self, text: Wording, start: int, end: int) -> frozenset[Party]:
        """Everyone whose whole name these words are."""
        joined = text.joined(start, end)
        parties = self.spellings.get(joined, frozenset())
        if not parties and not text.units[start].is_han:
            parties = self.loose_spellings.get(loose(joined), frozenset())
        return parties

    def _span(self, text: Wording, start: int, end: int) -> Span | None:
        joined = text.joined(start, end)
        parties = self._parties(text, start, end)
        labels = self.known.get(text.spoken(start, end), frozenset())
        heads = self.heads.get(joined, frozenset())
        givens = self.givens.get(joined, frozenset())
        if not (labels or parties or heads or givens):
            return None
        units = tuple(text.units[start:end])
        if any(unit.opens_a_part for unit in units[1:]):
            is_name = parties and not _holds_another(units, parties, self.spellings)
            return Span(units, parties=parties) if is_name else None
        return Span(units, labels, parties, heads, givens)


WORDS_ALONE = Lexicon({}, {}, {}, {}, longest=1)
"""The words of `sheet_schema/naming.py` without anybody's name."""


def owners_of(text: str, spellings: Mapping[str, frozenset[Party]]) -> frozenset[Party]:
    """Everyone whose whole name a text is, whatever stands between its words; nobody if it names somebody else as well."""
    owners = spellings.get(name_form(text))
    return owners if owners and not _holds_another(units_of(readable(text)), owners, spellings) else frozenset()


def _holds_another(units: Sequence[Unit], owners: frozenset[Party], spellings: Mapping[str, frozenset[Party]]) -> bool:
    """Whether a separator in a name sets apart somebody else's whole name: `Ann Lee; Ng` is not Ann Lee Ng alone."""
    starts = [0, *(at for at in range(1, len(units)) if units[at].opens_a_part), len(units)]
    pieces = (joined_form(units[start:end]) for start, end in itertools.pairwise(starts))
    return any(not one.is_department for piece in pieces for one in spellings.get(piece, frozenset()) - owners)
