"""What all letters of a run have in common: the ledger, the time, who sends, and what happened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from automation.audience import Audience
from automation.ledger import Ledger, Notice, Problem
from automation.mail.message import Attachment
from automation.recovery import Parcel
from automation.steps.checks import Cases
from sheet_schema import Language

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
LANG: Mapping[Language, str] = {"en": "en-GB", "zh": "zh-CN"}
NO_SENDER = "ledger@ledger.invalid"
"""Stands as the sender where mails are only written to a folder."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A job that broke: its name, and where. Never what the exception said, since that may quote a cell."""

    job: str
    where: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of something an administrator asked for: sentences and lists of things, and pages that go along."""

    lines: tuple[str | tuple[str, ...], ...] = ()
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class News:
    """What happened in this run that people are to be told of."""

    broken: tuple[Broken, ...] = ()
    stops: tuple[Problem, ...] = ()
    held: tuple[Parcel, ...] = ()
    unreachable: tuple[Notice, ...] = ()
    open_for: timedelta | None = None
    answers: Mapping[str, Answer] = field(default_factory=dict)
    """By what was asked, for the one reader of the mail that is being written."""


@dataclass(frozen=True)
class Desk:
    """Where letters are written. `clock` is aware, for the Date header; `cases` is missing where validate broke."""

    ledger: Ledger
    now: datetime
    clock: datetime
    audience: Audience
    sender: str = NO_SENDER
    workbook: str = ""
    cases: Cases | None = None
    news: News = field(default_factory=News)

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


def spoken(day: date | None, today: date, language: Language) -> str:
    """`17 March` or `3月17日`; with its year if that is another than today's."""
    if day is None:
        return ""
    if language == "zh":
        return f"{day.year}年{day.month}月{day.day}日" if day.year != today.year else f"{day.month}月{day.day}日"
    return f"{day.day} {_MONTHS[day.month - 1]}" + (f" {day.year}" if day.year != today.year else "")
