"""Faults at the requests of a run on Google: the next run ends in the same state as a run without faults.

No mail is lost, and none goes out under two Message-IDs. `python -m tests.google_faults` tries each fault at each request; the
exit code is 1 if anything was wrong.
"""

from __future__ import annotations

import sys
import tempfile
from contextlib import nullcontext
from functools import cache
from pathlib import Path

from automation.ledger.errors import Busy, LedgerError
from automation.run.job import JOBS
from tests.sheets_api.faults import KINDS, REFUSALS
from tests.support import small_office as office
from tests.support import workbook_homes as homes
from tests.support.ledger_in_memory import line
from tests.support.small_office import FANG, HANDLED, at, column, ledger_at

NOW, NEXT, LAST = "2026-03-13T09:00", "2026-03-13T09:10", "2026-03-13T09:20"
CALLS = 7
"""Two reads, the lock, another read, the look-up of rows, the commit, one confirmation (which releases the lock)."""
CLOSED = {"decision": "不予受理", "decided_on": "2026-03-03", "reason": "重复", "notified_on": "2026-03-04"}
SAME = {
    "register": ("case_no", "petitioner", "summary", "light", "problems", "status", "step", "due_on", "department", "handler"),
    "filing": ("case_no", "petitioner", "summary", "archive_no", "filed_on", "seal_no", "seal"),
    "index": ("case_no", "issued_on", "first_seen", "fingerprint", "closed_on", "filed_on", "archive_no"),
    "history": ("case_no", "column", "before", "after", "why"),
    "notices": ("key", "to", "kind", "state"),
    "settings": ("name", "value"),
}  # fmt: skip
PLACES = [(kind, nth) for kind in sorted({*KINDS, *REFUSALS}) for nth in range(1, CALLS + 1)]
"""Each kind of fault at each request."""


def ledger(folder: Path) -> Path:
    """A ledger with a reminder to send, a case to assign, one to number, and one to file."""
    path = _made().put(folder)
    homes.server().clear_calls()
    return path


@cache
def _made() -> homes.Kept:
    return homes.kept(_make)


def _make(folder: Path) -> Path:
    cases = [
        line("LV-00001", **HANDLED),
        line("LV-00002", summary="新事由"),
        line("LV-00003", **CLOSED, handler="王芳", summary="旧事由"),
        line("", summary="没有编号"),
    ]
    path = ledger_at(folder, cases, [FANG], archive_after_days="1")
    at(path, "2026-03-12T09:00", job=JOBS["validate"])
    return path


def state(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Everything that must not depend on faults, row by row, without blank lines in the job's own tabs."""
    rows = {tab: column(path, tab, *keys) for tab, keys in SAME.items()}
    return {tab: sorted(found, key=str) if tab in ("notices", "history") else found for tab, found in rows.items()}


def mails(folder: Path) -> dict[str, set[str]]:
    """The Message-IDs under which each mail went out, by reader and subject."""
    found: dict[str, set[str]] = {}
    for mail in office.read(folder / "out"):
        found.setdefault(f"{mail['To']} {mail['Subject']}", set()).add(str(mail["Message-ID"]))
    return found


@cache
def without_faults(folder: Path) -> tuple[dict[str, list[tuple[object, ...]]], tuple[str, ...], int]:
    path = ledger(folder)
    at(path, NOW)
    count = len(homes.server().calls)
    for moment in (NEXT, LAST):
        at(path, moment)
    return state(path), tuple(sorted(mails(folder))), count


def wrong_after(kind: str, nth: int, folder: Path, reference: Path) -> list[str]:
    """Let the nth request of a run fail, do the next runs, and return what is otherwise than without the fault."""
    expected, said, count = without_faults(reference)
    path = ledger(folder)
    server = homes.server()
    server.hang_seconds = 0.7
    server.fail(kind, nth=nth)
    try:
        with homes.impatient() if kind.startswith("hang") else nullcontext():
            at(path, NOW)
    except (Busy, LedgerError):
        pass  # it gave way, and says so
    finally:
        waiting = len(server.faults.waiting)
        server.faults.clear()
    for moment in (NEXT, LAST):
        at(path, moment)
    found, names = state(path), mails(path.parent)
    wrong = [f"{tab}: {found[tab]} instead of {expected[tab]}" for tab in expected if found[tab] != expected[tab]]
    wrong += [f"a run takes {count} requests, not {CALLS}"] * (count != CALLS)
    wrong += [f"{waiting} faults never came"] * (waiting != 0)
    wrong += [f"mails: {sorted(names)} instead of {said}"] * (tuple(sorted(names)) != said)
    wrong += [f"{mail} under several Message-IDs" for mail, ids in names.items() if len(ids) != 1]
    wrong += ["the last run still had something to do"] * (at(path, "2026-03-13T09:30").edits != ())
    return wrong


def main() -> int:
    bad = 0
    with tempfile.TemporaryDirectory() as name, homes.at_home("google", Path(name)):
        for kind, nth in PLACES:
            if wrong := wrong_after(kind, nth, Path(name) / f"{kind} {nth}", Path(name) / "reference"):
                bad += 1
                print(f"{kind} at request {nth}: {wrong}", flush=True)
    print(f"{len(PLACES)} faults: {bad} wrong.")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
