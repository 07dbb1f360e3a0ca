"""What a digest asks somebody to look at, without the cases that its reader must not know of."""

from __future__ import annotations

import pytest

from automation.cases.cases import cases_of
from automation.ledger.model import Problem
from automation.steps.digests import visible_to
from automation.steps.needs_attention import attention
from tests.support.ledger_in_memory import NOW, PEOPLE, ledger, line

LI = PEOPLE[2]
OFFICE = (LI, {"name": "何静", "role": "信访办", "email": "he@school.example"})


@pytest.mark.parametrize(("name", "numbers"), [("李敏", ["LV-00002"]), ("何静", ["LV-00001", "LV-00002"])])
def test_a_broken_seal_is_told_to_whoever_may_know_of_the_case(name: str, numbers: list[str]) -> None:
    """LV-00001 is about 李敏, who works in the office."""
    read = ledger(people=OFFICE, filing=[line("LV-00001", about="李敏"), line("LV-00002", about="-")])
    broken = [
        Problem("filing", row, "seal", "seal_broken", (), case_no=number)
        for row, number in ((2, "LV-00001"), (3, "LV-00002"))
    ]
    cases = cases_of(read.noting(broken), NOW)
    (person,) = [one for one in cases.ledger.policy.people if one.name == name]
    found = attention(cases, visible_to(person, cases.ledger.policy)).rules
    assert [problem.case_no for problem in found if problem.code == "seal_broken"] == numbers
