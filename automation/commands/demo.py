"""demo: build a sample ledger of an invented school, run every job on it, and show what happened on one screen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np

from automation.cases.confidentiality import ASK_THE_OFFICE, restricted_cases
from automation.cases.row_problems import by_row
from automation.commands.demo_ledger import demo_rows
from automation.commands.install import in_labels, place_of, preset_rows
from automation.commands.install_calendar import calendar_rows
from automation.commands.language import chosen_language
from automation.commands.options import Session, moment
from automation.commands.output import NAMED, problem_line
from automation.commands.program import program
from automation.commands.request import usual_outbox
from automation.ledger.model import Ledger
from automation.mail.transport.folder import PAGE
from automation.reports.build import cases_to_report, report_of
from automation.reports.case.explain import reasons
from automation.reports.periods import chosen
from automation.reports.tab import write_tab
from automation.run.job import JOBS, Request, Result
from automation.run.run import run
from automation.text.catalogue import Message, Sentences, msg
from automation.workbooks.excel.layout.new_workbook import new_workbook
from automation.workbooks.excel.workbook import ExcelWorkbook
from sheet_schema import Language
from sheet_schema.languages import traits
from sheet_schema.preset_files import load
from sheet_schema.vocabulary import Light, Status, Step
from sheet_schema.word import Word

FILE = msg("ledger.xlsx", "file")
"""The name of the sample's workbook."""

_TEXTS: Mapping[str, Message] = {
    "built": msg("A sample ledger of an invented school, as on {day}."),
    "ran": msg("First run: {cells} cells written, {cases} cases, {assigned} given a department."),
    "again": msg("Second run: {said}"),
    "filed": msg("{n} cases closed long ago went to Filing, numbered and sealed."),
    "nothing": msg("nothing to do."),
    "something": msg("{cells} cells written."),
    "late": msg("Late or near:"),
    "problems": msg("{n} rows need a look, for example:"),
    "why": msg("Why {case}?"),
    "open": msg("Open {path} in Excel, LibreOffice or WPS. Type in the next numbered line, save, close, and run:"),
    "more": msg("… and {n} more."),
    "mails": msg("{n} mails, written to {page} and not sent, for example:"),
}


SAMPLE: Language = "en"
"""The language of the sample where nobody says one."""


@dataclass(frozen=True)
class DemoOptions:
    """The options of `demo`, as typed."""

    into: str
    language: Language | None
    now: str


def show_demo(asked: DemoOptions, session: Session) -> int:
    """Build the sample in its folder, replacing an earlier one, run twice, and say what happened. Exit code 0."""
    language, clock = asked.language or chosen_language() or SAMPLE, session.real_time
    when = moment(asked.now, clock)
    path = Path(asked.into) / FILE.say(language)
    build(path, language, when, clock)
    request = Request(JOBS["run"], when, clock, outbox=_empty_outbox(path))
    first = run(ExcelWorkbook(path, clock), request)
    second = run(ExcelWorkbook(path, clock), request)
    _write_report(ExcelWorkbook(path, clock), when)
    for line in _report(first, second, path, language):
        session.say(line)
    return 0


def _write_report(workbook: ExcelWorkbook, now: datetime) -> None:
    """Fill the tab Report with the year so far."""
    cases = cases_to_report(workbook.read(), now)
    calendar, today = cases.ledger.policy.calendar, cases.now.date()
    write_tab(workbook, report_of(cases, *chosen("year", None, None, calendar, today)))


def _empty_outbox(path: Path) -> Path:
    """Empty the sample's outbox of the mails of an earlier sample, and return its path."""
    outbox = usual_outbox(str(path))
    for old in outbox.glob("*.eml"):
        old.unlink()
    return outbox


def build(path: Path, language: Language, now: datetime, clock: datetime) -> None:
    """Write the sample ledger, before any job has run."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    preset = load(traits(language)["preset"])
    rows = preset_rows(preset, language)
    rows["calendar"] = calendar_rows(place_of(preset), language, now)
    for tab, invented in demo_rows(language, now.date()).items():
        if tab == "calendar":
            rows[tab] = [*rows[tab], *invented]
        elif tab == "settings":
            rows[tab] = _with_settings(rows[tab], invented, language)
        else:
            rows[tab] = invented
    ExcelWorkbook(path, clock).create(new_workbook(language, rows))


def _with_settings(
    rows: list[dict[str, object]], invented: list[dict[str, object]], language: Language
) -> list[dict[str, object]]:
    own = {str(row["name"]): row for row in (in_labels("settings", row, language) for row in invented)}
    return [*(row for row in rows if str(row["name"]) not in own), *own.values()]


def _report(first: Result, second: Result, path: Path, language: Language) -> list[str]:
    texts = Sentences(_TEXTS, language)
    ledger = first.after
    real = ledger.register["status"] != ""
    assigned = sum(len(fill.positions) for fill in first.filled if fill.column == "department")
    again = texts.say("something", cells=_cells(second)) if second.edits else texts["nothing"]
    rows = by_row(first.problems, ledger)
    lines = [
        texts.say("built", day=first.now.date()),
        texts.say("ran", cells=_cells(first), cases=int(real.sum()), assigned=assigned),
        texts.say("filed", n=sum(len(move.rows) for move in first.moves)),
        texts.say("again", said=again),
        "",
        texts["late"],
        *_table(ledger),
        "",
        texts.say("problems", n=len(rows)),
        *("  " + problem_line(problem, language) for problem, _ in rows[:6]),
        "",
        texts.say("mails", n=len(first.mails), page=usual_outbox(str(path)) / PAGE),
        *("  " + NAMED.say(language, name=mail.reader, text=mail.rendered.subject) for mail in first.mails[:6]),
    ]
    example = _example(ledger)
    if example:
        lines += ["", texts.say("why", case=example), *("  " + line for line in reasons(first, example))]
    return [
        *lines,
        "",
        texts.say("open", path=path),
        f"  {program()} run --workbook {path} --now {first.now.date()}",
    ]


def _cells(result: Result) -> int:
    return sum(len(change.positions) for change in result.changes)


def _pressing(ledger: Ledger) -> list[int]:
    register = ledger.register
    pressing = np.flatnonzero(np.isin(register["light"], [Light.LATE.key, Light.SOON.key]))
    return [int(i) for i in pressing[np.argsort(register["due_on"][pressing], kind="stable")]]


def _table(ledger: Ledger, most: int = 12) -> list[str]:
    """The pressing cases, worst first: number, light, step, day, department (not shown for restricted cases)."""
    register, language = ledger.register, ledger.language
    restricted = restricted_cases(ledger.register, ledger.policy)
    pressing = _pressing(ledger)

    def label(words: type[Word], key: str) -> str:
        return words.of(key).label(language) if key else ""

    lines = [
        "  "
        + "  ".join(
            (
                _padded(register["case_no"][i], 9),
                _padded(label(Light, register["light"][i]), 8),
                _padded(label(Step, register["step"][i]), 16),
                str(register["due_on"][i]),
                ASK_THE_OFFICE.say(language)
                if restricted[i]
                else f"{_padded(label(Status, register['status'][i]), 11)}  {register['department'][i]}",
            )
        )
        for i in pressing[:most]
    ]
    more = len(pressing) - most
    return [*lines, "  " + Sentences(_TEXTS, language).say("more", n=more)] if more > 0 else lines


def _padded(text: str, width: int) -> str:
    """The text padded for a terminal, where a Chinese character is two columns wide."""
    taken = sum(2 if ord(letter) > 0x2E80 else 1 for letter in text)
    return text + " " * max(0, width - taken)


def _example(ledger: Ledger) -> str:
    """The number of a case worth explaining: the most pressing one that is not restricted."""
    restricted = restricted_cases(ledger.register, ledger.policy)
    return next((str(ledger.register["case_no"][i]) for i in _pressing(ledger) if not restricted[i]), "")
