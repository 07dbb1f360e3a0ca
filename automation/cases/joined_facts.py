"""What a row keeps of the cases that it is joined with: what is decided and answered there, and from whom all of them are kept.

It stands in the row itself, as text that is the same in every language, so that a row by itself, a filed one and one in a year book
say the same (docs/design.md#p21.3). Nothing is written into the cells that people fill in.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple, Protocol

import numpy as np

from automation.ledger.meant import Party
from automation.ledger.table import Array, Table

SHARED = (
    "decision", "decided_on", "reason", "procedure", "department", "handler", "result", "outcome", "replied_on",
)  # fmt: skip
"""The cells that count for a joined case, too, where its own are blank: one decision, one reply."""


@dataclass(frozen=True)
class Kept:
    """How far a group of joined cases is confidential: as far as the most confidential of them."""

    restricted: bool = False
    unclear: bool = False
    parties: frozenset[Party] = frozenset()
    roles: tuple[str, ...] | None = None
    """The roles that alone may know; None if everybody may."""


@dataclass(frozen=True)
class JoinedFacts:
    """What a row keeps. `leading` is the case that its *With* names, `counts` what counts from there by column key (a text as
    the number of the case in which it stands), `joined` the cases that are joined to this one, and `group` all
    that are kept from the same people, since they are joined with it or may be."""

    leading: str = ""
    counts: Mapping[str, str] = field(default_factory=dict)
    joined: tuple[str, ...] = ()
    kept: Kept = Kept()
    group: tuple[str, ...] = ()

    def text(self) -> str:
        """As it stands in the cell; blank if nothing is joined."""
        if self == NOTHING:
            return ""
        parts: dict[str, object] = {
            "with": self.leading,
            "counts": dict(self.counts),
            "joined": list(self.joined),
            "group": list(self.group),
            "restricted": self.kept.restricted,
            "unclear": self.kept.unclear,
            "people": sorted(one.name for one in self.kept.parties if not one.is_department),
            "departments": sorted(one.name for one in self.kept.parties if one.is_department),
            "only_for": None if self.kept.roles is None else ["-", *self.kept.roles],
        }
        return json.dumps({key: part for key, part in parts.items() if part}, ensure_ascii=False)


NOTHING = JoinedFacts()


def facts_in(text: str) -> JoinedFacts:
    """What a cell says; what somebody typed there by hand, and is none of it, counts as nothing."""
    try:
        said = json.loads(text)
        people = {Party(str(name)) for name in said.get("people", ())}
        departments = {Party(str(name), is_department=True) for name in said.get("departments", ())}
        roles = tuple(str(one) for one in said["only_for"] if one != "-") if "only_for" in said else None
        kept = Kept(bool(said.get("restricted")), bool(said.get("unclear")), frozenset(people | departments), roles)
        counts = {str(key): str(cell) for key, cell in said.get("counts", {}).items() if key in SHARED}
        joined, group = (tuple(map(str, said.get(key, ()))) for key in ("joined", "group"))
        return JoinedFacts(str(said.get("with", "")), counts, joined, kept, group)
    except (ValueError, TypeError, AttributeError):
        return NOTHING


def with_facts(table: Table) -> list[tuple[int, JoinedFacts]]:
    """The rows that keep something, with what they keep."""
    return table.remembered(_with_facts, table["joined_facts"])


def _with_facts(cells: Array) -> list[tuple[int, JoinedFacts]]:
    return [(at, facts_in(cells[at])) for at in np.flatnonzero(cells != "").tolist()]


def follows_another(table: Table) -> Array:
    """Mask the cases that are answered with another."""
    mask = np.zeros(len(table), dtype=bool)
    mask[[at for at, facts in with_facts(table) if facts.leading]] = True
    return mask


def answered(table: Table) -> Table:
    """The Register, or Filing, with what counts for joined cases where their own cells are blank. For everything that asks what
    was decided, who has it and what was answered; not for what is written, sealed, or asks what somebody typed."""
    following = [(at, facts.counts) for at, facts in with_facts(table) if facts.counts]
    if not following:
        return table
    columns = {key: table[key].copy() for key in SHARED}
    read = {key: table.read[key].copy() for key in SHARED}
    for at, counts in following:
        for key, cell in counts.items():
            if is_own_blank(table, key, at):
                columns[key][at] = _value(cell, columns[key])
                read[key][at] = cell
    return replace(table, values={**table.values, **columns}, read={**table.read, **read})


def _value(cell: str, column: Array) -> object:
    if column.dtype.kind != "M":
        return cell
    try:
        return np.datetime64(cell, "D")
    except ValueError:
        return np.datetime64("NaT", "D")


def is_own_blank(table: Table, key: str, at: int) -> bool:
    """Whether nothing stands in the cell, not even something that nobody can read."""
    value = table[key][at]
    blank = bool(np.isnat(value)) if isinstance(value, np.datetime64) else value == ""
    read = table.read[key][at]
    return blank and (read is False or not str(read).strip())


class OwnConfidence(Protocol):
    """What is known of who may know of each case of a table by itself."""

    @property
    def restricted(self) -> Array: ...

    @property
    def clear(self) -> Array: ...

    @property
    def in_conflict(self) -> Mapping[int, frozenset[Party]]: ...

    @property
    def mentioned(self) -> Mapping[int, frozenset[Party]]: ...

    @property
    def only_for(self) -> Mapping[int, frozenset[str]]: ...


class KeptTogether(NamedTuple):
    """The same, worked out for cases that are joined, too."""

    restricted: Array
    clear: Array
    in_conflict: Mapping[int, frozenset[Party]]
    mentioned: Mapping[int, frozenset[Party]]
    only_for: Mapping[int, frozenset[str]]


def kept_together(table: Table, alone: OwnConfidence) -> KeptTogether:
    """What is known of each case, where one that is joined with others is as confidential as the most confidential of them: whoever must not
    know of one could learn of it through the other (docs/design.md#p21.6)."""
    restricted, clear = alone.restricted.copy(), alone.clear.copy()
    in_conflict, mentioned, only_for = dict(alone.in_conflict), dict(alone.mentioned), dict(alone.only_for)
    for at, facts in with_facts(table):
        kept = facts.kept
        restricted[at] |= kept.restricted
        clear[at] &= not kept.unclear
        if kept.parties:
            in_conflict[at] = in_conflict.get(at, frozenset()) | kept.parties
            mentioned.pop(at, None)
        if kept.roles is not None:
            only_for[at] = only_for.get(at, frozenset(kept.roles)) & frozenset(kept.roles)
    return KeptTogether(restricted, clear, in_conflict, mentioned, only_for)


def the_few(several: Iterable[tuple[str, ...]]) -> tuple[str, ...] | None:
    """The roles that alone may know of all of several cases, each of which is for a few; None if none of them is."""
    groups = [frozenset(one) for one in several]
    return tuple(sorted(frozenset.intersection(*groups))) if groups else None
