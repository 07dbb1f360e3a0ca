"""An edit of the Calendar by hand ends the row as it was and starts the new one (docs/design.md#p3.18)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from automation.ledger.parsing import parse
from automation.ledger.workbook import Snapshot
from automation.reports.as_json import as_json
from automation.reports.build import report_of
from automation.reports.model import Period
from automation.run.plan import plan
from automation.steps.cases_now import cases_now
from sheet_schema import TAB
from tests.run.test_plan import after_run, asked, cells
from tests.support.ledger_in_memory import Rows, grid, line, snapshot

FIRST, NOW = datetime(2026, 3, 18, 9), datetime(2026, 4, 14, 9)
BREAK: dict[str, object] = {"date": "2026-03-19", "until": "2026-03-20", "kind": "放假", "name": "校庆"}
AHEAD: dict[str, object] = {"date": "2026-05-01", "until": "2026-05-05", "kind": "放假", "name": "劳动节"}
SHOWN = ("date", "until", "kind", "in_force_from", "in_force_until", "correction")
Shown = list[tuple[str, ...]]
SAYS = {"enabled": "是", "who": "经办人", "starts_from": "收到日期", "amount": 10, "unit": "日", "roll_forward": "是"}
RULES = [{**SAYS, "step": "答复"}, {**SAYS, "step": "告知"}]


def case(number: int, **cells_of_it: object) -> dict[str, object]:
    """Received on 2 March, so that the answer is due on Thursday the 12th."""
    done = {"decision": "受理", "decided_on": "2026-03-03", "notified_on": "2026-03-13", "department": "教务处"}
    return line(f"LV-{number:05d}", **done, **cells_of_it)


ANSWERED = {"outcome": "支持", "result": "已整改", "satisfaction": "满意"}
REGISTER = (
    case(1, **ANSWERED, replied_on="2026-03-13"),
    case(2, **ANSWERED, replied_on="2026-03-13", review_on="2026-04-01"),
    case(3),
)


def book(*calendar: dict[str, object]) -> Snapshot:
    """One case answered a day late and filed by NOW, one answered a day late and live, one still open."""
    index = [{"case_no": row["case_no"], "issued_on": "2026-03-02", "first_seen": "2026-03-02"} for row in REGISTER]
    first = snapshot(register=REGISTER, index=index, deadlines=RULES, escalation=(), calendar=calendar)
    return after_run(after_run(first, "run", now=FIRST), "run", now=NOW - timedelta(days=1))


SEEN = book(BREAK, AHEAD)


def typed(rows: Rows, before: Snapshot = SEEN) -> Snapshot:
    return Snapshot({**before.grids, TAB["calendar"].label("zh"): grid(TAB["calendar"], rows)}, before.version + "e")


def shown(after: Snapshot) -> Shown:
    return [tuple(map(str, row)) for row in cells(after, "calendar", *SHOWN)]


def plain(row: dict[str, object], first: str = "", last: str = "", correction: str = "") -> tuple[str, ...]:
    return (*(str(row[key]) for key in ("date", "until", "kind")), first, last, correction)


LONGER = {**BREAK, "until": "2026-03-24"}
SNOW = {"date": "2026-03-12", "until": "2026-03-13", "kind": "放假", "name": "大雪"}
LATER = {**AHEAD, "until": "2026-05-04"}
DATED = {**BREAK, "in_force_from": "2026-04-02"}


@pytest.mark.parametrize(
    ("was", "rows", "expected"),
    [
        pytest.param([BREAK], [BREAK], [plain(BREAK)], id="nothing"),
        pytest.param([BREAK], [{**BREAK, "name": "校庆日"}], [plain(BREAK)], id="what moves no due day"),
        pytest.param([BREAK], [LONGER], [plain(LONGER, "2026-04-14"), plain(BREAK, "", "2026-04-13")], id="days that are past"),
        pytest.param([BREAK], [BREAK, SNOW], [plain(BREAK), plain(SNOW, "2026-04-14")], id="a holiday after the fact"),
        pytest.param([BREAK, AHEAD], [BREAK], [plain(BREAK)], id="taken out while it lies ahead"),
        pytest.param([AHEAD], [LATER, BREAK], [plain(LATER), plain(BREAK, "2026-04-14")], id="changed while it lies ahead"),
        pytest.param([BREAK, AHEAD], [AHEAD], [plain(AHEAD), plain(BREAK, "", "2026-04-13")], id="taken out afterwards"),
        pytest.param([AHEAD], [{**AHEAD, "date": "2026-04-10"}], [
            plain({**AHEAD, "date": "2026-04-10"}, "2026-04-14"), plain(AHEAD, "", "2026-04-13")], id="moved into the past"),
        pytest.param([BREAK], [{**LONGER, "in_force_from": "2026-04-08"}], [
            plain(LONGER, "2026-04-08"), plain(BREAK, "", "2026-04-07")], id="with a day of the person's own"),
        pytest.param([BREAK], [{**LONGER, "correction": "误填"}], [plain(LONGER, correction="误填")], id="a correction"),
        pytest.param([BREAK], [BREAK, {**SNOW, "correction": "漏填"}], [plain(BREAK), plain(SNOW, correction="漏填")],
                     id="a row that was forgotten"),
        pytest.param([{**BREAK, "correction": "误填"}], [], [], id="a reason typed before it is taken out"),
        pytest.param([DATED], [BREAK], [plain(BREAK, "2026-04-02")], id="its first day emptied"),
        pytest.param([{**BREAK, "in_force_until": "2026-04-01"}], [BREAK], [
            plain(BREAK, "2026-04-14"), plain(BREAK, "", "2026-04-01")], id="its last day emptied"),
    ],
)  # fmt: skip
def test_an_edit_of_the_calendar_ends_the_old_row_and_starts_the_new_one(
    was: Rows, rows: Rows, expected: Shown
) -> None:
    after = after_run(typed(rows, book(*was)), "run", now=NOW)  # type: ignore[arg-type]
    assert shown(after) == [tuple(row) for row in expected]
    assert plan(after, asked(now=NOW + timedelta(minutes=10))).edits == ()


def test_the_rows_and_history_say_what_holds_when() -> None:
    after = after_run(typed([LONGER, SNOW, AHEAD]), "run", now=NOW)
    assert [problems for (problems,) in cells(after, "calendar", "problems")] == [
        "ⓘ 本行自2026-04-14起算数；此前已到期的，期限不变。更正差错，请先填写“更正理由”。",
        "ⓘ 本行自2026-04-14起算数；此前已到期的，期限不变。更正差错，请先填写“更正理由”。",
        "",
        "ⓘ 本行算数到2026-04-13为止；到那天为止到期的仍按本行。请保留：较早的信访件仍按本行。如一开始就填错，请先填写“更正理由”，再删除。",
    ]
    lines = cells(after, "history", "tab", "row", "column", "after", "why", "who")
    assert [line[1:5] for line in lines if line[0] == "日历" and not line[5]] == [
        ("2026-03-19", "生效日期", "2026-04-14", "第2行已修改。此前到期的仍按原来的一行，见第5行。"),
        (
            "2026-03-12",
            "生效日期",
            "2026-04-14",
            "第3行是新行，或此前无法使用：自这一天起算数，此前已到期的，期限不变。",
        ),
    ]


def march(book_now: Snapshot) -> dict[str, object]:
    cases = cases_now(book_now, NOW)
    march, february = (Period(date(2026, month, 1), date(2026, month, 28)) for month in (3, 2))
    return as_json(report_of(cases, march, february))


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([BREAK, AHEAD, SNOW], id="a weekday is made a holiday"),
        pytest.param([{**BREAK, "date": "2026-03-12"}, AHEAD], id="a holiday is made longer"),
        pytest.param([{**BREAK, "kind": "调休上班"}, AHEAD], id="a holiday is made a working day"),
        pytest.param([AHEAD], id="a holiday is taken out"),
        pytest.param([], id="all of them are"),
    ],
)
def test_a_day_off_after_the_fact_changes_no_figure_of_a_past_period(rows: Rows) -> None:
    """Of a case that was filed, one that is done and live, and one that is open and late; before the run sees it, and after."""
    filed = parse(SEEN).filing["case_no"].tolist()
    edited = typed(rows)
    after = after_run(edited, "run", now=NOW)
    assert filed == ["LV-00001"]
    assert march(SEEN) == march(edited) == march(after)
    assert parse(after).filing["owed"].tolist() == parse(SEEN).filing["owed"].tolist()


def test_a_correction_of_the_calendar_moves_what_is_open_and_nothing_that_is_done() -> None:
    after = after_run(typed([BREAK, AHEAD, {**SNOW, "correction": "漏填"}]), "run", now=NOW)
    due = {number: str(day) for number, day in cells(after, "register", "case_no", "due_on")}
    assert due["LV-00003"] == "2026-03-16"
    (share,) = (one for one in march(after)["figures"] if one["key"] == "replied_in_time")  # type: ignore[attr-defined]
    assert (share["numerator"], share["denominator"]) == (0, 3)


def test_a_day_off_ahead_makes_no_extension_count_that_was_too_long_when_its_day_passed() -> None:
    """The answer was due on 12 March, and could be put off to 13 April; a row of 1 April makes three days off of the days after."""
    extended = {"extended_to": "2026-04-16", "extension_by": "赵刚", "extension_reason": "调查"}
    index = [{"case_no": "LV-00001", "issued_on": "2026-03-02", "first_seen": "2026-03-02"}]
    first = snapshot(
        register=[case(1, **extended)], index=index, deadlines=[{**RULES[0], "extend_up_to": 30}], escalation=(), calendar=[]
    )  # fmt: skip
    before = after_run(after_run(first, "run", now=datetime(2026, 3, 9, 9)), "run", now=datetime(2026, 3, 31, 9))
    off = {"date": "2026-04-13", "until": "2026-04-15", "kind": "放假", "name": "校庆"}
    after = after_run(typed([off], before), "run", now=datetime(2026, 4, 1, 9))
    assert shown(after) == [plain(off, "2026-04-01")]
    assert [cells(one, "register", "due_on")[0] for one in (before, after)] == [(date(2026, 3, 12),)] * 2
