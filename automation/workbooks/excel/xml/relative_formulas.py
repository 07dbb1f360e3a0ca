"""Formulas that mean another row in each place where they are used: defined names, rules and dropdowns."""

from __future__ import annotations

import re

from automation.workbooks.excel.xml.elements import Element
from automation.workbooks.excel.xml.reference_forms import NO_ROWS, Cells, FormulaText, Rows, Spot
from automation.workbooks.excel.xml.references import LAST_ROW, is_reference, rows_of

_RULES = ("conditionalFormatting", "dataValidation", "x14:conditionalFormatting", "x14:dataValidation")
_ROW = re.compile(r"(\$?)(\d+)")


class NameText(FormulaText):
    """A defined name. A row without `$` is not a row but a distance from wherever the name is used."""

    def held(self, text: str, spot: Spot) -> Rows:
        if self._is_fixed(spot):
            return super().held(text, spot)
        pointing, held = spot.pointing(text), set[int]()
        for cells in pointing.references():
            if _all_fixed(cells):
                held |= NO_ROWS if spot.gone.reference(cells) else spot.gone.among(*rows_of(cells))
            elif set(_distances(cells)) - {1, LAST_ROW}:  # neither its own row nor the one above
                held |= spot.gone.among(1, rows_of(cells)[1])
        return held | spot.gone.among(1, pointing.cannot_follow())

    def after(self, text: str, spot: Spot) -> str | None:
        if self._is_fixed(spot):
            return super().after(text, spot)
        return spot.pointing(text).changed(
            lambda cells: spot.gone.reference(cells) or "#REF!" if _all_fixed(cells) else cells
        )

    def _is_fixed(self, spot: Spot) -> bool:
        return (spot.element.attribute("name") or "").startswith("_xlnm.")


class RuleText:
    """A formula of a rule or dropdown, relative to the first cell of the rule's range: in each cell it reads as if it
    had been copied there."""

    def held(self, text: str, spot: Spot) -> Rows:
        span = _ranges_of_rule(spot.element)
        if span is None or _is_one_row(span):
            return NO_ROWS if span and spot.home and not spot.gone.references(span) else FormulaText().held(text, spot)
        pointing = spot.pointing(text)
        cells = list(pointing.references())
        held = set(spot.gone.among(1, pointing.cannot_follow()))
        ranges = [rows_of(one) for one in span.split()]
        top, first = min(start for start, _ in ranges), ranges[0]
        if spot.home and not spot.gone.references(span):
            return NO_ROWS
        if spot.home and top < first[0] and any(_distances(one) for one in cells):
            held |= spot.gone.among(top, first[1])  # programs differ in which cell such a formula starts from
        for one in cells:
            held |= self._held_by(one, spot, max(last for _, last in ranges) - first[0])
        return held

    def _held_by(self, cells: str, spot: Spot, reach: int) -> Rows:
        if _all_fixed(cells):
            return NO_ROWS if spot.gone.reference(cells) else spot.gone.among(*rows_of(cells))
        if not spot.home:
            return spot.gone.among(1, max(_distances(cells)) + reach)
        return {row for fixed, row in _parts(cells) if fixed and row in spot.gone}

    def after(self, text: str, spot: Spot) -> str | None:
        span = _ranges_of_rule(spot.element)
        if span is None or _is_one_row(span) or not spot.home:
            return FormulaText().after(text, spot)
        new = Cells().after(span, spot)
        down = rows_of(new.split()[0])[0] - rows_of(span.split()[0])[0] if new else 0

        def adjusted(row: re.Match[str]) -> str:
            return row[1] + str(spot.gone.new(int(row[2])) if row[1] else int(row[2]) + down)

        return spot.pointing(text).changed(
            lambda cells: spot.gone.reference(cells) or "#REF!" if _all_fixed(cells) else _ROW.sub(adjusted, cells)
        )


def _parts(cells: str) -> list[tuple[bool, int]]:
    return [(bool(found[1]), int(found[2])) for found in _ROW.finditer(cells)]


def _all_fixed(cells: str) -> bool:
    return all(fixed for fixed, _ in _parts(cells))


def _distances(cells: str) -> list[int]:
    """The rows without `$`, which stand for a distance."""
    return [row for fixed, row in _parts(cells) if not fixed]


def _ranges_of_rule(element: Element) -> str | None:
    rule = element.around(*_RULES)
    listed = rule.child("xm:sqref") if rule else None
    span = listed.text if listed else rule.attribute("sqref") if rule else None
    return span if span and all(is_reference(one) for one in span.split()) else None


def _is_one_row(span: str) -> bool:
    rows = [row for one in span.split() for row in rows_of(one)]
    return min(rows) == max(rows)
