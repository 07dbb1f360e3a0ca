"""Any column, put into any other order and put right again: the ledger and its mails end as if nothing had happened."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import assume, given
from hypothesis import strategies as st

from automation.ledger.workbook import Cell, ColumnEdit, Snapshot, TabEdit
from automation.run.job import Result
from automation.run.plan import plan
from automation.run.two_worlds import after_run, edited
from sheet_schema import REGISTER
from tests.run.test_torn_columns import CASES, office
from tests.support.sample import random_examples
from tests.support.small_office import CLOCK, request_at
from tests.support.workbook_homes import book_at

MOMENTS = ("2026-03-18T15:00", "2026-03-19T09:00", "2026-03-23T09:00")
ROWS = range(2, CASES + 2)
OWN = ("petitioner", "contact", "summary", "received_on")
"""Columns with many values, in which any order shows; in the others the one that sorting leaves."""
FEW = ("channel", "kind", "department", "restricted", "outcome", "decision")


@cache
def seen() -> Snapshot:
    with TemporaryDirectory() as folder:
        return book_at(office(Path(folder)), CLOCK).read()


def planned(book: Snapshot, moment: str) -> Result:
    return plan(book, request_at(Path("ledger.xlsx"), moment))


@cache
def undisturbed() -> Sequence[tuple[Snapshot, Result]]:
    """The workbook before each run, and what the run did."""
    book, runs = seen(), []
    for moment in MOMENTS:
        runs.append((book, planned(book, moment)))
        book = after_run(*runs[-1])
    return [*runs, (book, planned(book, MOMENTS[-1]))]


def cells(book: Snapshot, key: str) -> list[Cell]:
    at = REGISTER.keys.index(key)
    return [book.grids["登记"].rows[row - 1][at] for row in ROWS]


def with_cells(book: Snapshot, key: str, new: Sequence[Cell]) -> Snapshot:
    edit = TabEdit("登记", [ColumnEdit(REGISTER.keys.index(key) + 1, ROWS, new)])
    return replace(book, grids=edited(book.grids, [edit]))


@random_examples(12)
@given(st.sampled_from((*OWN, *FEW)), st.permutations(range(CASES)), st.integers(0, len(MOMENTS) - 1))
def test_put_right_again_it_is_as_if_nothing_had_happened(key: str, order: Sequence[int], when: int) -> None:
    book = undisturbed()[when][0]
    there = cells(book, key)
    new = [there[at] for at in order] if key in OWN else sorted(there, key=lambda cell: (cell == "", str(cell)))
    moved = [old for old, now in zip(there, new, strict=True) if old != now]
    assume(len(moved) > 5)
    torn = with_cells(book, key, new)

    stopped = planned(torn, MOMENTS[when])

    assert ([mail.kind for mail in stopped.mails], stopped.edits, stopped.stopped) == (["stop"] * 2, (), True)
    book = after_run(torn, stopped)
    assert book.grids["登记"] == torn.grids["登记"]
    book = with_cells(book, key, there)
    for moment, (_, expected) in zip(MOMENTS[when:], undisturbed()[when:], strict=False):
        result = planned(book, moment)
        assert said(result) == said(expected)
        book = after_run(book, result)
    last = undisturbed()[-1][0]
    assert (book.grids["登记"], book.grids["索引"]) == (last.grids["登记"], last.grids["索引"])


def said(result: Result) -> list[tuple[str, str, str]]:
    return [(mail.to, mail.rendered.subject, mail.rendered.text) for mail in result.mails]
