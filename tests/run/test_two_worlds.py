"""Two worlds in memory: the workbook as if a case had never been typed, and the workbook after a run."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from automation.ledger.notices_journal import read_ledger
from automation.ledger.workbook import Cell, Snapshot
from automation.run.plan import plan
from automation.run.two_worlds import after_run, without_cases
from sheet_schema import TAB
from tests.support.ledger_in_memory import Rows, line, snapshot
from tests.support.small_office import HANDLED, at, ledger_at, request_at
from tests.support.workbook_homes import book_at

REGISTER: Rows = (
    line("LV-00001", about="王芳"),
    line("LV-00002", repeat_of="LV-00001", important=True),
    line("LV-00003", repeat_of="无"),
)
INDEX: Rows = tuple(
    {"case_no": f"LV-0000{n}", "issued_on": "2026-03-01", "first_seen": "2026-03-02", "fingerprint": "x"}
    for n in (1, 2, 3)
)
NOTED: Rows = tuple({"key": f"k{n}", "case_no": number} for n, number in enumerate(["LV-00001", "LV-00002", ""]))


def cells(book: Snapshot, tab: str, *keys: str) -> list[tuple[Cell, ...]]:
    """These columns of a tab, for each line that is not empty."""
    places = [TAB[tab].keys.index(key) for key in keys]
    rows = book.grids[TAB[tab].label("zh")].rows[1:]
    return [
        tuple(row[place] if place < len(row) else "" for place in places)
        for row in rows
        if any(cell != "" for cell in row)
    ]


def without(number: str) -> Snapshot:
    book = snapshot(register=REGISTER, index=INDEX, notices=NOTED, history=NOTED)
    journal = [{"case_no": "LV-00001", "key": "k9"}, {"case_no": "LV-00003", "key": "k8"}]
    return without_cases(replace(book, journal=journal), read_ledger(book)[1], {number})


@pytest.mark.parametrize(
    ("tab", "keys", "left"),
    [
        pytest.param(
            "register",
            ("case_no", "petitioner", "about", "repeat_of"),
            [("LV-00001", "", "", ""), ("LV-00002", "陈静", "", ""), ("LV-00003", "陈静", "", "无")],
            id="the-line-keeps-its-number-and-nobody-repeats-it",
        ),
        pytest.param(
            "index",
            ("case_no", "issued_on", "first_seen", "fingerprint"),
            [
                ("LV-00001", "2026-03-01", "", ""),
                ("LV-00002", "2026-03-01", "2026-03-02", "x"),
                ("LV-00003", "2026-03-01", "2026-03-02", "x"),
            ],
            id="the-number-was-issued-and-is-free",
        ),
        pytest.param("notices", ("key", "case_no"), [("k1", "LV-00002"), ("k2", "")], id="no-notice"),
        pytest.param("history", ("case_no",), [("LV-00002",)], id="no-history"),
    ],
)
def test_a_case_that_was_never_typed_leaves_an_empty_line(tab: str, keys: tuple[str, ...], left: list[object]) -> None:
    assert cells(without("LV-00001"), tab, *keys) == left


def test_nothing_of_the_case_is_left_in_the_journal() -> None:
    assert [entry["key"] for entry in without("LV-00001").journal] == ["k8"]


def test_a_filed_case_leaves_its_seal_and_its_number_on_the_pad() -> None:
    filed = line("LV-00004", seal_no=1, seal="s", filed_on="2026-03-01", archive_no="A1")
    index = [{"case_no": "LV-00004", "issued_on": "2026-02-01", "filed_on": "2026-03-01", "archive_no": "A1"}]
    book = snapshot(register=[line("LV-00005")], filing=[filed], index=index)
    left = without_cases(book, read_ledger(book)[1], {"LV-00004"})
    found = (
        cells(left, "filing", "case_no", "petitioner", "archive_no", "seal_no", "seal"),
        cells(left, "register", "case_no", "petitioner"),
        cells(left, "index", "case_no", "filed_on", "archive_no"),
    )
    assert found == ([("", "", "", 1, "s")], [("LV-00005", "陈静"), ("LV-00004", "")], [("LV-00004", "", "")])


def test_another_case_is_left_as_it_was() -> None:
    assert cells(without("LV-00003"), "register", "case_no", "repeat_of") == [
        ("LV-00001", ""),
        ("LV-00002", "LV-00001"),
        ("LV-00003", ""),
    ]


CLOSED = {**HANDLED, "outcome": "支持", "notified_on": "2026-03-04", "replied_on": "2026-03-05"}


def test_a_run_in_memory_leaves_what_a_real_one_leaves(tmp_path: Path) -> None:
    """Over three days: cells filled in, mails claimed and sent, a case filed."""
    register = [line("LV-00001", **HANDLED), line("LV-00002", **CLOSED), line("LV-00003", about="王芳")]
    path = ledger_at(tmp_path, register, archive_after_days="10", sending="live")
    book = book_at(path, datetime(2026, 3, 18)).read()
    for day in (18, 19, 20):
        moment = f"2026-03-{day}T09:00"
        request = replace(request_at(path, moment, named=True), now=datetime(2026, 3, day, 9))
        book = after_run(book, plan(book, request))
        at(path, moment, named=True)
    real = book_at(path, datetime(2026, 3, 18)).read()
    there, here = (read_ledger(one)[1].tables for one in (real, book))
    assert {key: _lines(there[key], key) for key in there} == {key: _lines(here[key], key) for key in here}
    assert len(there["filing"]) == 1


def _lines(table: object, key: str) -> list[tuple[str, ...]]:
    """Every parsed cell; how a mail went is not the same in a folder, and how many calls a run took."""
    left_out = {"notices": {"state"}, "runs": {"changes"}}.get(key, set())
    values = [array.tolist() for name, array in table.values.items() if name not in left_out]  # type: ignore[attr-defined]
    return [tuple(map(str, row)) for row in zip(*values, strict=True)]
