"""Tells a tab that people took away, with what stood in it, from one that an earlier version did not have.

What was there once is never made anew: an empty Register would give cases second numbers (docs/design.md#p2.22).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from automation.ledger import problems as messages
from automation.ledger.model import Problem
from automation.ledger.recognition import is_a_register
from automation.ledger.titles_and_headers import language_of
from automation.ledger.workbook import Grid, Snapshot
from sheet_schema import FILING, INDEX, REGISTER, TAB

CASES = (REGISTER, FILING, INDEX)
"""The tabs with the cases and their numbers, which nobody could type again. Every ledger that has the mark had them all."""


def with_losses(problems: Sequence[Problem], grids: Mapping[str, Grid], snapshot: Snapshot) -> list[Problem]:
    """The problems with tabs and headings, said as losses where people took something away.

    Then nothing else that is missing is spoken of: it comes back with the rest, and `install` must not be advised.
    """
    lost = [*_gone(problems, grids, snapshot)]
    others = [one for one in problems if one.code != "no_tab" and one.tab not in {found.tab for found in lost}]
    return [*lost, *others] if lost else list(problems)


def _gone(problems: Iterable[Problem], grids: Mapping[str, Grid], snapshot: Snapshot) -> Iterable[Problem]:
    cases = {tab.key for tab in CASES} if snapshot.mark else {REGISTER.key}
    for problem in problems:
        if problem.code == "no_tab" and problem.tab in cases:
            yield replace(problem, code="tab_gone", said=messages.problem("tab_gone", value=TAB[problem.tab]))
    register = grids.get(REGISTER.key)
    if register is not None and not is_a_register(register, language_of(snapshot.grids)):
        said = messages.problem("headings_gone", value=REGISTER, title=register.title)
        yield Problem(REGISTER.key, None, "", "headings_gone", said, stops=True)
