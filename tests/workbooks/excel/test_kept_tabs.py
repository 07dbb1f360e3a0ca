"""What a run kept of a tab is what is read of it, and nothing that is different is taken for the same."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from random import Random

import openpyxl
import pytest

from automation.ledger.by_column import ByColumn
from automation.ledger.parsing import parse
from automation.ledger.settled_lines import SETTLED_LINES
from automation.ledger.workbook import Cell, CellError, ColumnEdit, Formula, JournalLine, Snapshot, TabEdit
from automation.workbooks.excel.kept_tabs import KeptTabs, kept_beside, known_by
from automation.workbooks.excel.sheets_read import grids_of, grids_sifted
from automation.workbooks.excel.xml.cell_edits import with_edits
from automation.workbooks.excel.xml.package import Package
from sheet_schema.vocabulary import NoticeState
from tests.workbooks.excel.test_settled_lines import FILED, LIVE, both, notice, office, outcome

WORDS = ["教务处", "总务处"] * 5
COLUMNS: Mapping[str, Sequence[Cell]] = {
    "words": WORDS,
    "texts": [f"事{i}\n\ud800" for i in range(10)],
    "numbers": [1, 2.0, 2.5, "", True, 1e300, False, 0, -1, ""],
    "moments": [datetime(2026, 3, i + 1, 9, 5, i) if i % 2 else "" for i in range(10)],
    "of all kinds": [date(2026, 3, 2), time(9, 5), Formula("=A1"), CellError("#REF!"), "", "x", 1, 1.0, datetime(2026, 3, 1), True],
    "blank": [""] * 10,
}  # fmt: skip


def test_every_kind_of_cell_comes_back_as_it_was(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [[*COLUMNS], *map(list, zip(*COLUMNS.values(), strict=True))]
    rows[4:4] = [[], [""]]  # rows may be blank, or shorter
    kept = KeptTabs(tmp_path / "l.xlsx")
    assert kept.get("a tab") is None
    kept.put("a tab", rows)
    kept.save(None)
    found = KeptTabs(tmp_path / "l.xlsx").get("a tab")
    assert found is not None
    assert [list(map(repr, row)) for row in found.rows] == [
        [*map(repr, row), *["''"] * (len(COLUMNS) - len(row))] for row in rows
    ]
    assert list(map(repr, found.rows.column(3))) == list(map(repr, COLUMNS["numbers"]))
    assert (found.rows[1], found.rows[-1], len(found.rows)) == (tuple(rows[1]), tuple(rows[-1]), len(rows))


def test_a_cell_of_another_kind_is_not_kept(tmp_path: Path) -> None:
    kept = KeptTabs(tmp_path / "l.xlsx")
    assert kept.put("a tab", [["a"], [timedelta(1)]]) is None  # type: ignore[list-item]


@cache
def book(**cells: object) -> bytes:
    made, out = openpyxl.Workbook(), io.BytesIO()
    for title in ("登记", "归档"):
        sheet = made.create_sheet(title)
        sheet.append(["编号", "日"])
        sheet.append([f"{title}1", datetime(2026, 3, 2)])
    for place, value in cells.items():
        made["登记"][place] = value
    made.save(out)
    return out.getvalue()


def read(data: bytes, path: Path) -> tuple[object, bytes]:
    """The grids as a run reads them, and what it then keeps."""
    kept = KeptTabs(path)
    grids = grids_sifted(Package(data, path.name), SETTLED_LINES, (), kept)
    kept.save(None)
    return {title: list(map(list, grid.rows)) for title, grid in grids.items()}, kept_beside(path).read_bytes()


def whole(data: bytes) -> object:
    return {title: list(map(list, grid.rows)) for title, grid in grids_of(data, Package(data, "l.xlsx")).items()}


def _another_look(path: Path) -> bytes:
    made, out = openpyxl.load_workbook(io.BytesIO(book())), io.BytesIO()
    made["登记"]["B2"].number_format = "0"
    made.save(out)
    return out.getvalue()


def _left(path: Path, content: Callable[[bytes], bytes]) -> bytes:
    kept_beside(path).write_bytes(content(kept_beside(path).read_bytes()))
    return book()


DIFFERENT: Mapping[str, Callable[[Path], bytes]] = {
    "nothing": lambda path: book(),
    "a cell": lambda path: book(A2="改过"),
    "the look of a day": _another_look,
    "a text that no tab had": lambda path: book(A3="新的"),
    "what was kept is torn": lambda path: _left(path, lambda kept: kept[:-9]),
    "what was kept was altered": lambda path: _left(
        path, lambda kept: kept.replace("归档1".encode(), "归档2".encode())
    ),
    "what was kept is something else": lambda path: _left(path, lambda kept: b"[1, 2]\n[]"),
    "what was kept is gone": lambda path: (kept_beside(path).unlink(), book())[1],
}


@pytest.mark.parametrize("what", sorted(DIFFERENT))
def test_what_is_different_is_read_anew(what: str, tmp_path: Path) -> None:
    path = tmp_path / "l.xlsx"
    _, first = read(book(), path)
    data = DIFFERENT[what](path)
    found, kept = read(data, path)
    assert found == whole(data)
    assert read(data, path) == (found, kept)
    assert (kept == first) == (data == book())


def test_a_tab_that_was_kept_is_not_taken_out_of_the_file(tmp_path: Path) -> None:
    path, kept = tmp_path / "l.xlsx", KeptTabs(tmp_path / "l.xlsx")
    read(book(), path)
    grids = grids_sifted(Package(book(), path.name), SETTLED_LINES, (), kept)
    assert all(isinstance(grid.rows, ByColumn) for grid in grids.values())


def test_a_tab_read_whole_is_not_taken_for_one_without_what_is_over() -> None:
    package = Package(book(), "l.xlsx")
    assert known_by(package, "登记", sifted=True) != known_by(package, "登记", sifted=False)


def light(data: bytes, journal: Sequence[JournalLine], path: Path) -> Snapshot:
    """The file as a run reads it that has what the one before kept."""
    kept = KeptTabs(path)
    grids = grids_sifted(Package(data, "l.xlsx"), SETTLED_LINES, journal, kept, large=0)
    kept.save(None)
    return replace(both(data, journal)[0], grids=grids)


ROWS = [notice(number, at) for at, number in enumerate([*FILED, *LIVE, *FILED, ""])]
HISTORY = [{"case_no": number, "at": datetime(2026, 3, 1), "column": "承办部门", "run": "r"} for number in (*FILED, *LIVE)]  # fmt: skip


def written(data: bytes, title: str, row: int, column: int, cell: Cell) -> bytes:
    return with_edits(Package(data, "l.xlsx"), [TabEdit(title, [ColumnEdit(column, [row], [cell])])])


def _last_run(data: bytes, digest: str) -> bytes:
    runs = parse(both(data)[0]).tables["runs"]
    return written(data, runs.title, 2, runs.at["history"], digest)


SINCE: Mapping[str, Callable[[bytes], tuple[bytes, Sequence[JournalLine]]]] = {
    "a filed case is in the Register again": lambda data: (written(data, "登记", 2, 1, FILED[2]), ()),
    "a number is gone from Index": lambda data: (written(data, "索引", 3, 1, ""), ()),
    "a filed case is gone": lambda data: (written(data, "归档", 4, 1, ""), ()),
    "the last run is another": lambda data: (written(_last_run(data, "r"), "运行", 2, 1, "r"), ()),
    "the journal knows a mail": lambda data: (data, [{"mail_id": ROWS[1]["mail_id"], "key": ROWS[1]["key"], "to": ROWS[1]["to"], "case_no": FILED[1], "state": "sent"}]),  # type: ignore[list-item]
}  # fmt: skip


@pytest.mark.parametrize("what", sorted(SINCE))
def test_rows_that_are_over_no_longer_are_read_again(what: str, tmp_path: Path) -> None:
    data = office(ROWS, HISTORY)
    light(data, (), tmp_path / "l.xlsx")
    data, journal = SINCE[what](data)
    assert_same(data, journal, light(data, journal, tmp_path / "l.xlsx"))


def assert_same(data: bytes, journal: Sequence[JournalLine], found: Snapshot) -> None:
    """Whether a run does the same as with all rows, and at least those are there that it would read with nothing kept."""
    everything, anew = both(data, journal)
    assert outcome(found) == outcome(everything)
    for tab in ("notices", "history"):
        assert {*parse(anew).tables[tab].rows.tolist()} <= {*parse(found).tables[tab].rows.tolist()}


@pytest.mark.parametrize("seed", range(2))
def test_whatever_changes_the_run_is_the_same(seed: int, tmp_path: Path) -> None:
    chance, data = Random(seed), office(ROWS, HISTORY)
    journal: list[JournalLine] = []
    for _ in range(8):
        tab, column = chance.choice([("登记", 1), ("索引", 1), ("归档", 1), ("通知", 1), ("变更", 3), ("运行", 1)])
        cell = chance.choice([*FILED, *LIVE, "", "r"])
        data = written(data, tab, chance.randrange(2, 9), column, cell)
        if chance.random() < 0.3:
            row = chance.choice(ROWS)
            state = chance.choice([*NoticeState]).key
            journal.append({**{key: row[key] for key in ("mail_id", "key", "to", "case_no")}, "state": state})  # type: ignore[dict-item]
        assert_same(data, journal, light(data, journal, tmp_path / "l.xlsx"))
