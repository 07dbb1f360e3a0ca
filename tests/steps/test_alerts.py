"""alert: an important or collective visit is told at once to duty and leader, after half an hour to the principal."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import pytest

from automation.cases.cases import cases_of
from automation.ledger.workbook import Cell, CellError, Formula
from automation.steps.alerts import alert
from automation.steps.validation import derive
from tests.support.ledger_in_memory import ledger, line

INDEX = {"case_no": "LV-00001", "issued_on": "2026-03-01", "first_seen": "2026-03-02"}
TOLD_AT_NINE = {
    "key": "k",
    "case_no": "LV-00001",
    "kind": "alert",
    "state": "written",
    "claimed_at": datetime(2026, 3, 2, 9),
}


def raised(moment: str, notices: list[dict[str, object]] | None = None, **cells: object) -> list[str]:
    read = ledger(register=[line(**cells)], index=[INDEX], notices=notices or [])
    now = datetime.fromisoformat(moment)
    notices = alert(cases_of(read, now), now)
    assert {(n.step, n.due_on, str(n.from_day)) for n in notices} <= {("", None, "2026-03-02")}
    return [notice.slot for notice in notices]


@pytest.mark.parametrize(
    ("moment", "notices", "cells", "slots"),
    [
        ("2026-03-02T09:00", [], {}, []),
        ("2026-03-02T09:00", [], {"important": "✓"}, ["duty", "leader"]),
        ("2026-03-02T09:00", [], {"people": 4}, []),
        ("2026-03-02T09:00", [], {"people": 5}, ["duty", "leader"]),
        # "after `alert_again_minutes` (30) to the principal, if neither `leader_told` nor `leader_note` is filled"
        # (docs/design.md#p4.9)
        ("2026-03-02T09:29", [TOLD_AT_NINE], {"important": "✓"}, ["duty", "leader"]),
        ("2026-03-02T09:30", [TOLD_AT_NINE], {"important": "✓"}, ["duty", "leader", "principal"]),
        ("2026-03-02T09:30", [{**TOLD_AT_NINE, "state": "void"}], {"important": "✓"}, ["duty", "leader"]),
        ("2026-03-02T09:30", [TOLD_AT_NINE], {"important": "✓", "leader_told": "赵刚，电话"}, []),
        ("2026-03-02T09:30", [TOLD_AT_NINE], {"important": "✓", "leader_note": "请德育处办理"}, []),
    ],
)
def test_alerts(moment: str, notices: list[dict[str, object]], cells: dict[str, object], slots: list[str]) -> None:
    assert raised(moment, notices, **cells) == slots


# "What is typed in `important` and is not plainly no counts as important", and so on (docs/design.md#p4.9)
@pytest.mark.parametrize(
    ("column", "alerts", "cells"),
    [
        ("important", True, (True, "✓", "急", "紧急", "重要", "是的", "！", "!", "*", "urgent", "Important", "yes!!", "很急", "?", 2, Formula("=TRUE()"), CellError("#N/A"))),
        ("important", False, ("", " ", False, 0, "否", "无", "no", "-", "/", "n/a", "不重要", "Not important", "不急")),
        (
            "people", True,
            (
                "约20人", "20余人", "10+", "8 parents", "6-8", "多人", "十几", "about 20", "三十", "四五个", "二十多名", "百余人", "1,000", "二〇", "廿三人",
                "1e3", "2K", "2w", "1 200", "many", "一群家长", "一家五口", "一行 12 人", -9, 12.5, 1e12, "9" * 400, "万" * 200, True, datetime(2026, 6, 8), Formula("=3"), CellError("#DIV/0!"),
            ),
        ),
        ("people", False, ("", " ", False, 4, "约3人", "2-3", "三人", "一家三口", "两三个", "夫妻俩", "一人", "about 4", 2.5, "零")),
    ],
)  # fmt: skip
def test_what_cannot_be_read_keeps_no_leader_from_being_told(column: str, alerts: bool, cells: Sequence[Cell]) -> None:
    found = {repr(cell): raised("2026-03-02T09:00", **{column: cell}) for cell in cells}
    assert found == dict.fromkeys(found, ["duty", "leader"] if alerts else [])


def test_a_closed_case_alerts_nobody() -> None:
    now = datetime(2026, 3, 2, 9)
    read = ledger(
        register=[line(important="✓", decision="作废", decided_on="2026-03-02", reason="误登")], index=[INDEX]
    )
    assert alert(cases_of(derive(read, now).ledger, now), now) == []
