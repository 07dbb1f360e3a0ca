"""The mailbox as the rest of the program sees it: where it is, how far it was read, and what was fetched from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import IntEnum
from typing import Protocol

from automation.ledger.errors import LedgerError
from automation.mail.sign_in.settings import SignIn
from automation.mail.transport.mailer import TIMEOUT

LARGEST_MAIL = 25_000_000
"""Bytes; of a larger mail only the headers are fetched."""
LONGEST_HEADERS = 100_000
"""Bytes; no further headers of a mail are fetched."""
MOST_MAILS = 200
"""How many mails one run looks at; the next one goes on."""
LONGEST_READING = 60.0
"""Seconds after which a run fetches no further mail."""


@dataclass(frozen=True)
class MailboxServer:
    """An IMAP server, the account to log in with, and the one folder that is read. `repr` leaves the password out.

    With `sign_in` a token takes the place of the password. `authorities` is a file of certificates to trust instead of this computer's.
    """

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str = "INBOX"
    timeout: float = TIMEOUT
    sign_in: SignIn | None = None
    authorities: str = ""

    @property
    def name(self) -> str:
        """What the folder is called in the ledger."""
        return f"{self.user} · {self.host} · {self.folder}"


@dataclass(frozen=True)
class ReadUpTo:
    """How far a folder was read: its UIDVALIDITY, the last UID, and the day before which nothing is looked at."""

    validity: int
    uid: int
    since: date


@dataclass(frozen=True)
class Fetched:
    """One mail: its number in the folder, its size, when it arrived, its headers, and all of it; None if it is too large, or of no
    interest."""

    uid: int
    size: int
    headers: bytes
    content: bytes | None = None
    arrived: datetime | None = None
    is_of_interest: bool = False


@dataclass(frozen=True)
class Reading:
    """The mails of a folder after the last that was read, in the order of their numbers.

    `ended` says why the reading broke off: then no mail behind the last one here was looked at.
    """

    validity: int
    mails: Sequence[Fetched] = ()
    ended: LedgerError | None = None
    more: bool = False
    """Whether the folder has further mails that this run did not get to."""
    state: str = ""
    """One word that is another one as soon as a mail comes; blank if the server does not tell."""


class Interest(IntEnum):
    """What is wanted of a mail, by its headers."""

    NONE = 0
    SENDER = 1
    """It is listed; what it says is nobody's business."""
    WHOLE = 2


class Wanted(Protocol):
    def __call__(self, headers: bytes) -> Interest:
        """What is wanted of a mail with these headers."""


class Mailbox(Protocol):
    """A folder of mails that are only looked at."""

    @property
    def name(self) -> str:
        """What the folder is called in the ledger."""

    def read(self, before: ReadUpTo, wanted: Wanted) -> Reading:
        """The mails that came since. Raises LedgerError if the folder cannot be read at all."""
