"""What a digest asks somebody to look at, without the cases that its reader must not know of."""

from __future__ import annotations

import pytest

from automation.cases.cases import cases_of
from automation.ledger.model import Problem
from automation.steps.digests import visible_to
from automation.steps.needs_attention import attention
from automation.steps.refused_addresses import refused_addresses
from automation.steps.validation import prepare
from automation.steps.verification import verify
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


ABOUT_LI = {"about": "李敏", "kind": "检举控告", "received_on": "2026-02-02"}
ABOUT_NOBODY = {"about": "-", "received_on": "2026-02-02", "petitioner": "何某"}
SEALED = {"seal": "s", "filed_on": "2026-03-01"}


@pytest.mark.parametrize(
    ("code", "register", "filing"),
    [
        ("copied_number", [line(**ABOUT_LI), line(**ABOUT_NOBODY)], []),
        ("filed_number", [line(**ABOUT_NOBODY)], [line(**ABOUT_LI, **SEALED, seal_no=1, archive_no="A1")]),
        *(
            (code, [], [line(**ABOUT_LI, **SEALED, seal_no=1, archive_no="A1"), line(number, **ABOUT_NOBODY, **SEALED, seal_no=seal_no, archive_no=archive_no)])
            for code, number, seal_no, archive_no in (
                ("filed_twice", "LV-00001", 2, "A2"), ("archive_no_twice", "LV-00002", 2, "A1"), ("seal_twice", "LV-00002", 1, "A2"),
            )
        ),
    ],
)  # fmt: skip
def test_a_number_that_stands_twice_tells_of_neither_row_to_whom_one_is_kept_from(
    code: str, register: list[dict[str, object]], filing: list[dict[str, object]]
) -> None:
    """The first row is about 李敏, the other about nobody."""
    numbers = dict.fromkeys(str(row["case_no"]) for row in (*register, *filing))
    index = [
        {"case_no": number, "issued_on": "2026-02-01", "first_seen": "2026-02-02", "problems_since": "2026-03-01 09:00"}
        for number in numbers
    ]
    prepared = prepare(ledger(people=OFFICE, register=register, filing=filing, index=index), NOW)
    read = prepared.ledger
    cases = cases_of(read.noting(verify(read)), NOW)
    told = {}
    for one in cases.ledger.policy.people:
        found = attention(cases, visible_to(one, cases.ledger.policy))
        told[one.name] = [problem.code for problem in (*found.rows, *found.rules) if problem.code == code]
    assert (told["李敏"], set(told["何静"])) == ([], {code})
