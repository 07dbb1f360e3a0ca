"""What the headers of a mail say: who wrote it, what it answers, and whether a program wrote it. Anybody may have written anything
there, so that nothing here raises."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes
from email.header import decode_header
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from functools import cached_property

from automation.ledger.addresses import mailbox_of
from automation.ledger.normal_form import is_address
from automation.mail.replies.charsets import as_text
from automation.text.characters import one_line
from sheet_schema.languages import said_for
from sheet_schema.word import folded

LONGEST_HEADER = 20_000
MOST_OF_A_NAME = 20
"""Headers of one name that are looked at."""
_MESSAGE_ID = re.compile(r"<\s*([^<>\s@]{1,200})@([^<>\s@]{1,255})\s*>")
_BY_A_PROGRAM = frozenset(map(folded, said_for("automatic_mails", "subjects")))
_PRECEDENCE = frozenset({"bulk", "junk", "list", "auto_reply"})
_SIGNS = ("x-autoreply", "x-autorespond", "x-autoresponder", "x-mail-autoreply")
"""`X-Auto-Response-Suppress` is none: it asks others to send no notes, which mails of people do as well."""
_OF_THE_SENDER = re.compile(r'"(?:[^"\\]|\\.)*"?|\([^()]*\)|\b[\w.]{1,40}\s?=\s?[^\s;"(@]{0,320}@[^\s;"(]*')
"""What a server quotes in its judgement: words and addresses that came with the mail, where a swindler may write `dmarc=pass`."""
_RESULT = re.compile(r"(?<![\w.=-])(dmarc|dkim|spf)\s*=\s*([a-z]+)", re.IGNORECASE)


@dataclass(frozen=True)
class Headers:
    """The headers of one mail."""

    message: Message

    def all(self, name: str) -> list[str]:
        """Every header of this name, as text on one line."""
        try:
            found = self.message.get_all(name, [])[:MOST_OF_A_NAME]
        except Exception:  # noqa: BLE001  (the library stumbles over some broken headers)
            return []
        return [one_line(_decoded(str(one)[:LONGEST_HEADER]), LONGEST_HEADER) for one in found]

    def first(self, name: str) -> str:
        return next(iter(self.all(name)), "")

    @cached_property
    def senders(self) -> tuple[str, ...]:
        """Every address in From. A mail with several, or none, has no sender who could be known."""
        raw = [str(one)[:LONGEST_HEADER] for one in self.message.get_all("from", [])[:MOST_OF_A_NAME]]
        try:
            found = [address for _, address in getaddresses(raw)]
        except Exception:  # noqa: BLE001  (as above)
            return ()
        return tuple(dict.fromkeys(one for one in found if is_address(one)))

    @property
    def sender(self) -> str:
        """The mailbox of the one sender, as mailboxes are compared; blank if there is not exactly one."""
        return mailbox_of(self.senders[0]) if len(self.senders) == 1 else ""

    @property
    def answered(self) -> tuple[str, ...]:
        """The part before the @ of each mail that In-Reply-To names."""
        return _ids(self.all("in-reply-to"))

    @property
    def thread(self) -> tuple[str, ...]:
        """The part before the @ of each mail that References names, the oldest first."""
        return _ids(self.all("references"))

    @property
    def message_id(self) -> str:
        return self.first("message-id")

    @property
    def subject(self) -> str:
        return self.first("subject")

    def date(self) -> datetime | None:
        """When it was written, aware; None if it does not say so in a way that can be read."""
        try:
            found = parsedate_to_datetime(self.first("date"))
            found = found if found.tzinfo else found.replace(tzinfo=UTC)
            return found.astimezone(UTC)
        except (ValueError, TypeError, OverflowError, IndexError):
            return None

    def is_report(self) -> bool:
        """Whether a mail server wrote it, to say what became of a mail."""
        return bool(self.message.get_content_type() == "multipart/report")

    def is_automatic(self) -> bool:
        """Whether a program wrote it: an out-of-office note, a receipt, a newsletter."""
        submitted = self.first("auto-submitted").partition(";")[0].strip().casefold()
        if submitted and submitted != "no":
            return True
        if any(self.first(sign) for sign in _SIGNS):
            return True
        if self.first("precedence").strip().casefold() in _PRECEDENCE or self.first("return-path").strip() == "<>":
            return True
        subject = folded(self.subject)
        return self.is_report() or any(subject.startswith(word) for word in _BY_A_PROGRAM)

    def is_forged(self) -> bool:
        """Whether the server that took the mail in says that its sender is not who it says. Only the first such header counts,
        which that server put there: all below came with the mail."""
        said = self.all("authentication-results")[:1]
        if not said:
            return False
        plain = _OF_THE_SENDER.sub(" ", said[0])
        found: list[tuple[str, str]] = [(one[0].casefold(), one[1].casefold()) for one in _RESULT.findall(plain)]
        results = dict(reversed(found))
        if "dmarc" in results and results["dmarc"] not in ("none", "temperror", "permerror"):
            return results["dmarc"] != "pass"
        good = [method for method, result in found if result == "pass"]
        return any(result == "fail" for _, result in found) and not good


def headers_of(content: bytes) -> Headers:
    """The headers at the beginning of a mail."""
    end = re.search(rb"\r?\n\r?\n", content)
    return Headers(message_from_bytes(content[: end.end()] if end else content))


def _ids(values: list[str]) -> tuple[str, ...]:
    found = (one[0] for value in values for one in _MESSAGE_ID.findall(value))
    return tuple(dict.fromkeys(found))


def _decoded(value: str) -> str:
    """A header as people read it."""
    try:
        parts = decode_header(value)
    except Exception:  # noqa: BLE001  (as above)
        return value
    said = [one if isinstance(one, str) else as_text(one, charset or "") for one, charset in parts]
    return "".join(said)
