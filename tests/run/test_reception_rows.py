"""Rows of Reception days on a real workbook: what people sort, insert, move and delete is told of once, under its own number."""

from __future__ import annotations

from pathlib import Path

from tests.run.test_reception_days import CALENDAR, PEOPLE, settings
from tests.support.ledger_in_memory import line
from tests.support.new_ledger import settle_new
from tests.support.small_office import LADDER, RULE, at, column, typed
from tests.support.workbook_homes import shown_in, type_in

ON_BOTH = True
TAB = "领导接访"


def rows_of(path: Path) -> list[tuple[object, ...]]:
    return [one for one in column(path, "receptions", "reception_no", "host", "noted_at") if any(one)]


def told(path: Path) -> list[str]:
    return [str(key) for (key,) in column(path, "notices", "key") if str(key).startswith("RD-")]


def retyped(path: Path, cells: list[list[object]]) -> None:
    """The rows below the headers as people leave them, every column of them."""
    for row, line_of in enumerate(cells, start=2):
        for place, cell in enumerate(line_of, start=1):
            type_in(path, TAB, row, place, cell)  # type: ignore[arg-type]


def test_each_row_keeps_its_number_and_is_told_of_once(tmp_path: Path) -> None:
    path = settle_new(
        tmp_path / "ledger.xlsx",
        {
            "people": PEOPLE, "settings": settings(go_live_on="2026-01-01"), "calendar": CALENDAR, "deadlines": [RULE], "escalation": [LADDER],
            "register": [line(reception="✓", received_on="2026-03-18")],
            "index": [{"case_no": "LV-00001", "issued_on": "2026-03-02", "first_seen": "2026-03-02"}],
            "receptions": [{"on": "2026-03-18", "host": "王校长"}, {"on": "3月19日", "host": "赵刚"}],
        },
    )  # fmt: skip
    at(path, "2026-03-16 09:00")
    assert rows_of(path)[0][0] == "RD-00001"
    assert told(path) == []
    at(path, "2026-03-17 09:00")
    assert told(path) == [
        "RD-00001|task_reminder|reception|2026-03-18|-1|王建国", "RD-00002|task_reminder|reception|2026-03-19|-3|赵刚",
        "RD-00001|task_reminder|reception|2026-03-18|-3|王建国",
    ]  # fmt: skip
    before = told(path)
    assert column(path, "receptions", "cases")[0] == ("LV-00001",)

    header, first, second = shown_in(path, TAB)[:3]
    wide = max(len(header), len(first), len(second))
    first, second = ([*one, *[""] * (wide - len(one))] for one in (first, second))
    new = [""] * wide
    new[list(header).index("日期")], new[list(header).index("接访领导")] = "2026-03-20", "王校长"
    retyped(path, [second, new, first])  # sorted, and a row inserted between
    at(path, "2026-03-17 10:00")
    at(path, "2026-03-17 10:10")
    assert [number for number, *_ in rows_of(path)] == ["RD-00002", "RD-00003", "RD-00001"]
    assert told(path) == before

    typed(path, "日期", "2026-03-24", TAB, 4)
    typed(path, "日期", "", TAB, 3)
    typed(path, "接访领导", "", TAB, 3)
    at(path, "2026-03-18 09:00")
    assert {key.split("|")[0] for key in told(path)[len(before) :]} <= {"RD-00002"}
    at(path, "2026-03-23 09:00")
    assert any(key.startswith("RD-00001|task_reminder|reception|2026-03-24") for key in told(path))
    assert not any("RD-00003" in key for key in told(path))
