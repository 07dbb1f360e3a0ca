"""A table as CSV, JSON lines or Parquet, and what its columns mean, as the bytes of files."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from automation.cases.exported import Value
from automation.ledger.cells import json_value
from automation.ledger.errors import LedgerError
from automation.text.catalogue import msg
from automation.text.characters import for_utf8
from automation.text.extras import how_to_install
from sheet_schema import Type

_RUNS_AS_FORMULA = re.compile("[=+\\-@\t\r\n＝＋－＠]")
_BYTE_ORDER_MARK = "\ufeff"
"""Excel takes a CSV without it for something else than UTF-8."""


@dataclass(frozen=True)
class Field:
    """A column of a table: its key, type, what it is called, what it means, and what its choices are called."""

    key: str
    type: Type
    label: str
    meaning: str
    choices: str = ""


@dataclass(frozen=True)
class TableWritten:
    """The columns of a table, and the values of each, line by line."""

    fields: Sequence[Field]
    values: Sequence[Sequence[Value]]


def as_csv(table: TableWritten) -> bytes:
    """UTF-8 with a mark. Choices are keys, dates in ISO form; no cell is one that a spreadsheet would run."""
    keys = [field.key for field in table.fields]
    return _csv([keys, *([_csv_cell(one) for one in row] for row in zip(*table.values, strict=True))])


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


def as_jsonl(table: TableWritten) -> bytes:
    """An object a line, in UTF-8, by keys; a blank cell is null."""
    keys = [field.key for field in table.fields]
    rows = (dict(zip(keys, map(json_value, row), strict=True)) for row in zip(*table.values, strict=True))
    return for_utf8("".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)).encode()


def as_parquet(table: TableWritten) -> bytes:
    """A Parquet file in which dates are dates and numbers numbers. Raises LedgerError if pyarrow is not installed."""
    import pandas as pd  # takes long, and only Parquet needs it

    types = {Type.DATE: "datetime64[s]", Type.MOMENT: "datetime64[s]", Type.TICK: "boolean", Type.WHOLE: "Float64"}
    columns: dict[str, pd.Series[Any]] = {}
    for field, values in zip(table.fields, table.values, strict=True):
        cells = [for_utf8(cell) if isinstance(cell, str) else cell for cell in values]
        columns[field.key] = pd.Series(cells, dtype=types.get(field.type, "string"))
    try:
        made: bytes = pd.DataFrame(columns).to_parquet(None, engine="pyarrow", index=False)
    except ImportError as error:
        raise LedgerError(
            msg("Parquet needs a package that is not installed: {command}. Or choose --format csv or jsonl.").of(
                command=how_to_install("parquet")
            )
        ) from error
    return made


def dictionary(table: TableWritten) -> bytes:
    """As CSV, a line for each column: its key, label, type, what it means, and what its choices are called."""
    lines = [[one.key, one.label, one.type.name.lower(), one.meaning, one.choices] for one in table.fields]
    return _csv([["key", "label", "type", "meaning", "choices"], *([*map(_harmless, line)] for line in lines)])


FORMS: Mapping[str, Callable[[TableWritten], bytes]] = {"csv": as_csv, "jsonl": as_jsonl, "parquet": as_parquet}
