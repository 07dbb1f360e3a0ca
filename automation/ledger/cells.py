"""Turns a column of cells into an array of values, by the column's type. A cell that cannot be read becomes a `Bad`.

Equal cells are parsed once, so that a column of a hundred thousand lines takes a few milliseconds.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, time

import numpy as np

from automation.ledger.serial_days import is_ours, moment_of
from automation.ledger.table import Array
from automation.ledger.typed.cell import (
    NO_HABITS,
    Bad,
    Habits,
    Parsed,
    Taken,
    as_text,
    each_once,
    plain_moments,
    unreadable,
)
from automation.ledger.typed.headcounts import headcount_column
from automation.ledger.typed.list_words import meant_with_more
from automation.ledger.typed.whole_numbers import whole_column
from automation.ledger.typed.written_days import day_column, one_day
from automation.ledger.workbook import Cell, CellError, Formula
from sheet_schema import Column, Type, Word, word_form
from sheet_schema.vocabulary import InForce, RuleState, YesNo
from sheet_schema.word_columns import word_column_of

SEVERAL = re.compile(r"[;；|｜、\n]")
"""What stands between the parts of a cell with several values."""


def parse_column(column: Column, cells: Sequence[Cell], habits: Habits = NO_HABITS) -> Parsed:
    """The values of one column (`ledger.table` says which array each type has), and what is to be said of its cells, by
    position."""
    if column.type is Type.DATE:
        return day_column(cells, habits)
    if column.counts_people:
        return headcount_column(cells)
    if column.choices is not None and column.type is Type.CHOICE:
        known = {**column.keys_by_word, **_own(column, habits)}
        return _choice(known, column, cells) if column.strict or column.staff else _word_or_text(known, cells)
    if own := _own(column, habits):
        return _with_own_words(column, own, cells)
    if column.type is Type.TICK:
        return _tick(column, cells)
    parsed = _PARSERS[column.type](cells)
    return _without_pages(*parsed, column.longest) if column.longest else parsed


def _without_pages(values: Array, said: dict[int, Bad | Taken], longest: int) -> Parsed:
    """The same, but that what is longer than names ever are cannot be read (docs/design.md#p5.16)."""
    for i in [i for i, value in enumerate(values.tolist()) if len(value) > longest]:
        said[i] = Bad("too_long_to_read", {"value": f"{len(values[i])}", "most": f"{longest}"})
        values[i] = ""
    return values, said


def _text(cells: Sequence[Cell]) -> Parsed:
    bad: dict[int, Bad | Taken] = {}
    values = np.empty(len(cells), dtype=object)
    if set(map(type, cells)) <= {str}:
        values[:] = list(map(str.strip, cells)) if any(cells) else ""  # type: ignore[arg-type]
        return values, bad
    for i, cell in enumerate(cells):
        if isinstance(cell, str):
            values[i] = cell.strip()
        elif (why := unreadable(cell)) is not None:
            values[i], bad[i] = "", why
        else:
            values[i] = as_text(cell)
    return values, bad


def _moment(cells: Sequence[Cell]) -> Parsed:
    bad: dict[int, Bad | Taken] = {}
    # A day without a time is no moment of ours: it is read as days are.
    if date not in set(map(type, cells)) and (moments := plain_moments(cells)) is not None:
        return moments.astype("datetime64[s]"), bad
    values = np.full(len(cells), "NaT", dtype="datetime64[s]")
    each_once(cells, values, _one_moment, bad)
    return values, bad


def _one_moment(cell: Cell) -> np.datetime64 | Bad | None:
    if isinstance(cell, datetime):
        return np.datetime64(cell.replace(tzinfo=None), "s")
    if isinstance(cell, float) and is_ours(cell):
        return np.datetime64(moment_of(cell), "s")
    if isinstance(cell, str):
        try:
            return np.datetime64(datetime.fromisoformat(cell.strip()).replace(tzinfo=None), "s")
        except ValueError:
            pass
    day = one_day(cell)
    return day.astype("datetime64[s]") if isinstance(day, np.datetime64) else day


def _tick(column: Column, cells: Sequence[Cell]) -> Parsed:
    bad: dict[int, Bad | Taken] = {}
    values = np.zeros(len(cells), dtype=bool)
    ticks, no_ticks = column.ticks, column.no_ticks

    def parse(cell: Cell) -> bool | Bad | None:
        if isinstance(cell, bool):
            return cell
        text = word_form(as_text(cell))
        if text in ticks:
            return True
        if not text or text in no_ticks:
            return False
        return Bad("not_a_tick", {"value": as_text(cell).strip()})

    each_once(cells, values, parse, bad)
    return values, bad


def _own(column: Column, habits: Habits) -> Mapping[str, str]:
    """What the office itself writes for the choices of this column's list."""
    own = habits.words.get(word_column_of(column), {}) if habits.words else {}
    listed = {word.key for word in column.choices} if column.choices else None
    return {word: key for word, key in own.items() if listed is None or key in listed}


def _with_own_words(column: Column, own: Mapping[str, str], cells: Sequence[Cell]) -> Parsed:
    """The texts in which each of the office's own words, or each part that is one, is what it means."""
    values, said = _text(cells)
    parts = SEVERAL if column.separator else re.compile("(?!)")

    def meant(text: str) -> str:
        pieces = parts.split(text)
        if not any(word_form(piece) in own for piece in pieces):
            return text
        return (column.separator or "").join(own.get(word_form(piece), piece) for piece in pieces)

    by_text = {text: meant(text) for text in set(values.tolist())}
    values[:] = [by_text[text] for text in values.tolist()]
    return values, said


def _with_consequences(column: Column) -> Mapping[str, Word]:
    """The choices of which the row says so if they were meant by another word than their own, by key."""
    return {key: column.choices.of(key) for key in column.tells_taken} if column.choices else {}


def _is_like(text: str, spelling: str) -> bool:
    """Whether one of the two is in the other, as in `allegations` and 检举: nobody has to be told that it means the same."""
    return spelling in text or text in spelling


def _choice(known: Mapping[str, str], column: Column, cells: Sequence[Cell]) -> Parsed:
    """The key of each cell's word, from the keys by spelling; with a note for one with consequences in words unlike its own."""
    told, says_more = _with_consequences(column), column.choices not in (YesNo, RuleState, InForce)
    own = {key: {word_form(spelling) for spelling in (key, *word.labels())} for key, word in told.items()}
    bad: dict[int, Bad | Taken] = {}
    values = np.full(len(cells), "", dtype=object)

    def parse(cell: Cell) -> str | Bad | Taken | None:
        typed = as_text(cell).strip()
        text = word_form(typed)
        if isinstance(cell, bool) and not cell:
            return None  # somebody put a checkbox where the list was, and it is not ticked
        key = known.get(text, "")
        if not key and text and says_more:
            key = meant_with_more(typed, known, remarks=not told)
        if key in told and not any(_is_like(text, spelling) for spelling in own[key]):
            return Taken(key, Bad("word_taken", {"value": typed, "meant": told[key]}))
        return key or (Bad("not_on_list", {"value": typed}) if text else None)

    each_once(cells, values, parse, bad)
    return values, bad


def _word_or_text(known: Mapping[str, str], cells: Sequence[Cell]) -> Parsed:
    """The key of each cell's word, or else the text as it stands: of what the program itself wrote, nothing is refused."""
    values, said = _text(cells)
    keys = {text: known.get(word_form(text), text) for text in set(values.tolist())}
    values[:] = [keys[text] for text in values.tolist()]
    return values, said


_PARSERS: dict[Type, Callable[[Sequence[Cell]], Parsed]] = {
    Type.TEXT: _text,
    Type.LONG: _text,
    Type.MOMENT: _moment,
    Type.WHOLE: whole_column,
    Type.CHOICE: _text,
    Type.CHOICES: _text,
}


def json_value(value: object) -> object:
    """A cell's value for JSON: dates in ISO form, a blank as null."""
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or value == "" or (isinstance(value, float) and np.isnan(value)):
        return None
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Formula | CellError | time):
        return as_text(value)
    return value if isinstance(value, bool | int) else str(value)
