"""Sends every request to Google through gspread: authorised, counted, with time limits, retried where that is safe.

"Only reading, and what was refused for the quota, is tried again." (docs/design.md#p9.6) A write that ended in a 5xx, a
timeout or a dropped connection may have been done or not. It raises `Ambiguous`, and the caller looks for its traces.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import google.auth
import google.auth.exceptions
import requests
from google.auth.credentials import Credentials
from gspread.exceptions import APIError
from gspread.http_client import HTTPClient
from gspread.urls import SPREADSHEET_BATCH_UPDATE_URL, SPREADSHEET_URL

from automation.workbooks.google import refusals
from automation.workbooks.google.check_facts import FIELDS, Book, book_of
from automation.workbooks.google.why_refused import reason

SCOPES = (refusals.SCOPE,)
EMULATOR = "SHEETS_EMULATOR_HOST"
GOOGLE = "https://sheets.googleapis.com/"
TIMEOUTS = (10.0, 190.0)
"""Seconds to wait for the connection and for the reply.

Google itself gives up after 180, so a shorter wait would leave writes in doubt needlessly.
"""
WAITS = (1.0, 2.0, 4.0, 8.0, 16.0, 32.0)
"""Seconds before each further try: a minute in all, since Google counts its quota by the minute."""
AGENT = "letters-and-visits-ledger (gzip)"
"""The user agent. Google compresses replies only for agents that have "gzip" in their name, too."""
TOO_MANY = 429
SERVER_FAULT = 500

OF_THE_KEY = frozenset({"invalid_grant", "invalid_client", "unauthorized_client", "account_not_found"})
"""The errors by which Google's token server says that a key is not valid."""

NOT_YET_KNOWN = "default"
"""What a machine's own account is called until it has got its first token."""

Fields = Mapping[str, Any]


class Ambiguous(Exception):  # noqa: N818  (it is a question, not an error)
    """A write may have been done or not, since its reply was lost."""


class Transport(HTTPClient):  # type: ignore[misc,unused-ignore]
    """gspread's client for one account.

    `timeouts` and `waits` are in seconds, as TIMEOUTS and WAITS; `sleep` waits before another try.
    """

    def __init__(
        self,
        credentials: Credentials,
        timeouts: tuple[float, float] = TIMEOUTS,
        waits: Sequence[float] = WAITS,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        super().__init__(credentials)
        self.session.headers["User-Agent"] = AGENT
        self.set_timeout(timeouts)
        self.calls = 0
        self._waits = tuple(waits)
        self._sleep = sleep
        host = os.environ.get(EMULATOR, "")
        self._base = f"http://{host}/" if host else GOOGLE

    @property
    def account(self) -> str:
        """The address with which a spreadsheet has to be shared; "" if the credentials do not tell it."""
        found = str(getattr(self.auth, "service_account_email", "") or "")
        return "" if found == NOT_YET_KNOWN else found

    def request(self, method: str, endpoint: str, *args: Any, **options: Any) -> requests.Response:  # type: ignore[override,unused-ignore]
        """Send and count one request of gspread's; it goes to the local server if EMULATOR names one."""
        self.calls += 1
        sent: requests.Response = super().request(method, endpoint.replace(GOOGLE, self._base, 1), *args, **options)
        return sent

    def read(self, path: str, **params: Any) -> requests.Response:
        """GET /v4/spreadsheets/PATH, with retries. Raises LedgerError."""
        return self._patiently(lambda: self.request("get", SPREADSHEET_URL % path, params=_asked(params)))

    def search(self, path: str, body: Fields, **params: Any) -> requests.Response:
        """POST a query that only reads, with retries. Raises LedgerError."""
        return self._patiently(lambda: self.request("post", SPREADSHEET_URL % path, params=_asked(params), json=body))

    def write(self, key: str, requests_: Sequence[Fields], **options: Any) -> dict[str, Any]:
        """Send one atomic batchUpdate as `attempt` does; if it is refused, the error says why, as far as can be seen."""
        try:
            return self.attempt(key, requests_, **options)
        except refusals.Refused as refused:
            raise reason(requests_, self.book(key), self.account) or refused from refused

    def book(self, key: str) -> Book:
        """Tabs, sizes and protections as they are now. Raises LedgerError."""
        return book_of(self.read(key, fields=FIELDS).json())

    def attempt(self, key: str, requests_: Sequence[Fields], **options: Any) -> dict[str, Any]:
        """Send one atomic batchUpdate, and return its reply.

        `fields` is the mask of the reply, other options go into the body. Raises Ambiguous when nobody can know whether
        it was done, LedgerError when it was not, which is a plain Refused for all that lies in the batch.
        """
        fields = options.pop("fields", "replies")
        body = {"requests": list(requests_), **options}
        params = _asked({"fields": fields})
        for wait in (*self._waits, None):
            try:
                reply = self.request("post", SPREADSHEET_BATCH_UPDATE_URL % key, params=params, json=body)
                return dict(reply.json())
            except requests.exceptions.ConnectTimeout as error:
                raise refusals.no_network() from error
            except (requests.exceptions.RequestException, google.auth.exceptions.TransportError) as error:
                raise Ambiguous from error
            except google.auth.exceptions.GoogleAuthError as error:  # no token, so nothing was sent
                self._refuse_a_bad_key(error)
                lost: Exception = error
            except APIError as error:
                if error.response.status_code >= SERVER_FAULT:
                    raise Ambiguous from error
                if error.response.status_code != TOO_MANY:
                    raise refusals.in_words(error, self.account) from error
                lost = error
            if wait is None:
                raise _gave_up(lost, self.account) from lost
            self._sleep(wait)
        raise AssertionError("the last wait is None")

    def _patiently(self, ask: Callable[[], requests.Response]) -> requests.Response:
        """Ask until a complete reply comes, despite quotas, server faults, pages of HTML and dropped connections."""
        for wait in (*self._waits, None):
            try:
                return _whole(ask())
            except google.auth.exceptions.TransportError as error:
                lost: Exception = error
            except google.auth.exceptions.GoogleAuthError as error:
                self._refuse_a_bad_key(error)
                lost = error
            except requests.exceptions.RequestException as error:
                lost = error
            except APIError as error:
                if error.response.status_code < SERVER_FAULT and error.response.status_code != TOO_MANY:
                    raise refusals.in_words(error, self.account) from error
                lost = error
            if wait is None:
                raise _gave_up(lost, self.account) from lost
            self._sleep(wait)
        raise AssertionError("the last wait is None")

    def _refuse_a_bad_key(self, error: google.auth.exceptions.GoogleAuthError) -> None:
        """Raises LedgerError if the key itself was refused, rather than the token server being out of order for now."""
        said = error.args[1] if len(error.args) > 1 and isinstance(error.args[1], Mapping) else {}
        if said.get("error") in OF_THE_KEY or not isinstance(error, google.auth.exceptions.RefreshError):
            raise refusals.key_refused(self.account, error) from error


def credentials() -> Credentials:
    """This machine's Google credentials (`google.auth.default`). Raises LedgerError, which says how to get some."""
    try:
        found, _ = google.auth.default(scopes=list(SCOPES))
    except (google.auth.exceptions.DefaultCredentialsError, OSError) as error:
        raise refusals.no_credentials(os.environ.get("GOOGLE_APPLICATION_CREDENTIALS", "")) from error
    except google.auth.exceptions.TransportError as error:  # a workload's identity is exchanged at once
        raise refusals.no_network() from error
    except google.auth.exceptions.GoogleAuthError as error:
        raise refusals.key_refused("", error) from error
    credentials_: Credentials = found
    return credentials_


def _whole(answer: requests.Response) -> requests.Response:
    """The reply, if it is complete. Raises RequestException if it is cut off."""
    answer.json()
    return answer


def _asked(params: Fields) -> dict[str, Any]:
    return {**params, "prettyPrint": "false"}


def _gave_up(error: Exception, account: str) -> Exception:
    if isinstance(error, APIError):
        return refusals.in_words(error, account)
    return refusals.busy() if isinstance(error, google.auth.exceptions.RefreshError) else refusals.no_network()
