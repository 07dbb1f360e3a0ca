"""Reception days in a run: who is reminded of what, on which day, and who must not read of it."""

from __future__ import annotations

from typing import Any

import pytest

from sheet_schema import SETTING
from tests.support.ledger_in_memory import Rows
from tests.support.small_office import planned

WANG = {"name": "王建国", "also_called": "王校长", "role": "校长", "email": "wang@s.example"}
ZHAO = {"name": "赵刚", "role": "分管领导", "email": "gang@s.example"}
LI = {"name": "李敏", "role": "信访办", "email": "min@s.example"}
PEOPLE: Rows = (WANG, ZHAO, LI)
LADDER: Rows = (
    {"step": "答复", "level": 1, "after": 1, "unit": "工作日", "to": "部门负责人"},
    {"step": "答复", "level": 2, "after": 3, "unit": "工作日", "to": "分管领导"},
)
CALENDAR: Rows = (
    {"date": "2026-04-04", "until": "2026-04-06", "kind": "放假", "name": "清明节"},
    {"date": "2026-03-28", "kind": "调休上班", "name": "补班"},
)
SEEN = "2026-03-02 09:00:00"


def settings(**cells: str) -> Rows:
    given = {"blank_rows": "1", "reception_days": "是", "file_old_cases": "2099-12-31", **cells}
    return [{"name": SETTING[key].label("zh"), "value": value} for key, value in given.items()]


def day(number: str = "RD-00001", **cells: object) -> dict[str, object]:
    """A row that a run saw long ago, as it stands."""
    row = {"reception_no": number, "on": "2026-03-18", "host": "王校长", "place": "接待室", "noted_at": SEEN, **cells}
    return {**row, "changed_at": SEEN, "seen": cells.get("seen", print_of(row))}


def print_of(row: dict[str, object]) -> str:
    from automation.steps.reception_rows import _print_of
    from tests.support.ledger_in_memory import ledger

    return _print_of(ledger(receptions=[row]).tables["receptions"], 0)


def run(moment: str, *receptions: dict[str, object], register: Rows = (), **tabs: Rows) -> Any:
    index = [{"case_no": row["case_no"], "issued_on": "2026-03-02", "first_seen": "2026-03-02"} for row in register]
    given: dict[str, Rows] = {
        "people": PEOPLE, "settings": settings(), "escalation": LADDER, "calendar": CALENDAR, "deadlines": [],
        "register": register, "index": index, "receptions": receptions,
    }  # fmt: skip
    return planned(moment, **{**given, **tabs})


def told(result: Any, kind: str = "task_") -> list[tuple[str, str]]:
    """Who gets a mail of what kind."""
    return sorted((mail.to, mail.kind) for mail in result.mails if mail.kind.startswith(kind))


def text(result: Any, to: str) -> str:
    return "\n".join(
        mail.rendered.subject + mail.rendered.text for mail in result.mails if mail.to == to and mail.kind[:4] == "task"
    )


REMINDED = {
    "long before": ("2026-03-12 09:00", {}, []),
    "three working days before": ("2026-03-13 09:00", {}, ["wang@s.example"]),
    "on the day": ("2026-03-18 09:00", {}, ["wang@s.example"]),
    "over": ("2026-03-19 09:00", {}, []),
    "cancelled": ("2026-03-17 09:00", {"came": "取消"}, []),
    "nobody hosts": ("2026-03-17 09:00", {"host": ""}, ["min@s.example"]),
    "nobody who is here": ("2026-03-17 09:00", {"host": "张某某"}, ["min@s.example"]),
    "two hosts": ("2026-03-17 09:00", {"host": "王校长；赵刚"}, ["gang@s.example", "wang@s.example"]),
    "in words": ("2026-03-17 09:00", {"on": "3月18日下午"}, ["wang@s.example"]),
    "every Wednesday": ("2026-03-17 09:00", {"on": "每周三"}, ["wang@s.example"]),
    "every Wednesday until yesterday": ("2026-03-17 09:00", {"on": "每周三", "until": "2026-03-16"}, []),
    "a make-up day counts": (
        "2026-03-26 09:00",
        {"on": "2026-03-31"},
        [],
    ),  # 30, 28, 27 are the three working days before
    "from the third day on": ("2026-03-27 09:00", {"on": "2026-03-31"}, ["wang@s.example"]),
    "after a holiday": ("2026-04-02 09:00", {"on": "2026-04-08"}, ["wang@s.example"]),
}


@pytest.mark.parametrize(("moment", "cells", "readers"), REMINDED.values(), ids=REMINDED)
def test_who_is_reminded_of_a_reception_day(moment: str, cells: dict[str, object], readers: list[str]) -> None:
    assert [to for to, _ in told(run(moment, day(**cells)))] == readers
