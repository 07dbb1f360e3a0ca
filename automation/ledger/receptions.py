"""The rows of *Reception days* as values: which day, who hosts it, which cases came of it, what was undertaken."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from functools import cached_property

import numpy as np

from automation.ledger.case_numbers import tidy_number
from automation.ledger.model import Ledger
from automation.ledger.normal_form import names_nobody, normal, split
from automation.ledger.policy import Settings
from automation.ledger.repeated_days import RepeatedDays, repeated_days
from automation.ledger.table import Table, copied
from automation.ledger.typed.cell import as_text
from automation.ledger.typed.day_words import time_words
from automation.ledger.typed.written_days import plainly
from automation.ledger.workbook import Cell
from sheet_schema import RECEPTIONS, word_form
from sheet_schema.languages import said_for
from sheet_schema.reception import RECEPTION_DAYS, RECEPTION_NUMBER, RECEPTION_REMIND
from sheet_schema.vocabulary import YesNo

NUMBER = re.compile(rf"{RECEPTION_NUMBER}\d{{1,9}}")
WHAT_CAME = ("came", "cases", "undertaking", "by_when", "done_on", "note", "problems")
"""The columns that say what came of a day: they are as secret as its cases."""
TYPED = tuple(key for key in RECEPTIONS.keys if RECEPTIONS[key].staff)
"""The columns that people fill in."""


@dataclass(frozen=True, slots=True)
class Reception:
    """One row. `on` is None if it has no day that can be read, or a `rule`; `hosts` are names as in People, `unknown` what
    names nobody there for certain."""

    at: int
    row: int
    number: str
    on: date | None
    rule: RepeatedDays | None
    until: date | None
    time: str
    hosts: tuple[str, ...]
    unknown: tuple[str, ...]
    place: str
    came: str
    cases: tuple[str, ...]
    undertaking: str
    by_when: date | None
    done_on: date | None
    noted_at: datetime | None
    changed_at: datetime | None
    is_numbered: bool = False
    """Whether its number stands in the workbook: until then nobody is told of it, or they might be told again by another."""

    @property
    def was_cancelled(self) -> bool:
        """Whether *Who came* says that the day was not held; not if a case came of it all the same."""
        return normal(self.came) in _cancelled() and not self.cases

    @property
    def was_held(self) -> bool:
        """Whether anything says what came of the day; nobody counts, too."""
        return not self.was_cancelled and bool(self.came or self.cases or self.undertaking)

    @property
    def day_alone(self) -> Reception:
        """The row as if nothing had come of the day, for whoever must not know of one of its cases."""
        return replace(self, came="", cases=(), undertaking="", by_when=None, done_on=None)


def is_turned_on(ledger: Ledger) -> bool:
    """Whether Settings turn reception days on, and there is the tab for them."""
    return wants_receptions(ledger.policy.settings) and bool(ledger.tables[RECEPTIONS.key].at)


def wants_receptions(settings: Settings) -> bool:
    return settings[RECEPTION_DAYS] == YesNo.YES


def remind_before(settings: Settings) -> tuple[int, ...]:
    """So many working days before, somebody is reminded; the largest first."""
    return tuple(sorted({int(days) for days in re.findall(r"\d+", settings[RECEPTION_REMIND])}, reverse=True))


def receptions_of(ledger: Ledger) -> Sequence[Reception]:
    """Every row in which anything stands, in the order of the sheet, with the cases that the Register says came of it; none if
    reception days are not turned on. A number that stands twice is nobody's."""
    return every_row(ledger) if is_turned_on(ledger) else ()


def every_row(ledger: Ledger) -> Sequence[Reception]:
    """The same, whether reception days are turned on or not."""
    table = ledger.tables[RECEPTIONS.key]
    twice = set(table["reception_no"][copied(table["reception_no"])].tolist())
    known = _Numbers(ledger)
    rows = [_reception(ledger, table, at, known) for at in range(len(table)) if is_typed(table, at)]
    rows = [replace(row, number="", is_numbered=False) if row.number in twice else row for row in rows]
    named = cases_by_reception(ledger, rows)
    return [replace(row, cases=tuple(dict.fromkeys((*row.cases, *named.get(row.number, ()))))) for row in rows]


def cases_by_reception(ledger: Ledger, rows: Sequence[Reception]) -> Mapping[str, Sequence[str]]:
    """The cases that name a reception day in the Register or in Filing, by its number."""
    found: dict[str, list[str]] = {}
    for table in (ledger.register, ledger.filing):
        for at in np.flatnonzero(table["reception"] != "").tolist():
            number = tidy_number(table["case_no"][at])
            if number and (named := reception_named(table, at, rows)) is not None:
                found.setdefault(named.number, []).append(number)
    return found


def reception_named(table: Table, at: int, rows: Sequence[Reception]) -> Reception | None:
    """The reception day that a case names: by its number, or by a tick the one on the day on which it was received; of several
    that one which is hosted by whoever received it. None if it is none of these for certain."""
    text = str(table["reception"][at])
    if (number := reception_number(text)) is not None:
        fits = [row for row in rows if row.number == number]
    elif word_form(text) in table.tab["reception"].ticks:
        day, by = table["received_on"][at].item(), str(table["received_by"][at])
        fits = [row for row in rows if row.number and row.on is not None and row.on == day and not row.was_cancelled]
        if len(fits) > 1:
            fits = [row for row in fits if by in row.hosts]
    else:
        return None
    return fits[0] if len(fits) == 1 else None


def reception_number(text: str) -> str | None:
    """The number of a reception day that was typed, also without its zeros."""
    found = re.fullmatch(rf"{RECEPTION_NUMBER[:-1]}[-_]?0*(\d{{1,9}})", tidy_number(text))
    return number_of(int(found[1])) if found else None


def number_of(count: int) -> str:
    return f"{RECEPTION_NUMBER}{count:05d}"


class _Numbers:
    """The numbers of the cases here, to find one that was typed without its prefix or its zeros."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(map(tidy_number, (*self._ledger.register["case_no"], *self._ledger.filing["case_no"])))

    def whole(self, typed: str) -> str:
        prefix = tidy_number(self._ledger.policy.settings["number_prefix"])
        digits = re.fullmatch(rf"(?:{re.escape(prefix)})?(\d+)", typed)
        if typed in self._known or digits is None:
            return typed
        longer = f"{prefix}{int(digits[1]):05d}"
        return longer if longer in self._known else typed


def is_typed(table: Table, at: int) -> bool:
    """Whether anybody typed in the row."""
    return any(as_text(table.read[key][at]).strip() for key in TYPED)


def _reception(ledger: Ledger, table: Table, at: int, known: _Numbers) -> Reception:
    on, text = table["on"][at].item(), as_text(table.read["on"][at])
    hosts, unknown = _hosts(ledger, str(table["host"][at]))
    return Reception(
        at=at,
        row=int(table.rows[at]),
        number=tidy_number(table["reception_no"][at]),
        on=on,
        rule=repeated_days(text) if on is None and text else None,
        until=table["until"][at].item(),
        time=str(table["time"][at]) or _time_in(table.read["on"][at]),
        hosts=hosts,
        unknown=unknown,
        place=str(table["place"][at]),
        came=str(table["came"][at]),
        cases=tuple(map(known.whole, numbers_in(str(table["cases"][at])))),
        undertaking=str(table["undertaking"][at]),
        by_when=table["by_when"][at].item(),
        done_on=table["done_on"][at].item(),
        noted_at=table["noted_at"][at].item(),
        changed_at=table["changed_at"][at].item(),
        is_numbered=tidy_number(as_text(table.read["reception_no"][at]))
        == tidy_number(table["reception_no"][at])
        != "",
    )


def numbers_in(cell: str) -> tuple[str, ...]:
    """The case numbers in a cell, each once; a comma parts them as well."""
    if names_nobody(cell):
        return ()
    parts = (tidy_number(part) for one in split(cell) for part in re.split(r"[,\s/]+", one))
    return tuple(dict.fromkeys(part for part in parts if part))


def _hosts(ledger: Ledger, cell: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The people whom a cell names, and the parts of it that name nobody in People for certain."""
    people = {person.name for person in ledger.policy.people}
    found: dict[str, str] = {}
    for part in [] if names_nobody(cell) else split(cell):
        name = ledger.policy.directory.person(part)
        found[part] = name if name in people else ""
    names = dict.fromkeys(name for name in found.values() if name)
    return tuple(names), tuple(part for part, name in found.items() if not name)


def _time_in(cell: Cell) -> str:
    """The time of day that stands beside the day in its cell: 3月18日下午, 2026-03-18 14:30."""
    if isinstance(cell, datetime):
        return "" if cell.time() == time() else cell.strftime("%H:%M")
    return " ".join(found.strip() for found in time_words().findall(plainly(cell))) if isinstance(cell, str) else ""


def _cancelled() -> frozenset[str]:
    return frozenset(map(normal, said_for("repeated_days", "cancelled")))
