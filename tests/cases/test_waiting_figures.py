"""Days waited are apart from days taken, in time goes by the moved day, and what was owed keeps both (docs/design.md#p19.6)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pytest

from automation.cases.indicators import Value, indicators, stock_of, values
from automation.cases.owed import owed_in
from automation.steps.digests import everything
from automation.steps.filing import file_cases
from tests.support.waiting_case import RULE, Lived, Row, lived, waits

Runs = Sequence[tuple[str, Mapping[str, object]]]
BY_KEY = {one.key: one for one in indicators(5)}
MARCH = date(2026, 3, 1), date(2026, 3, 31)
DONE: Row = {"decision": "受理", "decided_on": "2026-03-02", "notified_on": "2026-03-02", "outcome": "支持"}
WAITED = [("03", {**DONE, "outcome": "", **waits("03", "08")}), ("20", {**DONE, "replied_on": "2026-03-20"})]
"""Due on the 17th and, with 5 days of waiting, on Monday the 23rd; answered on the 20th, after 18 days."""
NUMBER = ("LV-00001",)


def figures(found: Lived) -> dict[str, Value]:
    stock = stock_of(found.cases, everything)
    return {
        key: values(BY_KEY[key], stock, MARCH) for key in ("replied_in_time", "days_taken", "waited", "days_waited")
    }


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        pytest.param(WAITED, (Value(1, 1), Value(13, 1, NUMBER, 13), Value(1, 1, NUMBER), Value(5, 1, NUMBER, 5)), id="in time"),
        pytest.param([("20", {**DONE, "replied_on": "2026-03-20"})], (Value(0, 1, NUMBER), Value(18, 1, NUMBER, 18), Value(0, 0), Value(0, 0)),
                     id="late without a wait"),
        # Still waited for when it was answered: 9 of the 10 days that the wait was to last
        pytest.param([("03", {**DONE, "outcome": "", **waits("03", "13")}), ("12", {**DONE, "replied_on": "2026-03-12"})],
                     (Value(1, 1), Value(1, 1, NUMBER, 1), Value(1, 1, NUMBER), Value(9, 1, NUMBER, 9)), id="answered meanwhile"),
        pytest.param([("03", {**DONE, "outcome": "", **waits("03")}), ("10", {})],
                     (Value(0, 0), Value(0, 0), Value(1, 1, NUMBER), Value(0, 0)), id="not answered"),
    ],
)  # fmt: skip
def test_days_waited_are_no_days_taken(runs: Runs, expected: tuple[Value, ...]) -> None:
    assert tuple(figures(lived(runs)).values()) == expected


def test_what_was_owed_keeps_the_wait_whatever_becomes_of_the_rule() -> None:
    before = lived(WAITED)
    text = str(before.ledger.index["owed"][0])
    reply = owed_in(text)["reply"]
    assert (reply.due, reply.days_waited) == ("2026-03-23", 5)
    later = [*WAITED, ("30", {**waits("03", "04"), "waited_before": ""})]
    assert figures(lived(later)) == figures(before)
    filed = file_cases(before.cases, [0], {}, before.cases.now).ledger.filing
    sealed = owed_in(str(filed["owed"][-1]))["reply"]
    assert (sealed.due, sealed.kept, sealed.days_waited) == ("2026-03-23", "in_time", 5)


@pytest.mark.parametrize(("again", "due"), [({}, "2026-03-23"), (waits("03", "05"), "2026-03-19")])
def test_a_step_done_again_owes_what_it_owed_unless_its_wait_is_another(again: Row, due: str) -> None:
    """2 March + 15 + 2 days of waiting: the 19th."""
    found = lived([*WAITED, ("21", {"replied_on": ""}), ("22", {**again, "replied_on": "2026-03-20"})])
    assert owed_in(str(found.ledger.index["owed"][0]))["reply"].due == due


def test_a_rule_that_allows_less_later_changes_no_figure_of_what_is_done() -> None:
    before, less = lived(WAITED), ({**RULE, "wait_up_to": ""},)
    index = {key: str(before.ledger.index[key][0]) for key in ("owed", "waits")}
    cells = {"case_no": "LV-00001", "issued_on": "2026-01-01", "first_seen": "2026-03-02", **index}
    after = lived([("30", {**DONE, "replied_on": "2026-03-20", **waits("03", "08")})], deadlines=less, index=[cells])
    assert figures(after) == figures(before)
