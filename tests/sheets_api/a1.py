"""A1 notation: titles in quotes, open ends, and the way Google writes a range back."""

from __future__ import annotations

import re
from typing import NamedTuple

_PART = re.compile(r"\$?([A-Za-z]{1,3})?\$?([1-9][0-9]*)?")
_PLAIN_TITLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")
_LOOKS_LIKE_CELL = re.compile(r"(?:[A-Za-z]{1,3}[0-9]+|[Rr][0-9]*[Cc][0-9]*|[Rr][0-9]*|[Cc][0-9]*)\Z")


class Span(NamedTuple):
    """A range as written, zero-based and half open; None is an open end."""

    top: int | None
    left: int | None
    bottom: int | None
    right: int | None


def column_number(letters: str) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_letters(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def split(text: str) -> tuple[str | None, str]:
    """The sheet title (None where there is none) and the cells part ("" where there is none) of `Title!A1:B2`."""
    if text.startswith("'"):
        match = re.match(r"'((?:[^']|'')*)'(?:!(.*))?\Z", text, re.DOTALL)
        if match:
            return match[1].replace("''", "'"), match[2] or ""
        return None, text
    title, mark, cells = text.rpartition("!")
    return (title, cells) if mark else (None, text)


def span(text: str) -> Span | None:
    """The cells that `A1:B2`, `A:B`, `2:3` or `A2:C` names; None where the text names no cells."""
    first, colon, second = text.partition(":")
    start = _PART.fullmatch(first)
    end = _PART.fullmatch(second) if colon else start
    if start is None or end is None or not first or (colon and not second):
        return None
    if not colon and not (start[1] and start[2]):
        return None
    rows = [int(part[2]) - 1 for part in (start, end) if part[2]]
    columns = [column_number(part[1]) for part in (start, end) if part[1]]
    # An end that says no row (or no column) is open; the other end is then the first one.
    return Span(
        min(rows) if rows else None,
        min(columns) if columns else None,
        max(rows) + 1 if len(rows) == 2 else None,
        max(columns) + 1 if len(columns) == 2 else None,
    )


def quoted(title: str) -> str:
    """The title as Google puts it before `!`: in quotes unless it is a plain word that is no cell address."""
    if _PLAIN_TITLE.match(title) and not _LOOKS_LIKE_CELL.match(title):
        return title
    return "'" + title.replace("'", "''") + "'"


def cells(top: int, left: int, bottom: int, right: int) -> str:
    first = f"{column_letters(left)}{top + 1}"
    last = f"{column_letters(right - 1)}{bottom}"
    return first if first == last else f"{first}:{last}"
