"""Moves rows of one tab to the end of another inside the file's XML.

Cells, looks, heights, links and notes go along, the rows below move up, and whatever pointed at them still does. What
cannot go along is found beforehand (`bound`), so that its row stays and can say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from automation.ledger.workbook import RowMove
from automation.pages.page import reference
from automation.workbooks.excel.xml import comments as comment_parts
from automation.workbooks.excel.xml import formulas as formula_cells
from automation.workbooks.excel.xml import row_ranges
from automation.workbooks.excel.xml.cell_xml import place_of
from automation.workbooks.excel.xml.hyperlinks import Links
from automation.workbooks.excel.xml.package import Package, relations_of
from automation.workbooks.excel.xml.references import Gone, as_xml, pointed_at, shifted
from automation.workbooks.excel.xml.worksheet import Worksheet
from automation.workbooks.excel.xml.xml_bytes import as_plain_utf8, attribute, text_of, with_attribute

_FORMULA = re.compile(rb"(<(?:\w+:)?(?:f|formula|formula1|formula2|definedName)(?:\s[^<>]*)?>)([^<]*)(</)")
_MERGED = re.compile(rb"<mergeCell\s[^<>]*>")
_ROW_OF_PICTURE = re.compile(rb"<(?:\w+:)?from>.*?<(?:\w+:)?row>(\d+)</(?:\w+:)?row>", re.DOTALL)
_ANY_PICTURE_ROW = re.compile(rb"(<(?:\w+:)?row>)(\d+)(</(?:\w+:)?row>)")

Parts = dict[str, bytes]


def bound(package: Package, source: str, target: str, rows: Sequence[int]) -> dict[int, str]:
    """The rows of `source` that cannot move to `target` whole, each with the key of what holds it, such as `merged`."""
    to_move, found = frozenset(rows), dict[int, str]()
    part = package.sheets[source]
    xml = as_plain_utf8(package.part(part))
    related, theirs = package.related(part), package.related(package.sheets[target])
    formulas = list(formula_cells.formulas(xml)) if formula_cells.has_formulas(xml) else []
    if any(one.kind in ("array", "dataTable") for one in formulas):
        return dict.fromkeys(rows, "array")
    found.update({one.row: "formula" for one in formulas if one.row in to_move})
    for tag in _MERGED.findall(xml):
        first, last = _rows_of(attribute(tag, "ref") or "A1")
        found.update({row: "merged" for row in range(first, last + 1) if row in to_move})
    if "drawing" in related:
        pictures = _ROW_OF_PICTURE.findall(package.part(related["drawing"]))
        found.update({int(row) + 1: "picture" for row in pictures if int(row) + 1 in to_move})
    if "threadedComment" in related or not {"comments", "vmlDrawing"} <= theirs.keys():
        rows_with_notes = comment_parts.rows(package.part(related["comments"])) if "comments" in related else set()
        found.update(dict.fromkeys(rows_with_notes & to_move, "note"))
    gone = Gone(rows)
    for span in row_ranges.extended_ranges(Worksheet(xml).around[1]):
        if not gone.references(span):  # else its rule would be left without a range
            found.update({row: "referred" for row in rows if _touches(span, row)})
    for first, last in _pointed_at(package, source):
        if first == last and first in to_move:
            found[first] = "referred"
        elif all(row in to_move for row in range(first, min(last, first + len(to_move)) + 1)):
            found.update(dict.fromkeys(range(first, last + 1), "referred"))
    return {row: what for row, what in found.items() if row in to_move}


def moved(package: Package, changed: Parts, move: RowMove) -> None:
    """Make the move on the parts of the file. `changed` holds those already changed, and gets the new ones."""
    moving = _Moving(package, changed, move)
    source, target = Worksheet(_without_shared(moving.plain(moving.home))), Worksheet(moving.plain(moving.away))
    _carry(source, target, move)
    source.close_up(moving.gone)
    moving.carry_links(source, target)
    changed[moving.home], changed[moving.away] = source.xml(), target.xml()
    moving.carry_notes()
    moving.close_up_pictures()
    moving.close_up_tables()
    moving.point_anew()


class _Moving:
    """A move and the file it is made in. `home` and `away` are the parts of its two tabs, `places` maps old rows to
    new."""

    def __init__(self, package: Package, changed: Parts, move: RowMove) -> None:
        self.package, self.changed, self.move = package, changed, move
        self.gone = Gone(move.rows)
        self.home, self.away = package.sheets[move.source], package.sheets[move.target]
        self.places = dict(zip(move.rows, move.to, strict=True))

    def part(self, name: str) -> bytes:
        """A part as it is by now."""
        return self.changed.get(name) or self.package.part(name)

    def plain(self, name: str) -> bytes:
        return as_plain_utf8(self.part(name))

    def links(self, sheet: Worksheet, part: str) -> Links:
        return Links(sheet.around[1], self.changed.get(relations_of(part)) or self.package.relations(part))

    def carry_links(self, source: Worksheet, target: Worksheet) -> None:
        links = self.links(source, self.home)
        carried = links.taken(self.places, self.move.columns)
        head = row_ranges.closed_up_head(source.around[0], self.gone)
        source.set_around(head, row_ranges.closed_up(links.tail, self.gone, self.move.source))
        if not carried:
            return
        self.changed[relations_of(self.home)] = links.relations
        theirs = self.links(target, self.away)
        theirs.add(carried)
        target.set_around(target.around[0], theirs.tail)
        self.changed[relations_of(self.away)] = theirs.relations

    def carry_notes(self) -> None:
        ours, theirs = self.package.related(self.home), self.package.related(self.away)
        if "comments" not in ours:
            return
        gone, places, columns = self.gone, self.places, self.move.columns
        comments, carried = comment_parts.closed_up(self.part(ours["comments"]), gone, places, columns)
        self.changed[ours["comments"]] = comments
        if "vmlDrawing" in ours:
            boxes, shapes = comment_parts.boxes_closed_up(self.part(ours["vmlDrawing"]), gone, places, columns)
            self.changed[ours["vmlDrawing"]] = boxes
            if shapes:
                with_boxes = comment_parts.with_boxes(self.part(theirs["vmlDrawing"]), shapes)
                self.changed[theirs["vmlDrawing"]] = with_boxes
        if carried:
            self.changed[theirs["comments"]] = comment_parts.with_notes(self.part(theirs["comments"]), carried)

    def close_up_pictures(self) -> None:
        drawing = self.package.related(self.home).get("drawing")
        if drawing is not None:
            self.changed[drawing] = _ANY_PICTURE_ROW.sub(
                lambda found: found[1] + str(self.gone.new(int(found[2]) + 1) - 1).encode() + found[3],
                self.part(drawing),
            )

    def close_up_tables(self) -> None:
        for table in self.package.all_related(self.home, "table"):
            self.changed[table] = row_ranges.closed_up_table(self.plain(table), self.gone)

    def point_anew(self) -> None:
        """Adjust every formula and name, in any part, that points at a row of the tab."""
        for name, at_home in _with_formulas(self.package, self.move.source):
            xml = self.plain(name)

            def adjusted(found: re.Match[bytes], home: bool = at_home) -> bytes:
                old = text_of(found[2])
                new = shifted(old, self.move.source, self.gone, at_home=home)
                return found[0] if new == old else found[1] + as_xml(new) + found[3]

            new = (_CELL_FORMULA if at_home else _FORMULA).sub(adjusted, xml)
            if new != xml:
                self.changed[name] = new


def _carry(source: Worksheet, target: Worksheet, move: RowMove) -> None:
    """Copy the cells to their new places, otherwise unchanged."""
    taken = {row: source.taken(row) for row in move.rows}
    cells = {
        to: {move.columns[column]: element for column, element in taken[row][1].items() if column in move.columns}
        for row, to in zip(move.rows, move.to, strict=True)
    }
    target.write(cells, _as_it_was, lambda _: False)  # type: ignore[arg-type]  # XML elements, not values
    for row, to in zip(move.rows, move.to, strict=True):
        target.as_tall_as(to, taken[row][0])


def _as_it_was(row: int, column: int, _: int, element: object) -> bytes:
    assert isinstance(element, bytes)
    opening = element[: element.index(b">") + 1]
    return with_attribute(opening, "r", reference(row, column)) + element[len(opening) :]


def _without_shared(xml: bytes) -> bytes:
    """Give every cell its own text of a shared formula: the sharing would not survive that rows go."""
    if not formula_cells.has_formulas(xml):
        return xml
    cells = list(formula_cells.formulas(xml))
    masters = formula_cells.shared_masters(cells)
    rows: dict[int, dict[int, object]] = {}
    for one in cells:
        if one.kind == "shared" and one.group in masters:
            text = one.text or formula_cells.translated(masters[one.group], one)
            rows.setdefault(one.row, {})[one.column] = formula_cells.with_own_formula(text)
    if not rows:
        return xml
    sheet = Worksheet(xml)
    sheet.replace_cells(rows)  # type: ignore[arg-type]
    return sheet.xml()


_CELL_FORMULA = re.compile(rb"(<f(?:\s[^<>]*)?>)([^<]*)(</)")
"""A formula of a cell on the tab itself. Those of rules and dropdowns are adjusted with their ranges (`row_ranges`)."""


def _with_formulas(package: Package, title: str) -> Iterator[tuple[str, bool]]:
    """The parts of the file in which a formula may point at the tab, and whether it is the tab itself."""
    home = package.sheets[title]
    for name in package.parts:
        if name.lower().endswith(".xml") and (
            name in package.sheets.values() or name == package.workbook or "/charts/" in name
        ):
            yield name, name == home


def _pointed_at(package: Package, title: str) -> Iterator[tuple[int, int]]:
    for name, at_home in _with_formulas(package, title):
        for found in (_CELL_FORMULA if at_home else _FORMULA).finditer(as_plain_utf8(package.part(name))):
            if found[2] and (at_home or b"!" in found[2]):
                yield from pointed_at(text_of(found[2]), title, at_home=at_home)


def _touches(spans: str, row: int) -> bool:
    return any(first <= row <= last for first, last in map(_rows_of, spans.split()))


def _rows_of(span: str) -> tuple[int, int]:
    first, _, last = span.partition(":")
    return place_of(first)[0], place_of(last or first)[0]
