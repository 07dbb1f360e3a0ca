"""The journal beside a workbook: a file that can be written at any time, even while a person has the workbook open.

"claims and confirmations always go first, flushed, to `ledger.xlsx.journal`" (docs/design.md#p8.6). Each line is a JSON
object whose meaning this module does not know. Lines are only ever added; of two about the same thing the newer counts.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from io import FileIO
from pathlib import Path

from automation.ledger.errors import LedgerError
from automation.ledger.workbook import JournalLine
from automation.text.catalogue import msg
from automation.workbooks.file_rights import Rights, give_access
from automation.workbooks.plain_files import open_plain, reason_of, refuse_special
from automation.workbooks.whole_files import write_flushed, write_whole

LARGEST = 16_000_000
"""Bytes at which the older half is dropped: lines from years ago, long since in the workbook and its backups."""
_STRETCH = 4096


class Journal:
    """The journal in the file at `path`, which need not exist yet. `rights` says whose it is to be, None: anybody's."""

    def __init__(self, path: Path, rights: Callable[[], Rights | None], largest: int = LARGEST) -> None:
        self.path = path
        self.torn: tuple[int, ...] = ()
        """The numbers of the lines that `read` could not read, from 1, without a torn last one."""
        self.content = b""
        """What `read` found in the file, torn lines included."""
        self._rights = rights
        self._largest = largest

    def read(self) -> tuple[JournalLine, ...]:
        """Every whole line. A killed run may have torn its last one; never flushed, it was never relied on."""
        self.content = self._content()
        texts = self.content.split(b"\n")[:-1]
        lines = [_read(text) for text in texts]
        self.torn = tuple(at for at, line in enumerate(lines, start=1) if line is None and texts[at - 1])
        return tuple(line for line in lines if line is not None)

    def add(self, lines: Iterable[JournalLine]) -> None:
        """Add the lines and flush them to the disk. If this raises LedgerError, none of them counts."""
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()
        if not text:
            return
        try:
            self._shorten()
            # Without a buffer, which would be written once more when the file is closed after a full disk.
            with os.fdopen(open_plain(self.path, os.O_RDWR | os.O_CREAT), "r+b", buffering=0) as file:
                if rights := self._rights():
                    give_access(self.path, rights, self.path.name)
                end = _end_of_whole_lines(file)
                file.truncate(end)  # what a killed run tore off was never relied on, and must not become a line now
                try:
                    file.seek(end)
                    write_flushed(file, text)
                except OSError:
                    file.truncate(end)
                    raise
        except OSError as error:
            raise self._unusable(error) from error

    def put_aside(self) -> None:
        """Rename a journal left over from another workbook of this name. Raises OSError."""
        if os.path.lexists(self.path):
            self.path.replace(self.path.with_name(f"{self.path.name}.old"))

    def _content(self) -> bytes:
        try:
            refuse_special(self.path)
            return self.path.read_bytes()
        except FileNotFoundError:
            return b""
        except OSError as error:
            raise self._unusable(error) from error

    def _shorten(self) -> None:
        refuse_special(self.path)
        if not self.path.exists() or self.path.stat().st_size <= self._largest:
            return
        lines = self.path.read_bytes().splitlines(keepends=True)
        write_whole(self.path, b"".join(lines[len(lines) // 2 :]), self._rights())

    def _unusable(self, error: OSError) -> LedgerError:
        return LedgerError(
            msg(
                "{path} cannot be used ({reason}), so nothing was sent: free some space or check who may write there."
            ).of(path=self.path.name, reason=reason_of(error))
        )


def _end_of_whole_lines(file: FileIO) -> int:
    """Where the last whole line ends."""
    end = file.seek(0, os.SEEK_END)
    while end:
        start = max(0, end - _STRETCH)
        file.seek(start)
        found = file.read(end - start).rfind(b"\n")
        if found >= 0:
            return start + found + 1
        end = start
    return 0


def _read(text: bytes) -> JournalLine | None:
    try:
        line = json.loads(text)
    except ValueError:
        return None
    return line if isinstance(line, dict) else None
