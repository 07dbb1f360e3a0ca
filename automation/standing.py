"""Which lines of the register are cases, which are blank lines of the pad, and which are in doubt."""

from __future__ import annotations

import re
import unicodedata
import zlib
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
import pandas as pd

from automation.cells import as_text
from automation.ledger import Array, Ledger, Table, filled_columns
from sheet_schema import REGISTER, Type

PARTS_APART = "."


@dataclass(frozen=True)
class Standing:
    """The register's lines by position.

    `content` masks lines in which a person has typed; `cases` those of them with a number that is theirs alone,
    issued, and not filed: only these are processed. `index_at` is each line's position in Index, -1 for none.
    `first_seen` is NaT for a line not seen with content before.
    """

    content: Array
    cases: Array
    index_at: Array
    first_seen: Array


def standing_of(ledger: Ledger) -> Standing:
    """Where each line of the register stands, as the ledger is now."""
    register, index = ledger.register, ledger.index
    content = has_content(register)
    numbers = register["case_no"]
    index_at = positions_of(numbers, index["case_no"])
    known = index_at >= 0
    filed = (
        np.isin(numbers, ledger.filing["case_no"])
        if len(ledger.filing)
        else np.zeros(len(numbers), dtype=bool)
    )
    alone = ~copied(numbers)
    first_seen = np.full(len(numbers), "NaT", dtype="datetime64[D]")
    first_seen[known] = index["first_seen"][index_at[known]]
    return Standing(content, content & known & alone & ~filed, index_at, first_seen)


def has_content(register: Table) -> Array:
    """A mask of the lines that are not empty: "a line is empty while its staff cells are blank or unticked"."""
    content = np.zeros(len(register), dtype=bool)
    for column, filled in filled_columns(register, [column for column in REGISTER if column.staff]):
        content |= register[column.key] if column.type is Type.TICK else filled
    return content


def copied(numbers: Array) -> Array:
    """A mask of the numbers that stand in more than one line."""
    twice: Array = pd.Series(numbers, dtype=object).duplicated(keep=False).to_numpy() & (numbers != "")
    return twice


def positions_of(wanted: Array, among: Array) -> Array:
    """For each number its position in `among`, -1 if it is not there. Of doubles in `among` the first counts."""
    where = pd.Series(np.arange(len(among)), index=pd.Index(among, dtype=object))
    where = where[~where.index.duplicated()]
    found: Array = where.reindex(pd.Index(wanted, dtype=object)).fillna(-1).to_numpy(dtype=np.int64)
    return np.where(wanted == "", -1, found)


def tidy_number(text: str) -> str:
    """A case number as it was issued, whatever width, case or spaces it was typed in."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).upper()


def fingerprints(register: Table, wanted: Array) -> Array:
    """A fingerprint of the cells people type, for the masked lines (`""` elsewhere).

    Three parts: of the petitioner, of the summary, of everything; so that a number torn off its row shows. Equal
    cells give equal fingerprints for ever: CRC-32 and BLAKE2 are fixed, and cells are taken as a person sees them.
    """
    lines = np.flatnonzero(wanted)
    petitioners = register.remembered(register.read["petitioner"], checks)[lines]
    summaries = register.remembered(register.read["summary"], checks)[lines]
    marks = np.full(len(register), "", dtype=object)
    marks[lines] = [
        PARTS_APART.join(
            (petitioner, summary, blake2b(row.encode("utf-8", "surrogatepass"), digest_size=8).hexdigest())
        )
        for petitioner, summary, row in zip(petitioners, summaries, _joined(register, lines), strict=True)
    ]
    return marks


def _joined(register: Table, lines: Array) -> list[str]:
    """All staff cells of each line in one string; blank cells leave no trace, so that a new column changes nothing."""
    parts = []
    for column in REGISTER:
        shown = register.remembered(register.read[column.key], _shown_or_none) if column.staff else None
        if shown is not None:
            mark = f"{column.key}="
            parts.append([f"{mark}{text}\x1f" if text else "" for text in shown[lines].tolist()])
    return ["".join(row) for row in zip(*parts, strict=True)] if parts else [""] * len(lines)


def _shown_or_none(cells: Array) -> Array | None:
    """Each cell as a person sees it; None for a column without any."""
    kinds = set(map(type, cells.tolist()))
    if kinds <= {str}:
        return cells if (cells != "").any() else None
    seen: dict[tuple[type, object], str] = {}
    shown = np.empty(len(cells), dtype=object)
    for i, cell in enumerate(cells.tolist()):
        if cell == "":
            shown[i] = ""
            continue
        known = seen.get((type(cell), cell))
        if known is None:
            known = seen[type(cell), cell] = "" if cell is False else as_text(cell)
        shown[i] = known
    return shown


def checks(cells: Array) -> Array:
    """A short check of each cell's text, `""` for a blank one."""
    shown = _shown_or_none(cells)
    found = np.full(len(cells), "", dtype=object)
    if shown is not None:
        found[:] = [
            f"{zlib.crc32(text.encode('utf-8', 'surrogatepass')):08x}" if text else ""
            for text in shown.tolist()
        ]
    return found
