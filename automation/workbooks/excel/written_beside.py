"""Writes a file's new content beside it, flushed, and renames it over: there is always the old file or the new one, whole
(docs/design.md#p8.2).
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from automation.workbooks.whole_files import write_flushed


def written_beside(path: Path, data: bytes) -> Path:
    """Write the content to a new file in the folder of `path`, flushed. If this raises OSError, no file is left.

    Only called under the lock, since it deletes what killed runs left half written.
    """
    _sweep(path)
    import tempfile  # only a run that has something to write needs it

    handle, name = tempfile.mkstemp(prefix=f".{path.stem}.", suffix=".tmp", dir=path.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            write_flushed(file, data)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
    return beside


def _sweep(path: Path) -> None:
    """Delete half-written files of killed runs. Under the lock no living run owns them."""
    begun = re.compile(re.escape(f".{path.stem}.") + r"[a-z0-9_]{8}\.tmp")
    for one in path.parent.iterdir():
        if begun.fullmatch(one.name):
            one.unlink(missing_ok=True)


def rename_over(beside: Path, path: Path) -> None:
    """Put the new file in the place of the old one. Raises OSError."""
    beside.replace(path)
    if os.name == "posix":  # so that the rename itself survives a power cut
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
