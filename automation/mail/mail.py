"""A mail as a value, first addressed, then written. `message` makes of it what a server is handed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from automation.cases.chat_ways import ChatWay
from automation.cases.mailboxes import Recipient
from automation.ledger.chats import is_chat
from automation.ledger.notices import Notice
from automation.text.templates import Rendered

IN_CHAT = "chat: "
"""How the reason begins for which a chat did not take a message, in *Error* of *Notices*."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attached file: its name, its media type (such as `text/html`) and its bytes."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True)
class OutgoingMail:
    """A mail that is addressed but not yet written: its kind, its one reader, and the notices it tells of. With a `chat` it
    is a message in a chat.

    `letter` makes a `Mail` of it.
    """

    id: str
    kind: str
    reader: Recipient
    notices: tuple[Notice, ...]
    chat: ChatWay | None = None

    @property
    def to(self) -> str:
        """The address that it goes to: the reader's, or that of a chat."""
        return self.reader.address if self.chat is None else self.chat.address

    @property
    def goes_along(self) -> bool:
        """Whether it only says in a chat that there is a mail."""
        return self.chat is not None and not self.chat.instead

    def about(self, notices: Sequence[Notice]) -> OutgoingMail:
        """The same mail about these notices."""
        return mail_of(self.kind, self.reader, notices, self.chat)


def mail_of(kind: str, reader: Recipient, notices: Sequence[Notice], chat: ChatWay | None = None) -> OutgoingMail:
    """The mail, or the message in a chat, that tells this reader of these notices. Its id is a hash of their keys and the
    address."""
    keys = "\n".join(sorted(notice.key for notice in notices))
    to = reader.address if chat is None else chat.address
    return OutgoingMail(sha256(f"{to}\n{keys}".encode()).hexdigest()[:20], kind, reader, tuple(notices), chat)


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
    instead: Mail | None = None
    """Of a message in a chat: the mail that goes if the chat does not take it, where no other goes along."""
    token: str = ""
    """What nobody can guess, so that a reply is known for certain; blank where replies are not read."""

    @property
    def thread(self) -> str:
        """The part of its Message-ID before the @."""
        return f"{self.id}.{self.token}" if self.token else self.id

    @property
    def is_in_chat(self) -> bool:
        """Whether it is a message in a chat, and `to` that chat's address."""
        return is_chat(self.to)
