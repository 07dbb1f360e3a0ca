"""Reports, answers, `check` and printed forms read the ledger as a run would see it now."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from automation.ledger.changes import unequal
from automation.ledger.parsing import parse
from automation.run.job import JOBS, Request
from automation.run.plan import plan
from automation.steps.cases_now import cases_now
from sheet_schema import REGISTER
from tests.support.ledger_in_memory import NOW, line, snapshot

UNTOUCHED = line(department="", about="-")
CLOCK = datetime(2026, 3, 18, 1, tzinfo=UTC)


def test_a_case_typed_since_the_last_run_has_its_department_and_what_follows_from_it() -> None:
    typed = snapshot(register=[UNTOUCHED], index=[{"case_no": "LV-00001", "issued_on": "2026-03-02"}])

    seen = cases_now(typed, NOW).register
    written = plan(typed, Request(JOBS["run"], NOW, CLOCK)).after.register

    assert seen["department"].tolist()[0] != ""
    assert [column.key for column in REGISTER if unequal(seen[column.key], written[column.key]).any()] == []


def test_what_would_stop_a_run_is_among_the_problems_and_nothing_is_assigned() -> None:
    whole = snapshot(register=[UNTOUCHED])
    broken = replace(whole, grids={title: grid for title, grid in whole.grids.items() if title != "值班"})

    cases = cases_now(broken, NOW)

    assert [one.tab for one in cases.ledger.problems if one.stops] == ["duty"]
    assert cases.register["department"].tolist()[0] == ""


def test_nothing_is_changed_in_what_was_read() -> None:
    typed = snapshot(register=[UNTOUCHED])
    cases_now(typed, NOW)
    assert parse(typed).register["department"].tolist() == [""]
