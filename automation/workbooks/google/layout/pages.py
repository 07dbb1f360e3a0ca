"""Requests that lay out the tabs that are pages: Form by a file of its own, the others from their plans."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from automation.pages.plans import PLANS
from automation.pages.start_here import IN_A_SHEET
from automation.pages.start_here_page import start_here_page
from automation.pages.tables import list_cells
from automation.workbooks.google.layout.form import write_form
from automation.workbooks.google.layout.page_drawing import drawn, linked
from automation.workbooks.google.layout.places import Placed
from automation.workbooks.google.layout.validation import protect, warn
from automation.workbooks.google.requests import Request, area
from sheet_schema import Language, Place


def write_page(
    placed: Placed, all_placed: Mapping[str, Placed], language: Language, editors: Sequence[str]
) -> Iterator[Request]:
    """Requests that turn an empty sheet into this page; Start here and Form refer to the tabs of `all_placed`."""
    key = placed.tab.key
    if key == "start_here":
        page = start_here_page(
            language,
            lambda table, column: list_cells(all_placed[table].title, all_placed[table].at[column]),
            lambda table: all_placed[table].title,
            IN_A_SHEET,
        )
        if placed.found is not None and placed.found.colours:
            page = replace(page, colours=())
        yield from drawn(placed.sheet_id, page, language)
        yield from linked(placed.sheet_id, page, {table: one.sheet_id for table, one in all_placed.items()}, language)
    if key == "form":
        yield from write_form(placed, all_placed, language)
    if key in PLANS:
        page = PLANS[key](language)
        yield from drawn(placed.sheet_id, page, language, rules=placed.found.colours if placed.found else 0)
        if placed.tab.place is Place.STAFF:
            yield warn(area(placed.sheet_id, (1, page.columns), 1, page.rows), language)
    yield from protect(placed, (), language, editors)
