"""Due dates of a case that waits, counted by hand on a wall calendar (docs/design.md#p19.1 and following).

The case was received on Monday 2 March 2026; its reply is due in 15 days, on Tuesday 17 March, if a row does not say otherwise.
No run comes but on the days named, and the last of them is today.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from automation.cases.stopped_clocks import Waits
from automation.cases.waits import Wait, of_case
from automation.ledger.calendar import Calendar, CalendarDays
from automation.ledger.policy import Deadline
from sheet_schema.vocabulary import Step
from tests.support.sample import random_examples
from tests.support.waiting_case import NO_WAIT, RULE, Row, lived, waits

Runs = Sequence[tuple[str, Mapping[str, object]]]
WORKDAYS: Row = {**RULE, "amount": 10, "unit": "工作日", "roll_forward": "否"}
SCHOOLDAYS: Row = {**WORKDAYS, "unit": "上课日"}
QINGMING: Row = {"date": "2026-04-04", "until": "2026-04-06", "kind": "放假", "name": "清明"}
MAY: tuple[Row, ...] = (
    {"date": "2026-05-01", "until": "2026-05-05", "kind": "放假", "name": "劳动节"},
    {"date": "2026-05-09", "kind": "调休上班", "name": "劳动节"},
)
SPRING: Row = {"date": "2026-04-01", "until": "2026-04-14", "kind": "校历假期", "name": "春假"}
EXTENDED: Row = {"extended_to": "2026-03-31", "extension_by": "赵刚", "extension_reason": "外出核实"}
SUPERIOR: Row = {"channel": "上级交办", "superior_ref": "7", "superior_due": "2026-03-20"}


def once(since: str, until: str = "", seen: str = "", **cells: object) -> Runs:
    """One wait, typed on the day it began, or seen on another."""
    return [(seen or since, {**waits(since, until), **cells})]


@pytest.mark.parametrize(
    ("rule", "calendar", "runs", "due"),
    [
        # Without a wait: 2 March + 15 = 17 March. From the 2nd to the 8th are 6 days, the first not counted: + 21 = 23 March
        pytest.param({}, (), [("02", {})], "03-17", id="no wait"),
        pytest.param({}, (), once("02", "08"), "03-23", id="6 days"),
        pytest.param({}, (), once("03", "03"), "03-17", id="asked and there on one day"),
        pytest.param({}, (), once("03", "04"), "03-18", id="1 day"),
        # + 19 = Saturday 21 March, which moves on to Monday: the days are one sum, moved once
        pytest.param({}, (), once("10", "14"), "03-23", id="an end on a Saturday moves on"),
        pytest.param({"roll_forward": "否"}, (), once("10", "14"), "03-21", id="or does not, as the rule says"),
        # Sunday 15 March → Monday 16; waited 4 days from the 9th: 2 + 17 = 19, not 16 + 4 = 20
        pytest.param({"amount": 13}, (), once("09", "13"), "03-19", id="counted from the first day, not from the Monday"),
        pytest.param({}, (), once("17", "20"), "03-20", id="begun on the last day"),
        pytest.param({}, (), [("02", {}), ("18", waits("18", "20"))], "03-17", id="begun after the last day"),
        pytest.param({}, (), once("15", "25"), "03-27", id="over the due day"),
        # Begun on the Monday to which a Sunday moved on: 4 days are waited up to Friday, and it is due no earlier
        pytest.param({"amount": 13}, (), once("16", "20"), "03-20", id="begun on the day to which the end moved on"),
        # Month ends: 2 March + 30 = 1 April; + 6 = Tuesday 7 April
        pytest.param({"amount": 30}, (), once("25", "31"), "04-07", id="over the end of a month"),
        # + 30 = Friday 1 May, off until Tuesday 5 May
        pytest.param({"amount": 30}, (), once("31", "04-30"), "05-06", id="a whole month"),
        # Still waiting: up to today
        pytest.param({}, (), [("10", waits("10")), ("16", {})], "03-23", id="still waiting: 6 days"),
        pytest.param({}, (), [("10", waits("10")), ("19", {})], "03-26", id="still waiting: 9 days"),
        pytest.param({}, (), [("10", waits("10"))], "03-17", id="still waiting: the first day"),
        pytest.param({}, (), [("10", waits("10")), ("12", {"replied_on": "2026-03-12"}), ("19", {})], "03-19",
                     id="answered meanwhile: 2 days"),
        # 10 workdays: 3 to 6, 9 to 13, 16 March. Waited (5, 11] are the 6th, 9th, 10th and 11th: + 4 = Friday 20 March
        pytest.param(WORKDAYS, (), [("02", {})], "03-16", id="working days"),
        pytest.param(WORKDAYS, (), once("05", "11"), "03-20", id="working days: 4"),
        pytest.param(WORKDAYS, (), once("06", "08"), "03-16", id="working days: a weekend is none"),
        pytest.param(WORKDAYS, (), once("06", "09"), "03-17", id="working days: 1"),
        # 20 workdays: 30 March. Waited (26 March, 7 April] are 27, 30, 31, 1, 2, 3, 7: the 6th is off. + 7 = 31, 1, 2, 3, 7, 8, 9
        pytest.param({**WORKDAYS, "amount": 20}, (QINGMING,), once("26", "04-07"), "04-09", id="working days and a holiday"),
        # School is closed from 1 to 14 April. 30 school days: 16 March is the 10th, 31 March the 21st, 15 April the 22nd,
        # 27 April the 30th. Waited (30 March, 15 April] are 31 March and 15 April: 28 and 29 April
        pytest.param({**SCHOOLDAYS, "amount": 30}, (SPRING,), once("30", "04-15"), "04-29", id="school days"),
        # Several waits. 3 to 6: 3 days, due on the 20th; from the 20th to the 24th 4 more: 2 + 22 = 24
        pytest.param({}, (), [("03", waits("03", "06")), ("20", waits("20", "24", "鉴定"))], "03-24", id="two waits"),
        pytest.param({}, (), [("03", waits("03", "06")), ("23", waits("23", "24", "鉴定"))], "03-20", id="the second too late"),
        pytest.param({}, (), [("03", waits("03", "06")), ("09", NO_WAIT), ("10", waits("10", "12"))], "03-23",
                     id="the cells emptied between: 3 + 2 = 5, 22 March is a Sunday"),
        # 3 to 10, and from the 8th to the 12th for something else: 9 days in all, none twice
        pytest.param({}, (), [("03", waits("03", "10")), ("08", waits("08", "12", "鉴定"))], "03-26", id="one in the other"),
        pytest.param({}, (), [("03", waits("03")), ("08", waits("08", "", "鉴定")), ("12", {})], "03-26", id="and without ends"),
        # What was typed late
        pytest.param({}, (), once("03", "13", seen="10"), "03-20", id="typed a week late: from then, 3 days"),
        pytest.param({}, (), [("02", {}), ("18", waits("03", "13"))], "03-17", id="typed once it was over and late"),
        pytest.param({}, (), [("02", {}), ("12", waits("03", "10"))], "03-17", id="typed once it was over"),
        pytest.param({}, (), [("02", {}), ("18", waits("10"))], "03-17", id="begun before the last day, typed after it"),
        pytest.param({}, (), once("08", "03"), "03-17", id="until before since"),
        pytest.param({}, (), once("03", "13", waiting_for=""), "03-17", id="for no reason"),
        pytest.param({}, (), [("03", waits("03", "06")), ("09", waits("03", "12"))], "03-23", id="goes on after it was over: 3 + 3"),
        pytest.param({}, (), [("03", waits("03", "06")), ("06", waits("03", "12"))], "03-26", id="goes on in time: 9"),
        pytest.param({}, (), [("03", waits("03", "13")), ("06", waits("03", "06"))], "03-20", id="there sooner: 3"),
        pytest.param({}, (), [("03", waits("03")), ("10", NO_WAIT), ("30", {})], "03-24", id="emptied: 7 days stay"),
        pytest.param({}, (), [("03", waits("03")), ("10", waits("03", "31-31")), ("10", waits("03", "10"))], "03-24",
                     id="a slip, and its correction"),
        # The first ends on the 6th, when the other is typed over it: 3 days, due on the 20th, and 4 from then
        pytest.param({}, (), [("03", waits("03", "10")), ("06", waits("20", "24"))], "03-24", id="one over a running one"),
        pytest.param({}, (), [("10", waits("03", "13")), ("12", waits("10", "13"))], "03-20", id="put right as the row asks"),
        # Limits
        pytest.param({"wait_up_to": 5}, (), once("03", "13"), "03-23", id="as long as it may: 5, a Sunday"),
        pytest.param({"wait_up_to": 5}, (), [("03", waits("03")), ("04-30", {})], "03-23", id="no case is hidden for ever"),
        pytest.param({"wait_up_to": 5}, (), [("03", waits("03", "06")), ("10", waits("10", "16"))], "03-23", id="5 in all"),
        pytest.param({"wait_up_to": ""}, (), once("03", "13"), "03-17", id="the rule allows none"),
        # Beside what else moves a day
        pytest.param({}, (), once("03", "08", **EXTENDED), "03-31", id="extended beyond it: not twice"),
        pytest.param({}, (), [("10", EXTENDED), ("11", waits("11", "31"))], "04-07", id="waited beyond the extension: 20, a Monday off"),
        pytest.param({}, (), once("03", "13", **SUPERIOR), "03-20", id="a superior's own day"),
        pytest.param({}, (), once("03", "04", **SUPERIOR), "03-18", id="before a superior's own day"),
        # Accepted on the 4th: 4 + 15 = 19. Of the days from the 2nd to the 6th two lie after that: Saturday 21 → Monday
        pytest.param({}, (), [("02", waits("02", "06")), ("04", {"decision": "受理", "decided_on": "2026-03-04"})], "03-23",
                     id="waited before it was accepted"),
    ],
)  # fmt: skip
def test_due_dates(rule: Row, calendar: tuple[Row, ...], runs: Runs, due: str) -> None:
    found = lived(runs, deadlines=({**RULE, **rule},), calendar=(QINGMING, *MAY, *calendar))
    assert str(found.cases.clocks[Step.REPLY].due[0]) == f"2026-{due}"


DAYS_OFF = Calendar(
    (
        CalendarDays(date(2026, 4, 4), date(2026, 4, 6), "holiday", "清明"),
        CalendarDays(date(2026, 5, 1), date(2026, 5, 5), "holiday", "劳动节"),
        CalendarDays(date(2026, 5, 9), None, "workday", "劳动节"),
        CalendarDays(date(2026, 4, 1), date(2026, 4, 14), "closed", "春假"),
    )
)
START = date(2026, 3, 2)
some_waits = st.lists(st.tuples(st.integers(-5, 40), st.integers(0, 20)), min_size=1, max_size=4).map(
    lambda pairs: [Wait(START + timedelta(a), START + timedelta(a + long), START + timedelta(a)) for a, long in pairs]
)


def walked(rule: Deadline, waits: Sequence[Wait]) -> date:
    """The due day as somebody finds it who walks through the days one by one, with the rule and the waits in hand."""
    counts = {"day": lambda _: [True], "workday": DAYS_OFF.is_workday, "schoolday": DAYS_OFF.is_schoolday}[rule.unit]
    left, waited, day, due = rule.amount, 0, START, date.max
    while True:
        day += timedelta(1)
        if not counts(np.array([day], dtype="datetime64[D]"))[0]:
            continue
        if waited < rule.wait_up_to and any(
            one.begin < day <= (one.until or day) and one.begin <= due for one in waits
        ):
            waited += 1
            due = due if due is date.max else day
        elif left == 0:
            return due
        else:
            left -= 1
            due = day if left == 0 else due


@random_examples(80)
@given(
    some_waits, st.integers(1, 30), st.sampled_from(["day", "workday", "schoolday"]), st.sampled_from([200, 200, 0, 3, 20]), st.booleans(), st.randoms()
)  # fmt: skip
def test_a_wait_never_brings_a_day_forward_and_adds_the_days_waited_in_whatever_order_they_were_typed(
    waits: list[Wait], amount: int, unit: str, longest: int, roll: bool, random: Random
) -> None:
    rule = Deadline("", "", "reply", "", "received", amount, unit, roll, 0, (), "", 1, wait_up_to=longest)
    entries = [f"{one.begin} to {one.until}" for one in waits]
    mixed, typed = random.sample(waits, len(waits)), "; ".join(random.sample(entries, len(entries)))
    stretches = of_case(mixed, typed, "", date(2026, 12, 31), None)
    start = np.array([START], dtype="datetime64[D]")
    extra = Waits({0: stretches} if stretches else {}).units(DAYS_OFF, rule, np.array([True]), start, None)
    plain, due = (DAYS_OFF.due(start, amount + more, unit, roll)[0].item() for more in (0, extra))
    assert due >= plain
    assert extra[0] <= longest or roll
    if not roll:
        assert due == walked(rule, waits)
