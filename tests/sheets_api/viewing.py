"""A spreadsheet as `spreadsheets.get` shows it: properties, grid data, and what lies on the sheets."""

from __future__ import annotations

from typing import Any

from .book import Area, Book, Sheet, area_of, grid_range_of
from .cell_view import DEFAULT_FORMAT, WHITE, CellView
from .conditions import holds
from .errors import Json
from .masks import Chosen, Mask, wants

ROW_PIXELS, COLUMN_PIXELS = 21, 100
_THEME: tuple[tuple[str, Json], ...] = (
    ("TEXT", {}),
    ("BACKGROUND", WHITE),
    ("ACCENT1", {"red": 0.25882354, "green": 0.52156866, "blue": 0.95686275}),
    ("ACCENT2", {"red": 0.91764706, "green": 0.2627451, "blue": 0.20784314}),
    ("ACCENT3", {"red": 0.9843137, "green": 0.7372549, "blue": 0.015686275}),
    ("ACCENT4", {"red": 0.20392157, "green": 0.65882355, "blue": 0.3254902}),
    ("ACCENT5", {"red": 1, "green": 0.42745098, "blue": 0.003921569}),
    ("ACCENT6", {"red": 0.27450982, "green": 0.7411765, "blue": 0.7764706}),
    ("LINK", {"red": 0.06666667, "green": 0.33333334, "blue": 0.8}),
)
THEME: Json = {
    "primaryFontFamily": "Arial",
    "themeColors": [{"colorType": name, "color": {"rgbColor": colour}} for name, colour in _THEME],
}


class View(CellView):
    """One look at a book by one caller."""

    def grid(self, sheet: Sheet, area: Area, mask: Mask) -> Json:
        """The GridData of one block, rows and cells without anything at its end left out."""
        data: Json = {}
        if area.top:
            data["startRow"] = area.top
        if area.left:
            data["startColumn"] = area.left
        cells = wants(mask, "rowData")
        if cells is not None:
            rows = self._rows(sheet, area, wants(cells, "values") or {})
            if rows:
                data["rowData"] = rows
        for name, dimension, start, end in (
            ("rowMetadata", "ROWS", area.top, area.bottom),
            ("columnMetadata", "COLUMNS", area.left, area.right),
        ):
            if wants(mask, name) is not None:
                data[name] = self.dimensions(sheet, dimension, start, end)
        return data

    def _rows(self, sheet: Sheet, area: Area, mask: Mask) -> list[Json]:
        rows: list[Json] = []
        for row in range(area.top, min(area.bottom, len(sheet.rows))):
            right = min(area.right, len(sheet.rows[row]))
            while right > area.left and sheet.rows[row][right - 1] is None:
                right -= 1
            values = [self.cell(sheet, row, column, mask) for column in range(area.left, right)]
            rows.append(Chosen(values=values) if values else {})
        while rows and not rows[-1]:
            rows.pop()
        return rows

    def dimensions(self, sheet: Sheet, dimension: str, start: int, end: int) -> list[Json]:
        """The properties of rows or columns, with the developer metadata that hangs on each."""
        pixels = ROW_PIXELS if dimension == "ROWS" else COLUMN_PIXELS
        properties = sheet.dimension(dimension)[1]
        hidden = self.hidden_rows(sheet) if dimension == "ROWS" else frozenset()
        result: list[Json] = [{"pixelSize": pixels, **properties.get(place, {})} for place in range(start, end)]
        for place in hidden:
            if start <= place < end:
                result[place - start] = {"hiddenByFilter": True, **result[place - start]}
        for entry in self.book.metadata:
            where = entry["location"].get("dimensionRange")
            if where and where.get("sheetId", 0) == sheet.id and where["dimension"] == dimension:
                place = where["startIndex"]
                if start <= place < end:
                    at = result[place - start]
                    result[place - start] = {
                        **at,
                        "developerMetadata": [*at.get("developerMetadata", ()), entry],
                    }
        return result

    def hidden_rows(self, sheet: Sheet) -> frozenset[int]:
        """The rows that the basic filter hides: those with a value it lists, or that fail its condition."""
        if sheet.basic_filter is None:
            return frozenset()
        area = area_of(sheet, sheet.basic_filter["range"])
        hidden = set()
        for column, criteria in filter_criteria(sheet.basic_filter).items():
            values = set(criteria.get("hiddenValues", ()))
            condition = criteria.get("condition", {})
            for row in range(area.top + 1, area.bottom):
                text = self.shown(sheet, row, column)
                if text in values or not holds(condition, self.effective(sheet, row, column), text):
                    hidden.add(row)
        return frozenset(hidden)

    def protected_range(self, entry: Json) -> Json:
        """A ProtectedRange as the caller sees it: who may edit is shown only to those who may."""
        can_edit = self.caller is None or self.caller.may_edit(entry)
        result = {name: value for name, value in entry.items() if name != "editors" or can_edit}
        return {**result, "requestingUserCanEdit": True} if can_edit else result

    def sheet(self, sheet: Sheet, areas: list[Area] | None, mask: Mask) -> Json:
        """One Sheet; grid data for the blocks given, none of it where that is None."""
        result: Json = {"properties": sheet_properties(self.book, sheet)}
        if areas is not None:
            result["data"] = [self.grid(sheet, area, wants(mask, "data") or {}) for area in areas]
        lists: dict[str, Any] = {
            "merges": [grid_range_of(sheet.id, area) for area in sheet.merges],
            "conditionalFormats": sheet.conditional_formats,
            "filterViews": sheet.filter_views,
            "protectedRanges": [self.protected_range(entry) for entry in sheet.protected_ranges],
            "basicFilter": sheet.basic_filter,
            "charts": sheet.charts,
            "bandedRanges": sheet.banded_ranges,
            "tables": sheet.tables,
            "developerMetadata": [
                entry for entry in self.book.metadata if entry["location"].get("sheetId") == sheet.id
            ],
            "rowGroups": sheet.row_groups,
            "columnGroups": sheet.column_groups,
        }
        return result | {name: value for name, value in lists.items() if value}

    def spreadsheet(self, spreadsheet_id: str, blocks: Blocks | None, mask: Mask, *, with_grid: bool) -> Json:
        """The whole Spreadsheet; `blocks` are the ranges asked for, which also limit the sheets."""
        sheets = []
        for sheet in self.book.sheets:
            if blocks is not None and sheet.id not in blocks:
                continue
            areas = (blocks[sheet.id] if blocks is not None else [sheet.area]) if with_grid else None
            sheets.append(self.sheet(sheet, areas, wants(mask, "sheets") or {}))
        result: Json = {
            "spreadsheetId": spreadsheet_id,
            "properties": {
                **self.book.properties,
                "defaultFormat": DEFAULT_FORMAT,
                "spreadsheetTheme": THEME,
            },
            "sheets": sheets,
        }
        if self.book.named_ranges:
            result["namedRanges"] = self.book.named_ranges
        own = [entry for entry in self.book.metadata if entry["location"].get("spreadsheet")]
        if own:
            result["developerMetadata"] = own
        result["spreadsheetUrl"] = f"https://docs.google.com/spreadsheets/d/{spreadsheet_id}/edit"
        return result


Blocks = dict[int, list[Area]]
"""The blocks asked for, by the id of their sheet."""


def sheet_properties(book: Book, sheet: Sheet) -> Json:
    """The SheetProperties of a sheet with its place among the tabs and the size of its grid."""
    properties: Json = {
        "sheetId": sheet.id,
        "title": sheet.title,
        "index": next(place for place, other in enumerate(book.sheets) if other is sheet),
        "sheetType": sheet.properties["sheetType"],
        "gridProperties": {
            "rowCount": sheet.row_count,
            "columnCount": sheet.column_count,
            **sheet.properties["gridProperties"],
        },
    }
    return {**properties, **{k: v for k, v in sheet.properties.items() if k not in properties}}


def filter_criteria(basic_filter: Json) -> dict[int, Json]:
    """The criteria of a filter by column, from its older map or from its filter specs."""
    old = {int(column): value for column, value in basic_filter.get("criteria", {}).items()}
    new = {
        spec["columnIndex"]: spec.get("filterCriteria", {})
        for spec in basic_filter.get("filterSpecs", ())
        if "columnIndex" in spec
    }
    return old | new
