"""The stages of a run, and how it reports them. Nothing else is imported, so that a command that ends at once is quick."""

from __future__ import annotations

from typing import Literal, Protocol

Stage = Literal["working", "reading", "working_out", "connecting", "waiting", "writing", "sending", "answering"]


class Tell(Protocol):
    """Called when a stage of the work begins; with `done` out of `of` if things are counted."""

    def __call__(self, stage: Stage, done: int = 0, of: int = 0) -> None: ...


def silent(stage: Stage, done: int = 0, of: int = 0) -> None:
    """Tell nobody."""
