"""Puts fresh notes on a tab that people have: into its two parts for notes, or into new ones if it has none."""

from __future__ import annotations

import re
from collections.abc import Collection

from lxml import etree

from automation.workbooks.excel.graft.additions import Additions
from automation.workbooks.excel.xml.cell_xml import place_of
from automation.workbooks.excel.xml.children import Children, items_of, own_attribute, with_own_attribute
from automation.workbooks.excel.xml.xml_bytes import text_of

_BOX = "{urn:schemas-microsoft-com:vml}shape"
_BOX_TYPE = "{urn:schemas-microsoft-com:vml}shapetype"
_COLUMN = ".//{urn:schemas-microsoft-com:office:excel}Column"
_ID = re.compile(rb"""\s(?:\w+:)?id\s*=\s*["']([^"']*)["']""")
_SPACE = re.compile(rb'\sxmlns:\w+="[^"]*"')
_FIRST_FREE_BOX = 4000


def with_notes(additions: Additions, part: str, fresh_part: str, shell: Children, columns: Collection[int]) -> None:
    """Put the notes of these columns' headers on the tab. `shell` is the tab's XML but for its rows."""
    theirs = {relation.type.rpartition("/")[2]: relation.target for relation in additions.fresh.relations(fresh_part)}
    if "comments" not in theirs:
        return
    there = additions.package.related(part).get("comments")
    if there is None:
        additions.relate(part, "comments", additions.bring(theirs["comments"]))
    else:
        notes = additions.fresh.part(theirs["comments"])
        additions.changed[there] = _with_texts(additions.plain(there), notes, columns)
    box_part = _boxes_of(additions, part, shell)
    if box_part is None:
        id_ = additions.relate(part, "vmlDrawing", additions.bring(theirs["vmlDrawing"]))
        shell.put("legacyDrawing", additions.link("legacyDrawing", id_))
    else:
        boxes = additions.fresh.part(theirs["vmlDrawing"])
        additions.changed[box_part] = _with_boxes(additions.package.part(box_part), boxes, columns)


def _boxes_of(additions: Additions, part: str, shell: Children) -> str | None:
    """Where the tab keeps its boxes; a picture in a page's header is kept in the same kind of part."""
    pointer = shell.get("legacyDrawing")
    found = _ID.search(pointer) if pointer else None
    return additions.package.targets(part).get(found[1].decode()) if found else None


def _with_texts(comments: bytes, notes: bytes, columns: Collection[int]) -> bytes:
    fresh = Children(notes)
    author = items_of(fresh.get("authors"))[0]
    chosen = [note for note in items_of(fresh.get("commentList")) if _column(note) in columns]
    own = Children(comments, "authors commentList extLst")
    names = [_name(one) for one in items_of(own.get("authors"))]
    if _name(author) not in names:
        own.add_items("authors", [author])
        names.append(_name(author))
    number = str(names.index(_name(author)))
    own.add_items("commentList", [with_own_attribute(note, "authorId", number) for note in chosen])
    return own.xml()


def _name(author: bytes) -> str:
    return text_of(re.sub(rb"<[^<>]*>", b"", author))


def _column(note: bytes) -> int:
    return place_of(own_attribute(note, "ref") or "A1")[1]


def _with_boxes(vml: bytes, fresh: bytes, columns: Collection[int]) -> bytes:
    """The boxes with those of these columns added before the end. Excel's own are not always well-formed XML."""
    root = etree.fromstring(fresh)
    taken = {found[1] for found in _ID.finditer(vml)}
    free = (name for number in range(_FIRST_FREE_BOX, 2_000_000) if (name := f"_x0000_s{number}").encode() not in taken)
    added = []
    for shape in root.iter(_BOX):
        place = shape.find(_COLUMN)
        if place is not None and int(place.text or 0) + 1 in columns:
            shape.set("id", next(free))
            added.append(shape)
    kinds = [kind for kind in root.iter(_BOX_TYPE) if (kind.get("id") or "").encode() not in taken]
    end, known = vml.rindex(b"</"), {found[0].strip() for found in _SPACE.finditer(vml[: vml.index(b">") + 1])}
    return vml[:end] + b"".join(_alone(element, known) for element in (*kinds, *added)) + vml[end:]


def _alone(element: etree._Element, known: Collection[bytes]) -> bytes:
    """The element by itself, without the namespaces that its new surroundings know."""
    element.tail = None
    xml = etree.tostring(element, method="c14n", exclusive=True)
    end = xml.index(b">")
    return _SPACE.sub(lambda found: b"" if found[0].strip() in known else found[0], xml[:end]) + xml[end:]
