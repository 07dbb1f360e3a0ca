"""What makes the Message-ID of a mail of ours one that no stranger can guess.

The id of a mail is a hash of the keys of its notices and of its reader's address: whoever knows how it is made and guesses case, step
and day can work it out. So where replies are read, a checksum over it goes with it, made with a secret that is kept beside the ledger.
"""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass, field
from datetime import date

_OURS = re.compile(r"([0-9a-f]{20})(?:\.([0-9a-f]{20}))?")


@dataclass(frozen=True)
class ReplySecret:
    """What makes our Message-IDs such that nobody can guess them, and the day from which it did."""

    secret: str = field(repr=False)
    since: date


def token_of(secret: str, mail_id: str) -> str:
    """The token of a mail; blank without a secret."""
    return hmac.new(secret.encode(), mail_id.encode(), "sha256").hexdigest()[:20] if secret else ""


def looks_like_ours(local: str) -> bool:
    """Whether the part before the @ of a Message-ID is made as ours are, whether or not we made it."""
    return _OURS.fullmatch(local) is not None


def mail_named(secret: str, local: str) -> str:
    """The id of the mail of ours that a Message-ID names, by the part before its @; blank if we never gave it that one."""
    found = _OURS.fullmatch(local)
    if found is None or not found[2] or not secret:
        return ""
    return found[1] if hmac.compare_digest(found[2], token_of(secret, found[1])) else ""
