"""What the machine cannot do, as exceptions. What a person typed wrongly is never one, but a `Problem`."""

from __future__ import annotations

from pathlib import Path

from automation.text.catalogue import Message
from sheet_schema import Language
from sheet_schema.languages import SOURCE


class LedgerError(Exception):
    """The program cannot go on. Its message says in one sentence what happened and what to do.

    `language` is that of the ledger, where one was read; without it, whoever shows the error knows better.
    """

    exit_code = 1

    def __init__(self, message: Message, language: Language | None = None) -> None:
        super().__init__(message.say(SOURCE))
        self.message = message
        self.language = language

    def say(self, language: Language) -> str:
        return self.message.say(language)


class Busy(LedgerError):  # noqa: N818  (it is the workbook that is busy)
    """Somebody else, or another run, has the workbook; the same command will work later (exit code 75)."""

    exit_code = 75


class Misused(LedgerError):  # noqa: N818  (it is the command that was misused)
    """An option was given a value it cannot take (exit code 2, as for every wrong use of a command)."""

    exit_code = 2


def where(error: Exception) -> str:
    """Where in the program an error arose, without its message, which may quote a cell (docs/design.md#p10.2)."""
    import traceback  # few runs break

    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "site-packages" not in frame.filename] or frames
    return f"{type(error).__name__}, {Path(ours[-1].filename).name} line {ours[-1].lineno}"
