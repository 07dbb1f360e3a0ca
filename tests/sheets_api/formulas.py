"""What formulas are worth: arithmetic, comparisons, references and the functions of `functions.py`, no more.

A formula that is no formula, or that calls a function not known here, shows #ERROR!. Arrays do not spill; a range
where one value is wanted is worth its first cell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .book import Book, Sheet, area_of
from .cells import Failure, Formula, Value, number
from .functions import FUNCTIONS, LAZY
from .locales import locale_of
from .syntax import BadFormula, Node, parse
from .worth import (
    DIVIDED_BY_ZERO,
    Block,
    Wrong,
    as_number,
    as_text,
    compared,
    failure,
    not_known,
    single,
)

if TYPE_CHECKING:
    from .a1 import Span

_CIRCULAR = failure("#REF!", "Circular dependency detected.")


class Evaluator:
    """Works out the formulas of one book, each once."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.locale = locale_of(book.properties["locale"])
        self.known: dict[tuple[int, int, int], Value | Failure] = {}

    def value(self, sheet: Sheet, row: int, column: int) -> Value | Failure:
        """The effective value of a cell."""
        cell = sheet.get(row, column)
        if cell is None:
            return None
        if not isinstance(cell.value, Formula):
            return cell.value
        key = (sheet.id, row, column)
        if key not in self.known:
            self.known[key] = _CIRCULAR  # what the cell is worth to itself
            self.known[key] = self._formula(cell.value, sheet, row, column)
        return self.known[key]

    def _formula(self, formula: Formula, sheet: Sheet, row: int, column: int) -> Value | Failure:
        try:
            node = parse(formula, self.locale)
            result = single(Reckoning(self, sheet, row, column).of(node))
        except BadFormula:
            return failure("#ERROR!", "Formula parse error.")
        except Wrong as wrong:
            return wrong.failure
        except RecursionError:
            return _CIRCULAR
        if isinstance(result, float):
            return number(result)
        return 0 if result is None else result


class Reckoning:
    """One formula at its place."""

    def __init__(self, evaluator: Evaluator, sheet: Sheet, row: int, column: int) -> None:
        self.evaluator = evaluator
        self.sheet = sheet
        self.row = row
        self.column = column

    def of(self, node: Node) -> Any:
        """The worth of a node: a value, or a Block for a range. Raises Wrong for an error."""
        match node:
            case ("number" | "text" | "truth", content):
                return content
            case ("blank",):
                return None
            case ("error", shown):
                raise Wrong(failure(shown))
            case ("minus", inner):
                return -as_number(self.of(inner))
            case ("percent", inner):
                return as_number(self.of(inner)) / 100
            case ("op", sign, left, right):
                return _operation(sign, self.of(left), self.of(right))
            case ("cells", title, span):
                return self._block(title, span)
            case ("name", name):
                return self._named(name)
            case ("call", name, arguments):
                return self._call(name, arguments)
        raise Wrong(not_known(str(node[0])))

    def _call(self, name: str, arguments: tuple[Node, ...]) -> Any:
        if name in LAZY:
            return LAZY[name](self, arguments)
        function = FUNCTIONS.get(name)
        if function is None:
            raise Wrong(not_known(name))
        try:
            return function(*[self.of(argument) for argument in arguments])
        except TypeError:
            raise Wrong(failure("#N/A", f"Wrong number of arguments to {name}.")) from None

    def _block(self, title: str | None, span: Span) -> Block:
        sheet = self.sheet if title is None else self.evaluator.book.titled(title)
        if sheet is None:
            raise Wrong(failure("#REF!", f"Unresolved sheet name '{title}'."))
        bottom = sheet.row_count if span.bottom is None else span.bottom
        right = sheet.column_count if span.right is None else span.right
        if bottom > sheet.row_count or right > sheet.column_count:
            raise Wrong(failure("#REF!", "Reference does not exist."))
        value = self.evaluator.value
        return Block(
            lambda row, column: value(sheet, row, column),
            span.top or 0,
            span.left or 0,
            # Below the last cell with something in it there is nothing to reckon with.
            min(bottom, max(len(sheet.rows), (span.top or 0) + 1)) if span.bottom is None else bottom,
            right,
        )

    def _named(self, name: str) -> Block:
        entries = self.evaluator.book.named_ranges
        where = next((entry["range"] for entry in entries if entry["name"].casefold() == name.casefold()), None)
        if where is None:
            raise Wrong(failure("#NAME?", f"Unknown range name: '{name}'."))
        sheet = self.evaluator.book.sheet(where.get("sheetId", 0))
        value = self.evaluator.value
        return Block(lambda row, column: value(sheet, row, column), *area_of(sheet, where))


def _operation(sign: str, left: Any, right: Any) -> Any:
    if sign == "&":
        return as_text(left) + as_text(right)
    if sign in ("=", "<>", "<", ">", "<=", ">="):
        return compared(sign, single(left), single(right))
    one, other = as_number(left), as_number(right)
    match sign:
        case "+":
            return one + other
        case "-":
            return one - other
        case "*":
            return one * other
        case "/":
            if other == 0:
                raise Wrong(DIVIDED_BY_ZERO)
            return one / other
    try:
        power = float(one) ** float(other)
    except (OverflowError, ZeroDivisionError):
        raise Wrong(failure("#NUM!", "The result is too large.")) from None
    if isinstance(power, complex):
        raise Wrong(failure("#NUM!", "The result is not a real number."))
    return power
