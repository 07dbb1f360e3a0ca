"""What a spreadsheet has already: the sheets, headers and named ranges that laying it out has to know of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

FACTS_FIELDS = (
    "namedRanges(namedRangeId,name,range),"
    "sheets(properties(sheetId,title,index,sheetType,gridProperties(rowCount,columnCount)),basicFilter(range),"
    "bandedRanges(range),charts(chartId),columnGroups(range),conditionalFormats(ranges),protectedRanges(range))"
)
"""The field mask of the one `spreadsheets.get`. It asks for no cells, so the reply stays small."""


@dataclass(frozen=True, slots=True)
class Span:
    """Columns of a sheet, from 1, both ends included."""

    first: int
    last: int

    def has(self, other: Span) -> bool:
        return self.first <= other.first and other.last <= self.last


@dataclass(frozen=True, slots=True)
class FoundSheet:
    """One sheet.

    `cells` are its rows. `filled` is its last row with anything in it (0: wholly empty, and no chart), `colours` the number of its colour
    rules, `protected` the columns that are protected in every row.
    """

    sheet_id: int
    title: str
    rows: int = 1000
    columns: int = 26
    headers: Sequence[object] = ()
    filled: int = 0
    filtered: bool = False
    banded: bool = False
    grouped: bool = False
    colours: int = 0
    protected: Sequence[Span] = ()
    cells: Sequence[Sequence[object]] = ()

    @property
    def width(self) -> int:
        """The last column with a header; 0 when there is none."""
        return max((i for i, header in enumerate(self.headers, start=1) if header not in ("", None)), default=0)


@dataclass(frozen=True, slots=True)
class FoundList:
    """A named range: Google's id for it, and the id of its sheet (None when its cells were deleted)."""

    range_id: str
    sheet_id: int | None


@dataclass(frozen=True, slots=True)
class SpreadsheetFacts:
    """All sheets in their order, and the named ranges by name."""

    sheets: Sequence[FoundSheet]
    lists: Mapping[str, FoundList] = field(default_factory=dict)


def facts_of(
    reply: Mapping[str, Any],
    cells: Mapping[str, Sequence[Sequence[object]]],
) -> SpreadsheetFacts:
    """Read the reply to a `spreadsheets.get` with FACTS_FIELDS.

    `cells` has the rows of each sheet up to the last with anything in it, by title; a sheet that it does not name is
    wholly empty.
    """
    sheets = sorted(reply.get("sheets", ()), key=lambda sheet: sheet["properties"].get("index", 0))
    known = {sheet["properties"].get("sheetId", 0) for sheet in sheets}
    return SpreadsheetFacts(
        [_sheet(sheet, cells.get(sheet["properties"]["title"], ())) for sheet in sheets],
        {
            named["name"]: FoundList(named["namedRangeId"], _sheet_of(named.get("range"), known))
            for named in reply.get("namedRanges", ())
        },
    )


def _sheet(sheet: Mapping[str, Any], cells: Sequence[Sequence[object]]) -> FoundSheet:
    properties = sheet["properties"]
    grid = properties.get("gridProperties", {})
    columns = grid.get("columnCount", 0)
    ranges = (protected["range"] for protected in sheet.get("protectedRanges", ()) if "range" in protected)
    is_more = bool(sheet.get("charts")) or properties.get("sheetType", "GRID") != "GRID"
    return FoundSheet(
        # Google leaves out what is 0.
        sheet_id=properties.get("sheetId", 0),
        title=properties["title"],
        rows=grid.get("rowCount", 0),
        columns=columns,
        headers=cells[0] if cells else (),
        cells=cells,
        filled=len(cells) or int(is_more),
        filtered="basicFilter" in sheet,
        banded=bool(sheet.get("bandedRanges")),
        grouped=bool(sheet.get("columnGroups")),
        colours=len(sheet.get("conditionalFormats", ())),
        protected=tuple(
            Span(cells.get("startColumnIndex", 0) + 1, cells.get("endColumnIndex", columns))
            for cells in ranges
            if "endRowIndex" not in cells or cells["endRowIndex"] >= grid.get("rowCount", 0)
        ),
    )


def _sheet_of(cells: Mapping[str, Any] | None, known: set[int]) -> int | None:
    """The id of the sheet that a named range is on, None if its cells were deleted.

    Google then leaves the range out, or gives one on a sheet that no longer exists.
    """
    sheet_id: int | None = cells.get("sheetId", 0) if cells else None
    return sheet_id if sheet_id in known else None
