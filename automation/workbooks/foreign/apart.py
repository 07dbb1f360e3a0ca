"""Has a spreadsheet read by a process of its own, so that a damaged file can end that one and not this."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from automation.ledger.workbook import Cell
from automation.workbooks.foreign.bounds import MOST_COLUMNS, MOST_ROWS
from automation.workbooks.foreign.calamine_child import DAMAGED

_ROOT = Path(__file__).resolve().parents[3]
_CHILD = "automation.workbooks.foreign.calamine_child"
_PATIENCE = 300
"""Seconds. A file as large as may be takes a tenth."""
_KINDS = {kind.__name__: kind for kind in (datetime, date, time)}


@dataclass(frozen=True)
class TabRead:
    """A tab as it was read. `merged` are the first and last place of each range, as row and column from 0."""

    title: str
    rows: list[list[Cell]]
    merged: list[tuple[tuple[int, int], tuple[int, int]]]


def tabs_read(data: bytes) -> list[TabRead] | str:
    """The tabs of a spreadsheet, or what is wrong with it."""
    paths = (str(_ROOT), *filter(None, (os.environ.get("PYTHONPATH"),)))
    try:
        done = subprocess.run(  # noqa: S603  (Python itself, with a module of ours)
            [sys.executable, "-P", "-m", _CHILD, str(MOST_ROWS), str(MOST_COLUMNS)],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
            timeout=_PATIENCE,
            check=True,
        )
        said = json.loads(done.stdout, object_hook=_cell)
    except (subprocess.SubprocessError, ValueError):
        return DAMAGED
    return str(said["wrong"]) if "wrong" in said else [TabRead(**one) for one in said["sheets"]]


def _cell(said: dict[str, object]) -> object:
    """A day or time, where the child has written one; any other object as it is."""
    if len(said) == 1:
        ((kind, text),) = said.items()
        if kind in _KINDS:
            return _KINDS[kind].fromisoformat(str(text))
    return said
