"""`spreadsheets.batchUpdate`: every request on a draft of the book, which counts only when all have gone through."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field

from . import masks
from .book import Area, Book, Sheet, area_of
from .discovery import sheets as sheets_service
from .errors import ApiError, Json, Refused
from .viewing import View

PROTECTED = (
    "You are trying to edit a protected cell or object. Please contact the spreadsheet owner to remove "
    "protection if you need to edit."
)


@dataclass(frozen=True)
class Caller:
    """Who asks, and what decides what they may do."""

    email: str
    owner: str
    writers: tuple[str, ...] = ()
    quirks: frozenset[str] = frozenset()

    def may_edit(self, protected_range: Json) -> bool:
        if self.email == self.owner or protected_range.get("warningOnly"):
            return True
        return self.email in protected_range.get("editors", {}).get("users", ())


@dataclass
class Batch:
    """The draft that the requests of one batch change, one after the other."""

    book: Book
    caller: Caller
    random: random.Random = field(default_factory=random.Random)

    def view(self) -> View:
        return View(self.book, self.caller)

    def sheet(self, place: Json) -> Sheet:
        """The sheet that a range, a coordinate or a request names by `sheetId`; it is 0 where left out."""
        return self.book.sheet(place.get("sheetId", 0))

    def editable(self, grid_range: Json) -> tuple[Sheet, Area]:
        """The block that a request is about to change; refused where it is protected or not there."""
        sheet = self.sheet(grid_range)
        area = area_of(sheet, grid_range)
        self.must_edit(sheet, area)
        return sheet, area

    def must_edit(self, sheet: Sheet, area: Area) -> None:
        """Refuses a change to cells that are protected from the caller."""
        for entry in sheet.protected_ranges:
            if self.caller.may_edit(entry):
                continue
            free = (area_of(sheet, grid_range) for grid_range in entry.get("unprotectedRanges", ()))
            if area_of(sheet, self.protected(entry)).meets(area) and not any(f.holds(area) for f in free):
                raise Refused(PROTECTED)

    def must_edit_between(self, sheet: Sheet, pair: Area) -> None:
        """Refuses to part two neighbouring rows or columns that lie together under one protection."""
        for entry in sheet.protected_ranges:
            covered = area_of(sheet, self.protected(entry))
            both_rows = covered.top <= pair.top and pair.bottom <= covered.bottom
            both_columns = covered.left <= pair.left and pair.right <= covered.right
            if not self.caller.may_edit(entry) and both_rows and both_columns:
                raise Refused(PROTECTED)

    def protected(self, entry: Json) -> Json:
        """The GridRange that a protected range covers, which a named range may stand for."""
        if "range" in entry or "namedRangeId" not in entry:
            return dict(entry.get("range", {}))
        named = (item for item in self.book.named_ranges if item["namedRangeId"] == entry["namedRangeId"])
        found: Json = next(named, {}).get("range", {})
        return found

    def must_edit_sheet(self, sheet: Sheet) -> None:
        """Refuses a change to the sheet itself where any of its protection shuts the caller out."""
        if not all(self.caller.may_edit(entry) for entry in sheet.protected_ranges):
            raise Refused(PROTECTED)

    def new_id(self, taken: set[int]) -> int:
        while (candidate := self.random.randrange(1, 2**31)) in taken:
            pass
        return candidate


Handler = Callable[[Batch, Json], Json]
"""Carries out one request on the draft and gives what stands for it in `replies`; raises Refused."""


def update_mask(fields: str, schema: str) -> masks.Mask:
    """The mask of an update, which must name at least one field of the thing updated."""
    if not fields:
        raise Refused("At least one field must be listed in 'fields'. (Use '*' to indicate all fields.)")
    try:
        mask = masks.parse(fields)
        masks.check(mask, sheets_service().schema(schema))
    except masks.BadMask as bad:
        raise Refused(f"Invalid field: {bad}") from None
    return mask


def apply(batch: Batch, requests: list[Json], handlers: dict[str, Handler]) -> list[Json]:
    """The replies to all requests; the batch's draft is then what the book is to become."""
    if not requests:
        raise ApiError(400, "Must specify at least one request.")
    replies = []
    for place, request in enumerate(requests):
        if not request:
            raise ApiError(400, f"Invalid requests[{place}]: No request set.")
        ((kind, body),) = request.items()
        handler = handlers.get(kind)
        if handler is None:
            raise ApiError(
                400,
                f"Invalid requests[{place}].{kind}: this test server does not serve requests of this kind.",
            )
        try:
            reply = handler(batch, body)
        except Refused as refusal:
            if "deleted-sheet-ignored" in batch.caller.quirks and str(refusal).startswith(
                ("No grid with", "No sheet with")
            ):
                replies.append({})
                continue
            raise ApiError(400, f"Invalid requests[{place}].{kind}: {refusal}") from None
        replies.append({kind: reply} if reply or kind in ALWAYS_ANSWERED else {})
    return replies


ALWAYS_ANSWERED = frozenset({"deleteDimensionGroup", "findReplace"})
"""The requests whose reply is there even when nothing is in it."""
