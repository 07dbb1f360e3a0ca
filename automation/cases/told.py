"""Who is told of something, in which way it came to each of them, and who was left out for what reason."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from automation.cases.mailboxes import Recipient
from automation.ledger.addresses import mailbox_of


class Why(Enum):
    """Why somebody who holds a role is not told. The first that applies is given: the order is that of this list."""

    CONFLICT = "conflict"
    """The case is about them, or they share a mailbox with, or stand in for, somebody it is about."""
    KEPT = "kept"
    """The case stays with a few roles until it is clear whom it is about."""
    AWAY = "away"
    """They are away or have left, and no stand-in is there."""
    UNCLEAR = "unclear"
    """The name typed for them is nobody's in People, or could be several people's."""
    NO_ADDRESS = "no_address"
    """They have no mail address."""
    NOT_ALLOWED = "not_allowed"
    """Their address is not within `allowed_domains`."""
    NOBODY = "nobody"
    """Nobody has the role."""


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

    def why(self, slot: str) -> Why | None:
        """Why nobody in this role is told; None if somebody is."""
        if any(way.slot == slot and way.how is not How.PASSED_UP for way in self.ways):
            return None
        reasons = [one.why for one in self.left_out if one.slot == slot]
        return min(reasons, key=list(Why).index, default=None)

    def way_to(self, reader: Recipient) -> Way | None:
        """How it comes to this reader, or to another name that reads the same mailbox."""
        mailbox = mailbox_of(reader.address)
        found = [way for way in self.ways if mailbox_of(way.reader.address) == mailbox]
        return min(found, key=lambda way: way.reader != reader, default=None)
