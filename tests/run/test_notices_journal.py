"""Claims and confirmations in the journal: with the workbook open elsewhere, after a kill, and beside an older copy."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from automation.commands.copy import copied
from automation.ledger.errors import Busy
from automation.run.job import JOBS
from tests.support.ledger_in_memory import line
from tests.support.small_office import ADMIN, CLOCK, FANG, HANDLED, at, column, ledger_at, mails, set_to, typed
from tests.support.workbook_homes import load, save

ASSIGNED = ("fang@s.example", "【试运行】分办通知：LV-00001 答复（3月22日到期）")
REMINDED = ("fang@s.example", "【试运行】LV-00001 答复（3月22日到期）")


def opened_in_libreoffice(path: Path, since: str) -> Path:
    """Make the owner file that LibreOffice keeps beside an open workbook, as if opened at `since`."""
    owner = path.with_name(f".~lock.{path.name}#")
    owner.write_text("李敏,limin,office-pc,13.03.2026 08:00,file:///home/limin/;", encoding="utf-8")
    moment = datetime.fromisoformat(since).replace(tzinfo=ZoneInfo("Asia/Shanghai")).timestamp()
    os.utime(owner, (moment, moment))
    return owner


def test_a_workbook_open_elsewhere_is_not_written_and_mail_goes_out_once(tmp_path: Path) -> None:
    """ "The run reads the last saved copy and does what needs no unwritten cell" (docs/design.md#p8.5)"""
    path = ledger_at(tmp_path, [line(**HANDLED)])
    at(path, "2026-03-12T09:00")
    owner = opened_in_libreoffice(path, "2026-03-13T08:30")
    before = path.read_bytes()
    for moment in ("2026-03-13T09:00", "2026-03-13T09:10"):
        with pytest.raises(Busy, match="is open"):
            at(path, moment)
    assert (mails(tmp_path / "out"), path.read_bytes() == before) == (sorted([ASSIGNED, REMINDED]), True)
    owner.unlink()
    at(path, "2026-03-13T09:20")
    at(path, "2026-03-13T09:30")
    assert (mails(tmp_path / "out"), column(path, "notices", "kind", "state")) == (
        sorted([ASSIGNED, REMINDED]),
        [("assignment", "written"), ("reminder", "written")],
    )


def test_what_is_only_worked_out_raises_nothing_while_open(tmp_path: Path) -> None:
    """A person may still type another department before this one is written, so nobody is told of it."""
    path = ledger_at(tmp_path, [line(decision="受理", decided_on="2026-03-03")])
    at(path, "2026-03-12T09:00", job=JOBS["validate"])
    opened_in_libreoffice(path, "2026-03-13T08:30")
    with pytest.raises(Busy):
        at(path, "2026-03-13T09:00")
    assert mails(tmp_path / "out") == [
        ("min@s.example", "【试运行】信访办简报（3月13日）：没有超期件，在办共1件")
    ]  # its reminder has no reader yet


@pytest.mark.parametrize(
    ("since", "asked"),
    [("2026-03-13T05:11", 0), ("2026-03-13T04:59", 1)],
    ids=["not yet four hours", "four hours"],
)
def test_one_mail_asks_to_close_it(tmp_path: Path, since: str, asked: int) -> None:
    path = ledger_at(tmp_path, [line(**HANDLED)])
    at(path, "2026-03-12T09:00")
    opened_in_libreoffice(path, since)
    typed(path, "反映问题", "改过")
    for moment in ("2026-03-13T09:00", "2026-03-13T09:10"):
        with pytest.raises(Busy):
            at(path, moment)
    said = [mail for mail in mails(tmp_path / "out") if "关闭" in mail[1]]
    assert said == [("min@s.example", "【试运行】请关闭 ledger.xlsx：已打开4小时（3月13日）")] * asked


def test_after_an_older_copy_is_put_back_nothing_is_said_again(tmp_path: Path) -> None:
    """The journal still knows what was sent since."""
    path = ledger_at(tmp_path, [line(**HANDLED)])
    at(path, "2026-03-12T09:00")
    shutil.copy(path, tmp_path / "older.xlsx")
    at(path, "2026-03-13T09:00")
    shutil.copy(tmp_path / "older.xlsx", path)
    again = at(path, "2026-03-13T10:00")
    assert (again.mails, column(path, "notices", "kind", "state")) == (
        (),
        [("assignment", "written"), ("reminder", "written")],
    )


def test_a_number_somebody_was_told_of_is_not_given_to_another_case(tmp_path: Path) -> None:
    """The older copy lacks the second case, but the journal has it, and its number is reported as a torn-out page."""
    path = ledger_at(tmp_path, [line(**HANDLED)])
    at(path, "2026-03-12T09:00")
    shutil.copy(path, tmp_path / "older.xlsx")
    for label, value in (
        ("来源形式", "来访"),
        ("信访人", "林国栋"),
        ("联系方式", "139"),
        ("类别", "申诉求决"),
        ("事项", line()["topic"]),
        ("反映问题", "新事"),
        ("经办人", "王芳"),
        ("涉及部门或人员", "-"),  # so that nothing is missing, and its handler is told at once
    ):
        typed(path, label, value, row=3)
    at(path, "2026-03-12T10:00")
    shutil.copy(tmp_path / "older.xlsx", path)
    typed(path, "信访人", None, row=3)
    typed(path, "编号", None, row=3)  # the pad's line was torn off too
    result = at(path, "2026-03-13T10:00")
    numbers = [number for (number,) in column(path, "register", "case_no")]
    torn_out = [one.case_no for one in result.problems if one.code == "missing_number"]
    assert ("LV-00002" in numbers, torn_out) == (False, ["LV-00002"])


def test_another_ledger_under_the_same_name_starts_afresh(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, [line(**HANDLED)])
    at(path, "2026-03-12T09:00")
    at(path, "2026-03-13T09:00")
    path.unlink()
    ledger_at(tmp_path, [line(**HANDLED)])
    at(path, "2026-03-12T09:00")  # to the second as the one before it
    assert [mail.kind for mail in at(path, "2026-03-13T09:00").mails] == ["reminder"]
    assert sorted(column(path, "notices", "kind", "state")) == [
        ("assignment", "written"),
        ("reminder", "written"),
    ]


def _torn_out(path: Path, rows: Iterable[int]) -> None:
    """Empty whole lines as a person does, with their numbers."""
    book = load(path)
    for row in rows:
        for cell in book["登记"][row]:
            cell.value = None
    save(book, path)


def test_a_stop_writes_nothing_and_sends_one_mail_that_names_the_numbers(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, [line(f"LV-{i:05d}", **HANDLED) for i in range(1, 13)], [FANG, ADMIN])
    at(path, "2026-03-12T09:00")
    kept = set(mails(tmp_path / "out"))
    _torn_out(path, range(2, 9))
    before = path.read_bytes()
    results = [at(path, moment) for moment in ("2026-03-13T09:00", "2026-03-13T09:10")]
    told = sorted(set(mails(tmp_path / "out")) - kept)
    assert (told, [len(one.mails) for one in results], path.read_bytes() == before) == (
        [
            (to, "【试运行】台账已停止运行（3月13日）：请查看 ledger.xlsx")
            for to in ("admin@s.example", "min@s.example")
        ],
        [2, 0],
        True,
    )


def test_a_copy_takes_the_journal_along(tmp_path: Path) -> None:
    path = ledger_at(tmp_path, [line(**HANDLED)])
    at(path, "2026-03-12T09:00")
    owner = opened_in_libreoffice(path, "2026-03-13T08:30")
    with pytest.raises(Busy):
        at(path, "2026-03-13T09:00")
    owner.unlink()
    copied(path, tmp_path / "copy.xlsx", None, CLOCK, move=False)
    set_to(tmp_path / "copy.xlsx", "sending", "试运行")
    assert at(tmp_path / "copy.xlsx", "2026-03-13T09:20").mails == ()
