"""The cases that a row of another tab names, and who may know of what it says: whoever may know of each of them.

A number that is no case here for certain may be any case: of what is linked to it nobody reads (docs/design.md#p24.6).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from automation.cases.cases import Cases
from automation.cases.confidentiality import Confidence, Said, judge_table
from automation.cases.mailboxes import Recipient
from automation.ledger.case_numbers import tidy_number

Place = tuple[Confidence, int]
"""Where a case is: what is known of its table, and its position there."""


@dataclass(frozen=True)
class LinkedCases:
    """The cases that a row names. `unknown` are the numbers that are none here for certain."""

    numbers: tuple[str, ...] = ()
    places: tuple[Place, ...] = ()
    unknown: tuple[str, ...] = ()

    def may_know(self, reader: Recipient) -> bool:
        """Whether the reader may learn at this address that the row concerns something: that they may know of each case."""
        return not self.unknown and all(confidence.may_know(at, reader) for confidence, at in self.places)

    def person_may_know(self, name: str) -> bool:
        """The same, at every address of theirs."""
        return not self.unknown and all(confidence.person_may_know(at, name) for confidence, at in self.places)

    @property
    def may_be_quoted(self) -> bool:
        """Whether more than numbers and days may leave the ledger."""
        return not self.unknown and all(confidence.quotable[at] for confidence, at in self.places)

    @property
    def anybody_may_know(self) -> bool:
        """Whether it may be said to whoever asks: no case is kept from anybody, none is restricted."""
        return self.may_be_quoted and all(at not in confidence.guarded for confidence, at in self.places)

    def what_may_be_said(self) -> Said:
        """How much may be said to somebody who may know of it."""
        return Said.FULL if self.may_be_quoted else Said.RESTRICTED


class CaseFinder:
    """Finds the cases of the Register and of Filing by their numbers."""

    def __init__(self, cases: Cases) -> None:
        self._cases = cases
        self._places: Mapping[str, Place | None] | None = None

    def linked(self, numbers: Iterable[str]) -> LinkedCases:
        """The cases with these numbers, each once."""
        wanted = tuple(dict.fromkeys(numbers))
        if not wanted:
            return LinkedCases()
        if self._places is None:
            self._places = self._all()
        found = {number: self._places.get(number) for number in wanted}
        unknown = tuple(number for number, place in found.items() if place is None)
        return LinkedCases(wanted, tuple(place for place in found.values() if place is not None), unknown)

    def _all(self) -> dict[str, Place | None]:
        """Every case by its number; None where the number stands twice, or the line is in doubt."""
        cases, filing = self._cases, self._cases.ledger.filing
        judged = judge_table(filing, cases.ledger.policy, cases.now.date())
        places: dict[str, Place | None] = {}
        lines = [(cases.register["case_no"][at], (cases.confidence, at)) for at in range(len(cases.register))]
        lines = [one for one in lines if cases.register_lines.content[one[1][1]]]
        lines += [(filing["case_no"][at], (judged, at)) for at in range(len(filing))]
        for text, place in lines:
            number = tidy_number(text)
            places[number] = None if number in places else place
        places.pop("", None)
        return places
