"""Every page of a file, calculated by LibreOffice where it is there, with the longest and the oddest of everything."""

from __future__ import annotations

import csv
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
from tests.support.new_ledger import blank

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
SHOWN = [(language, CASES[i % len(CASES)]) for i, language in enumerate(LANGUAGES)]
"""One of the two on each language's Form: a language has other words in its formulas, and what stands in the tabs is in all."""


TURNED_ON = tuple(tab.key for tab in TABS if tab.on_demand)
"""The tabs that only a ledger has in which somebody turned on what they are for: here all do."""
pytestmark = pytest.mark.skipif(SOFFICE is None, reason="needs LibreOffice")


AS_SHOWN = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
"""A file of its own for each tab, with cells as they are shown: in half the time of a workbook."""


def shown(folder: Path, name: str, title: str) -> list[list[str]]:
    """What a tab of this workbook shows."""
    with (folder / f"{name}-{title}.csv").open(newline="", encoding="utf-8") as file:
        return [*csv.reader(file)]


@pytest.fixture(scope="module")
def calculated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of every tab of all workbooks of these tests, as LibreOffice calculates and shows it: it takes seconds to start."""
    given, folder = tmp_path_factory.mktemp("given"), tmp_path_factory.mktemp("calculated")
    for language, case in SHOWN:
        full(language, case).save(given / f"{language} {case}.xlsx")
    for at, (rows, _) in enumerate(ASKED):
        (given / f"asked {at}.xlsx").write_bytes(new_workbook("en", rows))
    profile = f"-env:UserInstallation={tmp_path_factory.mktemp('profile').as_uri()}"
    command = [str(SOFFICE), profile, "--headless", "--convert-to", AS_SHOWN, "--outdir", str(folder)]
    subprocess.run([*command, *map(str, given.iterdir())], check=True, capture_output=True, timeout=300)
    return folder


@pytest.mark.filterwarnings("ignore:Cell")  # of openpyxl, about the numbers that are no dates
@pytest.mark.parametrize(("language", "case"), SHOWN)
def test_no_cell_of_a_page_errs(calculated: Path, language: Language, case: str) -> None:
    errors = {
        (tab.key, row, column): cell
        for tab in TABS
        if tab.page
        for row, cells in enumerate(shown(calculated, f"{language} {case}", tab.label(language)), start=1)
        for column, cell in enumerate(cells[: HELP - 1 if tab is FORM else None], start=1)
        if cell.startswith(("Err:", "#"))
    }

    assert errors == {}


def full(language: Language, case: str) -> Workbook:
    """A ledger with the longest and the oddest in every tab, whose Form shows this case."""
    book = openpyxl.load_workbook(io.BytesIO(blank(language, TURNED_ON)))
    for tab in TABS:
        if tab.columns:
            fill(book[tab.label(language)], tab)
    book[FORM.label(language)].cell(*CHOOSE[:2]).value = case
    return book


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


THIS_YEAR = date(date.today().year, 5, 1)  # noqa: DTZ011  (as LibreOffice's TODAY)
LABOUR_DAY: dict[str, object] = {"date": THIS_YEAR, "name": "Labour Day"}
SOON, LATER = date.today() + timedelta(days=59), date.today() + timedelta(days=61)  # noqa: DTZ011  (as LibreOffice's TODAY)
BREAK: dict[str, object] = {"kind": "closed", "date": SOON, "until": LATER}
# Start here asks for this year's official holidays, and for the school breaks of the next sixty days if a row counts in school
# days: the rows of a ledger, and the marks of the two lines. Each workbook takes seconds, so most are about both.
ASKED: list[tuple[dict[str, list[dict[str, object]]], dict[str, str]]] = [
    (
        {"deadlines": [{"unit": "school day", "enabled": "Yes"}]},
        {"public holidays": "○", "school breaks": "○"},
    ),
    (
        {"deadlines": [{"unit": "school day", "enabled": "No"}], "calendar": [LABOUR_DAY]},
        {"public holidays": "✓", "school breaks": "✓"},
    ),
    (
        {
            "deadlines": [{"unit": "day"}, {"unit": "working day"}],
            "calendar": [{"date": THIS_YEAR, "name": "Labour Day (provisional)"}],
        },
        {"public holidays": "○", "school breaks": "✓"},
    ),
    (
        {
            "deadlines": [{"unit": "day"}],
            "escalation": [{"unit": "school day"}],
            "calendar": [LABOUR_DAY, {"date": THIS_YEAR, "name": "国庆节（暂定）"}, {**BREAK, "kind": "holiday"}],
        },
        {"public holidays": "○", "school breaks": "○"},
    ),
    (
        {
            "deadlines": [{"unit": "school day"}],
            "calendar": [
                {"date": THIS_YEAR},
                {"date": THIS_YEAR.replace(year=THIS_YEAR.year + 1), "name": "x (provisional)"},
                {**BREAK, "until": ""},
            ],
        },
        {"public holidays": "✓", "school breaks": "○"},
    ),
    ({"deadlines": [{"unit": "school day"}], "calendar": [BREAK]}, {"school breaks": "✓"}),
]


@pytest.mark.parametrize("at", range(len(ASKED)))
def test_start_here_asks_for_holidays_and_school_breaks(calculated: Path, at: int) -> None:
    lines = [row[4:6] for row in shown(calculated, f"asked {at}", TAB["start_here"].label("en"))]
    found = {words: [mark for mark, text in lines if words in text.lower()] for words in ASKED[at][1]}

    assert found == {words: [mark] for words, mark in ASKED[at][1].items()}
