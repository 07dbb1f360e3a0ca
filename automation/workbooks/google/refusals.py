"""Turns Google's refusals into one sentence, in both languages, that says what happened and what to do.

Google's own messages are never passed on, since they may quote a cell.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gspread.exceptions import APIError

from automation.ledger.errors import Busy, LedgerError
from automation.text.catalogue import msg

MOST_CHARACTERS = 50_000
"""Google's limit for one cell."""
MOST_CELLS = 10_000_000
"""Google's limit for one spreadsheet, over all tabs."""
FORBIDDEN, NOT_FOUND, BAD, UNAUTHORISED, TOO_MANY = 403, 404, 400, 401, 429


class Refused(LedgerError):  # noqa: N818  (what it says is that the request was)
    """Google rejected a request and did none of it (400). `by_google` is what Google said, never to be shown."""

    def __init__(self, by_google: str) -> None:
        super().__init__(
            msg(
                "Google did not take what was to be written, so nothing was written: run again; if it comes again, send this line to whoever looks after the program."
            )
        )
        self.by_google = by_google


def in_words(error: APIError, account: str) -> LedgerError:
    """The error in words for a person. `account` is the service account's address, or ""."""
    status = error.response.status_code
    details: Mapping[str, Any] = error.error
    message = str(details.get("message", ""))
    if status == TOO_MANY:
        return quota()
    if status == UNAUTHORISED:
        return key_refused(account, None)
    if status == FORBIDDEN:
        return api_off() if _is_disabled(details, message) else not_shared(account)
    if status == NOT_FOUND:
        return no_such_spreadsheet()
    if status == BAD:
        return _bad(message, account)
    return busy()


def _bad(message: str, account: str) -> LedgerError:
    low = message.lower()
    if "not supported for this document" in low:
        return office_file()
    if "protected cell or object" in low:
        return protected(account)
    if "50000 characters" in low:
        return cell_too_long()
    if "10000000 cells" in low:
        return too_many_cells()
    return Refused(message)


def _is_disabled(details: Mapping[str, Any], message: str) -> bool:
    reasons = {str(one.get("reason", "")) for one in details.get("details", ()) if isinstance(one, Mapping)}
    return "SERVICE_DISABLED" in reasons or "has not been used in project" in message


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
