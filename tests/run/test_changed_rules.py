"""A rule that was changed, in a file and in a Google Sheet: all of its end and its start is written, or nothing (docs/design.md#p3.18)."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.support import workbook_homes as homes
from tests.support.ledger_in_memory import line
from tests.support.small_office import HANDLED, at, column, ledger_at, typed
from tests.support.workbook_homes import address, made_once

pytestmark = pytest.mark.parametrize("home", homes.KINDS, indirect=True)
COMMIT = 6
"""The number of the request that writes to a Google Sheet."""
DATED = [(30, "2026-03-18", "NaT"), (20, "NaT", "2026-03-17")]
Days = list[tuple[object, ...]]


def rules(path: Path) -> Days:
    return [
        (amount, *(str(day or "NaT") for day in days))
        for amount, *days in column(path, "deadlines", "amount", "from", "until")
    ]


@made_once
def office(folder: Path) -> Path:
    path = ledger_at(folder, [line(**HANDLED)])
    at(path, "2026-03-17T09:00")
    typed(path, "数量", 30, "时限")
    return path


def due(path: Path) -> str:
    return str(column(path, "register", "due_on")[0][0])


def test_the_old_row_is_kept_and_the_new_one_holds_for_new_cases(tmp_path: Path) -> None:
    path = office(tmp_path)
    at(path, "2026-03-18T09:00")
    assert (rules(path), due(path)) == (DATED, "2026-03-22")
    assert at(path, "2026-03-18T09:10").changes == ()


def test_a_row_that_is_changed_once_more_at_that_very_moment_is_dated_by_the_next_run(tmp_path: Path) -> None:
    path = office(tmp_path)
    if not homes.on_google_now():
        pytest.skip("nobody can save a file while it is written")
    google = homes.server()
    google.clear_calls()

    def person(_: int, __: Any) -> None:
        if len(google.calls) + 1 == COMMIT:
            sheet = google.spreadsheets[address(path)].sheet("时限")
            sheet.type(2, sheet.values()[0].index("数量") + 1, 40)

    google.between = person
    try:
        at(path, "2026-03-18T09:00")
    finally:
        google.between = None
    assert rules(path) == [(40, "NaT", "NaT")]
    at(path, "2026-03-18T09:10")
    assert (rules(path), due(path)) == ([(40, "2026-03-18", "NaT"), DATED[1]], "2026-03-22")
