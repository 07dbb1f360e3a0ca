"""A case about somebody who works in the office: no mail of it says to reply to a mailbox that they read, or to ask the
office; a colleague who may know is named, or whoever else may (docs/design.md#p5.18)."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from automation.mail.mail import Mail
from sheet_schema import SETTING, Language
from tests.support.ledger_in_memory import Rows
from tests.support.mails_of_a_run import DEADLINES, DEPARTMENTS, PEOPLE, Row, case, level, mails, said, text

GUS: Row = {"name": "Gus", "role": "office", "email": "gus@s.example", "phone": "0104"}
SUE: Row = {"name": "Sue", "role": "discipline", "email": "sue@s.example", "phone": "0105"}
OUT: Row = {"name": "Out", "role": "outside", "email": "out@x.example"}
STAFF: Rows = (*PEOPLE, GUS, SUE, OUT)
AWAY: Row = {"absent_from": "2026-03-01", "absent_until": "2026-03-31"}
LADDER: Rows = (level("reply", 1, 1, "handler;leader"), level("decide", 1, 1, "office;leader"))
LATE, UNDECIDED = "2026-03-20T10:00", {"decision": "", "decided_on": "", "notified_on": "", "department": ""}
TO_THE_OFFICE = ("ask the office", "the office enters", "the office writes", "see that the letters and visits office", "Letters and visits office: ",
                 "请向信访办当面了解", "由信访办登记", "督促信访办", "信访办：")  # fmt: skip


def sent(language: Language = "en", now: str = LATE, cells: Row = {}, **tabs: Rows) -> dict[tuple[str, str], Mail]:  # noqa: B006
    values = {
        "blank_rows": "1",
        "sending": "live",
        "go_live_on": "2026-03-01",
        "reply_to": "office@s.example",
        "school_phone": "0999",
    }
    settings = [{"name": SETTING[key].label(language), "value": value} for key, value in values.items()]
    register = [case("LV-00001", **{"about": "Dee", "received_by": "Gus", **cells})]
    return mails(now, register, language, **{"people": STAFF, "escalation": LADDER, "settings": settings, **tabs})


def to_the_office(mail: Mail) -> list[str]:
    whole = (mail.rendered.text + mail.rendered.html).replace("do not ask the office", "")
    return [words for words in TO_THE_OFFICE if words in whole]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("people", "about", "answers_go_to", "asked"),
    [
        (STAFF, "-", "office@s.example", "the office"),
        (STAFF, "Hal", "office@s.example", "the office"),
        (STAFF, "Dee", "gus@s.example", "Gus (0104)"),
        (STAFF, "Gus", "dee@s.example", "Dee (0103)"),
        (STAFF, "Dee; Gus", "sue@s.example", "Sue (0105)"),
        (STAFF, "Dee; Gus; Sue", "out@x.example", "Out"),
        (STAFF, "Dee; Gus; Sue; Out", "pru@s.example", "Pru (0102)"),
        ((*PEOPLE, {**GUS, **AWAY}, SUE), "Dee", "sue@s.example", "Sue (0105)"),
        ((*PEOPLE, {**GUS, "phone": ""}), "Dee", "gus@s.example", "Gus"),
        ((*PEOPLE, {**GUS, "phone": "01-03"}), "Dee", "gus@s.example", "Gus"),  # Dee's number, too
        ((*PEOPLE, {**GUS, "email": "dee@s.example"}), "Dee", "", "speak to Gus (0104)"),
        ((*PEOPLE, {**GUS, "email": "dee@s.example; gus@s.example"}), "Dee", "gus@s.example", "Gus (0104)"),
        ((*PEOPLE[:3], {**PEOPLE[3], "stand_in": "Gus"}, GUS, SUE), "Dee", "sue@s.example", "Sue (0105)"),
        # somebody else reads the mailbox to which answers go
        ((*STAFF, {"name": "Zed", "role": "handler", "email": "office@s.example"}), "Zed", "dee@s.example", "Dee (0103)"),
        # nobody else is left: what is asked is only the reader's own answer
        ((PEOPLE[1], PEOPLE[3]), "Dee", "lea@s.example", "nobody"),
    ],
)  # fmt: skip
def test_whom_a_leader_is_to_ask_and_to_answer(
    language: Language, people: Rows, about: str, answers_go_to: str, asked: str
) -> None:
    mail = sent(language, cells={"about": about, "restricted": "yes"}, people=people)["escalation", "Lea"]
    asks, answers = WORDS[language]
    who = asked.removeprefix("speak to ")
    who = who.replace(" (", "（").replace(")", "）") if language == "zh" else who
    how = {"the office": "usual", "nobody": "silent"}.get(asked, "speak" if "speak" in asked else "reply")
    expected = (asks.get(asked, asks["who"]).format(who=who), answers[how].format(who=who))
    lines = [line.strip() for line in mail.rendered.text.splitlines()]
    assert (mail.reply_to, [one in lines for one in expected]) == (answers_go_to, [True, True])
    assert how == "usual" or to_the_office(mail) == []


WORDS: Mapping[Language, tuple[Mapping[str, str], Mapping[str, str]]] = {
    "en": (
        {"the office": "ask the office", "nobody": "do not ask the office", "who": "ask {who}"},
        {
            "usual": "To give an instruction, reply to this mail; the office enters it in the ledger.",
            "reply": "Reply to this mail with the result or whatever else there is to say; the answer goes to {who} alone. Please do not speak of it with others in the letters and visits office.",
            "speak": "Please do not reply to this mail: speak to {who}. Please do not speak of it with others in the letters and visits office.",
            "silent": "Please do not reply to this mail, and do not speak of it with the letters and visits office.",
        },
    ),
    "zh": (
        {"the office": "请向信访办当面了解", "nobody": "请勿向信访办询问", "who": "请向{who}当面了解"},
        {
            "usual": "如有批示，请直接回复本邮件，由信访办登记。",
            "reply": "请直接回复本邮件告知办理结果及有关情况，回复只送达{who}；请勿与信访办其他人员谈及此事。",
            "speak": "请勿回复本邮件，有关情况请与{who}联系；请勿与信访办其他人员谈及此事。",
            "silent": "请勿回复本邮件，也请勿与信访办谈及此事。",
        },
    ),
}
WHOLE: Mapping[Language, str] = {
    "en": """
        This matter is now yours.

        LV-00001  Reply
            Due 17 March: 14 days left
            (accepted 2 March + 15 days)
            Canteen: Soup is cold

        Reply to this mail with the result or whatever else there is to say; the answer goes to Gus (0104) alone. Please do not speak of it with others in the letters and visits office.
        --
        You get this because the case was given to your department. The dates follow the Deadlines tab of the ledger.
        """,
    "zh": """
        以下事项请贵部门承办。

        LV-00001  答复
            3月17日到期，还有14天
            （受理日期3月2日起15日）
            Canteen：Soup is cold

        请直接回复本邮件告知办理结果及有关情况，回复只送达Gus（0104）；请勿与信访办其他人员谈及此事。
        --
        该事项由贵部门承办，故收到本邮件。期限依“时限”表计算。
        """,
}


@pytest.mark.parametrize("language", WHOLE)
def test_the_department_answers_to_a_colleague(language: Language) -> None:
    assert text(sent(language, "2026-03-03T10:00")["assignment", "East"]) == said(WHOLE[language])


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(("now", "cells"), [
    (LATE, {}), (LATE, UNDECIDED), ("2026-03-16T10:00", {}), ("2026-03-03T10:00", {"important": "yes"}), (LATE, {"restricted": "yes"}),
], ids=["late", "undecided", "soon", "urgent", "restricted"])  # fmt: skip
def test_no_mail_about_it_leads_to_the_office(language: Language, now: str, cells: Row) -> None:
    """Nor does any of it reach Dee; Gus, who works there and may know, enters it in the Register."""
    people = [{**one, "digest": "daily"} for one in STAFF]
    about_it = {
        one: mail
        for one, mail in sent(language, now, cells, people=people).items()
        if "LV-00001" in mail.rendered.text and one[1] != "Gus"
    }
    wrong = {
        one: (mail.reply_to, to_the_office(mail))
        for one, mail in about_it.items()
        if mail.reply_to != "gus@s.example" or to_the_office(mail)
    }
    assert (wrong, [one for one in about_it if one[1] == "Dee"], len(about_it) > 1) == ({}, [], True)


@pytest.mark.parametrize(
    ("about", "lea_is_asked"),
    [
        ("-", "Please see that the letters and visits office acts on it."),
        ("Dee", "Please see that Gus (0104) acts on it."),
        ("Dee; Gus", "Please see that somebody other than those concerned acts on it."),
    ],
)
def test_whom_a_leader_is_to_urge_about_the_offices_own_step(about: str, lea_is_asked: str) -> None:
    mail = sent(cells={**UNDECIDED, "about": about}, routing=[])["escalation", "Lea"]
    assert lea_is_asked in text(mail)


def test_the_offices_own_colleague_reads_what_the_office_reads() -> None:
    mail = sent(cells=UNDECIDED, routing=[])["escalation", "Gus"]
    assert (text(mail).splitlines()[-3], mail.reply_to) == (
        "Enter in the Register what has been done; then nothing more is sent about it.",
        "sue@s.example",
    )


def test_a_digest_that_does_not_list_the_case_is_as_ever() -> None:
    """Hal reads only of what East has."""
    people = [{**PEOPLE[0], "digest": "weekly"}, *STAFF[1:]]
    found = sent(cells={"department": "West"}, people=people, departments=DEPARTMENTS)["digest_leader", "Hal"]
    assert (found.reply_to, "do not speak" in found.rendered.text) == ("office@s.example", False)


ASKED = "Please see that somebody other than those concerned acts on it."


@pytest.mark.parametrize(
    ("about", "reminded"), [("-", {"Dee": ""}), ("Dee", {"Pru": ASKED}), ("Dee; Pru", {"Lea": ASKED})]
)
def test_what_the_office_has_to_do_is_told_to_others_where_it_may_not_know(
    about: str, reminded: dict[str, str]
) -> None:
    deadlines = [{**one, "remind_before": "2"} for one in DEADLINES]
    undecided = {"decision": "", "decided_on": "", "notified_on": "", "about": about}
    sent = mails("2026-03-05T10:00", [case("LV-00001", **undecided)], deadlines=deadlines, escalation=[])
    texts = {reader: mail.rendered.text for (kind, reader), mail in sent.items() if kind == "reminder"}
    assert texts.keys() == reminded.keys()
    assert all((ASKED in text) is bool(reminded[reader]) for reader, text in texts.items())
