"""Who reads which mailbox, who stands in for whom, and so what a case must not be sent to (docs/design.md#p5.4).

Mail is read by people, not by names: whoever is kept out of a case may have the address of a colleague or of a
department as well, or a stand-in who acts for them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from automation.ledger.addresses import addresses_in, mailbox_of
from automation.ledger.chats import chat_address
from automation.ledger.directory import Directory
from automation.ledger.meant import Party
from automation.ledger.names.role_words import roles_in
from automation.ledger.people import NO_ROW, Department, Person
from automation.ledger.policy import Policy
from sheet_schema.vocabulary import Role
from sheet_schema.word import lookup, word_form

ANYBODY = Party("*")
"""Who reads a mailbox of which *Read by* says that a group does, or leaves open who."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """A person, or a department's mailbox. `address` is blank where none is known."""

    name: str
    address: str
    is_department: bool = False


@dataclass(frozen=True, slots=True)
class Barred:
    """Everybody, and every address, that must get nothing of a case."""

    parties: frozenset[Party] = frozenset()
    addresses: frozenset[str] = frozenset()

    def bars(self, reader: Recipient) -> bool:
        return Party(reader.name, reader.is_department) in self.parties or mailbox_of(reader.address) in self.addresses


@dataclass(frozen=True)
class Mailboxes:
    """Everybody who is named in the ledger, with the addresses they read."""

    policy: Policy
    _barred: dict[tuple[frozenset[Party], date], Barred] = field(default_factory=dict, compare=False, repr=False)
    _by_day: dict[date, dict[str, frozenset[Party]]] = field(default_factory=dict, compare=False, repr=False)

    def barred(self, parties: frozenset[Party], day: date) -> Barred:
        """These people and departments, whoever stands in for them that day, and every address that any of them reads."""
        known = self._barred.get((parties, day))
        if known is None:
            everybody = parties | {one for party in parties for one in self._stand_ins_of(party, day)}
            kept_out = frozenset(
                address for address, readers in self._readers_on(day).items() if readers & (everybody | {ANYBODY})
            )
            known = self._barred[parties, day] = Barred(everybody, kept_out)
        return known

    def heads_of(self, department: str) -> frozenset[Party]:
        """Everybody whom the cell Head of this department may mean or, where nothing says who opens its mailbox, whoever
        holds the post that the department is called by: 纪检监察室."""
        return self._heads.get(department, frozenset())

    def acting_for(self, cell: str, day: date) -> frozenset[Party]:
        """Everybody whom a cell with one name in it means or, where that is nobody's exact name, may mean, and whoever
        stands in that day for one who is away."""
        meant = self._meant([cell])
        return meant.union(*(self._stand_ins_of(party, day) for party in meant if self._may_be_away(party, day)))

    def opened_by(self, name: str, day: date) -> frozenset[str]:
        """Every address that this person reads that day, as mailboxes are compared, with that of their chat."""
        reader = Party(name)
        return frozenset(address for address, readers in self._readers_on(day).items() if reader in readers)

    def are_all_among(self, roles: frozenset[str], address: str, day: date) -> bool:
        """Whether everybody who reads what is sent there has one of these roles."""
        return not self.read_by_others(roles, address, day)

    def read_by_others(self, roles: frozenset[str], address: str, day: date) -> frozenset[Party]:
        """Everybody who reads what is sent there and has none of these roles; and each department whose mailbox it is, as long
        as nobody has said who opens it."""
        named = {entry.name for entry in self.policy.named_departments if entry.head or entry.read_by}
        return frozenset(
            party
            for party in self._readers_on(day).get(mailbox_of(address), frozenset())
            if (party.name not in named if party.is_department else not self._has_one_of(roles, party.name))
        )

    def _has_one_of(self, roles: frozenset[str], name: str) -> bool:
        return not roles.isdisjoint({*self.roles_of(name), lookup(Role).get(word_form(name), "")})

    def is_the_office(self, reader: Recipient, day: date) -> bool:
        """Whether the reader works in the letters and visits office, or the mailbox is its own: the one that answers go
        to, or one that nobody else opens."""
        address = mailbox_of(reader.address)
        if address and address == mailbox_of(self.policy.settings["reply_to"]):
            return True
        if not reader.is_department:
            return Role.OFFICE in self.roles_of(reader.name)
        return self.are_all_among(frozenset((Role.OFFICE.key,)), reader.address, day)

    def roles_of(self, name: str) -> frozenset[str]:
        """The roles of whoever has this name in People."""
        return self._roles.get(name, frozenset())

    def addresses_of(self, name: str, *, is_department: bool = False) -> tuple[str, ...]:
        """The addresses of the person or the department."""
        named: Iterable[Person | Department] = (
            self.policy.named_departments if is_department else self.policy.named_people
        )
        return tuple(address for entry in named if entry.name == name for address in addresses_in(entry.email))

    def _stand_ins_of(self, party: Party, day: date) -> Iterable[Party]:
        """The stand-in of a person and, while that one is away, the next, down to one who is there."""
        waiting, seen = [party], {party}
        while waiting:
            one = waiting.pop()
            for person in self._people.get(one.name, ()) if not one.is_department else ():
                for next_one in self._meant([person.stand_in]) - seen:
                    seen.add(next_one)
                    yield next_one
                    if self._may_be_away(next_one, day):
                        waiting.append(next_one)

    def _may_be_away(self, party: Party, day: date) -> bool:
        """Whether somebody else acts for them, or a row of theirs that cannot be used leaves that open."""
        rows = self._people.get(party.name, ())
        return any(is_away(entry, day) for entry in rows) or (bool(rows) and party.name not in self._roles)

    def _meant(self, cells: Iterable[str]) -> frozenset[Party]:
        """The people whom these cells name, or may name. Somebody who is not in People is known by the name typed."""
        meant: set[Party] = set()
        for cell in cells:
            if cell:
                known = self.policy.directory.person(cell)
                meant.add(Party(known or cell))
                if not self._has_row(known):
                    meant |= self._could_be(cell)
        return frozenset(meant)

    def _has_row(self, name: str) -> bool:
        """Whether the person stands in People, and is not only named in another cell."""
        return any(entry.row != NO_ROW for entry in self._people.get(name, ()))

    def _could_be(self, cell: str) -> frozenset[Party]:
        """Everybody with a row whom a cell may mean that is nobody's exact name."""
        parties = self.policy.directory.meant_by(cell).parties | self._listed.meant_by(cell).parties
        return frozenset(party for party in parties if not party.is_department)

    def _opening(self, department: Department) -> frozenset[Party]:
        """Everybody who may open the department's mailbox: its head, and whoever is named or meant in Read by."""
        readers = self.heads_of(department.name)
        for cell in (*department.read_by, *department.left_open):
            role = lookup(Role).get(word_form(cell), "")
            named = self._meant([cell]) | {Party(name) for name, roles in self._roles.items() if role in roles}
            readers |= named
            holds_it = bool(role) and any(self._has_row(one.name) for one in named)
            if cell in department.left_open and not holds_it:  # a group, or others beside a name
                groups = [party.name for party in self._listed.meant_by(cell).parties if party.is_department]
                readers = readers.union({ANYBODY}, *map(self.heads_of, groups))
        return readers

    @cached_property
    def _members(self) -> dict[str, frozenset[Party]]:
        """By the address of each chat, everybody who is known to read it. In a room, which several share or a department
        has, others read along who stand nowhere (docs/design.md#p5.24)."""
        members: defaultdict[str, set[Party]] = defaultdict(set)
        for person in self.policy.named_people:
            members[chat_address(person.chat)].add(Party(person.name))
        owned = {address for address, parties in members.items() if len(parties) == 1}
        for department in self.policy.named_departments:
            room = chat_address(department.chat)
            members[room] |= {Party(department.name, is_department=True), *self._opening(department)}
            owned.discard(room)
        members.pop("", None)
        return {one: frozenset(who if one in owned else {*who, ANYBODY}) for one, who in members.items()}

    def is_a_room(self, address: str) -> bool:
        """Whether a chat is read by more than the one person who has it."""
        return ANYBODY in self._members.get(address, {ANYBODY})

    @property
    def rooms(self) -> frozenset[str]:
        """The addresses of all chats that are read by more than one person."""
        return frozenset(address for address in self._members if self.is_a_room(address))

    @cached_property
    def _heads(self) -> dict[str, frozenset[Party]]:
        heads: defaultdict[str, frozenset[Party]] = defaultdict(frozenset)
        for entry in self.policy.named_departments:
            heads[entry.name] |= self._meant([entry.head])
            if not (entry.head or entry.read_by):
                called = frozenset[str]().union(*map(roles_in, (entry.name, *entry.also_called)))
                heads[entry.name] |= {Party(name) for name, roles in self._roles.items() if roles & called}
        return dict(heads)

    @cached_property
    def _listed(self) -> Directory:
        """The directory of those who have a row in People: somebody typed elsewhere only may be one of them."""
        listed = tuple(person for person in self.policy.named_people if person.row != NO_ROW)
        return Directory(listed, self.policy.named_departments)

    @cached_property
    def _people(self) -> dict[str, list[Person]]:
        by_name: defaultdict[str, list[Person]] = defaultdict(list)
        for person in self.policy.named_people:
            by_name[person.name].append(person)
        return dict(by_name)

    @cached_property
    def _roles(self) -> dict[str, frozenset[str]]:
        """The roles of everybody who has a row in People that counts."""
        roles: defaultdict[str, frozenset[str]] = defaultdict(frozenset)
        for person in self.policy.people:
            roles[person.name] |= {*person.roles}
        return dict(roles)

    def _readers_on(self, day: date) -> dict[str, frozenset[Party]]:
        """By address, everybody who reads what is sent there, with whoever stands in that day for one who is away."""
        if day not in self._by_day:
            acting = {
                party: frozenset(self._stand_ins_of(party, day))
                for readers in self._readers.values()
                for party in readers
                if self._may_be_away(party, day)
            }
            self._by_day[day] = {
                address: readers.union(*(acting[party] for party in readers if party in acting))
                for address, readers in self._readers.items()
            }
        return self._by_day[day]

    @cached_property
    def _readers(self) -> dict[str, frozenset[Party]]:
        """By address, everybody who reads what is sent there."""
        readers: defaultdict[str, set[Party]] = defaultdict(set)
        for person in self.policy.named_people:
            for address in addresses_in(person.email):
                readers[mailbox_of(address)].add(Party(person.name))
        for department in self.policy.named_departments:
            opened_by = self._opening(department)
            for address in addresses_in(department.email):
                readers[mailbox_of(address)] |= {Party(department.name, is_department=True), *opened_by}
        for address, members in self._members.items():
            readers[address] |= members
        return {address: frozenset(parties) for address, parties in readers.items()}


def is_away(person: Person, day: date) -> bool:
    """Whether the person is absent that day, or has left. With the last day alone they are away until then."""
    if person.absent_from is None:
        return person.absent_until is not None and person.absent_until >= day
    away = person.absent_from <= day
    return away and (person.absent_until is None or person.absent_until >= day)
