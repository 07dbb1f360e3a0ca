"""What was read in one part of a cell: whom its words could mean, and how (docs/design.md#p5.3)."""

from __future__ import annotations

from dataclasses import dataclass

from automation.ledger.meant import Party
from automation.ledger.names.found import NOTHING, Found


@dataclass(frozen=True)
class PartRead:
    """One part of a cell: its words, who they could mean, and whether they could be somebody who is nobody here."""

    text: str
    found: Found
    is_stranger: bool
    says_their_post: bool = False
    """Whether it only says what somebody named beside it is: the clerk of `Ann Lee, clerk`."""


@dataclass(frozen=True)
class Words:
    """Who the words of a part could mean by name, by a role they hold, and by a title alone, which need not be theirs.
    `is_open` if a post that stands there may be somebody's of whom nothing is known."""

    by_name: Found
    by_role: Found = NOTHING
    by_title: Found = NOTHING
    is_open: bool = False
    is_short: bool = False
    """Whether every word that tells anything is of a department's name: `Pastoral team`."""

    @property
    def people(self) -> frozenset[Party]:
        return (self.by_name | self.by_role).people

    @property
    def everyone(self) -> Found:
        return self.by_name | self.by_role | self.by_title
