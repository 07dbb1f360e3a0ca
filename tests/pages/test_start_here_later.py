"""Start here of a ledger that an earlier version laid out gets the lines that came later, and nothing on it changes."""

from __future__ import annotations

import io
from collections.abc import Mapping
from pathlib import Path

import openpyxl
import pytest
from google.oauth2.service_account import Credentials

from automation.pages.page import Place, reference
from automation.pages.start_here import TAB_WORDS, to_dos
from automation.pages.start_here_later import later_lines
from automation.pages.start_here_page import start_here_page
from automation.workbooks.excel.layout.upgrade import completed
from automation.workbooks.google.client import EMULATOR, SCOPES, Transport
from sheet_schema import START_HERE, TAB, Language
from tests.sheets_api import SheetsServer
from tests.support.new_ledger import blank
from tests.support.new_spreadsheet import Office

Words = Mapping[Place, object]
GONE = ((12, 5), (12, 6), (36, 2), (36, 3))
"""The line about old cases, and the one of *Year books*, on a page of today."""
LATER_TABS = ("wording", "words", "books")
OWN = {
    (5, 6): "Lists of departments: ask Ruth",
    (14, 6): "the caretaker's list",
    (36, 3): "ours",
    (37, 2): "see the binder",
}
"""What people typed: a line of ours in their words, and notes of their own, two of them right below the lists."""


def cells(tab: str, column: str) -> str:
    return f"{tab}!{column}"


def title(tab: str) -> str:
    return TAB[tab].label("en")


def today(language: Language) -> Words:
    return start_here_page(language, cells, title).texts


def of_before(language: Language) -> Words:
    """The page as it was laid out before: without what came later, the rest closed up."""
    later = [at for at, item in enumerate(to_dos(cells)) if item.later]
    assert len(later) == 3
    texts = today(language)
    kept: dict[Place, object] = {place: text for place, text in texts.items() if place[0] < 5 or place[1] in (2, 3)}
    rows = [row for row in range(5, 17) if row - 5 not in later and (row, 6) in texts]
    for new, old in enumerate(rows, start=5):
        kept[new, 5] = texts[old, 5]
        kept[new, 6] = str(texts[old, 6]).replace(f"E{old}", f"E{new}")
    gone = [row for (row, column), text in texts.items() if column == 2 and text in map(title, LATER_TABS)]
    lines = [row for row in range(18, max(texts)[0] + 1) if (row, 2) in texts and row not in gone]
    for row in range(18, max(texts)[0] + 1):
        kept.pop((row, 2), kept.pop((row, 3), None))
    for new, old in enumerate(lines, start=18):
        kept[new, 2], kept[new, 3] = texts[old, 2], texts[old, 3]
    return kept


def rows_of(words: Words) -> list[list[object]]:
    return [[words.get((row, column), "") for column in range(1, 8)] for row in range(1, max(words)[0] + 1)]


def added(words: Words, language: Language = "en") -> Words:
    lines = later_lines(language, cells, title, rows_of(words))
    return lines.page.texts if lines else {}


@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_came_later_follows_the_lists_that_are_there(language: Language) -> None:
    before, whole = of_before(language), today(language)
    new = added(before, language)

    assert not new.keys() & before.keys()
    assert {column for _, column in new} == {2, 3, 5, 6}
    both = {**before, **new}
    for left in (2, 5):
        there = sorted(row for row, column in new if column == left)
        assert there == [*range(there[0], there[0] + 3)]  # one below the other
        assert (there[0] - 1, left) in before  # and below the list
    unplaced = [str(text).replace(reference(*place), "") for place, text in both.items() if place[1] in (2, 3)]
    assert sorted(unplaced) == sorted(str(text) for place, text in whole.items() if place[1] in (2, 3))
    for row, column in new:
        if column == 6:
            assert f"=IF({reference(row, 5)}=" in str(new[row, 6])
    assert added(both, language) == {}


def test_what_people_typed_is_not_written_over_and_a_list_thrown_away_stays_away() -> None:
    before = {**of_before("en"), **OWN}
    new = added(before)

    assert len(new) == 12
    assert not new.keys() & before.keys()
    assert not {(14, 5), (36, 2), (37, 3)} & new.keys()  # beside what people typed
    assert added({place: text for place, text in before.items() if place[1] != 6}).keys() == {
        place for place in new if place[1] in (2, 3)
    }
    assert added({(1, 2): "How we work", (7, 3): "Ask Ruth"}) == {}


def test_lines_under_words_of_any_language_or_a_renamed_tab_are_there() -> None:
    words: dict[Place, object] = {**today("en")}
    row = next(row for (row, column), text in words.items() if (column, text) == (2, title("words")))
    words[row, 2], words[row, 3] = "Our words", TAB_WORDS["words"].say("zh")

    assert added(words) == {}
    assert added(today("zh")) == {}


def test_a_file_gets_them_with_links_and_colours() -> None:
    book = openpyxl.load_workbook(io.BytesIO(blank("en")))
    sheet = book["Start here"]
    for place in GONE:
        sheet.cell(*place).value = None
        sheet.cell(*place).hyperlink = None
    sheet["F16"] = "ours"
    out = io.BytesIO()
    book.save(out)

    made, said = completed(out.getvalue(), "ledger.xlsx", "en", {})

    assert said == ["Added 2 lines to Start here."]
    assert completed(made, "ledger.xlsx", "en", {}) == (made, [])
    page = openpyxl.load_workbook(io.BytesIO(made))["Start here"]
    there = {cell.coordinate: cell.value for row in page.iter_rows() for cell in row if cell.value is not None}
    before = {cell.coordinate: cell.value for row in sheet.iter_rows() for cell in row if cell.value is not None}
    assert {place: there[place] for place in before} == before
    new = there.keys() - before.keys()
    assert len(new) == 4
    linked = {place: link.location for place in new if (link := page[place].hyperlink) is not None}
    assert sorted(linked.values()) == ["'Settings'!A1", "'Year books'!A1"]
    coloured = [str(one.sqref) for one in page.conditional_formatting]
    assert any(place in coloured for place in new)
    [text] = [place for place in linked if place.startswith("F")]
    assert page[text].font.size == sheet["F5"].font.size


def test_a_spreadsheet_gets_them_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with SheetsServer() as server:
        monkeypatch.setenv(EMULATOR, server.address)
        file = server.key_file(tmp_path / "key.json")
        account = Credentials.from_service_account_file(str(file), scopes=list(SCOPES))  # type: ignore[no-untyped-call]
        office = Office(server, Transport(account))
        office.lay_out()
        sheet = office.book.sheet(START_HERE.label("en"))
        whole = sheet.values()
        for row, column in GONE:
            sheet.type(row, column, "")
        before = sheet.values()

        assert office.lay_out() == ["Added 2 lines to Start here."]

        after = sheet.values()
        assert office.lay_out() == []
    lost = {str(whole[row - 1][column - 1]) for row, column in GONE[2:]}
    new = [
        str(cell) for row, line in enumerate(after) for at, cell in enumerate(line) if cell and not _at(before, row, at)
    ]
    kept = [_at(after, row, at) for row, line in enumerate(before) for at, cell in enumerate(line) if cell]
    assert kept == [cell for line in before for cell in line if cell]
    assert len(new) == 4
    assert lost <= {*new}
    assert any(text.startswith("=HYPERLINK(") for text in new)


def _at(rows: list[list[str | float | bool]], row: int, at: int) -> object:
    return rows[row][at] if row < len(rows) and at < len(rows[row]) else ""
