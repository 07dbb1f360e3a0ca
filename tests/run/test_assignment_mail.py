"""The assignment mail in whole runs: once, to the right people, with a line to the department that loses a case."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

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
YOURS, GONE = "assignment", "handed_over"
Told = dict[str, dict[str, str]]
"""By case: who was mailed, and what kind of mail."""


def one_each(names: Iterable[str]) -> dict[str, str]:
    """The number of the case on which each row of a table is tried: all of a table are in one ledger."""
    return {name: f"LV-{at:05d}" for at, name in enumerate(names, start=1)}


def told_by(path: Path, moment: str) -> Told:
    """What one run mails about each case that it mails about."""
    told: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for mail in at(path, moment, job=JOB).mails:
        for case in mail.cases:
            told[case][mail.to.partition("@")[0]] = mail.kind
    return dict(told)


def put(path: Path, number: str, label: str, value: str) -> None:
    """Type into the row of a case."""
    typed(path, label, value, row=int(number[-5:]) + 1)


GIVEN_ONCE: dict[str, tuple[dict[str, str], dict[str, str], str, list[str], list[str]]] = {
    # about one of two, so that no rule may give it away and the leader in charge has it; then made exact
    "exact: the department is filled in": ({"about": "王老师"}, {"涉及部门或人员": "王芳"}, "gang", [], ["赵刚", "教务处 · 赵刚"]),
    "exact: the head": ({"about": "王老师"}, {"涉及部门或人员": "王强"}, "gang", [], ["赵刚"]),
    "exact, and given to somebody else":
        ({"about": "王老师"}, {"涉及部门或人员": "王芳", "经办人": "李敏"}, "gang", ["gang", "min"], ["赵刚", "教务处 · 李敏"]),
    # a person fills in or changes one of the two cells
    "a handler is named": ({"about": "-"}, {"经办人": "王芳"}, "jw", ["fang"], ["教务处", "教务处 · 王芳"]),
    "another department, the same handler":
        ({"about": "-", "handler": "王芳"}, {"承办部门": "总务处"}, "fang", ["jw"], ["教务处 · 王芳", "总务处 · 王芳"]),
    "no handler any more":
        ({"about": "-", "handler": "王芳"}, {"经办人": ""}, "fang", ["fang", "jw"], ["教务处 · 王芳", "教务处"]),
}  # fmt: skip
"""The cells of a case, what is typed later, who is told at first and then, and what Notices says whose it was."""


def test_nobody_is_given_the_same_case_twice(tmp_path: Path) -> None:
    departments = [{**one, "leader": "赵刚"} for one in DEPARTMENTS]
    numbers = one_each(GIVEN_ONCE)
    cases = [line(numbers[name], **GIVEN, **cells) for name, (cells, *_) in GIVEN_ONCE.items()]
    path = ledger_at(tmp_path, cases, people=STAFF, departments=departments)
    first = told_by(path, "2026-03-03T09:00")
    for name, (_, typed_later, *_) in GIVEN_ONCE.items():
        for label, value in typed_later.items():
            put(path, numbers[name], label, value)
    later = told_by(path, "2026-03-03T09:10")
    assert [told_by(path, f"2026-03-03T09:{minute}") for minute in (20, 30)] == [{}, {}]
    hands = column(path, "notices", "case_no", "kind", "holder")
    found = {
        name: (
            first[number],
            sorted(later.get(number, {})),
            [str(holder).removeprefix("· ") for case, kind, holder in hands if (case, kind) == (number, YOURS)],
        )
        for name, number in numbers.items()
    }
    assert found == {name: ({one: YOURS}, others, whose) for name, (_, _, one, others, whose) in GIVEN_ONCE.items()}


Moves = list[tuple[str, str]]


def day_by_day(path: Path, moves: dict[str, Moves], minutes: Sequence[int] = (0,)) -> dict[str, list[dict[str, str]]]:
    """Who is told of each row's case after each of its moves, one a workday, by runs at these minutes past nine."""
    numbers, found = one_each(moves), {name: list[dict[str, str]]() for name in moves}
    for at_day, day in enumerate(DAYS):
        going = [name for name in moves if at_day < len(moves[name])]
        for name in going:
            put(path, numbers[name], *moves[name][at_day])
        for minute in minutes:
            told = told_by(path, f"{day}T09:0{minute}")
            assert told.keys() <= {numbers[name] for name in going}
            for name in going:
                found[name].append(told.get(numbers[name], {}))
    return found


MOVED: dict[str, tuple[Moves, list[dict[str, str]]]] = {
    # a handler named, taken off, named again: told each time; the department had it all along
    "named again": ([("经办人", "王芳"), ("经办人", ""), ("经办人", "王芳")], [{"fang": YOURS}, {"fang": GONE}, {"fang": YOURS}]),
    # from one handler to another, and back
    "one to another": ([("经办人", "王芳"), ("经办人", "李敏"), ("经办人", "王芳")],
                       [{"fang": YOURS}, {"fang": GONE, "min": YOURS}, {"min": GONE, "fang": YOURS}]),
    # to another department with its handler, who keeps it; then to nobody but the department
    "with its handler": ([("经办人", "王芳"), ("承办部门", "总务处"), ("经办人", "")],
                         [{"fang": YOURS}, {"jw": GONE}, {"fang": GONE, "zw": YOURS}]),
    # to another department and back, while somebody else handles it
    "handled elsewhere": ([("承办部门", "总务处"), ("经办人", "王芳"), ("承办部门", "教务处")],
                          [{"jw": GONE, "zw": YOURS}, {"fang": YOURS}, {"zw": GONE}]),
    "back, and handled for a while": ([("承办部门", "总务处"), ("承办部门", "教务处"), ("经办人", "王芳"), ("经办人", "")],
                                      [{"jw": GONE, "zw": YOURS}, {"jw": YOURS, "zw": GONE}, {"fang": YOURS}, {"fang": GONE}]),
}  # fmt: skip


def test_who_was_told_that_it_is_theirs_is_told_when_it_moves(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, [line(number, **GIVEN) for number in one_each(MOVED).values()], people=STAFF)
    at(path, "2026-03-03T09:00", job=JOB)
    found = day_by_day(path, {name: moves for name, (moves, _) in MOVED.items()})
    assert found == {name: expected for name, (_, expected) in MOVED.items()}


SAME_DAY: dict[str, tuple[dict[str, str], dict[str, dict[str, str]]]] = {
    # a slip put right within the day, told or not yet told: who was mailed about it is mailed again on the next day
    "put right": (
        {"09:10": "总务处", "15:00": "教务处"}, {"09:10": {"jw": GONE, "zw": YOURS}, "next": {"jw": YOURS, "zw": GONE}},
    ),
    "cleared and put right": ({"09:10": "", "15:00": "教务处"}, {"09:10": {"jw": GONE}, "next": {"jw": YOURS}}),
    # elsewhere again: they are told at once, since nobody told them yet
    "to a third": (
        {"09:10": "总务处", "15:00": "德育处"}, {"09:10": {"jw": GONE, "zw": YOURS}, "15:00": {"zw": GONE, "dy": YOURS}},
    ),
    # there and back and there again
    "there after all": (
        {"09:10": "总务处", "11:00": "教务处", "15:00": "总务处"}, {"09:10": {"jw": GONE, "zw": YOURS}},
    ),
}  # fmt: skip


def test_nobody_is_mailed_twice_a_day_that_a_case_went_and_came_back(tmp_path: Path) -> None:
    departments = [*DEPARTMENTS, {"name": "德育处", "email": "dy@s.example"}]
    numbers = one_each(SAME_DAY)
    cases = [line(number, about="-", **GIVEN) for number in numbers.values()]
    path = ledger_at(tmp_path, cases, people=STAFF, departments=departments)
    at(path, "2026-03-02T09:00", job=JOB)
    typed(path, "启用", "停用", tab="分办规则")
    found: dict[str, dict[str, dict[str, str]]] = {name: {} for name in SAME_DAY}
    for hour in ("09:10", "11:00", "15:00", "next"):
        for name, (typed_at, _) in SAME_DAY.items():
            if hour in typed_at:
                put(path, numbers[name], "承办部门", typed_at[hour])
        told = told_by(path, f"{DAYS[0]}T09:00" if hour == "next" else f"2026-03-03T{hour}")
        for name in SAME_DAY:
            if numbers[name] in told:
                found[name][hour] = told[numbers[name]]
    assert found == {name: expected for name, (_, expected) in SAME_DAY.items()}


TAKEN: dict[str, tuple[Moves, list[dict[str, str]]]] = {
    # from everybody: once; given back to the same or to others: they are told, and nobody twice that it is gone
    "once": ([("承办部门", "")], [{"jw": GONE}]),
    "and back": ([("承办部门", ""), ("承办部门", "教务处"), ("承办部门", "")], [{"jw": GONE}, {"jw": YOURS}, {"jw": GONE}]),
    "and to another": ([("承办部门", ""), ("承办部门", "总务处")], [{"jw": GONE}, {"zw": YOURS}]),
    "the handler last": ([("经办人", "王芳"), ("承办部门", ""), ("经办人", "")], [{"fang": YOURS}, {"jw": GONE}, {"fang": GONE}]),
    "other cells": ([("承办部门", ""), ("涉及部门或人员", "")], [{"jw": GONE}, {}]),
    # nor is whoever may not know of it told that it is gone
    "about the head": ([("涉及部门或人员", "王强"), ("承办部门", "")], [{}, {}]),
}  # fmt: skip


def test_who_had_a_case_that_is_taken_from_everybody_is_told_so(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, [line(one, about="-", **GIVEN) for one in one_each(TAKEN).values()], people=STAFF)
    at(path, "2026-03-03T09:00", job=JOB)
    typed(path, "启用", "停用", tab="分办规则")
    found = day_by_day(path, {name: moves for name, (moves, _) in TAKEN.items()}, minutes=(0, 5))
    assert found == {name: [one for told in expected for one in (told, {})] for name, (_, expected) in TAKEN.items()}
