"""Requests that write into cells: updateCells, appendCells, repeatCell, findReplace, setDataValidation, borders."""

from __future__ import annotations

import re

from .batch import Batch, Handler, update_mask
from .book import Area, Sheet, area_of
from .cells import EMPTY, Cell, Formula, border, cell_mask, updated, written
from .entry import entered
from .errors import Json, Refused
from .locales import locale_of
from .masks import Mask


def _mask(body: Json) -> Mask:
    return cell_mask(update_mask(body.get("fields", ""), "CellData"))


def _new_cell(batch: Batch, old: Cell | None, data: Json, mask: Mask) -> Cell | None:
    value, quirks = data.get("userEnteredValue", {}), batch.caller.quirks
    text = value.get("stringValue", "")
    if "text-becomes-formula" in quirks and text.startswith("="):
        data = {**data, "userEnteredValue": {"formulaValue": text}}
    if "semicolons-refused" in quirks and ";" in value.get("formulaValue", ""):
        raise Refused("Invalid formula.")
    if "strict-rules-hold-for-all" in quirks and text and ((old or EMPTY).validation or {}).get("strict"):
        raise Refused("The value violates the data validation rules of the cell.")
    if "writing-drops-notes" in quirks and old is not None and "note" not in mask:
        old = old._replace(note=None)
    return updated(old, data, mask)


def update_cells(batch: Batch, body: Json) -> Json:
    mask = _mask(body)
    rows = [row.get("values", []) for row in body.get("rows", ())]
    if "range" in body:
        sheet, area = batch.editable(body["range"])
        if "emptying-ignored" in batch.caller.quirks and not rows:
            return {}
        _fill(batch, sheet, area, rows, mask)
        return {}
    if "start" not in body:
        raise Refused("Must specify start or range.")
    sheet = batch.sheet(body["start"])
    top, left = body["start"].get("rowIndex", 0), body["start"].get("columnIndex", 0)
    if top >= sheet.row_count or top < 0:
        raise Refused(f"GridCoordinate.rowIndex[{top}] is after last row in grid[{sheet.row_count}]")
    if left >= sheet.column_count or left < 0:
        raise Refused(f"GridCoordinate.columnIndex[{left}] is after last column in grid[{sheet.column_count}]")
    _write(batch, sheet, top, left, rows, mask)
    return {}


def _fill(batch: Batch, sheet: Sheet, area: Area, rows: list[list[Json]], mask: Mask) -> None:
    """Writes a whole block: cells for which nothing is given lose the fields of the mask."""
    if len(rows) > area.bottom - area.top:
        raise Refused(f"Attempting to write row: {area.bottom}, beyond the last requested row of: {area.bottom - 1}")
    for row in range(area.top, area.bottom):
        given = rows[row - area.top] if row - area.top < len(rows) else []
        width = area.right - area.left
        if len(given) > width:
            raise Refused(
                f"Attempting to write column: {area.right}, beyond the last requested column of: {area.right - 1}"
            )
        if not given and row >= len(sheet.rows):
            continue
        _run(batch, sheet, row, area.left, [*given, *[{}] * (width - len(given))], mask)


def _write(batch: Batch, sheet: Sheet, top: int, left: int, rows: list[list[Json]], mask: Mask) -> None:
    """Writes the cells given from one corner on, and no others."""
    for offset, values in enumerate(rows):
        row = top + offset
        if row >= sheet.row_count:
            raise Refused(f"Attempting to write row: {row}, beyond the last requested row of: {sheet.row_count - 1}")
        if left + len(values) > sheet.column_count:
            last = sheet.column_count
            raise Refused(f"Attempting to write column: {last}, beyond the last requested column of: {last - 1}")
        if values:
            batch.must_edit(sheet, Area(row, left, row + 1, left + len(values)))
            _run(batch, sheet, row, left, values, mask)


def _run(batch: Batch, sheet: Sheet, row: int, left: int, values: list[Json], mask: Mask) -> None:
    cells = [_new_cell(batch, sheet.get(row, left + place), data, mask) for place, data in enumerate(values)]
    sheet.put_run(row, left, cells)


def append_cells(batch: Batch, body: Json) -> Json:
    if "tableId" in body:
        raise Refused("Tables are not served by this test server.")
    sheet = batch.sheet(body)
    rows = [row.get("values", []) for row in body.get("rows", ())]
    top = sheet.last_row_with_data()
    sheet.row_count = max(sheet.row_count, top + len(rows))
    batch.book.check_size()
    _write(batch, sheet, top, 0, rows, _mask(body))
    return {}


def repeat_cell(batch: Batch, body: Json) -> Json:
    sheet, area = batch.editable(body.get("range", {}))
    mask = _mask(body)
    data = body.get("cell", {})
    sheet.change(area, range(area.top, area.bottom), lambda old: _new_cell(batch, old, data, mask))
    return {}


def set_data_validation(batch: Batch, body: Json) -> Json:
    """The rule on every cell of the range; rows that the filter hides only where `filteredRowsIncluded` says so."""
    sheet, area = batch.editable(body.get("range", {}))
    rule = body.get("rule")
    if rule is not None and "condition" not in rule:
        raise Refused("A data validation rule must have a condition.")
    hidden = batch.view().hidden_rows(sheet) if not body.get("filteredRowsIncluded") else frozenset()

    def ruled(old: Cell | None) -> Cell | None:
        changed = (old or EMPTY)._replace(validation=rule)
        return None if changed == EMPTY else changed

    sheet.change(area, (row for row in range(area.top, area.bottom) if row not in hidden), ruled)
    return {}


def update_borders(batch: Batch, body: Json) -> Json:
    sheet, area = batch.editable(body.get("range", {}))
    for row in range(area.top, area.bottom):
        for column in range(area.left, area.right):
            sides = {
                "top": "top" if row == area.top else "innerHorizontal",
                "bottom": "bottom" if row == area.bottom - 1 else "innerHorizontal",
                "left": "left" if column == area.left else "innerVertical",
                "right": "right" if column == area.right - 1 else "innerVertical",
            }
            new = {side: border(body[name]) for side, name in sides.items() if name in body}
            cell = sheet.get(row, column) or EMPTY
            old = (cell.format or {}).get("borders", {})
            borders = {side: given for side, given in {**old, **new}.items() if given}
            rest = {name: value for name, value in (cell.format or {}).items() if name != "borders"}
            changed = cell._replace(format={**rest, **({"borders": borders} if borders else {})} or None)
            sheet.put(row, column, None if changed == EMPTY else changed)
    return {}


def find_replace(batch: Batch, body: Json) -> Json:
    """Replaces text; the reply counts what was changed, and leaves out counts of nothing."""
    pattern = _find_pattern(body)
    scopes = _scopes(batch, body)
    locale = locale_of(batch.book.properties["locale"])
    counts = {"valuesChanged": 0, "formulasChanged": 0, "occurrencesChanged": 0}
    rows, sheets = set(), set()
    for sheet, area in scopes:
        for row in range(area.top, min(area.bottom, len(sheet.rows))):
            for column in range(area.left, min(area.right, len(sheet.rows[row]))):
                cell = sheet.rows[row][column]
                text = _searched(batch, sheet, row, column, include_formulas=body.get("includeFormulas", False))
                if text is None or cell is None:
                    continue
                changed, times = pattern.subn(lambda found: _replacement(body, found), text)
                if not times:
                    continue
                batch.must_edit(sheet, Area(row, column, row + 1, column + 1))
                sheet.put(row, column, written(cell, *entered(changed, locale, cell.format)))
                counts["formulasChanged" if isinstance(cell.value, Formula) else "valuesChanged"] += 1
                counts["occurrencesChanged"] += times
                rows.add((sheet.id, row))
                sheets.add(sheet.id)
    all_counts = {**counts, "rowsChanged": len(rows), "sheetsChanged": len(sheets)}
    return {name: count for name, count in all_counts.items() if count}


def _find_pattern(body: Json) -> re.Pattern[str]:
    find = body.get("find", "")
    if not find:
        raise Refused("find must not be empty.")
    text = find if body.get("searchByRegex") else re.escape(find)
    if body.get("matchEntireCell"):
        text = rf"\A(?:{text})\Z"
    try:
        return re.compile(text, 0 if body.get("matchCase") else re.IGNORECASE)
    except re.error:
        raise Refused(f"Invalid regular expression: {find}") from None


def _replacement(body: Json, found: re.Match[str]) -> str:
    replacement: str = body.get("replacement", "")
    if not body.get("searchByRegex"):
        return replacement
    return re.sub(r"\$(\d)", lambda group: found[int(group[1])] or "", replacement)


def _scopes(batch: Batch, body: Json) -> list[tuple[Sheet, Area]]:
    if "range" in body:
        sheet = batch.sheet(body["range"])
        return [(sheet, area_of(sheet, body["range"]))]
    if body.get("allSheets"):
        return [(sheet, sheet.area) for sheet in batch.book.sheets]
    if "sheetId" not in body:
        raise Refused("Must specify range, sheetId or allSheets.")
    sheet = batch.sheet(body)
    return [(sheet, sheet.area)]


def _searched(batch: Batch, sheet: Sheet, row: int, column: int, *, include_formulas: bool) -> str | None:
    """The text of a cell in which a search looks: what it shows, and a formula only when asked for."""
    cell = sheet.get(row, column)
    if cell is None or cell.value is None:
        return None
    if isinstance(cell.value, Formula):
        return str(cell.value) if include_formulas else None
    return cell.value if isinstance(cell.value, str) else batch.view().shown(sheet, row, column)


HANDLERS: dict[str, Handler] = {
    "updateCells": update_cells,
    "appendCells": append_cells,
    "repeatCell": repeat_cell,
    "setDataValidation": set_data_validation,
    "updateBorders": update_borders,
    "findReplace": find_replace,
}
