"""What is said beside the rows of *Reception days*, and beside cases that name one which there is not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

import numpy as np

from automation.cases.cases import Cases
from automation.cases.linked_cases import CaseFinder
from automation.cases.reception_roster import sitting
from automation.ledger.calendar import Calendar
from automation.ledger.model import Ledger, Problem
from automation.ledger.problems import problem
from automation.ledger.receptions import (
    Reception,
    cases_by_reception,
    is_turned_on,
    receptions_of,
    wants_receptions,
)
from automation.ledger.table import copied
from automation.ledger.year_books import closed_numbers
from sheet_schema import RECEPTIONS, REGISTER, SETTINGS, word_form
from sheet_schema.reception import RECEPTION_DAYS

TAB = RECEPTIONS.key
WAITED_FOR = 3
"""So many working days after a reception day the row asks what came of it."""


def reception_problems(cases: Cases) -> Iterator[Problem]:
    """Everything that is to be put right about reception days; nothing if they are not turned on."""
    ledger = cases.ledger
    if not is_turned_on(ledger):
        if wants_receptions(ledger.policy.settings):
            at = ledger.policy.settings.rows.get(RECEPTION_DAYS)
            yield Problem(SETTINGS.key, at, "value", "reception_no_tab", problem("reception_no_tab", value=RECEPTIONS))
        return
    rows = receptions_of(ledger)
    yield from problems_of(cases, rows)
    yield from _twice(ledger)
    yield from _of_cases(ledger, rows)


def problems_of(cases: Cases, rows: Sequence[Reception]) -> Iterator[Problem]:
    """What is wrong with these rows, beside cells that cannot be read."""
    finder = CaseFinder(cases)
    unread = {one.row for one in cases.ledger.problems if one.tab == TAB and one.column == "on"}
    for row in rows:
        for code, column, details in (
            *_of_day(cases, row, can_be_read=row.row not in unread),
            *_of_hosts(cases, row),
            *_of_undertaking(row, cases.now.date()),
            *_of_cases_named(cases.ledger, finder, row),
        ):
            yield _problem(row.row, column, code, **details)


Found = tuple[str, str, dict[str, object]]


def _problem(row: int, column: str, code: str, **details: object) -> Problem:
    said = problem(code, column=RECEPTIONS[column], **details)
    return Problem(TAB, row, column, code, said, warning=code in _HINTS)


_HINTS = ("reception_day_off", "reception_done_early", "reception_soon_due")


def _of_cases_named(ledger: Ledger, finder: CaseFinder, row: Reception) -> Iterator[Found]:
    """The numbers that are no case here; what stands in a year book is none for certain, but nothing to put right."""
    unknown = finder.linked(row.cases).unknown
    closed = closed_numbers(ledger) if unknown else frozenset()
    for number in (one for one in unknown if one not in closed):
        yield "reception_case_unknown", "cases", {"number": number}


def _of_day(cases: Cases, row: Reception, *, can_be_read: bool) -> Iterator[Found]:
    day = cases.now.date()
    if row.on is None and row.rule is None:
        if can_be_read:
            yield "reception_no_day", "on", {}
        return
    if row.rule is not None:
        if row.came or row.undertaking or row.cases:
            yield "reception_of_many", "on", {}
        if row.until is not None and row.noted_at is not None and row.until < row.noted_at.date():
            yield "reception_over", "until", {"value": row.until}
        return
    assert row.on is not None
    calendar = cases.ledger.policy.calendar
    if not row.was_cancelled and not calendar.is_workday(np.asarray([row.on], dtype="datetime64[D]"))[0]:
        yield "reception_day_off", "on", {"value": row.on}
    if _is_over(calendar, row.on, day) and not (row.was_held or row.was_cancelled):
        yield "reception_nothing_said", "came", {"value": row.on}


def _is_over(calendar: Calendar, on: date, day: date) -> bool:
    last = calendar.due(np.asarray([on], dtype="datetime64[D]"), WAITED_FOR, "workday")[0]
    return bool(last < np.datetime64(day))


def _of_hosts(cases: Cases, row: Reception) -> Iterator[Found]:
    is_ahead = row.rule is not None or (row.on is not None and row.on >= cases.now.date())
    if row.was_cancelled:
        return
    for text in row.unknown:
        yield "reception_host_unknown", "host", {"value": text}
    if is_ahead and not row.hosts and not row.unknown:
        yield "reception_no_host", "host", {}
    if is_ahead and row.on is not None:
        for host in sitting(cases.ledger.policy, row, row.on).missing:
            yield "reception_host_away", "host", {"value": host}


def _of_undertaking(row: Reception, day: date) -> Iterator[Found]:
    if row.undertaking and row.by_when is None and row.done_on is None:
        yield "reception_no_by_when", "by_when", {}
    if (row.by_when or row.done_on) and not row.undertaking:
        yield "reception_no_undertaking", "undertaking", {}
    if row.on is not None and row.by_when is not None and row.by_when < row.on:
        yield "reception_soon_due", "by_when", {"value": row.by_when}
    if row.done_on is not None and ((row.on is not None and row.done_on < row.on) or row.done_on > day):
        yield "reception_done_early", "done_on", {"value": row.done_on}


def _twice(ledger: Ledger) -> Iterator[Problem]:
    table = ledger.tables[TAB]
    numbers = table["reception_no"]
    for at in np.flatnonzero(copied(numbers)).tolist():
        yield _problem(int(table.rows[at]), "reception_no", "reception_twice", number=numbers[at])


def _of_cases(ledger: Ledger, rows: Sequence[Reception]) -> Iterator[Problem]:
    """The cases in the Register that came at a reception day which is none for certain."""
    register, column = ledger.register, REGISTER["reception"]
    lines = np.flatnonzero(register["reception"] != "").tolist()
    known = {number for those in cases_by_reception(ledger, rows).values() for number in those} if lines else set()
    for at in lines:
        text, number = str(register["reception"][at]), register["case_no"][at]
        if number in known or word_form(text) in column.no_ticks:
            continue
        said = problem("reception_unknown", column=column, value=text)
        yield Problem(REGISTER.key, int(register.rows[at]), column.key, "reception_unknown", said, case_no=number)
