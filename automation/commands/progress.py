"""Progress: the work reports its stage, and a person at a terminal sees it on one line.

The line appears after a second, is rewritten in place, and is wiped at the end. If standard error is not a terminal (a
pipe, a timer, a test), nothing is written.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from time import monotonic
from typing import TextIO

from automation.commands.language import spoken
from automation.run.job import Stage, Tell, silent
from automation.text.catalogue import Message, msg
from automation.text.characters import breadth
from sheet_schema import Language

PATIENCE = 1.0
"""Seconds before progress is shown."""
EVERY = 0.25
"""Seconds between two updates of the line."""
_USUAL_WIDTH = 80

Say = Callable[..., object]

_TEXTS: dict[Stage, Message] = {
        "working": msg("Working"), "reading": msg("Reading the ledger"), "working_out": msg("Working out what is due"),
        "waiting": msg("Waiting for the ledger"), "connecting": msg("Reaching the mail server"), "writing": msg("Writing"),
        "sending": msg("Sending mails"), "answering": msg("Doing what was asked for"),
    }  # fmt: skip


@contextmanager
def shown(stream: TextIO | None, say: Say, *, quiet: bool = False) -> Iterator[tuple[Say, Tell]]:
    """Show the progress of what is done in this context on `stream`, if that is a terminal and not `quiet`.

    Gives `say` and `tell` for the work. What it says goes where `say` puts it, never into the line, and the line is
    gone afterwards, however the work ends.
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
    """One line of a terminal, and the thread that updates it while the work goes on."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._began = monotonic()
        self._language = spoken()  # the thread that draws cannot tell
        self._told: tuple[Stage, int, int] = ("working", 0, 0)
        self._taken = 0
        self._ended = threading.Event()
        self._one_at_a_time = threading.Lock()
        self.thread = threading.Thread(target=self._keep, name="progress", daemon=True)

    def tell(self, stage: Stage, done: int = 0, of: int = 0) -> None:
        self._told = (stage, done, of)

    def over(self, say: Say) -> Say:
        """Wrap `say`, so that the line is out of its way."""

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
        words = line(self._told, monotonic() - self._began, self._language)
        text = fitting(words.encode(self._encoding, "ignore").decode(self._encoding), self._width() - 1)
        taken = columns_taken(text)
        self._put("\r" + text + " " * (self._taken - taken))
        self._taken = taken

    def _wipe(self) -> None:
        if self._taken:
            self._put("\r" + " " * self._taken + "\r")
            self._taken = 0

    def _put(self, text: str) -> None:
        with suppress(OSError, ValueError):  # the terminal was closed
            self._stream.write(text)
            self._stream.flush()

    @property
    def _encoding(self) -> str:
        return self._stream.encoding or "utf-8"

    def _width(self) -> int:
        with suppress(OSError, ValueError):
            return os.get_terminal_size(self._stream.fileno()).columns or _USUAL_WIDTH
        return _USUAL_WIDTH


def line(told: tuple[Stage, int, int], seconds: float, language: Language) -> str:
    """The words for a stage."""
    stage, done, of = told
    counted = f" {done}/{of}" if of else ""
    return f"{_TEXTS[stage].say(language)}{counted} … {int(seconds)} s"


def fitting(text: str, columns: int) -> str:
    """The text cut to this many columns, since a line that wraps cannot be wiped."""
    while columns_taken(text) > columns:
        text = text[:-1]
    return text


def columns_taken(text: str) -> int:
    """The columns of a text on a terminal: Chinese characters take two, and some others do so on a Chinese terminal."""
    return breadth(text, "WFA")
