"""Puts tabs, pages, columns and names of a fresh workbook into one that people have (docs/design.md#p8.11).

fresh workbook ── tabs ────→ new parts, with all they point to          (additions, fresh)
  (openpyxl)   ── columns ─→ cells, looks and checks on tabs, notes     (tabs, notes)
               ── cells ───→ single cells of a tab, with their links    (tabs)
               ── pages ───→ tabs that are blank                        (tabs)
               ── styles ──→ the end of each list of the style sheet    (styles)
               ── names ───→ the list of tabs and names                 (book)
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from automation.pages.page import Place
from automation.workbooks.excel import refusals
from automation.workbooks.excel.graft.additions import Additions
from automation.workbooks.excel.graft.book import Book, Named
from automation.workbooks.excel.graft.fresh import Fresh
from automation.workbooks.excel.graft.styles import Styles
from automation.workbooks.excel.graft.tabs import put_cells, put_columns, put_page
from automation.workbooks.excel.xml.cell_edits import calculated_anew
from automation.workbooks.excel.xml.package import Package
from automation.workbooks.excel.xml.worksheet import NotASheet


@dataclass(frozen=True)
class Graft:
    """What is taken out of a fresh workbook: new tabs, each with the one that it comes behind; pages; the columns of a
    tab, by their positions; single cells of a tab; and names that count everywhere."""

    tabs: Mapping[str, str | None]
    pages: Collection[str]
    columns: Mapping[str, Sequence[int]]
    cells: Mapping[str, Collection[Place]]
    names: Collection[str]


def grafted(package: Package, data: bytes, graft: Graft) -> bytes:
    """The whole file with this part of the fresh workbook `data`. Raises LedgerError for a damaged file."""
    fresh = Fresh(data, package)
    additions = Additions(package, fresh)
    styles_part = package.related_to_workbook("styles") or _new_style_sheet(additions)
    styles = Styles(additions.plain(styles_part), fresh.styles)
    try:
        for title, columns in graft.columns.items():
            put_columns(additions, title, columns, styles)
        for title, places in graft.cells.items():
            put_cells(additions, title, places, styles)
    except NotASheet as error:
        raise refusals.damaged(package.name) from error
    for title in graft.pages:
        put_page(additions, title, styles)
    _list(additions, graft, styles)
    if styles.changed:
        additions.changed[styles_part] = styles.xml()
    return additions.whole()


def _new_style_sheet(additions: Additions) -> str:
    """A style sheet without any style, for a file that has none."""
    opening = additions.fresh.styles.partition(b">")[0].rstrip(b"/")
    fresh = additions.fresh.styles_part
    part = additions.bring(fresh, opening + b"></styleSheet>")
    additions.relate(additions.package.workbook, "styles", part)
    return part


def _list(additions: Additions, graft: Graft, styles: Styles) -> None:
    """Bring the new tabs, and list them and the names."""
    package, fresh = additions.package, additions.fresh
    theirs = Book(fresh.part(fresh.workbook))
    book = Book(additions.plain(package.workbook), fresh.relation_types)
    for title, columns in graft.columns.items():
        book.widen_filter(title, columns)
    for title, behind in graft.tabs.items():
        xml = styles.dressed(fresh.part(fresh.sheets[title]))
        id_ = additions.relate(package.workbook, "worksheet", additions.bring(fresh.sheets[title], xml))
        book.insert(title, behind, id_, theirs.state_of(title))
    book.settle()
    grown = {*graft.tabs, *graft.pages}
    named: list[Named] = []
    for name, scope, one in theirs.names():
        if scope is None and name in graft.names:
            named.append((name, None, one))
        elif scope is not None and theirs.titles[scope] in grown:
            named.append((name, book.titles.index(theirs.titles[scope]), one))
    book.name(named)
    formulas = grown or named or graft.cells
    additions.changed[package.workbook] = calculated_anew(book.xml()) if formulas else book.xml()
