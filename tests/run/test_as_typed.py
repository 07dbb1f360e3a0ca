"""What people really type, and what a run makes of it: who is told of a crowd, what is counted, what may be settled."""

from __future__ import annotations

from pathlib import Path

import pytest

from automation.ledger.parsing import parse
from automation.reports.case.explain import explain
from tests.support.ledger_in_memory import line
from tests.support.small_office import CLOCK, HANDLED, at, column, ledger_at, office_of, planned, typed
from tests.support.workbook_homes import book_at

MORNING = "2026-03-18T09:00"


def outcome(**cells: object) -> tuple[bool, str, str]:
    """Whether a leader was alerted by the next run, the row's flags, and what its Problems say."""
    case = line(**{**HANDLED, "received_on": "2026-03-17", "decided_on": "2026-03-17", **cells})
    result = planned(MORNING, **office_of([case]))
    row = result.after.register
    to_the_leader = [mail.rendered.subject for mail in result.mails if mail.to.startswith("gang")]
    alerted = any("紧急" in subject or "访" in subject or "联名" in subject for subject in to_the_leader)
    return alerted, str(row["flags"][0]), str(row["problems"][0])


@pytest.mark.parametrize(
    ("cells", "alerted", "flags"),
    [
        ({"people": "约30"}, True, "集体访"),
        ({"people": "三十"}, True, "集体访"),
        ({"people": "30余人"}, True, "集体访"),
        ({"people": "about 30"}, True, "集体访"),
        ({"people": "两人"}, False, ""),
        ({"people": "几十人"}, True, "集体访"),
        ({"petitioner": "王芳、李明、张伟、刘洋、陈静、杨帆"}, True, "集体访"),
        ({"petitioner": "王芳 李明 张伟 刘洋 陈静 杨帆"}, True, "集体访"),
        ({"petitioner": "王芳等6人"}, True, "集体访"),
        ({"petitioner": "王芳、李明"}, False, ""),
        ({"petitioner": "王芳等三十余人"}, True, "集体访"),
        ({"petitioner": "初三（2）班全体家长"}, True, "集体访"),
        ({"petitioner": "初三（2）班全体家长", "people": 3}, False, ""),
        ({"petitioner": "Parents of 7B", "channel": "来信"}, True, "联名件"),
        ({"petitioner": "张三和李四和王五和赵六和钱七"}, True, "集体访"),
        ({"petitioner": "某家长"}, False, ""),
        # only a visit is a collective one: a letter with thirty names is a joint letter
        ({"people": 30, "channel": "来信"}, True, "联名件"),
        ({"people": "三十人", "channel": "网络"}, True, "联名件"),
        ({"petitioner": "王芳、李明、张伟、刘洋、陈静、杨帆", "channel": "来信"}, True, "联名件"),
        # what is void counts nowhere
        ({"people": 30, "decision": "作废", "reason": "重复登记"}, False, ""),
        ({"people": 30, "decision": "作废"}, False, ""),
    ],
)  # fmt: skip
def test_who_is_told_of_a_crowd(tmp_path: Path, cells: dict[str, object], flags: str, *, alerted: bool) -> None:
    found = outcome(**cells)
    assert (found[0], found[1]) == (alerted, flags)


@pytest.mark.parametrize(
    ("people", "said"),
    [("", "“人数”为空，“初三（2）班全体家长”也看不出有多少人。请填写人数。填写前按人数众多报告领导。"), (3, "")],
)
def test_a_group_is_asked_how_many_it_is(tmp_path: Path, people: object, said: str) -> None:
    assert outcome(petitioner="初三（2）班全体家长", people=people)[2] == said


def test_a_named_person_who_cannot_be_reached_is_settled(tmp_path: Path) -> None:
    """信访工作条例 art. 23 waives the notice; the result is put on file."""
    declined = {"decision": "不予受理", "decided_on": "2026-03-17", "reason": "不属本校职权", "contact": "地址不详"}
    path = ledger_at(tmp_path, [line(**declined), line("LV-00002", **{**declined, "contact": "13800000001"})])
    at(path, MORNING)
    assert [status for (status,) in column(path, "register", "status")[:2]] == ["closed", "registered"]


def test_skipped_a_level_on_a_letter_is_asked_about(tmp_path: Path) -> None:
    assert outcome(channel="来信", leapfrog="✓")[2] == "已勾选“越级”，但不是来访。请核对来源形式；只统计来访。"


@pytest.mark.parametrize(
    ("mark", "alerted"),
    [("×", False), ("/", False), ("n/a", False), ("✗", False), ("✓", True), ("x", True), ("急", True)],
)
def test_a_cross_means_no(tmp_path: Path, mark: str, *, alerted: bool) -> None:
    assert outcome(important=mark)[0] == alerted


@pytest.mark.parametrize("decision", ["转送", "转办", "告知另行提出", "法定途径", "不受理"])
def test_what_is_turned_away_owes_no_reply(tmp_path: Path, decision: str) -> None:
    path = ledger_at(
        tmp_path, [line(decision=decision, decided_on="2026-03-17", reason="见上", notified_on="2026-03-17")]
    )
    at(path, MORNING)
    assert column(path, "register", "status", "step")[0] == ("closed", "")


@pytest.mark.parametrize(
    ("cells", "asks"),
    [
        ({"decision": "导入法定程序", "reason": "应经仲裁"}, True),
        ({"decision": "导入法定程序", "reason": "应经仲裁", "procedure": "仲裁"}, False),
        ({"decision": "导入法定程序", "reason": "应经仲裁", "procedure": "劳动仲裁"}, False),
        ({"decision": "导入法定程序", "reason": "应经仲裁", "procedure": "arbitration"}, False),
        ({"decision": "劳动人事争议", "procedure": "劳动人事争议"}, False),
        ({"decision": "党员申诉", "procedure": "党员申诉"}, False),
        ({"decision": "受理"}, False),
    ],
)
def test_legal_procedure_asks_which(tmp_path: Path, cells: dict[str, str], *, asks: bool) -> None:
    """In a column of its own, which also takes the words that people use."""
    asked = "请选择应当进入哪一种法定程序：诉讼、检察或公安程序、仲裁、"
    assert (asked in outcome(**cells)[2]) is asks


@pytest.mark.parametrize(
    ("cells", "status"),
    [
        ({"procedure": "教师申诉", "notified_on": "2026-03-17"}, "closed"),  # which one is the reason
        ({"reason": "应经仲裁", "notified_on": "2026-03-17"}, "closed"),
        ({"notified_on": "2026-03-17"}, "in_hand"),
        ({"procedure": "行政复议"}, "in_hand"),  # they have to be told
        ({"procedure": "诉讼", "contact": "地址不详"}, "closed"),
        ({"procedure": "诉讼", "decision": "不予受理", "notified_on": "2026-03-17"}, "in_hand"),
    ],
)
def test_legal_procedure_closes_with_its_notice(tmp_path: Path, cells: dict[str, str], status: str) -> None:
    led = {"decision": "引导入法定程序", "decided_on": "2026-03-17", "department": "教务处"}
    path = ledger_at(tmp_path, [line(**{**led, **cells})])
    at(path, MORNING)
    assert column(path, "register", "status")[0] == (status,)


def test_a_work_order_of_a_hotline_may_have_a_deadline_and_needs_none(tmp_path: Path) -> None:
    order = {"channel": "12345工单", "decision": "受理", "decided_on": "2026-03-17", "notified_on": "2026-03-17"}
    path = ledger_at(tmp_path, [line(**order), line("LV-00002", **order, superior_due="2026-03-20")])
    at(path, MORNING)
    found = column(path, "register", "channel", "status", "due_on", "problems")[:2]
    assert [(channel, status, str(due), problems) for channel, status, due, problems in found] == [
        ("hotline", "in_hand", "2026-03-22", ""),
        ("hotline", "in_hand", "2026-03-20", ""),
    ]


def test_what_superiors_only_passed_on_needs_no_deadline(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, [line(channel="上级转送"), line("LV-00002", channel="上级交办")])
    at(path, MORNING)
    assert [status for (status,) in column(path, "register", "status")[:2]] == ["in_hand", "incomplete"]


def test_explain_says_what_a_word_was_taken_for(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, [line(**HANDLED)])
    typed(path, "来源形式", "来电")
    typed(path, "类别", "投诉")
    told = explain(at(path, MORNING), "LV-00001")
    assert [one for one in told if "视为" in one] == ["来源形式：“来电”视为“电话”", "类别：“投诉”视为“申诉求决”"]
    assert column(path, "register", "channel", "kind", "problems")[0] == ("phone", "complaint", "")
    assert parse(book_at(path, CLOCK).read()).register.read["channel"][0] == "来电"
