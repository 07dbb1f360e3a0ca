"""A day that may be a slip is asked about in its row, with the day that was perhaps meant."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from automation.cases.cases import cases_of
from automation.steps.checks import find_problems
from automation.steps.date_checks import likelier
from tests.support.ledger_in_memory import ledger, line


def asked(received_on: str, now: str, first_seen: str = "", **cells: object) -> list[tuple[str, str]]:
    index = {"case_no": "LV-00001", "issued_on": "2025-01-01", "first_seen": first_seen}
    book = ledger(register=[line(received_on=received_on, **cells)], index=[index])
    found = find_problems(cases_of(book, datetime.fromisoformat(now)))
    return [(one.code + "?" * one.warning, one.said[-1].say("zh")) for one in found if one.column == "received_on"]


LEAVE = "请核对日期；无误则不必改动，填写受理意见后不再询问。"


@pytest.mark.parametrize(
    ("received_on", "now", "found"),
    [
        # 3/2, typed on 2 March and turned into 3 February by the spreadsheet; and 2/3 into 3 February of the year before
        ("2026-02-03", "2026-03-02T09:00", [("received_perhaps?", "是否应为2026-03-02？若2026-02-03无误，不必改动。")]),
        ("2026-02-03", "2026-03-04T09:00", [("received_perhaps?", "是否应为2026-03-02？若2026-02-03无误，不必改动。")]),
        ("2025-02-03", "2026-03-02T09:00", [("received_perhaps?", "是否应为2026-03-02？若2025-02-03无误，不必改动。")]),
        ("2026-12-03", "2026-03-12T09:00", [("future_perhaps?", "是否应为2026-03-12？")]),
        # the old year, by habit
        ("2025-01-05", "2026-01-06T09:00", [("received_perhaps?", "是否应为2026-01-05？若2025-01-05无误，不必改动。")]),
        ("2025-12-20", "2026-01-06T09:00", [("received_long_ago?", LEAVE)]),
        ("2025-12-31", "2026-01-02T09:00", []),
        # far, and in the future
        ("2026-01-10", "2026-03-18T09:00", [("received_long_ago?", LEAVE)]),
        ("2025-08-30", "2026-03-18T09:00", [("received_long_ago?", LEAVE)]),
        ("2026-04-20", "2026-03-18T09:00", [("in_the_future?", "请核对日期。")]),
        # as letters are registered
        ("2026-03-18", "2026-03-18T09:00", []),
        ("2026-03-02", "2026-03-18T09:00", []),
        ("2026-02-10", "2026-03-18T09:00", []),
    ],
)  # fmt: skip
def test_received_on(received_on: str, now: str, found: list[tuple[str, str]]) -> None:
    assert asked(received_on, now) == found


def test_it_is_measured_from_the_day_the_number_was_first_used() -> None:
    assert asked("2026-01-02", "2026-06-30T09:00", first_seen="2026-01-05") == []
    assert [code for code, _ in asked("2026-01-02", "2026-06-30T09:00", first_seen="2026-05-05")] == [
        "received_long_ago?"
    ]


def test_nobody_is_asked_once_somebody_has_decided() -> None:
    decided = {"decision": "受理", "decided_on": "2026-03-18"}
    assert asked("2025-08-30", "2026-03-18T09:00", **decided) == []


@pytest.mark.parametrize(
    ("day", "first_used", "other"),
    [
        (date(2026, 2, 3), date(2026, 3, 2), date(2026, 3, 2)),
        (date(2024, 2, 29), date(2026, 3, 2), None),  # 2026 has no such day
        (date(2026, 1, 13), date(2026, 3, 2), None),  # nor any year a month 13
        (date(2025, 3, 3), date(2026, 3, 3), date(2026, 3, 3)),
        (date(2026, 2, 3), date(2026, 3, 20), None),  # too far
        (date(2026, 2, 3), date(2026, 3, 1), None),  # not yet
    ],
)
def test_what_was_perhaps_meant(day: date, first_used: date, other: date | None) -> None:
    assert likelier(day, first_used) == other
