"""A ledger's file as `install` finds it: its tabs, columns and lists, and what each lacks."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence

from automation.ledger.titles_and_headers import columns_of, titles_found
from automation.ledger.workbook import HEADER_ROW, Cell, Grid
from automation.workbooks.excel.graft.book import Book
from automation.workbooks.excel.sheets_read import grids_of
from automation.workbooks.excel.xml.cell_xml import place_of
from automation.workbooks.excel.xml.package import Package
from automation.workbooks.excel.xml.xml_bytes import as_plain_utf8, text_of
from sheet_schema import TABS, Column, Language, Tab

_TAKEN = re.compile(rb"""<(?:mergeCell|table)\s(?:[^<>]*?\s)?ref=["'](?:\w+:)?(\w+)["']""")
"""What takes cells whether or not anything stands in them; its last cell is captured."""


class Existing:
    """The file `data`. `titles` are those of the ledger's tabs in it, by their keys."""

    def __init__(self, data: bytes, name: str, language: Language) -> None:
        self.package = Package(data, name)
        self._language = language
        self._grids: Mapping[str, Grid] = grids_of(data, self.package)
        self.titles = titles_found(self._grids, language)
        self._book = Book(as_plain_utf8(self.package.part(self.package.workbook)))

    def rows(self, tab: Tab) -> Sequence[Sequence[Cell]]:
        return self._grids[self.titles[tab.key]].rows

    def headers(self, tab: Tab) -> list[Cell]:
        rows = self.rows(tab)
        return list(rows[HEADER_ROW - 1]) if rows else []

    def last_row(self, tab: Tab) -> int:
        return max(HEADER_ROW, len(self.rows(tab)))

    def missing_columns(self, tab: Tab) -> list[Column]:
        found = columns_of(tab, self.headers(tab), self._language)
        return [column for column in tab if column.key not in found]

    def is_blank(self, tab: Tab) -> bool:
        """Whether a page has neither words nor drawings on it."""
        title = self.titles[tab.key]
        drawn = "drawing" in self.package.related(self.package.sheets[title])
        return not drawn and all(cell == "" for row in self._grids[title].rows for cell in row)

    def last_column(self, tab: Tab) -> int:
        """The last column in which anything stands or may stand, such as a merged cell."""
        title = self.titles[tab.key]
        part = self.package.sheets[title]
        xml = b"".join(
            as_plain_utf8(self.package.part(one)) for one in (part, *self.package.all_related(part, "table"))
        )
        taken = [place_of(found[1].decode())[1] for found in _TAKEN.finditer(xml)]
        filled = (at for row in self._grids[title].rows for at, cell in enumerate(row, start=1) if cell != "")
        return max(max(filled, default=0), *taken, 0)

    def before(self, tab: Tab, made: Collection[Tab]) -> str | None:
        """The title of the tab that precedes this one among those that are `made` or there in the end; None for the first."""
        earlier = [other for other in TABS[: TABS.index(tab)] if other.key in self.titles or other in made]
        before = [self.titles.get(other.key, other.label(self._language)) for other in earlier]
        return before[-1] if before else None

    @property
    def names(self) -> dict[str, str]:
        """What each name means that counts in the whole workbook."""
        return {
            name: text_of(re.sub(rb"<[^<>]*>", b"", one)) for name, scope, one in self._book.names() if scope is None
        }
