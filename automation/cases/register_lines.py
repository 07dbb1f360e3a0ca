"""Tells the register's lines apart: cases, empty lines that wait to be filled in, and lines in doubt."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np

from automation.ledger.model import Ledger
from automation.ledger.table import Array, Table, copied, is_among, positions_of
from automation.ledger.typed.cell import cell_texts
from sheet_schema import REGISTER, Type

PARTS_APART = "."


@dataclass(frozen=True)
class RegisterLines:
    """What each line of the register is. Each array has one entry for each line.

    `content` masks the lines in which somebody has typed. `cases` masks those of them that we process: the number was
    issued, stands in no other line, and is not filed. `index_at` is the line's position in Index, -1 if it is not
    there. `first_seen` is the day a run first saw it with content, NaT if none has.
    """

    content: Array
    cases: Array
    index_at: Array
    first_seen: Array


def register_lines_of(ledger: Ledger) -> RegisterLines:
    """Work out what each line of the register is, once for the same cells."""
    register, index = ledger.register, ledger.index
    depends = (*_content_columns(register), register["case_no"], index["case_no"], index["first_seen"])
    return register.remembered(_register_lines, ledger, depending_on=(*depends, ledger.filing["case_no"]))


def _register_lines(ledger: Ledger) -> RegisterLines:
    register, index = ledger.register, ledger.index
    content = has_content(register)
    numbers = register["case_no"]
    index_at = positions_of(numbers, index["case_no"])
    known = index_at >= 0
    filed = is_among(numbers, ledger.filing["case_no"])
    first_seen = np.full(len(numbers), "NaT", dtype="datetime64[D]")
    first_seen[known] = index["first_seen"][index_at[known]]
    return RegisterLines(content, content & known & ~copied(numbers) & ~filed, index_at, first_seen)


def has_content(register: Table) -> Array:
    """Mask the lines that are not empty. Cells that only the program fills in do not count (docs/design.md#p2.7)."""
    return register.remembered(_has_content, register, depending_on=_content_columns(register))


def _content_columns(register: Table) -> tuple[Array, ...]:
    """The columns that decide whether a line is empty: of ticks the values, since unticked is empty; else the cells."""
    return tuple(
        register.values[column.key] if column.type is Type.TICK else register.read[column.key]
        for column in REGISTER
        if column.staff
    )


def _has_content(register: Table) -> Array:
    content = np.zeros(len(register), dtype=bool)
    for column in _content_columns(register):
        content |= column if column.dtype == bool else column != ""
    return content


def fingerprints(register: Table, wanted: Array) -> Array:
    """A fingerprint of the cells people type, for each line that `wanted` masks; `""` for the others.

    It has three parts, of the petitioner, of the summary and of all cells, so that we notice when a number was torn
    off its row. Index keeps fingerprints for later versions to compare, so equal cells must give the same one for
    ever: CRC-32 and BLAKE2 never change, and cells are taken as a person sees them.
    """
    cells = tuple(register.read[key] for key in REGISTER.staff_keys)
    prints: Array = np.where(wanted, register.remembered(_fingerprints, register, depending_on=cells), "")
    return prints


def _fingerprints(register: Table) -> Array:
    rows = zip(*petitioner_and_summary_checksums(register), _staff_cells_joined(register), strict=True)
    prints = np.empty(len(register), dtype=object)
    prints[:] = [
        PARTS_APART.join(
            (petitioner, summary, blake2b(row.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest())
        )
        for petitioner, summary, row in rows
    ]
    return prints


def petitioner_and_summary_checksums(register: Table) -> tuple[Array, Array]:
    """The first two parts of each line's fingerprint: the petitioner's checksum and the summary's."""
    petitioners, summaries = register.read["petitioner"], register.read["summary"]
    return register.remembered(checksums, petitioners), register.remembered(checksums, summaries)


def _staff_cells_joined(register: Table) -> list[str]:
    """All staff cells of each line in one string. Blank cells add nothing, so a new column changes no fingerprint."""
    parts = []
    for column in REGISTER:
        if column.staff:
            texts = register.remembered(cell_texts, register.read[column.key])
            if texts is not None:
                parts.append(_with_key(column.key, texts))
    return ["".join(row) for row in zip(*parts, strict=True)] if parts else [""] * len(register)


def _with_key(key: str, texts: list[str]) -> list[str]:
    """Each text behind its column's key, blank ones left blank. Where many are equal, each is made once."""
    distinct = set(texts)
    if 2 * len(distinct) > len(texts):
        return [f"{key}={text}\x1f" if text else "" for text in texts]
    with_key = {text: f"{key}={text}\x1f" for text in distinct} | {"": ""}
    return [with_key[text] for text in texts]


def checksums(cells: Array) -> Array:
    """A short checksum of each cell's text, `""` for a blank one."""
    texts = cell_texts(cells)
    sums = np.full(len(cells), "", dtype=object)
    if texts is not None:
        sums[:] = [f"{zlib.crc32(text.encode('utf-8', 'surrogatepass')):08x}" if text else "" for text in texts]
    return sums
