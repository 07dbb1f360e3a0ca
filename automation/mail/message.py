"""One mail to one reader as an `EmailMessage`: text and HTML, and the headers that keep robots quiet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from automation.mail.rendering import Rendered, one_line
from sheet_schema.settings import ADDRESS

_POLICY = SMTP.clone(cte_type="7bit")
"""All ASCII, which is what handing a message over as text demands."""


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail ready to go. `id` makes its Message-ID, so that a mail sent again is the same mail. `date` is aware."""

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
    """Administrators who are shown the mail while the ledger is on trial."""


def is_address(text: str) -> bool:
    return re.fullmatch(ADDRESS, text) is not None


def compose(mail: Mail) -> EmailMessage:
    """The message. Raises ValueError for an address that is none."""
    if not (is_address(mail.to) and is_address(mail.sender)):
        raise ValueError("not a mail address")
    message = EmailMessage(policy=_POLICY)
    domain = mail.sender.rpartition("@")[2]
    message["Subject"] = mail.rendered.subject
    message["From"] = Address(one_line(mail.sender_name, 200), addr_spec=mail.sender)
    message["To"] = Address(one_line(mail.reader, 200), addr_spec=mail.to)
    if mail.reply_to:
        message["Reply-To"] = Address(addr_spec=mail.reply_to)
    message["Date"] = format_datetime(mail.date)
    message["Message-ID"] = f"<{mail.id}@{domain}>"
    threads = [
        f"<{case.casefold()}@{domain}>" for case in mail.cases if case.isascii() and case.isprintable()
    ]
    if threads:
        message["References"] = " ".join(threads)
        message["In-Reply-To"] = threads[0]
    if mail.list_id:
        message["List-Id"] = f"<{mail.list_id}.{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(mail.rendered.text)
    message.add_alternative(mail.rendered.html, subtype="html")
    return message
