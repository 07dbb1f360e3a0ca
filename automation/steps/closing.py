"""Closing a year: which filed cases go to the year's book with all that was written about them, and what is left of them.

The order of the steps is in `automation/run/closing.py`; nothing here touches a workbook (docs/design.md#p8.13).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import numpy as np

from automation.cases.seals import digest_of_seals, row_values, seal
from automation.ledger.history import run_mark
from automation.ledger.history_chain import digest_of_run
from automation.ledger.model import Ledger
from automation.ledger.number_ranges import stretches
from automation.ledger.office_time import today
from automation.ledger.table import Array, Table, copied, is_among, lines_at
from automation.ledger.year_books import OLDEST_LEFT, cut_of
from automation.steps.filing import WAITING, all_seals, last_seal
from automation.steps.handover import not_handed_over
from automation.steps.repeats import prints_for_repeats
from sheet_schema import BOOKS, FILING, HISTORY, INDEX, NOTICES, RUNS, Tab
from sheet_schema.sending_words import Command, RunMail, RunOutcome
from sheet_schema.vocabulary import DIGESTS

WITH_CASES = (FILING, INDEX, NOTICES)
"""The tabs whose rows belong to a case and go with it."""
TABS_OF_A_BOOK = (*WITH_CASES, HISTORY, RUNS)
CASES_A_LINE = 200
"""How many cases a line of *Year books* keeps, so that no cell gets longer than a workbook takes."""


@dataclass(frozen=True)
class Closing:
    """The cases of a year that go, the positions of what goes in each tab by its key, and why other cases of that year
    stay: by number, the key of what holds it (`Workbook.bound`, or `seal`, `mail`, `number`, `handover`)."""

    year: int
    numbers: tuple[str, ...]
    going: Mapping[str, Array]
    staying: Mapping[str, str]

    def rows(self, ledger: Ledger) -> dict[str, list[int]]:
        """The rows of the sheet that go, by tab key."""
        return {key: ledger.tables[key].rows[at].tolist() for key, at in self.going.items()}

    def parts(self, ledger: Ledger, most: int | None) -> list[Closing]:
        """This closing in parts of at most so many rows (None: any number), none with a part of a case.

        What belongs to no case goes first: once the last case is gone, nobody would come back for it.
        """
        if most is None or sum(map(len, self.going.values())) <= most:
            return [self]
        weight: Counter[str] = Counter()
        for tab in WITH_CASES:
            weight.update(ledger.tables[tab.key]["case_no"][self.going[tab.key]].tolist())
        loose = [
            replace(self, numbers=(), going={tab.key: positions[first : first + most]})
            for tab, positions in ((tab, self._of_no_case(ledger, tab)) for tab in (HISTORY, NOTICES, RUNS))
            for first in range(0, len(positions), most)
        ]
        bundles: list[list[str]] = []
        room = 0
        for number in self.numbers:
            if not bundles or weight[number] > room:
                bundles.append([])
                room = most
            bundles[-1].append(number)
            room -= weight[number]
        return [*loose, *(self._of_cases(ledger, bundle) for bundle in bundles)]

    def _of_no_case(self, ledger: Ledger, tab: Tab) -> Array:
        at = self.going[tab.key]
        return at if tab is not NOTICES else at[ledger.tables[tab.key]["case_no"][at] == ""]

    def _of_cases(self, ledger: Ledger, numbers: Sequence[str]) -> Closing:
        wanted = np.asarray(numbers, dtype=object)
        cases = {tab.key: self.going[tab.key] for tab in WITH_CASES}
        going = {key: at[is_among(ledger.tables[key]["case_no"][at], wanted)] for key, at in cases.items()}
        return replace(self, numbers=tuple(numbers), going=going)


def years_to_close(ledger: Ledger, now: datetime, after: int) -> list[int]:
    """The years in which filed cases were filed that lie so many years back, the oldest first."""
    filed_on = ledger.filing["filed_on"]
    years = {day.year for day in filed_on.tolist() if day is not None}
    return sorted(year for year in years if year <= now.year - max(after, OLDEST_LEFT))


def filed_in(ledger: Ledger, year: int) -> Array:
    """The positions in Filing of the cases that were filed in this year."""
    return np.flatnonzero(_years(ledger.filing["filed_on"]) == year)


def closing_of(ledger: Ledger, year: int, held: Mapping[str, Mapping[int, str]]) -> Closing:
    """What goes when this year is closed. `held` has, by tab key and row, what holds rows that cannot go."""
    filing = ledger.filing
    of_year = filed_in(ledger, year)
    numbers = filing["case_no"][of_year].tolist()
    staying = {**_doubtful(ledger, of_year), **_held(ledger, held, frozenset(numbers))}
    leaving = {number for number in numbers if number and number not in staying}
    gone = np.asarray(sorted(leaving), dtype=object)
    going = {tab.key: np.flatnonzero(is_among(ledger.tables[tab.key]["case_no"], gone)) for tab in WITH_CASES}
    going[NOTICES.key] = np.union1d(going[NOTICES.key], _old_digests(ledger.tables[NOTICES.key], year))
    going[RUNS.key] = _old_runs(ledger.tables[RUNS.key], year)
    going[HISTORY.key] = np.flatnonzero(_until(ledger.tables[HISTORY.key]["at"], year))
    for key, rows in held.items():
        going[key] = going[key][~np.isin(ledger.tables[key].rows[going[key]], list(rows))]
    if held.get(HISTORY.key):
        going[HISTORY.key] = going[HISTORY.key][:0]  # all of its lines or none, since they are chained
    in_order = tuple(number for number in numbers if number in leaving)
    return Closing(year, in_order, going if leaving else {}, {number: why for number, why in staying.items() if number})


def _years(days: Array) -> Array:
    """The year of each day; 0 for none."""
    years = days.astype("datetime64[Y]").astype(np.int64) + 1970
    years[np.isnat(days)] = 0
    return years


def _until(moments: Array, year: int) -> Array:
    """Whether each moment lies in this year or an earlier one."""
    years = _years(moments)
    until: Array = (years > 0) & (years <= year)
    return until


def _held(ledger: Ledger, held: Mapping[str, Mapping[int, str]], numbers: frozenset[str]) -> dict[str, str]:
    """By number, what holds a row of these cases in any tab."""
    found: dict[str, str] = {}
    for tab in WITH_CASES:
        table, rows = ledger.tables[tab.key], held.get(tab.key, {})
        lines = zip(table["case_no"].tolist(), table.rows.tolist(), strict=True) if rows else ()
        found |= {number: rows[row] for number, row in lines if row in rows and number in numbers}
    return found


def _doubtful(ledger: Ledger, of_year: Array) -> dict[str, str]:
    """The cases of the year that must not go yet: sealed no more, under a number that stands twice or is in the Register
    again, with a mail on its way, or on no hand-over list that reached anybody."""
    filing, notices = ledger.filing, ledger.tables[NOTICES.key]
    found = {}
    waiting = set(notices["case_no"][np.isin(notices["state"], WAITING)].tolist())
    to_hand_over = not_handed_over(ledger)
    twice = copied(filing["case_no"]) | is_among(filing["case_no"], ledger.register["case_no"])
    for at, values in zip(of_year.tolist(), row_values(filing, of_year.tolist()), strict=True):
        number = filing["case_no"][at]
        if twice[at]:
            found[number] = "number"
        elif np.isnan(filing["seal_no"][at]) or seal(values) != filing["seal"][at]:
            found[number] = "seal"
        elif number in waiting:
            found[number] = "mail"
        elif to_hand_over[at]:
            found[number] = "handover"
    return found


def _old_digests(notices: Table, year: int) -> Array:
    """The digests of this year and earlier ones: about no single case, and followed by newer ones long since."""
    digests = np.isin(notices["kind"], [kind.key for kind in DIGESTS]) & (notices["case_no"] == "")
    done = digests & ~np.isin(notices["state"], WAITING)
    return np.flatnonzero(done & _until(notices["claimed_at"], year))


def _old_runs(runs: Table, year: int) -> Array:
    """The lines of Runs of this year and earlier ones, but for those by which something is still known.

    The first tells this ledger from others; the last with a digest of all seals, and that of the last run that was free to
    send, count until there are newer ones; the last of all tells when the ledger was last at work. Closings do not count
    here, so that of a closing in several parts each finds the same lines old.
    """
    old = _until(runs["at"], year)
    others = runs["command"] != Command.CLOSE_YEAR.key
    for known in (runs["seals"] != "", np.isin(runs["mail"], [RunMail.ALL.key, ""]), others):
        old[np.flatnonzero(known & others)[-1:]] = False
    old[np.flatnonzero(runs["run"] != "")[:1]] = False
    return np.flatnonzero(old & others)


def closed(ledger: Ledger, closing: Closing, book: str, outcome: RunOutcome, now: datetime) -> Ledger:
    """The ledger with its lines in *Year books* and *Runs* about this closing, of which it may be a part; the rows that go
    are still in it."""
    filing, books, runs = ledger.filing, ledger.tables[BOOKS.key], ledger.tables[RUNS.key]
    going = closing.going.get(FILING.key, np.empty(0, dtype=np.int64))
    about: dict[str, object] = {"year": float(closing.year), "book": book, "closed_on": today(now)}
    about["history"] = _history_until(ledger, closing, book)
    pieces = [*_pieces(going)]
    if not pieces and closing.going.get(HISTORY.key, going).size and book not in books["book"]:
        pieces = [going]  # a first part without cases: where History begins now must be known from here on
    lines = [{**about, **_line(ledger, piece)} for piece in pieces]
    rows = range(books.last_row + 1, books.last_row + 1 + len(lines))
    books = books.extended(rows, **{key: [line[key] for line in lines] for key in (lines[0] if lines else ())})
    left = np.setdiff1d(np.arange(len(filing)), going)
    runs = runs.extended(
        [runs.last_row + 1],
        run=[run_mark(now)],
        at=[np.datetime64(now.replace(tzinfo=None), "s")],
        command=[Command.CLOSE_YEAR.key],
        changes=[float(sum(map(len, closing.going.values())))],
        mail=[RunMail.NONE.key],
        outcome=[outcome.key],
        message=[f"{closing.year}: {book}"],
        last_seal=[float(last_seal(ledger))],
        seals=[all_seals(lines_at(filing, left))],
    )
    return ledger.having(books=books, runs=runs)


def _history_until(ledger: Ledger, closing: Closing, book: str) -> str:
    """The digest that History had at the end of what went to this book; the part that goes first says it for all."""
    books, history = ledger.tables[BOOKS.key], ledger.tables[HISTORY.key]
    if book in books["book"]:
        return str(books["history"][books["book"] == book][0])
    going = closing.going.get(HISTORY.key, np.empty(0, dtype=np.int64))
    chained = going[history["chain"][going] != ""]
    if not chained.size:
        return cut_of(ledger).digest
    last = chained[np.argmax(history["at"][chained])]
    return digest_of_run(history, history["run"][last])


def _pieces(positions: Array) -> Iterator[Array]:
    for first in range(0, len(positions), CASES_A_LINE):
        yield positions[first : first + CASES_A_LINE]


def _line(ledger: Ledger, at: Array) -> dict[str, object]:
    """What a line of *Year books* keeps of the cases at these positions in Filing."""
    filing = ledger.filing
    seals = dict(zip(filing["seal_no"][at].astype(int).tolist(), filing["seal"][at].tolist(), strict=True))
    return {
        "cases": float(len(at)),
        "numbers": stretches(filing["case_no"][at].tolist()),
        "archive_nos": stretches([number for number in filing["archive_no"][at].tolist() if number]),
        "seal_nos": stretches([str(number) for number in seals]),
        "seals": digest_of_seals(seals),
        "prints": "\n".join(_with_prints(filing, at.tolist())),
    }


def _with_prints(filing: Table, positions: Sequence[int]) -> Iterator[str]:
    for at, theirs in zip(positions, prints_for_repeats(filing, positions), strict=True):
        if theirs:
            yield " ".join([filing["case_no"][at], *sorted(theirs)])
