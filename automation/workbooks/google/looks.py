"""Copies the looks of rows from one spreadsheet to another, where the same cells stand already: colours and formats, notes, links
on words, the height of rows and the width of columns.

Google copies rows within a spreadsheet only, so they are read and written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from automation.ledger.workbook import HEADER_ROW, RowMove
from automation.workbooks.google.client import Transport
from automation.workbooks.google.commit.batches import Batch, BatchSender
from automation.workbooks.google.reading import quoted
from automation.workbooks.google.requests import Request, height, runs, size, write

ROWS_AT_ONCE = 100
"""So many rows are read and written at once: in a year of two thousand cases that is twenty times."""
USUAL_HEIGHT = 21
_LOOKS = "userEnteredFormat,note,textFormatRuns"
_FIELDS = f"sheets(data(startRow,rowData(values({_LOOKS})),rowMetadata(pixelSize),columnMetadata(pixelSize)))"
Looks = Mapping[str, Any]


def copy_looks(transport: Transport, key: str, sender: BatchSender, move: RowMove) -> None:
    """Give the rows `move.to` of the sender's spreadsheet the looks of `move.rows` in the spreadsheet with this key. Needs the
    lock of the sender's."""
    sheet_id = sender.facts.sheets[move.target].sheet_id
    rows = dict(zip(move.rows, move.to, strict=True))
    headings = _read(transport, key, move.source, [HEADER_ROW])
    widths: list[Mapping[str, int]] = next((one.get("columnMetadata", []) for one in headings), [])
    requests = [
        size(sheet_id, "COLUMNS", there, there, widths[here - 1]["pixelSize"])
        for here, there in move.columns.items()
        if here <= len(widths) and "pixelSize" in widths[here - 1]
    ]
    for first in range(0, len(move.rows), ROWS_AT_ONCE):
        some = sorted(move.rows[first : first + ROWS_AT_ONCE])
        for block in _read(transport, key, move.source, some):
            requests += _as_there(sheet_id, block, rows, move.columns)
        sender.send(Batch((), requests))
        requests = []


def _read(transport: Transport, key: str, title: str, rows: list[int]) -> list[Looks]:
    """The looks of these rows, a block for each stretch of neighbouring ones."""
    ranges = [f"{quoted(title)}!{first}:{last}" for first, last in runs(rows)]
    (sheet,) = transport.read(key, fields=_FIELDS, ranges=ranges).json()["sheets"]
    blocks: list[Looks] = sheet.get("data", [])
    return blocks


def _as_there(sheet_id: int, block: Looks, rows: Mapping[int, int], columns: Mapping[int, int]) -> Iterator[Request]:
    """What gives the rows of the other spreadsheet the looks of these."""
    first, tall = block.get("startRow", 0) + 1, block.get("rowMetadata", [])
    for at, data in enumerate(block.get("rowData", [])):
        to, cells = rows[first + at], data.get("values", [])
        looks = {there: cells[here - 1] if here <= len(cells) else {} for here, there in columns.items()}
        for left, right in runs(sorted(looks)):
            yield write(sheet_id, to, left, [[looks[column] for column in range(left, right + 1)]], _LOOKS)
        pixels = tall[at].get("pixelSize", USUAL_HEIGHT) if at < len(tall) else USUAL_HEIGHT
        if pixels != USUAL_HEIGHT:
            yield height(sheet_id, to, pixels)
