"""Cells are read in whatever form people type them, and a bad one says why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time

import numpy as np
import pytest

from automation.ledger.cells import parse_column
from automation.ledger.typed.cell import Bad
from automation.ledger.workbook import Cell, CellError, Formula
from sheet_schema import REGISTER, TAB


def parsed(key: str, cell: Cell, tab: str = "register") -> object:
    """The cell's value as text, or the problem's code and the value it quotes."""
    values, said = parse_column(TAB[tab][key], [cell])
    bad = said.get(0)
    return (bad.code, bad.details.get("value", "")) if isinstance(bad, Bad) else str(values[0])


def readings(key: str, cells: Sequence[Cell]) -> dict[str, list[Cell]]:
    """The cells by what they are read as; "bad" for those that are not."""
    found: dict[str, list[Cell]] = {}
    for cell in cells:
        value = parsed(key, cell)
        found.setdefault(value if isinstance(value, str) else "bad", []).append(cell)
    return found


MARCH_2 = "2026-03-02"


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("2026-3-2", MARCH_2), ("2026/3/2", MARCH_2), ("2026.3.2", MARCH_2), ("2026年3月2日", MARCH_2),
        ("2026-03-02", MARCH_2), ("20260302", MARCH_2), ("2 March 2026", MARCH_2), ("March 2, 2026", MARCH_2),
        ("２０２６－３－２", MARCH_2), (" 2026 年 3 月 2 日 ", MARCH_2), ("2026-03-02 14:30", MARCH_2), ("25/3/2026", "2026-03-25"),
        (date(2026, 3, 2), MARCH_2), (datetime(2026, 3, 2, 14, 30), MARCH_2),
        (46083, MARCH_2), (46083.0, MARCH_2), (46083.75, MARCH_2), (20260302, MARCH_2),
        ("", "NaT"), ("   ", "NaT"), ("\u3000", "NaT"),
        # a day that could be two is never guessed (docs/design.md#p2.13)
        ("3/2/2026", ("ambiguous_date", "3/2/2026")), ("3.2.26", ("ambiguous_date", "3.2.26")),
        ("2/2/2026", "2026-02-02"),
        ("3月2日", ("no_year", "3月2日")), ("3-2", ("no_year", "3-2")),
        ("2026-02-30", ("no_such_day", "2026-02-30")), ("明天", ("relative_day", "明天")), (True, ("not_a_date", "TRUE")),
        (3, ("date_out_of_range", "1900-01-02")), (-1, ("not_a_date", "-1")), (time(9), ("not_a_date", "09:00")),
        ("1926-03-02", ("date_out_of_range", "1926-03-02")), ("2206-03-02", ("date_out_of_range", "2206-03-02")),
        (Formula("=TODAY()"), ("formula", "")), (CellError("#REF!"), ("error_value", "#REF!")),
    ],
)  # fmt: skip
def test_dates(cell: Cell, value: object) -> None:
    assert parsed("received_on", cell) == value


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("  陈静 ", "陈静"), (13800000001.0, "13800000001"), (13800000001, "13800000001"), (0.5, "0.5"),
        ("013800000001", "013800000001"), ("1e5", "1e5"), (True, "TRUE"), (date(2026, 3, 2), MARCH_2),
        (datetime(2026, 3, 2, 9, 5), "2026-03-02 09:05"), (time(9, 5), "09:05"),
        ("=cmd()", "=cmd()"), ("", ""), ("   ", ""), ("字" * 50_000, "字" * 50_000),
        (Formula("=A1"), ("formula", "")), (CellError("#N/A"), ("error_value", "#N/A")),
    ],
)  # fmt: skip
def test_text(cell: Cell, value: object) -> None:
    """A number that a spreadsheet turned into a float comes back as the digits that were typed."""
    assert parsed("contact", cell) == value


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        *[
            (tick, "True")
            for tick in ("✓", "✔", "√", "☑", "x", "X", "是", "对", "yes", "Y", "TRUE", "true", "1", 1, 1.0, True, "Ｙ")
        ],
        *[(blank, "False") for blank in ("", " ", "否", "no", "N", "FALSE", "0", 0, 0.0, False)],
        *[(tick, "True") for tick in ("急", "紧急 ", "重要", "是的", "！", "*", "URGENT", "Important")],
        *[(blank, "False") for blank in ("×", "✗", "叉", "不急", "不重要", "Not urgent")],
        ("也许", ("not_a_tick", "也许")),
        (2, ("not_a_tick", "2")),
        (Formula("=1=1"), ("formula", "")),
    ],
)
def test_ticks(cell: Cell, value: object) -> None:
    assert parsed("important", cell) == value


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (5, "5.0"), (5.0, "5.0"), ("5", "5.0"), ("５", "5.0"), (" 12 人", "12.0"), ("12名", "12.0"), ("5.0", "5.0"), ("", "nan"),
        ("四五个", ("not_whole", "四五个")), (2.5, ("not_whole", "2.5")), (-1, ("not_whole", "-1")), ("1,000", "1000.0"),
        (True, ("not_whole", "TRUE")), (1e12, ("too_large", "1000000000000")), (float("inf"), ("not_whole", "inf")),
    ],
)  # fmt: skip
def test_whole_numbers(cell: Cell, value: object) -> None:
    assert parsed("people", cell) == value


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        # in either language, or by the key, in any case, width and spacing
        ("来访", "visit"), ("Visit", "visit"), ("visit", "visit"), ("VISIT ", "visit"), ("Ｖｉｓｉｔ", "visit"),
        ("", ""), ("  ", ""), (False, ""), ("拜访", ("not_on_list", "拜访")), (True, ("not_on_list", "TRUE")), (3, ("not_on_list", "3")),
        (Formula("=A1"), ("formula", "")), (CellError("#NAME?"), ("error_value", "#NAME?")),
    ],
)  # fmt: skip
def test_choices(cell: Cell, value: object) -> None:
    assert parsed("channel", cell) == value


# What is not plainly No counts as Yes, so whatever is not read here is treated as restricted (docs/design.md#p5.6).
@pytest.mark.parametrize(
    ("value", "cells"),
    [
        ("yes", (True, 1, 1.0, "Y", "yes", "YES ", "TRUE", "1", "✓", "√", "✔", "☑", "是", "Ｙ", "保密", "机密", "Confidential", "restricted", "Secret")),
        ("no", ("N", "no", "No ", "FALSE", 0, "0", "否", "不", "不保密", "非保密", "☐", "not restricted", "Not confidential")),
        ("", ("", False)),  # a box that nobody ticked: as if nothing were typed
        (
            "bad",
            ("x", "×", "✗", "-", "无", "maybe", "N?", "no one but the head", "公开", "不一定", Formula("=FALSE()"), CellError("#N/A")),
        ),
    ],
)  # fmt: skip
def test_marks_of_secrecy(value: str, cells: Sequence[Cell]) -> None:
    assert readings("restricted", cells) == {value: list(cells)}


@pytest.mark.parametrize(
    ("value", "cells"),
    [
        (
            "allegation",
            (
                "Allegation",
                "allegations",
                "Accusation",
                "举报",
                "检举",
                "控告",
                "检举控告",
                "检举控告类",
                "举报信",
                "揭发",
            ),
        ),
        ("complaint", ("Complaint", "complaints", "投诉", "申诉", "求决", "申诉求决", "求助")),
        ("suggestion", ("Suggestions", "建议", "意见", "意见建议", "建议意见类")),
        ("enquiry", ("Enquiries", "inquiry", "Questions", "咨询", "询问")),
        ("bad", ("反映", "praise", "表扬", "Complaint?", "complaint / allegation", "其他")),
    ],
)
def test_kinds(value: str, cells: Sequence[Cell]) -> None:
    assert readings("kind", cells) == {value: list(cells)}


def test_a_whole_column_at_once() -> None:
    """To Python True, 1 and 1.0 are equal; to a person they are three different cells."""
    values, bad = parse_column(REGISTER["people"], [1, True, 1.0, "", "x", "1"])
    assert (np.nan_to_num(values, nan=-1).tolist(), bad) == (
        [1, -1, 1, -1, -1, 1],
        {1: Bad("not_whole", {"value": "TRUE"}), 4: Bad("not_whole", {"value": "x"})},
    )


DAYS: tuple[Cell, ...] = (
    date(2026, 3, 2), datetime(2026, 3, 2, 23, 59, 59), "", date(1899, 1, 1), datetime(9999, 12, 31), "2026-03-02",
    datetime(2026, 3, 2, 20, tzinfo=UTC), "nonsense", 46083.0, datetime(1969, 12, 31, 23, 59, 59, 999_999),
)  # fmt: skip


@pytest.mark.parametrize(("tab", "key"), [("filing", "filed_on"), ("notices", "claimed_at")])
def test_a_column_of_plain_days_is_read_as_each_of_its_cells_is(tab: str, key: str) -> None:
    """Whole columns take a quicker way where every cell is a plain day; one that is not sends the column the long way."""
    column = TAB[tab][key]
    alone = {cell: parse_column(column, ["7 May 2026", cell]) for cell in DAYS}
    for chosen in [DAYS, *([cell, other, ""] for cell in DAYS for other in DAYS)]:
        values, said = parse_column(column, [*chosen])
        assert values.tolist() == [alone[cell][0][1].item() for cell in chosen]
        assert {i: why.code for i, why in said.items() if isinstance(why, Bad)} == {
            i: why.code for i, cell in enumerate(chosen) if isinstance(why := alone[cell][1].get(1), Bad)
        }
