"""What people change in live cases and in administrators' tabs goes to History (docs/design.md#p2.24)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random

import pytest

from automation.ledger.workbook import Cell, Grid, Snapshot
from automation.run.plan import plan
from sheet_schema import TAB
from tests.run.test_plan import INDEX, SOON, asked, book, cells, written
from tests.support.ledger_in_memory import NOW, line, preset_rows

LABEL = {column.key: column.label("zh") for column in TAB["register"]}
DEADLINES = preset_rows("deadlines", "zh")
BETWEEN = "2026-03-18 09:00至2026-03-18 09:10之间"
Row = dict[str, object]
REGISTER: Sequence[Row] = (
    line("LV-00001", summary="作业太多"),
    line("LV-00002", kind="检举控告", about="王芳", summary="收受礼品"),
    line("LV-00003", topic="食堂", summary="饭菜太凉", department="总务处"),
)
Lines = list[tuple[Cell, ...]]


def run(before: Snapshot, minutes: int = 0, job: str = "run") -> Snapshot:
    return written(before, plan(before, asked(job, NOW + timedelta(minutes=minutes))).edits)


SEEN = run(book(REGISTER))


def typed(before: Snapshot, tab: str, changes: Mapping[int, Mapping[str, Cell]], *, turned: bool = False) -> Snapshot:
    """The ledger after people changed these cells, by line of the tab (from 0), and perhaps turned its rows round."""
    grid = before.grids[TAB[tab].label("zh")]
    rows = [list(row) for row in grid.rows]
    for at, new in changes.items():
        for key, cell in new.items():
            rows[at + 1][TAB[tab].keys.index(key)] = cell
    return with_rows(before, tab, [rows[0], *(rows[:0:-1] if turned else rows[1:])])


def with_rows(before: Snapshot, tab: str, rows: Sequence[Sequence[Cell]]) -> Snapshot:
    title = TAB[tab].label("zh")
    return replace(before, grids={**before.grids, title: Grid(title, rows)})


def without_row(before: Snapshot, tab: str, at: int) -> Snapshot:
    rows = before.grids[TAB[tab].label("zh")].rows
    return with_rows(before, tab, [*rows[: at + 1], *rows[at + 2 :]])


def by_people(after: Snapshot) -> Lines:
    """The lines of History about people: case or row, column, before, after."""
    keys = ("who", "case_no", "tab", "row", "column", "before", "after")
    return [one[1:] for one in cells(after, "history", *keys) if one[0] == "有人"]


def of_case(number: int, key: str, before: str, after: str) -> tuple[Cell, ...]:
    return f"LV-{number:05d}", "", "", LABEL[key], before, after


@pytest.mark.parametrize(
    ("tab", "changes", "expected"),
    [
        pytest.param("register", {}, [], id="nothing"),
        pytest.param(
            "register",
            {0: {"summary": "作业不多", "contact": ""}},
            [of_case(1, "contact", "13800000001", ""), of_case(1, "summary", "作业太多", "作业不多")],
            id="overwritten and emptied",
        ),
        pytest.param(
            "register",
            {2: {"handler": "王芳", "people": 3.0}},
            [of_case(3, "people", "", "3"), of_case(3, "handler", "", "王芳")],
            id="filled in later",
        ),
        pytest.param("register", {1: {"summary": "没有此事"}}, [of_case(2, "summary", "", "")], id="restricted"),
        pytest.param(
            "register",
            {1: {"kind": "咨询", "about": "-", "restricted": "否"}},
            [of_case(2, key, "", "") for key in ("kind", "about", "restricted")],
            id="restricted before",
        ),
        pytest.param("register", {0: {"kind": "检举控告"}}, [of_case(1, "kind", "", "")], id="restricted from now on"),
        pytest.param("register", {0: {"status": "办结", "flags": "?"}}, [], id="what the program writes anew"),
        pytest.param(
            "register",
            {0: {key: "" for key in LABEL if key not in ("case_no", "status")}},
            [of_case(1, "case_no", "LV-00001", "")],
            id="a row emptied",
        ),
        pytest.param(
            "deadlines",
            {0: {"amount": 99}},
            [("", "时限", "decide", "数量", str(DEADLINES[0]["amount"]), "99")],
            id="a rule",
        ),
    ],
)
@pytest.mark.parametrize("turned", [False, True], ids=["", "turned"])
def test_history_says_what_people_changed(
    tab: str, changes: Mapping[int, Mapping[str, Cell]], expected: Lines, turned: bool
) -> None:
    after = run(typed(SEEN, tab, changes, turned=turned), 10)
    assert by_people(after) == expected
    whys = {why for who, why in cells(after, "history", "who", "why") if who == "有人"}
    assert all(why.startswith(BETWEEN) for why in whys)
    assert by_people(run(after, 20)) == expected  # nothing is told twice


def test_rows_that_came_and_went_are_told_whole() -> None:
    fewer = without_row(without_row(SEEN, "deadlines", 0), "register", 0)
    after = run(fewer, 10)
    case, rule = by_people(after)
    assert case == of_case(1, "case_no", "LV-00001", "")
    assert (rule[1:3], rule[5], "环节：decide，" in str(rule[4])) == (("时限", "decide"), "", True)
    back = run(replace(after, grids={**after.grids, "登记": SEEN.grids["登记"], "时限": SEEN.grids["时限"]}), 20)
    assert by_people(back)[-1:] == [("", "时限", "decide", "", "", rule[4])]


def test_what_the_program_fills_in_is_nobodys_change_whichever_command_fills_it() -> None:
    register = [{**REGISTER[0], "department": "", "topic": ""}, *REGISTER[1:]]
    seen = run(book(register))
    given = run(typed(seen, "register", {0: {"topic": str(REGISTER[0]["topic"])}}), 10, "assign")
    assert cells(given, "register", "department")[0] != ("",)
    assert by_people(given) == []
    assert by_people(run(given, 20)) == [of_case(1, "topic", "", str(REGISTER[0]["topic"]))]


@pytest.mark.parametrize(
    "before",
    [
        pytest.param(book(REGISTER), id="new ledger"),
        pytest.param(
            with_rows(
                typed(SEEN, "index", {at: {"as_seen": ""} for at in range(3)}), "rules_seen", [["表", "分段", "各行"]]
            ),
            id="upgrade",
        ),
    ],
)
def test_the_first_run_claims_nothing(before: Snapshot) -> None:
    assert by_people(run(typed(before, "register", {0: {"summary": "作业不多"}}), 10)) == []


def test_a_row_in_doubt_is_compared_once_it_is_in_order() -> None:
    doubled = with_rows(SEEN, "register", [*SEEN.grids["登记"].rows, SEEN.grids["登记"].rows[1]])
    after = run(typed(doubled, "register", {0: {"summary": "作业不多"}}), 10)
    assert by_people(after) == []
    assert by_people(run(without_row(after, "register", 5), 20)) == [of_case(1, "summary", "作业太多", "作业不多")]


MANY = [line(f"LV-{n:05d}", handler="王芳" if n % 3 else "王强", summary=f"第{n}件") for n in range(1, 301)]
ISSUED = [{**INDEX[0], "case_no": row["case_no"]} for row in MANY]


def test_cells_that_changed_alike_share_a_line_and_too_many_are_counted() -> None:
    seen = run(book(MANY, index=ISSUED))
    changes: dict[int, dict[str, Cell]] = {at: {"handler": "李敏"} for at in range(0, 300, 5)}
    handed = run(typed(seen, "register", changes), 10)
    told = by_people(handed)
    assert [(one[3:], str(one[2]).count("LV-")) for one in told] == [
        ((LABEL["handler"], "王芳", "李敏"), 40),
        ((LABEL["handler"], "王强", "李敏"), 20),
    ]
    contacts: dict[int, dict[str, Cell]] = {at: {"contact": f"139{(at + 9) ** 4 % 100_003:08d}"} for at in range(300)}
    (line_,) = by_people(run(typed(handed, "register", contacts), 20))[2:]
    assert (line_[3:], str(line_[2]).count("LV-")) == ((LABEL["contact"], "", ""), 300)


def test_a_stopped_run_leaves_it_to_the_next_one() -> None:
    torn = typed(SEEN, "register", {0: {"summary": "作业不多"}})
    headless = with_rows(torn, "history", [["乱了"], *torn.grids["变更"].rows[1:]])
    assert plan(headless, asked(now=NOW + SOON)).edits == ()
    assert by_people(run(torn, 20)) == [of_case(1, "summary", "作业太多", "作业不多")]


def test_of_a_filed_case_nothing_more_is_kept() -> None:
    closed = {"decision": "作废", "reason": "重复", "decided_on": "2026-01-05", "received_on": "2026-01-05"}
    index = [{**row, "first_seen": "2026-01-05"} for row in INDEX]
    seen = run(book([{**REGISTER[0], **closed}, *REGISTER[1:]], index=index))
    assert [bool(kept) for (kept,) in cells(seen, "index", "as_seen")[:3]] == [False, True, True]


@pytest.mark.parametrize("length", [100, 500, 2_000, 8_000])
def test_what_is_added_to_a_text_of_any_length_is_named(length: int) -> None:
    text = "字" * length
    seen = run(book([line("LV-00001", summary=text)]))
    after = run(typed(seen, "register", {0: {"summary": f"{text}再加一句"}}), 10)
    assert by_people(after) == [("LV-00001", "", "", LABEL["summary"], text, f"{text}再加一句")]


def test_of_a_row_too_long_to_be_kept_the_beginnings_are_compared() -> None:
    some = Random(5)
    long = {
        key: "".join(map(chr, some.choices(range(0x4E00, 0x9FFF), k=9_000))) for key in ("summary", "result", "reason")
    }
    seen = run(book([line("LV-00001", **long)]))
    ends = run(typed(seen, "register", {0: {"summary": f"{long['summary']}再加一句"}}), 10)
    begins = run(typed(ends, "register", {0: {"summary": f"先说一句{long['summary']}"}}), 20)
    assert [one[3] for one in by_people(begins)] == [LABEL["summary"]]
