"""What `check` says where others read the mailbox of the office, in both languages."""

from __future__ import annotations

import pytest

from automation.commands.check_mailboxes import shared_mailboxes
from sheet_schema import Language
from tests.support.ledger_in_memory import NOW, Rows, ledger

DEE = {"name": "Dee Hall", "role": "office", "email": "dee@s.example"}
LEO = {"name": "Leo Vance", "role": "leader", "email": "leo@s.example"}
OLGA = {"name": "Olga Orr", "role": "outside", "email": "olga@x.example"}
DESK = {"name": "Front desk", "email": "dee@s.example"}
SHARED: dict[Language, str] = {
    "en": "{address}, the mailbox of {names}, is also read by {others}: no mail goes there of a case that only the office and the person"
    " outside the school may know of, such as an allegation about somebody who is not in People.",
    "zh": "{names}的邮箱{address}还有他人查看：{others}。只限信访办和校外人员知悉的件（如检举控告的对象不在“人员”表中）不会发到该邮箱。",
}
NOBODY: dict[Language, str] = {
    "en": "No mail of a case that only the office and the person outside the school may know of goes to anybody: in People, give somebody"
    " in the office or the person outside the school an address that nobody else reads.",
    "zh": "只限信访办和校外人员知悉的件，邮件无人收到：请在“人员”表中为信访办人员或校外人员填写一个没有他人查看的邮箱。",
}
UNNAMED: dict[Language, str] = {"en": "others who are not named", "zh": "未写明的其他人"}


@pytest.mark.parametrize("language", SHARED)
@pytest.mark.parametrize(
    ("people", "departments", "others", "somebody"),
    [
        ([DEE, LEO], [], "", True),
        ([DEE, {**OLGA, "email": "dee@s.example"}, LEO], [], "", True),
        ([DEE, {**LEO, "email": "Dee@S.example"}], [], "Leo Vance", False),
        ([DEE, {**LEO, "email": "dee@s.example"}, OLGA], [], "Leo Vance", True),
        ([{**DEE, "email": "dee@s.example; own@s.example"}, {**LEO, "email": "dee@s.example"}], [], "Leo Vance", True),
        ([DEE, LEO], [{**DESK, "head": "Dee Hall"}], "", True),
        ([DEE, LEO], [{**DESK, "head": "Leo Vance"}], "Leo Vance", False),
        ([DEE, LEO], [{**DESK, "head": "Dee Hall", "read_by": "all staff"}], "all staff; ?", False),
        ([DEE, LEO], [DESK], "Front desk", False),
        ([{**DEE, "absent_from": "2026-03-01", "stand_in": "Leo Vance"}, LEO], [], "Leo Vance", False),
        ([{**DEE, "email": ""}, LEO], [], "", False),
        ([LEO], [], "", False),
    ],
)  # fmt: skip
def test_who_else_reads_is_named_and_what_follows(
    language: Language, people: Rows, departments: Rows, others: str, somebody: bool
) -> None:
    read = ledger(language, people=people, departments=departments)
    joined = {"en": " and ", "zh": "和"}[language]
    names = joined.join(sorted(UNNAMED[language] if one == "?" else one for one in others.split("; ")))
    said = SHARED[language].format(address="dee@s.example", names="Dee Hall", others=names)
    assert list(shared_mailboxes(read, NOW.date())) == [said] * bool(others) + [NOBODY[language]] * (not somebody)
