"""Rows of odd cells: whatever a cell holds becomes a value or a problem, never an error, and text that a job writes stays text.

`python -m tests.any_cell SEED COUNT` tries every odd cell alone in every tab, and COUNT random rows in each.
"""

from __future__ import annotations

import sys
from datetime import date, datetime, time
from pathlib import Path

from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from automation.ledger.workbook import Cell, CellError, Formula, Grid, Snapshot
from automation.run.job import JOBS, Request
from automation.run.plan import plan
from sheet_schema import TABS, Tab
from tests.support.ledger_in_memory import NOW, line, snapshot

ERRORS = ("#REF!", "#N/A", "#NAME?", "#DIV/0!", "#VALUE!", "#NULL!", "#NUM!")
ODD_TEXT = (
    "=cmd()", "=IMPORTXML(1)", "+1", "-1", "@a", "'", "{{ 7*7 }}", "\x00\x01", "\ud800", "\u202e", "none", "NaN", "-",
    "；", "1e999", "9" * 400, "3/2/2026", "2026年13月45日", "字" * 5_000, "LV-00001", "lv-1", "LV-999999999999", "1 … 999999999999",
)  # fmt: skip
cells: st.SearchStrategy[Cell] = st.one_of(
    st.text(),
    st.sampled_from(ODD_TEXT),
    st.booleans(),
    st.integers(min_value=-(10**20), max_value=10**20),
    st.floats(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.text().map(lambda text: Formula(f"={text}")),
    st.sampled_from(ERRORS).map(CellError),
)
PAGE = "字" * 50_000
"""More than a cell can hold: it takes seconds in some tabs, so only the search tries it."""
TABLES = [tab for tab in TABS if tab.columns]
ODD: tuple[Cell, ...] = (
    *ODD_TEXT, True, float("inf"), float("nan"), -1, 10**30, Formula("=1+1"), CellError("#REF!"), time(9),
)  # fmt: skip


def worked_out(tab: Tab, row: list[Cell]) -> None:
    """Do a run over a ledger with this row in this tab. It may stop, but not fail."""
    whole = snapshot(register=[line(), line("LV-00002", contact="")])
    old = whole.grids[tab.label("zh")]
    grid = Grid(tab.label("zh"), [old.rows[0], row, *old.rows[1:]])
    result = plan(
        Snapshot({**whole.grids, tab.label("zh"): grid}, "v2"),
        Request(JOBS["run"], NOW, NOW, outbox=Path("unused"), instead_of_sending=True),
    )
    for edit in result.edits:
        for column in edit.columns:
            assert len(column.rows) == len(column.values)
            kinds = {type(value) for value in column.values}
            assert kinds <= {str, bool, int, float, date, datetime, time}  # never a formula


def filled_with(odd: Cell, tab: Tab) -> list[Cell]:
    """A row with this in every column."""
    return [odd] * len(tab.columns)


def random_row(tab: Tab, data: st.DataObject) -> list[Cell]:
    return data.draw(st.lists(cells, min_size=len(tab.columns), max_size=len(tab.columns)))


def search(first: int, count: int) -> None:
    """Try each odd cell in each tab, and as many random rows; the first that makes a run fail is shown as small as it gets."""
    options = settings(max_examples=count, database=None, deadline=None, suppress_health_check=[*HealthCheck])
    for tab in TABLES:
        for odd in (*ODD, PAGE):
            worked_out(tab, filled_with(odd, tab))

        def look(tab: Tab, data: st.DataObject) -> None:
            worked_out(tab, random_row(tab, data))

        seed(first)(options(given(tab=st.just(tab), data=st.data())(look)))()
        print(f"{tab.key}: {len(ODD) + 1} odd cells, {count} random rows", flush=True)


if __name__ == "__main__":
    search(int(sys.argv[1]), int(sys.argv[2]))
