"""Turns Google's refusals into one sentence, in both languages, that says what happened and what to do.

They are told apart by status and reason. Google's own messages are neither read, since they come in any language, nor
passed on, since they may quote a cell.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gspread.exceptions import APIError

from automation.ledger.errors import Busy, LedgerError
from automation.text.catalogue import msg

SCOPE = "https://www.googleapis.com/auth/spreadsheets"
"""The only right that is asked for: spreadsheets that were shared with the account, and nothing of Drive."""
MOST_CHARACTERS = 50_000
"""Google's limit for one cell."""
MOST_CELLS = 10_000_000
"""Google's limit for one spreadsheet, over all tabs."""
FORBIDDEN, NOT_FOUND, BAD, UNAUTHORISED, TOO_MANY = 403, 404, 400, 401, 429
TOO_FEW_SCOPES = frozenset({"ACCESS_TOKEN_SCOPE_INSUFFICIENT", "insufficientPermissions"})
SWITCHED_OFF = frozenset({"SERVICE_DISABLED", "accessNotConfigured"})
NO_PROJECT = frozenset({"CONSUMER_INVALID", "USER_PROJECT_DENIED"})
USED_UP = frozenset({"RATE_LIMIT_EXCEEDED", "rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded"})
"""Why Google forbids something, as it names it in `details` (newer services) or `errors` (older ones)."""
GCLOUD = "projects/764086051850"
"""The project of the `gcloud` tool itself, under which a person's own sign-in counts until it names another."""


class Refused(LedgerError):  # noqa: N818  (what it says is that the request was)
    """Google rejected a request and did none of it (400). Why is seen from the spreadsheet (`why_refused.py`)."""

    def __init__(self) -> None:
        super().__init__(
            msg(
                "Google did not take what was to be written, so nothing was written: run again; if it comes again, send this line to whoever looks after the program."
            )
        )


def in_words(error: APIError, account: str) -> LedgerError:
    """The error in words for a person. `account` is the service account's address, or ""."""
    status = error.response.status_code
    details: Mapping[str, Any] = error.error
    if status == TOO_MANY:
        return quota()
    if status == UNAUTHORISED:
        return key_refused(account, None)
    if status == FORBIDDEN:
        return _forbidden(details, error.response.headers.get("WWW-Authenticate", ""), account)
    if status == NOT_FOUND:
        return no_such_spreadsheet()
    if status == BAD:
        return office_file() if details.get("status") == "FAILED_PRECONDITION" else Refused()
    return busy()


def _forbidden(details: Mapping[str, Any], challenge: str, account: str) -> LedgerError:
    """Why something is forbidden, by the reason that Google gives beside its words."""
    given = [one for key in ("details", "errors") for one in details.get(key, ()) if isinstance(one, Mapping)]
    reasons = {str(one.get("reason", "")) for one in given}
    if reasons & TOO_FEW_SCOPES or "insufficient_scope" in challenge:
        return too_few_scopes()
    if reasons & SWITCHED_OFF:
        consumers = {str(one.get("metadata", {}).get("consumer", "")) for one in given}
        return no_project() if GCLOUD in consumers else api_off()
    if reasons & NO_PROJECT:
        return no_project()
    return quota() if reasons & USED_UP else not_shared(account)


def no_credentials(path: str) -> LedgerError:
    """There is no key, or the file is not a key."""
    if path:
        return LedgerError(
            msg(
                "GOOGLE_APPLICATION_CREDENTIALS names {path}, which is not there or is no key file: download the service account's key again (README, steps 4 and 6)."
            ).of(path=path)
        )
    return LedgerError(
        msg(
            "There are no Google credentials: set GOOGLE_APPLICATION_CREDENTIALS to the service account's key file (README, steps 4 and 6); where your organisation forbids key files (iam.disableServiceAccountKeyCreation), use `gcloud auth application-default login --impersonate-service-account=ADDRESS` instead."
        )
    )


def key_refused(account: str, error: Exception | None) -> LedgerError:
    """The key is no longer accepted: it was deleted or expired, or this computer's clock is wrong."""
    who, text = account or msg("the account"), str(error or "").lower()
    if "jwt" in text and ("iat" in text or "exp" in text or "timeframe" in text):
        return LedgerError(
            msg("Google refused the key because this computer's clock is wrong: set the clock and run again.")
        )
    return LedgerError(
        msg(
            "Google refused the key of {who}: it was deleted, has expired, or key files are forbidden by your organisation; make a new key (docs/google.md, “A lost key”)."
        ).of(who=who)
    )


def not_shared(account: str) -> LedgerError:
    who = account or msg("the account the program runs under")
    return LedgerError(
        msg(
            "The spreadsheet is not shared with {who}, or only for reading: open it, choose Share, and add that address as Editor."
        ).of(who=who)
    )


def too_few_scopes() -> LedgerError:
    """The sign-in was given for other services than Google Sheets."""
    return LedgerError(
        msg(
            "This sign-in may not use Google Sheets: it was made without the scope {scope}, whatever is shared with it; make it again with that scope (docs/google.md, “Without a key file”)."
        ).of(scope=SCOPE)
    )


def no_project() -> LedgerError:
    """A person's own sign-in names no project for the requests to be counted under, or one that may not be used."""
    return LedgerError(
        msg(
            "This sign-in has no project of yours in which the Google Sheets API is enabled: type `gcloud auth application-default set-quota-project PROJECT` with the project's id (docs/google.md, “Without a key file”)."
        )
    )


def api_off() -> LedgerError:
    return LedgerError(
        msg(
            "The Google Sheets API is not enabled in the key's project: in the Google Cloud console open APIs & Services, Library, Google Sheets API, press Enable, and wait five minutes."
        )
    )


def no_such_spreadsheet() -> LedgerError:
    return LedgerError(
        msg(
            "There is no spreadsheet with this key: copy the address from the browser's address bar while the spreadsheet is open."
        )
    )


def office_file() -> LedgerError:
    return LedgerError(
        msg(
            "This is an Excel file that lies in Google Drive, not a Google Sheet: open it, choose File, Save as Google Sheets, and give that one's address."
        )
    )


def protected(account: str) -> LedgerError:
    who = account or msg("the account the program runs under")
    return LedgerError(
        msg(
            "Cells the program writes are protected against it: in Data, Protect sheets and ranges, add {who} to every protection, or take it off."
        ).of(who=who)
    )


def cell_too_long(tab: str = "", place: str = "") -> LedgerError:
    where = f" {tab}!{place}" if tab else ""
    return LedgerError(
        msg(
            "The cell{where} would hold more than the {most_characters:,} characters Google allows, so nothing was written: shorten it."
        ).of(where=where, most_characters=MOST_CHARACTERS)
    )


def too_many_cells() -> LedgerError:
    return LedgerError(
        msg(
            "The spreadsheet is at Google's limit of {most_cells:,} cells, so nothing was written: delete empty rows and columns at the end of large tabs, or `copy --move` to a new spreadsheet."
        ).of(most_cells=MOST_CELLS)
    )


def quota() -> Busy:
    return Busy(
        msg(
            "Google's quota of requests a minute is used up (other programs under the same account count too): try again in a minute."
        )
    )


def busy() -> Busy:
    return Busy(
        msg("Google Sheets does not answer properly at the moment: the next run goes on where this one stopped.")
    )


def no_network() -> Busy:
    return Busy(
        msg(
            "Google cannot be reached from here: check the network; where Google is blocked, keep the ledger in a local .xlsx workbook."
        )
    )


def tab_gone(title: str) -> LedgerError:
    return LedgerError(
        msg(
            "The tab “{tab}” was renamed or deleted while the run was writing to it: give it its old name back, and the next run goes on where this one stopped."
        ).of(tab=title)
    )


def typed_meanwhile(name: str) -> LedgerError:
    return LedgerError(
        msg(
            "Somebody typed into {name} while it was being filled, so that it is not whole: make another empty Google Sheet, and copy to that one while nobody has it open."
        ).of(name=name)
    )


def a_ledger_already(name: str) -> LedgerError:
    return LedgerError(
        msg("{name} is a ledger already: make an empty Google Sheet, share it, and copy to that one.").of(name=name)
    )
