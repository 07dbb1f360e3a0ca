"""Which rules were never used or overlap, and who never got a case; and nothing of it tells of a restricted case."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from automation.cases.cases import cases_of
from automation.steps.rule_health import RuleHealth, rule_health
from automation.steps.validation import derive
from tests.support.ledger_in_memory import NOW, ledger, line

Row = dict[str, object]

DEPARTMENTS: Sequence[Row] = (
    {"name": "校办"},
    {"name": "教务处", "also_called": "教导处"},
    {"name": "总务处"},
)
PEOPLE: Sequence[Row] = (
    {"name": "王芳", "also_called": "王老师", "role": "经办人"},
    {"name": "李敏", "role": "信访办"},
    {"name": "何平", "role": "经办人"},
    {"name": "钱进", "role": "经办人", "absent_from": "2025-09-01"},  # has left
)
TOPICS: Sequence[Row] = ({"name": "作业"}, {"name": "食堂"}, {"name": "其他"})
SECRET: Row = {"restricted": "是"}
A_YEAR_AGO, A_YEAR_AND_A_DAY = "2025-03-19", "2025-03-18"


def rule(order: int, department: str, **cells: object) -> Row:
    return {"order": order, "enabled": "启用", "department": department, **cells}


HOMEWORK, MEALS, REST = rule(10, "教务处", topic="作业"), rule(20, "总务处", topic="食堂"), rule(99, "校办")


def health(
    rules: Sequence[Row], *cases: Row, filed: Sequence[Row] = (), lines: int = 60, since: str = "2026-03-01"
) -> RuleHealth:
    """The rule health of a ledger with these cases, and with so many `lines` in Index, the first issued that day."""
    numbered = [line(f"LV-{n:05d}", **{"topic": "作业", **cells}) for n, cells in enumerate(cases, start=1)]
    archive = [line(f"LV-{n:05d}", **{"topic": "作业", **cells}) for n, cells in enumerate(filed, start=501)]
    first = date.fromisoformat(since)
    index = [
        {"case_no": f"LV-{n + 1:05d}", "issued_on": first + timedelta(days=n // 30), "first_seen": "2026-03-02" if n < len(cases) else ""}
        for n in range(lines)
    ] + [{"case_no": one["case_no"], "issued_on": "2026-03-01", "first_seen": "2026-03-02", "filed_on": "2026-03-10"} for one in archive]  # fmt: skip
    read = ledger(
        register=numbered,
        filing=archive,
        index=index,
        routing=rules,
        departments=DEPARTMENTS,
        people=PEOPLE,
        topics=TOPICS,
    )
    return rule_health(cases_of(derive(read, NOW).ledger, NOW))


def unused(*arguments: object, **options: object) -> list[int]:
    """The rows of the rules that took no case."""
    return [one.row for one in health(*arguments, **options).unused]  # type: ignore[arg-type]


# Rules that took no case in the last year. Today is 18 March 2026, so the year begins on 19 March 2025.
@pytest.mark.parametrize(
    ("rules", "cases", "rows"),
    [
        pytest.param([HOMEWORK, MEALS, REST], [{}], [3], id="one-used-one-not"),
        pytest.param([HOMEWORK, MEALS, REST], [{}, {"topic": "食堂"}], [], id="both-used"),
        pytest.param([HOMEWORK, REST], [{"received_on": A_YEAR_AGO}], [], id="just-within-the-year"),
        pytest.param([HOMEWORK, REST], [{"received_on": A_YEAR_AND_A_DAY}], [2], id="a-day-too-long-ago"),
        pytest.param([HOMEWORK, REST], [{"received_on": ""}], [], id="else-the-day-first-seen"),
        pytest.param([rule(5, "总务处", keywords="太多"), HOMEWORK, REST], [{}], [3], id="another-rule-was-first"),
        pytest.param([HOMEWORK, REST], [{"department": "总务处"}], [], id="a-person-gave-it-elsewhere"),
        pytest.param(
            [rule(10, "教务处", topic="作业", enabled="停用"), MEALS, REST],
            [{}],
            [3],
            id="who-is-out-of-use-troubles-nobody",
        ),
        pytest.param([rule(10, "教务处", topic="作业", enabled="试用"), REST], [], [], id="on-trial"),
        pytest.param([REST], [], [], id="the-last-rule-is-for-what-nobody-foresaw"),
        # reported beside the rule, or there for a conflict of interest: see tests/ledger/test_policy.py
        pytest.param(
            [HOMEWORK, rule(20, "总务处", topic="作业", kind="咨询"), REST], [{}], [], id="in-the-shadow-of-another"
        ),
        pytest.param([HOMEWORK, rule(20, "总务处", topic="作业"), REST], [{}], [], id="stands-in-for-another"),
    ],
)
def test_rules_that_took_no_case(rules: Sequence[Row], cases: Sequence[Row], rows: list[int]) -> None:
    assert unused(rules, *cases) == rows


def test_what_is_filed_counts() -> None:
    assert unused([HOMEWORK, MEALS, REST], {}, filed=[{"topic": "食堂"}]) == []


@pytest.mark.parametrize(
    ("lines", "since", "rows"),
    [
        (59, "2026-03-01", []),  # too young, and too few cases
        (60, "2026-03-01", [2]),
        (31, "2025-03-19", []),
        (31, "2025-03-18", [2]),
    ],
)
def test_a_young_ledger_is_left_in_peace(lines: int, since: str, rows: list[int]) -> None:
    assert unused([HOMEWORK, REST], lines=lines, since=since) == rows


# Rules for different departments overlap if only their order decides.
BUSY, TOO_MANY = rule(10, "教务处", kind="申诉求决|建议"), rule(20, "总务处", keywords="太多")


def overlaps(*arguments: object, **options: object) -> list[tuple[int, int, int]]:
    found = health(*arguments, **options).overlaps  # type: ignore[arg-type]
    return [(one.first.row, one.second.row, one.cases) for one in found]


@pytest.mark.parametrize(
    ("rules", "cases", "found"),
    [
        pytest.param([BUSY, TOO_MANY, REST], [{}, {}, {"summary": "太晚"}], [(2, 3, 2)], id="two-of-three"),
        pytest.param([BUSY, TOO_MANY, REST], [{"kind": "咨询"}, {"summary": "太晚"}], [], id="no-case-that-fits-both"),
        pytest.param([TOO_MANY, BUSY, REST], [{}], [(3, 2, 1)], id="by-order-not-by-row"),
        pytest.param([BUSY, rule(20, "教务处", keywords="太多"), REST], [{}], [], id="the-same-department"),
        pytest.param([BUSY, rule(20, "教务处", keywords="太多", handler="王芳"), REST], [{}], [(2, 3, 1)], id="another-handler"),
        pytest.param([BUSY, TOO_MANY, REST], [{"received_on": A_YEAR_AND_A_DAY}], [], id="too-long-ago"),
        pytest.param([rule(5, "校办", topic="作业", channel="来访"), BUSY, TOO_MANY, REST], [{}], [(2, 3, 1), (2, 4, 1)], id="only-with-the-one-that-takes-it"),
        pytest.param([rule(10, "教务处", kind="建议", keywords="太多"), TOO_MANY, REST], [{"kind": "建议"}], [], id="an-exception-above-the-general-rule"),
        pytest.param([BUSY, rule(20, "总务处", kind="建议|申诉求决", channel="来访"), REST], [{}], [], id="in-the-shadow-of-another"),
        pytest.param([BUSY, {**TOO_MANY, "enabled": "试用"}, REST], [{}], [], id="on-trial"),
    ],
)  # fmt: skip
def test_rules_that_overlap(rules: Sequence[Row], cases: Sequence[Row], found: list[tuple[int, int, int]]) -> None:
    assert overlaps(rules, *cases, lines=len(cases)) == found  # in a young ledger too


def test_the_most_frequent_overlap_comes_first() -> None:
    rules = [BUSY, rule(20, "总务处", keywords="太多"), rule(30, "校办", keywords="作业"), REST]
    assert overlaps(rules, {}, {"summary": "作业不少"}, {"summary": "作业"}) == [(2, 4, 3), (2, 3, 1)]


# Departments and handlers are idle if they got no case in the last year and no enabled rule names them.
@pytest.mark.parametrize(
    ("rules", "cases", "idle"),
    [
        pytest.param([REST], [{}], ["教务处", "总务处"], id="no-rule-and-no-case"),
        pytest.param([MEALS, REST], [{}], ["教务处"], id="a-rule-leads-there"),
        pytest.param([REST], [{"department": "教导处"}], ["总务处"], id="by-its-other-name"),
        pytest.param(
            [REST], [{"department": "总务处", "received_on": A_YEAR_AND_A_DAY}], ["教务处", "总务处"], id="too-long-ago"
        ),
        pytest.param([{**MEALS, "enabled": "停用"}, REST], [{}], ["教务处", "总务处"], id="a-rule-out-of-use"),
    ],
)
def test_departments_nothing_leads_to(rules: Sequence[Row], cases: Sequence[Row], idle: list[str]) -> None:
    assert [one.name for one in health(rules, *cases).idle_departments] == idle


@pytest.mark.parametrize(
    ("rules", "cases", "idle"),
    [
        pytest.param([REST], [{}], [], id="no-handler-is-ever-named"),
        pytest.param([REST], [{"handler": "王芳"}], ["何平"], id="one-who-has-left-is-not-told"),
        pytest.param([REST], [{"handler": "王老师"}], ["何平"], id="by-another-name"),
        pytest.param([{**REST, "handler": "何平"}], [{"handler": "王芳"}], [], id="a-rule-leads-to-them"),
    ],
)
def test_handlers_without_a_case(rules: Sequence[Row], cases: Sequence[Row], idle: list[str]) -> None:
    assert [one.name for one in health(rules, *cases).idle_handlers] == idle


# The result is the same with a restricted case and without it.
@pytest.mark.parametrize(
    "secret",
    [
        pytest.param({**SECRET, "topic": "食堂"}, id="fits-a-rule-nothing-else-fits"),
        pytest.param({**SECRET, "department": "总务处"}, id="given-to-a-department-nothing-else-is"),
        pytest.param({**SECRET, "handler": "何平"}, id="given-to-a-handler"),
        pytest.param({**SECRET, "kind": "申诉求决"}, id="fits-two-rules"),
        pytest.param({"kind": "检举控告", "about": "王芳", "topic": "食堂"}, id="an-allegation"),
        pytest.param({"topic": "食堂", "summary": "孩子受到侵害"}, id="restricted-by-a-rule"),
    ],
)
@pytest.mark.parametrize("where", ["in-hand", "filed"])
def test_nothing_tells_of_a_restricted_case(secret: Row, where: str) -> None:
    rules = [rule(5, "教务处", keywords="侵害", restricted="是"), BUSY, TOO_MANY, MEALS, REST]
    known: Row = {"kind": "咨询", "handler": "王芳"}
    with_it = health(rules, known, secret) if where == "in-hand" else health(rules, known, filed=[secret])
    assert with_it == health(rules, known, {**SECRET, "topic": "其他"})
    assert [one.row for one in with_it.unused] == [3, 5]


@pytest.mark.parametrize(
    "cells", [{"restricted": "是", "topic": "食堂"}, {"kind": "检举控告"}], ids=["restricts", "allegations"]
)
def test_a_rule_for_restricted_cases_is_never_called_unused(cells: Row) -> None:
    assert unused([rule(10, "总务处", **cells), REST], {}) == []
