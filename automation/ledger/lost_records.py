"""A tab of the program's own records that is gone though the ledger was in use (docs/design.md#p7.14).

*Notices* is what remembers which mails went out: with an empty one in its place, every mail would go a second time. So
its loss stops every run, and `install` adds no other, until it is back or a person has said from when on mails count.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np

from automation.ledger.model import Ledger, Problem
from automation.ledger.problems import problem
from sheet_schema import FILING, HISTORY, INDEX, NOTICES, RUNS, SETTING, TAB

RECORDS = frozenset(tab.key for tab in (FILING, INDEX, NOTICES, HISTORY, RUNS))
"""The tabs that only the program fills in, and of which it keeps no second copy."""
LIVE_SINCE = "go_live_on"


def with_lost_records(ledger: Ledger) -> Ledger:
    """The ledger, whose problems tell a lost record from a tab that an older ledger never had."""
    gone = {one.tab for one in ledger.problems if one.code == "no_tab"} & RECORDS
    sent = _last_notices(ledger, missing=NOTICES.key in gone)
    if sent is not None and sent <= _live_since(ledger):
        sent = None  # a person has said that nothing older is to be mailed one by one
    if not gone and sent is None:
        return ledger
    in_use = any(len(ledger.tables[key]) for key in RECORDS - gone)
    said = [_said(one, sent, in_use=in_use) if one.code == "no_tab" else one for one in ledger.problems]
    if sent is not None and NOTICES.key not in gone:
        said.append(_lost("notices_lost", NOTICES.key))
    return replace(ledger, problems=tuple(said))


def _said(no_tab: Problem, sent: date | None, *, in_use: bool) -> Problem:
    """What is said of a missing tab."""
    if no_tab.tab == NOTICES.key and sent is not None:
        return _lost("notices_lost", no_tab.tab)
    return _lost("record_lost", no_tab.tab) if no_tab.tab in RECORDS and in_use else no_tab


def _lost(code: str, tab: str) -> Problem:
    return Problem(tab, None, "", code, problem(code, value=TAB[tab], setting=SETTING[LIVE_SINCE]), stops=True)


def _last_notices(ledger: Ledger, *, missing: bool) -> date | None:
    """The last day on which mails were noted of which Notices knows nothing; None if it knows of some, or there were none.

    Runs has how many each run noted. If the tab itself is gone, it is also enough that Index has seen a case.
    """
    runs, notices = ledger.tables["runs"], ledger.tables["notices"]
    noted = np.nan_to_num(runs["notices"].astype(float)) > 0
    by_runs = notices["run"][notices["run"] != ""]
    if np.isin(by_runs, runs["run"][noted]).any() or (len(notices) and not len(by_runs)):
        return None  # what a person typed there does not make it a lost tab
    days = [moment.date() for moment, some in zip(runs["at"].tolist(), noted.tolist(), strict=True) if moment and some]
    days += [day for day in ledger.index["first_seen"].tolist() if day is not None] if missing else []
    return max(days, default=None)


def _live_since(ledger: Ledger) -> date:
    typed = ledger.policy.settings[LIVE_SINCE]
    return date.fromisoformat(typed) if typed else date.min
