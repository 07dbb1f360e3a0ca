"""A ledger made by an earlier version keeps the labels of that day: they are read, and nothing is added beside them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from automation.commands.install import install_into
from automation.ledger.parsing import parse
from automation.workbooks.excel.workbook import ExcelWorkbook
from sheet_schema import LANGUAGES, SETTINGS_LIST, TABS, USUAL_TABS, Language
from sheet_schema.languages import former, traits
from sheet_schema.word import Labelled, Word, folded
from tests.support.ledger_in_memory import NOW

CLOCK = datetime(2026, 3, 18, 1, tzinfo=UTC)


def before(label: Labelled, language: Language) -> str:
    """What it was called first; if it was never renamed, what it is called."""
    return next(iter(former(language, label.context)), label.label(language))


@pytest.mark.parametrize("language", [one for one in LANGUAGES if traits(one).get("former")])
def test_a_ledger_of_an_earlier_version_is_read_and_lacks_nothing(tmp_path: Path, language: Language) -> None:
    path = tmp_path / "ledger.xlsx"
    install_into(path, language, None, NOW, CLOCK)
    now = parse(ExcelWorkbook(path, CLOCK).read())
    book = openpyxl.load_workbook(path)
    for tab in USUAL_TABS:
        renamed = {column.label(language): before(column, language) for column in tab}
        choices = {word.label(language): before(word, language) for column in tab for word in column.choices or ()}
        for row, cells in enumerate(book[tab.label(language)].iter_rows(), start=1):
            for cell in cells:
                if not tab.page and isinstance(cell.value, str):
                    cell.value = (renamed if row == 1 else choices).get(cell.value, cell.value)
    book.save(path)

    then = parse(ExcelWorkbook(path, CLOCK).read())
    headers = [[cell.value for cell in sheet[1]] for sheet in openpyxl.load_workbook(path)]

    assert (then.problems, then.policy.deadlines) == (now.problems, now.policy.deadlines)
    assert (
        len(install_into(path, None, None, NOW, CLOCK)) <= 2
    )  # lacks nothing; perhaps a year without its make-up days
    assert [[cell.value for cell in sheet[1]] for sheet in openpyxl.load_workbook(path)] == headers


def test_nothing_is_called_what_another_of_its_kind_was_called() -> None:
    kinds: list[list[Labelled]] = [list(tab) for tab in TABS]
    kinds += [list(words) for words in Word.__subclasses__()]
    for kind in kinds:
        spellings = [spelling for one in kind for spelling in {folded(label) for label in one.labels()}]
        was = [folded(old) for one in kind for language in LANGUAGES for old in former(language, one.context)]
        assert [old for old in was if spellings.count(old) > 1] == []


def test_every_former_label_belongs_to_something() -> None:
    columns = [column for tab in TABS for column in tab]
    words = [word for words in Word.__subclasses__() for word in words]
    known = {one.context for one in (*TABS, *columns, *words, *SETTINGS_LIST)}
    assert {context for language in LANGUAGES for context in traits(language).get("former", {})} <= known
