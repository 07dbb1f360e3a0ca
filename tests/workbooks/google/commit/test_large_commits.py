"""A commit of three thousand rows takes several requests, each small enough, with each case in one of them."""

from __future__ import annotations

from typing import Any

import pytest

from automation.ledger.workbook import Changed, ColumnEdit, TabEdit, Undone
from automation.workbooks.google.commit.split import LARGEST
from tests.support.small_spreadsheet import DAY, DEPARTMENT, HEADERS, LEDGER, STATUS, Ledger, Way, edit, writes_rows
from tests.workbooks.google.commit.test_split import commit

MOST_BYTES = 2_000_000
"""The most bytes of one request that Google advises."""


def large(ledger: Ledger, count: int) -> list[TabEdit]:
    """Edits with a long reason in every row of the Register, and a date in every row of Index."""
    rows = range(2, count + 2)
    return [
        TabEdit(
            "Register",
            [
                ColumnEdit(STATUS, rows, ["In hand"] * count),
                ColumnEdit(DEPARTMENT, rows, [f"第{row}行：" + "转教务处处理" * 30 for row in rows]),
            ],
        ),
        TabEdit("Index", [ColumnEdit(4, rows, [DAY] * count)]),
        edit("Diary", (3, 2, "done")),
    ]


@pytest.fixture(scope="module")
def many() -> dict[str, list[list[Any]]]:
    count = 3000
    cases = [[f"LV-{i:05d}", f"Ann {i}", f"Noise {i}", DAY, "", "", ""] for i in range(1, count + 1)]
    return {
        **LEDGER,
        "Register": [HEADERS, *cases],
        "Index": [LEDGER["Index"][0], *[[case[0], DAY] for case in cases]],
    }  # type: ignore[dict-item]


def test_a_commit_of_three_thousand_rows_is_split_and_each_request_is_small_enough(
    way: Way, many: dict[str, list[list[Any]]]
) -> None:
    ledger = way.ledger(many)
    assert commit(ledger, large(ledger, 3000)) == Undone()
    sizes = [call.request_bytes for call in way.server.calls]
    batches = [call for call in way.server.calls if writes_rows(call)]
    assert (LARGEST * 2 // 3 < max(sizes) < MOST_BYTES, len(batches)) == (True, 5)
    assert (set(ledger.column(STATUS)), len(set(ledger.column(DEPARTMENT)))) == ({"In hand"}, 3000)
    assert [row[3] for row in ledger.rows("Index")[1:]] == [46_083] * 3000
    assert (ledger.rows("Diary")[2], "_lock" in ledger.book.titles()) == (["", "done"], False)


def test_a_run_that_dies_between_two_parts_leaves_each_case_done_or_not_begun(
    way: Way, many: dict[str, list[list[Any]]]
) -> None:
    ledger = way.ledger(many)
    way.server.fail("503-before", nth=2, where=writes_rows)
    with pytest.raises(Changed):
        commit(ledger, large(ledger, 3000))
    register = [row[5:6] == ["In hand"] and row[4] != "" for row in ledger.rows()[1:]]
    index = [row[3:] == [46_083] for row in ledger.rows("Index")[1:]]
    assert (register == index, 0 < sum(register) < 3000, ledger.rows("Diary")[2:]) == (True, True, [])
