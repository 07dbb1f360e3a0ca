"""Which row of Deadlines, Calendar and Escalation holds for what is decided by days (docs/design.md#p3.17)."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pytest

from automation.cases.cases import Cases, cases_of
from automation.cases.due_date_sum import due_sum
from automation.steps.escalation import escalate
from automation.steps.validation import derive
from sheet_schema.vocabulary import Step
from tests.support.ledger_in_memory import Rows, ledger, line

NOW = datetime(2026, 6, 1, 9)


def rule(amount: int, **cells: object) -> dict[str, object]:
    return {"step": "答复", "starts_from": "受理日期", "amount": amount, "unit": "日", **cells}


def case(received_on: str, deadlines: Rows, calendar: Rows = (), **cells: object) -> Cases:
    index = [{"case_no": "LV-00001", "issued_on": received_on, "first_seen": received_on}]
    register = [line(received_on=received_on, **cells)]
    return cases_of(ledger(register=register, index=index, deadlines=deadlines, calendar=calendar), NOW)


def reply_due(received_on: str, *deadlines: dict[str, object], **cells: object) -> str:
    return str(case(received_on, deadlines, **cells).clocks[Step.REPLY].due[0])


OLD = rule(10, until="2026-03-31")
NEW = rule(30, **{"from": "2026-04-01"})
FOR_ALL = {**NEW, "open_cases": "是"}
SHORTER = {**rule(2, **{"from": "2026-04-01"}), "open_cases": "是"}
ACCEPTED_LATER = {"decision": "受理", "decided_on": "2026-04-10"}


@pytest.mark.parametrize(
    ("received_on", "rules", "cells", "due"),
    [
        pytest.param("2026-03-31", (OLD, NEW), {}, "2026-04-10", id="the last day of the old rule"),
        pytest.param("2026-04-01", (OLD, NEW), {}, "2026-05-01", id="the first day of the new one"),
        pytest.param("2026-03-31", (NEW, rule(10)), {}, "2026-04-10", id="the old one need not be ended"),
        pytest.param("2026-04-01", (NEW, rule(10)), {}, "2026-05-01", id="nor stand below"),
        pytest.param("2026-03-25", (OLD, NEW), ACCEPTED_LATER, "2026-04-20", id="accepted later, begun before"),
        pytest.param("2026-03-31", (NEW,), {}, "NaT", id="none before"),
        pytest.param("2026-04-01", (OLD,), {}, "NaT", id="none after"),
        pytest.param(
            "2026-04-01", (NEW, rule(7, kind="申诉求决", until="2026-05-01")), {}, "2026-04-08", id="specific"
        ),
        pytest.param(
            "2026-05-02", (NEW, rule(7, kind="申诉求决", until="2026-05-01")), {}, "2026-06-01", id="until its end"
        ),
        pytest.param("2026-03-31", (OLD, FOR_ALL), {}, "2026-04-30", id="for open cases too"),
        pytest.param("2026-03-31", (OLD, FOR_ALL), {"replied_on": "2026-04-01"}, "2026-04-30", id="open that day"),
        pytest.param(
            "2026-03-25", (OLD, FOR_ALL), {"replied_on": "2026-03-31"}, "2026-04-04", id="done the day before"
        ),
        pytest.param("2026-03-22", (OLD, FOR_ALL), {}, "2026-04-21", id="due on the day itself"),
        pytest.param("2026-03-21", (OLD, FOR_ALL), {}, "2026-03-31", id="overdue by then stays so"),
        pytest.param("2026-03-30", (OLD, SHORTER), {}, "2026-04-01", id="shorter, and still ahead"),
        pytest.param("2026-03-29", (OLD, SHORTER), {}, "2026-04-08", id="shorter, but it would be overdue at once"),
        pytest.param(
            "2026-03-25",
            (FOR_ALL,),
            {"channel": "上级交办", "superior_due": "2026-03-30"},
            "NaT",
            id="the superior's own day had passed",
        ),
    ],
)
def test_the_rule_of_the_day_on_which_a_case_began_governs(
    received_on: str, rules: tuple[dict[str, object], ...], cells: dict[str, object], due: str
) -> None:
    assert reply_due(received_on, *rules, **cells) == due


@pytest.mark.parametrize(
    ("deadlines", "ends", "status"),
    [
        pytest.param([], "NaT", "closed", id="no rule"),
        pytest.param([{"from": "2026-04-01", "open_cases": "是"}], "NaT", "closed", id="a later rule opens nothing"),
        pytest.param([{"until": "2026-03-31"}], "2026-04-19", "replied", id="by the rule of the day of the reply"),
        pytest.param(
            [{"until": "2026-03-31"}, {"amount": 60, "from": "2026-04-01", "open_cases": "是"}],
            "2026-05-19",
            "replied",
            id="a period that runs may be made longer",
        ),
    ],
)
def test_only_an_objection_period_that_runs_is_moved_by_a_rule_for_open_cases(
    deadlines: list[dict[str, object]], ends: str, status: str
) -> None:
    replied = {"decision": "受理", "decided_on": "2026-03-09", "replied_on": "2026-03-20", "outcome": "支持"}
    rules = [rule(30, step="异议期", starts_from="答复日期") | one for one in deadlines]
    seen = case("2026-03-02", rules, notified_on="2026-03-09", **replied)
    derived = derive(seen.ledger, datetime(2026, 4, 2, 9)).ledger.register
    assert str(seen.clocks[Step.OBJECTION_PERIOD].due[0]) == ends
    assert (derived["status"][0], str(derived["closed_on"][0])) == (
        status,
        "2026-03-20" if status == "closed" else "NaT",
    )


def test_a_due_date_names_the_days_of_its_rule() -> None:
    said = [
        due_sum(one.ledger, one.clocks[Step.REPLY], 0)
        for one in (case("2026-03-31", (OLD,)), case("2026-04-01", (NEW,)))
    ]
    assert said == [
        "收到日期2026-03-31起10日，按到2026-03-31为止的规则",
        "收到日期2026-04-01起30日，按2026-04-01起的规则",
    ]


@pytest.mark.parametrize(
    ("first", "second", "clash"),
    [
        pytest.param({}, {}, True, id="the same"),
        pytest.param({"until": "2026-03-31"}, {"from": "2026-04-01"}, False, id="one after the other"),
        pytest.param({}, {"from": "2026-04-01"}, False, id="the newer takes over"),
        pytest.param({"from": "2026-04-01"}, {"from": "2026-04-01"}, True, id="from the same day"),
    ],
)
def test_equal_rules_are_reported_only_where_one_is_never_used(
    first: dict[str, object], second: dict[str, object], clash: bool
) -> None:
    problems = ledger(deadlines=[rule(10, **first), rule(30, **second)]).problems
    assert {one.code for one in problems if one.tab == "deadlines"} == (
        {"deadline_counts", "deadline_ignored"} if clash else set()
    )


def test_a_rule_that_ends_before_it_begins_is_skipped() -> None:
    read = ledger(deadlines=[rule(10, **{"from": "2026-04-01", "until": "2026-03-31"})])
    assert ([one.code for one in read.problems if one.tab == "deadlines"], read.policy.deadlines) == (
        ["until_before"],
        (),
    )


@pytest.mark.parametrize(
    ("in_force", "due", "off"),
    [
        pytest.param({}, "2026-03-19", (True, True), id="since always"),
        pytest.param({"in_force_from": "2026-03-17"}, "2026-03-19", (False, True), id="the due day itself"),
        pytest.param({"in_force_from": "2026-03-18"}, "2026-03-17", (False, True), id="it had passed by then"),
        pytest.param({"in_force_until": "2026-03-15"}, "2026-03-17", (False, False), id="until before all of it"),
        pytest.param({"in_force_until": "2026-03-17"}, "2026-03-19", (True, False), id="the new day would have passed"),
        pytest.param({"in_force_until": "2026-03-19"}, "2026-03-19", (True, True), id="until the due day it gave"),
    ],
)
def test_a_calendar_row_moves_no_due_day_that_had_passed_when_it_came_to_count(
    in_force: dict[str, object], due: str, off: tuple[bool, bool]
) -> None:
    calendar = [{"date": "2026-03-16", "until": "2026-03-18", "kind": "holiday", **in_force}]
    seen = case("2026-03-02", [rule(15, roll_forward="是")], calendar)
    days = np.array(["2026-03-16", "2026-03-18"], dtype="datetime64[D]")
    assert str(seen.clocks[Step.REPLY].due[0]) == due
    assert ("2026-03-17" in due_sum(seen.ledger, seen.clocks[Step.REPLY], 0)) == (due == "2026-03-19")
    assert tuple(~seen.ledger.policy.calendar.is_workday(days)) == off


@pytest.mark.parametrize(
    ("in_force_from", "due"),
    [
        pytest.param("2026-03-10", "2026-03-26", id="announced before the answer was late"),
        pytest.param("2026-03-16", "2026-03-26", id="on the last day"),
        pytest.param("2026-03-17", "2026-03-16", id="once it was late"),
    ],
)
def test_a_day_off_that_is_announced_once_the_answer_is_late_makes_no_extension_count(
    in_force_from: str, due: str
) -> None:
    extended = {"extended_to": "2026-03-26", "extension_by": "赵刚", "extension_reason": "调查"}
    register = [line(received_on="2026-03-02", **extended)]
    index = [
        {
            "case_no": "LV-00001", "issued_on": "2026-03-02", "first_seen": "2026-03-02", "extended_to": "2026-03-26",
            "extension_seen": "2026-03-04", "extension_counts": "none",
        }
    ]  # fmt: skip
    rules = [rule(10, unit="工作日", extend_up_to=7)]
    calendar = [{"date": "2026-03-24", "kind": "holiday", "in_force_from": in_force_from}]
    read = ledger(register=register, index=index, deadlines=rules, calendar=calendar)
    assert str(cases_of(read, NOW).clocks[Step.REPLY].due[0]) == due


OFF: dict[str, object] = {"date": "2026-03-12", "until": "2026-03-16", "kind": "holiday"}
WORKED: dict[str, object] = {"date": "2026-03-14", "kind": "workday"}


@pytest.mark.parametrize(
    ("calendar", "extended_to", "found", "told_by"),
    [
        pytest.param(OFF | {"in_force_from": "2026-03-03"}, "2026-03-18", "none", "NaT", id="never needed"),
        pytest.param(OFF | {"in_force_from": "2026-03-11"}, "2026-03-18", "reply", "2026-03-09", id="needless later"),
        pytest.param(OFF, "2026-03-18", "reply", "2026-03-09", id="needless by a day off that was ahead"),
        pytest.param(WORKED | {"in_force_from": "2026-03-11"}, "2026-03-16", "none", "NaT", id="needed only later"),
        pytest.param(WORKED, "2026-03-16", "reply", "2026-03-09", id="needed"),
    ],
)
def test_whoever_asked_is_told_of_an_extension_that_was_needed_when_it_was_judged(
    calendar: dict[str, object], extended_to: str, found: str, told_by: str
) -> None:
    extended = {"extended_to": extended_to, "extension_by": "赵刚", "extension_reason": "调查"}
    index = [
        {
            "case_no": "LV-00001", "issued_on": "2026-03-02", "first_seen": "2026-03-02", "extended_to": extended_to,
            "extension_seen": "2026-03-04", "extension_counts": found,
        }
    ]  # fmt: skip
    rules = [rule(10, unit="工作日", extend_up_to=7), rule(5, step="延期告知", starts_from="延期填写日期")]
    register = [line(received_on="2026-03-02", **extended)]
    read = ledger(register=register, index=index, deadlines=rules, calendar=[calendar])
    assert str(cases_of(read, NOW).clocks[Step.TELL_EXTENSION].due[0]) == told_by


def test_the_ladder_of_the_day_on_which_a_step_fell_due_is_climbed() -> None:
    rung = {"step": "答复", "level": 1, "after": 1, "unit": "日"}
    ladder = [{**rung, "to": "分管领导", "until": "2026-04-10"}, {**rung, "to": "校外人员", "from": "2026-04-11"}]
    cases = [("2026-03-31", "2026-04-10"), ("2026-04-01", "2026-04-11")]
    register = [line(f"LV-{i:05d}", received_on=day) for i, (day, _) in enumerate(cases, start=1)]
    index = [{"case_no": row["case_no"], "issued_on": "2026-03-31", "first_seen": "2026-03-31"} for row in register]
    read = ledger(register=register, index=index, deadlines=[rule(10)], escalation=ladder)
    raised = {(str(one.due_on), one.slot) for one in escalate(cases_of(read, NOW), NOW)}
    assert raised == {("2026-04-10", "leader"), ("2026-04-11", "outside")}
