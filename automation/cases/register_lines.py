"""Which lines of the register are cases, which are blank lines of the pad, and which are in doubt."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np

from automation.ledger.cells import as_text
from automation.ledger.model import Ledger
from automation.ledger.table import Array, Table, copied, positions_of, stand_among
from sheet_schema import REGISTER, Type

PARTS_APART = "."


@dataclass(frozen=True)
class RegisterLines:
    """The register's lines by position.

    `content` masks lines in which a person has typed; `cases` those of them with a number that is theirs alone,
    issued, and not filed: only these are processed. `index_at` is each line's position in Index, -1 for none.
    `first_seen` is NaT for a line not seen with content before.
    """

    content: Array
    cases: Array
    index_at: Array
    first_seen: Array


def register_lines_of(ledger: Ledger) -> RegisterLines:
    """Where each line of the register stands, as the ledger is now."""
    register, index = ledger.register, ledger.index
    depends = (*_content(register), register["case_no"], index["case_no"], index["first_seen"])
    return register.remembered(_standing, ledger, depending_on=(*depends, ledger.filing["case_no"]))


def _standing(ledger: Ledger) -> RegisterLines:
    register, index = ledger.register, ledger.index
    content = has_content(register)
    numbers = register["case_no"]
    index_at = positions_of(numbers, index["case_no"])
    known = index_at >= 0
    filed = stand_among(numbers, ledger.filing["case_no"])
    alone = ~copied(numbers)
    first_seen = np.full(len(numbers), "NaT", dtype="datetime64[D]")
    first_seen[known] = index["first_seen"][index_at[known]]
    return RegisterLines(content, content & known & alone & ~filed, index_at, first_seen)


def has_content(register: Table) -> Array:
    """A mask of the lines that are not empty: "a line is empty while its staff cells are blank or unticked"."""
    return register.remembered(_has_content, register, depending_on=_content(register))


def _content(register: Table) -> tuple[Array, ...]:
    """The cells that decide whether a line is empty: what people typed, and whether what they ticked is ticked."""
    return tuple(
        register.values[column.key] if column.type is Type.TICK else register.read[column.key]
        for column in REGISTER
        if column.staff
    )


def _has_content(register: Table) -> Array:
    content = np.zeros(len(register), dtype=bool)
    for column in _content(register):
        content |= column if column.dtype == bool else column != ""
    return content


def fingerprints(register: Table, wanted: Array) -> Array:
    """A fingerprint of the cells people type, for the masked lines (`""` elsewhere).

    Three parts: of the petitioner, of the summary, of everything; so that a number torn off its row shows. Equal
    cells give equal fingerprints for ever: CRC-32 and BLAKE2 are fixed, and cells are taken as a person sees them.
    """
    lines = np.flatnonzero(wanted)
    petitioners, summaries = (part[lines] for part in who_and_what(register))
    marks = np.full(len(register), "", dtype=object)
    marks[lines] = [
        PARTS_APART.join(
            (petitioner, summary, blake2b(row.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest())
        )
        for petitioner, summary, row in zip(petitioners, summaries, _joined(register, lines), strict=True)
    ]
    return marks


def who_and_what(register: Table) -> tuple[Array, Array]:
    """The first two parts of each line's fingerprint: a check of the petitioner, and one of the summary."""
    petitioners, summaries = register.read["petitioner"], register.read["summary"]
    return register.remembered(checks, petitioners), register.remembered(checks, summaries)


def _joined(register: Table, lines: Array) -> list[str]:
    """All staff cells of each line in one string; blank cells leave no trace, so that a new column changes nothing."""
    parts = []
    for column in REGISTER:
        if column.staff:
            shown = register.remembered(_shown_or_none, register.read[column.key])
            if shown is not None:
                parts.append(_marked(column.key, [shown[i] for i in lines.tolist()]))
    return ["".join(row) for row in zip(*parts, strict=True)] if parts else [""] * len(lines)


def _marked(key: str, texts: list[str]) -> list[str]:
    distinct = set(texts)
    if 2 * len(distinct) > len(texts):
        return [f"{key}={text}\x1f" if text else "" for text in texts]
    marked = {text: f"{key}={text}\x1f" for text in distinct} | {"": ""}
    return [marked[text] for text in texts]


def _shown_or_none(cells: Array) -> list[str] | None:
    """Each cell as a person sees it; None for a column without any."""
    listed = cells.tolist()
    kinds = set(map(type, listed))
    if kinds <= {str}:
        return listed if any(listed) else None
    if kinds & {bool, int, float}:  # True, 1 and 1.0 are equal, and look different
        return ["" if cell is False else as_text(cell) for cell in listed]
    texts = {cell: as_text(cell) for cell in set(listed)}
    return [texts[cell] for cell in listed]


def checks(cells: Array) -> Array:
    """A short check of each cell's text, `""` for a blank one."""
    shown = _shown_or_none(cells)
    found = np.full(len(cells), "", dtype=object)
    if shown is not None:
        found[:] = [f"{zlib.crc32(text.encode('utf-8', 'surrogatepass')):08x}" if text else "" for text in shown]
    return found
