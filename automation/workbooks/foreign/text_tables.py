"""Reads a plain text table in whatever encoding and with whatever separator it has."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence

from automation.ledger.errors import LedgerError
from automation.ledger.foreign_sheet import ForeignFile, ForeignSheet
from automation.text.catalogue import msg
from automation.workbooks.foreign.bounds import MOST_ROWS, too_many_rows

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_SEPARATORS = ",;\t|"
_SAMPLE = 200
"""So many lines tell which separator it is."""
_LONGEST = 1_000_000
"""A cell of more characters is a quote that was never closed."""


def text_table(data: bytes, name: str) -> ForeignFile:
    """The table in a text file. Raises LedgerError for what is no text, or no table."""
    encoding = _encoding(data)
    if encoding is None:
        raise LedgerError(
            msg(
                "{name} is neither a spreadsheet (.xlsx, .xls, .ods) nor a text table (.csv): save the register as one of them."
            ).of(name=name)
        )
    text = data.decode(encoding)
    separator = _separator(text)
    csv.field_size_limit(_LONGEST)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            rows.append(row)
            if len(rows) > MOST_ROWS:
                raise too_many_rows(name)
    except csv.Error as error:
        raise LedgerError(
            msg(
                "{name} cannot be read as a table beyond line {line}: a quotation mark is perhaps not closed there."
            ).of(name=name, line=len(rows) + 1)
        ) from error
    return ForeignFile(name, (ForeignSheet("", rows),), encoding.removesuffix("-sig"), separator)


def _encoding(data: bytes) -> str | None:
    """The encoding in which the bytes are text: by its mark, or by trial; None if they are no text."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding if _reads(data, encoding) else None
    if wide := _without_mark(data):
        return wide
    if b"\0" in data:
        return None
    return next(encoding for encoding in _by_trial(data) if _reads(data, encoding))


def _by_trial(data: bytes) -> Iterator[str]:
    yield "utf-8"
    if _is_chinese(data):
        yield "gb18030"
    yield "cp1252"
    yield "latin-1"


def _reads(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeError:
        return False
    return True


def _without_mark(data: bytes) -> str:
    """UTF-16 without its mark: whichever of the two has more signs of ASCII, such as separators and ends of lines."""
    if len(data) % 2 or b"\0" not in data[:4096]:
        return ""
    readable = [one for one in ("utf-16-le", "utf-16-be") if _reads(data, one) and "\0" not in data.decode(one)]
    best = max(readable, key=lambda one: _ascii_signs(data[:65_536].decode(one, "ignore")), default="")
    return best if best and "\n" in data.decode(best) else ""


def _ascii_signs(text: str) -> int:
    return sum(sign < "\x7f" for sign in text)


def _is_chinese(data: bytes) -> bool:
    """Whether most of what is not ASCII are pairs of bytes of GB 2312, the characters in daily use.

    In Western text a letter with an accent stands alone among others.
    """
    pairs = others = 0
    at, end = 0, min(len(data), 1 << 20)
    while at < end:
        first = data[at]
        if first < 0x80:
            at += 1
        elif at + 1 < end and 0xA1 <= first <= 0xF7 and data[at + 1] >= 0xA1:
            pairs, at = pairs + 1, at + 2
        else:
            others, at = others + 1, at + (2 if at + 1 < end and data[at + 1] >= 0x40 else 1)
    return pairs > 4 * others and _reads(data, "gb18030")


def _separator(text: str) -> str:
    """The sign that parts the most lines into as many columns as most others have."""
    return max(_SEPARATORS, key=lambda sign: _columns_parted(text, sign))


def _columns_parted(text: str, sign: str) -> int:
    lines: list[Sequence[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=sign):
            lines.append(row)
            if len(lines) == _SAMPLE:
                break
    except csv.Error:
        return 0
    widths = Counter(len(row) for row in lines if len(row) > 1)
    if not widths:
        return 0
    width, times = max(widths.items(), key=lambda one: one[0] * one[1])
    return width * times
