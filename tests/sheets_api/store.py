"""The spreadsheets of one server: their contents, who may do what with them, and how a change takes hold."""

from __future__ import annotations

import random
import secrets
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TypeVar

from .batch import Batch, Caller
from .book import Book, new_sheet
from .errors import ApiError, DriveError, Json, Refused, no_permission, not_found, office_file
from .person import SheetOnScreen

T = TypeVar("T")
OWNER = "office@example.org"
SERVICE_ACCOUNT = "ledger@test-project.iam.gserviceaccount.com"
SPREADSHEET_TYPE = "application/vnd.google-apps.spreadsheet"


class Spreadsheet:
    """One spreadsheet file: its book, its version, and its permissions."""

    def __init__(self, store: Store, title: str, locale: str, time_zone: str, owner: str) -> None:
        self.store = store
        self.id = "1" + secrets.token_urlsafe(33)[:43]
        properties = {"title": title, "locale": locale, "autoRecalc": "ON_CHANGE", "timeZone": time_zone}
        self.book = Book(properties, [new_sheet(0, "Sheet1")])
        self.before_last_change = self.book
        self.version = 1
        self.created = self.modified = datetime.now(UTC)
        self.owner = owner
        self.is_office_file = False
        """It lies in Drive as an Excel file."""
        self.permissions: list[Json] = []
        self.share(owner, "owner")

    @property
    def title(self) -> str:
        title: str = self.book.properties["title"]
        return title

    def share(self, email: str, role: str, kind: str = "user") -> Json:
        """Gives a role to a person (or with kind `anyone` to everybody) and says how Drive shows that."""
        number = "anyoneWithLink" if kind == "anyone" else str(self.store.random.randrange(10**19, 10**20))
        entry: Json = {"id": number, "type": kind, "kind": "drive#permission", "role": role}
        if kind == "domain":
            entry["domain"] = email
        elif kind != "anyone":
            entry["emailAddress"] = email
        self.permissions = [*[p for p in self.permissions if _holder(p) != _holder(entry)], entry]
        return entry

    def role_of(self, email: str) -> str:
        """owner, writer, commenter, reader, or nothing."""
        own = [p["role"] for p in self.permissions if p.get("emailAddress") == email]
        everybody = [p["role"] for p in self.permissions if p["type"] == "anyone"]
        return str((own or everybody or [""])[0])

    def caller(self, email: str) -> Caller:
        writers = tuple(p["emailAddress"] for p in self.permissions if p["role"] == "writer" and "emailAddress" in p)
        return Caller(email, self.owner, writers, frozenset(self.store.quirks))

    def look(self, email: str) -> Batch:
        """The book for reading: nothing that is done to this one lasts."""
        return Batch(self.book, self.caller(email), self.store.random)

    def change(self, email: str, work: Callable[[Batch], T]) -> T:
        """Lets `work` change a draft, which becomes the book if nothing was refused."""
        batch = Batch(self.book.draft(), self.caller(email), self.store.random)
        try:
            result = work(batch)
        except Refused as refusal:
            raise ApiError(400, str(refusal)) from None
        except ApiError:
            if "batch-not-rolled-back" in self.store.quirks:
                self.replace(batch.book)
            raise
        self.replace(batch.book)
        return result

    def replace(self, book: Book) -> None:
        self.before_last_change = self.book
        self.book = book
        self.touch()

    def touch(self) -> None:
        self.version += 1
        self.modified = max(datetime.now(UTC), self.modified)

    def sheet(self, title: str) -> SheetOnScreen:
        """The tab of that title as a person has it before them."""
        with self.store.lock:
            sheet = self.book.titled(title)
            if sheet is None:
                raise KeyError(title)
            return SheetOnScreen(self, sheet.id)

    def titles(self) -> list[str]:
        return [sheet.title for sheet in self.book.sheets]


def _holder(permission: Json) -> tuple[str, str]:
    return permission["type"], str(permission.get("emailAddress", permission.get("domain")))


class Store:
    """All spreadsheets, and the lock under which each request and each act of a person is done."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self.random = random.Random(secrets.randbits(64))
        self.spreadsheets: dict[str, Spreadsheet] = {}
        self.quirks: set[str] = set()
        self.owner = OWNER

    def new(self, title: str, locale: str, time_zone: str, owner: str) -> Spreadsheet:
        with self.lock:
            spreadsheet = Spreadsheet(self, title, locale, time_zone, owner)
            self.spreadsheets[spreadsheet.id] = spreadsheet
            return spreadsheet

    def open(self, spreadsheet_id: str, email: str, *, to_write: bool) -> Spreadsheet:
        """The spreadsheet for the Sheets API; Google's 404 or 403 where the caller may not have it."""
        spreadsheet = self.spreadsheets.get(spreadsheet_id)
        if spreadsheet is None:
            raise not_found()
        role = spreadsheet.role_of(email)
        if not role or (to_write and role not in ("owner", "writer")):
            raise no_permission()
        if spreadsheet.is_office_file:
            raise office_file()
        return spreadsheet

    def file(self, file_id: str, email: str) -> Spreadsheet:
        """The same for Drive, which does not let on that a file is there that one may not see."""
        spreadsheet = self.spreadsheets.get(file_id)
        if spreadsheet is None or not spreadsheet.role_of(email):
            raise DriveError(404, "notFound", f"File not found: {file_id}.", "fileId")
        return spreadsheet
