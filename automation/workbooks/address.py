"""How a ledger is addressed: by a path, or by the address or key of a Google Sheet."""

from __future__ import annotations

import re
from pathlib import Path

from automation.ledger.errors import LedgerError
from automation.text.catalogue import msg

_ADDRESS = re.compile(r"https?://docs\.google\.com/spreadsheets/(?:u/\d+/)?d/([A-Za-z0-9_-]{20,})")


_KEY = re.compile(r"[A-Za-z0-9_-]{25,}")


_WEB = re.compile(r"\w+://")


def key_of(address: str) -> str | None:
    """The key of a spreadsheet, from its address or given as such; None for a path.

    Raises LedgerError for any other web address.
    """
    found = _ADDRESS.match(address.strip())
    if found is not None:
        return found[1]
    if _WEB.match(address.strip()):
        raise LedgerError(
            msg(
                "{address} is not the address of a Google Sheet: copy it from the browser's address bar while the spreadsheet is open (https://docs.google.com/spreadsheets/d/…)."
            ).of(address=address)
        )
    return address if _KEY.fullmatch(address) and not Path(address).exists() else None


def key_of_book(name: str) -> str:
    """The key of a year book of a ledger in Google, by the address that the ledger has of it. Raises LedgerError for a path."""
    key = key_of(name)
    if key is None:
        raise LedgerError(
            msg(
                "The year book {name} is a file, and this ledger is in Google: copy the book to an empty Google Sheet, and put its address in its place in Year books."
            ).of(name=name)
        )
    return key


def file_of_book(name: str) -> str:
    """The file of a year book beside a ledger that is a file, too. Raises LedgerError for the address of a spreadsheet."""
    if _WEB.match(name.strip()):
        raise LedgerError(
            msg(
                "The year book {name} is in Google, and this ledger is a file: copy the book to a file beside it, and put that file's name in its place in Year books."
            ).of(name=name)
        )
    return name


def address_of(key: str) -> str:
    """The web address of the spreadsheet with this key."""
    return f"https://docs.google.com/spreadsheets/d/{key}"


def folder_beside(address: str, name: str) -> Path:
    """The default folder for files that people open: beside the workbook; for a Google Sheet, in the current folder."""
    return Path(name) if key_of(address) else Path(address).with_name(name)
