"""A small office on a real workbook: one complaint due on Sunday 22 March 2026, its handler, a leader, the office."""

from __future__ import annotations

from datetime import UTC, datetime
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from pathlib import Path
from zoneinfo import ZoneInfo

from automation.ledger.parsing import parse
from automation.ledger.workbook import Cell
from automation.mail.transport.mailer import MailServer
from automation.run.job import JOBS, Job, Request, Result
from automation.run.plan import plan
from automation.run.run import run
from sheet_schema import SETTING
from tests.support.ledger_in_memory import LEADER_AND_OFFICE, Rows, line, snapshot
from tests.support.new_ledger import settle_new
from tests.support.workbook_homes import book_at, read_now, shown_in, type_in

CLOCK = datetime(2026, 3, 18, 1, tzinfo=UTC)
RULE = {
    "enabled": "是", "step": "答复", "who": "经办人", "starts_from": "收到日期", "amount": 20, "unit": "日",
    "roll_forward": "否", "remind_before": "7,3,1",
}  # fmt: skip
# Received Mon 2 March: due Sun 22 March. Reminders: Fri 13 (the 15th is a Sunday), Thu 19, Fri 20 (the 21st is a Saturday).
LADDER = {"step": "答复", "level": 1, "after": 1, "unit": "工作日", "to": "分管领导"}
FANG = {"name": "王芳", "role": "经办人", "email": "fang@s.example"}
ADMIN = {"name": "陈工", "role": "管理员", "email": "admin@s.example"}
HEAD = {"name": "王强", "role": "部门负责人"}
"""The head of 教务处, without an address of his own."""
HANDLED = {"handler": "王芳", "decision": "受理", "decided_on": "2026-03-03"}
DEPARTMENTS: Rows = (
    {"name": "教务处", "email": "jw@s.example", "head": "王强"},
    {"name": "总务处", "email": "zw@s.example"},
)


def ledger_at(
    folder: Path, register: Rows, people: Rows = (FANG,), departments: Rows = DEPARTMENTS, **settings: str
) -> Path:
    """A ledger in Chinese in `folder`, with these `settings` by key, as typed."""
    return settle_new(folder / "ledger.xlsx", office_of(register, people, departments, **settings))


def office_of(
    register: Rows, people: Rows = (FANG,), departments: Rows = DEPARTMENTS, **settings: str
) -> dict[str, Rows]:
    """The rows of that ledger by tab."""
    return {
        "register": register, "people": _everybody(people), "deadlines": [RULE], "escalation": [LADDER],
        "topics": [{"name": line()["topic"]}], "departments": departments,
        "routing": [{"order": 1, "enabled": "启用", "department": "教务处"}],
        "settings": [{"name": SETTING[key].label("zh"), "value": value} for key, value in {"blank_rows": "1", "file_old_cases": "2099-12-31", **settings}.items()],
    }  # fmt: skip


def planned(moment: str, **rows: Rows) -> Result:
    """All that one run at this moment would do to a ledger with these rows by tab, worked out in memory as every run does.

    For tables of what a cell means: a workbook has to be written and read for none of them.
    """
    return plan(snapshot(**rows), request_at(Path("ledger.xlsx"), moment, Path("out")))


def _everybody(people: Rows) -> Rows:
    """These people, the leader and the office, and the department's head if they are not among them."""
    named = any(person["name"] == HEAD["name"] for person in people)
    return [*people, *LEADER_AND_OFFICE, *(() if named else (HEAD,))]


def at(
    path: Path,
    moment: str,
    outbox: Path | None = None,
    job: Job = JOBS["run"],
    server: MailServer | None = None,
    *,
    named: bool = False,
) -> Result:
    """Do one run at this moment of the office's clock."""
    request = request_at(path, moment, outbox, job, server, named=named)
    return run(book_at(path, request.real_time), request)


def request_at(
    path: Path,
    moment: str,
    outbox: Path | None = None,
    job: Job = JOBS["run"],
    server: MailServer | None = None,
    *,
    named: bool = False,
) -> Request:
    """The request of a timer at this moment of the office's clock."""
    now = datetime.fromisoformat(moment)
    clock = now.replace(tzinfo=ZoneInfo("Asia/Shanghai"))
    folder = outbox or path.parent / "out"
    return Request(job, now, clock, outbox=folder, instead_of_sending=named, server=server, workbook=path.name)


def mails(folder: Path) -> list[tuple[str, str]]:
    """Recipient and subject of every mail in the folder."""
    return sorted((str(mail["To"].addresses[0].addr_spec), str(mail["Subject"])) for mail in read(folder))


def read(folder: Path) -> list[EmailMessage]:
    parser = BytesParser(policy=policy.default)
    return [parser.parsebytes(path.read_bytes()) for path in sorted(folder.glob("*.eml"))]  # type: ignore[misc]


def text_of(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def column(path: Path, tab: str, *keys: str) -> list[tuple[object, ...]]:
    """These columns of a tab, row by row, as parsed, without what only the journal has."""
    table = parse(read_now(path)).tables[tab]
    return list(zip(*(table[key].tolist() for key in keys), strict=True))


def setting(path: Path, key: str) -> str:
    return parse(read_now(path)).policy.settings[key]


def typed(path: Path, label: str, value: Cell | None, tab: str = "登记", row: int = 2) -> None:
    """Type into a row as a person does, the first by default."""
    type_in(path, tab, row, shown_in(path, tab)[0].index(label) + 1, "" if value is None else value)


def set_to(path: Path, key: str, value: str) -> None:
    """Change a setting as a person does."""
    names = [row[0] for row in shown_in(path, "设置")]
    type_in(path, "设置", names.index(SETTING[key].label("zh")) + 1, 2, value)
