"""检举控告 by its own rule: who is told within 15 working days that it was received, and who of the result."""

from __future__ import annotations

from datetime import datetime

import pytest

from automation.cases.cases import cases_of
from automation.cases.owed import owed_in
from automation.ledger.model import Ledger
from automation.steps.validation import derive
from sheet_schema.vocabulary import Step
from tests.cases.test_second_review import NOTICES
from tests.support.ledger_in_memory import Rows, ledger, line

ACCUSED = {"kind": "检举控告", "about": "李敏", "department": "纪检监察室"}
ACCEPTED = {"decision": "受理", "decided_on": "2026-03-04", "notified_on": "2026-03-05"}
FOUND = {**ACCEPTED, "outcome": "属实", "concluded_on": "2026-03-10"}


def of(now: str, tabs: dict[str, Rows] | None = None, **cells: object) -> Ledger:
    received = str(cells.get("received_on", "2026-03-02"))
    index = [{"case_no": number, "issued_on": received, "first_seen": received} for number in ("LV-00001", "LV-00002")]
    given: dict[str, Rows] = {"calendar": NOTICES, "index": index, **(tabs or {})}
    register = [line(**{**ACCUSED, **cells})]
    return derive(ledger(register=register, **given), datetime.fromisoformat(f"{now}T09:00")).ledger


def due(now: str, step: Step, **cells: object) -> str:
    return str(cases_of(of(now, **cells), datetime.fromisoformat(f"{now}T09:00")).clocks[step].due[0])


FIFTEEN_WORKDAYS = [
    ("2026-03-02", "2026-03-23"),  # three weeks of five days
    ("2026-03-07", "2026-03-27"),  # received on a Saturday: the Monday after is the first of them
    ("2026-03-16", "2026-04-07"),  # Monday 6 April is off for 清明: the Tuesday
    ("2026-01-26", "2026-02-14"),  # fourteen to 13 February, and the Saturday is worked
    ("2026-01-27", "2026-02-24"),  # fourteen to that Saturday, then nine days off
    ("2026-02-09", "2026-03-06"),  # five to Saturday the 14th, five from the 24th to Saturday the 28th, a week of March
    ("2026-04-20", "2026-05-13"),  # eight in April; 6 to 8 May and the Saturday; three more
    ("2026-05-29", "2026-06-22"),  # over the end of the month: fourteen to 18 June, then 端午
    (
        "2026-09-14",
        "2026-10-10",
    ),  # five to Sunday the 20th, nine to the 24th, twelve in September; 8 and 9 October, and Saturday
    ("2025-12-31", "2026-01-22"),  # 1 to 3 January are off, and the Sunday after them is worked
    ("2025-01-20", "2025-02-14"),  # six to Monday the 27th with the Sunday; three from 5 February, the Saturday, a week
]


@pytest.mark.parametrize(("day", "last"), FIFTEEN_WORKDAYS)
def test_fifteen_working_days_to_tell_that_it_came_and_to_tell_the_result(day: str, last: str) -> None:
    assert due("2026-12-01", Step.NOTIFY, received_on=day) == last
    concluded = {**FOUND, "received_on": "2024-12-02", "decided_on": "2024-12-03", "concluded_on": day}
    assert due("2026-12-01", Step.TELL_RESULT, **concluded) == last


@pytest.mark.parametrize(
    ("cells", "notify", "result"),
    [
        ({}, "2026-03-23", "NaT"),
        (FOUND, "2026-03-23", "2026-03-31"),
        # of the other kinds, as before: 15 days, of which 17 March is the last, and nothing once it is concluded
        ({**FOUND, "kind": "申诉求决"}, "2026-03-17", "NaT"),
        # who gave no name is told nothing of the result; who cannot be reached, nothing at all
        ({**FOUND, "petitioner": "匿名"}, "2026-03-23", "NaT"),
        ({**FOUND, "petitioner": "匿名", "contact": ""}, "NaT", "NaT"),
        ({**FOUND, "contact": "地址不详"}, "NaT", "NaT"),
        # a repeat is not told again, but of its own result; "none" and a slip are no repeats
        ({"repeat_of": "LV-00002"}, "NaT", "NaT"),
        ({"repeat_of": "lv-00002"}, "NaT", "NaT"),
        ({**FOUND, "repeat_of": "LV-00002", "notified_on": ""}, "NaT", "2026-03-31"),
        ({**FOUND, "repeat_of": "LV-00002"}, "2026-03-23", "2026-03-31"),
        ({"repeat_of": "无"}, "2026-03-23", "NaT"),
        ({"repeat_of": "LV-00001"}, "2026-03-23", "NaT"),
        ({"repeat_of": "LV-00002", "kind": "申诉求决"}, "2026-03-17", "NaT"),
        # what is not taken up has no result to tell; what is void owes nothing
        ({**FOUND, "decision": "转送", "reason": "属上级管辖"}, "2026-03-23", "NaT"),
        ({**FOUND, "decision": "作废", "reason": "误登"}, "NaT", "NaT"),
    ],
)  # fmt: skip
def test_who_is_told(cells: dict[str, object], notify: str, result: str) -> None:
    assert (due("2026-03-18", Step.NOTIFY, **cells), due("2026-03-18", Step.TELL_RESULT, **cells)) == (notify, result)


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        # concluded, and not told yet: the answer that is due first, and open
        ({**ACCEPTED, "concluded_on": "2026-03-10", "outcome": "属实"}, ("in_hand", "tell_result", "NaT")),
        ({**FOUND, "replied_on": "2026-03-27"}, ("closed", "", "2026-03-27")),
        # a repeat that is only put on file closes without a notice; another one does not
        ({"decision": "不予受理", "decided_on": "2026-03-04", "reason": "重复举报", "repeat_of": "LV-00002"}, ("closed", "", "2026-03-04")),
        ({"decision": "不予受理", "decided_on": "2026-03-04", "reason": "重复举报"}, ("in_hand", "notify", "NaT")),
    ],
)  # fmt: skip
def test_it_closes_once_they_are_told(cells: dict[str, object], expected: tuple[str, str, str]) -> None:
    register = of("2026-03-30", **cells).register
    assert tuple(str(register[key][0]) for key in ("status", "step", "closed_on")) == expected


@pytest.mark.parametrize(
    ("cells", "codes"),
    [
        ({**FOUND, "replied_on": "2026-03-27"}, set()),
        ({**FOUND, "concluded_on": ""}, {"which_day_concluded"}),
        ({**FOUND, "concluded_on": "", "petitioner": "匿名"}, set()),
        ({**FOUND, "concluded_on": "", "kind": "申诉求决"}, set()),
        ({**FOUND, "concluded_on": "", "replied_on": "2026-03-27"}, set()),
        ({**FOUND, "concluded_on": "2026-03-03"}, {"out_of_order"}),
        ({**FOUND, "concluded_on": "2026-05-03"}, {"in_the_future"}),
    ],
)
def test_the_day_of_the_conclusion_is_asked_for_and_checked(cells: dict[str, object], codes: set[str]) -> None:
    assert {one.code for one in of("2026-03-30", **cells).problems if one.column == "concluded_on"} == codes


def test_what_it_owed_is_fixed_apart_from_the_reply() -> None:
    kept = owed_in(of("2026-03-30", **FOUND, replied_on="2026-03-27").index["owed"][0])
    assert {step: kept[step].due for step in ("reply", "tell_result")} == {
        "reply": "2026-04-03",
        "tell_result": "2026-03-31",
    }
