"""Puts columns and single cells on a tab that people have, and a page on one that is blank."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from automation.ledger.workbook import HEADER_ROW
from automation.pages.page import Place
from automation.workbooks.excel.graft.additions import Additions
from automation.workbooks.excel.graft.filters import widen_filter, widen_tables
from automation.workbooks.excel.graft.notes import with_notes
from automation.workbooks.excel.graft.styles import Styles
from automation.workbooks.excel.xml.cell_xml import place_of
from automation.workbooks.excel.xml.children import WORKSHEET, Children, items_of, own_attribute, with_own_attribute
from automation.workbooks.excel.xml.worksheet import Worksheet
from automation.workbooks.excel.xml.xml_bytes import attribute, text_of, with_attribute

_TAGS = re.compile(rb"<[^<>]*>")
_ROWS = b"<sheetData/>"
_DRAWN_ANEW = (
    *("dimension", "sheetFormatPr", "cols", "sheetData", "mergeCells", "hyperlinks"),
    *("printOptions", "pageMargins", "pageSetup", "headerFooter", "rowBreaks"),
)
"""What a page has in place of what the blank tab had; what else the tab had, it keeps."""


def put_columns(additions: Additions, title: str, columns: Sequence[int], styles: Styles) -> None:
    """Put the fresh tab's columns on the tab of that title: headers with notes, looks, and what may be typed."""
    part, fresh_part = additions.package.sheets[title], additions.fresh.sheets[title]
    fresh = Worksheet(styles.dressed(additions.fresh.part(fresh_part)))
    dressed, sheet = _shell(fresh), Worksheet(additions.plain(part))
    headers = fresh.taken(HEADER_ROW)[1]
    cells = {at: headers[at] for at in columns}
    sheet.write({HEADER_ROW: cells}, _as_it_is, lambda _: False)  # type: ignore[dict-item]  # XML elements, not values
    shell = _shell(sheet)
    shell.put("cols", _with_columns(shell.get("cols"), dressed.get("cols"), columns))
    shell.add_items(
        "dataValidations", [one for one in items_of(dressed.get("dataValidations")) if _is_in(one, columns)]
    )
    widen_filter(shell, columns)
    widen_tables(additions, part, {at: _text(headers[at]) for at in columns})
    with_notes(additions, part, fresh_part, shell, columns)
    head, _, tail = shell.xml().partition(_ROWS)
    sheet.set_around(head, tail)
    additions.changed[part] = sheet.xml()


def put_cells(additions: Additions, title: str, places: Collection[Place], styles: Styles) -> None:
    """Put these cells of the fresh tab on the tab of that title, with their looks, colours and links, in rows as tall."""
    part, fresh_part = additions.package.sheets[title], additions.fresh.sheets[title]
    fresh, sheet = Worksheet(styles.dressed(additions.fresh.part(fresh_part))), Worksheet(additions.plain(part))
    taken = {row: fresh.taken(row) for row, _ in places}
    cells = {row: {at: cells[at] for at in sorted(cells) if (row, at) in places} for row, (_, cells) in taken.items()}
    sheet.write(cells, _as_it_is, lambda _: False)  # type: ignore[arg-type]  # XML elements, not values
    for row, (opening, _) in taken.items():
        if float(attribute(opening, "ht") or 0) > float(attribute(sheet.taken(row)[0], "ht") or 0):
            sheet.as_tall_as(row, opening)
    dressed, shell = _shell(fresh), _shell(sheet)
    for rule in dressed.of("conditionalFormatting"):
        shell.add("conditionalFormatting", rule)
    shell.add_items("hyperlinks", items_of(dressed.get("hyperlinks")))
    head, _, tail = shell.xml().partition(_ROWS)
    sheet.set_around(head, tail)
    additions.changed[part] = sheet.xml()


def put_page(additions: Additions, title: str, styles: Styles) -> None:
    """Put the fresh page on the blank tab of that title."""
    part, fresh_part = additions.package.sheets[title], additions.fresh.sheets[title]
    page = Children(styles.dressed(additions.fresh.part(fresh_part)), WORKSHEET)
    tab = Children(additions.plain(part), WORKSHEET)
    for name in _DRAWN_ANEW:
        tab.put(name, page.get(name))
    tab.put("sheetProtection", tab.get("sheetProtection") or page.get("sheetProtection"))
    tab.put("sheetPr", _for_the_same_code(page.get("sheetPr"), tab.get("sheetPr")))
    tab.put("sheetViews", _without_lines(tab.get("sheetViews")) or page.get("sheetViews"))
    for rule in page.of("conditionalFormatting"):
        tab.add("conditionalFormatting", rule)
    tab.add_items("dataValidations", items_of(page.get("dataValidations")))
    for relation in additions.fresh.relations(fresh_part):
        kind = relation.type.rpartition("/")[2]
        id_ = additions.relate(part, kind, additions.bring(relation.target))
        tab.put(kind, additions.link(kind, id_))
    additions.changed[part] = tab.xml()


def _shell(sheet: Worksheet) -> Children:
    head, tail = sheet.around
    return Children(head + _ROWS + tail, WORKSHEET)


def _as_it_is(_row: int, _column: int, _style: int, element: object) -> bytes:
    assert isinstance(element, bytes)
    return element


def _text(cell: bytes) -> str:
    return text_of(_TAGS.sub(b"", cell))


def _with_columns(own: bytes | None, fresh: bytes | None, columns: Sequence[int]) -> bytes:
    """The tab's columns with the fresh ones in place of what it said of them."""
    found = {span: tag for tag in items_of(own) for span in [_span(tag)]}
    for column in columns:
        found = dict(piece for span, tag in found.items() for piece in _without(span, tag, column))
        found[column, column] = next(tag for tag in items_of(fresh) if _span(tag)[0] <= column <= _span(tag)[1])
    tags = (_spanning(found[span], *span) for span in sorted(found))
    return b"<cols>" + b"".join(tags) + b"</cols>"


def _span(tag: bytes) -> tuple[int, int]:
    return int(attribute(tag, "min") or 0), int(attribute(tag, "max") or 0)


def _without(span: tuple[int, int], tag: bytes, column: int) -> Sequence[tuple[tuple[int, int], bytes]]:
    first, last = span
    if not first <= column <= last:
        return [(span, tag)]
    return [(one, tag) for one in ((first, column - 1), (column + 1, last)) if one[0] <= one[1]]


def _spanning(tag: bytes, first: int, last: int) -> bytes:
    return (
        tag if _span(tag) == (first, last) else with_attribute(with_attribute(tag, "min", str(first)), "max", str(last))
    )


def _is_in(rule: bytes, columns: Sequence[int]) -> bool:
    span = own_attribute(rule, "sqref") or "A1"
    return place_of(span.partition(":")[0])[1] in columns


def _for_the_same_code(fresh: bytes | None, own: bytes | None) -> bytes | None:
    """The page's properties under the name by which macros know the tab."""
    name = own_attribute(own, "codeName") if own else None
    return with_own_attribute(fresh, "codeName", name) if fresh and name else fresh


def _without_lines(views: bytes | None) -> bytes | None:
    if views is None:
        return None
    for view in items_of(views):
        views = views.replace(view, with_own_attribute(view, "showGridLines", "0"))
    return views
