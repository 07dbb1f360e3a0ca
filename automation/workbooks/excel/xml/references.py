"""What happens to references when rows are taken out of a tab and those below move up.

`A5:B9` without row 7 becomes `A5:B8`, and a reference to a row below follows that row, just as in a spreadsheet
program.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token, TokenizerError

_ROW_NUMBER = re.compile(r"(\$?)(\d+)")
_REFERENCE = re.compile(r"(?:\$?[A-Za-z]{1,3}\$?\d+(?::\$?[A-Za-z]{1,3}\$?\d+)?|\$?\d+:\$?\d+)")


class Gone:
    """The rows that are taken out of a tab."""

    def __init__(self, rows: Sequence[int]) -> None:
        self.rows = sorted(rows)
        self._set = frozenset(rows)

    def __contains__(self, row: int) -> bool:
        return row in self._set

    def new(self, row: int) -> int:
        """The row's number afterwards; for a row that is gone, that of the next one left."""
        return row - bisect_left(self.rows, row)

    def span(self, first: int, last: int) -> tuple[int, int] | None:
        """First and last row of a range afterwards; None if nothing of it is left."""
        new_last = self.new(last + 1) - 1
        return (self.new(first), new_last) if new_last >= self.new(first) else None

    def reference(self, text: str) -> str | None:
        """`$A$5:B9` or `5:9` afterwards; None if nothing of it is left."""
        rows = [int(number) for number in re.findall(r"\d+", text)]
        span = self.span(rows[0], rows[-1])
        if span is None:
            return None
        numbers = iter((span[0], span[1]) if len(rows) > 1 else (span[0],))
        return re.sub(r"\d+", lambda _: str(next(numbers)), text)

    def references(self, text: str) -> str:
        """A list of ranges separated by spaces, as in `sqref`, without those that are gone."""
        return " ".join(new for part in text.split() if (new := self._plain(part)) is not None)

    def _plain(self, part: str) -> str | None:
        return self.reference(part) if _REFERENCE.fullmatch(part) else part


def pointed_at(formula: str, title: str, *, at_home: bool) -> Iterator[tuple[int, int]]:
    """First and last row of each reference in the formula to the tab `title`. `at_home` says that the formula is on
    that tab, so that a reference without a tab's name counts as well."""
    if not at_home and title.replace("'", "''") not in formula:
        return  # most formulas are about their own tab: only what may name this one is taken apart
    tokenizer = _tokens(formula)
    for _, _, cells in _found(tokenizer, title, at_home=at_home) if tokenizer else ():
        rows = [int(number) for number in re.findall(r"\d+", cells)]
        yield rows[0], rows[-1]


def shifted(formula: str, title: str, gone: Gone, *, at_home: bool) -> str:
    """The formula, with or without `=`, as it reads once the rows are gone. A reference to none but those becomes #REF!."""
    tokenizer = _tokens(formula)
    found = list(_found(tokenizer, title, at_home=at_home)) if tokenizer else []
    if tokenizer is None or not found:
        return formula
    for token, before, cells in found:
        token.value = before + (gone.reference(cells) or "#REF!")
    new = str(tokenizer.render())  # type: ignore[no-untyped-call]
    return new if formula.startswith("=") else new.removeprefix("=")


def moved_by(formula: str, title: str, gone: Gone, down: int) -> str:
    """A rule's formula once its range begins `down` rows lower: relative references move along, fixed ones follow their
    row."""
    tokenizer = _tokens(formula)
    found = list(_found(tokenizer, title, at_home=True)) if tokenizer else []
    if tokenizer is None or not found:
        return formula

    def adjusted(row: re.Match[str]) -> str:
        return row[1] + str(gone.new(int(row[2])) if row[1] else int(row[2]) + down)

    for token, before, cells in found:
        token.value = before + _ROW_NUMBER.sub(adjusted, cells)
    new = str(tokenizer.render())  # type: ignore[no-untyped-call]
    return new if formula.startswith("=") else new.removeprefix("=")


def _tokens(formula: str) -> Tokenizer | None:
    try:
        return Tokenizer(formula if formula.startswith("=") else f"={formula}")
    except TokenizerError:
        return None


def _found(tokenizer: Tokenizer, title: str, *, at_home: bool) -> Iterator[tuple[Token, str, str]]:
    for token in tokenizer.items:
        if token.type != Token.OPERAND or token.subtype != Token.RANGE:
            continue
        before, mark, cells = token.value.rpartition("!")
        named = before.strip("'").replace("''", "'")
        if (named == title if mark else at_home) and _REFERENCE.fullmatch(cells):
            yield token, before + mark, cells


def as_xml(formula: str) -> bytes:
    return escape(formula).encode()
