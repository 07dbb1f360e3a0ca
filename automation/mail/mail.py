"""A mail as a value, first addressed, then written. `message` makes of it what a server is handed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from automation.cases.mailboxes import Recipient
from automation.ledger.notices import Notice
from automation.text.templates import Rendered


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attached file: its name, its media type (such as `text/html`) and its bytes."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class OutgoingMail:
    """A mail that is addressed but not yet written: its kind, its one reader, and the notices it tells of.

    `letter` makes a `Mail` of it.
    """

    id: str
    kind: str
    reader: Recipient
    notices: tuple[Notice, ...]


def mail_of(kind: str, reader: Recipient, notices: Sequence[Notice]) -> OutgoingMail:
    """The mail that tells this reader of these notices. Its id is a hash of their keys and the address."""
    keys = "\n".join(sorted(notice.key for notice in notices))
    return OutgoingMail(sha256(f"{reader.address}\n{keys}".encode()).hexdigest()[:20], kind, reader, tuple(notices))


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail that is written and can be sent; before that it is an `OutgoingMail`.

    `id` becomes the Message-ID, so that it can be sent again as the same mail. `date` has a time zone.
    """

    id: str
    kind: str
    to: str
    reader: str
    rendered: Rendered
    sender: str
    sender_name: str
    date: datetime
    reply_to: str = ""
    cases: tuple[str, ...] = ()
    list_id: str = ""
    copies: tuple[Mail, ...] = ()
    """What the administrators get of it while the ledger is on trial."""
    attachments: tuple[Attachment, ...] = ()
    token: str = ""
    """What nobody can guess, so that a reply is known for certain; blank where replies are not read."""

    @property
    def thread(self) -> str:
        """The part of its Message-ID before the @."""
        return f"{self.id}.{self.token}" if self.token else self.id
