"""What a table does by itself on Google: dropdowns, checks while typing, colours, protection, filter, folded columns.

Message and conditions are those of the Excel workbook (`pages/tables.py`). Formulas contain no decimals and separate
arguments by `;`, which Google understands in every locale.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from automation.pages import colours
from automation.pages.tables import (
    DATE_ADVICE,
    LAST_OF_LIST,
    WHOLE_ADVICE,
    folded_groups,
    list_advice,
    list_cells,
    list_name,
    one_of,
    row_colours,
)
from automation.text.catalogue import msg
from automation.workbooks.google.layout import formats
from automation.workbooks.google.layout.facts import Span
from automation.workbooks.google.layout.places import Placed
from automation.workbooks.google.requests import Request, area, dimensions
from sheet_schema import Column, Language, Place, Setting, Tab, Type
from sheet_schema.word import Words as Choices

Rule = dict[str, Any]
"""A DataValidationRule."""
Lists = Mapping[str, str]
"""Tab key → the cells of its first column, as a dropdown's condition names them."""

BANDED = ("register", "filing")
_OURS = msg("Filled in for you: please do not type here.")
_LOCKED = msg("Kept by the scheduled job: to be read only.")
_QUOTED_OR_COMMA = re.compile(r"\"[^\"]*\"|'[^']*'|,")


def formula(text: str) -> str:
    """Turn an Excel formula (no `=`, commas between arguments) into one that Google reads in any locale."""
    return "=" + _QUOTED_OR_COMMA.sub(lambda found: ";" if found[0] == "," else found[0], text)


def lists_of(placed: Mapping[str, Placed]) -> Lists:
    """The cells from which each table can fill a dropdown: those below the header of its first column."""
    return {
        key: "=" + list_cells(one.title, one.at[one.tab.keys[0]], 2, _last_of_list(one))
        for key, one in placed.items()
        if one.tab.columns
    }


def _last_of_list(placed: Placed) -> int:
    """The last row of a dropdown's cells, which must not reach beyond the grid."""
    return max(2, min(LAST_OF_LIST, placed.rows))


def name_list(placed: Placed, range_id: str = "") -> Request:
    """Name the cells that fill a dropdown; `range_id` is given when the name exists but its cells were deleted."""
    position = placed.at[placed.tab.keys[0]]
    named = {
        "name": list_name(placed.tab.key),
        "range": area(placed.sheet_id, (position, position), 2, _last_of_list(placed)),
    }
    if range_id:
        return {"updateNamedRange": {"namedRange": {"namedRangeId": range_id, **named}, "fields": "range"}}
    return {"addNamedRange": {"namedRange": named}}


def check_typing(placed: Placed, column: Column, lists: Lists, language: Language) -> Iterator[Request]:
    """Set the dropdown or check of one column in all its rows."""
    rule = typing_rule(column, lists, language)
    if rule is not None:
        position = placed.at[column.key]
        yield _checked(area(placed.sheet_id, (position, position), 2), rule)


def check_setting(placed: Placed, setting: Setting, row: int, language: Language) -> Iterator[Request]:
    """Put a dropdown on the value of a setting with choices."""
    if setting.choices is not None:
        position = placed.at["value"]
        rule = _of_labels(
            setting.choices, one_of(setting.label(language), setting.choices, language), language, strict=True
        )
        yield _checked(area(placed.sheet_id, (position, position), row, row), rule)


def _checked(cells: dict[str, Any], rule: Rule) -> Request:
    # Without filteredRowsIncluded, rows that a filter hides at this moment would not get the rule.
    return {"setDataValidation": {"range": cells, "rule": rule, "filteredRowsIncluded": True}}


def typing_rule(column: Column, lists: Lists, language: Language) -> Rule | None:
    """The rule for what is typed in this column; None where anything may be typed or only the job writes."""
    if not column.staff:
        return None
    if column.choices is not None:
        advice = list_advice(column, column.choices, language)
        return _of_labels(column.choices, advice, language, strict=column.strict)
    if column.source:
        return _rule(
            "ONE_OF_RANGE",
            [lists[column.source]],
            list_advice(column, None, language),
            strict=column.strict,
            shown=True,
        )
    if column.type is Type.TICK:
        return _rule("BOOLEAN", [], shown=True)
    if column.type is Type.DATE:
        return _rule("DATE_IS_VALID", [], DATE_ADVICE[1].say(language))
    if column.type is Type.WHOLE:
        return _rule("NUMBER_GREATER_THAN_EQ", ["0"], WHOLE_ADVICE[1].say(language))
    return None


def _of_labels(choices: Choices, advice: str, language: Language, *, strict: bool) -> Rule:
    labels = [word.label(language) for word in choices]
    return _rule("ONE_OF_LIST", labels, advice, strict=strict, shown=True)


def _rule(kind: str, values: Sequence[str], advice: str = "", *, strict: bool = False, shown: bool = False) -> Rule:
    condition: dict[str, Any] = {"type": kind}
    if values:
        condition["values"] = [{"userEnteredValue": value} for value in values]
    rule: Rule = {"condition": condition, "strict": strict, "showCustomUi": shown}
    return rule | ({"inputMessage": advice} if advice else {})


def colour_rows(
    placed: Placed, language: Language, there: int = 0, looking_at: Sequence[str] = ()
) -> Iterator[Request]:
    """Add the tab's colour rules, after the `there` rules that the sheet has.

    With `looking_at`, only the rules that look at one of these columns (keys).
    """
    colours = [
        one for one in row_colours(placed.tab, placed.at, language) if not looking_at or set(one.of) & set(looking_at)
    ]
    for index, one in enumerate(colours, start=there):
        paint = Paint(one.ink, one.background, one.bold)
        yield coloured(area(placed.sheet_id, (one.first, one.last), 2), one.condition, paint, index)


class Paint(NamedTuple):
    """How a cell looks whose rule holds; a colour that is blank stays as it is."""

    ink: str = ""
    background: str = ""
    bold: bool = False


def coloured(cells: dict[str, Any], condition: str, paint: Paint, index: int) -> Request:
    """One colour rule. Where several apply, the one with the lowest index wins."""
    text: dict[str, Any] = {"foregroundColorStyle": formats.colour(paint.ink)} if paint.ink else {}
    if paint.bold:
        text["bold"] = True
    look: dict[str, Any] = {"textFormat": text} if text else {}
    if paint.background:
        look["backgroundColorStyle"] = formats.colour(paint.background)
    rule = {
        "ranges": [cells],
        "booleanRule": {
            "condition": {
                "type": "CUSTOM_FORMULA",
                "values": [{"userEnteredValue": formula(condition)}],
            },
            "format": look,
        },
    }
    return {"addConditionalFormatRule": {"rule": rule, "index": index}}


def protect(placed: Placed, columns: Sequence[Column], language: Language, editors: Sequence[str]) -> Iterator[Request]:
    """Lock the job's own tabs, and put a warning on the job's columns in other tabs. Existing protection stays."""
    there = placed.found.protected if placed.found is not None else ()
    if placed.tab.place is Place.JOB:
        if placed.new and not there:
            yield _locked(placed.sheet_id, language, editors)
        return
    for one in _grey(placed.tab, placed.at, columns):
        if not any(other.has(one) for other in there):
            yield warn(area(placed.sheet_id, (one.first, one.last)), language)


def warn(cells: dict[str, Any], language: Language) -> Request:
    """Warn people who type in these cells, and let them go on."""
    return {
        "addProtectedRange": {
            "protectedRange": {
                "range": cells,
                "description": _OURS.say(language),
                "warningOnly": True,
            }
        }
    }


def _locked(sheet_id: int, language: Language, editors: Sequence[str]) -> Request:
    return {
        "addProtectedRange": {
            "protectedRange": {
                "range": area(sheet_id),
                "description": _LOCKED.say(language),
                "warningOnly": False,
                # Named, because Google locks nobody out unless it is told who may edit.
                "editors": {"users": list(editors)},
            }
        }
    }


def _grey(tab: Tab, at: Mapping[str, int], columns: Sequence[Column]) -> Iterator[Span]:
    """The columns with a grey header, neighbours joined into one span."""
    grey = sorted(at[column.key] for column in columns if not colours.filled_by_people(tab, column))
    for _, members in groupby(enumerate(grey), key=lambda pair: pair[1] - pair[0]):
        positions = [position for _, position in members]
        yield Span(positions[0], positions[-1])


def filter_all(placed: Placed) -> Request:
    """Put filter buttons on all columns."""
    return {"setBasicFilter": {"filter": {"range": area(placed.sheet_id, (1, placed.columns), 1)}}}


def fold_groups(placed: Placed) -> Iterator[Request]:
    """Fold each group behind its first column, which stays visible and has the button to unfold it."""
    cells = [
        dimensions(placed.sheet_id, "COLUMNS", members[0], members[-1])
        for _, (_, *members) in folded_groups(placed.tab)
    ]
    yield from ({"addDimensionGroup": {"range": one}} for one in cells)
    for one in cells:
        folded = {"range": one, "depth": 1, "collapsed": True}
        yield {"updateDimensionGroup": {"dimensionGroup": folded, "fields": "collapsed"}}


def band_rows(placed: Placed) -> Iterator[Request]:
    """Shade every other line of the long tables very lightly."""
    if placed.tab.key in BANDED:
        bands = {
            "firstBandColorStyle": formats.colour(colours.WHITE),
            "secondBandColorStyle": formats.colour(formats.BAND),
        }
        cells = area(placed.sheet_id, (1, placed.columns), 2)
        yield {"addBanding": {"bandedRange": {"range": cells, "rowProperties": bands}}}
