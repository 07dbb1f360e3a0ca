"""Who is told that they have a case, who gets a copy, and who is told that they no longer have it."""

from __future__ import annotations

from datetime import datetime

import pytest

from automation.cases.cases import cases_of
from automation.ledger.notices import holder_of
from automation.ledger.workbook import Formula
from automation.steps.assignment_notices import tell_departments
from automation.steps.validation import derive
from tests.support.ledger_in_memory import Rows, ledger, line

INDEX = {"case_no": "LV-00001", "issued_on": "2026-03-01", "first_seen": "2026-03-02"}
TOPIC = str(line()["topic"])


def told(level: int, holder: str, state: str = "written") -> dict[str, object]:
    key = f"LV-00001|assignment|||{level}|handler"
    return {
        "key": key,
        "case_no": "LV-00001",
        "kind": "assignment",
        "level": str(level),
        "slot": "handler",
        "holder": holder,
        "state": state,
    }


def gone(level: int, holder: str, state: str = "written") -> dict[str, object]:
    key = f"LV-00001|handed_over|||{level}|handler"
    return {**told(level, holder, state), "key": key, "kind": "handed_over"}


def raised(notices: Rows, rules: Rows = (), **cells: object) -> list[tuple[str, int, str, str]]:
    given: dict[str, Rows] = {"routing": rules} if rules else {}
    read = ledger(register=[line(**cells)], index=[INDEX], notices=notices, **given)
    now = datetime(2026, 3, 18, 9)
    found = tell_departments(cases_of(derive(read, now).ledger, now), now)
    return [(notice.kind, notice.level, notice.slot, notice.holder) for notice in found]


A, B = "教务处", "总务处"


@pytest.mark.parametrize(
    ("notices", "cells", "expected"),
    [
        ([], {}, []),  # nobody has it
        ([], {"department": A}, [("assignment", 1, "handler", A)]),
        ([], {"handler": "王芳"}, [("assignment", 1, "handler", holder_of("", "王芳"))]),
        # written another way, or renamed since: still the same
        ([told(1, A)], {"department": "教导处"}, []),
        ([told(1, holder_of("教导处", "王 芳"))], {"department": A, "handler": "王芳"}, []),
        # not sent yet: the same notice again, which the outbox knows; sent: nothing more
        ([told(1, A, "claimed")], {"department": A}, [("assignment", 1, "handler", A)]),
        ([told(1, A, "failed")], {"department": f" {A} "}, [("assignment", 1, "handler", A)]),
        ([told(1, A)], {"department": f" {A} "}, []),
        # given to another department: both are told
        ([told(1, A)], {"department": B}, [("assignment", 2, "handler", B), ("handed_over", 2, "handler", A)]),
        (
            [told(1, A), told(2, B, "retry")],
            {"department": B},
            [("assignment", 2, "handler", B), ("handed_over", 2, "handler", A)],
        ),
        # and back: both are told again
        (
            [told(1, A), told(2, B)],
            {"department": A},
            [("assignment", 3, "handler", A), ("handed_over", 3, "handler", B)],
        ),
        # a handler in the same department is told; the department has lost nothing
        ([told(1, A)], {"department": A, "handler": "王芳"}, [("assignment", 2, "handler", holder_of(A, "王芳"))]),
        # and is told when it is no longer theirs, whoever has it then
        (
            [told(1, A), told(2, holder_of(A, "王芳"))],
            {"department": A},
            [("assignment", 3, "handler", A), ("handed_over", 3, "王芳", holder_of(A, "王芳"))],
        ),
        (
            [told(1, holder_of(A, "王 芳"))],
            {"department": B, "handler": "李敏"},
            [
                ("assignment", 2, "handler", holder_of(B, "李敏")),
                ("handed_over", 2, "handler", holder_of(A, "王芳")),
                ("handed_over", 2, "王芳", holder_of(A, "王芳")),
            ],
        ),
        # taken away from everybody: whoever had it is told once
        ([told(1, A)], {}, [("handed_over", 2, "handler", A)]),
        ([told(1, holder_of("", "王芳"))], {}, [("handed_over", 2, "王芳", holder_of("", "王芳"))]),
        (
            [told(1, holder_of(A, "王芳"))],
            {},
            [("handed_over", 2, "handler", holder_of(A, "王芳")), ("handed_over", 2, "王芳", holder_of(A, "王芳"))],
        ),
        ([told(1, A), gone(2, A)], {}, []),
        ([told(1, A), gone(2, A, "retry")], {}, [("handed_over", 2, "handler", A)]),
        # and given again, to them or to others
        ([told(1, A), gone(2, A)], {"department": A}, [("assignment", 3, "handler", A)]),
        ([told(1, A), gone(2, A)], {"department": B}, [("assignment", 3, "handler", B)]),
        ([told(1, A), gone(2, A), told(3, B)], {}, [("handed_over", 4, "handler", B)]),
        # before that mail has left: one who has it back is told that it is theirs, another does not silence it
        ([told(1, A), gone(2, A, "claimed")], {"department": A}, [("assignment", 2, "handler", A)]),
        (
            [told(1, A), gone(2, A, "claimed")],
            {"department": B},
            [("assignment", 2, "handler", B), ("handed_over", 2, "handler", A)],
        ),
        # nothing can be read there, or it is closed
        ([told(1, A)], {"department": Formula("=A1")}, []),
        ([told(1, A)], {"decision": "作废", "reason": "误登", "decided_on": "2026-03-03"}, []),
        # a void notice does not count
        ([told(1, A, "void")], {"department": B}, [("assignment", 1, "handler", B)]),
        # closed: nobody is told any more
        ([], {"department": A, "decision": "作废", "reason": "误登", "decided_on": "2026-03-03"}, []),
    ],
)
def test_who_is_told(notices: Rows, cells: dict[str, object], expected: list[object]) -> None:
    assert raised(notices, **cells) == expected


@pytest.mark.parametrize(
    ("department", "expected"),
    [
        (A, [("assignment", 1, "handler", A), ("assignment", 1, "leader", A), ("assignment", 1, "周立", A)]),
        (
            B,
            [("assignment", 1, "handler", B)],
        ),  # a person chose another department: the rule's copies are not sent
    ],
)
def test_a_rule_copies_to_roles_and_names(department: str, expected: list[object]) -> None:
    rules = [{"order": 1, "enabled": "启用", "topic": TOPIC, "department": A, "copy_to": "分管领导; 周立"}]
    assert raised([], rules, department=department) == expected
