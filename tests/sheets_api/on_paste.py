"""Requests that carry cells from one place to another: copyPaste, cutPaste."""

from __future__ import annotations

from .batch import Batch, Handler
from .book import Area, Sheet, area_of, grid_range_of
from .cells import EMPTY, Cell, Failure, Value
from .errors import Json, Refused
from .references import moving, shifted
from .rewriting import rewrite_all
from .viewing import View

Block = list[list[Cell | None]]


def _block(sheet: Sheet, area: Area) -> Block:
    return [[sheet.get(row, column) for column in range(area.left, area.right)] for row in range(area.top, area.bottom)]


def copy_paste(batch: Batch, body: Json) -> Json:
    source_sheet = batch.sheet(body.get("source", {}))
    source = area_of(source_sheet, body.get("source", {}))
    target_sheet = batch.sheet(body.get("destination", {}))
    target = area_of(target_sheet, body.get("destination", {}))
    kind = body.get("pasteType", "PASTE_NORMAL")
    block = _block(source_sheet, source)
    if "paste-of-looks-ignored" in batch.caller.quirks and kind in ("PASTE_FORMAT", "PASTE_DATA_VALIDATION"):
        return {}
    if "copypaste-drops-notes" in batch.caller.quirks:
        block = [[cell and cell._replace(note=None) for cell in cells] for cells in block]
    if kind == "PASTE_VALUES":
        block = _values_only(batch.view(), source_sheet, source)
    if "copypaste-skips-hidden" in batch.caller.quirks:
        hidden = batch.view().hidden_rows(source_sheet)
        block = [cells for place, cells in enumerate(block, source.top) if place not in hidden]
    transposed = body.get("pasteOrientation") == "TRANSPOSE"
    if transposed:
        block = [list(column) for column in zip(*block, strict=True)]
    target = _filled(target, block)
    _check_fits(target_sheet, target)
    batch.must_edit(target_sheet, target)
    for row in range(target.top, target.bottom):
        run = [
            _pasted(
                target_sheet.get(row, column),
                block[(row - target.top) % len(block)][(column - target.left) % len(block[0])],
                kind,
                (target.top - source.top, target.left - source.left) if not transposed else (0, 0),
            )
            for column in range(target.left, target.right)
        ]
        target_sheet.put_run(row, target.left, run)
    if kind == "PASTE_NORMAL" and not transposed:
        _copy_merges(source_sheet, source, target_sheet, target)
    if kind in ("PASTE_NORMAL", "PASTE_NO_BORDERS", "PASTE_CONDITIONAL_FORMATTING"):
        doubled = "copypaste-doubles-rules" in batch.caller.quirks
        _copy_rules(source_sheet, source, target_sheet, target, doubled=doubled)
    return {}


def _filled(target: Area, block: Block) -> Area:
    """The cells that a block fills: the target where that is a multiple of the block, else the block once."""
    height, width = len(block), len(block[0]) if block else 0
    if not height or not width:
        return Area(target.top, target.left, target.top, target.left)
    rows, columns = target.bottom - target.top, target.right - target.left
    rows = rows if rows % height == 0 else height
    columns = columns if columns % width == 0 else width
    return Area(target.top, target.left, target.top + rows, target.left + columns)


def _check_fits(sheet: Sheet, area: Area) -> None:
    if area.bottom > sheet.row_count or area.right > sheet.column_count:
        raise Refused(f"Range exceeds grid limits. Max rows: {sheet.row_count}, max columns: {sheet.column_count}")


def _values_only(view: View, sheet: Sheet, area: Area) -> Block:
    """The cells with what they are worth in place of their formulas."""
    block = []
    for row in range(area.top, area.bottom):
        cells: list[Cell | None] = []
        for column in range(area.left, area.right):
            cell = sheet.get(row, column)
            cells.append(cell and cell._replace(value=_plain(view.effective(sheet, row, column))))
        block.append(cells)
    return block


def _plain(value: Value | Failure) -> Value:
    return value.shown if isinstance(value, Failure) else value


def _pasted(old: Cell | None, new: Cell | None, kind: str, by: tuple[int, int]) -> Cell | None:
    """What becomes of one cell when another is pasted over it."""
    there, here = old or EMPTY, new or EMPTY
    value = shifted(here.value, *by)
    match kind:
        case "PASTE_NORMAL":
            result = here._replace(value=value)
        case "PASTE_VALUES":
            result = there._replace(value=here.value, runs=None, extra=None)
        case "PASTE_FORMULA":
            result = there._replace(value=value, runs=None, extra=None)
        case "PASTE_FORMAT":
            result = there._replace(format=here.format)
        case "PASTE_NO_BORDERS":
            plain = {k: v for k, v in (here.format or {}).items() if k != "borders"} or None
            result = here._replace(value=value, format=plain)
        case "PASTE_DATA_VALIDATION":
            result = there._replace(validation=here.validation)
        case _:
            result = there
    return None if result == EMPTY else result


def _copy_merges(source_sheet: Sheet, source: Area, target_sheet: Sheet, target: Area) -> None:
    target_sheet.merges = [area for area in target_sheet.merges if not target.holds(area)]
    height, width = source.bottom - source.top, source.right - source.left
    merges = [area for area in source_sheet.merges if source.holds(area)]
    for down in range(0, target.bottom - target.top, height):
        for across in range(0, target.right - target.left, width):
            rows, columns = target.top - source.top + down, target.left - source.left + across
            for area in merges:
                moved = Area(area.top + rows, area.left + columns, area.bottom + rows, area.right + columns)
                if moved not in target_sheet.merges:
                    target_sheet.merges.append(moved)


def _copy_rules(source_sheet: Sheet, source: Area, target_sheet: Sheet, target: Area, *, doubled: bool) -> None:
    """Conditional formats of the source hold for the target too, under the same rule where the sheet has it."""
    for rule in list(source_sheet.conditional_formats):
        areas = [area_of(source_sheet, grid_range) for grid_range in rule["ranges"]]
        if not any(area.meets(source) for area in areas):
            continue
        target_range = grid_range_of(target_sheet.id, target)
        if target_sheet is source_sheet:
            if not any(area.holds(target) for area in areas):
                _extend(target_sheet, rule, target_range)
            continue
        same = [r for r in target_sheet.conditional_formats if {**r, "ranges": 0} == {**rule, "ranges": 0}]
        if not same or doubled:
            target_sheet.conditional_formats.append({**rule, "ranges": [target_range]})
        elif not any(area_of(target_sheet, r).holds(target) for r in same[0]["ranges"]):
            _extend(target_sheet, same[0], target_range)


def _extend(sheet: Sheet, rule: Json, grid_range: Json) -> None:
    place = sheet.conditional_formats.index(rule)
    sheet.conditional_formats[place] = {**rule, "ranges": [*rule["ranges"], grid_range]}


def cut_paste(batch: Batch, body: Json) -> Json:
    source_sheet, source = batch.editable(body.get("source", {}))
    where = body.get("destination", {})
    target_sheet = batch.sheet(where)
    top, left = where.get("rowIndex", 0), where.get("columnIndex", 0)
    target = Area(top, left, top + source.bottom - source.top, left + source.right - source.left)
    _check_fits(target_sheet, target)
    batch.must_edit(target_sheet, target)
    block = _block(source_sheet, source)
    kind = body.get("pasteType", "PASTE_NORMAL")
    empty: list[Cell | None] = [None] * (source.right - source.left)
    for row in range(source.top, source.bottom):
        source_sheet.put_run(row, source.left, empty)
    for row, cells in enumerate(block, top):
        run = [_pasted(target_sheet.get(row, left + place), cell, kind, (0, 0)) for place, cell in enumerate(cells)]
        target_sheet.put_run(row, left, run)
    places = [(sheet.title, *area) for sheet, area in ((source_sheet, source), (target_sheet, target))]
    rewrite_all(batch.book, lambda sheet: moving(places[0], places[1], sheet.title))
    merges = [area for area in source_sheet.merges if source.holds(area)]
    source_sheet.merges = [area for area in source_sheet.merges if area not in merges]
    down, across = top - source.top, left - source.left
    target_sheet.merges.extend(
        Area(area.top + down, area.left + across, area.bottom + down, area.right + across) for area in merges
    )
    return {}


HANDLERS: dict[str, Handler] = {"copyPaste": copy_paste, "cutPaste": cut_paste}
