"""Prepares the rows of *Reception days*: their numbers, the days meant by words, when they changed, and links with the Register.

A row is known by its number, which goes with it wherever people move it (docs/design.md#p24.1).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from hashlib import blake2b

import numpy as np

from automation.cases.register_lines import register_lines_of
from automation.ledger.case_numbers import tidy_number
from automation.ledger.days_said import as_cell, as_typed, said_in, taken, with_day
from automation.ledger.model import Filled, Ledger, Outcome, Problem
from automation.ledger.normal_form import joined
from automation.ledger.notices import number_in
from automation.ledger.receptions import (
    NUMBER,
    TYPED,
    is_turned_on,
    is_typed,
    number_of,
    receptions_of,
)
from automation.ledger.repeated_days import repeated_days
from automation.ledger.table import Table
from automation.ledger.typed.cell import as_text
from automation.ledger.typed.day_words import weekday_words
from automation.ledger.typed.written_days import days_it_could_be, plainly
from automation.text.catalogue import msg
from sheet_schema import RECEPTIONS

TAB = RECEPTIONS.key
SETTLED = ("relative_day", "no_year")
"""What is wrong with a day whose meaning depends on when it was written."""
WHY = msg("named in Reception days")


def prepare_receptions(ledger: Ledger, now: datetime) -> Outcome:
    """The ledger with every row numbered, its days read, and its cases linked both ways; as it was if nobody turned it on."""
    if not is_turned_on(ledger):
        kept = tuple(one for one in ledger.problems if one.tab != TAB or one.stops)
        return Outcome(ledger if len(kept) == len(ledger.problems) else replace(ledger, problems=kept))
    return _linked(_with_days(_numbered(_changed(ledger, now)), now))


def _numbered(ledger: Ledger) -> Ledger:
    """Give each row with anything in it a number that no other has or had."""
    table = ledger.tables[TAB]
    numbers = table["reception_no"].copy()
    lacking = [at for at in range(len(table)) if is_typed(table, at) and not NUMBER.fullmatch(tidy_number(numbers[at]))]
    empty = [at for at in range(len(table)) if not is_typed(table, at) and numbers[at]]
    if lacking:
        first = max(_issued(ledger), default=0) + 1
        numbers[lacking] = [number_of(count) for count in range(first, first + len(lacking))]
    numbers[empty] = ""
    return ledger.having(receptions=table.having(reception_no=numbers))


def _issued(ledger: Ledger) -> Iterator[int]:
    """Every number that stands in the tab, that somebody was told of, or that a case names."""
    texts = [
        *ledger.tables[TAB]["reception_no"].tolist(),
        *map(number_in, ledger.tables["notices"]["key"].tolist()),
        *ledger.register["reception"].tolist(),
        *ledger.filing["reception"].tolist(),
    ]
    for text in texts:
        if text and NUMBER.fullmatch(number := tidy_number(text)):
            yield int(number.partition("-")[2])


def _changed(ledger: Ledger, now: datetime) -> Ledger:
    """Note when each row was first seen, and when it last changed."""
    table = ledger.tables[TAB]
    columns = {key: table[key].copy() for key in ("noted_at", "changed_at", "seen")}
    moment = np.datetime64(now.replace(tzinfo=None), "s")
    for at in range(len(table)):
        if not is_typed(table, at):
            columns["seen"][at] = ""
            columns["noted_at"][at] = columns["changed_at"][at] = np.datetime64("NaT")
            continue
        if np.isnat(columns["noted_at"][at]):
            columns["noted_at"][at] = moment
        if (mark := print_of(table, at)) != columns["seen"][at]:
            columns["seen"][at], columns["changed_at"][at] = mark, moment
    return ledger.having(receptions=table.having(**columns))


def print_of(table: Table, at: int) -> str:
    """A fingerprint of what people typed in the row."""
    return print_of_texts({key: as_text(table.read[key][at]) for key in TYPED})


def print_of_texts(texts: Mapping[str, str]) -> str:
    """The same of texts by column, without the cases, which a run may fill in. Blank ones add nothing."""
    cells = (f"{key}={texts[key]}\x1f" for key in TYPED if key != "cases" and texts.get(key))
    return blake2b("".join(cells).encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def _with_days(ledger: Ledger, now: datetime) -> Ledger:
    """Read the days that depend on when they were written, and rules such as every Wednesday."""
    table, day = ledger.tables[TAB], now.date()
    places = {row: at for at, row in enumerate(table.rows.tolist())}
    kept: dict[int, dict[str, tuple[str, date]]] = {}
    left: list[Problem] = []
    notes: list[Problem] = []
    for problem in ledger.problems:
        if problem.tab != TAB or problem.row is None:
            left.append(problem)
            continue
        text, at = as_typed(table, problem), places[problem.row]
        if problem.column == "on" and repeated_days(text) is not None:
            continue
        meant = _meant(table, problem, text, at, day) if problem.code in SETTLED else None
        if meant is None:
            left.append(problem)
            continue
        table = with_day(table, problem, meant)
        kept.setdefault(at, {})[problem.column] = (text, meant)
        notes.append(taken(problem, text, meant))
    said = np.full(len(table), "", dtype=object)
    for at, words in kept.items():
        said[at] = as_cell(words)
    return replace(ledger.having(receptions=table.having(days_said=said)), problems=tuple(left)).with_notes(notes)


def _meant(table: Table, problem: Problem, text: str, at: int, day: date) -> date | None:
    """The day kept from when the text was first read, or the one day that it means if it was written today."""
    kept, meant = said_in(table["days_said"][at]).get(problem.column, ("", None))
    if kept == text:
        return meant
    past = problem.column == "done_on"
    if not past and problem.code == "relative_day" and weekday_words().search(plainly(text)):
        return None  # Wednesday: the last one, or the next?
    found = days_it_could_be(text, day, past=past)
    return found[0] if len(found) == 1 else None


def _linked(ledger: Ledger) -> Outcome:
    """Where a row names a case, the case names the row, and the other way round, as far as nothing stands there yet."""
    rows = receptions_of(ledger)
    table, register = ledger.tables[TAB], ledger.register
    cells = table["cases"].copy()
    for row in rows:
        if table.read["cases"][row.at] == "" and row.cases:
            cells[row.at] = joined(row.cases)
    wanted = _numbers_by_case({row.number: row.cases for row in rows if row.is_numbered})
    lines = np.flatnonzero(register_lines_of(ledger).cases & (register.read["reception"] == "")).tolist()
    places = [at for at in lines if register["case_no"][at] in wanted] if wanted else []
    ledger = ledger.having(receptions=table.having(cases=cells))
    if not places:
        return Outcome(ledger)
    numbers = [wanted[register["case_no"][at]] for at in places]
    filled = Filled("reception", tuple(places), (WHY.say(ledger.language),) * len(places))
    positions, values = np.asarray(places, dtype=np.int64), np.asarray(numbers, dtype=object)
    return Outcome(ledger.having(register=register.filling("reception", positions, values)), (filled,))


def _numbers_by_case(cases: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """The reception day of each case that one names; of several, which nobody can choose between, none."""
    found: dict[str, str] = {}
    for number, those in cases.items():
        for case in those:
            found[case] = "" if case in found else number
    return {case: number for case, number in found.items() if number}
