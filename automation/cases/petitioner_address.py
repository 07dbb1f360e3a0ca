"""The address at which whoever brought a case may be written to (docs/design.md#p22.2)."""

from __future__ import annotations

import re
from enum import Enum
from hashlib import sha256

from automation.cases.mailboxes import Recipient
from automation.cases.told import How, Told, Way
from automation.ledger.addresses import addresses_in, mailbox_of
from automation.ledger.normal_form import is_address
from automation.ledger.notices import Notice
from automation.ledger.policy import Policy
from automation.ledger.table import Table

MOST = 3
"""So many people are written to about one case at most."""
_APART = re.compile(r"[;；\n]")


class NoMail(Enum):
    """Why nobody is written to although Contact has an address; the value is the code of what the row says."""

    SEVERAL = "petitioner_several_addresses"
    OURS = "petitioner_address_is_ours"


def petitioner_addresses(contact: str, policy: Policy) -> tuple[str, ...] | NoMail:
    """The addresses in a Contact, or why none of them is used: one address, or several that plainly stand apart."""
    parts = [addresses_in(part) for part in _APART.split(contact)]
    found = tuple(dict.fromkeys(one for part in parts for one in part))
    if any(len(part) > 1 for part in parts) or len(found) > MOST or not all(map(is_address, found)):
        return NoMail.SEVERAL
    if {mailbox_of(one) for one in found} & _ours(policy):
        return NoMail.OURS
    return found


def _ours(policy: Policy) -> frozenset[str]:
    """The mailboxes of everybody in People and Departments, and the one that answers go to."""
    cells = [*(one.email for one in policy.named_people), *(one.email for one in policy.named_departments)]
    return frozenset(mailbox_of(one) for cell in (*cells, policy.settings["reply_to"]) for one in addresses_in(cell))


def petitioner_told(notice: Notice, register: Table, policy: Policy) -> Told:
    """Whoever brought the case, at the address that the notice's slot stands for; nobody by name, so that no namesake is meant."""
    found = petitioner_addresses(str(register["contact"][notice.case_at]), policy)
    meant = () if isinstance(found, NoMail) else [one for one in found if slot_of_address(one) == notice.slot]
    return Told(tuple(Way(Recipient("", one), How.HOLDER, notice.slot) for one in meant[:1]), ())


def slot_of_address(address: str) -> str:
    """A number that stands for an address in what was sent, wherever it stands in Contact, so that nobody is told twice. It is
    short, so that from it nobody can tell for certain which address it was, once that is erased."""
    return str(int.from_bytes(sha256(mailbox_of(address).encode("utf-8", "surrogatepass")).digest()[:2]))
