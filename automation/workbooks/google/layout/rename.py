"""Puts newer labels in place of former ones, in one batch: headers, the Form, dropdown lists."""

from __future__ import annotations

from collections.abc import Iterator

from automation.pages.newer_words import NewerWords, choices_renamed
from automation.workbooks.google.commit.batches import Batch, BatchSender
from automation.workbooks.google.commit.row_changes import by_row
from automation.workbooks.google.layout import validation
from automation.workbooks.google.layout.facts import FACTS_FIELDS, SpreadsheetFacts, facts_of
from automation.workbooks.google.layout.places import places
from automation.workbooks.google.reading import Cells
from automation.workbooks.google.requests import Request, write_requests
from sheet_schema import Language


def rename(sender: BatchSender, cells: Cells, words: NewerWords, language: Language) -> None:
    """Write the newer labels. Needs the lock."""
    facts = facts_of(
        sender.read(FACTS_FIELDS),
        {title: grid.rows[0] for title, grid in cells.grids.items() if grid.rows},
        {title: len(grid.rows) for title, grid in cells.grids.items()},
    )
    ids = {sheet.title: sheet.sheet_id for sheet in facts.sheets}
    written = [one for edit in words.headers for one in write_requests(ids[edit.title], by_row(edit))]
    sender.send(Batch((), [*written, *_dropdowns(facts, language)]))


def _dropdowns(facts: SpreadsheetFacts, language: Language) -> Iterator[Request]:
    """Every dropdown that offered other words once, with those of today."""
    for one in places(facts, language, {}).values():
        for column in one.tab:
            if not one.new and column not in one.missing and choices_renamed(column, language):
                yield from validation.check_typing(one, column, {}, language)
