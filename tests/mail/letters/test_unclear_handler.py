"""If nobody can tell who the handler is, the department is told and asked, not its leaders instead (docs/design.md#p4.11)."""

from __future__ import annotations

import pytest

from sheet_schema import Language
from tests.support.mails_of_a_run import DEPARTMENTS, PEOPLE, Row, case, level, mails

STAFF = [
    *PEOPLE[1:], {"name": "Hal", "role": "head", "email": "hal@s.example"}, {"name": "Olga", "role": "outside", "email": "olga@x.example"},
    {"name": "John Smith", "also_called": "Mr Smith (Maths)", "role": "handler", "email": "john@s.example"}, {"name": "Jane Smith", "role": "handler", "email": "jane@s.example"},
    {"name": "Nick", "role": "handler"},
]  # fmt: skip
LATE = "2026-03-19T10:00"
LEVEL = [level("reply", 1, 1, "handler", "yes")]
UNCLEAR: dict[Language, str] = {
    "en": "(the name there is not in People, or could be several people; no mail address that can be used, see People and Departments; Departments names no head)",
    "zh": "（所填姓名不在“人员”表中，或可能是几个人；没有可用邮箱，请检查“人员”和“部门”表；“部门”表未填写负责人）",
}


def told(handler: str, language: Language = "en", **department: object) -> tuple[set[str], set[str], str]:
    """Who is given the case, who is asked about it once it is late, and what the office's digest says next day."""
    tabs = {"people": STAFF, "departments": [{**DEPARTMENTS[0], **department}], "escalation": LEVEL}
    register: list[Row] = [case("LV-00001", handler=handler, about="-")]
    sent = mails(LATE, register, language, **tabs)
    digest = "".join(mail.rendered.text for (kind, _), mail in sent.items() if kind.startswith("digest"))
    given, late = ({reader for kind, reader in sent if kind == one} for one in ("assignment", "escalation"))
    return given, late, digest


@pytest.mark.parametrize(
    "handler",
    [
        "Smith, J.",
        "Mr Smith",
        "Smith",
        "John Smith; Jane Smith",
        "Peter Quill",
        "Jhon Smiht",
        "Nick",
        "East",
        "the handler",
    ],
)
def test_the_departments_mailbox_is_told(handler: str) -> None:
    assert told(handler)[:2] == ({"East"}, {"East", "Hal"})  # the head gets a copy of what asks for an explanation


@pytest.mark.parametrize("handler", ["Smith, J.", "Nick", "Peter Quill"])
def test_without_a_mailbox_its_head_is_told(handler: str) -> None:
    assert told(handler, email="")[:2] == ({"Hal"}, {"Hal"})


def test_a_handler_who_is_plainly_one_person_is_told() -> None:
    assert [told(one)[0] for one in ("John Smith", "Mr Smith (Maths)", "smith, john")] == [{"John Smith"}] * 3


@pytest.mark.parametrize("language", UNCLEAR)
def test_the_reason_is_the_true_one(language: Language) -> None:
    digests = {one: told(one, language, email="", head="")[2] for one in ("Smith, J.", "Nick")}
    assert {one: UNCLEAR[language] in said for one, said in digests.items()} == {"Smith, J.": True, "Nick": False}
