"""What happens to references when rows are taken out of a tab and those below move up.

`A5:B9` without row 7 becomes `A5:B8`, and a reference to a row below follows that row, just as in a spreadsheet
program.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from xml.sax.saxutils import escape

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token, TokenizerError

LAST_ROW = 1_048_576
_CELL = r"\$?[A-Za-z]{1,3}\$?[1-9]\d{0,6}"
_REFERENCE = re.compile(rf"(?:{_CELL}(?::{_CELL})?|\$?\d+:\$?\d+)")
_PLACED = re.compile(
    rf"(?<![\w.$!\[\]])(?P<tab>(?:'(?:[^']|'')*'|[^\s'!:,;()\[\]{{}}\"@]+)!|!)?"
    rf"(?P<cells>{_CELL}(?::{_CELL})?|\$?\d+:\$?\d+)(?![\w.!(\[\]])"
)
_SEVERAL_TABS = re.compile(r"^(?:'[^']*:[^']*'|(?P<first>[^'!\[\]:]+):[^'!\[\]:]+)!")
_MAY_BE_SEVERAL = re.compile(r"""'[^']*:[^']*'!|:[^'!\[\]:,;(){}"]+!|^.?!""")
"""What a formula has in it that names several tabs at once, or its own, and most others have not."""
_COMPUTED = re.compile(r"\bINDIRECT\s*\(", re.IGNORECASE)
_LONGEST_LIST = 2000
_ROWS = re.compile(r"\d+")


class Gone:
    """The rows that are taken out of a tab."""

    def __init__(self, rows: Sequence[int]) -> None:
        self.rows = sorted(rows)
        self._set = frozenset(rows)

    def __contains__(self, row: int) -> bool:
        return row in self._set

    def among(self, first: int, last: int) -> frozenset[int]:
        """Those from `first` to `last`."""
        return frozenset(row for row in self.rows if first <= row <= last)

    def new(self, row: int) -> int:
        """The row's number afterwards; for a row that is gone, that of the next one left."""
        return row - bisect_left(self.rows, row)

    def span(self, first: int, last: int) -> tuple[int, int] | None:
        """First and last row of a range afterwards; None if nothing of it is left. A whole column stays one."""
        new_last = last if last >= LAST_ROW else self.new(last + 1) - 1
        return (self.new(first), new_last) if new_last >= self.new(first) else None

    def reference(self, text: str) -> str | None:
        """`$A$5:B9` or `5:9` afterwards; None if nothing of it is left."""
        first, last = rows_of(text)
        span = self.span(first, last)
        if span is None:
            return None
        numbers = iter(span if ":" in text else span[:1])
        return _ROWS.sub(lambda _: str(next(numbers)), text)

    def references(self, text: str) -> str:
        """A list of ranges separated by spaces, as in `sqref`, without those that are gone."""
        return " ".join(new for part in text.split() if (new := self._plain(part)) is not None)

    def _plain(self, part: str) -> str | None:
        return self.reference(part) if is_reference(part) else part


def is_reference(text: str) -> bool:
    """Whether this is a cell or a range with rows, without a tab's name."""
    return _REFERENCE.fullmatch(text) is not None


def rows_of(cells: str) -> tuple[int, int]:
    """First and last row of `$A$5:B9`, `A5` or `5:9`."""
    rows = [int(number) for number in _ROWS.findall(cells)]
    return min(rows), max(rows)


class Pointing:
    """What a formula says of the tab `title`, with or without `=`. `at_home` says that it is on that tab, so that a
    reference without a tab's name counts as well."""

    def __init__(self, formula: str, title: str, *, at_home: bool) -> None:
        self.formula, self._title, self._at_home = formula, title.casefold(), at_home
        self._tokens: Sequence[Token] = ()
        self._tokenizer: Tokenizer | None = None
        self.unread = False
        if at_home or self._may_name(formula):
            try:
                self._tokenizer = Tokenizer(formula if formula.startswith("=") else f"={formula}")
            except TokenizerError:
                self.unread = _PLACED.search(formula) is not None
            else:
                self._tokens = self._tokenizer.items

    def references(self) -> Iterator[str]:
        """Each reference to cells of the tab, such as `$A$5:B9`."""
        for token in self._tokens:
            if _may_hold_cells(token) and not self._of_several(token):
                for found in _PLACED.finditer(_followed(token)):
                    if self._is_ours(found):
                        yield found["cells"]

    def changed(self, change: Callable[[str], str]) -> str:
        """The formula with each of these references as `change` has it; as it was if none is different."""
        if self._tokenizer is None:
            return self.formula

        def new(found: re.Match[str]) -> str:
            return (found["tab"] or "") + change(found["cells"]) if self._is_ours(found) else found[0]

        before = [token.value for token in self._tokens]
        for token in self._tokens:
            if _may_hold_cells(token) and not self._of_several(token):
                head = _followed(token)
                token.value = _PLACED.sub(new, head) + token.value[len(head) :]
        if [token.value for token in self._tokens] == before:
            return self.formula
        text = str(self._tokenizer.render())  # type: ignore[no-untyped-call]
        return text if self.formula.startswith("=") else text.removeprefix("=")

    def cannot_follow(self) -> int:
        """The last row of what points at the tab in a way that no program would adjust: a text that is read as a
        reference, one over several tabs, or a formula that cannot be read. 0 if there is none."""
        if self.unread:
            return LAST_ROW
        return max((rows_of(cells)[1] for token in self._tokens for cells in self._loose(token)), default=0)

    def _loose(self, token: Token) -> Iterator[str]:
        if token.type != Token.OPERAND:
            return
        value = str(token.value)
        if token.subtype == Token.TEXT:
            yield from _named_cells(value, self._title)
            whole = value.strip('"')
            if self._at_home and is_reference(whole) and _COMPUTED.search(self.formula):
                yield whole
            return
        for found in _PLACED.finditer(value):
            if found["tab"] == "!" or self._of_several(token):
                yield found["cells"]

    def _may_name(self, formula: str) -> bool:
        if "!" not in formula:
            return self._title in formula.casefold()
        return self._title.replace("'", "''") in formula.casefold() or _MAY_BE_SEVERAL.search(formula) is not None

    def _of_several(self, token: Token) -> bool:
        found = _SEVERAL_TABS.match(token.value)
        return found is not None and not (found["first"] and is_reference(found["first"]))

    def _is_ours(self, found: re.Match[str]) -> bool:
        return self._is_named(found["tab"]) if found["tab"] else self._at_home

    def _is_named(self, tab: str | None) -> bool:
        return bool(tab) and str(tab)[:-1].strip("'").replace("''", "'").casefold() == self._title


def pointed_at(formula: str, title: str, *, at_home: bool) -> Iterator[tuple[int, int]]:
    """First and last row of each reference in the formula to the tab `title`."""
    yield from map(rows_of, Pointing(formula, title, at_home=at_home).references())


def shifted(formula: str, title: str, gone: Gone, *, at_home: bool) -> str:
    """The formula as it reads once the rows are gone. A reference to none but those becomes #REF!."""
    return Pointing(formula, title, at_home=at_home).changed(lambda cells: gone.reference(cells) or "#REF!")


def seems_to_point(text: str, title: str, last_used: int) -> int:
    """The last row to which this seems to refer, whatever it is: `Register!B5` within it, or, on the tab itself
    (`last_used` is its last row, 0 for any other place), cells and nothing else. 0 if it does not look so."""
    found = list(_named_cells(text, title))
    pieces = re.split(r"[\s,;]+", text.strip()) if last_used and len(text) < _LONGEST_LIST else []
    if pieces and text.upper() == text and all(map(is_reference, pieces)):
        found += [one for one in pieces if rows_of(one)[0] <= last_used]
    return max((rows_of(cells)[1] for cells in found), default=0)


def _named_cells(text: str, title: str) -> Iterator[str]:
    """`B5` for each `Register!B5` anywhere in a text that is no formula."""
    if "!" in text:
        named = re.escape(title.replace("'", "''"))
        place = rf"{named}'?!({_CELL}(?::{_CELL})?|\$?\d+:\$?\d+)"
        yield from (found[1] for found in re.finditer(place, text, re.IGNORECASE))


def _may_hold_cells(token: Token) -> bool:
    """`A5:INDEX(` is one token with a reference in it, too."""
    return bool(
        (token.type == Token.OPERAND and token.subtype == Token.RANGE)
        or (token.type == Token.FUNC and token.subtype == Token.OPEN and ":" in token.value)
    )


def _followed(token: Token) -> str:
    """The token up to a table's columns or another workbook's number, which are in brackets."""
    head, bracket, _ = str(token.value).partition("[")
    if not bracket or head.startswith("'"):
        return str(token.value)
    return head if ":" in head else ""


def as_xml(formula: str) -> bytes:
    return escape(formula).encode()
