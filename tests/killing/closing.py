"""Closings of a year that are killed again and again: `python -m tests.killing.closing [xlsx|google] [SEED] [TRIALS]`.

Whatever happens, each filed case stands in one place that the ledger knows of; and once a closing comes to its end, ledger
and book hold just the lines that they hold without any kill.
"""

from __future__ import annotations

import os
import random
import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from zoneinfo import ZoneInfo

import requests

from automation.commands.close_year import contents_of_a_book
from automation.ledger.book_lines import Lines, lines_of
from automation.ledger.number_ranges import numbers_in
from automation.ledger.parsing import parse
from automation.ledger.year_books import names_of_books
from automation.run.closing import closed_year
from automation.steps.closing import TABS_OF_A_BOOK, WITH_CASES
from automation.steps.verification import verify
from automation.workbooks.address import address_of, key_of_book
from automation.workbooks.google.workbook import GoogleWorkbook
from automation.workbooks.opening import workbook_at
from tests.killing.child import die_at
from tests.support.children import ended, started
from tests.support.closed_year import GOING, filed
from tests.support.small_office import set_to
from tests.support.workbook_homes import address, at_home, on_google_now, server, tidied

YEAR, FIRST = 2026, datetime(2028, 2, 1, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
APART = timedelta(minutes=11)
"""The lock on a Google Sheet that a dead closing held ends after ten."""
STEPS: list[tuple[Any, str]] = [(os, "fsync"), (os, "rename"), (os, "replace"), (requests.Session, "send")]
FEW_ROWS = 8
"""So many rows one commit takes out of a Google Sheet here, so that a closing takes several."""


@dataclass(frozen=True)
class Standing:
    """What stands in the ledger and in its book, whatever the order, and in how many places each case that goes is."""

    ledger: Lines
    book: Lines
    places: Mapping[str, int]
    wrong: tuple[str, ...]
    notes: tuple[str, ...] = ()
    """The notes on the cases in a book that is a spreadsheet."""


def ledger(folder: Path) -> Path:
    """A ledger with three cases of 2026; on Google with an empty spreadsheet for their book."""
    folder.mkdir(parents=True, exist_ok=True)
    path = filed().put(folder)
    if on_google_now():
        made = server().new_spreadsheet("年册", locale="zh_CN", time_zone="Asia/Shanghai")
        set_to(path, "year_book", address_of(str(made.id)))
        sheet = server().spreadsheets[address(path)].sheet("归档")
        for row, number in enumerate(GOING, start=2):
            at = {"sheetId": sheet.id, "rowIndex": row - 1, "columnIndex": 3}
            rows = [{"values": [{"note": f"看过{number}"}]}]
            sheet.request({"updateCells": {"start": at, "rows": rows, "fields": "note"}})
    return path


def close_at(place: str, clock: datetime) -> None:
    """Close the year of the ledger at this address."""
    GoogleWorkbook.most_out = FEW_ROWS
    closed_year(workbook_at(place, clock), YEAR, FIRST, contents_of_a_book)


def close_killed_at(place: str, clock: datetime, nth: int) -> None:
    """Close the year, and die at this step, from 0: before or after something is flushed, renamed, or sent to Google."""
    die_at(nth, STEPS)
    close_at(place, clock)


def standing(path: Path, clock: datetime) -> Standing:
    """What stands where now."""
    workbook = workbook_at(address(path), clock)
    snapshot = workbook.read()
    known = parse(snapshot)
    here = known.filing["case_no"].tolist()
    books = names_of_books(known)
    there = workbook.book(books[0]).read() if books else None
    lines = lines_of(there, TABS_OF_A_BOOK) if there is not None else {}
    recorded = [one for text in known.tables["books"]["numbers"].tolist() for one in numbers_in(text)]
    in_book = [dict(line).get("case_no", "").strip("'") for line in lines.get("filing", {}).elements()] if lines else []
    places = {number: here.count(number) + (in_book.count(number) if number in recorded else 0) for number in GOING}
    wrong = tuple(one.code for one in verify(known))
    notes = _notes(books[0]) if books and on_google_now() else ()
    return Standing(lines_of(snapshot, WITH_CASES), lines, places, wrong, notes)


def _notes(book: str) -> tuple[str, ...]:
    sheet = server().spreadsheets[key_of_book(book)].sheet("归档")
    return tuple(str(sheet.cell(row, 4).get("note")) for row in range(2, 2 + len(GOING)))


def tried(folder: Path, steps: list[int]) -> tuple[int, list[Standing]]:
    """Kill one closing after another at these steps, and let one come to its end: how many died, and what stood after each."""
    path, kills, found = ledger(folder), 0, []
    for number, nth in enumerate(steps):
        clock = FIRST + number * APART
        kills += ended(started(close_killed_at, address(path), clock, nth)) == -signal.SIGKILL
        found.append(standing(path, clock))
    last = FIRST + len(steps) * APART
    ended(started(close_at, address(path), last))
    return kills, [*found, standing(path, last)]


def main(kind: str = "xlsx", seed: str = "1", trials: str = "20") -> int:
    chance, worst = random.Random(int(seed)), 0
    with TemporaryDirectory() as folder, at_home(kind, Path(folder)):
        _, (unharmed,) = tried(Path(folder) / "unharmed", [])
        assert (unharmed.places, len(unharmed.book["filing"])) == (dict.fromkeys(GOING, 1), len(GOING))
        assert unharmed.notes == (tuple(f"看过{number}" for number in GOING) if kind == "google" else ())
        for trial in range(int(trials)):
            steps = [chance.randrange(80 if kind == "google" else 24) for _ in range(chance.randint(1, 4))]
            with tidied():
                kills, found = tried(Path(folder) / str(trial), steps)
            right = all(set(one.places.values()) == {1} for one in found) and found[-1] == unharmed
            print(f"{trial} {steps}: {kills} killed, {'right' if right else 'WRONG'}", flush=True)
            worst |= not right
    return worst


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
