"""alert: an important or collective visit is told at once to duty and leader, after half an hour to the principal."""

from __future__ import annotations

from datetime import datetime

import pytest

from automation.cases.cases import cases_of
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


def test_a_closed_case_alerts_nobody() -> None:
    now = datetime(2026, 3, 2, 9)
    read = ledger(
        register=[line(important="✓", decision="作废", decided_on="2026-03-02", reason="误登")], index=[INDEX]
    )
    assert alert(cases_of(derive(read, now).ledger, now), now) == []
