"""A ledger with three cases filed in 2026 and two open ones, and the closing of that year in 2028."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from click.testing import CliRunner, Result

import jobs
from automation.ledger.parsing import parse
from automation.ledger.recognition import as_a_ledger
from sheet_schema import REGISTER
from tests.support.ledger_in_memory import line
from tests.support.small_office import CLOCK, at, column, ledger_at, typed
from tests.support.workbook_homes import Kept, address, book_at, kept, on_google_now

CLOSED = {"decision": "不予受理", "decided_on": "2026-03-21", "reason": "重复", "notified_on": "2026-03-23"}
FILED, CLOSING, AFTER = "2026-06-01T09:00", "2028-02-01T09:00", "2028-02-01T09:10"
GOING, LEFT = [f"LV-{i:05d}" for i in (1, 2, 3)], [f"LV-{i:05d}" for i in (4, 5)]
BOOK = "ledger 2026.xlsx"


def filed() -> Kept:
    """The ledger before its year is closed, with mails about the cases, in the kind of workbook that ledgers are kept in now."""
    return _filed(on_google_now())


@cache
def _filed(_: object) -> Kept:

    def make(folder: Path) -> Path:
        cases = [
            line(f"LV-{i:05d}", handler="王芳", petitioner=f"访客{i}", contact=f"1380000000{i}") for i in range(1, 6)
        ]
        path = ledger_at(folder, cases)
        at(path, "2026-03-20T09:00")
        for row in (2, 3, 4):
            for key, value in CLOSED.items():
                typed(path, REGISTER[key].label("zh"), value, row=row)
        for moment in ("2026-03-24T09:00", FILED, "2026-06-02T09:00"):
            at(path, moment)
        return path

    return kept(make)


@cache
def closed() -> Kept:
    """The ledger with its year book, after the closing."""

    def make(folder: Path) -> Path:
        path = filed().put(folder)
        assert close(path).exit_code == 0
        return path

    return kept(make)


def say(*arguments: str) -> Result:
    return CliRunner().invoke(jobs.main, list(arguments))


def close(path: Path, *more: str) -> Result:
    return say("close-year", "-w", address(path), "--now", CLOSING, "--yes", *more)


def numbers(path: Path, tab: str) -> list[object]:
    return [number for (number,) in column(path, tab, "case_no") if number]


def in_book(path: Path, tab: str, key: str = "case_no") -> list[object]:
    table = parse(as_a_ledger(book_at(path.with_name(BOOK), CLOCK).read())).tables[tab]
    return [number for number in table[key].tolist() if number]
