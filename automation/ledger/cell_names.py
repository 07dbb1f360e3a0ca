"""How a spreadsheet names its cells: a column by its letters, a tab in quotes."""

from __future__ import annotations

from functools import cache

_BEFORE_A = ord("A") - 1


@cache
def column_letters(column: int) -> str:
    """1 → A, 27 → AA."""
    before, last = divmod(column - 1, 26)
    return (column_letters(before) if before else "") + chr(_BEFORE_A + 1 + last)


@cache
def column_number(letters: str) -> int:
    """A → 1, AA → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - _BEFORE_A
    return number


def quoted_title(title: str) -> str:
    """A tab's title as it stands in a formula."""
    return "'" + title.replace("'", "''") + "'"
