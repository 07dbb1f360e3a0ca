"""The extension of each case: judged when a run first sees it, and remembered from then on (docs/design.md#p3.9).

Index keeps the new day, the day on which a run first saw it, and the steps for which it was found to count: `reply` for
good, `reply?` only as things stand, so that a slip and its correction end where they began.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from automation.ledger.model import Ledger
from automation.ledger.office_time import NO_DAY
from automation.ledger.policy import Policy
from automation.ledger.table import Array, Table
from sheet_schema.vocabulary import Role, Step

EXTENDABLE = (Step.REPLY, Step.LEGAL_LIMIT)
APPROVERS = "extensions_by"
"""The setting that says who may approve an extension."""
REFUSED, WITHDRAWN, AS_THINGS_STAND, BETWEEN = "none", "withdrawn", "?", "; "


@dataclass(frozen=True)
class Extensions:
    """What is known of the extension of each case. Each array has one entry for each line.

    `to` is the new due date, NaT if there is none, and `seen_on` the day on which a run first saw it. `settled` masks by
    step the cases where it counted then, and so still does; `proper` those where all its cells are right, so that it may
    count; `of_old` those where an earlier version found that it counts, and did not say for which step.
    """

    to: Array
    seen_on: Array
    settled: Mapping[Step, Array]
    proper: Array
    of_old: Array

    def fit(self, step: Step, due: Array, latest: Array) -> Array:
        """Mask the cases where the extension counts for this step, due on this day and to be extended to `latest` at most."""
        if step not in EXTENDABLE:
            return np.zeros(len(due), dtype=bool)
        within = (self.seen_on < due) & (self.to > due) & ((self.to <= latest) | self.of_old)
        fits: Array = self.settled[step] | ((self.proper | self.of_old) & within)
        return fits

    @property
    def stands(self) -> Array:
        """Mask the cases where it was settled that the extension counts for one step at least."""
        mask: Array = np.logical_or.reduce([*self.settled.values(), self.of_old])
        return mask


def extensions_in_register(ledger: Ledger, index_at: Array, day: np.datetime64) -> Extensions:
    """The extension of each case of the Register: the first that was found to count, else the one typed now.

    A slip can be corrected on the day on which it was first seen. An empty Extended to withdraws the extension; the same
    day typed again brings it back.
    """
    register = ledger.register
    first, seen, said = _remembered(ledger.index, index_at)
    typed, blank = register["extended_to"], register.read["extended_to"] == ""
    proper = complete(register) & approved(register, ledger.policy)
    same = ~np.isnat(first) & (typed == first)
    keeps = ~np.isnat(first) & (seen != day) & ~is_said(said, REFUSED) & ~is_said(said, WITHDRAWN)
    first_stands = ~blank & (same | keeps)
    old = first_stands & (said == "")
    settled = {step: first_stands & (seen != day) & is_said(said, step.key) for step in EXTENDABLE}
    return Extensions(
        to=np.where(first_stands, first, np.where(proper, typed, NO_DAY)),
        seen_on=np.where(first_stands, seen, day),
        settled=settled,
        proper=proper,
        of_old=old,
    )


def extensions_in_filing(filing: Table, index: Table, index_at: Array) -> Extensions:
    """The extension of each filed case, as it was judged while the case was open."""
    first, seen, said = _remembered(index, index_at)
    stands = (filing.read["extended_to"] != "") & ~is_said(said, WITHDRAWN)
    settled = {
        step: stands & (is_said(said, step.key) | is_said(said, step.key + AS_THINGS_STAND)) for step in EXTENDABLE
    }
    return Extensions(
        to=np.where(stands, first, NO_DAY),
        seen_on=seen,
        settled=settled,
        proper=np.zeros(len(first), dtype=bool),
        of_old=stands & ~np.isnat(first) & (said == ""),
    )


def _remembered(index: Table, at: Array) -> tuple[Array, Array, Array]:
    first, seen = np.full(len(at), NO_DAY), np.full(len(at), NO_DAY)
    said = np.full(len(at), "", dtype=object)
    known = at >= 0
    for array, key in ((first, "extended_to"), (seen, "extension_seen"), (said, "extension_counts")):
        array[known] = index[key][at[known]]
    return first, seen, said


def is_said(said: Array, word: str) -> Array:
    """Mask the lines of which Index says this word of the extension."""
    mask = np.zeros(len(said), dtype=bool)
    for i in np.flatnonzero(said != "").tolist():
        mask[i] = word in said[i].split(BETWEEN)
    return mask


def found_to_count(said: str) -> bool:
    """Whether Index says of an extension, which it remembers, that it counts; an earlier version remembered no other."""
    return not {REFUSED, WITHDRAWN} & set(said.split(BETWEEN))


def complete(register: Table) -> Array:
    """Mask the cases where somebody approved the extension, for a reason."""
    mask: Array = (register["extension_by"] != "") & (register["extension_reason"] != "")
    return mask


def approved(register: Table, policy: Policy) -> Array:
    """Mask the cases where whoever approved the extension may do so."""
    typed = register["extension_by"]
    at = np.flatnonzero(typed != "")
    may = {text: may_approve(policy, text) for text in set(typed[at].tolist())}
    mask = np.zeros(len(typed), dtype=bool)
    mask[at] = [may[text] for text in typed[at].tolist()]
    return mask


def may_approve(policy: Policy, text: str) -> bool:
    """Whether a cell plainly names somebody in People with a role that may approve an extension; with any role if the setting
    names none. 信访工作条例 art. 34: 经本机关、单位负责人批准."""
    names = {policy.directory.person(text)} - {""}
    if not names and not (meant := policy.directory.meant_by(text)).unsure:
        names = {party.name for party in meant.parties if not party.is_department}
    roles = approving_roles(policy)
    found = (person for person in policy.people if person.name in names)
    return any(not roles or not {*roles}.isdisjoint(person.roles) for person in found)


def approving_roles(policy: Policy) -> tuple[Role, ...]:
    """The roles that may approve an extension; none if anybody may."""
    return tuple(Role.of(key) for key in policy.settings.several(APPROVERS))
