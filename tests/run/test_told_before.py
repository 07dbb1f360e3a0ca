"""What was mailed about a case before somebody was named in it: the row says so, to nobody but who may know, and so does `prove`."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from automation.cases.told_before import ToldBefore
from automation.ledger.notices_journal import read_ledger
from automation.ledger.workbook import Snapshot
from automation.mail.transport.mailer import MailServer
from automation.run.job import JOBS, Request, Result
from automation.run.plan import plan
from automation.run.proof import Question, proved
from automation.run.two_worlds import after_run
from sheet_schema import SETTING
from tests.support.ledger_in_memory import line, snapshot

NOW = datetime(2026, 3, 18, 9)
SERVER = MailServer("", 0, "", "")
FANG = {"name": "王芳", "role": "经办人", "email": "fang@s.example"}
PEOPLE = (
    {"name": "李敏", "role": "信访办", "email": "li@s.example"},
    FANG,
    {"name": "赵刚", "role": "校长", "email": "zhao@s.example", "digest": "每日"},
)
DEPARTMENTS = ({"name": "教务处", "email": "jw@s.example", "head": "王芳"}, {"name": "总务处", "email": "zw@s.example"})
MAIL = {
    "case_no": "LV-00001",
    "key": "k",
    "mail_id": "m",
    "kind": "escalation",
    "to": "fang@s.example",
    "state": "sent",
}


def notice(**cells: object) -> dict[str, object]:
    return {**MAIL, "claimed_at": datetime(2026, 3, 17, 9), **cells}


def office(*notices: dict[str, object], **cells: object) -> Snapshot:
    case = line("LV-00001", **{"about": "王芳", "received_on": "2026-03-16", **cells})
    return snapshot(
        register=[case, line("LV-00002", about="-", received_on="2026-03-16")],
        index=[
            {"case_no": f"LV-0000{i}", "issued_on": "2026-03-01", "first_seen": "2026-03-02", "problems_since": datetime(2026, 3, 2, 9)}
            for i in (1, 2)
        ],
        people=PEOPLE, departments=DEPARTMENTS, notices=notices,
        settings=[{"name": SETTING["blank_rows"].label("zh"), "value": "1"}, {"name": SETTING["sending"].label("zh"), "value": "正式发送"}, {"name": SETTING["go_live_on"].label("zh"), "value": "2026-01-01"}],
    )  # fmt: skip


def run(book: Snapshot, now: datetime = NOW) -> Result:
    return plan(book, Request(JOBS["run"], now, now, outbox=Path("out"), server=SERVER))


@pytest.mark.parametrize(
    ("notices", "cells", "said"),
    [
        ((), {}, ""),
        ((notice(),), {}, "邮箱1个，最近一次2026-03-17"),
        ((notice(to="FANG+x@S.example"), notice(to="jw@s.example", kind="assignment")), {}, "邮箱2个，最近一次2026-03-17"),
        ((notice(claimed_at=datetime(2026, 3, 16, 9)), notice(kind="reminder")), {}, "邮箱1个，最近一次2026-03-17"),
        ((notice(state="uncertain"),), {}, "邮箱1个，最近一次2026-03-17"),
        ((notice(state="handing_over"),), {}, "邮箱1个，最近一次2026-03-17"),
        *[((notice(state=state),), {}, "") for state in ("claimed", "written", "retry", "failed", "void", "superseded")],
        ((notice(to="li@s.example"),), {}, ""),
        ((notice(case_no="LV-00002"),), {}, ""),
        ((notice(),), {"about": "-"}, ""),
        ((notice(),), {"about": "赵刚"}, ""),
        ((notice(kind="alert"),), {"about": "", "summary": "请王芳处理"}, ""),  # by rule, with nothing but the number
        ((notice(kind="alert"), notice()), {"about": "", "summary": "请王芳处理"}, "邮箱1个，最近一次2026-03-17"),
        ((notice(kind="alert"),), {}, "邮箱1个，最近一次2026-03-17"),
        ((notice(),), {"decision": "作废", "reason": "误登", "status": "办结"}, ""),  # closed
    ],
)  # fmt: skip
def test_what_the_row_says(notices: tuple[dict[str, object], ...], cells: dict[str, object], said: str) -> None:
    found = [one for one in run(office(*notices, **cells)).problems if one.code == "told_before"]
    assert [(one.case_no, one.warning) for one in found] == ([("LV-00001", True)] if said else [])
    assert all(said in one.say("zh") for one in found)
    assert not any("王芳" in one.say("zh") for one in found)


def test_only_who_may_know_reads_it_in_a_mail() -> None:
    """In the office's digest of the next morning, as any problem of a row."""
    book = office(notice())
    mails = run(after_run(book, run(book)), NOW + timedelta(days=1)).mails
    assert {mail.to for mail in mails if "现应回避的" in mail.rendered.text} == {"li@s.example"}
    assert not any("LV-00001" in mail.rendered.text for mail in mails if mail.to in ("fang@s.example", "jw@s.example"))


def test_prove_lists_it_for_each_who_is_kept_out() -> None:
    book = office(notice(), notice(to="jw@s.example", kind="assignment"), notice(state="void", kind="reminder"))
    proof = proved(Question("LV-00001", None, book, Request(JOBS["run"], NOW, NOW, outbox=Path("out")), moments=[NOW]))  # type: ignore[arg-type]  (only answers need the workbook)
    day = date(2026, 3, 17)
    fang, jw = ToldBefore("escalation", "fang@s.example", day), ToldBefore("assignment", "jw@s.example", day)
    assert {one.reader.name: set(one.before) for one in proof.compared} == {"王芳": {fang, jw}}
    assert proof.equal


def test_a_name_typed_after_the_mail_left_is_found_by_the_next_run() -> None:
    """With no notice made by hand: what a run sent is what the next one knows of."""
    first = office(about="-", department="教务处", kind="申诉求决", decision="受理", decided_on="2026-03-16")
    sent = run(first)
    assert "jw@s.example" in {mail.to for mail in sent.mails if mail.kind == "assignment"}
    after = after_run(first, sent)
    register = read_ledger(after)[0].register
    grid = after.grids["登记"]
    column = register.at["about"] - 1
    rows = [list(row) for row in grid.rows]
    rows[1][column] = "王芳"
    named = Snapshot({**after.grids, "登记": type(grid)(grid.title, rows)}, "v")
    assert [one.case_no for one in run(named).problems if one.code == "told_before"] == ["LV-00001"]
