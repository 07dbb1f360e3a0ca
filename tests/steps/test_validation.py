"""Status, closing day, light, flags and Index. "Status is derived, never typed. First match" (docs/design.md#p2.10)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from automation.ledger.model import Ledger
from automation.steps.validation import derive, prepare
from tests.support.ledger_in_memory import NOW, ledger, line

SEEN = {"case_no": "LV-00001", "issued_on": "2026-03-01", "first_seen": "2026-03-02"}


def derived(now: datetime = NOW, index: dict[str, object] | None = None, **cells: object) -> Ledger:
    """A ledger with one case after `derive`."""
    return derive(ledger(register=[line(**cells)], index=[index or SEEN]), now).ledger


def value(after: Ledger, key: str) -> str:
    return str(after.register[key][0])


ACCEPTED = {
    "decision": "受理",
    "decided_on": "2026-03-04",
    "notified_on": "2026-03-04",
    "department": "教务处",
}
# a suggestion has no objection period
REPLIED = {**ACCEPTED, "kind": "建议", "outcome": "采纳", "replied_on": "2026-03-10"}
COMPLAINT = {**ACCEPTED, "outcome": "支持", "replied_on": "2026-03-10"}
SUPERIOR = {"channel": "上级交办", "superior_ref": "教信7号", "superior_due": "2026-04-20"}
DECLINED = {"decision": "不予受理", "decided_on": "2026-03-04", "reason": "不属本校职权"}


@pytest.mark.parametrize(
    ("cells", "status", "closed_on"),
    [
        ({}, "registered", "NaT"),
        # 1. a required cell is missing and there is no decision yet
        ({"summary": ""}, "incomplete", "NaT"),
        ({"contact": ""}, "incomplete", "NaT"),
        ({"contact": "", "petitioner": "匿名"}, "registered", "NaT"),
        ({"kind": "检举控告", "about": ""}, "incomplete", "NaT"),
        ({"kind": "检举控告", "about": "-"}, "registered", "NaT"),
        ({"channel": "上级交办"}, "incomplete", "NaT"),
        ({**ACCEPTED, "summary": ""}, "in_hand", "NaT"),
        ({"department": "教务处"}, "in_hand", "NaT"),
        ({"handler": "王芳"}, "in_hand", "NaT"),
        # 2. review_on set, review_done_on blank
        ({**REPLIED, "review_on": "2026-03-12"}, "in_review", "NaT"),
        # 3. Void with reason
        ({"decision": "作废", "decided_on": "2026-03-04", "reason": "重复录入"}, "closed", "2026-03-04"),
        ({"decision": "作废", "decided_on": "2026-03-04"}, "registered", "NaT"),
        # Decline / Refer / Explained with reason and notice, unless waived
        ({**DECLINED, "notified_on": "2026-03-06"}, "closed", "2026-03-06"),
        (DECLINED, "registered", "NaT"),
        ({**DECLINED, "reason": "", "notified_on": "2026-03-06"}, "registered", "NaT"),
        ({**DECLINED, "decision": "转送", "notified_on": "2026-03-06"}, "closed", "2026-03-06"),
        ({**DECLINED, "decision": "解释说明", "notified_on": "2026-03-06"}, "closed", "2026-03-06"),
        ({**DECLINED, "petitioner": "匿名", "contact": ""}, "closed", "2026-03-04"),
        # outcome and replied_on, and the objection period over
        (REPLIED, "closed", "2026-03-10"),
        ({**REPLIED, "outcome": ""}, "in_hand", "NaT"),
        ({**REPLIED, "review_on": "2026-03-11", "review_done_on": "2026-03-17"}, "closed", "2026-03-17"),
        # a complaint: 30 days for asking for a review, to 9 April
        (COMPLAINT, "replied", "NaT"),
        (
            {
                **COMPLAINT,
                "received_on": "2026-01-05",
                "decided_on": "2026-01-07",
                "notified_on": "2026-01-07",
                "replied_on": "2026-01-12",
            },
            "closed",
            "2026-02-11",
        ),
        # answered as well: no period for objections is waited for
        ({**COMPLAINT, **DECLINED, "notified_on": "2026-03-06"}, "closed", "2026-03-10"),
        ({**COMPLAINT, "decision": "作废", "reason": "重复录入"}, "closed", "2026-03-10"),
        # fed_back_on for Superior and Leader
        ({**REPLIED, **SUPERIOR}, "replied", "NaT"),
        ({**REPLIED, **SUPERIOR, "fed_back_on": "2026-03-12"}, "closed", "2026-03-12"),
        ({**DECLINED, **SUPERIOR, "notified_on": "2026-03-06"}, "registered", "NaT"),
        ({**DECLINED, **SUPERIOR, "notified_on": "2026-03-06", "fed_back_on": "2026-03-09"}, "closed", "2026-03-09"),
    ],
)
def test_status_and_closing_day(cells: dict[str, object], status: str, closed_on: str) -> None:
    after = derived(**cells)
    assert (value(after, "status"), value(after, "closed_on")) == (status, closed_on)


@pytest.mark.parametrize(
    ("day", "light"),
    [
        # Decide is due on Mon 9 March, with reminders 2 and 1 workdays before: Soon from Thu 5 March
        ("2026-03-04", "on_time"),
        ("2026-03-05", "soon"),
        ("2026-03-09", "soon"),
        ("2026-03-10", "late"),
    ],
)
def test_the_light(day: str, light: str) -> None:
    """ "Late once the day is past, Soon from its largest remind_before" (docs/design.md#p3.11)."""
    assert value(derived(datetime.fromisoformat(day)), "light") == light


def test_a_closed_case_has_no_light_step_or_date() -> None:
    after = derived(**REPLIED)
    assert [value(after, key) for key in ("light", "step", "due_on")] == ["", "", "NaT"]


@pytest.mark.parametrize(
    ("cells", "step", "due_on"),
    [
        ({}, "decide", "2026-03-09"),
        ({"decision": "受理", "decided_on": "2026-03-04"}, "notify", "2026-03-17"),
        (ACCEPTED, "reply", "2026-04-03"),
        ({**ACCEPTED, **SUPERIOR}, "feedback", "2026-04-01"),
    ],
)
def test_the_earliest_open_deadline(cells: dict[str, object], step: str, due_on: str) -> None:
    after = derived(**cells)
    assert (value(after, "step"), value(after, "due_on")) == (step, due_on)


@pytest.mark.parametrize(
    ("cells", "flags"),
    [
        (ACCEPTED, ""),
        ({}, "超期"),
        ({**ACCEPTED, "people": 4}, ""),
        ({**ACCEPTED, "people": 5}, "集体访"),
        ({**ACCEPTED, "people": "三十余人"}, "集体访"),
        ({**ACCEPTED, "people": "两三人"}, ""),
        (
            {**ACCEPTED, "extended_to": "2026-05-20", "extension_by": "赵刚", "extension_reason": "外调"},
            "已延期",
        ),
        ({**ACCEPTED, "repeat_of": "LV-00001"}, "重复件"),
        *(({**ACCEPTED, "repeat_of": text}, "") for text in ("无", "不是", "LV-00000", "第1件", "是")),
        ({**ACCEPTED, "restricted": "是"}, "保密"),
        ({**ACCEPTED, "kind": "检举控告", "about": "-"}, "保密"),
        ({**ACCEPTED, "kind": "检举控告", "about": "-", "restricted": "否"}, "保密"),
        ({**ACCEPTED, "kind": "检举控告", "about": "-", "restricted": "否", "reason": "已公开"}, ""),
        ({**ACCEPTED, "about": "王芳"}, "需回避"),
        ({**ACCEPTED, "about": "王老师"}, "需回避; 请核实所指：王老师"),
    ],
)
def test_flags(cells: dict[str, object], flags: str) -> None:
    assert value(derived(**cells), "flags") == flags


def test_a_row_in_doubt_is_not_processed() -> None:
    """A number that stands in two rows is a problem on both, and neither is processed (docs/design.md#p2.8)."""
    two = [line(status="已登记", flags="看着"), line(petitioner="周明", status="办结", flags="别动")]
    before = prepare(ledger(register=two, index=[SEEN]), NOW).ledger
    after = derive(before, NOW).ledger.register
    assert [(row[0], row[1]) for row in zip(after["status"][:2], after["flags"][:2], strict=True)] == [
        ("registered", "看着"),
        ("closed", "别动"),
    ]


def test_a_row_in_doubt_has_been_seen_all_the_same() -> None:
    """Once its number is put right, its clock has run from the day it was first seen."""
    index = {"case_no": "LV-00001", "issued_on": "2026-03-01"}
    after = derive(ledger(register=[line(), line(petitioner="周明")], index=[index]), NOW).ledger
    assert str(after.index["first_seen"][0]) == "2026-03-18"


def test_an_empty_line_stays_empty() -> None:
    after = derive(ledger(register=[{"case_no": "LV-00001", "important": False}], index=[SEEN]), NOW).ledger
    assert [value(after, key) for key in ("status", "light", "step", "flags", "problems")] == [""] * 5


def test_problems_stand_in_words_beside_the_row() -> None:
    assert value(derived(contact="", people="四五个"), "problems") == (
        "“人数”：“四五个”不是整数。请只写数字，如12。改正前以所填最大的数为准报告领导；看不出人数的，按集体访报告。缺少“联系方式”。请填写。"
    )


def test_the_index_remembers_each_case() -> None:
    after = derived(index={"case_no": "LV-00001", "issued_on": "2026-03-01"}, contact="", **ACCEPTED).index
    assert {
        key: str(after[key][0])
        for key in ("case_no", "issued_on", "first_seen", "problem_codes", "problems_since", "closed_on")
    } == {
        "case_no": "LV-00001",
        "issued_on": "2026-03-01",
        "first_seen": "2026-03-18",
        "problem_codes": "missing",
        "problems_since": "2026-03-18T09:00:00",
        "closed_on": "NaT",
    }


@pytest.mark.parametrize(
    ("before", "contact", "codes", "since"),
    [
        # the same problem: since the day it was first seen, from which problem_grace counts
        ("missing", "", "missing", "2026-03-10T08:00:00"),
        # another problem instead: the row was never without one in between
        ("not_whole", "", "missing", "2026-03-10T08:00:00"),
        ("", "", "missing", "2026-03-18T09:00:00"),
        ("missing", "13800000001", "", "NaT"),
    ],
)
def test_since_when_a_row_has_problems(before: str, contact: str, codes: str, since: str) -> None:
    index = {**SEEN, "problem_codes": before, "problems_since": datetime(2026, 3, 10, 8) if before else ""}
    after = derived(index=index, contact=contact).index
    assert (after["problem_codes"][0], str(after["problems_since"][0])) == (codes, since)


def test_deriving_twice_changes_nothing() -> None:
    once = derive(
        ledger(register=[line(), line("LV-00002", **REPLIED)], index=[SEEN, {**SEEN, "case_no": "LV-00002"}]),
        NOW,
    )
    later = derive(once.ledger, NOW + timedelta(minutes=10)).ledger
    for table in ("register", "index"):
        old, new = once.ledger.tables[table], later.tables[table]
        assert {key: new[key].astype(str).tolist() for key in new.values} == {
            key: old[key].astype(str).tolist() for key in old.values
        }


@pytest.mark.parametrize(
    ("was_closed", "decision", "reopened"),
    [("2026-03-10", "受理", "2026-03-18"), ("2026-03-10", "不予受理", "NaT"), ("", "受理", "NaT")],
)
def test_index_keeps_the_day_on_which_a_closed_case_was_opened_again(
    was_closed: str, decision: str, reopened: str
) -> None:
    cells = {"decision": decision, "decided_on": "2026-03-10", "reason": "x", "notified_on": "2026-03-10"}
    read = ledger(register=[line(**cells)], index=[{**SEEN, "closed_on": was_closed}])
    assert str(derive(read, NOW).ledger.index["reopened_on"][0]) == reopened


@pytest.mark.parametrize(
    ("before", "kept"),
    [("2026-03-16", "2026-03-18"), ("2026-03-17", "2026-03-17"), ("2026-03-18", "2026-03-18")],
)
def test_opening_a_case_once_more_gives_no_further_day(before: str, kept: str) -> None:
    cells = {"decision": "受理", "decided_on": "2026-03-10", "reason": "x", "notified_on": "2026-03-10"}
    index = [{**SEEN, "closed_on": "2026-03-10", "reopened_on": before}]
    read = ledger(register=[line(**cells)], index=index)
    assert str(derive(read, NOW).ledger.index["reopened_on"][0]) == kept
