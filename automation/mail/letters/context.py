"""What all letters of a run have in common: the ledger, the time, who sends, and what happened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from automation.cases.cases import Cases
from automation.cases.recipients import Recipients
from automation.ledger.model import Ledger, Notice, Problem
from automation.mail.message import Attachment
from automation.mail.recovery import OutgoingMail
from automation.text.dates import spoken
from sheet_schema import Language

NO_SENDER = "ledger@ledger.invalid"
"""Stands as the sender where mails are only written to a folder."""


@dataclass(frozen=True, slots=True)
class FailedJob:
    """A job that broke: its name, and where. Never what the exception said, since that may quote a cell."""

    job: str
    where: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of something an administrator asked for: sentences and lists of things, and pages that go along."""

    lines: tuple[str | tuple[str, ...], ...] = ()
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class RunEvents:
    """What happened in this run that people are to be told of."""

    broken: tuple[FailedJob, ...] = ()
    stops: tuple[Problem, ...] = ()
    held: tuple[OutgoingMail, ...] = ()
    unreachable: tuple[Notice, ...] = ()
    open_for: timedelta | None = None
    answers: Mapping[str, Answer] = field(default_factory=dict)
    """By what was asked, for the one reader of the mail that is being written."""


@dataclass(frozen=True)
class LetterContext:
    """Where letters are written. `clock` is aware, for the Date header; `cases` is missing where validate broke."""

    ledger: Ledger
    now: datetime
    clock: datetime
    recipients: Recipients
    sender: str = NO_SENDER
    workbook: str = ""
    cases: Cases | None = None
    events: RunEvents = field(default_factory=RunEvents)

    @property
    def language(self) -> Language:
        return self.ledger.language

    @property
    def at_hand(self) -> Cases:
        """The cases, for letters that are only written where there are some."""
        assert self.cases is not None
        return self.cases

    def spoken(self, day: date | None) -> str:
        return spoken(day, self.now.date(), self.language)
