"""What a table does while people type: dropdowns, checks and colours; and the lists behind the dropdowns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from openpyxl import Workbook
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from automation.ledger.serial_days import FIRST_DAY, LAST_DAY, serial
from automation.ledger.settings import setting_called
from automation.ledger.typed.whole_numbers import LARGEST_NUMBER
from automation.pages.tables import (
    DATE_ADVICE,
    LAST_ROW,
    WHOLE_ADVICE,
    choice_list,
    list_advice,
    list_formula,
    list_name,
    one_of,
    row_colours,
)
from automation.text.catalogue import Message, msg
from automation.workbooks.excel.layout import formats
from sheet_schema import Column, Language, Tab, Type
from sheet_schema.usual_words import TICK_MARK
from sheet_schema.word import Words


def name_list(book: Workbook, tab: Tab, title: str, column: int) -> bool:
    """Give a tab's first column its name. False if it already has one that works."""
    name = list_name(tab.key)
    there = book.defined_names.get(name)
    if there is not None and "#REF!" not in (there.value or ""):
        return False
    book.defined_names[name] = DefinedName(name, attr_text=list_formula(title, column))
    return True


def check_typing(sheet: Worksheet, column: Column, position: int, language: Language) -> None:
    """Add the column's dropdown or check, for all its rows."""
    check = typing_check(column, language)
    if check is not None:
        letter = get_column_letter(position)
        check.add(f"{letter}2:{letter}{max(LAST_ROW, sheet.max_row)}")
        sheet.add_data_validation(check)


def typing_check(column: Column, language: Language) -> DataValidation | None:
    """What happens when something is typed in the column; None if anything goes, or only the job writes there."""
    if not column.staff:
        return None
    if column.choices is not None:
        return _of_list(column, choice_list(column.choices, language), column.choices, language)
    if column.source:
        return _of_list(column, list_name(column.source), None, language)
    if column.type is Type.TICK:
        return DataValidation("list", formula1=f'"{TICK_MARK}"', allow_blank=True, showErrorMessage=False)
    if column.type is Type.DATE:
        return _warning("date", int(serial(FIRST_DAY)), int(serial(LAST_DAY)), DATE_ADVICE, language)
    if column.type is Type.WHOLE and not column.counts_people:
        return _warning("whole", 0, LARGEST_NUMBER, WHOLE_ADVICE, language)
    return None


def check_setting(sheet: Worksheet, name: str, column: int, row: int, language: Language) -> None:
    """Add a dropdown to the value of a setting that is a choice."""
    setting = setting_called(name)
    if setting is not None and setting.choices is not None:
        check = DataValidation(
            "list",
            formula1=choice_list(setting.choices, language),
            allow_blank=True,
            showErrorMessage=True,
            errorTitle=_LIST_TITLE.say(language),
            error=one_of(setting.label(language), setting.choices, language),
        )
        check.add(f"{get_column_letter(column)}{row}")
        sheet.add_data_validation(check)


_LIST_TITLE = msg("Not on the list")


def _warning(
    kind: Literal["date", "whole"], least: int, most: int, advice: tuple[Message, Message], language: Language
) -> DataValidation:
    return DataValidation(
        kind,
        operator="between",
        formula1=str(least),
        formula2=str(most),
        allow_blank=True,
        showErrorMessage=True,
        errorStyle="warning",
        errorTitle=advice[0].say(language),
        error=advice[1].say(language),
    )


def _of_list(column: Column, formula: str, words: Words | None, language: Language) -> DataValidation:
    if column.separator and not column.strict:  # several values may be typed, and no dropdown can check that
        return DataValidation("list", formula1=formula, allow_blank=True, showErrorMessage=False)
    return DataValidation(
        "list",
        formula1=formula,
        allow_blank=True,
        showErrorMessage=True,
        errorStyle="stop" if column.strict else "warning",
        errorTitle=_LIST_TITLE.say(language),
        error=list_advice(column, words, language),
    )


def colour_rows(sheet: Worksheet, tab: Tab, at: Mapping[str, int], language: Language) -> None:
    """Colour cells by what they say. `at` maps each column's key to its position."""
    last = max(LAST_ROW, sheet.max_row)
    for colour in row_colours(tab, at, language):
        rule = FormulaRule(  # type: ignore[no-untyped-call]
            formula=[colour.condition],
            font=Font(color=colour.ink, bold=colour.bold or None),
            fill=formats.fill(colour.background) if colour.background else None,
        )
        first, end = get_column_letter(colour.first), get_column_letter(colour.last)
        sheet.conditional_formatting.add(f"{first}2:{end}{last}", rule)
