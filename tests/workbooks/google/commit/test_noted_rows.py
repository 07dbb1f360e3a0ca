"""Claims and confirmations in Notices: each lands in its notice's row, even if somebody sorted the tab just before."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from automation.ledger.errors import LedgerError
from automation.ledger.workbook import Cell, ColumnEdit, JournalLine, Notes, RowTerms, TabEdit, TabTerms, Undone
from automation.workbooks.google.commit.noted_rows import NotedRows
from automation.workbooks.google.commit.row_changes import RowChange
from automation.workbooks.google.refusals import busy
from automation.workbooks.google.workbook import GoogleWorkbook
from tests.support.small_spreadsheet import LEDGER, NOTICES, STATUS, Ledger, Way, committed, edit, said, writes_rows

CLAIMED = [
    ["k1", "mail1", "LV-00001", "ruth@s.example", "claimed", 1],
    ["k1", "mail1", "LV-00001", "omar@s.example", "claimed", 1],
    ["k2", "mail2", "LV-00002", "ruth@s.example", "claimed", 1],
    ["k9", "mail9", "LV-00003", "ruth@s.example", "failed", 3],
]
WITH_CLAIMS = {**LEDGER, "Notices": [NOTICES, *CLAIMED]}


def line(key: str, to: str, case_no: str, state: str = "sent", mail_id: str = "") -> JournalLine:
    mail = mail_id or key.replace("k", "mail")
    return {
        "key": key,
        "mail_id": mail,
        "case_no": case_no,
        "to": f"{to}@s.example",
        "state": state,
        "attempts": 1.0,
    }


def noted(lines: Sequence[JournalLine], to_come: int = 0) -> Notes:
    """These lines as notes, with row numbers that are far from the right ones."""
    rows = range(900, 900 + len(lines))
    keys = ("key", "mail_id", "case_no", "to", "state", "attempts")
    columns = [ColumnEdit(at, rows, [_cell(one[key]) for one in lines]) for at, key in enumerate(keys, start=1)]
    owners = {row: RowTerms(str(one["case_no"])) for row, one in zip(rows, lines, strict=True)}
    return Notes(lines, TabEdit("Notices", columns, TabTerms(owners, (1, 2, 4), range(1, 7), claims=True)), to_come)


def _cell(value: str | float | None) -> Cell:
    return int(value) if isinstance(value, float) else value or ""


SENT = [line("k2", "ruth", "LV-00002"), line("k1", "omar", "LV-00001")]
CONFIRMED = [CLAIMED[0], [*CLAIMED[1][:4], "sent", 1], [*CLAIMED[2][:4], "sent", 1], CLAIMED[3]]


def note(
    ledger: Ledger,
    lines: Sequence[JournalLine] = SENT,
    to_come: int = 0,
    meanwhile: Callable[[Ledger], None] = lambda _: None,
) -> GoogleWorkbook:
    book = ledger.workbook()
    with book.lock():
        book.read()
        meanwhile(ledger)
        book.note(noted(lines, to_come))
    return book


def notices(ledger: Ledger) -> list[list[Any]]:
    return ledger.rows("Notices")[1:]


def test_a_confirmation_goes_to_the_row_of_its_mail_and_its_reader(way: Way) -> None:
    """It takes one request, which also releases the lock."""
    ledger = way.ledger(WITH_CLAIMS)
    book = note(ledger)
    assert (notices(ledger), book.calls, "_lock" in ledger.book.titles()) == (CONFIRMED, 4, False)


def test_one_that_stands_nowhere_comes_after_the_last(way: Way) -> None:
    ledger = way.ledger(WITH_CLAIMS)
    new = [line("k1", "ruth", "LV-00001", mail_id="mail7"), line("k3", "omar", "")]
    note(ledger, [*SENT, *new])
    assert notices(ledger) == [
        *CONFIRMED,
        ["k1", "mail7", "LV-00001", "ruth@s.example", "sent", 1],
        ["k3", "mail3", "", "omar@s.example", "sent", 1],
    ]


def test_what_was_claimed_in_the_commit_is_confirmed_where_it_was_claimed(way: Way) -> None:
    ledger = way.ledger()
    book = ledger.workbook()
    claims = edit(
        "Notices",
        *(
            (row, column, value)
            for row, cells in ((3, CLAIMED[1]), (4, CLAIMED[2]))
            for column, value in enumerate(cells, 1)
        ),
    )  # type: ignore[misc]
    with book.lock():
        committed(book, book.read(), [claims, edit("Register", (2, STATUS, "Late"))], to_come=2)
        book.note(noted(SENT[:1], to_come=1))
        book.note(noted(SENT[1:]))
        calls = book.calls
    assert (notices(ledger), calls, book.calls) == (
        [["k1", "mail1", "LV-00001", "ruth@s.example", "sent", 1], CONFIRMED[1], CONFIRMED[2]],
        7,
        7,
    )


OWNER: dict[str, Callable[[Any], Any]] = {
    "sorts by reader": lambda s: s.sort(4),
    "sorts the other way round": lambda s: s.sort(1, descending=True),
    "puts a line in above": lambda s: s.insert_rows(2),
    "moves the first to the end": lambda s: s.move_rows(2, 1, 6),
    "deletes another": lambda s: s.delete_rows(5),
    "copies one below the last": lambda s: s.copy_row(5, 6),
}


@pytest.mark.parametrize("to_come", [0, 1], ids=["last", "not the last"])
@pytest.mark.parametrize("when", ["after the read", "just before the batch"])
@pytest.mark.parametrize("act", OWNER.values(), ids=OWNER)
def test_what_the_owner_did_to_notices_just_before_leads_nothing_astray(
    way: Way, act: Callable[[Any], Any], when: str, to_come: int
) -> None:
    """The tab is protected, but the owner may change it.

    The last batch releases the lock, and what follows takes a new one: without it, the tab with id 0 would be taken for
    the lock.
    """
    ledger, other = way.ledger(WITH_CLAIMS), way.ledger({**LEDGER, "Notices": [NOTICES, *CONFIRMED]})
    for one in (ledger, other):
        one.do({"addSheet": {"properties": {"sheetId": 0, "title": "Start here", "index": 0}}})
        one.sheet("Start here").load([["Welcome", "to the ledger"]])
    act(other.sheet("Notices"))
    if when == "after the read":
        note(ledger, to_come=to_come, meanwhile=lambda one: act(one.sheet("Notices")))
    else:
        ledger.just_before(lambda one: act(one.sheet("Notices")))
        note(ledger, to_come=to_come)
    assert (ledger.tabs(), "_lock" in ledger.book.titles()) == (other.tabs(), False)


def test_a_notice_that_its_owner_deleted_comes_again_after_the_last(way: Way) -> None:
    """It was sent, and that must not be forgotten."""
    ledger = way.ledger(WITH_CLAIMS)
    ledger.just_before(lambda one: one.sheet("Notices").delete_rows(4))
    note(ledger, to_come=1)
    assert notices(ledger) == [CONFIRMED[0], CONFIRMED[1], CONFIRMED[3], CONFIRMED[2]]


def test_where_it_is_never_left_in_peace_the_run_gives_way_and_the_next_puts_it_right(way: Way) -> None:
    ledger = way.ledger(WITH_CLAIMS)

    def restless(_: int, call: Any) -> None:
        if writes_rows(call):
            ledger.sheet("Notices").insert_rows(2)

    way.server.between = restless
    with pytest.raises(LedgerError) as caught:
        note(ledger, to_come=1)
    assert said(caught.value) == said(busy())
    way.server.between = None
    book = ledger.workbook()
    before = book.read().unsettled
    with book.lock():
        after = book.read().unsettled
    assert (before, after, [row for row in notices(ledger) if row]) == (True, False, CLAIMED)


def test_a_commit_whose_claims_met_another_row_says_so(way: Way) -> None:
    """Nobody knows then which notices are claimed, so no mail goes out."""
    ledger = way.ledger(WITH_CLAIMS)
    claim = [*((6, column, value) for column, value in enumerate(["k5", "mail5", "LV-00002", "a@b", "claimed", 1], 1))]
    ledger.just_before(lambda one: one.sheet("Notices").insert_rows(2))
    book = ledger.workbook()
    with book.lock():
        missed = committed(book, book.read(), [edit("Notices", *claim), edit("Register", (2, STATUS, "Late"))])
    assert (missed, notices(ledger), ledger.column(STATUS)) == (
        Undone(frozenset({"LV-00002"}), claims=True),
        [[], *CLAIMED],
        ["Late", "", ""],
    )


def test_a_claim_of_a_case_that_was_left_out_stays_for_whoever_voids_it(way: Way) -> None:
    ledger = way.ledger(WITH_CLAIMS)
    claim = [*((6, column, value) for column, value in enumerate(["k5", "mail5", "LV-00001", "a@b", "claimed", 1], 1))]
    ledger.just_before(lambda one: one.sheet().type(2, 3, "Bus"))
    book = ledger.workbook()
    with book.lock():
        missed = committed(book, book.read(), [edit("Notices", *claim), edit("Register", (2, STATUS, "Late"))])
    assert (missed, notices(ledger)[-1], ledger.column(STATUS)) == (
        Undone(frozenset({"LV-00001"})),
        ["k5", "mail5", "LV-00001", "a@b", "claimed", 1],
        ["", "", ""],
    )


# --- as changes ---------------------------------------------------------------------------------------------------


def test_rows_are_guarded_by_what_names_them_and_new_ones_by_being_empty(way: Way) -> None:
    lines = [line("k2", "ruth", "LV-00002"), line("k8", "omar", "LV-00003"), line("k7", "omar", "")]
    edit_of = [noted(one).edit for one in (lines, [lines[2], line("k6", "omar", "")])]
    assert edit_of[0] is not None
    assert edit_of[1] is not None
    rows = NotedRows(way.ledger(WITH_CLAIMS).cells(), edit_of[0])
    plan = rows.plan(edit_of[0])
    header, there, new, newer = plan.changes
    values = [
        ["k2", "mail2", "LV-00002", "ruth@s.example", "sent", 1],
        ["k8", "mail8", "LV-00003", "omar@s.example", "sent", 1],
        ["k7", "mail7", "", "omar@s.example", "sent", 1],
    ]
    writes = [dict(enumerate(row, start=1)) for row in values]
    blank = dict.fromkeys(range(1, 7), "")
    assert (header, there, new, newer) == (
        RowChange("Notices", 1, dict(enumerate(NOTICES, start=1)), is_header=True),
        RowChange("Notices", 4, {1: "k2", 2: "mail2", 4: "ruth@s.example"}, writes[0], RowTerms("LV-00002")),
        RowChange("Notices", 6, blank, writes[1], RowTerms("LV-00003"), is_new=True),
        RowChange("Notices", 7, blank, writes[2], is_new=True),
    )
    assert plan.tabs == {"Notices": edit_of[0].terms}
    rows.add([new, newer])
    assert [change.row for change in rows.plan(edit_of[1]).changes[1:]] == [7, 8]


def test_thousands_of_notes_go_in_parts_that_google_takes(way: Way) -> None:
    ledger = way.ledger(WITH_CLAIMS)
    note(ledger, [line(f"k{i}", "ruth", f"LV-{i:05d}") for i in range(100, 3100)])
    sizes = [call.request_bytes for call in way.server.calls if writes_rows(call)]
    assert (len(sizes) > 1, max(sizes) < 2_000_000) == (True, True)
    assert len(ledger.rows("Notices")) - 1 == len(CLAIMED) + 3000
