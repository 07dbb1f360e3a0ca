"""What goes wrong with the machinery: one sentence that says what to do, in both languages.

What a *person* typed wrongly is never an exception; it is a `Problem` (see `automation.ledger`).
"""

from __future__ import annotations


class LedgerError(Exception):
    """The machinery cannot go on. `en` and `zh` each say what happened and what to do, in one sentence."""

    exit_code = 1

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.en = en
        self.zh = zh

    def in_language(self, language: str) -> str:
        return self.zh if language == "zh" else self.en


class Busy(LedgerError):  # noqa: N818  (what it says is that the workbook is busy)
    """Somebody or something else has the workbook now; the same command works later (exit code 75)."""

    exit_code = 75


class Misused(LedgerError):  # noqa: N818  (what it says is that the command was)
    """An option was given something it cannot take (exit code 2, as for every wrong use of a command)."""

    exit_code = 2
