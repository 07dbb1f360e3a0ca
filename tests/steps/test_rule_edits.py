"""An edit of a rule ends the row as it was and starts the new one (docs/design.md#p3.18)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from automation.cases.cases import cases_of
from automation.ledger.parsing import parse
from automation.ledger.rule_successions import GAPS
from automation.ledger.workbook import Snapshot
from automation.run.plan import plan
from sheet_schema import TAB
from sheet_schema.vocabulary import Step
from tests.run.test_plan import after_run, asked, cells
from tests.support.ledger_in_memory import Rows, grid, line, snapshot

FIRST, NOW = datetime(2026, 3, 18, 9), datetime(2026, 4, 1, 9)
REPLY: dict[str, object] = {
    "enabled": "是", "step": "答复", "who": "经办人", "starts_from": "收到日期", "amount": 10, "unit": "日",
    "basis": "校规",
}  # fmt: skip
NOTIFY = {**REPLY, "step": "告知"}
RUNG: dict[str, object] = {
    "step": "答复",
    "level": 1,
    "after": 1,
    "unit": "工作日",
    "to": "分管领导",
    "ask_explanation": "否",
}
SHOWN = ("amount", "from", "until", "correction")
Shown = list[tuple[object, ...]]


def book(**tabs: Rows) -> Snapshot:
    register = [line("LV-00001"), line("LV-00002", received_on="2026-04-01")]
    index = [{"case_no": row["case_no"], "issued_on": "2026-03-01", "first_seen": "2026-03-02"} for row in register]
    given: dict[str, Rows] = {"deadlines": [REPLY, NOTIFY], "escalation": [RUNG], **tabs}
    return after_run(snapshot(register=register, index=index, **given), "run", now=FIRST)


SEEN = book()


def typed(rows: Rows, before: Snapshot = SEEN, tab: str = "deadlines") -> Snapshot:
    return Snapshot({**before.grids, TAB[tab].label("zh"): grid(TAB[tab], rows)}, before.version + "e")


def rows_of(after: Snapshot, tab: str = "deadlines") -> list[dict[str, object]]:
    keys = TAB[tab].keys
    return [dict(zip(keys, row, strict=True)) for row in cells(after, tab, *keys)]


def shown(after: Snapshot, step: str = "答复") -> Shown:
    said = [tuple(str(row[key]) for key in SHOWN) for row in rows_of(after) if row["step"] == step]
    return [tuple(said) for said in said]


@pytest.mark.parametrize(
    ("was", "edit", "expected"),
    [
        pytest.param({}, {}, [("10", "", "", "")], id="nothing"),
        pytest.param({}, {"amount": 30}, [("30", "2026-04-01", "", ""), ("10", "", "2026-03-31", "")], id="amount"),
        pytest.param({}, {"basis": "新校规"}, [("10", "", "", "")], id="what moves no due day"),
        pytest.param(
            {"from": "2026-03-01"}, {"amount": 30},
            [("30", "2026-04-01", "", ""), ("10", "2026-03-01", "2026-03-31", "")], id="a dated row",
        ),
        pytest.param(
            {}, {"amount": 30, "from": "2026-05-01"},
            [("30", "2026-05-01", "", ""), ("10", "", "2026-04-30", "")], id="with a day of the person's own",
        ),
        pytest.param({"from": "2026-05-01"}, {"amount": 30}, [("30", "2026-05-01", "", "")], id="of a row still to come"),
        pytest.param({"unit": "？"}, {"unit": "日"}, [("10", "2026-04-01", "", "")], id="of a row that could not be used"),
        pytest.param({}, {"amount": 30, "correction": "误填"}, [("30", "", "", "误填")], id="a correction"),
        pytest.param({"correction": "误填"}, {"amount": 30}, [("30", "", "", "误填")], id="a reason typed before"),
        pytest.param(
            {"until": "2026-03-20"}, {"until": ""}, [("10", "2026-04-01", "", ""), ("10", "", "2026-03-20", "")],
            id="one that was over and holds again",
        ),
        pytest.param({"until": "2026-04-20"}, {"until": ""}, [("10", "", "", "")], id="an end that was still ahead"),
        pytest.param(
            {}, {"from": "2026-04-05"}, [("10", "2026-04-05", "", ""), ("10", "", "2026-04-04", "")], id="only to begin later"
        ),
        pytest.param({"from": "2026-05-01"}, {"from": "2026-05-09"}, [("10", "2026-05-09", "", "")], id="a plan put off"),
        pytest.param(
            {"until": "2026-03-20"}, {"until": "2026-04-20"},
            [("10", "2026-04-01", "2026-04-20", ""), ("10", "", "2026-03-20", "")], id="one that was over and holds for a while",
        ),
        pytest.param(
            {"from": "2026-03-01", "until": "2026-03-20"}, {"until": "2026-02-20"},
            [("10", "2026-04-01", "2026-02-20", ""), ("10", "2026-03-01", "2026-03-20", "")], id="an end before its beginning",
        ),
        pytest.param(
            {"from": "2026-03-10", "until": "2026-03-05"}, {"until": ""}, [("10", "2026-04-01", "", "")],
            id="one with its end before its beginning, put right",
        ),
    ],
)  # fmt: skip
def test_an_edit_of_a_rule_ends_the_old_row_and_starts_the_new_one(
    was: dict[str, object], edit: dict[str, object], expected: Shown
) -> None:
    before = book(deadlines=[{**REPLY, **was}, NOTIFY])
    after = after_run(typed([{**REPLY, **was, **edit}, NOTIFY], before), "run", now=NOW)
    assert (shown(after), shown(after, "告知")) == (expected, [("10", "", "", "")])
    assert plan(after, asked(now=NOW + timedelta(minutes=10))).edits == ()


def test_cases_keep_the_rule_of_their_day_and_the_rows_say_so() -> None:
    after = after_run(typed([{**REPLY, "amount": 30}, NOTIFY]), "run", now=NOW)
    clock = cases_of(plan(after, asked(now=NOW)).after, NOW).clocks[Step.REPLY]
    assert clock.due.astype(str).tolist()[:2] == ["2026-03-12", "2026-05-01"]
    assert [row["problems"] for row in rows_of(after)] == [
        "ⓘ 本行适用于2026-04-01及以后开始的；此前的按第4行。更正差错，请先填写“更正理由”。",
        "",
        "ⓘ 本行适用于2026-03-31及以前开始的；此后的按第2行。请保留：较早的信访件仍按本行。",
    ]
    assert [
        (column, str(day), why)
        for column, day, why in cells(after, "history", "column", "after", "why")
        if "第2行" in str(why)
    ] == [("自", "2026-04-01", "第2行已修改。此前开始的仍按原规则，见第4行。")]


def test_a_row_is_changed_again_and_again() -> None:
    after = after_run(typed([{**REPLY, "amount": 30}, NOTIFY]), "run", now=NOW)
    for hours, amount in ((1, 40), (24, 50)):
        rows = rows_of(after)
        after = after_run(
            typed([{**rows[0], "amount": amount}, *rows[1:]], after), "run", now=NOW + timedelta(hours=hours)
        )
    assert shown(after) == [
        ("50", "2026-04-02", "", ""),
        ("10", "", "2026-03-31", ""),
        ("40", "2026-04-01", "2026-04-01", ""),
    ]


def test_a_reason_counts_for_one_correction() -> None:
    after = after_run(typed([{**REPLY, "amount": 30, "correction": "误填"}, NOTIFY]), "run", now=NOW)
    again = after_run(typed([{**rows_of(after)[0], "amount": 40}, NOTIFY], after), "run", now=NOW + timedelta(days=1))
    assert shown(again) == [("40", "2026-04-02", "", "误填"), ("30", "", "2026-04-01", "")]
    why = [why for (why,) in cells(again, "history", "why")]
    assert why.count("更正：误填。本行视为一直如此。") == 1


DAYS = {"escalation": "until", "calendar": "in_force_until"}
IT_CAME_BACK = (
    "本行适用于2026-03-31及以前开始的。请保留：较早的信访件仍按本行。如一开始就填错，请先填写“更正理由”，再删除。"
    "自2026-04-01起，这类信访件的答复没有适用的行。如应有规则，请填写“更正理由”并清空“至”，或另加一行。"
)


@pytest.mark.parametrize(
    ("correction", "expected"),
    [
        pytest.param("", [("10", "", "2026-03-31", "")], id="it stays for what began before"),
        pytest.param("重复", [], id="a correction"),
    ],
)
def test_a_row_taken_out(correction: str, expected: Shown) -> None:
    before = book(deadlines=[{**REPLY, "correction": correction}, NOTIFY])
    after = after_run(typed([NOTIFY], before), "run", now=NOW)
    assert shown(after) == expected
    assert [row["problems"] for row in rows_of(after)][1:] == [IT_CAME_BACK] * len(expected)
    assert plan(after, asked(now=NOW + timedelta(minutes=10))).edits == ()


CHANGED = after_run(typed([{**REPLY, "amount": 30}, NOTIFY]), "run", now=NOW)
_FIRST_ROW, *_OTHER_ROWS = rows_of(CHANGED)
WITH_REASON = after_run(typed([{**_FIRST_ROW, "correction": "误改"}, *_OTHER_ROWS], CHANGED), "run", now=NOW)
LATER = NOW + timedelta(days=9)
ENDED = ("10", "", "2026-03-31", "")


@pytest.mark.parametrize(
    ("before", "edit", "expected", "note"),
    [
        pytest.param(WITH_REASON, None, [("10", "", "", "")], "", id="taken out"),
        pytest.param(
            WITH_REASON, {"enabled": "否"}, [("30", "2026-04-01", "", "误改"), ("10", "", "", "")], "", id="switched off"
        ),
        pytest.param(
            WITH_REASON, {"kind": "建议"}, [("30", "2026-04-01", "", "误改"), ("10", "", "", "")], "", id="for other cases"
        ),
        pytest.param(
            WITH_REASON, {"from": "2026-04-05"}, [("30", "2026-04-05", "", "误改"), ("10", "", "2026-04-04", "")],
            "此后的按第2行", id="begins later",
        ),
        pytest.param(
            WITH_REASON, {"until": "2026-05-31"}, [("30", "2026-04-01", "2026-05-31", "误改"), ENDED], "此后的按第2行", id="an end"
        ),
        pytest.param(
            WITH_REASON, {"amount": 20}, [("20", "2026-04-01", "", "误改"), ENDED], "此后的按第2行", id="another amount"
        ),
        pytest.param(
            CHANGED, None, [ENDED, ("30", "2026-04-01", "2026-04-09", "")], "此后的按第4行", id="taken out without a reason"
        ),
    ],
)  # fmt: skip
def test_a_row_that_ended_because_of_a_mistake_goes_on(
    before: Snapshot, edit: dict[str, object] | None, expected: Shown, note: str
) -> None:
    first, *others = rows_of(before)
    edited = [*([] if edit is None else [{**first, **edit}]), *others]
    after = after_run(typed(edited, before), "run", now=LATER)
    assert shown(after) == expected
    ten = next(row for row in rows_of(after) if row["step"] == "答复" and row["amount"] == 10)
    assert note in str(ten["problems"]) if note else ten["problems"] == ""
    told = [one for one in cells(after, "history", "row", "column", "before", "after") if one[1] == "至"]
    gone_on = [("答复", "至", "2026-03-31", str(ten["until"]))] if str(ten["until"]) != "2026-03-31" else []
    assert [one for one in told if one[2] == "2026-03-31"] == gone_on
    assert plan(after, asked(now=LATER + timedelta(minutes=10))).edits == ()


OTHERS = {"escalation": {**RUNG, "to": "校外人员"}, "calendar": {"date": "2026-03-06", "kind": "放假", "name": "校庆"}}


@pytest.mark.parametrize(
    ("tab", "was"), [("escalation", RUNG), ("calendar", {"date": "2026-03-05", "kind": "放假", "name": "校庆"})]
)
def test_so_does_a_row_of_the_ladder_and_of_the_calendar(tab: str, was: dict[str, object]) -> None:
    changed = after_run(typed([{**OTHERS[tab]}], book(**{tab: [was]}), tab), "run", now=NOW)
    first, old = rows_of(changed, tab)
    with_reason = after_run(typed([{**first, "correction": "误改"}, old], changed, tab), "run", now=NOW)
    assert [str(row) for row in cells(with_reason, tab, DAYS[tab])] == ["('',)", f"({NOW.date() - timedelta(1)!r},)"]
    after = after_run(typed([old], with_reason, tab), "run", now=LATER)
    assert cells(after, tab, DAYS[tab]) == [("",)]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([{**REPLY, "until": "2026-05-31"}], "自2026-06-01起", id="nothing after it"),
        pytest.param(
            [{**REPLY, "until": "2026-05-31"}, {**REPLY, "from": "2026-06-10"}], "2026-06-01至2026-06-09", id="for a while"
        ),
        pytest.param([{**REPLY, "until": "2026-05-31"}, {**REPLY, "from": "2026-06-01"}], "", id="another after it"),
        pytest.param([{**REPLY, "until": "2026-05-31", "kind": "建议"}, REPLY], "", id="a row for all cases"),
        pytest.param(
            [{**REPLY, "until": "2026-05-31"}, {**REPLY, "kind": "建议"}], "自2026-06-01起", id="a row for some of them"
        ),
        pytest.param([{**REPLY, "until": "9999-12-31"}], "", id="the end of days"),
    ],
)  # fmt: skip
def test_where_nothing_follows_a_row_it_says_so(rows: Rows, expected: str) -> None:
    ledger = parse(typed(rows))
    said = [note.say("zh") for note in ledger.notes if note.code in GAPS]
    assert [one.split("，")[0] for one in said] == ([expected] if expected else [])


def test_a_new_row_holds_from_the_day_on_which_it_is_seen() -> None:
    after = after_run(typed([REPLY, NOTIFY, {**REPLY, "kind": "申诉求决", "amount": 5}]), "run", now=NOW)
    assert shown(after) == [("10", "", "", ""), ("5", "2026-04-01", "", "")]


TWIN = {**REPLY, "amount": 5}


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([REPLY, NOTIFY], [("10", "", "", "")], id="it is taken out"),
        pytest.param(
            [REPLY, {**TWIN, "enabled": "否"}, NOTIFY], [("10", "", "", ""), ("5", "2026-04-01", "", "")], id="off"
        ),
        pytest.param([REPLY, {**TWIN, "amount": 7}, NOTIFY], [("10", "", "", ""), ("7", "", "", "")], id="changed"),
        pytest.param(
            [TWIN, NOTIFY], [("5", "2026-04-01", "", ""), ("10", "", "2026-03-31", "")], id="the other is taken out"
        ),
    ],
)
def test_a_row_that_never_counted_is_not_kept_and_does_not_begin_to_count(rows: Rows, expected: Shown) -> None:
    after = after_run(typed(rows, book(deadlines=[REPLY, TWIN, NOTIFY])), "run", now=NOW)
    assert shown(after) == expected
    clock = cases_of(plan(after, asked(now=NOW)).after, NOW).clocks[Step.REPLY]
    assert str(clock.due[0]) == "2026-03-12"


THIRTY = {**REPLY, "amount": 30}
KEPT = [("10", "", "2026-03-31", "")]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([REPLY, NOTIFY, THIRTY], [("10", "", "", ""), ("30", "", "", "")], id="the lower"),
        pytest.param([THIRTY, NOTIFY, REPLY], [("30", "2026-04-01", "", ""), ("10", "2026-04-01", "", ""), *KEPT], id="the upper"),
        pytest.param([NOTIFY, REPLY], [("10", "2026-04-01", "", ""), *KEPT], id="the upper is taken out"),
        pytest.param([REPLY, NOTIFY], [("10", "", "", "")], id="the lower is taken out"),
    ],
)  # fmt: skip
def test_of_two_equal_rows_the_one_that_was_edited_is_meant(rows: Rows, expected: Shown) -> None:
    after = after_run(typed(rows, book(deadlines=[REPLY, NOTIFY, REPLY])), "run", now=NOW)
    assert shown(after) == expected


ENDED = {**REPLY, "amount": 20, "until": "2026-03-15"}


@pytest.mark.parametrize(
    ("was", "edit"),
    [
        pytest.param(
            [{**REPLY, "from": "2026-03-20"}, {**REPLY, "amount": 20, "until": "2026-03-19"}],
            [REPLY, {**REPLY, "amount": 30, "until": "2026-03-19"}],
            id="the row before, and the first day of the one that followed it emptied",
        ),
        pytest.param([ENDED, REPLY], [ENDED, {**REPLY, "amount": 30}], id="the row that goes on below one that ended"),
        pytest.param(
            [REPLY, ENDED], [{**REPLY, "kind": "咨询"}, ENDED], id="the one in whose place another never counted"
        ),
        pytest.param([REPLY, ENDED], [ENDED], id="the same, taken out"),
        pytest.param(
            [{**REPLY, "channel": "来信", "from": "2026-02-01"}, {**REPLY, "channel": "来信", "until": "2026-01-31"}],
            [{**REPLY, "amount": 30, "from": "2026-02-01"}, {**REPLY, "channel": "来信", "from": "2026-06-01"}],
            id="two at once, of which the first days are those of the other",
        ),
        pytest.param([REPLY, ENDED, ENDED], [ENDED, ENDED], id="the same, with two that never counted"),
        pytest.param(
            [{**REPLY, "channel": "来信"}],
            [REPLY, {**REPLY, "amount": 20}],
            id="a new one below one that takes its cases",
        ),
        pytest.param(
            [{**REPLY, "until": "2026-02-10"}, {**REPLY, "amount": 20, "from": "2026-02-11", "until": "2026-02-11"}],
            [REPLY, {**REPLY, "amount": 20}],
            id="two that follow each other, and all of their days emptied",
        ),
        pytest.param(
            [{**REPLY, "until": "2026-02-10"}],
            [{**REPLY, "until": "2026-04-03"}],
            id="one that was over, up to a day that has passed before a run sees it",
        ),
        pytest.param(
            [{**REPLY, "from": "2026-03-01", "until": "2026-04-20"}],
            [{**REPLY, "until": "2026-02-20"}],
            id="one of whose days none is left",
        ),
    ],
)
def test_whichever_of_two_rows_counted_the_days_before_stay_as_they_were(was: Rows, edit: Rows) -> None:
    """Both cases began before the day of the edit."""
    before, now = book(deadlines=was), NOW + timedelta(days=4)
    after = after_run(typed(edit, before), "run", now=now)
    dues = [cases_of(plan(one, asked(now=now)).after, now).clocks[Step.REPLY].due for one in (before, after)]
    assert dues[1].astype(str).tolist() == dues[0].astype(str).tolist()


def test_a_first_day_that_is_only_emptied_comes_back() -> None:
    after = after_run(typed([{**REPLY, "amount": 30}, NOTIFY]), "run", now=NOW)
    rows = rows_of(after)
    again = after_run(typed([{**rows[0], "from": ""}, *rows[1:]], after), "run", now=NOW + timedelta(days=9))
    assert shown(again) == shown(after)


def test_a_level_of_the_ladder_is_ended_and_started_alike() -> None:
    after = after_run(typed([{**RUNG, "to": "校外人员"}], tab="escalation"), "run", now=NOW)
    assert [tuple(str(row[key]) for key in ("to", "from", "until")) for row in rows_of(after, "escalation")] == [
        ("校外人员", "2026-04-01", ""),
        ("分管领导", "", "2026-03-31"),
    ]
    assert [row["problems"] for row in rows_of(after, "escalation")] == [
        "ⓘ 本行适用于2026-04-01及以后到期的；此前到期的按第3行。更正差错，请先填写“更正理由”。",
        "ⓘ 本行适用于2026-03-31及以前到期的；此后到期的按第2行。请保留：较早的信访件仍按本行。",
    ]


def test_rows_of_the_ladder_have_no_rivals_in_deadlines_with_the_same_numbers() -> None:
    before = book(deadlines=[REPLY, REPLY], escalation=[RUNG, {**RUNG, "level": 2, "after": 5}])
    edit = [{**RUNG, "after": 3}, {**RUNG, "level": 2, "after": 6, "from": "2026-05-01"}]
    after = after_run(typed(edit, before, "escalation"), "run", now=NOW)
    assert [(row["after"], str(row["from"])) for row in rows_of(after, "escalation")][:2] == [
        (3, "2026-04-01"),
        (6, "2026-05-01"),
    ]


def test_a_job_that_writes_no_rules_works_by_them_all_the_same() -> None:
    result = plan(typed([{**REPLY, "amount": 30}, NOTIFY]), asked("remind", now=NOW))
    assert {change.table.tab.key for change in result.changes} <= {"notices", "runs"}
    assert [(rule.amount, str(rule.days.first), str(rule.days.last)) for rule in result.after.policy.deadlines] == [
        (30, "2026-04-01", "None"),
        (10, "None", "None"),
        (10, "None", "2026-03-31"),
    ]
