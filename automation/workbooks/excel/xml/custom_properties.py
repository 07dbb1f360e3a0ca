"""The properties of a workbook that anybody may add to it (File, Info, Properties, Advanced), kept in a part of their own.

One is read or put beside other people's, which stay as they are. Strict files have other namespaces than the usual ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

from automation.workbooks.excel.xml.new_parts import list_part, point_to, with_child
from automation.workbooks.excel.xml.package import Package
from automation.workbooks.excel.xml.xml_bytes import as_plain_utf8, attribute

_TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
_FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
"""The format id of every custom property."""
_FIRST_ID = 2
"""Ids 0 and 1 have other uses."""
_PROPERTY = re.compile(rb"<property(?=\s)[^<>]*?(?:/>|>.*?</property\s*>)", re.DOTALL)
_HEAD = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


@dataclass(frozen=True, slots=True)
class _Names:
    """The kind of relation, with the namespaces of the properties and of their values."""

    kind: str
    relation: str
    properties: str
    values: str


_OFFICE, _STRICT = "http://schemas.openxmlformats.org/officeDocument/2006", "http://purl.oclc.org/ooxml/officeDocument"
_USUAL_NAMES = _Names(
    "custom-properties",
    f"{_OFFICE}/relationships/custom-properties",
    f"{_OFFICE}/custom-properties",
    f"{_OFFICE}/docPropsVTypes",
)
_STRICT_NAMES = _Names(
    "customProperties",
    f"{_STRICT}/relationships/customProperties",
    f"{_STRICT}/customProperties",
    f"{_STRICT}/docPropsVTypes",
)


def custom_property(package: Package, name: str) -> list[str]:
    """The values of a property as texts: none, one, or several where programs wrote several."""
    part = _part(package)
    if part is None or part not in package.parts:
        return []
    nodes = package.tree(part).iterfind("{*}property")
    return ["".join(node.itertext()).strip() for node in nodes if _is(node.get("name"), name)]


def put_custom_property(package: Package, changed: dict[str, bytes], name: str, value: str) -> None:
    """Set a property. `changed` holds the parts already changed, and gets the new ones. Raises LedgerError."""
    part = _part(package)
    if part is not None and part in package.parts:
        plain = as_plain_utf8(changed.get(part) or package.part(part))
        strict = package.tree(part).tag.startswith(f"{{{_STRICT_NAMES.properties}}}")
        changed[part] = _with_property(package, plain, name, value, _STRICT_NAMES if strict else _USUAL_NAMES)
        return
    names = _STRICT_NAMES if _STRICT in package.relations("").decode() else _USUAL_NAMES
    empty = _HEAD + f'<Properties xmlns="{names.properties}"></Properties>'.encode()
    made = part or next(one for one in _free_names() if one.lower() not in {name.lower() for name in package.parts})
    changed[made] = _with_property(package, empty, name, value, names)
    list_part(package, changed, made, _TYPE)
    if part is None:
        point_to(package, changed, "", made, names.relation)


def _part(package: Package) -> str | None:
    related = package.related("")
    return next((related[names.kind] for names in (_USUAL_NAMES, _STRICT_NAMES) if names.kind in related), None)


def _free_names() -> Iterator[str]:
    yield "docProps/custom.xml"
    yield from (f"docProps/custom{number}.xml" for number in count(1))


def _is(name: str | None, wanted: str) -> bool:
    return (name or "").casefold() == wanted.casefold()


def _with_property(package: Package, plain: bytes, name: str, value: str, names: _Names) -> bytes:
    from xml.sax.saxutils import escape, quoteattr  # brings all of urllib and TLS along, which reading does not need

    others = _PROPERTY.sub(lambda one: b"" if _is(attribute(_opening(one[0]), "name"), name) else one[0], plain)
    ids = [int(attribute(_opening(one), "pid") or 0) for one in _PROPERTY.findall(others)]
    new = (
        f'<property fmtid="{_FORMAT}" pid="{max(ids, default=_FIRST_ID - 1) + 1}" name={quoteattr(name)}>'
        f'<vt:lpwstr xmlns:vt="{names.values}">{escape(value)}</vt:lpwstr></property>'
    )
    return with_child(package, others, b"Properties", new.encode())


def _opening(element: bytes) -> bytes:
    return element[: element.index(b">") + 1]
