"""The duty to report to the superior: who is alerted of it when, and what the row asks (docs/design.md#p18.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import pytest

from automation.cases.cases import cases_of
from automation.steps.alerts import alert
from automation.steps.checks import find_problems
from automation.steps.validation import derive
from sheet_schema import SETTING
from tests.support.ledger_in_memory import ledger, line

INDEX = {"case_no": "LV-00001", "issued_on": "2026-03-01", "first_seen": "2026-03-02"}
URGENT: Mapping[str, object] = {"important": "✓"}
TOLD: Mapping[str, object] = {**URGENT, "leader_told": "赵刚，9:10"}
CLOSED: Mapping[str, object] = {
    **TOLD,
    "decision": "解释说明",
    "decided_on": "2026-03-02",
    "reason": "已说明",
    "notified_on": "2026-03-02",
}
VOID: Mapping[str, object] = {**URGENT, "decision": "作废", "decided_on": "2026-03-02", "reason": "误登"}


def at_nine(slot: str, state: str = "sent", level: int = 1) -> dict[str, object]:
    key = f"LV-00001|alert|||{level}|{slot}"
    return {"key": key, "case_no": "LV-00001", "kind": "alert", "level": str(level), "slot": slot, "state": state, "claimed_at": datetime(2026, 3, 2, 9)}  # fmt: skip


ALERTED = [at_nine("duty"), at_nine("leader"), at_nine("office")]


def found(
    moment: str, notices: Sequence[dict[str, object]], minutes: str, cells: Mapping[str, object]
) -> tuple[list[str], list[str]]:
    settings = [
        {"name": SETTING[key].label("zh"), "value": value}
        for key, value in {"blank_rows": "2", "report_within_minutes": minutes}.items()
    ]
    now = datetime.fromisoformat(moment)
    read = derive(ledger(register=[line(**cells)], index=[INDEX], notices=[*notices], settings=settings), now).ledger
    cases = cases_of(read, now)
    raised = [f"{one.slot}{one.level}" for one in alert(cases, now)]
    return raised, [one.code + "?" * one.warning for one in find_problems(cases) if one.column == "reported_on"]


FIRST, LATE = ["duty1", "leader1", "office1"], ["office2", "leader2", "principal2"]


@pytest.mark.parametrize(
    ("moment", "notices", "minutes", "cells", "raised", "problems"),
    [
        ("2026-03-02T09:00", [], "60", {}, [], []),
        ("2026-03-02T09:00", [], "60", URGENT, FIRST, ["report_owed?"]),
        ("2026-03-02T09:00", [], "60", {"people": 5}, FIRST, ["report_owed?"]),
        ("2026-03-02T09:00", [], "60", {"people": 5, "channel": "来信"}, FIRST, ["report_owed?"]),
        ("2026-03-02T09:00", [], "60", {"people": 4}, [], []),
        # off: as before
        ("2026-03-02T09:00", [], "0", URGENT, ["duty1", "leader1"], []),
        ("2026-03-02T11:00", ALERTED, "0", TOLD, [], []),
        # a leader knows, and the authority still has to be told
        ("2026-03-02T09:00", [], "60", TOLD, ["office1"], ["report_owed?"]),
        ("2026-03-02T09:59", ALERTED, "60", TOLD, ["office1"], ["report_owed?"]),
        ("2026-03-02T10:00", ALERTED, "60", TOLD, ["office1", *LATE], ["report_late"]),
        ("2026-03-02T09:30", ALERTED, "20", TOLD, ["office1", *LATE], ["report_late"]),
        ("2026-03-02T10:00", ALERTED, "60", URGENT, [*FIRST, "principal1", *LATE], ["report_late"]),
        # a claim that was withdrawn told nobody: the hour has not begun
        ("2026-03-02T10:00", [at_nine("office", "void")], "60", TOLD, ["office1"], ["report_owed?"]),
        # the next day, and a week later, until it is entered
        ("2026-03-09T10:00", ALERTED, "60", TOLD, ["office1", *LATE], ["report_late"]),
        ("2026-03-02T10:00", ALERTED, "60", {**TOLD, "reported_on": "2026-03-02"}, [], []),
        ("2026-03-02T10:00", ALERTED, "60", {**TOLD, "reported_on": "10点已电话报告"}, [], []),
        # settled on the spot within the hour: what was asked is asked until it is entered; what was not is not asked any more
        ("2026-03-02T10:00", ALERTED, "60", CLOSED, ["office1", *LATE], ["report_late"]),
        ("2026-03-02T10:00", ALERTED[:2], "60", CLOSED, [], []),
        ("2026-03-02T10:00", ALERTED, "60", VOID, [], []),
        # dates that cannot be
        ("2026-03-02T10:00", ALERTED, "60", {**TOLD, "reported_on": "2026-03-01"}, [], ["out_of_order"]),
        ("2026-03-02T10:00", ALERTED, "60", {**TOLD, "reported_on": "2026-03-05"}, [], ["in_the_future?"]),
    ],
)  # fmt: skip
def test_the_authority_is_to_be_told_within_the_hour(
    moment: str,
    notices: list[dict[str, object]],
    minutes: str,
    cells: Mapping[str, object],
    raised: list[str],
    problems: list[str],
) -> None:
    assert found(moment, notices, minutes, cells) == (raised, problems)
