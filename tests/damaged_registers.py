"""Damaged registers given to `import`, each read or refused in words: `python -m tests.damaged_registers FIRST HOW-MANY`.

It prints each seed with which something else happened, and how many were read and refused.
"""

from __future__ import annotations

import sys
from collections import Counter

from automation.ledger.errors import LedgerError
from automation.workbooks.foreign.spreadsheets import spreadsheet
from tests.workbooks.foreign.files import damaged_files


def tried(seed: int) -> Counter[str]:
    """What became of one damaged file of each kind."""
    ends: Counter[str] = Counter()
    for name, data in damaged_files(seed):
        try:
            spreadsheet(data, name)
            ends["read"] += 1
        except LedgerError:
            ends["refused"] += 1
        except Exception as error:  # noqa: BLE001  (whatever it is, it is what is looked for)
            ends["wrong"] += 1
            print(f"seed {seed}, {name}: {type(error).__name__}: {error}", flush=True)
    return ends


if __name__ == "__main__":
    first, count = map(int, sys.argv[1:])
    print(dict(sum(map(tried, range(first, first + count)), Counter())))
