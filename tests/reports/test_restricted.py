"""Restricted cases are only counted, in groups of three or more, and never named; some readers see none at all."""

from __future__ import annotations

import json

import pytest

from automation.cases.indicator_text import value_text
from automation.reports.as_json import as_json
from automation.reports.model import Report
from automation.reports.page import page_of
from automation.reports.summary import summary
from tests.support.small_reports import DONE, FEBRUARY, LATE, MARCH, MARKER, case, report, report_for, secret

NAMED = [case(1, **DONE), case(2, **DONE), case(3, **LATE)]
MANY = (1, 2, 3, 4)


def figure(found: Report, key: str) -> tuple[str, int]:
    """How the figure reads, and how many restricted cases it includes besides those it names."""
    (one,) = (one for one in found.figures if one.indicator.key == key)
    return value_text(one.indicator, one.value, "en"), one.restricted


def before(found: Report, key: str) -> str:
    (one,) = (one for one in found.figures if one.indicator.key == key)
    return value_text(one.indicator, one.before, "en")


@pytest.mark.parametrize(
    ("key", "cells", "without", "with_three"),
    [
        ("replied_in_time", LATE, ("67% (2/3)", 0), ("33% (2/6)", 3)),
        ("replied_in_time", DONE, ("67% (2/3)", 0), ("83% (5/6)", 0)),
        ("notified_in_time", DONE, ("100% (3/3)", 0), ("100% (6/6)", 0)),
        ("first_time_settled", LATE, ("67% (2/3)", 0), ("33% (2/6)", 3)),
        ("rated", DONE, ("0% (0/2)", 0), ("0% (0/5)", 3)),
        ("satisfied", {**DONE, "satisfaction": "不满意"}, ("–", 0), ("0% (0/3)", 3)),
        ("days_taken", DONE, ("8.0; 8", 0), ("8.0; 8", 3)),
        ("repeated", {**DONE, "repeat_of": "LV-00001"}, ("0% (0/3)", 0), ("50% (3/6)", 3)),
        ("collective", {**DONE, "people": 9}, ("0", 0), ("3", 3)),
        ("leapfrog", {**DONE, "leapfrog": "✓"}, ("0", 0), ("3", 3)),
    ],
)
def test_a_figure_takes_in_three_or_none(
    key: str, cells: dict[str, object], without: tuple[str, int], with_three: tuple[str, int]
) -> None:
    shown = [figure(report([*NAMED, *secret(11, count, **cells)]), key) for count in (1, 2, 3)]
    assert shown == [without, without, with_three]


@pytest.mark.parametrize(
    ("kept", "late", "shown"), [(3, 1, "67% (2/3)"), (1, 3, "67% (2/3)"), (3, 3, "56% (5/9)"), (3, 0, "83% (5/6)")]
)
def test_one_that_would_show_as_the_difference_keeps_all_out(kept: int, late: int, shown: str) -> None:
    register = [*NAMED, *secret(11, kept, **DONE), *secret(21, late, **LATE)]
    assert figure(report(register), "replied_in_time")[0] == shown


def test_the_period_before_is_told_by_itself() -> None:
    register = [
        *NAMED,
        *secret(11, 3, **LATE),
        *secret(21, 2, received_on="2026-02-02", decided_on="2026-02-02"),
    ]
    found = report(register)
    assert (figure(found, "replied_in_time"), before(found, "replied_in_time")) == (("33% (2/6)", 3), "–")
    turned = report(register, period=FEBRUARY, before=MARCH)
    assert (figure(turned, "replied_in_time"), before(turned, "replied_in_time")) == (("–", 0), "33% (2/6)")


def test_what_came_in_is_complete_all_the_same() -> None:
    for count in MANY:
        found = report([*NAMED, *secret(11, count, **DONE)])
        beside = count if count >= 3 else 0
        assert figure(found, "received") == (str(3 + count), beside)
        assert (found.received, found.months[-1].received) == (3 + count, 3 + count)
        assert {(sum(one.count for one in by.counts), by.apart) for by in found.breakdowns} == {
            (3 + beside, count - beside)
        }


def test_lines_take_in_three_or_none() -> None:
    """Three by phone, one by letter."""
    found = report([*NAMED, *secret(11, 3, channel="电话"), *secret(21, 1, channel="来信")])
    by_channel = found.breakdowns[0]
    assert [(one.key, one.count, one.restricted) for one in by_channel.counts if one.count] == [
        ("visit", 3, 0),
        ("phone", 3, 3),
    ]
    assert by_channel.apart == 1


def test_a_name_that_only_restricted_cases_bear_is_no_line() -> None:
    assert MARKER not in {one.label for by in report([*NAMED, *secret(11, 2)]).breakdowns for one in by.counts}


@pytest.mark.parametrize(("count", "replied"), [(1, 3), (2, 4), (3, 5)])
def test_what_was_answered_is_complete(count: int, replied: int) -> None:
    found = report([*NAMED, *secret(11, count, **DONE)])
    assert (found.replied, found.months[-1].replied) == (replied, replied)


@pytest.mark.parametrize(
    ("late", "others", "expected"),
    [(0, 2, (1, 1)), (0, 3, (4, 1)), (2, 0, (1, 1)), (3, 0, (4, 4)), (3, 1, (1, 1)), (3, 3, (7, 4))],
)
def test_ages(late: int, others: int, expected: tuple[int, int]) -> None:
    waiting = {"decided_on": "2026-03-17"}
    register = [*NAMED, *secret(11, late, **LATE), *secret(21, others, **waiting, notified_on="2026-03-05")]
    (age,) = (one for one in report(register).ages if one.least == 16)
    assert (age.count, age.late) == expected


def test_lists_count_them_and_name_none() -> None:
    everywhere = {**LATE, "people": 9, "leapfrog": "✓", "important": "✓", "repeat_of": "LV-00001"}
    from_superiors = {**LATE, "channel": "上级交办", "superior_due": "2026-03-10"}
    for count in MANY:
        found = report([*NAMED, *secret(11, count, **everywhere)])
        beside = count if count >= 3 else 0
        assert [one.number for one in found.late.cases] == ["LV-00003"]
        lists = (found.superiors, found.collective.cases, found.repeats.cases, found.leapfrog, found.told)
        assert lists == ((),) * 5
        assert {
            found.late.restricted, found.collective.restricted, found.repeats.restricted,
            found.leapfrog_restricted, found.told_restricted,
        } == {beside}  # fmt: skip
        assert report([*NAMED, *secret(11, count, **from_superiors)]).superiors_restricted == beside


def test_rows_wrong_for_long() -> None:
    for count in MANY:
        register = [*NAMED, *secret(11, count, contact="")]
        index = [
            {
                "case_no": row["case_no"],
                "issued_on": "2026-03-02",
                "first_seen": "2026-03-02",
                "problem_codes": "missing",
                "problems_since": "2026-03-02 09:00",
            }
            for row in register
        ]
        found = report(register, index=index).integrity
        assert (found.invalid, found.restricted) == ((), count if count >= 3 else 0)


def test_an_earlier_restricted_case_is_passed_over() -> None:
    """Beside a named case it would tell who brought it."""
    register = [
        case(1, **DONE),
        *secret(2, 1, repeat_of="LV-00001"),
        case(3, leapfrog="✓", repeat_of="LV-00002"),
    ]
    (found,) = report(register).leapfrog
    assert [one.number for one in found.earlier] == ["LV-00001"]


@pytest.mark.parametrize("count", MANY)
def test_nothing_of_them_is_anywhere(count: int) -> None:
    """Neither in the report nor in any form of it; topic and department only from three cases on."""
    told = {
        "kind": "alert",
        "slot": "leader",
        "state": "已发送",
        "claimed_at": "2026-03-02 09:00",
        "done_at": "2026-03-02 09:01",
    }
    everywhere = {
        **LATE,
        "people": 9,
        "leapfrog": "✓",
        "important": "✓",
        "repeat_of": "LV-00001",
        "contact": MARKER,
        "result": MARKER,
        "leader_note": MARKER,
        "leader_told": MARKER,
    }
    found = report(
        [*NAMED, *secret(7711, count, **everywhere)],
        [{**one, "case_no": f"LV-088{i}1"} for i, one in enumerate(secret(1, count))],
        notices=[{**told, "case_no": f"LV-{number:05d}"} for number in range(7711, 7711 + count)],
        history=[{"case_no": "LV-07711", "at": "2026-03-02 09:00", "before": MARKER, "after": MARKER}],
    )
    allowed = 2 if count >= 2 else 0  # with those filed as many again
    for text in (
        repr(found),
        page_of(found),
        json.dumps(as_json(found), ensure_ascii=False),
        "\n".join(summary(found)),
    ):
        assert "LV-077" not in text
        assert "LV-088" not in text
        assert (MARKER in text) <= bool(allowed)
    assert {one.key for by in found.breakdowns for one in by.counts if MARKER in one.label} == (
        {MARKER} if allowed else set()
    )


# People in conflict.


ABOUT = {"about": "王强"}
"""The head of the department, who could otherwise read of the case."""


def test_for_whom_a_case_does_not_exist() -> None:
    """Everything that a person in conflict reads, down to the last figure, is as if the cases did not exist."""
    others = [case(1, **DONE), case(2, **LATE), case(3, **LATE, leapfrog="✓", repeat_of="LV-00001")]
    theirs = [
        case(4, **LATE, about="李敏", people=9, important="✓"),
        case(5, **LATE, about="李敏", leapfrog="✓", repeat_of="LV-00002"),
        case(6, **DONE, about="李敏", channel="上级交办", superior_ref="X", superior_due="2026-03-04"),
        *secret(7, 3, **LATE, about="李敏"),
    ]
    filed = case(12, **DONE, status="办结", closed_on="2026-03-10", filed_on="2026-03-12")
    their_filed = case(13, **DONE, about="李敏", status="办结", closed_on="2026-03-10", filed_on="2026-03-12")
    at = {"issued_on": "2026-03-02", "first_seen": "2026-03-02"}
    index = [{**at, "case_no": row["case_no"]} for row in (*others, *theirs)]
    index += [{**at, "case_no": row["case_no"], "filed_on": "2026-03-12"} for row in (filed, their_filed)]
    known = {"LV-00001", "LV-00002", "LV-00003", "LV-00012"}
    read = report_for("李敏", [*others, *theirs], [filed, their_filed], index=index)
    without = report_for("李敏", others, [filed], index=[row for row in index if row["case_no"] in known])
    assert as_json(read) == as_json(without)
    assert page_of(read) == page_of(without)
    assert "LV-00004" in page_of(report_for("赵刚", [*others, *theirs], [filed, their_filed], index=index))
