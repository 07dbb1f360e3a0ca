"""Requests about named and protected ranges."""

from __future__ import annotations

import re

from .batch import PROTECTED, Batch, Handler, update_mask
from .book import Sheet, area_of, without_zero_sheet
from .errors import Json, Refused
from .masks import merge

_NAME = re.compile(r"[^\W\d]\w{0,249}\Z")
_ADDRESS = re.compile(r"(?:[A-Za-z]{1,3}[0-9]+|[Rr][0-9]+[Cc][0-9]+|true|false)\Z", re.IGNORECASE)


def checked_range(batch: Batch, grid_range: Json) -> tuple[Sheet, Json]:
    """The sheet, and the range as Google gives it back, once it is known to be in the grid."""
    sheet = batch.sheet(grid_range)
    area_of(sheet, grid_range)
    return sheet, without_zero_sheet(grid_range)


def add_named_range(batch: Batch, body: Json) -> Json:
    given = body.get("namedRange", {})
    if "range" not in given:
        raise Refused("namedRange.range must be set.")
    _check_name(batch, given.get("name", ""), None)
    number = given.get("namedRangeId") or str(batch.new_id(set()))
    if any(entry["namedRangeId"] == number for entry in batch.book.named_ranges):
        raise Refused(f"A named range with id {number} already exists.")
    entry = {"namedRangeId": number, "name": given["name"], "range": checked_range(batch, given["range"])[1]}
    batch.book.named_ranges.append(entry)
    return {"namedRange": entry}


def _check_name(batch: Batch, name: str, own: Json | None) -> None:
    if not _NAME.match(name) or _ADDRESS.match(name):
        raise Refused(f"The name '{name}' is not a valid name for a range.")
    if any(e is not own and e["name"].casefold() == name.casefold() for e in batch.book.named_ranges):
        raise Refused(f"A named range with name '{name}' already exists.")


def _named(batch: Batch, number: str) -> Json:
    for entry in batch.book.named_ranges:
        if entry["namedRangeId"] == number:
            return entry
    raise Refused(f"No named range with id: {number}")


def update_named_range(batch: Batch, body: Json) -> Json:
    given = body.get("namedRange", {})
    mask = update_mask(body.get("fields", ""), "NamedRange")
    old = _named(batch, given.get("namedRangeId", ""))
    if "range" not in old:
        raise Refused("The cells of the named range were deleted.")
    new = merge(old, given, {"name": {}, "range": {}} if "*" in mask else mask)
    _check_name(batch, new.get("name", ""), old)
    new["range"] = checked_range(batch, new.get("range", {}))[1]
    batch.book.named_ranges[batch.book.named_ranges.index(old)] = new
    return {}


def delete_named_range(batch: Batch, body: Json) -> Json:
    batch.book.named_ranges.remove(_named(batch, body.get("namedRangeId", "")))
    return {}


def add_protected_range(batch: Batch, body: Json) -> Json:
    given = dict(body.get("protectedRange", {}))
    taken = {entry["protectedRangeId"] for sheet in batch.book.sheets for entry in sheet.protected_ranges}
    number = given.get("protectedRangeId")
    if number in taken:
        raise Refused(f"A protected range with id {number} already exists.")
    entry = {"protectedRangeId": batch.new_id(taken) if number is None else number}
    sheet = _protected_sheet(batch, given)
    entry |= _protection(batch, given)
    sheet.protected_ranges.append(entry)
    shown = {**entry, "editors": {name: value for name, value in given.get("editors", {}).items() if value}}
    return {"protectedRange": {**shown, "requestingUserCanEdit": True}}


def _protected_sheet(batch: Batch, given: Json) -> Sheet:
    if ("range" in given) is ("namedRangeId" in given):
        raise Refused("Exactly one of protectedRange.range and protectedRange.namedRangeId must be set.")
    if given.get("unprotectedRanges") and given.get("range", {"startRowIndex": 0}).keys() - {"sheetId"}:
        raise Refused("Unprotected ranges are only supported on protected sheets.")
    where = given["range"] if "range" in given else _named(batch, given["namedRangeId"])["range"]
    return checked_range(batch, where)[0]


def _protection(batch: Batch, given: Json) -> Json:
    """The protection as kept."""
    entry: Json = {}
    if "range" in given:
        entry["range"] = without_zero_sheet(given["range"])
    for name in ("namedRangeId", "description", "warningOnly"):
        if given.get(name):
            entry[name] = given[name]
    if given.get("unprotectedRanges"):
        entry["unprotectedRanges"] = [without_zero_sheet(item) for item in given["unprotectedRanges"]]
    return {**entry, "editors": _editors(batch, given)}


def _editors(batch: Batch, given: Json) -> Json:
    """Who may edit: those named, and always the owner and whoever asks. With no editors set, all who may write."""
    caller = batch.caller
    editors = {name: value for name, value in given.get("editors", {}).items() if value}
    users = list(editors.get("users", caller.writers if "editors" not in given else ()))
    users += [email for email in dict.fromkeys((caller.owner, caller.email)) if email not in users]
    return {**editors, "users": users}


def _protected(batch: Batch, number: int) -> tuple[Sheet, Json]:
    for sheet in batch.book.sheets:
        for entry in sheet.protected_ranges:
            if entry["protectedRangeId"] == number:
                if not batch.caller.may_edit(entry):
                    raise Refused(PROTECTED)
                return sheet, entry
    raise Refused(f"No protected range with id: {number}")


def update_protected_range(batch: Batch, body: Json) -> Json:
    given = body.get("protectedRange", {})
    mask = update_mask(body.get("fields", ""), "ProtectedRange")
    sheet, old = _protected(batch, given.get("protectedRangeId", 0))
    if "*" in mask:
        mask = {name: {} for name in given}
    merged = merge(old, given, {k: v for k, v in mask.items() if k != "protectedRangeId"})
    if old.get("warningOnly") and not merged.get("warningOnly") and "editors" not in mask:
        del merged["editors"]  # a warning that becomes a protection keeps nobody out who could edit before
    new_sheet = _protected_sheet(batch, merged)
    new = {"protectedRangeId": old["protectedRangeId"], **_protection(batch, merged)}
    place = sheet.protected_ranges.index(old)
    if new_sheet is sheet:
        sheet.protected_ranges[place] = new
    else:
        del sheet.protected_ranges[place]
        new_sheet.protected_ranges.append(new)
    return {}


def delete_protected_range(batch: Batch, body: Json) -> Json:
    sheet, entry = _protected(batch, body.get("protectedRangeId", 0))
    sheet.protected_ranges.remove(entry)
    return {}


HANDLERS: dict[str, Handler] = {
    "addNamedRange": add_named_range,
    "updateNamedRange": update_named_range,
    "deleteNamedRange": delete_named_range,
    "addProtectedRange": add_protected_range,
    "updateProtectedRange": update_protected_range,
    "deleteProtectedRange": delete_protected_range,
}
