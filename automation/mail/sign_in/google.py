"""Signing in to Google with google-auth: once in a browser on this computer, or by a service account for the whole domain.

Google's sign-in by a code on another device does not give the right to send mail.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from automation.ledger.errors import LedgerError
from automation.mail.sign_in.kept import keep, kept
from automation.mail.sign_in.settings import PATIENCE, SignIn
from automation.text.catalogue import Message, msg
from automation.text.characters import one_line
from automation.workbooks.plain_files import read_plain, reason_of

SCOPES = ("https://mail.google.com/",)
"""The right that Gmail's SMTP and IMAP servers want; a narrower one they do not take."""
_BROWSER_PATIENCE = 600
_SERVICE_ACCOUNT = "service_account"
_MOST = 100_000
_OF_THE_CLIENT = ("client_id", "client_secret", "token_uri")
"""What is read from Google's file each time, and not kept a second time."""
_NOT_GOOGLES = msg("it is not such a file")


def token(sign_in: SignIn, *, renew: bool) -> str:
    """A token for the mail server, a new one if `renew`. Raises LedgerError if nobody signed in, or it no longer counts."""
    from google.auth.exceptions import GoogleAuthError, TransportError  # slow, and only for who signs in at Google
    from google.auth.transport.requests import Request

    client = _client(sign_in)
    try:
        found = _of_service(sign_in, client) if client.get("type") == _SERVICE_ACCOUNT else _of_person(sign_in, client)
        if renew or not found.valid:
            found.refresh(functools.partial(Request(), timeout=PATIENCE))
            if client.get("type") != _SERVICE_ACCOUNT:
                keep(sign_in, found.to_json(strip=_OF_THE_CLIENT))
    except ValueError as error:  # some errors of google-auth are such, too
        raise _bad_client(sign_in, _NOT_GOOGLES) from error
    except TransportError as error:
        raise _unreachable(error) from error
    except GoogleAuthError as error:
        raise _refused(sign_in, error) from None  # it may quote a whole answer
    return str(found.token)


def needs_a_person(sign_in: SignIn) -> bool:
    """Whether somebody has to sign in; a service account needs nobody. Raises LedgerError."""
    return _client(sign_in).get("type") != _SERVICE_ACCOUNT


def sign_in_by_browser(sign_in: SignIn, asked: str, done: str) -> None:
    """Let a person sign in with the browser of this computer, and keep that. `asked` is printed with its `{url}` filled in,
    `done` is what the browser shows in the end. Raises LedgerError."""
    from google_auth_oauthlib.flow import InstalledAppFlow  # slow, and only for who signs in at Google
    from oauthlib.oauth2 import OAuth2Error

    try:
        flow = InstalledAppFlow.from_client_config(_client(sign_in), list(SCOPES))
    except ValueError as error:
        raise _bad_client(sign_in, _NOT_GOOGLES) from error
    try:
        found = flow.run_local_server(
            host="127.0.0.1",
            port=0,
            authorization_prompt_message=asked,
            success_message=done,
            timeout_seconds=_BROWSER_PATIENCE,
            login_hint=sign_in.user,
            prompt="consent",  # else Google gives nothing to keep to somebody who signed in before
        )
    except (OAuth2Error, Warning, AttributeError) as error:  # the last is how the library says that time ran out
        raise _refused(sign_in, error) from None  # it may quote a whole answer
    except OSError as error:
        raise _unreachable(error) from error
    keep(sign_in, found.to_json(strip=_OF_THE_CLIENT))


def _of_service(sign_in: SignIn, client: Mapping[str, Any]) -> Any:
    from google.oauth2.service_account import Credentials  # as above

    return Credentials.from_service_account_info(  # type: ignore[no-untyped-call]
        client, scopes=list(SCOPES), subject=sign_in.user
    )


def _of_person(sign_in: SignIn, client: Mapping[str, Any]) -> Any:
    from google.oauth2.credentials import Credentials  # as above

    if (secret := kept(sign_in)) is None:
        raise LedgerError(
            msg("Nobody has signed in to Google for {user} yet, so nothing was sent: run `check --sign-in` once.").of(
                user=sign_in.user
            )
        )
    theirs, values = client.get("installed"), json.loads(secret)
    if not isinstance(theirs, dict):
        raise _bad_client(sign_in, _NOT_GOOGLES)
    expiry = datetime.fromisoformat(values["expiry"]).replace(tzinfo=None) if "expiry" in values else None
    return Credentials(  # type: ignore[no-untyped-call]
        values.get("token"),
        refresh_token=values.get("refresh_token"),
        expiry=expiry,  # in UTC, and without saying so: google-auth wants it thus
        scopes=list(SCOPES),
        **{key: theirs.get(key) for key in _OF_THE_CLIENT},
    )


def _client(sign_in: SignIn) -> dict[str, Any]:
    """The file that Google gave out for the application or the service account."""
    try:
        found = json.loads(read_plain(Path(sign_in.client), _MOST))
    except OSError as error:
        raise _bad_client(sign_in, reason_of(error)) from error
    except ValueError as error:
        raise _bad_client(sign_in, _NOT_GOOGLES) from error
    if not isinstance(found, dict):
        raise _bad_client(sign_in, _NOT_GOOGLES)
    return found


def _bad_client(sign_in: SignIn, reason: Message | str) -> LedgerError:
    return LedgerError(
        msg(
            "The file of Google that LEDGER_SMTP_CLIENT names, {path}, cannot be used ({reason}), so nothing was sent: download it once more from Google Cloud (a service account's key, or an OAuth client of the kind Desktop app)."
        ).of(path=sign_in.client, reason=reason)
    )


def _refused(sign_in: SignIn, error: Exception) -> LedgerError:
    """What Google answered, by its code alone: an error of these libraries may quote a whole answer."""
    said = error.args[1] if len(error.args) > 1 else None
    code = said.get("error") if isinstance(said, Mapping) else getattr(error, "error", None)
    reason = one_line(str(code or type(error).__name__), 80)
    return LedgerError(
        msg(
            "Google does not accept the sign-in for {user} ({reason}), so nothing was sent: run `check --sign-in` again; with a service account, ask the administrator of the domain to give it the right https://mail.google.com/ for the whole domain."
        ).of(user=sign_in.user, reason=reason)
    )


def _unreachable(error: Exception) -> LedgerError:
    return LedgerError(
        msg("Google's sign-in cannot be reached ({reason}), so nothing was sent: check the network.").of(
            reason=type(error).__name__
        )
    )
