"""The elements of a part, each with the places of its bytes, so that one value can be changed and all else stays.

Boxes (VML) that Excel writes are not always well-formed, so an end without a beginning counts for nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape

from automation.workbooks.excel.xml.namespaces import PREFIX
from automation.workbooks.excel.xml.xml_bytes import as_plain_utf8, text_of

UNKNOWN = "?"
"""Stands for the prefix of every namespace that is not in `namespaces`."""
NO_NAMESPACE = "none"

_TOKEN = re.compile(
    rb"<(?:!--.*?-->|\?.*?\?>|![^>]*>|/([^\s<>/]+)\s*>"
    rb"|([^\s<>/!?]+)((?:[^<>\"'/]|\"[^\"]*\"|'[^']*'|/(?!>))*)(/?)>)",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(rb"""([^\s="'<>/]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_ENCODING = re.compile(rb"""<\?xml[^<>]*?encoding=["']([^"']*)["']""")
_QUOTES = {'"': "&quot;", "'": "&apos;"}


class Element:
    """An element: from `start` to `end` in the bytes of its part, its content from `content` to `close`."""

    __slots__ = (
        "_attributes", "_written", "children", "close", "content", "end", "name", "parent", "scope", "start", "tag", "xml",
    )  # fmt: skip

    def __init__(self, xml: bytes, tag: re.Match[bytes], parent: Element | None) -> None:
        self.xml, self.parent, self.tag = xml, parent, tag[2]
        self.start, self.content = tag.span()
        self.close = self.end = self.content
        self.children: list[Element] = []
        self.scope: Mapping[bytes, str] = parent.scope if parent else {b"xml": "xml"}
        self._written = tag.span(3)
        self._attributes: Mapping[str, tuple[int, int]] | None = None
        if b"xmlns" in tag[3]:
            declared = {
                name[6:]: PREFIX.get(xml[slice(*span)].decode("utf-8", "replace").strip(), UNKNOWN)
                for name, span in self._all_written()
                if _declares(name)
            }
            self.scope = {**self.scope, **declared}
        self.name = self._called(tag[2], b"")

    @property
    def attributes(self) -> Mapping[str, tuple[int, int]]:
        """The places of its attributes' values, worked out when somebody asks: of most elements nobody does."""
        if self._attributes is None:
            self._attributes = {
                self._called(name, None): span for name, span in self._all_written() if not _declares(name)
            }
        return self._attributes

    def _all_written(self) -> Iterator[tuple[bytes, tuple[int, int]]]:
        for found in _ATTRIBUTE.finditer(self.xml, *self._written):
            yield found[1], found.span(2 if found[2] is not None else 3)

    @classmethod
    def alone(cls, name: str) -> Element:
        """An element without anything in or around it."""
        found = root_of(f"<{name}/>".encode())
        assert found is not None
        return found

    def _called(self, name: bytes, without: bytes | None) -> str:
        prefix, colon, local = name.rpartition(b":")
        if not colon and without is None:
            return local.decode("utf-8", "replace")
        found = self.scope.get(prefix, UNKNOWN if prefix else NO_NAMESPACE)
        return f"{found}:{local.decode('utf-8', 'replace')}".removeprefix(":")

    def attribute(self, name: str) -> str | None:
        """An attribute, unescaped; None if there is none."""
        span = self.attributes.get(name)
        return None if span is None else _unescaped(self.xml[slice(*span)])

    @property
    def text(self) -> str:
        """The text of an element without others in it."""
        return "" if self.children else _unescaped(self.xml[self.content : self.close])

    @property
    def path(self) -> str:
        """The names of the elements around it and its own, such as `sheetViews/sheetView/pane`."""
        return self.name if self.parent is None else f"{self.parent.path}/{self.name}"

    def around(self, *names: str) -> Element | None:
        """The nearest element of one of these names around it, or itself."""
        at: Element | None = self
        while at is not None and at.name not in names:
            at = at.parent
        return at

    def child(self, name: str) -> Element | None:
        return next((one for one in self.children if one.name == name), None)

    def __iter__(self) -> Iterator[Element]:
        """It and every element within, in the order of the part."""
        yield self
        for one in self.children:
            yield from one


def _declares(name: bytes) -> bool:
    return name == b"xmlns" or name.startswith(b"xmlns:")


def root_of(xml: bytes) -> Element | None:
    """The outermost element; None if this is no XML. `xml` is as `readable` gives it."""
    root: Element | None = None
    at: Element | None = None
    for tag in _TOKEN.finditer(xml):
        if tag[2] is not None:
            if root is not None and at is None:
                break
            one = Element(xml, tag, at)
            if at is not None:
                at.children.append(one)
            root = root or one
            at = at if tag[4] else one
        elif tag[1] is not None and at is not None:
            at = _closed(at, tag)
    return root


def _closed(at: Element, tag: re.Match[bytes]) -> Element | None:
    """What is around the element that this end tag ends."""
    ended: Element | None = at
    while ended is not None and ended.tag != tag[1]:
        ended = ended.parent
    if ended is None:
        return at
    while at is not ended:
        at.close = at.end = tag.start()
        assert at.parent is not None
        at = at.parent
    ended.close, ended.end = tag.span()
    return ended.parent


def kind_of(xml: bytes) -> str:
    """The name of the outermost element; empty if this is no XML."""
    head = xml[:4000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not head.startswith(b"<"):
        return ""
    first = next((tag for tag in _TOKEN.finditer(xml, 0, 20_000) if tag[2] is not None), None)
    return Element(xml, first, None).name if first else ""


def readable(xml: bytes) -> bytes:
    """The part as UTF-8 without CDATA or a document type; nearly always `xml` itself."""
    head = xml[:1000]
    encoding = _ENCODING.search(head)
    known = encoding is None or encoding[1].lower() in (b"utf-8", b"utf8", b"us-ascii")
    if known and b"\0" not in head[:4] and b"<!DOCTYPE" not in xml and b"<![CDATA[" not in xml:
        return xml
    return as_plain_utf8(xml)


class Changes:
    """Changes to a part, collected place by place."""

    def __init__(self, root: Element) -> None:
        self._root = root
        self._new: dict[tuple[int, int], bytes] = {}
        self._dropped: list[Element] = []

    def set_attribute(self, element: Element, name: str, value: str) -> None:
        self._new[element.attributes[name]] = escape(value, _QUOTES).encode()

    def set_text(self, element: Element, text: str) -> None:
        self._new[element.content, element.close] = escape(text).encode()

    def drop(self, element: Element) -> None:
        """Take an element out, and those around it that only held it: Excel calls a file damaged if a list is empty."""
        self._dropped.append(element)

    def made(self) -> bytes:
        """The part with all changes."""
        gone: set[Element] = set(self._dropped)
        for element in self._dropped:
            self._empty(element.parent, gone)
        pieces = {(one.start, one.end): b"" for one in gone if not (one.parent and _within(one.parent, gone))}
        for element in {one.parent for one in gone if one.parent is not None} - gone:
            if "count" in element.attributes:
                pieces[element.attributes["count"]] = str(sum(one not in gone for one in element.children)).encode()
        kept = {
            span: new for span, new in self._new.items() if not any(a <= span[0] and span[1] <= b for a, b in pieces)
        }
        xml, done, out = self._root.xml, 0, []
        for (start, end), new in sorted({**kept, **pieces}.items()):
            if start >= done:
                out += [xml[done:start], new]
                done = end
        return b"".join([*out, xml[done:]])

    def _empty(self, element: Element | None, gone: set[Element]) -> None:
        while element is not None and element.name in _LISTS and all(one in gone for one in element.children):
            gone.add(element)
            element = element.parent


_LISTS = frozenset({
    "mergeCells", "dataValidations", "protectedRanges", "ignoredErrors", "cellWatches", "rowBreaks", "hyperlinks", "ext", "extLst",
    "x14:conditionalFormattings", "x14:dataValidations", "x14:protectedRanges", "x14:ignoredErrors",
})  # fmt: skip
"""Elements that may not be empty."""


def _within(element: Element, others: set[Element]) -> bool:
    at: Element | None = element
    while at is not None:
        if at in others:
            return True
        at = at.parent
    return False


def _unescaped(content: bytes) -> str:
    try:
        return text_of(content)
    except (SyntaxError, UnicodeDecodeError):  # an entity that nobody declared, in a box
        return content.decode("utf-8", "replace")
