"""The values that formulas reckon with: how one kind becomes another, and the errors that come of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from .cells import Failure, number

_KINDS = {
    "#DIV/0!": "DIVIDE_BY_ZERO",
    "#VALUE!": "VALUE",
    "#REF!": "REF",
    "#NAME?": "NAME",
    "#NUM!": "NUM",
    "#N/A": "N_A",
    "#ERROR!": "ERROR",
}


def failure(shown: str, message: str = "") -> Failure:
    return Failure(_KINDS[shown], shown, message)


DIVIDED_BY_ZERO = failure("#DIV/0!", "Function DIVIDE parameter 2 cannot be zero.")


def not_known(name: str) -> Failure:
    return failure("#ERROR!", f"This test server does not work out {name}.")


class Wrong(Exception):  # noqa: N818 - it carries the error that the cell shows
    """A formula comes to an error."""

    def __init__(self, what: Failure) -> None:
        super().__init__(what.shown)
        self.failure = what


class Block(NamedTuple):
    """A range of cells whose values are looked up when they are needed."""

    value: Callable[[int, int], Any]
    top: int
    left: int
    bottom: int
    right: int

    def at(self, row: int, column: int) -> Any:
        """The value at a place within the block; an error in the cell is an error of the formula."""
        found = self.value(self.top + row, self.left + column)
        if isinstance(found, Failure):
            raise Wrong(found)
        return found

    @property
    def height(self) -> int:
        return self.bottom - self.top

    @property
    def width(self) -> int:
        return self.right - self.left

    def all(self) -> Iterator[Any]:
        for row in range(self.height):
            for column in range(self.width):
                yield self.at(row, column)


def single(worth: Any) -> Any:
    """The one value of a worth; the first cell of a block."""
    return worth.at(0, 0) if isinstance(worth, Block) else worth


def as_number(worth: Any) -> float:
    value = single(worth)
    if value is None:
        return 0
    if isinstance(value, str):
        try:
            return float(value)
        except ValueError:
            message = f"Function parameter expects number values. But '{value}' is a text and cannot be coerced."
            raise Wrong(failure("#VALUE!", message)) from None
    return float(value)


def as_text(worth: Any) -> str:
    value = single(worth)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return str(number(value)) if isinstance(value, int | float) else str(value)


def as_truth(worth: Any) -> bool:
    value = single(worth)
    if isinstance(value, str):
        if value.upper() in ("TRUE", "FALSE"):
            return value.upper() == "TRUE"
        raise Wrong(failure("#VALUE!", f"'{value}' is a text and cannot be coerced to a boolean."))
    return bool(value)


def compared(sign: str, left: Any, right: Any) -> bool:
    """Numbers are less than text, text less than truth values; text is compared without regard to case."""
    one, other = _rank(left, right), _rank(right, left)
    match sign:
        case "=":
            return one == other
        case "<>":
            return one != other
        case "<":
            return one < other
        case ">":
            return one > other
        case "<=":
            return one <= other
    return one >= other


def _rank(value: Any, beside: Any) -> tuple[int, Any]:
    if value is None:  # nothing is whatever nothing is in the kind it stands beside
        value = "" if isinstance(beside, str) else False if isinstance(beside, bool) else 0
    if isinstance(value, bool):
        return 2, value
    if isinstance(value, str):
        return 1, value.casefold()
    return 0, value


def flat(worths: tuple[Any, ...]) -> Iterator[Any]:
    """All values of the arguments, those of ranges one by one."""
    for worth in worths:
        if isinstance(worth, Block):
            yield from worth.all()
        else:
            yield worth


def numbers(worths: tuple[Any, ...]) -> Iterator[float]:
    """The numbers among the arguments: in a range everything else is passed over, outside one it must become one."""
    for worth in worths:
        if isinstance(worth, Block):
            for value in worth.all():
                if isinstance(value, int | float) and not isinstance(value, bool):
                    yield value
        elif worth is not None:
            yield as_number(worth)
