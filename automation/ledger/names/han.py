"""Chinese names: who bears a surname, which given names there are, and what a misspelt name could be."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from automation.ledger.meant import Party
from automation.ledger.names.folding import HAN, name_form
from automation.ledger.names.lexicon import is_title
from sheet_schema import naming, words_of_work

COMMON_SURNAMES = frozenset(naming.SURNAMES) - {"\n"}
LONGEST_NAME = 4
_HOW_MANY = "一二两三四五几人位名等"
_LETTERS = "abcdefghjklmnopqrstwxyz"
_FIRST_OF_A_LETTER = tuple(
    int.from_bytes(character.encode("gb2312")) for character in "啊芭擦搭蛾发噶哈击喀垃妈拿哦啪期然撒塌挖昔压匝亍"
)
"""The first character of each letter of pinyin: GB 2312 has the 3,755 commonest characters in this order, then 亍."""
_ANY_LETTER = frozenset(_LETTERS)
Parties = frozenset[Party]
NOBODY_HERE: Parties = frozenset()


def surname_of(name: str) -> str:
    return name[:2] if name[:2] in naming.DOUBLE_SURNAMES and len(name) > 2 else name[:1]


@dataclass(frozen=True)
class HanNames:
    """The Chinese names of a directory: each spelling of each person, folded."""

    names: tuple[tuple[str, Party], ...]

    @cached_property
    def by_surname(self) -> Mapping[str, Parties]:
        grouped: defaultdict[str, set[Party]] = defaultdict(set)
        for name, party in self.names:
            grouped[surname_of(name)].add(party)
            grouped[name[:1]].add(party)
        return {surname: frozenset(parties) for surname, parties in grouped.items()}

    @cached_property
    def by_given(self) -> Mapping[str, Parties]:
        """Everybody by given name, and by each character of it."""
        grouped: defaultdict[str, set[Party]] = defaultdict(set)
        for name, party in self.names:
            given = name[len(surname_of(name)) :]
            for part in (given, *given):
                grouped[part].add(party)
        return {given: frozenset(parties) for given, parties in grouped.items() if given}

    @cached_property
    def givens(self) -> Mapping[str, Parties]:
        """Given names of two characters and more, which are names by themselves."""
        return {given: parties for given, parties in self.by_given.items() if len(given) > 1}

    def bearers(self, surname: str) -> Parties:
        return self.by_surname.get(surname, NOBODY_HERE)

    def with_initials(self, letters: str) -> Parties:
        """Everybody whose name, or surname if it is one letter, begins in pinyin like this: `ZJG` for 赵建国, `W` for 王芳."""
        return frozenset(party for name, party in self.names if _has_initials(name, letters))

    def is_surname(self, character: str) -> bool:
        return character in self.by_surname or character in COMMON_SURNAMES

    def misspelt(self, name: str) -> Parties:
        """Everybody whose name is this one but for a character: with the same surname, or with the same whole given name."""
        return frozenset(party for own, party in self.names if _is_slip(name, own))

    def with_title(self, name: str) -> Parties:
        """Everybody whom `name` and a title behind it could mean: 王老师, 小王老师, 高个子王老师, 和平老师, 芳老师."""
        bare = name.lstrip(naming.BEFORE_SURNAMES) or name
        if found := self.by_surname.get(bare) or self.by_given.get(bare):
            return found
        if len(bare) > 1 and bare == bare[0] * len(bare) and (found := self.by_given.get(bare[0])):
            return found
        if len(bare) <= LONGEST_NAME and self.is_surname(bare[0]) and (found := self.misspelt(bare)):
            return found
        if len(bare) == 2 and self.is_surname(bare[0]):
            return NOBODY_HERE
        tails = (self.misspelt(bare[-length:]) for length in (3, 2) if len(bare) > length)
        return frozenset().union(self.bearers(bare[-2:]), self.bearers(bare[-1:]), *tails)

    def without_title(self, name: str) -> Parties:
        """Everybody whom a name by itself could mean: 王, 小王, 和平."""
        bare = name[1:] if name[:1] in naming.BEFORE_SURNAMES and len(name) > 1 else name
        if bare in self.by_surname:
            return self.bearers(bare)
        if len(bare) == 2 and bare[1] in naming.SHORT_TITLES:
            return self.bearers(bare[0]) or self.by_given.get(bare[0], NOBODY_HERE)
        if len(bare) > 1 and bare[-2] in naming.BEFORE_A_LONE_SURNAME and bare[-1] in self.by_surname:
            return self.bearers(bare[-1])
        if bare in (bare[0], bare[0] * 2):
            return self.by_given.get(bare[0], NOBODY_HERE)
        return self.givens.get(bare, NOBODY_HERE)

    def with_work(self, name: str) -> Parties:
        """Everybody whose surname stands before what they do: 张总务, 小王教务."""
        works = (work for work in words_of_work.SHORT_WORKS if name.endswith(work) and len(name) > len(work))
        return frozenset().union(*(self.with_title(name.removesuffix(work)) for work in works))

    def several_surnames(self, name: str) -> Parties:
        """Everybody with one of several surnames written together: 王李两位老师."""
        bare = name.rstrip(_HOW_MANY)
        together = 1 < len(bare) <= LONGEST_NAME and all(one in self.by_surname for one in bare)
        return frozenset().union(*map(self.bearers, bare)) if together else NOBODY_HERE

    def misspelt_alone(self, name: str) -> Parties:
        """Everybody whom a name by itself could mean, if it is misspelt: 王方."""
        bare = name[1:] if name[:1] in naming.BEFORE_SURNAMES and len(name) > 2 else name
        return self.misspelt(bare) if 1 < len(bare) <= LONGEST_NAME else NOBODY_HERE


def _is_slip(one: str, other: str) -> bool:
    from rapidfuzz.distance import OSA  # only where no name fits as it is written

    if len(other) < 2 or abs(len(one) - len(other)) > 1 or OSA.distance(one, other) > 1:
        return False
    same_surname = surname_of(one) == surname_of(other) or one[:1] == other[:1]
    return (
        same_surname or (len(one) > 2 and len(other) > 2) or (one[1:] == other[1:] and _sound_alike(one[0], other[0]))
    )


def _sound_alike(one: str, other: str) -> bool:
    """Whether two surnames are written alike in Latin letters: 张 and 章."""
    return any(one in alike and other in alike for alike in naming.ROMANISED_SURNAMES.values())


def _has_initials(name: str, letters: str) -> bool:
    own = name if len(letters) > 1 else name[:1]
    surnames = {word[0] for word, alike in naming.ROMANISED_SURNAMES.items() if name[0] in alike}
    firsts = [surnames | initials_of(name[0]), *map(initials_of, own[1:])]
    return len(own) == len(letters) and all(letter in first for letter, first in zip(letters, firsts, strict=True))


def initials_of(character: str) -> frozenset[str]:
    """The letter with which a character begins in pinyin; of a rare one, which GB 2312 does not have in this order, any."""
    try:
        high, low = character.encode("gb2312")
    except UnicodeEncodeError:
        return _ANY_LETTER
    at = bisect_right(_FIRST_OF_A_LETTER, high * 256 + low) - 1
    return frozenset(_LETTERS[at]) if 0 <= at < len(_LETTERS) else _ANY_LETTER


def han_spelling(spelling: str) -> str:
    """The folded spelling without a title behind it, if it is Chinese: 王芳 for 王芳老师, 王 for 王老师; else `""`."""
    form = name_form(spelling)
    if not form or not all(HAN.match(letter) for letter in form):
        return ""
    return next((form[:length] for length in range(1, len(form)) if is_title(form[length:])), form)
