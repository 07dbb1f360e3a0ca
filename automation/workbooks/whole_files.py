"""Writes a file atomically: after a crash it is the old one or the new one, never half of each (docs/design.md#p8.2)."""

from __future__ import annotations

import os
from contextlib import suppress
from io import FileIO
from pathlib import Path
from typing import BinaryIO

from automation.workbooks.file_rights import Rights, give_or_keep_private
from automation.workbooks.plain_files import open_plain


def write_whole(path: Path, content: bytes, rights: Rights | None = None) -> None:
    """Write the content beside the file, flush it to the disk, and rename it over the file (over a link, not through it).

    It gets `rights`, or without them those of any new file. Nobody else may be writing this file at the same time. What
    a killed process left beside it is overwritten by the next one. Raises OSError, which names `path`; the file is then
    as it was, and nothing lies beside it.
    """
    beside = path.with_name(f".{path.name}.tmp")
    try:
        beside.unlink(missing_ok=True)
        handle = open_plain(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600 if rights else 0o666)
        with os.fdopen(handle, "wb") as file:
            write_flushed(file, content)
        if rights:
            give_or_keep_private(beside, rights)
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        error.filename, error.filename2 = str(path), None
        raise


def write_flushed(file: BinaryIO | FileIO, content: bytes) -> None:
    """Write the content and wait until it is on the disk. Raises OSError."""
    left = memoryview(content)
    while left:  # a file without a buffer may take a part only
        left = left[file.write(left) :]
    file.flush()
    os.fsync(file.fileno())
