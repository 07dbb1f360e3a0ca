"""The cases in which there is nobody to be notified: without a name and without a contact."""

from __future__ import annotations

import numpy as np

from automation.ledger.normal_form import is_anonymous, is_no_contact
from automation.ledger.table import Array, Table


def anonymous(petitioners: Array) -> Array:
    """Mask the petitioners who gave no name."""
    names = petitioners.tolist()
    nameless = {name for name in set(names) if is_anonymous(name)}
    return np.fromiter((name in nameless for name in names), bool)


def waived_notice(register: Table) -> Array:
    """Mask the cases where nobody can be notified: anonymous without contact, or Contact says that there is none.

    信访工作条例 art. 23 excepts petitioners whose name and address are unclear.
    """
    nameless = register.remembered(anonymous, register["petitioner"])
    nowhere: Array = register.remembered(unreachable, register["contact"])
    waived: Array = nowhere | (nameless & (register["contact"] == ""))
    return waived


def unreachable(contacts: Array) -> Array:
    """Mask the contacts that say that there is none."""
    texts = contacts.tolist()
    said = {text for text in set(texts) if text and is_no_contact(text)}
    return np.fromiter((text in said for text in texts), bool, len(texts))
