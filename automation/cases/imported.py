"""Cases that came with an import: since when, with which, and what each is known by (docs/design.md#p13.4).

*Index* keeps of each the mark of the import and checksums of its old number, day, petitioner, summary and of whoever had it. They
are too short to read anything from, and enough to know the row again.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

import numpy as np

from automation.cases.register_lines import RegisterLines
from automation.ledger.model import Ledger
from automation.ledger.normal_form import normal
from automation.ledger.notices import holder_of
from automation.ledger.office_time import NO_DAY
from automation.ledger.table import Array

_BLANK = "-"


class Origin(NamedTuple):
    """What Index keeps of an imported case: the import's mark, and checksums."""

    mark: str
    number: str
    received: str
    petitioner: str
    summary: str
    holder: str

    def __str__(self) -> str:
        return " ".join(self)

    @property
    def day(self) -> date:
        return date.fromisoformat(self.mark[:10])

    def is_same(self, other: Origin) -> bool:
        """Whether both are of one row of an old register.

        With the same number one thing more has to be equal, since registers of other years may count from 1 again; without a
        number everything has to be.
        """
        pairs = [(self.received, other.received), (self.petitioner, other.petitioner), (self.summary, other.summary)]
        if self.number != other.number:
            return False
        if self.number == _BLANK:
            return all(one == two for one, two in pairs)
        return any(one == two != _BLANK for one, two in pairs)


def origin(mark: str, number: str, received: str, petitioner: str, summary: str) -> Origin:
    """What is kept of a case with these cells, of whom nobody has it yet."""
    return Origin(
        mark=mark,
        number=_checksum(number),
        received=_checksum(received),
        petitioner=_checksum(petitioner),
        summary=_checksum(summary),
        holder=_BLANK,
    )


def origin_in(text: str) -> Origin | None:
    """What Index keeps, read again; None if the case did not come with an import."""
    parts = text.split(" ")
    return Origin(*parts) if len(parts) == len(Origin._fields) else None


def holder_kept(department: str, handler: str) -> str:
    """The checksum of whoever has a case."""
    return _checksum(holder_of(department, handler))


def origins(ledger: Ledger) -> Mapping[str, Origin]:
    """What Index keeps of each imported case, by its number."""
    index = ledger.index
    return index.remembered(_origins, index["case_no"], index["imported"])


def _origins(numbers: Array, kept: Array) -> dict[str, Origin]:
    pairs = zip(numbers.tolist(), kept.tolist(), strict=True)
    return {number: one for number, text in pairs if text and (one := origin_in(text)) is not None}


def imported_on(ledger: Ledger, lines: RegisterLines) -> Array:
    """For each line of the Register, the day on which its case came with an import; NaT for all others."""
    days = np.full(len(lines.index_at), NO_DAY)
    if came := origins(ledger):
        for at, number in enumerate(ledger.register["case_no"].tolist()):
            if number in came and lines.index_at[at] >= 0:
                days[at] = np.datetime64(came[number].day, "D")
    return days


def _checksum(text: str) -> str:
    plain = normal(text)
    return f"{zlib.crc32(plain.encode('utf-8', 'surrogatepass')):08x}" if plain else _BLANK
