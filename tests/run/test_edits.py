"""The terms of each kind of edit: who owns its rows, what they stand or fall with, and what guards them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from automation.ledger.terms import refuse_contradictions
from automation.ledger.workbook import (
    Cell,
    ColumnEdit,
    Commit,
    Grid,
    RowMove,
    RowTerms,
    Snapshot,
    TabEdit,
    TabTerms,
)
from automation.run.edits import FILED, NUMBERING, with_terms
from automation.run.plan import plan
from sheet_schema import TABS
from sheet_schema.settings import PLEASE_DO
from tests.support import small_office as office
from tests.support.ledger_in_memory import line
from tests.support.small_office import HANDLED, at, ledger_at
from tests.support.small_spreadsheet import CASE_NO, DAY, LEDGER, STATUS, edit
from tests.support.workbook_homes import book_at

STAFF = [1, 2, 3, 4, 5]
"""The columns of the number and of what staff type in the small Register."""
OURS = [1, 2, 3, 4, 5, 6]
SAME = {column: column for column in range(1, 8)}
MOVE = RowMove("Register", "Filing", [3], [3], SAME)
WITH_ASKED = {
    **LEDGER,
    "Settings": [["Setting", "Value"], ["Please do", "preview"], ["Language", "en"]],
    "Notices": [["Key", "Mail", "Kind", "To", "Case no."]],
}


def read(tabs: Any = LEDGER) -> Snapshot:
    return Snapshot({title: Grid(title, rows) for title, rows in tabs.items()}, "v")


def of(title: str, edits: Sequence[TabEdit], tabs: Any = LEDGER, **more: Any) -> dict[int, RowTerms]:
    """The terms of each row of a tab, from its first edit if it has two."""
    found = [one for one in with_terms(read(tabs), edits, **more) if one.title == title]
    assert found[0].terms is not None
    return dict(found[0].terms.rows)


ROWS: dict[str, tuple[str, list[TabEdit], dict[str, Any], dict[int, RowTerms]]] = {
    # the tab, what is written, more of the commit, and whose each row of the tab is and what it stands or falls with
    "a case": ("Register", [edit("Register", (3, STATUS, "Late"))], {}, {3: RowTerms("LV-00002")}),
    "what Index says of it": ("Index", [edit("Index", (3, 4, DAY))], {}, {3: RowTerms("LV-00002")}),
    "a notice of it": (
        "Notices", [edit("Notices", (2, 5, "sent"), (3, 1, "k2"), (3, 3, "LV-00002"))], {},
        {2: RowTerms("LV-00001"), 3: RowTerms("LV-00002")},
    ),
    "a notice of no case": ("Notices", [edit("Notices", (3, 1, "k2"), (3, 4, "a@b"))], {}, {3: RowTerms()}),
    "a new line that gets its number": (
        "Register", [edit("Register", (5, CASE_NO, "LV-00004"), (2, STATUS, "x"))], {},
        {2: RowTerms("LV-00001"), 5: RowTerms("LV-00004", start=NUMBERING, gets_number=True)},
    ),
    "a number in Index that the Register gets": (
        "Index", [edit("Register", (5, CASE_NO, "LV-00004")), edit("Index", (5, 1, "LV-00004"), (2, 4, DAY))], {},
        {2: RowTerms("LV-00001"), 5: RowTerms("LV-00004", start=NUMBERING)},
    ),
    "a number that an Index in use lacks": (
        "Index", [edit("Index", (5, 1, "LV-00009"), (5, 4, DAY))], {}, {5: RowTerms("LV-00009")},
    ),
    "a number that stays as it was": (
        "Register", [edit("Register", (2, CASE_NO, "LV-00001"))], {}, {2: RowTerms("LV-00001")},
    ),
    "a case that is filed": (
        "Register", [edit("Filing", (3, 8, "A-2"))], {"moves": [MOVE]}, {3: RowTerms("LV-00002", FILED)},
    ),
    "the row it becomes": (
        "Filing", [edit("Filing", (3, 8, "A-2"))], {"moves": [MOVE]}, {3: RowTerms("LV-00002", FILED)},
    ),
    "a line that gets its number and is filed": (
        "Register", [edit("Register", (3, CASE_NO, "LV-00007"))], {"moves": [MOVE]},
        {3: RowTerms("LV-00007", FILED, gets_number=True)},
    ),
    "the line of Runs": ("Runs", [edit("Runs", (2, 1, "r1"), (2, 4, "abc"))], {"moves": [MOVE]}, {2: RowTerms()}),
    "a case that mails will speak of": ("Register", [], {"watched": ["LV-00003", "LV-00099"]}, {4: RowTerms("LV-00003")}),
    "what an administrator typed": ("People", [edit("People", (3, 3, "who?"))], {}, {3: RowTerms()}),
    "a tab of the users' own": ("Diary", [edit("Diary", (2, 2, "x"))], {}, {2: RowTerms()}),
    "a header": ("Filing", [edit("Filing", (1, 9, "Mine"))], {}, {1: RowTerms()}),
}  # fmt: skip


@pytest.mark.parametrize(("title", "edits", "more", "rows"), ROWS.values(), ids=ROWS)
def test_whose_each_row_is_and_what_it_stands_or_falls_with(
    title: str, edits: list[TabEdit], more: dict[str, Any], rows: dict[int, RowTerms]
) -> None:
    assert of(title, edits, **more) == rows


def test_what_is_asked_for_and_the_notice_that_answers_it_are_of_one_owner() -> None:
    edits = [
        edit("Settings", (2, 2, ""), (3, 2, "zh")),
        edit("Notices", (2, 1, "k"), (2, 3, "answer"), (3, 3, "digest")),
    ]
    assert of("Settings", edits, WITH_ASKED) == {2: RowTerms(PLEASE_DO), 3: RowTerms()}
    assert of("Notices", edits, WITH_ASKED) == {2: RowTerms(PLEASE_DO), 3: RowTerms()}


def test_that_a_number_was_issued_stands_apart_from_what_index_says_of_its_case() -> None:
    """It remains true whatever becomes of the case."""
    edits = [edit("Register", (5, CASE_NO, "LV-00004")), edit("Index", (5, 1, "LV-00004"), (5, 2, DAY), (5, 4, DAY))]
    _, issued = [one for one in with_terms(read(), edits) if one.title == "Index"]
    assert issued.terms is not None
    assert ([column.column for column in issued.columns], dict(issued.terms.rows)) == (
        [1, 2],
        {5: RowTerms(start=NUMBERING, beside="LV-00004")},
    )


def test_an_empty_index_takes_over_all_numbers_or_none() -> None:
    tabs = {**LEDGER, "Index": LEDGER["Index"][:1]}
    edits = [edit("Index", (2, 1, "LV-00001")), edit("Register", (2, STATUS, "x"), (3, STATUS, "x"))]
    assert of("Index", edits, tabs) == {2: RowTerms("LV-00001", start=NUMBERING)}
    assert of("Register", edits, tabs) == {2: RowTerms("LV-00001", start=NUMBERING), 3: RowTerms("LV-00002")}


def test_the_digest_of_seals_stands_or_falls_with_what_is_filed() -> None:
    edits = [edit("Runs", (2, 1, "r1"), (2, 3, 7), (2, 4, "abc"))]
    _, seals = [one for one in with_terms(read(), edits, [MOVE]) if one.title == "Runs"]
    assert seals.terms is not None
    assert ([column.column for column in seals.columns], dict(seals.terms.rows)) == ([3, 4], {2: RowTerms(group=FILED)})
    (alone,) = with_terms(read(), edits)
    assert [column.column for column in alone.columns] == [1, 3, 4]


TERMS: dict[str, tuple[TabEdit, TabTerms]] = {
    # what is written, and: which cells guard a row and a new one, by what it is found again, where its number stands
    "Register": (
        edit("Register", (2, STATUS, "x"), (2, 7, "mine")),
        TabTerms({}, STAFF, [*OURS, 7], found_by=[1], number_at=1),
    ),
    "Filing": (edit("Filing", (2, 8, "A-1")), TabTerms({}, STAFF, [*OURS, 8], found_by=[1], number_at=1)),
    "Index": (edit("Index", (2, 4, DAY)), TabTerms({}, [1], [1, 2, 3, 4], number_at=1)),
    "Notices": (edit("Notices", (2, 5, "x")), TabTerms({}, [1, 2, 4], OURS, claims=True)),
    "Runs": (edit("Runs", (2, 1, "x")), TabTerms({}, [], [1, 2, 3, 4, 5])),
    "People": (edit("People", (2, 3, "x")), TabTerms({}, [1, 2], [1, 2, 3], found_by=[1, 2])),
    "Diary": (edit("Diary", (2, 2, "x")), TabTerms({}, [2], [2])),
}


@pytest.mark.parametrize(("written", "terms"), TERMS.values(), ids=TERMS)
def test_what_guards_a_row_and_how_it_is_found_again(written: TabEdit, terms: TabTerms) -> None:
    """Rows of the job's own tabs are not looked up, since nobody works there."""
    (found,) = with_terms(read(), [written])
    assert found.terms is not None
    assert (
        found.terms.guarded, found.terms.blank, [*found.terms.found_by], found.terms.number_at, found.terms.claims
    ) == (terms.guarded, terms.blank, [*terms.found_by], terms.number_at, terms.claims)  # fmt: skip


def test_a_number_is_text_whatever_it_was_typed_as() -> None:
    tabs = {"Register": [["Memo", "Case no."], ["", " LV-00001 "], ["", 7], [], ["m"]]}
    rows = of("Register", [edit("Register", *((row, 1, "x") for row in range(1, 8)))], tabs)
    assert [terms.owner for terms in rows.values()] == ["", "LV-00001", "7", "", "", "", ""]


def test_a_page_is_nobodys() -> None:
    tabs = {**LEDGER, "Dashboard": [["", "Dashboard"]], "Report": [[]]}
    pages = [edit("Dashboard", (5, 2, 3)), edit("Report", (4, 2, ""))]
    runs, *rest = with_terms(read(tabs), [pages[0], edit("Runs", (2, 1, "now")), pages[1]])
    assert (rest, runs.title) == (pages, "Runs")


CELLS = st.lists(
    st.tuples(
        st.sampled_from([*LEDGER]), st.integers(1, 7), st.integers(1, 9), st.sampled_from(["", "LV-00002", "LV-00009", "answer", 5])
    ),
    max_size=12,
)  # fmt: skip


@given(CELLS, st.booleans())
def test_every_cell_is_written_once_and_every_row_has_terms_that_contradict_nothing(
    cells: list[tuple[str, int, int, Cell]], files: bool
) -> None:
    """So every kind of workbook accepts it."""
    once = {(title, row, column): value for title, row, column, value in cells}
    edits = [edit(title, (row, column, value)) for (title, row, column), value in once.items()]
    moves = [MOVE] if files else []
    whole = with_terms(read(), edits, moves)
    refuse_contradictions(whole, moves)
    written = [
        (one.title, row, column.column, value)
        for one in whole
        for column in one.columns
        for row, value in zip(column.rows, column.values, strict=True)
    ]
    assert sorted(map(repr, written)) == sorted(repr((*place, value)) for place, value in once.items())


def test_a_run_says_of_all_it_writes_on_tables_whose_it_is(tmp_path: Path) -> None:
    """That includes the case of a mail, though nothing is written in its row."""
    path = ledger_at(tmp_path, [line(**HANDLED), line("LV-00002", **HANDLED)])
    at(path, "2026-03-12T09:00")
    result = plan(book_at(path, office.CLOCK).read(), office.request_at(path, "2026-03-13T09:00"))
    titles = {tab.label("zh") for tab in TABS if tab.columns}
    assert {one.title for one in result.edits if one.terms is not None} <= titles
    assert all(one.terms is not None for one in result.edits if one.title in titles)
    (register,) = [one.terms for one in result.edits if one.title == "登记"]
    assert register is not None
    assert {"LV-00001", "LV-00002"} <= {terms.owner for terms in register.rows.values()}


# --- what every kind of workbook refuses --------------------------------------------------------------------------

TERMLESS = TabTerms({3: RowTerms("LV-00002")})
CONTRADICTIONS: dict[str, tuple[list[TabEdit], list[RowMove], str]] = {
    "a row without terms": (
        [TabEdit("Register", [ColumnEdit(1, [3, 4], ["x", "y"])], TERMLESS)], [], "row 4 has no terms",
    ),
    "a tab that is a page and none": (
        [TabEdit("Register", (), TERMLESS), TabEdit("Register", [ColumnEdit(1, [2], ["x"])])], [], "different terms",
    ),
    "a tab whose rows are told apart in two ways": (
        [TabEdit("Register", (), TERMLESS), TabEdit("Register", (), TabTerms({}, number_at=2))], [], "different terms",
    ),
    "a move without terms": ([TabEdit("Register", (), TERMLESS)], [MOVE], "row 3, which moves to Filing, has no terms"),
    "a move of no group": (
        [TabEdit("Register", (), TERMLESS), TabEdit("Filing", (), TERMLESS)], [MOVE], "may be separated",
    ),
    "a move from one owner to another": (
        [TabEdit("Register", (), TabTerms({3: RowTerms("A", "g")})), TabEdit("Filing", (), TabTerms({3: RowTerms("B", "g")}))],
        [MOVE], "may be separated",
    ),
}  # fmt: skip


@pytest.mark.parametrize("home", ["xlsx", "google"], indirect=True)
@pytest.mark.parametrize(("edits", "moves", "why"), CONTRADICTIONS.values(), ids=CONTRADICTIONS)
def test_edits_that_contradict_one_another_are_refused_by_every_kind_of_workbook(
    tmp_path: Path, home: str, edits: list[TabEdit], moves: list[RowMove], why: str
) -> None:
    path = ledger_at(tmp_path, [line(**HANDLED)])
    book = book_at(path, office.CLOCK)
    with book.lock():
        before = book.read()
        with pytest.raises(ValueError, match=why):
            book.commit(Commit(before, edits, moves))
    assert book_at(path, office.CLOCK).read().grids == before.grids
