"""Writes a file atomically: after a crash it is the old one or the new one, never half of each (docs/design.md#p8.2)."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO


def write_whole(path: Path, content: bytes) -> None:
    """Write the content beside the file, flush it to the disk, and rename it over the file.

    Nobody else may be writing this file at the same time. What a killed process left beside it is overwritten by the
    next one. Raises OSError, which names `path`; the file is then as it was, and nothing lies beside it.
    """
    beside = path.with_name(f".{path.name}.tmp")
    try:
        with beside.open("wb") as file:
            write_flushed(file, content)
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink()
        error.filename, error.filename2 = str(path), None
        raise


def write_flushed(file: BinaryIO, content: bytes) -> None:
    """Write the content and wait until it is on the disk. Raises OSError."""
    file.write(content)
    file.flush()
    os.fsync(file.fileno())
