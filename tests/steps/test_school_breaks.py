"""Time limits in school days need the school breaks, and it is said before a clock runs into one that nobody entered."""

from __future__ import annotations

from datetime import datetime

import pytest

from automation.steps.school_breaks import breaks_missing
from tests.support.ledger_in_memory import ledger
from tests.support.small_office import LADDER, RULE

SCHOOL_DAYS = {**RULE, "unit": "上课日"}
WINTER = {"date": "2026-01-24", "until": "2026-02-28", "kind": "校历假期", "name": "寒假"}
SUMMER = {"date": "2026-07-11", "until": "2026-08-31", "kind": "校历假期", "name": "暑假"}
ONE_DAY = {"date": "2026-05-04", "kind": "校历假期"}


@pytest.mark.parametrize(
    ("rules", "rungs", "days", "today", "code"),
    [
        ([SCHOOL_DAYS], [LADDER], [], "2026-03-18", "no_breaks"),
        ([SCHOOL_DAYS], [LADDER], [{"date": "2026-05-01", "kind": "放假"}], "2026-03-18", "no_breaks"),
        ([SCHOOL_DAYS], [LADDER], [WINTER], "2026-03-18", "breaks_end"),
        ([SCHOOL_DAYS], [LADDER], [WINTER, SUMMER], "2026-03-18", ""),
        ([SCHOOL_DAYS], [LADDER], [SUMMER], "2026-07-02", ""),  # the last day of August is 60 days away
        ([SCHOOL_DAYS], [LADDER], [SUMMER], "2026-07-03", "breaks_end"),
        ([SCHOOL_DAYS], [LADDER], [ONE_DAY], "2026-03-05", ""),
        ([SCHOOL_DAYS], [LADDER], [ONE_DAY], "2026-03-06", "breaks_end"),
        ([RULE], [LADDER], [], "2026-03-18", ""),
        ([{**SCHOOL_DAYS, "enabled": "否"}], [LADDER], [], "2026-03-18", ""),
        ([RULE], [{**LADDER, "unit": "上课日"}], [], "2026-03-18", "no_breaks"),
    ],
)
def test_breaks_that_are_not_entered(
    rules: list[dict[str, object]], rungs: list[dict[str, object]], days: list[dict[str, object]], today: str, code: str
) -> None:
    read = ledger(deadlines=rules, escalation=rungs, calendar=days)
    found = [(one.tab, one.row, one.code) for one in breaks_missing(read, datetime.fromisoformat(today))]
    assert found == ([("calendar", None, code)] if code else [])


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ([], "有时限按上课日计算，但没有填写校历假期，假期中的工作日都会计入。请在本表填写各假期，类型选“校历假期”。"),
        ([WINTER], "有时限按上课日计算，但校历假期只填到2026-02-28。请在时限遇到下一个假期之前，在本表续填，类型选“校历假期”。"),
    ],
)  # fmt: skip
def test_in_words(days: list[dict[str, object]], said: str) -> None:
    (found,) = breaks_missing(ledger(deadlines=[SCHOOL_DAYS], calendar=days), datetime(2026, 3, 18))
    assert found.say("zh") == said
