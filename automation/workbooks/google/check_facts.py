"""What is asked of Google about a spreadsheet apart from its cells: sizes, protection, colour rules, time zone.

`check` asks for it, and a run whose batch was refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

FIELDS = (
    "properties(title,timeZone),namedRanges(namedRangeId,range),"
    "sheets(properties(sheetId,title,sheetType,gridProperties(rowCount,columnCount)),conditionalFormats(ranges),tables(name),"
    "protectedRanges(range,namedRangeId,description,warningOnly,requestingUserCanEdit,unprotectedRanges))"
)


@dataclass(frozen=True, slots=True)
class Guard:
    """One protection: the rows and columns it covers, and whether that is the whole tab."""

    called: str
    first_row: int
    last_row: int
    first_column: int
    last_column: int
    is_whole: bool
    locks: bool
    """Whether it refuses, and does not only warn."""
    shuts_us_out: bool

    @property
    def below_headers(self) -> bool:
        return self.last_row > 1


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab that is a grid. `rules` counts its colour rules."""

    sheet_id: int
    title: str
    rows: int
    columns: int
    rules: int
    guards: Sequence[Guard] = ()
    tables: Sequence[str] = ()
    """The names of Google's Tables on it."""


@dataclass(frozen=True, slots=True)
class Book:
    """The spreadsheet; its tabs by title."""

    title: str
    zone: str
    tabs: Mapping[str, Tab]

    @property
    def cells(self) -> int:
        return sum(tab.rows * tab.columns for tab in self.tabs.values())


def book_of(reply: Mapping[str, Any]) -> Book:
    """Read the reply to a `spreadsheets.get` with FIELDS."""
    properties = reply.get("properties", {})
    named = {one["namedRangeId"]: one.get("range", {}) for one in reply.get("namedRanges", ())}
    tabs = (
        _tab(sheet, named)
        for sheet in reply.get("sheets", ())
        if sheet["properties"].get("sheetType", "GRID") == "GRID"
    )
    return Book(
        str(properties.get("title", "")),
        str(properties.get("timeZone", "")),
        {tab.title: tab for tab in tabs},
    )


def _tab(sheet: Mapping[str, Any], named: Mapping[str, Mapping[str, Any]]) -> Tab:
    about = sheet["properties"]
    size = about.get("gridProperties", {})
    rows, columns = int(size.get("rowCount", 0)), int(size.get("columnCount", 0))
    guards = tuple(_guard(one, named, rows, columns) for one in sheet.get("protectedRanges", ()))
    return Tab(
        sheet_id=int(about.get("sheetId", 0)),
        title=about["title"],
        rows=rows,
        columns=columns,
        rules=len(sheet.get("conditionalFormats", ())),
        guards=guards,
        tables=tuple(str(one.get("name", "")) for one in sheet.get("tables", ())),
    )


def _guard(guard: Mapping[str, Any], named: Mapping[str, Mapping[str, Any]], rows: int, columns: int) -> Guard:
    cells = guard.get("range") or named.get(guard.get("namedRangeId", ""), {})
    first_row, last_row = cells.get("startRowIndex", 0) + 1, cells.get("endRowIndex", rows)
    first, last = cells.get("startColumnIndex", 0) + 1, cells.get("endColumnIndex", columns)
    whole = (first_row, first) == (1, 1) and last_row >= rows and last >= columns
    locks = not guard.get("warningOnly", False)
    return Guard(
        called=" ".join(str(guard.get("description", "")).split()),
        first_row=first_row,
        last_row=last_row,
        first_column=first,
        last_column=last,
        is_whole=whole and not guard.get("unprotectedRanges"),
        locks=locks,
        # Surer than to look for our address among the editors, who may be listed as a group.
        shuts_us_out=locks and not guard.get("requestingUserCanEdit", False),
    )
