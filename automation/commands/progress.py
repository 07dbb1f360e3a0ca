"""Progress: the work reports its stage, and a person at a terminal sees it on one line, drawn by rich.

The line appears after a second and is gone at the end. If standard error is not a terminal (a pipe, a timer, a test),
nothing is written.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from time import monotonic
from typing import TYPE_CHECKING, TextIO

from automation.commands.language import spoken
from automation.run.stages import Stage, Tell, silent
from automation.text.catalogue import Message, msg

if TYPE_CHECKING:
    from rich.progress import Progress

PATIENCE = 1.0
"""Seconds before progress is shown."""
_BAR = 24
"""Columns of the bar."""
_CLOSED = suppress(OSError, ValueError)
"""A terminal may be closed meanwhile, which is no reason for the work to end."""

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
    line = _Line(stream)
    line.waiting.start()
    try:
        yield line.over(say), line.tell
    finally:
        line.waiting.cancel()
        line.waiting.join()
        line.hide()


class _Line:
    """One line of a terminal, which appears unless the work ends before."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._began = monotonic()
        self._language = spoken()  # the thread that waits cannot tell
        self._bar: Progress | None = None
        self._one_at_a_time = threading.RLock()
        self.waiting = threading.Timer(PATIENCE, self._appear)
        self.waiting.daemon = True
        self.tell("working")

    def tell(self, stage: Stage, done: int = 0, of: int = 0) -> None:
        said = _TEXTS[stage].say(self._language) + (f" {done}/{of}" if of else "")
        with self._one_at_a_time:
            self._told = (said, done, of or None)
            if self._bar:
                self._bar.update(self._bar.task_ids[0], description=said, completed=done, total=of or None)

    def over(self, say: Say) -> Say:
        """Wrap `say`, so that the line is out of its way."""

        def said(*words: object) -> object:
            with self._one_at_a_time:
                self.hide()
                result = say(*words)
                self._show()
                return result

        return said

    def hide(self) -> None:
        if self._bar:
            with _CLOSED:
                self._bar.stop()

    def _show(self) -> None:
        if self._bar:
            with _CLOSED:
                self._bar.start()

    def _appear(self) -> None:
        from rich.console import Console  # most work is done before anybody has to wait for it
        from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

        looks = (TextColumn("{task.description}"), BarColumn(_BAR), TimeElapsedColumn())
        bar = Progress(
            *looks, console=Console(file=self._stream), transient=True, redirect_stdout=False, redirect_stderr=False
        )
        with self._one_at_a_time:
            said, done, of = self._told
            bar.add_task(said, completed=done, total=of)
            bar.tasks[0].start_time = self._began
            self._bar = bar
            self._show()
