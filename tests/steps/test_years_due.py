"""Which years a run says are to be closed: none of whose cases alone somebody reads who must not know of them."""

from __future__ import annotations

from datetime import datetime

import pytest

from automation.ledger.errors import LedgerError
from automation.ledger.model import Ledger
from automation.steps.cases_now import cases_now
from automation.steps.years_due import years_due
from automation.text.catalogue import msg
from sheet_schema import SETTING
from tests.support.ledger_in_memory import LEADER_AND_OFFICE, line, snapshot

NOW = datetime(2026, 3, 18, 9)
ADMIN = {"name": "陈工", "role": "管理员", "email": "admin@s.example"}
FILED_IN_2023 = {"seal_no": 1, "seal": "s", "filed_on": "2023-03-01", "archive_no": "A1", "received_on": "2023-01-02"}


def _a_book(_: Ledger, year: int) -> str:
    return f"ledger {year}.xlsx"


def _no_book(_: Ledger, __: int) -> str:
    raise LedgerError(msg("Make a spreadsheet for it first."))


@pytest.mark.parametrize("book_of", [_a_book, _no_book])
@pytest.mark.parametrize(
    ("about", "years"),
    [
        pytest.param("-", [2023], id="nobody"),
        pytest.param("陈工", [], id="an administrator"),
        pytest.param("李敏", [], id="the office"),
        pytest.param("赵刚", [2023], id="a leader, who reads nothing of years"),
    ],
)
def test_a_year_of_which_nobody_may_be_told_is_not_told_of(about: str, years: list[int], book_of: object) -> None:
    """Its only case cannot move, or has no book to move to: to say so would tell that it is there."""
    index = [{"case_no": "LV-00001", "issued_on": "2023-01-01", "filed_on": "2023-03-01", "archive_no": "A1"}]
    settings = [{"name": SETTING["books_after_years"].label("zh"), "value": "2"}]
    filing = [line("LV-00001", about=about, **FILED_IN_2023)]
    people = [ADMIN, *LEADER_AND_OFFICE]
    cases = cases_now(snapshot(filing=filing, index=index, people=people, settings=settings), NOW)
    found = list(years_due(cases, NOW, book_of))  # type: ignore[arg-type]
    assert [one.year for one in found if one.lacking is not None] == years
    assert len(found) == len(years)
