"""Elements of Office's XML, made from tags and plain values, so that text can never become markup."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "c": "http://schemas.openxmlformats.org/drawingml/2006/chart",
    "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
}
RELATION = f"{{{NAMESPACES['r']}}}id"
"""The attribute with the id of a relation."""
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes elements of one namespace. In Word's own, attributes belong to the namespace too."""

    prefix: str

    def __call__(
        self, tag: str, *children: etree._Element, text: str | None = None, **attributes: str
    ) -> etree._Element:
        space = f"{{{NAMESPACES[self.prefix]}}}"
        own = space if self.prefix == "w" else ""
        made = etree.Element(space + tag, nsmap=NAMESPACES)
        for name, value in attributes.items():
            made.set(own + name, value)
        if text is not None:
            made.text = text
            if self.prefix == "w":
                made.set(_SPACE, "preserve")
        made.extend(children)
        return made


w, wp, a, c = (Maker(prefix) for prefix in ("w", "wp", "a", "c"))
