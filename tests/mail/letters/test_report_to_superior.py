"""What an alert says of the report to the superior, to whom, and that nothing goes to the superior by itself."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import pytest

from automation.mail.mail import Mail
from sheet_schema import SETTING, Language
from tests.support.ledger_in_memory import Rows
from tests.support.mails_of_a_run import PEOPLE, Row, case, mails

SID: Row = {"name": "Sid Oak", "role": "authority", "email": "sid@a.example", "phone": "0900", "digest": "daily"}
ZIA: Row = {"name": "Zia Elm", "role": "authority", "phone": "0901"}
URGENT: Row = {
    "decision": "",
    "decided_on": "",
    "notified_on": "",
    "received_on": "2026-03-03",
    "important": "yes",
    "about": "-",
}
TOLD: Row = {"leader_told": "Lea, 10:05 by telephone"}
BY_ELEVEN = (
    "Report this to the authority above by 3 March 2026, 11:00: by telephone first, then in writing if they ask for it."
)
WAS_DUE = "The report to the authority above was due by 3 March 2026, 11:00, and the ledger does not say that it was made: see that it is made now."
NOTE = " Then fill in Reported to authority on in its row."
NOBODY = (
    "Nobody in People with the role authority can be told of it by telephone: report to another body above the school."
)


def alerts(
    now: str = "2026-03-03T10:00",
    contacts: Rows = (*PEOPLE, SID),
    notices: Rows = (),
    language: Language = "en",
    **cells: object,
) -> Mapping[str, Mail]:
    """The alerts of one run by their readers."""
    values = {
        "blank_rows": "1",
        "sending": "live",
        "go_live_on": "2026-03-01",
        "report_within_minutes": "60",
        "school_name": "Elm School",
    }
    settings = [{"name": SETTING[key].label(language), "value": value} for key, value in values.items()]
    made = mails(
        now, [case("LV-00001", **{**URGENT, **cells})], language, people=contacts, settings=settings, notices=notices
    )
    assert "sid@a.example" not in {mail.to for mail in made.values()}  # only people tell the authority
    return {reader: mail for (kind, reader), mail in made.items() if kind == "alert"}


def lines(mail: Mail) -> list[str]:
    return [line.strip() for line in mail.rendered.text.splitlines() if line.strip()]


def sent(slot: str, to: str) -> Row:
    moment = datetime(2026, 3, 3, 10)
    return {
        "key": f"LV-00001|alert|||1|{slot}", "case_no": "LV-00001", "kind": "alert", "level": "1", "slot": slot, "to": to, "state": "sent",
        "claimed_at": moment, "done_at": moment,
    }  # fmt: skip


ALERTED = (sent("duty", "dee@s.example"), sent("leader", "lea@s.example"), sent("office", "dee@s.example"))


def test_leaders_and_office_read_whom_to_telephone_by_when_and_a_draft() -> None:
    made = alerts(petitioner="Ms Quill", people=7)
    assert [*made] == ["Dee", "Lea"]
    leader, office = lines(made["Lea"]), lines(made["Dee"])
    assert BY_ELEVEN in leader
    assert BY_ELEVEN + NOTE in office
    begun = leader.index("Draft of the report, to be corrected by whoever reports:")
    assert leader[begun - 1] == "Sid Oak (authority): 0900"
    assert leader[begun + 1 : begun + 7] == [
        "What: group visit, Canteen: Soup is cold",
        "When: 3 March (Visit)",
        "Where: Elm School",
        "How many people: 7",
        "What was done: given to East",
        "Who was told, and when: not entered yet",
    ]
    assert "Quill" not in made["Lea"].rendered.text + made["Lea"].rendered.html


def test_a_late_report_is_told_up_to_the_headteacher_with_who_was_told_when() -> None:
    made = alerts("2026-03-03T11:00", notices=ALERTED, **TOLD)
    assert [*made] == ["Dee", "Lea", "Pru"]
    assert {mail.rendered.subject for mail in made.values()} == {"Report to authority late: LV-00001, 3 March"}
    head = lines(made["Pru"])
    assert WAS_DUE in head
    assert WAS_DUE + NOTE in lines(made["Dee"])
    assert (
        "Who was told, and when: Lea, 10:05 by telephone,"
        " by mail Dee (duty) (3 March 2026, 10:00), Lea (senior leader) (3 March 2026, 10:00), Dee (office) (3 March 2026, 10:00)"
    ) in head
    assert not any("no leader has been told" in line or "Once a leader" in line for line in head)
    assert alerts("2026-03-03T11:00", notices=ALERTED, **TOLD, reported_on="2026-03-03") == {}


@pytest.mark.parametrize(
    ("cells", "people", "calls"),
    [
        ({}, (SID, ZIA), ["Sid Oak (authority): 0900", "Zia Elm (authority): 0901"]),
        ({"about": "Sid Oak"}, (SID, ZIA), ["Zia Elm (authority): 0901"]),
        ({"about": "Sid Oak"}, (SID,), [NOBODY]),
        ({"about": "", "summary": "Sid Oak shouted at us"}, (SID,), [NOBODY]),  # perhaps about him
        ({"about": "Sid Oak"}, (SID, {**ZIA, "phone": "09 00"}), [NOBODY]),  # his own telephone
        ({}, ({**SID, "absent_from": "2026-03-01", "absent_until": "2026-03-31"}, ZIA), ["Zia Elm (authority): 0901"]),
        ({}, ({**SID, "phone": ""},), [NOBODY]),
        ({}, (), [NOBODY]),
    ],
)
def test_a_contact_whom_the_case_is_about_is_not_called(cells: Row, people: Rows, calls: list[str]) -> None:
    said = lines(alerts(contacts=(*PEOPLE, *people), **cells)["Lea"])
    start = said.index(BY_ELEVEN) + 1
    assert said[start : said.index("Draft of the report, to be corrected by whoever reports:")] == calls


def test_what_stays_with_a_few_is_told_to_no_contact() -> None:
    """Nobody knows yet whom an allegation against a stranger is about: it may be the contact."""
    said = lines(alerts(kind="allegation", about="Mr Quill")["Dee"])
    assert said[said.index(BY_ELEVEN + NOTE) + 1] == NOBODY
    assert not any("0900" in line for line in said)


def test_of_a_restricted_case_the_mail_has_no_draft_and_of_a_number_nothing() -> None:
    made = alerts(restricted="yes", summary="MARKER1", result="MARKER2")
    assert "MARKER" not in "".join(mail.rendered.text + mail.rendered.html for mail in made.values())
    assert BY_ELEVEN in lines(made["Lea"])
    assert not any("Draft" in line for line in lines(made["Lea"]))
    hidden = alerts(about="", summary="Leader Lea shouts")  # it may be about her
    assert not any("authority" in line and "Report this" in line for line in lines(hidden["Lea"]))
    assert BY_ELEVEN + NOTE in lines(hidden["Dee"])


def test_whoever_works_in_the_office_and_is_complained_about_reports_nothing() -> None:
    made = alerts(about="Dee", **TOLD)
    assert [*made] == ["Pru"]  # next in line, as for reminders of what the office has to do
    assert BY_ELEVEN in lines(made["Pru"])


def test_in_chinese() -> None:
    said = lines(alerts(language="zh", leader_note="请速办")["Dee"])
    assert (
        "请于2026年3月3日 11:00前报告上级主管部门：先电话报告，上级要求的再书面报告。报告后请在该行填写“报告上级日期”。"
        in said
    )
    assert "处置情况：已交East承办，领导批示：请速办" in said
