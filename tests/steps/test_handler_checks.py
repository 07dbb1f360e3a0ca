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
    ]
    status = "办结" if "decision" in cells else ""
    seen = {"case_no": "LV-00001", "issued_on": "2026-03-01", "first_seen": "2026-03-02"}
    register = [line(**{"handler": "孙离", "status": status, **cells})]
    book = ledger(register=register, index=[seen], people=people)
    found = [(one.code, one.column) for one in find_problems(cases_of(book, NOW))]
    assert (("handler_left", "handler") in found) is said
