"""How much of a foreign file is read, so that a slip costs neither memory nor an afternoon."""

from __future__ import annotations

from automation.ledger.errors import LedgerError
from automation.text.catalogue import msg

MOST_BYTES = 50 * 1024 * 1024
MOST_ROWS = 20_000
"""Of a tab: rows that hold anything. A town's letters of ten years are fewer."""

MOST_TABS = 200
MOST_COLUMNS = 400
"""Of a row: what stands further to the right is left out."""
MOST_CELLS = 100 * MOST_ROWS
MOST_UNPACKED = 400 * 1024 * 1024
"""Bytes of a packed file once it is unpacked: 100,000 rows take a tenth."""


def too_much_unpacked(name: str) -> LedgerError:
    return LedgerError(
        msg(
            "{name} has more than {most} MB when it is unpacked, which no register has: copy the rows into a new file, and give that one."
        ).of(name=name, most=MOST_UNPACKED // 1024 // 1024)
    )


def too_many_rows(name: str) -> LedgerError:
    return LedgerError(
        msg(
            "{name} has more than {most} rows, which one import takes: divide it by years, and take one after the other."
        ).of(name=name, most=f"{MOST_ROWS:,}")
    )


def too_large(name: str) -> LedgerError:
    return LedgerError(
        msg("{name} has more than {most} MB: take pictures and other tabs out of it, or divide it by years.").of(
            name=name, most=MOST_BYTES // 1024 // 1024
        )
    )


def too_many_tabs(name: str) -> LedgerError:
    return LedgerError(
        msg("{name} has more than {most} tabs: copy those with cases into a new file, and give that one.").of(
            name=name, most=MOST_TABS
        )
    )
