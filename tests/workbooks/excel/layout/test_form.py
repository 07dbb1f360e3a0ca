"""The Form tab in a file: formulas that every program knows, one upright page, locked but for one cell, holding no
row."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.formula import Tokenizer
from openpyxl.worksheet.worksheet import Worksheet

from automation.pages.form import CHOOSE, FIRST, LAST, TOP, form_page
from automation.pages.form_lookups import HELP, LAST_HELP, ROOM
from automation.pages.page import Page
from automation.workbooks.excel.layout.saving import saved
from automation.workbooks.excel.layout.upgrade import completed
from automation.workbooks.excel.xml.references import Gone, pointed_at, shifted
from sheet_schema import FORM, LANGUAGES, TAB, Language
from tests.support.ledger_in_memory import line
from tests.support.new_ledger import blank
from tests.support.small_office import at, column, ledger_at
from tests.support.workbook_homes import load, save

KNOWN = {
    "AND", "CHAR", "COLUMN", "COUNTA", "COUNTIF", "FIND", "IF", "IFERROR", "INDEX", "ISNUMBER", "LEFT", "LEN", "LENB",
    "MATCH", "MAX", "OFFSET", "OR", "ROW", "SUBSTITUTE", "TRIM",
}  # fmt: skip
"""Functions that Excel 2007, LibreOffice, WPS and Google Sheets all have."""
CLOSED = {"decision": "不予受理", "decided_on": "2026-03-03", "reason": "重复", "notified_on": "2026-03-04"}


def plan(language: Language) -> Page:
    return form_page(language, lambda key: TAB[key].label(language))


def formulas(page: Page) -> list[str]:
    return [*(str(text) for text in page.texts.values() if str(text).startswith("=")), "=" + numbers(page)]


def numbers(page: Page) -> str:
    assert page.offer is not None
    return page.offer.values


@pytest.mark.parametrize("language", LANGUAGES)
def test_formulas_use_what_every_program_has(language: Language) -> None:
    called = {name for text in formulas(plan(language)) for name in re.findall(r"([A-Z]+)\(", text)}

    assert called <= KNOWN
    assert max(map(len, formulas(plan(language)))) < 1_000
    assert len(numbers(plan(language))) < 255  # the longest that a check while typing may be


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_text_is_cut_to_more_than_the_words_that_say_so(language: Language) -> None:
    """Else LEFT would be told to take fewer than no characters, which is an error."""
    page = plan(language)
    rooms = {
        place: min(int(room) for room in re.search(r"(\d+)(?:,(\d+)\))?$", str(text)).groups() if room)  # type: ignore[union-attr]
        for place, text in page.texts.items()
        if place[1] == ROOM
    }
    two_lines = {place for place in page.texts if place[1] == LAST_HELP}
    cuts = 0
    for text in formulas(page):
        for most, ends, said in re.findall(
            r'LEFT\(SUBSTITUTE\([^()]+,CHAR\(10\)," "\),(\$?\w+\$?\d*)-(\d+)\)&"([^"]*)"', text
        ):
            row = int(most.rpartition("$")[2])
            assert int(ends) == len(said)
            room = row if most.isdigit() else rooms[row, ROOM] + ((row, LAST_HELP) in two_lines)
            assert 0 < len(said) <= room
            cuts += 1
    assert cuts == len(rooms) + 3  # and three in one line: the school, the number, the archive's number


@pytest.mark.parametrize("language", LANGUAGES)
def test_they_point_at_whole_columns_and_headers_alone(language: Language) -> None:
    pointed = {
        token.value.partition("!")[2]
        for text in formulas(plan(language))
        for token in Tokenizer(text).items
        if "!" in token.value and token.subtype == "RANGE"
    }

    assert pointed == {"$A:$A", "$A$1", "$1:$1"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_line_is_held_and_nothing_is_written_when_lines_go(language: Language) -> None:
    title, gone = TAB["register"].label(language), Gone([2, 3, 500])

    for text in formulas(plan(language)):
        assert set(pointed_at(text, title, at_home=False)) <= {(1, 1)}
        assert shifted(text, title, gone, at_home=False) == text


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_one_upright_page_locked_but_for_the_number(language: Language) -> None:
    book = openpyxl.load_workbook(io.BytesIO(blank(language)))
    sheet = book[FORM.label(language)]
    row, first, last = CHOOSE
    chosen = sheet.cell(row, first)
    [check] = sheet.data_validations.dataValidation
    letters = [openpyxl.utils.get_column_letter(place) for place in (FIRST, LAST)]
    paper = plan(language).paper

    assert book.sheetnames.index(sheet.title) == book.sheetnames.index(TAB["dashboard"].label(language)) + 1
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("portrait", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 1)
    assert paper is not None
    assert sheet.print_area == f"'{sheet.title}'!${letters[0]}${TOP}:${letters[1]}${paper.bottom}"
    assert sheet.protection.sheet
    assert [cell.coordinate for cells in sheet.iter_rows() for cell in cells if not cell.protection.locked] == [
        sheet.cell(row, place).coordinate for place in range(first, last + 1)
    ]
    assert (str(check.sqref), check.formula1) == (chosen.coordinate, numbers(plan(language)))
    assert not check.showErrorMessage
    behind = range(HELP, LAST_HELP + 1)
    assert all(sheet.column_dimensions[openpyxl.utils.get_column_letter(place)].hidden for place in behind)


def test_a_run_that_files_a_case_leaves_the_tab_as_it_is(tmp_path: Path) -> None:
    """Byte for byte, with the number that somebody chose."""
    path = ledger_at(tmp_path, (line(**CLOSED), line("LV-00002")), sending="暂停")
    choose(path, "LV-00001")
    before = part(path)

    at(path, "2026-06-01T09:00")

    assert [number for (number,) in column(path, "filing", "case_no")] == ["LV-00001"]
    assert part(path) == before
    assert load(path)[FORM.label("zh")].cell(*CHOOSE[:2]).value == "LV-00001"


def test_install_again_adds_it_to_an_older_ledger_and_leaves_it_alone_from_then_on() -> None:
    book = openpyxl.load_workbook(io.BytesIO(blank("en")))
    before = cells(book[FORM.label("en")])
    del book[FORM.label("en")]
    book["Register"].title = "登记"

    data, said = completed(saved(book), "ledger.xlsx", "en", {})
    book = openpyxl.load_workbook(io.BytesIO(data))

    assert said == ["Added the tab Form."]
    assert cells(book[FORM.label("en")]) == {
        place: text.replace("'Register'!", "'登记'!") for place, text in before.items()
    }
    assert book.sheetnames[1:5] == ["登记", "Dashboard", "Form", "Filing"]
    book[FORM.label("en")].cell(*CHOOSE[:2]).value = "LV-00001"
    assert completed(saved(book), "ledger.xlsx", "en", {})[1] == []


def cells(sheet: Worksheet) -> dict[str, str]:
    return {cell.coordinate: str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None}


def choose(path: Path, number: str) -> None:
    book = load(path)
    book[FORM.label("zh")].cell(*CHOOSE[:2]).value = number
    save(book, path)


def part(path: Path) -> bytes:
    """The tab's part of the file."""
    with zipfile.ZipFile(path) as archive:
        return archive.read(f"xl/worksheets/sheet{load(path).sheetnames.index(FORM.label('zh')) + 1}.xml")
