"""The row says so where its handler is away and nobody knows until when."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from automation.cases.cases import cases_of
from automation.steps.checks import find_problems
from tests.support.ledger_in_memory import NOW, ledger, line


@pytest.mark.parametrize(
    ("person", "cells", "said"),
    [
        pytest.param({"absent_from": "2026-01-05"}, {}, True, id="has-left"),
        pytest.param(
            {"absent_from": "2026-01-05", "also_called": "小孙"}, {"handler": "小孙"}, True, id="by-another-name"
        ),
        pytest.param({"absent_from": "2026-03-19"}, {}, False, id="leaves-tomorrow"),
        pytest.param({"absent_from": "2026-01-05", "absent_until": "2026-03-20"}, {}, False, id="comes-back"),
        pytest.param({"absent_from": "2026-01-05", "stand_in": "李敏"}, {}, False, id="somebody-stands-in"),
        pytest.param({"absent_from": "2026-01-05", "stand_in": "孙平"}, {}, True, id="a-stand-in-who-is-nobody"),
        pytest.param({"absent_from": "2026-01-05", "stand_in": "孙离"}, {}, True, id="a-stand-in-who-is-the-handler"),
        pytest.param({"absent_from": "2026-01-05", "stand_in": "高远"}, {}, True, id="a-stand-in-who-is-away"),
        pytest.param({}, {}, False, id="is-there"),
        pytest.param(
            {"absent_from": "2026-01-05"},
            {"decision": "作废", "decided_on": "2026-03-04", "reason": "重复登记"},
            False,
            id="the-case-is-closed",
        ),
    ],
)
def test_a_handler_who_has_left(person: Mapping[str, object], cells: Mapping[str, object], said: bool) -> None:
    people = [
        {"name": "孙离", "role": "经办人", "email": "sun@s.example", **person},
        {"name": "李敏", "role": "信访办", "email": "limin@s.example"},
        {
            "name": "高远",
            "role": "经办人",
            "email": "gao@s.example",
            "absent_from": "2026-03-16",
            "absent_until": "2026-03-20",
        },
    ]
    status = "办结" if "decision" in cells else ""
    seen = {"case_no": "LV-00001", "issued_on": "2026-03-01", "first_seen": "2026-03-02"}
    register = [line(**{"handler": "孙离", "status": status, **cells})]
    book = ledger(register=register, index=[seen], people=people)
    found = [(one.code, one.column) for one in find_problems(cases_of(book, NOW))]
    assert (("handler_left", "handler") in found) is said


OFF = {"absent_from": "2026-01-05"}


@pytest.mark.parametrize(
    ("department", "people", "cells", "said"),
    [
        pytest.param({}, {}, {}, "department", id="no-mailbox-and-no-head"),
        pytest.param({"email": "tsg@s.example"}, {}, {}, "", id="a-mailbox"),
        pytest.param({"email": "tsg at s"}, {}, {}, "department", id="a-mailbox-that-is-none"),
        pytest.param({"head": "孙离"}, {}, {}, "", id="a-head"),
        pytest.param({"head": "孙离"}, {"email": ""}, {}, "department", id="a-head-without-address"),
        pytest.param({"head": "孙离"}, OFF, {}, "department", id="a-head-who-is-away"),
        pytest.param({"head": "孙离"}, {**OFF, "stand_in": "李敏"}, {}, "", id="a-head-whose-stand-in-is-there"),
        pytest.param({}, {}, {"handler": "孙离"}, "", id="a-handler"),
        pytest.param({}, {"email": ""}, {"handler": "孙离"}, "department", id="a-handler-without-address"),
        pytest.param({}, {"email": ""}, {"handler": "孙离", "department": ""}, "handler", id="only-a-handler"),
        pytest.param({}, {}, {"handler": "孙平"}, "department", id="a-handler-who-is-nobody"),
        pytest.param({}, {}, {"handler": "孙平", "department": ""}, "", id="nobody-at-all"),
        pytest.param({}, {}, {"department": ""}, "", id="not-given-yet"),
        pytest.param({"head": "孙离"}, {}, {"about": "孙离"}, "", id="a-head-who-must-not-know"),
        pytest.param({}, {}, {"status": "办结"}, "", id="the-case-is-closed"),
    ],
)
def test_a_department_that_no_mail_reaches(
    department: Mapping[str, object],
    people: Mapping[str, object],
    cells: Mapping[str, object],
    said: str,
) -> None:
    rows = [
        {"name": "孙离", "role": "经办人", "email": "sun@s.example", **people},
        {"name": "李敏", "role": "信访办", "email": "limin@s.example"},
    ]
    departments = [{"name": "图书馆", **department}, {"name": "教务处", "email": "jw@s.example"}]
    seen = {"case_no": "LV-00001", "issued_on": "2026-03-01", "first_seen": "2026-03-02"}
    register = [line(**{"department": "图书馆", "about": "-", **cells})]
    book = ledger(register=register, index=[seen], people=rows, departments=departments)
    found = [one.column for one in find_problems(cases_of(book, NOW)) if one.code == "hands_unreached"]
    assert found == ([said] if said else [])


def test_where_no_department_has_an_address_the_office_tells_them_anyway() -> None:
    seen = {"case_no": "LV-00001", "issued_on": "2026-03-01", "first_seen": "2026-03-02"}
    book = ledger(register=[line(department="图书馆", about="-")], index=[seen], departments=[{"name": "图书馆"}])
    assert "hands_unreached" not in [one.code for one in find_problems(cases_of(book, NOW))]
