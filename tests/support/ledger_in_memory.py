"""A ledger in memory for tests: presets as the tabs, register lines as mappings. No file, no mocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cache, lru_cache

from automation.ledger.model import Ledger
from automation.ledger.parsing import parse
from automation.ledger.workbook import Cell, Grid, Snapshot
from sheet_schema import SETTING, TAB, TABS, Language, Tab
from sheet_schema.preset_files import load

NOW = datetime(2026, 3, 18, 9, 0)
"""A Wednesday in term."""

Rows = Sequence[Mapping[str, object]]

PEOPLE: Rows = (
    {"name": "王芳", "also_called": "王老师", "role": "经办人", "email": "wangfang@school.example"},
    {"name": "王强", "also_called": "王老师", "role": "部门负责人", "email": "wangqiang@school.example"},
    {"name": "李敏", "role": "信访办;值班", "email": "limin@school.example", "phone": "01000000001"},
    {"name": "赵刚", "role": "分管领导", "email": "zhaogang@school.example"},
    {"name": "周立", "role": "校外人员", "email": "zhouli@school.example"},
)


def grid(tab: Tab, rows: Rows, language: Language = "zh") -> Grid:
    """A tab's grid, with headers in this language. Cells that a row does not give are blank. The same rows are the same
    grid, which is read once."""
    keys = [column.key for column in tab]
    return _grid(tab.key, language, tuple(tuple(_typed(row.get(key, "")) for key in keys) for row in rows))


def _typed(value: object) -> tuple[type, Cell]:
    """A cell with its type, since True is 1 and 1.0 to a cache."""
    return type(value), _cell(value)


@lru_cache(maxsize=32)
def _grid(tab: str, language: Language, body: tuple[tuple[tuple[type, Cell], ...], ...]) -> Grid:
    header = tuple(column.label(language) for column in TAB[tab])
    return Grid(TAB[tab].label(language), (header, *(tuple(cell for _, cell in row) for row in body)))


def _cell(value: object) -> Cell:
    return value  # type: ignore[return-value]


@cache
def preset_rows(tab: str, language: Language) -> Rows:
    return tuple(load("cn-school").rows(tab, language))


def snapshot(language: Language = "zh", **tabs: Rows) -> Snapshot:
    """A workbook with the cn-school preset, `PEOPLE`, and these rows by tab key."""
    given: dict[str, Rows] = {
        **{key: preset_rows(key, language) for key in ("topics", "departments", "routing", "deadlines", "escalation")},
        "people": PEOPLE,
        "settings": ({"name": SETTING["blank_rows"].label(language), "value": "2"},),
        **tabs,
    }
    grids = [grid(tab, given.get(tab.key, ()), language) for tab in TABS if tab.columns]
    return Snapshot({one.title: one for one in grids}, "v1")


def ledger(language: Language = "zh", **tabs: Rows) -> Ledger:
    return parse(snapshot(language, **tabs))


def line(case_no: str = "LV-00001", **cells: object) -> dict[str, object]:
    """A complete complaint, received on 2 March 2026, but for the given cells."""
    return {
        "case_no": case_no, "channel": "来访", "petitioner": "陈静", "contact": "13800000001", "kind": "申诉求决",
        "topic": preset_rows("topics", "zh")[0]["name"], "summary": "作业太多", "received_on": "2026-03-02",
        "received_by": "李敏", **cells,
    }  # fmt: skip


def tab_keys() -> tuple[str, ...]:
    return tuple(TAB)


LEADER_AND_OFFICE: Rows = (
    {"name": "赵刚", "role": "分管领导", "email": "gang@s.example"},
    {"name": "李敏", "role": "信访办", "email": "min@s.example"},
)
"""With one handler, everybody who gets mail in small ledgers."""
