"""A tab's links: each names its cells, while the address is in another part of the file, under an id."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import quoteattr

from openpyxl.utils.cell import get_column_letter

from automation.workbooks.excel.xml.cell_xml import place_of
from automation.workbooks.excel.xml.xml_bytes import attribute

_LINK = re.compile(rb"<hyperlink\s[^<>]*?(?:/>|>.*?</hyperlink\s*>)", re.DOTALL)
_ID = re.compile(rb"""\s(?:\w+:)?id\s*=\s*["']([^"']*)["']""")
_RELATION = re.compile(rb"<Relationship\s[^<>]*/>")
_AFTER = re.compile(
    rb"<(?:printOptions|pageMargins|pageSetup|headerFooter|rowBreaks|colBreaks|customProperties|cellWatches|ignoredErrors"
    rb"|smartTags|drawing|legacyDrawing|legacyDrawingHF|picture|oleObjects|controls|webPublishItems|tableParts|extLst)[\s/>]"
    rb"|</worksheet"
)
_NAMESPACE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_CONTAINER = re.compile(rb"<hyperlinks(?:\s[^<>]*)?>")


@dataclass(frozen=True, slots=True)
class Link:
    """A link on its way to another tab: its new cell, attributes and relation (empty if it leads to a cell)."""

    ref: str
    attributes: tuple[tuple[str, str], ...]
    relation: bytes


class Links:
    """The links of one tab. `tail` is the XML after its rows, `relations` the part of the file with the addresses."""

    def __init__(self, tail: bytes, relations: bytes) -> None:
        self.tail, self.relations = tail, relations

    def taken(self, places: Mapping[int, int], columns: Mapping[int, int]) -> list[Link]:
        """Take the links of the rows in `places` (old row → new row) out, and return them for their new cells."""
        carried = []
        for found in _LINK.findall(self.tail):
            opening = found[: found.index(b">") + 1]
            cell = (attribute(opening, "ref") or "A1").partition(":")[0]
            row, column = place_of(cell)
            if row not in places:
                continue
            id_ = _ID.search(opening)
            relation = self._relation(id_[1]) if id_ else b""
            if column in columns:
                ref = f"{get_column_letter(columns[column])}{places[row]}"
                kept = tuple(
                    (name, value)
                    for name in ("location", "display", "tooltip")
                    if (value := attribute(opening, name)) is not None
                )
                carried.append(Link(ref, kept, relation))
            self.tail = self.tail.replace(found, b"", 1)
            if relation:
                self.relations = self.relations.replace(relation, b"", 1)
        self.tail = re.sub(rb"<hyperlinks(?:\s[^<>]*)?>\s*</hyperlinks>", b"", self.tail)
        return carried

    def add(self, links: Sequence[Link]) -> None:
        elements = []
        for link in links:
            id_ = ""
            if link.relation:
                new = self._free_id()
                relation = _ID_ATTRIBUTE.sub(f' Id="{new}"'.encode(), link.relation, count=1)
                self.relations = self.relations.replace(b"</Relationships>", relation + b"</Relationships>")
                if b"<Relationships" in self.relations and b"</Relationships>" not in self.relations:
                    self.relations = re.sub(rb"/>\s*$", b">" + relation + b"</Relationships>", self.relations)
                id_ = f' xmlns:r="{_NAMESPACE}" r:id="{new}"'
            named = "".join(f" {name}={quoteattr(value)}" for name, value in link.attributes)
            elements.append(f'<hyperlink ref="{link.ref}"{id_}{named}/>'.encode())
        container = _CONTAINER.search(self.tail)
        if container is not None and not container[0].endswith(b"/>"):
            place = container.end()
            self.tail = self.tail[:place] + b"".join(elements) + self.tail[place:]
            return
        after = _AFTER.search(self.tail)
        place = after.start() if after else 0
        self.tail = b"".join((self.tail[:place], b"<hyperlinks>", *elements, b"</hyperlinks>", self.tail[place:]))

    def _relation(self, id_: bytes) -> bytes:
        for relation in _RELATION.findall(self.relations):
            if (attribute(relation, "Id") or "").encode() == id_:
                return bytes(relation)
        return b""

    def _free_id(self) -> str:
        taken = {attribute(relation, "Id") for relation in _RELATION.findall(self.relations)}
        return next(name for n in range(1, len(taken) + 2) if (name := f"rIdL{n}") not in taken)


_ID_ATTRIBUTE = re.compile(rb"""\sId\s*=\s*["'][^"']*["']""")
