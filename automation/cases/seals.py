"""Seals: what shows that a filed row was changed, taken out or put in afterwards.

"each filed row has `seal_no` (running) and a SHA-256 over its schema values by key (language-neutral, the archivist's own
columns left out; sorting the tab changes nothing)". A digest over all seals goes into Runs and out by mail, so that whoever
alters the workbook would have to alter a mail that was sent.
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
"""The columns a seal is made over: all but itself and what the archivist fills in later."""


def seal(values: Mapping[str, str]) -> str:
    """The seal over one row: its values as text by column key, blanks left out."""
    known = {key: values[key] for key in SEALED if values.get(key)}
    return sha256(json.dumps(known, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")).hexdigest()


def row_values(table: Table, positions: Iterable[int]) -> list[dict[str, str]]:
    """Each row's cells by key as text that no language changes: choices by their keys, dates in ISO form; what a person
    typed that is not what its column holds, as it was typed."""
    where = list(positions)
    columns = {
        key: _texts(table[key][where], table.read[key][where], typed=FILING[key].staff)
        for key in SEALED
        if key in table.values
    }
    return [{key: texts[i] for key, texts in columns.items()} for i in range(len(where))]


def _texts(values: Array, read: Array, *, typed: bool) -> list[str]:
    nothing = blank(values.dtype)
    texts = []
    for value, cell in zip(values.tolist(), read.tolist(), strict=True):
        empty = value is None or value in (nothing, "") or (isinstance(value, float) and np.isnan(value))
        texts.append(as_text(value).strip() if not empty else as_text(cell).strip() if typed else "")
    return texts


def digest_of_seals(seals: Mapping[int, str]) -> str:
    """One digest over all seals by their numbers, in whatever order the rows stand."""
    text = "\n".join(f"{number} {seals[number]}" for number in sorted(seals))
    return sha256(text.encode()).hexdigest()[:32]
