"""Reads a plain text table in whatever encoding and with whatever separator it has."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence

from automation.ledger.errors import LedgerError
from automation.ledger.foreign_sheet import ForeignFile, ForeignSheet
from automation.text.catalogue import msg
from automation.workbooks.foreign.bounds import MOST_COLUMNS, MOST_ROWS, too_many_rows
from automation.workbooks.foreign.encodings import decoded

_OF_ANOTHER_KIND = re.compile(
    r"\ufeff?\s*(?:<(?:!doctype|html|\?xml|table|meta|head)\b|MIME-Version:|\{\\rtf)", re.IGNORECASE
)
"""How what other programs call .xls begins: web pages, XML, mails of them, RTF."""
_LOOKED_AT = 1000
_SEPARATORS = ",;\t|"
_SAMPLE = 200
"""So many lines tell which separator it is."""
_LONGEST = 1_000_000
"""A cell of more characters is a quote that was never closed."""


def text_table(data: bytes, name: str) -> ForeignFile:
    """The table in a text file. Raises LedgerError for what is no text, no table, or too long."""
    text, encoding = decoded(data, name)
    if _OF_ANOTHER_KIND.match(text[:_LOOKED_AT]):
        raise LedgerError(
            msg(
                "{name} holds a web page or XML, whatever its name says: open it in Excel or WPS, save it as .xlsx, and give that file."
            ).of(name=name)
        )
    separator = _separator(text)
    csv.field_size_limit(_LONGEST)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            rows.append(row[:MOST_COLUMNS])
            if len(rows) > MOST_ROWS:
                raise too_many_rows(name)
    except csv.Error as error:
        raise LedgerError(
            msg(
                "{name} cannot be read as a table beyond line {line}: a quotation mark is perhaps not closed there."
            ).of(name=name, line=len(rows) + 1)
        ) from error
    return ForeignFile(name, (ForeignSheet("", rows),), encoding.removesuffix("-sig"), separator)


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
