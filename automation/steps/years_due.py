"""Which years a run is to close by itself, and what became of the last try: from Filing, Settings and Runs.

*Runs* has a line for each step of it: planned, partly, done or failed. So a run knows since when a year has been
announced, without anything else to remember (docs/design.md#p8.13).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

import numpy as np

from automation.cases.cases import Cases
from automation.cases.confidentiality import judge_table
from automation.ledger import problems as messages
from automation.ledger.errors import LedgerError
from automation.ledger.history import run_mark
from automation.ledger.model import Ledger, Problem
from automation.ledger.table import Table, lines_at
from automation.steps.closing import closing_of, filed_in, years_to_close
from automation.steps.old_cases import TOLD
from automation.text.catalogue import Message, msg
from sheet_schema import BOOKS, RUNS, SETTING
from sheet_schema.sending_words import Command, RunMail, RunOutcome
from sheet_schema.settings import BOOKS_AFTER_YEARS, YEAR_BOOK

TOLD_BEFORE = timedelta(days=14)
"""A year is closed so long after it was announced, so that a weekly digest has said so twice."""
HOLDS_FOR = timedelta(days=60)
"""What was announced or tried longer ago counts no more: the year is announced again first."""
SAID_FOR = timedelta(days=7)
"""So long it is said that a year was closed: in each weekly digest once."""
_STAY = msg("None of the cases filed in {year} can move to a year book yet: `close-year` says why.")
BookOf = Callable[[Ledger, int], str]
"""The name of the book that a year would get. Raises LedgerError if a person has to make it first."""


class LastLine(NamedTuple):
    """The last line of *Runs* about the closing of a year."""

    on: date
    outcome: str
    said: str
    cases: int
    """How many cases were announced; of another line, how many rows moved."""


class NewLine(NamedTuple):
    """A line about the closing of a year that *Runs* is to get; `cases` are those that are announced."""

    year: int
    outcome: RunOutcome
    said: str
    cases: int = 0


@dataclass(frozen=True)
class YearDue:
    """A year that is to be closed: how many of its cases all readers may know of, and the book, or what it lacks."""

    year: int
    cases: int = 0
    book: str = ""
    lacking: Message | None = None
    """What a person has to do first."""
    last: LastLine | None = None

    def first_day(self, today: date) -> date:
        """The first day on which it may be closed."""
        return (today if self.last is None else self.last.on) + TOLD_BEFORE

    def may_close(self, today: date) -> bool:
        """Whether it may be closed today: it was announced long enough ago, and no try of today failed."""
        if not self.book or self.last is None:
            return False
        if self.last.outcome == RunOutcome.PLANNED.key:
            return today >= self.first_day(today)
        return self.last.outcome == RunOutcome.PARTLY.key or today > self.last.on


def years_due(cases: Cases, now: datetime, book_of: BookOf) -> Iterator[YearDue]:
    """The years that are to be closed, the oldest first. One of which nobody may be told stays; a person can close it."""
    ledger, last = cases.ledger, last_lines(cases.ledger.tables[RUNS.key])
    after = ledger.policy.settings.whole(BOOKS_AFTER_YEARS)
    if not after or not ledger.tables[BOOKS.key].at:
        return
    books = set[str]()
    for year in years_to_close(ledger, now, after):
        line = last.get(year)
        if line is not None and line.outcome == RunOutcome.DONE.key:
            continue  # what a run could not move then is left to `close-year`
        announced_lately = line is not None and line.on >= now.date() - HOLDS_FOR
        known = line.cases if line is not None and announced_lately else _known_to_all(cases, year)
        if not (known or announced_lately):
            continue  # what the year lacks would tell of its cases, too
        try:
            book = book_of(ledger, year)
        except LedgerError as error:
            yield YearDue(year, lacking=error.message)
            return
        if book in books:
            return  # the one spreadsheet that was made is that of an older year
        if announced_lately:
            due = YearDue(year, known, book, last=line)
        elif not closing_of(ledger, year, {}).numbers:
            due = YearDue(year, lacking=_STAY.of(year=str(year)))
        else:
            due = YearDue(year, known, book)
        books.add(due.book)
        yield due


def _known_to_all(cases: Cases, year: int) -> int:
    """How many cases filed in that year everybody may know of who reads this in a digest (docs/design.md#p5.2)."""
    policy, filing = cases.ledger.policy, lines_at(cases.ledger.filing, filed_in(cases.ledger, year))
    readers = [one.name for one in policy.people if any(role in one.roles for role in TOLD)]
    confidence = judge_table(filing, policy, cases.now.date())
    guarded = confidence.guarded
    return sum(
        at not in guarded or all(confidence.person_may_know(at, one) for one in readers) for at in range(len(filing))
    )


def last_lines(runs: Table) -> dict[int, LastLine]:
    """By year, what *Runs* says last of its closing."""
    found = {}
    for at in np.flatnonzero((runs["command"] == Command.CLOSE_YEAR.key) & ~np.isnat(runs["at"])).tolist():
        year, _, said = runs["message"][at].partition(":")
        if year.isascii() and year.isdecimal():
            count = runs["changes"][at]
            cases = 0 if np.isnan(count) else int(count)
            found[int(year)] = LastLine(runs["at"][at].item().date(), runs["outcome"][at], said.strip(), cases)
    return found


def with_line(ledger: Ledger, line: NewLine, now: datetime) -> Ledger:
    """The ledger with a line in *Runs* about the closing of a year, in which nothing moved."""
    runs = ledger.tables[RUNS.key]
    cells: dict[str, list[object]] = {
        "run": [run_mark(now)],
        "at": [np.datetime64(now.replace(tzinfo=None), "s")],
        "command": [Command.CLOSE_YEAR.key],
        **({"changes": [float(line.cases)]} if line.cases else {}),
        "mail": [RunMail.NONE.key],
        "outcome": [line.outcome.key],
        "message": [f"{line.year}: {line.said}"],
    }
    return ledger.having(runs=runs.extended([runs.last_row + 1], **cells))


def announced(ledger: Ledger, years: Sequence[YearDue], now: datetime) -> Ledger:
    """The ledger with a line in *Runs* for each of these years that is announced from now on."""
    for one in years:
        if one.book and one.last is None:
            ledger = with_line(ledger, NewLine(one.year, RunOutcome.PLANNED, one.book, one.cases), now)
    return ledger


def said_of_years(ledger: Ledger, years: Sequence[YearDue], now: datetime) -> Iterator[Problem]:
    """What stands beside the setting: which year is to be closed, which could not be, and which was a few days ago."""
    yield from (_said(ledger, one, now.date()) for one in years)
    for year, line in last_lines(ledger.tables[RUNS.key]).items():
        if line.outcome == RunOutcome.DONE.key and line.on > now.date() - SAID_FOR:
            code = (
                "year_closed" if line.cases else "year_stays"
            )  # whether or not somebody deleted its line in Year books
            yield _beside(ledger, code, year=str(year), day=line.on.isoformat(), value=line.said)


def _said(ledger: Ledger, due: YearDue, today: date) -> Problem:
    year, setting = str(due.year), SETTING[BOOKS_AFTER_YEARS]
    if due.lacking is not None:
        rows = ledger.policy.settings.rows  # without the row of a setting that somebody deleted
        row = rows.get(BOOKS_AFTER_YEARS if due.lacking.text == _STAY.text else YEAR_BOOK)
        return Problem("settings", row, "value", "year_lacks_book", (due.lacking,), warning=True)
    if due.last is not None and due.last.outcome == RunOutcome.FAILED.key:
        day, why = due.last.on.isoformat(), Message(due.last.said or "–")
        return _beside(ledger, "year_not_closed", year=year, day=day, reason=why, setting=setting)
    day = due.first_day(today).isoformat()
    return _beside(ledger, "year_ahead", year=year, count=due.cases, value=due.book, day=day, setting=setting)


def _beside(ledger: Ledger, code: str, **details: object) -> Problem:
    row = ledger.policy.settings.rows.get(BOOKS_AFTER_YEARS)
    return Problem("settings", row, "value", code, messages.problem(code, **details), warning=True)
