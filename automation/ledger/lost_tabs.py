"""Tells what people took away from a ledger in use, tabs and their rows, from what an earlier version did not have.

| gone | known by | then |
|---|---|---|
| *Register* or most of its headings | always | stops; nothing is added until it is back, since an empty one would give cases second numbers |
| *Filing*, *Index* | the mark: every ledger that has it had them | the same |
| *Notices*, or all its rows | mails of which *Runs* knows | stops, until it is back or a person has said from when on mails count |
| any other tab that every version had | other tabs' records | stops; `install` may add one, without what stood there |
| a tab that is made on demand | never | nothing is wrong: nobody turned on what it is for, or `install` makes it anew |
| *Year books* | a year that was closed, as *Runs* has it | stops; nothing is wrong with a ledger in which none was |
| all rows of *Settings*, *Deadlines*, *People* | what could not have been done without | the same |

What is said of each is promised in docs/design.md#p2.22 and docs/design.md#p7.14.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date

import numpy as np

from automation.ledger.model import Ledger, Problem
from automation.ledger.problems import problem
from automation.ledger.recognition import is_a_register
from automation.ledger.titles_and_headers import language_of
from automation.ledger.workbook import Grid, Snapshot
from automation.ledger.year_books import closed_through
from sheet_schema import BOOKS, FILING, HISTORY, INDEX, NOTICES, REGISTER, RUNS, SETTING, TAB
from sheet_schema.sending_words import Command

CASES = frozenset(tab.key for tab in (REGISTER, FILING, INDEX))
"""The tabs with the cases and their numbers, which nobody could type again."""
RECORDS = frozenset(tab.key for tab in (FILING, INDEX, NOTICES, HISTORY, RUNS))
"""The tabs that only the program fills in: with a row in one of them the ledger was in use."""
LATER = frozenset({"wording", "words", "rules_seen", "books"})
"""The tabs that came with a later version: without one, a ledger may simply be older."""
LIVE_SINCE = "go_live_on"


def with_losses(ledger: Ledger, grids: Mapping[str, Grid], snapshot: Snapshot) -> Ledger:
    """The ledger, in whose problems what people took away is said as a loss. `grids` has its tabs by key."""
    turned_on = [one for one in ledger.problems if one.code != "no_tab" or not TAB[one.tab].on_demand]
    problems = [one for one in turned_on if (one.code, one.tab) != ("no_tab", BOOKS.key)]
    if len(turned_on) < len(ledger.problems):
        ledger = replace(ledger, problems=tuple(turned_on))
    if len(problems) < len(turned_on):
        problems += _lost_books(ledger)
        ledger = replace(ledger, problems=tuple(problems))
    lost = [*_lost_cases(problems, grids, snapshot)]
    if lost:  # whatever else is missing comes back with it, and `install` must not be advised
        tabs = {one.tab for one in lost}
        others = [one for one in problems if one.code != "no_tab" and one.tab not in tabs]
        return replace(ledger, problems=(*lost, *others))
    said = [*_lost_records(ledger, {one.tab for one in problems if one.code == "no_tab"})]
    missing = {one.tab for one in said}
    kept = [one for one in problems if one.code != "no_tab" or one.tab not in missing]
    return replace(ledger, problems=(*kept, *said)) if said else ledger


def _lost_cases(problems: list[Problem], grids: Mapping[str, Grid], snapshot: Snapshot) -> Iterator[Problem]:
    had = CASES if snapshot.mark else {REGISTER.key}
    for one in problems:
        if one.code == "no_tab" and one.tab in had:
            yield _lost("tab_gone", one.tab)
    register = grids.get(REGISTER.key)
    if register is not None and not is_a_register(register, language_of(snapshot.grids)):
        yield _lost("headings_gone", REGISTER.key, title=register.title)


def _lost_books(ledger: Ledger) -> Iterator[Problem]:
    if (ledger.tables[RUNS.key]["command"] == Command.CLOSE_YEAR.key).any():
        yield _lost("books_lost", BOOKS.key)


def _lost_records(ledger: Ledger, gone: set[str]) -> Iterator[Problem]:
    """What is said of the tabs that are `gone`, and of those of which only the rows are."""
    sent = _last_notices(ledger, missing=NOTICES.key in gone)
    if sent is not None and sent > _live_since(ledger):  # else a person has said that nothing older is to be mailed
        gone = gone - {NOTICES.key}
        yield _lost("notices_lost", NOTICES.key)
    if any(len(ledger.tables[key]) for key in RECORDS - gone):
        yield from (_lost("tab_lost", tab) for tab in TAB if tab in gone - LATER)
        elsewhere = {one.tab for one in ledger.problems if one.stops}
        yield from (_lost("rows_lost", tab) for tab in _emptied(ledger) if tab not in elsewhere)


def _emptied(ledger: Ledger) -> Iterator[str]:
    """The administrators' tabs without a row that had some, as the mails and runs of before show.

    Without them a run would do half of its work in silence: by default mails are only written on trial, without a deadline
    nothing is ever late, and without people nobody hears of it.
    """
    notices = ledger.tables["notices"]
    mailboxes = {one.email for one in ledger.policy.departments}
    had = {
        "settings": len(ledger.tables["runs"]) > 0,
        "deadlines": bool((~np.isnat(notices["due_on"])).any()),
        "people": not mailboxes.issuperset(filter(None, notices["to"].tolist())),
    }
    first = {"settings": "name", "deadlines": "step", "people": "name"}
    for tab, some in had.items():
        if some and not (ledger.tables[tab].read[first[tab]] != "").any():
            yield tab


def _lost(code: str, tab: str, **details: object) -> Problem:
    said = problem(code, value=TAB[tab], setting=SETTING[LIVE_SINCE], **details)
    return Problem(tab, None, "", code, said, stops=True)


def _last_notices(ledger: Ledger, *, missing: bool) -> date | None:
    """The last day on which mails were noted of which Notices knows nothing; None if it knows of some, or there were none.

    Runs has how many each run noted. If the tab itself is gone, it is also enough that Index has seen a case, and if both
    are without rows, that a run left its print there.
    """
    runs, notices = ledger.tables["runs"], ledger.tables["notices"]
    noted = np.nan_to_num(runs["notices"].astype(float)) > 0
    noted &= ~(runs["at"].astype("datetime64[Y]").astype(np.int64) + 1970 <= closed_through(ledger))  # in a year book
    by_runs = set(notices["run"].tolist()) - {""}
    if not by_runs.isdisjoint(runs["run"][noted].tolist()) or (len(notices) and not by_runs):
        return None  # what a person typed there does not make it a lost tab
    days = [moment.date() for moment, some in zip(runs["at"].tolist(), noted.tolist(), strict=True) if moment and some]
    both_empty = not (len(runs) or len(notices))
    seen = ledger.index["first_seen"][missing | (both_empty & (ledger.index["fingerprint"] != ""))]
    days += [day for day in seen.tolist() if day is not None]
    return max(days, default=None)


def _live_since(ledger: Ledger) -> date:
    typed = ledger.policy.settings[LIVE_SINCE]
    return date.fromisoformat(typed) if typed else date.min
