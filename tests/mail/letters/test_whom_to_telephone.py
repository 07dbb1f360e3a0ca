"""An alert asks for a call only where its reader can make one: never to themselves, to somebody whom the case may be about, or
to somebody who is away (docs/design.md#p4.9)."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from sheet_schema import SETTING, Language
from tests.support.ledger_in_memory import Rows
from tests.support.mails_of_a_run import DEPARTMENTS, PEOPLE, Row, case, mails

HAL, LEA, PRU, DEE = PEOPLE
GUS: Row = {"name": "Gus", "role": "office", "email": "gus@s.example", "phone": "0104"}
SUE: Row = {"name": "Sue", "role": "discipline", "email": "sue@s.example", "phone": "0105"}
AWAY: Row = {"absent_from": "2026-03-01", "absent_until": "2026-03-31"}
NOW = "2026-03-03T10:00"
URGENT: Row = {"decision": "", "decided_on": "", "notified_on": "", "received_on": "2026-03-03", "important": "yes"}
SAYS: Mapping[str, tuple[str, str]] = {
    "call first": ("Please telephone first, before you do anything else.", "请先打电话，再做其他。"),
    "see to it": ("No telephone number for it is in the ledger: please see to it at once.", "台账中没有可供联系的电话，请立即处理。"),
    "telephone": ("Please telephone about it.", "请电话联系。"),
    "speak": ("No telephone number for it is in the ledger: please speak to another leader at once.", "台账中没有可供联系的电话，请立即当面告知其他领导。"),
}  # fmt: skip


def read(language: Language, reader: str, register: Rows, people: Rows, **settings: str) -> tuple[list[str], list[str]]:
    """What the alert says of calls, and the numbers in it, in their order."""
    rows = [
        {"name": SETTING[key].label(language), "value": value} for key, value in {"blank_rows": "1", **settings}.items()
    ]
    departments = [{**DEPARTMENTS[0], "leader": ""}]
    mail = mails(NOW, register, language, people=people, departments=departments, settings=rows)["alert", reader]
    lines = [line.strip() for line in mail.rendered.text.splitlines()]
    at = ("en", "zh").index(language)
    said = [key for key, texts in SAYS.items() if texts[at] in lines]
    return said, [
        line.replace("：", ": ").rpartition(": ")[2]
        for line in lines
        if line[-4:].isdecimal() and line[-5] in " ：" and line[-4] == "0"
    ]


def alone(**cells: object) -> Rows:
    return [case("LV-00001", **{**URGENT, "about": "-", "received_by": "Dee", **cells})]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("reader", "register", "people", "office", "expected"),
    [
        ("Lea", alone(), PEOPLE, "", (["call first"], ["0102", "0103"])),
        ("Lea", alone(), PEOPLE, "0999", (["call first"], ["0102", "0103", "0999"])),
        ("Lea", alone(about="Pru"), PEOPLE, "", (["call first"], ["0103"])),
        # About whom is blank, and the summary names the headteacher
        ("Lea", alone(about="", summary="Headteacher Pru, come"), PEOPLE, "", (["call first"], ["0103"])),
        # only the reader's own number is left: a colleague who may know has one, or nobody
        ("Lea", alone(about="Dee"), (LEA, DEE), "0999", (["see to it"], [])),
        ("Lea", alone(about="Dee"), (LEA, DEE, SUE), "0999", (["call first"], ["0105"])),
        ("Lea", alone(about="Dee"), (LEA, DEE, SUE, GUS), "0999", (["call first"], ["0104"])),
        ("Lea", alone(about="Dee"), (LEA, DEE, {**SUE, "phone": "0101"}), "", (["see to it"], [])),  # Lea's own
        ("Lea", alone(about="Dee"), (LEA, DEE, {**SUE, "phone": "01 03"}), "", (["see to it"], [])),  # Dee's, too
        ("Lea", alone(about="Dee"), (LEA, DEE, {**SUE, **AWAY}), "", (["see to it"], [])),
        ("Lea", alone(), (LEA, {**PRU, **AWAY}, DEE), "", (["call first"], ["0103"])),
        # of whom it may be about, nothing but its number
        ("Lea", alone(about="", summary="Leader Lea shouts"), PEOPLE, "", (["call first", "telephone"], ["0102", "0103"])),
        ("Lea", alone(about="", summary="Leader Lea shouts"), (LEA, {**DEE, "phone": ""}), "", (["speak"], [])),
        # two cases in one mail, each with the numbers of those who may know of it
        ("Lea", [*alone(about="Pru"), case("LV-00002", **URGENT, about="Dee", received_by="Gus")], PEOPLE, "", (["call first"], ["0103", "0102"])),
        ("Lea", [*alone(), case("LV-00002", **URGENT, about="-", received_by="Dee")], PEOPLE, "", (["call first"], ["0102", "0103"])),
        ("Lea", [*alone(about="Pru"), case("LV-00002", **URGENT, about="Pru; Dee", received_by="Gus")], PEOPLE, "", (["call first", "see to it"], ["0103"])),
    ],
)  # fmt: skip
def test_whom_an_alert_asks_to_telephone(
    language: Language, reader: str, register: Rows, people: Rows, office: str, expected: tuple[list[str], list[str]]
) -> None:
    assert read(language, reader, register, people, school_phone=office) == expected
