"""The Dashboard on Google: a person who changes the page at the moment of writing harms no case."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from automation.pages.dashboard import TILES
from tests.run.test_dashboard import AGAIN, BOARD, FIRST, LATER, WHEN, cell, path, scribble
from tests.support import workbook_homes as homes
from tests.support.small_office import CLOCK, at, column

__all__ = ["path"]
pytestmark = pytest.mark.parametrize("home", ["google"], indirect=True)
COMMIT = 6
"""The number of the request that writes: it follows two reads, the lock, another read, and the look-up of rows."""


def test_a_run_that_writes_on_the_page_only_asks_google_five_times(path: Path) -> None:
    at(path, FIRST)
    scribble(path, {TILES["open"]: 99})

    assert at(path, AGAIN).calls == 5


@pytest.mark.parametrize(
    "act",
    [
        lambda sheet: sheet.type(5, 2, "随手写"),
        lambda sheet: sheet.insert_rows(3, 2),
        lambda sheet: sheet.delete_rows(4, 30),
        lambda sheet: sheet.delete(),
    ],
    ids=["type", "insert", "delete", "take out"],
)
def test_what_somebody_does_to_the_page_meanwhile_undoes_no_case(path: Path, act: Any) -> None:
    at(path, FIRST)
    server, done = homes.server(), []
    server.clear_calls()

    def person(_: int, __: Any) -> None:
        if len(server.calls) + 1 == COMMIT:
            done.append(act(server.spreadsheets[homes.address(path)].sheet(BOARD)))

    server.between = person
    try:
        result = at(path, LATER)
    finally:
        server.between = None

    assert (len(done), result.written, result.undone) == (1, True, frozenset())
    assert column(path, "register", "light")[0] == ("late",)
    at(path, "2026-03-24T07:10")
    assert BOARD not in homes.book_at(path, CLOCK).read().grids or cell(path, WHEN) == "LV-00001"
    assert not at(path, "2026-03-24T07:20").written
