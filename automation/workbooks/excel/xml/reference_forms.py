"""The ways in which something in a workbook refers to rows of a tab, and what becomes of each when rows are taken out.

`held` are the rows that may not go, since something would be lost or point at another case; `after` is what is written
instead, None if the thing belongs to nothing but rows that go.
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import quote, unquote

from automation.workbooks.excel.xml.elements import Element
from automation.workbooks.excel.xml.references import LAST_ROW, Gone, Pointing, is_reference, rows_of

Rows = AbstractSet[int]
NO_ROWS: frozenset[int] = frozenset()
_ROW = re.compile(r"(\$?)(\d+)")
_LAST_ROW_OF_RANGE = re.compile(r"\d+$")
_NUMBER = re.compile(r"-?\d+")


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a reference stands: its element, whether that is about the tab `title` itself, and the rows that go."""

    element: Element
    home: bool
    title: str
    gone: Gone

    def pointing(self, formula: str) -> Pointing:
        return Pointing(formula, self.title, at_home=self.home)


class Form(Protocol):
    """A way to refer to rows."""

    def held(self, text: str, spot: Spot, /) -> Rows: ...

    def after(self, text: str, spot: Spot, /) -> str | None: ...


@dataclass(frozen=True)
class Cells:
    """Ranges of its own tab, which shrink. Where none is left the thing goes (`goes`), or the rows stay."""

    goes: bool = False

    def held(self, text: str, spot: Spot) -> Rows:
        if not spot.home or self.goes or spot.gone.references(text):
            return NO_ROWS
        return touched(text, spot)

    def after(self, text: str, spot: Spot) -> str | None:
        if not spot.home:
            return text
        kept = spot.gone.references(text).split()
        # Its formulas are relative to the first range: where that goes, the topmost of the others is written first.
        if kept and not spot.gone.references(text.split()[0]):
            kept.sort(key=lambda one: rows_of(one)[0] if is_reference(one) else 0)
        return " ".join(kept) or None


@dataclass(frozen=True)
class Whole:
    """A range of its own tab that may not lose a row, such as merged cells. Where rows go all the same, as those that a year
    book does not have, the thing may go with them (`goes`): merged cells of which no two are left."""

    goes: bool = False

    def held(self, text: str, spot: Spot) -> Rows:
        return touched(text, spot) if spot.home else NO_ROWS

    def after(self, text: str, spot: Spot) -> str | None:
        if not spot.home:
            return text
        left = spot.gone.references(text)
        fewer = _is_one_cell(left) and not _is_one_cell(text)
        return None if self.goes and (fewer or not left) else left


def _is_one_cell(reference: str) -> bool:
    first, _, last = reference.partition(":")
    return last in ("", first)


class View:
    """What somebody looks at. If its row goes, it is the next one."""

    def held(self, _text: str, _spot: Spot) -> Rows:
        return NO_ROWS

    def after(self, text: str, spot: Spot) -> str | None:
        if not spot.home:
            return text
        return " ".join(spot.gone.reference(one) or _next(one, spot.gone) for one in text.split())


class TableRange:
    """The range of an Excel table: its headers and totals stay, and so does one row between them, be it a blank one."""

    def held(self, text: str, spot: Spot) -> Rows:
        if not spot.home:
            return NO_ROWS
        first, last = rows_of(text)
        headers, totals = _headers_and_totals(spot)
        top, bottom = first + headers, last - totals
        ends = spot.gone.among(first, top - 1) | spot.gone.among(bottom + 1, last)
        return ends if spot.gone.span(top, bottom) else ends | spot.gone.among(top, bottom)

    def after(self, text: str, spot: Spot) -> str | None:
        if not spot.home:
            return text
        kept = spot.gone.reference(text) or text
        first, last = rows_of(kept)
        least = first + sum(_headers_and_totals(spot))
        return kept if last >= least else _LAST_ROW_OF_RANGE.sub(str(least), kept)


def _headers_and_totals(spot: Spot) -> tuple[int, int]:
    """How many rows of headers and of totals a table has."""
    headers, totals = (spot.element.attribute(name) for name in ("headerRowCount", "totalsRowCount"))
    return int(headers or 1), int(totals or 0)


class FormulaText:
    """A formula. What it says of a row follows that row; a row to which alone it points stays."""

    def held(self, text: str, spot: Spot) -> Rows:
        pointing = spot.pointing(text)
        lost = (spot.gone.among(*rows_of(cells)) for cells in pointing.references() if not spot.gone.reference(cells))
        return spot.gone.among(1, pointing.cannot_follow()).union(*lost)

    def after(self, text: str, spot: Spot) -> str | None:
        return spot.pointing(text).changed(lambda cells: spot.gone.reference(cells) or "#REF!")


@dataclass(frozen=True)
class RowFromNought:
    """The number of a row, counted from 0. The row stays if the thing begins there (`stays`), else the next one is meant."""

    stays: bool = False
    goes: bool = False

    def held(self, text: str, spot: Spot) -> Rows:
        row = int(text or 0) + 1
        return {row} if spot.home and self.stays and row in spot.gone else NO_ROWS

    def after(self, text: str, spot: Spot) -> str | None:
        row = int(text or 0) + 1
        if not spot.home or row >= LAST_ROW:
            return text
        return None if self.goes and row in spot.gone else str(spot.gone.new(row) - 1)


class Break:
    """The row after which a new page begins."""

    def held(self, _text: str, _spot: Spot) -> Rows:
        return NO_ROWS

    def after(self, text: str, spot: Spot) -> str | None:
        if not spot.home:
            return text
        above = spot.gone.new(int(text or 0) + 1) - 1
        others = {spot.gone.new(int(one.attribute("id") or 0) + 1) - 1 for one in _before(spot.element)}
        return str(above) if above and above not in others else None


class BoxAnchor:
    """Where a box (VML) stands: left column and offset, top row and offset, then right and bottom. A note's box keeps its
    place beside the note's cell."""

    def held(self, text: str, spot: Spot) -> Rows:
        numbers = _numbers(text)
        if not spot.home or _note_row(spot.element) is not None or len(numbers) != 8:
            return NO_ROWS
        return {numbers[2] + 1} if numbers[2] + 1 in spot.gone else NO_ROWS

    def after(self, text: str, spot: Spot) -> str | None:
        numbers, cell = _numbers(text), _note_row(spot.element)
        if not spot.home or len(numbers) != 8:
            return text
        for at in (2, 6):
            down = spot.gone.new(cell) - cell if cell else spot.gone.new(numbers[at] + 1) - 1 - numbers[at]
            numbers[at] = max(0, numbers[at] + down)
        return text if numbers == _numbers(text) else ", ".join(map(str, numbers))


class NamedTab:
    """A range of the tab that its element names beside it (`sheet`), in this file."""

    def held(self, text: str, spot: Spot) -> Rows:
        return touched(text, spot) if self._is_ours(spot) and not spot.gone.references(text) else NO_ROWS

    def after(self, text: str, spot: Spot) -> str | None:
        return spot.gone.references(text) if self._is_ours(spot) else text

    def _is_ours(self, spot: Spot) -> bool:
        named = spot.element.attribute("sheet") or ""
        return named.casefold() == spot.title.casefold() and "r:id" not in spot.element.attributes


class LinkedPlace:
    """A place in this workbook to which a link leads: `Register!B5`, in an address `#Register!B5`."""

    def __init__(self, mark: str = "") -> None:
        self._mark = mark

    def held(self, text: str, spot: Spot) -> Rows:
        return FormulaText().held(self._place(text), spot) if self._leads_here(text, spot) else NO_ROWS

    def after(self, text: str, spot: Spot) -> str | None:
        place = self._place(text)
        new = FormulaText().after(place, spot) if self._leads_here(text, spot) else place
        if new is None or new == place:
            return text
        return ("#" if text.startswith("#") else "") + (quote(new, safe="!$:'#") if self._mark and "%" in text else new)

    def _place(self, text: str) -> str:
        place = text.removeprefix("#")
        return unquote(place) if self._mark else place

    def _leads_here(self, text: str, spot: Spot) -> bool:
        return text.startswith(self._mark) and "r:id" not in spot.element.attributes


class Everything:
    """Something that tells what happened to rows one after another, so that none may go."""

    def held(self, _text: str, spot: Spot) -> Rows:
        return frozenset(spot.gone.rows)

    def after(self, text: str, _spot: Spot) -> str | None:
        return text


def touched(text: str, spot: Spot) -> Rows:
    return NO_ROWS.union(*(spot.gone.among(*rows_of(one)) for one in text.split() if is_reference(one)))


def _next(cells: str, gone: Gone) -> str:
    first = cells.partition(":")[0]
    return _ROW.sub(lambda row: row[1] + str(gone.new(int(row[2]))), first) if is_reference(first) else cells


def _before(element: Element) -> list[Element]:
    beside = element.parent.children if element.parent else []
    return beside[: beside.index(element)]


def _numbers(text: str) -> list[int]:
    return [int(found) for found in _NUMBER.findall(text)]


def _note_row(element: Element) -> int | None:
    """The row of the cell whose note this box shows; None for any other box."""
    data = element.around("x:ClientData")
    row = data.child("x:Row") if data and data.attribute("ObjectType") == "Note" else None
    return int(row.text or 0) + 1 if row else None
