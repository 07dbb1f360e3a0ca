"""What a register says by its looks: the colour of its lines, and the notes on its cells."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from lxml import etree

from automation.workbooks.excel.xml.cell_xml import place_of
from automation.workbooks.excel.xml.package import Package

_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*?)(/?)>")
_STYLE = re.compile(rb"<(?:\w+:)?c\b[^>]*?\bs=\"(\d+)\"")
_NUMBER = re.compile(rb"\br=\"(\d+)\"")

Looks = tuple[Mapping[tuple[int, int], str], Mapping[int, str]]


def looks_of(package: Package, title: str, xml: bytes) -> Looks:
    """The notes on the cells of a tab by row and column, and the colours of its rows."""
    return _notes(package, title), _colours(package, xml)


def _notes(package: Package, title: str) -> dict[tuple[int, int], str]:
    part = package.related(package.sheets[title]).get("comments")
    if part is None:
        return {}
    found = {}
    for node in etree.fromstring(package.part(part), _PARSER).iter("{*}comment"):
        text = "".join(one.text or "" for one in node.iter("{*}t")).strip()
        if text:
            found[place_of(node.get("ref", "A1"))] = text
    return found


def _colours(package: Package, xml: bytes) -> dict[int, str]:
    """The fill of each row that has the same one in most of its cells."""
    fills = _fills(package)
    if not fills:
        return {}
    starts = [*_ROW.finditer(xml)]
    ends = [one.start() for one in starts[1:]] + [len(xml)]
    found, row = {}, 0
    for start, end in zip(starts, ends, strict=True):
        number = _NUMBER.search(start[1])
        row = int(number[1]) if number else row + 1
        styles = [int(one) for one in _STYLE.findall(xml, start.end(), end)]
        colours = Counter(fills.get(style, "") for style in styles)
        if colours:
            colour, times = colours.most_common(1)[0]
            if colour and 2 * times > len(styles):
                found[row] = colour
    return found


def _fills(package: Package) -> dict[int, str]:
    """The colour of each cell style that has one (`C6EFCE`); white is none."""
    part = package.related_to_workbook("styles")
    if part is None:
        return {}
    root = etree.fromstring(package.part(part), _PARSER)
    fills = [_colour(fill) for fill in root.iterfind("{*}fills/{*}fill")]
    styles = enumerate(root.iterfind("{*}cellXfs/{*}xf"))
    by_style = {at: int(style.get("fillId", "0")) for at, style in styles}
    return {at: fills[fill] for at, fill in by_style.items() if fill < len(fills) and fills[fill]}


def _colour(fill: etree._Element) -> str:
    pattern = fill.find("{*}patternFill")
    if pattern is None or pattern.get("patternType") != "solid":
        return ""
    colour = pattern.find("{*}fgColor")
    rgb = (colour.get("rgb") or "") if colour is not None else ""
    return "" if rgb[-6:].upper() in ("FFFFFF", "") else rgb[-6:].upper()
