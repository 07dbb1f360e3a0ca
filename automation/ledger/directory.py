"""Finds which person or department a written name means, and notices when it could mean several.

"Names match name and also_called after normalising width, spaces and case; where a name could be several people
(王老师, a misspelling), all of them are treated as meant until the office makes it exact, and the row says so."
(docs/design.md#p5.3)
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property

from automation.ledger.meant import Meant, Party
from automation.ledger.normal_form import names_nobody, normal, split
from automation.ledger.people import Department, Person

_NOT_LETTERS = re.compile(r"[\W_]+")
_TITLE_AFTER = re.compile(
    r"(老师|教师|班主任|主任|副校长|校长|书记|组长|处长|科长|主管|师傅|医生|先生|女士|某某?|某)+$"
)
_TITLE_BEFORE = re.compile(r"^(mrs?|ms|miss|mx|dr|sir|prof|professor|teacher|head|madam)\.?\s+", re.IGNORECASE)
_HAN = re.compile(r"[\u3400-\u9fff]")
_DOUBLE_SURNAMES = frozenset(
    (
        "欧阳",
        "司马",
        "上官",
        "诸葛",
        "东方",
        "皇甫",
        "尉迟",
        "公孙",
        "慕容",
        "令狐",
        "司徒",
        "夏侯",
        "端木",
        "南宫",
        "西门",
    )
)


def person_named(name: str, people: Iterable[Person]) -> Person | None:
    """The person with this name, whatever its width, case or spaces; None if nobody has it."""
    wanted = normal(name)
    return next((person for person in people if normal(person.name) == wanted), None) if wanted else None


@dataclass(frozen=True)
class Directory:
    """Finds people and departments by what others call them."""

    people: tuple[Person, ...]
    departments: tuple[Department, ...]

    @cached_property
    def spellings(self) -> dict[str, frozenset[Party]]:
        """Everyone who has a name or other name, by its normal form. One letter is nobody's name."""
        parties: defaultdict[str, set[Party]] = defaultdict(set)
        entries: tuple[Person | Department, ...] = (*self.people, *self.departments)
        for entry in entries:
            party = Party(entry.name, isinstance(entry, Department))
            for spelling in (entry.name, *entry.also_called):
                if len(normal(spelling)) > 1:
                    parties[normal(spelling)].add(party)
        return {spelling: frozenset(owners) for spelling, owners in parties.items()}

    def department(self, text: str) -> str:
        """The department's name as in Departments, for what somebody typed; `""` for none or several."""
        return self._listed_name(text, is_department=True)

    def person(self, text: str) -> str:
        """The person's name as in People, for what somebody typed; `""` for none or several."""
        return self._listed_name(text, is_department=False)

    def _listed_name(self, text: str, *, is_department: bool) -> str:
        fits = [p for p in self.spellings.get(normal(text), ()) if p.is_department == is_department]
        exact = [p for p in fits if p.name == text.strip()]
        return exact[0].name if exact else fits[0].name if len(fits) == 1 else ""

    def meant_by(self, about: str) -> Meant:
        """Everyone that the cell `about` may mean: nobody for `-` or a blank cell."""
        parties: set[Party] = set()
        unsure = []
        for name in split(about):
            if names_nobody(name):
                continue
            found, exact = self._candidates(name)
            parties |= found
            if not exact and found:
                unsure.append((name, tuple(sorted(party.name for party in found))))
        return Meant(frozenset(parties), tuple(unsure))

    def _candidates(self, name: str) -> tuple[frozenset[Party], bool]:
        """Everyone one name may mean, and whether that is certain."""
        if parties := self.spellings.get(normal(name)):
            return parties, len(parties) == 1
        inside = [parties for spelling, parties in self.spellings.items() if occurs(spelling, name)]
        if inside:
            return frozenset().union(*inside), all(len(parties) == 1 for parties in inside)
        alike = frozenset(
            Party(person.name)
            for person in self.people
            if any(_could_be(name, spelling) for spelling in (person.name, *person.also_called))
        )
        return alike, False


def occurs(spelling: str, text: str) -> bool:
    """Whether a text contains a name given in normal form; a Latin one as whole words (`Library` has no `Li`)."""
    if spelling not in normal(text):
        return False
    if _HAN.search(spelling):
        return True
    return _whole_words(spelling).search(unicodedata.normalize("NFKC", text).casefold()) is not None


@cache
def _whole_words(spelling: str) -> re.Pattern[str]:
    letters = r"[\W_]*".join(re.escape(letter) for letter in spelling)
    return re.compile(rf"(?<![a-z0-9]){letters}(?![a-z0-9])")


def _could_be(written: str, name: str) -> bool:
    """Whether a name as written may mean this person: by surname and title, or misspelt by one letter."""
    if _HAN.search(name):
        return _could_be_han(normal(written), normal(name))
    bare = _TITLE_BEFORE.sub("", unicodedata.normalize("NFKC", written).strip())
    tokens, own = _tokens(bare), _tokens(name)
    if not tokens or not own:
        return False
    if len(tokens) == 1:
        return tokens[0] in own or (len(tokens[0]) > 4 and any(_one_slip(tokens[0], token) for token in own))
    return (
        _one_slip("".join(tokens), "".join(own))
        or set(tokens) == set(own)
        or (tokens[-1] == own[-1] and tokens[0][0] == own[0][0] and min(len(tokens[0]), len(own[0])) == 1)
    )


def _tokens(name: str) -> list[str]:
    return [token for token in _NOT_LETTERS.split(unicodedata.normalize("NFKC", name).casefold()) if token]


def _could_be_han(written: str, name: str) -> bool:
    titled = _TITLE_AFTER.search(written)
    bare = written[: titled.start()] if titled else written
    surname = name[:2] if name[:2] in _DOUBLE_SURNAMES else name[:1]
    if titled and bare == surname:
        return True
    return len(bare) > 1 and bare[:1] == name[:1] and len(name) > 1 and _one_slip(bare, name)


def _one_slip(one: str, other: str) -> bool:
    """Whether the two are equal but for one letter: changed, added, left out or swapped with its neighbour."""
    if one == other:
        return True
    if abs(len(one) - len(other)) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[start:], other[start:]
    return a[1:] == b[1:] or a == b[1:] or a[1:] == b or (len(a) > 1 and a[1::-1] + a[2:] == b)
