"""Reads and changes XML as bytes, so that whatever is not changed stays byte for byte.

This relies on three things, which `as_plain_utf8` ensures: UTF-8, no prefix on the main namespace, and no comments or
CDATA sections, which could contain something that looks like a tag.
"""

from __future__ import annotations

import re
from functools import cache
from xml.etree import ElementTree as XmlTree

_ROOT = re.compile(rb"<(?:([\w.-]+):)?\w+(?=[\s/>])[^<>]*>")


def as_plain_utf8(xml: bytes) -> bytes:
    """The same part in the form that this module understands; nearly always `xml` itself."""
    root = _ROOT.search(xml, 0, 10_000)
    head = xml[: root.start()] if root else xml[:200]
    encoding = re.search(rb"""encoding=["']([^"']*)""", head)
    is_utf8 = encoding is None or encoding[1].lower() in (b"utf-8", b"utf8", b"us-ascii")
    if root and root[1] is None and is_utf8 and b"<!" not in xml:
        return xml
    from lxml import etree  # few files are not plain, and reading the others need not wait for it

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=True, remove_comments=True, strip_cdata=True
    )
    tree = etree.fromstring(xml, parser)
    text = etree.tostring(tree, encoding="UTF-8", xml_declaration=True, standalone=True)
    prefix = (tree.prefix or "").encode()
    if not prefix:
        return text
    # After serialising, "<" can only begin a tag, so the prefix can go from all of them alike.
    text = re.sub(rb"(</?)%b:" % re.escape(prefix), rb"\1", text)
    return text.replace(b"xmlns:%b=" % prefix, b"xmlns=", 1)


@cache
def _attribute_pattern(name: str) -> re.Pattern[bytes]:
    return re.compile(rb"""\s%b\s*=\s*(?:"([^"]*)"|'([^']*)')""" % re.escape(name.encode()))


def attribute(tag: bytes, name: str) -> str | None:
    """An attribute of a start tag, unescaped; None if it has none."""
    found = _attribute_pattern(name).search(tag)
    if found is None:
        return None
    value: bytes = found[1] if found[1] is not None else found[2]
    return text_of(value)


def with_attribute(tag: bytes, name: str, value: str | None) -> bytes:
    """The start tag with an attribute set, or removed if `value` is None."""
    from xml.sax.saxutils import quoteattr  # brings all of urllib and TLS along, which reading does not need

    new = b"" if value is None else f" {name}={quoteattr(value)}".encode()
    pattern = _attribute_pattern(name)
    if pattern.search(tag):
        return pattern.sub(lambda _: new, tag, count=1)
    end = -2 if tag.endswith(b"/>") else -1
    return tag[:end].rstrip() + new + tag[end:]


_NAMED = {b"amp": b"&", b"lt": b"<", b"gt": b">", b"quot": b'"', b"apos": b"'"}
_ENTITY = re.compile(rb"&(amp|lt|gt|quot|apos|#(?:[1-9]\d{2,3}|[1-4]\d{4}));")
"""What nearly every `&` begins. The numbers are of characters that XML has a place for; others are left to a parser."""


def _meant(entity: re.Match[bytes]) -> bytes:
    named = _NAMED.get(entity[1])
    return chr(int(entity[1][1:])).encode() if named is None else named


def text_of(content: bytes) -> str:
    """The text of a piece of XML without tags, unescaped."""
    if b"&" not in content:
        return content.decode()
    if b"\r" not in content and content.count(b"&") == len(_ENTITY.findall(content)):
        return _ENTITY.sub(_meant, content).decode()
    return XmlTree.fromstring(b"<t>" + content + b"</t>").text or ""  # noqa: S314  (no document type: nothing to unfold)
