"""What mails say of a case that waits (docs/design.md#p19.6, docs/design.md#p19.7)."""

from __future__ import annotations

import pytest

from automation.mail.mail import Mail
from sheet_schema import Language
from tests.support.mails_of_a_run import DEADLINES, PEOPLE, TOLD, Row, case, mails, text

REPLY: Row = {**DEADLINES[1], "wait_up_to": 20}
WAITS: Row = {"waiting_for": "the parent's papers", "waiting_since": "2026-03-05", "waiting_until": "2026-03-11"}
SEEN: Row = {
    "case_no": "LV-00001",
    "issued_on": "2026-03-01",
    "first_seen": "2026-03-02",
    "waits": "2026-03-05/2026-03-11@2026-03-05*?",
}
SECRET: Row = {"restricted": "yes", "about": "-"}
OFFICE = [*PEOPLE[:3], {**PEOPLE[3], "digest": "daily"}]


def told(day: str, language: Language = "en", **cells: object) -> dict[tuple[str, str], Mail]:
    """The mails of one run: the case is due on 17 March, with 6 days of waiting on the 23rd."""
    return mails(
        f"{day}T10:00", [case("LV-00001", **{**WAITS, **cells})], language,
        deadlines=(DEADLINES[0], REPLY), index=[SEEN], notices=[TOLD], people=OFFICE,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("day", "reader", "says"),
    [
        ("2026-03-11", "East", "Waited for until today: the parent's papers. Is it there?"),
        ("2026-03-11", "Dee", "Waited for until today: the parent's papers. Is it there?"),
        ("2026-03-12", "East", "Waited for until 11 March: the parent's papers. Is it there?"),
    ],
)
def test_on_the_last_day_of_a_wait_the_department_and_the_office_are_asked_whether_it_is_there(
    day: str, reader: str, says: str
) -> None:
    said = text(told(day)["reminder", reader])
    assert says in said
    assert "(accepted 2 March + 15 days + 6 days waiting for the parent's papers)" in said
    assert "23 March" in said


def test_while_it_waits_only_the_digest_says_so() -> None:
    sent = told("2026-03-10", replied_on="")
    assert {kind for kind, _ in sent} <= {"digest_office"}
    later = text(told("2026-03-20")["reminder", "East"])
    assert ("Is it there?" in later, "Due 23 March: 3 days left" in later) == (False, True)


def test_the_digest_of_the_office_lists_what_waits_since_when_until_when_and_for_what() -> None:
    sent = told("2026-03-10", leader_note="Please hurry")
    said = text(sent["digest_office", "Dee"])
    assert "Waiting, so that the clock stands still (1)" in said
    assert "since 5 March until 11 March: the parent's papers · Canteen · East" in " ".join(said.split())


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("day", ["2026-03-10", "2026-03-11"])
def test_of_a_restricted_case_nothing_is_said_of_what_it_waits_for(day: str, language: Language) -> None:
    sent = told(day, language, leader_note="Please hurry", **SECRET)
    everything = [mail.rendered.text + mail.rendered.html + mail.rendered.subject for mail in sent.values()]
    assert everything
    assert not any("papers" in one for one in everything)
