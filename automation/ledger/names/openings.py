"""How long a phrase may be that begins with a word: most words begin none, and no length is tried that no phrase has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from automation.ledger.names.folding import HAN
from automation.ledger.names.units import Wording

FIRST_LETTERS = 3
LONGEST_PHRASE = 64
"""How many Latin words are tried as one phrase. A longer name is found only where it fills a cell: otherwise a page
pasted into a cell of names would be tried at every length from every word."""


@dataclass(frozen=True)
class Openings:
    """The lengths of phrases by how they begin: in letters by the first Chinese character, in words at most by the first
    Latin letters."""

    han: Mapping[str, frozenset[int]] = field(default_factory=dict)
    latin: Mapping[str, int] = field(default_factory=dict)

    def __or__(self, other: Openings) -> Openings:
        han = {**self.han, **{first: self.han.get(first, frozenset()) | some for first, some in other.han.items()}}
        latin = {**self.latin, **{first: max(self.latin.get(first, 0), most) for first, most in other.latin.items()}}
        return Openings(han, latin)

    def ends(self, text: Wording, at: int) -> Iterator[int]:
        """Where a phrase that begins at this word may end, the longest first."""
        unit = text.units[at]
        if unit.is_han:
            lengths = sorted(self.han.get(unit.form, ()), reverse=True)
            stop = text.end_of_phrase(at) if lengths else at
            return (end for length in lengths if (end := text.end_after(at, length)) and end <= stop)
        most = self.latin.get(unit.form[:FIRST_LETTERS], 0)
        return iter(range(min(text.end_of_phrase(at), at + most), at, -1) if most else ())


def openings_of(phrases: Iterable[str], longest: int = 0) -> Openings:
    """`longest` is how many words a Latin one may have if its own blanks do not tell."""
    han: defaultdict[str, set[int]] = defaultdict(set)
    latin: defaultdict[str, int] = defaultdict(int)
    for phrase in phrases:
        if HAN.match(phrase):
            han[phrase[0]].add(len(phrase) - phrase.count(" "))
            continue
        words = min(max(longest, phrase.count(" ") + 1), LONGEST_PHRASE)
        for length in range(1, FIRST_LETTERS + 1):
            latin[phrase[:length]] = max(words, latin[phrase[:length]])
    return Openings({first: frozenset(lengths) for first, lengths in han.items()}, latin)
