"""What a digest asks somebody to look at, without the cases that its reader must not know of."""

from __future__ import annotations

import pytest

from automation.cases.cases import cases_of
from automation.ledger.model import Problem
from automation.steps.digests import visible_to
from automation.steps.needs_attention import attention
from automation.steps.refused_addresses import refused_addresses
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


@pytest.mark.parametrize(
    ("case_no", "told"),
    [
        pytest.param("LV-00001", ["何静"], id="a mail about 李敏"),
        pytest.param("LV-00002", ["李敏", "何静"], id="a mail about somebody else"),
        pytest.param("", ["李敏", "何静"], id="a digest"),
    ],
)
def test_a_refused_mail_does_not_tell_of_a_case_that_the_reader_must_not_know_of(case_no: str, told: list[str]) -> None:
    """The mail was to 王芳; LV-00001 is about 李敏."""
    refused = {"to": "wangfang@school.example", "state": "失败", "error": "550", "done_at": "2026-03-17T09:00:00"}
    read = ledger(
        people=(*OFFICE, PEOPLE[0]),
        register=[line("LV-00001", about="李敏"), line("LV-00002", about="-")],
        notices=[{**refused, "case_no": case_no, "kind": "分办通知"}],
    )
    cases = cases_of(read.noting(refused_addresses(read)), NOW)
    people = [one for one in cases.ledger.policy.people if one.name in ("李敏", "何静")]
    found = {one.name: attention(cases, visible_to(one, cases.ledger.policy)).rules for one in people}
    assert [name for name, rules in found.items() if any(one.code == "address_refused" for one in rules)] == told
