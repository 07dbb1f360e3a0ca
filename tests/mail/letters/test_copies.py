"""Whoever a rule only copies a new case to reads so, whatever *Copy to* names: a person, a role or a department."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest

from sheet_schema import Language
from tests.support.ledger_in_memory import Rows
from tests.support.mails_of_a_run import DEPARTMENTS, Row, case, mails

NOW = "2026-03-03T10:00"
SAID: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "subject": "For information: LV-00001 was given to East",
        "opening": "For your information only: this was assigned. You have nothing to do.",
        "you": "a routing rule has such cases copied to you",
        "role": "a routing rule has such cases copied to the role head of department",
        "department": "a routing rule has such cases copied to your department",
    },
    "zh": {
        "subject": "抄送：LV-00001已交East办理",
        "opening": "抄送：以下事项已分办，供您知悉，无须办理。",
        "you": "分办规则规定此类事项抄送给您",
        "role": "分办规则规定此类事项抄送给“部门负责人”",
        "department": "分办规则规定此类事项抄送给贵部门",
    },
}


def routing(copy_to: str) -> Rows:
    """The soup is East's and copied; the bread is West's."""
    return (
        {"order": 1, "enabled": "yes", "keywords": "soup", "department": "East", "copy_to": copy_to},
        {"order": 2, "enabled": "yes", "department": "West"},
    )


@pytest.mark.parametrize("language", SAID)
@pytest.mark.parametrize(
    ("copy_to", "reader", "why"),
    [("Pru", "Pru", ["you"]), ("Hal", "Hal", ["you"]), ("head", "Hal", ["role"]), ("West", "West", ["department"]),
     ("head; Hal", "Hal", ["you", "role"])],
)  # fmt: skip
def test_a_copy_is_for_information(language: Language, copy_to: str, reader: str, why: list[str]) -> None:
    mail = mails(NOW, [case("LV-00001")], language, routing=routing(copy_to))["assignment", reader]
    said, foot = SAID[language], mail.rendered.text.partition("\n-- \n")[2]
    assert (mail.rendered.subject, mail.rendered.text.splitlines()[2]) == (said["subject"], said["opening"])
    reasons = re.split(r", and |[.，。；]", foot.removeprefix("You get this because "))
    assert [key for key in ("you", "role", "department") if any(one.endswith(said[key]) for one in reasons)] == why


BREAD: Row = {"summary": "Bread is old", "department": "West"}
PRU = "pru@s.example"
ALONE = "LV-00002 is yours: Reply due 17 March"
MORE = f"{ALONE}; 1 more for information"


@pytest.mark.parametrize(
    ("copy_to", "west", "subject"),
    [
        ("", PRU, ALONE),
        ("West", PRU, MORE),
        ("Pru", PRU, MORE),
        ("West; Pru; principal", PRU, MORE),
        ("West", "west@s.example", MORE),
    ],
)
def test_a_mailbox_with_several_names_counts_what_is_its_own(copy_to: str, west: str, subject: str) -> None:
    """One of the two cases is West's, whose mailbox may be its head's own; the other is only copied there."""
    departments = [DEPARTMENTS[0], {**DEPARTMENTS[1], "email": west}]
    cases = [case("LV-00001"), case("LV-00002", **BREAD)]
    sent = mails(NOW, cases, departments=departments, routing=routing(copy_to))
    (mail,) = [one for (kind, _), one in sent.items() if kind == "assignment" and one.to == west]
    assert mail.rendered.subject == subject
    assert [mail.rendered.text.count(number) for number in ("LV-00002  ", "LV-00001  ")] == [1, int(subject == MORE)]


@pytest.mark.parametrize(
    ("copy_to", "people", "told"),
    [
        ("head", {"absent_from": "2026-03-01"}, ["East"]),
        ("Hal", {"absent_from": "2026-03-01"}, ["East"]),
        ("head", {"absent_from": "2026-03-01", "stand_in": "Pru"}, ["East", "Pru"]),
    ],
)
def test_a_copy_goes_to_nobody_else_in_its_place_but_a_stand_in(copy_to: str, people: Row, told: list[str]) -> None:
    """It asks for nothing, so nothing is lost; the case itself goes where it belongs."""
    rows: Rows = (
        {"name": "Hal", "role": "head", "email": "hal@s.example", **people},
        {"name": "Lea", "role": "leader", "email": "lea@s.example"},
        {"name": "Pru", "role": "principal", "email": PRU},
    )
    sent = mails(NOW, [case("LV-00001")], people=rows, routing=routing(copy_to))
    assert sorted(reader for kind, reader in sent if kind == "assignment") == told


@pytest.mark.parametrize(
    ("west", "cells", "people", "told"),
    [
        ({"email": ""}, {}, {}, ["East", "Pru"]),
        ({"email": "west at s"}, {}, {}, ["East", "Pru"]),
        ({"email": "", "head": ""}, {}, {}, ["East"]),
        ({"email": ""}, {"about": "Pru"}, {}, ["East"]),
        ({"email": "west@s.example"}, {"about": "Pru"}, {}, ["East"]),
        ({"email": "west@s.example", "read_by": "Zoe Zell", "head": "Pru"}, {"about": "Zoe Zell"}, {}, ["East"]),
        ({"email": ""}, {}, {"absent_from": "2026-03-01"}, ["East"]),
        ({"email": ""}, {}, {"absent_from": "2026-03-01", "stand_in": "Hal"}, ["East", "Hal"]),
        ({"email": "west@s.example"}, {}, {}, ["East", "West"]),
    ],
    ids=["to the head", "unreadable", "no head", "about the head", "mailbox of the head", "a reader", "away", "stand-in", "mailbox"],
)  # fmt: skip
def test_a_copy_to_a_department_without_a_mailbox_goes_to_its_head(
    west: Row, cells: Row, people: Row, told: list[str]
) -> None:
    """As the case itself would, but to nobody beyond: where the head may not know either, the next digest says so."""
    rows: Rows = (
        {"name": "Hal", "role": "head", "email": "hal@s.example"},
        {"name": "Lea", "role": "leader", "email": "lea@s.example"},
        {"name": "Pru", "role": "principal", "email": PRU, **people},
    )
    departments = [DEPARTMENTS[0], {**DEPARTMENTS[1], **west}]
    sent = mails(
        NOW,
        [case("LV-00001", **{"about": "-", **cells})],
        people=rows,
        departments=departments,
        routing=routing("West"),
    )
    assert sorted(reader for kind, reader in sent if kind == "assignment") == told
    for reader in {*told} - {"East"}:
        text = sent["assignment", reader].rendered.text
        assert SAID["en"]["opening"] in text
        assert SAID["en"]["department"] in text or "you stand in" in text
