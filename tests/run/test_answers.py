"""Answers to administrators: each reader is told as if the cases they must not know of did not exist."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from automation.commands.run import ACTIONS
from automation.ledger.parsing import parse
from automation.ledger.people import Person
from automation.ledger.workbook import Snapshot
from automation.mail.letters.context import Answer
from automation.run.job import JOBS, ActionContext, Request
from automation.workbooks.excel.workbook import ExcelWorkbook
from sheet_schema import SETTING
from sheet_schema.vocabulary import PleaseDo
from tests.support.ledger_in_memory import Rows, line, snapshot

NOW = datetime(2026, 3, 13, 9, 0)
CHEN = {"name": "陈工", "role": "管理员", "email": "chen@s.example"}
LIN = {"name": "林工", "role": "管理员", "email": "lin@s.example"}
FANG = {"name": "王芳", "role": "经办人", "email": "fang@s.example"}
TAO = {"name": "林涛", "role": "经办人", "email": "tao@s.example"}
RULE = {
    "enabled": "是", "step": "答复", "who": "经办人", "starts_from": "收到日期", "amount": 20, "unit": "日", "roll_forward": "否",
    "remind_before": "7",
}  # fmt: skip
SECRET = "CANARY"
HANDLED = {"handler": "王芳", "decision": "受理", "decided_on": "2026-03-03"}


def book(register: Rows = (), **tabs: Rows) -> Snapshot:
    given: dict[str, Rows] = {"people": [CHEN, LIN, FANG, TAO], "deadlines": [RULE], "escalation": [], **tabs}
    index = [{"case_no": row["case_no"], "issued_on": "2026-03-02", "first_seen": "2026-03-02"} for row in register]
    return snapshot(register=register, **{"index": index, **given})


def told(what: str, of: Snapshot, name: str, now: datetime = NOW) -> Answer:
    """Do it, and return the answer for this person."""
    request = Request(JOBS["run"], now, now.replace(tzinfo=UTC), outbox=Path("out"), workbook="ledger.xlsx")
    context = ActionContext(ExcelWorkbook(Path("ledger.xlsx"), request.real_time), of, request, now)
    person = next(one for one in parse(of).policy.people if one.name == name)
    assert isinstance(person, Person)
    return ACTIONS[what](context)(person)


def text(answer: Answer) -> str:
    """The whole answer, with its pages."""
    lines = [line if isinstance(line, str) else "\n".join(line) for line in answer.lines]
    return "\n".join([*lines, *(page.content.decode() for page in answer.attachments)])


def numbers(text: str) -> list[str]:
    return sorted(set(re.findall(r"LV-\d+", text)))


ABOUT_CHEN = (
    line(**HANDLED),
    line("LV-00002", **{**HANDLED, "handler": "林涛"}, about="陈工", summary=f"另一件 {SECRET}"),
)


@pytest.mark.parametrize(
    ("name", "known"),
    [("陈工", [("王芳", "fang", "LV-00001")]), ("林工", [("林涛", "tao", "LV-00002"), ("王芳", "fang", "LV-00001")])],
)
def test_a_preview(name: str, known: list[tuple[str, str, str]]) -> None:
    answer = told("preview", book(ABOUT_CHEN), name)
    assert answer.lines == (
        f"目前应发的邮件共{len(known)}封（含已发过的）。本次均未发出。",
        "附件中可逐封查看，与收件人所见相同。",
        tuple(
            f"{reader}（{address}@s.example）：【试运行】分办通知：{number} 答复（3月22日到期）"
            for reader, address, number in known
        ),
    )
    (page,) = answer.attachments
    assert (page.name, numbers(text(answer))) == ("预览 2026-03-13.html", sorted(number for _, _, number in known))
    assert (SECRET in text(answer)) == (name == "林工")


def test_a_preview_of_nothing() -> None:
    assert told("preview", book(), "陈工") == Answer(("目前没有需要发的邮件。",))


def test_a_preview_of_more_than_a_page_can_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("automation.run.actions.MOST_SHOWN", 1)
    said, shown, listed = told("preview", book(ABOUT_CHEN), "林工").lines
    assert (str(said)[:11], shown, listed[1:]) == (
        "目前应发的邮件共2封（",
        "附件中可逐封查看前1封，与收件人所见相同。",
        ("……另有1封。",),
    )


@pytest.mark.parametrize(("name", "received"), [("陈工", "收到1件"), ("林工", "收到2件")])
def test_a_report_on_the_last_whole_month(name: str, received: str) -> None:
    april = datetime(2026, 4, 16, 9, 0)
    answer = told("report", book(ABOUT_CHEN), name, april)
    (page,) = answer.attachments
    assert (answer.lines[0], str(answer.lines[1])[:4], page.name) == (
        "来信来访情况（2026年3月）",
        received,
        "统计 2026-03.html",
    )
    assert ("LV-00002" in text(answer)) == (name == "林工")


FILED = tuple(
    line(
        f"LV-{n:05d}",
        archive_no=f"0001-XF·2026-D10-SS-{n:04d}",
        filed_on="2026-03-12",
        year="2026",
        retention="10年",
        closed_on="2026-02-01",
        seal_no=n,
        seal=str(n) * 8,
        **({"about": "陈工"} if n == 4 else {}),
    )
    for n in range(1, 6)
)
LIST = {
    "key": "h",
    "kind": "handover",
    "slot": "档",
    "level": "1",
    "state": "已发送",
    "claimed_at": "2026-03-09 09:00",
}


@pytest.mark.parametrize(
    ("name", "notices", "known", "last"),
    [
        ("林工", [], [1, 2, 3, 4, 5], 5),
        ("林工", [LIST], [2, 3, 4, 5], 5),
        # a gap in the numbers would give away what was left out, so the list ends before it
        ("陈工", [], [1, 2, 3], 3),
        ("陈工", [LIST], [2, 3], 3),
        ("陈工", [LIST | {"level": "3"}], [], 0),
        ("林工", [LIST | {"level": "5"}], [], 0),
        # what the archivist got long ago no longer counts
        ("陈工", [LIST | {"level": "4"}], [5], 5),
    ],
)
def test_a_hand_over_list(name: str, notices: Rows, known: list[int], last: int) -> None:
    runs = [{"run": "2026-03-12T09:00:00", "at": "2026-03-12 09:00", "last_seal": 5}]
    answer = told("handover", book(filing=FILED, notices=notices, runs=runs), name)
    assert numbers(text(answer)) == [f"LV-{n:05d}" for n in known]
    if not known:
        assert answer == Answer(("自上次移交清单以来没有归档件。",))
        return
    assert answer.lines[0] == f"自上次移交清单以来归档{len(known)}件。清单见附件，可阅读或打印。"
    assert re.findall(r"末次封存序号(\d+)", text(answer)) == [str(last)]


@pytest.mark.parametrize(("name", "unused"), [("陈工", True), ("林工", False)])
def test_a_check_speaks_of_rules_as_if_the_case_were_not_there(name: str, *, unused: bool) -> None:
    """That a rule was used would tell of the cases for which it was used."""
    cases = [
        line(f"LV-{n:05d}", **HANDLED, channel="电话" if n == 2 else "来访", about="陈工" if n == 2 else "")
        for n in (1, 2)
    ]
    index = [{"case_no": f"LV-{n:05d}", "issued_on": "2026-03-02", "first_seen": "2026-03-02"} for n in range(1, 61)]
    routing = [
        {"order": 1, "enabled": "启用", "channel": "电话", "department": "总务处"},
        {"order": 2, "enabled": "启用", "department": "教务处"},
    ]
    answer = told("check", book(cases, index=index, routing=routing), name)
    assert ("近一年没有信访件按本规则分办" in text(answer)) is unused


def test_a_check_speaks_of_refused_mail_as_if_the_case_were_not_there() -> None:
    """LV-00002 is about 陈工. Its mail to 王芳 was refused last, and the one to 林涛 was taken."""
    mails = [
        {"case_no": f"LV-0000{n}", "to": to, "state": state, "error": error, "done_at": f"2026-03-1{n} 09:00", "kind": "分办通知", "key": to + error}
        for n, to, state, error in (
            (1, FANG["email"], "失败", "550 one"), (2, FANG["email"], "失败", "550 two"),
            (1, TAO["email"], "失败", "550 full"), (2, TAO["email"], "已发送", ""),
        )
    ]  # fmt: skip
    of = book([line("LV-00001", about="-", **HANDLED), line("LV-00002", about="陈工", **HANDLED)], notices=mails)
    answers = {name: re.findall(r"550 \w+", text(told("check", of, name))) for name in ("陈工", "林工")}
    assert answers == {"陈工": ["550 one", "550 full"], "林工": ["550 two"]}


@pytest.mark.parametrize("what", ["check", "preview", "report", "handover"])
@pytest.mark.parametrize("name", ["陈工", "林工"])
def test_a_restricted_case_is_in_no_answer_but_by_number(what: str, name: str) -> None:
    secret = {
        "restricted": "是",
        "petitioner": SECRET,
        "summary": f"{SECRET} 反映",
        "contact": SECRET,
        "about": "陈工",
    }
    cases = [
        line("LV-00011", **HANDLED, **secret),
        line("LV-00012", **secret, department=SECRET, received_on="2026-02-03"),
    ]
    filed = [{**row, **secret, "topic": SECRET} for row in FILED]
    answer = told(what, book(cases, filing=filed, notices=[]), name)
    known = numbers(text(answer))
    assert SECRET not in text(answer)
    assert (name == "林工" and what in ("preview", "handover")) == bool(known)


def test_what_can_be_asked_is_what_can_be_chosen() -> None:
    assert (set(ACTIONS), SETTING["please_do"].choices) == (set(PleaseDo), PleaseDo)


@pytest.mark.parametrize(
    ("what", "done_by"),
    [
        (PleaseDo.PREVIEW, "automation.run.actions.preview"),
        (PleaseDo.REPORT, "automation.run.actions.report"),
        (PleaseDo.HANDOVER, "automation.run.actions.handover"),
        (PleaseDo.CHECK, "automation.commands.check.answer_check"),
        (PleaseDo.BACKUP, "automation.commands.backup.answer_backup"),
    ],
)
def test_each_is_done_by_what_is_named_for_it(what: str, done_by: str, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[ActionContext] = []
    monkeypatch.setattr(done_by, given.append)
    now = NOW.replace(tzinfo=UTC)
    context = ActionContext(ExcelWorkbook(Path("ledger.xlsx"), now), book(), Request(JOBS["run"], NOW, now), NOW)
    ACTIONS[what](context)
    assert given == [context]
