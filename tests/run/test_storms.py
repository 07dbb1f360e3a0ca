"""How many mails are too many: nobody can tell from a pause that a case exists which they must not know of."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from automation.cases.mailboxes import Recipient
from automation.ledger.notices import NO_CASE, Notice
from automation.mail.letters.context import RunEvents
from automation.mail.mail import OutgoingMail
from automation.mail.transport.mailer import MailServer
from automation.run.job import JOBS, Request
from automation.run.plan import plan
from sheet_schema import SETTING
from tests.support.ledger_in_memory import Rows, line, snapshot
from tests.support.small_office import HANDLED, LADDER, RULE

MONDAY = datetime(2026, 3, 23, 9)
"""The day after the cases were due."""
PEOPLE: Rows = tuple(
    {"name": name, "role": "经办人", "email": f"{mailbox}@s.example", "digest": "每周"}
    for name, mailbox in (("王芳", "fang"), ("李明", "ming"), ("赵刚", "gang"), ("周岚", "lan"))
)
REMIND = {**RULE, "amount": 22, "remind_before": "1"}
"""Due on 24 March: reminded of on the 23rd."""


def case(number: int, handler: str, **cells: object) -> dict[str, object]:
    return line(f"LV-{number:05d}", **{**HANDLED, "handler": handler, **cells})


def pauses(*register: dict[str, object], storm_at: str = "2") -> bool:
    index = [{"case_no": one["case_no"], "issued_on": "2026-03-01", "first_seen": "2026-03-02"} for one in register]
    given = {"blank_rows": "1", "sending": "正式发送", "go_live_on": "2026-01-01", "storm_at": storm_at}
    tabs: dict[str, Rows] = {
        "people": PEOPLE,
        "deadlines": [REMIND],
        "escalation": [LADDER],
        "departments": [{"name": "教务处"}],
        "routing": [{"order": 1, "enabled": "启用", "department": "教务处"}],
        "settings": [{"name": SETTING[key].label("zh"), "value": value} for key, value in given.items()],
    }
    book = snapshot(register=register, index=index, **tabs)
    server = MailServer("h", 1, "u", "p")
    request = Request(JOBS["remind"], MONDAY, MONDAY, outbox=Path("out"), dry_run=True, server=server)
    return bool(plan(book, request).held)


@pytest.mark.parametrize(
    ("register", "expected"),
    [
        pytest.param([case(1, "王芳"), case(2, "李明")], False, id="as-many-as-are-allowed"),
        pytest.param([case(1, "王芳"), case(2, "李明"), case(3, "赵刚")], True, id="one-more"),
        pytest.param([case(1, "王芳"), case(2, "李明"), case(3, "赵刚", about="周岚")], False, id="one-that-is-kept-from-somebody"),
        pytest.param([case(1, "王芳"), case(2, "李明"), case(3, "赵刚", about="周岚"), case(4, "赵刚")], True, id="a-mail-of-both"),
    ],
)  # fmt: skip
def test_a_run_pauses_for_mails_of_cases_that_everybody_may_know_of(
    register: list[dict[str, object]], expected: bool
) -> None:
    assert pauses(*register) == expected


def held(*cases: int) -> OutgoingMail:
    notices = [
        Notice(
            "reminder",
            "" if at == NO_CASE else f"LV-{at}",
            at,
            "reply",
            None,
            level=1,
            slot="h",
            from_day=MONDAY.date(),
        )
        for at in cases
    ]
    return OutgoingMail("".join(map(str, cases)), "reminder", Recipient("x", ""), tuple(notices))


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        pytest.param({1, 2, 3}, (3, ["LV-1", "LV-2", "LV-3"]), id="all"),
        pytest.param({1, 3}, (2, ["LV-1", "LV-3"]), id="a-mail-of-two-cases-counts-for-the-one-that-is-known"),
        pytest.param({2}, (2, ["LV-2"]), id="one"),
        pytest.param(set(), (0, []), id="none-and-no-digest"),
    ],
)
def test_held_mails_are_counted_as_if_other_cases_were_not_there(
    known: set[int], expected: tuple[int, list[str]]
) -> None:
    events = RunEvents(held=(held(1, 2), held(2), held(3), held(NO_CASE)))
    mails, numbers = events.held_about(lambda at: at in known)
    assert (len(mails), numbers) == expected
