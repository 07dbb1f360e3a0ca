"""A workbook just made, of which parts are put into another one, in that one's dialect.

A file is *transitional*, as nearly all are, or *Strict Open XML*: other namespaces, percentages with their sign, and the
sides of a border named after the direction of writing (ISO/IEC 29500-1 and -4). Nothing of the two may be mixed.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from typing import NamedTuple

from automation.workbooks.excel.xml.children import Children
from automation.workbooks.excel.xml.package import Package, resolved
from automation.workbooks.excel.xml.xml_bytes import as_plain_utf8, attribute

_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
_NAMESPACE = re.compile(rb"http://schemas\.openxmlformats\.org/(officeDocument|spreadsheetml|drawingml)/2006/")
_PERCENT = re.compile(rb'(<(?:\w+:)?(?:gapWidth|overlap|lblOffset) val="-?\d+)(?=")')
_SIDES = ((re.compile(rb"(</?)left(?=[\s/>])"), rb"\1start"), (re.compile(rb"(</?)right(?=[\s/>])"), rb"\1end"))
_BORDER = re.compile(rb"<border(?=[\s>]).*?</border>", re.DOTALL)


class Relation(NamedTuple):
    """What a part points to: a part of the file, or an address outside."""

    id: str
    type: str
    target: str
    outside: bool


class Fresh:
    """The parts of a fresh workbook, as they read in the dialect of `package`."""

    def __init__(self, data: bytes, package: Package) -> None:
        self._package = Package(data, package.name)
        self._strict = _STRICT in as_plain_utf8(package.part(package.workbook))[:4000]
        self.workbook, self.sheets = self._package.workbook, self._package.sheets

    def part(self, name: str) -> bytes:
        return self._said(as_plain_utf8(self._package.part(name)))

    @property
    def styles_part(self) -> str:
        part = self._package.related_to_workbook("styles")
        assert part is not None
        return part

    @property
    def styles(self) -> bytes:
        return self.part(self.styles_part)

    @property
    def relation_types(self) -> str:
        """What the type of a relation begins with."""
        return self._said(b"http://schemas.openxmlformats.org/officeDocument/2006/").decode() + "relationships"

    def relations(self, part: str) -> Iterator[Relation]:
        for tag in Children(self._said(self._package.relations(part))).of("Relationship"):
            target, outside = attribute(tag, "Target") or "", attribute(tag, "TargetMode") == "External"
            where = target if outside else resolved(posixpath.dirname(part), target)
            yield Relation(attribute(tag, "Id") or "", attribute(tag, "Type") or "", where, outside)

    def type_of(self, part: str) -> str:
        """The content type of a part."""
        types = Children(self._package.part("[Content_Types].xml"))
        ending = part.rpartition(".")[2]
        named = {attribute(tag, "PartName"): attribute(tag, "ContentType") for tag in types.of("Override")}
        usual = {attribute(tag, "Extension"): attribute(tag, "ContentType") for tag in types.of("Default")}
        return named.get(f"/{part}") or usual[ending] or ""

    def _said(self, xml: bytes) -> bytes:
        if not self._strict:
            return xml
        return _BORDER.sub(
            _by_direction, _PERCENT.sub(rb"\1%", _NAMESPACE.sub(rb"http://purl.oclc.org/ooxml/\1/", xml))
        )


def _by_direction(border: re.Match[bytes]) -> bytes:
    xml: bytes = border[0]
    for side, named in _SIDES:
        xml = side.sub(named, xml)
    return xml
