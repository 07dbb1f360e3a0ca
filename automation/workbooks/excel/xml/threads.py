"""A tab's comments that people answer, which go along with their rows; programs of before show the note of the same cell.

Who wrote them stands in a part that belongs to the whole file and says nothing of rows.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from itertools import count

from lxml import etree
from openpyxl.utils.cell import get_column_letter

from automation.workbooks.excel.xml.cell_xml import place_of
from automation.workbooks.excel.xml.new_parts import list_part, point_to
from automation.workbooks.excel.xml.package import Package

KIND = "threadedComment"
_RELATION = "http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"
_TYPE = "application/vnd.ms-excel.threadedcomments+xml"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)


def places(threads: bytes) -> set[tuple[int, int]]:
    """The cells (row, column) with such comments."""
    root = etree.fromstring(threads, _PARSER)
    return {place_of(node.get("ref", "A1")) for node in root.iter("{*}threadedComment")}


def threads_of(threads: bytes, rows: Mapping[int, int], columns: Mapping[int, int]) -> list[etree._Element]:
    """The comments of these rows (old row → new row), each for its new cell; `columns` maps old to new columns."""
    found = []
    for node in etree.fromstring(threads, _PARSER).iter("{*}threadedComment"):
        row, column = place_of(node.get("ref", "A1"))
        if row in rows and column in columns:
            node.set("ref", f"{get_column_letter(columns[column])}{rows[row]}")
            found.append(node)
    return found


def add_threads(package: Package, changed: dict[str, bytes], tab: str, threads: Sequence[etree._Element]) -> None:
    """Add comments to those of the tab in the part `tab`, which may have had none. `changed` gets the new parts."""
    part = package.related(tab).get(KIND)
    if part is not None:
        root = etree.fromstring(changed.get(part) or package.part(part), _PARSER)
    else:
        taken = {name.lower() for name in (*package.parts, *changed)}
        names = (f"xl/threadedComments/threadedComment{number}.xml" for number in count(1))
        part = next(name for name in names if name.lower() not in taken)
        root = etree.fromstring(f'<ThreadedComments xmlns="{etree.QName(threads[0]).namespace}"/>', _PARSER)
        list_part(package, changed, part, _TYPE)
        point_to(package, changed, tab, part, _RELATION)
    root.extend(copy.deepcopy(one) for one in threads)
    changed[part] = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)
