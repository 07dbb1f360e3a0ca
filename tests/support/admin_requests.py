"""An administrator asks for something in Settings, and a run answers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from automation.commands.run import ACTIONS
from automation.ledger.workbook import ColumnEdit, Commit, TabEdit
from automation.mail.letters.context import Answer
from automation.mail.transport.mailer import MailServer
from automation.run.edits import with_terms
from automation.run.job import JOBS, Action, ActionContext, Job, Result
from automation.run.run import run
from sheet_schema.vocabulary import PleaseDo
from tests.support.small_office import CLOCK, column, read, request_at, text_of
from tests.support.workbook_homes import book_at

LIVE = {"sending": "正式发送", "go_live_on": "2026-03-01"}
LIN = {"name": "林工", "role": "管理员", "email": "lin@s.example"}
MONDAY, LATER, LAST = "2026-03-16T09:00", "2026-03-16T09:10", "2026-03-16T09:20"
ONLY_ANSWERS = replace(JOBS["run"], raises=(lambda *_: [],))
"""A run that raises no notices of its own."""


def ask(
    path: Path,
    moment: str,
    what: str | None = None,
    *,
    server: MailServer | None = None,
    job: Job = ONLY_ANSWERS,
    actions: Mapping[str, Action] = ACTIONS,
    **options: Any,
) -> Result:
    """Choose `what` in Settings, and do a run."""
    if what is not None:
        choose(path, what)
    request = replace(request_at(path, moment, job=job, server=server), actions=actions, **options)
    return run(book_at(path, request.real_time), request)


def choose(path: Path, what: str) -> None:
    """Type into the cell as a person does, and save."""
    book = book_at(path, CLOCK)
    with book.lock():
        snapshot = book.read()
        row = [line[0] for line in snapshot.grids["设置"].rows].index("请执行") + 1
        edits = with_terms(snapshot, [TabEdit("设置", [ColumnEdit(2, [row], [what])])])
        book.commit(Commit(snapshot, edits))


def answers(path: Path) -> list[EmailMessage]:
    return [mail for mail in read(path.parent / "out") if re.match(r".*执行结果", str(mail["Subject"]))]


def said(mail: EmailMessage) -> str:
    """The text between an answer's opening sentence and its closing lines, which are always the same."""
    return text_of(mail).partition("结果如下。\n\n")[2].partition("\n\n信访办公室")[0]


def asked(path: Path) -> list[tuple[object, ...]]:
    return [row[1:] for row in column(path, "notices", "kind", "step", "level", "slot", "state") if row[0] == "answer"]


def nothing(_: ActionContext) -> Any:
    return lambda _: Answer(("好了。",))


DONE: Mapping[str, Action] = dict.fromkeys(PleaseDo, nothing)
