"""What a table does by itself in the spreadsheet: dropdowns, checks while typing, colours, lists with a name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal, NamedTuple

from openpyxl import Workbook
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from automation.workbooks import looks
from sheet_schema import SETTINGS_LIST, TAB, TABS, Column, Language, Place, Setting, Tab, Type, folded
from sheet_schema.vocabulary import TICK_MARK, Light, Status, Words

LAST_ROW = 20_000
"""Dropdowns and colours reach down to here, or to the last row with content where that is further."""
LAST_OF_LIST = 500
"""How many rows of a tab such as Departments its dropdown offers."""


_EXCEL_EPOCH = date(1899, 12, 30)
_FIRST_DAY, _LAST_DAY = ((day - _EXCEL_EPOCH).days for day in (date(1990, 1, 1), date(2199, 12, 31)))


def list_name(tab_key: str) -> str:
    """The workbook-wide name under which dropdowns find the first column of a tab."""
    return f"list_{tab_key}"


SOURCES = tuple(tab for tab in TABS if any(column.source == tab.key for other in TABS for column in other))
"""The tabs whose first column fills dropdowns elsewhere."""


def list_cells(title: str, column: int, first: int = 1, last: int = LAST_OF_LIST) -> str:
    """The cells of a column as formulas write them, such as `'People'!$C$1:$C$500`."""
    letter = get_column_letter(column)
    return f"{quote_sheetname(title)}!${letter}${first}:${letter}${last}"


def list_formula(title: str, column: int) -> str:
    """The filled part of a column below its header.

    Not simply `$A$2:$A$500`: a dropdown of mostly blank lines opens at its end, and lets everything through.
    It starts counting at the header, so that a row inserted right below the header is part of the list.
    """
    cells = list_cells(title, column)
    header = cells.partition(":")[0]
    return f'OFFSET({header},1,0,MAX(1,SUMPRODUCT(MAX(({cells}<>"")*ROW({cells})))-1),1)'


def name_list(book: Workbook, tab: Tab, title: str, column: int) -> bool:
    """Give a tab's first column its name. False when it has one that works."""
    name = list_name(tab.key)
    there = book.defined_names.get(name)
    if there is not None and "#REF!" not in (there.value or ""):
        return False
    book.defined_names[name] = DefinedName(name, attr_text=list_formula(title, column))
    return True


def check_typing(sheet: Worksheet, column: Column, position: int, language: Language) -> None:
    """The dropdown or the check of one column, for all its rows."""
    check = typing_check(column, language)
    if check is not None:
        letter = get_column_letter(position)
        check.add(f"{letter}2:{letter}{max(LAST_ROW, sheet.max_row)}")
        sheet.add_data_validation(check)


def typing_check(column: Column, language: Language) -> DataValidation | None:
    """What happens when something is typed there; None where anything may be typed, or only the job writes."""
    if not column.staff:
        return None
    if column.choices is not None:
        return _of_list(column, choice_list(column.choices, language), column.choices, language)
    if column.source:
        return _of_list(column, list_name(column.source), None, language)
    if column.type is Type.TICK:
        return DataValidation("list", formula1=f'"{TICK_MARK}"', allow_blank=True, showErrorMessage=False)
    if column.type is Type.DATE:
        return _warning("date", _FIRST_DAY, _LAST_DAY, DATE_ADVICE[language])
    if column.type is Type.WHOLE:
        return _warning("whole", 0, 10_000_000, WHOLE_ADVICE[language])
    return None


def check_setting(sheet: Worksheet, name: str, column: int, row: int, language: Language) -> None:
    """A dropdown on the value of a setting that is a choice."""
    setting = setting_called(name)
    if setting is not None and setting.choices is not None:
        check = DataValidation(
            "list",
            formula1=choice_list(setting.choices, language),
            allow_blank=True,
            showErrorMessage=True,
            errorTitle=_LIST_TITLE[language],
            error=one_of(setting.label(language), setting.choices, language),
        )
        check.add(f"{get_column_letter(column)}{row}")
        sheet.add_data_validation(check)


def setting_called(name: str) -> Setting | None:
    """The setting of that name in either language, or of that key."""
    spelling = folded(name)
    for setting in SETTINGS_LIST:
        if spelling in (folded(setting.en), folded(setting.zh), folded(setting.key)):
            return setting
    return None


def choice_list(words: Words, language: Language) -> str:
    """A fixed list as a dropdown's formula: the labels, in quotes, with commas."""
    return '"' + ",".join(word.label(language) for word in words) + '"'


DATE_ADVICE: dict[Language, tuple[str, str]] = {
    "en": ("Is this a date?", "Type a date like 2026-03-02. Ctrl+; types today."),
    "zh": ("是日期吗？", "请按 2026-03-02 的样式输入日期。按 Ctrl+; 输入今天。"),
}
WHOLE_ADVICE: dict[Language, tuple[str, str]] = {
    "en": ("Is this a number?", "Type a whole number, such as 3."),
    "zh": ("是数字吗？", "请输入整数，如 3。"),
}
_LIST_TITLE: dict[Language, str] = {"en": "Not on the list", "zh": "不在列表中"}


def _warning(kind: Literal["date", "whole"], least: int, most: int, advice: tuple[str, str]) -> DataValidation:
    return DataValidation(
        kind,
        operator="between",
        formula1=str(least),
        formula2=str(most),
        allow_blank=True,
        showErrorMessage=True,
        errorStyle="warning",
        errorTitle=advice[0],
        error=advice[1],
    )


def _of_list(column: Column, formula: str, words: Words | None, language: Language) -> DataValidation:
    if column.separator and not column.strict:  # several may be typed, which no dropdown can check
        return DataValidation("list", formula1=formula, allow_blank=True, showErrorMessage=False)
    return DataValidation(
        "list",
        formula1=formula,
        allow_blank=True,
        showErrorMessage=True,
        errorStyle="stop" if column.strict else "warning",
        errorTitle=_LIST_TITLE[language],
        error=list_advice(column, words, language),
    )


def list_advice(column: Column, words: Words | None, language: Language) -> str:
    label = column.label(language)
    if words is not None:
        return one_of(label, words, language)
    source = TAB[column.source].label(language)
    if language == "zh":
        return f"“{label}”请从下拉列表中选择；列表取自“{source}”表，可在该表中添加。"
    return f"Choose {label} from the list. It comes from the tab {source}: add what is missing there."


def one_of(label: str, words: Words, language: Language) -> str:
    if language == "zh":
        return f"“{label}”请从下拉列表中选择：{'、'.join(word.zh for word in words)}。"
    return f"Choose {label} from the list: {', '.join(word.en for word in words)}."


class RowColour(NamedTuple):
    """A colour that follows from what cells say: for which columns (from 1), under which condition (as a formula for
    row 2), and which columns of the tab, by key, it looks at."""

    first: int
    last: int
    condition: str
    of: tuple[str, ...]
    ink: str
    background: str = ""
    bold: bool = False


def colour_rows(sheet: Worksheet, tab: Tab, at: Mapping[str, int], language: Language) -> None:
    """The few colours that follow from what the cells say. `at` is where each column stands."""
    last = max(LAST_ROW, sheet.max_row)
    for colour in row_colours(tab, at, language):
        rule = FormulaRule(  # type: ignore[no-untyped-call]
            formula=[colour.condition],
            font=Font(color=colour.ink, bold=colour.bold or None),
            fill=looks.fill(colour.background) if colour.background else None,
        )
        first, end = get_column_letter(colour.first), get_column_letter(colour.last)
        sheet.conditional_formatting.add(f"{first}2:{end}{last}", rule)


def row_colours(tab: Tab, at: Mapping[str, int], language: Language) -> Iterator[RowColour]:
    """Those colours, the strongest first."""
    letters = {key: get_column_letter(position) for key, position in at.items()}
    width = max(at.values())
    if tab.key == "register":
        yield from _register_colours(at, letters, width, language)
    elif tab.key in ("departments", "people"):
        condition = f'AND(${letters["name"]}2<>"",${letters["email"]}2="")'
        email = at["email"]
        yield RowColour(email, email, condition, ("name", "email"), looks.AMBER_INK, looks.AMBER)
    if "problems" in letters and tab.place is Place.ADMINISTRATOR:
        condition = f"LEN(${letters['problems']}2)>0"
        yield RowColour(1, width, condition, ("problems",), looks.RED_INK, looks.RED)


def _register_colours(
    at: Mapping[str, int], letters: Mapping[str, str], width: int, language: Language
) -> Iterator[RowColour]:
    light, number = at["light"], at["case_no"]
    for word, ink, background in (
        (Light.LATE, looks.RED_INK, looks.RED),
        (Light.SOON, looks.AMBER_INK, looks.AMBER),
        (Light.ON_TIME, looks.GREEN_INK, looks.GREEN),
    ):
        condition = f'${letters["light"]}2="{word.label(language)}"'
        yield RowColour(light, light, condition, ("light",), ink, background, bold=True)
    condition = f'${letters["status"]}2="{Status.CLOSED.label(language)}"'
    yield RowColour(1, width, condition, ("status",), looks.QUIET, looks.CLOSED_GREY)
    condition = f"COUNTA(${letters['channel']}2:${letters['summary']}2)=0"
    yield RowColour(number, number, condition, ("case_no", "channel", "summary"), looks.FAINT)
