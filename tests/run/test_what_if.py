"""A period is replayed by the rules as they were, and as they are edited or tried (docs/design.md#p4.33)."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

from automation.commands.whatif import shown
from automation.ledger.workbook import Snapshot
from automation.mail.transport.mailer import MailServer
from automation.reports.model import Period
from automation.run.job import JOBS, Request
from automation.run.plan import plan
from automation.run.stages import silent
from automation.run.two_worlds import after_run
from automation.run.what_if import Pair, WhatIf, what_if
from sheet_schema import SETTING
from sheet_schema.vocabulary import Sending, Step
from tests.quiet_weeks import typed as in_row
from tests.replayed_weeks import replay_of, some_weeks
from tests.steps.test_rule_edits import NOTIFY, REPLY, rows_of, typed
from tests.support.ledger_in_memory import line, snapshot
from tests.support.sample import TRIES

FIRST = datetime(2026, 3, 18, 9)
PEOPLE = [
    {"name": "何志远", "email": "he@s.example", "role": "信访办"},
    {"name": "王芳", "email": "wang@s.example", "role": "经办人"},
    {"name": "赵刚", "email": "zhao@s.example", "role": "分管领导"},
]
RUNGS = [{"step": "答复", "level": level, "after": level, "unit": "日", "to": "分管领导"} for level in (1, 5)]
CASES = [
    line("LV-00001", handler="王芳", received_on="2026-03-16", notified_on="2026-03-17"),
    line("LV-00002", handler="王芳", received_on="2026-03-16", notified_on="2026-03-17", replied_on="2026-03-18"),
    line(
        "LV-00003",
        handler="王芳",
        received_on="2026-03-16",
        notified_on="2026-03-17",
        kind="检举控告",
        about="赵刚",
        department="教务处",
    ),
]


def start() -> Snapshot:
    """A ledger of three cases, one restricted, that no run has seen."""
    index = [{"case_no": row["case_no"], "issued_on": "2026-03-01", "first_seen": "2026-03-16"} for row in CASES]
    return snapshot(register=CASES, index=index, people=PEOPLE, escalation=RUNGS, deadlines=[REPLY, NOTIFY])


@cache
def some_days() -> Snapshot:
    """The same after runs on some mornings of two weeks."""
    ledger = start()
    for days in (0, 1, 9, 13, 14):
        ledger = run_on(ledger, FIRST + timedelta(days=days))
    return ledger


def run_on(ledger: Snapshot, now: datetime, server: MailServer | None = None) -> Snapshot:
    return after_run(ledger, plan(ledger, Request(JOBS["run"], now, now, outbox=Path("out"), server=server)))


def asked(ledger: Snapshot, first: date = date(2026, 3, 1)) -> WhatIf:
    return what_if(ledger, Period(first, date(2026, 4, 30)), silent)


@pytest.mark.parametrize("seed", [*range(TRIES), 8])
def test_by_the_rules_as_they_were_the_replay_tells_what_notices_has(seed: int) -> None:
    replay = replay_of(some_weeks(seed, 4))
    assert replay.was
    assert Counter(replay.before.told) == Counter(replay.was)


def test_without_edits_both_sides_are_the_same_and_so_is_notices() -> None:
    found = asked(some_days())
    assert (found.is_exact, found.was[0] > 5, found.edits.replayed, found.moved, found.late) == (
        True, True, {}, (), Pair(2, 2),
    )  # fmt: skip
    assert all(pair.before == pair.after for pair in (*found.by_day.values(), *found.ladder.values(), found.mails))


def test_what_is_told_otherwise_is_named_by_case_and_confidential_ones_are_counted() -> None:
    notices = rows_of(some_days(), "notices")
    changed = [{**row, "to": "gone@s.example"} if row["case_no"] != "LV-00002" else row for row in notices]
    found = asked(typed(changed, some_days(), "notices"))
    said = " ".join(shown(found))
    assert (found.told_otherwise.cases, found.told_otherwise.confidential) == (("LV-00001",), 1)
    assert found.told_otherwise.readers == len({str(row["to"]) for row in notices if not row["case_no"]}) + 1
    assert "与实际不同的是：LV-00001，保密件1项，发给" in said
    assert "LV-00003" not in said


def test_a_copy_is_paused_and_replayed_all_the_same() -> None:
    rows = [{"name": SETTING["sending"].label("zh"), "value": Sending.PAUSED.label("zh")}]
    assert asked(typed(rows, some_days(), "settings")).is_exact


def test_while_sending_was_paused_nothing_goes_out_on_either_side() -> None:
    paused = typed([{"name": SETTING["sending"].label("zh"), "value": Sending.PAUSED.label("zh")}], start(), "settings")
    found = asked(typed(SHORTER, run_on(run_on(paused, FIRST), FIRST + timedelta(days=12))))
    assert (found.mails, found.late, len(found.moved)) == (Pair(0, 0), Pair(2, 2), 2)


SHORTER = [{**REPLY, "amount": 1}, NOTIFY]


@pytest.mark.parametrize(
    "rules",
    [
        pytest.param(SHORTER, id="edited"),
        pytest.param([{**SHORTER[0], "from": "2027-01-01"}, NOTIFY], id="with a day of its own"),
        pytest.param([{**SHORTER[0], "correction": "误填"}, NOTIFY], id="corrected"),
        pytest.param([REPLY, NOTIFY, {**SHORTER[0], "enabled": "试用"}], id="tried"),
        pytest.param([{**SHORTER[0], "enabled": "试用"}, NOTIFY], id="edited and tried"),
        pytest.param(
            [REPLY, NOTIFY, {**SHORTER[0], "enabled": "试用", "correction": "误填"}], id="tried with a reason"
        ),
    ],
)
def test_a_shorter_deadline_counts_from_the_first_day_on(rules: list[dict[str, object]]) -> None:
    found = asked(typed(rules, some_days()))
    assert (dict(found.edits.replayed), found.is_exact) == ({"deadlines": 1}, True)
    assert [(one.case_no, one.step, one.before, one.after) for one in found.moved] == [
        (number, Step.REPLY, date(2026, 3, 26), date(2026, 3, 17)) for number in ("LV-00001", "LV-00002")
    ]
    assert (found.moved_restricted, found.late) == (1, Pair(2, 2))
    assert [(one.before, one.after) for one in found.in_time if one.step is Step.REPLY] == [((1, 3), (0, 3))]
    assert found.ladder == {1: Pair(1, 1), 5: Pair(1, 1)}
    days = [day for day, pair in found.by_day.items() if pair.before != pair.after]
    assert days == [date(2026, 3, 18), date(2026, 3, 31)]
    assert bool(found.passed_over) is any("from" in row and "correction" not in row for row in rules)


def test_a_row_that_was_tried_for_a_while_counts_too() -> None:
    tried = run_on(typed([REPLY, NOTIFY, {**SHORTER[0], "enabled": "试用"}], some_days()), FIRST + timedelta(days=15))
    assert rows_of(tried)[2]["enabled"] == "试用"
    assert len(asked(tried).moved) == 2


def test_a_case_that_began_before_the_period_keeps_its_rule() -> None:
    assert asked(typed(SHORTER, some_days()), first=date(2026, 3, 20)).moved == ()


def test_the_ladder_is_replayed_as_edited() -> None:
    later = [RUNGS[0], {**RUNGS[1], "after": 40}]
    found = asked(typed(later, some_days(), "escalation"))
    assert (found.ladder, found.moved, found.is_exact) == ({1: Pair(1, 1), 5: Pair(1, 0)}, (), True)


def test_a_case_that_came_meanwhile_is_not_there_before_and_a_changed_cell_is_as_it_was() -> None:
    ledger = run_on(run_on(start(), FIRST), FIRST + timedelta(days=1))
    new = line("LV-00004", handler="王芳", received_on="2026-03-20", notified_on="2026-03-20", summary="食堂太凉")
    ledger = in_row(in_row(ledger, "register", 5, new), "register", 2, {"handler": ""})
    for days in (5, 6, 12):
        ledger = run_on(ledger, FIRST + timedelta(days=days))
    found = asked(ledger)
    assert (found.is_exact, found.restricted_cells) == (True, 0)
    assert [one.case_no for one in asked(typed(SHORTER, ledger)).moved] == ["LV-00001", "LV-00002", "LV-00004"]


def test_a_run_that_had_too_many_mails_is_replayed_with_its_urgent_ones_alone() -> None:
    settings = [{"name": SETTING[key].label("zh"), "value": value} for key, value in STORMY.items()]
    ledger = typed([{**CASES[0], "important": True}, *CASES[1:]], typed(settings, start(), "settings"), "register")
    ledger = run_on(ledger, FIRST, MailServer("", 0, "", ""))
    found = asked(run_on(ledger, FIRST + timedelta(days=1)))
    assert (found.is_exact, set(found.by_kind)) == (True, {"alert"})
    assert asked(typed(SHORTER, ledger)).storms == ()


STORMY = {"sending": Sending.LIVE.label("zh"), "go_live_on": "2026-01-01", "storm_at": "1", "blank_rows": "2"}
