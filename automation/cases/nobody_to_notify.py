"""The cases in which there is nobody to be notified: without a name and without a contact. Of allegations, who is told."""

from __future__ import annotations

import numpy as np

from automation.ledger.case_numbers import says_no_repeat, tidy_number
from automation.ledger.normal_form import is_anonymous, is_no_contact
from automation.ledger.policy import Policy
from automation.ledger.table import Array, Table
from sheet_schema.vocabulary import Kind, Step


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


def by_a_named_accuser(register: Table) -> Array:
    """Mask the allegations whose accuser gave a name and can be told of it (docs/design.md#p17.2)."""
    named = ~register.remembered(anonymous, register["petitioner"]) & ~waived_notice(register)
    masked: Array = named & (register["kind"] == Kind.ALLEGATION.key)
    return masked


def not_told_again(register: Table, policy: Policy, rows: Array) -> Array:
    """Mask the allegations that repeat an earlier case and so are not told of again: "重复检举控告的，不再告知".

    Only where the row of Deadlines that governs the notice, by its position in `rows`, is one for allegations.
    """
    own = [
        at for at, rule in enumerate(policy.deadlines) if rule.step == Step.NOTIFY and rule.kind == Kind.ALLEGATION.key
    ]
    again: Array = np.isin(rows, own) & (register["repeat_of"] != "") & np.isnat(register["notified_on"])
    for at in np.flatnonzero(again).tolist():
        earlier = register["repeat_of"][at]
        again[at] = not says_no_repeat(earlier) and tidy_number(earlier) != register["case_no"][at]
    return again
