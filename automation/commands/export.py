"""export: a tab, or the figures of a report and the cases behind them, as CSV, JSON lines or Parquet, with a file beside that says what its columns are.

It only reads the ledger.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from errno import EISDIR
from os import strerror
from pathlib import Path
from typing import Any

from automation.cases.exported import exported
from automation.commands.books_reached import with_books
from automation.commands.export_files import FORMS, Field, TableWritten, dictionary
from automation.commands.language import spoken_of
from automation.commands.options import Session
from automation.commands.report import ReportOptions, report_wanted
from automation.ledger.errors import LedgerError, Misused
from automation.ledger.parsing import parse
from automation.ledger.year_books import names_of_books
from automation.reports import cases_table, figures_table
from automation.run.may_run import refuse_moved
from automation.text.catalogue import Message, Row, counted, msg
from automation.workbooks.address import folder_beside
from automation.workbooks.file_rights import Rights
from automation.workbooks.laid_out import LaidOut
from automation.workbooks.opening import workbook_at
from automation.workbooks.whole_files import write_whole
from sheet_schema import LANGUAGES, REPORT, TABS, Column, Language, Tab, Type, folded

FOLDER = "exports"
CASES = "report_cases"
"""What the table of the cases behind a report is called."""
WITHHELD = "withheld"
_LABEL = msg("Withheld")
_MEANING = msg(
    "Whether something is left out of this line because it would tell of a restricted case: ask the office.", "export"
)
_WRITTEN = counted(
    "1 line is in {path}; {columns} says what its columns are.",
    "{n} lines are in {path}; {columns} says what its columns are.",
)
_HIDDEN = counted(
    "In 1 line something was left out because of a restricted case; --restricted writes it.",
    "In {n} lines something was left out because of restricted cases; --restricted writes it.",
)


@dataclass(frozen=True)
class ExportOptions(ReportOptions):
    """The options of `export`, as typed. Those of a report's period are for its figures."""

    tab: str = ""
    form: str = "csv"
    restricted: bool = False
    books: bool = False


def export_tab(wanted: ExportOptions, session: Session) -> int:
    """Write the table and what its columns mean, and say where. Raises Misused for a tab that has no columns or is none."""
    tab = _tab_meant(wanted.tab)
    if tab is not REPORT and (wanted.period or wanted.first or wanted.last):
        raise Misused(msg("--period, --from and --to are for `export report`: a tab is written whole."))
    workbook = workbook_at(wanted.workbook, session.real_time)
    tables, language = (
        _of_report(workbook, wanted, session) if tab is REPORT else _of_tab(workbook, tab, wanted, session)
    )
    made = {name: (FORMS[wanted.form](table), dictionary(table)) for name, table in tables.items()}
    session.tell("writing")
    folder = Path(wanted.into) if wanted.into else folder_beside(wanted.workbook, FOLDER)
    files = {name: (folder / f"{name}.{wanted.form}", folder / f"{name}.columns.csv") for name in tables}
    contents = {path: content for name in tables for path, content in zip(files[name], made[name], strict=True)}
    _write(contents, workbook.own_file.rights_beside() if workbook.own_file is not None else None)
    for name, table in tables.items():
        path, columns = files[name]
        session.say(_WRITTEN.say(language, n=len(table.values[0]), path=path, columns=columns))
        if hidden := sum(map(bool, table.values[-1])) if table.fields[-1].key == WITHHELD else 0:
            session.say(_HIDDEN.say(language, n=hidden))
    return 0


def _of_report(workbook: LaidOut, wanted: ExportOptions, session: Session) -> tuple[dict[str, TableWritten], Language]:
    """The figures of the report, and the cases behind them."""
    report = report_wanted(workbook, wanted, session)
    language = spoken_of(report.language)
    report = replace(report, language=language)
    figures = _table(figures_table.COLUMNS, figures_table.lines_of(report), language)
    cases = _table(cases_table.COLUMNS, cases_table.case_lines_of(report), language)
    return {REPORT.key: figures, CASES: cases}, language


def _table(
    columns: Mapping[str, tuple[Type, Message, Message]], lines: Sequence[Mapping[str, Any]], language: Language
) -> TableWritten:
    fields = [Field(key, of, label.say(language), told.say(language)) for key, (of, label, told) in columns.items()]
    return TableWritten(fields, [[_value(of, line.get(key)) for line in lines] for key, (of, _, _) in columns.items()])


def _value(of: Type, said: Any) -> Any:
    """What a report says of it, days as days: JSON has them as texts."""
    return date.fromisoformat(said) if of is Type.DATE and said else said


def _of_tab(
    workbook: LaidOut, tab: Tab, wanted: ExportOptions, session: Session
) -> tuple[dict[str, TableWritten], Language]:
    session.tell("reading")
    snapshot = workbook.read()
    ledger = parse(snapshot)
    refuse_moved(ledger)
    if wanted.books and (books := names_of_books(ledger)):
        ledger = parse(with_books(workbook, snapshot, books))
    session.tell("working_out")
    table, language = exported(ledger, tab, restricted=wanted.restricted), spoken_of(ledger.language)
    fields = [
        Field(one.key, one.type, one.label(language), one.note(language), _choices(one, language))
        for one in table.columns
    ]
    own = Field(WITHHELD, Type.TICK, _LABEL.say(language), _MEANING.say(language))
    values = [*(table.values[one.key] for one in table.columns), table.withheld]
    return {tab.key: TableWritten([*fields, own], values)}, language


def _tab_meant(typed: str) -> Tab:
    """The tab with this key, or this label in any language; that of the report stands for its figures."""
    tabs = [tab for tab in TABS if (tab.columns and not tab.page) or tab is REPORT]
    for tab in tabs:
        if folded(typed) in {folded(one) for one in (tab.key, *map(tab.label, LANGUAGES))}:
            return tab
    raise Misused(
        msg("There is no tab {typed} to export: name one of these: {tabs}.").of(
            typed=typed, tabs=Row([tab.key for tab in tabs])
        )
    )


def _choices(column: Column, language: Language) -> str:
    return "; ".join(f"{word.key} = {word.label(language)}" for word in column.choices or ())


def _write(files: Mapping[Path, bytes], rights: Rights | None) -> None:
    try:
        for path in files:
            path.parent.mkdir(parents=True, exist_ok=True)
            if path.is_dir():  # before the first is written: they belong together
                raise IsADirectoryError(EISDIR, strerror(EISDIR), str(path))
        for path, content in files.items():
            write_whole(path, content, rights)
    except OSError as error:
        raise LedgerError(
            msg("{path} cannot be written ({reason}): close it if it is open, or name another folder with --into.").of(
                path=error.filename, reason=error.strerror
            )
        ) from error
