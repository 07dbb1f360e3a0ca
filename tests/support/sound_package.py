"""Whether an `.xlsx` file is sound, by the rules for which Excel offers to repair one."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from automation.workbooks.excel.xml.children import STYLE_SHEET, WORKBOOK, WORKSHEET

Parts = Mapping[str, bytes]
TRANSITIONAL = re.compile(rb"http://schemas\.openxmlformats\.org/(?:officeDocument|spreadsheetml|drawingml)/2006/")
STRICT = b"http://purl.oclc.org/ooxml/"
COUNTED = [
    "numFmts",
    "fonts",
    "fills",
    "borders",
    "cellStyleXfs",
    "cellXfs",
    "cellStyles",
    "dxfs",
    "dataValidations",
    "mergeCells",
    "tableParts",
]


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def faults(data: bytes) -> list[str]:
    """What is wrong with the file; nothing if it is sound."""
    parts = parts_of(data)
    sheets = [name for name in parts if re.match(r"xl/worksheets/\w+\.xml", name)]
    return [
        *_relations(parts),
        *_types(parts),
        *_dialects(parts),
        *_children(
            parts, {"xl/workbook.xml": WORKBOOK, "xl/styles.xml": STYLE_SHEET, **dict.fromkeys(sheets, WORKSHEET)}
        ),
        *_styles(parts, sheets),
        *_book(parts),
        *_notes(parts),
    ]


def _relations(parts: Parts) -> Iterator[str]:
    for name, content in parts.items():
        folder, own = posixpath.split(name)
        source = posixpath.join(posixpath.dirname(folder), own.removesuffix(".rels")) if name.endswith(".rels") else ""
        for node in etree.fromstring(content).iterfind("{*}Relationship") if source or name == "_rels/.rels" else ():
            where = posixpath.normpath(posixpath.join("/", posixpath.dirname(source), node.get("Target", ""))).lstrip(
                "/"
            )
            if node.get("TargetMode") != "External" and where not in parts:
                yield f"{name}: {node.get('Id')} leads to {where}, which is not there"
    for name, content in parts.items():
        if not name.endswith(".xml") or name.startswith("["):
            continue
        ids = re.findall(rb'\sr:(?:id|embed|link|pict)="([^"]+)"', content)
        folder, own = posixpath.split(name)
        listed = re.findall(rb'\sId="([^"]+)"', parts.get(f"{folder}/_rels/{own}.rels", b""))
        yield from (f"{name}: no relation {one!r}" for one in ids if one not in listed)
        yield from (f"{name}: relation {one!r} twice" for one, times in Counter(listed).items() if times > 1)


def _types(parts: Parts) -> Iterator[str]:
    types = etree.fromstring(parts["[Content_Types].xml"])
    named = [node.get("PartName", "").lstrip("/") for node in types.iterfind("{*}Override")]
    usual = {node.get("Extension") for node in types.iterfind("{*}Default")} - {"xml"}
    yield from (
        f"{name}: no content type"
        for name in parts
        if name not in named and name.rpartition(".")[2] not in usual and not name.startswith("[")
    )
    yield from (f"{name}: a type, and no part" for name in named if name not in parts)
    yield from (f"{name}: two types" for name, times in Counter(named).items() if times > 1)


def _dialects(parts: Parts) -> Iterator[str]:
    strict = STRICT in parts["xl/workbook.xml"]
    for name, content in parts.items():
        if name.startswith("xl/") and (TRANSITIONAL.search(content) if strict else STRICT in content):
            yield f"{name}: the other dialect"


def _children(parts: Parts, orders: Mapping[str, str]) -> Iterator[str]:
    for name, order in orders.items():
        ranks = order.split()
        found = [etree.QName(node).localname for node in etree.fromstring(parts[name]) if isinstance(node.tag, str)]
        known = [ranks.index(one) for one in found if one in ranks]
        if known != sorted(known):
            yield f"{name}: children in the order {found}"
        yield from (
            f"{name}: {one} twice"
            for one, times in Counter(found).items()
            if times > 1 and one not in ("conditionalFormatting", "AlternateContent")
        )
        for node in etree.fromstring(parts[name]).iter():
            if (
                isinstance(node.tag, str)
                and etree.QName(node).localname in COUNTED
                and node.get("count") not in (None, str(len(node)))
            ):
                yield f"{name}: {node.tag} counts {node.get('count')} and has {len(node)}"


def _styles(parts: Parts, sheets: Sequence[str]) -> Iterator[str]:
    styles = etree.fromstring(parts["xl/styles.xml"])
    size = {name: len(styles.findall(f"{{*}}{name}/*")) for name in COUNTED}
    for node in styles.iterfind("{*}cellXfs/{*}xf"):
        for key, name in (("fontId", "fonts"), ("fillId", "fills"), ("borderId", "borders"), ("xfId", "cellStyleXfs")):
            if int(node.get(key, "0")) >= size[name]:
                yield f"a style with {key} {node.get(key)} of {size[name]}"
    for sheet in sheets:
        used = {int(one) for one in re.findall(rb'<(?:c|row|col)\s[^<>]*?\s(?:s|style)="(\d+)"', parts[sheet])}
        looks = {int(one) for one in re.findall(rb'\sdxfId="(\d+)"', parts[sheet])}
        if max(used, default=0) >= size["cellXfs"] or max(looks, default=-1) >= size["dxfs"]:
            yield f"{sheet}: a style that is not there"


def _book(parts: Parts) -> Iterator[str]:
    book = etree.fromstring(parts["xl/workbook.xml"])
    sheets = book.findall("{*}sheets/{*}sheet")
    for key in ("name", "sheetId"):
        yield from (
            f"two tabs with {key} {one}"
            for one, times in Counter((node.get(key) or "").lower() for node in sheets).items()
            if times > 1
        )
    names = [
        (node.get("name", "").lower(), node.get("localSheetId"))
        for node in book.iterfind("{*}definedNames/{*}definedName")
    ]
    yield from (f"the name {one} twice" for one, times in Counter(names).items() if times > 1)
    yield from (f"the name {one} of a tab that is not there" for one, at in names if int(at or 0) >= len(sheets))
    ids = {
        node.get("Id"): node.get("Target", "").lstrip("/").removeprefix("xl/")
        for node in etree.fromstring(parts["xl/_rels/workbook.xml.rels"])
    }
    front = int(
        (
            book.find("{*}bookViews/{*}workbookView").attrib
            if book.find("{*}bookViews/{*}workbookView") is not None
            else {}
        ).get("activeTab", "0")
    )
    for at, node in enumerate(sheets):
        part = ids[next(value for key, value in node.items() if key.endswith("}id"))]
        if b'tabSelected="1"' in parts[f"xl/{part}"] and at != front:
            yield f"{node.get('name')} is selected, and tab {front} is in front"


def _notes(parts: Parts) -> Iterator[str]:
    for name, content in parts.items():
        if re.search(r"/comments\w*\.xml$|/comment\d+\.xml$", name):
            root = etree.fromstring(content)
            places = Counter(node.get("ref") for node in root.iter("{*}comment"))
            yield from (f"{name}: two notes on {one}" for one, times in places.items() if times > 1)
            last = max(int(node.get("authorId", "0")) for node in root.iter("{*}comment"))
            if last >= len(root.findall("{*}authors/{*}author")):
                yield f"{name}: an author that is not there"
        if name.endswith(".vml"):
            ids = Counter(re.findall(rb'<(?:\w+:)?shape\s(?:[^<>]*?\s)?id="([^"]+)"', content))
            yield from (f"{name}: two boxes {one!r}" for one, times in ids.items() if times > 1)
