"""Opens only ordinary files, and never follows a link to write.

Opening a pipe waits for ever, and a link beside a shared workbook may lead anywhere (docs/design.md#p8.9).
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from pathlib import Path

from automation.text.catalogue import Message, msg

_LINK = msg("it is a link, which is never followed to write; remove it")
_OTHER = msg("it is no ordinary file")
_KINDS = (
    (stat.S_ISLNK, _LINK),
    (stat.S_ISDIR, msg("it is a folder")),
    (stat.S_ISFIFO, msg("it is a pipe")),
    (lambda mode: stat.S_ISBLK(mode) or stat.S_ISCHR(mode), msg("it is a device")),
)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
_BINARY = getattr(os, "O_BINARY", 0)


class NotPlainError(OSError):
    """Something else lies where an ordinary file or folder was to be. `why` says what."""

    def __init__(self, path: Path, why: Message) -> None:
        super().__init__(why.text)
        self.filename, self.why = str(path), why


def reason_of(error: OSError) -> Message | str:
    """Why a file could not be used, for a sentence."""
    return error.why if isinstance(error, NotPlainError) else error.strerror or str(error)


def read_plain(path: Path, most: int | None = None) -> bytes:
    """The content of an ordinary file, at most its first `most` bytes; a link is followed. Raises OSError."""
    real = path.resolve()
    refuse_special(real)
    with os.fdopen(open_plain(real, os.O_RDONLY), "rb") as file:
        return file.read(-1 if most is None else most)


def open_plain(path: Path, flags: int, mode: int = 0o600) -> int:
    """Open an ordinary file that is no link, and return its descriptor. Raises OSError."""
    refuse_special(path)
    handle = os.open(path, flags | _NO_LINK | _BINARY, mode)
    if not stat.S_ISREG(os.fstat(handle).st_mode):  # somebody put it there in between
        os.close(handle)
        raise NotPlainError(path, _OTHER)
    return handle


def refuse_special(path: Path) -> None:
    """Raises OSError if anything but an ordinary file is at `path`. Nothing there is fine."""
    mode = _mode(path)
    if mode is not None and not stat.S_ISREG(mode):
        raise NotPlainError(path, next((why for is_one, why in _KINDS if is_one(mode)), _OTHER))


def refuse_linked_folder(path: Path) -> None:
    """Raises OSError if a link is where a folder was to be. Nothing there is fine."""
    mode = _mode(path)
    if mode is not None and stat.S_ISLNK(mode):
        raise NotPlainError(path, _LINK)


def sizes_and_times(folders: Iterable[Path]) -> Iterator[tuple[int, int]]:
    """The size of each file in these folders and below, and when it was last changed, without what Python compiled."""
    left = [str(folder) for folder in folders]
    while left:
        with os.scandir(left.pop()) as entries:
            for one in entries:
                if one.is_dir():
                    left += [one.path] if one.name != "__pycache__" else []
                else:
                    status = one.stat()
                    yield status.st_size, status.st_mtime_ns


def _mode(path: Path) -> int | None:
    try:
        return path.lstat().st_mode
    except FileNotFoundError:
        return None
