"""The cell references in formulas: moved when a formula is copied, and kept true when what they point at moves."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from .a1 import column_letters, column_number, quoted
from .cells import Formula, Value

_CORNER = r"\$?[A-Za-z]{1,3}\$?[1-9][0-9]*"
_COLUMN = r"\$?[A-Za-z]{1,3}"
_ROW = r"\$?[1-9][0-9]*"
_REFERENCE = re.compile(
    r'"(?:[^"]|"")*"'  # text in the formula, in which nothing is a reference
    r"|(?<![\w.$'])(?P<title>'(?:[^']|'')+'!|[^\W\d][\w.]*!)?"
    rf"(?:(?P<first>{_CORNER})(?::(?P<last>{_CORNER}|{_COLUMN}|{_ROW}))?"
    rf"|(?P<columns>{_COLUMN}:{_COLUMN})|(?P<rows>{_ROW}:{_ROW}))(?![\w(.!])"
)
_PARTS = re.compile(r"(\$?)([A-Za-z]{1,3})?(\$?)([1-9][0-9]*)?")


@dataclass(frozen=True)
class Corner:
    """One end of a reference, zero-based; None for the row of a whole column and the column of a whole row."""

    column: int | None
    row: int | None
    fixed_column: bool
    fixed_row: bool

    def __str__(self) -> str:
        column = "" if self.column is None else "$" * self.fixed_column + column_letters(self.column)
        return column + ("" if self.row is None else "$" * self.fixed_row + str(self.row + 1))


def _corner(text: str) -> Corner:
    found = _PARTS.fullmatch(text)
    assert found is not None
    first, letters, second, digits = found.groups()
    column = column_number(letters) if letters else None
    # Without letters the first dollar sign is the row's.
    fixed_row = bool(second) or (not letters and bool(first))
    return Corner(column, int(digits) - 1 if digits else None, bool(letters and first), fixed_row)


Place = tuple[str, int, int, int, int]
"""A sheet's title and the ends of a block on it: top, left, bottom, right."""
Rewrite = Callable[[str | None, Corner, Corner | None], tuple[str | None, Corner, Corner | None] | None]
"""A reference (sheet title, first corner, last corner) as it is to be; None for one that points nowhere now."""


def rewritten(formula: str, change: Rewrite) -> str:
    """The formula with every reference as `change` has it."""

    def one(found: re.Match[str]) -> str:
        ends = found["columns"] or found["rows"] or found["first"]
        if ends is None:
            return found[0]
        first, _, last = ends.partition(":")
        last = found["last"] or last
        title = _title(found["title"]) if found["title"] else None
        result = change(title, _corner(first), _corner(last) if last else None)
        if result is None:
            return "#REF!"
        new_title, new_first, new_last = result
        prefix = found["title"] or ""
        if new_title is not None and new_title != title:
            prefix = quoted(new_title) + "!"
        return f"{prefix}{new_first}" + (f":{new_last}" if new_last is not None else "")

    return _REFERENCE.sub(one, formula)


def _title(text: str) -> str:
    return text[1:-2].replace("''", "'") if text.startswith("'") else text[:-1]


def shifted(value: Value, rows: int, columns: int) -> Value:
    """A formula copied so far down and across: references without a dollar sign move along."""
    if not isinstance(value, Formula) or (not rows and not columns):
        return value

    def move(corner: Corner) -> Corner:
        row, column = corner.row, corner.column
        if row is not None and not corner.fixed_row:
            row += rows
        if column is not None and not corner.fixed_column:
            column += columns
        return replace(corner, row=row, column=column)

    def change(title: str | None, first: Corner, last: Corner | None) -> Any:
        moved = [move(corner) for corner in (first, last) if corner is not None]
        if any((corner.row or 0) < 0 or (corner.column or 0) < 0 for corner in moved):
            return None
        return title, moved[0], moved[1] if last is not None else None

    return Formula(rewritten(value, change))


def following(own_title: str, changed_title: str, dimension: str, ends: Callable[[int, int], Any]) -> Rewrite:
    """How references on one sheet change when rows or columns of another, or of the same, do; `ends` says where a
    range of them comes to lie."""
    name = "row" if dimension == "ROWS" else "column"

    def change(title: str | None, first: Corner, last: Corner | None) -> Any:
        if (title or own_title).casefold() != changed_title.casefold():
            return title, first, last
        start, end = getattr(first, name), getattr(last or first, name)
        if start is None:
            return title, first, last
        moved = ends(start, (start if end is None else end) + 1)
        if moved is None:
            return None
        new_last = last and (last if end is None else replace(last, **{name: moved[1] - 1}))
        return title, replace(first, **{name: moved[0]}), new_last

    return change


def moving(source: Place, target: Place, own_title: str) -> Rewrite:
    """How references on one sheet change when the cells of a block are cut and put elsewhere: those wholly within it
    go along."""
    (title, top, left, bottom, right), (new_title, new_top, new_left, _, _) = source, target

    def change(named: str | None, first: Corner, last: Corner | None) -> Any:
        same = (named or own_title).casefold() == title.casefold()
        corners = [first, last or first]
        if not same or not all(
            corner.row is not None
            and top <= corner.row < bottom
            and corner.column is not None
            and left <= corner.column < right
            for corner in corners
        ):
            return named, first, last
        moved = [
            replace(corner, row=(corner.row or 0) - top + new_top, column=(corner.column or 0) - left + new_left)
            for corner in corners
        ]
        elsewhere = new_title if new_title != title else named
        return elsewhere, moved[0], moved[1] if last is not None else None

    return change


def renaming(old_title: str, new_title: str | None) -> Rewrite:
    """How references change when a sheet gets another title, or (None) is deleted."""

    def change(title: str | None, first: Corner, last: Corner | None) -> Any:
        if title is None or title.casefold() != old_title.casefold():
            return title, first, last
        return None if new_title is None else (new_title, first, last)

    return change
