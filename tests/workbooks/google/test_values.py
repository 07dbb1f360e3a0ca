"""Every value of a cell comes back from Google as it was sent, and compares equal."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from automation.ledger.marks import ERROR, FORMULA, Mark, mark
from automation.ledger.serial_days import FIRST_DAY, serial
from automation.ledger.workbook import Cell, CellError, Formula
from automation.workbooks.google.reading import AS_TYPED
from automation.workbooks.google.values import as_date, digest, from_serial, mark_of, typed
from tests.support.small_spreadsheet import Way

MORNING = datetime(2026, 3, 18, 9, 30, 15)
CASES: dict[str, tuple[Cell, dict[str, Any], Mark, object]] = {
    # what: (the cell, Google's ExtendedValue, as it is compared, as `values:batchGet` gives it back)
    "blank": ("", {}, "", ""),
    "text": ("Noise", {"stringValue": "Noise"}, "Noise", "Noise"),
    "text with lines": ("a\nb\t c ", {"stringValue": "a\nb\t c "}, "a\nb\t c ", "a\nb\t c "),
    "leading zeros": ("013812345678", {"stringValue": "013812345678"}, "013812345678", "013812345678"),
    "text of digits": ("42", {"stringValue": "42"}, "42", "42"),
    "text like a date": ("3/4/2026", {"stringValue": "3/4/2026"}, "3/4/2026", "3/4/2026"),
    "text like a tick": ("TRUE", {"stringValue": "TRUE"}, "TRUE", "TRUE"),
    "text like a power": (
        "8085807e40000000",
        {"stringValue": "8085807e40000000"},
        "8085807e40000000",
        "8085807e40000000",
    ),
    "text like a formula": ('=IMPORTXML("x")', {"stringValue": '=IMPORTXML("x")'}, FORMULA, '=IMPORTXML("x")'),
    "text with an apostrophe": ("'=1", {"stringValue": "'=1"}, "'=1", "'=1"),
    "Chinese and a face": ("投诉🙂", {"stringValue": "投诉🙂"}, "投诉🙂", "投诉🙂"),
    "half a face": ("a\ud83db", {"stringValue": "a\ufffdb"}, "a\ufffdb", "a\ufffdb"),
    "formula": (Formula("=1+1"), {"formulaValue": "=1+1"}, FORMULA, "=1+1"),
    "error": (CellError("#REF!"), {"stringValue": "#REF!"}, ERROR, "#REF!"),
    "whole number": (5, {"numberValue": 5}, 5.0, 5),
    "nought": (0, {"numberValue": 0}, 0.0, 0),
    "number": (-2.5, {"numberValue": -2.5}, -2.5, -2.5),
    "yes": (True, {"boolValue": True}, True, True),
    "no": (False, {"boolValue": False}, False, False),
    "day": (date(2026, 3, 18), {"numberValue": 46_099}, 46_099.0, 46_099),
    "moment": (MORNING, {"numberValue": 46_099 + 34_215 / 86_400}, 46_099.3960069, 46_099 + 34_215 / 86_400),
    "midnight": (datetime(2026, 3, 18), {"numberValue": 46_099}, 46_099.0, 46_099),
    "time": (time(18, 0), {"numberValue": 0.75}, 0.75, 0.75),
}
NAMES = list(CASES)


@pytest.mark.parametrize("name", NAMES)
def test_a_cell_goes_out_with_its_type_and_is_known_again(name: str) -> None:
    cell, value, compared, _ = CASES[name]
    data = {"userEnteredValue": value} if value else {}
    found = mark(cell)
    assert (typed(cell), found, type(found), mark_of(data)) == (data, compared, type(compared), compared)
    json.dumps(typed(cell)).encode()


def test_the_server_takes_and_gives_every_kind_of_cell_as_it_is(way: Way) -> None:
    """All are in one column, and the server reinterprets none."""
    ledger = way.ledger({"Diary": [[]] * (len(CASES) + 1)})
    rows = [{"values": [typed(cell)]} for cell, *_ in (*CASES.values(), ("end",))]
    way.transport().write(
        ledger.key,
        [{"updateCells": {"start": {"sheetId": 1000}, "rows": rows, "fields": "userEnteredValue"}}],
    )
    values = way.transport().read(f"{ledger.key}/values:batchGet", ranges="Diary", **AS_TYPED).json()
    found = [row[0] if row else "" for row in values["valueRanges"][0]["values"]]
    expected = [given for *_, given in CASES.values()]
    assert [(one, type(one)) for one in found[:-1]] == [(one, type(one)) for one in expected]
    data = way.transport().read(ledger.key, ranges="Diary", fields="sheets.data.rowData").json()
    shown = [row.get("values", [{}])[0] for row in data["sheets"][0]["data"][0]["rowData"]]
    assert [mark_of(one) for one in shown[:-1]] == [compared for *_, compared, _ in CASES.values()]


def test_an_error_that_was_typed_is_one_however_it_is_shown() -> None:
    assert mark_of({"userEnteredValue": {"errorValue": {"type": "REF", "message": "gone"}}}) == mark("#N/A") == ERROR


# --- days -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("number", "meant"),
    [
        (0, date(1899, 12, 30)),
        (1, date(1899, 12, 31)),
        (36_526, date(2000, 1, 1)),
        (46_081, date(2026, 2, 28)),
        (46_082, date(2026, 3, 1)),
        (46_099.0, date(2026, 3, 18)),
        (46_099.5, datetime(2026, 3, 18, 12)),
        (46_099.396006944, MORNING),
        (46_099.999999, datetime(2026, 3, 19)),
    ],
)
def test_a_serial_number_is_a_day_or_a_moment_to_the_second(number: float, meant: date) -> None:
    assert (from_serial(number), type(from_serial(number))) == (meant, type(meant))


@settings(deadline=None)
@given(st.datetimes(datetime(1990, 1, 1), datetime(2199, 12, 31)))
def test_every_moment_survives_as_a_number_to_the_second(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    found = from_serial(serial(moment))
    assert found == (moment if moment.time() != time() else moment.date())


@settings(deadline=None)
@given(st.dates(date(1990, 1, 1), date(2199, 12, 31)))
def test_every_day_of_ours_survives_as_a_number(day: date) -> None:
    assert (as_date(serial(day)), from_serial(serial(day))) == (day, day)


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        (46_099, date(2026, 3, 18)), (46_099.0, date(2026, 3, 18)), (46_099.5, datetime(2026, 3, 18, 12)),
        (serial(FIRST_DAY), date(1990, 1, 1)), (serial(FIRST_DAY) - 1, serial(FIRST_DAY) - 1),
        (109_574, date(2199, 12, 31)), (109_574.5, datetime(2199, 12, 31, 12)), (109_575, 109_575), (20_260_318, 20_260_318),
        (7, 7), (-46_099, -46_099), (True, True), ("46099", "46099"), ("2026-03-18", "2026-03-18"), ("", ""),
        (Formula("=TODAY()"), Formula("=TODAY()")),
    ],
)  # fmt: skip
def test_in_a_column_of_days_a_number_of_our_time_is_a_day(cell: Cell, meant: Cell) -> None:
    assert (as_date(cell), type(as_date(cell))) == (meant, type(meant))


# --- compared ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (5, 5.0), (date(2026, 3, 18), 46_099), (datetime(2026, 3, 18), date(2026, 3, 18)), (0.1 + 0.2, 0.3),
        (MORNING, 46_099.396006944), (time(12), 0.5), (Formula("=A1"), Formula("=A2")), (Formula("=A1"), "=A1"),
        (CellError("#REF!"), "#REF!"), ("a\ud83d", "a\udc00"),
    ],
)  # fmt: skip
def test_what_is_the_same_to_the_sheet_is_compared_as_the_same(one: Cell, other: Cell) -> None:
    assert (mark(one), digest([mark(one)])) == (mark(other), digest([mark(other)]))


DIFFERENT: list[Cell] = [
    "", " ", "a", "A", "a ", "1", 1, 1.001, 0, True, False, "True", "TRUE", "=", "…", date(2026, 3, 18), MORNING, "46099.0",
]  # fmt: skip


def test_what_a_person_would_call_different_is_different() -> None:
    """That includes what Python takes as equal: 1 and True, 0 and False."""
    assert len({digest([mark(cell)]) for cell in DIFFERENT}) == len(DIFFERENT)


def test_a_row_is_known_by_what_stands_where() -> None:
    rows: list[list[Mark]] = [
        [],
        [""],
        ["", ""],
        ["a", "b"],
        ["b", "a"],
        ["ab", ""],
        ["", "ab"],
        ["a", "", "b"],
        ["a", "b", ""],
    ]
    assert len({digest(row) for row in rows} | {digest([])}) == len(rows)
    assert (digest(["a", 1.0, True]), len(digest(["a"]))) == (digest(["a", 1.0, True]), 24)


@settings(deadline=None)
@given(
    st.one_of(
        st.text(),
        st.integers(-(10**9), 10**9),
        st.floats(-1e9, 1e9),
        st.booleans(),
        st.dates(date(1900, 1, 1)),
        st.times(),
    )
)
def test_a_cell_is_known_again_in_the_reply_to_its_own_write(cell: Cell) -> None:
    there = json.loads(json.dumps(typed(cell)).encode())
    assert (mark(cell), digest([mark(cell)])) == (mark_of(there), digest([mark_of(there)]))
