"""export: a tab as CSV, JSON lines or Parquet, with a file beside that says what its columns are. It only reads the ledger."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from automation.cases.exported import Exported, Value, exported
from automation.commands.books_reached import with_books
from automation.commands.language import spoken_of
from automation.commands.options import Session
from automation.ledger.cells import json_value
from automation.ledger.errors import LedgerError, Misused
from automation.ledger.parsing import parse
from automation.ledger.year_books import names_of_books
from automation.run.may_run import refuse_moved
from automation.text.catalogue import Row, counted, msg
from automation.text.characters import for_utf8
from automation.workbooks.address import folder_beside
from automation.workbooks.file_rights import Rights
from automation.workbooks.opening import workbook_at
from automation.workbooks.whole_files import write_whole
from sheet_schema import LANGUAGES, TABS, Column, Language, Tab, Type, folded

FOLDER = "exports"
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
_RUNS_AS_FORMULA = re.compile("[=+\\-@\t\r\n＝＋－＠]")
_BYTE_ORDER_MARK = "\ufeff"
"""Excel takes a CSV without it for something else than UTF-8."""


@dataclass(frozen=True)
class ExportOptions:
    """The options of `export`, as typed."""

    workbook: str
    tab: str
    into: str = ""
    form: str = "csv"
    restricted: bool = False
    books: bool = False


def export_tab(wanted: ExportOptions, session: Session) -> int:
    """Write the tab and what its columns mean, and say where. Raises Misused for a tab that has no columns or is none."""
    tab = _tab_meant(wanted.tab)
    session.tell("reading")
    workbook = workbook_at(wanted.workbook, session.real_time)
    snapshot = workbook.read()
    ledger = parse(snapshot)
    refuse_moved(ledger)
    if wanted.books and (books := names_of_books(ledger)):
        ledger = parse(with_books(workbook, snapshot, books))
    session.tell("working_out")
    table, language = exported(ledger, tab, restricted=wanted.restricted), spoken_of(ledger.language)
    made = _FORMS[wanted.form](table)
    session.tell("writing")
    folder = Path(wanted.into) if wanted.into else folder_beside(wanted.workbook, FOLDER)
    path, columns = folder / f"{tab.key}.{wanted.form}", folder / f"{tab.key}.columns.csv"
    rights = workbook.own_file.rights_beside() if workbook.own_file is not None else None
    _write({path: made, columns: _dictionary(table, language)}, rights)
    session.say(_WRITTEN.say(language, n=len(table), path=path, columns=columns))
    if hidden := sum(table.withheld):
        session.say(_HIDDEN.say(language, n=hidden))
    return 0


def _tab_meant(typed: str) -> Tab:
    """The tab with this key, or this label in any language."""
    tabs = [tab for tab in TABS if not tab.page and tab.columns]
    for tab in tabs:
        if folded(typed) in {folded(one) for one in (tab.key, *map(tab.label, LANGUAGES))}:
            return tab
    raise Misused(
        msg("There is no tab {typed} to export: name one of these: {tabs}.").of(
            typed=typed, tabs=Row([tab.key for tab in tabs])
        )
    )


def _rows(table: Exported) -> Iterable[Sequence[Value]]:
    return zip(*(table.values[column.key] for column in table.columns), table.withheld, strict=True)


def _keys(table: Exported) -> list[str]:
    return [*(column.key for column in table.columns), WITHHELD]


def as_csv(table: Exported) -> bytes:
    """UTF-8 with a mark. Choices are keys, dates in ISO form; no cell is one that a spreadsheet would run."""
    return _csv([_keys(table), *([_csv_cell(one) for one in row] for row in _rows(table))])


def _csv(rows: Iterable[Sequence[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return for_utf8(_BYTE_ORDER_MARK + text.getvalue()).encode()


def _csv_cell(value: Value) -> str:
    if isinstance(value, str):
        return _harmless(value)
    plain = json_value(value)
    return "" if plain is None else json.dumps(plain) if isinstance(plain, bool) else str(plain)


def _harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula: one that begins as a formula does has an apostrophe before it."""
    return f"'{text}" if _RUNS_AS_FORMULA.match(text) else text


def as_jsonl(table: Exported) -> bytes:
    """An object a line, in UTF-8, by keys; a blank cell is null."""
    keys = _keys(table)
    lines = (json.dumps(dict(zip(keys, map(json_value, row), strict=True)), ensure_ascii=False) for row in _rows(table))
    return for_utf8("".join(f"{line}\n" for line in lines)).encode()


def as_parquet(table: Exported) -> bytes:
    """A Parquet file in which dates are dates and numbers numbers. Raises LedgerError if pyarrow is not installed."""
    import pandas as pd  # takes long, and only Parquet needs it

    types = {Type.DATE: "datetime64[s]", Type.MOMENT: "datetime64[s]", Type.TICK: "boolean", Type.WHOLE: "Float64"}
    columns: dict[str, pd.Series[Any]] = {}
    for one in table.columns:
        cells = [for_utf8(cell) if isinstance(cell, str) else cell for cell in table.values[one.key]]
        columns[one.key] = pd.Series(cells, dtype=types.get(one.type, "string"))
    frame = pd.DataFrame({**columns, WITHHELD: pd.Series(table.withheld, dtype="boolean")})
    try:
        made: bytes = frame.to_parquet(None, engine="pyarrow", index=False)
    except ImportError as error:
        raise LedgerError(
            msg("Parquet needs a package that is not installed: {command}. Or choose --format csv or jsonl.").of(
                command="pip install .[parquet]"
            )
        ) from error
    return made


_FORMS: Mapping[str, Callable[[Exported], bytes]] = {"csv": as_csv, "jsonl": as_jsonl, "parquet": as_parquet}


def _dictionary(table: Exported, language: Language) -> bytes:
    """A line for each column: its key, label, type, what it means, and what its choices are called."""
    lines = [
        [
            column.key,
            column.label(language),
            column.type.name.lower(),
            column.note(language),
            _choices(column, language),
        ]
        for column in table.columns
    ]
    own = [WITHHELD, _LABEL.say(language), Type.TICK.name.lower(), _MEANING.say(language), ""]
    return _csv([["key", "label", "type", "meaning", "choices"], *([*map(_harmless, line)] for line in (*lines, own))])


def _choices(column: Column, language: Language) -> str:
    return "; ".join(f"{word.key} = {word.label(language)}" for word in column.choices or ())


def _write(files: Mapping[Path, bytes], rights: Rights | None) -> None:
    try:
        for path, content in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, content, rights)
    except OSError as error:
        raise LedgerError(
            msg("{path} cannot be written ({reason}): close it if it is open, or name another folder with --into.").of(
                path=error.filename, reason=error.strerror
            )
        ) from error
