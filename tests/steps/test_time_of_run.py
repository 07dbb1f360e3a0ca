"""A run before the last one, or long after it, is in doubt until a person confirms the day."""

from __future__ import annotations

from datetime import datetime

import pytest

from automation.ledger.parsing import parse
from automation.steps.time_of_run import doubtful_time
from tests.support.ledger_in_memory import Rows, snapshot

LAST = "2026-03-13 09:00"


@pytest.mark.parametrize(
    ("runs", "now", "typed", "code"),
    [
        ([], "2099-01-01 09:00", "", ""),  # a new ledger
        ([LAST], "2026-03-13 09:10", "", ""),
        ([LAST], "2026-03-13 08:00", "", ""),  # the clocks went back in autumn
        ([LAST], "2026-03-13 07:59", "", "clock_back"),
        ([LAST], "1970-01-01 00:00", "", "clock_back"),
        ([LAST], "2026-06-21 09:00", "", ""),  # a hundred days
        ([LAST], "2026-06-21 09:01", "", "clock_far"),
        ([LAST], "2031-03-13 09:10", "", "clock_far"),
        # one line years ahead, and the office goes on from the line after it
        (["2031-03-13 09:00"], "2026-03-13 09:10", "", "clock_back"),
        (["2031-03-13 09:00", LAST], "2026-03-13 09:10", "", ""),
        (["2031-03-13 09:00", LAST], "2031-03-13 09:10", "", "clock_far"),
        # confirmed: the day that a person typed as today's is the run's
        ([LAST], "2026-09-01 08:00", "2026-09-01", ""),
        ([LAST], "2026-09-04 08:00", "2026-09-01", ""),  # nobody ran it on the day
        ([LAST], "2026-09-09 08:00", "2026-09-01", "clock_far"),
        ([LAST], "2031-03-13 09:10", "2026-09-01", "clock_far"),  # the clock is wrong, whatever was typed
        ([LAST], "2026-03-01 09:10", "2026-03-13", "clock_back"),
        ([LAST], "2026-03-01 09:10", "2026-03-01", ""),
    ],
)
def test_which_run_is_in_doubt(runs: list[str], now: str, typed: str, code: str) -> None:
    lines: Rows = [{"run": at, "at": at, "command": "run"} for at in runs]
    book = snapshot(runs=lines, settings=[{"name": "时钟核对日期", "value": typed}])
    problem = doubtful_time(parse(book), datetime.fromisoformat(now))
    assert (problem.code, problem.stops) == (code, True) if code else problem is None
