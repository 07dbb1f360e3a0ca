"""All mails of one run on a ledger in memory: two departments, a head, a leader, a principal and the office."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from textwrap import dedent

from automation.mail.mail import Mail
from automation.run.job import JOBS, Request, Result
from automation.run.plan import plan
from sheet_schema import SETTING, Language
from tests.support.ledger_in_memory import Rows, line, snapshot

Row = Mapping[str, object]


def deadline(step: str, who: str, starts_from: str, amount: int, **cells: object) -> Row:
    rule = {"enabled": "yes", "step": step, "who": who, "starts_from": starts_from, "amount": amount}
    return {**rule, "unit": "day", "roll_forward": "no", **cells}


def level(step: str, number: int, after: int, to: str, ask: str = "no") -> Row:
    return {"step": step, "level": number, "after": after, "unit": "day", "to": to, "ask_explanation": ask}


DEADLINES: Rows = (
    deadline("decide", "office", "received", 5),
    deadline("reply", "handler", "accepted", 15, remind_before="3"),
    deadline("legal_limit", "head", "accepted", 16, kind="complaint"),
)
LADDER: Rows = (
    level("decide", 1, 1, "office"),
    level("reply", 1, 1, "head"),
    level("reply", 2, 3, "leader", "yes"),
    level("reply", 3, 7, "principal", "yes"),
    level("legal_limit", 1, 1, "head;leader"),
)
PEOPLE: Rows = (
    {"name": "Hal", "role": "head", "email": "hal@s.example"},
    {"name": "Lea", "role": "leader", "email": "lea@s.example", "phone": "0101"},
    {"name": "Pru", "role": "principal", "email": "pru@s.example", "phone": "0102"},
    {"name": "Dee", "role": "office;duty", "email": "dee@s.example", "phone": "0103"},
)
DEPARTMENTS: Rows = (
    {"name": "East", "email": "east@s.example", "head": "Hal", "leader": "Lea"},
    {"name": "West", "email": "west@s.example", "head": "Pru", "leader": "Lea"},
)
CASE: Row = {
    "channel": "visit",
    "kind": "complaint",
    "topic": "Canteen",
    "summary": "Soup is cold",
    "department": "East",
}
ACCEPTED: Row = {"decision": "accept", "decided_on": "2026-03-02", "notified_on": "2026-03-02"}

TOLD: Row = {
    "key": "LV-00001|assignment|||1|handler", "case_no": "LV-00001", "kind": "assignment", "level": "1", "slot": "handler",
    "holder": "East", "to": "east@s.example", "state": "sent",
}  # fmt: skip
"""The line in Notices that an earlier run told East of the case."""


def case(number: str, **cells: object) -> Row:
    """Accepted on 2 March: Reply is due on the 17th, Legal limit on the 18th."""
    return line(number, **{**CASE, **ACCEPTED, "received_by": "Dee", **cells})


def mails(now: str, register: Rows, language: Language = "en", **tabs: Rows) -> dict[tuple[str, str], Mail]:
    """All mails of one run at this moment, by kind and reader's name."""
    return {(mail.kind, mail.reader): mail for mail in run_of(now, register, language, **tabs).mails}


def run_of(now: str, register: Rows, language: Language = "en", **tabs: Rows) -> Result:
    """One run at this moment, on these lines and tabs."""
    values = {"blank_rows": "1", "sending": "live", "go_live_on": "2026-03-01", "alert_again_minutes": "5"}
    given: dict[str, Rows] = {
        "register": register, "people": PEOPLE, "departments": DEPARTMENTS, "topics": ({"name": "Canteen"},),
        "routing": ({"order": 9, "enabled": "yes", "department": "East"},), "deadlines": DEADLINES, "escalation": LADDER,
        "index": [{"case_no": one["case_no"], "issued_on": "2026-03-01", "first_seen": "2026-03-02"} for one in register],
        "settings": [{"name": SETTING[key].label(language), "value": value} for key, value in values.items()],
        **tabs,
    }  # fmt: skip
    moment = datetime.fromisoformat(now)
    return plan(
        snapshot(language, **given), Request(JOBS["run"], moment, moment, outbox=Path(), instead_of_sending=True)
    )


def text(mail: Mail) -> str:
    """What the mail says between greeting and closing, and at its foot."""
    body, _, foot = mail.rendered.text.partition("\n-- \n")
    return body.split("\n", 2)[2].rpartition("\n\n")[0].strip() + "\n--\n" + foot


def said(written: str) -> str:
    return dedent(written).strip() + "\n"
