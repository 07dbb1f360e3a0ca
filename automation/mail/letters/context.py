"""What all letters of a run share: the ledger, the time, the sender, and what happened in the run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property

from automation.cases.cases import Cases
from automation.cases.office_contact import kept_from_the_office
from automation.cases.recipients import Recipients
from automation.ledger.model import Ledger, Problem
from automation.ledger.notices import NO_CASE, Notice
from automation.mail.mail import Attachment, OutgoingMail
from automation.text.dates import spoken
from sheet_schema import Language

NO_SENDER = "ledger@ledger.invalid"
"""The sender of mails that are only written to a folder."""


@dataclass(frozen=True, slots=True)
class FailedJob:
    """A job that broke: its name, and the place in the program. Never the exception's text, which may quote a cell."""

    job: str
    where: str


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to an administrator's request. A line is a sentence, or a tuple for a list of things."""

    lines: tuple[str | tuple[str, ...], ...] = ()
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True)
class RunEvents:
    """What happened in this run and has to be told."""

    broken: tuple[FailedJob, ...] = ()
    stops: tuple[Problem, ...] = ()
    held: tuple[OutgoingMail, ...] = ()
    unreachable: tuple[Notice, ...] = ()
    left_out: tuple[Notice, ...] = ()
    """The notices that were passed on, and the alerts that left somebody out."""
    open_for: timedelta | None = None
    answers: Mapping[str, Answer] = field(default_factory=dict)
    """Answers by request, as the one reader of the mail being written may see them."""

    def held_about(self, known: Callable[[int], bool]) -> tuple[list[OutgoingMail], list[str]]:
        """The held mails about single cases that a reader may know of (`known`, by position), and those cases' numbers.

        A held digest is not among them, as it may only be written because of a case that the reader must not know of.
        """
        mails = [mail for mail in self.held if any(_tells(notice, known) for notice in mail.notices)]
        numbers = [notice.case_no for mail in mails for notice in mail.notices if _tells(notice, known)]
        return mails, list(dict.fromkeys(numbers))


def _tells(notice: Notice, known: Callable[[int], bool]) -> bool:
    return notice.case_at != NO_CASE and known(notice.case_at)


@dataclass(frozen=True)
class LetterContext:
    """All that a letter is written from.

    `now` is the office's time, which `--now` may set. `real_time` is the time by this computer's clock, aware, which dates
    the mail. `cases` is None if validate broke.
    """

    ledger: Ledger
    now: datetime
    real_time: datetime
    recipients: Recipients
    sender: str = NO_SENDER
    workbook: str = ""
    cases: Cases | None = None
    events: RunEvents = field(default_factory=RunEvents)
    reply_secret: str = field(default="", repr=False)
    """With what Message-IDs are made such that nobody can guess them; blank where replies are not read."""

    @property
    def language(self) -> Language:
        return self.ledger.language

    @property
    def at_hand(self) -> Cases:
        """The cases, for letters that are only written if validate has worked."""
        assert self.cases is not None
        return self.cases

    @cached_property
    def kept_from_the_office(self) -> frozenset[int]:
        """The positions of the cases that somebody in the office, or who reads the answers to mails, must not know of."""
        return kept_from_the_office(self.recipients, self.ledger.policy.settings["reply_to"] or self.sender)

    def spoken(self, day: date | None) -> str:
        return spoken(day, self.now.date(), self.language)
