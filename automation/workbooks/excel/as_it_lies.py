"""What tells whether a file is still the one that a run read: its bytes, its journal's, and that nobody has it open."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from pathlib import Path

from automation.workbooks.excel.open_locks import opened
from automation.workbooks.plain_files import read_plain


def journal_of(path: Path) -> Path:
    """The journal of the workbook at `path`."""
    return path.with_name(f"{path.name}.journal")


def version_of(data: bytes) -> str:
    return sha256(data).hexdigest()


def together(version: str, journal: bytes) -> str:
    """One word for a file of this version with this journal."""
    return f"{version} {version_of(journal)}"


def as_it_lies(path: Path, now: datetime) -> str:
    """The same for the file as it lies there; blank if it cannot be read, or somebody has it open or seems to."""
    try:
        if opened(path, now):
            return ""
        data = read_plain(path)
        try:
            journal = read_plain(journal_of(path))
        except FileNotFoundError:
            journal = b""
        return together(version_of(data), journal)
    except OSError:
        return ""
