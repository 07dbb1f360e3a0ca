"""Who holds a role for a case today, and may be told of it.

A notice goes "to whoever holds the role now (stand-ins for the absent; someone who has left: the head)"
(docs/design.md#p4.11). "Nobody in conflict gets any notice of the case at any level, as handler, copy, stand-in, head,
leader or reader of a digest" (docs/design.md#p5.2).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from automation.cases.confidentiality import Confidence
from automation.ledger.directory import person_named
from automation.ledger.normal_form import is_address, normal
from automation.ledger.notices import HOLDER_SEPARATOR, NO_CASE, Notice
from automation.ledger.people import Department, Person
from automation.ledger.policy import Policy
from automation.ledger.table import Table
from sheet_schema.vocabulary import PERSONAL, Role, Who

ROLES = frozenset(role.key for role in Role)


@dataclass(frozen=True, slots=True)
class Recipient:
    """A person, or a department's mailbox. `address` is blank where none is known."""

    name: str
    address: str
    is_department: bool = False


@dataclass(frozen=True)
class Recipients:
    """Finds who holds which role on one day, in general or for one case."""

    policy: Policy
    register: Table
    confidence: Confidence
    day: date

    def told(self, notice: Notice) -> tuple[Recipient, ...]:
        """Everyone who gets the notice, each once."""
        if notice.case_at != NO_CASE:
            return self.holding(notice.slot, notice.case_at, notice.holder.partition(HOLDER_SEPARATOR)[0])
        if notice.kind in PERSONAL:
            return tuple(dict.fromkeys(self._named([notice.slot], None)))
        return self.in_role(notice.slot)

    def in_role(self, slot: str) -> tuple[Recipient, ...]:
        """Everyone who holds the role today, in conflict with a case or not. Ask `holding` about a case."""
        return tuple(dict.fromkeys(self._named(self._names_in_role(slot), None)))

    def of_department(self, department: Department) -> tuple[Recipient, ...]:
        """Who gets a department's mail: its mailbox; without one its head, or the head's stand-in."""
        return tuple(dict.fromkeys(self._handler(department, "")))

    def holding(self, slot: str, case_at: int, department_name: str = "") -> tuple[Recipient, ...]:
        """Everyone in the role who may be told of the case, each once.

        `slot` is a role's key or a person's name, `case_at` the case's position. `department_name` is given where a
        department other than the case's own is meant.
        """
        own = str(self.register["department"][case_at])
        department = self._department(department_name or own)
        elsewhere = bool(department_name) and normal(department_name) != normal(own)
        if slot == Who.HANDLER.key:
            holders = self._handler(department, "" if elsewhere else str(self.register["handler"][case_at]))
        elif slot == Who.HEAD.key:
            holders = self._named([department.head] if department else [], department)
        elif slot == Role.DUTY.key and (names := self._on_duty()):
            holders = self._named(names, department)
        elif slot == Role.LEADER.key and department is not None and department.leader:
            holders = self._named([department.leader], department)
        else:
            holders = self._named(self._names_in_role(slot), department)
        return tuple(dict.fromkeys(reader for reader in holders if not self._barred(reader, case_at)))

    def _names_in_role(self, slot: str) -> list[str]:
        """The names of all who have the role. A slot that is not a role is itself a name."""
        if slot not in ROLES:
            return [slot]
        return [person.name for person in self.policy.people if slot in person.roles]

    def _on_duty(self) -> list[str]:
        return [turn.person for turn in self.policy.duty if turn.start <= self.day <= turn.until]

    def _handler(self, department: Department | None, handler: str) -> Iterator[Recipient]:
        """The case's handler; without one the department's mailbox; without that its head."""
        if handler:
            yield from self._named([handler], department)
        elif department is not None and department.email:
            yield from (Recipient(department.name, one, is_department=True) for one in addresses(department.email))
        elif department is not None:
            yield from self._named([department.head], department)

    def _named(self, names: Iterable[str], department: Department | None) -> Iterator[Recipient]:
        for name in names:
            person = person_named(name, self.policy.people)
            if person is not None:
                yield from self._present(person, department)

    def _present(self, person: Person, department: Department | None) -> Iterator[Recipient]:
        """The person, or their stand-in while they are absent.

        For someone who has left (`absent_until` is blank) without a stand-in, the department's head takes over.
        """
        away = person.absent_from is not None and person.absent_from <= self.day
        if not away or (person.absent_until is not None and person.absent_until < self.day):
            yield from _readers(person)
            return
        substitute = person_named(person.stand_in, self.policy.people)
        if substitute is None and person.absent_until is None and department is not None:
            substitute = person_named(department.head, self.policy.people)
        if substitute is not None and substitute.name != person.name:
            yield from _readers(substitute)

    def _barred(self, reader: Recipient, case_at: int) -> bool:
        return self.confidence.bars(case_at, reader.name, is_department=reader.is_department) or (
            reader.is_department and self._head_barred(reader.name, case_at)
        )

    def _head_barred(self, department: str, case_at: int) -> bool:
        """Whether the department's head, who also reads its mailbox, is in conflict (docs/design.md#p5.4)."""
        heads = [entry.head for entry in self.policy.departments if entry.name == department]
        return any(self.confidence.bars(case_at, head) for head in heads)

    def _department(self, name: str) -> Department | None:
        wanted = normal(name)
        return (
            next((entry for entry in self.policy.departments if normal(entry.name) == wanted), None) if wanted else None
        )


def _readers(person: Person) -> Iterator[Recipient]:
    yield from (Recipient(person.name, address) for address in addresses(person.email) or ("",))


def may_be_written_to(policy: Policy, reader: Recipient) -> bool:
    """Whether the reader has an address, within `allowed_domains` if that setting is filled in."""
    typed = policy.settings["allowed_domains"].replace("；", ";").split(";")
    allowed = [part.strip().casefold() for part in typed]
    domain = reader.address.rpartition("@")[2].casefold()
    return is_address(reader.address) and (allowed == [""] or domain in allowed)


def addresses(cell: str) -> tuple[str, ...]:
    """The mail addresses in a cell, separated by `;`, `、` or spaces."""
    return tuple(part for part in re.split(r"[;；、\s]+", cell) if part)
