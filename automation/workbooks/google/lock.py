"""The lock: a hidden tab that only one run can add, with its owner and its expiry (docs/design.md#p9.7).

It works because batches are atomic and titles unique. To take it, a run adds the tab `_lock` with a random sheet id;
another that tries gets a 400. To break an expired lock, a run deletes the old tab and adds a new one in the same batch,
so only one run wins. As a fence, every batch also writes to that sheet id: once a run has lost its lock, Google rejects
the whole batch.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from automation.ledger.errors import Busy, LedgerError
from automation.ledger.serial_days import serial
from automation.text.catalogue import msg
from automation.workbooks.google.check_facts import Book
from automation.workbooks.google.client import Ambiguous, Transport
from automation.workbooks.google.refusals import Refused, busy
from automation.workbooks.google.values import from_serial, typed
from automation.workbooks.google.why_refused import reason

LOCK_TAB = "_lock"
LEASE = timedelta(minutes=10)
"""Well above the half minute that a mail may take, so that a live run never loses its lock between two fences."""
TRIES = 3
"""How often replacing the lock is tried while Google's replies are lost."""
_LARGEST_ID = 2**31 - 1
_HELD = "sheets(properties(sheetId,title),data(rowData(values(userEnteredValue))))"


@dataclass(frozen=True)
class Held:
    """The content of the lock tab: who holds it, and until when (UTC, naive; None if no run wrote it)."""

    sheet_id: int
    owner: str
    until: datetime | None


class Lease:
    """The lock on one spreadsheet. `clock` returns the time (UTC, naive), which goes on while the run works."""

    def __init__(self, transport: Transport, key: str, clock: Callable[[], datetime]) -> None:
        self._transport, self._key, self._clock = transport, key, clock
        self._sheet_id: int | None = None

    @property
    def held(self) -> bool:
        return self._sheet_id is not None

    def take(self, fields: str) -> dict[str, Any]:
        """Take the lock, and return the spreadsheet's `fields` (a mask) as of that moment. Raises Busy, LedgerError."""
        try:
            return self._add([], fields)
        except Refused as refused:
            # Why is seen from the tab: a title that is taken, or something else, which then is said at the second try.
            found, first = self.look(), refused
        if found is not None and found.until is not None and found.until > self._clock():
            raise _taken(found)
        if found is not None and found.until is None:
            raise not_ours()
        stale = [{"deleteSheet": {"sheetId": found.sheet_id}}] if found is not None else []
        try:
            return self._add(stale, fields)
        except Refused as refused:
            now = self.look()
            if now is None or now == found:  # no run is in the way, so Google refuses for a reason of its own
                raise self._reason(stale) or first from refused
            raise _beaten() from refused  # another run broke the lock first, or took one just released

    def renew(self, fields: str, **options: Any) -> dict[str, Any]:
        """Replace the lock by a new one, so that a batch still under way with the old one is refused.

        Returns the spreadsheet's `fields` after that. Raises Busy when the lock was lost, LedgerError.
        """
        for _ in range(TRIES):
            old, sheet_id, owner = self._sheet_id, new_id(), secrets.token_hex(8)
            requests = [self.release_request(), *_new_tab(sheet_id, owner, self._clock() + LEASE)]
            try:
                reply = self._transport.attempt(
                    self._key,
                    requests,
                    fields=f"updatedSpreadsheet({fields})",
                    includeSpreadsheetInResponse=True,
                    **options,
                )["updatedSpreadsheet"]
            except Refused as refused:
                self.mark_released()
                raise lock_lost() from refused
            except Ambiguous:
                found = self.look()
                if found is not None and found.sheet_id == old:
                    continue
                if found is None or found.owner != owner:
                    self.mark_released()
                    raise lock_lost() from None
                ranges = options.get("responseRanges", [])
                reply = self._transport.read(self._key, fields=fields, ranges=ranges).json()
            self._sheet_id = sheet_id
            return dict(reply)
        raise busy()

    def fence(self) -> dict[str, Any]:
        """A request that prolongs the lock, and makes its whole batch fail if the lock was lost.

        Raises Busy without a lock, since Google takes a missing sheet id for 0.
        """
        self._refuse_without_lock()
        until = typed(self._clock() + LEASE)
        return {
            "updateCells": {
                "start": {"sheetId": self._sheet_id, "rowIndex": 0, "columnIndex": 1},
                "rows": [{"values": [until]}],
                "fields": "userEnteredValue",
            }
        }

    def is_lost(self, book: Book) -> bool:
        """Whether the lock is another's by now, so that a batch was refused because of the fence."""
        return all(tab.sheet_id != self._sheet_id for tab in book.tabs.values())

    def release_request(self) -> dict[str, Any]:
        """The request that releases the lock; call `mark_released` after it was done. Raises Busy without a lock."""
        self._refuse_without_lock()
        return {"deleteSheet": {"sheetId": self._sheet_id}}

    def _refuse_without_lock(self) -> None:
        if self._sheet_id is None:
            raise lock_lost()

    def mark_released(self) -> None:
        """Note that this run no longer has the lock, because a batch released it or another run took it."""
        self._sheet_id = None

    def release(self) -> None:
        """Release the lock at once. If Google cannot be reached, it expires by itself."""
        if self._sheet_id is None:
            return
        try:
            self._transport.write(self._key, [self.release_request()])
        except (Ambiguous, LedgerError):
            pass
        finally:
            self.mark_released()

    def _reason(self, before: Sequence[dict[str, Any]]) -> LedgerError | None:
        """Why Google refuses to add the lock."""
        requests = [*before, *_new_tab(new_id(), "", self._clock())]
        return reason(requests, self._transport.book(self._key), self._transport.account)

    def _add(self, before: Sequence[dict[str, Any]], fields: str) -> dict[str, Any]:
        sheet_id = new_id()
        owner = secrets.token_hex(8)
        requests = [*before, *_new_tab(sheet_id, owner, self._clock() + LEASE)]
        try:
            reply = self._transport.attempt(
                self._key, requests, fields=f"updatedSpreadsheet({fields})", includeSpreadsheetInResponse=True
            )["updatedSpreadsheet"]
        except Ambiguous as error:
            found = self.look()
            if found is None or found.owner != owner:
                raise _beaten() from error
            reply = self._transport.read(self._key, fields=fields).json()
        self._sheet_id = sheet_id
        return dict(reply)

    def look(self) -> Held | None:
        """Who holds the lock; None if nobody does any more."""
        try:
            reply = self._transport.read(self._key, ranges=f"'{LOCK_TAB}'!A1:B1", fields=_HELD).json()
        except Refused:
            return None  # the tab is gone
        for sheet in reply.get("sheets", ()):
            cells = [
                cell.get("userEnteredValue", {})
                for data in sheet.get("data", ())
                for row in data.get("rowData", ())
                for cell in row.get("values", ())
            ]
            owner, until = (*cells, {}, {})[:2]
            number = until.get("numberValue")
            return Held(
                int(sheet["properties"]["sheetId"]),
                str(owner.get("stringValue", "")),
                _moment(number) if number is not None else None,
            )
        return None


def clock_from(now: datetime) -> Callable[[], datetime]:
    """A clock (UTC, naive) that starts at `now` (aware) and goes on while the run works."""
    started, utc = time.monotonic(), now.astimezone(UTC).replace(tzinfo=None)
    return lambda: utc + timedelta(seconds=time.monotonic() - started)


def new_id() -> int:
    """A random sheet id, practically certain to be free."""
    return secrets.randbelow(_LARGEST_ID) + 1


def _moment(number: float) -> datetime:
    found = from_serial(number)
    return found if isinstance(found, datetime) else datetime.combine(found, datetime.min.time())


def _new_tab(sheet_id: int, owner: str, until: datetime) -> list[dict[str, Any]]:
    return [
        {
            "addSheet": {
                "properties": {
                    "sheetId": sheet_id,
                    "title": LOCK_TAB,
                    "hidden": True,
                    "gridProperties": {"rowCount": 1, "columnCount": 2},
                }
            }
        },
        {
            "updateCells": {
                "start": {"sheetId": sheet_id, "rowIndex": 0, "columnIndex": 0},
                "rows": [{"values": [typed(owner), {"userEnteredValue": {"numberValue": serial(until)}}]}],
                "fields": "userEnteredValue",
            }
        },
    ]


def _taken(found: Held) -> Busy:
    until = f"{found.until:%H:%M}" if found.until else ""
    return Busy(
        msg("Another run is working on this spreadsheet (at the latest until {until} UTC): try again later.").of(
            until=until
        )
    )


def _beaten() -> Busy:
    return Busy(msg("Another run took this spreadsheet at the same moment: try again later."))


def not_ours() -> LedgerError:
    return LedgerError(msg("The spreadsheet has a tab “{tab}” that no run made: rename or delete it.").of(tab=LOCK_TAB))


def lock_lost() -> Busy:
    """The error of a run that took so long that another took over."""
    return Busy(msg("This run lost its lock to another one, so nothing more was written: the next run goes on."))
