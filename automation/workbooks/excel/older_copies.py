"""The older backups of a workbook, all in one file: what two of them have in common is kept once (docs/design.md#p8.4).

A copy is a list of the parts of its zip file, a part a list of pieces, and of equal pieces one is kept. So a copy costs
what changed since the one before. Each part comes out byte for byte.
"""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
import zlib
from collections.abc import Collection, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from automation.workbooks.excel.pieces import cut
from automation.workbooks.file_rights import Rights, give_or_keep_private
from automation.workbooks.plain_files import refuse_special

FILE = "older copies.sqlite"
_TABLES = """
    CREATE TABLE IF NOT EXISTS copy (name TEXT PRIMARY KEY, parts BLOB NOT NULL);
    CREATE TABLE IF NOT EXISTS content (id INTEGER PRIMARY KEY, hash BLOB UNIQUE, packed BLOB, pieces BLOB NOT NULL);
    CREATE TABLE IF NOT EXISTS piece (id INTEGER PRIMARY KEY, hash BLOB UNIQUE, begins_as INTEGER, data BLOB NOT NULL);
    CREATE TABLE IF NOT EXISTS beginning (part TEXT PRIMARY KEY, piece INTEGER NOT NULL);
    CREATE TABLE IF NOT EXISTS asked_for (name TEXT PRIMARY KEY);
"""
_BEGINNING = 32_768
"""Bytes of a part from which zlib learns how its rows look; it looks back no further."""


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
        """Keep a copy. False if it is no zip file, of which nothing can be kept in parts."""
        try:
            archive = zipfile.ZipFile(io.BytesIO(data))
        except zipfile.BadZipFile:
            return False
        refuse_special(self._path)
        with archive, self._opened() as kept:
            if rights:
                give_or_keep_private(self._path, rights)
            parts = [
                _Part(
                    entry.filename, entry.date_time, entry.compress_type, entry.external_attr,
                    _kept_content(kept, archive, entry, data),
                )
                for entry in archive.infolist()
            ]  # fmt: skip
            kept.execute("INSERT OR REPLACE INTO copy VALUES (?, ?)", (name, _as_blob(parts)))
        return True

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
                kept.execute("PRAGMA auto_vacuum = FULL")
                kept.executescript(_TABLES)
                with kept:
                    yield kept
        except sqlite3.Error as error:
            raise OSError(None, str(error), str(self._path)) from error


def _kept_content(kept: sqlite3.Connection, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, data: bytes) -> int:
    """Keep what is new of a part, and return the id of its content. One that is packed as in a copy before is not unpacked."""
    packed = sha256(_packed(data, entry)).digest()
    if known := kept.execute("SELECT id FROM content WHERE packed = ?", (packed,)).fetchone():
        return int(known[0])
    content = archive.read(entry)
    name = sha256(content).digest()
    if known := kept.execute("SELECT id FROM content WHERE hash = ?", (name,)).fetchone():
        return int(known[0])
    cuts = [*cut(content)]
    begins_as = _beginning(kept, entry.filename, content) if len(cuts) > 1 else None
    pieces = [_kept_piece(kept, piece, begins_as) for piece in cuts]
    added = kept.execute("INSERT INTO content VALUES (NULL, ?, ?, ?)", (name, packed, _as_blob(pieces)))
    return int(added.lastrowid or 0)


def _packed(data: bytes, entry: zipfile.ZipInfo) -> memoryview:
    """A part's bytes within the zip file, as they are there."""
    at = entry.header_offset
    lengths = (int.from_bytes(data[at + field : at + field + 2], "little") for field in (26, 28))
    start = at + 30 + sum(lengths)
    return memoryview(data)[start : start + entry.compress_size]


def _beginning(kept: sqlite3.Connection, part: str, content: bytes) -> int:
    """How a part of this name began when it was first kept, as a piece: its pieces are packed with that in mind."""
    found = kept.execute("SELECT piece FROM beginning WHERE part = ?", (part,)).fetchone()
    if found:
        return int(found[0])
    piece = _kept_piece(kept, content[:_BEGINNING], None)
    kept.execute("INSERT INTO beginning VALUES (?, ?)", (part, piece))
    return piece


def _kept_piece(kept: sqlite3.Connection, piece: bytes, begins_as: int | None) -> int:
    name = sha256(piece).digest()
    if known := kept.execute("SELECT id FROM piece WHERE hash = ?", (name,)).fetchone():
        return int(known[0])
    packer = zlib.compressobj(9) if begins_as is None else zlib.compressobj(9, zdict=_piece(kept, begins_as))
    packed = packer.compress(piece) + packer.flush()
    return int(kept.execute("INSERT INTO piece VALUES (NULL, ?, ?, ?)", (name, begins_as, packed)).lastrowid or 0)


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
    unpacker = zlib.decompressobj() if begins_as is None else zlib.decompressobj(zdict=_piece(kept, begins_as))
    try:
        return unpacker.decompress(data)
    except zlib.error as error:
        raise DamagedCopyError from error


def _tidy(kept: sqlite3.Connection) -> None:
    """Delete what no copy needs. Raises DamagedCopyError."""
    contents = {part.content for (blob,) in kept.execute("SELECT parts FROM copy") for part in _parts(blob)}
    kept.execute("DELETE FROM content WHERE id NOT IN (SELECT value FROM json_each(?))", (_numbers(contents),))
    pieces = {one for (blob,) in kept.execute("SELECT pieces FROM content") for one in _from_blob(blob)}
    begun = kept.execute("SELECT id, begins_as FROM piece WHERE begins_as IS NOT NULL")
    pieces |= {begins_as for one, begins_as in begun.fetchall() if one in pieces}
    kept.execute("DELETE FROM piece WHERE id NOT IN (SELECT value FROM json_each(?))", (_numbers(pieces),))
    kept.execute("DELETE FROM beginning WHERE piece NOT IN (SELECT id FROM piece)")


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
