"""Everything that keeps a letter from being made, of one case and one kind: what may not be said, and what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from automation.cases.cases import Cases
from automation.cases.letters.facts import MISSING, Lack, LetterFacts, declared_for, facts_of, mark_of
from automation.cases.letters.made import Made, answered, last_of
from automation.cases.letters.placeholders import places_in
from automation.cases.letters.secrecy import names_in, reasons
from automation.text.catalogue import msg
from sheet_schema import REGISTER
from sheet_schema.letter_files import LetterDeclared

_SEVERAL = msg("These are blank, and the letter “{letter}” says them: {columns}.")


@dataclass(frozen=True)
class Considered:
    """A letter as it would be. `forbids` is what may not be: no option changes that; `lacks` is what is missing."""

    at: int
    declared: LetterDeclared
    facts: LetterFacts
    forbids: tuple[Lack, ...]
    lacks: tuple[Lack, ...]

    @property
    def objections(self) -> tuple[Lack, ...]:
        """All of it."""
        return (*self.forbids, *self.lacks)


def considered(
    cases: Cases, at: int, kind: str, places: Sequence[str] | None = None, *, of_all: bool = False
) -> Considered:
    """Look at a letter of this kind about the case at row position `at`, whose template says `places` (None: what ours says).

    `of_all` looks for the names of whoever brought restricted cases, too: only whoever makes the letter is told of them.
    """
    declared = declared_for(cases, kind)
    facts = facts_of(cases, at, declared)
    if places is None:
        places = [place for line in declared.lines(cases.ledger.language) for place in places_in(line)]
    forbids = list(reasons(cases, at, declared))
    if not forbids:
        for column, sentence, about in names_in(cases, at, facts.texts, of_all=of_all):
            forbids.append((column, sentence.of(column=REGISTER[column], matter=REGISTER["matter"], **about)))
    lacks = _together([*facts.lacks, *facts.blanks(places, declared)], declared)
    return Considered(at, declared, facts, tuple(forbids), lacks)


def _together(lacks: Sequence[Lack], declared: LetterDeclared) -> tuple[Lack, ...]:
    """What is missing, with the cells that are only blank named in one sentence."""
    blank = [lack for lack in lacks if lack[1].text == MISSING.text]
    if len(blank) < 2:
        return tuple(lacks)
    columns = [dict(said.values)["column"] for _, said in blank]
    together = (blank[0][0], _SEVERAL.of(columns=columns, letter=declared.kind))
    return (together, *(lack for lack in lacks if lack not in blank))


def chosen(cases: Cases) -> list[tuple[int, str]]:
    """The cases in which a letter is chosen that was not made yet, and its kind, in the order of the rows."""
    register = cases.register
    wanted = np.flatnonzero(cases.register_lines.cases & (register["letter"] != "")).tolist()
    return [
        (at, register["letter"][at])
        for at in wanted
        if not answered(str(register["letters_made"][at]), register["letter"][at])
    ]


def outdated(cases: Cases) -> list[tuple[int, Made]]:
    """The cases that say something else since the letter chosen in them was made, where it was not handed over yet."""
    register = cases.register
    found = []
    for at in np.flatnonzero(cases.register_lines.cases & (register["letter"] != "")).tolist():
        kind = str(register["letter"][at])
        last = last_of(str(register["letters_made"][at]), kind)
        if last and last.mark and not last.handed and last.mark != mark_of(cases, at, declared_for(cases, kind)):
            found.append((at, last))
    return found
