"""Who signs in, where, and where the sign-in is kept."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

WORLDWIDE = "https://login.microsoftonline.com/organizations"
"""Where accounts of any school sign in to Microsoft 365."""
PATIENCE = 30
"""Seconds that one request for a token may take."""


class Provider(StrEnum):
    """Whose servers take a token instead of a password."""

    MICROSOFT = "microsoft"
    GOOGLE = "google"


@dataclass(frozen=True)
class SignIn:
    """An account, and how the program gets in as this account. It holds no secret.

    `client` is the application that the school registered: at Microsoft its ID, at Google the path of its JSON file.
    `authority` is where Microsoft's accounts sign in. With `reads`, mail is to be read, too, not only sent.
    """

    provider: Provider
    user: str
    host: str
    client: str
    kept_in: Path
    authority: str = WORLDWIDE
    reads: bool = False
