"""Stages 1, 2 and 3 of a school in England: the dates as a person counts them on one school's terms, and what they do to a case.

SI 2014/3283, Schedule, paragraph 33: informal, in writing, before a panel. No law sets the numbers of days; these are the preset's.
"""

from __future__ import annotations

from datetime import datetime

import pytest

from automation.cases.cases import Cases, cases_of
from automation.cases.due_date_sum import due_sum
from automation.ledger.model import Ledger
from automation.steps.escalation import escalate
from automation.steps.reminders import remind
from automation.steps.validation import derive
from sheet_schema.preset_files import load
from sheet_schema.vocabulary import Step
from tests.support.ledger_in_memory import Rows, ledger, line

TERMS: Rows = (  # one school's year, written out by hand
    {"date": "2026-01-01", "kind": "holiday", "name": "New Year's Day"},
    {"date": "2025-12-22", "until": "2026-01-02", "kind": "closed", "name": "Christmas"},
    {"date": "2026-02-16", "until": "2026-02-20", "kind": "closed", "name": "Half-term"},
    {"date": "2026-03-30", "until": "2026-04-10", "kind": "closed", "name": "Easter"},
    {"date": "2026-04-03", "kind": "holiday", "name": "Good Friday"},
    {"date": "2026-04-06", "kind": "holiday", "name": "Easter Monday"},
    {"date": "2026-05-04", "kind": "holiday", "name": "May Day"},
    {"date": "2026-05-25", "until": "2026-05-29", "kind": "closed", "name": "Half-term"},
    {"date": "2026-07-22", "until": "2026-09-01", "kind": "closed", "name": "Summer"},
    {"date": "2026-08-31", "kind": "holiday", "name": "Summer bank holiday"},
)
UK = {tab: load("uk-school").rows(tab, "en") for tab in ("topics", "departments", "routing", "deadlines", "escalation")}
RECEIVED = {
    "channel": "letter", "kind": "complaint", "topic": "Teaching and conduct", "received_on": "2026-01-05", "received_by": "Ann Lee",
    "decision": "accept", "decided_on": "2026-01-06", "notified_on": "2026-01-06", "department": "Curriculum",
}  # fmt: skip
REPLIED = {**RECEIVED, "replied_on": "2026-01-12", "outcome": "not_supported"}
STAGE_2 = {**REPLIED, "review_on": "2026-01-19"}
ANSWERED = {**STAGE_2, "review_done_on": "2026-01-30"}
STAGE_3 = {**ANSWERED, "second_review_on": "2026-02-06"}
PANEL = {**STAGE_3, "panel_on": "2026-03-05"}
PEOPLE: Rows = ({"name": "Ann Lee", "role": "office", "email": "ann@s.example"},)


def of(now: str, **cells: object) -> Ledger:
    index = {"case_no": "LV-00001", "issued_on": "2026-01-05", "first_seen": "2026-01-05"}
    given: dict[str, Rows] = {**UK, "calendar": TERMS, "index": [index], "people": PEOPLE}
    return derive(ledger("en", register=[line(**cells)], **given), datetime.fromisoformat(now)).ledger


def cases(now: str, **cells: object) -> Cases:
    return cases_of(of(now, **cells), datetime.fromisoformat(now))


@pytest.mark.parametrize(
    ("step", "cells", "due"),
    [
        # 10 school days to ask for stage 2, from the answer: 13 ... 26 January
        (Step.OBJECTION_PERIOD, REPLIED, "2026-01-26"),
        (Step.OBJECTION_PERIOD, {**REPLIED, "replied_on": "2026-02-06"}, "2026-02-27"),  # over half-term
        # 15 school days for stage 2
        (Step.REVIEW, STAGE_2, "2026-02-09"),
        (Step.REVIEW, {**STAGE_2, "review_on": "2026-02-06"}, "2026-03-06"),  # 9-13, 23-27 February, 2-6 March
        (Step.REVIEW, {**STAGE_2, "review_on": "2026-03-20"}, "2026-04-24"),  # 23-27 March, then 13-24 April: Easter does not count
        (Step.REVIEW, {**STAGE_2, "review_on": "2026-04-27"}, "2026-05-19"),  # May Day does not count
        # 10 school days to ask for stage 3, from the answer of stage 2
        (Step.SECOND_PERIOD, ANSWERED, "2026-02-13"),
        (Step.SECOND_PERIOD, {**ANSWERED, "review_done_on": "2026-07-15"}, "2026-09-09"),  # 16, 17, 20, 21 July, then 2-4 and 7-9 September
        (Step.SECOND_PERIOD, STAGE_3, "NaT"),  # asked for: no time has to pass
        # the panel meets within 20 school days
        (Step.PANEL, STAGE_3, "2026-03-13"),
        (Step.PANEL, {**STAGE_3, "second_review_on": "2026-03-26"}, "2026-05-08"),  # 27 March, three weeks from 13 April on, four days after May Day
        (Step.PANEL, PANEL, "2026-03-13"),  # what it owes stays, once it is set
        (Step.PANEL, ANSWERED, "NaT"),
        # its answer 5 school days after it
        (Step.SECOND_REVIEW, STAGE_3, "NaT"),
        (Step.SECOND_REVIEW, PANEL, "2026-03-12"),
        (Step.SECOND_REVIEW, {**PANEL, "panel_on": "2026-03-26"}, "2026-04-16"),  # 27 March, 13-16 April
        (Step.SECOND_REVIEW, {**PANEL, "panel_on": "2026-05-01"}, "2026-05-11"),
    ],
)  # fmt: skip
def test_the_dates_of_each_stage(step: Step, cells: dict[str, object], due: str) -> None:
    assert str(cases("2026-06-01T09:00", **cells).clocks[step].due[0]) == due


DONE = {**PANEL, "second_review_done_on": "2026-03-10"}


@pytest.mark.parametrize(
    ("now", "cells", "expected"),
    [
        ("2026-01-13", RECEIVED, ("in_hand", "reply", "2026-01-20", "NaT")),
        ("2026-01-13", REPLIED, ("replied", "", "NaT", "NaT")),
        ("2026-01-26", REPLIED, ("replied", "", "NaT", "NaT")),
        ("2026-01-27", REPLIED, ("closed", "", "NaT", "2026-01-26")),
        ("2026-01-27", STAGE_2, ("in_review", "review", "2026-02-09", "NaT")),
        ("2026-02-13", ANSWERED, ("replied", "", "NaT", "NaT")),
        ("2026-02-14", ANSWERED, ("closed", "", "NaT", "2026-02-13")),
        # at stage 3 the panel is to be set first; once it is, its answer is due
        ("2026-02-14", STAGE_3, ("in_second_review", "panel", "2026-03-13", "NaT")),
        ("2026-03-20", STAGE_3, ("in_second_review", "panel", "2026-03-13", "NaT")),
        ("2026-02-23", PANEL, ("in_second_review", "second_review", "2026-03-12", "NaT")),
        ("2026-03-20", PANEL, ("in_second_review", "second_review", "2026-03-12", "NaT")),
        ("2026-03-20", DONE, ("closed", "", "NaT", "2026-03-10")),
        # answered without a panel, as where it was withdrawn: nothing more is owed
        ("2026-03-20", {**STAGE_3, "second_review_done_on": "2026-03-10"}, ("closed", "", "NaT", "2026-03-10")),
    ],
)
def test_which_stage_a_case_is_at_is_seen_in_its_row(
    now: str, cells: dict[str, object], expected: tuple[str, ...]
) -> None:
    register = of(f"{now}T09:00", **cells).register
    assert tuple(str(register[key][0]) for key in ("status", "step", "due_on", "closed_on")) == expected


@pytest.mark.parametrize(
    ("now", "cells", "reminded"),
    [
        # the day by which the panel meets: 10, 5 and 2 school days before 13 March
        ("2026-02-26", STAGE_3, []),
        ("2026-02-27", STAGE_3, [("panel", "2026-03-13", -10)]),
        ("2026-03-06", STAGE_3, [("panel", "2026-03-13", -10), ("panel", "2026-03-13", -5)]),
        # the panel that is set, for members and papers: before 5 March; its answer is reminded of, too
        ("2026-02-11", PANEL, []),
        ("2026-02-12", PANEL, [("panel", "2026-03-05", -10)]),
        ("2026-02-26", PANEL, [("panel", "2026-03-05", -10), ("panel", "2026-03-05", -5)]),
        ("2026-03-05", PANEL, [("panel", "2026-03-05", -10), ("panel", "2026-03-05", -5), ("panel", "2026-03-05", -2)]),
        ("2026-03-06", PANEL, []),
        ("2026-03-10", PANEL, [("second_review", "2026-03-12", -2)]),
        # put off: the new day counts, and the old one is over
        ("2026-03-05", {**PANEL, "panel_on": "2026-03-19"}, [("panel", "2026-03-19", -10)]),
        ("2026-03-05", DONE, []),
        ("2026-03-05", {**PANEL, "decision": "void", "reason": "twice"}, []),
    ],
)
def test_members_and_papers_are_reminded_of_before_the_panel(
    now: str, cells: dict[str, object], reminded: list[tuple[str, str, int]]
) -> None:
    moment = datetime.fromisoformat(f"{now}T09:00")
    found = remind(cases(f"{now}T09:00", **cells), moment)
    assert [(one.step, str(one.due_on), one.level) for one in found] == reminded
    assert {one.slot for one in found} <= {"office"}


@pytest.mark.parametrize(
    ("now", "cells", "told"),
    [
        ("2026-03-13", STAGE_3, []),
        ("2026-03-16", STAGE_3, [("panel", 1, "office"), ("panel", 1, "leader")]),
        ("2026-03-12", PANEL, []),
        ("2026-03-13", PANEL, [("second_review", 1, "office"), ("second_review", 1, "leader")]),
        ("2026-02-10", STAGE_2, [("review", 1, "office"), ("review", 1, "leader")]),
    ],
)
def test_what_is_late_goes_up_the_ladder(now: str, cells: dict[str, object], told: list[tuple[str, int, str]]) -> None:
    moment = datetime.fromisoformat(f"{now}T09:00")
    assert [(one.step, one.level, one.slot) for one in escalate(cases(f"{now}T09:00", **cells), moment)] == told


def test_each_date_is_told_as_a_sum_with_its_stage() -> None:
    found = cases("2026-03-01T09:00", **PANEL)
    said = {
        step.label("en"): due_sum(found.ledger, found.clocks[step], 0)
        for step in (Step.REVIEW, Step.PANEL, Step.SECOND_REVIEW)
    }
    assert said == {
        "Stage 2": "Stage 2 asked 2026-01-19 + 15 school days, not counting 6 weekend days",
        "Panel": "Stage 3 asked 2026-02-06 + 20 school days, not counting 10 weekend days and Half-term (2026-02-16 to 2026-02-20)",
        "Stage 3": "Panel meets 2026-03-05 + 5 school days, not counting 2 weekend days",
    }


@pytest.mark.parametrize(
    ("cells", "codes"),
    [
        (DONE, set()),
        ({**PANEL, "panel_on": "2026-12-01"}, set()),  # a panel lies ahead
        ({**PANEL, "panel_on": "2026-02-01"}, {("out_of_order", "panel_on")}),
        ({**DONE, "second_review_done_on": "2026-03-04"}, {("out_of_order", "second_review_done_on")}),
        ({**ANSWERED, "panel_on": "2026-03-05"}, {("panel_without_request", "second_review_on")}),
        ({**STAGE_3, "panel_on": "Thursday week"}, {("not_a_date", "panel_on")}),
    ],
)
def test_the_order_of_its_days_is_checked(cells: dict[str, object], codes: set[tuple[str, str]]) -> None:
    found = of("2026-03-20T09:00", **cells).problems
    assert {(one.code, one.column) for one in found if one.tab == "register" and one.column != "received_by"} == codes


def test_a_panel_that_was_held_late_owed_its_day() -> None:
    found = of("2026-03-20T09:00", **{**PANEL, "panel_on": "2026-03-18"}).index["owed"][0]
    assert "panel=2026-03-13@2026-03-20,second_review:2026-02-06" in str(found)
