"""Puts newer labels in place of former ones, in one batch: headers with their notes, the Form, dropdown lists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from automation.ledger.workbook import HEADER_ROW
from automation.pages.newer_words import NewerWords, choices_renamed, newer_note
from automation.workbooks.google.commit.batches import Batch, BatchSender
from automation.workbooks.google.commit.row_changes import by_row
from automation.workbooks.google.layout import validation
from automation.workbooks.google.layout.facts import FACTS_FIELDS, facts_of
from automation.workbooks.google.layout.places import Placed, places
from automation.workbooks.google.reading import Cells, quoted
from automation.workbooks.google.requests import Request, write, write_requests
from sheet_schema import Language

_NOTES = "sheets(properties(sheetId),data(rowData(values(note))))"


def rename(sender: BatchSender, cells: Cells, words: NewerWords, language: Language) -> None:
    """Write the newer labels. Needs the lock."""
    facts = facts_of(
        sender.read(FACTS_FIELDS),
        {title: grid.rows for title, grid in cells.grids.items()},
    )
    ids = {sheet.title: sheet.sheet_id for sheet in facts.sheets}
    written = [one for edit in words.headers for one in write_requests(ids[edit.title], by_row(edit))]
    tables = [one for one in places(facts, language, {}).values() if not one.new and one.tab.columns]
    sender.send(Batch((), [*written, *_dropdowns(tables, language), *_notes(sender, tables, language)]))


def _dropdowns(tables: Sequence[Placed], language: Language) -> Iterator[Request]:
    """Every dropdown that offered other words once, with those of today."""
    for one in tables:
        for column in one.tab:
            if column not in one.missing and choices_renamed(column, language):
                yield from validation.check_typing(one, column, {}, language)


def _notes(sender: BatchSender, tables: Sequence[Placed], language: Language) -> Iterator[Request]:
    """Every note on a header that is ours of an earlier version, as it is today."""
    found = sender.read(_NOTES, [f"{quoted(one.title)}!{HEADER_ROW}:{HEADER_ROW}" for one in tables])
    by_id = {sheet["properties"]["sheetId"]: sheet for sheet in found["sheets"]}
    for one in tables:
        rows = [row for block in by_id[one.sheet_id]["data"] for row in block.get("rowData", ())]
        for at, cell in enumerate(rows[0].get("values", ()) if rows else (), start=1):
            note = cell.get("note", "")
            if (newer := newer_note(one.tab, note, language)) != note:
                yield write(one.sheet_id, HEADER_ROW, at, [[{"note": newer}]], "note")
