"""One mailbox is told once of a case and step in one run, whatever names it reads under (docs/design.md#p4.26)."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from sheet_schema import Language
from tests.support.ledger_in_memory import Rows
from tests.support.mails_of_a_run import DEPARTMENTS, PEOPLE, Row, case, level, mails, said, text

HAL, LEA, PRU, DEE = PEOPLE
AT_HALS: Rows = ({**DEPARTMENTS[0], "email": "hal@s.example"}, DEPARTMENTS[1])
"""The mailbox of East is its head's own."""
LATE, SOON, NEW = "2026-03-20T10:00", "2026-03-16T10:00", "2026-03-03T10:00"
EXPLAINED: Rows = (level("reply", 1, 1, "head;leader", "yes"),)
ESCALATED = "escalation"


def got(sent: Mapping[tuple[str, str], object]) -> list[tuple[str, str]]:
    return sorted(one for one in sent if not one[0].startswith("digest"))


@pytest.mark.parametrize(
    ("now", "cells", "tabs", "expected"),
    [
        # a department and its head, at one mailbox and at two
        (LATE, {}, {}, [("assignment", "East"), (ESCALATED, "East"), (ESCALATED, "Hal"), (ESCALATED, "Lea")]),
        (LATE, {}, {"departments": AT_HALS}, [("assignment", "East"), (ESCALATED, "Hal"), (ESCALATED, "Lea")]),
        (LATE, {}, {"departments": [{**AT_HALS[0], "email": "HAL+east@s.example"}]}, [("assignment", "East"), (ESCALATED, "Hal"), (ESCALATED, "Lea")]),
        # the department and a second mailbox, which is told as well
        (LATE, {}, {"departments": [{**AT_HALS[0], "email": "hal@s.example; east@s.example"}]},
         [("assignment", "East"), (ESCALATED, "East"), (ESCALATED, "Hal"), (ESCALATED, "Lea")]),
        # two people at one mailbox, and a department's at that
        (LATE, {}, {"people": [HAL, {**LEA, "email": "hal@s.example"}, PRU, DEE]}, [("assignment", "East"), (ESCALATED, "East"), (ESCALATED, "Hal")]),
        (LATE, {}, {"people": [{**HAL, "email": "x@s.example"}, {**LEA, "email": "x@s.example"}, PRU, DEE], "departments": [{**AT_HALS[0], "email": "x@s.example"}]},
         [("assignment", "East"), (ESCALATED, "East")]),
        # a reminder goes with the mail that gives the case, also under another name
        (SOON, {}, {"departments": AT_HALS, "deadlines": [{"enabled": "yes", "step": "reply", "who": "head", "starts_from": "accepted", "amount": 15, "unit": "day", "remind_before": "3"}]},
         [("assignment", "East")]),
        # alerts
        (NEW, {"important": "yes"}, {"people": [HAL, {**LEA, "email": "dee@s.example"}, PRU, DEE]}, [("alert", "Dee"), ("assignment", "East")]),
    ],
)  # fmt: skip
def test_how_many_mails_a_run_sends(
    now: str, cells: Row, tabs: Mapping[str, Rows], expected: list[tuple[str, str]]
) -> None:
    assert got(mails(now, [case("LV-00001", **cells)], **{"escalation": EXPLAINED, **tabs})) == expected


WHOLE: Mapping[Language, str] = {
    "en": """
        The deadline for this has passed.

        LV-00001  Reply
            Due 17 March: 3 days late
            (accepted 2 March + 15 days)
            Canteen: Soup is cold
            Please also explain in writing why this is late.

        Reply to this mail with the result, or with the reason and the day it will be done; the office enters it in the ledger.
        --
        You get this because the case was given to your department. The dates follow the Deadlines tab of the ledger.
        """,
    "zh": """
        以下事项已超过期限。

        LV-00001  答复
            3月17日到期，已超期3天
            （受理日期3月2日起15日）
            Canteen：Soup is cold
            请一并书面说明超期原因。

        请直接回复本邮件告知办理结果，或说明原因和预计办结日期，由信访办登记。
        --
        该事项由贵部门承办，故收到本邮件。期限依“时限”表计算。
        """,
}


@pytest.mark.parametrize("language", WHOLE)
def test_it_asks_for_the_most_that_is_asked_of_anybody_there(language: Language) -> None:
    sent = mails(LATE, [case("LV-00001")], language, departments=AT_HALS, escalation=EXPLAINED)
    assert text(sent[ESCALATED, "Hal"]) == said(WHOLE[language])


def test_a_demand_at_a_lower_level_is_not_lost() -> None:
    """Lea is leader and principal: level 2 asks for an explanation, level 3 does not."""
    people = [HAL, {**LEA, "role": "leader;principal"}, DEE]
    ladder = [level("reply", 2, 1, "leader", "yes"), level("reply", 3, 2, "principal")]
    sent = mails(LATE, [case("LV-00001")], people=people, escalation=ladder)
    assert "Please see that East acts on it, and explains in writing why it is late." in text(sent[ESCALATED, "Lea"])


def test_a_digest_is_each_readers_own_also_at_one_mailbox() -> None:
    people = [HAL, {**LEA, "digest": "daily"}, {**PRU, "digest": "daily", "email": "lea@s.example"}, DEE]
    sent = mails(LATE, [case("LV-00001")], people=people)
    assert sorted(reader for kind, reader in sent if kind == "digest_leader") == ["Lea", "Pru"]
