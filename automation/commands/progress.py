"""How far a piece of work is: the work tells its stage, and whoever sits at a terminal sees it on one line.

The line appears after a second, is rewritten in place and wiped at the end. Where standard error is no terminal (a pipe,
a timer, a test) not a byte is written.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from time import monotonic
from typing import TextIO

from automation.run.job import Stage, Tell, silent
from automation.text.characters import breadth
from sheet_schema import Language

PATIENCE = 1.0
"""Seconds that nothing is said: what takes less needs no word."""
EVERY = 0.25
"""Seconds between two looks at the clock."""
_USUAL_WIDTH = 80

Say = Callable[..., object]

_TEXTS: dict[Language, dict[Stage, str]] = {
    "en": {
        "working": "Working", "reading": "Reading the ledger", "working_out": "Working out what is due",
        "waiting": "Waiting for the ledger", "connecting": "Reaching the mail server", "writing": "Writing",
        "sending": "Sending mails", "answering": "Doing what was asked for",
    },
    "zh": {
        "working": "处理中", "reading": "读取账本", "working_out": "推算应办事项", "waiting": "等待账本",
        "connecting": "连接邮件服务器", "writing": "写入", "sending": "发送邮件", "answering": "执行所请求的事项",
    },
}  # fmt: skip


@contextmanager
def shown(stream: TextIO | None, say: Say, *, quiet: bool = False) -> Iterator[tuple[Say, Tell]]:
    """`say` and `tell` for what is done inside, whose progress stands on `stream` if that is a terminal and nobody wants quiet.

    What is said goes where `say` puts it, never into the line. However the work ends, the line is gone afterwards.
    """
    if quiet or stream is None or not stream.isatty():
        yield say, silent
        return
    place = _Line(stream)
    place.thread.start()
    try:
        yield place.over(say), place.tell
    finally:
        place.end()


class _Line:
    """One line of a terminal, and the thread that keeps it up to date while the work is busy."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._began = monotonic()
        self._told: tuple[Stage, int, int] = ("working", 0, 0)
        self._taken = 0
        self._ended = threading.Event()
        self._one_at_a_time = threading.Lock()
        self.thread = threading.Thread(target=self._keep, name="progress", daemon=True)

    def tell(self, stage: Stage, done: int = 0, of: int = 0) -> None:
        self._told = (stage, done, of)

    def over(self, say: Say) -> Say:
        """The same `say`, with the line out of its way."""

        def said(*words: object) -> object:
            with self._one_at_a_time:
                self._wipe()
                return say(*words)

        return said

    def end(self) -> None:
        self._ended.set()
        self.thread.join()
        self._wipe()

    def _keep(self) -> None:
        wait = PATIENCE
        while not self._ended.wait(wait):
            with self._one_at_a_time:
                self._draw()
            wait = EVERY

    def _draw(self) -> None:
        words = line(*self._told, monotonic() - self._began)
        text = fitting(words.encode(self._encoding, "ignore").decode(self._encoding), self._width() - 1)
        taken = columns_taken(text)
        self._put("\r" + text + " " * (self._taken - taken))
        self._taken = taken

    def _wipe(self) -> None:
        if self._taken:
            self._put("\r" + " " * self._taken + "\r")
            self._taken = 0

    def _put(self, text: str) -> None:
        with suppress(OSError, ValueError):  # the terminal was closed: nobody is watching any more
            self._stream.write(text)
            self._stream.flush()

    @property
    def _encoding(self) -> str:
        return self._stream.encoding or "utf-8"

    def _width(self) -> int:
        with suppress(OSError, ValueError):
            return os.get_terminal_size(self._stream.fileno()).columns or _USUAL_WIDTH
        return _USUAL_WIDTH


def line(stage: Stage, done: int, of: int, seconds: float) -> str:
    """The words for a stage, in both languages: they are needed before the ledger says which is its own."""
    counted = f" {done}/{of}" if of else ""
    return f"{_TEXTS['en'][stage]} {_TEXTS['zh'][stage]}{counted} … {int(seconds)} s"


def fitting(text: str, columns: int) -> str:
    """As much of the text as goes into so many columns: a line that wraps cannot be wiped."""
    while columns_taken(text) > columns:
        text = text[:-1]
    return text


def columns_taken(text: str) -> int:
    """The columns it takes on a terminal, where a Chinese character takes two, and some others do on a Chinese one."""
    return breadth(text, "WFA")
