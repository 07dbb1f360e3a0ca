"""A mail as a value: what it says, to whom, and what goes along. `message` makes of it what a server is handed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from automation.text.templates import Rendered


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attached file: its name, its media type (such as `text/html`) and its bytes."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail ready to be sent. `id` becomes the Message-ID, so that it can be sent again as the same mail. `date` has a
    time zone."""

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
    shown_to: tuple[str, ...] = ()
    """Addresses of the administrators who get a copy while the ledger is on trial."""
    attachments: tuple[Attachment, ...] = ()
