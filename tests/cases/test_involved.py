"""The day of each part by hand: typed, on a day off, without a day; and what keeps a case open."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pytest

from automation.cases.cases import Cases, cases_of
from automation.cases.involved import due_of
from automation.steps.validation import derive
from sheet_schema import SETTING
from sheet_schema.vocabulary import Step
from tests.support.ledger_in_memory import Rows, ledger, line

REPLY = {
    "enabled": "是", "step": "答复", "who": "经办人", "starts_from": "收到日期", "amount": 15, "unit": "日",
    "roll_forward": "是", "remind_before": "7,3,1", "extend_up_to": 10,
}  # fmt: skip
# received Mon 2 March + 15 days: due Tue 17 March
DEPARTMENTS: Rows = ({"name": "教务处"}, {"name": "总务处"}, {"name": "德育处"})
FESTIVAL = ({"date": "2026-03-20", "until": "2026-03-22", "kind": "放假", "name": "校庆"},)
MADE_UP = ({"date": "2026-03-21", "kind": "调休上班", "name": "补班"},)


def seen(
    day: str, tabs: dict[str, object] | None = None, settings: dict[str, str] | None = None, **cells: object
) -> Cases:
    """The case as a run of that day sees it."""
    now = datetime.fromisoformat(f"{day}T09:00")
    values = {"blank_rows": "1", **(settings or {})}
    given: dict[str, object] = {
        "departments": DEPARTMENTS, "deadlines": [REPLY], "escalation": [], "routing": [],
        "settings": [{"name": SETTING[key].label("zh"), "value": value} for key, value in values.items()], **(tabs or {}),
    }  # fmt: skip
    index = [{"case_no": "LV-00001", "issued_on": "2026-03-01", "first_seen": "2026-03-02"}]
    typed = {
        "department": "教务处",
        "decision": "受理",
        "decided_on": "2026-03-02",
        "notified_on": "2026-03-02",
        **cells,
    }
    read = ledger(register=[line(**typed)], index=index, **given)  # type: ignore[arg-type]
    return cases_of(derive(read, now).ledger, now)


@pytest.mark.parametrize(
    ("cells", "tabs", "settings", "due"),
    [
        ({"involved": "总务处 2026-03-12前"}, {}, {}, "2026-03-12"),
        ({"involved": "总务处 2026-03-14前"}, {}, {}, "2026-03-16"),  # a Saturday: on Monday
        ({"involved": "总务处 2026-03-20前"}, {"calendar": FESTIVAL}, {}, "2026-03-23"),  # three days off: on Monday
        ({"involved": "总务处 2026-03-21前"}, {"calendar": MADE_UP}, {}, "2026-03-21"),  # a Saturday that is worked
        ({"involved": "总务处"}, {}, {}, "2026-03-17"),  # with the reply
        ({"department": "教务处、总务处"}, {}, {}, "2026-03-17"),
        ({"involved": "总务处"}, {}, {"parts_before": "3"}, "2026-03-12"),  # 3 working days before Tuesday
        ({"involved": "总务处"}, {}, {"parts_before": "60"}, "2026-03-03"),  # but never before the day after it came
        ({"involved": "总务处 2026-03-16前"}, {}, {"parts_before": "3"}, "2026-03-16"),  # its own day counts
        ({"involved": "总务处", "received_on": "2026-03-06"}, {}, {}, "2026-03-23"),  # the 21st is a Saturday
        (
            {"involved": "总务处", "extended_to": "2026-03-25", "extension_by": "赵刚", "extension_reason": "复杂"},
            {}, {}, "2026-03-25",
        ),  # with the reply that was extended
        ({"involved": "总务处"}, {"deadlines": [REPLY, {**REPLY, "step": "协办", "amount": 5}]}, {}, "2026-03-09"),
        ({"involved": "总务处"}, {"deadlines": []}, {}, "None"),  # nothing gives it a day
        ({"involved": "总务处 2026-03-12前"}, {"deadlines": []}, {}, "2026-03-12"),
        ({"involved": "总务处 3月12日前"}, {}, {}, "2026-03-17"),  # a day without its year is asked about
    ],
)  # fmt: skip
def test_when_a_part_is_due(
    cells: dict[str, object], tabs: dict[str, object], settings: dict[str, str], due: str
) -> None:
    cases = seen("2026-03-05", tabs, settings, **cells)
    assert str(due_of(cases.of_parts, 0, "总务处")) == due


DONE = {"outcome": "支持", "replied_on": "2026-03-12"}


@pytest.mark.parametrize(
    ("cells", "status", "step", "due", "closed_on"),
    [
        ({"involved": "总务处 2026-03-10前；德育处"}, "in_hand", "part", "2026-03-10", "NaT"),
        ({"involved": "总务处 2026-03-10前；德育处", "parts_answered": "总务处 2026-03-09"}, "in_hand", "reply", "2026-03-17", "NaT"),
        ({"involved": "总务处 2026-03-10前", **DONE}, "replied", "part", "2026-03-10", "NaT"),  # the lead has answered
        ({"involved": "总务处 2026-03-10前", "parts_answered": "总务处 2026-03-09", **DONE}, "closed", "", "NaT", "2026-03-12"),
        ({"involved": "总务处 2026-03-10前，2026-03-13答复", **DONE}, "closed", "", "NaT", "2026-03-13"),
        ({"involved": "总务处 免办：教务处已办", **DONE}, "closed", "", "NaT", "2026-03-12"),
        ({"involved": "总务处 免办", **DONE}, "replied", "part", "2026-03-17", "NaT"),  # and why?
        ({"involved": "教务处", **DONE}, "closed", "", "NaT", "2026-03-12"),  # who leads has no part beside
        ({"department": "教务处和总务处", **DONE}, "replied", "part", "2026-03-17", "NaT"),
        ({"involved": "总务处", "decision": "不予受理", "reason": "无关"}, "closed", "", "NaT", "2026-03-02"),
        ({"involved": "总务处", "decision": "作废", "reason": "误录"}, "closed", "", "NaT", "2026-03-02"),
    ],
)  # fmt: skip
def test_a_case_closes_once_the_parts_are_in(
    cells: dict[str, object], status: str, step: str, due: str, closed_on: str
) -> None:
    register = seen("2026-03-16", **cells).register
    found = [str(register[key][0]) for key in ("status", "step", "due_on", "closed_on")]
    assert found == [status, step, due, closed_on]


def test_the_light_is_that_of_the_part_that_is_due_first() -> None:
    lights = {
        day: str(seen(day, involved="总务处 2026-03-12前；德育处").register["light"][0])
        for day in ("2026-03-04", "2026-03-05", "2026-03-12", "2026-03-13")
    }
    assert lights == {"2026-03-04": "on_time", "2026-03-05": "soon", "2026-03-12": "soon", "2026-03-13": "late"}


@pytest.mark.parametrize(
    ("cells", "codes"),
    [
        ({"involved": "总务处 2026-03-12前"}, []),
        ({"involved": "总物处"}, [("misspelt_department", "involved")]),
        ({"department": "教务处、总物处"}, [("misspelt_department", "department")]),
        ({"involved": "总务处 3月12日前"}, [("part_day", "involved")]),
        ({"involved": "总务处 免办"}, [("part_waived_why", "involved")]),
        ({"involved": "总务处 2026-03-30前"}, [("part_after_reply", "involved")]),
        ({"involved": "总务处", "parts_answered": "德育处 2026-03-03"}, [("part_of_nobody", "parts_answered")]),
        ({"involved": "总务处", "parts_answered": "总务处已答复"}, [("part_answered_when", "parts_answered")]),
        ({"involved": "总务处", "parts_answered": "总务处 2026-04-03"}, [("in_the_future", "parts_answered")]),
        ({"involved": "总务处", "outcome": "支持", "replied_on": "2026-03-04"}, [("parts_missing", "parts_answered")]),
    ],
)
def test_the_row_says_what_is_wrong(cells: dict[str, object], codes: list[tuple[str, str]]) -> None:
    problems = seen("2026-03-05", **cells).ledger.problems
    unreached = "hands_unreached"  # there are no addresses in this ledger
    assert [(one.code, one.column) for one in problems if one.tab == "register" and one.code != unreached] == codes


def test_the_row_names_the_nearest_department() -> None:
    (problem,) = (one for one in seen("2026-03-05", involved="总物处").ledger.problems if one.column == "involved")
    assert "总务处" in problem.say("zh")


def test_a_ledger_without_parts_is_as_before() -> None:
    clock = seen("2026-03-05").clocks[Step.PART]
    assert not clock.open.any()
    assert np.isnat(clock.due).all()
