"""Who is told of a case, by address, stand-in and level, and who is left out for which reason (docs/design.md#p4.27)."""

from __future__ import annotations

from datetime import datetime

import pytest

from automation.cases.confidentiality import judge
from automation.cases.recipients import Recipients
from automation.cases.told import How, Why
from automation.ledger.notices import Notice
from tests.support.ledger_in_memory import NOW, Rows, ledger, line

AWAY = {"absent_from": "2026-03-16", "absent_until": "2026-03-20"}
PEOPLE: dict[str, dict[str, object]] = {
    "王芳": {"role": "经办人"}, "王强": {"role": "部门负责人"}, "李敏": {"role": "信访办"}, "赵刚": {"role": "分管领导"},
    "孙立": {"role": "校长"}, "周立": {"role": "校外人员"}, "吴双": {"role": "纪检"}, "郑重": {"role": "领导小组"}, "冯远": {"role": ""},
}  # fmt: skip
LADDER: Rows = tuple(
    {"step": "答复", "level": level, "after": level, "unit": "日", "to": to}
    for level, to in enumerate(("经办人", "部门负责人", "分管领导", "校长"), start=1)
)
ALLEGATION = {"kind": "检举控告"}


def told(
    slot: str, sort: str = "escalation", people: dict[str, dict[str, object]] | None = None,
    department: dict[str, object] | None = None, **cells: object,
) -> tuple[list[str], bool, tuple[Why, ...]]:  # fmt: skip
    """Who is told, whether it was passed up, and why the slot itself is not told."""
    rows = [
        {"name": name, "email": f"p{i}@s.example", **given, **(people or {}).get(name, {})}
        for i, (name, given) in enumerate(PEOPLE.items())
    ]
    read = ledger(
        register=[line(**{"department": "教务处", "handler": "王芳", **cells})],
        index=[{"case_no": "LV-00001", "issued_on": "2026-03-01", "first_seen": "2026-03-02"}],
        people=rows, escalation=LADDER, routing=[{"order": 1, "enabled": "启用", "department": "教务处"}],
        departments=[{"name": "教务处", "head": "王强", "leader": "赵刚", "email": "jw@s.example", **(department or {})}],
    )  # fmt: skip
    level = {"handler": 1, "head": 2, "leader": 3, "principal": 4}.get(slot, 1)
    recipients = Recipients(read.policy, read.register, judge(read, NOW), NOW.date())
    found = recipients.told(Notice(sort, "LV-00001", 0, "reply", None, level, slot, NOW.date()))
    return [one.name for one in found.readers], found.passed_up, found.whys(slot)


PLAIN = (["王芳"], False, None)


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        # the ladder passes up, and says why
        ({"slot": "handler"}, PLAIN),
        ({"slot": "handler", "about": "王芳"}, (["王强"], True, Why.CONFLICT)),
        ({"slot": "handler", "about": "王芳；王强"}, (["赵刚"], True, Why.CONFLICT)),
        ({"slot": "handler", "about": "王芳；王强；赵刚"}, (["孙立"], True, Why.CONFLICT)),
        ({"slot": "handler", "about": "王芳；王强；赵刚；孙立"}, (["周立"], True, Why.CONFLICT)),
        ({"slot": "handler", "about": "王芳；王强；赵刚；孙立；周立"}, (["吴双"], True, Why.CONFLICT)),
        ({"slot": "handler", "about": "王芳；王强；赵刚；孙立；周立；吴双"}, (["郑重"], True, Why.CONFLICT)),
        ({"slot": "handler", "about": "王芳；王强；赵刚；孙立；周立；吴双；郑重"}, ([], False, Why.CONFLICT)),
        ({"slot": "handler", "about": "王芳；王强；赵刚；孙立；李敏", "people": {"周立": {"role": ""}}}, (["吴双"], True, Why.CONFLICT)),
        ({"slot": "head", "about": "王强；赵刚；孙立", "people": {"周立": {"email": ""}}, **ALLEGATION}, (["吴双"], True, Why.CONFLICT)),
        ({"slot": "leader", "about": "赵刚"}, (["孙立"], True, Why.CONFLICT)),
        ({"slot": "principal", "about": "孙立"}, (["周立"], True, Why.CONFLICT)),
        ({"slot": "handler", "people": {"王芳": {"email": ""}}}, (["教务处"], False, None)),
        ({"slot": "handler", "people": {"王芳": {"email": ""}}, "department": {"email": ""}}, (["王强"], True, Why.NO_ADDRESS)),
        ({"slot": "handler", "handler": "王老师", "department": {"email": ""}}, (["王强"], True, Why.UNCLEAR)),
        ({"slot": "leader", "people": {"赵刚": AWAY}}, (["孙立"], True, Why.AWAY)),
        ({"slot": "principal", "people": {"孙立": {"role": ""}}}, (["周立"], True, Why.NOBODY)),
        # anything else of somebody in conflict goes nowhere
        ({"slot": "handler", "sort": "reminder", "about": "王芳"}, ([], False, Why.CONFLICT)),
        ({"slot": "handler", "sort": "assignment", "handler": "", "about": "王强"}, ([], False, Why.CONFLICT)),
        # stand-ins, to the one who is there; else mailbox, head, leader in charge, principal, outside
        ({"slot": "handler", "people": {"王芳": {**AWAY, "stand_in": "冯远"}}}, (["冯远"], False, None)),
        ({"slot": "handler", "people": {"王芳": {**AWAY, "stand_in": "冯远"}, "冯远": {**AWAY, "stand_in": "李敏"}}}, (["李敏"], False, None)),
        ({"slot": "handler", "people": {"王芳": {**AWAY, "stand_in": "冯远"}, "冯远": {**AWAY, "stand_in": "王芳"}}}, (["教务处"], False, None)),
        ({"slot": "handler", "sort": "reminder", "people": {"王芳": AWAY}, "department": {"email": ""}}, (["王强"], True, Why.AWAY)),
        ({"slot": "handler", "sort": "reminder", "people": {"王芳": AWAY, "王强": AWAY}, "department": {"email": ""}}, (["赵刚"], True, Why.AWAY)),
        ({"slot": "handler", "people": {"王强": {"stand_in": "王芳"}}, "about": "王强"}, (["赵刚"], True, Why.CONFLICT)),
        ({"slot": "handler", "people": {"王强": {"stand_in": "冯远"}, "冯远": {**AWAY, "stand_in": "王芳"}}, "about": "王强"}, (["赵刚"], True, Why.CONFLICT)),
        # the office's own step
        ({"slot": "office", "sort": "reminder"}, (["李敏"], False, None)),
        ({"slot": "office", "sort": "reminder", "about": "李敏"}, (["吴双"], True, Why.CONFLICT)),
        ({"slot": "office", "sort": "reminder", "about": "李敏；吴双"}, (["周立"], True, Why.CONFLICT)),
        ({"slot": "office", "sort": "reminder", "about": "李敏；吴双；周立"}, (["孙立"], True, Why.CONFLICT)),
        ({"slot": "office", "sort": "reminder", "about": "李敏；吴双；周立；孙立"}, (["赵刚"], True, Why.CONFLICT)),
        ({"slot": "office", "sort": "reminder", "about": "李敏；吴双；周立；孙立；赵刚"}, (["郑重"], True, Why.CONFLICT)),
        ({"slot": "office", "sort": "reminder", "about": "李敏；吴双；周立；孙立；赵刚；郑重"}, ([], False, Why.CONFLICT)),
        ({"slot": "office", "sort": "reminder", "people": {"李敏": AWAY}}, (["吴双"], True, Why.AWAY)),
        ({"slot": "office", "sort": "reminder", "people": {"李敏": {"email": ""}}}, (["吴双"], True, Why.NO_ADDRESS)),
        ({"slot": "office", "sort": "reminder", "about": "李敏", "people": {"冯远": {"role": "信访办"}}}, (["冯远"], False, None)),
        ({"slot": "office", "about": "李敏"}, ([], False, Why.CONFLICT)),
        # addresses
        ({"slot": "handler", "handler": "", "about": "王强"}, (["赵刚"], True, Why.CONFLICT)),
        ({"slot": "handler", "handler": "", "department": {"read_by": "冯远"}, "about": "冯远"}, (["王强"], True, Why.CONFLICT)),
        ({"slot": "handler", "handler": "", "people": {"冯远": {"email": "JW@s.example"}}, "about": "冯远"}, (["王强"], True, Why.CONFLICT)),
        ({"slot": "handler", "people": {"冯远": {"email": "P0@s.example"}}, "about": "冯远"}, (["王强"], True, Why.CONFLICT)),
        # a department: only where the case is secret, and then with its head
        ({"slot": "handler", "handler": "", "about": "教务处"}, (["教务处"], False, None)),
        ({"slot": "handler", "handler": "", "about": "教务处", **ALLEGATION}, (["赵刚"], True, Why.CONFLICT)),
        ({"slot": "head", "about": "教务处", "restricted": "是"}, (["赵刚"], True, Why.CONFLICT)),
        ({"slot": "head", "about": "教务处", "restricted": "大概"}, (["赵刚"], True, Why.CONFLICT)),
        ({"slot": "head", "about": "教务处", "kind": "举报信一封"}, (["赵刚"], True, Why.CONFLICT)),
        # for a few only
        ({"slot": "handler", "about": "", **ALLEGATION}, (["周立"], True, Why.KEPT)),
        ({"slot": "discipline", "about": "", **ALLEGATION}, (["吴双"], False, None)),
        ({"slot": "leader", "sort": "alert", "about": "", **ALLEGATION}, (["吴双"], True, Why.KEPT)),
        # alerts
        ({"slot": "leader", "sort": "alert", "about": "赵刚"}, (["孙立"], True, Why.CONFLICT)),
        ({"slot": "principal", "sort": "alert", "about": "孙立"}, (["郑重"], True, Why.CONFLICT)),
        ({"slot": "principal", "sort": "alert", "about": "", "summary": "请孙立校长关注"}, (["孙立"], False, None)),
        ({"slot": "principal", "about": "", "summary": "请孙立校长关注"}, (["周立"], True, Why.CONFLICT)),
    ],
)  # fmt: skip
def test_who_is_told_and_why(asked: dict[str, object], expected: tuple[list[str], bool, Why | None]) -> None:
    readers, passed_up, whys = told(**asked)  # type: ignore[arg-type]
    assert (readers, passed_up) == expected[:2]
    if passed_up or not readers:
        assert whys[0] is expected[2]


@pytest.mark.parametrize(
    ("now", "told_of_it"), [("2026-03-18T09:00", False), ("2026-03-18T12:01", True), ("2026-03-19T07:00", True)]
)
def test_a_row_being_typed_is_the_offices(now: str, told_of_it: bool) -> None:
    """It waits while it is incomplete, was first seen today, and its problems are younger than two hours."""
    read = ledger(
        register=[line(contact="", about="-")],
        index=[{"case_no": "LV-00001", "issued_on": "2026-03-01", "first_seen": "2026-03-18", "problems_since": datetime(2026, 3, 18, 10)}],
    )  # fmt: skip
    moment = datetime.fromisoformat(now)
    recipients = Recipients(read.policy, read.register, judge(read, moment), moment.date())
    notices = {
        slot: Notice("escalation", "LV-00001", 0, "reply", None, 9, slot, NOW.date()) for slot in ("leader", "office")
    }
    found = {slot: [way.how for way in recipients.told(notice).ways] for slot, notice in notices.items()}
    assert (How.HOLDER in found["leader"], How.HOLDER in found["office"]) == (told_of_it, True)
