"""A rule that is only tried "counts nowhere", and says beside it what it would do (docs/design.md#p3.19)."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pytest

from automation.cases.cases import cases_of
from automation.ledger.workbook import Snapshot
from automation.run import two_worlds
from automation.run.plan import plan
from sheet_schema.vocabulary import Step
from tests.run.test_plan import after_run, asked, cells
from tests.steps.test_rule_edits import NOTIFY, NOW, REPLY, RUNG, Shown, book, rows_of, shown, typed

TRIED = {**REPLY, "enabled": "试用"}
LATER = NOW + timedelta(minutes=10)
OFFICE = {"name": "何志远", "email": "he@s.example", "role": "信访办;分管领导"}
BEFORE = book(people=[OFFICE], escalation=[{**RUNG, "after": 30, "unit": "日"}])
"""Two cases are open: one of 2 March, whose reply and notice are late since the 12th, and one of today."""


def replies_due(after: Snapshot) -> np.ndarray:
    """The days on which the answers to the two cases are due."""
    return cases_of(plan(after, asked(now=LATER)).after, LATER).clocks[Step.REPLY].due[:2]


def mailed(before: Snapshot, now: datetime) -> Snapshot:
    """The ledger after a run that writes its mails."""
    return two_worlds.after_run(before, plan(before, asked(now=now, clock=now, outbox=Path("out"))))


def said(after: Snapshot, at: int = 2) -> str:
    return str(rows_of(after)[at]["problems"])


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        pytest.param({}, "会变动0个期限、新增超期0项、邮件0封。改为“是”后，适用于当天起开始的。", id="the rule in force"),
        pytest.param({"amount": 40}, "会变动2个期限、新增超期0项、不再超期1项、邮件0封。", id="longer"),
        pytest.param({"amount": 0, "starts_from": "受理日期"}, "会变动2个期限、新增超期0项、邮件1封。", id="shorter"),
        pytest.param({"amount": 12, "remind_before": "9", "who": "信访办"}, "会变动2个期限、新增超期0项、邮件0封。", id="no mail"),
        pytest.param({"kind": "建议"}, "会变动0个期限、新增超期0项、邮件0封。", id="for no open case"),
        pytest.param({"step": "受理", "amount": 20}, "会变动2个期限、新增超期1项、邮件0封。", id="a step that had no rule"),
        pytest.param({"amount": 40, "open_cases": "是"}, "会变动1个期限、新增超期0项、邮件0封。", id="from today on"),
        pytest.param(
            {"amount": 40, "open_cases": "是", "correction": "误填"}, "会变动1个期限、新增超期0项、邮件0封。", id="with a reason"
        ),
        pytest.param({"amount": ""}, "“数量”", id="a row that cannot be used says why"),
    ],
)  # fmt: skip
def test_a_row_that_is_tried_says_what_it_would_do_and_does_nothing(edit: dict[str, object], expected: str) -> None:
    without = after_run(typed([REPLY, NOTIFY], BEFORE), "run", now=NOW)
    after = after_run(typed([REPLY, NOTIFY, {**TRIED, **edit}], BEFORE), "run", now=NOW)
    assert expected in said(after)
    for tab, columns in (("register", ("due_on", "light")), ("notices", ("key", "to")), ("index", ("owed",))):
        assert cells(after, tab, *columns) == cells(without, tab, *columns)
    assert plan(after, asked(now=LATER)).edits == ()


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        pytest.param({"amount": 40}, [("40", "", "", ""), ("10", "", "", "")], id="changed"),
        pytest.param({}, [("10", "", "", ""), ("10", "", "", "")], id="only tried from now on"),
        pytest.param({"amount": 40, "correction": "误填"}, [("40", "", "", "误填"), ("10", "", "", "")], id="a correction"),
    ],
)  # fmt: skip
def test_a_row_in_force_that_is_set_to_try_goes_on_as_it_was(edit: dict[str, object], expected: Shown) -> None:
    after = after_run(typed([{**TRIED, **edit}, NOTIFY], BEFORE), "run", now=NOW)
    assert shown(after) == expected
    assert [due for (due,) in cells(after, "register", "due_on")][:2] == [
        due for (due,) in cells(after_run(BEFORE, "run", now=NOW), "register", "due_on")
    ][:2]
    assert plan(after, asked(now=LATER)).edits == ()


def test_a_tried_row_takes_over_once_it_is_switched_on_wherever_it_stands() -> None:
    tried = after_run(typed([REPLY, NOTIFY, {**TRIED, "amount": 40}], BEFORE), "run", now=NOW)
    rows = rows_of(tried)
    on = after_run(typed([*rows[:2], {**rows[2], "enabled": "是"}], tried), "run", now=NOW + timedelta(days=1))
    assert shown(on) == [("10", "", "", ""), ("40", "2026-04-02", "", "")]


@pytest.mark.parametrize(
    ("edit", "moved"), [({}, 1), ({"open_cases": "是"}, 1), ({"open_cases": "是", "from": "2026-04-03"}, 1)]
)
@pytest.mark.parametrize("correction", ["", "误填"])
def test_a_reason_beside_a_tried_row_corrects_nothing(edit: dict[str, object], moved: int, correction: str) -> None:
    row = {**TRIED, "amount": 40, **edit, "correction": correction}
    tried = after_run(typed([REPLY, NOTIFY, row], BEFORE), "run", now=NOW)
    assert ("不起更正作用" in said(tried)) == bool(correction)
    on = after_run(typed([*rows_of(tried)[:2], {**row, "enabled": "是"}], tried), "run", now=LATER)
    assert shown(on)[1:] == [("40", str(edit.get("from", "2026-04-01")), "", correction)]
    assert (replies_due(on) != replies_due(tried)).sum() == moved
    assert f"会变动{moved}个期限" in said(tried) or not edit


@pytest.mark.parametrize(
    ("amount", "mails"),
    [
        pytest.param(41, 0, id="the reminder of that day has gone"),
        pytest.param(50, 1, id="the day of the reminder moves to today"),
        pytest.param(55, 0, id="it lies ahead"),
    ],
)
def test_as_many_mails_go_out_as_a_tried_row_says(amount: int, mails: int) -> None:
    rule = {**REPLY, "amount": 40, "remind_before": "20", "who": "信访办", "open_cases": "是"}
    before = book(people=[OFFICE], deadlines=[rule, NOTIFY], escalation=[])
    row = {**rule, "amount": amount, "enabled": "试用"}
    tried = mailed(typed([rule, NOTIFY, row], before), NOW)
    assert f"邮件{mails}封" in said(tried)
    assert said(mailed(tried, LATER)) == said(tried)
    on = mailed(typed([rule, NOTIFY, {**row, "enabled": "是"}], tried), LATER)
    gone = {mail for (mail,) in cells(tried, "notices", "mail_id")}
    assert len({mail for (mail,) in cells(on, "notices", "mail_id")} - gone) == mails


def test_a_tried_row_that_is_switched_on_is_a_new_row() -> None:
    tried = after_run(typed([{**TRIED, "amount": 40}, NOTIFY], BEFORE), "run", now=NOW)
    why = [why for (why,) in cells(tried, "history", "why")]
    assert "第2行只是试用。原来的规则继续适用，见第4行。" in why
    rows = rows_of(tried)
    still = after_run(typed([{**rows[0], "amount": 50}, *rows[1:]], tried), "run", now=LATER)
    assert shown(still) == [("50", "", "", ""), ("10", "", "", "")]
    on = after_run(typed([{**rows[0], "enabled": "是"}, *rows[1:]], tried), "run", now=NOW + timedelta(days=1))
    assert shown(on) == [("40", "2026-04-02", "", ""), ("10", "", "", "")]
    assert said(on, 2).startswith("ⓘ 本行适用于2026-04-01及以前开始的")


LADDER = [RUNG, {**RUNG, "level": 2, "after": 30, "unit": "日"}]
HOLIDAY = {"date": "2026-04-10", "kind": "放假", "name": "校庆"}
ROUNDED = [{**REPLY, "roll_forward": "是"}]


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        pytest.param({}, "达到本级的有1项（现为1项），会发出邮件0封。", id="the row in force"),
        pytest.param({"level": 2, "after": 5}, "达到本级的有1项（现为0项），会发出邮件1封。", id="sooner"),
        pytest.param({"after": 60}, "达到本级的有0项（现为1项），会发出邮件0封。", id="later"),
        pytest.param({"level": 3, "to": "信访办"}, "达到本级的有1项（现为0项），会发出邮件1封。", id="a level more"),
    ],
)
def test_a_tried_row_of_the_ladder(edit: dict[str, object], expected: str) -> None:
    before = after_run(book(people=[OFFICE], escalation=LADDER), "run", now=NOW)
    without = after_run(before, "run", now=LATER)
    after = after_run(typed([*LADDER, {**RUNG, "enabled": "试用", **edit}], before, "escalation"), "run", now=LATER)
    assert expected in str(rows_of(after, "escalation")[2]["problems"])
    assert cells(after, "notices", "key", "to") == cells(without, "notices", "key", "to")
    assert plan(after, asked(now=LATER + timedelta(minutes=1))).edits == ()


def test_a_row_of_the_ladder_that_is_set_to_try_goes_on_and_gives_way_once_it_is_switched_on() -> None:
    before = book(people=[OFFICE], escalation=LADDER)
    tried = after_run(typed([{**RUNG, "after": 9, "enabled": "试用"}, LADDER[1]], before, "escalation"), "run", now=NOW)
    rows = rows_of(tried, "escalation")
    assert [(row["after"], row["enabled"], str(row["from"])) for row in rows] == [
        (9, "试用", ""),
        (30, "", ""),
        (1, "", ""),
    ]
    on = after_run(
        typed([{**rows[0], "enabled": "是"}, *rows[1:]], tried, "escalation"), "run", now=NOW + timedelta(days=1)
    )
    assert [str(row["from"]) for row in rows_of(on, "escalation")] == ["2026-04-02", "", ""]
    ladder = plan(on, asked(now=NOW + timedelta(days=1, hours=1))).after.policy.ladder
    assert [(rung.after, str(rung.days.first), str(rung.days.last)) for rung in ladder] == [
        (9, "2026-04-02", "None"), (30, "None", "None"), (1, "None", "2026-04-01"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        pytest.param({"date": "2026-04-11"}, "会变动0个期限", id="a Saturday"),
        pytest.param({"date": "2026-04-13"}, "会变动1个期限", id="a Monday to which an end moves"),
        pytest.param({"date": "2026-03-12"}, "会变动0个期限", id="a day that has passed"),
        pytest.param(
            {"date": "2026-03-12", "correction": "漏填"}, "会变动0个期限", id="a day that has passed, with a reason"
        ),
        pytest.param({"date": "2026-04-11", "kind": "调休上班"}, "会变动1个期限", id="a Saturday at work"),
    ],
)
def test_a_tried_row_of_the_calendar(edit: dict[str, object], expected: str) -> None:
    before = book(people=[OFFICE], deadlines=ROUNDED, calendar=[])
    without = after_run(before, "run", now=NOW)
    after = after_run(typed([{**HOLIDAY, "enabled": "试用", **edit}], before, "calendar"), "run", now=NOW)
    assert f"如今天改为“是”，{expected}" in str(rows_of(after, "calendar")[0]["problems"])
    assert cells(after, "register", "due_on") == cells(without, "register", "due_on")
    on = after_run(typed([{**HOLIDAY, **edit}], after, "calendar"), "run", now=LATER)
    pairs = zip(cells(on, "register", "due_on"), cells(after, "register", "due_on"), strict=True)
    assert f"会变动{sum(new != old for new, old in pairs)}个期限" == expected


@pytest.mark.parametrize("enabled", ["试用", "否"])
def test_a_row_of_the_calendar_that_is_set_to_try_goes_on(enabled: str) -> None:
    holiday = {**HOLIDAY, "date": "2026-04-13"}
    before = after_run(book(people=[OFFICE], deadlines=ROUNDED, calendar=[holiday]), "run", now=NOW)
    after = after_run(
        typed([{**holiday, "date": "2026-04-14", "enabled": enabled}], before, "calendar"), "run", now=LATER
    )
    days = [(str(row["date"]), row["enabled"]) for row in rows_of(after, "calendar")]
    tried = enabled == "试用"
    assert days == [("2026-04-14", enabled), *([("2026-04-13", "")] if tried else [])]
    assert (cells(after, "register", "due_on") == cells(before, "register", "due_on")) is tried
    assert plan(after, asked(now=LATER + timedelta(minutes=1))).edits == ()
