"""What was worked out once is kept for as long as what it was worked out from, and no longer."""

from __future__ import annotations

import gc
from dataclasses import replace
from weakref import ref

import numpy as np

from automation.ledger.memo import MOST, Memo, remembered
from automation.ledger.parsing import parse
from automation.ledger.workbook import Grid
from automation.steps.validation import derive
from tests.support.ledger_in_memory import NOW, line, snapshot


def doubled(numbers: np.ndarray) -> np.ndarray:
    return numbers * 2


def labelled(numbers: np.ndarray, label: str) -> str:
    return f"{label}{numbers.sum()}"


def test_a_result_is_forgotten_with_what_it_was_worked_out_from() -> None:
    memo, numbers = Memo(), np.arange(3)
    made = ref(remembered(memo, doubled, numbers))
    assert remembered(memo, doubled, numbers) is made()
    del numbers
    assert (made(), len(memo)) == (None, 0)


def test_results_of_other_arguments_are_kept_apart() -> None:
    memo, numbers = Memo(), np.arange(3)
    assert [remembered(memo, labelled, numbers, label) for label in ("a", "b", "a")] == ["a3", "b3", "a3"]
    assert len(memo) == 2


def test_of_more_results_than_a_run_needs_the_older_half_is_forgotten() -> None:
    memo, numbers = Memo(), [np.full(1, n) for n in range(MOST + 1)]
    for one in numbers:
        remembered(memo, doubled, one)
    newest = remembered(memo, doubled, numbers[-1])
    assert (len(memo), newest.tolist()) == (MOST + 1 - MOST // 2, [2 * MOST])


def test_a_tab_that_stays_keeps_no_tab_that_was_read_with_it() -> None:
    """A search of ten thousand edits, or a year that is replayed, reads the same People with ever other rules."""
    book = snapshot(register=[line()], index=[{"case_no": "LV-00001"}])
    calendar = book.grids["日历"]
    read = parse(replace(book, grids={**book.grids, calendar.title: Grid(calendar.title, [*calendar.rows])}))
    derive(read, NOW)
    read_then, people = ref(read.tables["calendar"]), read.tables["people"]
    del read
    gc.collect()
    assert read_then() is None
    assert parse(book).tables["people"] is people


def test_to_forget_a_result_may_forget_those_that_came_of_it() -> None:
    memo, numbers = Memo(), np.arange(3)
    remembered(memo, labelled, remembered(memo, doubled, numbers), "twice: ")
    for number in range(MOST):
        remembered(memo, str, number)
    assert len(memo) <= MOST
