"""Letters about cases, whole, as their readers get them: each case once, what is theirs, who has to act, and why they get it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import pytest

from sheet_schema import SETTING, Language
from tests.support.ledger_in_memory import Rows
from tests.support.mails_of_a_run import (
    DEADLINES,
    DEPARTMENTS,
    LADDER,
    PEOPLE,
    TOLD,
    Row,
    case,
    level,
    mails,
    said,
    text,
)


def test_in_two_roles_a_case_stands_there_once_at_its_highest_level() -> None:
    """Hal is head, leader and principal: three levels of one step, and a second step, are one case in one mail."""
    hal = [{**PEOPLE[0], "role": "head;leader;principal"}, PEOPLE[3]]
    departments = [{**DEPARTMENTS[0], "leader": ""}]
    ladder = [*LADDER[:2], {**LADDER[2], "ask_explanation": "no"}, *LADDER[3:]]
    sent = mails("2026-03-24T10:00", [case("LV-00001")], people=hal, departments=departments, escalation=ladder)
    mail = sent["escalation", "Hal"]
    assert (mail.rendered.subject, text(mail)) == (
        "Late: LV-00001 Legal limit was due 18 March",
        said("""
            The deadline for this has passed.

            LV-00001
                Canteen: Soup is cold
                Legal limit
                Due 18 March: 6 days late
                (accepted 2 March + 16 days)
                This is yours to do.
                Reply
                Due 17 March: 7 days late
                (accepted 2 March + 15 days)
                Please see that East acts on it, and explains in writing why it is late.

            To give an instruction, reply to this mail; the office enters it in the ledger.
            --
            You get this because you are the head of the department in charge, and you are one of the leaders, and you are the headteacher. The dates follow the Deadlines tab of the ledger.
            """),
    )  # fmt: skip


def test_cases_are_counted_as_cases() -> None:
    """Two cases with two late steps each are two cases."""
    sent = mails("2026-03-24T10:00", [case("LV-00001"), case("LV-00002")])
    assert sent["escalation", "Lea"].rendered.subject == "2 late cases, worst first: LV-00001 Reply was due 17 March"
    assert sent["digest_office", "Dee"].rendered.subject == "Office digest, 24 March: 2 late, 2 open in all"


LATE: Mapping[Language, Mapping[str, str]] = {
    "en": {
        "East": "Please also explain in writing why this is late.",
        "Hal": "Please see that East acts on it, and explains in writing why it is late.",
        "Lea": "Please see that East acts on it, and explains in writing why it is late.",
    },
    "zh": {
        "East": "请一并书面说明超期原因。",
        "Hal": "请督促East尽快办理，并由其书面说明超期原因。",
        "Lea": "请督促East尽快办理，并由其书面说明超期原因。",
    },
}


@pytest.mark.parametrize("language", LATE)
def test_whoever_is_late_explains_and_everybody_else_sees_to_it(language: Language) -> None:
    sent = mails("2026-03-20T10:00", [case("LV-00001")], language, escalation=[LADDER[2]])
    asked = {reader: mail.rendered.text for (kind, reader), mail in sent.items() if kind == "escalation"}
    sentences = set(LATE[language].values())
    assert {reader: [one for one in sentences if one in text] for reader, text in asked.items()} == {
        reader: [sentence] for reader, sentence in LATE[language].items()
    }


@pytest.mark.parametrize(
    ("cells", "rung", "late"),
    [
        ({}, level("reply", 1, 1, "leader", "yes"), ["East", "Hal", "Lea"]),
        ({}, level("reply", 1, 1, "leader", "no"), ["Lea"]),
        ({"handler": "Dee"}, level("reply", 1, 1, "leader", "yes"), ["Dee", "Hal", "Lea"]),
        ({}, level("legal_limit", 1, 1, "leader", "yes"), ["Hal", "Lea"]),
        ({"decision": "", "decided_on": ""}, level("decide", 1, 1, "leader", "yes"), ["Dee", "Lea"]),
        ({"about": "Hal"}, level("reply", 1, 1, "leader", "yes"), ["Lea"]),
    ],
    ids=[
        "department, copy to its head",
        "not asked for",
        "handler",
        "the head's own step",
        "the office",
        "about the head",
    ],
)
def test_the_explanation_is_asked_of_whoever_has_to_do_the_step(cells: Row, rung: Row, late: list[str]) -> None:
    sent = mails("2026-03-24T10:00", [case("LV-00001", **cells)], escalation=[rung])
    assert sorted(reader for kind, reader in sent if kind == "escalation") == late


@pytest.mark.parametrize("handler", ["", "Dee"])
def test_of_a_restricted_case_nobody_reads_who_is_late(handler: str) -> None:
    register = [case("LV-00001", restricted="yes", about="-", handler=handler)]
    sent = mails("2026-03-20T10:00", register, escalation=[LADDER[2]])
    assert text(sent["escalation", "Lea"]) == said("""
        The deadline for this has passed.

        LV-00001  Reply
            Due 17 March: 3 days late
            ask the office
            Please see that somebody other than those concerned acts on it, and that the reason why it is late is put in writing.

        To give an instruction, reply to this mail; the office enters it in the ledger.
        --
        You get this because you lead the department in charge. The dates follow the Deadlines tab of the ledger.
        """)


def test_the_head_of_the_department_that_has_a_restricted_case_sees_that_it_is_done() -> None:
    sent = mails("2026-03-20T10:00", [case("LV-00001", restricted="yes", about="-")], escalation=[LADDER[1]])
    assert "Please see that it is done." in text(sent["escalation", "Hal"])
    asked = mails("2026-03-20T10:00", [case("LV-00001", restricted="yes", about="-")], escalation=[LADDER[2]])
    assert "Please see that it is done, and that the reason why it is late is put in writing." in text(
        asked["escalation", "Hal"]
    )


@pytest.mark.parametrize(
    ("rung", "asked"),
    [
        (level("reply", 1, 1, "leader"), "This is yours to do."),
        (level("reply", 1, 1, "leader", "yes"), "Please also explain in writing why this is late."),
    ],
)
def test_a_leader_who_is_the_handler_is_not_asked_to_urge_himself(rung: Row, asked: str) -> None:
    sent = mails("2026-03-24T10:00", [case("LV-00001", handler="Lea")], escalation=[rung])
    body = text(sent["escalation", "Lea"])
    assert (asked in body, "Please see that" in body) == (True, False)


@pytest.mark.parametrize(
    ("away", "who"),
    [
        ({}, "Tom (East)"),
        ({"absent_from": "2026-03-01"}, "East"),
        ({"absent_from": "2026-03-01", "absent_until": "2026-03-30"}, "East"),
        ({"absent_from": "2026-03-25"}, "Tom (East)"),
    ],
)
def test_a_handler_who_is_not_there_is_not_to_be_urged(away: Row, who: str) -> None:
    people = [*PEOPLE, {"name": "Tom", "role": "handler", "email": "tom@s.example", **away}]
    sent = mails("2026-03-24T10:00", [case("LV-00001", handler="Tom")], people=people, escalation=[LADDER[2]])
    assert f"Please see that {who} acts on it" in text(sent["escalation", "Lea"])


COPYING: Rows = ({"order": 1, "enabled": "yes", "keywords": "soup", "department": "East", "copy_to": "leader;Pru"},)
NEW: Row = {"decision": "", "decided_on": "", "notified_on": "", "received_on": "2026-03-03"}


def test_copied_means_for_information_and_the_date_is_the_departments_own() -> None:
    """The office's earlier date, Decide on 8 March, is the office's alone."""
    sent = mails("2026-03-03T10:00", [case("LV-00001", **NEW)], routing=COPYING)
    east, lea = sent["assignment", "East"], sent["assignment", "Lea"]
    assert (east.rendered.subject, lea.rendered.subject) == (
        "LV-00001 is yours: Reply due 18 March",
        "For information: LV-00001 was given to East",
    )
    assert text(east) == said("""
        This matter is now yours.

        LV-00001  Reply
            Due 18 March: 15 days left
            (received 3 March + 15 days)
            Canteen: Soup is cold

        Reply to this mail with the result; the office enters it in the ledger. If it is not yours, reply today and say whose it is.
        --
        You get this because the case was given to your department. The dates follow the Deadlines tab of the ledger.
        """)
    assert text(lea) == said("""
        For your information only: this was assigned. You have nothing to do.

        LV-00001  Reply
            Given to: East
            Due 18 March: 15 days left
            (received 3 March + 15 days)
            Canteen: Soup is cold
        --
        You get this because a routing rule has such cases copied to the role senior leader. The dates follow the Deadlines tab of the ledger.
        """)
    assert text(sent["assignment", "Pru"]).endswith(
        "You get this because a routing rule has such cases copied to you. The dates follow the Deadlines tab of the ledger.\n"
    )


MIXED: Mapping[Language, tuple[str, str]] = {
    "en": (
        "LV-00002 is yours: Reply due 18 March; 1 more for information",
        """
        This matter is now yours.

        LV-00002  Reply
            Due 18 March: 15 days left
            (received 3 March + 15 days)
            Canteen: Bread is old

        Reply to this mail with the result; the office enters it in the ledger. If it is not yours, reply today and say whose it is.

        For your information only: this was assigned. You have nothing to do.

        LV-00001  Reply
            Given to: East
            Due 18 March: 15 days left
            (received 3 March + 15 days)
            Canteen: Soup is cold
        --
        You get this because a routing rule has such cases copied to you (LV-00001), and these cases were given to you (LV-00002). The dates follow the Deadlines tab of the ledger.
        """,
    ),
    "zh": (
        "分办通知：LV-00002 答复（3月18日到期）；另抄送1件",
        """
        以下事项请您承办。

        LV-00002  答复
            3月18日到期，还有15天
            （收到日期3月3日起15日）
            Canteen：Bread is old

        请直接回复本邮件告知办理结果，由信访办登记。如不属您的职责，请当日回复说明应由谁办理。

        抄送：以下事项已分办，供您知悉，无须办理。

        LV-00001  答复
            承办部门：East
            3月18日到期，还有15天
            （收到日期3月3日起15日）
            Canteen：Soup is cold
        --
        分办规则规定此类事项抄送给您（LV-00001），并且这些事项由您承办（LV-00002），故收到本邮件。期限依“时限”表计算。
        """,
    ),
}


@pytest.mark.parametrize("language", MIXED)
def test_a_mail_with_both_kinds_says_of_each_what_it_is(language: Language) -> None:
    register = [case("LV-00001", **NEW), case("LV-00002", **NEW, handler="Pru", summary="Bread is old")]
    mail = mails("2026-03-03T10:00", register, language, routing=COPYING)["assignment", "Pru"]
    subject, whole = MIXED[language]
    assert (mail.rendered.subject, text(mail)) == (subject, said(whole))


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        ({"handler": "Hal"}, "Reply due 18 March"),
        ({"handler": "Dee"}, "Decide due 8 March"),
        ({"handler": "Hal", "channel": "letter", "replied_on": "2026-03-03", "decision": "accept", "decided_on": "2026-03-03"}, ""),
    ],
    ids=["a handler: not the office's Decide", "who works in the office: that, too", "nothing left to do"],
)  # fmt: skip
def test_a_new_case_shows_the_first_step_of_its_reader(cells: Row, shown: str) -> None:
    sent = mails("2026-03-03T10:00", [case("LV-00001", **{**NEW, **cells})])
    (mail,) = [mail for (kind, _), mail in sent.items() if kind == "assignment"]
    assert mail.rendered.subject == "LV-00001 is yours" + (f": {shown}" if shown else "")


FROM_ABOVE: Row = {**NEW, "channel": "authority", "superior_ref": "C-1", "superior_due": "2026-03-12"}
"""Decide is due on the 8th, and the authority wants its answer by the 12th."""


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("department", [
    {}, {"head": "Dee"}, {"head": "Dee", "email": ""}, {"head": "Dee", "email": "dee@s.example"}, {"read_by": "office"}, {"read_by": "Dee"},
], ids=["nobody of the office", "its head works there", "its head, without a mailbox", "at its head's address", "the office opens it", "Dee does"])  # fmt: skip
def test_a_department_reads_its_own_step_whoever_heads_it_or_opens_its_mailbox(
    language: Language, department: Row
) -> None:
    sent = mails(
        "2026-03-03T10:00", [case("LV-00001", **FROM_ABOVE)], language, departments=[{**DEPARTMENTS[0], **department}]
    )
    (mail,) = [mail for (kind, _), mail in sent.items() if kind == "assignment"]
    subject, first, due = {
        "en": (
            "LV-00001 is yours: Reply due 12 March",
            "LV-00001  Reply",
            "(the day named by whoever asked)",
        ),
        "zh": ("分办通知：LV-00001 答复（3月12日到期）", "LV-00001  答复", "（上级交办时限）"),
    }[language]
    lines = [line.strip() for line in text(mail).splitlines()]
    assert (mail.rendered.subject, lines[2], lines[4]) == (subject, first, due)


def test_new_cases_stand_in_the_order_of_their_dates() -> None:
    register = [case("LV-00001", **NEW), case("LV-00002", **{**NEW, "received_on": "2026-03-02"})]
    mail = mails("2026-03-03T10:00", register)["assignment", "East"]
    assert mail.rendered.subject == "2 new cases, the first LV-00002: Reply due 17 March"


def test_a_head_whose_department_has_no_mailbox_reads_so_and_nothing_twice() -> None:
    departments = [{**DEPARTMENTS[0], "email": ""}]
    mail = mails("2026-03-20T10:00", [case("LV-00001")], departments=departments)["escalation", "Hal"]
    assert text(mail).splitlines()[-1] == (
        "You get this because the case was given to the department that you lead and that has no mailbox of its own."
        " The dates follow the Deadlines tab of the ledger."
    )


@pytest.mark.parametrize(("about", "listed"), [("-", True), ("Dee", False)])
def test_the_offices_number_is_left_out_of_an_alert_about_somebody_who_works_there(about: str, listed: bool) -> None:
    values = {"blank_rows": "1", "school_phone": "0999"}
    settings = [{"name": SETTING[key].label("en"), "value": value} for key, value in values.items()]
    sent = mails("2026-03-03T10:00", [case("LV-00001", **NEW, important="yes", about=about)], settings=settings)
    assert ("Letters and visits office: 0999" in sent["alert", "Lea"].rendered.text) is listed


@pytest.mark.parametrize(
    ("cells", "subject"),
    [
        ({"people": "about 20, with Ann"}, "Perhaps a group visit"),
        ({"people": "多人", "important": "urgent"}, "Perhaps a group visit"),
        ({"people": "about 20", "restricted": "Yes"}, "Urgent"),
        ({"people": "2 or 3", "important": "as soon as you can"}, "Important visit"),
    ],
)
def test_an_alert_about_what_cannot_be_read_quotes_nothing_of_it(cells: Row, subject: str) -> None:
    mail = mails("2026-03-03T10:00", [case("LV-00001", **{**NEW, **cells})])["alert", "Lea"]
    assert mail.rendered.subject == f"{subject}: LV-00001, 3 March"
    assert not any(words in mail.rendered.text for words in ("nan", "Ann", "about 20", "多人", "2 or 3"))


@pytest.mark.parametrize(
    ("channel", "english", "chinese"),
    [
        ("visit", "Came on 3 March", "3月3日来访"),
        ("", "Came on 3 March", "3月3日来访"),
        ("phone", "Rang on 3 March", "3月3日来电"),
        ("letter", "Received on 3 March", "3月3日收到"),
    ],
)
def test_an_alert_says_how_it_came(channel: str, english: str, chinese: str) -> None:
    register = [case("LV-00001", **{**NEW, "channel": channel, "important": "yes"})]
    for language, expected in (("en", english), ("zh", chinese)):
        mail = mails("2026-03-03T10:00", register, language)["alert", "Lea"]
        assert expected in mail.rendered.text


def test_an_alert_to_somebody_in_three_roles_shows_the_visit_once() -> None:
    dee = [{**PEOPLE[3], "role": "office;duty;leader;principal"}, PEOPLE[0]]
    departments = [{**DEPARTMENTS[0], "leader": "Dee"}]
    register = [case("LV-00001", **NEW, people=6)]
    mail = mails("2026-03-03T10:00", register, people=dee, departments=departments)["alert", "Dee"]
    assert (mail.rendered.subject, text(mail)) == (
        "Group visit, 6 people: LV-00001, 3 March",
        said("""
            LV-00001  Group visit, 6 people
                Came on 3 March; no leader has been told yet
                Canteen: Soup is cold
                No telephone number for it is in the ledger: please see to it at once.

            If they are a group, please see no more than five representatives together.
            Once a leader has been told, record it in the Register: then this is not sent again.
            --
            You get this because you are among those on duty, and you lead the department in charge. Alerts go out at any hour, until a leader has been told.
            """),
    )  # fmt: skip


DUTY: Rows = ({"date": "2026-03-02", "until": "2026-03-06", "person": "Hal"},)


@pytest.mark.parametrize(
    ("reader", "tabs", "why"),
    [
        ("Hal", {"duty": DUTY}, "You get this because you are on duty today."),
        ("Dee", {}, "You get this because you are among those on duty."),
        ("Lea", {}, "You get this because you lead the department in charge."),
        (
            "Lea",
            {"departments": [{**DEPARTMENTS[0], "leader": ""}]},
            "You get this because you are one of the leaders.",
        ),
    ],
)
def test_the_foot_says_in_plain_words_why(reader: str, tabs: Mapping[str, Rows], why: str) -> None:
    mail = mails("2026-03-03T10:00", [case("LV-00001", **NEW, important="yes")], **tabs)["alert", reader]
    assert text(mail).splitlines()[-1] == f"{why} Alerts go out at any hour, until a leader has been told."


def test_the_office_reads_what_it_has_to_type() -> None:
    mail = mails("2026-03-10T10:00", [case("LV-00001", **NEW)])["escalation", "Dee"]
    assert text(mail).splitlines()[-4:] == [
        "",
        "Enter in the Register what has been done; then nothing more is sent about it.",
        "--",
        "You get this because you work in the letters and visits office. The dates follow the Deadlines tab of the ledger.",
    ]


AWAY: Row = {"absent_from": "2026-03-01", "absent_until": "2026-03-31"}
NOBODY_THERE: dict[str, Rows] = {
    "departments": [{**DEPARTMENTS[0], "email": ""}],
    "people": [{**PEOPLE[0], **AWAY}, *PEOPLE[1:]],
}
"""The department has no mailbox, and its head is away without a stand-in."""


@pytest.mark.parametrize(
    ("language", "subject", "first", "foot"),
    [
        ("en", "Please see to LV-00001: nobody was told by mail",
         "Whoever this was given to has not been told by mail. Please see that it is taken up.",
         "You get this because you are next in line to be told. The dates follow the Deadlines tab of the ledger."),
        ("zh", "请安排办理：LV-00001（承办方未收到通知）", "以下事项的承办方未收到邮件通知，请您安排办理。",
         "按顺序由您知悉，故收到本邮件。期限依“时限”表计算。"),
    ],
)  # fmt: skip
def test_a_new_case_that_is_passed_up_is_nobodys_own(language: Language, subject: str, first: str, foot: str) -> None:
    mail = mails("2026-03-03T10:00", [case("LV-00001", **NEW)], language, **NOBODY_THERE)["assignment", "Lea"]
    assert (mail.rendered.subject, text(mail).splitlines()[0], text(mail).splitlines()[-1]) == (subject, first, foot)


@pytest.mark.parametrize("absent", [{}, {"absent_from": "2026-03-01"}])
def test_the_head_of_a_handler_who_is_away_reads_that_it_is_the_departments_case(absent: Row) -> None:
    """It is not handed up to them as to a leader: their own department has it."""
    tabs = {
        "departments": [{**DEPARTMENTS[0], "email": ""}, DEPARTMENTS[1]],
        "people": [*PEOPLE, {"name": "Ann", "role": "handler", "email": "ann@s.example", **absent}],
    }
    sent = mails("2026-03-03T10:00", [case("LV-00001", **{**NEW, "department": "East", "handler": "Ann"})], **tabs)
    feet = {reader: text(mail).splitlines()[-1] for (kind, reader), mail in sent.items() if kind == "assignment"}
    reader, why = (
        ("Hal", "you are the head of the department in charge") if absent else ("Ann", "the case was given to you")
    )
    assert feet == {reader: f"You get this because {why}. The dates follow the Deadlines tab of the ledger."}


def test_whom_a_demand_is_passed_up_to_is_not_asked_to_explain() -> None:
    sent = mails("2026-03-20T10:00", [case("LV-00001")], **NOBODY_THERE, escalation=[LADDER[2]])
    (lea,) = [mail for (kind, _), mail in sent.items() if kind == "escalation"]
    assert (lea.reader, [line.strip() for line in text(lea).splitlines() if "explain" in line]) == (
        "Lea",
        ["Please see that East acts on it, and explains in writing why it is late."],
    )


def test_a_reminder_that_is_passed_up_says_who_has_to_act() -> None:
    mail = mails("2026-03-16T10:00", [case("LV-00001")], **NOBODY_THERE, notices=[TOLD])["reminder", "Lea"]
    assert "Please see that East acts on it." in text(mail)


@pytest.mark.parametrize(
    ("language", "why"),
    [
        ("en", "You get this because Lea is away and you stand in. The dates follow the Deadlines tab of the ledger."),
        ("zh", "Lea不在岗，由您代为处理，故收到本邮件。期限依“时限”表计算。"),
    ],
)
def test_a_stand_in_reads_for_whom(language: Language, why: str) -> None:
    people = [PEOPLE[0], {**PEOPLE[1], **AWAY, "stand_in": "Pru"}, *PEOPLE[2:]]
    sent = mails("2026-03-20T10:00", [case("LV-00001")], language, people=people, escalation=[LADDER[2]])
    assert text(sent["escalation", "Pru"]).splitlines()[-1] == why


def test_somebody_the_urgent_case_may_be_about_reads_its_number_and_whom_to_telephone() -> None:
    """About whom is still blank, and the summary names the principal."""
    register = [case("LV-00001", **NEW, about="", people=6, summary="Pru, come at once", topic="Canteen")]
    notices = [
        {"key": f"LV-00001|alert|||1|{slot}", "case_no": "LV-00001", "kind": "alert", "level": "1", "slot": slot, "state": "sent",
         "claimed_at": datetime(2026, 3, 3, 9)}
        for slot in ("duty", "leader")
    ]  # fmt: skip
    mail = mails("2026-03-03T10:00", register, notices=notices)["alert", "Pru"]
    assert (mail.rendered.subject, text(mail)) == (
        "Urgent: LV-00001",
        said("""
            Please telephone first, before you do anything else.

            Telephone numbers:
                Lea (senior leader): 0101
                Dee (duty): 0103

            LV-00001  Urgent
                Please telephone about it.

            If they are a group, please see no more than five representatives together.
            Once a leader has been told, the office records it in the ledger, and this is not sent again.
            --
            You get this because you are the headteacher. Alerts go out at any hour, until a leader has been told.
            """),
    )


@pytest.mark.parametrize(
    ("language", "duty", "listed"),
    [
        ("en", [], ["Lea (senior leader): 0101", "Pru (headteacher): 0102", "Dee (duty): 0103"]),
        ("en", [{"date": "2026-03-03", "person": "Hal"}], ["Hal (on duty today): 0105", "Lea (senior leader): 0101", "Pru (headteacher): 0102"]),
        ("en", [{"date": "2026-03-03", "person": "Lea", "phone": "0104"}], ["Lea (on duty today, senior leader): 0104", "Pru (headteacher): 0102"]),
        ("en", [{"date": "2026-03-03", "person": "Lea"}], ["Lea (on duty today, senior leader): 0101", "Pru (headteacher): 0102"]),
        ("en", [{"date": "2026-03-02", "person": "Hal"}], ["Lea (senior leader): 0101", "Pru (headteacher): 0102", "Dee (duty): 0103"]),
        ("zh", [{"date": "2026-03-03", "person": "Hal"}], ["Hal（今日值班）：0105", "Lea（分管领导）：0101", "Pru（校长）：0102"]),
    ],
)  # fmt: skip
def test_an_alert_lists_whoever_is_on_duty_today(language: Language, duty: Rows, listed: list[str]) -> None:
    people = [{**one, "phone": "0105"} if one["name"] == "Hal" else one for one in PEOPLE]
    zoe: Row = {"name": "Zoe", "role": "leader", "email": "zoe@s.example"}
    register = [case("LV-00001", **NEW, people=6, topic="Canteen")]
    departments = [{**DEPARTMENTS[0], "leader": ""}]
    sent = mails("2026-03-03T10:00", register, language, people=[*people, zoe], departments=departments, duty=duty)
    mail = sent["alert", "Zoe"]
    lines = [line.strip() for line in text(mail).splitlines()]
    assert [line for line in lines if any(f"010{n}" in line for n in range(1, 6))] == listed


REPLY, ENTER, INSTRUCT, INSTRUCT_HERE = "closing_department", "closing_office", "closing_leader", "closing_leader_here"
CLOSINGS = {
    REPLY: ("Reply to this mail with the result, or", "请直接回复本邮件告知"),
    ENTER: ("Enter in the Register what has been done", "办理后请在“登记”表填写"),
    INSTRUCT: ("To give an instruction, reply", "如有批示，请直接回复"),
    INSTRUCT_HERE: ("Enter an instruction in the Register.", "如有批示，请填入“登记”表"),
}
YOURS = ("This is yours to do.", "本项由您办理。")


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize(
    ("roles", "closing", "is_theirs"),
    [
        ("head", REPLY, False),
        ("principal", INSTRUCT, False),
        ("head;principal", INSTRUCT, True),
        ("head;leader;principal", INSTRUCT, True),
        ("head;office", ENTER, False),
        ("principal;office", INSTRUCT_HERE, False),
        ("head;principal;office", INSTRUCT_HERE, True),
    ],
)
def test_a_mail_ends_once_whatever_roles_its_reader_holds(
    language: Language, roles: str, closing: str, is_theirs: bool
) -> None:
    """With what the highest of them does next. What then is not asked for at the end stands beside the reader's own step."""
    is_head = "head" in roles
    people = [{"name": "Hal", "role": roles, "email": "hal@s.example"}, {"name": "Meg", "role": "head"}]
    departments = [{**DEPARTMENTS[0], "head": "Hal" if is_head else "Meg", "leader": ""}]
    ladder = [level("legal_limit", 1, 1, "head;principal" if is_head else "principal")]
    deadlines = [one for one in DEADLINES if one["step"] == "legal_limit"]
    tabs = {"people": people, "departments": departments, "escalation": ladder, "deadlines": deadlines}
    said = mails("2026-03-24T10:00", [case("LV-00001")], language, **tabs)["escalation", "Hal"].rendered.text
    at = ("en", "zh").index(language)
    assert [key for key, texts in CLOSINGS.items() if texts[at] in said] == [closing]
    assert (YOURS[at] in said) is is_theirs
