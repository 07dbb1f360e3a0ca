"""Requests about what lies over the cells of a sheet: filters, banding, conditional formats, charts."""

from __future__ import annotations

from .batch import Batch, Handler, update_mask
from .book import area_of, without_zero_sheet
from .cells import with_both_colours
from .errors import Json, Refused
from .masks import merge
from .on_blocks import sort_range
from .on_protection import checked_range


def set_basic_filter(batch: Batch, body: Json) -> Json:
    given = dict(body.get("filter", {}))
    sheet = batch.sheet(given.get("range", {}))
    area = area_of(sheet, given.get("range", {}))
    where = {
        "sheetId": sheet.id,
        "startRowIndex": area.top,
        "endRowIndex": area.bottom,
        "startColumnIndex": area.left,
        "endColumnIndex": area.right,
    }
    given["range"] = without_zero_sheet(where)
    specs = given.pop("sortSpecs", None)
    sheet.basic_filter = given
    if specs:
        body_of_sort = {"range": {**where, "startRowIndex": area.top + 1}, "sortSpecs": specs}
        sort_range(batch, body_of_sort)
        sheet.basic_filter = {**given, "sortSpecs": specs}
    return {}


def clear_basic_filter(batch: Batch, body: Json) -> Json:
    batch.sheet(body).basic_filter = None
    return {}


def _add(items: list[Json], batch: Batch, given: Json, key: str, what: str) -> Json:
    """Keeps one more of what has an id, giving it one where it brings none."""
    taken = {entry[key] for entry in items}
    number = given.get(key)
    if number in taken:
        raise Refused(f"A {what} with id {number} already exists.")
    entry = {key: batch.new_id(taken) if number is None else number, **given}
    items.append(entry)
    return entry


def _find(batch: Batch, attribute: str, key: str, number: object, what: str) -> tuple[list[Json], int]:
    for sheet in batch.book.sheets:
        items: list[Json] = getattr(sheet, attribute)
        for place, entry in enumerate(items):
            if entry[key] == number:
                return items, place
    raise Refused(f"No {what} with id: {number}")


def add_filter_view(batch: Batch, body: Json) -> Json:
    given = dict(body.get("filter", {}))
    sheet, given["range"] = checked_range(batch, given.get("range", {}))
    given.setdefault("title", f"Filter {len(sheet.filter_views) + 1}")
    return {"filter": _add(sheet.filter_views, batch, given, "filterViewId", "filter view")}


def delete_filter_view(batch: Batch, body: Json) -> Json:
    items, place = _find(batch, "filter_views", "filterViewId", body.get("filterId", 0), "filter view")
    del items[place]
    return {}


def add_banding(batch: Batch, body: Json) -> Json:
    given = with_both_colours(body.get("bandedRange", {}))
    sheet, given["range"] = checked_range(batch, given.get("range", {}))
    area = area_of(sheet, given["range"])
    if any(area_of(sheet, entry["range"]).meets(area) for entry in sheet.banded_ranges):
        raise Refused("You cannot add alternating background colors to a range that already has them.")
    if not given.keys() & {"rowProperties", "columnProperties"}:
        raise Refused("At least one of rowProperties or columnProperties must be specified.")
    return {"bandedRange": _add(sheet.banded_ranges, batch, given, "bandedRangeId", "banded range")}


def update_banding(batch: Batch, body: Json) -> Json:
    given = with_both_colours(body.get("bandedRange", {}))
    mask = update_mask(body.get("fields", ""), "BandedRange")
    items, place = _find(batch, "banded_ranges", "bandedRangeId", given.get("bandedRangeId"), "banded range")
    mask = {name: {} for name in given} if "*" in mask else mask
    items[place] = merge(items[place], given, {k: v for k, v in mask.items() if k != "bandedRangeId"})
    return {}


def delete_banding(batch: Batch, body: Json) -> Json:
    number = body.get("bandedRangeId", 0)
    items, place = _find(batch, "banded_ranges", "bandedRangeId", number, "banded range")
    del items[place]
    return {}


def add_rule(batch: Batch, body: Json) -> Json:
    rule = _rule(batch, body.get("rule", {}))
    rules = batch.sheet(rule["ranges"][0]).conditional_formats
    place = body.get("index", 0)
    if place > len(rules) or place < 0:
        raise Refused(f"index[{place}] is beyond the number of rules ({len(rules)}).")
    rules.insert(place, rule)
    return {}


def _rule(batch: Batch, given: Json) -> Json:
    """A conditional format as kept: its ranges on one sheet, and exactly one kind of rule."""
    ranges = given.get("ranges", [])
    if not ranges:
        raise Refused("At least one range must be specified.")
    if len({item.get("sheetId", 0) for item in ranges}) > 1:
        raise Refused("All ranges must be on the same sheet.")
    if ("booleanRule" in given) is ("gradientRule" in given):
        raise Refused("Exactly one of booleanRule and gradientRule must be set.")
    rule: Json = with_both_colours(given)
    return {**rule, "ranges": [checked_range(batch, item)[1] for item in ranges]}


def _rule_place(batch: Batch, body: Json) -> tuple[list[Json], int]:
    rules = batch.sheet(body).conditional_formats
    place = body.get("index", 0)
    if not 0 <= place < len(rules):
        raise Refused(f"No conditional format on sheet: {body.get('sheetId', 0)} at index: {place}")
    return rules, place


def update_rule(batch: Batch, body: Json) -> Json:
    """Replaces the rule at an index, or moves it to another."""
    if "rule" in body and "sheetId" not in body:
        ranges = body["rule"].get("ranges") or [{}]
        body = {**body, "sheetId": ranges[0].get("sheetId", 0)}
    rules, place = _rule_place(batch, body)
    old = rules[place]
    if "rule" in body:
        rules[place] = _rule(batch, body["rule"])
        return {"oldRule": old, "newRule": rules[place], "newIndex": place}
    new_place = body.get("newIndex", 0)
    if not 0 <= new_place < len(rules):
        raise Refused(f"newIndex[{new_place}] is beyond the number of rules ({len(rules)}).")
    rules.insert(new_place, rules.pop(place))
    return {"newRule": old, "oldIndex": place, "newIndex": new_place}


def delete_rule(batch: Batch, body: Json) -> Json:
    rules, place = _rule_place(batch, body)
    return {"rule": rules.pop(place)}


def add_chart(batch: Batch, body: Json) -> Json:
    """Keeps a chart on its sheet. The server draws nothing, and does not make a sheet for a chart."""
    chart = dict(body.get("chart", {}))
    position = chart.get("position", {}).get("overlayPosition")
    if "spec" not in chart or position is None:
        raise Refused("This test server serves charts with a spec and an overlayPosition.")
    sheet = batch.sheet(position.get("anchorCell", {}))
    return {"chart": _add(sheet.charts, batch, chart, "chartId", "chart")}


def update_chart_spec(batch: Batch, body: Json) -> Json:
    items, place = _find(batch, "charts", "chartId", body.get("chartId", 0), "chart")
    items[place] = {**items[place], "spec": body.get("spec", {})}
    return {}


def delete_embedded_object(batch: Batch, body: Json) -> Json:
    items, place = _find(batch, "charts", "chartId", body.get("objectId", 0), "embedded object")
    del items[place]
    return {}


HANDLERS: dict[str, Handler] = {
    "setBasicFilter": set_basic_filter,
    "clearBasicFilter": clear_basic_filter,
    "addFilterView": add_filter_view,
    "deleteFilterView": delete_filter_view,
    "addBanding": add_banding,
    "updateBanding": update_banding,
    "deleteBanding": delete_banding,
    "addConditionalFormatRule": add_rule,
    "updateConditionalFormatRule": update_rule,
    "deleteConditionalFormatRule": delete_rule,
    "addChart": add_chart,
    "updateChartSpec": update_chart_spec,
    "deleteEmbeddedObject": delete_embedded_object,
}
