"""The journal beside a workbook: a file that can be written at any time, even while a person has the workbook open.

"claims and confirmations always go first, flushed, to `ledger.xlsx.journal`" (docs/design.md#p8.6). Each line is a JSON
object whose meaning this module does not know. Lines are only ever added; of two about the same thing the newer counts.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path

from automation.ledger.errors import LedgerError
from automation.ledger.workbook import JournalLine
from automation.text.catalogue import msg
from automation.workbooks.whole_files import write_flushed, write_whole

LARGEST = 16_000_000
"""Bytes at which the older half is dropped: lines from years ago, long since in the workbook and its backups."""


class Journal:
    """The journal in the file at `path`, which need not exist yet."""

    def __init__(self, path: Path, largest: int = LARGEST) -> None:
        self.path = path
        self._largest = largest

    def read(self) -> tuple[JournalLine, ...]:
        """Every whole line. A killed run may have torn its last one; never flushed, it was never relied on."""
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise self._unusable(error) from error
        return tuple(line for text in data.split(b"\n")[:-1] if (line := _read(text)) is not None)

    def add(self, lines: Iterable[JournalLine]) -> None:
        """Add the lines and flush them to the disk. If this raises LedgerError, none of them counts."""
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines).encode()
        if not text:
            return
        try:
            self._shorten()
            with self.path.open("ab") as file:
                if file.tell() and not self._ends_whole():
                    file.write(b"\n")
                write_flushed(file, text)
        except OSError as error:
            raise self._unusable(error) from error

    def put_aside(self) -> None:
        """Rename a journal left over from another workbook of this name. Raises OSError."""
        if self.path.exists():
            self.path.replace(self.path.with_name(f"{self.path.name}.old"))

    def _ends_whole(self) -> bool:
        with self.path.open("rb") as file:
            file.seek(-1, os.SEEK_END)
            return file.read() == b"\n"

    def _shorten(self) -> None:
        if not self.path.exists() or self.path.stat().st_size <= self._largest:
            return
        lines = self.path.read_bytes().splitlines(keepends=True)
        write_whole(self.path, b"".join(lines[len(lines) // 2 :]))

    def _unusable(self, error: OSError) -> LedgerError:
        reason = error.strerror or str(error)
        return LedgerError(
            msg(
                "{path} cannot be used ({reason}), so nothing was sent: free some space or check who may write there."
            ).of(path=self.path.name, reason=reason)
        )


def _read(text: bytes) -> JournalLine | None:
    try:
        line = json.loads(text)
    except ValueError:
        return None
    return line if isinstance(line, dict) else None
