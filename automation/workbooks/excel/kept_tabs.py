"""What a run read of each tab of a file, kept beside it for the next run, which need not read again what is the same.

"A tab of which not a byte is different since the last run is not read anew" (docs/design.md#p8.15). A tab is known by a checksum of all that its reading
depends on. What is kept may be deleted at any time; what is torn, or of another version of the program, counts as nothing.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache, partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import python_calamine

from automation.ledger.by_column import ByColumn, Cells
from automation.ledger.workbook import HEADER_ROW, Cell, CellError, Formula
from automation.workbooks.excel.xml.package import Package
from automation.workbooks.file_rights import Rights
from automation.workbooks.plain_files import read_plain, sizes_and_times
from automation.workbooks.whole_files import write_whole

_FORM = 1
"""The form in which tabs are kept; another one is not read."""
_MOST = 64_000_000
"""Bytes that are kept. What is more is read from the workbook."""
_FEW = 4
"""In a column of which each word stands in so many rows or more, each is kept once."""


def kept_beside(workbook: Path) -> Path:
    return workbook.with_name(f".{workbook.name}.read")


@dataclass(frozen=True, slots=True)
class Kept:
    """The rows of a tab, and why some of them were left out (`Sift.ground`); None if none was."""

    rows: ByColumn
    ground: Mapping[str, Any] | None
    lines: Sequence[bytes]
    """As they are kept."""


class KeptTabs:
    """The tabs that were read of the workbook at `path`, by the checksums of `known_by`."""

    def __init__(self, path: Path) -> None:
        self._file = kept_beside(path)
        self._there: dict[str, Kept] | None = None
        self._used: dict[str, Kept] = {}

    def begin(self) -> None:
        """Begin a reading: what was used for an earlier one is kept no longer unless it is used again."""
        self._used = {}

    def get(self, key: str) -> Kept | None:
        if self._there is None:
            self._there = _read(self._file)
        if (found := self._there.get(key)) is not None:
            self._used[key] = found
        return found

    def put(self, key: str, rows: Sequence[Sequence[Cell]], ground: Mapping[str, Any] | None = None) -> ByColumn | None:
        """Remember a tab for the next run, and return its rows by columns; None if something in it cannot be kept."""
        lines = _lines(key, rows, ground)
        if lines is None:
            return None
        kept = self._used[key] = _kept(json.loads(lines[0]), lines)
        return kept.rows

    def save(self, rights: Rights | None) -> None:
        """Keep what the last reading used, for the workbook's people, if it is not what is kept. A full disk is no matter."""
        if self._there is not None and self._there.keys() == self._used.keys():
            return
        body = b"\n".join(line for kept in self._used.values() for line in kept.lines)
        if len(body) <= _MOST:
            with suppress(OSError):
                write_whole(self._file, sha256(body).hexdigest().encode() + b"\n" + body, rights)
                self._there = dict(self._used)


def known_by(package: Package, title: str, *, sifted: bool) -> str:
    """One word for all that the reading of a tab depends on: its part, those of texts, looks and the workbook, and the program."""
    shared = [package.related_to_workbook(kind) for kind in ("sharedStrings", "styles")]
    parts = [package.workbook, *filter(None, shared), package.sheets[title]]
    told = [_FORM, sifted, _reader(), *(package.checksum_of(part) for part in parts)]
    return sha256(json.dumps(told).encode()).hexdigest()


@cache
def _reader() -> str:
    """What changes with every version of the program, of Python and of what reads, when this one was loaded."""
    root = Path(__file__).parents[3]
    folders = [root / "automation", root / "sheet_schema", Path(python_calamine.__file__).parent]
    return repr((sys.version, sorted(sizes_and_times(folders))))


def _read(file: Path) -> dict[str, Kept]:
    """What is kept in the file, by its keys; nothing if it is torn or of another kind."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        checksum, _, body = read_plain(file).partition(b"\n")
        if checksum == sha256(body).hexdigest().encode():
            return dict(_tabs(body.split(b"\n")))
    return {}


def _tabs(lines: Sequence[bytes]) -> Iterator[tuple[str, Kept]]:
    at = 0
    while at < len(lines) and lines[at]:
        head = json.loads(lines[at])
        end = at + 1 + head["columns"]
        yield head["key"], _kept(head, lines[at:end])
        at = end


def _kept(head: Mapping[str, Any], lines: Sequence[bytes]) -> Kept:
    filled = range(HEADER_ROW + 1, head["count"] + 1) if head["filled"] is None else head["filled"]
    makers: list[Callable[[], Cells]] = [partial(_column, line, len(filled)) for line in lines[1:]]
    return Kept(ByColumn(head["count"], _cells(head["headers"], 0), filled, makers), head["ground"], lines)


def _lines(key: str, rows: Sequence[Sequence[Cell]], ground: Mapping[str, Any] | None) -> list[bytes] | None:
    """A tab as lines: what is said of it, and each of its columns. None if it holds something of another kind."""
    headers, body = list(rows[0]) if rows else [], rows[HEADER_ROW:]
    full = [at for at, row in enumerate(body) if any(cell != "" for cell in row)]
    width = max(map(len, rows), default=0)
    filled = [at + HEADER_ROW + 1 for at in full]
    padded = [[*row, *[""] * (width - len(row))] for row in (body[at] for at in full)]
    columns = list(zip(*padded, strict=True)) if padded else [()] * width
    try:
        head = {
            "key": key,
            "count": len(rows),
            "headers": _told(headers),
            "filled": None if len(full) == len(body) else filled,
            "ground": ground,
            "columns": len(columns),
        }
        return [_json(one) for one in (head, *map(_told, columns))]
    except TypeError:
        return None


def _json(value: object) -> bytes:
    if value is None:  # most columns
        return b"null"
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


_SAME = {str, int, float, bool}
"""What JSON says as it is."""
_OTHERS: Mapping[type, tuple[str, Callable[[Any], str], Callable[[str], Cell]]] = {
    datetime: ("moment", datetime.isoformat, datetime.fromisoformat),
    date: ("day", date.isoformat, date.fromisoformat),
    time: ("time", time.isoformat, time.fromisoformat),
    Formula: ("formula", lambda cell: cell.text, Formula),
    CellError: ("error", lambda cell: cell.code, CellError),
}
_BY_NAME = {name: made for name, _, made in _OTHERS.values()}


def _told(cells: Sequence[Cell]) -> object:
    """The cells as JSON says them. Raises TypeError for a cell of another kind."""
    kinds = set(map(type, cells))
    if kinds <= {str}:
        words = dict.fromkeys(cells)
        if not any(words):
            return None
        if len(words) * _FEW <= len(cells):
            number = {word: at for at, word in enumerate(words)}
            return {"words": list(words), "at": [number[cell] for cell in cells]}
    if kinds <= _SAME:
        return list(cells)
    if kinds <= {str, datetime} and all(cell == "" for cell in cells if isinstance(cell, str)):
        return {"moments": [cell and cell.isoformat() for cell in cells]}  # type: ignore[union-attr]
    return {"cells": [_one(cell) for cell in cells]}


def _one(cell: Cell) -> object:
    if type(cell) in _SAME:
        return cell
    if (other := _OTHERS.get(type(cell))) is None:
        raise TypeError
    return [other[0], other[1](cell)]


def _column(line: bytes, count: int) -> Cells:
    return _cells(json.loads(line), count)


def _cells(told: Any, count: int) -> Cells:
    """The cells that were told so, all of `count` if they are blank."""
    if told is None:
        return [""] * count
    if isinstance(told, list):
        return told
    if "words" in told:
        words = told["words"]
        return [words[at] for at in told["at"]]
    if "moments" in told:
        return [one and datetime.fromisoformat(one) for one in told["moments"]]
    return [_BY_NAME[one[0]](one[1]) if isinstance(one, list) else one for one in told["cells"]]
