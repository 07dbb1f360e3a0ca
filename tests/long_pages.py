"""Prints every tab of a ledger whose texts are as long as they may be, by LibreOffice, for a person to look at.

`python -m tests.long_pages FOLDER` writes a PDF for each language and kind of text, with each tab on one page. What is
checked without LibreOffice is in `tests/pages/test_long_texts.py`, and errors of formulas in `test_calculated.py`.
"""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from openpyxl.workbook import Workbook

from automation.commands.install import install_into
from automation.pages.form import CHOOSE
from automation.reports.build import report_of
from automation.reports.tab import write_tab
from automation.run.job import JOBS, Request
from automation.run.run import run
from automation.steps.cases_now import cases_now
from automation.workbooks.excel.layout.saving import saved
from automation.workbooks.excel.workbook import ExcelWorkbook
from sheet_schema import FORM, LANGUAGES, REGISTER, SETTING, TAB, Language, Type
from sheet_schema.vocabulary import Channel, Decision
from tests.support.opened_again import opened
from tests.support.small_reports import FEBRUARY, MARCH

NOW = datetime(2026, 3, 18, 9)
CLOCK = datetime(2026, 3, 18, 1, tzinfo=UTC)
PRESETS = {"zh": "cn-school", "en": "uk-school"}
TEXTS = {
    "words": "Department of mathematics and natural sciences ",
    "capitals": "DEPARTMENT OF MATHEMATICS, ",
    "chinese": "高三年级教务处、德育处",
}
AS_TO_PDF = 'pdf:calc_pdf_Export:{"SinglePageSheets":{"type":"boolean","value":"true"}}'


def main(folder: Path) -> None:
    for language in LANGUAGES:
        for name, text in TEXTS.items():
            path = folder / f"{language}-{name}.xlsx"
            path.unlink(missing_ok=True)
            install_into(path, language, PRESETS[language], NOW, CLOCK)
            change(path, language, (text * 300)[:300])
            workbook = ExcelWorkbook(path, CLOCK)
            run(workbook, Request(JOBS["run"], NOW, CLOCK))
            write_tab(workbook, report_of(cases_now(workbook.read(), NOW), MARCH, FEBRUARY))
            profile = f"-env:UserInstallation={(folder / 'profile').resolve().as_uri()}"
            command = ["soffice", profile, "--headless", "--convert-to", AS_TO_PDF, "--outdir", str(folder), str(path)]
            subprocess.run(command, check=True, capture_output=True, timeout=300)
            print(path.with_suffix(".pdf"))


def change(path: Path, language: Language, text: str) -> None:
    """Name departments, topics, people and the school so, type cases with such texts, and choose one on the Form."""
    book = opened(path.read_bytes())
    for row in range(2, 6):
        put(book, "departments", language, row, name=f"{text[:200]}{row}", email="a@s.example")
        put(book, "topics", language, row, name=f"{text[:120]}{row}")
        put(book, "wording", language, row, text=f"{text} {{nothing}}")
    settings = book[TAB["settings"].label(language)]
    for line in settings.iter_rows(min_row=2, max_col=2):
        if line[0].value == SETTING["school_name"].label(language):
            line[1].value = text
    for row, channel in enumerate((*Channel, *Channel), start=2):
        long = {column.key: text * 9 for column in REGISTER if column.staff and column.type in (Type.TEXT, Type.LONG)}
        known = {"channel": channel.label(language), "decision": Decision.ACCEPT.label(language)}
        days = dict.fromkeys(("received_on", "decided_on"), datetime(2026, 2, row % 7 + 1))
        names = {"topic": f"{text[:120]}{2 + row % 4}", "department": f"{text[:200]}{2 + row % 4}"}
        put(book, "register", language, row, **{**long, **known, **days, **names})
    number = book[REGISTER.label(language)].cell(3, 1).value
    book[FORM.label(language)].cell(*CHOOSE[:2]).value = number
    path.write_bytes(saved(book))


def put(book: Workbook, tab: str, language: Language, row: int, **cells: object) -> None:
    sheet = book[TAB[tab].label(language)]
    for key, value in cells.items():
        if key != "case_no":
            sheet.cell(row, TAB[tab].keys.index(key) + 1).value = value


if __name__ == "__main__":
    Path(sys.argv[1]).mkdir(exist_ok=True)
    main(Path(sys.argv[1]))
