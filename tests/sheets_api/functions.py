"""The functions that formulas may call here: the handful that a register of letters is likely to hold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from .formats import EPOCH, moment
from .worth import (
    DIVIDED_BY_ZERO,
    Block,
    Wrong,
    as_number,
    as_text,
    as_truth,
    compared,
    failure,
    flat,
    numbers,
    single,
)

if TYPE_CHECKING:
    from .formulas import Reckoning
    from .syntax import Node

_NOT_FOUND = failure("#N/A", "Did not find value in the lookup.")


def _average(*worths: Any) -> float:
    found = list(numbers(worths))
    if not found:
        raise Wrong(DIVIDED_BY_ZERO)
    return sum(found) / len(found)


def _round(worth: Any, places: Any = 0) -> float:
    step = Decimal(1).scaleb(-int(as_number(places)))
    return float(Decimal(repr(as_number(worth))).quantize(step, rounding=ROUND_HALF_UP))


def _date(year: Any, month: Any, day: Any) -> float:
    months = int(as_number(year)) * 12 + int(as_number(month)) - 1
    first = datetime(months // 12, months % 12 + 1, 1)
    return (first - EPOCH).days + int(as_number(day)) - 1


def _criterion(worth: Any) -> Callable[[Any], bool]:
    """What COUNTIF and SUMIF look for: a comparison in text, a value, or text with `*` and `?`."""
    wanted = single(worth)
    sign, rest = "=", wanted
    if isinstance(wanted, str):
        found = re.match(r"(<>|<=|>=|<|>|=)?(.*)\Z", wanted, re.DOTALL)
        assert found is not None
        sign, rest = found[1] or "=", found[2]
        if re.fullmatch(r"-?\d+(?:\.\d+)?", rest):
            rest = float(rest)
    if isinstance(rest, str) and sign in ("=", "<>") and re.search(r"[*?]", rest):
        pattern = re.compile(re.escape(rest).replace(r"\*", ".*").replace(r"\?", ".") + r"\Z", re.IGNORECASE)
        return lambda value: (isinstance(value, str) and bool(pattern.match(value))) is (sign == "=")
    return lambda value: (value is not None or sign == "<>") and compared(sign, value, rest)


def _count_if(block: Block, wanted: Any) -> int:
    fits = _criterion(wanted)
    return sum(1 for value in block.all() if fits(value))


def _sum_if(block: Block, wanted: Any, amounts: Block | None = None) -> float:
    fits, added = _criterion(wanted), amounts or block
    total = 0.0
    for row in range(block.height):
        for column in range(block.width):
            amount = added.at(row, column) if fits(block.at(row, column)) else None
            if isinstance(amount, int | float) and not isinstance(amount, bool):
                total += amount
    return total


def _match(wanted: Any, block: Block, kind: Any = 1) -> int:
    values = list(block.all())
    sought = single(wanted)
    if as_number(kind) == 0:
        for place, value in enumerate(values, 1):
            if value is not None and compared("=", value, sought):
                return place
        raise Wrong(_NOT_FOUND)
    sign = "<=" if as_number(kind) > 0 else ">="
    fitting = [place for place, value in enumerate(values, 1) if value is not None and compared(sign, value, sought)]
    if not fitting:
        raise Wrong(_NOT_FOUND)
    return fitting[-1]


def _vlookup(wanted: Any, block: Block, column: Any, is_sorted: Any = True) -> Any:
    first = block._replace(right=block.left + 1)
    row = _match(wanted, first, 1 if as_truth(is_sorted) else 0)
    place = int(as_number(column))
    if not 1 <= place <= block.width:
        raise Wrong(failure("#REF!", "VLOOKUP evaluates to an out of bounds range."))
    return block.at(row - 1, place - 1)


def _index(block: Block, row: Any = 0, column: Any = 0) -> Any:
    down, across = int(as_number(row)), int(as_number(column))
    if block.height == 1 and not across:
        down, across = 1, down
    if down > block.height or across > block.width:
        raise Wrong(failure("#REF!", "INDEX evaluates to an out of bounds range."))
    return block.at(max(down, 1) - 1, max(across, 1) - 1)


def _offset(block: Block, down: Any, across: Any, height: Any = None, width: Any = None) -> Block:
    top, left = block.top + int(as_number(down)), block.left + int(as_number(across))
    if top < 0 or left < 0:
        raise Wrong(failure("#REF!", "OFFSET evaluates to an out of bounds range."))
    high = block.height if height is None else int(as_number(height))
    wide = block.width if width is None else int(as_number(width))
    return Block(block.value, top, left, top + high, left + wide)


def _substitute(worth: Any, old: Any, new: Any, which: Any = None) -> str:
    text, sought = as_text(worth), as_text(old)
    if which is None:
        return text.replace(sought, as_text(new))
    if as_number(which) < 1:
        raise Wrong(failure("#VALUE!", "SUBSTITUTE counts from 1."))
    parts = text.split(sought)
    at = int(as_number(which))
    return text if at >= len(parts) else sought.join(parts[:at]) + as_text(new) + sought.join(parts[at:])


def _find(sought: Any, within: Any, start: Any = 1) -> int:
    at = as_text(within).find(as_text(sought), int(as_number(start)) - 1)
    if at < 0:
        raise Wrong(failure("#VALUE!", "FIND did not find it."))
    return at + 1


def _left(worth: Any, count: Any = 1) -> str:
    if as_number(count) < 0:
        raise Wrong(failure("#NUM!", "LEFT counts from 0."))
    return as_text(worth)[: int(as_number(count))]


def _bytes(worth: Any) -> int:
    return sum(1 + (unicodedata.east_asian_width(char) in "WF") for char in as_text(worth))


FUNCTIONS: dict[str, Callable[..., Any]] = {
    "SUM": lambda *worths: sum(numbers(worths)),
    "AVERAGE": _average,
    "COUNT": lambda *worths: sum(1 for _ in numbers(worths)),
    "COUNTA": lambda *worths: sum(1 for value in flat(worths) if value is not None),
    "COUNTBLANK": lambda block: sum(1 for value in block.all() if value in (None, "")),
    "MIN": lambda *worths: min(numbers(worths), default=0),
    "MAX": lambda *worths: max(numbers(worths), default=0),
    "COUNTIF": _count_if,
    "SUMIF": _sum_if,
    "ABS": lambda worth: abs(as_number(worth)),
    "ROUND": _round,
    "INT": lambda worth: as_number(worth) // 1,
    "AND": lambda *worths: all(as_truth(value) for value in flat(worths) if value is not None),
    "OR": lambda *worths: any(as_truth(value) for value in flat(worths) if value is not None),
    "NOT": lambda worth: not as_truth(worth),
    "CONCATENATE": lambda *worths: "".join(as_text(value) for value in flat(worths)),
    "CONCAT": lambda one, other: as_text(one) + as_text(other),
    "LEN": lambda worth: len(as_text(worth)),
    "UPPER": lambda worth: as_text(worth).upper(),
    "LOWER": lambda worth: as_text(worth).lower(),
    "TRIM": lambda worth: " ".join(as_text(worth).split()),
    "LENB": _bytes,
    "FIND": _find,
    "LEFT": _left,
    "RIGHT": lambda worth, count=1: as_text(worth)[-int(as_number(count)) :] if as_number(count) else "",
    "MID": lambda worth, start, count: as_text(worth)[int(as_number(start)) - 1 :][: int(as_number(count))],
    "DATE": _date,
    "YEAR": lambda worth: moment(as_number(worth)).year,
    "MONTH": lambda worth: moment(as_number(worth)).month,
    "DAY": lambda worth: moment(as_number(worth)).day,
    "ISBLANK": lambda worth: single(worth) is None,
    "ISNUMBER": lambda worth: type(single(worth)) in (int, float),
    "ISTEXT": lambda worth: isinstance(single(worth), str),
    "MATCH": _match,
    "VLOOKUP": _vlookup,
    "INDEX": _index,
    "OFFSET": _offset,
    "SUBSTITUTE": _substitute,
    "CHAR": lambda number: chr(int(as_number(number))),
    "HYPERLINK": lambda link, label=None: single(link if label is None else label),
}


def _if(reckoning: Reckoning, arguments: tuple[Node, ...]) -> Any:
    if not 2 <= len(arguments) <= 3:
        raise Wrong(failure("#N/A", "Wrong number of arguments to IF."))
    if as_truth(reckoning.of(arguments[0])):
        return reckoning.of(arguments[1])
    return reckoning.of(arguments[2]) if len(arguments) > 2 else False


def _if_error(reckoning: Reckoning, arguments: tuple[Node, ...]) -> Any:
    try:
        return single(reckoning.of(arguments[0]))
    except Wrong:
        return reckoning.of(arguments[1]) if len(arguments) > 1 else ""


def _is_error(reckoning: Reckoning, arguments: tuple[Node, ...]) -> bool:
    try:
        single(reckoning.of(arguments[0]))
    except Wrong:
        return True
    return False


def _place(reckoning: Reckoning, arguments: tuple[Node, ...]) -> tuple[int, int]:
    if not arguments:
        return reckoning.row, reckoning.column
    block = reckoning.of(arguments[0])
    if not isinstance(block, Block):
        raise Wrong(failure("#N/A", "Argument must be a range."))
    return block.top, block.left


LAZY: dict[str, Callable[[Reckoning, tuple[Node, ...]], Any]] = {
    "IF": _if,
    "IFERROR": _if_error,
    "ISERROR": _is_error,
    "ROW": lambda reckoning, arguments: _place(reckoning, arguments)[0] + 1,
    "COLUMN": lambda reckoning, arguments: _place(reckoning, arguments)[1] + 1,
    "TRUE": lambda reckoning, arguments: True,
    "FALSE": lambda reckoning, arguments: False,
}
"""The functions that do not want all their arguments worked out, or want to know where they stand."""
