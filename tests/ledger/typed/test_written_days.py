"""What people type for a day, in both languages, and what it means."""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from automation.ledger.typed.cell import Bad, Habits
from automation.ledger.typed.written_days import date_from_text, days_it_could_be, one_day
from automation.ledger.workbook import Cell
from tests.support.as_typed import each, read_as

TABLE = tomllib.loads((Path(__file__).parent / "days.toml").read_text("utf-8"))
CLEAR = {text: day for day, rows in TABLE["clear"].items() for text in rows["typed"]}
ASKED = {text: code for code, rows in TABLE.items() if code not in ("clear", "year_first") for text in each(rows)}
SHANGHAI = Habits(ZoneInfo("Asia/Shanghai"))
TYPED_ON = date(2026, 3, 18)


def test_every_clear_form_is_read_from_a_workbook(tmp_path: Path) -> None:
    """A moment that names its own time zone counts by the ledger's, which is Shanghai's in a new one."""
    assert read_as(tmp_path / "台账.xlsx", "received_on", [*CLEAR]) == CLEAR


def test_a_short_date_begins_with_its_year_in_chinese_only(tmp_path: Path) -> None:
    short = TABLE["year_first"]
    assert read_as(tmp_path / "台账.xlsx", "received_on", [*short]) == short
    in_english = read_as(tmp_path / "ledger.xlsx", "received_on", [*short], "en")
    assert in_english == dict.fromkeys(short, "(ambiguous_date)")


def test_what_is_unclear_is_asked(tmp_path: Path) -> None:
    expected = {text: f"({code})" for text, code in ASKED.items()}
    assert read_as(tmp_path / "台账.xlsx", "received_on", [*ASKED]) == expected


@pytest.mark.parametrize(
    ("text", "code", "readings"),
    [
        (text, code, days)
        for code in ("ambiguous_date", "wrong_weekday", "serial_day")
        for text, days in TABLE[code].items()
    ],
)
def test_an_unclear_day_is_asked_with_all_it_could_be(text: str, code: str, readings: str) -> None:
    assert date_from_text(text, SHANGHAI) == Bad(code, {"value": text, "readings": readings})


@pytest.mark.parametrize(
    ("text", "days"), [pair for code in ("no_year", "relative_day") for pair in TABLE[code].items()]
)
def test_what_a_day_would_be_if_it_was_written_today(text: str, days: str) -> None:
    assert " / ".join(map(str, days_it_could_be(text, TYPED_ON, past=True))) == days


def test_a_day_without_its_year_is_the_nearest_where_it_may_lie_ahead() -> None:
    assert days_it_could_be("3月25日", TYPED_ON, past=False) == [date(2026, 3, 25)]
    assert days_it_could_be("1月5日", date(2026, 12, 20), past=False) == [date(2027, 1, 5)]


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        # numbers, as a spreadsheet keeps what was typed in a cell without a format
        (20260302, "2026-03-02"), (20260302.0, "2026-03-02"), (260302, "2026-03-02"), (46083, "2026-03-02"), (46083.75, "2026-03-02"),
        (3.2, "no_year"), (3.25, "no_year"), (2026.3, "no_day"), (3, "date_out_of_range"), (-1, "not_a_date"), (250326, "ambiguous_date"),
        (datetime(2026, 3, 1, 20, tzinfo=ZoneInfo("UTC")), "2026-03-02"), (datetime(2026, 3, 1, 20), "2026-03-01"),
    ],
)  # fmt: skip
def test_numbers_and_moments(cell: Cell, read: str) -> None:
    found = one_day(cell, SHANGHAI)
    assert (found.code if isinstance(found, Bad) else str(found)) == read
