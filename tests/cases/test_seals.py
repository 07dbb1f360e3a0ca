"""Thousands of rows are sealed at once as each is by itself."""

from __future__ import annotations

from datetime import datetime

from automation.cases.seals import row_values, seal, seals_now
from tests.support.ledger_in_memory import ledger, line

ODD = (
    {},
    {"petitioner": "", "summary": ' "引号" \\ \n 换行\t', "seal_no": 3, "year": 2026, "important": True},
    {"received_on": "去年", "people": "很多", "about": "王老师", "replied_on": datetime(2026, 3, 2)},
    {"summary": "\ud83d 半个字", "filed_on": datetime(2026, 5, 1), "pages": "7", "box": "A"},
    {"contact": 13800000001.0, "restricted": "?", "received_by": "李敏老师", "archive_no": "1-2", "seal": "not this"},
)


def test_each_seal_is_that_of_the_row_by_itself() -> None:
    filing = ledger(filing=[line(f"LV-{at:05d}", **more) for at, more in enumerate(ODD)]).filing
    some = [0, 1, 2, 3, 4, 2]
    assert seals_now(filing, some) == [seal(values) for values in row_values(filing, some)]
    assert len({*seals_now(filing, some)}) == len(ODD)
