"""What people change in administrators' tabs is seen by the next run (docs/design.md#p2.23)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

import pytest

from automation.ledger.parsing import parse
from automation.ledger.rules_seen import RULE_TABS, altered_rows
from automation.ledger.workbook import Grid, Snapshot
from automation.run.plan import plan
from sheet_schema import TAB
from tests.run.test_plan import after_run, asked, book, cells
from tests.support.ledger_in_memory import NOW, PEOPLE, Rows, grid, preset_rows

DEADLINES = preset_rows("deadlines", "zh")
REPLY = next(i for i, row in enumerate(DEADLINES) if row["step"] == "reply")
SEEN = after_run(book(), "run")
Row = dict[str, object]


def typed(tab: str, rows: Rows, before: Snapshot = SEEN) -> Snapshot:
    """The ledger as the run left it, with these rows in a tab."""
    return Snapshot({**before.grids, TAB[tab].label("zh"): grid(TAB[tab], rows)}, "v9")


def changed(snapshot: Snapshot) -> list[tuple[str, str, dict[str, tuple[str, str]]]]:
    """What people changed: tab, name of the row, before and after by column."""
    ledger = parse(snapshot)
    return [(tab.key, row.name, row.changed) for tab in RULE_TABS for row in altered_rows(ledger, tab.key)]


def with_cells(rows: Rows, at: int, **new: object) -> list[Row]:
    return [{**row, **(new if i == at else {})} for i, row in enumerate(rows)]


def added(row: Row) -> dict[str, tuple[str, str]]:
    return {key: ("", str(text)) for key, text in row.items() if text not in ("", None)}


def taken_out(row: Row) -> dict[str, tuple[str, str]]:
    return {key: (text, "") for key, (_, text) in added(row).items()}


NEW_PERSON: Row = {"name": "孙丽", "role": "经办人"}


@pytest.mark.parametrize(
    ("tab", "rows", "expected"),
    [
        pytest.param("people", PEOPLE, [], id="nothing"),
        pytest.param("people", PEOPLE[::-1], [], id="sorted"),
        pytest.param("people", (*PEOPLE[:2], {}, {}, *PEOPLE[2:]), [], id="moved down by blank rows"),
        pytest.param(
            "people",
            with_cells(PEOPLE, 0, email="fang@school.example")[::-1],
            [("people", "王芳", {"email": ("wangfang@school.example", "fang@school.example")})],
            id="a cell, and sorted",
        ),
        pytest.param(
            "people", with_cells(PEOPLE, 2, name="李闽"), [("people", "李敏", {"name": ("李敏", "李闽")})], id="renamed"
        ),
        pytest.param("people", PEOPLE[1:], [("people", "王芳", taken_out({**PEOPLE[0]}))], id="taken out"),
        pytest.param("people", (*PEOPLE, NEW_PERSON), [("people", "孙丽", added(NEW_PERSON))], id="added"),
        pytest.param(
            "deadlines",
            with_cells(DEADLINES, REPLY, amount=40),
            [("deadlines", "complaint / reply", {"amount": (str(DEADLINES[REPLY]["amount"]), "40")})],
            id="a rule that has namesakes",
        ),
        pytest.param(
            "calendar",
            [{"date": "2026-03-20", "kind": "holiday"}],
            [("calendar", "2026-03-20", {"date": ("", "2026-03-20"), "kind": ("", "holiday")})],
            id="the first row of a tab",
        ),
    ],
)
def test_what_people_changed_is_named_row_by_row(tab: str, rows: Rows, expected: Sequence[object]) -> None:
    found = changed(typed(tab, rows))
    assert found == [*expected]


def test_what_was_seen_once_is_not_seen_again_and_an_untouched_tab_is_not_written() -> None:
    altered = typed("people", with_cells(PEOPLE, 0, phone="123"))
    later = after_run(altered, "run", now=NOW + timedelta(minutes=10))
    assert len(changed(altered)) == 1
    assert changed(later) == []
    assert plan(later, asked(now=NOW + timedelta(minutes=20))).edits == ()


def _without_the_tab(snapshot: Snapshot) -> Snapshot:
    return typed("rules_seen", (), snapshot)


def _spoilt(snapshot: Snapshot) -> Snapshot:
    rows = [
        {"tab": tab, "part": part, "rows": f"{str(text)[:-9]}x"}
        for tab, part, text in cells(snapshot, "rules_seen", "tab", "part", "rows")
    ]
    return typed("rules_seen", rows, snapshot)


@pytest.mark.parametrize("spoil", [_without_the_tab, _spoilt])
def test_where_nothing_is_kept_nothing_counts_as_changed(spoil: Callable[[Snapshot], Snapshot]) -> None:
    assert changed(spoil(typed("people", PEOPLE[1:]))) == []


def test_a_setting_that_the_run_itself_switched_is_nobodys_change() -> None:
    settings = [{"name": "blank_rows", "value": "2"}, {"name": "stop_accepted", "value": "x1"}]
    before = typed("settings", settings)
    after = after_run(before, "run", now=NOW + timedelta(minutes=10))
    assert changed(before) == [
        ("settings", "预留空行", {"name": ("预留空行", "blank_rows")}),
        ("settings", "stop_accepted", {"name": ("", "stop_accepted"), "value": ("", "x1")}),
    ]
    assert cells(after, "settings", "value")[1] == ("",)
    assert changed(after) == []


def test_a_tab_that_fits_into_no_cell_is_kept_in_parts() -> None:
    people = [
        {"name": f"{chr(0x4E00 + i * 7 % 19_000)}{i * 7919 % 100_003}", "phone": str(i**5 + 1)} for i in range(3000)
    ]
    after = after_run(typed("people", people), "run", now=NOW + timedelta(minutes=10))
    assert sum(tab == "people" for (tab,) in cells(after, "rules_seen", "tab")) > 1
    assert changed(typed("people", with_cells(people, 5, phone="0"), after)) == [
        ("people", str(people[5]["name"]), {"phone": (str(people[5]["phone"]), "0")})
    ]
    fewer = after_run(typed("people", PEOPLE, after), "run", now=NOW + timedelta(minutes=20))
    assert changed(fewer) == []
    assert isinstance(fewer.grids[TAB["people"].label("zh")], Grid)
