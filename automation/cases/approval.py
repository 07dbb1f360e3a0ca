"""Who approved an extension, as the cell *Approved by* says it, and whether they may (docs/design.md#p3.9)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Set
from functools import cache

import numpy as np

from automation.ledger.directory import Directory
from automation.ledger.name_cells import unknown
from automation.ledger.names.folding import name_form
from automation.ledger.names.plain import stands_for_somebody
from automation.ledger.policy import Policy
from automation.ledger.table import Array, Table
from sheet_schema import words_of_approval as said
from sheet_schema.vocabulary import Role

APPROVERS = "extensions_by"
"""The setting that says who may approve an extension."""
Objection = tuple[str, Mapping[str, object]]
"""The code of a problem with the cell, and what fills the gaps in its sentence."""
_CODES = {
    "unknown_person": "approver_unknown",
    "misspelt_person": "approver_misspelt",
    "several_people": "approver_several",
}


def approving_roles(policy: Policy) -> tuple[Role, ...]:
    """The roles that may approve an extension; none if anybody may."""
    return tuple(Role.of(key) for key in policy.settings.several(APPROVERS))


def approvers(register: Table) -> list[str]:
    """Each case's cell as it was typed, with the words beside the name; blank where it cannot be read."""
    pairs = zip(register["extension_by"].tolist(), register.read["extension_by"].tolist(), strict=True)
    return [str(typed).strip() if name else "" for name, typed in pairs]


def approved(register: Table, policy: Policy) -> Array:
    """Mask the cases where whoever approved the extension may do so."""
    typed = approvers(register)
    may = {text: objection(policy, text) is None for text in {*typed} - {""}}
    return np.array([may.get(text, False) for text in typed], dtype=bool)


def objection(policy: Policy, text: str) -> Objection | None:
    """Why a cell does not say that somebody approved the extension who may; None if it does.

    It does if it plainly names one such person, or several of whom each is one (SLT, 校长办公会). With any role if the
    setting names none. 信访工作条例 art. 34: 经本机关、单位负责人批准.
    """
    directory, roles = policy.directory, approving_roles(policy)
    may = {person.name for person in policy.people if not roles or not {*roles}.isdisjoint(person.roles)}
    name = _name_in(text, directory)
    if not name:
        return "approver_unclear", {"value": text}
    named = _plainly_named(name, directory)
    if named & may or _is_a_body_of(may, name, directory):
        return None
    if named:
        return "approver_without_role", {"value": name, "roles": [*roles]}
    code, details = unknown(directory, name, is_department=False)
    return _CODES[code], {**details, "value": text}


def _name_in(text: str, directory: Directory) -> str:
    """The cell without the words that say how it was approved; blank if it leaves open whether it was, or by whom."""
    is_a_name = name_form(text) in directory.spellings
    if stands_for_somebody(text) or (_patterns()[2].search(text) and not is_a_name):
        return ""
    before, name = "", text.strip()
    while name != before and not directory.person(name):
        first, last, _ = _patterns()
        before, name = name, last.sub("", first.sub("", name)) or name
    return name


def _plainly_named(name: str, directory: Directory) -> Set[str]:
    """The people of whom it is plain that they are named."""
    if person := directory.person(name):
        return {person}
    meant = directory.meant_by(name)
    unsure = {one for _, several in meant.unsure for one in several}
    people = {party.name for party in meant.parties if not party.is_department and party.name not in unsure}
    return people | ({directory.person(part) for part, _ in meant.unsure} - {""})


def _is_a_body_of(may: Set[str], name: str, directory: Directory) -> bool:
    """Whether a part of the cell could mean several people, who all may approve. What is like a name is a slip of it."""
    return any(
        len(several) > 1 and may >= {*several} and not directory.nearest(part)
        for part, several in directory.meant_by(name).unsure
    )


def _one_of(words: Set[str]) -> str:
    """A pattern for these words, the longest first; English ones only as whole words."""
    found = (re.escape(word) for word in sorted(words, key=len, reverse=True))
    return "|".join(rf"(?<!\w){word}(?!\w)" if word.isascii() else word for word in found)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What stands before a name, behind it, and what says that nobody approved. Most runs ask for none of them."""
    return (
        re.compile(rf"^(?:{_one_of(said.BEFORE)})[\s:：]*", re.IGNORECASE),
        re.compile(rf"[\s,，;；:：(（–-]*(?:{_one_of(said.BEHIND)})[\s)）.。]*$", re.IGNORECASE),
        re.compile(_one_of(said.NOT_SAID), re.IGNORECASE),
    )
