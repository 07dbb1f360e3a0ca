"""Says in a file's own lists that there is a new part, and who points to it."""

from __future__ import annotations

import re
from itertools import count

from automation.workbooks.excel import refusals
from automation.workbooks.excel.xml.package import Package, relations_of
from automation.workbooks.excel.xml.xml_bytes import as_plain_utf8

_EMPTY = re.compile(rb"<(\w+)((?:\s[^<>]*)?)/>\s*$")


def with_child(package: Package, xml: bytes, root: bytes, new: bytes) -> bytes:
    """A part with one more element, at the end of its root. Raises LedgerError for a damaged one."""
    xml = _EMPTY.sub(rb"<\1\2></\1>", xml)
    end = xml.rfind(b"</%b" % root)
    if end < 0:
        raise refusals.damaged(package.name)
    return xml[:end] + new + xml[end:]


def list_part(package: Package, changed: dict[str, bytes], part: str, content_type: str) -> None:
    """Put a part into the file's list of parts, unless it is there. `changed` gets the new list."""
    types = package.name_of("[Content_Types].xml")
    plain = as_plain_utf8(changed.get(types) or package.part(types))
    if f'"/{part}"'.encode() not in plain:
        override = f'<Override PartName="/{part}" ContentType="{content_type}"/>'
        changed[types] = with_child(package, plain, b"Types", override.encode())


def point_to(package: Package, changed: dict[str, bytes], owner: str, part: str, relation: str) -> None:
    """Have a part (`""`: the file itself) point to another by this kind of relation. `changed` gets its relations."""
    where = package.name_of(relations_of(owner))
    plain = as_plain_utf8(changed[where]) if where in changed else package.relations(owner)
    free = next(f"rId{i}" for i in count(1) if f'"rId{i}"'.encode() not in plain.replace(b"'", b'"'))
    target = part if owner == "" else f"/{part}"
    one = f'<Relationship Id="{free}" Type="{relation}" Target="{target}"/>'
    changed[where] = with_child(package, plain, b"Relationships", one.encode())
