"""What the tests of laying out start from: the rows of a new ledger, and a spreadsheet that lacks nothing."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from automation.commands.install import calendar_rows, place_of, preset_rows
from automation.pages.tables import SOURCES, StartRows, list_name
from automation.workbooks.google.client import Transport
from automation.workbooks.google.layout.facts import FACTS_FIELDS, FoundList, FoundSheet, SpreadsheetFacts, facts_of
from automation.workbooks.google.layout.requests_for_tabs import laid_out
from sheet_schema import LANGUAGES, TABS, Language
from sheet_schema.preset_files import NAMES, load
from tests.sheets_api import SERVICE_ACCOUNT, SheetsServer, Spreadsheet
from tests.sheets_api.batch import apply
from tests.sheets_api.handlers import HANDLERS
from tests.support.ledger_in_memory import NOW

KINDS = [(language, preset) for language in LANGUAGES for preset in NAMES]
EDITORS = ("ledger@project.iam.gserviceaccount.com",)
EMPTY = SpreadsheetFacts([FoundSheet(0, "Sheet1")])
"""What Google makes when somebody makes a spreadsheet."""


@cache
def start_rows(language: Language, preset: str) -> StartRows:
    """What install fills a new ledger with."""
    chosen = load(preset)
    rows = preset_rows(chosen, language)
    rows["calendar"], _ = calendar_rows(place_of(chosen), language, NOW)
    return rows


def whole(language: Language, **other: Mapping[str, object]) -> SpreadsheetFacts:
    """A ledger that lacks nothing, but for what `other` says of the sheets of some tabs (`None`: there is none)."""
    sheets = []
    for number, tab in enumerate(TABS, start=1):
        about = {
            "sheet_id": number,
            "title": tab.label(language),
            "rows": 1000,
            "columns": len(tab.columns) or 12,
            "headers": [column.label(language) for column in tab] or [""],
            "filled": 3,
        }
        changed = other.get(tab.key, {})
        if changed is not None:
            sheets.append(FoundSheet(**{**about, **changed}))  # type: ignore[arg-type]
    ids = {tab.key: number for number, tab in enumerate(TABS, start=1)}
    there = {sheet.sheet_id for sheet in sheets}
    lists = {
        list_name(tab.key): FoundList(f"id-{tab.key}", ids[tab.key] if ids[tab.key] in there else None)
        for tab in SOURCES
    }
    return SpreadsheetFacts(sheets, lists)


class Office:
    """A spreadsheet on the local server, shared with the service account, and what laying it out does to it."""

    def __init__(self, server: SheetsServer, transport: Transport) -> None:
        self.server, self.transport = server, transport
        self.book: Spreadsheet = server.new_spreadsheet(
            "Ledger", locale="de_DE", time_zone="Asia/Shanghai", shared=True
        )

    def facts(self) -> SpreadsheetFacts:
        reply = self.transport.read(self.book.id, fields=FACTS_FIELDS).json()
        cells = {title: self.book.sheet(title).values() for title in self.book.titles()}
        return facts_of(
            reply,
            {title: rows[0] if rows else [] for title, rows in cells.items()},
            {title: len(rows) for title, rows in cells.items()},
        )

    def lay_out(self, language: Language = "en", preset: str = "uk-school") -> list[str]:
        """What was said."""
        layout = laid_out(self.facts(), language, start_rows(language, preset), (SERVICE_ACCOUNT,))
        if layout.requests:
            self.transport.write(self.book.id, layout.requests)
        return layout.said

    def twin(self) -> Office:
        """Another spreadsheet with the same in it."""
        twin = Office(self.server, self.transport)
        twin.book.replace(self.book.book.draft())
        return twin

    def do(self, *requests: dict[str, object]) -> None:
        """What a person does by the menus."""
        with self.server.lock:
            self.book.change(self.book.owner, lambda batch: apply(batch, list(requests), HANDLERS))

    def id_of(self, title: str) -> int:
        return self.book.sheet(title).id

    def model(self, title: str) -> dict[str, object]:
        """All of a tab as it stands, to see whether anything was changed."""
        return dict(vars(self.book.sheet(title).model))

    def header(self, title: str) -> list[str | float | bool]:
        return self.book.sheet(title).values()[0]

    def get(self, fields: str) -> dict[str, Any]:
        found: dict[str, Any] = self.transport.read(self.book.id, fields=fields).json()
        return found
