"""Range texts of the values methods, turned into a sheet and a block of its grid."""

from __future__ import annotations

from . import a1
from .book import Area, Book, Sheet, area_of
from .errors import ApiError


def resolve(book: Book, text: str) -> tuple[Sheet, Area]:
    """The cells that the text names: cells, a sheet, cells of a sheet, or a named range. What reaches beyond the
    grid ends at its edge; what begins beyond it is Google's 400."""
    title, cells = a1.split(text)
    if title is None:
        span = a1.span(text)
        if span is not None:
            return book.sheets[0], _clipped(book.sheets[0], span)
        return _named(book, text)
    sheet = book.titled(title)
    if sheet is None:
        raise _unparsable(text)
    if not cells:
        return sheet, sheet.area
    span = a1.span(cells)
    if span is None:
        raise _unparsable(text)
    return sheet, _clipped(sheet, span)


def _named(book: Book, text: str) -> tuple[Sheet, Area]:
    sheet = book.titled(text)
    if sheet is not None:
        return sheet, sheet.area
    for entry in book.named_ranges:
        if entry["name"].casefold() == text.casefold():
            sheet = book.sheet(entry["range"].get("sheetId", 0))
            return sheet, area_of(sheet, entry["range"])
    raise _unparsable(text)


def _unparsable(text: str) -> ApiError:
    return ApiError(400, f"Unable to parse range: {text}")


def _clipped(sheet: Sheet, span: a1.Span) -> Area:
    top, left = span.top or 0, span.left or 0
    bottom = min(span.bottom or sheet.row_count, sheet.row_count)
    right = min(span.right or sheet.column_count, sheet.column_count)
    if top >= sheet.row_count or left >= sheet.column_count:
        end = (span.bottom or sheet.row_count, span.right or sheet.column_count)
        where = written_span(sheet, Area(top, left, max(end[0], top + 1), max(end[1], left + 1)))
        raise ApiError(
            400,
            f"Range ({where}) exceeds grid limits. Max rows: {sheet.row_count}, max columns: {sheet.column_count}",
        )
    return Area(top, left, bottom, right)


def written_span(sheet: Sheet, area: Area) -> str:
    """The range as Google writes it in replies."""
    return f"{a1.quoted(sheet.title)}!{a1.cells(*area)}"
