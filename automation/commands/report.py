"""report: count the figures of a period, print them, and write the page, the tab or the yearly document."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from automation.commands.books_reached import with_years_since
from automation.commands.console import one_object
from automation.commands.language import spoken_of
from automation.commands.options import Session, moment
from automation.ledger.errors import LedgerError
from automation.ledger.workbook import Changed, Workbook
from automation.reports.as_json import as_json
from automation.reports.build import cases_to_report, report_of
from automation.reports.model import Report
from automation.reports.page import page_of
from automation.reports.periods import chosen, first_day
from automation.reports.summary import summary
from automation.reports.tab import write_tab
from automation.text.catalogue import Message, Sentences, msg
from automation.workbooks.address import folder_beside
from automation.workbooks.laid_out import LaidOut
from automation.workbooks.opening import workbook_at
from automation.workbooks.whole_files import write_whole
from sheet_schema import REPORT

FOLDER = "reports"
LAST_YEAR = "last-year"

_TEXTS: Mapping[str, Message] = {
    "page": msg("The page: {path}"),
    "annual": msg("The year's summary, for you to finish: {path}"),
    "own_styles": msg("Its styles are those of {template}."),
    "our_styles": msg("For a look of your own, restyle it in Word and save it as {template}."),
    "would": msg("Nothing was written: {path} would be."),
    "tab": msg("The tab {tab} shows it too."),
    "same": msg("The tab {tab} shows it already."),
    "not_tab": msg("The tab {tab} was not written. {why}"),
    "changed": msg("The workbook was saved at that very moment: make the report again."),
}
_FILE = msg("report {first} {last}", "file")
_TEMPLATE = msg("Annual summary template.docx", "file")
"""The Word file beside the ledger whose styles, page, header and footer the yearly document takes."""


@dataclass(frozen=True)
class ReportOptions:
    """The options of `report`, as typed. `first` and `last` are `--from` and `--to`."""

    workbook: str
    now: str | None = None
    period: str | None = None
    first: str | None = None
    last: str | None = None
    into: str = ""
    dry_run: bool = False
    as_json: bool = False
    annual: bool = False


def make_report(asked: ReportOptions, session: Session) -> int:
    """Print the report and write its page and tab, or with `annual` the year's document instead. Exit code 0.

    If the tab cannot be written now, the page is written all the same.
    """
    say, tell = session.say, session.tell
    workbook = workbook_at(asked.workbook, session.real_time)
    report = report_wanted(workbook, asked, session)
    if asked.as_json:
        say(one_object(as_json(report)))
        return 0
    for line in summary(replace(report, language=spoken_of(report.language))):
        say(line)
    say("")
    texts = Sentences(_TEXTS, spoken_of(report.language))
    name, made, of = _document(report, asked.workbook) if asked.annual else _page(report)
    path = (Path(asked.into) if asked.into else folder_beside(asked.workbook, FOLDER)) / name
    if asked.dry_run:
        say(texts.say("would", path=path))
        return 0
    tell("writing")
    _put(path, made)
    say(texts.say(of, path=path))
    say(_styles(report, asked.workbook) if asked.annual else _tab(workbook, report))
    return 0


def report_wanted(workbook: LaidOut, asked: ReportOptions, session: Session) -> Report:
    """The report on the period that the options name, with the year books it reaches back to."""
    session.tell("reading")
    snapshot = workbook.read()
    session.tell("working_out")
    cases = cases_to_report(snapshot, moment(asked.now, session.real_time))
    named = asked.period or (None if asked.first or asked.last or not asked.annual else LAST_YEAR)
    spans = chosen(named, asked.first, asked.last, cases.ledger.policy.calendar, cases.now.date())
    whole = with_years_since(workbook, snapshot, cases.ledger, first_day(*spans, cases.now.date()).year)
    if whole is not snapshot:
        cases = cases_to_report(whole, moment(asked.now, session.real_time))
    return report_of(cases, *spans)


def _page(report: Report) -> tuple[str, bytes, str]:
    """The file's name, its content, and what to call it in a sentence."""
    name = _FILE.say(report.language, first=report.period.first, last=report.period.last)
    return f"{name}.html", page_of(report).encode(), "page"


def _document(report: Report, workbook: str) -> tuple[str, bytes, str]:
    # python-docx takes long to import, and most reports are no Word document.
    from automation.reports.annual.annual import annual_docx, annual_name

    template = _template(report, workbook)
    return annual_name(report), annual_docx(report, template if template.exists() else None), "annual"


def _template(report: Report, workbook: str) -> Path:
    """Where the office's own template for the document is looked for."""
    return folder_beside(workbook, _TEMPLATE.say(report.language))


def _styles(report: Report, workbook: str) -> str:
    """Whose styles the document has, in one sentence."""
    template = _template(report, workbook)
    return Sentences(_TEXTS, spoken_of(report.language)).say(
        "own_styles" if template.exists() else "our_styles", template=template
    )


def _tab(workbook: Workbook, report: Report) -> str:
    """Write the tab, and say in one sentence what became of it."""
    texts, tab = Sentences(_TEXTS, spoken_of(report.language)), REPORT.label(report.language)
    try:
        return texts.say("tab" if write_tab(workbook, report) else "same", tab=tab)
    except LedgerError as error:
        why = error.say(spoken_of(report.language))
    except Changed:
        why = texts["changed"]
    return texts.say("not_tab", tab=tab, why=why)


def _put(path: Path, content: bytes) -> None:
    """Write the file, and its folder if it is missing. Raises LedgerError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, content)
    except OSError as error:
        raise LedgerError(
            msg("{path} cannot be written ({reason}): close it if it is open, or name another folder with --into.").of(
                path=path, reason=error.strerror
            )
        ) from error
