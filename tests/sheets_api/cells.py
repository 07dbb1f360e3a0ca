"""A cell: an immutable value, and its way from and to Google's CellData."""

from __future__ import annotations

import struct
from functools import cache
from typing import Any, NamedTuple

from .errors import Json, Refused
from .masks import Mask, merge, wants

MAX_CHARACTERS = 50_000
TOO_LONG = "Your input contains more than the maximum of 50000 characters in a single cell."
TEXT_FORMAT = {"type": "TEXT", "pattern": "@"}


class Formula(str):
    """What a person typed after an equals sign, the sign included."""

    __slots__ = ()


Value = str | int | float | bool | Formula | None


class Failure(NamedTuple):
    """The effective value of a formula that gives none."""

    kind: str
    shown: str
    message: str


class Cell(NamedTuple):
    """All that a person put into a cell. Never changed in place, nor are the objects it holds."""

    value: Value = None
    format: Json | None = None
    note: str | None = None
    validation: Json | None = None
    runs: list[Json] | None = None
    extra: Json | None = None
    """Fields of CellData that the server keeps and gives back without looking into them."""


EMPTY = Cell()
_KEPT = ("chipRuns", "pivotTable", "dataSourceTable", "dataSourceFormula")
WRITABLE = ("userEnteredValue", "userEnteredFormat", "note", "dataValidation", "textFormatRuns", *_KEPT)


def number(value: float) -> int | float:
    """A number as the sheet holds it: a double, of which a whole one is written without a fraction."""
    double = float(value)
    return int(double) if double.is_integer() and abs(double) < 1e15 else double


def typed(value: Any) -> Value:
    """The value of a cell for a plain Python value, text taken as text."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float):
        return number(value)
    if len(value) > MAX_CHARACTERS:
        raise Refused(TOO_LONG)
    return value or None


def from_extended(value: Json | None) -> Value:
    """The value of a cell for an ExtendedValue."""
    if not value:
        return None
    ((kind, content),) = value.items()
    if kind == "formulaValue":
        if not content.startswith("="):
            raise Refused("Formula must start with '='.")
        return Formula(typed(content))
    if kind == "errorValue":
        raise Refused("errorValue cannot be set as a user entered value.")
    return typed(content)


def to_extended(value: Value | Failure) -> Json | None:
    """The ExtendedValue for the value of a cell, user-entered or effective."""
    if value is None:
        return None
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, Formula):
        return {"formulaValue": str(value)}
    if isinstance(value, str):
        return {"stringValue": value}
    if isinstance(value, Failure):
        return {"errorValue": {"type": value.kind, "message": value.message}}
    return {"numberValue": value}


def user_entered(cell: Cell) -> Json:
    """The fields of CellData that can be written, as they stand."""
    data: Json = dict(cell.extra or {})
    if cell.value is not None:
        data["userEnteredValue"] = to_extended(cell.value)
    for name, content in (
        ("userEnteredFormat", cell.format),
        ("note", cell.note),
        ("dataValidation", cell.validation),
        ("textFormatRuns", cell.runs),
    ):
        if content:
            data[name] = content
    return data


def from_user_entered(data: Json) -> Cell | None:
    """The cell that writable CellData describes; None for one without anything."""
    cell = Cell(
        from_extended(data.get("userEnteredValue")),
        as_kept(data.get("userEnteredFormat")) or None,
        data.get("note") or None,
        data.get("dataValidation") or None,
        data.get("textFormatRuns") or None,
        {name: data[name] for name in _KEPT if data.get(name)} or None,
    )
    return None if cell == EMPTY else cell


def updated(cell: Cell | None, data: Json, mask: Mask) -> Cell | None:
    """The cell after an update: each field of the mask as `data` has it, cleared where `data` has it not."""
    if mask == {"userEnteredValue": {}}:  # what nearly every write is
        value = from_extended(data.get("userEnteredValue"))
        old = cell or EMPTY
        # Another value takes the formats of parts of the old text with it, and what stood in its place.
        changed = Cell(value, old.format, old.note, old.validation, None, None)
        return None if changed == EMPTY else changed
    return from_user_entered(
        merge(user_entered(cell) if cell else {}, {k: data[k] for k in WRITABLE if k in data}, mask)
    )


def written(cell: Cell | None, value: Value, number_format: Json | None = None) -> Cell | None:
    """The cell with another value; a format that came of typing it stands where the cell had none of its kind."""
    old = cell or EMPTY
    shape = old.format
    if number_format is not None and "numberFormat" not in (shape or {}):
        shape = {**(shape or {}), "numberFormat": number_format}
    new = Cell(value, shape, old.note, old.validation, None, None)
    return None if new == EMPTY else new


_COLOURS = (
    "backgroundColor",
    "foregroundColor",
    "color",
    "tabColor",
    "headerColor",
    "footerColor",
    "firstBandColor",
    "secondBandColor",
)


def _as_shown(colour: Json) -> Json:
    """A colour as Google keeps it: each part one of 256 steps, a part of zero left out."""
    kept = {}
    for part in ("red", "green", "blue", "alpha"):
        step = int(_single(float(colour.get(part, 0)) * 255))
        if step:
            kept[part] = 1 if step == 255 else _shortest(step)
    return kept


def _single(value: float) -> float:
    """The value in single precision, which is what Google keeps colours in."""
    (rounded,) = struct.unpack("f", struct.pack("f", value))
    return float(rounded)


@cache
def _shortest(step: int) -> float:
    """The number with the fewest digits that is the same in single precision as this step of 255."""
    value = step / 255
    texts = (f"{value:.{digits}g}" for digits in range(1, 10))
    return next(float(text) for text in texts if _single(float(text)) == _single(value))


def with_both_colours(value: Any) -> Any:
    """The value with each colour in its old and its new field (`color` and `colorStyle`), as Google gives it back."""
    if isinstance(value, list):
        return [with_both_colours(item) for item in value]
    if not isinstance(value, dict):
        return value
    result = {}
    for name, item in value.items():
        plain = name.removesuffix("Style")
        if name in _COLOURS and isinstance(item, dict) and f"{name}Style" not in value:
            result[name] = _as_shown(item)
            result[f"{name}Style"] = {"rgbColor": result[name]}
        elif plain in _COLOURS and plain != name and isinstance(item, dict):
            if "rgbColor" in item:
                result[plain] = _as_shown(item["rgbColor"])
                result[name] = {"rgbColor": result[plain]}
            else:
                result[name] = item
        elif not (name in _COLOURS and f"{name}Style" in value):
            result[name] = with_both_colours(item)
    return result


_WIDTHS = {"SOLID_MEDIUM": 2, "SOLID_THICK": 3, "DOUBLE": 3}


def as_kept(shape: Json | None) -> Json | None:
    """A CellFormat as Google gives it back: colours in both their fields, borders with a width and a colour."""
    if not shape:
        return None
    result: Json = with_both_colours(shape)
    if "borders" in result:
        borders = {side: border(given) for side, given in result["borders"].items()}
        result["borders"] = {side: given for side, given in borders.items() if given}
    return result


def border(given: Json) -> Json:
    """One border, whose style decides its width; `{}` for one of no style."""
    style = given.get("style", "NONE")
    if style in ("NONE", "STYLE_UNSPECIFIED"):
        return {}
    colours: Json = {"color": {}, "colorStyle": {"rgbColor": {}}}
    return {**colours, **with_both_colours(given), "width": _WIDTHS.get(style, 1)}


def cell_mask(mask: Mask) -> Mask:
    """The fields of an update mask that can be written; a mask of all is that of every one."""
    return {name: wants(mask, name) or {} for name in WRITABLE if wants(mask, name) is not None}
