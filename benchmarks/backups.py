"""What the backups of a year cost beside the ledger: `python -m benchmarks.backups [filed cases]`.

A ledger of many filed cases is worked with for a year: a run a month, then one a day, then one every ten minutes, each after
new cases were typed in. All of them are backups that are kept.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time

from automation.ledger.parsing import parse
from automation.run.job import JOBS, Request
from automation.run.run import run
from automation.workbooks.excel import backups
from automation.workbooks.excel.older_copies import OlderCopies
from automation.workbooks.excel.workbook import ExcelWorkbook
from benchmarks.nothing_to_do import build
from benchmarks.register import NOW
from tests.support.workbook_homes import type_cells

NEW_CASES = {"month": 80, "day": 8, "run": 2}


def moments() -> Iterator[tuple[timedelta, int]]:
    """How long after the first run each one comes, and how many cases were typed in before."""
    yield from ((timedelta(days=31 * month), NEW_CASES["month"]) for month in range(1, 12))
    yield from ((timedelta(days=342 + day), NEW_CASES["day"]) for day in range(1, 31))
    yield from ((timedelta(days=372, minutes=10 * count), NEW_CASES["run"]) for count in range(1, 13))


def typed(path: Path, count: int, mark: str) -> None:
    """Type this many cases into empty lines of the register."""
    register = parse(ExcelWorkbook(path, datetime.now(UTC)).read()).register
    free = register.rows[register["petitioner"] == ""][:count].tolist()
    cells = {"channel": "来信", "kind": "申诉求决", "topic": "教育教学"}
    said = {
        "petitioner": f"来信人{mark}",
        "contact": f"138{mark}",
        "summary": f"反映{mark}的事，请学校核实。",
        "about": "-",
    }
    type_cells(
        path, "登记", {(row, register.at[key] + 1): text for row in free for key, text in {**cells, **said}.items()}
    )


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ledger.xlsx"
        build(path, count)
        spent, began = 0.0, datetime(2026, 1, 1, tzinfo=UTC)
        for mark, (after, cases) in enumerate(moments()):
            typed(path, cases, f"{mark:08d}")
            clock, now = began + after, NOW + after
            run(ExcelWorkbook(path, clock), Request(JOBS["run"], now, clock, outbox=path.with_name("ledger.outbox")))
            began_at = process_time()
            backups.prune(path, clock)
            spent = process_time() - began_at
        kept = backups.folder_of(path)
        whole, older = backups.dated(kept), OlderCopies(kept)
        sizes = {file.name: file.stat().st_size for file in kept.iterdir()}
        began_at = perf_counter()
        oldest = older.content(min(older.names()))
        print(f"ledger of {count} filed cases: {path.stat().st_size / 1e6:.2f} MB")
        print(
            f"{len(whole) + len(older.names())} backups: {sum(sizes.values()) / 1e6:.2f} MB, {sum(sizes.values()) / path.stat().st_size:.2f} times the ledger"
        )
        print(f"  {sizes}")
        print(
            f"pruning with nothing to do {spent:.3f} s; the oldest copy ({len(oldest) / 1e6:.2f} MB) taken out in {perf_counter() - began_at:.2f} s"
        )


if __name__ == "__main__":
    main()
