"""A notice goes to whoever holds the role now, and never to anyone in conflict (docs/design.md#p5.2)."""

from __future__ import annotations

import pytest

from automation.cases.confidentiality import judge
from automation.cases.recipients import Recipients
from automation.ledger.notices import Notice
from tests.support.ledger_in_memory import NOW, Rows, ledger, line

HEAD = {"name": "王强", "role": "部门负责人", "email": "qiang@s.example"}
LEADERS: Rows = (
    {"name": "赵刚", "role": "分管领导", "email": "gang@s.example"},
    {"name": "钱进", "role": "分管领导", "email": "jin@s.example"},
)
OFFICE = {"name": "李敏", "role": "信访办;值班", "email": "min@s.example; office@s.example"}


def person(**cells: object) -> dict[str, object]:
    return {"name": "王芳", "role": "经办人", "email": "fang@s.example", "stand_in": "周立", **cells}


STAND_IN = {"name": "周立", "role": "经办人", "email": "li@s.example"}
AWAY = {"absent_from": "2026-03-16", "absent_until": "2026-03-20"}
LEFT = {"absent_from": "2026-03-16"}


def told(slot: str, people: Rows, department: dict[str, object], cells: dict[str, object]) -> list[str]:
    """The addresses told of one case that the department 教务处 handles."""
    departments = [{"name": "教务处", "head": "王强", "email": "jiaowu@s.example", **(department or {})}]
    read = ledger(
        register=[line(**{"department": "教务处", **cells})],
        people=[*people, HEAD, *LEADERS, OFFICE, STAND_IN],
        departments=departments,
        routing=[{"order": 1, "enabled": "启用", "department": "教务处"}],
    )
    recipients = Recipients(read.policy, read.register, judge(read, NOW), NOW.date())
    notice = Notice("assignment", "LV-00001", 0, "", None, 1, slot, NOW.date())
    return [reader.address for reader in recipients.told(notice).readers]


@pytest.mark.parametrize(
    ("slot", "person_cells", "department", "cells", "addresses"),
    [
        ("handler", {}, {}, {"handler": "王芳"}, ["fang@s.example"]),
        # no handler: the department's mailbox, else its head
        ("handler", {}, {}, {}, ["jiaowu@s.example"]),
        ("handler", {}, {"email": ""}, {}, ["qiang@s.example"]),
        ("handler", {}, {}, {"department": ""}, []),
        # "Stand-ins are followed to the one who is there, else the department's mailbox, else its head"
        # (docs/design.md#p4.11)
        ("handler", AWAY, {}, {"handler": "王芳"}, ["li@s.example"]),
        ("handler", {**AWAY, "absent_until": "2026-03-17"}, {}, {"handler": "王芳"}, ["fang@s.example"]),
        ("handler", {**AWAY, "absent_from": "2026-03-19"}, {}, {"handler": "王芳"}, ["fang@s.example"]),
        ("handler", {**LEFT, "stand_in": ""}, {}, {"handler": "王芳"}, ["jiaowu@s.example"]),
        ("handler", {**LEFT, "stand_in": ""}, {"email": ""}, {"handler": "王芳"}, ["qiang@s.example"]),
        ("handler", {**AWAY, "stand_in": ""}, {}, {"handler": "王芳"}, ["jiaowu@s.example"]),
        # roles
        ("head", {}, {}, {}, ["qiang@s.example"]),
        ("office", {}, {}, {}, ["min@s.example", "office@s.example"]),
        ("leader", {}, {}, {}, ["gang@s.example", "jin@s.example"]),
        ("leader", {}, {"leader": "钱进"}, {}, ["jin@s.example"]),
        ("principal", {}, {}, {}, []),
        # "Nobody in conflict gets any notice of the case at any level" (docs/design.md#p5.2)
        ("handler", {}, {}, {"handler": "王芳", "about": "王芳"}, []),
        ("handler", AWAY, {}, {"handler": "王芳", "about": "周立"}, ["jiaowu@s.example"]),
        ("head", {}, {}, {"about": "王强"}, []),
        ("handler", {}, {}, {"about": "王强"}, []),  # the mailbox is read by the head
        ("leader", {}, {}, {"about": "赵刚"}, ["jin@s.example"]),
        ("office", {}, {}, {"about": "李敏"}, []),
        ("handler", {}, {}, {"about": "教务处", "kind": "检举控告"}, []),
    ],
)
def test_who_is_told(
    slot: str,
    person_cells: dict[str, object],
    department: dict[str, object],
    cells: dict[str, object],
    addresses: list[str],
) -> None:
    assert told(slot, [person(**person_cells)], department, cells) == addresses
