"""The older backups of a workbook, all in one file: what two of them have in common is kept once (docs/design.md#p8.4).

A copy is a list of the parts of its zip file, a part a list of pieces, and of equal pieces one is kept. A piece that is
new is kept as a change of the one that stood in its place in the copy before. So a copy costs what changed since then.
Each part comes out byte for byte.
"""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
import zlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from automation.workbooks.excel.packing import CHANGE, NotPackedError, packed, packed_as_change, unpacked
from automation.workbooks.excel.pieces import cut, stood_there
from automation.workbooks.file_rights import Rights, give_or_keep_private
from automation.workbooks.plain_files import refuse_special

FILE = "older copies.sqlite"
_TABLES = """
    CREATE TABLE IF NOT EXISTS copy (name TEXT PRIMARY KEY, parts BLOB NOT NULL);
    CREATE TABLE IF NOT EXISTS content (id INTEGER PRIMARY KEY, hash BLOB UNIQUE, packed BLOB, pieces BLOB NOT NULL);
    CREATE TABLE IF NOT EXISTS piece (id INTEGER PRIMARY KEY, hash BLOB UNIQUE, begins_as INTEGER, data BLOB NOT NULL);
    CREATE TABLE IF NOT EXISTS asked_for (name TEXT PRIMARY KEY);
"""
"""`begins_as` is the piece that one is a change of; in files of earlier versions, how its part began."""


_ALL_TABLES = (_TABLES.count("CREATE TABLE"),)


class DamagedCopyError(Exception):
    """A copy whose pieces are no longer what they were."""


class _Part(NamedTuple):
    """A part of a copy as its zip file has it; `content` is the id of what it holds."""

    name: str
    date_time: tuple[int, int, int, int, int, int]
    compress_type: int
    external_attr: int
    content: int


class OlderCopies:
    """The older copies in a folder of backups. Errors of the disk are OSError, also where the file is not ours."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / FILE

    def names(self) -> Collection[str]:
        """The file names of all copies kept."""
        if not self._is_there():
            return []
        with self._opened() as kept:
            return [name for (name,) in kept.execute("SELECT name FROM copy ORDER BY name")]

    def asked_for(self) -> Collection[str]:
        """The file names of the backups that somebody asked for, which stay files of their own."""
        if not self._is_there():
            return []
        with self._opened() as kept:
            return [name for (name,) in kept.execute("SELECT name FROM asked_for")]

    def note_asked_for(self, name: str, rights: Rights | None) -> None:
        """Note that somebody asked for a backup of this name."""
        refuse_special(self._path)
        with self._opened() as kept:
            if rights:
                give_or_keep_private(self._path, rights)
            kept.execute("INSERT OR REPLACE INTO asked_for VALUES (?)", (name,))

    def add(self, name: str, data: bytes, rights: Rights | None) -> bool:
        """Keep a copy. False if it is no zip file, or a damaged one, of which nothing can be kept in parts."""
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                self._add(name, archive, data, rights)
        except (zipfile.BadZipFile, zlib.error):
            return False
        return True

    def _add(self, name: str, archive: zipfile.ZipFile, data: bytes, rights: Rights | None) -> None:
        refuse_special(self._path)
        with self._opened() as kept:
            if rights:
                give_or_keep_private(self._path, rights)
            before = _contents_before(kept)
            parts = [
                _Part(
                    entry.filename, entry.date_time, entry.compress_type, entry.external_attr,
                    _kept_content(kept, archive, entry, data, before.get(entry.filename)),
                )
                for entry in archive.infolist()
            ]  # fmt: skip
            kept.execute("INSERT OR REPLACE INTO copy VALUES (?, ?)", (name, _as_blob(parts)))

    def content(self, name: str) -> bytes:
        """The copy as a file again. Raises DamagedCopyError, KeyError."""
        if not self._is_there():
            raise KeyError(name)
        out = io.BytesIO()
        with self._opened() as kept, zipfile.ZipFile(out, "w") as target:
            found = kept.execute("SELECT parts FROM copy WHERE name = ?", (name,)).fetchone()
            if found is None:
                raise KeyError(name)
            for part in _parts(found[0]):
                entry = zipfile.ZipInfo(part.name, part.date_time)
                entry.compress_type, entry.external_attr = part.compress_type, part.external_attr
                target.writestr(entry, _content(kept, part.content))
        return out.getvalue()

    def forget(self, names: Iterable[str]) -> None:
        """Drop copies, and all that only they needed."""
        gone = [*names]
        with self._opened() as kept:
            kept.executemany("DELETE FROM copy WHERE name = ?", [(name,) for name in gone])
            kept.executemany("DELETE FROM asked_for WHERE name = ?", [(name,) for name in gone])
        with self._opened() as kept, suppress(DamagedCopyError):  # where a copy is damaged, nobody knows what it needs
            _tidy(kept)

    def _is_there(self) -> bool:
        refuse_special(self._path)
        return self._path.exists()

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        """The file, in one transaction: after a crash all of it is there, or nothing."""
        try:
            with closing(sqlite3.connect(self._path)) as kept:
                if kept.execute("SELECT count(*) FROM sqlite_master WHERE type = 'table'").fetchone() != _ALL_TABLES:
                    kept.execute("PRAGMA auto_vacuum = FULL")
                    kept.executescript(_TABLES)
                with kept:
                    yield kept
        except sqlite3.Error as error:
            raise OSError(None, str(error), str(self._path)) from error


def _contents_before(kept: sqlite3.Connection) -> Mapping[str, int]:
    """The content of each part, by its name, in the copy that was put here last."""
    found = kept.execute("SELECT parts FROM copy ORDER BY rowid DESC LIMIT 1").fetchone()
    with suppress(DamagedCopyError):  # then this copy is kept beside it, and no copy before is needed for that
        return {part.name: part.content for part in _parts(found[0])} if found else {}
    return {}


def _kept_content(
    kept: sqlite3.Connection, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, data: bytes, before: int | None
) -> int:
    """Keep what is new of a part, and return the id of its content. One that is packed as in a copy before is not unpacked.

    `before` is the content of this part in the copy before, if it was in there.
    """
    as_packed = sha256(_as_in_file(data, entry)).digest()
    if known := kept.execute("SELECT id FROM content WHERE packed = ?", (as_packed,)).fetchone():
        return int(known[0])
    content = archive.read(entry)
    name = sha256(content).digest()
    if known := kept.execute("SELECT id FROM content WHERE hash = ?", (name,)).fetchone():
        return int(known[0])
    pieces = _kept_pieces(kept, [*cut(content)], _pieces_of(kept, before))
    added = kept.execute("INSERT INTO content VALUES (NULL, ?, ?, ?)", (name, as_packed, _as_blob(pieces)))
    return int(added.lastrowid or 0)


def _as_in_file(data: bytes, entry: zipfile.ZipInfo) -> memoryview:
    """A part's bytes within the zip file, as they are there."""
    at = entry.header_offset
    lengths = (int.from_bytes(data[at + field : at + field + 2], "little") for field in (26, 28))
    start = at + 30 + sum(lengths)
    return memoryview(data)[start : start + entry.compress_size]


def _pieces_of(kept: sqlite3.Connection, content: int | None) -> Sequence[int]:
    found = kept.execute("SELECT pieces FROM content WHERE id = ?", (content,)).fetchone()
    with suppress(DamagedCopyError):
        return _from_blob(found[0]) if found else []
    return []


def _kept_pieces(kept: sqlite3.Connection, cuts: Sequence[bytes], before: Sequence[int]) -> list[int]:
    """Keep those pieces of a part that are new, and return the ids of all. `before`: its pieces in the copy before."""
    known = [_known(kept, piece) for piece in cuts]
    there = stood_there(before, known)
    return [one or _kept_piece(kept, piece, stood) for piece, one, stood in zip(cuts, known, there, strict=True)]


def _known(kept: sqlite3.Connection, piece: bytes) -> int | None:
    found = kept.execute("SELECT id FROM piece WHERE hash = ?", (sha256(piece).digest(),)).fetchone()
    return int(found[0]) if found else None


def _kept_piece(kept: sqlite3.Connection, piece: bytes, stood: int | None) -> int:
    """Keep a piece: as a change of the one that stood there if that takes half the room or less, otherwise by itself."""
    if known := _known(kept, piece):  # one like it was in this part, too
        return known
    data, change_of = packed(piece), None
    with suppress(DamagedCopyError):
        if model := _first_of(kept, stood):
            change = packed_as_change(piece, _piece(kept, model))
            data, change_of = (change, model) if len(change) * 2 <= len(data) else (data, None)
    row = (sha256(piece).digest(), change_of, data)
    return int(kept.execute("INSERT INTO piece VALUES (NULL, ?, ?, ?)", row).lastrowid or 0)


def _first_of(kept: sqlite3.Connection, piece: int | None) -> int | None:
    """The piece that this one is a change of, or itself: so no piece is a change of a change."""
    changed = "SELECT begins_as FROM piece WHERE id = ? AND substr(data, 1, 1) = ?"
    found = kept.execute(changed, (piece, CHANGE)).fetchone()
    return int(found[0]) if found else piece


def _content(kept: sqlite3.Connection, number: int) -> bytes:
    found = kept.execute("SELECT hash, pieces FROM content WHERE id = ?", (number,)).fetchone()
    content = b"".join(_piece(kept, piece) for piece in _from_blob(found[1])) if found else b""
    if found is None or sha256(content).digest() != found[0]:
        raise DamagedCopyError
    return content


def _piece(kept: sqlite3.Connection, number: int) -> bytes:
    found = kept.execute("SELECT begins_as, data FROM piece WHERE id = ?", (number,)).fetchone()
    if found is None:
        raise DamagedCopyError
    begins_as, data = found
    before = b"" if begins_as is None else _piece(kept, begins_as)
    try:
        return unpacked(data, before)
    except NotPackedError as error:
        raise DamagedCopyError from error


def _tidy(kept: sqlite3.Connection) -> None:
    """Delete what no copy needs. Raises DamagedCopyError."""
    contents = {part.content for (blob,) in kept.execute("SELECT parts FROM copy") for part in _parts(blob)}
    kept.execute("DELETE FROM content WHERE id NOT IN (SELECT value FROM json_each(?))", (_numbers(contents),))
    pieces = {one for (blob,) in kept.execute("SELECT pieces FROM content") for one in _from_blob(blob)}
    needs = dict(kept.execute("SELECT id, begins_as FROM piece WHERE begins_as IS NOT NULL").fetchall())
    needed = pieces
    while needed := {needs[one] for one in needed if one in needs} - pieces:
        pieces |= needed
    kept.execute("DELETE FROM piece WHERE id NOT IN (SELECT value FROM json_each(?))", (_numbers(pieces),))


def _numbers(ids: Iterable[int]) -> str:
    return json.dumps([*ids])


def _parts(blob: bytes) -> list[_Part]:
    return [_Part(name, tuple(moment), *rest) for name, moment, *rest in _from_blob(blob)]


def _as_blob(values: object) -> bytes:
    return zlib.compress(json.dumps(values, separators=(",", ":")).encode())


def _from_blob(blob: bytes) -> list[Any]:
    try:
        values: list[Any] = json.loads(zlib.decompress(blob))
    except (zlib.error, ValueError) as error:
        raise DamagedCopyError from error
    return values
