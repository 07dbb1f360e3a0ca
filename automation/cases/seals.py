"""Seals: how we notice that a filed row was changed, taken out or put in afterwards (docs/design.md#p4.20).

A seal is a SHA-256 over the row's values by column key, without the archivist's own columns, so that sorting or
translating the tab breaks none. A digest of all seals is kept in Runs and mailed: to change a filed row unnoticed,
somebody would have to change a mail that was already sent.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256

import numpy as np

from automation.ledger.cells import as_text
from automation.ledger.table import Array, Table, blank
from sheet_schema import FILING
from sheet_schema.model import By

NOT_SEALED = frozenset({"seal"}) | {
    column.key
    for column in FILING
    if column.by is By.STAFF and column.key in ("pages", "box", "taken_over_by", "taken_over_on")
}
SEALED = tuple(column.key for column in FILING if column.key not in NOT_SEALED)
"""The columns that a seal covers: all but the seal itself and what the archivist fills in later."""


def seal(values: Mapping[str, str]) -> str:
    """Seal one row, given as text by column key; blank values leave no trace."""
    filled = {key: values[key] for key in SEALED if values.get(key)}
    return sha256(json.dumps(filled, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")).hexdigest()


def row_values(table: Table, positions: Iterable[int]) -> list[dict[str, str]]:
    """Each row's cells by column key, as text that is the same in every language.

    Choices are given by their keys and dates in ISO form. What people typed that could not be read stays as typed.
    """
    chosen = list(positions)
    columns = {
        key: _texts(table[key][chosen], table.read[key][chosen], typed=FILING[key].staff)
        for key in SEALED
        if key in table.values
    }
    return [{key: texts[i] for key, texts in columns.items()} for i in range(len(chosen))]


def _texts(values: Array, read: Array, *, typed: bool) -> list[str]:
    nothing = blank(values.dtype)
    texts = []
    for value, cell in zip(values.tolist(), read.tolist(), strict=True):
        empty = value is None or value in (nothing, "") or (isinstance(value, float) and np.isnan(value))
        texts.append(as_text(value).strip() if not empty else as_text(cell).strip() if typed else "")
    return texts


def digest_of_seals(seals: Mapping[int, str]) -> str:
    """One digest of all seals, given by their numbers. The order of the rows does not matter."""
    text = "\n".join(f"{number} {seals[number]}" for number in sorted(seals))
    return sha256(text.encode()).hexdigest()[:32]
