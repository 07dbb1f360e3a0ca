"""A new child of a part stands where the schema wants it, and all else stays byte for byte."""

from __future__ import annotations

import pytest

from automation.workbooks.excel.xml.children import WORKSHEET, Children, items_of, with_items

VIEW = '<customSheetViews><customSheetView><pageMargins left="1>0"/><rowBreaks/></customSheetView></customSheetViews>'
CONTROLS = "<mc:AlternateContent><mc:Choice><controls/></mc:Choice></mc:AlternateContent>"


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (f"<worksheet>{VIEW}<pageMargins/></worksheet>", f"<worksheet>{VIEW}{{}}<pageMargins/></worksheet>"),
        (f"<worksheet><sheetData/>\n {CONTROLS}<extLst/></worksheet>", f"<worksheet><sheetData/>\n {{}}{CONTROLS}<extLst/></worksheet>"),
        ("<worksheet ><own/></worksheet>", "<worksheet ><own/>{}</worksheet>"),
        ("<?xml version='1.0'?><worksheet a='b>c' />", "<?xml version='1.0'?><worksheet a='b>c'>{}</worksheet>"),
    ],
    ids=["not within another", "before what an alternative holds", "after what nobody knows", "in a root without any"],
)  # fmt: skip
def test_a_child_is_put_in_its_place(before: str, after: str) -> None:
    part = Children(before.encode(), WORKSHEET)

    part.put("hyperlinks", b"<hyperlinks/>")

    assert part.xml().decode() == after.format("<hyperlinks/>")
    part.put("hyperlinks", b"<hyperlinks>2</hyperlinks>")
    assert part.xml().decode() == after.format("<hyperlinks>2</hyperlinks>")
    part.put("hyperlinks", None)
    assert part.xml().decode() == after.format("")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<dxfs count="0"/>', b'<dxfs count="1"><a/></dxfs>'),
        ("<dxfs><a/></dxfs>", b"<dxfs><a/><a/></dxfs>"),
        ('<dxfs count="1"><dxfs/></dxfs>', b'<dxfs count="2"><dxfs/><a/></dxfs>'),
    ],
)
def test_a_list_counts_its_items_if_it_counted_them(before: str, after: bytes) -> None:
    assert with_items(before.encode(), [b"<a/>"]) == after
    assert items_of(after)[-1] == b"<a/>"
