"""Whatever a cell holds becomes a value or a problem, never an error, and text that a job writes stays text."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from automation.ledger.workbook import Cell, CellError, Formula, Grid, Snapshot
from automation.run.job import JOBS, Request
from automation.run.plan import plan
from sheet_schema import TABS, Tab
from tests.support.ledger_in_memory import NOW, line, snapshot

ERRORS = ("#REF!", "#N/A", "#NAME?", "#DIV/0!", "#VALUE!", "#NULL!", "#NUM!")
ODD_TEXT = (
    "=cmd()", "=IMPORTXML(1)", "+1", "-1", "@a", "'", "{{ 7*7 }}", "\x00\x01", "\ud800", "\u202e", "none", "NaN", "-",
    "；", "1e999", "9" * 400, "3/2/2026", "2026年13月45日", "字" * 50_000, "LV-00001", "lv-1", "LV-999999999999",
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
TABLES = [tab for tab in TABS if tab.columns]


def worked_out(tab: Tab, row: list[Cell]) -> None:
    """Do a run over a ledger with this row in this tab. It may stop, but not fail."""
    whole = snapshot(register=[line(), line("LV-00002", contact="")])
    old = whole.grids[tab.zh]
    grid = Grid(tab.zh, [old.rows[0], row, *old.rows[1:]])
    result = plan(
        Snapshot({**whole.grids, tab.zh: grid}, "v2"),
        Request(JOBS["run"], NOW, NOW, outbox=Path("unused"), instead_of_sending=True),
    )
    for edit in result.edits:
        for column in edit.columns:
            assert len(column.rows) == len(column.values)
            kinds = {type(value) for value in column.values}
            assert kinds <= {str, bool, int, float, date, datetime, time}  # never a formula


@pytest.mark.parametrize("tab", TABLES, ids=lambda tab: tab.key)
@settings(max_examples=25, deadline=None, derandomize=True)
@given(data=st.data())
def test_any_row(tab: Tab, data: st.DataObject) -> None:
    width = len(tab.columns)
    worked_out(tab, data.draw(st.lists(cells, min_size=width, max_size=width)))


@pytest.mark.parametrize("tab", TABLES, ids=lambda tab: tab.key)
def test_every_odd_cell_in_every_column(tab: Tab) -> None:
    for odd in (
        *ODD_TEXT,
        True,
        float("inf"),
        float("nan"),
        -1,
        10**30,
        Formula("=1+1"),
        CellError("#REF!"),
        time(9),
    ):
        worked_out(tab, [odd] * len(tab.columns))
