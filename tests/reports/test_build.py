"""What a report says of small ledgers: lists, ages, what leaders were told, earlier handling, a whole ledger."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from automation.reports.model import (
    Age,
    CaseList,
    Earlier,
    Integrity,
    Leapfrog,
    Listed,
    Month,
    Period,
    Reminded,
    Superior,
    ToldCase,
)
from tests.support.ledger_in_memory import Rows, preset_rows
from tests.support.small_reports import DONE, LATE, MARCH, case, numbers, report

TOPIC, DEPARTMENT = (str(preset_rows(tab, "zh")[0]["name"]) for tab in ("topics", "departments"))


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def day(text: str) -> date:
    return date.fromisoformat(text)


def late_case(number: int, **cells: object) -> Listed:
    """How `case(number, **LATE)` is listed: due on the 12th, and today is the 18th."""
    made = Listed(f"LV-{number:05d}", day("2026-03-02"), TOPIC, DEPARTMENT, "reply", day("2026-03-12"), 6, 16)
    return Listed(**{**{key: getattr(made, key) for key in Listed.__slots__}, **cells})  # type: ignore[attr-defined, arg-type]


def closed_case(number: int, **cells: object) -> Listed:
    """How `case(number, **DONE)` is listed: closed on the day of the answer."""
    return late_case(number, **{"step": "", "due_on": None, "days_late": 0, "age": 8, **cells})


def test_what_is_late_stands_worst_first() -> None:
    register = [
        case(1, **DONE),
        case(2, **LATE),
        case(3, received_on="2026-02-20", **{**LATE, "decided_on": "2026-02-20"}),
        case(4, received_on="2026-03-17"),
    ]
    found = report(register)
    assert found.late == CaseList(
        (
            late_case(3, received_on=day("2026-02-20"), due_on=day("2026-03-02"), days_late=16, age=26),
            late_case(2),
        )
    )
    assert found.open.ages == (
        Age(0, 7, 1, 0),
        Age(8, 15, 0, 0),
        Age(16, 30, 2, 2),
        Age(31, 60, 0, 0),
        Age(61, None, 0, 0),
    )


def test_filed_cases_count_and_are_open_no_more() -> None:
    filed = case(2, **DONE, people=6, status="办结", closed_on="2026-03-10", filed_on="2026-03-12")
    found = report([case(1, **LATE)], [filed])
    assert (found.received, found.late, found.collective) == (
        2,
        CaseList((late_case(1),)),
        CaseList((closed_case(2),)),
    )
    assert sum(one.count for one in found.open.ages) == 1


def test_months_reach_back_a_year_and_never_ahead() -> None:
    found = report(
        [case(1, **DONE), case(2, received_on="2025-12-31", replied_on="2026-02-01", outcome="支持")],
        period=Period(day("2026-01-01"), day("2026-12-31")),
    )
    assert [(f"{one.first:%Y-%m}", one.received, one.replied) for one in found.months[-4:]] == [
        ("2025-12", 1, 0),
        ("2026-01", 0, 0),
        ("2026-02", 0, 1),
        ("2026-03", 1, 1),
    ]
    assert (found.months[0], len(found.months)) == (Month(day("2025-04-01"), 0, 0), 12)


def test_breakdowns_stand_in_the_order_of_their_lists_and_add_up() -> None:
    topics = [str(row["name"]) for row in preset_rows("topics", "zh")]
    register = [
        case(1, channel="电话", topic=topics[2], department="总务处", decision="法定途径", procedure="仲裁"),
        case(2, topic=topics[0], kind="", department="", decision="受理", outcome="和解"),
        case(3, topic=f" {topics[2]} ", kind="咨询", department="伙食科"),
        case(4, topic=topics[2], received_on="2026-02-27"),
    ]
    by = {one.by: one for one in report(register, departments=[{"name": "教务处"}, {"name": "总务处"}]).breakdowns}
    counted = {
        key: [(one.key, one.count, one.numbers) for one in breakdown.counts if one.count]
        for key, breakdown in by.items()
    }
    assert counted == {
        "channel": [("visit", 2, ("LV-00002", "LV-00003")), ("phone", 1, ("LV-00001",))],
        "kind": [("complaint", 1, ("LV-00001",)), ("enquiry", 1, ("LV-00003",)), ("", 1, ("LV-00002",))],
        "topic": [(topics[0], 1, ("LV-00002",)), (topics[2], 2, ("LV-00001", "LV-00003"))],
        "department": [
            ("总务处", 1, ("LV-00001",)),
            ("伙食科", 1, ("LV-00003",)),
            ("", 1, ("LV-00002",)),
        ],
        "decision": [
            ("accept", 2, ("LV-00002", "LV-00003")),
            ("legal_procedure", 1, ("LV-00001",)),
        ],
        "outcome": [("mediated", 1, ("LV-00002",)), ("", 2, ("LV-00001", "LV-00003"))],
    }
    assert [one.key for one in by["channel"].counts] == [
        "visit", "letter", "phone", "online", "email", "hotline", "superior", "passed_on", "leader",
    ]  # fmt: skip
    assert {one.by: sum(line.count for line in one.counts) for one in by.values()} == dict.fromkeys(by, 3)


BY_SUPERIOR = {"channel": "上级交办", "superior_ref": "教〔2026〕7号"}


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        # the school's rule says the 14th; their own day is earlier
        (
            {**BY_SUPERIOR, "superior_due": "2026-03-10", "fed_back_on": "2026-03-10"},
            ("superior", "教〔2026〕7号", "2026-03-10", "2026-03-10", True),
        ),
        (
            {**BY_SUPERIOR, "superior_due": "2026-03-10", "fed_back_on": "2026-03-11"},
            ("superior", "教〔2026〕7号", "2026-03-10", "2026-03-11", False),
        ),
        ({**BY_SUPERIOR, "superior_due": "2026-03-30"}, ("superior", "教〔2026〕7号", "2026-03-14", None, False)),
        ({"channel": "领导交办", "received_on": "2026-03-10"}, ("leader", "", "2026-03-22", None, None)),
        # wanted before the period; answered in it, or not yet
        (
            {"channel": "领导交办", "received_on": "2026-02-20", "fed_back_on": "2026-03-02"},
            ("leader", "", "2026-03-04", "2026-03-02", True),
        ),
        ({"channel": "领导交办", "received_on": "2026-01-20"}, ("leader", "", "2026-02-01", None, False)),
        # answered before it; void; not from superiors
        ({"channel": "领导交办", "received_on": "2026-02-01", "fed_back_on": "2026-02-28"}, None),
        ({"channel": "领导交办", "decision": "作废", "reason": "误登"}, None),
        ({"channel": "来信"}, None),
    ],
)
def test_matters_from_superiors(
    cells: dict[str, object], expected: tuple[str, str, str, str | None, bool | None] | None
) -> None:
    found = report([case(1, **cells)])
    said = [
        (
            one.channel,
            one.reference,
            str(one.wanted_by),
            one.fed_back_on and str(one.fed_back_on),
            one.in_time,
        )
        for one in found.superiors
        if isinstance(one, Superior)
    ]
    assert said == ([expected] if expected else [])


def test_without_a_rule_nobody_says_when_a_leader_wants_to_hear() -> None:
    (one,) = report([case(1, channel="领导交办")], deadlines=[]).superiors
    assert (one.wanted_by, one.in_time) == (None, None)


NOTICES = [
    {"case_no": "LV-00002", "kind": "reminder", "slot": "handler", "state": "已发送", "claimed_at": moment("2026-02-09T08:00"), "done_at": moment("2026-02-09T08:01")},
    {"case_no": "LV-00002", "kind": "escalation", "slot": "head", "state": "已写入文件夹", "claimed_at": moment("2026-02-13T08:00"), "done_at": moment("2026-02-13T08:01")},
    # two people hold the role
    {"case_no": "LV-00002", "kind": "escalation", "slot": "head", "state": "已发送", "claimed_at": moment("2026-02-13T08:00"), "done_at": moment("2026-02-13T08:01")},
    # what did not go out does not count
    {"case_no": "LV-00002", "kind": "escalation", "slot": "leader", "state": "失败", "claimed_at": moment("2026-02-13T08:00")},
    {"case_no": "LV-00002", "kind": "assignment", "slot": "handler", "state": "已发送", "claimed_at": moment("2026-02-02T08:00"), "done_at": moment("2026-02-02T08:00")},
    {"case_no": "LV-00003", "kind": "reminder", "slot": "handler", "state": "已发送", "claimed_at": moment("2026-03-09T08:00"), "done_at": moment("2026-03-09T08:00")},
]  # fmt: skip


def test_evidence_of_how_a_leapfrog_was_handled_before() -> None:
    earliest = case(
        1,
        received_on="2026-01-05",
        replied_on="2026-01-15",
        outcome="支持",
        status="办结",
        closed_on="2026-01-15",
        filed_on="2026-02-15",
    )
    before = case(2, received_on="2026-02-01", replied_on="2026-02-14", outcome="支持", repeat_of="lv-00001 ")
    again = case(3, **LATE, leapfrog="✓", repeat_of="LV-00002")
    other = case(4, received_on="2026-02-27", leapfrog="✓")
    found = report([before, again, other], [earliest], notices=NOTICES)
    assert found.leapfrog == (
        Leapfrog(
            late_case(3),
            (
                Earlier(
                    "LV-00002",
                    department=DEPARTMENT,
                    received_on=day("2026-02-01"),
                    due_on=day("2026-02-11"),
                    replied_on=day("2026-02-14"),
                    days_late=3,
                    reminded=(
                        Reminded("reminder", "handler", day("2026-02-09")),
                        Reminded("escalation", "head", day("2026-02-13")),
                    ),
                ),
                Earlier(
                    "LV-00001",
                    department=DEPARTMENT,
                    received_on=day("2026-01-05"),
                    due_on=day("2026-01-15"),
                    replied_on=day("2026-01-15"),
                ),
            ),
        ),
    )


@pytest.mark.parametrize(
    ("repeats", "chain"),
    [
        ({2: "LV-00001"}, ["LV-00002", "LV-00001"]),
        ({2: "LV-00003"}, ["LV-00002"]),  # each is marked a repeat of the other
        ({2: "LV-00002"}, ["LV-00002"]),  # itself
        ({2: "LV-09999"}, ["LV-00002"]),  # there is no such case
        ({2: "无"}, ["LV-00002"]),
        ({2: "LV-00001", 1: "LV-00002"}, ["LV-00002", "LV-00001"]),
    ],
)
def test_a_chain_of_repeats_ends(repeats: dict[int, str], chain: list[str]) -> None:
    register = [case(i, repeat_of=repeats.get(i, "")) for i in (1, 2)]
    (found,) = report([*register, case(3, leapfrog="✓", repeat_of="LV-00002")]).leapfrog
    assert numbers(found.earlier) == chain


def test_an_earlier_case_nobody_answered_is_late_until_today() -> None:
    (found,) = report([case(1, **LATE), case(2, leapfrog="✓", repeat_of="LV-00001")]).leapfrog
    assert [(one.due_on, one.replied_on, one.days_late) for one in found.earlier] == [(day("2026-03-12"), None, 6)]


def test_what_leaders_were_told_and_how_fast() -> None:
    register = [
        case(1, **DONE, important="✓", leader_told="赵刚 3月2日"),
        case(2, **DONE, people=5),
        case(3, **DONE, people=4),
        case(4, **DONE, important="✓", received_on="2026-02-27"),
    ]
    alert = {"kind": "alert", "claimed_at": moment("2026-03-02T09:10")}
    found = report(
        register,
        notices=[
            {**alert, "case_no": "LV-00001", "slot": "leader", "state": "已发送", "done_at": moment("2026-03-02T09:12")},
            {**alert, "case_no": "LV-00001", "slot": "duty", "state": "已发送", "done_at": moment("2026-03-02T09:11")},
            {**alert, "case_no": "LV-00001", "slot": "leader", "state": "已发送", "done_at": moment("2026-03-02T10:00")},
            {**alert, "case_no": "LV-00001", "slot": "principal", "state": "失败"},
            {**alert, "case_no": "LV-00002", "slot": "duty", "state": "失败"},
        ],
        history=[{"case_no": "LV-00001", "at": moment("2026-03-02T09:00"), "column": "承办部门"}],
    )  # fmt: skip
    assert found.told == (
        ToldCase(
            closed_case(1),
            1,
            important=True,
            seen_at=moment("2026-03-02T09:00"),
            alerted=(("duty", moment("2026-03-02T09:11")), ("leader", moment("2026-03-02T09:12"))),
            minutes=11,
            leader_told=True,
            leader_note=False,
        ),
        ToldCase(
            closed_case(2),
            5,
            important=False,
            seen_at=moment("2026-03-02T09:10"),
            alerted=(),
            minutes=None,
            leader_told=False,
            leader_note=False,
        ),
    )
    assert found.told_after == 11


@pytest.mark.parametrize("calendar", [(), ({"date": "2026-03-18", "kind": "放假"},)], ids=["", "on a day off"])
def test_whether_the_ledger_is_whole(calendar: Rows) -> None:
    register = [
        case(1, **LATE, contact=""),  # wrong since Monday
        case(2, **LATE, contact=""),  # since yesterday: within a working day
        case(3, **LATE, handler="谁"),  # a warning does not count
        {"case_no": "LV-00004"},  # its line was emptied
    ]
    at = {"issued_on": "2026-03-02", "first_seen": "2026-03-02"}
    index = [
        {**at, "case_no": "LV-00001", "problem_codes": "missing", "problems_since": moment("2026-03-16T09:00")},
        {**at, "case_no": "LV-00002", "problem_codes": "missing", "problems_since": moment("2026-03-17T09:00")},
        {**at, "case_no": "LV-00003", "problem_codes": "unknown_person", "problems_since": moment("2026-03-02T09:00")},
        {**at, "case_no": "LV-00004"},
        {**at, "case_no": "LV-00005"},  # row gone
        {**at, "case_no": "LV-00006", "filed_on": "2026-03-01"},  # filed, then gone from Filing
    ]
    found = report(register, index=index, calendar=calendar).integrity
    assert found == Integrity(("LV-00004", "LV-00005"), ("LV-00006",), ("LV-00001",))


def test_nothing_is_said_of_nothing() -> None:
    found = report([])
    assert found.received == 0
    assert (found.late, found.collective, found.repeats) == (CaseList(()),) * 3
    assert (found.superiors, found.leapfrog, found.told, found.told_after) == ((), (), (), None)
    assert found.integrity == Integrity((), (), ())
    assert {one.indicator.key: one.value.whole for one in found.figures} == {
        one.indicator.key: 0 for one in found.figures
    }


def test_repeats_leave_void_ones_aside() -> None:
    register = [
        case(1),
        case(2, repeat_of="LV-00001"),
        case(3, repeat_of="LV-00001", decision="作废", reason="误登"),
        case(4, repeat_of="无"),
    ]
    assert numbers(report(register).repeats.cases) == ["LV-00002"]
    assert report(register, period=MARCH).figures[9].value.part == 1
