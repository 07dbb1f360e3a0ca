"""Who was found behind some words, and how certain that is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import IntEnum

from automation.ledger.meant import Party


class Doubt(IntEnum):
    """How far what was written is from a name that is somebody's alone."""

    NONE = 0
    PARTLY_NAMED = 1
    """By surname, given name, initial or pet name, or with a name that several have."""
    PERHAPS = 2
    """With a slip, or with words around that may make it somebody else: 王方, 王芳芳, 校长助理."""


@dataclass(frozen=True)
class Found:
    """Everyone some words could mean."""

    parties: frozenset[Party] = frozenset()
    doubt: Doubt = Doubt.NONE

    @property
    def people(self) -> frozenset[Party]:
        return frozenset(party for party in self.parties if not party.is_department)

    def __bool__(self) -> bool:
        return bool(self.parties)

    def __or__(self, other: Found) -> Found:
        return Found(self.parties | other.parties, max(self.doubt, other.doubt))


def found(parties: Iterable[Party], doubt: Doubt = Doubt.NONE) -> Found:
    """What was found; nobody is found without doubt, and several only in doubt."""
    everyone = frozenset(parties)
    if not everyone:
        return Found()
    return Found(everyone, max(doubt, Doubt.PARTLY_NAMED) if len(everyone) > 1 else doubt)


NOTHING = Found()
