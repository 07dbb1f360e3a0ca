"""Seals: how we notice that a filed row was changed, taken out or put in afterwards (docs/design.md#p4.20).

A seal is a SHA-256 over the row's values by column key, without the archivist's own columns, so that sorting or
translating the tab breaks none. A digest of all seals is kept in Runs and mailed: to change a filed row unnoticed,
somebody would have to change a mail that was already sent.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from json.encoder import encode_basestring

import numpy as np

from automation.ledger.changes import is_blank
from automation.ledger.table import Array, Table
from automation.ledger.typed.cell import as_text
from sheet_schema import FILING
from sheet_schema.model import By

NOT_SEALED = frozenset({"seal"}) | {
    column.key
    for column in FILING
    if column.by is By.STAFF and column.key in ("pages", "box", "taken_over_by", "taken_over_on")
}
SEALED = tuple(column.key for column in FILING if column.key not in NOT_SEALED)
"""The columns that a seal covers: all but the seal itself and what the archivist fills in later."""

_AS_JSON = json.JSONEncoder(ensure_ascii=False, sort_keys=True)


def seal(values: Mapping[str, str]) -> str:
    """Seal one row, given as text by column key; blank values leave no trace."""
    filled = {key: text for key, text in values.items() if text and key not in NOT_SEALED}
    return sha256(_AS_JSON.encode(filled).encode("utf-8", "surrogatepass")).hexdigest()


def seals_now(table: Table, positions: Sequence[int]) -> list[str]:
    """The seal of each of these rows as they are now: `seal` of their `row_values`, for thousands of rows at once."""
    chosen = np.asarray(positions, dtype=np.int64)
    rows: list[list[str]] = [[] for _ in chosen]
    for key in sorted(SEALED):
        for at, text in _of_column(table, key, chosen):
            if text:
                rows[at].append(f'"{key}": {encode_basestring(text)}')
    texts = ("{" + ", ".join(row) + "}" for row in rows)
    return [sha256(text.encode("utf-8", "surrogatepass")).hexdigest() for text in texts]


def row_values(table: Table, positions: Iterable[int]) -> list[dict[str, str]]:
    """Each row's filled-in cells by column key, as text that is the same in every language.

    Choices are given by their keys and dates in ISO form. What people typed that could not be read stays as typed, and
    so do names, whoever they mean today.
    """
    chosen = np.asarray([*positions], dtype=np.int64)
    rows: list[dict[str, str]] = [{} for _ in chosen]
    for key in SEALED:
        for at, text in _of_column(table, key, chosen):
            rows[at][key] = text
    return rows


def _of_column(table: Table, key: str, chosen: Array) -> Iterator[tuple[int, str]]:
    """(position among the chosen, text) of every filled-in cell of a column."""
    if key not in table.values:
        return iter(())
    read = table.read[key][chosen]
    values = read if FILING[key].names_somebody else table[key][chosen]
    return _texts(values, read, typed=FILING[key].staff)


def _texts(values: Array, read: Array, *, typed: bool) -> Iterator[tuple[int, str]]:
    """(position, text) of every filled-in cell of a column: its value, or else what a person typed there."""
    nothing = is_blank(values)
    yield from _as_texts(values, np.flatnonzero(~nothing))
    if typed:
        yield from _as_texts(read, np.flatnonzero(nothing & (read != "")))


def _as_texts(cells: Array, positions: Array) -> Iterator[tuple[int, str]]:
    if cells.dtype == "datetime64[D]":
        return zip(positions.tolist(), np.datetime_as_string(cells[positions]).tolist(), strict=True)
    filled = cells[positions].tolist()
    texts = filled if set(map(type, filled)) <= {str} else map(as_text, filled)
    return zip(positions.tolist(), map(str.strip, texts), strict=True)


def digest_of_seals(seals: Mapping[int, str]) -> str:
    """One digest of all seals, given by their numbers. The order of the rows does not matter."""
    text = "\n".join(f"{number} {seals[number]}" for number in sorted(seals))
    return sha256(text.encode()).hexdigest()[:32]
