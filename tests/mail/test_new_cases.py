"""One mail for one thing: a new case is not also reminded of, and nobody is alerted of a case twice."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import pytest

from sheet_schema import Language
from tests.support.ledger_in_memory import Rows
from tests.support.mails_of_a_run import DEADLINES, DEPARTMENTS, PEOPLE, TOLD, Row, case, level, mails, said, text

NOW = "2026-03-16T10:00"
"""One day before Reply is due (a reminder is sent 3 days before)."""
BOTH_STEPS: Rows = (
    *DEADLINES[:1],
    {**DEADLINES[1], "who": "handler"},
    {**DEADLINES[2], "who": "handler", "remind_before": "5"},
)


def about_cases(sent: Mapping[tuple[str, str], object]) -> list[tuple[str, str]]:
    return sorted(one for one in sent if not one[0].startswith("digest"))


@pytest.mark.parametrize(
    ("now", "cells", "tabs", "got"),
    [
        (NOW, {}, {}, [("assignment", "East")]),
        (NOW, {}, {"notices": [TOLD]}, [("reminder", "East")]),
        ("2026-03-20T10:00", {}, {"escalation": [level("reply", 1, 1, "leader", "yes")]},
         [("assignment", "East"), ("escalation", "East"), ("escalation", "Hal"), ("escalation", "Lea")]),
        (NOW, {}, {"deadlines": [{**DEADLINES[1], "who": "head"}]}, [("assignment", "East"), ("reminder", "Hal")]),
        (NOW, {}, {"departments": [{**DEPARTMENTS[0], "email": ""}]}, [("assignment", "Hal")]),
        (NOW, {}, {"departments": [{**DEPARTMENTS[0], "email": "", "head": ""}]}, [("assignment", "Lea")]),
        (NOW, {"decision": "", "decided_on": "", "notified_on": "", "received_on": "2026-03-12"},
         {"deadlines": [{**DEADLINES[0], "remind_before": "1"}, DEADLINES[1]],
          "routing": ({"order": 9, "enabled": "yes", "department": "East", "copy_to": "office"},)},
         [("assignment", "Dee"), ("assignment", "East"), ("reminder", "Dee")]),
    ],
    ids=["given and due soon", "given before", "late already", "reminded is somebody else", "the head for the department",
         "nobody", "only copied"],
)  # fmt: skip
def test_who_is_given_a_case_is_not_reminded_of_it_by_another_mail(
    now: str, cells: Row, tabs: Mapping[str, Rows], got: list[tuple[str, str]]
) -> None:
    assert about_cases(mails(now, [case("LV-00001", **cells)], **tabs)) == got


STEPS: Mapping[Language, str] = {
    "en": """
        This matter is now yours.

        LV-00001
            Canteen: Soup is cold
            Reply
            Due 17 March: tomorrow
            (accepted 2 March + 15 days)
            Legal limit
            Due 18 March: 2 days left
            (accepted 2 March + 16 days)

        Reply to this mail with the result; the office enters it in the ledger. If it is not yours, reply today and say whose it is.
        --
        You get this because the case was given to your department. The dates follow the Deadlines tab of the ledger.
        """,
    "zh": """
        以下事项请贵部门承办。

        LV-00001
            Canteen：Soup is cold
            答复
            明天（3月17日）到期
            （受理日期3月2日起15日）
            法定时限
            3月18日到期，还有2天
            （受理日期3月2日起16日）

        请直接回复本邮件告知办理结果，由信访办登记。如不属贵部门职责，请当日回复说明应由谁办理。
        --
        该事项由贵部门承办，故收到本邮件。期限依“时限”表计算。
        """,
}


@pytest.mark.parametrize("language", STEPS)
def test_the_mail_that_gives_it_says_all_that_the_reminder_would(language: Language) -> None:
    sent = mails(NOW, [case("LV-00001")], language, deadlines=BOTH_STEPS)
    assert (about_cases(sent), text(sent["assignment", "East"])) == ([("assignment", "East")], said(STEPS[language]))


def test_other_cases_are_reminded_of_as_ever() -> None:
    sent = mails(NOW, [case("LV-00001"), case("LV-00002")], notices=[TOLD])
    assert {kind: sent[kind, "East"].cases for kind in ("assignment", "reminder")} == {
        "assignment": ("LV-00002",),
        "reminder": ("LV-00001",),
    }


OUT: Row = {"name": "Out", "role": "outside", "email": "out@s.example"}


def alerted(slot: str, to: str, state: str = "sent") -> Mapping[str, object]:
    return {
        "key": f"LV-00001|alert|||1|{slot}", "case_no": "LV-00001", "kind": "alert", "level": "1", "slot": slot, "to": to,
        "state": state, "claimed_at": datetime(2026, 3, 3, 9),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("people", "before", "about", "got"),
    [
        ([*PEOPLE, OUT], [], "Lea; Pru", ["Dee", "Out"]),
        ([*PEOPLE, OUT], [alerted("duty", "dee@s.example"), alerted("leader", "out@s.example")], "Lea; Pru", []),
        ([*PEOPLE, OUT], [alerted("duty", "dee@s.example"), alerted("leader", "lea@s.example")], "-", ["Pru"]),
        ([*PEOPLE, OUT], [alerted("leader", "out@s.example", "failed")], "Lea; Pru", ["Dee", "Out"]),
        ([*PEOPLE, OUT], [alerted("leader", "out@s.example", "uncertain")], "Lea; Pru", ["Dee", "Out"]),
        ([{**PEOPLE[1], "role": "leader;principal"}, *PEOPLE[3:]],
         [alerted("duty", "dee@s.example"), alerted("leader", "lea@s.example")], "-", []),
    ],
    ids=["at once: one mail", "half an hour later: not again", "somebody else: told", "refused for good: again",
         "perhaps not arrived: again", "leader and principal in one"],
)  # fmt: skip
def test_nobody_is_alerted_of_a_case_twice(people: Rows, before: Rows, about: str, got: list[str]) -> None:
    """Leader and principal are in conflict: both alerts go on to the person outside."""
    register = [case("LV-00001", important="yes", about=about)]
    sent = mails("2026-03-03T10:00", register, people=people, notices=before)
    assert [reader for kind, reader in about_cases(sent) if kind == "alert"] == got
