"""The lock on a spreadsheet: one run has it, a dead one loses it, and whoever lost it writes nothing more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from automation.errors import Busy, LedgerError
from automation.workbooks.sheets.lease import LEASE, TRIES, Lease, clock_from, lost, new_id, not_ours
from automation.workbooks.sheets.refusals import Refused, no_network
from automation.workbooks.sheets.values import serial
from tests.sheets_api.server import Call
from tests.workbooks.sheets.small_ledgers import Ledger, Way, said

NINE = datetime(2026, 3, 18, 9)  # noqa: DTZ001  (UTC, naive, as the lease counts)
FIELDS = "sheets.properties.title"
SMALL = {"Register": [["Case no."], ["LV-00001"]]}
BEATEN = (
    Busy, 75, "Another run took this spreadsheet at the same moment: try again later.",
    "另一个任务同时占用了此电子表格：请稍后再试。",
)  # fmt: skip
WHEN_DONE = ["500-after", "503-after", "502-html-after", "drop-after", "drop-reply-half", "hang-after"]
WHEN_NOT = ["500-before", "503-before", "502-html-before", "drop-before", "hang-before"]


@dataclass
class Clock:
    """UTC, as a test says."""

    now: datetime = NINE

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Door:
    """A spreadsheet, and runs that want its lock, each by a way of its own; one clock for all."""

    ledger: Ledger
    clock: Clock = field(default_factory=Clock)

    def run(self) -> Lease:
        return Lease(self.ledger.way.transport(timeouts=(2, 0.15)), self.ledger.key, self.clock)

    def batch(self, *requests: dict[str, Any]) -> None:
        self.ledger.way.transport().write(self.ledger.key, requests)

    def lock(self) -> list[list[Any]] | None:
        """What stands in the lock's tab."""
        return self.ledger.rows("_lock") if "_lock" in self.ledger.book.titles() else None

    def until(self) -> Any:
        rows = self.lock()
        return rows[0][1] if rows else None

    def somebody_takes(self, until: datetime, *, over: bool = False) -> None:
        """Another run takes the lock, over one that is there, all at once."""
        there = [{"deleteSheet": {"sheetId": self.ledger.sheet("_lock").id}}] if over else []
        cells = [
            {"userEnteredValue": {"stringValue": "rival"}}, {"userEnteredValue": {"numberValue": serial(until)}},
        ]  # fmt: skip
        self.ledger.do(
            *there,
            {"addSheet": {"properties": {"sheetId": 77, "title": "_lock", "hidden": True}}},
            {"updateCells": {"start": {"sheetId": 77}, "rows": [{"values": cells}], "fields": "userEnteredValue"}},
        )  # fmt: skip


@pytest.fixture
def door(way: Way) -> Door:
    way.server.hang_seconds = 0.3
    return Door(way.ledger(SMALL))


def takes(call: Call) -> bool:
    return call.path.endswith(":batchUpdate") and any("addSheet" in one for one in call.body["requests"])


def refused_to(work: Callable[[], object]) -> tuple[type[LedgerError], int, str, str]:
    with pytest.raises(LedgerError) as caught:
        work()
    return said(caught.value)


def write(lease: Lease) -> list[dict[str, Any]]:
    """A guarded batch: the fence, and a cell."""
    cell = {"userEnteredValue": {"stringValue": "LV-00009"}}
    start = {"sheetId": 1000, "rowIndex": 1, "columnIndex": 0}
    return [
        {"updateCells": {"start": start, "rows": [{"values": [cell]}], "fields": "userEnteredValue"}},
        lease.fence(),
    ]


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
        Busy, 75,
        "Another run is working on this spreadsheet (at the latest until 09:10 UTC): try again later.",
        "另一个任务正在处理此电子表格（最迟到 UTC 09:10）：请稍后再试。",
    )  # fmt: skip
    assert (second.held, door.lock()) == (False, before)


def test_one_that_is_over_is_broken(door: Door) -> None:
    door.run().take(FIELDS)
    door.clock.now += LEASE
    second = door.run()
    assert ([s["properties"]["title"] for s in second.take(FIELDS)["sheets"]], second.held, door.until()) == (
        ["Register", "_lock"], True, serial(NINE + 2 * LEASE),
    )  # fmt: skip


def test_one_that_is_over_is_broken_by_one_run_only(door: Door) -> None:
    """Both saw that it was over; the other was a moment quicker."""
    door.run().take(FIELDS)
    door.clock.now += LEASE
    slower, ends = door.run(), NINE + 2 * LEASE
    door.ledger.just_before(lambda _: door.somebody_takes(ends, over=True), nth=2, where=takes)
    assert (refused_to(lambda: slower.take(FIELDS)), slower.held, door.lock()) == (
        BEATEN, False, [["rival", serial(ends)]],
    )  # fmt: skip


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
    lease = door.run()
    door.ledger.way.server.fail(kind, where=takes)
    tabs = [sheet["properties"]["title"] for sheet in lease.take(FIELDS)["sheets"]]
    assert (tabs, lease.held, len(door.ledger.way.server.calls)) == (["Register", "_lock"], True, 3)
    door.batch(*write(lease))
    assert door.ledger.column(1) == ["LV-00009"]


@pytest.mark.parametrize("kind", WHEN_NOT)
def test_not_taken_and_the_answer_was_lost(door: Door, kind: str) -> None:
    lease = door.run()
    door.ledger.way.server.fail(kind, where=takes)
    assert (refused_to(lambda: lease.take(FIELDS)), lease.held, door.lock()) == (BEATEN, False, None)


def test_the_answer_was_lost_and_another_run_has_it(door: Door) -> None:
    lease = door.run()
    door.ledger.way.server.fail("503-before", where=takes)
    door.ledger.just_before(
        lambda _: door.somebody_takes(NINE + LEASE), where=lambda call: call.method == "GET"
    )
    assert (refused_to(lambda: lease.take(FIELDS)), lease.held) == (BEATEN, False)


def test_what_is_refused_for_another_reason_is_said_as_such(way: Way) -> None:
    door = Door(way.ledger(SMALL, shared="reader"))
    assert refused_to(lambda: door.run().take(FIELDS))[2][:30] == "The spreadsheet is not shared "


# --- while it is held -------------------------------------------------------------------------------------------


def test_every_batch_prolongs_it(door: Door) -> None:
    lease = door.run()
    lease.take(FIELDS)
    door.clock.now += timedelta(minutes=4)
    door.batch(*write(lease))
    assert (door.until(), door.ledger.column(1)) == (serial(NINE + timedelta(minutes=14)), ["LV-00009"])


def test_a_run_that_lost_it_has_its_whole_batch_refused(door: Door) -> None:
    slow, quick = door.run(), door.run()
    slow.take(FIELDS)
    door.clock.now += LEASE
    quick.take(FIELDS)
    before = door.ledger.raw()
    with pytest.raises(Refused) as caught:
        door.batch(*write(slow))
    assert (slow.is_lost(caught.value), quick.is_lost(caught.value), door.ledger.raw()) == (
        True, False, before,
    )  # fmt: skip


def test_what_is_refused_for_another_reason_is_no_lost_lock(door: Door) -> None:
    lease = door.run()
    lease.take(FIELDS)
    with pytest.raises(Refused) as caught:
        door.batch(lease.fence(), {"deleteSheet": {"sheetId": 4}})
    assert lease.is_lost(caught.value) is False


# --- changing it for a new one ----------------------------------------------------------------------------------


def test_once_it_was_renewed_a_batch_that_arrives_late_does_nothing(door: Door) -> None:
    lease = door.run()
    lease.take(FIELDS)
    late = write(lease)
    door.clock.now += timedelta(minutes=1)
    reply = lease.renew(FIELDS)
    assert [sheet["properties"]["title"] for sheet in reply["sheets"]] == ["Register", "_lock"]
    assert door.until() == serial(NINE + timedelta(minutes=11))
    with pytest.raises(Refused):
        door.batch(*late)
    assert door.ledger.column(1) == ["LV-00001"]
    door.batch(*write(lease))
    assert (lease.held, door.ledger.column(1)) == (True, ["LV-00009"])


def test_one_that_was_lost_is_not_renewed(door: Door) -> None:
    slow = door.run()
    slow.take(FIELDS)
    door.somebody_takes(NINE + LEASE, over=True)
    assert (refused_to(lambda: slow.renew(FIELDS)), slow.held, door.lock()) == (
        said(lost()), False, [["rival", serial(NINE + LEASE)]],
    )  # fmt: skip


@pytest.mark.parametrize("kind", [*WHEN_DONE, *WHEN_NOT])
def test_renewed_though_an_answer_was_lost(door: Door, kind: str) -> None:
    lease = door.run()
    lease.take(FIELDS)
    late = write(lease)
    door.ledger.way.server.fail(kind, where=takes)
    reply = lease.renew(FIELDS)
    assert [sheet["properties"]["title"] for sheet in reply["sheets"]] == ["Register", "_lock"]
    with pytest.raises(Refused):
        door.batch(*late)
    door.batch(*write(lease))
    assert (lease.held, door.ledger.column(1)) == (True, ["LV-00009"])


def test_renewing_is_tried_so_often_and_no_more(door: Door) -> None:
    lease = door.run()
    lease.take(FIELDS)
    before = door.lock()
    door.ledger.way.server.clear_calls()
    door.ledger.way.server.fail("503-before", where=takes, times=99)
    assert refused_to(lambda: lease.renew(FIELDS))[1] == 75
    assert (lease.held, door.lock(), sum(map(takes, door.ledger.way.server.calls))) == (True, before, TRIES)


def test_an_answer_was_lost_and_another_run_has_it(door: Door) -> None:
    lease = door.run()
    lease.take(FIELDS)
    door.ledger.way.server.fail("drop-before", where=takes)
    door.ledger.just_before(
        lambda _: door.somebody_takes(NINE + LEASE, over=True), where=lambda call: call.method == "GET"
    )
    assert (refused_to(lambda: lease.renew(FIELDS)), lease.held) == (said(lost()), False)


# --- giving it back ---------------------------------------------------------------------------------------------


def test_given_back_it_is_gone_and_free_for_the_next(door: Door) -> None:
    first, second = door.run(), door.run()
    first.take(FIELDS)
    first.give_back()
    assert (first.held, door.lock()) == (False, None)
    second.take(FIELDS)
    assert second.held


def test_given_back_twice_it_is_given_back_once(door: Door) -> None:
    """The second time it may be another run's."""
    first, second = door.run(), door.run()
    first.take(FIELDS)
    first.give_back()
    second.take(FIELDS)
    before, count = door.lock(), len(door.ledger.way.server.calls)
    first.give_back()
    assert (door.lock(), len(door.ledger.way.server.calls)) == (before, count)


def test_one_that_was_lost_is_not_given_back_for_another(door: Door) -> None:
    slow = door.run()
    slow.take(FIELDS)
    door.somebody_takes(NINE + LEASE, over=True)
    slow.give_back()
    assert (slow.held, door.lock()) == (False, [["rival", serial(NINE + LEASE)]])


@pytest.mark.parametrize("kind", ["429", "503-before", "drop-before", "hang-before"])
def test_what_cannot_be_given_back_now_ends_by_itself(door: Door, kind: str) -> None:
    lease = door.run()
    lease.take(FIELDS)
    door.ledger.way.server.fail(kind, times=99)
    lease.give_back()
    door.ledger.way.server.faults.clear()
    assert (lease.held, door.until()) == (False, serial(NINE + LEASE))
    door.clock.now += LEASE
    second = door.run()
    second.take(FIELDS)
    assert second.held


def test_with_no_network_it_is_neither_taken_nor_thought_to_be(door: Door) -> None:
    lease = door.run()
    door.ledger.way.server.fail("drop", times=99)
    assert (refused_to(lambda: lease.take(FIELDS)), lease.held) == (said(no_network()), False)


# --- its parts --------------------------------------------------------------------------------------------------


def test_its_clock_starts_where_it_is_told_in_utc_and_goes_on() -> None:
    clock = clock_from(datetime.fromisoformat("2026-03-18T17:00+08:00"))
    first, second = clock(), clock()
    assert NINE <= first <= second < NINE + timedelta(seconds=5)
    assert clock_from(datetime(2026, 3, 18, 9, tzinfo=UTC))() >= NINE


def test_its_ids_fit_a_sheet_and_are_hardly_ever_the_same() -> None:
    found = {new_id() for _ in range(1000)}
    assert (len(found) > 990, min(found) > 0, max(found) < 2**31) == (True, True, True)
