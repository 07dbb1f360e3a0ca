"""The service account: its key, made once a process, and the tokens that a signed request for one is given."""

from __future__ import annotations

import json
import secrets
import time
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import google.auth.exceptions
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from google.auth import jwt

from .errors import unauthenticated
from .store import SERVICE_ACCOUNT

GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
LIFETIME = 3600
SKEW = 300
"""Seconds by which the clock of the caller may be wrong."""
STALE = (
    "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat "
    "and exp values in the JWT claim."
)


@cache
def _private_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65_537, key_size=1024)  # read in an eighth of the time of 2048


@cache
def _private_pem() -> str:
    return (
        _private_key()
        .private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        .decode()
    )


@cache
def _public_pem() -> bytes:
    return (
        _private_key()
        .public_key()
        .public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )


def write_key_file(path: Path, address: str) -> None:
    """A service account's JSON file, whose tokens come from the server at `address`."""
    path.write_text(
        json.dumps(
            {
                "type": "service_account",
                "project_id": "test-project",
                "private_key_id": "0" * 40,
                "private_key": _private_pem(),
                "client_email": SERVICE_ACCOUNT,
                "client_id": "100000000000000000001",
                "auth_uri": f"http://{address}/auth",
                "token_uri": f"http://{address}/token",
            },
            indent=2,
        ),
        encoding="utf-8",
    )


class Tokens:
    """The tokens given out, and by whom they were asked for."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.given: dict[str, str] = {}
        self.requests = 0
        self.scopes: list[str] = []
        """What was asked for, each time a token was given."""
        self.failing: tuple[int, str, bytes] | None = None
        """Status, content type and body that come in place of a token, as in a bad hour of Google's."""

    def grant(self, body: bytes) -> tuple[int, dict[str, Any]]:
        """The status and reply to a request for a token: only a signature of our own key gets one."""
        self.requests += 1
        form = parse_qs(body.decode("utf-8", "replace"))
        if form.get("grant_type") != [GRANT]:
            return 400, {"error": "unsupported_grant_type", "error_description": "Invalid grant_type"}
        try:
            claims = jwt.decode(  # type: ignore[no-untyped-call]
                form.get("assertion", [""])[0],
                certs=_public_pem(),
                # google-auth signs for Google's own endpoint, whatever the key file's token_uri says.
                audience=[f"http://{self.address}/token", "https://oauth2.googleapis.com/token"],
            )
        except (ValueError, google.auth.exceptions.GoogleAuthError):
            return 400, {"error": "invalid_grant", "error_description": "Invalid JWT Signature."}
        if not claims["iat"] - SKEW <= time.time() <= claims["exp"] + SKEW:
            return 400, {"error": "invalid_grant", "error_description": STALE}
        self.scopes.append(str(claims.get("scope")))
        token = self.give(str(claims.get("iss")))
        return 200, {"access_token": token, "expires_in": LIFETIME, "token_type": "Bearer"}

    def give(self, email: str) -> str:
        """A new token for somebody."""
        token = "ya29." + secrets.token_urlsafe(40)
        self.given[token] = email
        return token

    def expire(self) -> None:
        """Makes every token given out worthless."""
        self.given.clear()

    def holder(self, authorization: str) -> str:
        """Who the bearer of the token is; Google's 401 where it is none of ours."""
        kind, _, token = authorization.partition(" ")
        if kind.lower() != "bearer" or token not in self.given:
            raise unauthenticated()
        return self.given[token]
