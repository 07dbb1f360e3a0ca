"""What the commands do once their options are read: open the workbook, run, and say what came of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

import numpy as np

from automation.cells import as_text
from automation.changes import restricted_numbers, spelled_out
from automation.confidentiality import ASK_THE_OFFICE
from automation.copying import copied
from automation.errors import Misused
from automation.explain import explain
from automation.installing import install_into
from automation.ledger import Change, Ledger, Notice, Problem
from automation.recovery import Parcel
from automation.run import JOBS, Request, Result, run
from automation.workbooks.base import CellError, Formula
from automation.workbooks.excel import ExcelWorkbook
from sheet_schema import TAB, Language
from sheet_schema.vocabulary import NoticeState, Role

EXIT_PROBLEMS = 3
SHOWN_AT_MOST = 40
"""Problems listed on the terminal; the rest are counted. All of them stand beside their rows."""

Say = Callable[..., object]


@dataclass(frozen=True)
class Asked:
    """The options of a command that takes part in a run, as typed."""

    workbook: str
    now: str | None = None
    dry_run: bool = False
    as_json: bool = False
    check: bool = False
    accept_stop: str = ""
    verbose: bool = False
    outbox: str = ""


def moment(text: str | None, clock: datetime) -> datetime:
    """What `--now` says: an ISO day (taken at 09:00) or time, naive; without it the clock. Raises Misused."""
    if text is None:
        return clock
    try:
        if len(text) <= 10:
            return datetime.combine(date.fromisoformat(text), time(9))
        return datetime.fromisoformat(text)
    except ValueError as error:
        raise Misused(
            f"--now {text} is not a day or time: write it like 2026-03-18 or 2026-03-18T09:00.",
            f"--now {text} 不是日期或时间：请写成 2026-03-18 或 2026-03-18T09:00。",
        ) from error


def do_job(job: str, asked: Asked, say: Say) -> int:
    """Run a job and show the result; the exit code: 0, 1 after a stop, 3 for problems with --check."""
    clock = datetime.now(UTC)
    path = Path(asked.workbook)
    outbox = Path(asked.outbox) if asked.outbox else usual_outbox(path)
    request = Request(
        JOBS[job],
        moment(asked.now, clock),
        clock,
        asked.dry_run,
        asked.accept_stop,
        outbox,
        bool(asked.outbox),
    )
    result = run(ExcelWorkbook(path, clock), request)
    if asked.as_json:
        say(json.dumps(as_json(result, dry_run=asked.dry_run), ensure_ascii=False, indent=1))
    else:
        show(result, asked, say)
    if result.stopped:
        return 1
    return EXIT_PROBLEMS if asked.check and result.problems else 0


def usual_outbox(workbook: Path) -> Path:
    """Where mails are written when nobody says where: beside the workbook."""
    return workbook.with_name("outbox")


def explain_case(workbook: str, case: str, now: str | None, say: Say) -> int:
    clock = datetime.now(UTC)
    request = Request(JOBS["run"], moment(now, clock), clock, dry_run=True)
    for line in explain(run(ExcelWorkbook(Path(workbook), clock), request), case):
        say(line)
    return 0


def install_ledger(workbook: str, language: str | None, preset: str | None, now: str | None, say: Say) -> int:
    clock = datetime.now(UTC)
    for line in install_into(
        Path(workbook), _language(language) if language else None, preset, moment(now, clock), clock
    ):
        say(line)
    return 0


def copy_ledger(source: str, target: str, language: str | None, say: Say, *, move: bool) -> int:
    clock = datetime.now(UTC)
    wanted = _language(language) if language else None
    for line in copied(Path(source), Path(target), wanted, clock, move=move):
        say(line)
    return 0


def _language(text: str) -> Language:
    return "zh" if text == "zh" else "en"


def redacted(problems: Iterable[Problem], ledger: Ledger) -> list[Problem]:
    """The problems as they may leave the ledger: of a restricted case only where it stands and where to ask."""
    secret = restricted_numbers(ledger)
    rows = {
        int(row)
        for row, number in zip(ledger.register.rows, ledger.register["case_no"], strict=True)
        if number in secret
    }
    hidden = ASK_THE_OFFICE[ledger.language]
    return [
        Problem(p.tab, p.row, "", "", hidden, "", p.case_no, p.warning, p.stops)
        if p.case_no in secret or (p.tab == "register" and p.row in rows)
        else p
        for p in problems
    ]


def as_json(result: Result, *, dry_run: bool) -> dict[str, object]:
    """The run as one object; dates in ISO form, choices by their keys."""
    changes = spelled_out(result.changes, result.filled, result.after, plain)
    return {
        "run": result.run,
        "now": result.now.isoformat(),
        "dry_run": dry_run,
        "changes": [asdict(change) for change in changes],
        "notices": [_notice_json(notice, parcel, result) for notice, parcel in result.notices],
        "problems": [_problem_json(problem) for problem in redacted(result.problems, result.after)],
        "held": [notice.key for parcel in result.held for notice in parcel.notices],
        "calls": result.calls,
    }


def _notice_json(notice: Notice, parcel: Parcel, result: Result) -> dict[str, object]:
    subject = next(mail.rendered.subject for mail in result.mails if mail.id == parcel.id)
    return {
        "key": notice.key, "kind": notice.kind, "to": parcel.reader.address, "cases": [notice.case_no],
        "step": notice.step, "due_on": plain(notice.due_on), "level": notice.level, "subject": subject,
        "state": NoticeState.WRITTEN.key if result.written else NoticeState.CLAIMED.key,
    }  # fmt: skip


def _problem_json(problem: Problem) -> dict[str, object]:
    return {"tab": problem.tab, "row": problem.row, "column": problem.column, "message": problem.text}


def plain(value: object) -> object:
    """A cell's value as JSON can hold it; a blank is null."""
    if isinstance(value, np.generic):
        value = value.item()
    if value is None or value == "" or (isinstance(value, float) and np.isnan(value)):
        return None
    if isinstance(value, float):
        return int(value) if value.is_integer() else value
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Formula | CellError | time):
        return as_text(value)
    return value if isinstance(value, bool | int) else str(value)


_TEXTS: dict[Language, dict[str, str]] = {
    "en": {
        "wrote": "{n} cells written to {tabs}.", "would": "{n} cells would be written to {tabs}.",
        "nothing": "Nothing to do.", "problems": "{n} problems:", "none": "No problems.",
        "more": "… and {n} more, beside their rows.", "stopped": "Stopped: nothing was written or sent.",
        "row": "row {row}", "and": ", ", "mails": "{n} mails written to {folder}.",
        "would_mail": "{n} mails would be written to {folder}:", "held": "{n} mails wait for the next working hour.",
        "nobody": "Nobody with a mail address can be told as {role} of {cases}: see People and Departments.",
    },
    "zh": {
        "wrote": "已写入 {n} 格（{tabs}）。", "would": "将写入 {n} 格（{tabs}）。",
        "nothing": "没有需要做的。", "problems": "{n} 个问题：", "none": "没有问题。",
        "more": "……另有 {n} 个，见各行“校验问题”。", "stopped": "已停止：没有写入，也没有发信。",
        "row": "第 {row} 行", "and": "、", "mails": "已写出 {n} 封邮件（{folder}）。",
        "would_mail": "将写出 {n} 封邮件（{folder}）：", "held": "{n} 封邮件留待工作时间。",
        "nobody": "以下各件的{role}没有可用邮箱，无法通知：{cases}。请检查“人员”和“部门”表。",
    },
}  # fmt: skip


def show(result: Result, asked: Asked, say: Say) -> None:
    """The result in words, for the terminal."""
    language = result.after.language
    texts = _TEXTS[language]
    if asked.verbose or asked.dry_run:
        for change in spelled_out(result.changes, result.filled, result.after, plain):
            say(_change_line(change, language))
    if result.stopped:
        say(texts["stopped"])
    elif result.changes:
        tabs = {change.table.tab.key: change.table.tab.label(language) for change in result.changes}
        count = sum(len(change.positions) for change in result.changes)
        say(
            texts["would" if asked.dry_run else "wrote"].format(
                n=count, tabs=texts["and"].join(tabs.values())
            )
        )
    else:
        say(texts["nothing"])
    _show_mails(result, asked, say)
    problems = redacted(result.problems, result.after)
    say(texts["problems"].format(n=len(problems)) if problems else texts["none"])
    for problem in problems[:SHOWN_AT_MOST]:
        say("  " + problem_line(problem, language))
    if len(problems) > SHOWN_AT_MOST:
        say(texts["more"].format(n=len(problems) - SHOWN_AT_MOST))


def _show_mails(result: Result, asked: Asked, say: Say) -> None:
    texts = _TEXTS[result.after.language]
    folder = asked.outbox or usual_outbox(Path(asked.workbook))
    if result.mails:
        say(texts["would_mail" if asked.dry_run else "mails"].format(n=len(result.mails), folder=folder))
        if asked.dry_run or asked.verbose:
            for mail in result.mails:
                say(f"  {mail.to}: {mail.rendered.subject}")
    if result.held:
        say(texts["held"].format(n=len(result.held)))
    for slot in dict.fromkeys(notice.slot for notice in result.unreachable):
        cases = dict.fromkeys(notice.case_no for notice in result.unreachable if notice.slot == slot)
        role = Role.of(slot).label(result.after.language)
        say(texts["nobody"].format(role=role, cases=texts["and"].join(cases)))


def problem_line(problem: Problem, language: Language) -> str:
    tab = TAB[problem.tab].label(language)
    row = "" if problem.row is None else " " + _TEXTS[language]["row"].format(row=problem.row)
    case = f" {problem.case_no}" if problem.case_no else ""
    return f"{tab}{row}{case}: {problem.text}"


def _change_line(change: Change, language: Language) -> str:
    tab = TAB[change.tab]
    before = "" if change.before is None else f"{change.before} → "
    why = f"  ({change.why})" if change.why else ""
    label = tab[change.column].label(language)
    return f"{tab.label(language)} {change.row} {change.key} {label}: {before}{'' if change.after is None else change.after}{why}"
