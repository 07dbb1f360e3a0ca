"""What the Dashboard says of a register in memory: counts, lists, departments, last run; little of restricted cases."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import numpy as np
import pytest

from automation.ledger.model import Ledger
from automation.ledger.workbook import Cell, Formula, Grid, Snapshot
from automation.pages.dashboard import (
    DEPARTMENTS_LIST,
    DUE_LIST,
    LATE_LIST,
    RAN_AT,
    RAN_HOW,
    SUPERIORS_LIST,
    TILES,
    ListPlace,
    dashboard_page,
)
from automation.pages.page import Values
from automation.reports.dashboard import dashboard, dashboard_edits
from automation.run.job import JOBS, Request
from automation.run.plan import plan
from tests.support.ledger_in_memory import NOW, Rows, line, snapshot

DEADLINES: Rows = (
    {"enabled": "是", "step": "答复", "who": "经办人", "starts_from": "收到日期", "amount": 20, "unit": "日",
     "roll_forward": "否", "remind_before": "3", "basis": "校内规定"},
)  # fmt: skip
"""Due twenty days after receipt, and "soon" from three days before."""
DEPARTMENTS: Rows = (
    {"name": "德育处", "email": "d@s.example"},
    {"name": "教务处", "email": "j@s.example"},
    {"name": "总务处", "email": "z@s.example"},
)
TODAY = NOW.date()


def case(number: int, late: int = -10, department: str = "教务处", **cells: object) -> dict[str, object]:
    """An accepted complaint whose answer is this many days late (negative: due in so many)."""
    received = TODAY - timedelta(days=late + 20)
    return line(
        f"LV-{number:05d}",
        received_on=received.isoformat(),
        decision="受理",
        decided_on=received.isoformat(),
        notified_on=received.isoformat(),
        department=department,
        **cells,
    )


def read(register: Rows) -> Snapshot:
    return snapshot(register=register, deadlines=DEADLINES, departments=DEPARTMENTS, routing=())


def steps_done(register: Rows, now: datetime = NOW) -> Ledger:
    """The ledger as a run leaves it."""
    return plan(read(register), Request(JOBS["validate"], now, now.astimezone())).after


def shown(register: Rows) -> Values:
    return dashboard(steps_done(register), NOW)


def lines(values: Values, place: ListPlace) -> list[tuple[Cell, ...]]:
    """A list below its column heads, and the line below it."""
    found = []
    columns = range(place.left, place.left + 5)
    for row in range(place.head + 1, place.head + place.most + 2):
        cells = [values.get((row, column), "") for column in columns if (row, column) in values]
        found += [tuple(cells)] if cells else []
    return found


def late_of(values: Values) -> list[tuple[Cell, ...]]:
    return lines(values, LATE_LIST)


def departments_of(values: Values) -> list[tuple[Cell, ...]]:
    return lines(values, DEPARTMENTS_LIST)


SECRET = {"kind": "检举控告", "about": "王强", "petitioner": "孔雀", "summary": "秘密内容", "topic": "收费"}


def test_how_many_of_each_light_and_how_many_in_all() -> None:
    values = shown([
        case(1, late=6), case(2, late=1), case(3, late=-2), case(4, late=-9), case(5, late=-9, **SECRET),
        line("LV-00006", decision="作废", reason="重复登记"),
        {"case_no": "LV-00007"},
    ])  # fmt: skip

    assert {key: values[TILES[key]] for key in ("late", "soon", "on_time", "open")} == {
        "late": 2,
        "soon": 1,
        "on_time": 2,
        "open": 5,
    }


def test_rows_that_want_a_look_are_counted() -> None:
    assert shown([case(1, contact=""), case(2, people="四五个"), case(3)])[TILES["look"]] == 2


def test_what_is_late_stands_worst_first() -> None:
    values = shown([case(1, late=1), case(2, late=30, department=""), case(3, late=6), case(4)])

    assert late_of(values) == [
        ("LV-00002", "答复", date(2026, 2, 16), 30, ""),
        ("LV-00003", "答复", date(2026, 3, 12), 6, "教务处"),
        ("LV-00001", "答复", date(2026, 3, 17), 1, "教务处"),
    ]


def test_of_a_restricted_case_there_is_number_step_and_date() -> None:
    values = shown(
        [case(1, late=6, **SECRET), case(2, late=-2, channel="上级交办", superior_ref="教信 7 号", **SECRET)]
    )

    assert late_of(values) == [("LV-00001", "答复", date(2026, 3, 12), 6, "见“登记”表")]
    assert lines(values, DUE_LIST) == [("LV-00002", "答复", date(2026, 3, 20), 2, "见“登记”表")]
    said = " ".join(map(str, values.values()))
    assert [word for word in ("教务处", "孔雀", "秘密", "收费", "王强", "7 号") if word in said] == []


@pytest.mark.parametrize(
    ("count", "listed", "more"),
    [
        (0, 1, "没有超期件。"),
        (LATE_LIST.most, LATE_LIST.most, None),
        (LATE_LIST.most + 3, LATE_LIST.most + 1, "……另有3件"),
    ],
)
def test_a_long_list_says_how_many_more_there_are(count: int, listed: int, more: str | None) -> None:
    found = late_of(shown([case(i, late=count - i) for i in range(count)]))

    assert len(found) == listed
    assert (more is None) or found[-1] == (more,)


@pytest.mark.parametrize(("days", "is_listed"), [(0, True), (6, True), (7, False), (-1, False)])
def test_what_falls_due_within_a_week(days: int, *, is_listed: bool) -> None:
    found = lines(shown([case(1, late=-days)]), DUE_LIST)

    due = TODAY + timedelta(days=days)
    assert found == [("LV-00001", "答复", due, days, "教务处") if is_listed else ("一周内没有到期件。",)]


def test_who_waits_to_hear_and_by_when() -> None:
    """The day by which authorities and leaders want an answer, though another step of the case is due before."""
    theirs = {"channel": "上级交办", "superior_ref": "教信 7 号"}
    found = lines(
        shown([
            case(1, **theirs), case(2, **theirs, superior_due="2026-04-20"), case(3, **theirs, superior_due="2026-03-20"),
            case(4, channel="领导交办"), case(5, channel="领导交办", fed_back_on="2026-03-10"), case(6),
        ]),
        SUPERIORS_LIST,
    )  # fmt: skip

    assert found == [
        ("LV-00003", "反馈交办方", date(2026, 3, 20)), ("LV-00002", "反馈交办方", date(2026, 4, 20)),
        ("LV-00001", "反馈交办方", ""), ("LV-00004", "反馈交办方", ""),
    ]  # fmt: skip
    assert lines(shown([case(6)]), SUPERIORS_LIST) == [("没有待反馈件。",)]


def test_neither_a_void_row_nor_one_in_doubt_is_open() -> None:
    """Digest and report do not count them, and so does the Dashboard."""
    values = shown([case(1), line("LV-00002", decision="作废"), case(3), case(3)])
    assert [values[TILES[key]] for key in ("open", "on_time", "look")] == [1, 1, 3]


# Open and late cases by department, in the order of the tab (docs/design.md#p1.7).


def test_departments_stand_in_the_order_of_their_tab() -> None:
    values = shown([
        case(1, late=3, department="总务处"), case(2, department="总务处"), case(3, department="总务处"), case(4, department=""),
        case(5, late=2, department="德育处"), case(6, department="另一处"), case(7, department=" 教务处 "),
    ])  # fmt: skip

    assert departments_of(values) == [
        ("德育处", 1, 1), ("教务处", 1, ""), ("总务处", 3, 1), ("另一处", 1, ""), ("尚未分办", 1, ""),
    ]  # fmt: skip


def test_restricted_cases_stand_in_no_department_however_many_there_are() -> None:
    """A department would tell who (docs/design.md#p5.9)."""
    places = [(4, "德育处")] * 3 + [(-9, "德育处"), (-9, "教务处")]
    register = [case(i, late, department, **SECRET) for i, (late, department) in enumerate(places, start=2)]

    assert departments_of(shown([case(1, department="德育处"), *register])) == [("德育处", 1, ""), ("保密件", 5, 3)]


# "Dashboard shows when the last run was, red after a day."


@pytest.mark.parametrize(
    ("runs", "ran", "how"),
    [
        ([], None, None),
        ([("run", NOW, "done")], NOW, None),
        ([("run", NOW, "done"), ("alert", NOW + timedelta(hours=1), "done")], NOW, None),
        (
            [("run", NOW, "done"), ("validate", NOW + timedelta(hours=1), "failed")],
            NOW + timedelta(hours=1),
            "运行出错，见“运行”表。",
        ),
    ],
    ids=["none", "one", "another command", "failed"],
)
def test_when_the_last_run_was(
    runs: Sequence[tuple[str, datetime, str]], ran: datetime | None, how: str | None
) -> None:
    ledger = steps_done([case(1)], NOW - timedelta(days=1))
    table = ledger.tables["runs"]
    columns: dict[str, list[Any]] = {
        "run": [at.isoformat() for _, at, _ in runs],
        "at": [at for _, at, _ in runs],
        "command": [command for command, _, _ in runs],
        "outcome": [outcome for _, _, outcome in runs],
    }
    none = {key: array[:0] for key, array in table.values.items()}
    table = replace(table, rows=table.rows[:0], values=none, read=dict.fromkeys(none, np.array([], dtype=object)))
    values = dashboard(ledger.having(runs=table.extended(range(2, 2 + len(runs)), **columns)), NOW)

    assert (values.get(RAN_AT), values.get(RAN_HOW)) == (ran, how)


def test_without_a_single_case_everything_is_said_to_be_empty() -> None:
    values = shown([])

    assert [values[place] for place in TILES.values()] == [0, 0, 0, 0, 0]
    assert [late_of(values), departments_of(values)] == [[("没有超期件。",)], [("没有在办件。",)]]


# Only what differs is written, and only on a page of ours.


def page_rows(values: Values) -> list[list[Cell]]:
    page = dashboard_page("zh")
    cells = page.with_values(values)
    return [[cells[row, column] for column in range(1, page.columns + 1)] for row in range(1, page.rows + 1)]


def with_page(register: Rows, rows: Sequence[Sequence[Cell]]) -> tuple[Snapshot, Ledger]:
    before = read(register)
    return Snapshot({**before.grids, "看板": Grid("看板", rows)}, "v1"), steps_done(register)


def written(rows: Sequence[Sequence[Cell]], register: Rows = ()) -> dict[tuple[int, int], Cell]:
    there, ledger = with_page(register or [case(1, late=6)], rows)
    return {
        (row, column.column): cell
        for edit in dashboard_edits(there, ledger, NOW)
        for column in edit.columns
        for row, cell in zip(column.rows, column.values, strict=True)
    }


def current() -> list[list[Cell]]:
    return page_rows(shown([case(1, late=6)]))


def scribbled(row: int, column: int, cell: Cell) -> list[list[Cell]]:
    rows = current()
    rows[row - 1] += [""] * (column - len(rows[row - 1]))
    rows[row - 1][column - 1] = cell
    return rows


def test_a_page_that_is_right_is_not_written() -> None:
    assert written(current()) == {}


@pytest.mark.parametrize(
    ("rows", "right"),
    [
        (scribbled(5, 2, 99), {(5, 2): 1}),
        (scribbled(1, 2, "我的看板"), {(1, 2): "看板"}),
        (scribbled(15, 3, "随手写"), {(15, 3): ""}),
        (scribbled(9, 4, Formula("=TODAY()")), {(9, 4): date(2026, 3, 12)}),
        (scribbled(5, 14, "旁边"), {}),
        (scribbled(9, 4, 46093.0), {}),
    ],
    ids=[
        "a number",
        "a heading",
        "where nothing stands",
        "a formula",
        "beside the page",
        "the day as a number",
    ],
)
def test_a_scribble_on_the_page_is_put_right_and_one_beside_it_is_left(
    rows: list[list[Cell]], right: dict[tuple[int, int], Cell]
) -> None:
    assert written(rows) == right


@pytest.mark.parametrize(
    "rows",
    [[], [["我们的看板", "", "自己的"], ["随便"]]],
    ids=["empty", "people's own"],
)
def test_a_tab_that_is_no_such_page_is_left_alone(rows: list[list[Cell]]) -> None:
    assert written(rows) == {}


def test_without_the_tab_nothing_is_written() -> None:
    assert dashboard_edits(read([case(1)]), steps_done([case(1)]), NOW) == ()


def test_a_department_that_looks_like_a_formula_is_text_and_settles() -> None:
    register = [case(1, late=6, department="=1+1")]
    rows = page_rows(shown(register))
    there, ledger = with_page(register, [[Formula(c) if c == "=1+1" else c for c in row] for row in rows])  # type: ignore[arg-type]

    assert late_of(dashboard(ledger, NOW))[0][-1] == "=1+1"
    assert dashboard_edits(there, ledger, NOW) == ()  # on Google it is read back as if it were one
