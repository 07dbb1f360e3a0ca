"""Requests that lay out the tabs that are pages, from their plans."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from automation.pages.plans import Around, plan_of
from automation.pages.start_here import IN_A_SHEET
from automation.pages.start_here_later import LaterLines, later_lines
from automation.pages.tables import list_cells
from automation.workbooks.google.layout.page_drawing import drawn, drawn_among, linked, offered
from automation.workbooks.google.layout.places import Placed
from automation.workbooks.google.layout.validation import protect, warn
from automation.workbooks.google.requests import Request, area
from sheet_schema import START_HERE, Language, Place


def write_page(
    placed: Placed, all_placed: Mapping[str, Placed], language: Language, editors: Sequence[str]
) -> Iterator[Request]:
    """Requests that turn an empty sheet into this page; Start here and Form refer to the tabs of `all_placed`."""
    page = plan_of(placed.tab.key, language, _around(all_placed))
    rules = placed.found.colours if placed.found is not None else 0
    if rules and placed.tab.place is Place.FRONT:
        page = replace(page, colours=())
    yield from drawn(placed.sheet_id, page, language, rules=rules)
    yield from linked(placed.sheet_id, page, {table: one.sheet_id for table, one in all_placed.items()}, language)
    if page.offer is not None:
        yield offered(placed.sheet_id, page.offer, all_placed[page.offer.tab])
    if placed.tab.place is Place.STAFF:
        first = page.offer.at[0] + 1 if page.offer is not None else 1
        yield warn(area(placed.sheet_id, (1, page.columns), first, page.rows), language)
    yield from protect(placed, (), language, editors)


def lines_of(all_placed: Mapping[str, Placed], language: Language) -> LaterLines | None:
    """The lines that Start here lacks, if the page is there."""
    placed, around = all_placed[START_HERE.key], _around(all_placed)
    if placed.new or placed.found is None:
        return None
    return later_lines(language, around.cells, around.title, placed.found.cells)


def write_lines(lines: LaterLines, all_placed: Mapping[str, Placed], language: Language) -> Iterator[Request]:
    """Requests that draw these lines on Start here."""
    placed, page = all_placed[START_HERE.key], lines.page
    if page.rows > placed.rows:
        more = page.rows - placed.rows
        yield {"appendDimension": {"sheetId": placed.sheet_id, "dimension": "ROWS", "length": more}}
    rules = placed.found.colours if placed.found is not None else 0
    yield from drawn_among(placed.sheet_id, page, language, rules=rules)
    yield from linked(placed.sheet_id, page, {table: one.sheet_id for table, one in all_placed.items()}, language)


def _around(all_placed: Mapping[str, Placed]) -> Around:
    return Around(
        lambda table: all_placed[table].title,
        lambda table, column: list_cells(all_placed[table].title, all_placed[table].at[column]),
        IN_A_SHEET,
    )
