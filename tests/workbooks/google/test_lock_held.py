"""The lock while a run holds it: prolonged by every batch, replaced by a new one, lost, released."""

from __future__ import annotations

from datetime import timedelta

import pytest

from automation.ledger.serial_days import serial
from automation.workbooks.google.lock import LEASE, TRIES, lock_lost
from automation.workbooks.google.refusals import Refused, no_network
from tests.support.small_spreadsheet import said
from tests.support.spreadsheet_lock import FIELDS, NINE, WHEN_DONE, WHEN_NOT, Door, refused_to, takes, write

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
    with pytest.raises(Refused):
        door.batch(*write(slow))
    book = door.ledger.way.transport().book(door.ledger.key)
    assert (slow.is_lost(book), quick.is_lost(book), door.ledger.raw()) == (
        True,
        False,
        before,
    )


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
        said(lock_lost()),
        False,
        [["rival", serial(NINE + LEASE)]],
    )


@pytest.mark.parametrize("kind", [*WHEN_DONE, *WHEN_NOT])
def test_renewed_though_an_answer_was_lost(door: Door, kind: str) -> None:
    lease = door.run(kind)
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
    assert (refused_to(lambda: lease.renew(FIELDS)), lease.held) == (said(lock_lost()), False)


# --- giving it back ---------------------------------------------------------------------------------------------


def test_given_back_it_is_gone_and_free_for_the_next(door: Door) -> None:
    first, second = door.run(), door.run()
    first.take(FIELDS)
    first.release()
    assert (first.held, door.lock()) == (False, None)
    second.take(FIELDS)
    assert second.held


def test_given_back_twice_it_is_given_back_once(door: Door) -> None:
    """The second time it may belong to another run."""
    first, second = door.run(), door.run()
    first.take(FIELDS)
    first.release()
    second.take(FIELDS)
    before, count = door.lock(), len(door.ledger.way.server.calls)
    first.release()
    assert (door.lock(), len(door.ledger.way.server.calls)) == (before, count)


def test_one_that_was_lost_is_not_given_back_for_another(door: Door) -> None:
    slow = door.run()
    slow.take(FIELDS)
    door.somebody_takes(NINE + LEASE, over=True)
    slow.release()
    assert (slow.held, door.lock()) == (False, [["rival", serial(NINE + LEASE)]])


@pytest.mark.parametrize("kind", ["429", "503-before", "drop-before", "hang-before"])
def test_what_cannot_be_given_back_now_ends_by_itself(door: Door, kind: str) -> None:
    lease = door.run(kind)
    lease.take(FIELDS)
    door.ledger.way.server.fail(kind, times=99)
    lease.release()
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
