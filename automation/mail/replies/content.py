"""What is in a mail: its text, new or not, and what was attached. Whatever is broken in it, the rest is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from hashlib import sha256

from automation.mail.replies.attachments import Attached, attached
from automation.mail.replies.charsets import as_text
from automation.mail.replies.headers import LONGEST_HEADER, Headers
from automation.mail.replies.html_text import text_of_html
from automation.mail.replies.new_text import new_text
from automation.text.characters import cut, for_utf8, for_xml

MOST_PARTS = 200
DEEPEST = 20
LONGEST_TEXT = 20_000
"""Characters of a text that are kept; a cell holds 32,767."""
_LONGEST_BODY = 1_000_000
_SMALL_PICTURE = 20_000
"""Bytes; a smaller picture that belongs to the text is a logo or a smiley."""


@dataclass(frozen=True)
class Content:
    """The new text of a mail, and what was attached."""

    text: str
    files: tuple[Attached, ...]
    whole: bool = True
    """Whether all of the mail was read: not so if it has more parts, or is nested deeper, than anybody sends."""

    @property
    def print(self) -> str:
        """A checksum over all that the mail says."""
        said = [self.text, *(f"{one.name}\n{sha256(one.content).hexdigest()}" for one in self.files)]
        return sha256("\n\n".join(said).encode("utf-8", "replace")).hexdigest()


@dataclass(frozen=True)
class Bounce:
    """What a mail server says of a mail of ours: which one, and why it was not delivered."""

    mail: str
    """The part before the @ of its Message-ID."""
    reply: str


def content_of(message: Message) -> Content:
    """The new text and the attachments of a mail. Raises RecursionError for one that is nested beyond all measure."""
    texts: list[str] = []
    pages: list[str] = []
    files: list[Attached] = []
    count = 0
    whole = True
    for depth, part in _parts(message, 0):
        count += 1
        if count > MOST_PARTS or depth > DEEPEST:
            whole = False
            break
        kind, name = part.get_content_type(), _name_of(part)
        if part.is_multipart() and kind != "message/rfc822":
            continue
        is_file = _is_attached(part, name)
        if kind == "text/plain" and not is_file:
            texts.append(_text(part))
        elif kind == "text/html" and not is_file:
            pages.append(_text(part))
        elif kind == "message/rfc822":
            files.append(attached(name or "mail.eml", _enclosed(part)))
        elif kind not in ("message/delivery-status", "text/rfc822-headers", "message/disposition-notification"):
            content = _bytes(part)
            if not (kind.startswith("image/") and part.get("content-id") and len(content) < _SMALL_PICTURE):
                files.append(attached(name or _usual_name(kind), content))
    said = new_text("\n".join(texts)[:_LONGEST_BODY]) if any(map(str.strip, texts)) else ""
    if not said and pages:
        said = new_text("\n".join(map(text_of_html, pages))[:_LONGEST_BODY])
    return Content(_for_a_cell(said), tuple(files), whole)


def bounces_of(message: Message) -> Iterator[Bounce]:
    """What the report of a mail server says of the mail that it could not deliver."""
    reply, failed, mails = "", False, list[str]()
    for _, part in zip(range(MOST_PARTS), message.walk(), strict=False):
        if part.get_content_type() == "message/delivery-status":
            inside = part.get_payload()
            for fields in inside if isinstance(inside, list) else ():
                said = Headers(fields if isinstance(fields, Message) else Message())
                if said.first("action").strip().casefold() == "failed":
                    failed = True
                    status, why = said.first("status"), said.first("diagnostic-code").partition(";")[2]
                    reply = cut(" ".join(f"{status} {why}".split()), 200)
        elif part.get_content_type() in ("message/rfc822", "text/rfc822-headers"):
            enclosed = part.get_payload(0) if part.is_multipart() else message_from_bytes(_bytes(part))
            said = Headers(enclosed if isinstance(enclosed, Message) else Message())
            found = re.search(r"<([^<>\s@]+)@", said.message_id)
            mails += [found[1]] if found else []
    if failed:
        yield from (Bounce(mail, reply or "5.0.0") for mail in dict.fromkeys(mails))


def _parts(message: Message, depth: int) -> Iterator[tuple[int, Message]]:
    """The mail and its parts; not those of a mail within it, which is attached as it is."""
    yield depth, message
    if message.is_multipart() and message.get_content_type() != "message/rfc822" and depth <= DEEPEST:
        for part in message.get_payload():
            if isinstance(part, Message):
                yield from _parts(part, depth + 1)


def _is_attached(part: Message, name: str) -> bool:
    return str(part.get("content-disposition", "")).strip().casefold().startswith("attachment") or bool(name)


def _name_of(part: Message) -> str:
    try:
        said = part.get_filename() or ""
    except Exception:  # noqa: BLE001  (the library stumbles over some broken headers)
        return "attachment"
    return Headers(_named(said[:LONGEST_HEADER])).first("x-name")


def _named(value: str) -> Message:
    message = Message()
    message["X-Name"] = " ".join(value.split())
    return message


def _usual_name(kind: str) -> str:
    main, _, sub = kind.partition("/")
    return f"{main}.{re.sub('[^a-z0-9]', '', sub)[:8] or 'bin'}"


def _bytes(part: Message) -> bytes:
    try:
        found = part.get_payload(decode=True)
    except Exception:  # noqa: BLE001  (as above)
        return b""
    return found if isinstance(found, bytes) else b""


def _enclosed(part: Message) -> bytes:
    """A mail within a mail, as it is."""
    try:
        inside = part.get_payload(0) if part.is_multipart() else None
        return inside.as_bytes() if isinstance(inside, Message) else _bytes(part)
    except Exception:  # noqa: BLE001  (as above)
        return b""


def _text(part: Message) -> str:
    try:
        declared = part.get_content_charset() or ""
    except Exception:  # noqa: BLE001  (as above)
        declared = ""
    return as_text(_bytes(part), declared)


def _for_a_cell(text: str) -> str:
    """Text as a cell takes it, without characters that nobody sees."""
    shown = "".join(one if one in "\n\t" or one.isprintable() else " " for one in for_xml(for_utf8(text)))
    return cut("\n".join(line.rstrip() for line in shown.split("\n")).strip(), LONGEST_TEXT)
