"""A school in England: what is about the headteacher or a governor goes to the clerk to the governors, and nothing of it to them."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from automation.run.job import JOBS, Request
from automation.run.plan import plan
from automation.run.run import Result
from sheet_schema import SETTING
from sheet_schema.preset_files import load
from tests.support.ledger_in_memory import Rows, line, snapshot

NOW = datetime(2026, 3, 10, 9)
CLERK, HEAD = "Clerk to the governors", "Headteacher's office"
HEADS = {CLERK: "Cora Day", HEAD: "Hugh Pike", "Curriculum": "Dot Marsh"}
PEOPLE: Rows = (
    {"name": "Hugh Pike", "role": "headteacher", "email": "pike@s.example", "digest": "daily"},
    {
        "name": "Greta Stone",
        "also_called": "Chair of governors",
        "role": "governors",
        "email": "stone@s.example",
        "digest": "daily",
    },
    {"name": "Gus Fenn", "role": "governors", "email": "fenn@s.example"},
    {"name": "Cora Day", "role": "head of department", "email": "day@s.example"},
    {"name": "Dot Marsh", "role": "head of department;senior leader", "email": "marsh@s.example", "digest": "daily"},
    {"name": "Ann Lee", "role": "office;duty", "email": "lee@s.example", "digest": "daily"},
)
DEPARTMENTS: Rows = [
    {**row, "email": f"d{at}@s.example", "head": HEADS.get(str(row["name"]), "Dot Marsh"), "leader": "Dot Marsh"}
    for at, row in enumerate(load("uk-school").rows("departments", "en"))
]
TABS = {tab: load("uk-school").rows(tab, "en") for tab in ("topics", "routing", "deadlines", "escalation")}


def run(cases: Rows) -> Result:
    settings = {"blank_rows": "1", "sending": "live", "go_live_on": "2026-03-01"}
    rows = [{"name": SETTING[key].label("en"), "value": value} for key, value in settings.items()]
    index = [{"case_no": one["case_no"], "issued_on": "2026-03-02", "first_seen": "2026-03-02"} for one in cases]
    book = snapshot("en", register=cases, index=index, people=PEOPLE, departments=DEPARTMENTS, settings=rows, **TABS)
    now = NOW.astimezone()
    return plan(book, Request(JOBS["run"], now, now, outbox=Path(), instead_of_sending=True))


def case(number: str, about: str, **cells: object) -> dict[str, object]:
    typed = {
        "channel": "letter",
        "kind": "complaint",
        "topic": "Teaching and conduct",
        "received_by": "Ann Lee",
        "about": about,
    }
    return line(number, **{**typed, "summary": "Homework is never marked", **cells})


CASES = [
    case("LV-00001", "Hugh Pike"),
    case("LV-00002", "the headteacher", topic="Fees and charges"),
    case("LV-00003", "Headteacher; Dot Marsh", kind="allegation"),
    case("LV-00004", "Gus Fenn"),
    case("LV-00005", "Chair of governors", kind="suggestion"),
    case("LV-00006", "the governors", topic="Admissions and classes"),
    case("LV-00007", "Dot Marsh", topic="Conduct of staff"),
    case("LV-00008", "-", summary="The headteacher was kind, the lessons are not"),
    case("LV-00009", "Mr Quill (parent)"),
]


@pytest.fixture(scope="module")
def ran() -> Result:
    return run(CASES)


# *The governors* may be their clerk, too: the office finds somebody
def test_the_clerk_gets_what_is_about_the_headteacher_or_a_governor_and_others_get_the_rest(ran: Result) -> None:
    register = ran.after.register
    given = dict(zip(register["case_no"].tolist(), register["department"].tolist(), strict=True))
    assert {number[-1]: given[number] for number in (str(one["case_no"]) for one in CASES)} == {
        **dict.fromkeys("12345", CLERK), "6": "", "7": HEAD, "8": "Curriculum", "9": "Curriculum",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("address", "kept_from"),
    [("pike@s.example", "123"), ("fenn@s.example", "46"), ("stone@s.example", "56"), ("marsh@s.example", "37")],
)
def test_nothing_of_it_reaches_whom_it_is_about(ran: Result, address: str, kept_from: str) -> None:
    texts = "".join(
        mail.rendered.subject + mail.rendered.text + mail.rendered.html for mail in ran.mails if mail.to == address
    )
    assert [number for number in kept_from if f"LV-0000{number}" in texts] == []


def test_the_clerk_is_told_and_reads_no_text_of_it(ran: Result) -> None:
    told = [mail for mail in ran.mails if mail.kind == "assignment" and "LV-00001" in mail.cases]
    assert [mail.reader for mail in told] == [CLERK]
    assert "Homework" not in told[0].rendered.text


def test_a_headteacher_who_is_nobody_in_people_gets_nothing_either() -> None:
    """The word in About is enough to keep it to the office until the row says who is meant."""
    cases = [case("LV-00001", "Headteacher"), case("LV-00002", "Head of Curriculum")]
    settings = [{"name": SETTING["blank_rows"].label("en"), "value": "1"}]
    people = [one for one in PEOPLE if one["role"] != "headteacher"]
    index = [{"case_no": one["case_no"], "issued_on": "2026-03-02", "first_seen": "2026-03-02"} for one in cases]
    book = snapshot(
        "en", register=cases, index=index, people=people, departments=DEPARTMENTS, settings=settings, **TABS
    )
    now = NOW.astimezone()
    register = plan(book, Request(JOBS["run"], now, now, outbox=Path(), instead_of_sending=True)).after.register
    assert (register["department"][0], "Restricted" in register["flags"][0]) == ("", True)
    assert "full name" in register["problems"][0]
    assert "Restricted" not in register["flags"][1]  # a head of department is no headteacher
