"""The requests that turn a spreadsheet into a ledger.

They add what is missing and touch nothing that people changed, so `install` can be repeated at any time
(docs/design.md#p2.16).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from automation.ledger.titles_and_headers import titles_found
from automation.pages.colours import WHITE
from automation.pages.tables import SOURCES, StartRows, list_name, rows_of, tabs_made
from automation.pages.what_was_added import lines_added, what_was_added
from automation.workbooks.google.layout import formats, validation
from automation.workbooks.google.layout.facts import SpreadsheetFacts
from automation.workbooks.google.layout.pages import lines_of, write_lines, write_page
from automation.workbooks.google.layout.places import Placed, indexes, places
from automation.workbooks.google.layout.tables import add_columns, lay_out_table
from automation.workbooks.google.layout.validation import Lists, lists_of
from automation.workbooks.google.requests import Request, dimensions
from sheet_schema import Language, Tab


@dataclass(frozen=True, slots=True)
class Layout:
    """The requests of one `batchUpdate`, in order, and what they add, in words; both empty if nothing is missing."""

    requests: list[Request]
    added: list[str]


def laid_out(facts: SpreadsheetFacts, language: Language, rows: StartRows, editors: Sequence[str]) -> Layout:
    """What has to be added to make the spreadsheet a complete ledger.

    New tabs start with their `rows` (choices as labels or keys), and Settings with every setting. Only `editors` (mail
    addresses) may edit the job's own tabs. Raises LedgerError when a text is longer than a cell can hold.
    """
    tabs = tabs_made(rows, titles_found([sheet.title for sheet in facts.sheets], language))
    start = {tab.key: rows_of(tab, rows, language) for tab in tabs}
    placed = places(facts, language, {key: len(found) for key, found in start.items()})
    lists = lists_of(placed)
    unnamed = [tab for tab in SOURCES if not _is_named(placed[tab.key], facts)]
    broken = [tab for tab in SOURCES if _is_broken(placed[tab.key], facts)]
    lines = lines_of(placed, language)
    requests = [
        *_sheets(facts, placed),
        *_room(placed),
        *_tables(placed, start, lists, language, editors),
        *(_name(placed[tab.key], facts) for tab in unnamed),
        *_dropdowns(placed, broken, lists, language),
        *_pages(placed, language, editors),
        *(write_lines(lines, placed, language) if lines else ()),
    ]
    added = what_was_added(
        [one.tab for one in placed.values() if one.new],
        {key: one.missing for key, one in placed.items()},
        [tab for tab in unnamed if not placed[tab.key].new],
        language,
    )
    return Layout(requests, [*added, *lines_added(lines.count if lines else 0, language)])


def _sheets(facts: SpreadsheetFacts, placed: Mapping[str, Placed]) -> Iterator[Request]:
    """Set up the empty sheets that become tabs of the ledger, and add the others."""
    for one in placed.values():
        if one.new and one.found is not None:
            properties = _properties(one)
            grid = ",".join(properties["gridProperties"])
            others = ",".join(key for key in properties if key not in ("sheetId", "gridProperties"))
            fields = f"{others},gridProperties({grid})"
            yield {"updateSheetProperties": {"properties": properties, "fields": fields}}
    for one, index in indexes(facts, placed):
        yield {"addSheet": {"properties": _properties(one) | {"index": index}}}


def _properties(placed: Placed) -> dict[str, Any]:
    tab = placed.tab
    grid: dict[str, Any] = {"rowCount": placed.rows, "columnCount": placed.columns}
    if tab.page:
        grid["hideGridlines"] = True
    else:
        grid |= {"frozenRowCount": 1, "frozenColumnCount": sum(column.frozen for column in tab)}
    properties: dict[str, Any] = {
        "sheetId": placed.sheet_id,
        "title": placed.title,
        "gridProperties": grid,
    }
    if tab.colour != WHITE:
        properties["tabColorStyle"] = formats.colour(tab.colour)
    if tab.hidden:
        properties["hidden"] = True
    return properties


def _room(placed: Mapping[str, Placed]) -> Iterator[Request]:
    """Make room for missing columns right after the last header of each existing table.

    They are inserted, so that anything without a header further to the right moves along and is not overwritten.
    """
    for one in placed.values():
        if one.found is not None and one.missing:
            last, count = one.found.width, len(one.missing)
            if last < one.found.columns:
                cells = dimensions(one.sheet_id, "COLUMNS", last + 1, last + count)
                yield {"insertDimension": {"range": cells, "inheritFromBefore": False}}
            else:
                yield {"appendDimension": {"sheetId": one.sheet_id, "dimension": "COLUMNS", "length": count}}


def _tables(
    placed: Mapping[str, Placed], rows: StartRows, lists: Lists, language: Language, editors: Sequence[str]
) -> Iterator[Request]:
    for key, one in placed.items():
        if not one.tab.page:
            if one.new:
                yield from lay_out_table(one, rows[key], lists, language, editors)
            else:
                yield from add_columns(one, lists, language, editors)


def _pages(placed: Mapping[str, Placed], language: Language, editors: Sequence[str]) -> Iterator[Request]:
    for one in placed.values():
        if one.tab.page and one.new:
            yield from write_page(one, placed, language, editors)


def _name(placed: Placed, facts: SpreadsheetFacts) -> Request:
    there = facts.lists.get(list_name(placed.tab.key))
    return validation.name_list(placed, there.range_id if there else "")


def _is_named(placed: Placed, facts: SpreadsheetFacts) -> bool:
    """Whether the list has a name whose cells still exist."""
    there = facts.lists.get(list_name(placed.tab.key))
    return there is not None and there.sheet_id is not None and not _comes_anew(placed)


def _comes_anew(placed: Placed) -> bool:
    """Whether the column that feeds dropdowns is added just now."""
    return placed.new or placed.tab.columns[0] in placed.missing


def _is_broken(placed: Placed, facts: SpreadsheetFacts) -> bool:
    """Whether existing dropdowns point at deleted cells. A deleted name does them no harm: they point at the cells."""
    return _comes_anew(placed) or (list_name(placed.tab.key) in facts.lists and not _is_named(placed, facts))


def _dropdowns(
    placed: Mapping[str, Placed], broken: Sequence[Tab], lists: Lists, language: Language
) -> Iterator[Request]:
    """Set the dropdowns of existing columns anew where the list behind them was added or repaired."""
    keys = {tab.key for tab in broken}
    for one in placed.values():
        for column in one.tab:
            if not one.new and column.source in keys and column not in one.missing:
                yield from validation.check_typing(one, column, lists, language)
