"""Whatever file somebody gives to `import`: it is read, or refused in one sentence; it never ends the program or fills the memory."""

from __future__ import annotations

import resource
from datetime import date, datetime
from pathlib import Path

import pytest

from automation.ledger.errors import LedgerError
from automation.ledger.foreign_sheet import ForeignFile
from automation.workbooks.foreign.opening import foreign_file
from automation.workbooks.foreign.spreadsheets import spreadsheet
from tests.support.sample import tries
from tests.workbooks.foreign.files import HEADINGS, HOSTILE, LINE, damaged_files, ods, xlsx


def refused(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    with pytest.raises(LedgerError) as error:
        foreign_file(path)
    return error.value.say("en")


@pytest.mark.parametrize("name", HOSTILE)
def test_what_cannot_be_read_is_refused_in_one_sentence_and_little_memory(name: str, tmp_path: Path) -> None:
    made, said = HOSTILE[name]
    data, before = made(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    told = refused(tmp_path / name, data)
    assert (said in told, name in told, "\n" in told) == (True, True, False), told
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100_000  # KB


def read_or_refused(name: str, data: bytes) -> ForeignFile | str:
    try:
        return spreadsheet(data, name)
    except LedgerError as error:
        return error.say("en")


@pytest.mark.parametrize("seed", range(tries(3)))
def test_a_damaged_spreadsheet_never_ends_the_program(seed: int) -> None:
    """A thousand more: `python -m tests.damaged_registers 0 1000`."""
    for name, data in damaged_files(seed):
        told = read_or_refused(name, data)
        assert isinstance(told, ForeignFile) or name in told


def test_every_kind_of_cell_comes_back_from_the_reader_as_it_was() -> None:
    days = {"A3": date(2025, 1, 2), "B3": datetime(2025, 1, 2, 3, 4), "C3": True, "D3": 1.5, "F5": "x"}
    (sheet,) = spreadsheet(xlsx(**days), "x.xlsx").sheets
    assert [list(row) for row in sheet.rows] == [
        [*HEADINGS, "", ""],
        [*LINE, "", ""],
        [date(2025, 1, 2), datetime(2025, 1, 2, 3, 4), True, 1.5, "", ""],
        [],
        ["", "", "", "", "", "x"],
    ]
    (sheet,) = spreadsheet(ods(), "x.ods").sheets
    assert [list(row) for row in sheet.rows] == [[*HEADINGS], [*LINE]]


def test_columns_before_the_first_that_holds_anything_are_kept() -> None:
    book = xlsx(**dict.fromkeys(("A1", "A2", "B1", "B2"), None))
    (sheet,) = spreadsheet(book, "x.xlsx").sheets
    assert [list(row) for row in sheet.rows] == [["", "", *HEADINGS[2:]], ["", "", *LINE[2:]]]
