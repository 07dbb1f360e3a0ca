"""Comments that people answer go along with their row when it is filed, with the note that older programs show instead."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest
from lxml import etree
from openpyxl.comments import Comment

from automation.ledger.workbook import RowMove
from automation.workbooks.excel.workbook import ExcelWorkbook
from tests.support.sound_package import parts_of
from tests.workbooks.excel.xml.test_row_moves import book_at, move

TC = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
THREADS = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"


def parts_in(path: Path) -> dict[str, bytes]:
    return parts_of(path.read_bytes())


def threaded(path: Path, *cells_: str, filing: str = "") -> ExcelWorkbook:
    """Comments that people answer at these cells of Register, each with one answer, and at this cell of Filing."""

    def noted(book: openpyxl.Workbook) -> None:
        for cell in cells_:
            if cell != "C13":  # a file that no program writes: it has no note for older ones
                book["Register"][cell].comment = Comment(f"[Threaded comment] {cell}", f"tc={{{cell}}}")

    workbook = book_at(path, noted)
    parts = parts_in(path)

    def add(part: str, sheet: str, at: Sequence[str]) -> None:
        said = "".join(
            f'<threadedComment ref="{cell}" personId="{{P}}" id="{{{cell}}}"><text>of {cell}</text></threadedComment>'
            f'<threadedComment ref="{cell}" personId="{{P}}" id="{{{cell}b}}" parentId="{{{cell}}}"><text>and</text></threadedComment>'
            for cell in at
        )
        parts[part] = f'<ThreadedComments xmlns="{TC}">{said}</ThreadedComments>'.encode()
        relations = f"xl/worksheets/_rels/{sheet}.xml.rels"
        relation = f'<Relationship Id="rIdT" Type="{THREADS}" Target="/{part}"/></Relationships>'
        parts[relations] = parts[relations].replace(b"</Relationships>", relation.encode())

    add("xl/threadedComments/own.xml", "sheet1", cells_)
    if filing:
        add("xl/threadedComments/other.xml", "sheet2", [filing])
    parts["xl/persons/person.xml"] = (
        f'<personList xmlns="{TC}"><person displayName="P" id="{{P}}"/></personList>'.encode()
    )
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return workbook


def threads_in(path: Path, part: str) -> list[tuple[str | None, ...]]:
    root = etree.fromstring(parts_in(path)[part])
    return [tuple(node.get(key) for key in ("ref", "id", "parentId")) for node in root]


@pytest.mark.parametrize("there", [False, True])
def test_comments_that_people_answer_go_along(tmp_path: Path, *, there: bool) -> None:
    workbook = threaded(tmp_path / "b.xlsx", "B4", "B6", "C9", filing="A2" if there else "")
    before = parts_in(workbook.path)
    assert workbook.bound(workbook.read(), RowMove("Register", "Filing", [4, 6])) == {}
    book = move(workbook, 4, 6)
    part = "xl/threadedComments/" + ("other.xml" if there else "threadedComment1.xml")
    ours = [("A2", "{A2}", None), ("A2", "{A2b}", "{A2}")] if there else []
    assert threads_in(workbook.path, part) == [
        *ours, ("C4", "{B4}", None), ("C4", "{B4b}", "{B4}"), ("C5", "{B6}", None), ("C5", "{B6b}", "{B6}"),
    ]  # fmt: skip
    assert threads_in(workbook.path, "xl/threadedComments/own.xml") == [("C7", "{C9}", None), ("C7", "{C9b}", "{C9}")]
    notes = {
        sheet.title: [(cell.coordinate, cell.comment.author) for row in sheet for cell in row if cell.comment]
        for sheet in book
    }
    assert notes == {
        "Register": [("A1", "install"), ("C7", "tc={C9}")],
        "Filing": [("A1", "install"), ("C4", "tc={B4}"), ("C5", "tc={B6}")],
    }
    after = parts_in(workbook.path)
    assert after["xl/persons/person.xml"] == before["xl/persons/person.xml"]
    assert (f'"/{part}"'.encode() in after["[Content_Types].xml"]) is not there
    assert after["xl/worksheets/_rels/sheet2.xml.rels"].count(b'threadedComment"') == 1


def test_comments_that_have_no_place_in_the_other_tab_hold_their_row(tmp_path: Path) -> None:
    workbook = threaded(tmp_path / "b.xlsx", "B4", "E5", "C13")
    rows = RowMove("Register", "Filing", [4, 5, 12, 13])
    assert workbook.bound(workbook.read(), rows) == {5: "note", 13: "note"}
