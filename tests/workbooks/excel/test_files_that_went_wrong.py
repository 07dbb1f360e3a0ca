"""Files that once went wrong, as other programs wrote them, where their folder lies beside the project."""

from __future__ import annotations

import re
import shutil
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from automation.ledger.workbook import Commit, RowMove
from automation.run.edits import with_terms
from automation.workbooks.excel.workbook import ExcelWorkbook
from automation.workbooks.excel.xml.package import Package, relations_of
from automation.workbooks.excel.xml.xml_bytes import attribute

CLOCK = datetime(2026, 3, 18, 1, tzinfo=UTC)
FOLDERS = [above / "shared" / "cases" / "files" for above in Path(__file__).resolve().parents]
FOLDER = next((folder for folder in FOLDERS if folder.is_dir()), None)
pytestmark = pytest.mark.skipif(FOLDER is None, reason="the files that went wrong are not beside this project")


def taken(name: str, folder: Path) -> ExcelWorkbook:
    assert FOLDER is not None
    return ExcelWorkbook(Path(shutil.copyfile(FOLDER / name, folder / "ledger.xlsx")), CLOCK)


def file_rows(workbook: ExcelWorkbook, rows: list[int]) -> dict[int, str]:
    """File these rows but those that are held, which are returned; every column goes to the one of its own number."""
    snapshot = workbook.read()
    held = dict(workbook.bound(snapshot, RowMove("Register", "Filing", rows)))
    free = [row for row in rows if row not in held]
    last = len(snapshot.grids["Filing"].rows)
    moves = [
        RowMove(
            "Register", "Filing", free, list(range(last + 1, last + 1 + len(free))), {at: at for at in range(1, 50)}
        )
    ]
    with workbook.lock():
        workbook.commit(Commit(snapshot, with_terms(snapshot, [], moves), moves))
    return held


def cases(workbook: ExcelWorkbook) -> dict[str, int]:
    return {str(line[0]): row for row, line in enumerate(workbook.read().grids["Register"].rows, start=1) if line}


def test_threaded_comments_stay_with_their_case(tmp_path: Path) -> None:
    workbook = taken("02-threaded-comments.xlsx", tmp_path)
    threads = r'ref="[A-Z]+(\d+)".*?<text>Thread about (.*?)</text>'

    def stand(title: str) -> dict[str, int]:
        package = Package(workbook.data(), "x")
        relations = package.part(relations_of(package.sheets[title])).decode()
        parts = re.findall(r'threadedComments/[^"]+', relations)
        found = (re.findall(threads, package.part(f"xl/{part}").decode()) for part in parts)
        return {case: int(row) for one in found for row, case in one}

    before = stand("Register")
    filed = min(before, key=lambda case: before[case])
    assert file_rows(workbook, [2, before[filed], max(before.values()) + 1]) == {}
    after = cases(workbook)
    assert stand("Register") == {case: after[case] for case in before if case != filed}
    assert [*stand("Filing")] == [filed]


def test_links_that_share_a_relation_keep_it(tmp_path: Path) -> None:
    workbook = taken("04-three-links-one-relation.xlsx", tmp_path)
    part = Package(workbook.data(), "x").sheets["Register"]

    def links() -> list[tuple[int, str]]:
        package = Package(workbook.data(), "x")
        known = {
            attribute(tag, "Id"): attribute(tag, "Target")
            for tag in re.findall(rb"<Relationship\s[^<>]*>", package.part(relations_of(part)))
        }
        tags = re.findall(rb'<hyperlink [^<>]*?ref="[A-Z]+(\d+)"[^<>]*?r:id="([^"]+)"', package.part(part))
        return [(int(row), str(known[id_.decode()])) for row, id_ in tags]

    before = links()
    rows = [row for row, _ in before]
    assert file_rows(workbook, rows[:1]) == {}
    assert links() == [(row - (row > rows[0]), target) for row, target in before[1:]]
    filing = openpyxl.load_workbook(workbook.path)["Filing"]
    filed = [cell.hyperlink.target for line in filing.iter_rows(min_row=2) for cell in line if cell.hyperlink]
    assert filed == [before[0][1]]


def test_a_strict_file_is_read_and_filed_as_a_strict_one(tmp_path: Path) -> None:
    workbook = taken("01-strict-ledger.xlsx", tmp_path)
    places = cases(workbook)
    assert file_rows(workbook, [3]) == {}
    gone = {case for case, row in places.items() if row == 3}
    assert set(places) - set(cases(workbook)) == gone
    with zipfile.ZipFile(workbook.path) as package:
        sheets = [package.read(name) for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
    assert all(b"schemas.openxmlformats.org/spreadsheetml" not in xml for xml in sheets)
