"""Who is told of something, in which way it came to each of them, and who was left out for what reason."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from automation.cases.mailboxes import Recipient
from automation.ledger.addresses import mailbox_of


class Why(Enum):
    """Why somebody who holds a role is not told. Where several are not, their reasons are given in this order."""

    CONFLICT = "conflict"
    """The case is about them, or they share a mailbox with, or stand in for, somebody it is about."""
    KEPT = "kept"
    """The case stays with a few roles until it is clear whom it is about."""
    SHARED = "shared"
    """The case stays with a few roles. They have one, but others read their mailbox, too."""
    AWAY = "away"
    """They are away, and no stand-in is there."""
    LEFT = "left"
    """They have left, and no stand-in is there."""
    UNCLEAR = "unclear"
    """The name typed for them is nobody's in People, or could be several people's."""
    NO_ROW = "no_row"
    """They have no row in People, or none that can be used."""
    NO_ADDRESS = "no_address"
    """They have no mail address, or none that can be read."""
    NOT_ALLOWED = "not_allowed"
    """Their address is not within `allowed_domains`."""
    NO_DEPARTMENT = "no_department"
    """No department has the case, or none that stands in Departments."""
    NO_HEAD = "no_head"
    """Departments names no head of the department that has it."""
    NOBODY = "nobody"
    """Nobody has the role."""


MUST_NOT = frozenset((Why.CONFLICT, Why.KEPT, Why.SHARED))
"""Reasons that lie in the case: its reader must not know of it."""
NOT_THERE = frozenset((Why.AWAY, Why.LEFT))


class How(Enum):
    """How a notice came to its reader."""

    HOLDER = "holder"
    """They hold the role."""
    STAND_IN = "stand_in"
    """They stand in for somebody who does."""
    MAILBOX = "mailbox"
    """It is the mailbox of the department in charge."""
    COPIED = "copied"
    """A routing rule copies it to them, for information."""
    PASSED_UP = "passed_up"
    """It was for others, none of whom may and can be told."""


@dataclass(frozen=True, slots=True)
class Way:
    """One reader of a notice. `slot` is the role in which they get it, and `of` whoever they stand in for."""

    reader: Recipient
    how: How
    slot: str
    of: str = ""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Somebody who is not told although they hold a role that should be, or stand in for `of`, who holds it. The name
    is blank if nobody holds it."""

    slot: str
    name: str
    why: Why
    of: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """Everyone who gets a notice, each once, and everyone who should have but may not or cannot."""

    ways: tuple[Way, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    @property
    def readers(self) -> tuple[Recipient, ...]:
        return tuple(way.reader for way in self.ways)

    @property
    def passed_up(self) -> bool:
        """Whether none of those whom it was for is told, but others are."""
        return any(way.how is How.PASSED_UP for way in self.ways)

    def whys(self, slot: str) -> tuple[Why, ...]:
        """Why nobody in this role is told, each reason once; none if somebody is."""
        if any(way.slot == slot and way.how is not How.PASSED_UP for way in self.ways):
            return ()
        reasons = {one.why for one in self.left_out if one.slot == slot}
        return tuple(why for why in Why if why in reasons)

    def way_to(self, reader: Recipient) -> Way | None:
        """How it comes to this reader, or to another name that reads the same mailbox."""
        mailbox = mailbox_of(reader.address)
        found = [way for way in self.ways if mailbox_of(way.reader.address) == mailbox]
        return min(found, key=lambda way: way.reader != reader, default=None)
