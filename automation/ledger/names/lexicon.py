"""Says of each word in a text what it may be: somebody's name, a title, a role, a subject, a group.

The longest phrase counts: `Health and Safety` is one department, and its `and` joins nobody.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from functools import cache, cached_property

from automation.ledger.meant import Party
from automation.ledger.names.folding import HAN, loose, name_form
from automation.ledger.names.units import Unit, joined_form, readable, spoken_form, units_of
from sheet_schema import naming


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


FIRST_LETTERS = 3
TITLES = frozenset({Label.COURTESY, Label.WORK_TITLE, Label.ROLE})
_LABELLED: Mapping[Label, Iterable[str]] = {
    Label.COURTESY: naming.COURTESY,
    Label.WORK_TITLE: naming.WORK_TITLES,
    Label.ROLE: [word for words in naming.ROLE_WORDS for word in words],
    Label.POST_BEHIND: naming.POSTS_BEHIND,
    Label.POST_BEFORE: naming.POSTS_BEFORE,
    Label.SUBJECT: naming.SUBJECTS,
    Label.GROUP: naming.GROUPS,
    Label.OUTSIDE: naming.OUTSIDE,
    Label.FILLER: naming.FILLERS,
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

    @property
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
    known: Mapping[str, frozenset[Label]] = field(default_factory=known_phrases)

    @cached_property
    def _reach_of_names(self) -> Mapping[str, int]:
        return self._reach(self.spellings, self.loose_spellings)

    @cached_property
    def _reach_of_phrases(self) -> Mapping[str, int]:
        return self._reach(self.spellings, self.loose_spellings, self.heads, self.givens, self.known)

    def _reach(self, *phrases: Iterable[str]) -> Mapping[str, int]:
        """How many words a phrase may have, by the letters it begins with: most words begin none."""
        reach: defaultdict[str, int] = defaultdict(int)
        for phrase in itertools.chain(*phrases):
            words = len(phrase) if HAN.match(phrase) else max(self.longest, phrase.count(" ") + 1)
            for length in range(1, FIRST_LETTERS + 1):
                reach[phrase[:length]] = max(words, reach[phrase[:length]])
        return reach

    def spans(self, units: Sequence[Unit]) -> list[Span]:
        """The words in phrases: people's whole names first, then the longest phrase from left to right."""
        names = self._whole_names(units)
        starts = sorted(names)
        found: list[Span] = []
        at = 0
        while at < len(units):
            limit = next((one for one in starts if one > at), len(units))
            span = names.get(at) or self._longest_from(units, at, limit)
            found.append(span)
            at += len(span.units)
        return found

    def _whole_names(self, units: Sequence[Unit]) -> dict[int, Span]:
        """People's names of several words or characters, by where they begin."""
        names: dict[int, Span] = {}
        at = 0
        while at < len(units):
            for end in range(
                _end_of_phrase(units, at, self._reach_of_names.get(units[at].form[:FIRST_LETTERS], 1)), at + 1, -1
            ):
                span = self._span(tuple(units[at:end]))
                if span is not None and any(not party.is_department for party in span.parties):
                    names[at] = span
                    at = end - 1
                    break
            at += 1
        return names

    def _longest_from(self, units: Sequence[Unit], at: int, limit: int) -> Span:
        reach = self._reach_of_phrases.get(units[at].form[:FIRST_LETTERS])
        for end in range(min(limit, _end_of_phrase(units, at, reach)) if reach else at, at, -1):
            span = self._span(tuple(units[at:end]))
            if span is not None and not (span.labels == {Label.GROUP} and self._cuts_a_title(units, at, end)):
                return span
        return Span((units[at],))

    def _cuts_a_title(self, units: Sequence[Unit], start: int, end: int) -> bool:
        """Whether Chinese characters that are no word by themselves end with the first one of a title: 学校 in 教学校长."""
        inside = start > 0 and units[start].is_han and units[start - 1].is_han and not units[start].gap
        title = "".join(unit.form for unit in units[end - 1 : end + 1])
        return inside and end - start > 1 and bool(self.known.get(title, frozenset()) & TITLES)

    def _span(self, units: tuple[Unit, ...]) -> Span | None:
        joined = joined_form(units)
        parties = self.spellings.get(joined, frozenset())
        if not parties and not units[0].is_han:
            parties = self.loose_spellings.get(loose(joined), frozenset())
        across = any(unit.opens_a_part for unit in units[1:])
        if across:
            return (
                Span(units, parties=parties) if parties and not _holds_another(units, parties, self.spellings) else None
            )
        labels = self.known.get(spoken_form(units), frozenset())
        heads = self.heads.get(joined, frozenset())
        givens = self.givens.get(joined, frozenset())
        return Span(units, labels, parties, heads, givens) if labels or parties or heads or givens else None


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


def _end_of_phrase(units: Sequence[Unit], at: int, longest: int) -> int:
    """Where a phrase that begins here ends at the latest: at a line, a semicolon, or after so many words."""
    end = at + 1
    while end < min(len(units), at + longest) and not any(mark in units[end].gap for mark in ";、|\n"):
        end += 1
    return end
