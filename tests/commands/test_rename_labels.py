"""A ledger with the labels of an earlier version works as it is; `install --rename-labels` writes those of today, and no more."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from automation.commands.demo import build
from automation.commands.install import install_into, rename_labels
from automation.ledger.parsing import parse
from automation.ledger.workbook import Formula
from automation.pages.newer_words import newer_words
from automation.run.job import JOBS, Request
from automation.run.run import run
from automation.steps.verification import verify
from automation.workbooks.excel import backups
from automation.workbooks.excel.workbook import ExcelWorkbook
from automation.workbooks.google.requests import write
from sheet_schema import FORM, LANGUAGES, REGISTER, SETTINGS_LIST, TABS, USUAL_TABS, Language
from sheet_schema.languages import former
from sheet_schema.vocabulary import Light, NoticeState, Sending, Status
from sheet_schema.word import Labelled, Words
from tests.support import workbook_homes as homes
from tests.support.ledger_in_memory import NOW
from tests.support.small_office import CLOCK

NEXT_DAY = 24 * 60
EACH_ON_ONE_KIND = pytest.mark.parametrize(("language", "home"), [("en", "xlsx"), ("zh", "google")], indirect=True)
"""A language has other words, a kind of workbook another way to write them: neither depends on the other."""
CHOICES: tuple[Words, ...] = tuple({column.choices for tab in TABS for column in tab if column.choices is not None})


def was(label: Labelled, language: Language) -> str:
    """What it was called first; if it was never renamed, what it is called."""
    return next(iter(former(language, label.context)), label.label(language))


def aged(path: Path, language: Language) -> None:
    """Give the ledger the words of an earlier version: headers, choices, settings, the Form, dropdown lists."""
    book = openpyxl.load_workbook(path)
    for tab in USUAL_TABS:
        sheet = book[tab.label(language)]
        assert isinstance(sheet, Worksheet)
        headers = {column.label(language): was(column, language) for column in (REGISTER if tab is FORM else tab)}
        words = {word.label(language): was(word, language) for column in tab for word in column.choices or ()}
        names = {one.label(language): was(one, language) for one in SETTINGS_LIST} if tab.key == "settings" else {}
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str):
                    cell.value = _aged(cell.value, headers if cell.row == 1 or tab is FORM else words | names)
        for rule in sheet.data_validations.dataValidation:
            rule.formula1 = _aged_list(str(rule.formula1), language)
    book.save(path)


def _aged(text: str, words: Mapping[str, str]) -> str:
    if not text.startswith("="):
        return words.get(text, text)
    for new, old in words.items():
        text = text.replace(f'"{new}"', f'"{old}"')
    return text


def _aged_list(formula: str, language: Language) -> str:
    for words in CHOICES:
        if formula == f'"{",".join(word.label(language) for word in words)}"':
            return f'"{",".join(was(word, language) for word in words)}"'
    return formula


@cache
def new(language: Language) -> homes.Kept:
    """A new ledger."""

    def make(folder: Path) -> Path:
        path = folder / "ledger.xlsx"
        install_into(path, language, None, NOW, CLOCK)
        return path

    return homes.kept(make)


@cache
def old(language: Language) -> homes.Kept:
    """A new ledger with the words of an earlier version."""

    def make(folder: Path) -> Path:
        path = new(language).put(folder)
        aged(path, language)
        return path

    return homes.kept(make)


@cache
def old_demo(language: Language) -> homes.Kept:
    """The demo with the words of an earlier version, before its first run."""

    def make(folder: Path) -> Path:
        path = folder / "ledger.xlsx"
        build(path, language, NOW, CLOCK)
        aged(path, language)
        return path

    return homes.kept(make)


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Language:
    return str(request.param)


def sent(path: Path, minutes: int) -> list[str]:
    """The mails of a run so many minutes after the demo's."""
    later = timedelta(minutes=minutes)
    result = run(
        homes.book_at(path, CLOCK + later),
        Request(JOBS["run"], NOW + later, CLOCK + later, outbox=path.parent / "out", instead_of_sending=True),
    )
    assert (result.broken, result.stopped) == ((), False)
    return [mail.id for mail in result.mails]


def lists(path: Path) -> list[tuple[str, str, str]]:
    book = openpyxl.load_workbook(path)
    return sorted(
        (sheet.title, str(rule.sqref), str(rule.formula1))
        for sheet in book.worksheets
        if isinstance(sheet, Worksheet)
        for rule in sheet.data_validations.dataValidation
    )


def headers(path: Path) -> dict[str, list[object]]:
    return {title: list(rows[0]) for title, rows in homes.tabs_of(path).items()}


def facts(path: Path) -> dict[str, object]:
    """What the ledger says, whatever it is called: every table by keys, but for Runs, and what administrators decided."""
    ledger = parse(homes.book_at(path, CLOCK).read())
    tables = {
        key: [[str(cell) for cell in table[column.key].tolist()] for column in table.tab]
        for key, table in ledger.tables.items()
        if key not in ("settings", "history", "runs", "rules_seen")  # the last keeps words as they were typed
    }
    return {**tables, "deadlines in force": ledger.policy.deadlines, "problems": ledger.problems}


@EACH_ON_ONE_KIND
def test_it_runs_as_it_is_and_once_renamed_says_and_sends_nothing_else(
    tmp_path: Path, language: Language, home: str
) -> None:
    """A twin that keeps the old words sends the same mails the next morning."""
    twin = homes.settle_in(old_demo(language).put(tmp_path / "as it was"))
    assert sent(twin, 0)
    assert sent(twin, 1) == []
    path = homes.Kept(twin).put(tmp_path / "renamed")
    before = facts(path)

    said = rename_labels(homes.address(path), CLOCK)

    assert len(said) == 1
    assert facts(path) == before
    ledger = homes.book_at(path, CLOCK).read()
    assert not newer_words(ledger, language)
    for tab in USUAL_TABS:
        if tab.columns:
            header = list(ledger.grids[tab.label(language)].rows[0])
            assert header[: len(tab.columns)] == [column.label(language) for column in tab]
    assert rename_labels(homes.address(path), CLOCK) == []
    assert sent(path, 3) == []
    assert sent(path, NEXT_DAY) == sent(twin, NEXT_DAY) != []
    assert verify(parse(homes.book_at(path, CLOCK).read())) == []


def test_a_file_has_then_all_a_new_one_has_and_its_backup_is_the_old_one(tmp_path: Path, language: Language) -> None:
    path, twin = old(language).put(tmp_path), new(language).put(tmp_path / "new")
    form = ExcelWorkbook(twin, CLOCK).read().grids[FORM.label(language)].rows
    before = path.read_bytes()
    wanted = lists(twin)
    assert lists(path) != wanted

    rename_labels(path, CLOCK)

    renamed = ExcelWorkbook(path, CLOCK).read().grids[FORM.label(language)].rows
    assert (headers(path), lists(path)) == (headers(twin), wanted)
    assert [[cell for cell in row if isinstance(cell, str)] for row in renamed] == [
        [cell for cell in row if isinstance(cell, str)] for row in form
    ]
    quoted = {f'"{label}"' for column in REGISTER for label in former(language, column.context)}
    formulas = [cell.text for row in renamed for cell in row if isinstance(cell, Formula)]
    assert not [text for text in formulas for label in quoted if label in text]
    folder = backups.folder_of(path)
    kept = [backups.taken_out(folder, name) or (folder / name).read_bytes() for name in backups.all_copies(folder)]
    assert homes.tabs_in(before) in map(homes.tabs_in, kept)


OLD_NOTES: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "leapfrog": "Tick if a visit went over the heads of the competent level. Nobody is blamed by the tick.",
        "notified_on": "The day the petitioner was told. Filled in for what was explained on the spot.",
    },
    "zh": {
        "important": "重要来访或突发事件请打勾：系统将立即报告领导。请先打电话。",
        "decided_on": "作出处理意见的日期。不填由系统填录入当天。",
    },
}
"""What stood on two headers in an earlier version."""
OWN = "Ask Anna."


@EACH_ON_ONE_KIND
def test_notes_on_headers_become_those_of_today_but_for_what_people_wrote(
    tmp_path: Path, language: Language, home: str
) -> None:
    path = old(language).put(tmp_path)
    (one, was_one), (other, old_below) = OLD_NOTES[language].items()
    before = {one: was_one, other: f"{old_below}\n\n{OWN}", "summary": OWN, "topic": f"{OWN}\n\n{was_one}"}
    book = openpyxl.load_workbook(path)
    for key, text in before.items():
        book[REGISTER.label(language)].cell(1, REGISTER.keys.index(key) + 1).comment = Comment(text, "")
    book.save(path)
    homes.settle_in(path)
    if homes.on_google_now():
        note_headers(path, before, language)

    rename_labels(homes.address(path), CLOCK)

    found = header_notes(path, language)
    assert {key: found[key] for key in before} == {
        **before,
        one: REGISTER[one].note(language),
        other: f"{REGISTER[other].note(language)}\n\n{OWN}",
    }


def note_headers(path: Path, notes: Mapping[str, str], language: Language) -> None:
    """Put these notes on the Register's headers, by column, in a Google Sheet."""
    key, title = homes.address(path), REGISTER.label(language)
    sheets = homes.plain_transport().read(key, fields="sheets(properties(sheetId,title))").json()["sheets"]
    (sheet,) = [one["properties"]["sheetId"] for one in sheets if one["properties"]["title"] == title]
    cells = [
        write(sheet, 1, REGISTER.keys.index(column) + 1, [[{"note": text}]], "note") for column, text in notes.items()
    ]
    homes.plain_transport().write(key, cells)


def header_notes(path: Path, language: Language) -> dict[str, str]:
    """What is noted on the Register's headers, by column."""
    if homes.on_google_now():
        sheet = homes.server().spreadsheets[homes.address(path)].sheet(REGISTER.label(language))
        return {key: sheet.cell(1, at).get("note", "") for at, key in enumerate(REGISTER.keys, start=1)}
    header = openpyxl.load_workbook(path)[REGISTER.label(language)][1]
    return {key: cell.comment.text for key, cell in zip(REGISTER.keys, header, strict=False) if cell.comment}


def test_an_own_column_with_the_newer_name_stays_the_offices_own(tmp_path: Path) -> None:
    """Both are there: the old label is ours, and keeps its name."""
    path = old("en").put(tmp_path)
    book = openpyxl.load_workbook(path)
    sheet = book["Register"]
    column = sheet.max_column + 1
    sheet.cell(1, column).value, sheet.cell(2, column).value = "Name", "Form 7B"
    sheet.cell(2, 6).value = "Anna Archer"
    book.save(path)

    said = rename_labels(path, CLOCK)

    register = parse(ExcelWorkbook(path, CLOCK).read()).register
    assert register["petitioner"][0] == "Anna Archer"
    assert said[-1] == "Petitioner keeps its name, since another column of its tab is called Name."
    assert headers(path)["Register"][5] == "Petitioner"


def test_what_formulas_quote_and_settings_list_was_never_renamed() -> None:
    """Colours quote lights and Closed, titles tell the language, a setting's list is laid out once: none would follow."""
    fixed: list[Labelled] = [*Light, Status.CLOSED, *TABS, *NoticeState, *Sending]
    fixed += [word for setting in SETTINGS_LIST if setting.choices is not None for word in setting.choices]
    assert [one.context for one in fixed for language in LANGUAGES if former(language, one.context)] == []


def test_no_word_of_a_list_has_a_comma_which_would_make_two_of_it_in_a_dropdown() -> None:
    words = [word.label(language) for choices in CHOICES for word in choices for language in LANGUAGES]
    assert [word for word in words if "," in word] == []
