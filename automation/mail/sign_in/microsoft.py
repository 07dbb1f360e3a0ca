"""Signing in to Microsoft 365 with msal: once by a code that a person types on any device, later by what was kept of that."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Mapping
from typing import Any

from automation.ledger.errors import LedgerError
from automation.mail.sign_in.kept import keep, kept
from automation.mail.sign_in.settings import PATIENCE, SignIn
from automation.text.catalogue import msg
from automation.text.characters import one_line
from automation.text.extras import how_to_install

Ask = Callable[[str, str], None]
"""Tells a person which page to open, and which code to type there."""
_IN_CHINA = ("partner.outlook.cn", "https://partner.outlook.cn")
"""Microsoft 365 as 21Vianet runs it: how its mail servers' names end, and whose rights are asked for."""
_ELSEWHERE = "https://outlook.office.com"
_CODE = re.compile(r"AADSTS\d+")


def token(sign_in: SignIn, *, renew: bool) -> str:
    """A token for the mail server, a new one if `renew`. Raises LedgerError if nobody signed in, or it no longer counts."""
    msal = _msal()
    secret = kept(sign_in)
    if secret is None:
        raise _nobody_signed_in(sign_in)
    cache = msal.SerializableTokenCache()
    cache.deserialize(secret)
    try:
        app = _app(msal, sign_in, cache)
        accounts = app.get_accounts()
        found = (
            app.acquire_token_silent_with_error(_scopes(sign_in), accounts[0], force_refresh=renew) if accounts else {}
        )
    except (OSError, ValueError) as error:
        raise _unreachable(sign_in, error) from error
    if cache.has_state_changed:
        keep(sign_in, cache.serialize())
    if not found or "access_token" not in found:
        raise _refused(sign_in, found or {})
    return str(found["access_token"])


def sign_in_by_code(sign_in: SignIn, ask: Ask) -> str:
    """Let a person sign in on any device, keep that, and return the account they chose. Raises LedgerError."""
    msal = _msal()
    cache = msal.SerializableTokenCache()
    try:
        app = _app(msal, sign_in, cache)
        flow = app.initiate_device_flow(scopes=_scopes(sign_in))
        if "user_code" not in flow:
            raise _refused(sign_in, flow)
        ask(flow["verification_uri"], flow["user_code"])
        found = app.acquire_token_by_device_flow(flow)
    except (OSError, ValueError) as error:
        raise _unreachable(sign_in, error) from error
    if "access_token" not in found:
        raise _refused(sign_in, found)
    keep(sign_in, cache.serialize())
    return str(found.get("id_token_claims", {}).get("preferred_username", sign_in.user))


def _msal() -> Any:
    try:
        import msal  # an extra, and slow
    except ImportError as error:
        raise LedgerError(
            msg("To sign in to Microsoft 365, install one more part of the program: {command}").of(
                command=how_to_install("microsoft")
            )
        ) from error
    logging.getLogger("msal").setLevel(logging.CRITICAL)  # else it writes to standard error
    return msal


def _app(msal: Any, sign_in: SignIn, cache: object) -> Any:
    """The school's application. Whoever set the authority knows it, so Microsoft is not asked whether it does."""
    return msal.PublicClientApplication(
        sign_in.client,
        authority=sign_in.authority.rstrip("/"),
        token_cache=cache,
        timeout=PATIENCE,
        instance_discovery=False,
    )


def _scopes(sign_in: SignIn) -> list[str]:
    whose = _IN_CHINA[1] if sign_in.host.endswith(_IN_CHINA[0]) else _ELSEWHERE
    return [f"{whose}/SMTP.Send", *([f"{whose}/IMAP.AccessAsUser.All"] if sign_in.reads else [])]


def _nobody_signed_in(sign_in: SignIn) -> LedgerError:
    return LedgerError(
        msg(
            "Nobody has signed in to Microsoft 365 for {user} yet, so nothing was sent: run `check --sign-in` once."
        ).of(user=sign_in.user)
    )


def _refused(sign_in: SignIn, answer: Mapping[str, Any]) -> LedgerError:
    """What Microsoft answered, by its code: its description may hold more than is good for a log."""
    codes = _CODE.findall(str(answer.get("error_description", "")))
    reason = one_line(" ".join([str(answer.get("error", "?")), *codes[:1]]), 80)
    return LedgerError(
        msg(
            "Microsoft 365 does not accept the sign-in for {user} ({reason}), so nothing was sent: run `check --sign-in` again; if that does not help, check LEDGER_SMTP_CLIENT and LEDGER_SMTP_AUTHORITY with whoever registered the application."
        ).of(user=sign_in.user, reason=reason)
    )


def _unreachable(sign_in: SignIn, error: Exception) -> LedgerError:
    return LedgerError(
        msg(
            "The page where Microsoft 365 signs in ({place}) cannot be used ({reason}), so nothing was sent: check LEDGER_SMTP_AUTHORITY and the network."
        ).of(place=sign_in.authority, reason=type(error).__name__)
    )
