"""What every way of handing over mails can do: a folder, a mail server, or both while a ledger is on trial."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Protocol

from automation.mail.message import Mail
from sheet_schema.vocabulary import NoticeState

TIMEOUT = 30
"""Seconds that any one step of a conversation with a mail server may take."""


@dataclass(frozen=True)
class MailServer:
    """Where mails are handed in, and as whom. The password appears in no text made of this."""

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    timeout: float = TIMEOUT
    implicit_tls: bool | None = None
    """Whether encrypted from the first byte; None: as the port says."""


@dataclass(frozen=True, slots=True)
class Handed:
    """What became of one mail. `CLAIMED` is the honest answer where nobody can know: the line broke while the server
    was taking it. `error` is one line for a person, without anything of the mail."""

    state: NoticeState
    error: str = ""


class Mailer(Protocol):
    def open(self) -> None:
        """Make sure that mails can go out. Raises LedgerError: then nothing may be claimed."""

    def deliver(self, mail: Mail) -> Handed:
        """Hand over one mail. What is wrong with one reader or mail is in the answer, never raised."""

    def close(self) -> None:
        """The run is over."""


@dataclass(frozen=True)
class TrialMailer:
    """ "trial: every mail is written to the outbox folder and, where mail is set up, goes to the administrator headed
    'would have gone to …'" (docs/design.md#p6.1)."""

    folder: Mailer
    server: Mailer

    def open(self) -> None:
        self.folder.open()
        self.server.open()

    def deliver(self, mail: Mail) -> Handed:
        """What counts is the folder; a copy that did not arrive is told in `error`."""
        written = self.folder.deliver(mail)
        copies = [self.server.deliver(replace(mail, to=address)) for address in mail.shown_to]
        return replace(written, error="; ".join(copy.error for copy in copies if copy.state != NoticeState.SENT))

    def close(self) -> None:
        self.folder.close()
        self.server.close()
