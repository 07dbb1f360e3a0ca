"""Only blank cells are filled in for the office, and only with what is certain."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from automation.ledger.model import Filled, Outcome
from automation.steps.intake import fill_in
from automation.steps.numbering import number
from tests.support.ledger_in_memory import NOW, ledger, line

Row = dict[str, object]
EMPTY_BEFORE: Row = {"case_no": "LV-00001", "issued_on": "2026-03-17"}
"""The row in Index of a line that no run has seen with content."""
SEEN: Row = {**EMPTY_BEFORE, "first_seen": "2026-03-17"}
TODAY: Sequence[Row] = ({"run": "1", "at": "2026-03-18T07:00:00", "command": "run"},)
YESTERDAY: Sequence[Row] = ({"run": "1", "at": "2026-03-17T20:00:00", "command": "run"},)
VALIDATED: Sequence[Row] = ({"run": "1", "at": "2026-03-18T07:00:00", "command": "validate"},)
ASSIGNED: Sequence[Row] = (*YESTERDAY, {"run": "2", "at": "2026-03-18T07:00:00", "command": "assign"})


def filled(
    cells: Row,
    index: Row = SEEN,
    runs: Sequence[Row] = TODAY,
    duty: Sequence[Row] = (),
    **tabs: Sequence[Row],
) -> Outcome:
    return fill_in(ledger(register=[line(**cells)], index=[index], runs=runs, duty=duty, **tabs), NOW)


def value(outcome: Outcome, column: str) -> str:
    return str(outcome.ledger.register[column][0])


# "`received_on` is filled with today if the line was seen empty earlier the same day; otherwise the row asks which day"
# (docs/design.md#p2.15)
@pytest.mark.parametrize(
    ("received_on", "index", "runs", "expected"),
    [
        pytest.param("", EMPTY_BEFORE, TODAY, "2026-03-18", id="seen-empty-today"),
        pytest.param("", EMPTY_BEFORE, VALIDATED, "2026-03-18", id="seen-empty-by-validate"),
        pytest.param("", EMPTY_BEFORE, YESTERDAY, "NaT", id="no-run-yet-today"),
        pytest.param("", EMPTY_BEFORE, (), "NaT", id="no-run-ever"),
        pytest.param("", EMPTY_BEFORE, ASSIGNED, "NaT", id="assign-does-not-note-what-it-saw"),
        pytest.param("", {**EMPTY_BEFORE, "issued_on": "2026-03-18"}, TODAY, "2026-03-18", id="numbered-today"),
        pytest.param("", SEEN, TODAY, "NaT", id="seen-filled-yesterday"),
        pytest.param("", {**SEEN, "first_seen": "2026-03-18"}, TODAY, "NaT", id="seen-filled-today"),
        pytest.param("2026-03-10", EMPTY_BEFORE, TODAY, "2026-03-10", id="typed"),
        pytest.param("三月初", EMPTY_BEFORE, TODAY, "NaT", id="typed-unreadably"),
    ],
)
def test_received_on(received_on: str, index: Row, runs: Sequence[Row], expected: str) -> None:
    assert value(filled({"received_on": received_on}, index, runs), "received_on") == expected


def test_an_inserted_row_without_a_number_was_never_seen_empty() -> None:
    before = ledger(register=[line("", received_on=""), line("LV-00001")], index=[SEEN], runs=TODAY)
    outcome = fill_in(number(before, NOW).ledger, NOW)
    assert (outcome.ledger.register["case_no"][0], value(outcome, "received_on")) == ("LV-00002", "NaT")


@pytest.mark.parametrize(
    "register",
    [
        pytest.param([{"case_no": "LV-00001"}], id="empty-line"),
        pytest.param([{"case_no": "LV-00001", "important": False}], id="unticked-line"),
        pytest.param([line(received_on=""), line(received_on="")], id="copied-number"),
        pytest.param([line("LV-00077", received_on="")], id="foreign-number"),
    ],
)
def test_only_cases_are_filled(register: Sequence[Row]) -> None:
    outcome = fill_in(ledger(register=register, index=[EMPTY_BEFORE], runs=TODAY), NOW)
    assert outcome.filled == ()


def turn(date: str, person: str, until: str = "") -> Row:
    return {"date": date, "until": until, "person": person}


# `received_by` is whoever was on duty on the day received, if that person may know of the case.
@pytest.mark.parametrize(
    ("cells", "duty", "expected"),
    [
        pytest.param({}, [turn("2026-03-02", "李敏")], "李敏", id="on-duty-that-day"),
        pytest.param({}, [turn("2026-03-03", "李敏")], "", id="on-duty-another-day"),
        pytest.param({}, [turn("2026-03-01", "李敏")], "", id="on-duty-the-day-before"),
        pytest.param({}, [turn("2026-02-26", "李敏", "2026-03-02")], "李敏", id="last-day-of-a-turn"),
        pytest.param({}, [turn("2026-03-02", "李敏", "2026-03-08")], "李敏", id="first-day-of-a-turn"),
        pytest.param({}, [turn("2026-03-02", "李敏"), turn("2026-03-02", "王芳")], "李敏", id="upper-row-first"),
        pytest.param({}, [turn("2026-03-02", "李敏；王芳")], "", id="two-in-one-row"),
        pytest.param({}, [turn("2026-03-02", "李敏（上午），王芳（下午）")], "", id="two-by-time-of-day"),
        pytest.param({}, [turn("2026-03-01", "王芳"), turn("2026-03-02", "李敏")], "李敏", id="among-others"),
        pytest.param({}, [turn("2026-03-02", "保安老张")], "", id="somebody-not-in-people"),
        pytest.param({}, [], "", id="no-duty"),
        pytest.param({"received_by": "赵刚"}, [turn("2026-03-02", "李敏")], "赵刚", id="typed"),
        pytest.param({"received_on": ""}, [turn("2026-03-02", "李敏")], "", id="day-unknown"),
        pytest.param({"about": "李敏"}, [turn("2026-03-02", "李敏")], "", id="complained-about"),
        pytest.param({"about": "王芳"}, [turn("2026-03-02", "李敏")], "李敏", id="another-complained-about"),
    ],
)
def test_received_by(cells: Row, duty: Sequence[Row], expected: str) -> None:
    assert value(filled({"received_by": "", **cells}, duty=duty), "received_by") == expected


def test_the_day_just_filled_in_finds_the_person_on_duty() -> None:
    outcome = filled({"received_on": "", "received_by": ""}, EMPTY_BEFORE, duty=[turn("2026-03-18", "李敏")])
    assert (value(outcome, "received_on"), value(outcome, "received_by")) == ("2026-03-18", "李敏")


ASKED: Row = {**SEEN, "problem_codes": "missing which_day_decided"}


# `decided_on` is today if a run looked at the row today and did not ask for the day then.
@pytest.mark.parametrize(
    ("cells", "index", "runs", "expected"),
    [
        pytest.param({"decision": "受理"}, SEEN, TODAY, "2026-03-18", id="typed-since-todays-run"),
        pytest.param({"decision": "作废"}, SEEN, TODAY, "2026-03-18", id="any-decision"),
        pytest.param({"decision": "受理"}, SEEN, YESTERDAY, "NaT", id="no-run-yet-today"),
        pytest.param({"decision": "受理"}, SEEN, ASSIGNED, "NaT", id="assign-does-not-note-what-it-saw"),
        pytest.param({"decision": "受理"}, ASKED, TODAY, "NaT", id="already-asked-for"),
        pytest.param(
            {"decision": "受理"},
            {**SEEN, "problem_codes": "missing"},
            TODAY,
            "2026-03-18",
            id="asked-for-something-else",
        ),
        pytest.param(
            {"decision": "受理", "received_on": ""}, EMPTY_BEFORE, TODAY, "2026-03-18", id="line-empty-before"
        ),
        pytest.param(
            {"decision": "受理", "received_on": "2026-03-18"}, EMPTY_BEFORE, TODAY, "2026-03-18", id="received-today"
        ),
        pytest.param(
            {"decision": "受理", "received_on": "2026-03-10"}, EMPTY_BEFORE, TODAY, "NaT", id="an-old-case-copied-in"
        ),
        pytest.param({"decision": "受理", "decided_on": "2026-03-04"}, SEEN, TODAY, "2026-03-04", id="typed"),
        pytest.param({"decision": "受理", "decided_on": "昨天"}, SEEN, TODAY, "NaT", id="typed-unreadably"),
        pytest.param({}, SEEN, TODAY, "NaT", id="no-decision"),
        pytest.param({"decision": "准了"}, SEEN, TODAY, "NaT", id="decision-unreadable"),
    ],
)
def test_decided_on(cells: Row, index: Row, runs: Sequence[Row], expected: str) -> None:
    assert value(filled(cells, index, runs), "decided_on") == expected


EXPLAINED: Row = {"decision": "解释说明", "decided_on": "2026-03-04", "reason": "已当面说明"}


# Whoever had it explained on a visit or by telephone was told at once.
@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        pytest.param(EXPLAINED, "2026-03-04", id="visit"),
        pytest.param({**EXPLAINED, "channel": "电话"}, "2026-03-04", id="phone"),
        pytest.param({**EXPLAINED, "channel": "来信"}, "NaT", id="letter"),
        pytest.param({**EXPLAINED, "channel": "网络"}, "NaT", id="online"),
        pytest.param({**EXPLAINED, "decision": "不予受理"}, "NaT", id="declined"),
        pytest.param({**EXPLAINED, "decision": "受理"}, "NaT", id="accepted"),
        pytest.param({**EXPLAINED, "notified_on": "2026-03-06"}, "2026-03-06", id="typed"),
        pytest.param({**EXPLAINED, "notified_on": "上周"}, "NaT", id="typed-unreadably"),
        pytest.param({**EXPLAINED, "decided_on": ""}, "2026-03-18", id="day-just-filled-in"),
        pytest.param({**EXPLAINED, "decided_on": "昨天"}, "NaT", id="day-unreadable"),
    ],
)
def test_notified_on(cells: Row, expected: str) -> None:
    assert value(filled(cells), "notified_on") == expected


def test_each_filling_gives_its_reason_and_stands_as_if_typed() -> None:
    register = [
        line("LV-00002"),
        line(received_on="", received_by="", decision="解释说明", reason="已当面说明"),
    ]
    index = [{**SEEN, "case_no": "LV-00002"}, EMPTY_BEFORE]
    before = ledger(register=register, index=index, runs=TODAY, duty=[turn("2026-03-18", "李敏")])

    outcome = fill_in(before, NOW)

    assert outcome.filled == (
        Filled("received_on", (1,), ("该行今日早些时候还是空行",)),
        Filled("received_by", (1,), ("当日值班",)),
        Filled("decided_on", (1,), ("受理意见为今日录入",)),
        Filled("notified_on", (1,), ("当场解释说明",)),
    )
    read = outcome.ledger.register.read
    assert [str(read[fill.column][1]) for fill in outcome.filled] == [
        "2026-03-18",
        "李敏",
        "2026-03-18",
        "2026-03-18",
    ]
    assert fill_in(outcome.ledger, NOW).filled == ()
