"""On trial: what administrators are shown of other people's mail, as if the cases kept from them had never been typed."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from automation.run.job import JOBS, Request
from automation.run.plan import plan
from sheet_schema import SETTING
from tests.support.ledger_in_memory import LEADER_AND_OFFICE, Rows, line, snapshot
from tests.support.small_office import ADMIN, FANG, HANDLED, LADDER, RULE

MONDAY = datetime(2026, 3, 23, 9)
"""The day after case 1 and 2 were due."""
OTHER_ADMIN = {"name": "周工", "role": "管理员", "email": "zhou@s.example"}


def shown(*register: dict[str, object], **settings: str) -> list[tuple[str, str, str]]:
    """Kind, whose mail it is, and which administrator is shown it, with the numbers in the subject of what is shown."""
    index = [{"case_no": f"LV-0000{n}", "issued_on": "2026-03-01", "first_seen": "2026-03-02"} for n in (1, 2, 3)]
    given = {"blank_rows": "1", "sending": "试运行", **settings}
    tabs: dict[str, Rows] = {
        "people": [FANG, ADMIN, OTHER_ADMIN, *LEADER_AND_OFFICE],
        "deadlines": [RULE],
        "escalation": [LADDER],
        "departments": [{"name": "教务处", "email": "jw@s.example"}],
        "routing": [{"order": 1, "enabled": "启用", "department": "教务处"}],
        "settings": [{"name": SETTING[key].label("zh"), "value": value} for key, value in given.items()],
    }
    book = snapshot(register=register, index=index, **tabs)
    result = plan(book, Request(JOBS["run"], MONDAY, MONDAY, outbox=Path("out"), instead_of_sending=True))
    found = [(mail, copy) for mail in result.mails for copy in mail.copies]
    return sorted((mail.kind, copy.to, "、".join(copy.cases)) for mail, copy in found if mail.kind == "escalation")


ONE, TWO = "LV-00001", "LV-00002"


def test_a_copy_is_shown_once_though_two_digests_go_to_one_address() -> None:
    """李四 gets a digest only because of case 1, which is about an administrator, and reads it at 王五's address."""
    people = [{**one, "email": "both@s.example"} for one in (
        {"name": "李四", "role": "分管领导", "digest": "每日"}, {"name": "王五", "role": "领导小组", "digest": "每周"},
    )]  # fmt: skip
    tabs: dict[str, Rows] = {"people": [ADMIN, OTHER_ADMIN, *people], "deadlines": [RULE], "settings": [
        {"name": SETTING["sending"].label("zh"), "value": "试运行"}]}  # fmt: skip
    index = [{"case_no": ONE, "issued_on": "2026-03-01", "first_seen": "2026-03-02"}]
    book = snapshot(register=[line(ONE, **HANDLED, about="陈工")], index=index, **tabs)
    result = plan(book, Request(JOBS["run"], MONDAY, MONDAY, outbox=Path("out"), instead_of_sending=True))
    found = sorted((copy.to, copy.reader) for mail in result.mails for copy in mail.copies if "digest" in mail.kind)
    assert found == [("admin@s.example", "王五"), ("zhou@s.example", "李四"), ("zhou@s.example", "王五")]


@pytest.mark.parametrize(
    ("register", "settings", "expected"),
    [
        pytest.param(
            [line(ONE, **HANDLED), line(TWO, **HANDLED)],
            {},
            [("escalation", "admin@s.example", f"{ONE}、{TWO}"), ("escalation", "zhou@s.example", f"{ONE}、{TWO}")],
            id="both-see-all",
        ),
        pytest.param(
            [line(ONE, **HANDLED, about="陈工"), line(TWO, **HANDLED)],
            {},
            [("escalation", "admin@s.example", TWO), ("escalation", "zhou@s.example", f"{ONE}、{TWO}")],
            id="one-is-shown-what-there-would-be-without-it",
        ),
        pytest.param(
            [line(ONE, **HANDLED, about="陈工")],
            {},
            [("escalation", "zhou@s.example", ONE)],
            id="nothing-if-there-would-be-no-mail",
        ),
        pytest.param([line(ONE, **HANDLED), line(TWO, **HANDLED)], {"storm_at": "1"}, [], id="too-many-at-once"),
        pytest.param([line(ONE, **HANDLED)], {"sending": "正式发送"}, [], id="live"),
    ],
)
def test_who_is_shown_a_mail_about_a_late_case(
    register: list[dict[str, object]], settings: dict[str, str], expected: list[object]
) -> None:
    assert shown(*register, **settings) == expected
