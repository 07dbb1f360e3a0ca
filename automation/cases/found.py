"""Finds cases by what was typed about them: numbers, names, contacts, summaries, as `find` asks.

"of a restricted case nothing is looked at but its numbers, and only a whole one finds it" (docs/design.md#p5.20).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from automation.cases.confidentiality import quotable_cases
from automation.cases.register_lines import has_content
from automation.ledger.model import Ledger
from automation.ledger.names.folding import text_forms
from automation.ledger.table import Array, Table
from sheet_schema import FILING, REGISTER

NUMBERS = ("case_no", "archive_no", "former_no", "superior_ref")
TEXTS = ("petitioner", "contact", "about", "summary", "received_by", "handler")
"""The columns that are looked at, in the order in which they are told."""


@dataclass(frozen=True)
class FoundCase:
    """A case, where it stands, and the cells in which the text was found, by column; none of a case that is withheld."""

    table: Table
    position: int
    cells: dict[str, str]
    withheld: bool

    @property
    def number(self) -> str:
        return str(self.table["case_no"][self.position])

    @property
    def row(self) -> int:
        return int(self.table.rows[self.position])


@dataclass(frozen=True)
class Found:
    """What was found, those filed last and the newest lines first, and how many cases were looked for by number only."""

    cases: Sequence[FoundCase]
    unsearched: int


def cases_with(ledger: Ledger, text: str, *, restricted: bool) -> Found:
    """The cases of Register and Filing that have this text in a cell, whatever the width, capitals, accents, spaces, punctuation, and
    whether in traditional or simplified characters.

    `restricted` looks at restricted cases as at all others, for somebody who may open the ledger.
    """
    cases: list[FoundCase] = []
    unsearched = 0
    for tab in (REGISTER, FILING):
        table = ledger.tables[tab.key]
        lines = has_content(table) | (table["case_no"] != "") if tab is FILING else has_content(table)
        searched = lines & (quotable_cases(table, ledger.policy) | restricted)
        unsearched += int((lines & ~searched).sum())
        cases += _in_table(table, text_forms([text])[0], searched, lines & ~searched)
    return Found(cases, unsearched)


def _in_table(table: Table, wanted: str, searched: Array, withheld: Array) -> Iterator[FoundCase]:
    columns = {key: text_forms(table[key].tolist()) for key in (*NUMBERS, *TEXTS) if key in table.values}
    numbers = [columns[key] for key in NUMBERS if key in columns]
    for at in reversed(np.flatnonzero(searched | withheld).tolist()):
        if withheld[at]:
            if any(column[at] == wanted for column in numbers):
                yield FoundCase(table, at, {}, withheld=True)
        elif cells := {key: str(table[key][at]) for key, column in columns.items() if wanted in column[at]}:
            yield FoundCase(table, at, cells, withheld=False)
