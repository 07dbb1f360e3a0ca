"""The health ping: after a run, call a web address, so that a monitor notices when runs fail or no longer come.

A monitor is a service such as healthchecks.io. It learns nothing but whether the run succeeded.
"""

from __future__ import annotations

from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit, urlunsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from automation.ledger.errors import Busy, LedgerError
from automation.text.catalogue import msg

PATIENCE = 10
"""Seconds to wait for the monitor's reply."""
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})


def ping(url: str, code: int) -> None:
    """Tell the monitor at `url` how a run ended: call `url` for success, `url/fail` for a failure.

    A busy ledger (exit code 75) is neither, so nothing is called: if it stays busy, the monitor misses the next
    success. Raises LedgerError, which never shows the address, since anybody who knows it could fake runs.
    """
    if not url or code == Busy.exit_code:
        return
    request = Request(_called(url, code), headers={"User-Agent": "letters-and-visits-ledger"})  # noqa: S310  (_called looks at it)
    try:
        build_opener(_Straight).open(request, timeout=PATIENCE).close()
    except (OSError, HTTPException, ValueError) as error:
        raise _not_told(_reason(error)) from error


def _called(url: str, code: int) -> str:
    """The address to call, which must be https, or http on this computer."""
    try:
        parts = urlsplit(url.strip())
        safe = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _HERE)
    except ValueError:
        safe = False
    if not safe:
        raise _not_told("LEDGER_PING_URL: https://…")
    path = parts.path if code == 0 else parts.path.rstrip("/") + "/fail"
    return urlunsplit(parts._replace(path=path))


class _Straight(HTTPRedirectHandler):
    """Follows no redirects."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


def _reason(error: Exception) -> str:
    if isinstance(error, HTTPError):
        error.close()
        return f"HTTP {error.code}"
    if isinstance(error, URLError) and isinstance(error.reason, Exception):
        return type(error.reason).__name__
    return type(error).__name__


def _not_told(reason: str) -> LedgerError:
    return LedgerError(
        msg(
            "The health monitor could not be told how the run ended ({reason}): check the network and LEDGER_PING_URL. The run itself is not affected."
        ).of(reason=reason)
    )
