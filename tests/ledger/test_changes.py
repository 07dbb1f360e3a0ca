"""A run writes only what differs and never over what people typed; of restricted cases it tells only the column."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import numpy as np
import pytest

from automation.cases.row_problems import withheld_in
from automation.commands.output import row_keys, spelled_out
from automation.ledger.changes import Columns, as_cells, as_edits, differences, known_rows
from automation.ledger.model import Change, Filled, Ledger
from automation.ledger.table import Array, Table
from automation.ledger.workbook import ColumnEdit, TabEdit
from automation.run.history import with_history
from sheet_schema import REGISTER, TAB, Column
from tests.support.ledger_in_memory import NOW, ledger, line

Row = dict[str, object]
DAY = np.datetime64("2026-03-18")


def set_to(table: Table, key: str, *values: object) -> Table:
    """The table after a step set the first cells of a column to these values."""
    column = table[key].copy()
    for i, value in enumerate(values):
        column[i] = value
    return table.having(**{key: column})


def written(before: Ledger, after: Ledger, only: Columns = ()) -> list[tuple[object, ...]]:
    """Each change as tab, column, rows, cells before, values after."""
    return [
        (
            one.table.tab.key,
            one.column.key,
            one.rows.tolist(),
            list(one.before),
            one.after.astype(str).tolist(),
        )
        for one in differences(before, after, only)
    ]


# A cell that people may type in changes only from blank, and one that only people fill in only on a new line.
@pytest.mark.parametrize(
    ("cells", "key", "value", "expected"),
    [
        pytest.param({}, "status", "registered", [("", "registered")], id="derived"),
        pytest.param({"status": "办结"}, "status", "registered", [("办结", "registered")], id="derived-anew"),
        pytest.param({"status": "办结"}, "status", "closed", [], id="derived-the-same"),
        pytest.param({"status": "办结"}, "status", "", [("办结", "")], id="derived-emptied"),
        pytest.param({}, "department", "教务处", [("", "教务处")], id="filled-from-blank"),
        pytest.param({"department": "总务处"}, "department", "教务处", [], id="typed-department"),
        pytest.param({"decided_on": "昨天"}, "decided_on", DAY, [], id="typed-unreadably"),
        pytest.param({"decided_on": ""}, "decided_on", DAY, [("", "2026-03-18")], id="filled-day"),
        pytest.param({"summary": ""}, "summary", "改写", [], id="staff-cell-even-if-blank"),
        pytest.param({"petitioner": "陈静"}, "petitioner", "周明", [], id="staff-cell"),
        pytest.param(
            {"due_on": "2026-03-09"}, "due_on", np.datetime64("NaT"), [("2026-03-09", "NaT")], id="day-emptied"
        ),
        pytest.param({}, "due_on", np.datetime64("NaT"), [], id="no-day-and-none-before"),
        pytest.param({}, "case_no", "LV-00009", [("LV-00001", "LV-00009")], id="a-number-tidied"),
    ],
)
def test_which_cells_change(cells: Row, key: str, value: object, expected: list[tuple[str, str]]) -> None:
    before = ledger(register=[line(**cells)])
    after = before.having(register=set_to(before.register, key, value))
    assert written(before, after) == [("register", key, [2], [old], [new]) for old, new in expected]


def test_nothing_changed_is_nothing_to_write() -> None:
    before = ledger(register=[line(), line("LV-00002", status="办结", due_on="2026-03-09", people="三")])
    assert differences(before, before) == []


def test_only_the_cells_that_differ() -> None:
    register = [line(f"LV-0000{n}", status=status) for n, status in ((1, "办结"), (2, ""), (3, "已登记"), (4, "办结"))]
    before = ledger(register=register)
    after = before.having(register=set_to(before.register, "status", *["closed"] * 4))
    assert written(before, after) == [("register", "status", [3, 4], ["", "已登记"], ["closed", "closed"])]


def test_what_is_no_value_in_a_derived_cell_is_emptied() -> None:
    register = [line(status="看着办", decided_on="昨天"), line("LV-00002", due_on="尽快")]
    before = ledger(register=register)
    assert written(before, before) == [
        ("register", "status", [2], ["看着办"], [""]),
        ("register", "due_on", [3], ["尽快"], ["NaT"]),
    ]


def test_it_is_emptied_though_other_cells_of_the_column_change() -> None:
    before = ledger(register=[line(), line("LV-00002", status="看着办")])
    after = before.having(register=set_to(before.register, "status", "closed", ""))
    assert written(before, after) == [("register", "status", [2, 3], ["", "看着办"], ["closed", ""])]


def test_in_a_new_line_every_filled_cell_is_written() -> None:
    before = ledger(register=[line()])
    register = before.register.extended([7], case_no=["LV-00002"], petitioner=["周明"], important=[True])
    assert written(before, before.having(register=register)) == [
        ("register", "case_no", [7], [""], ["LV-00002"]),
        ("register", "petitioner", [7], [""], ["周明"]),
        ("register", "important", [7], [""], ["True"]),
    ]


def test_a_column_the_sheet_does_not_have_is_not_written() -> None:
    before = ledger(register=[line()])
    at = {key: place for key, place in before.register.at.items() if key != "status"}
    short = Table(REGISTER, before.register.rows, before.register.values, before.register.read, at)
    after = before.having(register=set_to(set_to(short, "status", "closed"), "flags", "超期"))
    assert written(before.having(register=short), after) == [("register", "flags", [2], [""], ["超期"])]


# A command that does not number rows writes only its own columns, and only to rows with a number in the workbook.
def test_a_command_writes_only_its_columns_and_numbered_rows() -> None:
    before = ledger(register=[line(""), line("LV-00002")], routing=[{"order": 1, "department": "教务处"}])
    register = set_to(set_to(before.register, "department", "教务处", "教务处"), "status", "in_hand", "in_hand")
    register = register.extended([4], case_no=["LV-00003"], department=["教务处"])
    routing = set_to(before.tables["routing"], "matches", "尚无匹配")
    after = before.having(register=register, routing=routing)

    assert written(before, after, {("register", "department"), ("routing", "matches")}) == [
        ("register", "department", [3], [""], ["教务处"]),
        ("routing", "matches", [2], [""], ["尚无匹配"]),
    ]
    assert known_rows(before.register, np.arange(3)).tolist() == [1]


def column_of(*values: object, dtype: str = "object") -> Array:
    array = np.empty(len(values), dtype=dtype)
    array[:] = values
    return array


# Choices become their labels in the sheet's language, dates stay dates, blanks become "".
@pytest.mark.parametrize(
    ("column", "values", "zh", "en"),
    [
        pytest.param(REGISTER["status"], column_of("closed", ""), ["办结", ""], ["Closed", ""], id="choice"),
        pytest.param(REGISTER["channel"], column_of("visit", "信鸽"), ["来访", "信鸽"], ["Visit", "信鸽"], id="no-choice-of-ours"),
        pytest.param(REGISTER["department"], column_of("教务处", ""), ["教务处", ""], ["教务处", ""], id="from-a-list"),
        pytest.param(REGISTER["due_on"], column_of("2026-03-09", "NaT", dtype="datetime64[D]"), [date(2026, 3, 9), ""], [date(2026, 3, 9), ""], id="date"),
        pytest.param(TAB["runs"]["at"], column_of("2026-03-09T08:30", "NaT", dtype="datetime64[s]"), [datetime(2026, 3, 9, 8, 30), ""], [datetime(2026, 3, 9, 8, 30), ""], id="moment"),
        pytest.param(REGISTER["people"], column_of(5.0, np.nan, dtype="float64"), [5, ""], [5, ""], id="whole"),
        pytest.param(REGISTER["important"], column_of(True, False, dtype="bool"), [True, False], [True, False], id="tick"),
        pytest.param(REGISTER["summary"], column_of("=1+1", ""), ["=1+1", ""], ["=1+1", ""], id="text-as-it-is"),
    ],
)  # fmt: skip
def test_values_as_cells(column: Column, values: Array, zh: list[object], en: list[object]) -> None:
    got = {"zh": as_cells(column, values, "zh"), "en": as_cells(column, values, "en")}
    assert got == {"zh": zh, "en": en}
    assert [type(cell) for cell in got["zh"]] == [type(cell) for cell in zh]


def test_changes_as_a_workbook_takes_them() -> None:
    before = ledger(register=[line(), line("LV-00002")], routing=[{"order": 1, "department": "教务处"}])
    register = set_to(set_to(before.register, "status", "closed", "registered"), "closed_on", DAY)
    after = before.having(register=register, routing=set_to(before.tables["routing"], "matches", "尚无匹配"))

    edits = as_edits(differences(before, after), {"register": "登记", "routing": "我的规则"}, "zh")

    status, closed_on = (REGISTER.keys.index(key) + 1 for key in ("status", "closed_on"))
    assert edits == [
        TabEdit(
            "登记", (ColumnEdit(status, [2, 3], ["办结", "已登记"]), ColumnEdit(closed_on, [2], [date(2026, 3, 18)]))
        ),
        TabEdit("我的规则", (ColumnEdit(TAB["routing"].keys.index("matches") + 1, [2], ["尚无匹配"]),)),
    ]


SECRET: Row = {"kind": "检举控告", "about": "王芳"}


def history_of(after: Ledger) -> list[tuple[str, ...]]:
    history = after.tables["history"]
    keys = ("run", "at", "case_no", "column", "before", "after", "why")
    return [tuple(str(history[key][i]) for key in keys) for i in range(len(history))]


def filled_ledger() -> tuple[Ledger, tuple[Filled, ...]]:
    before = ledger(register=[line(), line("LV-00002", **SECRET)])
    register = before.register.filling("department", np.array([0, 1]), column_of("教务处", "纪检监察室"))
    register = register.filling("decided_on", np.array([1, 0]), column_of(DAY, DAY, dtype="datetime64[D]"))
    filled = (
        Filled("department", (0, 1), ("第5行", "第2行")),
        Filled("decided_on", (1, 0), ("今日录入", "今日录入")),
    )
    return before.having(register=register), filled


# Of a restricted case History keeps only which columns were filled in (docs/design.md#p5.8).
def test_history_keeps_only_column_names_of_restricted_cases() -> None:
    after, filled = filled_ledger()

    noted = with_history(after, filled, "R1", NOW)

    at = "2026-03-18T09:00:00"
    assert history_of(noted) == [
        ("R1", at, "LV-00001", "承办部门", "", "教务处", "第5行"),
        ("R1", at, "LV-00002", "承办部门", "", "", ""),
        ("R1", at, "LV-00002", "决定日期", "", "", ""),
        ("R1", at, "LV-00001", "决定日期", "", "2026-03-18", "今日录入"),
    ]
    assert noted.tables["history"].rows.tolist() == [2, 3, 4, 5]


def test_history_goes_on_below_its_last_line() -> None:
    before = ledger(register=[line()], history=[{"run": "R0", "case_no": "LV-00009"}])
    noted = with_history(before, [Filled("contact", (0,), ("试",))], "R1", NOW)
    assert noted.tables["history"].rows.tolist() == [2, 3]
    assert history_of(noted)[1] == (
        "R1",
        "2026-03-18T09:00:00",
        "LV-00001",
        "联系方式",
        "",
        "13800000001",
        "试",
    )


# "A restricted case appears in everything the tool sends, prints or logs as number, step, date and 'ask the office', nothing
# else" (docs/design.md#p5.7)
def test_changes_as_people_are_shown_them() -> None:
    after, filled = filled_ledger()
    before = ledger(register=[line(), line("LV-00002", **SECRET)])
    register = set_to(after.register, "status", "in_hand", "in_hand")
    register = set_to(set_to(register, "step", "decide", "decide"), "due_on", DAY, DAY)
    after = after.having(register=register)

    shown = list(spelled_out(differences(before, after), filled, after, str))

    ask = "请向信访办当面了解"
    assert shown == [
        Change("register", 2, "LV-00001", "status", "", "in_hand", ""),
        Change("register", 3, "LV-00002", "status", ask, ask, ""),
        Change("register", 2, "LV-00001", "step", "", "decide", ""),
        Change("register", 3, "LV-00002", "step", "", "decide", ""),
        Change("register", 2, "LV-00001", "due_on", "", "2026-03-18", ""),
        Change("register", 3, "LV-00002", "due_on", "", "2026-03-18", ""),
        Change("register", 2, "LV-00001", "department", "", "教务处", "第5行"),
        Change("register", 3, "LV-00002", "department", ask, ask, ""),
        Change("register", 2, "LV-00001", "decided_on", "", "2026-03-18", "今日录入"),
        Change("register", 3, "LV-00002", "decided_on", ask, ask, ""),
    ]


def test_what_other_tabs_say_of_a_restricted_case_is_hidden_too() -> None:
    before = ledger(register=[line("LV-00002", **SECRET)], index=[{"case_no": "LV-00002"}])
    after = before.having(index=set_to(before.index, "problem_codes", "missing"))
    shown = list(spelled_out(differences(before, after), (), after, str))
    assert shown == [Change("index", 2, "LV-00002", "problem_codes", "请向信访办当面了解", "请向信访办当面了解", "")]


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        pytest.param({}, set(), id="plain"),
        pytest.param(SECRET, {"LV-00001"}, id="allegation"),
        pytest.param({"restricted": "是"}, {"LV-00001"}, id="restricted"),
        pytest.param({**SECRET, "restricted": "否"}, {"LV-00001"}, id="a-person-says-no"),
        pytest.param({**SECRET, "restricted": "否", "reason": "已公开"}, set(), id="a-person-says-no-and-why"),
        pytest.param({"topic": "师德师风"}, {"LV-00001"}, id="by-a-rule"),
        pytest.param({"kind": ""}, {"LV-00001"}, id="without-a-kind"),
        pytest.param({**SECRET, "case_no": ""}, set(), id="without-a-number"),
    ],
)
def test_numbers_that_are_withheld(cells: Row, expected: set[str]) -> None:
    live, filed = (ledger(**{tab: [line(**cells)]}) for tab in ("register", "filing"))
    assert (withheld_in(live).numbers, withheld_in(filed).numbers) == (expected, expected)


@pytest.mark.parametrize(
    ("tab", "rows", "expected"),
    [
        ("register", [line()], ["LV-00001"]),
        ("index", [{"case_no": "LV-00003"}], ["LV-00003"]),
        ("people", [{"name": "王芳"}], ["王芳"]),
        ("runs", [{"run": "R1", "command": "run"}], ["R1"]),
    ],
)
def test_what_names_a_row(tab: str, rows: Sequence[Row], expected: list[str]) -> None:
    assert list(row_keys(ledger(**{tab: rows}).tables[tab])) == expected  # type: ignore[arg-type]
