"""Text that looks like a formula is not taken for one; it costs a third call only if it was not noted before."""

from __future__ import annotations

from automation.ledger.workbook import Formula
from automation.workbooks.google.reading import noted_texts
from tests.support.small_spreadsheet import CASES, DAY, HEADERS, MEMO, SUMMARY, Ledger, Way, committed, edit
from tests.workbooks.google.test_reading import kinds


def with_both(way: Way) -> Ledger:
    """A ledger with a formula and a text that looks like one in a ledger column, and such a text in an own column."""
    ledger = way.ledger()
    ledger.sheet().load([HEADERS, CASES[0], [*CASES[1][:2], "=1+1", DAY], [*CASES[2][:6], "=2+2"]])
    ledger.sheet().type(2, SUMMARY, "=1+1")
    return ledger


def looks(ledger: Ledger, *, to_be_sure: bool) -> list[object]:
    rows = ledger.cells(to_be_sure=to_be_sure).grids["Register"].rows
    return [rows[1][2], rows[2][2], rows[3][6]]


AS_THEY_ARE = [Formula("=1+1"), "=1+1", Formula("=2+2")]
"""In the office's own column nothing is asked: what looks like a formula is taken for one."""


def test_a_third_call_tells_text_from_formulas(way: Way) -> None:
    ledger = with_both(way)
    for sure in (True, False):
        way.server.clear_calls()
        assert looks(ledger, to_be_sure=sure) == AS_THEY_ARE
        assert kinds(way) == ["GET", "batchGet", "getByDataFilter"]
    (asked,) = [call.body["dataFilters"] for call in way.server.calls if "ByDataFilter" in call.path]
    assert asked == [{"a1Range": "'Register'!2:2"}, {"a1Range": "'Register'!3:3"}]


def test_nothing_is_asked_where_only_own_columns_and_tabs_have_formulas(way: Way) -> None:
    ledger = way.ledger()
    ledger.sheet().type(2, MEMO, "=2+2")
    ledger.sheet("Diary").type(2, 2, "=2+2")
    ledger.sheet().load([HEADERS, ["LV-00001", "", "="]])
    cells = ledger.cells()
    assert (kinds(way), cells.grids["Register"].rows[1][2]) == (["GET", "batchGet"], "=")


def test_what_a_commit_noted_is_not_asked_again_but_under_the_lock(way: Way) -> None:
    ledger = with_both(way)
    ledger.sheet().type(2, SUMMARY, "Noise")  # only the text is left
    book = ledger.workbook()
    with book.lock():
        snapshot = book.read()
        committed(book, snapshot, [edit("Register", (4, SUMMARY, "Loud"))])
    way.server.clear_calls()
    assert (looks(ledger, to_be_sure=False), kinds(way)) == (
        ["Noise", "=1+1", Formula("=2+2")],
        ["GET", "batchGet"],
    )
    way.server.clear_calls()
    assert (looks(ledger, to_be_sure=True)[1], kinds(way)) == ("=1+1", ["GET", "batchGet", "getByDataFilter"])


def test_another_text_or_a_formula_beside_a_noted_one_is_asked_about(way: Way) -> None:
    ledger = with_both(way)
    ledger.sheet().type(2, SUMMARY, "Noise")
    book = ledger.workbook()
    with book.lock():
        committed(book, book.read(), [edit("Register", (4, SUMMARY, "Loud"))])
    ledger.sheet().type(2, SUMMARY, "=3+3")
    way.server.clear_calls()
    assert looks(ledger, to_be_sure=False) == [Formula("=3+3"), "=1+1", Formula("=2+2")]
    assert kinds(way) == ["GET", "batchGet", "getByDataFilter"]


def test_what_the_undo_log_noted_is_read_from_its_first_row() -> None:
    assert [noted_texts(rows) for rows in ([], [[]], [["t1"]], [["t1", ""]], [["t1", "a b"], ["x", "c"]])] == [
        set(), set(), set(), set(), {"a", "b"},
    ]  # fmt: skip
