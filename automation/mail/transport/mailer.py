"""What can deliver mails: a folder, a mail server, or both while a ledger is on trial."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Protocol

from automation.ledger.errors import LedgerError
from automation.mail.mail import Mail
from automation.mail.sign_in.settings import SignIn
from sheet_schema.vocabulary import NoticeState

TIMEOUT = 30
"""Seconds that one step of talking to a mail server may take."""


BY_PORT = frozenset({465, 994})
"""Ports on which a connection is encrypted from its first byte, where nobody has said how it is."""


@dataclass(frozen=True)
class MailServer:
    """A mail server and how to get in: with the password, with `sign_in`, or with neither if `login` is false, as on a relay.

    `repr` leaves the password out. `authorities` is a file of certificates that are trusted instead of the computer's.
    """

    host: str
    port: int
    user: str
    password: str = field(repr=False)
    timeout: float = TIMEOUT
    implicit_tls: bool | None = None
    """Whether the connection is encrypted from the first byte, or by STARTTLS; `None` where nobody has said, as in earlier
    versions: then the port decides."""
    authorities: str = ""
    sign_in: SignIn | None = None
    login: bool = True

    @property
    def is_implicit(self) -> bool:
        return self.port in BY_PORT if self.implicit_tls is None else self.implicit_tls

    @property
    def place(self) -> str:
        return f"{self.host}:{self.port}"


@dataclass(frozen=True, slots=True)
class Handed:
    """The outcome of delivering one mail. `HANDING_OVER` if nobody can know: the connection broke while the server was
    taking the mail. `CLAIMED` if it was not tried. `error` is one line for a person and quotes nothing of the mail."""

    state: NoticeState
    error: str = ""
    answered: bool = field(default=True, compare=False)
    """Whether the server took or refused this mail. False if the connection was lost before that: no attempt then."""


HandingOver = Callable[[], None]
"""Called just before a mail is handed over. Once it returns, a later run knows that this mail is in doubt."""


def unmarked() -> None:
    """Mark nothing, for a mail that no ledger claims."""


class Mailer(Protocol):
    @property
    def leaves_doubt(self) -> bool:
        """Whether nobody can know what became of a mail if the run dies while it is handed over."""

    @property
    def ended(self) -> LedgerError | None:
        """Why no more mails can be handed over in this run; None while they can."""

    def open(self) -> None:
        """Make sure that mails can be sent. Raises LedgerError if not: then nothing may be claimed."""

    def deliver(self, mail: Mail, handing_over: HandingOver = unmarked, /) -> Handed:
        """Deliver one mail. A fault of this one mail or reader is in the result, never raised.

        `handing_over` is called where the mail may have left from then on; what it raises goes through.
        """

    def close(self) -> None:
        """Release what `open` took, at the end of a run."""


@dataclass(frozen=True)
class TrialMailer:
    """Writes every mail to the folder, and sends a copy to the administrators (docs/design.md#p6.1)."""

    folder: Mailer
    server: Mailer
    leaves_doubt: bool = True

    @property
    def ended(self) -> LedgerError | None:
        return self.folder.ended

    def open(self) -> None:
        self.folder.open()
        self.server.open()

    def deliver(self, mail: Mail, handing_over: HandingOver = unmarked) -> Handed:
        """The folder's outcome counts; a copy that was not sent only shows in `error`."""
        written = self.folder.deliver(mail)
        copies = [self.server.deliver(copy, handing_over) for copy in mail.copies]
        return replace(written, error="; ".join(copy.error for copy in copies if copy.state != NoticeState.SENT))

    def close(self) -> None:
        self.folder.close()
        self.server.close()
