"""The assignment mail in whole runs: once, to the right people, with a line to the department that loses a case."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from automation.run.job import JOBS
from automation.steps.assignment_notices import tell_departments
from tests.support.ledger_in_memory import Rows, line
from tests.support.mail_server import mail_server
from tests.support.small_office import (
    DEPARTMENTS,
    FANG,
    HEAD,
    at,
    column,
    ledger_at,
    mails,
    read,
    set_to,
    text_of,
    typed,
)

ON_BOTH = IN_TURN = True

JOB = replace(JOBS["run"], raises=(tell_departments,))
GIVEN = {"decision": "受理", "decided_on": "2026-03-03"}
TO_JW = ("jw@s.example", "【试运行】分办通知：LV-00001 答复（3月22日到期）")


DAYS = ("2026-03-04", "2026-03-05", "2026-03-06", "2026-03-09")
"""The workdays after the 3rd of March."""


def test_a_case_changes_hands_and_comes_back(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, [line(**GIVEN)])
    at(path, "2026-03-03T09:00", job=JOB)
    first = mails(tmp_path / "out")
    typed(path, "承办部门", "总务处")
    at(path, "2026-03-03T09:10", job=JOB)
    moved = [mail for mail in mails(tmp_path / "out") if mail not in first]
    typed(path, "承办部门", "教务处")
    counts = [
        len(at(path, moment, job=JOB).mails) for moment in ("2026-03-03T16:00", f"{DAYS[0]}T09:00", f"{DAYS[0]}T09:10")
    ]
    assert (first, moved, counts) == (
        [TO_JW],
        [
            ("jw@s.example", "【试运行】LV-00001已改派或收回"),
            ("zw@s.example", "【试运行】分办通知：LV-00001 答复（3月22日到期）"),
        ],
        [0, 2, 0],
    )
    (lost,) = [mail for mail in read(tmp_path / "out") if "已改派" in mail["Subject"] and "jw" in str(mail["To"])]
    assert "LV-00001已改派或收回，贵部门无须再办理。" in text_of(lost)
    assert "作业太多" not in text_of(lost)


def test_the_date_is_a_sum_and_the_petitioner_is_not_named(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, [line(**GIVEN)])
    at(path, "2026-03-03T09:00", job=JOB)
    (mail,) = read(tmp_path / "out")
    said = text_of(mail)
    assert [part in said for part in ("（收到日期3月2日起20日）", "作业太多", "请直接回复本邮件告知办理结果")] == [
        True
    ] * 3
    assert [part in said for part in ("陈静", "13800000001")] == [False, False]


def test_who_has_what_on_the_day_of_going_live_is_no_news(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, [line(**GIVEN, department="教务处")], sending="暂停")
    at(path, "2026-03-10T09:00", job=JOB)
    set_to(path, "sending", "正式发送")
    with mail_server(tmp_path) as (post, server):
        at(path, "2026-03-16T09:00", job=JOB, server=server)
        at(path, "2026-03-17T09:00", job=JOB, server=server)
        before = list(post.to)
        typed(path, "承办部门", "总务处")
        at(path, "2026-03-17T09:10", job=JOB, server=server)
    assert (before, sorted(post.to)) == ([], ["jw@s.example", "zw@s.example"])
    assert column(path, "notices", "kind", "state")[0] == ("assignment", "superseded")


STAFF: Rows = (FANG, {**HEAD, "email": "qiang@s.example"})
TO_GANG = ("gang@s.example", "【试运行】分办通知：LV-00001 答复（3月22日到期）")
TO_FANG = ("fang@s.example", "【试运行】分办通知：LV-00001 答复（3月22日到期）")


@pytest.mark.parametrize(
    ("cells", "typed_later", "first", "later", "hands"),
    [
        # about one of two, so that no rule may give it away and the leader in charge has it; then made exact
        ({"about": "王老师"}, {"涉及部门或人员": "王芳"}, [TO_GANG], [], ["赵刚", "教务处 · 赵刚"]),
        ({"about": "王老师"}, {"涉及部门或人员": "王强"}, [TO_GANG], [], ["赵刚"]),
        ({"about": "王老师"}, {"涉及部门或人员": "王芳", "经办人": "李敏"}, [TO_GANG], ["gang@s.example", "min@s.example"], ["赵刚", "教务处 · 李敏"]),
        # a person fills in or changes one of the two cells
        ({"about": "-"}, {"经办人": "王芳"}, [TO_JW], ["fang@s.example"], ["教务处", "教务处 · 王芳"]),
        ({"about": "-", "handler": "王芳"}, {"承办部门": "总务处"}, [TO_FANG], ["jw@s.example"], ["教务处 · 王芳", "总务处 · 王芳"]),
        ({"about": "-", "handler": "王芳"}, {"经办人": ""}, [TO_FANG], ["fang@s.example", "jw@s.example"], ["教务处 · 王芳", "教务处"]),
    ],
    ids=["exact: the department is filled in", "exact: the head", "exact, and given to somebody else", "a handler is named",
         "another department, the same handler", "no handler any more"],
)  # fmt: skip
def test_nobody_is_given_the_same_case_twice(
    tmp_path: Path, cells: dict[str, str], typed_later: dict[str, str], first: list[tuple[str, str]], later: list[str], hands: list[str],
) -> None:  # fmt: skip
    departments = [{**one, "leader": "赵刚"} for one in DEPARTMENTS]
    path = ledger_at(tmp_path, [line(**GIVEN, **cells)], people=STAFF, departments=departments)
    at(path, "2026-03-03T09:00", job=JOB)
    before = mails(tmp_path / "out")
    for label, value in typed_later.items():
        typed(path, label, value)
    at(path, "2026-03-03T09:10", job=JOB)
    after = [mail for mail in mails(tmp_path / "out") if mail not in before]
    counts = [len(at(path, f"2026-03-03T09:{minute}", job=JOB).mails) for minute in (20, 30)]
    told = [
        holder.removeprefix("· ") for kind, holder in column(path, "notices", "kind", "holder") if kind == "assignment"
    ]  # type: ignore[attr-defined]
    assert (before, sorted(to for to, _ in after), counts, told) == (first, later, [0, 0], hands)


YOURS, GONE = "assignment", "handed_over"


@pytest.mark.parametrize(
    ("moves", "expected"),
    [
        # a handler named, taken off, named again: told each time; the department had it all along
        ([("经办人", "王芳"), ("经办人", ""), ("经办人", "王芳")], [{"fang": YOURS}, {"fang": GONE}, {"fang": YOURS}]),
        # from one handler to another, and back
        ([("经办人", "王芳"), ("经办人", "李敏"), ("经办人", "王芳")],
         [{"fang": YOURS}, {"fang": GONE, "min": YOURS}, {"min": GONE, "fang": YOURS}]),
        # to another department with its handler, who keeps it; then to nobody but the department
        ([("经办人", "王芳"), ("承办部门", "总务处"), ("经办人", "")], [{"fang": YOURS}, {"jw": GONE}, {"fang": GONE, "zw": YOURS}]),
        # to another department and back, while somebody else handles it
        ([("承办部门", "总务处"), ("经办人", "王芳"), ("承办部门", "教务处")], [{"jw": GONE, "zw": YOURS}, {"fang": YOURS}, {"zw": GONE}]),
        ([("承办部门", "总务处"), ("承办部门", "教务处"), ("经办人", "王芳"), ("经办人", "")],
         [{"jw": GONE, "zw": YOURS}, {"jw": YOURS, "zw": GONE}, {"fang": YOURS}, {"fang": GONE}]),
    ],
    ids=["named again", "one to another", "with its handler", "handled elsewhere", "back, and handled for a while"],
)  # fmt: skip
def test_who_was_told_that_it_is_theirs_is_told_when_it_moves(
    tmp_path: Path, moves: list[tuple[str, str]], expected: list[dict[str, str]]
) -> None:
    path = ledger_at(tmp_path, [line(**GIVEN)], people=STAFF)
    at(path, "2026-03-03T09:00", job=JOB)
    found = []
    for day, (label, value) in zip(DAYS, moves, strict=False):
        typed(path, label, value)
        found.append({mail.to.partition("@")[0]: mail.kind for mail in at(path, f"{day}T09:00", job=JOB).mails})
    assert found == expected


@pytest.mark.parametrize(
    ("typed_at", "expected"),
    [
        # a slip put right within the day, told or not yet told: who was mailed about it is mailed again on the next day
        (
            {"09:10": "总务处", "15:00": "教务处"},
            {"09:10": {"jw": GONE, "zw": YOURS}, "next": {"jw": YOURS, "zw": GONE}},
        ),
        ({"09:10": "", "15:00": "教务处"}, {"09:10": {"jw": GONE}, "next": {"jw": YOURS}}),
        # elsewhere again: they are told at once, since nobody told them yet
        (
            {"09:10": "总务处", "15:00": "德育处"},
            {"09:10": {"jw": GONE, "zw": YOURS}, "15:00": {"zw": GONE, "dy": YOURS}},
        ),
        # there and back and there again
        ({"09:10": "总务处", "11:00": "教务处", "15:00": "总务处"}, {"09:10": {"jw": GONE, "zw": YOURS}}),
    ],
    ids=["put right", "cleared and put right", "to a third", "there after all"],
)
def test_nobody_is_mailed_twice_a_day_that_a_case_went_and_came_back(
    tmp_path: Path, typed_at: dict[str, str], expected: dict[str, dict[str, str]]
) -> None:
    departments = [*DEPARTMENTS, {"name": "德育处", "email": "dy@s.example"}]
    path = ledger_at(tmp_path, [line(about="-", **GIVEN)], people=STAFF, departments=departments)
    at(path, "2026-03-02T09:00", job=JOB)
    typed(path, "启用", "停用", tab="分办规则")
    found = {}
    for hour, department in typed_at.items():
        typed(path, "承办部门", department)
        found[hour] = {mail.to.partition("@")[0]: mail.kind for mail in at(path, f"2026-03-03T{hour}", job=JOB).mails}
    found["next"] = {mail.to.partition("@")[0]: mail.kind for mail in at(path, f"{DAYS[0]}T09:00", job=JOB).mails}
    assert {when: told for when, told in found.items() if told} == expected


@pytest.mark.parametrize(
    ("moves", "expected"),
    [
        # from everybody: once; given back to the same or to others: they are told, and nobody twice that it is gone
        ([("承办部门", "")], [{"jw": GONE}]),
        ([("承办部门", ""), ("承办部门", "教务处"), ("承办部门", "")], [{"jw": GONE}, {"jw": YOURS}, {"jw": GONE}]),
        ([("承办部门", ""), ("承办部门", "总务处")], [{"jw": GONE}, {"zw": YOURS}]),
        ([("经办人", "王芳"), ("承办部门", ""), ("经办人", "")], [{"fang": YOURS}, {"jw": GONE}, {"fang": GONE}]),
        ([("承办部门", ""), ("涉及部门或人员", "")], [{"jw": GONE}, {}]),
        # nor is whoever may not know of it told that it is gone
        ([("涉及部门或人员", "王强"), ("承办部门", "")], [{}, {}]),
    ],
    ids=["once", "and back", "and to another", "the handler last", "other cells", "about the head"],
)  # fmt: skip
def test_who_had_a_case_that_is_taken_from_everybody_is_told_so(
    tmp_path: Path, moves: list[tuple[str, str]], expected: list[dict[str, str]]
) -> None:
    path = ledger_at(tmp_path, [line(about="-", **GIVEN)], people=STAFF)
    at(path, "2026-03-03T09:00", job=JOB)
    typed(path, "启用", "停用", tab="分办规则")
    found = []
    for day, (label, value) in zip(DAYS, moves, strict=False):
        typed(path, label, value)
        for minute in (0, 5):
            sent = at(path, f"{day}T09:0{minute}", job=JOB).mails
            found.append({mail.to.partition("@")[0]: mail.kind for mail in sent})
    assert found == [one for told in expected for one in (told, {})]
