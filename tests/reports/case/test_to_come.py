"""What comes next for a case: what each job will do on which day, as the jobs themselves say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from automation.reports.case.one_case import OneCase, one_case
from automation.reports.case.to_come import FORECAST_STEPS, ToCome, to_come
from automation.reports.case.wording import line as in_words
from automation.run.job import JOBS, UNCONSTRAINED, Constraints, Request
from automation.run.plan import plan
from automation.steps.digests import digest
from automation.steps.handover import hand_over
from automation.steps.petitioner_notices import tell_petitioners
from automation.steps.task_notices import escalate_tasks, remind_of_tasks
from sheet_schema import SETTING, Language
from tests.support.ledger_in_memory import Rows, line, snapshot

Row = Mapping[str, object]
RULE: Row = {
    "enabled": "yes", "step": "reply", "who": "handler", "starts_from": "accepted", "amount": 15, "unit": "day",
    "roll_forward": "yes", "remind_before": "7,3,1",
}  # fmt: skip
# Accepted on Monday 2 March + 15 days: due on Tuesday the 17th.
OBJECTION: Row = {
    "enabled": "yes",
    "step": "objection_period",
    "starts_from": "replied",
    "amount": 30,
    "unit": "day",
    "roll_forward": "no",
}
SECOND_ASKING: Row = {**OBJECTION, "step": "second_period", "starts_from": "review_done"}
LADDER: Rows = (
    {"step": "reply", "level": 1, "after": 1, "unit": "workday", "to": "head"},
    {"step": "reply", "level": 2, "after": 3, "unit": "workday", "to": "leader;principal", "ask_explanation": "yes"},
)
PEOPLE: Rows = (
    {"name": "Fay", "role": "handler", "email": "fay@s.example"},
    {"name": "Hal", "role": "head", "email": "hal@s.example"},
    {"name": "Lea", "role": "leader", "email": "lea@s.example"},
    {"name": "Pru", "role": "principal", "email": "pru@s.example"},
    {"name": "Dee", "role": "duty;office", "email": "dee@s.example"},
)
IN_HAND: Row = {
    "handler": "Fay",
    "decision": "accept",
    "decided_on": "2026-03-02",
    "notified_on": "2026-03-02",
}
ANSWERED: Row = {**IN_HAND, "outcome": "supported", "replied_on": "2026-03-10"}
TOLD: Row = {
    "key": "LV-00001|assignment|||1|handler",
    "case_no": "LV-00001",
    "kind": "assignment",
    "level": "1",
    "slot": "handler",
    "holder": "East · Fay",
    "state": "sent",
    "claimed_at": datetime(2026, 3, 2, 9),
}


def asked(
    now: str,
    cells: Row,
    language: Language = "en",
    settings: Row | None = None,
    index: Rows | None = None,
    circumstances: Constraints = UNCONSTRAINED,
    **tabs: Sequence[Row],
) -> OneCase:
    """The case as seen at this moment; a day alone means nine o'clock."""
    moment = datetime.fromisoformat(now if "T" in now else f"{now}T09:00")
    usual: Row = {
        "channel": "visit",
        "kind": "complaint",
        "topic": "Canteen",
        "department": "East",
        "received_by": "Dee",
    }
    case = line(**{"received_on": "2026-03-02", **usual, **cells})
    given: dict[str, Sequence[Row]] = {
        "departments": ({"name": "East", "head": "Hal", "leader": "Lea"},), "topics": ({"name": "Canteen"},), "people": PEOPLE,
        "routing": ({"order": 9, "enabled": "yes", "department": "East"},), "deadlines": (RULE, OBJECTION), "escalation": LADDER,
        "index": index or ({"case_no": "LV-00001", "issued_on": "2026-03-01", "first_seen": "2026-03-02"},), "notices": (TOLD,),
        "settings": [{"name": SETTING[key].label(language), "value": value} for key, value in {"blank_rows": "1", **(settings or {})}.items()],
        **tabs,
    }  # fmt: skip
    register = [] if "filing" in tabs else [case]
    request = Request(JOBS["run"], moment, moment.replace(tzinfo=ZoneInfo("Asia/Shanghai")), dry_run=True)
    read = snapshot(language, **{"register": register, **given})
    found = one_case(plan(read, request, circumstances), "LV-00001")
    assert found is not None
    return found


def coming(now: str, cells: Row, language: Language = "en", **options: object) -> ToCome:
    return to_come(asked(now, cells, language, **options))  # type: ignore[arg-type]


def lines(now: str, cells: Row, language: Language = "en", **options: object) -> list[str]:
    return [in_words(event, language) for event in coming(now, cells, language, **options).events]


SEVEN = "2026-03-10         job    Mail (reminder, Reply 2026-03-17, 7 days before) to handler (Fay)"
THREE = "2026-03-13         job    Mail (reminder, Reply 2026-03-17, 3 days before) to handler (Fay)"  # the 14th is a Saturday
ONE = "2026-03-16         job    Mail (reminder, Reply 2026-03-17, 1 day before) to handler (Fay)"
DUE = "2026-03-17                Reply is due"
FIRST = "2026-03-18         job    Mail (overdue, Reply 2026-03-17, level 1) to head of department (Hal)"
SECOND = "2026-03-20         job    Mail (overdue, Reply 2026-03-17, level 2) to head of department (Hal), handler (Fay), senior leader (Lea), headteacher (Pru); asks for an explanation in writing"
AGAIN = "At the next run: "


def at_the_next_run(text: str, day: str) -> str:
    return f"{day}{text[10:26]}{AGAIN}{text[26:]}"


# The reminders to come with day and role, the due day, and each level of escalation with its day and roles.
@pytest.mark.parametrize(
    ("now", "cells", "told"),
    [
        pytest.param("2026-03-09", IN_HAND, [SEVEN, THREE, ONE, DUE, FIRST, SECOND], id="all-of-it"),
        pytest.param("2026-03-10", IN_HAND, [at_the_next_run(SEVEN, "2026-03-10"), THREE, ONE, DUE, FIRST, SECOND], id="the-first-is-due"),
        pytest.param("2026-03-12", IN_HAND, [at_the_next_run(SEVEN, "2026-03-12"), THREE, ONE, DUE, FIRST, SECOND], id="a-run-was-missed"),
        pytest.param("2026-03-17", IN_HAND, [at_the_next_run(ONE, "2026-03-17"), DUE, FIRST, SECOND], id="on-the-day-only-the-highest"),
        pytest.param("2026-03-18", IN_HAND, [at_the_next_run(FIRST, "2026-03-18"), SECOND], id="late"),
        pytest.param("2026-04-01", IN_HAND, [at_the_next_run(SECOND, "2026-04-01")], id="only-the-highest-level"),
        pytest.param("2026-03-09", {**IN_HAND, "extended_to": "2026-03-20"}, [SEVEN, THREE, ONE, DUE, FIRST, SECOND], id="an-extension-that-does-not-count"),
        pytest.param("2026-03-09", {"handler": "Fay"}, [SEVEN, THREE, ONE, DUE, FIRST, SECOND], id="undecided-as-if-accepted"),
        pytest.param("2026-03-09", {**IN_HAND, "decision": "decline", "reason": "No"}, ["2026-04-01         job    Filed, kept 10 years", "2037-01-01                Appraisal: the archive looks at it again"], id="declined"),
    ],
)  # fmt: skip
def test_what_comes_next(now: str, cells: Row, told: list[str]) -> None:
    assert lines(now, cells) == told


def test_the_same_in_chinese() -> None:
    assert lines("2026-03-16", IN_HAND, "zh") == [
        "2026-03-16         系统  下次运行：邮件（到期提醒，答复 2026-03-17，提前1日）发给经办人（Fay）",
        "2026-03-17               答复到期",
        "2026-03-18         系统  邮件（超期督办，答复 2026-03-17，第1级）发给部门负责人（Hal）",
        "2026-03-20         系统  邮件（超期督办，答复 2026-03-17，第2级）发给部门负责人（Hal）、经办人（Fay）、分管领导（Lea）、校长（Pru）；要求书面说明",
    ]


def sent_before(kind: str, level: int, slot: str, state: str = "sent", **cells: object) -> Row:
    """A line of Notices about Reply, due on the 17th, from an earlier run."""
    key = f"LV-00001|{kind}|reply|2026-03-17|{level}|{slot}"
    line = {
        "key": key,
        "case_no": "LV-00001",
        "kind": kind,
        "step": "reply",
        "due_on": "2026-03-17",
        "level": str(level),
        "slot": slot,
    }
    return {
        **line,
        "state": state,
        "mail_id": key,
        "run": "old",
        "claimed_at": datetime(2026, 3, 10, 9),
        "attempts": 1,
        **cells,
    }


SAID = sent_before("reminder", -7, "handler", to="fay@s.example")


# What was sent is not sent again; a dead run's claim is, and so is what a server put off, once its time has come.
@pytest.mark.parametrize(
    ("now", "notices", "told"),
    [
        pytest.param("2026-03-10", [SAID], [THREE, ONE, DUE, FIRST, SECOND], id="said"),
        pytest.param("2026-03-10", [{**SAID, "state": "written"}], [THREE, ONE, DUE, FIRST, SECOND], id="written"),
        pytest.param("2026-03-10", [{**SAID, "state": "void"}], [at_the_next_run(SEVEN, "2026-03-10"), THREE, ONE, DUE, FIRST, SECOND], id="void-was-never-said"),
        pytest.param("2026-03-10", [{**SAID, "state": "claimed"}], [at_the_next_run(SEVEN, "2026-03-10"), THREE, ONE, DUE, FIRST, SECOND], id="a-dead-runs-claim"),
        pytest.param("2026-03-10", [{**SAID, "state": "claimed", "attempts": 2}], [at_the_next_run(SEVEN, "2026-03-10"), THREE, ONE, DUE, FIRST, SECOND], id="put-off-and-claimed-again"),
        pytest.param("2026-03-10", [{**SAID, "state": "handing_over"}], [at_the_next_run(SEVEN, "2026-03-10"), THREE, ONE, DUE, FIRST, SECOND], id="in-doubt"),
        pytest.param("2026-03-10", [{**SAID, "state": "handing_over", "doubts": 1}], [THREE, ONE, DUE, FIRST, SECOND], id="in-doubt-twice"),
        pytest.param("2026-03-10", [{**SAID, "state": "retry", "retry_at": datetime(2026, 3, 10, 9, 30)}], [SEVEN, THREE, ONE, DUE, FIRST, SECOND], id="put-off"),
        pytest.param("2026-03-10", [{**SAID, "state": "failed"}], [THREE, ONE, DUE, FIRST, SECOND], id="refused-at-that-address"),
        pytest.param("2026-03-10", [{**SAID, "state": "failed", "to": "old@s.example"}], [at_the_next_run(SEVEN, "2026-03-10"), THREE, ONE, DUE, FIRST, SECOND], id="mended-since"),
    ],
)  # fmt: skip
def test_what_was_said_before(now: str, notices: list[Row], told: list[str]) -> None:
    assert lines(now, IN_HAND, notices=[TOLD, *notices]) == told


ALERT = "job    Mail (alert) to"


# While neither leader_told nor leader_note is filled in, the principal is told after 30 minutes (docs/design.md#p4.9).
@pytest.mark.parametrize(
    ("now", "notices", "cells", "told"),
    [
        ("2026-03-09T09:10", [], {}, [f"2026-03-09         {ALERT.replace('Mail', 'At the next run: Mail')} duty (Dee), senior leader (Lea)", f"2026-03-09  09:40  {ALERT} headteacher (Pru)"]),
        ("2026-03-09T09:10", ["duty", "leader"], {}, [f"2026-03-09  09:30  {ALERT} headteacher (Pru)"]),
        ("2026-03-09T09:35", ["duty", "leader"], {}, [f"2026-03-09         {ALERT.replace('Mail', 'At the next run: Mail')} headteacher (Pru)"]),
        ("2026-03-09T09:35", ["duty", "leader", "principal"], {}, []),
        ("2026-03-09T09:10", ["duty", "leader"], {"leader_told": "Lea, by telephone"}, []),
        ("2026-03-08T23:00", [], {}, [f"2026-03-08         {ALERT.replace('Mail', 'At the next run: Mail')} duty (Dee), senior leader (Lea)", f"2026-03-08  23:30  {ALERT} headteacher (Pru)"]),  # a Sunday night: alerts never wait
    ],
)  # fmt: skip
def test_alerts(now: str, notices: list[str], cells: Row, told: list[str]) -> None:
    alerted = [
        {"key": f"LV-00001|alert|||1|{slot}", "case_no": "LV-00001", "kind": "alert", "level": "1", "slot": slot, "state": "sent", "claimed_at": datetime(2026, 3, 9, 9)}
        for slot in notices
    ]  # fmt: skip
    found = lines(now, {**IN_HAND, "important": "✓", **cells}, notices=[TOLD, *alerted])
    assert [one for one in found if "alert" in one] == told


# It says so if a pause, a trial or quiet hours hold mail back.
@pytest.mark.parametrize(
    ("now", "options", "held", "told"),
    [
        pytest.param("2026-03-10T06:00", {}, True, [SEVEN, THREE], id="before-hours"),
        pytest.param("2026-03-10T20:30", {}, True, [SEVEN.replace("03-10", "03-11", 1), THREE], id="after-hours"),
        pytest.param("2026-03-10T19:59", {}, False, [at_the_next_run(SEVEN, "2026-03-10"), THREE], id="within-hours"),
        pytest.param("2026-03-13T21:00", {}, True, [THREE.replace("03-13", "03-16", 1).replace("3 days", "1 day"), DUE], id="over-a-weekend-only-the-highest"),
        pytest.param("2026-03-10", {"settings": {"sending": "paused"}}, False, [at_the_next_run(SEVEN, "2026-03-10"), THREE], id="paused"),
        pytest.param("2026-03-10", {"settings": {"sending": "live"}}, False, [at_the_next_run(SEVEN, "2026-03-10"), THREE], id="live-from-today"),
        pytest.param("2026-03-11", {"settings": {"sending": "live"}}, False, [THREE, ONE], id="live-too-late-for-the-first"),
        pytest.param("2026-03-11", {"settings": {"sending": "release"}}, False, [THREE, ONE], id="let-go-once"),
        pytest.param("2026-03-09", {"settings": {"allowed_domains": "other.example"}}, False, [SEVEN.replace("Fay", "nobody with a mail address"), THREE.replace("Fay", "nobody with a mail address")], id="nobody-can-be-reached"),
        pytest.param("2026-03-10T06:00", {"settings": {"send_from": "20:00", "send_until": "07:00"}}, True, [DUE], id="hours-that-never-come"),
    ],
)  # fmt: skip
def test_what_holds_mails(now: str, options: Mapping[str, Row], held: bool, told: list[str]) -> None:
    found = coming(now, IN_HAND, **options)
    assert ([in_words(event, "en") for event in found.events][:2][: len(told)], found.held) == (told, held)


def test_a_level_that_falls_on_a_day_off_waits_for_the_next_working_day() -> None:
    ladder = [{"step": "reply", "level": 1, "after": 4, "unit": "day", "to": "head"}]  # Saturday the 21st
    assert lines("2026-03-18", IN_HAND, escalation=ladder) == [
        "2026-03-23         job    Mail (overdue, Reply 2026-03-17, level 1) to head of department (Hal)"
    ]


def test_so_it_does_on_the_day_that_sending_becomes_live() -> None:
    ladder = [{"step": "reply", "level": 1, "after": 4, "unit": "day", "to": "head"}]
    assert lines("2026-03-18", IN_HAND, escalation=ladder, settings={"sending": "live"}) == [
        "2026-03-23         job    Mail (overdue, Reply 2026-03-17, level 1) to head of department (Hal)"
    ]


@pytest.mark.parametrize(
    "options",
    [{"settings": {"sending": "paused"}}, {"people": [{**one, "email": ""} for one in PEOPLE]}],
    ids=["paused", "nobody can be reached"],
)
def test_what_does_not_go_out_is_told_once(options: Mapping[str, Rows]) -> None:
    """Each level is told on its day, though no run can send it."""
    found = lines("2026-03-09", IN_HAND, **options)
    assert [one[:10] for one in found] == [one[:10] for one in (SEVEN, THREE, ONE, DUE, FIRST, SECOND)]


def test_whom_nobody_can_reach_any_more_was_told_all_the_same() -> None:
    people = [{**PEOPLE[0], "email": ""}, *PEOPLE[1:]]
    unreachable = (
        THREE.replace("Fay", "Hal"),
        ONE.replace("Fay", "Hal"),
    )
    found = lines("2026-03-10", IN_HAND, people=people, notices=[TOLD, SAID])
    explains = SECOND.replace("handler (Fay)", "handler (Hal)")
    assert found == [*unreachable, DUE, FIRST, explains]


def test_a_level_beyond_all_calendars_never_comes() -> None:
    ladder = [{"step": "reply", "level": 1, "after": 99_999, "unit": "workday", "to": "head"}]
    assert lines("2026-03-18", IN_HAND, escalation=ladder) == []


def test_whoever_stands_in_is_told_and_nobody_in_conflict() -> None:
    people = [
        *PEOPLE[:1],
        {**PEOPLE[1], "absent_from": "2026-03-18", "absent_until": "2026-03-19", "stand_in": "Dee"},
        *PEOPLE[2:],
    ]
    found = lines("2026-03-17", {**IN_HAND, "about": "Lea"}, people=people)
    assert found[2:] == [
        FIRST.replace("Hal", "Dee"),
        SECOND.replace("senior leader (Lea)", "senior leader (nobody with a mail address)"),
    ]


# The end of the objection period, the day of filing, the appraisal.
CLOSES, FILES = "2026-04-09         job    Closed", "2026-05-09         job    Filed, kept 10 years"
APPRAISED = "2037-01-01                Appraisal: the archive looks at it again"


@pytest.mark.parametrize(
    ("now", "cells", "tabs", "told"),
    [
        pytest.param("2026-03-20", ANSWERED, {}, ["2026-04-09                Time to ask for stage 2 ends", CLOSES, FILES, APPRAISED], id="until-the-end"),
        pytest.param("2026-04-09", ANSWERED, {}, ["2026-04-09                Time to ask for stage 2 ends", CLOSES, FILES, APPRAISED], id="on-the-last-day"),
        pytest.param("2026-04-10", ANSWERED, {}, [FILES, APPRAISED], id="closed"),
        pytest.param("2026-04-10", ANSWERED, {"settings": {"archive_after_days": "0"}}, [], id="to-be-filed-at-once"),
        pytest.param("2026-04-10", {**ANSWERED, "important": "✓"}, {}, [FILES.replace("10", "30"), APPRAISED.replace("2037", "2057")], id="weighty"),
        pytest.param("2026-04-10", ANSWERED, {"topics": [{"name": "Canteen", "retention": "permanent"}]}, ["2026-05-09         job    Filed, kept Permanent"], id="kept-for-ever"),
        pytest.param("2026-04-10", {**ANSWERED, "channel": "superior", "superior_ref": "E-1", "superior_due": "2026-03-30"}, {}, [], id="a-superior-waits"),
        pytest.param("2026-03-20", {**ANSWERED, "review_on": "2026-03-19"}, {}, ["2026-04-09                Time to ask for stage 2 ends"], id="in-review"),
        pytest.param("2026-05-04", {**ANSWERED, "review_on": "2026-03-19", "review_done_on": "2026-04-07"}, {"deadlines": (RULE, OBJECTION, SECOND_ASKING)}, ["2026-05-07                Time to ask for stage 3 ends", "2026-05-07         job    Closed", "2026-06-06         job    Filed, kept 10 years", APPRAISED], id="reviewed"),
        pytest.param("2026-05-04", {**ANSWERED, "review_on": "2026-03-19", "review_done_on": "2026-04-07", "second_review_on": "2026-05-02", "second_review_done_on": "2026-05-04"}, {"deadlines": (RULE, OBJECTION, SECOND_ASKING)}, ["2026-06-03         job    Filed, kept 10 years", APPRAISED], id="reviewed-twice"),
        pytest.param("2026-04-10", {**ANSWERED, "contact": ""}, {}, [], id="something-to-be-mended"),
    ],
)  # fmt: skip
def test_how_it_ends(now: str, cells: Row, tabs: Mapping[str, Rows], told: list[str]) -> None:
    found = coming(now, {**cells, **({"leader_told": "Lea"} if cells.get("important") else {})}, **tabs)
    words = [in_words(event, "en") for event in found.events]
    if "settings" in tabs:
        assert [one.partition("as ")[0] for one in words] == [
            "2026-04-10         job    At the next run: Filed ",
            APPRAISED,
        ]
    else:
        assert words == told


@pytest.mark.parametrize(
    ("now", "cells", "waits", "stays"),
    [
        ("2026-03-09", {"handler": "Fay"}, ("replied_on",), False),
        (
            "2026-03-09",
            {**IN_HAND, "channel": "superior", "superior_ref": "E-1", "superior_due": "2026-03-30"},
            ("replied_on", "fed_back_on"),
            False,
        ),
        ("2026-03-20", ANSWERED, (), False),
        ("2026-04-10", ANSWERED, (), False),
        ("2026-04-10", {**ANSWERED, "contact": ""}, (), True),
    ],
)
def test_whom_it_waits_for(now: str, cells: Row, waits: tuple[str, ...], stays: bool) -> None:
    found = coming(now, cells)
    assert (found.waits_for, found.stays) == (waits, stays)


def test_what_holds_a_row_in_the_register_goes_on_holding_it() -> None:
    """And a closed case waits for nothing, even if the day of the notice was never filled in."""
    held = Constraints(bound=lambda move: dict.fromkeys(move.rows, "formula"))
    notify = {
        **RULE, "step": "notify", "who": "office", "starts_from": "received", "amount": 80, "remind_before": "1",
    }  # fmt: skip
    found = coming(
        "2026-05-10", {**ANSWERED, "notified_on": ""}, deadlines=(RULE, OBJECTION, notify), circumstances=held
    )
    assert (found.events, found.waits_for, found.stays) == ((), (), True)


def test_what_the_next_run_fills_in_comes_first() -> None:
    found = lines("2026-03-09", {"department": ""}, notices=[])
    assert found[:2] == [
        "2026-03-09         job    At the next run: Given to East (Routing row 2 (order 9))",
        "2026-03-09         job    At the next run: Mail (assigned, East) to handler (Hal)",
    ]


FILED: Row = {
    **line(),
    "filed_on": "2026-03-01",
    "appraise_on": "2037-01-01",
    "retention": "years_10",
    "archive_no": "A-1",
    "seal_no": 1,
}


@pytest.mark.parametrize(
    ("tabs", "cells", "told"),
    [
        pytest.param({"filing": [FILED]}, {}, [APPRAISED], id="filed"),
        pytest.param({"filing": [{**FILED, "appraise_on": ""}]}, {}, [], id="filed-for-ever"),
        pytest.param(
            {"index": [{"case_no": "LV-00009", "issued_on": "2026-03-01"}]}, IN_HAND, [], id="a-number-nobody-issued"
        ),
        pytest.param({"register": [line(**IN_HAND), line(**IN_HAND)]}, {}, [], id="a-copied-number"),
    ],
)
def test_where_nothing_is_done(tabs: Mapping[str, Rows], cells: Row, told: list[str]) -> None:
    assert lines("2026-03-09", cells, **tabs) == told


NOT_FORECAST = {
    digest: "one mail a day or week about all cases of its reader: it comes whether or not this case is in it",
    remind_of_tasks: "about what is no step of a case",
    escalate_tasks: "about what is no step of a case",
    tell_petitioners: "it goes to whoever brought the case, and not to anybody who reads what explain says",
    hand_over: "a list for the archivist of all that was filed in a week",
}
"""Steps that raise notices about no single case, with the reason why `explain` does not say when they come next."""


def test_every_step_that_raises_notices_is_forecast_or_there_is_a_reason() -> None:
    assert set(JOBS["run"].raises) == {*FORECAST_STEPS, *NOT_FORECAST}
