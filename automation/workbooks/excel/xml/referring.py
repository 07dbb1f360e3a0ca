"""Goes through a file for what refers to rows of a tab, and does with each place what `reference_table` says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from automation.workbooks.excel.xml import formulas as formula_cells
from automation.workbooks.excel.xml.elements import UNKNOWN, Changes, Element, kind_of, readable, root_of
from automation.workbooks.excel.xml.package import Package, relations_of
from automation.workbooks.excel.xml.reference_forms import Everything, NamedTab, Spot
from automation.workbooks.excel.xml.reference_table import CANNOT_REFER, MOVED, Line
from automation.workbooks.excel.xml.references import Gone, as_xml, pointed_at, seems_to_point
from automation.workbooks.excel.xml.shared_formulas import written_out
from automation.workbooks.excel.xml.worksheet import ROW
from automation.workbooks.excel.xml.xml_bytes import as_plain_utf8, attribute, text_of, with_attribute

Parts = dict[str, bytes]
_ROWS = re.compile(rb"<sheetData(?=[\s>])[^<>/]*>.*</sheetData\s*>", re.DOTALL)
_NO_ROWS = b"<sheetData/>"
_EXTENSION = re.compile(rb"<extLst[\s>].*?</extLst\s*>", re.DOTALL)
_CELL_FORMULA = re.compile(rb"<f(?=[\s/>])([^<>]*?)(?:/>|>([^<]*)</f\s*>)")
_MARKS, _ESCAPED_MARK = (b"!", b"%21"), re.compile(rb"&#(?:0*33|[xX]0*21);")
"""The mark behind the name of a tab, as formulas and links write it."""
_MEDIA = (".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".tif", ".tiff", ".bmp", ".svg", ".mp4", ".wav")


@cache
def lines_of(kind: str) -> Mapping[tuple[str, str], tuple[tuple[tuple[str, ...], Line], ...]]:
    """The table's lines for a kind of part: (element, attribute) → the elements directly around it, and the line."""
    found: dict[tuple[str, str], tuple[tuple[tuple[str, ...], Line], ...]] = {}
    for line in MOVED:
        if kind in line.part.split():
            path, _, named = line.place.partition("@")
            *around, element = path.split("/") if path else [kind]
            found[element, named] = (*found.get((element, named), ()), (tuple(around), line))
    return found


@cache
def _elements_of(kind: str) -> frozenset[str]:
    return frozenset(element for element, _ in lines_of(kind))


@cache
def _named_otherwise(kind: str) -> tuple[bytes, ...]:
    """The elements of a kind of part that name a tab in another way than formulas do, or mean them all."""
    return tuple(
        element.encode()
        for (element, _), lines in lines_of(kind).items()
        if any(isinstance(line.form, Everything | NamedTab) for _, line in lines)
    )


def _names_no_tab(xml: bytes, kind: str) -> bool:
    """Whether nothing in a part can refer to a tab that it does not belong to, which it costs little to see."""
    named = any(one in xml for one in (*_MARKS, *_named_otherwise(kind)))
    return not named and _ESCAPED_MARK.search(xml) is None


@dataclass(frozen=True)
class Reference:
    """A place in a part that refers to rows: its line, its element and, if it is an attribute, that one's name."""

    line: Line
    element: Element
    attribute: str

    @property
    def value(self) -> str:
        return (self.element.attribute(self.attribute) or "") if self.attribute else self.element.text


class Referring:
    """A file, seen from the rows of the tab `title` that go. `changed` holds the parts that were changed by now."""

    def __init__(self, package: Package, changed: Parts, title: str, gone: Gone) -> None:
        self.package, self.changed, self.title, self.gone = package, changed, title, gone
        self.home = package.sheets[title]

    def held(self) -> dict[int, str]:
        """The rows that may not go, each with what holds it."""
        found: dict[int, str] = {}
        for name in self.package.parts:
            for row, reason in self._held_by(name):
                found.setdefault(row, reason)
        return found

    def renumber(self) -> None:
        """Change each part so that whatever refers to a row still does."""
        for name in self.package.parts:
            before = self._part(name)
            after = self._renumbered(name, before)
            if after != before:
                self.changed[name] = after

    def _held_by(self, name: str) -> Iterator[tuple[int, str]]:
        xml, kind = self._of_kind(name)
        if kind in CANNOT_REFER:
            return
        at_home = name in self._at_home
        if kind == "worksheet":
            yield from self._held_by_cells(xml, at_home)
            xml = _ROWS.sub(lambda rows: _NO_ROWS + b"".join(_EXTENSION.findall(rows[0])), xml)
        if kind and not at_home and _names_no_tab(xml, kind):
            return
        root = root_of(xml) if kind else None
        if root is None:
            text = "" if name.lower().endswith(_MEDIA) else self._part(name).decode("utf-8", "ignore")
            yield from self._unknown(text, at_home=False)
            return
        for one in self._references(root, kind):
            for row in one.line.form.held(one.value, self._spot(one.element, at_home)):
                yield row, one.line.reason
        for text in _unknown_texts(root, known=bool(lines_of(kind))):
            yield from self._unknown(text, at_home=at_home)

    def _unknown(self, text: str, *, at_home: bool) -> Iterator[tuple[int, str]]:
        last = seems_to_point(text, self.title, self._last_row if at_home else 0)
        for row in self.gone.among(1, last):
            yield row, "unknown"

    def _held_by_cells(self, xml: bytes, at_home: bool) -> Iterator[tuple[int, str]]:
        if not formula_cells.has_formulas(xml) or not (at_home or self._is_named_in(xml)):
            return
        spot = self._spot(Element.alone("f"), at_home)
        lines = lines_of("worksheet")
        cells = list(formula_cells.formulas(xml))
        for cell, (_, _, read) in zip(cells, formula_cells.as_read(cells), strict=True):
            if at_home and cell.row in self.gone:
                yield cell.row, "formula"
            text = read.text.removeprefix("=")
            line = lines["f", ""][0][1]
            for row in line.form.held(text, spot):
                yield row, line.reason
        for found in _CELL_FORMULA.finditer(xml):
            for named in ("ref", "r1", "r2"):
                value = attribute(found[1], named) if found[1] else None
                if value and attribute(found[1], "t") != "shared":
                    line = lines["f", named][0][1]
                    for row in line.form.held(value, spot):
                        yield row, line.reason

    def _renumbered(self, name: str, xml: bytes) -> bytes:
        text, kind = self._of_kind(name)
        if kind in CANNOT_REFER or not lines_of(kind):
            return xml
        at_home = name in self._at_home
        rows = b""
        if kind == "worksheet":
            text = written_out(text, lambda master: any(pointed_at(master, self.title, at_home=at_home)))
            whole = _ROWS.search(text)
            rows = whole[0] if whole else b""
            text = text[: whole.start()] + _NO_ROWS + text[whole.end() :] if whole else text
        new = text if not at_home and _names_no_tab(text, kind) else self._changed(text, kind, at_home)
        if rows:
            new = new.replace(_NO_ROWS, self._cells(rows, at_home), 1)
        return xml if new == (text.replace(_NO_ROWS, rows, 1) if rows else text) else new

    def _changed(self, text: bytes, kind: str, at_home: bool) -> bytes:
        """The part, without its rows, with each reference changed."""
        root = root_of(text)
        if root is None:
            return text
        changes = Changes(root)
        for one in self._references(root, kind):
            self._change(changes, one, at_home)
        return changes.made()

    def _change(self, changes: Changes, one: Reference, at_home: bool) -> None:
        old = one.value
        new = one.line.form.after(old, self._spot(one.element, at_home))
        if new is None:
            dropped = one.element.around(one.line.drops)
            if dropped is not None:
                changes.drop(dropped)
        elif new == old:
            return
        elif one.attribute:
            changes.set_attribute(one.element, one.attribute, new)
        else:
            changes.set_text(one.element, new)

    def _cells(self, rows: bytes, at_home: bool) -> bytes:
        """The rows with their formulas adjusted. None of them is shared with a cell that points at this tab."""
        if not formula_cells.has_formulas(rows) or not (at_home or self._is_named_in(rows)):
            return rows
        spot, lines = self._spot(Element.alone("f"), at_home), lines_of("worksheet")

        def adjusted(found: re.Match[bytes]) -> bytes:
            tag, text = found[0], found[2]
            if text is not None:
                old = text_of(text)
                line = lines["f", ""][0][1]
                new = line.form.after(old, spot) or ""
                start = found.start(2) - found.start()
                tag = found[0] if new == old else tag[:start] + as_xml(new) + tag[start + len(text) :]
            for named in ("ref", "r1", "r2"):
                value = attribute(found[1], named) if found[1] else None
                if value is not None:
                    line = lines["f", named][0][1]
                    new_value = line.form.after(value, spot)
                    end = tag.index(b">") + 1
                    tag = tag if new_value == value else with_attribute(tag[:end], named, new_value) + tag[end:]
            return tag

        return _CELL_FORMULA.sub(adjusted, rows)

    def _references(self, root: Element, kind: str) -> Iterator[Reference]:
        lines, known = lines_of(kind), _elements_of(kind)
        for element in root:
            if element.name not in known:
                continue
            for named in ("", *element.attributes):
                for around, line in lines.get((element.name, named), ()):
                    if _is_within(element, around):
                        yield Reference(line, element, named)

    def _spot(self, element: Element, at_home: bool) -> Spot:
        return Spot(element, at_home, self.title, self.gone)

    def _is_named_in(self, xml: bytes) -> bool:
        return b"!" in xml and any(b"!" in (found[2] or b"") for found in _CELL_FORMULA.finditer(xml))

    def _part(self, name: str) -> bytes:
        return self.changed.get(name) or self.package.part(name)

    def _of_kind(self, name: str) -> tuple[bytes, str]:
        """The part as it can be read, and its kind: the name of its outermost element; empty if it is no XML."""
        xml = self._part(name)
        kind = kind_of(xml)
        if kind == "worksheet":
            return as_plain_utf8(xml), kind
        return (readable(xml), kind) if kind and kind not in CANNOT_REFER else (xml, kind)

    @cached_property
    def _at_home(self) -> frozenset[str]:
        """The tab's part and all that belongs to it, with what says to what they are related."""
        found, todo, tabs = set[str](), [self.home], {self.package.workbook, *self.package.sheets.values()}
        while todo:
            part = todo.pop()
            if part not in found:
                found.add(part)
                todo += [one for one in self.package.targets(part).values() if one not in tabs]
        relations = {relations_of(part).lower() for part in found}
        return frozenset(found | {name for name in self.package.parts if name.lower() in relations})

    @cached_property
    def _last_row(self) -> int:
        xml = as_plain_utf8(self._part(self.home))
        return max((int(attribute(tag, "r") or 0) for tag in ROW.findall(xml)), default=0)


def _is_within(element: Element, around: tuple[str, ...]) -> bool:
    """Whether these elements are directly around it, but for the choices between versions (`mc`)."""
    at = element
    for name in reversed(around):
        outer = at.parent
        while outer is not None and outer.name.startswith("mc:"):
            outer = outer.parent
        if outer is None or outer.name != name:
            return False
        at = outer
    return True


def _unknown_texts(root: Element, *, known: bool) -> Iterator[str]:
    """What stands in elements and attributes of which nobody here knows what they mean. `known` says that the part's own
    are known."""
    for element in root:
        strange = element.name.startswith(UNKNOWN) or not known
        if strange and not element.children and element.text:
            yield element.text
        for name in element.attributes:
            if strange or name.startswith(UNKNOWN):
                yield element.attribute(name) or ""
