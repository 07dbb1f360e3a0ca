"""Who is reminded of the last day of a wait, and that nobody is pressed for what stands still (docs/design.md#p19.2, docs/design.md#p19.7)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import pytest

from automation.steps.digests import lists_for
from automation.steps.escalation import escalate
from automation.steps.reminders import remind
from automation.steps.waits_over import LAST_DAY_OF_WAIT
from tests.support.waiting_case import RULE, Row, lived, waits

Runs = Sequence[tuple[str, Mapping[str, object]]]
LADDER: Row = {"step": "答复", "level": 1, "after": 1, "unit": "日", "to": "分管领导"}
FIVE: Row = {**RULE, "wait_up_to": 5}
OVER = [("reminder", LAST_DAY_OF_WAIT, slot) for slot in ("handler", "office")]
SUPERIOR: Row = {"channel": "上级交办", "superior_ref": "7", "superior_due": "2026-03-12"}


def seven_to_three(*levels: int) -> list[tuple[str, int, str]]:
    return [("reminder", level, "handler") for level in levels]


@pytest.mark.parametrize(
    ("runs", "rule", "raised"),
    [
        # From the 3rd to Thursday the 12th: due on the 26th instead of the 17th
        pytest.param([("03", waits("03", "12")), ("10", {})], RULE, [], id="a reminder that would be due waits"),
        pytest.param([("03", waits("03", "12")), ("12", {})], RULE, OVER, id="the last day"),
        pytest.param([("03", waits("03", "12")), ("13", {})], RULE, OVER, id="no run came that day"),
        pytest.param([("03", waits("03", "12")), ("19", {})], RULE, [*seven_to_three(-7), *OVER], id="then it runs again"),
        pytest.param([("03", waits("03", "12")), ("27", {})], RULE, [("escalation", 1, "leader")], id="and is late"),
        pytest.param([("03", waits("03", "08")), ("05", {})], RULE, [], id="on Sunday: not on Thursday"),
        pytest.param([("03", waits("03", "08")), ("06", {})], RULE, OVER, id="on Sunday: the Friday before"),
        pytest.param([("03", waits("03", "12")), ("12", waits("03", "31"))], RULE, [], id="a later day typed that day"),
        pytest.param([("03", waits("03")), ("12", waits("03", "12"))], RULE, [], id="typed when it had come"),
        pytest.param([("03", waits("03")), ("18", {})], RULE, [], id="without an end, after the old last day"),
        pytest.param([("03", waits("03")), ("06", {})], FIVE, [], id="as long as it may: not before"),
        pytest.param([("03", waits("03")), ("09", {})], FIVE, OVER, id="as long as it may: it was a Sunday"),
        pytest.param([("03", waits("03", "12")), ("12", {"replied_on": "2026-03-11"})], RULE, [], id="answered"),
        pytest.param([("03", {**waits("03", "12"), **SUPERIOR}), ("06", {})], RULE, seven_to_three(-7),
                     id="a superior's own day does not wait"),
        pytest.param([("03", {**waits("03", "12"), **SUPERIOR}), ("13", {})], RULE, [("escalation", 1, "leader")],
                     id="nor is its ladder"),
        pytest.param([("02", {}), ("18", waits("18"))], RULE, [("escalation", 1, "leader")], id="late before it began to wait"),
    ],
)  # fmt: skip
def test_who_is_told_while_a_case_waits(runs: Runs, rule: Row, raised: list[tuple[str, int, str]]) -> None:
    cases = lived(runs, deadlines=(rule,), escalation=(LADDER,)).cases
    notices = (*remind(cases, cases.now), *escalate(cases, cases.now))
    assert [(one.kind, one.level, one.slot) for one in notices] == raised


@pytest.mark.parametrize(
    ("runs", "light", "listed"),
    [
        ([("03", waits("03", "12")), ("11", {})], "waiting", {"waiting"}),
        ([("03", waits("03", "12")), ("13", {})], "on_time", set()),
        ([("03", waits("03", "12")), ("20", {})], "soon", {"soon"}),
        ([("03", waits("03")), ("31", {})], "waiting", {"waiting"}),
        ([("03", waits("03")), ("31", {"replied_on": "2026-03-20"})], "on_time", set()),
        ([("02", {}), ("18", waits("18"))], "late", {"late"}),
    ],
)
def test_a_digest_lists_what_waits_and_nothing_that_waits_as_late_or_soon(
    runs: Runs, light: str, listed: set[str]
) -> None:
    found = lived(runs, deadlines=(RULE,))
    office = next(one for one in found.ledger.policy.people if "office" in one.roles)
    lists = lists_for(found.cases, office)
    assert found.cell("light") == light
    assert {key for key in ("waiting", "soon", "late") if len(getattr(lists, key))} == listed


def test_a_forecast_of_a_day_after_the_wait_reminds_again() -> None:
    """`explain` asks the jobs what they would say on a later day."""
    cases = lived([("03", waits("03", "12"))]).cases
    assert [one.level for one in remind(cases, datetime(2026, 3, 26, 23))] == [
        -7,
        -3,
        -1,
        LAST_DAY_OF_WAIT,
        LAST_DAY_OF_WAIT,
    ]
