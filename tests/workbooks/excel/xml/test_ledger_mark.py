"""The mark stands in a file as a custom property beside other people's; no other part of the file changes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from functools import cache

import openpyxl
import pytest
from openpyxl.packaging.custom import BoolProperty, IntProperty, StringProperty

from automation.ledger.errors import LedgerError
from automation.ledger.recognition import LEDGER_MARK, LEDGER_VERSION
from automation.workbooks.excel.xml.custom_properties import custom_property, put_custom_property
from automation.workbooks.excel.xml.ledger_mark import mark_of, marked
from automation.workbooks.excel.xml.package import Package

CUSTOM = "docProps/custom.xml"
Parts = dict[str, bytes]
STRICT = [
    (b"http://schemas.openxmlformats.org/spreadsheetml/2006/main", b"http://purl.oclc.org/ooxml/spreadsheetml/main"),
    (b"http://schemas.openxmlformats.org/officeDocument/2006", b"http://purl.oclc.org/ooxml/officeDocument"),
    (b"relationships/custom-properties", b"relationships/customProperties"),
    (b"officeDocument/custom-properties", b"officeDocument/customProperties"),
]


@cache
def file(*, theirs: bool = False, mark: str = "") -> bytes:
    book = openpyxl.Workbook()
    if theirs:
        for one in (StringProperty(name="Dept & <Co>", value="信访办 & co"), IntProperty(name="Boxes", value=3), BoolProperty(name="Ready", value=True)):  # fmt: skip
            book.custom_doc_props.append(one)  # type: ignore[attr-defined]
    if mark:
        book.custom_doc_props.append(StringProperty(name=LEDGER_MARK.upper(), value=mark))  # type: ignore[attr-defined]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def parts(data: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def with_parts(data: bytes, change: Callable[[Parts], Parts | None]) -> bytes:
    found = parts(data)
    found = change(found) or found
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in found.items():
            package.writestr(name, content)
    return out.getvalue()


def strict(found: Parts) -> Parts:
    for was, now in STRICT:
        found = {name: xml.replace(was, now) for name, xml in found.items()}
    return found


def prefixed(found: Parts) -> None:
    xml = (
        found[CUSTOM]
        .replace(b"<Properties xmlns=", b"<op:Properties xmlns:op=")
        .replace(b"</Properties", b"</op:Properties")
    )
    found[CUSTOM] = re.sub(rb"<(/?)property\b", rb"<\1op:property", xml)


def in_utf16(found: Parts) -> None:
    text = found[CUSTOM].decode()
    text = text[text.index("<Properties") :]
    found[CUSTOM] = f'<?xml version="1.0" encoding="UTF-16"?>{text}'.encode("utf-16")


def elsewhere(found: Parts) -> Parts:
    """As a program that names the part otherwise, and writes its relations in another way."""
    moved = {name.replace(CUSTOM, "meta/props.xml"): xml.replace(b"docProps/custom.xml", b"meta/props.xml") for name, xml in found.items()}  # fmt: skip
    moved["_rels/.rels"] = moved["_rels/.rels"].replace(b'Target="/', b'Target="')
    return moved


def emptied(found: Parts) -> None:
    found[CUSTOM] = re.sub(rb"(<Properties[^>]*?)/?>.*", rb"\1/>", found[CUSTOM], flags=re.DOTALL)


def not_there(found: Parts) -> None:
    del found[CUSTOM]


def nobodys(found: Parts) -> None:
    """A part of this name that nothing points to."""
    found[CUSTOM] = b"<x/>"


def as_it_was(_: Parts) -> None:
    pass


@pytest.mark.parametrize("is_strict", [False, True])
@pytest.mark.parametrize(
    ("before", "change", "kept"),
    [
        (file(), as_it_was, 0), (file(), nobodys, 0), (file(mark="0"), as_it_was, 0),
        (file(theirs=True), as_it_was, 3), (file(theirs=True, mark="0"), as_it_was, 3), (file(theirs=True), prefixed, 3),
        (file(theirs=True), in_utf16, 3), (file(theirs=True), elsewhere, 3), (file(theirs=True), emptied, 0),
        (file(theirs=True), not_there, 0),
    ],
)  # fmt: skip
def test_the_mark_stands_beside_what_others_wrote(
    before: bytes, change: Callable[[Parts], Parts | None], kept: int, is_strict: bool
) -> None:
    data = with_parts(with_parts(before, strict) if is_strict else before, change)
    old, package = parts(data), Package(marked(data, "b.xlsx"), "b.xlsx")
    new = parts(marked(data, "b.xlsx"))

    assert mark_of(package) == str(LEDGER_VERSION)
    assert marked(marked(data, "b.xlsx"), "b.xlsx") == marked(data, "b.xlsx")
    names = [LEDGER_MARK, *["Dept & <Co>", "Boxes", "Ready"][:kept]]
    assert [custom_property(package, name) for name in names] == [[str(LEDGER_VERSION)], ["信访办 & co"], ["3"], ["1"]][: kept + 1]  # fmt: skip
    part = package.related("")["customProperties" if is_strict else "custom-properties"]
    touched = {part} if part in old else {part, "[Content_Types].xml", "_rels/.rels"}
    assert {name for name in new if new[name] != old.get(name)} - {CUSTOM} <= touched
    assert set(old) <= set(new)
    types = [re.search(rb'PartName="/?%b" ContentType="([^"]+)' % part.encode(), new["[Content_Types].xml"])]
    assert [one and one[1] for one in types] == [b"application/vnd.openxmlformats-officedocument.custom-properties+xml"]
    ids = re.findall(rb'pid="(\d+)"', new[part])
    assert len(ids) == len(set(ids)) == kept + 1
    assert b"2" in ids
    assert (b"purl.oclc.org" in new[part], b"openxmlformats.org/officeDocument" in new[part]) == (
        is_strict,
        not is_strict,
    )
    if part == CUSTOM and not is_strict:  # openpyxl looks for no other, and reads no strict files
        assert openpyxl.load_workbook(io.BytesIO(marked(data, "b.xlsx"))).custom_doc_props[LEDGER_MARK].value == "1"  # type: ignore[attr-defined]


def test_the_bytes_of_others_properties_stay() -> None:
    old, new = parts(file(theirs=True))[CUSTOM], parts(marked(file(theirs=True), "b.xlsx"))[CUSTOM]
    assert new.startswith(old[: old.rindex(b"</Properties")])


@pytest.mark.parametrize("mark", ["1", "2", "?"])
def test_a_mark_that_is_not_older_is_left_alone(mark: str) -> None:
    data = file(theirs=True, mark=mark)
    assert marked(data, "b.xlsx") is data


def test_properties_that_are_no_xml_are_a_damaged_file() -> None:
    def torn(found: Parts) -> None:
        found[CUSTOM] = found[CUSTOM][:-5]

    with pytest.raises(LedgerError, match=r"b\.xlsx"):
        marked(with_parts(file(theirs=True), torn), "b.xlsx")


def test_a_property_is_set_among_parts_already_changed() -> None:
    package = Package(file(theirs=True), "b.xlsx")
    changed: Parts = {}
    put_custom_property(package, changed, "one", "<1>")
    put_custom_property(package, changed, "two", "2")
    put_custom_property(package, changed, "One", "3")
    again = Package(package.with_parts(changed), "b.xlsx")
    assert [custom_property(again, name) for name in ("one", "two", "Boxes")] == [["3"], ["2"], ["3"]]
