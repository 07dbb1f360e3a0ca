"""A tab's links: each names its cells, while the address is in another part of the file, under an id."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from openpyxl.utils.cell import get_column_letter, range_boundaries

from automation.workbooks.excel.xml.references import is_reference
from automation.workbooks.excel.xml.xml_bytes import attribute, with_attribute

_LINK = re.compile(rb"<hyperlink\s[^<>]*?(?:/>|>.*?</hyperlink\s*>)", re.DOTALL)
_ID = re.compile(rb"""\s(?:\w+:)?id\s*=\s*["']([^"']*)["']""")
_UID = re.compile(rb"""\s\w+:uid\s*=\s*["'][^"']*["']""")
_RELATION = re.compile(rb"<Relationship\s[^<>]*?(?:/>|>\s*</Relationship\s*>)")
_VALUE = re.compile(rb"""=\s*["']([^"']*)["']""")
_AFTER = re.compile(
    rb"<(?:printOptions|pageMargins|pageSetup|headerFooter|rowBreaks|colBreaks|customProperties|cellWatches|ignoredErrors"
    rb"|smartTags|drawing|drawingHF|legacyDrawing|legacyDrawingHF|picture|oleObjects|controls|webPublishItems|tableParts|extLst"
    rb"|(?:mc:)?AlternateContent)[\s/>]|</worksheet"
)
_RELATIONSHIPS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
_CONTAINER = re.compile(rb"<hyperlinks(?:\s[^<>]*)?>")


@dataclass(frozen=True, slots=True)
class Link:
    """A link on its way to another tab: its new cells, its start tag without id, and its relation (empty if it leads to a
    cell)."""

    ref: str
    tag: bytes
    relation: bytes


class Links:
    """The links of one tab. `tail` is the XML after its rows, `relations` the part of the file with the addresses."""

    def __init__(self, tail: bytes, relations: bytes) -> None:
        self.tail, self.relations = tail, relations

    def of_rows(self, places: Mapping[int, int], columns: Mapping[int, int], title: str) -> list[Link]:
        """The links of the rows in `places` (old row → new row), for their new cells. One over several rows is one for
        each; one that leads to a cell of its own tab, `title`, leads to that tab from now on."""
        found = []
        for element in _LINK.findall(self.tail):
            opening = element[: element.index(b">") + 1]
            left, top, right, bottom = range_boundaries(attribute(opening, "ref") or "A1")
            for row in sorted(row for row in places if (top or 1) <= row <= (bottom or row)):
                id_ = _ID.search(opening)
                relation = self._relation(id_[1]) if id_ else b""
                within = [columns[column] for column in sorted(columns) if (left or 1) <= column <= (right or column)]
                for first, last in _runs(sorted(within)):
                    cells = f"{get_column_letter(first)}{places[row]}"
                    ref = cells if first == last else f"{cells}:{get_column_letter(last)}{places[row]}"
                    tag = _UID.sub(b"", opening)
                    found.append(Link(ref, tag if id_ else _leading_to(tag, title), relation))
        return found

    def add(self, links: Sequence[Link], namespace: str = _RELATIONSHIPS[0]) -> None:
        elements, known = [], dict[bytes, str]()
        for link in links:
            tag = (
                _ID.sub(b"", link.tag)
                .replace(f' xmlns:r="{namespace}"'.encode(), b"")
                .removesuffix(b"/>")
                .removesuffix(b">")
                + b"/>"
            )
            tag = with_attribute(tag, "ref", link.ref)
            if link.relation:
                if link.relation not in known:
                    known[link.relation] = self._related(link.relation)
                tag = tag.replace(
                    b"<hyperlink", f'<hyperlink xmlns:r="{namespace}" r:id="{known[link.relation]}"'.encode(), 1
                )
            elements.append(tag)
        container = _CONTAINER.search(self.tail)
        if container is not None and not container[0].endswith(b"/>"):
            place = container.end()
            self.tail = self.tail[:place] + b"".join(elements) + self.tail[place:]
            return
        after = _AFTER.search(self.tail)
        place = after.start() if after else 0
        self.tail = b"".join((self.tail[:place], b"<hyperlinks>", *elements, b"</hyperlinks>", self.tail[place:]))

    def relation_of(self, link: bytes) -> bytes:
        """What says where a link leads; empty for one that leads to a cell."""
        id_ = _ID.search(link[: link.index(b">") + 1])
        return self._relation(id_[1]) if id_ else b""

    def without_unused(self, links: Sequence[Link], sheet: bytes) -> bytes:
        """The relations without those of these links to which nothing on the tab leads any more."""
        relations = self.relations
        for link in links:
            id_ = (attribute(link.relation, "Id") or "").encode()
            if link.relation and not re.search(rb"""=\s*["']%b["']""" % re.escape(id_), sheet):
                relations = relations.replace(link.relation, b"", 1)
        return relations

    def without_strays(self, sheet: bytes) -> bytes:
        """The relations without the addresses to which nothing on the tab leads."""
        named = set(_VALUE.findall(sheet))

        def kept(found: re.Match[bytes]) -> bytes:
            address = (attribute(found[0], "Type") or "").endswith("/hyperlink")
            return b"" if address and (attribute(found[0], "Id") or "").encode() not in named else found[0]

        return _RELATION.sub(kept, self.relations)

    def _related(self, relation: bytes) -> str:
        """Add a relation under a free id, and return that."""
        new = self._free_id()
        added = with_attribute(relation, "Id", new)
        self.relations = self.relations.replace(b"</Relationships>", added + b"</Relationships>")
        if b"</Relationships>" not in self.relations:
            self.relations = re.sub(rb"/>\s*$", lambda _: b">" + added + b"</Relationships>", self.relations)
        return new

    def _relation(self, id_: bytes) -> bytes:
        for relation in _RELATION.findall(self.relations):
            if (attribute(relation, "Id") or "").encode() == id_:
                return bytes(relation)
        return b""

    def _free_id(self) -> str:
        taken = {attribute(relation, "Id") for relation in _RELATION.findall(self.relations)}
        return next(name for n in range(1, len(taken) + 2) if (name := f"rIdL{n}") not in taken)


def relationships_of(xml: bytes) -> str:
    """The namespace of relations in this sheet: it differs between the two kinds of file, transitional and strict."""
    return next((one for one in _RELATIONSHIPS[1:] if one.encode() in xml[:4000]), _RELATIONSHIPS[0])


def _runs(columns: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of neighbours."""
    first = None
    for at, column in enumerate(columns):
        first = column if first is None else first
        if at + 1 == len(columns) or columns[at + 1] != column + 1:
            yield first, column
            first = None


def _leading_to(tag: bytes, title: str) -> bytes:
    location = attribute(tag, "location")
    if location is None or not is_reference(location.removeprefix("#")):
        return tag
    named = title.replace("'", "''")
    return with_attribute(tag, "location", f"'{named}'!{location.removeprefix('#')}")
