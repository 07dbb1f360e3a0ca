"""What Index remembers of each cell that people type, so that cells that came to other rows are noticed.

A cell's print is the first hexadecimal digits of a checksum of its column and its text: three, or two where a column's
cells are chosen, counted or dated. That tells a column's values apart well enough to see many of them stand in other
rows, and is too little to read a name or a number from: every 4096th text has the same. A row's prints stand behind its
fingerprint, whose own parts have those of petitioner and summary, and only as long as the row stands in the Register.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from automation.cases.register_lines import PARTS_APART, petitioner_and_summary_checksums
from automation.ledger.table import Array, Table
from automation.ledger.typed.cell import cell_texts
from sheet_schema import REGISTER, Type

_IN_THE_FINGERPRINT = ("petitioner", "summary")
_DIGITS, _FEW_DIGITS = 3, 2
_WIDTHS: Mapping[str, int] = {
    key: _DIGITS if REGISTER[key].type in (Type.TEXT, Type.LONG) else _FEW_DIGITS
    for key in REGISTER.staff_keys
    if key not in _IN_THE_FINGERPRINT
}
_SHAPE = f"{zlib.crc32(repr(_WIDTHS).encode()):08x}"[:4]
"""Stands before a row's prints, since those of another version's columns cannot be compared."""
_BLANK = "-"
_PARTS_OF_A_ROW = 3


def prints(register: Table, key: str) -> Sequence[str]:
    """The print of each line's cell in a column; `""` for a blank one."""
    found: Sequence[str] = register.remembered(_prints, register, key, depending_on=(register.read[key], key))
    return found


def _prints(register: Table, key: str) -> Sequence[str]:
    if key in _IN_THE_FINGERPRINT:
        checksums = petitioner_and_summary_checksums(register)[_IN_THE_FINGERPRINT.index(key)]
        return [text[:_DIGITS] for text in checksums.tolist()]
    texts = cell_texts(register.read[key])
    if texts is None:
        return [""] * len(register)
    begun, width = zlib.crc32(key.encode()), _WIDTHS[key]
    of = {text: f"{zlib.crc32(text.encode('utf-8', 'surrogatepass'), begun):08x}"[:width] for text in set(texts)}
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
        columns = [prints(register, key) for key in _WIDTHS]
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


def prints_in(fingerprint: str) -> dict[str, str]:
    """The print of each cell, by column; of petitioner and summary alone if another version made it."""
    parts = fingerprint.split(PARTS_APART)
    if len(parts) < _PARTS_OF_A_ROW:
        return {}
    found = {key: text[:_DIGITS] for key, text in zip(_IN_THE_FINGERPRINT, parts, strict=False)}
    cells = parts[-1] if len(parts) > _PARTS_OF_A_ROW else ""
    return {**found, **dict(_cells(cells))} if cells.startswith(_SHAPE) else found


def of_this_version(fingerprints: Sequence[str]) -> bool:
    """Whether any row's prints are of the columns that people fill in today."""
    return any(
        one.split(PARTS_APART)[-1].startswith(_SHAPE)
        for one in fingerprints
        if one.count(PARTS_APART) >= _PARTS_OF_A_ROW
    )


def _cells(text: str) -> Iterator[tuple[str, str]]:
    at = len(_SHAPE)
    for key, width in _WIDTHS.items():
        blank = text[at : at + 1] in ("", _BLANK)
        yield key, "" if blank else text[at : at + width]
        at += 1 if blank else width
