"""What people really type, through whole runs: who is told of a crowd, what is counted, what may be settled."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.ledger_in_memory import line
from tests.support.small_office import HANDLED, at, column, ledger_at, mails

MORNING = "2026-03-18T09:00"


def outcome(folder: Path, **cells: object) -> tuple[bool, str, str]:
    """Whether a leader was alerted by the next run, the row's flags, and what its Problems say."""
    path = ledger_at(folder, [line(**{**HANDLED, "received_on": "2026-03-17", "decided_on": "2026-03-17", **cells})])
    at(path, MORNING)
    ((flags, said, *_),) = column(path, "register", "flags", "problems")[:1]
    alerted = any(
        "紧急" in subject or "访" in subject or "联名" in subject
        for to, subject in mails(folder / "out")
        if to.startswith("gang")
    )
    return alerted, str(flags), str(said)


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
    found = outcome(tmp_path, **cells)
    assert (found[0], found[1]) == (alerted, flags)


def test_a_named_person_who_cannot_be_reached_is_settled(tmp_path: Path) -> None:
    """信访工作条例 art. 23 waives the notice; the result is put on file."""
    declined = {"decision": "不予受理", "decided_on": "2026-03-17", "reason": "不属本校职权", "contact": "地址不详"}
    path = ledger_at(tmp_path, [line(**declined), line("LV-00002", **{**declined, "contact": "13800000001"})])
    at(path, MORNING)
    assert [status for (status,) in column(path, "register", "status")[:2]] == ["closed", "registered"]


def test_skipped_a_level_on_a_letter_is_asked_about(tmp_path: Path) -> None:
    assert (
        outcome(tmp_path, channel="来信", leapfrog="✓")[2] == "已勾选“越级”，但不是来访。请核对来源形式；只统计来访。"
    )
