"""The tests of assumptions about Google, on two scratch tabs, with the requests that the program itself sends.

A trial returns for each of its assumptions True (holds), False (does not hold) or None (could not be found out).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from automation.ledger.serial_days import serial
from automation.ledger.workbook import Formula
from automation.workbooks.google.layout.validation import Paint, coloured, formula
from automation.workbooks.google.lock import new_id
from automation.workbooks.google.probe.assumptions import CHANCES
from automation.workbooks.google.probe.scratch import FIRST, SECOND, Scratch, Seen
from automation.workbooks.google.reading import quoted
from automation.workbooks.google.refusals import Refused
from automation.workbooks.google.requests import Request, clear, grow, paste, span, write_requests
from automation.workbooks.google.values import typed

Findings = Mapping[str, bool | None]
_LOOKS_LIKE_A_FORMULA = "=1+1"
_DAY = date(2026, 3, 18)
_RED: dict[str, Any] = {"backgroundColorStyle": {"rgbColor": {"red": 1}}}
_LINKED: dict[str, Any] = {**_RED, "textFormat": {"link": {"uri": "https://school.example/"}}}
_LIST: dict[str, Any] = {"condition": {"type": "ONE_OF_LIST", "values": [{"userEnteredValue": "a"}]}}
_ALL = "userEnteredValue,userEnteredFormat,note,dataValidation"
_LOOKS = ("userEnteredFormat", "note", "hyperlink", "dataValidation")


@dataclass(frozen=True)
class Trial:
    """A test of the assumptions `keys`; `calls` is the most requests it sends if Google shows writes at once.

    Of each refusal it is also asked why.
    """

    keys: tuple[str, ...]
    run: Callable[[Scratch], Findings]
    calls: int


def _echo(scratch: Scratch) -> Findings:
    """Look for a batch's token in the reply to that batch."""
    reply = scratch.write(
        [],
        fields="updatedSpreadsheet(sheets(properties(title),data(rowData(values(userEnteredValue)))))",
        includeSpreadsheetInResponse=True,
        responseRanges=[f"{quoted(FIRST.title)}!A1"],
    )
    sheets = reply.get("updatedSpreadsheet", {}).get("sheets", ())
    return {"echo": any(Seen(sheet).text(1, 1) == scratch.token for sheet in sheets)}


def _refusals(scratch: Scratch) -> Findings:
    """Add a tab with a taken title, write to a deleted tab and beyond the end: all refused?"""
    row, gone = 2, new_id()
    scratch.write([_tab(gone, "_probe_3"), _without(gone), *write_requests(FIRST.sheet_id, {row: {1: "before"}})])
    second = new_id()
    title = _refusal_of(scratch, [_tab(second, FIRST.title), _without(second)])
    fence = _refusal_of(scratch, list(write_requests(gone, {1: {1: "lost"}})))
    beyond = list(write_requests(FIRST.sheet_id, {FIRST.rows + 100: {1: "beyond"}}))
    end = _refusal_of(scratch, [*write_requests(FIRST.sheet_id, {row: {1: "after"}}), *beyond])
    first, _ = scratch.look()
    whole = first.text(row, 1) == "before" if end is not None else None
    return {"titles": title is not None, "fence": fence is not None, "whole": whole}


def _fresh(scratch: Scratch) -> Findings:
    """Write a number to both tabs in one batch, and read both at once."""
    row = 3
    shown = []
    for number in range(1, CHANCES + 1):
        scratch.write(
            [
                *write_requests(FIRST.sheet_id, {row: {1: number}}),
                *write_requests(SECOND.sheet_id, {row: {1: number}}),
            ]
        )
        cells = scratch.values(*(f"{quoted(tab.title)}!A{row}" for tab in (FIRST, SECOND)))
        shown.append((number, *(found[0][0] if found and found[0] else "" for found in cells)))
    return {
        "next_read": all(number in found for number, *found in shown),
        "one_moment": all(len(set(found)) == 1 for _, *found in shown),
    }


def _copies(scratch: Scratch) -> Findings:
    """Copy three rows, one of them hidden by a filter, between two tabs with the same colour rule."""
    first_row, hidden, last_row = 5, 6, 7
    full = {**typed("a"), "note": "n", "userEnteredFormat": _LINKED, "dataValidation": _LIST}
    scratch.write(
        [
            *write_requests(FIRST.sheet_id, {4: {1: "x"}, first_row: {1: "x"}, hidden: {1: "y"}, last_row: {1: "z"}}),
            _cell(FIRST.sheet_id, first_row, 2, full, _ALL),
            *(
                coloured(span(tab.sheet_id, (4, 20), (1, 2)), '$A4="late"', Paint("FF0000"), 0)
                for tab in (FIRST, SECOND)
            ),
            {
                "setBasicFilter": {
                    "filter": {
                        "range": span(FIRST.sheet_id, (4, last_row), (1, 2)),
                        "criteria": {"0": {"hiddenValues": ["y"]}},
                    }
                }
            },
        ]
    )
    rows, columns = (first_row, last_row), (1, 2)
    scratch.write([paste(span(FIRST.sheet_id, rows, columns), span(SECOND.sheet_id, rows, columns))])
    first, second = scratch.look()
    copied = [second.text(row, 1) for row in range(first_row, last_row + 1)] == ["x", "y", "z"]
    there, here = first.cell(first_row, 2), second.cell(first_row, 2)
    return {
        "hidden_rows": copied if first.is_hidden(hidden) else None,
        "looks_go_along": all(there.get(look) == here.get(look) for look in _LOOKS),
        "colour_rules": second.rules == 1,
    }


def _cells(scratch: Scratch) -> Findings:
    """Write text like a formula; read a date, a formula and such a text; overwrite a value; empty a block."""
    text, read, over, block = 9, 10, 11, 12
    day = {**typed(_DAY), "userEnteredFormat": {"numberFormat": {"type": "DATE"}}}
    noted = {**typed("before"), "note": "n", "userEnteredFormat": _RED}
    scratch.write(
        [
            *write_requests(FIRST.sheet_id, {text: {1: _LOOKS_LIKE_A_FORMULA}}),
            _cell(FIRST.sheet_id, read, 1, day, _ALL),
            *write_requests(FIRST.sheet_id, {read: {2: Formula("=2*3"), 3: _LOOKS_LIKE_A_FORMULA}}),
            _cell(FIRST.sheet_id, over, 1, noted, _ALL),
            *write_requests(FIRST.sheet_id, {over: {1: "after"}}),
            *(
                _cell(FIRST.sheet_id, block, column, {**typed("old"), "userEnteredFormat": _RED}, _ALL)
                for column in (1, 2)
            ),
            clear(span(FIRST.sheet_id, (block, block), (1, 2))),
        ]
    )
    first, _ = scratch.look()
    as_read = scratch.values(f"{quoted(FIRST.title)}!A{read}:C{read}")
    written_over, left = first.cell(over, 1), [first.cell(block, column) for column in (1, 2)]
    return {
        "text": first.text(text, 1) == _LOOKS_LIKE_A_FORMULA,
        "as_typed": as_read == [[[serial(_DAY), "=2*3", _LOOKS_LIKE_A_FORMULA]]],
        "notes_stay": first.text(over, 1) == "after" and written_over.get("note") == "n" and _is_red(written_over),
        "emptying": all("userEnteredValue" not in cell and _is_red(cell) for cell in left),
    }


def _new_rows(scratch: Scratch) -> Findings:
    """Add a row as for the pad, and compare its format and dropdowns with the row above."""
    last = {"userEnteredFormat": _RED, "dataValidation": _LIST}
    scratch.write(
        [
            _cell(SECOND.sheet_id, SECOND.rows, 1, last, "userEnteredFormat,dataValidation"),
            *grow(SECOND, SECOND.rows + 1),
        ]
    )
    _, second = scratch.look()
    above, below = (second.cell(row, 1) for row in (SECOND.rows, SECOND.rows + 1))
    alike = all(above.get(look) == below.get(look) for look in ("userEnteredFormat", "dataValidation"))
    return {"new_rows": alike}


def _strict_lists(scratch: Scratch) -> Findings:
    """Write a value that is on neither kind of strict list."""
    row = 14
    of_range = {
        "type": "ONE_OF_RANGE",
        "values": [{"userEnteredValue": f"={quoted(FIRST.title)}!$A$15:$A$16"}],
    }
    rules = [{**_LIST, "strict": True}, {"condition": of_range, "strict": True}]
    lists = [
        {"setDataValidation": {"range": span(FIRST.sheet_id, (row, row), (column, column)), "rule": rule}}
        for column, rule in enumerate(rules, start=1)
    ]
    scratch.write(lists)
    if _refusal_of(scratch, list(write_requests(FIRST.sheet_id, {row: {1: "other", 2: "other"}}))) is not None:
        return {"strict_lists": False}
    first, _ = scratch.look()
    return {"strict_lists": [first.text(row, column) for column in (1, 2)] == ["other", "other"]}


def _semicolons(scratch: Scratch) -> Findings:
    """Write a formula with semicolons into a cell and another into a colour rule."""
    row = 18
    requests = [
        *write_requests(SECOND.sheet_id, {row: {1: Formula(formula("IF(1=1,2,3)"))}}),
        coloured(span(FIRST.sheet_id, (row, row), (1, 1)), '$A18=IF(1=1,"late","")', Paint("FF0000"), 0),
    ]
    if _refusal_of(scratch, requests) is not None:
        return {"semicolons": False}
    _, second = scratch.look()
    return {"semicolons": second.cell(row, 1).get("effectiveValue") == {"numberValue": 2}}


def _unmerging(scratch: Scratch) -> Findings:
    area = span(SECOND.sheet_id, (20, 22), (1, 3))
    return {"unmerging": _refusal_of(scratch, [{"unmergeCells": {"range": area}}]) is None}


def _names(scratch: Scratch) -> Findings:
    """Delete a column that has a name, and give the name to another column.

    Either Google keeps the name, or deletes it with the column so that it can be added again. The same batch deletes
    the name in the end, so that none is left in the spreadsheet.
    """
    last = SECOND.columns
    name, lost, gone = _lost_name("ledger_probe_1", last)
    anew = {"updateNamedRange": {"namedRange": {**name, "range": _column(1)}, "fields": "range"}}
    if _refusal_of(scratch, [*lost, anew, gone]) is None:
        return {"names": True}
    name, lost, gone = _lost_name("ledger_probe_2", last - 1)
    again = {"addNamedRange": {"namedRange": {**name, "range": _column(1)}}}
    return {"names": _refusal_of(scratch, [*lost, again, gone]) is None}


def _lost_name(name: str, column: int) -> tuple[dict[str, Any], list[Request], Request]:
    """A name, the requests that give it to a column and delete that column, and the request that deletes the name."""
    named = {"name": name, "namedRangeId": f"{name}_{new_id()}"}
    where = {"sheetId": SECOND.sheet_id, "dimension": "COLUMNS", "startIndex": column - 1, "endIndex": column}
    lost: list[Request] = [
        {"addNamedRange": {"namedRange": {**named, "range": _column(column)}}},
        {"deleteDimension": {"range": where}},
    ]
    return named, lost, {"deleteNamedRange": {"namedRangeId": named["namedRangeId"]}}


def _column(column: int) -> Request:
    return span(SECOND.sheet_id, (1, 5), (column, column))


def _metadata_ids(scratch: Scratch) -> Findings:
    number = new_id()
    taken = _refusal_of(scratch, [_entry(number, "ids"), _entry(number, "ids")]) is not None
    return {"metadata_ids": taken}


def _metadata_found(scratch: Scratch) -> Findings:
    number = new_id()
    scratch.write([_entry(number, "found")])
    lookup = {"developerMetadataLookup": {"metadataId": number}}
    found = scratch.transport.search(f"{scratch.key}/developerMetadata:search", {"dataFilters": [lookup]}).json()
    return {"metadata_found": len(found.get("matchedDeveloperMetadata", ())) == 1}


TRIALS = (
    Trial(("echo",), _echo, 1),
    Trial(("titles", "fence", "whole"), _refusals, 8),
    Trial(("next_read", "one_moment"), _fresh, 2 * CHANCES),
    Trial(("hidden_rows", "looks_go_along", "colour_rules"), _copies, 3),
    Trial(("text", "as_typed", "notes_stay", "emptying"), _cells, 3),
    Trial(("new_rows",), _new_rows, 2),
    Trial(("strict_lists",), _strict_lists, 3),
    Trial(("semicolons",), _semicolons, 2),
    Trial(("unmerging",), _unmerging, 1),
    Trial(("names",), _names, 3),
    Trial(("metadata_ids",), _metadata_ids, 2),
    Trial(("metadata_found",), _metadata_found, 2),
)
"""Developer metadata that they write belongs to a scratch tab and is deleted with it."""


def _refusal_of(scratch: Scratch, requests: list[Request]) -> Refused | None:
    """Send a batch; the refusal, or None if it was done."""
    try:
        scratch.write(requests)
    except Refused as refused:
        return refused
    return None


def _cell(sheet_id: int, row: int, column: int, cell: Mapping[str, Any], fields: str) -> Request:
    return {
        "updateCells": {
            "start": {"sheetId": sheet_id, "rowIndex": row - 1, "columnIndex": column - 1},
            "rows": [{"values": [cell]}],
            "fields": fields,
        }
    }


def _is_red(cell: Mapping[str, Any]) -> bool:
    colour = cell.get("userEnteredFormat", {}).get("backgroundColorStyle", {}).get("rgbColor", {})
    return bool(colour.get("red") == 1)


def _tab(sheet_id: int, title: str) -> Request:
    size = {"rowCount": 1, "columnCount": 1}
    properties = {"sheetId": sheet_id, "title": title, "hidden": True, "gridProperties": size}
    return {"addSheet": {"properties": properties}}


def _without(sheet_id: int) -> Request:
    return {"deleteSheet": {"sheetId": sheet_id}}


def _entry(number: int, value: str) -> Request:
    """Developer metadata on the second tab."""
    entry = {
        "metadataId": number,
        "metadataKey": "ledger-probe",
        "metadataValue": value,
        "visibility": "PROJECT",
        "location": {"sheetId": SECOND.sheet_id},
    }
    return {"createDeveloperMetadata": {"developerMetadata": entry}}
