"""Finds the dropdown lists that an earlier version made and that offer more words today."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from automation.ledger.cell_names import column_letters
from automation.pages.longer_lists import LONGER_LISTS, LongerList
from automation.workbooks.google.commit.batches import BatchSender
from automation.workbooks.google.layout import validation
from automation.workbooks.google.layout.places import Placed
from automation.workbooks.google.reading import quoted
from automation.workbooks.google.requests import Request
from sheet_schema import Language

_LISTS = "sheets(properties(sheetId),data(rowData(values(dataValidation))))"


def longer_lists(
    sender: BatchSender, placed: Mapping[str, Placed], language: Language
) -> tuple[list[Request], list[str]]:
    """The requests that make them longer, and a sentence for each. What the first cell below the header offers tells for all."""
    there = [
        one for one in LONGER_LISTS if not placed[one.tab.key].new and one.column not in placed[one.tab.key].missing
    ]
    if not there:
        return [], []
    cells = {one.tab.key: f"{column_letters(placed[one.tab.key].at[one.column.key])}2" for one in there}
    found = sender.read(_LISTS, [f"{quoted(placed[key].title)}!{cell}" for key, cell in cells.items()])
    rules = {sheet["properties"]["sheetId"]: _first_rule(sheet) for sheet in found["sheets"]}
    shorter = [one for one in there if _is_ours(rules.get(placed[one.tab.key].sheet_id, {}), one, language)]
    requests = [
        request for one in shorter for request in validation.check_typing(placed[one.tab.key], one.column, {}, language)
    ]
    return requests, [one.said(language) for one in shorter]


def _first_rule(sheet: Mapping[str, Any]) -> Mapping[str, Any]:
    cells = [
        cell for block in sheet.get("data", ()) for row in block.get("rowData", ()) for cell in row.get("values", ())
    ]
    rule: Mapping[str, Any] = cells[0].get("dataValidation", {}) if cells else {}
    return rule


def _is_ours(rule: Mapping[str, Any], one: LongerList, language: Language) -> bool:
    condition = rule.get("condition", {})
    offered = [value.get("userEnteredValue") for value in condition.get("values", ())]
    said = rule.get("inputMessage", "")
    return condition.get("type") == "ONE_OF_LIST" and (offered, said) == (one.offered(language), one.advice(language))
