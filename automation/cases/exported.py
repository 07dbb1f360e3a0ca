"""A tab as a table for other programs, by keys, with only what may leave the ledger of restricted cases.

"Of a row about a case of which nothing may be quoted only number, step and date are written" (docs/design.md#p5.21).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import numpy as np

from automation.cases.confidentiality import quotable_cases
from automation.cases.register_lines import has_content
from automation.ledger.case_numbers import prefixes_in_use, tidy_number
from automation.ledger.model import Ledger
from automation.ledger.receptions import WHAT_CAME, every_row
from automation.ledger.table import Array, Table
from sheet_schema import ANSWERS, FILING, RECEPTIONS, REGISTER, Column, Place, Tab

Value = str | int | float | bool | date | datetime | None
SAYABLE = ("case_no", "step", "due_on")
"""What is written of a restricted case: number, step and date (docs/design.md#p5.7)."""


@dataclass(frozen=True)
class Exported:
    """The values of each column, line by line, None where a cell is blank or cannot be read, and whether a line is one of
    which something was withheld."""

    columns: Sequence[Column]
    values: Mapping[str, Sequence[Value]]
    withheld: Sequence[bool]

    def __len__(self) -> int:
        return len(self.withheld)


def exported(ledger: Ledger, tab: Tab, *, restricted: bool) -> Exported:
    """The lines of the tab that are not empty. `restricted` withholds nothing, for somebody who may open the ledger.

    What only the program reads (seals, prints, what it packed) is left out: prints of names can be guessed.
    """
    table = ledger.tables[tab.key]
    columns = [column for column in tab if not column.checksum and column.key in table.values]
    values = {column.key: [_value(one) for one in table[column.key].tolist()] for column in columns}
    withheld = [False] * len(table)
    if not restricted:
        values, withheld = _without_restricted(ledger, table, values)
    lines = _lines(table, values)
    return Exported(
        columns, {key: [cells[at] for at in lines] for key, cells in values.items()}, [withheld[at] for at in lines]
    )


def _value(cell: object) -> Value:
    blank = cell is None or cell == "" or (isinstance(cell, float) and not np.isfinite(cell))
    if blank:
        return None
    if isinstance(cell, float) and cell.is_integer():
        return int(cell)
    return cell if isinstance(cell, bool | int | float | date) else str(cell)


def _lines(table: Table, values: Mapping[str, Sequence[Value]]) -> list[int]:
    """The positions of the lines that hold something; of the Register, of those in which somebody has typed."""
    if table.tab is REGISTER:
        typed: list[int] = np.flatnonzero(has_content(table)).tolist()
        return typed
    return [at for at in range(len(table)) if any(cells[at] not in (None, False) for cells in values.values())]


def _without_restricted(
    ledger: Ledger, table: Table, values: Mapping[str, Sequence[Value]]
) -> tuple[dict[str, list[Value]], list[bool]]:
    """The values with all that would tell of a restricted case left out, and the lines in which something was."""
    open_numbers = quotable_numbers(ledger)
    own = values.get("case_no", [None] * len(table))
    unknown = table.tab is ANSWERS  # a mail of which it is not certain which case it is about may be about any
    secret = np.asarray([(number is not None or unknown) and number not in open_numbers for number in own], dtype=bool)
    came = _reception_days(ledger, open_numbers) if table.tab is RECEPTIONS else secret
    if table.tab in (REGISTER, FILING):
        secret |= ~quotable_cases(table, ledger.policy)
    names_one = naming(ledger, open_numbers)
    left: dict[str, list[Value]] = {}
    hidden = np.zeros(len(table), dtype=bool)
    for key, cells in values.items():
        out = np.zeros(len(table), dtype=bool)
        if table.tab.place is Place.ADMINISTRATOR and not table.tab[key].staff:
            out[:] = True  # what the program says beside a rule counts restricted cases by kind, topic or department
        elif table.tab is RECEPTIONS:
            out = came if key in WHAT_CAME else secret
        elif key not in SAYABLE:
            out = secret | np.asarray([isinstance(one, str) and names_one(one) for one in cells], dtype=bool)
        hidden |= out & np.asarray([one is not None for one in cells], dtype=bool)
        left[key] = [None if gone else one for one, gone in zip(cells, out.tolist(), strict=True)]
    return left, hidden.tolist()


def _reception_days(ledger: Ledger, open_numbers: frozenset[str]) -> Array:
    """Mask the reception days of which a case came that may not be quoted: what came of them is as secret."""
    mask = np.zeros(len(ledger.tables[RECEPTIONS.key]), dtype=bool)
    mask[[row.at for row in every_row(ledger) if not open_numbers.issuperset(row.cases)]] = True
    return mask


def quotable_numbers(ledger: Ledger) -> frozenset[str]:
    """The numbers here of which every line may be quoted. What is known of none, as of one in a year book, is in doubt."""
    good: set[str] = set()
    bad: set[str] = set()
    for tab in (REGISTER, FILING):
        table = ledger.tables[tab.key]
        quotable: Array = quotable_cases(table, ledger.policy)
        good.update(table["case_no"][quotable].tolist())
        bad.update(table["case_no"][~quotable].tolist())
    return frozenset(good - bad)


def naming(ledger: Ledger, open_numbers: frozenset[str]) -> _Naming:
    before = "|".join(sorted(map(re.escape, prefixes_in_use(ledger)), key=len, reverse=True))
    return _Naming(re.compile(rf"(?:{before})[0-9]+"), open_numbers)


@dataclass(frozen=True)
class _Naming:
    """Whether a text names a case of which nothing may be quoted: beside one that is named, it would tell who brought it."""

    number: re.Pattern[str]
    open_numbers: frozenset[str]

    def __call__(self, text: str) -> bool:
        return any(map(str.isdigit, text)) and any(
            one not in self.open_numbers for one in self.number.findall(tidy_number(text))
        )
