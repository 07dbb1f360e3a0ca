"""`install` adds words to a dropdown list that an earlier version made, and leaves alone a list that people changed."""

from __future__ import annotations

import io
from collections.abc import Mapping

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from automation.pages.longer_lists import LONGER_LISTS
from automation.pages.tables import list_advice
from automation.workbooks.excel.layout.install import with_what_is_missing
from sheet_schema import TAB
from tests.support.new_ledger import blank
from tests.support.sound_package import faults, parts_of

YES_NO, ALL = '"是,否"', '"是,否,试用"'
OURS = {one.tab.key: one.advice("zh") for one in LONGER_LISTS}


def enabled(book: openpyxl.Workbook, key: str) -> DataValidation:
    sheet, letter = book[TAB[key].label("zh")], get_column_letter(TAB[key].keys.index("enabled") + 1)
    found = [one for one in sheet.data_validations.dataValidation if str(one.sqref).startswith(f"{letter}2:")]
    (one,) = found
    return one


def aged(said: Mapping[str, str]) -> bytes:
    """A ledger whose lists of *Enabled* in these tabs have Yes and No alone, with this beside each."""
    book = openpyxl.load_workbook(io.BytesIO(blank("zh")))
    for key, text in said.items():
        rule = enabled(book, key)
        rule.formula1, rule.error = YES_NO, text
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def installed(data: bytes) -> tuple[bytes, list[str]]:
    return with_what_is_missing(data, "ledger.xlsx", "zh", {})


def test_a_list_of_an_earlier_version_offers_the_newer_word_too() -> None:
    old = aged(OURS)
    new, said = installed(old)
    book = openpyxl.load_workbook(io.BytesIO(new))
    offered = {key: (rule.formula1, "试用" in str(rule.error)) for key in OURS for rule in (enabled(book, key),)}
    assert (offered, len(said), all("试用" in one for one in said)) == (
        dict.fromkeys(OURS, (ALL, True)),
        len(OURS),
        True,
    )
    before, after = parts_of(old), parts_of(new)
    assert len([name for name in before if before[name] != after[name]]) == len(OURS)
    assert after.keys() == before.keys()
    assert (faults(new), installed(new)) == ([], (new, []))


def test_a_list_from_which_people_took_a_word_stays() -> None:
    column = TAB["deadlines"]["enabled"]
    assert column.choices is not None
    old = aged({"deadlines": list_advice(column, column.choices, "zh")})
    assert installed(old) == (old, [])
