"""复核 (信访工作条例 art. 36): its dates as a person counts them on the State Council's calendar, and what it does to a case."""

from __future__ import annotations

from datetime import datetime

import pytest

from automation.cases.cases import Cases, cases_of
from automation.cases.owed import owed_in
from automation.ledger.model import Ledger
from automation.steps.escalation import escalate
from automation.steps.reminders import remind
from automation.steps.validation import derive
from sheet_schema.vocabulary import Step
from tests.support.ledger_in_memory import Rows, ledger, line

NOTICES: Rows = (  # of the State Council for 2025 and 2026; written out by hand
    *(
        {"date": first, "until": last, "kind": "放假", "name": name}
        for name, first, last in (
            ("元旦", "2025-01-01", "2025-01-01"), ("春节", "2025-01-28", "2025-02-04"), ("清明节", "2025-04-04", "2025-04-06"),
            ("劳动节", "2025-05-01", "2025-05-05"), ("端午节", "2025-05-31", "2025-06-02"), ("国庆节、中秋节", "2025-10-01", "2025-10-08"),
            ("元旦", "2026-01-01", "2026-01-03"), ("春节", "2026-02-15", "2026-02-23"), ("清明节", "2026-04-04", "2026-04-06"),
            ("劳动节", "2026-05-01", "2026-05-05"), ("端午节", "2026-06-19", "2026-06-21"), ("中秋节", "2026-09-25", "2026-09-27"),
            ("国庆节", "2026-10-01", "2026-10-07"),
        )
    ),
    *(
        {"date": day, "kind": "调休上班"}
        for day in (
            "2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11",
            "2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10",
        )
    ),
)  # fmt: skip

THIRTY_DAYS = [
    ("2026-03-02", "2026-04-01"),  # the first day is not counted; a Wednesday
    ("2026-03-05", "2026-04-07"),  # 4 April is the first of three days off: the Tuesday after them
    ("2026-01-31", "2026-03-02"),  # February has 28 days: a Monday
    ("2026-01-29", "2026-02-28"),  # a Saturday that is worked: it ends there
    ("2026-01-15", "2026-02-14"),  # the same before the Spring Festival
    ("2026-01-16", "2026-02-24"),  # its first day: over nine days off to the Tuesday
    ("2026-04-09", "2026-05-09"),  # a Saturday worked for the May holiday
    ("2026-04-02", "2026-05-06"),  # Saturday 2 May lies in it: the Wednesday after
    ("2026-08-21", "2026-09-20"),  # a Sunday that is worked
    ("2026-08-28", "2026-09-28"),  # Sunday 27 September, the last day off of 中秋: the Monday
    ("2026-09-10", "2026-10-10"),  # a Saturday worked for the National Day
    ("2026-09-01", "2026-10-08"),  # the National Day itself
    ("2025-12-02", "2026-01-04"),  # New Year's Day; after it the Sunday is worked
    ("2025-12-05", "2026-01-04"),  # that Sunday itself
    ("2025-12-31", "2026-01-30"),  # over the end of the year: a Friday
    ("2025-01-05", "2025-02-05"),  # the last day off of the Spring Festival
    ("2025-01-09", "2025-02-08"),  # the Saturday worked for it
    ("2025-09-01", "2025-10-09"),  # eight days off
    ("2025-09-11", "2025-10-11"),  # the Saturday worked for them
]

RECEIVED = {"received_on": "2024-10-08", "decision": "受理", "decided_on": "2024-10-09", "notified_on": "2024-10-09"}
REVIEWED = {
    **RECEIVED,
    "replied_on": "2024-11-01",
    "outcome": "不予支持",
    "department": "教务处",
    "review_on": "2024-11-20",
}


def of(now: str, tabs: dict[str, Rows] | None = None, **cells: object) -> Ledger:
    index = {"case_no": "LV-00001", "issued_on": "2024-10-08", "first_seen": "2024-10-08"}
    given: dict[str, Rows] = {"calendar": NOTICES, "index": [index], **(tabs or {})}
    return derive(ledger(register=[line(**{**REVIEWED, **cells})], **given), datetime.fromisoformat(now)).ledger


def cases(now: str, tabs: dict[str, Rows] | None = None, **cells: object) -> Cases:
    return cases_of(of(now, tabs, **cells), datetime.fromisoformat(now))


def state(now: str, **cells: object) -> tuple[object, ...]:
    register = of(now, **cells).register
    return tuple(str(register[key][0]) for key in ("status", "step", "due_on", "closed_on"))


@pytest.mark.parametrize(("day", "due"), THIRTY_DAYS)
def test_thirty_days_to_ask_and_thirty_to_answer(day: str, due: str) -> None:
    asking = cases("2026-12-01T09:00", review_done_on=day).clocks[Step.SECOND_PERIOD]
    answer = cases("2026-12-01T09:00", review_done_on="2024-12-02", second_review_on=day).clocks[Step.SECOND_REVIEW]

    assert (str(asking.due[0]), str(answer.due[0])) == (due, due)
    assert (bool(asking.open[0]), bool(answer.open[0])) == (False, True)


NEVER = ("", "NaT")
DONE = {"review_done_on": "2026-03-02"}
ASKED = {**DONE, "second_review_on": "2026-03-20"}  # 19 April is a Sunday: due on the Monday
ANSWERED = {**ASKED, "second_review_done_on": "2026-04-10"}


@pytest.mark.parametrize(
    ("now", "cells", "expected"),
    [
        ("2026-02-27", {}, ("in_review", "review", "2024-12-20", "NaT")),
        # the period in which 复核 may be asked for has to pass, its last day included
        ("2026-03-03", DONE, ("replied", *NEVER, "NaT")),
        ("2026-04-01", DONE, ("replied", *NEVER, "NaT")),
        ("2026-04-02", DONE, ("closed", *NEVER, "2026-04-01")),
        # asked for: it waits for the answer, however long ago the period was over
        ("2026-03-20", ASKED, ("in_second_review", "second_review", "2026-04-20", "NaT")),
        ("2026-05-04", ASKED, ("in_second_review", "second_review", "2026-04-20", "NaT")),
        # answered: it is final, and nothing more has to pass
        ("2026-04-10", ANSWERED, ("closed", *NEVER, "2026-04-10")),
        ("2026-04-01", {**ANSWERED, "second_review_done_on": "2026-03-24"}, ("closed", *NEVER, "2026-03-24")),
        # also of what was turned away: a review was asked for and done
        ("2026-04-01", {**DONE, "decision": "不予受理", "reason": "已答复"}, ("replied", *NEVER, "NaT")),
        ("2026-04-02", {**DONE, "decision": "不予受理", "reason": "已答复"}, ("closed", *NEVER, "2026-04-01")),
        # what is no case, or was closed in an old register, waits for nothing
        ("2026-03-03", {**DONE, "decision": "作废", "reason": "误登"}, ("closed", *NEVER, "2026-03-02")),
        ("2026-03-03", {**DONE, "former_closed_on": "2025-01-10"}, ("closed", *NEVER, "2026-03-02")),
        ("2026-03-21", {**ASKED, "former_closed_on": "2025-01-10"}, ("in_second_review", "second_review", "2026-04-20", "NaT")),
        ("2026-04-10", {**ANSWERED, "former_closed_on": "2025-01-10"}, ("closed", *NEVER, "2026-04-10")),
        # what came from superiors is reported back as well
        ("2026-04-10", {**ANSWERED, "channel": "上级交办", "superior_ref": "教信7号", "superior_due": "2024-11-08"}, ("replied", "feedback", "2024-11-07", "NaT")),
    ],
)  # fmt: skip
def test_a_reviewed_case_waits_for_the_second_review(
    now: str, cells: dict[str, object], expected: tuple[str, ...]
) -> None:
    assert state(f"{now}T09:00", **cells) == expected


def test_a_case_reviewed_before_there_was_a_rule_stays_closed() -> None:
    """A rule that comes later opens nothing (docs/design.md#p3.17)."""
    days = {"amount": 30, "unit": "日", "roll_forward": "是", "from": "2026-03-10"}
    rule = {"step": "申请复核期", "starts_from": "复查办结日期", **days}
    before, after = (
        of("2026-03-20T09:00", {"deadlines": [rule]}, review_done_on=day).register["status"][0]
        for day in ("2026-03-09", "2026-03-10")
    )
    assert (before, after) == ("closed", "replied")


def test_it_is_reminded_of_and_goes_up_the_ladder() -> None:
    reminded = [
        (notice.step, notice.level, notice.slot)
        for day in ("2026-04-13", "2026-04-17", "2026-04-20")
        for notice in remind(cases(f"{day}T09:00", **ASKED), datetime.fromisoformat(f"{day}T09:00"))
    ]
    late = datetime.fromisoformat("2026-04-21T09:00")
    told = [(one.step, one.level, one.slot) for one in escalate(cases("2026-04-21T09:00", **ASKED), late)]

    # 7, 3 and 1 days before Monday 20 April; 1 day before is a Sunday, so on the Friday with the one of 3 days
    assert {step for step, _, _ in reminded} == {"second_review"}
    assert {level for _, level, _ in reminded} == {-7, -3, -1}
    assert told == [("second_review", 1, "office")]


def test_what_it_owed_is_fixed_once_it_is_done() -> None:
    owed = of("2026-04-22T09:00", **{**ANSWERED, "second_review_done_on": "2026-04-21"}).index["owed"][0]
    kept = owed_in(owed)["second_review"]

    assert (kept.due, kept.counted_from, kept.rule) == ("2026-04-20", "second_review:2026-03-20", "30day")


@pytest.mark.parametrize(
    ("cells", "codes"),
    [
        (ANSWERED, set()),
        ({**DONE, "second_review_on": "2026-03-01"}, {("out_of_order", "second_review_on")}),
        ({**ASKED, "second_review_done_on": "2026-03-19"}, {("out_of_order", "second_review_done_on")}),
        ({**DONE, "second_review_done_on": "2026-03-19"}, {("second_review_without_request", "second_review_on")}),
        ({"second_review_on": "2026-03-19"}, {("second_review_without_review", "second_review_on")}),
        ({**ASKED, "second_review_done_on": "2026-06-19"}, {("in_the_future", "second_review_done_on")}),
        ({**ASKED, "second_review_done_on": "4月10日"}, {("no_year", "second_review_done_on")}),
        ({**ASKED, "second_review_done_on": "2026年4月10号"}, set()),
    ],
)
def test_the_order_of_its_days_is_checked(cells: dict[str, object], codes: set[tuple[str, str]]) -> None:
    found = of("2026-04-22T09:00", **cells).problems
    assert {(one.code, one.column) for one in found if "second" in one.column} == codes


def test_nothing_of_it_is_seen_where_nobody_uses_it() -> None:
    clocks = cases("2024-11-05T09:00", review_on="").clocks
    assert [str(clocks[step].due[0]) for step in (Step.SECOND_PERIOD, Step.SECOND_REVIEW)] == ["NaT", "NaT"]
