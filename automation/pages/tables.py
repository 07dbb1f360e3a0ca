"""What every tab with rows is like, in any workbook: its first rows, dropdowns, colours, notes."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple, cast

from automation.ledger.cell_names import column_letters, quoted_title
from automation.ledger.mere_notes import SIGN
from automation.ledger.settings import setting_called, typed_value
from automation.ledger.wording.block import Block
from automation.ledger.wording.blocks import BLOCKS
from automation.ledger.wording.reading import block_called
from automation.ledger.workbook import Cell
from automation.pages import colours
from automation.text.catalogue import between, groups, in_a_row, msg
from sheet_schema import SETTINGS_LIST, TAB, TABS, Column, Group, Language, Place, Setting, Tab, Type, lookup, word_form
from sheet_schema.usual_words import TICK_MARK
from sheet_schema.vocabulary import Light, Status
from sheet_schema.word import Words

LAST_ROW = 20_000
"""Dropdowns and colours reach down to this row, or to the last row with content if that is further."""


LAST_OF_LIST = 500
"""The last row of a tab such as Departments that its dropdown offers."""


def list_name(tab_key: str) -> str:
    """The workbook-wide name by which dropdowns find the first column of a tab."""
    return f"list_{tab_key}"


SOURCES = tuple(tab for tab in TABS if any(column.source == tab.key for other in TABS for column in other))
"""The tabs whose first column fills dropdowns elsewhere."""


def list_cells(title: str, column: int, first: int = 1, last: int = LAST_OF_LIST) -> str:
    """The cells of a column as formulas write them, such as `'People'!$C$1:$C$500`."""
    letter = column_letters(column)
    return f"{quoted_title(title)}!${letter}${first}:${letter}${last}"


def list_formula(title: str, column: int) -> str:
    """A formula for the filled part of a column below its header. Not simply `$A$2:$A$500`, since a dropdown of
    mostly blank lines opens at its end and accepts anything. It counts from the header, so that a row inserted right
    below the header is included."""
    cells = list_cells(title, column)
    header = cells.partition(":")[0]
    return f'OFFSET({header},1,0,MAX(1,SUMPRODUCT(MAX(({cells}<>"")*ROW({cells})))-1),1)'


def choice_list(words: Words, language: Language) -> str:
    """A fixed list as a dropdown's formula: the labels, in quotes, separated by commas."""
    return '"' + ",".join(word.label(language) for word in words) + '"'


DATE_ADVICE = (msg("Is this a date?"), msg("Type a date like 2026-03-02. Ctrl+; types today."))
WHOLE_ADVICE = (msg("Is this a number?"), msg("Type a whole number, such as 3."))
"""The title and the text of what a spreadsheet shows beside a cell that holds something else."""


def list_advice(column: Column, words: Words | None, language: Language) -> str:
    label = column.label(language)
    if words is not None:
        return one_of(label, words, language)
    source = TAB[column.source].label(language)
    return msg("Choose {label} from the list. It comes from the tab {source}: add what is missing there.").say(
        language, label=label, source=source
    )


def one_of(label: str, words: Words, language: Language) -> str:
    choices = in_a_row((word.label(language) for word in words), language)
    return msg("Choose {label} from the list: {choices}.").say(language, label=label, choices=choices)


class RowColour(NamedTuple):
    """A colour that depends on the cells' values. It applies to columns `first` to `last` (from 1) under a condition,
    given as a formula for row 2, which looks at the columns with the keys `of`."""

    first: int
    last: int
    condition: str
    of: tuple[str, ...]
    ink: str
    background: str = ""
    bold: bool = False


def row_colours(tab: Tab, at: Mapping[str, int], language: Language) -> Iterator[RowColour]:
    """The colours of a tab, the strongest first."""
    letters = {key: column_letters(position) for key, position in at.items()}
    width = max(at.values())
    if tab.key == "register":
        yield from _register_colours(at, letters, width, language)
    elif tab.key in ("departments", "people"):
        condition = f'AND(${letters["name"]}2<>"",${letters["email"]}2="")'
        email = at["email"]
        yield RowColour(
            first=email,
            last=email,
            condition=condition,
            of=("name", "email"),
            ink=colours.AMBER_INK,
            background=colours.AMBER,
        )
    if "problems" in letters and tab.place is Place.ADMINISTRATOR:
        said, place = f"${letters['problems']}2", at["problems"]
        yield RowColour(place, place, f'LEFT({said},1)="{SIGN}"', ("problems",), colours.QUIET)
        condition = f'AND(LEN({said})>0,LEFT({said},1)<>"{SIGN}")'
        yield RowColour(1, width, condition, ("problems",), ink=colours.RED_INK, background=colours.RED)


def _register_colours(
    at: Mapping[str, int], letters: Mapping[str, str], width: int, language: Language
) -> Iterator[RowColour]:
    light, number = at["light"], at["case_no"]
    for word, ink, background in (
        (Light.LATE, colours.RED_INK, colours.RED),
        (Light.SOON, colours.AMBER_INK, colours.AMBER),
        (Light.ON_TIME, colours.GREEN_INK, colours.GREEN),
        (Light.WAITING, colours.INK, colours.CLOSED_GREY),
    ):
        condition = f'${letters["light"]}2="{word.label(language)}"'
        yield RowColour(
            first=light, last=light, condition=condition, of=("light",), ink=ink, background=background, bold=True
        )
    condition = f'${letters["status"]}2="{Status.CLOSED.label(language)}"'
    yield RowColour(
        first=1, last=width, condition=condition, of=("status",), ink=colours.QUIET, background=colours.CLOSED_GREY
    )
    condition = f"COUNTA(${letters['channel']}2:${letters['summary']}2)=0"
    yield RowColour(number, number, condition, ("case_no", "channel", "summary"), colours.FAINT)


def shown(column: Column, value: object, language: Language) -> object:
    """The value as its column shows it: a choice by its label, whether given as key or label; a tick as ✓."""
    if column.type is Type.TICK and isinstance(value, bool):
        return TICK_MARK if value else ""
    if column.choices is None or not isinstance(value, str):
        return value
    if column.type is Type.CHOICES and column.separator:
        parts = re.split("[" + re.escape(column.separator) + "；]", value)
        joined = between("groups", language) if column.separator == ";" else column.separator
        return joined.join(label_of(column.choices, part.strip(), language) for part in parts if part.strip())
    return label_of(column.choices, value, language)


def label_of(words: Words, text: str, language: Language) -> str:
    """The label of a choice in any of its spellings; other text stays as it is."""
    key = lookup(words).get(word_form(text))
    return text if key is None else words.of(key).label(language)


def labels_of_several(words: Words, text: str, language: Language) -> str:
    """The labels of several choices, with the language's semicolon between; other text stays as it is."""
    return groups((label_of(words, part.strip(), language) for part in text.split(";") if part.strip()), language)


Row = Mapping[str, object]


StartRows = Mapping[str, Sequence[Row]]
"""Tab key → its rows, each with values by column key."""


def tabs_made(rows: StartRows, there: Collection[str] = ()) -> tuple[Tab, ...]:
    """The tabs of a ledger that starts with these rows, or has those that are `there`, by key: without the tabs that nobody
    turned on."""
    return tuple(tab for tab in TABS if not tab.on_demand or tab.key in rows or tab.key in there)


def rows_of(tab: Tab, rows: StartRows, language: Language) -> Sequence[Row]:
    """The first rows of a new tab. Settings has every setting in order, then any rows that are not settings of ours.
    Wording has the rows that it is given, then every other sentence."""
    given = rows.get(tab.key, ())
    if tab.key == "wording":
        return [*given, *(wording_row(block, language) for block in blocks_without(given))]
    if tab.key != "settings":
        return given
    found = [(setting_called(str(row.get("name", ""))), row) for row in given]
    values = {setting.key: row.get("value") for setting, row in found if setting is not None}
    ours = [setting_row(setting, values.get(setting.key, setting.default), language) for setting in SETTINGS_LIST]
    return [*ours, *(row for setting, row in found if setting is None)]


def blocks_without(rows: Iterable[Row]) -> list[Block]:
    """The sentences that none of these rows of Wording has."""
    known = [block_called(str(row.get("block", ""))) for row in rows]
    return [block for block in BLOCKS if block not in known]


def wording_row(block: Block, language: Language, text: object = "") -> Row:
    """The line of one sentence: its name, the office's own text, ours, what may be put in, what it is for."""
    return {
        "block": block.label(language),
        "text": text,
        "ours": block.ours_shown(language),
        "allowed": block.allowed_shown(language),
        "meaning": block.meaning(language),
    }


def setting_row(setting: Setting, value: object, language: Language) -> Row:
    """The line of one setting: name, value as text or a choice's label, meaning."""
    text = "" if value is None else typed_value(cast("Cell", value))
    if setting.choices is not None:
        text = label_of(setting.choices, text, language)
    if setting.several is not None:
        text = labels_of_several(setting.several, text, language)
    return {"name": setting.label(language), "value": text, "meaning": setting.meaning(language)}


def folded_groups(tab: Tab) -> list[tuple[Group, list[int]]]:
    """Each group of the tab with the positions of its columns."""
    numbered = enumerate(tab, start=1)
    return [
        (group, [position for position, _ in members])
        for group, members in groupby(numbered, key=lambda pair: pair[1].group)
        if group is not None
    ]


def header_note(tab: Tab, column: Column, language: Language) -> str:
    """The note on a header: that of the schema, and on a group's first column how to unfold the others."""
    text = column.note(language)
    if column.group is None or next(other for other in tab if other.group == column.group) is not column:
        return text
    label = column.group.label(language)
    more = msg("The [+] above unfolds more columns: {label}.").say(language, label=label)
    return f"{text}\n\n{more}" if text else more
