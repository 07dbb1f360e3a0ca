"""One mail to one reader as an `EmailMessage`: text, HTML, attachments, and the headers that stop automatic replies."""

from __future__ import annotations

from email.headerregistry import Address, Group, HeaderRegistry
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from functools import lru_cache
from typing import Any

from automation.ledger.normal_form import is_address
from automation.mail.mail import Mail
from automation.text.characters import one_line


class _Headers(HeaderRegistry):
    """The library's header registry, but it parses equal headers only once: most are the same in every mail."""

    def __init__(self) -> None:
        super().__init__()
        self._made: dict[str, type] = {}
        self._parsed = lru_cache(256)(super().__call__)

    def __getitem__(self, name: str) -> type:
        key = name.lower()
        if key not in self._made:
            self._made[key] = super().__getitem__(name)
        return self._made[key]

    def __call__(self, name: str, value: Any) -> Any:
        return self._parsed(name, value) if isinstance(value, str) else super().__call__(name, value)


class _Policy(EmailPolicy):
    """Writes ASCII only, as servers need; does not fold a header that fits on its line, which halves the time a mail
    takes."""

    def fold(self, name: str, value: str) -> str:
        text = str(value)
        if text.isascii() and text.isprintable() and len(name) + len(text) < _LONGEST_LINE:
            return f"{name}: {text}{self.linesep}"
        folded: str = super().fold(name, value)
        return folded


_LONGEST_LINE = 76
_POLICY = _Policy(cte_type="7bit", linesep="\r\n", header_factory=_Headers(), raise_on_defect=False)


def compose(mail: Mail) -> EmailMessage:
    """Build the message. Raises ValueError if the reader's or the sender's address is not a mail address."""
    if not ((is_address(mail.to) or mail.is_in_chat) and is_address(mail.sender)):
        raise ValueError("not a mail address")
    message = EmailMessage(policy=_POLICY)
    domain = mail.sender.rpartition("@")[2]
    message["Subject"] = mail.rendered.subject
    message["From"] = Address(one_line(mail.sender_name, 200), addr_spec=mail.sender)
    message["To"] = _to(mail)
    if mail.reply_to:
        message["Reply-To"] = Address(addr_spec=mail.reply_to)
    message["Date"] = format_datetime(mail.date)
    message["Message-ID"] = f"<{mail.thread}@{domain}>"
    threads = [f"<{case.casefold()}@{domain}>" for case in mail.cases if case.isascii() and case.isprintable()]
    if threads:
        message["References"] = " ".join(threads)
        message["In-Reply-To"] = threads[0]
    if mail.list_id:
        message["List-Id"] = f"<{mail.list_id}.{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message.set_content(mail.rendered.text, cte=_encoding(mail.rendered.text))
    message.add_alternative(mail.rendered.html, subtype="html", cte=_encoding(mail.rendered.html))
    message.set_boundary(f"={mail.id}=")  # so that a mail sent again is the same to the byte
    for attachment in mail.attachments:
        main, _, sub = attachment.media_type.partition("/")
        params = {"charset": "utf-8"} if main == "text" else None
        message.add_attachment(attachment.content, main, sub, filename=one_line(attachment.name), params=params)
    if mail.attachments:
        message.set_boundary(f"=with={mail.id}=")
    return message


def _to(mail: Mail) -> Address | Group:
    """The reader and their address; of a message in a chat, which a folder keeps as a mail, the chat as a group of nobody."""
    if mail.is_in_chat:
        return Group(one_line(mail.to, 200))
    return Address(one_line(mail.reader, 200), addr_spec=mail.to)


def _encoding(text: str) -> str | None:
    """Encode anything but ASCII as base64; `None` leaves the choice to the library, which tries every way first."""
    return None if text.isascii() else "base64"
