"""A batch that releases the lock is not always the last: what follows takes the lock again before it writes or deletes.

To Google, a missing sheet id means 0, which is the first tab of every spreadsheet that people make.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from automation.ledger.errors import Busy
from automation.ledger.workbook import Undone
from tests.support.small_spreadsheet import LEDGER, STATUS, SUMMARY, Ledger, Way, committed, edit
from tests.workbooks.google.commit import test_noted_rows as noting

FIRST = [["Welcome", "to the ledger"]]


def with_a_first_tab(ledger: Ledger) -> Ledger:
    """The ledger with a tab of id 0, as people's spreadsheets have."""
    ledger.do({"addSheet": {"properties": {"sheetId": 0, "title": "Start here", "index": 0}}})
    ledger.sheet("Start here").load(FIRST)
    return ledger


def test_two_commits_under_one_lock(way: Way) -> None:
    ledger = with_a_first_tab(way.ledger())
    book = ledger.workbook()
    with book.lock():
        for word in ("Late", "Soon"):
            committed(book, book.read(), [edit("Register", (2, STATUS, word))])
    assert (ledger.rows("Start here"), ledger.column(STATUS), "_lock" in ledger.book.titles()) == (
        FIRST,
        ["Soon", "", ""],
        False,
    )


def test_a_commit_that_was_undone_and_is_made_again(way: Way) -> None:
    """`restore` and `reseal` do this."""
    ledger = with_a_first_tab(way.ledger())
    book = ledger.workbook()
    ledger.just_before(lambda one: one.sheet().type(2, SUMMARY, "Bus"))
    with book.lock():
        missed = [committed(book, book.read(), [edit("Register", (2, STATUS, "Late"))]) for _ in range(2)]
    assert (ledger.rows("Start here"), ledger.column(STATUS), missed) == (
        FIRST,
        ["Late", "", ""],
        [Undone(frozenset({"LV-00001"})), Undone()],
    )


@pytest.mark.parametrize("act", noting.OWNER.values(), ids=noting.OWNER)
@pytest.mark.parametrize("when", ["after the read", "just before the batch"])
def test_the_last_confirmation_met_another_row(way: Way, act: Callable[[Any], Any], when: str) -> None:
    ledger = with_a_first_tab(way.ledger(noting.WITH_CLAIMS))
    other = with_a_first_tab(way.ledger({**LEDGER, "Notices": [noting.NOTICES, *noting.CONFIRMED]}))
    act(other.sheet("Notices"))
    if when == "after the read":
        noting.note(ledger, meanwhile=lambda one: act(one.sheet("Notices")))
    else:
        ledger.just_before(lambda one: act(one.sheet("Notices")))
        noting.note(ledger)
    assert ledger.tabs() == other.tabs()


def test_without_a_lock_nothing_is_written(way: Way) -> None:
    ledger = with_a_first_tab(way.ledger())
    book = ledger.workbook()
    book.read()
    with pytest.raises(Busy, match="lost its lock"):
        book.refuse_unwritable()
    assert ledger.rows("Start here") == FIRST
