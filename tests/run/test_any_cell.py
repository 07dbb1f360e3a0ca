"""Whatever a cell holds becomes a value or a problem, never an error, and text that a job writes stays text.

A sample; `python -m tests.any_cell` tries every odd cell alone, and as many random rows as one likes.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sheet_schema import Tab
from tests.any_cell import ODD, TABLES, filled_with, random_row, worked_out
from tests.support.sample import every, random_examples

SIXTH = 6


@pytest.mark.parametrize("tab", TABLES, ids=lambda tab: tab.key)
@random_examples(2)
@given(data=st.data())
def test_any_row(tab: Tab, data: st.DataObject) -> None:
    worked_out(tab, random_row(tab, data))


@pytest.mark.parametrize("tab", TABLES, ids=lambda tab: tab.key)
def test_every_odd_cell_in_every_column(tab: Tab) -> None:
    """A sixth of them: in each tab another sixth, so that each stands in three tabs or so."""
    for odd in every(SIXTH, ODD, TABLES.index(tab) % SIXTH):
        worked_out(tab, filled_with(odd, tab))
