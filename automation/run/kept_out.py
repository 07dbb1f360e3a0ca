"""Everybody who must not know of a case, with every address at which a mail would reach them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum

from automation.cases.confidentiality import Confidence, judge_table
from automation.cases.mailboxes import Recipient
from automation.ledger.addresses import addresses_in, mailbox_of
from automation.ledger.chats import chat_address
from automation.ledger.meant import Party
from automation.ledger.model import Ledger
from automation.ledger.people import Department, Person
from automation.ledger.policy import Policy


class Reason(Enum):
    """Why somebody must not know of a case."""

    ABOUT = "about"
    """It is or may be about them."""
    CLOSE = "close"
    """They stand in for somebody whom it may be about, or open their mail."""
    TYPED = "typed"
    """Its row is still being typed, which only the office may know of."""
    FEW = "few"
    """It stays with a few roles until it is clear whom it is about."""


@dataclass(frozen=True, slots=True)
class KeptOut:
    """A person or department that must not know of a case. `addresses` are as mailboxes are compared; `person` is None for a
    department or somebody who has no row in People. If `alerted`, an alert of the case reaches them by rule, since
    alerts do not wait until it is clear who may know."""

    name: str
    addresses: frozenset[str]
    why: Reason = Reason.ABOUT
    person: Person | None = None
    alerted: bool = False


def kept_out(policy: Policy, confidence: Confidence, at: int) -> Iterator[KeptOut]:
    """Everybody who must not know of the case at this position."""
    listed = {person.name: person for person in policy.people}
    for person in policy.named_people:
        if not confidence.may_know(at, Recipient(person.name, "")):
            why = _why(confidence, at, Recipient(person.name, ""))
            reader = KeptOut(person.name, _opened_by(confidence, person.name), why, listed.get(person.name))
            yield _as_far_as_kept_out(reader, policy, confidence, at)
    for department in policy.named_departments:
        if not confidence.may_know(at, Recipient(department.name, "", is_department=True)):
            why = _why(confidence, at, Recipient(department.name, "", is_department=True))
            room = {chat_address(department.chat)} - {""}
            reader = KeptOut(department.name, _mailboxes(department.email) | room, why)
            yield _as_far_as_kept_out(reader, policy, confidence, at)


def _why(confidence: Confidence, at: int, reader: Recipient) -> Reason:
    if Party(reader.name, reader.is_department) in confidence.in_conflict.get(at, frozenset()):
        return Reason.ABOUT
    if confidence.bars(at, reader):
        return Reason.CLOSE
    return Reason.TYPED if at in confidence.being_typed else Reason.FEW


def _as_far_as_kept_out(reader: KeptOut, policy: Policy, confidence: Confidence, at: int) -> KeptOut:
    """Of somebody who is not in conflict only addresses that nobody else opens who may know of the case."""
    is_department = reader.person is None
    places = [Recipient(reader.name, address, is_department) for address in ("", *reader.addresses)]
    alerted = any(confidence.may_be_alerted(at, place) for place in places)
    if confidence.bars(at, places[0]):
        return replace(reader, alerted=alerted)
    everybody = list(_everybody(policy))
    known_at = frozenset(one.address for one in everybody if confidence.may_know(at, one))
    alerted = alerted or any(
        one.address in reader.addresses and confidence.may_be_alerted(at, one) for one in everybody
    )
    return replace(reader, addresses=reader.addresses - known_at, alerted=alerted)


def _everybody(policy: Policy) -> Iterator[Recipient]:
    """Every person and department at each of their addresses: some are opened by several of them."""
    entries: tuple[Person | Department, ...] = (*policy.people, *policy.departments)
    for entry in entries:
        for address in _mailboxes(entry.email):
            yield Recipient(entry.name, address, isinstance(entry, Department))


def hidden_from(ledger: Ledger, confidence: Confidence, name: str) -> frozenset[str]:
    """The numbers of all cases that this person must not know of. `confidence` is that of the Register; filed cases
    count as well."""
    tables = ((ledger.register, confidence), (ledger.filing, judge_table(ledger.filing, ledger.policy, confidence.day)))
    return frozenset(
        str(table["case_no"][at])
        for table, judged in tables
        for at in judged.guarded
        if not judged.person_may_know(at, name) and table["case_no"][at]
    )


def _opened_by(confidence: Confidence, name: str) -> frozenset[str]:
    """Every address that this person reads or, of rooms in which they may read along, could."""
    if confidence.mailboxes is None:
        return frozenset()
    return confidence.mailboxes.opened_by(name, confidence.day) | confidence.mailboxes.rooms


def _mailboxes(cell: str) -> frozenset[str]:
    return frozenset(mailbox_of(address) for address in addresses_in(cell))
