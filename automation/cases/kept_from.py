"""Whom a case has been kept from since its About was typed, which the row itself remembers (docs/design.md#p5.19).

"The headteacher" means somebody else once there is another, and a name may be changed in *People*. Whoever was meant once stays kept
out until somebody changes About.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np

from automation.ledger.addresses import addresses_in
from automation.ledger.meant import Party
from automation.ledger.normal_form import normal
from automation.ledger.people import NO_ROW, Person
from automation.ledger.policy import Policy
from automation.ledger.table import Array, Table

_SAYS = " → "
"""Between About, as it stood, and the people."""
_AND = "; "


def meant_earlier(table: Table, policy: Policy, today: Mapping[int, frozenset[Party]]) -> dict[int, frozenset[Party]]:
    """By position, the people whom About as it still stands meant once, by their names of today, too, but for those of `today`.

    Who is no longer in *People* by the name of then is looked for by the address of then.
    """
    found = {}
    for at in np.flatnonzero(table["kept_from"] != "").tolist():
        parties = frozenset(party for one in _remembered(table, at) for party in _people(one, policy))
        if more := parties - today.get(at, frozenset()):
            found[at] = more
    return found


def cells_kept_from(table: Table, policy: Policy, in_conflict: Mapping[int, Collection[Party]]) -> Array:
    """What is remembered of each case for the next run: its About, and all of the school whom it is, or was, kept from."""
    addresses = {one.name: one.email for one in _listed(policy)}
    cells = np.full(len(table), "", dtype=object)
    for at, parties in in_conflict.items():
        if table["about"][at] == "":
            continue
        before = _remembered(table, at)
        known = {_name(one) for one in before}
        new = sorted(one.name for one in parties if not one.is_department and one.name not in known)
        people = [*before, *(f"{name} <{addresses[name]}>" if addresses.get(name) else name for name in new)]
        if people:
            cells[at] = f"{_one_line(table['about'][at])}{_SAYS}{_AND.join(people)}"
    return cells


def _remembered(table: Table, at: int) -> list[str]:
    """The people remembered of a case, each with the address of then; none if its About was changed since."""
    about, says, people = table["kept_from"][at].rpartition(_SAYS)
    same = bool(says) and normal(about) == normal(_one_line(table["about"][at]))
    return [one for one in people.split(_AND) if _name(one)] if same else []


def _name(told: str) -> str:
    return told.partition(" <")[0].strip()


def _people(told: str, policy: Policy) -> list[Party]:
    name, wanted = _name(told), set(addresses_in(told.partition(" <")[2].rstrip(">")))
    listed = _listed(policy)
    if any(normal(one.name) == normal(name) for one in listed):
        return [Party(name)]
    return [Party(name), *(Party(one.name) for one in listed if wanted.intersection(addresses_in(one.email)))]


def _listed(policy: Policy) -> list[Person]:
    """Whoever has a row in *People*, be the row right or not."""
    return [one for one in policy.named_people if one.row != NO_ROW]


def _one_line(text: str) -> str:
    return " ".join(str(text).split())
