"""Every page of a file, calculated by LibreOffice where it is there, with the longest and the oddest of everything."""

from __future__ import annotations

import io
import shutil
import subprocess
from datetime import date, timedelta
from itertools import cycle
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from automation.pages.form import CHOOSE
from automation.pages.form_lookups import HELP
from automation.workbooks.excel.layout.new_workbook import new_workbook
from sheet_schema import FORM, LANGUAGES, TAB, TABS, Language, Tab

SOFFICE = shutil.which("soffice")
LONGEST = 32_767
"""What Excel lets a cell hold."""
ODD = {
    "words": "Department of mathematics and natural sciences ",
    "one word": "W",
    "chinese": "高三年级教务处",
    "mixed": "王小明 Wang Xiaoming, ",
    "lines": "line\n",
    "pipes": "a | b ",
    "an error": "#N/A",
    "a number": -1e300,
    "a late day": 9e9,
}
"""Values of cells; a text is repeated until the cell is full."""
CASES = ("the longest", "the oddest")


@pytest.mark.skipif(SOFFICE is None, reason="needs LibreOffice")
@pytest.mark.filterwarnings("ignore:Cell")  # of openpyxl, about the numbers that are no dates
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_cell_of_a_page_errs(language: Language, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(new_workbook(language, {})))
    for tab in TABS:
        if tab.columns:
            fill(book[tab.label(language)], tab)
    for number in CASES:
        book[FORM.label(language)].cell(*CHOOSE[:2]).value = number
        found = calculated(book, tmp_path)
        errors = {
            (tab.key, cell.coordinate): cell.value
            for tab in TABS
            if tab.page
            for cells in found[tab.label(language)].iter_rows(max_col=HELP - 1 if tab is FORM else None)
            for cell in cells
            if cell.data_type == "e" or str(cell.value).startswith(("Err:", "#"))
        }

        assert (number, errors) == (number, {})


def fill(sheet: Worksheet, tab: Tab) -> None:
    """Give a tab a line with the longest text in every cell, and lines with the oddities in turn."""
    long = next(iter(ODD.values()))
    for row in range(2, len(ODD) + 2):
        odd = cycle([*ODD.values()][row - 2 :] + [*ODD.values()][: row - 2])
        for place, column in enumerate(tab, start=1):
            value = long if row == 2 else next(odd)
            full = LONGEST if row == 2 and tab.key == "register" else 300
            text = isinstance(value, str) and value != ODD["an error"]
            number = CASES[row - 2] if row < 4 else f"{row}"
            sheet.cell(row, place).value = (  # type: ignore[union-attr]
                number if column.key == "case_no" else (str(value) * full)[:full] if text else value
            )


def calculated(book: Workbook, folder: Path) -> Workbook:
    """The workbook as LibreOffice calculates it."""
    (folder / "given").mkdir(exist_ok=True)
    book.save(folder / "given" / "ledger.xlsx")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(SOFFICE), profile, "--headless", "--convert-to", "xlsx", "--outdir", ".", "given/ledger.xlsx"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True, timeout=120)
    return openpyxl.load_workbook(folder / "ledger.xlsx", data_only=True)


THIS_YEAR = date(date.today().year, 5, 1)  # noqa: DTZ011  (as LibreOffice's TODAY)


@pytest.mark.skipif(SOFFICE is None, reason="needs LibreOffice")
@pytest.mark.parametrize(
    ("days", "mark"),
    [
        ([], "○"),
        ([{"date": THIS_YEAR, "name": "Labour Day"}], "✓"),
        ([{"date": THIS_YEAR, "name": "Labour Day (provisional)"}], "○"),
        ([{"date": THIS_YEAR, "name": "Labour Day"}, {"date": THIS_YEAR, "name": "国庆节（暂定）"}], "○"),
        ([{"date": THIS_YEAR}, {"date": THIS_YEAR.replace(year=THIS_YEAR.year + 1), "name": "x (provisional)"}], "✓"),
    ],
)
def test_start_here_asks_for_this_years_official_holidays(
    tmp_path: Path, days: list[dict[str, object]], mark: str
) -> None:
    assert asked_for("public holidays", {"calendar": days}, tmp_path) == [mark]


def asked_for(words: str, rows: dict[str, list[dict[str, object]]], folder: Path) -> list[object]:
    """The marks of the lines on Start here that say these words."""
    book = openpyxl.load_workbook(io.BytesIO(new_workbook("en", rows)))
    page = calculated(book, folder)[TAB["start_here"].label("en")]
    lines = page.iter_rows(min_col=5, max_col=6, values_only=True)
    return [mark for mark, text in lines if text and words in str(text).lower()]


SOON, LATER = date.today() + timedelta(days=59), date.today() + timedelta(days=61)  # noqa: DTZ011  (as LibreOffice's TODAY)
BREAK: dict[str, object] = {"kind": "closed", "date": SOON, "until": LATER}


# Start here asks for the school breaks of the next sixty days, if a row counts in school days.
@pytest.mark.skipif(SOFFICE is None, reason="needs LibreOffice")
@pytest.mark.parametrize(
    ("rules", "rungs", "days", "mark"),
    [
        ([{"unit": "school day", "enabled": "Yes"}], [], [], "○"),
        ([{"unit": "school day"}], [], [{**BREAK, "until": ""}], "○"),
        ([{"unit": "school day"}], [], [BREAK], "✓"),
        ([{"unit": "school day"}], [], [{**BREAK, "kind": "holiday"}], "○"),
        ([{"unit": "school day", "enabled": "No"}], [], [], "✓"),
        ([{"unit": "day"}, {"unit": "working day"}], [], [], "✓"),
        ([{"unit": "day"}], [{"unit": "school day"}], [], "○"),
    ],
)
def test_start_here_asks_for_school_breaks(
    tmp_path: Path,
    rules: list[dict[str, object]],
    rungs: list[dict[str, object]],
    days: list[dict[str, object]],
    mark: str,
) -> None:
    rows = {"deadlines": rules, "escalation": rungs, "calendar": days}
    assert asked_for("school breaks", rows, tmp_path) == [mark]
