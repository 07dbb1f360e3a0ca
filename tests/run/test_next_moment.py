"""Until when nothing can become due: told by a run that found nothing to do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from automation.ledger.workbook import Snapshot
from automation.run.next_moment import next_moment
from sheet_schema.vocabulary import NoticeState
from tests.quiet_weeks import a_week, full_run, office, settled, typed
from tests.support.ledger_in_memory import line
from tests.support.sample import TRIES

SHANGHAI = ZoneInfo("Asia/Shanghai")
LATE, SOON = "2026-03-17 09:00:30", "2026-03-17 10:30:00"
IMPORTANT = {"important": True, "handler": "王芳"}


def at(moment: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=zone)


WAITS: Mapping[str, tuple[Mapping[str, object], Mapping[str, str], str, str]] = {
    # what waits: (the case, settings, when it was typed, until when nothing can be due)
    "mail held until the morning": ({"handler": "王芳"}, {}, "2026-03-17 05:00:00", "2026-03-17 08:00:00"),
    "the principal, if no leader was told": (IMPORTANT, {}, LATE, "2026-03-17 09:30:30"),
    "a row that somebody is typing": ({"summary": ""}, {"problem_grace": "1"}, LATE, "2026-03-17 10:00:30"),
    "nothing but the evening": ({"handler": "王芳"}, {"send_until": "17:15"}, LATE, "2026-03-17 17:15:00"),
    "the evening itself": ({"handler": "王芳"}, {"send_until": "09:00"}, "2026-03-17 09:00:00", "2026-03-17 09:00:00.000001"),
    "nothing but the next day": ({"handler": "王芳"}, {}, "2026-03-17 21:10:00", "2026-03-18 00:00:00"),
}  # fmt: skip


@pytest.mark.parametrize("waits", sorted(WAITS))
def test_nothing_is_due_before_the_moment_it_tells_and_from_then_on_a_run_looks(waits: str) -> None:
    case, settings, when, until = WAITS[waits]
    now = at(when)
    book = settled(_with(case, **{"send_from": "08:00", "send_until": "20:00", **settings}), now)
    result = full_run(book, now)
    assert result.found_nothing
    assert next_moment(result) == at(until)
    assert full_run(book, at(until) - timedelta(microseconds=1)).found_nothing


@pytest.mark.parametrize(
    "waits",
    [
        "mail held until the morning",
        "the principal, if no leader was told",
        "a row that somebody is typing",
        "nothing but the next day",
    ],
)
def test_at_that_moment_something_is_due(waits: str) -> None:
    case, settings, when, until = WAITS[waits]
    book = settled(_with(case, **{"send_from": "08:00", "send_until": "20:00", **settings}), at(when))
    assert not full_run(book, at(until)).found_nothing


def test_a_mail_that_a_server_put_off_is_tried_again_at_its_moment() -> None:
    now = at(LATE)
    book = settled(_with({"handler": "王芳"}, send_from="08:00", send_until="20:00"), now)
    notices = full_run(book, now).after.tables["notices"]
    put_off = typed(
        book,
        "notices",
        int(notices.rows[-1]),
        {"state": NoticeState.RETRY.label("zh"), "retry_at": datetime.fromisoformat(SOON)},
    )
    result = full_run(put_off, now)
    assert result.found_nothing
    assert next_moment(result) == at(SOON)
    assert not full_run(put_off, at(SOON)).found_nothing


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2026-03-28", "2026-03-28 17:00:00"), ("2026-03-29", None), ("2026-10-25", None)],
)  # fmt: skip
def test_a_day_on_which_the_clocks_change_is_not_foretold(day: str, expected: str | None) -> None:
    london = ZoneInfo("Europe/London")
    now = at(f"{day} 12:00:00", london)
    result = full_run(_with({}, time_zone="Europe/London", send_until="17:00", send_from="08:00"), now)
    assert next_moment(result) == (None if expected is None else at(expected, london))


@pytest.mark.parametrize("seed", [*range(TRIES), 11])
def test_in_a_random_week_no_run_that_ends_at_once_misses_anything(seed: int) -> None:
    """`python -m tests.quiet_weeks 0 1000` tries a thousand."""
    counted = a_week(seed)
    assert min(counted["ended at once"], counted["did something"]) > 5


def _with(case: Mapping[str, object], **settings: str) -> Snapshot:
    return office([line("LV-00001", received_on=datetime(2026, 3, 17), **case)], settings)
