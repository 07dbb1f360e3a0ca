"""Whom to turn to about a case instead of the office, where somebody who works there must not know of it (docs/design.md#p5.18).

Whoever works in the office reads the mailbox that answers go to, and whoever asks there may ask them.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from automation.cases.mailboxes import Recipient, is_away
from automation.cases.recipients import INSTEAD_OF_THE_OFFICE, Recipients, may_be_written_to
from automation.ledger.addresses import addresses_in
from automation.ledger.people import Person
from sheet_schema.vocabulary import Role

INSTEAD = (Role.OFFICE, *INSTEAD_OF_THE_OFFICE)
"""Whom to turn to: a colleague there, else whoever comes first here."""


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to turn to, with a telephone number and an address that nobody in conflict has; blank where there is none."""

    name: str
    phone: str
    address: str
    in_office: bool


def kept_from_the_office(recipients: Recipients, mailbox: str) -> frozenset[int]:
    """The positions of the cases about somebody who works in the office, or reads this mailbox, to which answers go."""
    confidence = recipients.confidence
    there = [Recipient(person.name, "") for person in recipients.policy.people if Role.OFFICE in person.roles]
    asked = [*there, Recipient("", mailbox)]
    return frozenset(at for at in confidence.in_conflict if any(confidence.bars(at, one) for one in asked))


def contact(recipients: Recipients, cases: Collection[int], not_to: str = "") -> Contact | None:
    """The first who is there, may know of all these cases and can be reached; never whoever is called `not_to`."""
    for role in INSTEAD:
        for person in recipients.policy.people:
            if role in person.roles and person.name != not_to and not is_away(person, recipients.day):
                found = _reached(recipients, cases, person)
                if found is not None and (found.phone or found.address):
                    return found
    return None


def _reached(recipients: Recipients, cases: Collection[int], person: Person) -> Contact | None:
    def may_know(address: str) -> bool:
        return all(recipients.confidence.may_know(at, Recipient(person.name, address)) for at in cases)

    if not may_know(""):
        return None
    readers = [Recipient(person.name, address) for address in addresses_in(person.email) if may_know(address)]
    own = next((reader.address for reader in readers if may_be_written_to(recipients.policy, reader)), "")
    return Contact(person.name, usable_number(recipients, cases, person), own, Role.OFFICE in person.roles)


def usable_number(recipients: Recipients, cases: Collection[int], person: Person) -> str:
    """The number under which somebody is reached today; blank while they are away, and if somebody whom one of these cases
    is about has it, too."""
    if is_away(person, recipients.day) and person.name not in [turn.person for turn in recipients.on_duty()]:
        return ""
    sharing = [other for other in recipients.policy.people if same_number(recipients, person, other)]
    barred = any(recipients.confidence.bars(at, Recipient(other.name, "")) for other in sharing for at in cases)
    return "" if barred else _number_of(recipients, person)


def same_number(recipients: Recipients, one: Person, other: Person) -> bool:
    """Whether the two have one number, whatever blanks and signs stand in it."""
    first, second = (_digits(_number_of(recipients, person)) for person in (one, other))
    return first == second != ""


def _number_of(recipients: Recipients, person: Person) -> str:
    """As *Duty* has it for that day, else *People*."""
    on_duty = {turn.person: turn.phone for turn in recipients.on_duty()}
    return on_duty.get(person.name) or person.phone


def _digits(number: str) -> str:
    return "".join(sign for sign in number if sign.isdigit())
