"""A tab's notes, which take two parts of the file: one with their texts, one with the boxes that show them (VML)."""

from __future__ import annotations

import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from lxml import etree
from openpyxl.utils.cell import get_column_letter

from automation.ledger.workbook import HEADER_ROW
from automation.workbooks.excel.xml.cell_xml import place_of

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
_FORGIVING = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True, recover=True)
"""For boxes, since Excel's own are not always well-formed XML."""
_SHAPE = "{urn:schemas-microsoft-com:vml}shape"
_ROW_OF_BOX = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}row"
_EXCEL = "{urn:schemas-microsoft-com:office:excel}"
_ANCHORED = ("column", "", "row", "", "column", "", "row", "")
"""What the eight numbers of a box's anchor count: left column and offset, top row and offset, then right and bottom."""


@dataclass(frozen=True, slots=True)
class Note:
    """A note on its way to another tab, and its author."""

    element: etree._Element
    author: str


def places(comments: bytes) -> set[tuple[int, int]]:
    """The cells (row, column) with a note."""
    root = etree.fromstring(comments, _PARSER)
    return {place_of(node.get("ref", "A1")) for node in root.iter("{*}comment")}


def notes_of(comments: bytes, places: Mapping[int, int], columns: Mapping[int, int]) -> list[Note]:
    """The notes of the rows in `places` (old row → new row), each for its new cell; `columns` maps old to new columns."""
    root = etree.fromstring(comments, _PARSER)
    authors = [node.text or "" for node in root.iter("{*}author")]
    found = []
    for node in root.iter("{*}comment"):
        row, column = place_of(node.get("ref", "A1"))
        if row in places and column in columns:
            node.set("ref", f"{get_column_letter(columns[column])}{places[row]}")
            for at in node.iter(_ROW_OF_BOX):
                at.text = str(max(0, int(at.text or 0) + places[row] - row))
            number = int(node.get("authorId", "0"))
            found.append(Note(node, authors[number] if number < len(authors) else ""))
    return found


def with_notes(comments: bytes, notes: Sequence[Note]) -> bytes:
    """A tab's notes with more added to them."""
    root = etree.fromstring(comments, _PARSER)
    authors, listed = root.find("{*}authors"), root.find("{*}commentList")
    assert authors is not None
    assert listed is not None
    names = [node.text or "" for node in authors]
    for note in notes:
        if note.author not in names:
            names.append(note.author)
            etree.SubElement(authors, etree.QName(authors, "author").text).text = note.author
        element = copy.deepcopy(note.element)
        element.set("authorId", str(names.index(note.author)))
        listed.append(element)
    return _written(root)


def headers_noted(comments: bytes, renewed: Callable[[str], str]) -> bytes:
    """A tab's notes, with each on a header as `renewed` has it. One that is as it was keeps its looks."""
    root = etree.fromstring(comments, _PARSER)
    changed = False
    for node in root.iter("{*}comment"):
        runs = list(node.iter("{*}t"))
        note = "".join(run.text or "" for run in runs)
        if place_of(node.get("ref", "A1"))[0] == HEADER_ROW and renewed(note) != note:
            changed = True
            for run in runs:
                run.text = ""
            runs[0].text = renewed(note)
    return _written(root) if changed else comments


def boxes_of(vml: bytes, places: Mapping[int, int], columns: Mapping[int, int]) -> list[etree._Element]:
    """As `notes_of`, for the boxes."""
    root = etree.fromstring(vml, _FORGIVING)
    found = []
    for shape in root.iter(_SHAPE):
        row, column = shape.find(f".//{_EXCEL}Row"), shape.find(f".//{_EXCEL}Column")
        if row is None or column is None:
            continue
        at, beside = int(row.text or 0) + 1, int(column.text or 0) + 1
        if at in places and beside in columns:
            _place(shape, places[at] - at, columns[beside] - beside)
            found.append(shape)
    return found


def with_boxes(vml: bytes, boxes: Sequence[etree._Element]) -> bytes:
    """A tab's boxes with more added, each under an unused id."""
    root = etree.fromstring(vml, _FORGIVING)
    taken = {shape.get("id") for shape in root.iter(_SHAPE)}
    free = (name for number in range(4000, 2_000_000) if (name := f"_x0000_s{number}") not in taken)
    for shape in boxes:
        shape.set("id", next(free))
        root.append(shape)
    return etree.tostring(root)


def _place(shape: etree._Element, down: int, right: int) -> None:
    """Move a box by so many rows down and columns to the right."""
    for name, step in (("Row", down), ("Column", right)):
        for node in shape.iter(f"{_EXCEL}{name}"):
            node.text = str(int(node.text or 0) + step)
    for node in shape.iter(f"{_EXCEL}Anchor"):
        numbers = [int(part) for part in (node.text or "").split(",")]
        if len(numbers) == len(_ANCHORED):
            moved = (
                max(0, number + {"row": down, "column": right}.get(what, 0))
                for number, what in zip(numbers, _ANCHORED, strict=True)
            )
            node.text = ", ".join(map(str, moved))


def _written(root: etree._Element) -> bytes:
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
