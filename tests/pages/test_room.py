"""How much room a text needs, beside what the widths of Helvetica's letters say."""

from __future__ import annotations

import pytest

from automation.pages.room import HEADER_HEIGHT, cut_to, height_of, lines_of, width_of
from sheet_schema import LANGUAGES, TABS, Language
from tests.support.letter_widths import really

TEXTS = (
    "Contact is missing. Fill it in. " * 4,
    "DEPARTMENT OF MATHEMATICS AND NATURAL SCIENCES " * 3,
    "W" * 70,
    "wwwmmm mwmw " * 9,
    "someone.with.a.long.name@a-school-with-a-long-name.example",
    "德育处、教务处和学校办公室" * 6,
    "王小明 (Wang Xiaoming) 三年级二班 " * 5,
    "one\ntwo\n\nfour",
)


@pytest.mark.parametrize("width", [8.0, 13.0, 28.5, 66.0])
@pytest.mark.parametrize("text", TEXTS)
def test_no_text_takes_more_lines_than_it_is_given(text: str, width: float) -> None:
    assert really(text, width) <= lines_of(text, width) <= 2 + 2 * really(text, width)


@pytest.mark.parametrize(
    ("text", "width", "lines", "shown"),
    [
        ("short", 8, 1, "short"),
        ("Special educational needs", 20, 1, "Special educational…"),
        ("Special educational needs", 20, 2, "Special educational needs"),
        ("one\ntwo", 20, 1, "one two"),
        ("one\ntwo", 20, 2, "one\ntwo"),
        ("德育处和教务处", 10, 1, "德育处…"),
        ("", 10, 1, ""),
    ],
)
def test_what_is_too_long_is_cut_and_ends_in_an_ellipsis(text: str, width: float, lines: int, shown: str) -> None:
    assert cut_to(text, width, lines) == shown


@pytest.mark.parametrize("lines", [1, 2, 12])
@pytest.mark.parametrize("text", TEXTS)
def test_what_is_cut_fits(text: str, lines: int) -> None:
    assert really(cut_to(text * 9, 22, lines), 22) <= lines


def test_a_row_is_as_tall_as_its_longest_text_and_no_taller_than_a_spreadsheet_allows() -> None:
    assert [height_of(texts) for texts in ([], [("a", 9)], [("a", 9), ("one\ntwo\nthree", 9)], [("a\n" * 99, 9)])] == [
        20, 20, 51, 400,
    ]  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_header_fits_beside_its_button(language: Language) -> None:
    room = {
        (tab.key, column.key): (column.label(language), width_of(column, language) - 2)
        for tab in TABS
        for column in tab
    }
    lines_of_15_points = HEADER_HEIGHT // 15

    assert {
        key: label for key, (label, width) in room.items() if really(label, width + 1, bold=True) > lines_of_15_points
    } == {}
