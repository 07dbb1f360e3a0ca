"""Tells a ledger from any other workbook: by its mark, never by the name of a file or a tab.

"A ledger is known by a mark in the workbook and its version, never by a tab's name" (docs/design.md#p2.22).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from automation.ledger.errors import LedgerError
from automation.ledger.misplaced import headings_in
from automation.ledger.titles_and_headers import language_of, titles_found
from automation.ledger.workbook import Grid, Snapshot
from automation.ledger.year_books import year_in_mark
from automation.text.catalogue import msg
from sheet_schema import REGISTER, Language

LEDGER_MARK = "letters-and-visits-ledger"
"""The name of a file's custom property, and the key of a Google Sheet's metadata. Its value is the version."""
LEDGER_VERSION = 1
"""Raised when a program of before would misread or damage what this one writes: it then refuses the ledger in words."""
MOST = 0.5
"""The share of the Register's headings by which a ledger is known that has no mark: an office's own register has a tenth of them."""
_VERSION = re.compile(r"\d{1,9}(?:\.0*)?")
"""A version as it comes back from programs that keep a property as a number."""


def is_ledger(snapshot: Snapshot) -> bool:
    """Whether the workbook has the mark of a ledger (not of a year book), or, as ledgers of before it, a tab under
    whatever name with the Register's headings."""
    if snapshot.mark:
        return year_in_mark(snapshot.mark) is None
    language = language_of(snapshot.grids)
    return any(is_a_register(grid, language) for grid in _likeliest_first(snapshot.grids, language))


def is_a_register(grid: Grid, language: Language) -> bool:
    """Whether most of the Register's headings stand in one row of this tab."""
    return headings_in(REGISTER, grid, language).share >= MOST


def refuse_what_is_no_ledger(snapshot: Snapshot) -> None:
    """Raises LedgerError for a workbook of somebody's own, a year book, and a ledger that only a newer program understands."""
    year = year_in_mark(snapshot.mark)
    if year is not None:
        raise LedgerError(
            msg(
                "This workbook is the year book of {year}, so nothing in it was touched: name the ledger that it belongs to, whose explain, report, form and verify look into the book."
            ).of(year=str(year)),
            language_of(snapshot.grids),
        )
    if not is_ledger(snapshot):
        raise no_ledger()
    if is_newer(snapshot.mark):
        raise LedgerError(
            msg(
                "This ledger is in use by a newer version of this program (its mark says {mark}, this one knows {known}), so nothing in it was touched: bring this program up to date, or use the newer one."
            ).of(mark=snapshot.mark, known=LEDGER_VERSION),
            language_of(snapshot.grids),
        )


def no_ledger() -> LedgerError:
    """What is said of a workbook of somebody's own, whatever was to be done with it."""
    return LedgerError(
        msg(
            "This workbook is not a ledger of this program, so nothing in it was touched: make a ledger under a new file name (`install --workbook new.xlsx`) or in a blank Google Sheet, and paste the rows of an old register into its Register, column by column, as values."
        )
    )


def as_a_ledger(book: Snapshot) -> Snapshot:
    """A year book, to be read as the ledger of its year that it is."""
    return replace(book, mark=str(LEDGER_VERSION))


def mark_among(values: Iterable[str]) -> str:
    """The mark that counts of those in a workbook, which may have got several: the newest."""
    return max(values, key=lambda mark: (is_newer(mark), _version(mark) or 0), default="")


def is_newer(mark: str) -> bool:
    """Whether a mark is of a later version than this program; so is one that cannot be read."""
    version = _version(mark)
    return bool(mark) and (version is None or version > LEDGER_VERSION)


def mark_is_due(mark: str) -> bool:
    """Whether whoever writes to the workbook has to put the mark of this version there."""
    version = _version(mark)
    return not mark or (version is not None and version < LEDGER_VERSION)


def _version(mark: str) -> int | None:
    return int(float(mark)) if _VERSION.fullmatch(mark) else None


def _likeliest_first(grids: Mapping[str, Grid], language: Language) -> list[Grid]:
    titled = titles_found(grids, language).get(REGISTER.key)
    return sorted(grids.values(), key=lambda grid: grid.title != titled)
