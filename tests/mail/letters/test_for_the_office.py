"""The office is never told to ask, or to write to, itself; and who reads why somebody else was not told."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from sheet_schema import SETTING, Language
from tests.support.ledger_in_memory import Rows
from tests.support.mails_of_a_run import DEPARTMENTS, LADDER, PEOPLE, Row, case, level, mails, text

LATE = "2026-03-20T10:00"
SECRET: Row = {"restricted": "yes", "about": "-"}
UNDECIDED: Row = {"decision": "", "decided_on": "", "notified_on": "", "received_on": "2026-03-03"}
TO_THE_OFFICE = (
    "ask the office",
    "the office enters",
    "the office writes",
    "Letters and visits office:",
    "请向信访办当面了解",
    "由信访办登记",
    "信访办：",
)
"""What is said to everybody but the office."""


def settings(language: Language = "en", **more: str) -> Rows:
    values = {"blank_rows": "1", "sending": "live", "go_live_on": "2026-03-01", "school_phone": "0999", **more}
    return [{"name": SETTING[key].label(language), "value": value} for key, value in values.items()]


OFFICE_EVERYWHERE: Rows = ({**PEOPLE[3], "role": "office;duty;leader;head"}, *PEOPLE[:3])


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("secret", [{}, SECRET], ids=["quoted", "restricted"])
@pytest.mark.parametrize(
    ("now", "cells"),
    [(LATE, {}), ("2026-03-16T10:00", {}), ("2026-03-10T10:00", UNDECIDED), ("2026-03-03T10:00", {**UNDECIDED, "important": "yes"})],
    ids=["late", "soon", "undecided", "urgent"],
)  # fmt: skip
def test_no_mail_tells_the_office_to_ask_or_to_write_to_itself(
    language: Language, secret: Row, now: str, cells: Row
) -> None:
    """Dee works in the office, and is on duty, a leader, and handler of the case; its mailbox is a department's, too."""
    register = [case("LV-00001", **{**cells, **secret, "handler": "Dee"}), case("LV-00002", **{**cells, **secret})]
    departments = [{**DEPARTMENTS[0], "head": "Dee", "leader": "Dee"}]
    sent = mails(
        now, register, language, people=OFFICE_EVERYWHERE, departments=departments, settings=settings(language)
    )
    to_it = {one: mail.rendered for one, mail in sent.items() if one[1] in ("Dee", "East")}
    assert {kind for kind, _ in to_it} >= {"assignment"}
    wrong = {
        one: [words for words in TO_THE_OFFICE if words in mail.text or words in mail.html]
        for one, mail in to_it.items()
    }
    assert {one: words for one, words in wrong.items() if words} == {}


@pytest.mark.parametrize(
    ("reply_to", "departments", "looks"),
    [
        ("", DEPARTMENTS, False),
        ("east@s.example", DEPARTMENTS, True),
        ("", [{**DEPARTMENTS[0], "head": "Dee"}], True),
        ("", [{**DEPARTMENTS[0], "head": "Dee", "read_by": "Dee; Lea"}], False),
        ("", [{**DEPARTMENTS[0], "head": "", "read_by": "office"}], True),
        ("", [{**DEPARTMENTS[0], "head": ""}], False),
    ],
    ids=["Hal reads it", "answers go there", "only Dee reads it", "Lea, too", "the office reads it", "who knows"],
)  # fmt: skip
def test_which_mailbox_is_the_offices_own(reply_to: str, departments: Rows, looks: bool) -> None:
    register = [case("LV-00001", **SECRET)]
    sent = mails(LATE, register, departments=departments, settings=settings(reply_to=reply_to))
    row = text(sent["assignment", "East"])
    assert ("look at its row in the Register" in row, "ask the office" in row) == (looks, not looks)


def test_what_nobody_has_yet_the_office_has_to_give_away() -> None:
    register = [case("LV-00001", department="")]
    sent = mails(LATE, register, routing=[], escalation=[level("reply", 1, 1, "leader;office")])
    acts = {reader: [part.strip() for part in mail.rendered.text.splitlines() if "Nobody has it" in part]
            for (kind, reader), mail in sent.items() if kind == "escalation"}  # fmt: skip
    assert acts == {
        "Lea": ["Nobody has it yet: please see that the letters and visits office gives it to a department."],
        "Dee": ["Nobody has it yet: please give it to a department."],
    }
    assert not any("department in charge" in mail.rendered.text for mail in sent.values())


def test_a_case_that_only_a_handler_has_is_in_no_departments_charge() -> None:
    register = [case("LV-00001", department="", handler="Hal")]
    routing: Rows = (
        {"order": 1, "enabled": "yes", "keywords": "soup", "department": "", "handler": "Hal", "copy_to": "leader"},
    )
    sent = mails(LATE, register, routing=routing, escalation=[level("reply", 1, 1, "leader")])
    assert "Please see that Hal acts on it." in text(sent["escalation", "Lea"])
    assert not any(
        "department" in mail.rendered.text for (kind, _), mail in sent.items() if not kind.startswith("digest")
    )


NOT_TOLD: Mapping[Language, tuple[str, str, str]] = {
    "en": (
        "Told to the next in line instead of senior leader (has to be kept out of it): LV-00001.",
        "Told to the next in line instead of senior leader (away, and no stand-in is there): LV-00002.",
        "You get this because you are next in line to be told, and you are the headteacher.",
    ),
    "zh": (
        "以下各件未告知“分管领导”，改为告知下一级（应回避）：LV-00001。",
        "以下各件未告知“分管领导”，改为告知下一级（不在岗，也无人代理）：LV-00002。",
        "按顺序由您知悉，并且您是校长，故收到本邮件。",
    ),
}


@pytest.mark.parametrize("language", NOT_TOLD)
def test_whom_a_case_is_kept_from_only_the_office_reads(language: Language) -> None:
    """LV-00001 is about Lea, who leads East; Lou, who leads West, is away. Ada looks after the ledger."""
    people = [
        *PEOPLE, {"name": "Ada", "role": "administrator", "email": "ada@s.example", "digest": "daily"},
        {"name": "Lou", "role": "leader", "email": "lou@s.example", "absent_from": "2026-03-01", "absent_until": "2026-03-31"},
    ]  # fmt: skip
    departments = [DEPARTMENTS[0], {**DEPARTMENTS[1], "head": "Hal", "leader": "Lou"}]
    register = [case("LV-00001", about="Lea"), case("LV-00002", about="-", department="West")]
    sent = mails("2026-03-25T10:00", register, language, people=people, departments=departments, escalation=LADDER[2:4])
    kept, away, why = NOT_TOLD[language]
    digests = {reader: mail.rendered.text for (kind, reader), mail in sent.items() if kind.startswith("digest")}
    assert {
        reader: (kept in digest, away in digest) for reader, digest in digests.items() if reader in ("Dee", "Ada")
    } == {
        "Dee": (True, True),
        "Ada": (False, True),
    }
    assert not any(words in digests["Ada"] for words in ("kept", "回避"))
    assert sent["escalation", "Pru"].rendered.text.splitlines()[-1].startswith(why)
    assert not any(words in mail.rendered.text for (kind, _), mail in sent.items() if kind == "escalation"
                   for words in ("may or can", "kept", "conflict", "回避", "可以告知"))  # fmt: skip


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("en", "Nothing ran on 4 March, 5 March, 6 March, 7 March, 8 March, 9 March, 10 March, 11 March, 12 March, 13 March, 14 March, 15 March and 2 more. Check what starts the ledger."),
        ("zh", "3月4日、3月5日、3月6日、3月7日、3月8日、3月9日、3月10日、3月11日、3月12日、3月13日、3月14日、3月15日及另外2天没有运行过，请检查定时任务。"),
    ],
)  # fmt: skip
def test_days_in_a_list_cut_short_are_counted_as_days(language: Language, line: str) -> None:
    weekends: Rows = [{"date": f"2026-03-{day:02d}", "kind": "workday"} for day in (7, 8, 14, 15)]
    runs: Rows = [{"run": "R1", "at": "2026-03-02T10:00:00", "command": "run", "outcome": "ok"}]
    sent = mails("2026-03-18T10:00", [case("LV-00001")], language, calendar=weekends, runs=runs)
    assert line in sent["digest_office", "Dee"].rendered.text
