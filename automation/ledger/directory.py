"""Finds which person or department a written name means. There is one directory, and everything asks it.

Names match by name, other name, title, role word or address, whatever their width, case, accents and characters; what
could be several people means all of them, until the office makes it exact (docs/design.md#p5.3).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from automation.ledger.meant import Meant, Party
from automation.ledger.names.among_the_few import may_be_any_of_the_few
from automation.ledger.names.columns import NamesToFind
from automation.ledger.names.folding import name_form
from automation.ledger.names.found import Doubt, Found
from automation.ledger.names.index import addresses_of, index_of, spellings_of
from automation.ledger.names.lexicon import Span, owners_of, surname_alone
from automation.ledger.names.markup import without_markup
from automation.ledger.names.mentions import mentioned
from automation.ledger.names.part_read import PartRead
from automation.ledger.names.pieces import LONGEST, pieces_of
from automation.ledger.names.plain import is_plainly_a_name, leaves_room, stands_for_somebody
from automation.ledger.names.posts import is_a_post
from automation.ledger.names.reading import Reader
from automation.ledger.names.units import readable, units_of
from automation.ledger.normal_form import names_nobody
from automation.ledger.people import Department, Person
from sheet_schema.naming import COURTESY, PLACEHOLDERS, SAYS_NOTHING, TELLING_COURTESY

Parties = frozenset[Party]
NOBODY_HERE: Parties = frozenset()


def person_named(name: str, people: Iterable[Person]) -> Person | None:
    """The person with this name, whatever its width, case or spaces; None if nobody has it."""
    wanted = name_form(name)
    return next((person for person in people if name_form(person.name) == wanted), None) if wanted else None


@lru_cache(maxsize=4)
def directory_of(people: tuple[Person, ...], departments: tuple[Department, ...]) -> Directory:
    """The directory of these, which is the same for as long as none of their rows changes, whatever becomes of the rules."""
    return Directory(people, departments)


@dataclass(frozen=True)
class Directory:
    """Finds people and departments by what others call them."""

    people: tuple[Person, ...]
    departments: tuple[Department, ...]

    @cached_property
    def spellings(self) -> Mapping[str, Parties]:
        """Everyone who has a name or other name, by its folded form. One letter is nobody's name."""
        return spellings_of(self.people, self.departments)

    @cached_property
    def _reader(self) -> Reader:
        return index_of(self.people, self.departments)

    @cached_property
    def _read(self) -> Callable[[str], Sequence[PartRead]]:
        """Reads a text against all names; the latest are kept, as the same names stand in many cells and several checks ask."""
        return lru_cache(maxsize=2**10)(self._read_anew)

    def _read_anew(self, text: str) -> Sequence[PartRead]:
        """Every part of a text. Pages of text are no cell of names: who is mentioned in them is perhaps meant, or anybody."""
        if len(text) <= LONGEST:
            return self._reader.read(text)
        pieces = dict.fromkeys(pieces_of(without_markup(text)))
        mentions = (one.parties for piece in pieces for _, one in mentioned(piece, self._reader))
        return [PartRead(text, Found(frozenset().union(*mentions), Doubt.PERHAPS), is_stranger=True)]

    def meant_by(self, about: str) -> Meant:
        """Everyone that the cell `about` may mean: nobody for `-` or a blank cell."""
        if names_nobody(about) or not about.strip():
            return Meant()
        if (exact := self._whole_name(about)) is not None:
            return Meant(frozenset((exact,)))
        if _is_no_name(about):
            return Meant(strangers=(about.strip(),))
        read = [part for part in self._read(about) if not names_nobody(part.text)]
        return Meant(
            frozenset().union(*(part.found.parties for part in read)),
            tuple(doubt for part in read for doubt in _unsure(part.text, part.found)),
            tuple(part.text for part in read if part.is_stranger or is_a_placeholder(part.text)),
        )

    def mentioned_in(self, summaries: Sequence[str]) -> Mapping[int, Meant]:
        """Everyone named in these texts, by the position of the text. Role words and single given names are no mention."""
        pieces: dict[str, list[int]] = {}
        for i, summary in enumerate(summaries):
            for piece in pieces_of(without_markup(summary)):
                pieces.setdefault(piece, []).append(i)
        texts, named = list(pieces), defaultdict[int, list[tuple[str, Found]]](list)
        for at in self._names_to_find.positions(texts):
            found = list(mentioned(texts[at], self._reader))
            for i in pieces[texts[at]]:
                named[i] += found
        return {
            i: Meant(
                frozenset().union(*(one.parties for _, one in several)),
                tuple(dict.fromkeys(doubt for text, one in several for doubt in _unsure(text, one))),
            )
            for i, several in named.items()
            if any(one for _, one in several)
        }

    @cached_property
    def _names_to_find(self) -> NamesToFind:
        entries: tuple[Person | Department, ...] = (*self.people, *self.departments)
        return NamesToFind(
            tuple(self.spellings),
            frozenset(address for entry in entries for address in addresses_of(entry)),
            tuple(spelling for person in self.people for spelling in (person.name, *person.also_called)),
            tuple(form for form, owners in self.spellings.items() if not all(one.is_department for one in owners)),
            tuple(self._reader.short_names.stems),
        )

    def person(self, text: str) -> str:
        """The person's name as in People, for a cell that names one; `""` for none or several."""
        return self._one_named(text, is_department=False)

    def department(self, text: str) -> str:
        """The department's name as in Departments, for a cell that names one; `""` for none or several."""
        return self._one_named(text, is_department=True)

    def nearest(self, text: str) -> str:
        """The name most like what somebody wrote, as the ledger has it; `""` if none is like it."""
        from automation.ledger.names.nearest import nearest_name  # only for a name that is nobody's

        return nearest_name(text, self.spellings)

    def leaves_open(self, cell: str) -> bool:
        """Whether a cell that says who reads a mailbox may mean somebody whom it does not name: a group, a post that nobody
        is known to hold, others beside a name (docs/design.md#p5.4)."""
        if len(cell) > LONGEST:
            return True
        owners = owners_of(cell, self.spellings)
        if owners and not stands_for_somebody(cell):
            return all(one.is_department for one in owners)
        read = [part for part in self._read(cell) if not part.says_their_post]
        others = leaves_room(cell) or not read or any(_may_be_others(part) for part in read)
        return others and not is_plainly_a_name(cell)

    def _whole_name(self, text: str) -> Party | None:
        """The one party whose whole name this is; None if several have it, or if it is only a surname or a post."""
        owners = owners_of(text, self.spellings)
        if len(owners) != 1:
            return None
        (owner,) = owners
        is_only_theirs = self._reader.with_title_alone(units_of(readable(text)), owners) <= owners
        return owner if is_only_theirs and _is_whole(owner, text) else None

    def _is_cut_short(self, owner: Party, text: str) -> bool:
        """Whether this is a surname or a title that others have as well, and stands so in no cell of theirs: the
        `Mr Smith` of *Mr Smith (Maths)*."""
        typed = (one for entry in self.people if entry.name == owner.name for one in (entry.name, *entry.also_called))
        if owner.is_department or name_form(text) in map(name_form, typed):
            return False
        parties = frozenset((owner,))
        return not self._reader.bearers(Span(tuple(units_of(readable(text))), parties=parties)) <= parties

    def _one_named(self, text: str, *, is_department: bool) -> str:
        owners = owners_of(text, self.spellings)
        fits = [p for p in owners if p.is_department == is_department]
        exact = [p for p in fits if p.name == text.strip()]
        if exact or (len(fits) == 1 and not self._is_cut_short(fits[0], text)):
            return (exact or fits)[0].name
        if owners or _is_no_name(text) or names_nobody(text):
            return ""
        return self._reader.department_named(text) if is_department else _person_read(self._read(text))


def says_nothing(about: str) -> bool:
    """Whether a cell neither names anybody nor says that it is about nobody: `...`, `/`, `x`, 某, `he`, `Mr`, `he/she`, 某部门."""
    words = [word for word in re.split(r"[\W_]+", about.casefold()) if word]
    return (
        _is_no_name(about)
        or all(word in SAYS_NOTHING or is_a_placeholder(word) for word in words)
        or all(word in _TITLES_ALONE for word in words)  # but `Mr He` and `Mr X` may be somebody's names
    )


def _is_no_name(text: str) -> bool:
    """Whether a text is never read as a name, whoever works here."""
    form = name_form(text)
    return not form or (len(form) == 1 and form.isascii()) or form in SAYS_NOTHING or is_a_placeholder(text)


_TITLES_ALONE = COURTESY - TELLING_COURTESY


def settles_nothing(meant: Meant) -> bool:
    """Whether each part of a cell says nothing, so that it is as if About were blank (docs/design.md#p5.16)."""
    return meant.names_only_strangers and all(map(says_nothing, meant.strangers))


def is_a_placeholder(text: str) -> bool:
    """Whether a text only stands for a name that is not written: 某, `XX`."""
    form = name_form(text)
    return bool(form) and all(letter in PLACEHOLDERS for letter in form)


def _is_whole(owner: Party, text: str) -> bool:
    """Whether a name can only be its owner's: not a surname that others may bear, nor a department called like a post."""
    units = units_of(readable(text))
    return not is_a_post(units) if owner.is_department else not surname_alone(units)


def _person_read(read: Sequence[PartRead]) -> str:
    """The one person that all parts mean, if none of it is in such doubt or nobody here. 教务处王主任 is a person."""
    people = {party for part in read for party in part.found.parties if not party.is_department}
    certain = all(part.found.doubt != Doubt.PERHAPS and not part.is_stranger for part in read)
    (one,) = people if len(people) == 1 else (None,)
    return one.name if one is not None and certain else ""


def _may_be_others(part: PartRead) -> bool:
    """Whether a part of a cell may mean somebody else than those it is known to name."""
    if may_be_any_of_the_few(part.text):
        return True
    known = part.found.people and part.found.doubt != Doubt.PERHAPS and not part.is_stranger
    return not known and not is_plainly_a_name(part.text)


def _unsure(text: str, one: Found) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """A text in doubt, with the names of all it could mean. Where a person and a department have this name, nothing is more exact."""
    names = {party.name for party in one.parties}
    is_everybodys = len(one.parties) > 1 and {name_form(name) for name in names} == {name_form(text)}
    return ((text, tuple(sorted(names))),) if one.doubt and names and not is_everybodys else ()
