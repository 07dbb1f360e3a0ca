"""An extension is judged when a run first sees it: a slip and its correction end where they began (docs/design.md#p3.9).

The case of all tests is accepted on 4 March 2026. Its reply is due on 3 April, its legal limit on 4 May.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

import numpy as np
import pytest

from automation.cases.cases import cases_of
from automation.ledger.model import Ledger
from automation.steps.escalation import escalate
from automation.steps.reminders import remind
from automation.steps.validation import derive
from sheet_schema import INDEX
from sheet_schema.vocabulary import Flag, Step
from tests.support.ledger_in_memory import PEOPLE, ledger, line, preset_rows
from tests.support.sample import every

Row = dict[str, object]
CASE: Row = {
    "decision": "受理", "decided_on": "2026-03-04", "notified_on": "2026-03-04", "department": "教务处",
    "extended_to": "2026-05-20", "extension_by": "赵刚", "extension_reason": "需要外出核实",
}  # fmt: skip
SEEN: Row = {"case_no": "LV-00001", "issued_on": "2026-03-01", "first_seen": "2026-03-02"}
FIRST_DAY = datetime(2026, 3, 18, 9)
SUMMARY = ("status", "step", "due_on", "light", "flags", "problems")


def later(days: int) -> datetime:
    return FIRST_DAY + timedelta(days=days)


_lived: dict[str, Ledger] = {}
"""What was lived through already, by what it was: most lives begin alike, and no test changes one."""


def lived(runs: Sequence[tuple[datetime, Mapping[str, object]]], **tabs: object) -> Ledger:
    """The ledger after these runs, each with cells of the case that differ from `CASE`, or whole tabs by their keys."""
    told = repr((runs, tabs))
    if told not in _lived:
        *earlier, (now, cells) = runs
        index = _remembered(lived(earlier, **tabs)) if earlier else SEEN
        there = {key: rows for key, rows in cells.items() if isinstance(rows, tuple)}
        case = {**CASE, **{key: cell for key, cell in cells.items() if key not in there}}
        _lived[told] = derive(ledger(register=[line(**case)], index=[index], **{**tabs, **there}), now).ledger  # type: ignore[arg-type]
    return _lived[told]


def _remembered(after: Ledger) -> Row:
    """The row of Index, as the next run reads it."""
    return {key: "" if str(after.index[key][0]) in ("NaT", "None") else _typed(after, key) for key in INDEX.keys}


def _typed(after: Ledger, key: str) -> object:
    cell = after.index[key][0]
    return str(cell) if isinstance(cell, np.datetime64) else cell


def state(after: Ledger, now: datetime) -> dict[str, str]:
    """All that a person, and the next run, can see of the extension."""
    clocks = cases_of(after, now).clocks
    shown = {key: str(after.register[key][0]) for key in SUMMARY}
    remembered = {key: str(after.index[key][0]) for key in ("extended_to", "extension_seen", "extension_counts")}
    return {**shown, **remembered, **{step.key: str(clock.due[0]) for step, clock in clocks.items()}}


def _steps(found: Mapping[str, str]) -> str:
    """What Index says of the steps, without the day and the approver that it remembers beside them."""
    words = found["extension_counts"].split("; ")
    return "; ".join(word for word in words if not word.startswith(("by ", "whole ", "no notice", "notice ")))


def without(tab: str, **cells: object) -> tuple[Row, ...]:
    """The rows of an administrators' tab, with these cells in each."""
    rows = PEOPLE if tab == "people" else preset_rows(tab, "zh")
    return tuple({**row, **{key: cell for key, cell in cells.items() if key in row}} for row in rows)


SLIPS: Mapping[str, Mapping[str, object]] = {
    "kind mistyped": {"kind": "建议"},
    "kind unreadable": {"kind": "投拆"},
    "kind blank": {"kind": ""},
    "an enquiry": {"kind": "咨询"},
    "channel": {"channel": "领导交办"},
    "passed on with a day": {"channel": "上级交办", "superior_ref": "7", "superior_due": "2026-03-25"},
    "decision": {"decision": "不予受理", "reason": "x"},
    "decision blank": {"decision": ""},
    "void": {"decision": "作废", "reason": "x"},
    "decided earlier": {"decided_on": "2026-03-02"},
    "decided later": {"decided_on": "2026-03-17"},
    "received later": {"received_on": "2026-03-04"},
    "replied": {"replied_on": "2026-03-17", "outcome": "支持"},
    "extension withdrawn": {"extended_to": ""},
    "another day": {"extended_to": "2026-05-02"},
    "a day unreadable": {"extended_to": "下个月"},
    "approver blank": {"extension_by": ""},
    "approver misspelt": {"extension_by": "赵钢钢"},
    "approved by a handler": {"extension_by": "王芳"},
    "no reason": {"extension_reason": ""},
    "all three blank": {"extended_to": "", "extension_by": "", "extension_reason": ""},
    "told": {"told_of_extension_on": "2026-03-18"},
    "no rule allows it": {"deadlines": without("deadlines", extend_up_to="")},
    "rules for less": {"deadlines": without("deadlines", amount=3)},
    "no rules": {"deadlines": ()},
    "nobody may approve it": {"people": without("people", role="经办人")},
    "roles": {"settings": ({"name": "延期批准人", "value": "校长"},)},
    "a holiday": {"calendar": ({"date": "2026-03-19", "until": "2026-06-30", "kind": "放假", "name": "x"},)},
}


DAYS = [(0, 0, 0), (1, 2, 3), (0, 1, 1), (0, 30, 31)]
"""After how many days the extension was seen again, the slip made, and put right."""


@pytest.mark.parametrize("slip", SLIPS.values(), ids=[*SLIPS])
@pytest.mark.parametrize("days", every(2, DAYS, first=1), ids=str)
def test_a_slip_and_its_correction_end_where_they_began(slip: Mapping[str, object], days: tuple[int, int, int]) -> None:
    """Also where the correction comes only after the day on which the reply was due."""
    began, slipped, mended = (later(day) for day in days)
    undisturbed = lived([(FIRST_DAY, {}), (began, {}), (mended, {})])
    disturbed = lived([(FIRST_DAY, {}), (began, {}), (slipped, slip), (mended, {})])
    assert state(disturbed, mended) == state(undisturbed, mended)
    assert state(disturbed, mended)["reply"] == state(disturbed, mended)["legal_limit"] == "2026-05-20"


REFUSED: Mapping[str, Mapping[str, object]] = {
    "too long": {"extended_to": "2026-06-20"},
    "no gain": {"extended_to": "2026-04-02"},
    "by a handler": {"extension_by": "王芳"},
    "by nobody": {"extension_by": "孙平"},
}


@pytest.mark.parametrize("refused", REFUSED.values(), ids=[*REFUSED])
@pytest.mark.parametrize("slip", [one for one in SLIPS.values() if not {"extended_to", "extension_by"} & one.keys()])
def test_what_was_refused_stays_so_after_a_slip(refused: Mapping[str, object], slip: Mapping[str, object]) -> None:
    undisturbed = lived([(FIRST_DAY, refused), (later(3), refused)])
    disturbed = lived([(FIRST_DAY, refused), (later(2), {**refused, **slip}), (later(3), refused)])
    assert state(disturbed, later(3)) == state(undisturbed, later(3))
    assert state(disturbed, later(3))["reply"] == "2026-04-03"


@pytest.mark.parametrize("slip", [{"kind": "咨询"}, {"decision": "作废", "reason": "x"}, {"kind": "投拆"}])
def test_an_extension_that_was_refused_for_a_slip_counts_once_that_is_put_right(slip: Mapping[str, object]) -> None:
    """Even on a day on which it would be too late to enter it: it was entered in time."""
    found = state(lived([(FIRST_DAY, slip), (later(30), {})]), later(30))
    assert (found["reply"], found["legal_limit"], found["extension_seen"]) == ("2026-05-20", "2026-05-20", "2026-03-18")


@pytest.mark.parametrize(
    "change",
    [
        {"deadlines": without("deadlines", extend_up_to="")},
        {"deadlines": without("deadlines", extend_up_to=1)},
        {"people": without("people", role="经办人")},
        {"people": PEOPLE[:3]},
        {"settings": ({"name": "延期批准人", "value": "校长"},)},
        {"extension_by": "王芳"},
    ],
)
def test_what_once_counted_counts_whatever_else_changes(change: Mapping[str, object]) -> None:
    found = state(lived([(FIRST_DAY, {}), (later(2), change), (later(40), change)]), later(40))
    assert (found["reply"], _steps(found)) == ("2026-05-20", "reply; legal_limit")


def test_the_row_says_that_a_cell_of_an_extension_that_counts_has_changed() -> None:
    after = lived([(FIRST_DAY, {}), (later(2), {"extension_by": "王芳"})])
    assert "延期仍按原来的计算" in str(after.register["problems"][0])


@pytest.mark.parametrize(
    "change",
    [
        {"people": without("people", role="经办人")},
        {"people": PEOPLE[:1]},
        {"settings": ({"name": "延期批准人", "value": "校长"},)},
    ],
)
def test_the_row_says_nothing_of_an_extension_that_counts_if_its_cells_are_as_they_were(
    change: Mapping[str, object],
) -> None:
    """A new head in September, a Setting: nobody can put right what nobody changed."""
    after = lived([(FIRST_DAY, {}), (later(2), change), (later(3), change)])
    assert state(after, later(3))["reply"] == "2026-05-20"
    assert not {"extension_by", "extended_to"} & {problem.column for problem in after.problems}


@pytest.mark.parametrize(
    "wrong", [{"extension_by": ""}, {"extension_by": "王芳"}, {"extension_by": "赵钢钢"}, {"extension_reason": ""}]
)
@pytest.mark.parametrize("mended", [1, 10, 20, 40])
def test_a_day_entered_in_time_is_in_time_whatever_stood_beside_it(wrong: Row, mended: int) -> None:
    """Whoever approved it, or why, was put right later; if only after the old day of 3 April, the row says so."""
    after = lived([(FIRST_DAY, wrong), (later(mended), {}), (later(mended + 1), {})])
    found = state(after, later(mended + 1))
    assert (found["reply"], found["legal_limit"], _steps(found)) == ("2026-05-20", "2026-05-20", "reply; legal_limit")
    assert ("才填写完整" in found["problems"]) is (later(mended).date() >= date(2026, 4, 3))


def test_an_extension_approved_later_counts_for_good_from_that_day() -> None:
    """And whoever asked is told from that day on, since it did not count before."""
    other = {"kind": "建议"}
    whole = lived(
        [(FIRST_DAY, {"extension_by": ""}), (later(5), {}), (later(6), other), (later(7), {"extension_by": "王芳"})]
    )
    found = state(whole, later(7))
    assert (found["reply"], found["tell_extension"]) == ("2026-05-20", "2026-03-30")


def test_a_withdrawn_extension_makes_room_for_another() -> None:
    other = {"extended_to": "2026-05-25"}
    found = state(lived([(FIRST_DAY, {}), (later(2), {"extended_to": ""}), (later(5), other)]), later(5))
    assert (found["reply"], found["extended_to"], found["extension_seen"]) == ("2026-05-25", "2026-05-25", "2026-03-23")


def test_an_extension_of_an_earlier_version_still_counts() -> None:
    """That one remembered no steps, allowed any approver, and counted the 30 days from a day that had moved on."""
    old = {**SEEN, "extended_to": "2026-06-03", "extension_seen": "2026-03-10"}
    case = line(**{**CASE, "extended_to": "2026-06-03", "extension_by": "王芳"})
    after = derive(ledger(register=[case], index=[old]), FIRST_DAY).ledger
    found = state(after, FIRST_DAY)
    assert (found["reply"], _steps(found)) == ("2026-06-03", "reply; legal_limit")


@pytest.mark.parametrize(
    ("cells", "now", "reply", "limit", "flagged", "said"),
    [
        ({}, 0, "2026-05-20", "2026-05-20", True, ""),
        ({"extended_to": "2026-04-20"}, 0, "2026-04-20", "2026-05-04", True, ""),
        # entered after the reply was due, before the legal limit
        ({}, 20, "2026-04-03", "2026-05-20", True, "延期对“答复”无效：填写时已到或已过期限2026-04-03。按原期限处理。"),
        ({"extended_to": "2026-04-20"}, 20, "2026-04-03", "2026-05-04", False, "延期对“答复”无效"),
        ({"extended_to": "2026-06-03"}, 0, "2026-04-03", "2026-05-04", False, "延期对“答复和法定时限”无效：超过规定允许的最迟日期2026-06-02"),
        ({"kind": "建议", "extended_to": "2026-05-20"}, 0, "2026-04-03", "NaT", False, "延期对“答复”无效：超过规定允许的最迟日期2026-05-04"),
        (
            {"channel": "上级交办", "superior_ref": "7", "superior_due": "2026-04-01"},
            0, "2026-04-01", "2026-05-20", True, "延期对“答复”无效：交办时限为2026-04-01。",
        ),
        (
            {"channel": "上级交办", "superior_ref": "7", "superior_due": "2026-04-01", "kind": "建议", "extended_to": "2026-04-20"},
            0, "2026-04-01", "NaT", False, "延期对“答复”无效：交办时限为2026-04-01。",
        ),
    ],
)  # fmt: skip
def test_the_row_says_for_which_step_it_does_not_count_and_why(
    cells: Row, now: int, reply: str, limit: str, flagged: bool, said: str
) -> None:
    """And shows it as extended only where a day has moved."""
    found = state(lived([(later(now), cells)]), later(now))
    assert (found["reply"], found["legal_limit"]) == (reply, limit)
    assert (Flag.EXTENDED.label("zh") in found["flags"]) is flagged
    assert said in found["problems"] if said else "延期" not in found["problems"]


@pytest.mark.parametrize(
    ("value", "by", "counts"),
    [
        (None, "赵刚", True), (None, "王芳", False), (None, "孙平", False), (None, "李敏", False), (None, "王老师", False),
        (None, "赵刚、李敏", True), (None, "赵刚、孙平", True), (None, "赵钢", False), (None, "校长办公会", True), (None, "教务处", False), (None, "?", False),
        ("", "王芳", True), ("", "孙平", False), ("", "王老师", False),
        ("经办人", "王芳", True), ("经办人", "赵刚", False), ("handler、分管领导", "赵刚", True), ("head of department; handler", "王强", True),
        ("经理", "赵刚", True),
        # how it was approved stands beside the name
        (None, "赵刚（口头）", True), (None, "经赵刚同意", True), (None, "已经赵刚批准", True), (None, "赵校长同意", True), (None, "赵刚已口头同意", True),
        (None, "agreed by 赵刚", True), (None, "赵刚 (verbally)", True), (None, "王芳同意", False), (None, "经孙平同意", False), (None, "同意", False),
        # it was not, or not yet, or by another
        (None, "赵刚不同意", False), (None, "未经赵刚同意", False), (None, "待赵刚批准", False), (None, "not agreed by 赵刚", False), (None, "王芳 for 赵刚", False),
        (None, "赵刚？", False),
        # several, who all may or not
        (None, "校领导", True), (None, "SLT", True), (None, "中层干部", False),
    ],
)  # fmt: skip
def test_who_may_approve(value: str | None, by: str, counts: bool) -> None:
    """Somebody in People with a role that Settings names; if it names none, anybody in People. What cannot be read counts
    as the default."""
    settings = () if value is None else ({"name": "Extensions approved by", "value": value},)
    found = state(lived([(FIRST_DAY, {"extension_by": by})], settings=settings), FIRST_DAY)
    assert found["reply"] == ("2026-05-20" if counts else "2026-04-03")
    assert ("批准人" in found["problems"]) is not counts
    assert found["problems"].count(f"“{by}”") <= 1


@pytest.mark.parametrize(
    ("cells", "now", "due", "is_open"),
    [
        ({}, 0, "2026-03-25", True),
        ({}, 30, "2026-03-25", True),
        ({"told_of_extension_on": "2026-03-19"}, 2, "2026-03-25", False),
        # nothing to tell where it does not count, nobody to tell, or nothing left to tell
        ({"extended_to": "2026-06-20"}, 0, "NaT", False),
        ({"extended_to": ""}, 0, "NaT", False),
        ({"extension_by": "王芳"}, 0, "NaT", False),
        ({"petitioner": "匿名", "contact": ""}, 0, "NaT", False),
        ({"contact": "无"}, 0, "NaT", False),
        ({"petitioner": "匿名"}, 0, "2026-03-25", True),
        ({"replied_on": "2026-03-20", "outcome": "支持"}, 2, "NaT", False),
        ({"replied_on": "2026-03-20", "outcome": "支持", "told_of_extension_on": "2026-03-19"}, 2, "2026-03-25", False),
        ({"decision": "作废", "reason": "x"}, 0, "NaT", False),
    ],
)
def test_whoever_asked_is_told_of_an_extension_that_counts(cells: Row, now: int, due: str, is_open: bool) -> None:
    """信访工作条例 art. 34: 并告知信访人延期理由. Counted from the day on which the extension was first seen."""
    clock = cases_of(lived([(FIRST_DAY, cells), (later(now), cells)]), later(now)).clocks[Step.TELL_EXTENSION]
    assert (str(clock.due[0]), bool(clock.open[0])) == (due, is_open)


def _without_notice() -> tuple[Row, ...]:
    """The rows of Deadlines as they are in a ledger that was made before the step was."""
    return tuple(row for row in preset_rows("deadlines", "zh") if Step.of(str(row["step"])) is not Step.TELL_EXTENSION)


@pytest.mark.parametrize("first_seen", ["by an earlier version", "without the step"])
def test_a_row_for_the_notice_asks_for_it_only_from_the_day_on_which_it_was_added(first_seen: str) -> None:
    """Else every open extension of an older ledger would be late at once. Once asked, a slip in that row changes nothing."""
    before: Row = {"deadlines": _without_notice()}
    index = dict(SEEN) | (
        {"extended_to": "2026-05-20", "extension_seen": "2026-03-10"} if "version" in first_seen else {}
    )
    runs = [
        (FIRST_DAY, before),
        (later(12), before),
        (later(13), {}),
        (later(14), {}),
        (later(15), before),
        (later(16), {}),
    ]
    for now, cells in runs:
        after = derive(ledger(register=[line(**CASE)], index=[index], **cells), now).ledger  # type: ignore[arg-type]
        index = {key: "" if str(after.index[key][0]) in ("NaT", "None") else _typed(after, key) for key in INDEX.keys}
        due = str(cases_of(after, now).clocks[Step.TELL_EXTENSION].due[0])
        assert due == ("NaT" if cells else "2026-04-07")  # 5 workdays after Tuesday 31 March


@pytest.mark.parametrize(
    ("days", "cells", "kinds"),
    [
        (5, {}, [("reminder", "office")]),  # on Monday 23 March, two workdays before
        (8, {}, [("escalation", "office")]),
        (13, {}, [("escalation", "office"), ("escalation", "leader")]),
        (13, {"told_of_extension_on": "2026-03-20"}, []),
        (13, {"contact": "无"}, []),
    ],
)
def test_the_office_is_reminded_to_tell_whoever_asked(days: int, cells: Row, kinds: list[tuple[str, str]]) -> None:
    after = lived([(FIRST_DAY, cells), (later(days), cells)])
    cases = cases_of(after, later(days))
    found = {
        (str(notice.kind), str(notice.slot))
        for notice in (*remind(cases, later(days)), *escalate(cases, later(days)))
        if notice.step == Step.TELL_EXTENSION
    }
    assert found == set(kinds)
