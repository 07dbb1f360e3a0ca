"""What the tests of laying out start from: a new ledger's rows, and a complete spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from automation.commands.install import place_of, preset_rows
from automation.commands.install_calendar import calendar_rows
from automation.pages.tables import SOURCES, StartRows, list_name
from automation.workbooks.google.client import Transport
from automation.workbooks.google.layout.facts import FACTS_FIELDS, FoundList, FoundSheet, SpreadsheetFacts, facts_of
from automation.workbooks.google.layout.requests_for_tabs import laid_out
from sheet_schema import LANGUAGES, USUAL_TABS, Language
from sheet_schema.preset_files import NAMES, load
from tests.sheets_api import SERVICE_ACCOUNT, SheetsServer, Spreadsheet
from tests.sheets_api.batch import apply
from tests.sheets_api.handlers import HANDLERS
from tests.support.ledger_in_memory import NOW

KINDS = [(language, preset) for language in LANGUAGES for preset in NAMES]
EDITORS = ("ledger@project.iam.gserviceaccount.com",)
EMPTY = SpreadsheetFacts([FoundSheet(0, "Sheet1")])
"""A spreadsheet as Google creates it."""


@cache
def start_rows(language: Language, preset: str) -> StartRows:
    """The rows with which `install` fills a new ledger."""
    chosen = load(preset)
    rows = preset_rows(chosen, language)
    rows["calendar"] = calendar_rows(place_of(chosen), language, NOW)
    return rows


def whole(language: Language, **other: Mapping[str, object]) -> SpreadsheetFacts:
    """A complete ledger, with other facts for the sheets of some tabs (`None`: the sheet is missing)."""
    sheets = []
    for number, tab in enumerate(USUAL_TABS, start=1):
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
    ids = {tab.key: number for number, tab in enumerate(USUAL_TABS, start=1)}
    there = {sheet.sheet_id for sheet in sheets}
    lists = {
        list_name(tab.key): FoundList(f"id-{tab.key}", ids[tab.key] if ids[tab.key] in there else None)
        for tab in SOURCES
    }
    return SpreadsheetFacts(sheets, lists)


class Office:
    """A spreadsheet on the local server, shared with the service account, to lay out."""

    def __init__(self, server: SheetsServer, transport: Transport) -> None:
        self.server, self.transport = server, transport
        self.book: Spreadsheet = server.new_spreadsheet(
            "Ledger", locale="de_DE", time_zone="Asia/Shanghai", shared=True
        )

    def facts(self) -> SpreadsheetFacts:
        reply = self.transport.read(self.book.id, fields=FACTS_FIELDS).json()
        return facts_of(reply, {title: self.book.sheet(title).values() for title in self.book.titles()})

    def lay_out(self, language: Language = "en", preset: str = "uk-school") -> list[str]:
        """Lay it out, and return what was added, in words."""
        layout = laid_out(self.facts(), language, start_rows(language, preset), (SERVICE_ACCOUNT,))
        if layout.requests:
            self.transport.write(self.book.id, layout.requests)
        return layout.added

    def twin(self) -> Office:
        """Another spreadsheet with the same content."""
        twin = Office(self.server, self.transport)
        twin.book.replace(self.book.book.draft())
        return twin

    def do(self, *requests: dict[str, object]) -> None:
        """Do what a person does by the menus."""
        with self.server.lock:
            self.book.change(self.book.owner, lambda batch: apply(batch, list(requests), HANDLERS))

    def id_of(self, title: str) -> int:
        return self.book.sheet(title).id

    def model(self, title: str) -> dict[str, object]:
        """Everything in a tab, to see whether anything changed."""
        return dict(vars(self.book.sheet(title).model))

    def header(self, title: str) -> list[str | float | bool]:
        return self.book.sheet(title).values()[0]

    def get(self, fields: str) -> dict[str, Any]:
        found: dict[str, Any] = self.transport.read(self.book.id, fields=fields).json()
        return found
