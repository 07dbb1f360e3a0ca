"""How much of a foreign file is read, so that a slip costs neither memory nor an afternoon."""

from __future__ import annotations

from automation.ledger.errors import LedgerError
from automation.text.catalogue import msg

MOST_BYTES = 50 * 1024 * 1024
MOST_ROWS = 20_000
"""Of a tab: rows that hold anything. A town's letters of ten years are fewer."""


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
