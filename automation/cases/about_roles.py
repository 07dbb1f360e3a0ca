"""Which cases are about somebody who has a role, as what is typed in About says.

Who is only named in a summary does not count: a letter to the headteacher is not about them.
"""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from automation.ledger.cells import SEVERAL
from automation.ledger.policy import Policy
from automation.ledger.table import Array, Table
from sheet_schema import lookup, word_form
from sheet_schema.vocabulary import Role


def is_about_roles(table: Table, policy: Policy, roles: Collection[str]) -> Array:
    """Mask the cases whose About means, or may mean, somebody with one of these roles, or names the role itself."""
    of_case: Array = table.remembered(_roles_meant, table, policy, depending_on=(policy, table["about"]))
    wanted = frozenset(roles)
    return np.fromiter((not wanted.isdisjoint(one) for one in of_case.tolist()), dtype=bool, count=len(table))


def _roles_meant(table: Table, policy: Policy) -> Array:
    of_person = {person.name: frozenset(person.roles) for person in policy.people}
    by_text = {text: _of_text(text, policy, of_person) for text in {*table["about"].tolist()}}
    found = np.empty(len(table), dtype=object)
    found[:] = [by_text[text] for text in table["about"].tolist()]
    return found


def _of_text(text: str, policy: Policy, of_person: dict[str, frozenset[str]]) -> frozenset[str]:
    parties = policy.directory.meant_by(text).parties if text else frozenset()
    people = (of_person.get(one.name, frozenset()) for one in parties if not one.is_department)
    typed = (lookup(Role).get(word_form(part.strip()), "") for part in SEVERAL.split(text))
    return frozenset(typed).union(*people) - {""}
