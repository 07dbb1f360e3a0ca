"""People insert, move and delete columns and rows at the commit and again at each of its repairs: no value goes astray.

Of every case each cell holds what people put there, or what the commit wrote for that very case and column.
"""

from __future__ import annotations

import random
from typing import Any

import pytest

from automation.ledger.workbook import Changed, Snapshot, TabEdit
from automation.run.run import ATTEMPTS
from tests.support.small_spreadsheet import CASE_NO, CASES, HEADERS, STATUS, Ledger, Way, committed, edit

WRITTEN = ("Department", "Status")
RECEIVED_ON = 4


def _swap(sheet: Any) -> None:
    sheet.move_rows(2, 1, 4)


def _memo_out(sheet: Any) -> None:
    """Delete the column that people added, or else the memo, which nobody needs."""
    headers = sheet.values()[0]
    column = headers.index("") + 1 if "" in headers else headers.index("Memo") + 1 if "Memo" in headers else 0
    if column:
        sheet.delete_column(column)


ACTS = {
    "swap": _swap,
    "line": lambda sheet: sheet.insert_rows(2),
    "sort": lambda sheet: sheet.sort(2, descending=True),
    "column in": lambda sheet: sheet.insert_column(RECEIVED_ON),
    "column before all": lambda sheet: sheet.insert_column(1),
    "column out": _memo_out,
    "column moved": lambda sheet: sheet.move_column(STATUS, 2),
}
SEEN = {
    "swapped twice, then a column": ("swap", "swap", "column in"),
    "a column, another, then one out": ("column in", "column in", "column out"),
    "a column, then a line and a column": ("column before all", "line", "column moved", "column out"),
}


def _raced(ledger: Ledger, acts: list[str]) -> list[str]:
    """Commit while somebody does one of these acts before each batch; what is wrong afterwards."""
    left = list(acts)

    def next_one(one: Ledger) -> None:
        ACTS[left.pop(0)](one.sheet())
        if left:
            one.just_before(next_one)

    ledger.just_before(next_one)
    undone = _commit(ledger)
    headers, *rows = ledger.rows()
    at = {str(header): place for place, header in enumerate(headers) if header}
    wrong = [] if not ledger.workbook().read().unsettled else ["unsettled"]
    found = {}
    for row in rows:
        cells = {name: row[place] if place < len(row) else "" for name, place in at.items()}
        stray = [cell for place, cell in enumerate(row) if cell != "" and place not in at.values()]
        wrong += [f"{cell} under no header" for cell in stray]
        if any(cell != "" for cell in cells.values()):
            found[cells["Case no."]] = cells
    for case in CASES:
        typed = dict(zip(HEADERS, case, strict=True))
        ours = {name: f"{name} {case[CASE_NO - 1]}" for name in WRITTEN}
        cells = found.pop(case[CASE_NO - 1], {})
        for name in at:
            before = 46_083 if name == "Received on" else typed[name]
            told = case[CASE_NO - 1] not in undone and name in ours
            if cells.get(name) != (ours[name] if told else before):
                wrong.append(f"{case[CASE_NO - 1]} {name}: {cells.get(name)!r}")
    return [*wrong, *(f"nobody's: {cells}" for cells in found.values())]


def _commit(ledger: Ledger) -> frozenset[str]:
    """As a run does: if a tab was cut, it reads again; a case that moved away from its row is left to the next run."""
    book = ledger.workbook()
    with book.lock():
        for _ in range(ATTEMPTS):
            snapshot = book.read()
            try:
                return committed(book, snapshot, _edits(snapshot)).owners
            except Changed:
                continue
    raise AssertionError("it never came to rest")


def _edits(snapshot: Snapshot) -> list[TabEdit]:
    """What the run writes, wherever rows and columns are now."""
    headers, *rows = snapshot.grids["Register"].rows
    cells = []
    for row, line in enumerate(rows, start=2):
        number = line[headers.index("Case no.")] if line else ""
        cells += [(row, headers.index(name) + 1, f"{name} {number}") for name in WRITTEN if number]
    return [edit("Register", *cells)]


@pytest.mark.parametrize("acts", SEEN.values(), ids=SEEN)
def test_what_went_wrong_once_is_right(way: Way, acts: tuple[str, ...]) -> None:
    assert _raced(way.ledger(), list(acts)) == []


def test_whatever_is_done_to_columns_and_rows_no_value_goes_astray(way: Way) -> None:
    chance = random.Random(17)
    wrong = {}
    for _ in range(40):
        acts = [chance.choice(list(ACTS)) for _ in range(chance.randint(1, 4))]
        if found := _raced(way.ledger(), acts):
            wrong[tuple(acts)] = found
    assert wrong == {}
