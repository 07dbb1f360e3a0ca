"""What `check` says of the mailboxes of those who alone may know of some cases: who else reads them, and what follows.

"Some cases are for a few only" (docs/design.md#p5.16), and it is addresses that count: a mailbox that others read as well
gets nothing of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from automation.cases.confidentiality import FOR_STRANGERS
from automation.cases.mailboxes import ANYBODY, Mailboxes, Recipient
from automation.cases.recipients import may_be_written_to
from automation.ledger.addresses import addresses_in, mailbox_of
from automation.ledger.model import Ledger
from automation.text.catalogue import Message, Sentences, listed, msg
from sheet_schema.vocabulary import Role

_TEXTS: Mapping[str, Message] = {
    "shared": msg(
        "{address}, the mailbox of {names}, is also read by {others}: no mail goes there of a case that only the office and the person outside the school may know of, such as an allegation about somebody who is not in People."
    ),
    "anybody": msg("others who are not named"),
    "nobody": msg(
        "No mail of a case that only the office and the person outside the school may know of goes to anybody: in People, give somebody in the office or the person outside the school an address that nobody else reads."
    ),
}


def shared_mailboxes(ledger: Ledger, day: date) -> Iterator[str]:
    """A finding for each mailbox of the office, or of somebody outside, that others read that day, too; and one if there is
    no other."""
    texts, mailboxes = Sentences(_TEXTS, ledger.language), Mailboxes(ledger.policy)
    owners: dict[str, dict[str, None]] = {}
    for person in ledger.policy.people:
        if Role.OFFICE in person.roles or Role.OUTSIDE in person.roles:
            for address in addresses_in(person.email):
                if may_be_written_to(ledger.policy, Recipient(person.name, address)):
                    owners.setdefault(mailbox_of(address), {})[person.name] = None
    others = {address: mailboxes.read_by_others(FOR_STRANGERS, address, day) for address in owners}
    for address, readers in others.items():
        if readers:
            said = [texts["anybody"] if one == ANYBODY else one.name for one in readers]
            names = listed(list(owners[address]), ledger.language)
            yield texts.say("shared", address=address, names=names, others=listed(sorted(set(said)), ledger.language))
    if all(others.values()):
        yield texts["nobody"]
