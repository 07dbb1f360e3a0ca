"""What a mail, `explain` and a receipt say of a panel that is set."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from automation.cases.cases import cases_of
from automation.forms.receipt import owed_to_visitor
from automation.reports.case.explain import explain
from automation.run.job import JOBS, Request
from automation.run.plan import plan
from automation.run.run import Result
from automation.steps.calendar_entries import office_entries
from sheet_schema import SETTING
from tests.cases.test_stages import PANEL, STAGE_3, TERMS, UK
from tests.support.ledger_in_memory import Rows, line, snapshot

PEOPLE: Rows = (
    {"name": "Ann Lee", "role": "office", "email": "ann@s.example"},
    {"name": "Hugh Pike", "role": "headteacher", "email": "pike@s.example", "digest": "daily"},
)
PAPERS = (
    "Please see that its members, and whoever complained, know the day and have the papers; that none of them had a part in the matter;"
    " and that one is independent of the school, where your rules ask for it."
)


def run(now: str, **cells: object) -> Result:
    settings = {"blank_rows": "1", "sending": "live", "go_live_on": "2026-01-01"}
    rows = [{"name": SETTING[key].label("en"), "value": value} for key, value in settings.items()]
    register = [line("LV-00001", **{**cells, "summary": "Homework is never marked"})]
    index = [{"case_no": "LV-00001", "issued_on": "2026-01-05", "first_seen": "2026-01-05"}]
    book = snapshot("en", register=register, index=index, people=PEOPLE, settings=rows, calendar=TERMS, **UK)
    moment = datetime.fromisoformat(f"{now}T09:00")
    return plan(book, Request(JOBS["run"], moment, moment, outbox=Path(), instead_of_sending=True))


@pytest.mark.parametrize(("cells", "quoted"), [({"about": "-"}, True), ({"about": "-", "restricted": "yes"}, False)])
def test_the_office_is_reminded_of_members_and_papers(cells: dict[str, object], quoted: bool) -> None:
    [mail] = [mail for mail in run("2026-02-26", **PANEL, **cells).mails if mail.kind == "reminder"]
    text = mail.rendered.text
    assert (mail.to, mail.rendered.subject) == ("ann@s.example", "LV-00001 Panel due 5 March")
    assert "The panel meets on 5 March" in text
    assert PAPERS in text
    assert ("Homework" in text) is quoted


def test_explain_and_the_receipt_say_the_stage_and_when_the_panel_meets() -> None:
    ahead, met = run("2026-02-26", **PANEL, about="-"), run("2026-03-09", **PANEL, about="-")
    told = explain(ahead, "LV-00001")
    assert told[0] == "LV-00001  At stage 3  Stage 3 2026-03-12  On time"
    assert [line.partition(" (")[0] for line in told if line.startswith("Panel:")] == ["Panel: set for 2026-03-05"]
    assert "    2026-03-05                The panel meets" in told
    assert "    2026-03-05         staff  The panel met" in explain(met, "LV-00001")
    assert owed_to_visitor(cases_of(ahead.after, datetime(2026, 2, 26, 9)), 0).split("\n") == [
        "· a hearing of stage 3, on 5 March 2026",
        "· the answer at stage 3, by 12 March 2026",
    ]
    unset = cases_of(run("2026-02-26", **STAGE_3, about="-").after, datetime(2026, 2, 26, 9))
    assert owed_to_visitor(unset, 0) == "· a hearing of stage 3, by 13 March 2026"


def test_the_offices_calendar_has_the_day_of_the_panel() -> None:
    found = office_entries(cases_of(run("2026-02-26", **PANEL, about="-").after, datetime(2026, 2, 26, 9)))
    assert [(one.step, str(one.due), [str(day) for day in one.alarms]) for one in found if not one.ended] == [
        ("panel", "2026-03-05", ["2026-02-12", "2026-02-26", "2026-03-03"]),
        ("second_review", "2026-03-12", ["2026-03-10", "2026-03-11"]),
    ]


def test_nobody_concerned_is_told_of_the_panel() -> None:
    """The office is Ann Lee, whom the case is about: whoever is asked instead of her is reminded, here with the mail of the case."""
    mails = run("2026-02-26", **PANEL, about="Ann Lee").mails
    assert [mail.to for mail in mails if "LV-00001" in mail.rendered.text and mail.to == "ann@s.example"] == []
    [told] = [
        mail.rendered.text
        for mail in mails
        if mail.to == "pike@s.example" and "The panel meets on 5 March" in mail.rendered.text
    ]
    assert "LV-00001" in told
