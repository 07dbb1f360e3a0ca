"""What a row says of its wait, and what is remembered of it (docs/design.md#p19.3, docs/design.md#p19.5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from sheet_schema.vocabulary import Step
from tests.support.waiting_case import NO_WAIT, RULE, Lived, Row, lived, waits

NEVER: Row = {**RULE, "wait_up_to": ""}
FIVE: Row = {**RULE, "wait_up_to": 5}
SUPERIOR: Row = {"channel": "上级交办", "superior_ref": "7", "superior_due": "2026-03-20"}


def codes(found: Lived) -> set[str]:
    """What is wrong with the row, but for what has nothing to do with waiting."""
    return {one.code for one in found.ledger.problems if one.tab == "register" and one.code.startswith("wait")}


@pytest.mark.parametrize(
    ("runs", "rule", "said"),
    [
        pytest.param([("03", waits("03", "08"))], RULE, set(), id="as it should be"),
        pytest.param([("03", waits("10", "14"))], RULE, set(), id="planned ahead"),
        pytest.param([("03", {"waiting_since": "2026-03-03"})], RULE, {"wait_incomplete"}, id="for nothing"),
        pytest.param([("03", {"waiting_for": "材料"})], RULE, {"wait_incomplete"}, id="since never"),
        pytest.param([("03", {"waiting_until": "2026-03-08"})], RULE, {"wait_incomplete"}, id="only an end"),
        pytest.param([("08", waits("08", "03"))], RULE, {"wait_backwards"}, id="backwards"),
        pytest.param([("10", waits("03"))], RULE, {"wait_typed_late"}, id="typed late"),
        pytest.param([("10", waits("03")), ("12", waits("10"))], RULE, set(), id="typed late, and put right"),
        pytest.param([("02", {}), ("18", waits("18"))], RULE, {"wait_too_late"}, id="after the last day"),
        pytest.param([("02", {}), ("18", waits("10"))], RULE, {"wait_too_late", "wait_typed_late"}, id="typed after it"),
        pytest.param([("03", waits("03"))], NEVER, {"wait_not_allowed"}, id="no rule allows it"),
        pytest.param([("03", {**waits("03", "20"), **SUPERIOR})], RULE, {"wait_superior"}, id="a superior's own day"),
        pytest.param([("03", waits("03", "20"))], FIVE, {"wait_used_up"}, id="longer than it may"),
        pytest.param([("03", waits("03")), ("08", {})], FIVE, set(), id="just as long as it may"),
        pytest.param([("03", waits("03")), ("09", {})], FIVE, {"wait_used_up"}, id="a day longer"),
        pytest.param([("03", waits("03")), ("08", waits("08", "", "鉴定")), ("09", {"waited_before": "很久"})], RULE,
                     {"waited_before_unread"}, id="what was waited before is no days"),
        pytest.param([("03", waits("03")), ("08", waits("08", "", "鉴定")), ("09", {"waited_before": "2026.3.2 到 2026年3月8日 材料"})],
                     RULE, {"waited_before_unseen"}, id="more than was seen"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_wait_stands_in_its_row(
    runs: Sequence[tuple[str, Mapping[str, object]]], rule: Row, said: set[str]
) -> None:
    assert codes(lived(runs, deadlines=(rule,))) == said


TWO: Sequence[tuple[str, Mapping[str, object]]] = [
    ("03", waits("03", "08", "补正；材料")), ("10", waits("10", "12", "鉴定")), ("13", NO_WAIT), ("14", {}),
]  # fmt: skip


def test_what_another_wait_is_typed_over_is_kept_with_its_reason() -> None:
    """Each is added by the run that sees it gone, and by no other; in the cell as in History."""
    cells = [(one.cell("waited_before"), one.filled) for one in (lived(TWO[:count]) for count in (1, 2, 3, 4))]
    first, both = (
        "2026-03-03至2026-03-08：补正，材料",
        "2026-03-03至2026-03-08：补正，材料; 2026-03-10至2026-03-12：鉴定",
    )
    assert cells == [("", ()), (first, ("waited_before",)), (both, ("waited_before",)), (both, ())]


@pytest.mark.parametrize(
    ("typed", "due"),
    [
        ("", "2026-03-17"),  # 2 March + 15
        ("2026-03-03至2026-03-08：补正", "2026-03-23"),  # + 5: Sunday the 22nd moves on
        ("2026-03-10 to 2026-03-12", "2026-03-19"),  # + 2
        ("2026年3月4日到2026年3月6日\n2026-03-10 - 2026-03-11", "2026-03-20"),  # + 3
        ("2026-03-01 to 2026-03-31: all of it", "2026-03-24"),  # no more than was seen: + 7
    ],
)
def test_what_is_taken_out_counts_no_more_and_what_is_added_only_if_it_was_seen(typed: str, due: str) -> None:
    found = lived([*TWO, ("15", {"waited_before": typed})])
    assert str(found.cases.clocks[Step.REPLY].due[0]) == due


def test_a_due_date_that_moves_because_of_a_wait_is_no_news() -> None:
    """Unlike one that moves because of the calendar; and nobody was late before who was not."""
    found = lived([("03", waits("03")), ("04", {}), ("09", {})])
    assert (found.cell("due_on"), found.cell("light")) == ("2026-03-23", "waiting")
    assert str(found.ledger.index["due_moved_on"][0]) == "NaT"


def test_what_others_have_time_for_never_waits() -> None:
    """The row of Deadlines says so, and holds without it."""
    rule = {**RULE, "step": "申请复查期", "starts_from": "答复日期"}
    found = lived(
        [("03", {"replied_on": "2026-03-03", "outcome": "支持", **waits("03", "08")})], deadlines=(RULE, rule)
    )
    assert str(found.cases.clocks[Step.OBJECTION_PERIOD].due[0]) == "2026-03-18"
    assert [one.code for one in found.ledger.problems if one.tab == "deadlines"] == ["never_waits"]
