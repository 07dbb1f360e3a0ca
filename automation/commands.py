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
from automation.ledger import Change, Ledger, Problem
from automation.run import JOBS, Request, Result, run
from automation.workbooks.base import CellError, Formula
from automation.workbooks.excel import ExcelWorkbook
from sheet_schema import TAB, Language

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
    workbook = ExcelWorkbook(Path(asked.workbook), clock)
    result = run(
        workbook, Request(JOBS[job], moment(asked.now, clock), clock, asked.dry_run, asked.accept_stop)
    )
    if asked.as_json:
        say(json.dumps(as_json(result, dry_run=asked.dry_run), ensure_ascii=False, indent=1))
    else:
        show(result, asked, say)
    if result.stopped:
        return 1
    return EXIT_PROBLEMS if asked.check and result.problems else 0


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
        "notices": [],
        "problems": [_problem_json(problem) for problem in redacted(result.problems, result.after)],
        "held": [],
        "calls": result.calls,
    }


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
        "row": "row {row}", "and": ", ",
    },
    "zh": {
        "wrote": "已写入 {n} 格（{tabs}）。", "would": "将写入 {n} 格（{tabs}）。",
        "nothing": "没有需要做的。", "problems": "{n} 个问题：", "none": "没有问题。",
        "more": "……另有 {n} 个，见各行“校验问题”。", "stopped": "已停止：没有写入，也没有发信。",
        "row": "第 {row} 行", "and": "、",
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
    problems = redacted(result.problems, result.after)
    say(texts["problems"].format(n=len(problems)) if problems else texts["none"])
    for problem in problems[:SHOWN_AT_MOST]:
        say("  " + problem_line(problem, language))
    if len(problems) > SHOWN_AT_MOST:
        say(texts["more"].format(n=len(problems) - SHOWN_AT_MOST))


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
