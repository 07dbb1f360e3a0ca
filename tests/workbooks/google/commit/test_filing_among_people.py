"""A person acts at the moment a case goes to Filing: every row ends up where it belongs, and none twice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from automation.ledger.workbook import RowMove, Undone
from tests.support.small_spreadsheet import DAY, PETITIONER, STATUS, SUMMARY, Ledger, Way, edit
from tests.workbooks.google.commit.test_commit_among_people import ANN, SERIAL, A, B, C, Row, commit, index, names

FILED = [
    edit("Filing", (3, 8, "A-2")),
    edit("Register", (2, STATUS, "Late"), (3, STATUS, "Closed")),
    edit("Index", (3, 4, DAY)),
    edit("Runs", (2, 1, "r1"), (2, 4, "abc")),
]
MOVE = [RowMove("Register", "Filing", [3], [3], {column: column for column in range(1, 8)})]
OLD = ["LV-00000", "Zoe", "Old", SERIAL, "Office", "Closed", "m0", "A-1"]
BEN_FILED = [*B[:5], "Closed", "m2", "A-2"]
FILING_MET: dict[str, tuple[Callable[[Ledger], Any], list[Row], list[Row], Row, frozenset[str]]] = {
    # what a person does: the Register, Filing and the line of Runs afterwards, the cases that were left out
    "nothing": (lambda one: None, [ANN, C], [OLD, BEN_FILED], ["r1", "", "", "abc"], names()),
    "edits the case": (
        lambda one: one.sheet().type(3, SUMMARY, "Bus"), [ANN, [*B[:2], "Bus", *B[3:]], C], [OLD], ["r1"], names(2),
    ),
    "puts a line in above": (lambda one: one.sheet().insert_rows(2), [[], A, B, C], [OLD], ["r1"], names(1, 2)),
    "puts a line in between, which is blank and not missed": (
        lambda one: one.sheet().insert_rows(3), [ANN, B, C], [OLD], ["r1"], names(2),
    ),
    "sorts, and the case stays where it is": (
        lambda one: one.sheet().sort(PETITIONER, descending=True), [C, A], [OLD, BEN_FILED], ["r1", "", "", "abc"], names(1),
    ),
    "moves another there": (lambda one: one.sheet().move_rows(4, 1, 3), [ANN, C, B], [OLD], ["r1"], names(2)),
    "deletes the case": (lambda one: one.sheet().delete_rows(3), [ANN, C], [OLD], ["r1"], names(2)),
    "types where the case is to go": (
        lambda one: one.sheet("Filing").type(3, SUMMARY, "mine"), [ANN, B, C], [OLD, ["", "", "mine"]], ["r1"], names(2),
    ),
    "puts a line in above in Filing": (
        lambda one: one.sheet("Filing").insert_rows(2), [ANN, B, C], [[], OLD], ["r1"], names(2),
    ),
    "edits another case": (
        lambda one: one.sheet().type(2, SUMMARY, "Bus"), [[*A[:2], "Bus", *A[3:]], C], [OLD, BEN_FILED],
        ["r1", "", "", "abc"], names(1),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("act", "register", "filing", "run", "undone"), FILING_MET.values(), ids=FILING_MET)
def test_a_row_that_was_filed_while_somebody_changed_it_stands_where_it_stood(
    way: Way, act: Callable[[Ledger], Any], register: list[Row], filing: list[Row], run: Row, undone: frozenset[str]
) -> None:
    ledger = way.ledger()
    ledger.just_before(act)
    missed = commit(ledger, FILED, moves=MOVE)
    assert (ledger.rows()[1:], ledger.rows("Filing")[1:], missed) == (register, filing, Undone(undone))
    assert (ledger.rows("Runs")[1:], ledger.rows("Index")[2]) == (
        [run],
        index(2)[1] if "LV-00002" in undone else index()[1],
    )
