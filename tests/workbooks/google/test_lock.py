"""The lock on a spreadsheet: one run holds it, a dead run loses it, and a run that lost it writes nothing more."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from automation.ledger.errors import Busy
from automation.ledger.serial_days import serial
from automation.workbooks.google.lock import LEASE, clock_from, new_id, not_ours
from tests.support.small_spreadsheet import Ledger, Way, said
from tests.support.spreadsheet_lock import (
    BEATEN,
    FIELDS,
    NINE,
    SMALL,
    WHEN_DONE,
    WHEN_NOT,
    Door,
    refused_to,
    takes,
    write,
)

# --- taking -----------------------------------------------------------------------------------------------------


def test_it_is_taken_in_one_call_that_also_says_what_tabs_there_are(door: Door) -> None:
    lease = door.run()
    reply = lease.take(FIELDS)
    tabs = [sheet["properties"]["title"] for sheet in reply["sheets"]]
    assert (tabs, lease.held, len(door.ledger.way.server.calls)) == (["Register", "_lock"], True, 1)
    ((owner, until),) = door.lock() or [()]
    hidden = door.ledger.sheet("_lock").model.properties["hidden"]
    assert (len(str(owner)), until, hidden) == (16, serial(NINE + LEASE), True)


def test_the_second_is_told_until_when(door: Door) -> None:
    door.run().take(FIELDS)
    door.clock.now += timedelta(minutes=9, seconds=59)
    before, second = door.lock(), door.run()
    assert refused_to(lambda: second.take(FIELDS)) == (
        Busy,
        75,
        "Another run is working on this spreadsheet (at the latest until 09:10 UTC): try again later.",
        "另一次运行正在处理此电子表格（最迟到 UTC 09:10）：请稍后再试。",
    )
    assert (second.held, door.lock()) == (False, before)


def test_one_that_is_over_is_broken(door: Door) -> None:
    door.run().take(FIELDS)
    door.clock.now += LEASE
    second = door.run()
    assert ([s["properties"]["title"] for s in second.take(FIELDS)["sheets"]], second.held, door.until()) == (
        ["Register", "_lock"],
        True,
        serial(NINE + 2 * LEASE),
    )


def test_one_that_is_over_is_broken_by_one_run_only(door: Door) -> None:
    """Both saw that it had expired, and the other was a moment quicker."""
    door.run().take(FIELDS)
    door.clock.now += LEASE
    slower, ends = door.run(), NINE + 2 * LEASE
    door.ledger.just_before(lambda _: door.somebody_takes(ends, over=True), nth=2, where=takes)
    assert (refused_to(lambda: slower.take(FIELDS)), slower.held, door.lock()) == (
        BEATEN,
        False,
        [["rival", serial(ends)]],
    )


def test_two_runs_break_one_that_is_over_one_after_the_other(door: Door) -> None:
    door.run().take(FIELDS)
    door.clock.now += LEASE
    door.run().take(FIELDS)
    late = door.run()
    assert refused_to(lambda: late.take(FIELDS))[2][:60] == (
        "Another run is working on this spreadsheet (at the latest un"
    )


def test_one_that_was_given_back_while_it_was_looked_at_is_taken(door: Door) -> None:
    first, second = door.run(), door.run()
    first.take(FIELDS)
    gone = {"deleteSheet": {"sheetId": door.ledger.sheet("_lock").id}}
    door.ledger.just_before(lambda ledger: ledger.do(gone), where=lambda call: call.method == "GET")
    second.take(FIELDS)
    assert (second.held, door.until()) == (True, serial(NINE + LEASE))


def test_one_that_was_given_back_and_taken_by_another(door: Door) -> None:
    door.run().take(FIELDS)
    gone = {"deleteSheet": {"sheetId": door.ledger.sheet("_lock").id}}

    def somebody(ledger: Ledger) -> None:
        ledger.do(gone)
        ledger.just_before(lambda _: door.somebody_takes(NINE + LEASE), where=takes)

    door.ledger.just_before(somebody, where=lambda call: call.method == "GET")
    assert refused_to(lambda: door.run().take(FIELDS)) == BEATEN


@pytest.mark.parametrize("rows", [[], [["our locks"]], [["our locks", "Monday"]]])
def test_a_tab_of_that_name_that_no_run_made_is_left_alone(way: Way, rows: list[list[str]]) -> None:
    door = Door(way.ledger({**SMALL, "_lock": rows}))
    before = door.ledger.raw()
    assert (refused_to(lambda: door.run().take(FIELDS)), door.ledger.raw()) == (said(not_ours()), before)


@pytest.mark.parametrize("kind", WHEN_DONE)
def test_taken_though_the_answer_was_lost(door: Door, kind: str) -> None:
    lease = door.run(kind)
    door.ledger.way.server.fail(kind, where=takes)
    tabs = [sheet["properties"]["title"] for sheet in lease.take(FIELDS)["sheets"]]
    assert (tabs, lease.held, len(door.ledger.way.server.calls)) == (["Register", "_lock"], True, 3)
    door.batch(*write(lease))
    assert door.ledger.column(1) == ["LV-00009"]


@pytest.mark.parametrize("kind", WHEN_NOT)
def test_not_taken_and_the_answer_was_lost(door: Door, kind: str) -> None:
    lease = door.run(kind)
    door.ledger.way.server.fail(kind, where=takes)
    assert (refused_to(lambda: lease.take(FIELDS)), lease.held, door.lock()) == (BEATEN, False, None)


def test_the_answer_was_lost_and_another_run_has_it(door: Door) -> None:
    lease = door.run()
    door.ledger.way.server.fail("503-before", where=takes)
    door.ledger.just_before(lambda _: door.somebody_takes(NINE + LEASE), where=lambda call: call.method == "GET")
    assert (refused_to(lambda: lease.take(FIELDS)), lease.held) == (BEATEN, False)


def test_what_is_refused_for_another_reason_is_said_as_such(way: Way) -> None:
    door = Door(way.ledger(SMALL, shared="reader"))
    assert refused_to(lambda: door.run().take(FIELDS))[2][:30] == "The spreadsheet is not shared "


# --- its parts --------------------------------------------------------------------------------------------------


def test_its_clock_starts_where_it_is_told_in_utc_and_goes_on() -> None:
    clock = clock_from(datetime.fromisoformat("2026-03-18T17:00+08:00"))
    first, second = clock(), clock()
    assert NINE <= first <= second < NINE + timedelta(seconds=5)
    assert clock_from(datetime(2026, 3, 18, 9, tzinfo=UTC))() >= NINE


def test_its_ids_fit_a_sheet_and_are_hardly_ever_the_same() -> None:
    found = {new_id() for _ in range(1000)}
    assert (len(found) > 990, min(found) > 0, max(found) < 2**31) == (True, True, True)
