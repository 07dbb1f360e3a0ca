"""Mails about cases in which several departments have a part, whole: their part and who leads, and who has answered."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from automation.mail.mail import Mail
from automation.run.job import Result
from sheet_schema import Language
from tests.support.ledger_in_memory import Rows
from tests.support.mails_of_a_run import DEPARTMENTS, LADDER, TOLD, Row, case, level, mails, run_of, said, text

NORTH: Row = {"name": "North", "email": "north@s.example", "head": "Hal", "leader": "Lea"}
THREE: Rows = (*DEPARTMENTS, NORTH)


def joint(now: str, language: Language = "en", told: Rows = (), **cells: object) -> dict[tuple[str, str], Mail]:
    """The mails about a case that East leads, with West and North."""
    one = case("LV-00001", **{"department": "East, West", "involved": "North until 2026-03-13", **cells})
    return mails(now, [one], language, departments=THREE, notices=told)


def test_each_department_reads_what_is_its_own() -> None:
    sent = joint("2026-03-06T10:00")
    assert {
        who: (mail.rendered.subject, text(mail)) for (kind, who), mail in sent.items() if kind == "assignment"
    } == {
        "East": (
            "LV-00001 is yours: Reply due 17 March",
            said("""
                This matter is now yours.

                LV-00001  Reply
                    Due 17 March: 11 days left
                    (accepted 2 March + 15 days)
                    Canteen: Soup is cold
                    Also involved: West (not yet, due 17 March), North (not yet, due 13 March).

                Reply to this mail with the result; the office enters it in the ledger. If it is not yours, reply today and say whose it is.
                --
                You get this because the case was given to your department. The dates follow the Deadlines tab of the ledger.
                """),
        ),
        **{
            name: (
                f"Your part in LV-00001, due {day}",
                said(f"""
                    You have a part in this matter.

                    LV-00001  Part ({name})
                        Due {day}: {left} days left{why}
                        Canteen: Soup is cold
                        East leads in this.

                    Reply to this mail with your part; the office passes it on to the department that leads. If you have none in it, reply today and say so.
                    --
                    You get this because your department has a part in it. The dates follow the Deadlines tab of the ledger.
                    """),
            )
            for name, day, left, why in (
                ("West", "17 March", 11, "\n                        (with the reply)"),
                ("North", "13 March", 7, ""),
            )
        },
    }  # fmt: skip


WEST: Row = {
    "key": "LV-00001|assignment|part||1|handler · West", "case_no": "LV-00001", "kind": "assignment", "step": "part", "level": "1",
    "slot": "handler", "holder": "West", "to": "west@s.example", "state": "sent", "claimed_at": datetime(2026, 3, 3, 9),
}  # fmt: skip
GIVEN: Rows = (
    TOLD,
    WEST,
    {**WEST, "key": "LV-00001|assignment|part||1|handler · North", "holder": "North", "to": "north@s.example"},
)


def test_the_department_that_leads_reads_who_has_answered() -> None:
    sent = joint("2026-03-16T10:00", told=GIVEN, parts_answered="West 2026-03-12")
    (listed,) = (one.strip() for one in text(sent["reminder", "East"]).splitlines() if "involved" in one)
    assert listed == "Also involved: West (answered on 12 March), North (not yet, due 13 March)."


@pytest.mark.parametrize(
    ("language", "asked"), [("en", "Please see that North acts on it."), ("zh", "请督促North尽快办理。")]
)
def test_the_ladder_of_a_part_is_told_to_its_own_people(language: Language, asked: str) -> None:
    sent = joint("2026-03-13T10:00", language, told=GIVEN, involved="North until 2026-03-12")
    late = {who: mail for (kind, who), mail in sent.items() if kind == "escalation"}
    assert list(late) == ["Hal"]  # the head of North; the leader comes three days after
    assert asked in text(late["Hal"])


def test_two_parts_of_one_day_are_two_notices_and_one_mail() -> None:
    """West and North are late on the same day, and both have the same leader."""
    cells = {"department": "East", "involved": "West 2026-03-12; North 2026-03-12"}
    ladder: Rows = (level("part", 1, 1, "leader"), LADDER[1])
    sent = mails("2026-03-16T10:00", [case("LV-00001", **cells)], departments=THREE, notices=GIVEN, escalation=ladder)
    mail = sent["escalation", "Lea"]
    assert [line.strip() for line in text(mail).splitlines() if "acts" in line or "Part" in line] == [
        "Part (West)",
        "Please see that West acts on it.",
        "Part (North)",
        "Please see that North acts on it.",
    ]


def test_who_has_no_part_any_more_is_told_once() -> None:
    gone = joint("2026-03-06T10:00", told=GIVEN, involved="")
    (kind,) = (kind for kind, who in gone if who == "North")
    assert (kind, gone[kind, "North"].rendered.subject) == ("handed_over", "LV-00001 is no longer with you")


@pytest.mark.parametrize("cells", [{"parts_answered": "North 2026-03-05"}, {"involved": "North waived: East does it"}])
def test_nobody_is_asked_for_a_part_that_is_in(cells: Row) -> None:
    assert "North" not in {who for _, who in joint("2026-03-13T10:00", **cells)}


@pytest.mark.parametrize(
    ("cells", "readers"),
    [
        ({"about": "West", "kind": "allegation"}, {"East", "North"}),
        ({"about": "Pru", "kind": "allegation"}, {"East", "North"}),  # the head of West
        ({"about": "Pru", "kind": "complaint"}, {"East", "North"}),  # nobody is named as one who acts
        ({"about": "Hal", "kind": "complaint"}, {"West"}),  # the head of East and of North
        ({"restricted": "yes"}, {"East", "West", "North"}),
    ],
)
def test_a_department_that_must_not_know_has_no_part(cells: Row, readers: set[str]) -> None:
    sent = joint("2026-03-06T10:00", **cells)
    departments = {"East", "West", "North"}
    assert {who for kind, who in sent if kind == "assignment"} & departments == readers
    others = departments - readers
    told = "\n".join(
        mail.rendered.text + mail.rendered.html for (kind, _), mail in sent.items() if kind == "assignment"
    )
    assert not [name for name in others if f"{name} (" in told]


def test_of_a_restricted_case_nobody_reads_who_else_has_a_part() -> None:
    sent = joint("2026-03-06T10:00", restricted="yes")
    assert "involved" not in text(sent["assignment", "East"])
    north = text(sent["assignment", "North"])
    assert ("Soup" in north, "East" in north, "Due 13 March: 7 days left" in north) == (False, False, True)


def test_a_part_is_told_on_through_the_days_and_never_twice() -> None:
    """A run each day: what one told, none tells again; a new day of the part is reminded of anew, and climbs the ladder anew."""
    notices: Rows = ()
    told: list[tuple[str, str, str]] = []
    for days in range(21):
        now = (datetime(2026, 3, 3, 10) + timedelta(days=days)).isoformat()
        involved = (
            "North until 2026-03-09"
            if days < 9
            else "North until 2026-03-19, answered 2026-03-22"
            if days > 18
            else "North until 2026-03-19"
        )
        one = case("LV-00001", department="East", involved=involved, replied_on="2026-03-04", outcome="supported")
        run = run_of(now, [one], departments=THREE, notices=notices)
        told += [(now[5:10], mail.reader, mail.rendered.subject) for mail in run.mails if mail.kind in KINDS]
        notices = _as_sent(run)
    assert told == [
        ("03-03", "East", "LV-00001 is yours"),
        ("03-03", "North", "Your part in LV-00001, due 9 March"),
        ("03-06", "North", "LV-00001 Part (North) due 9 March"),
        ("03-10", "Hal", "Late: LV-00001 Part (North) was due 9 March"),
        ("03-16", "North", "LV-00001 Part (North) due 19 March"),
        ("03-20", "Hal", "Late: LV-00001 Part (North) was due 19 March"),
    ]


def test_a_part_that_is_given_after_its_day_climbs_one_storey_a_day() -> None:
    """Typed on the 12th, due on the 5th: nobody is passed over. The case's own steps climb as if there were no part."""
    notices: Rows = ()
    told: list[tuple[str, str]] = []
    ladder: Rows = (*LADDER[1:4], level("decide", 1, 1, "office"))
    for day in (12, 13, 16, 17, 18):
        one = case("LV-00001", involved="North until 2026-03-05", decision="", decided_on="", received_on="2026-03-01")
        run = run_of(f"2026-03-{day}T10:00", [one], departments=THREE, notices=notices, escalation=ladder)
        told += [
            (f"{day}", mail.reader) for mail in run.mails if mail.kind == "escalation" and "Part" in mail.rendered.text
        ]
        assert run.broken == ()
        notices = _as_sent(run)
    assert told == [
        ("12", "Hal"),
        ("13", "Hal"),
        ("13", "Lea"),
        ("13", "North"),
        ("16", "Hal"),
        ("16", "North"),
        ("16", "Pru"),
    ]


KINDS = ("assignment", "reminder", "escalation", "handed_over")


def _as_sent(run: Result) -> Rows:
    """Notices after the run, as the next one reads it."""
    table = run.after.tables["notices"]
    columns = [column.key for column in table.tab]
    rows = [
        dict(zip(columns, cells, strict=True)) for cells in zip(*(table[key].tolist() for key in columns), strict=True)
    ]
    return [
        {key: "" if value is None or value != value else value for key, value in row.items()}
        | {"state": "sent" if row["state"] == "claimed" else row["state"]}
        for row in rows
    ]
