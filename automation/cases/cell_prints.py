"""What Index remembers of each cell that people type, so that cells that came to other rows are noticed.

A cell's print is three hexadecimal digits of a checksum of its column and its text. That tells a column's values apart
well enough to see many of them stand in other rows, and is too little to read a name or a number from: every 4096th
text has the same. A row's prints stand behind its fingerprint, and only as long as the row itself stands in the Register.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence

import numpy as np

from automation.cases.register_lines import PARTS_APART, cell_texts
from automation.ledger.table import Array, Table
from sheet_schema import REGISTER

_COLUMNS = REGISTER.staff_keys
_SHAPE = f"{zlib.crc32(' '.join(_COLUMNS).encode()):08x}"[:4]
"""Stands before a row's prints, since those of another version's columns cannot be compared."""
_DIGITS = tuple(f"{number:03x}" for number in range(4096))
_BLANK = "-"
_PRINT = re.compile(f"[0-9a-f]{{3}}|{_BLANK}")
_PARTS_OF_A_ROW = 3


def prints(register: Table, key: str) -> Sequence[str]:
    """The print of each line's cell in a column; `""` for a blank one."""
    found: Sequence[str] = register.remembered(_prints, register.read[key], key)
    return found


def _prints(cells: Array, key: str) -> Sequence[str]:
    texts = cell_texts(cells)
    if texts is None:
        return [""] * len(cells)
    begun = zlib.crc32(key.encode())
    of = {text: _DIGITS[zlib.crc32(text.encode("utf-8", "surrogatepass"), begun) >> 20] for text in set(texts)}
    of[""] = ""
    return [of[text] for text in texts]


def unchanged(before: Array, rows: Array) -> Array:
    """Mask the rows whose cells are as at the last run, by their fingerprints of then and now."""
    pairs = zip(before.tolist(), rows.tolist(), strict=True)
    return np.fromiter((bool(old) and old.startswith(new) for old, new in pairs), dtype=bool, count=len(rows))


def with_prints(rows: Array, register: Table, lines: Array, before: Array) -> Array:
    """The fingerprints of these lines with the prints of their cells behind, worked out only where a row has changed."""
    whole = before.copy()
    changed = [
        i
        for i, (row, old) in enumerate(zip(rows.tolist(), before.tolist(), strict=True))
        if not old.startswith(f"{row}{PARTS_APART}{_SHAPE}")
    ]
    if changed:
        at = lines[changed].tolist()
        columns = [prints(register, key) for key in _COLUMNS]
        cells = zip(*([column[i] or _BLANK for i in at] for column in columns), strict=True)
        whole[changed] = [
            f"{rows[i]}{PARTS_APART}{_SHAPE}{''.join(row).rstrip(_BLANK)}"
            for i, row in zip(changed, cells, strict=True)
        ]
    return whole


def without_prints(fingerprints: Array) -> Array:
    """The fingerprints of rows that are gone or filed: without the prints of their cells."""
    rows = np.empty(len(fingerprints), dtype=object)
    rows[:] = [PARTS_APART.join(one.split(PARTS_APART)[:_PARTS_OF_A_ROW]) for one in fingerprints.tolist()]
    return rows


def prints_in(fingerprint: str) -> dict[str, str] | None:
    """The print of each cell, by column; None if a fingerprint has none, or those of another version's columns."""
    parts = fingerprint.split(PARTS_APART)
    if len(parts) <= _PARTS_OF_A_ROW or not parts[-1].startswith(_SHAPE):
        return None
    found = ["" if one == _BLANK else one for one in _PRINT.findall(parts[-1], len(_SHAPE))]
    return dict(zip(_COLUMNS, found + [""] * (len(_COLUMNS) - len(found)), strict=False))
