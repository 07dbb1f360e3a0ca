"""One row of an administrators' tab while it is read."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np

from automation.ledger import problems as messages
from automation.ledger.cells import SEVERAL
from automation.ledger.model import Problem
from automation.ledger.problems import SKIPPED
from automation.ledger.table import Table
from sheet_schema import Word, word_form


@dataclass
class Row:
    """One row of an administrators' tab while it is read; `wrong` collects its problems."""

    tab: Table
    position: int
    wrong: list[Problem] = field(default_factory=list)
    skipped: bool = False

    @property
    def number(self) -> int:
        return int(self.tab.rows[self.position])

    def text(self, key: str) -> str:
        return str(self.tab[key][self.position])

    def whole(self, key: str) -> int | None:
        value = self.tab[key][self.position]
        return None if np.isnan(value) else int(value)

    def day(self, key: str) -> date | None:
        value = self.tab[key][self.position]
        return None if np.isnat(value) else value.item()

    def several(self, key: str, choices: type[Word] | None = None) -> tuple[str, ...]:
        """The parts of a cell; with `choices` their keys, where a part that is not on the list skips the row."""
        parts = [p.strip() for p in SEVERAL.split(self.text(key)) if p.strip()]
        if choices is None:
            return tuple(parts)
        known = self.tab.tab[key].keys_by_word
        for part in parts:
            if word_form(part) not in known:
                self.skip("not_on_list", key, value=part, choices=list(choices))
        return tuple(known[word_form(part)] for part in parts if word_form(part) in known)

    def needs(self, key: str) -> None:
        """Skip the row if this cell is blank."""
        if self.tab.read[key][self.position] == "":
            self.skip("rule_missing", key)

    def problems(self) -> list[Problem]:
        """What is wrong in the row; where it cannot be used, each says so."""
        return [replace(one, said=(*one.said, SKIPPED)) for one in self.wrong] if self.skipped else self.wrong

    def skip(self, code: str, key: str, **details: object) -> None:
        """Report a problem and leave the row out of the policy."""
        self.note(code, key, **details)
        self.skipped = True

    def note(self, code: str, key: str, **details: object) -> None:
        """Report a problem, but keep the row."""
        said = messages.problem(code, column=self.tab.tab[key], **details)
        self.wrong.append(Problem(self.tab.tab.key, self.number, key, code, said))
