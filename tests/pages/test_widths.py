"""On an ordinary screen everybody sees what they type first, without moving the Register sideways."""

from __future__ import annotations

import pytest
from openpyxl import Workbook

from automation.pages import colours
from automation.pages.room import lines_of, width_of
from automation.workbooks.excel.layout.formats import dress_body
from automation.workbooks.google.layout.formats import body, pixels_wide
from sheet_schema import LANGUAGES, REGISTER, TAB, TABS, Column, Language, Required, Type

SCREEN, AROUND = 1366, 70
"""Pixels of a small laptop's screen, and what the rows' numbers and the bar for scrolling take of it."""


def pixels_in_excel(column: Column, language: Language) -> int:
    """The pixels of a column in a file: 7 a digit in either font, and 5 around it."""
    return round(7 * width_of(column, language)) + 5


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_register_shows_what_is_filled_in_first_and_how_it_stands(language: Language) -> None:
    last = max(REGISTER.keys.index(column.key) for column in REGISTER if column.required is Required.ALWAYS)
    shown = REGISTER.columns[: last + 1]

    assert [column.key for column in shown] == [
        "case_no", "light", "status", "problems",
        "channel", "petitioner", "contact", "kind", "topic", "summary",
    ]  # fmt: skip
    assert sum(pixels_in_excel(column, language) for column in shown) <= SCREEN - AROUND
    assert sum(pixels_wide(width_of(column, language)) for column in shown) <= SCREEN - AROUND


@pytest.mark.parametrize(
    ("tab", "first"),
    [("routing", ["order", "enabled", "problems"]), ("deadlines", ["enabled", "kind", "channel", "step", "problems"])],
)
def test_problems_stand_beside_what_names_the_rule(tab: str, first: list[str]) -> None:
    assert list(TAB[tab].keys[: len(first)]) == first


def test_long_texts_wrap() -> None:
    assert [
        (tab, column.key)
        for tab in ("routing", "deadlines")
        for column in TAB[tab]
        if column.type is Type.LONG and not colours.wraps(column)
    ] == []


def test_what_is_for_the_program_takes_one_line_and_stays_in_its_cell_even_where_the_one_beside_it_is_blank() -> None:
    columns = [column for tab in TABS for column in tab if column.is_cut]
    cells = [Workbook().active.cell(1, 1) for _ in columns]  # type: ignore[union-attr]
    for cell, column in zip(cells, columns, strict=True):
        dress_body(cell, column, "en")

    assert {column.key for column in columns} == {
        "owed", "seal", "fingerprint", "seals", "rows", "history", "as_seen", "chain", "imported", "intake", "key", "seen", "waits", "days_said", "lines", "joined_facts"
    }  # fmt: skip
    assert {(cell.alignment.horizontal, cell.alignment.wrap_text) for cell in cells} == {("fill", False)}
    assert {body(column, "en")["wrapStrategy"] for column in columns} == {"CLIP"}


@pytest.mark.parametrize(
    ("tab", "column", "text"),
    [
        ("notices", "run", "2026-03-18T09:00:00"),
        ("history", "run", "2026-03-18T09:00:00"),
        ("runs", "run", "2026-03-18T09:00:00"),
        ("people", "email", "joan.whitlock@larkfield.example"),
        ("departments", "email", "premises@larkfield.example"),
        ("topics", "name", "Special educational needs"),
    ],
)
def test_what_is_ordinary_takes_one_line(tab: str, column: str, text: str) -> None:
    assert lines_of(text, TAB[tab][column].width) == 1
