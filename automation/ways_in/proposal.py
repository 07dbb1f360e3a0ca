"""What each column of an old register means, as it is proposed and as a person may correct it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

CLOSED, OPEN, NOTHING = "closed", "open", ""
"""What a word in a column of state says of the case; and a word that says nothing for us."""
DAY_FIRST, MONTH_FIRST, YEAR_FIRST = "day", "month", "year"


@dataclass(frozen=True, slots=True)
class TabMeant:
    """A tab with cases: the row of its headings, from 1, and the year of its days if they do not say it.

    In a school year that begins in `begins`, days before that month are of the year after.
    """

    heading_row: int
    year: int = 0
    begins: int = 1


@dataclass(frozen=True)
class Proposal:
    """How an old register is read. By headings: what each column is for (a key of `old_registers.MEANINGS`), and what its words
    mean (the key of a choice, a topic, `closed` or `open`; `""`: nothing).

    `date_order` says which comes first in 3/2/2026 or 26.3.2: `day`, `month` or `year`; blank if that cannot be told. `every_case` has what holds of
    all, such as the channel of a register of visits. Rows in a colour of `closed_colours` are closed.
    """

    tabs: Mapping[str, TabMeant]
    columns: Mapping[str, str]
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    date_order: str = ""
    time_zone: str = ""
    closed_colours: tuple[str, ...] = ()
    every_case: Mapping[str, str] = field(default_factory=dict)

    def headings_for(self, key: str) -> list[str]:
        """The headings of the columns that are for this, in their order."""
        return [heading for heading, meant in self.columns.items() if meant == key]


@dataclass(frozen=True, slots=True)
class Evidence:
    """Why a column is proposed for something: examples of what stands in it, and how sure it is (`headings.SURE` and so on)."""

    examples: tuple[str, ...]
    sure: str
