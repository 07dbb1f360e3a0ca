"""What is said to come is what later runs do: asked once, then run day by day."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import cast

from click.testing import CliRunner

import jobs
from automation.reports.case.events import What
from automation.reports.case.one_case import one_case
from automation.reports.case.to_come import to_come
from automation.run.job import Result
from automation.run.run import run
from tests.support.ledger_in_memory import line
from tests.support.small_office import FANG, HANDLED, at, column, ledger_at, request_at, typed
from tests.support.workbook_homes import address, book_at

ON_BOTH = True

# Due on Sunday 22 March; the days include a Saturday, when ordinary mail waits.
DAYS = ("10T11:00", "10T11:40", "13T09:00", "14T09:00", "16T09:00", "19T09:00", "20T09:00", "23T09:00")
PRINCIPAL = {"name": "孙校长", "role": "校长", "email": "sun@s.example"}


def foretold(path: Path, moment: str) -> list[tuple[str, str, str, str]]:
    """(day, kind, step, role) of every mail to come as foretold at that moment, except those nobody can get."""
    request = replace(request_at(path, moment), dry_run=True, outbox=None)
    return to_be_mailed(run(book_at(path, request.real_time), request))


def to_be_mailed(result: Result) -> list[tuple[str, str, str, str]]:
    one = one_case(result, "LV-00001")
    assert one is not None
    found = []
    for event in to_come(one).events:
        if event.what is What.MAIL:
            readers = cast(Mapping[str, tuple[str, ...]], event.facts["readers"])
            kind, step = str(event.facts["kind"]), str(event.facts.get("step", ""))
            found += [(str(event.day), kind, step, slot) for slot, names in readers.items() if names]
    return sorted(found)


def done(path: Path) -> list[tuple[str, str, str, str]]:
    rows = column(path, "notices", "claimed_at", "kind", "step", "slot", "state", "case_no")
    return sorted((str(when)[:10], *said) for when, *said, state, number in rows if state != "superseded" and number)


def test_what_is_foretold_is_done(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, [line(**HANDLED, important="✓")], [FANG, PRINCIPAL])
    told = foretold(path, f"2026-03-{DAYS[0]}")
    for day in DAYS:
        at(path, f"2026-03-{day}")
    assert done(path) == told
    assert {kind for _, kind, _, _ in told} == {"alert", "assignment", "reminder", "escalation"}


def test_right_after_a_run_its_own_mails_are_said(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, [line(**HANDLED, important="✓")], [FANG, PRINCIPAL])
    told = to_be_mailed(at(path, "2026-03-10T11:00"))
    assert told == foretold(path, "2026-03-10T11:00")
    assert told[0] == ("2026-03-10", "alert", "", "principal")


def test_once_it_is_answered_nothing_of_it_comes(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, [line(**HANDLED)], [FANG, PRINCIPAL])
    at(path, "2026-03-10T11:00")
    typed(path, "答复日期", "2026-03-11")
    assert foretold(path, "2026-03-11T09:00") == []


def test_as_one_object_it_says_the_same(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, [line(**HANDLED)], [FANG, PRINCIPAL])
    at(path, "2026-03-10T11:00")
    asked = ["explain", "LV-00001", "-w", address(path), "--now", "2026-03-11T09:00"]
    said = CliRunner().invoke(jobs.main, asked).stdout.splitlines()
    told = json.loads(CliRunner().invoke(jobs.main, [*asked, "--json"]).stdout)
    texts = [event["text"] for event in (*told["so_far"], *told["next"])]
    events = [one for one in said if one.startswith("    2026-")]
    assert [one[-len(text) :] for one, text in zip(events, texts, strict=True)] == texts
    assert said[-len(told["notes"]) :] == [f"    {note}" for note in told["notes"]]
