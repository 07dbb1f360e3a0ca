"""Adds lines to the History tab, and names the run that wrote them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import numpy as np

from automation.ledger.model import Ledger


def run_mark(now: datetime) -> str:
    """The name of the run at this time (the office's) in Notices, History and Runs."""
    return now.isoformat(timespec="seconds")


def with_lines(ledger: Ledger, run: str, at: datetime, cells: Mapping[str, Sequence[object]]) -> Ledger:
    """The ledger with these lines added to History, each with the run and its time.

    `cells` holds the values of all lines by column key, `column` always; columns that are left out stay blank.
    """
    history, count = ledger.tables["history"], len(cells["column"])
    rows = range(history.last_row + 1, history.last_row + 1 + count)
    moment = np.datetime64(at, "s")
    return ledger.having(history=history.extended(rows, run=[run] * count, at=[moment] * count, **cells))
