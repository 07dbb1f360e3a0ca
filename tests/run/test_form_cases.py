"""Rows that an online form puts into a tab become cases, each once, whatever people and services do with the tab."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from automation.ledger.number_ranges import stretches
from automation.ledger.parsing import parse
from sheet_schema import INDEX, REGISTER
from tests.support.form_tab import HEADINGS, cases, fill, office, put, shown, taken
from tests.support.small_office import mails, set_to
from tests.support.workbook_homes import made_once, on_google_now, read_now, type_cells, type_in

ON_BOTH = IN_TURN = True
COMPLAINT = ("2026/3/17 下午 2:05:06", "王芳", "13800000001", "求决", "食堂饭菜凉", "", "教育教学")
ALLEGATION = ("2026/3/17 15:00:00", "李明", "13800000002", "举报", "总务处采购收回扣", "总务处", "教育教学")
ANSWERS = ["台账编号", "台账答复", "台账标记"]
LATER, LATEST = "2026-03-18T09:10", "2026-03-18T09:20"


@made_once
def with_two(folder: Path) -> Path:
    """A ledger that took over a complaint and an allegation."""
    path = office(folder)
    fill(path, [COMPLAINT, ALLEGATION], first=2)
    taken(path)
    return path


@pytest.mark.on_both
def test_a_row_becomes_a_case_in_the_same_run(tmp_path: Path) -> None:
    path = with_two(tmp_path)

    assert cases(path, "case_no", "petitioner", "kind", "channel", "received_on", "contact", "department") == [
        ("LV-00001", "王芳", "complaint", "online", date(2026, 3, 17), "13800000001", "教务处"),
        ("LV-00002", "李明", "allegation", "online", date(2026, 3, 17), "13800000002", "教务处"),
    ]
    head, first, second = shown(path)
    assert head == [*HEADINGS, *ANSWERS]
    assert (first[:8], len(first[9])) == ([*COMPLAINT, "LV-00001"], 24)
    assert second[:9] == [*[""] * 7, "LV-00002", ""]
    assert [one for one in mails(tmp_path / "out") if "LV-00001" in one[1]]
    assert taken(path, LATER).found_nothing


def as_exported(rows: list[list[object]]) -> list[list[object]]:
    """All rows anew, as a service exports them, with the columns in another order and nothing of ours."""
    every = [[*HEADINGS], [*COMPLAINT], [*ALLEGATION]]
    return [[row[0], row[4], row[1], row[6], row[2], row[5], row[3]] for row in every]


def upside_down(rows: list[list[object]]) -> list[list[object]]:
    return [rows[0], *rows[:0:-1]]


def with_rows_between(rows: list[list[object]]) -> list[list[object]]:
    return [rows[0], [], rows[2], [], [], rows[1]]


def with_a_copy(rows: list[list[object]]) -> list[list[object]]:
    return [*rows, rows[1], [*COMPLAINT]]


@pytest.mark.parametrize(
    "change", [as_exported, upside_down, with_rows_between, with_a_copy], ids=lambda one: one.__name__
)
def test_nothing_comes_twice(tmp_path: Path, change) -> None:  # type: ignore[no-untyped-def]
    path = with_two(tmp_path)
    before = cases(path, "case_no", "petitioner")

    put(path, change(shown(path)))  # type: ignore[arg-type]
    assert taken(path, LATER).after is not None
    assert cases(path, "case_no", "petitioner") == before
    rows = shown(path)
    number = rows[0].index("台账编号")
    given = {row[4] if row[4:5] else "": row[number] for row in rows[1:] if row}
    assert {"LV-00001", "LV-00002"} == {row[number] for row in rows[1:] if row}
    assert not any("回扣" in str(cell) for row in rows for cell in row), given


def test_deleted_rows_come_back_without_a_second_case(tmp_path: Path) -> None:
    path = with_two(tmp_path)
    put(path, [[*HEADINGS]])
    assert not taken(path, LATER).stopped
    put(path, [[*HEADINGS], [*COMPLAINT], [*ALLEGATION], ["2026/3/18 08:00:00", "赵六", "138", "咨询", "报名时间", ""]])
    taken(path, LATEST)
    assert cases(path, "case_no", "petitioner") == [("LV-00001", "王芳"), ("LV-00002", "李明"), ("LV-00003", "赵六")]


def test_a_row_that_is_changed_later_keeps_its_number_and_says_so(tmp_path: Path) -> None:
    path = with_two(tmp_path)
    type_in(path, "表单回复", 2, 5, "食堂饭菜凉，而且贵")
    taken(path, LATER)
    assert len(cases(path)) == 2
    assert shown(path)[1][4:9] == [
        "食堂饭菜凉，而且贵",
        "",
        "教育教学",
        "LV-00001",
        "登记之后这里又有改动：请与 LV-00001 核对。",
    ]
    assert taken(path, LATEST).found_nothing


def test_what_a_form_writes_into_a_row_that_was_emptied_is_a_case_of_its_own(tmp_path: Path) -> None:
    path = with_two(tmp_path)
    fill(path, [[*ALLEGATION[:4], "另有证据", "总务处", "教育教学"]], first=3)
    taken(path, LATER)
    assert cases(path, "case_no", "summary") == [
        ("LV-00001", "食堂饭菜凉"), ("LV-00002", "总务处采购收回扣"), ("LV-00003", "另有证据"),
    ]  # fmt: skip
    assert shown(path)[2][:8] == [*[""] * 7, "LV-00003"]


def test_what_was_changed_before_its_case_became_confidential_is_confidential_too(tmp_path: Path) -> None:
    path = with_two(tmp_path)
    type_in(path, "表单回复", 2, 5, "食堂饭菜凉，王校长知情")
    taken(path, LATER)
    type_in(path, REGISTER.label("zh"), 2, parse(read_now(path)).register.at["restricted"], "是")
    taken(path, LATEST)
    assert cases(path, "case_no", "restricted")[2:] == [("LV-00003", "yes")]
    assert shown(path)[1][:8] == [*[""] * 7, "LV-00003"]


def test_what_people_type_in_other_columns_stays(tmp_path: Path) -> None:
    path = office(tmp_path)
    fill(path, [COMPLAINT], first=2)
    taken(path)
    for row, cells in enumerate((["经办人", "备注"], ["张老师", "已电话联系"], ["李老师", "要求回电"]), start=1):
        for at, cell in enumerate(cells, start=11):
            type_in(path, "表单回复", row, at, cell)
    fill(path, [ALLEGATION], first=3)
    taken(path, LATER)
    assert [row[10:] for row in shown(path)] == [["经办人", "备注"], ["张老师", "已电话联系"], ["李老师", "要求回电"]]
    assert shown(path)[2][:8] == [*[""] * 7, "LV-00002"]
    assert cases(path, "handler") == [("",), ("",)]


def test_a_column_that_is_not_the_forms_is_left_alone(tmp_path: Path) -> None:
    path = office(tmp_path)
    set_to(path, "intake_headings", "涉及部门或人员 = -")
    fill(path, [ALLEGATION], first=2)
    taken(path)
    assert cases(path, "case_no", "about") == [("LV-00001", "")]
    assert shown(path)[1][:8] == [*[""] * 5, "总务处", "", "LV-00001"]


def test_a_restricted_later_case_loses_its_text_at_the_next_run(tmp_path: Path) -> None:
    path = with_two(tmp_path)
    register = parse(read_now(path)).register
    type_in(path, "登记", 2, register.at["restricted"], "是")
    taken(path, LATER)
    assert shown(path)[1][:8] == [*[""] * 7, "LV-00001"]


def test_of_a_number_that_stands_twice_once_restricted_no_text_stays(tmp_path: Path) -> None:
    path = with_two(tmp_path)
    at = parse(read_now(path)).register.at
    typed = {(2, at["restricted"]): "是", (3, at["case_no"]): "LV-00001", (3, at["kind"]): "求决"}
    type_cells(path, REGISTER.label("zh"), typed)
    taken(path, LATER)
    assert shown(path)[1][:9] == [*[""] * 7, "LV-00001", ""]


def test_a_kind_that_nobody_can_read_counts_as_restricted(tmp_path: Path) -> None:
    path = office(tmp_path)
    fill(
        path,
        [[*COMPLAINT[:3], "投诉又举报？", *COMPLAINT[4:]], ["2026/3/17 16:00", "赵六", "138", "", "不写类别", ""]],
        first=2,
    )
    taken(path)
    assert [row[:9] for row in shown(path)[1:]] == [[*[""] * 7, f"LV-0000{n}", ""] for n in (1, 2)]
    assert [row[0] for row in cases(path, "summary")] == ["食堂饭菜凉", "不写类别"]


def test_a_row_without_a_time_is_seen_twice(tmp_path: Path) -> None:
    path = office(tmp_path)
    fill(path, [["", "王芳", "138", "咨询", "报名"]], first=2)
    taken(path)
    assert (cases(path), shown(path)[1][8]) == ([], "尚未登记：本行没有时间。如不再改动，下次运行即登记。")
    type_in(path, "表单回复", 2, 5, "报名时间")
    taken(path, LATER)
    assert cases(path) == []
    taken(path, LATEST)
    assert cases(path, "summary") == [("报名时间",)]
    assert taken(path, "2026-03-18T09:30").found_nothing


@pytest.mark.on_both
def test_hostile_rows_are_text(tmp_path: Path) -> None:
    path = office(tmp_path)
    html = "<script>alert(1)</script> {{ 7*7 }}"
    fill(path, [
        ["2026/3/17 10:00", "'=HYPERLINK(\"http://x\")" if on_google_now() else "＝1+1", "13800000001", "咨询", html, ""],
        ["2026/3/17 11:00", "同上", "〃", "咨询", "x" * 31_000 + "尾", ""],
        ["2026/3/17 12:00", "", "", "", "", ""],
        ["", "", "", "", "", "总务处"],
    ], first=2)  # fmt: skip
    taken(path)
    found = cases(path, "petitioner", "contact", "summary")
    assert [row[1:] for row in found[:1]] == [("13800000001", html)]
    assert found[1][0] == "同上"
    assert str(found[1][2]) == "x" * 30_000
    rows = shown(path)
    assert (rows[2][4][-1], rows[2][7]) == ("尾", "LV-00002")  # type: ignore[index]
    assert str(rows[2][8]).startswith("内容太长")
    assert str(rows[3][8]).startswith("未登记：")
    assert len(found) == 2


def test_a_flood_waits_for_somebody_to_look(tmp_path: Path) -> None:
    path = office(tmp_path)
    set_to(path, "intake_at_once", "10")
    fill(path, [[f"2026/3/17 10:{n:02}:00", f"张{n}", "138", "咨询", f"广告{n}", ""] for n in range(12)], first=2)
    held = taken(path)
    said = [one.say("zh") for one in held.problems if one.code == "intake_flood"]
    assert (cases(path), len(said)) == ([], 1)
    assert "12" in said[0]
    set_to(path, "intake_at_once", "20")
    for moment in ("2026-03-18T10:00", "2026-03-18T11:00"):
        taken(path, moment)
    assert [row[0] for row in cases(path, "summary")] == [f"广告{n}" for n in range(12)]
    assert len({row[0] for row in cases(path, "case_no")}) == 12


def test_a_tab_that_cannot_be_used_is_said_beside_the_setting(tmp_path: Path) -> None:
    path, found = office(tmp_path), {}
    for name in ("没有这个", "登记", "＃"):
        set_to(path, "intake_tab", name)
        found[name] = [one.code for one in taken(path).problems if one.code.startswith("intake_")]
    assert found == {"没有这个": ["intake_no_tab"], "登记": ["intake_own_tab"], "＃": ["intake_no_tab"]}


def test_a_crowd_is_alerted_in_the_same_run(tmp_path: Path) -> None:
    path = office(tmp_path)
    fill(path, [[*HEADINGS, "人数", "来访形式"]])
    fill(path, [[*COMPLAINT, 30, "来访"]], first=2)
    alerted = [one.kind for one in taken(path).mails]
    assert "alert" in alerted


def test_a_row_of_a_closed_year_is_nobodys_to_guess(tmp_path: Path) -> None:
    path = office(tmp_path)
    books = parse(read_now(path)).tables["books"]
    type_in(path, "年册", 2, books.at["year"], 2023)
    type_in(path, "年册", 2, books.at["book"], "ledger 2023.xlsx")
    fill(path, [["2023/12/31 10:00", *COMPLAINT[1:]], ["2024/1/1 10:00", *COMPLAINT[1:]]], first=2)
    taken(path)
    assert [str(row[0]) for row in cases(path, "received_on")] == ["2024-01-01"]
    assert str(shown(path)[1][8]).startswith("未登记：该年")


def test_a_row_keeps_its_number_once_its_case_stands_in_a_year_book(tmp_path: Path) -> None:
    path = office(tmp_path)
    fill(path, [["2023/12/31 10:00", *COMPLAINT[1:]], ["", *COMPLAINT[1:4], "校门口堵车"]], first=2)
    taken(path)
    taken(path, LATER)
    before = [(row[7], row[9]) for row in shown(path)[1:]]
    assert [number for number, _ in before] == ["LV-00001", "LV-00002"]
    tables = parse(read_now(path)).tables
    for tab in (REGISTER, INDEX):  # as a closing leaves them
        type_cells(path, tab.label("zh"), {(row, at): "" for row in (2, 3) for at in tables[tab.key].at.values()})
    book = {"year": 2023, "book": "ledger 2023.xlsx", "numbers": stretches(["LV-00001", "LV-00002"])}
    type_cells(path, "年册", {(2, tables["books"].at[key]): cell for key, cell in book.items()})
    taken(path, LATEST)
    assert ([(row[7], row[9]) for row in shown(path)[1:]], cases(path)) == (before, [])
