"""Cell edits in a workbook file: only the edited cells' XML is made anew, all else stays byte for byte."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from automation.ledger.workbook import Cell, ColumnEdit, RowMove, RowsOut, TabEdit
from automation.pages.page import reference
from automation.text.catalogue import msg
from automation.workbooks.excel import refusals
from automation.workbooks.excel.xml import formulas as formula_cells
from automation.workbooks.excel.xml import row_moves
from automation.workbooks.excel.xml.cell_xml import Unwritable, cell
from automation.workbooks.excel.xml.children import WORKBOOK, Children, with_own_attribute
from automation.workbooks.excel.xml.ledger_mark import put_mark
from automation.workbooks.excel.xml.package import Package
from automation.workbooks.excel.xml.reference_table import DROPPED
from automation.workbooks.excel.xml.styles import DateStyles
from automation.workbooks.excel.xml.table_growth import grow_tables
from automation.workbooks.excel.xml.worksheet import NotASheet, Worksheet
from automation.workbooks.excel.xml.xml_bytes import as_plain_utf8

Cells = dict[int, dict[int, Cell]]
"""Row → column → value."""


def with_edits(
    package: Package, edits: Sequence[TabEdit], moves: Sequence[RowMove] = (), out: Sequence[RowsOut] = ()
) -> bytes:
    """The whole file after the edits, then the moves, then what is taken out, with the mark of a ledger. Raises LedgerError for
    a missing tab or a bad value."""
    styles_part = package.related_to_workbook("styles")
    styles = DateStyles(package.part(styles_part) if styles_part else None, package.name)
    changed: dict[str, bytes] = {}
    formula_gone = False
    for edit in _by_tab(edits):
        if edit.title not in package.sheets:
            raise refusals.no_such_tab(package.name, edit.title)
        part = package.sheets[edit.title]
        cells = _cells(edit)
        xml, gone = _sheet(package, edit.title, cells, as_plain_utf8(changed.get(part) or package.part(part)), styles)
        changed[part] = xml
        formula_gone |= gone
        filled = {row: [at for at, value in line.items() if value != ""] for row, line in cells.items()}
        grow_tables(package, changed, edit.title, filled)
    for move in moves:
        row_moves.moved(package, changed, move)
        grow_tables(package, changed, move.target, {row: [*move.columns.values()] for row in move.to})
    for rows in out:
        row_moves.taken_out(package, changed, rows)
    put_mark(package, changed)
    new_styles = styles.changed()
    if styles_part and new_styles:
        changed[styles_part] = new_styles
    dropped = _calculation(package, changed, formula_gone=formula_gone or bool(moves or out))
    return package.with_parts(changed, dropped)


def _by_tab(edits: Sequence[TabEdit]) -> list[TabEdit]:
    """One edit for each tab on which anything is written."""
    columns: dict[str, list[ColumnEdit]] = {}
    for edit in edits:
        if edit.columns:
            columns.setdefault(edit.title, []).extend(edit.columns)
    return [TabEdit(title, theirs) for title, theirs in columns.items()]


def _cells(edit: TabEdit) -> Cells:
    cells: Cells = {}
    for column in edit.columns:
        for row, value in zip(column.rows, column.values, strict=True):
            cells.setdefault(row, {})[column.column] = value
    return cells


def _sheet(package: Package, title: str, cells: Cells, xml: bytes, styles: DateStyles) -> tuple[bytes, bool]:
    def make(row: int, column: int, style: int, value: Cell) -> bytes:
        try:
            return cell(row, column, styles.showing(style, value), value, date1904=package.date1904)
        except Unwritable as error:
            raise refusals.cannot_be_written(title, reference(row, column), error.why) from error

    try:
        gone = _formulas_overwritten(xml, cells)
        sheet = Worksheet(xml)
        if gone:
            _set_free(sheet, xml, gone, title)
        del xml  # it may be a hundred megabytes, which the sheet has once more
        sheet.write(cells, make, styles.wraps)
    except NotASheet as error:
        raise refusals.damaged(package.name) from error
    return sheet.xml(), bool(gone)


def _formulas_overwritten(xml: bytes, cells: Mapping[int, Mapping[int, Cell]]) -> list[formula_cells.FormulaCell]:
    if not formula_cells.has_formulas(xml):
        return []
    return [found for found in formula_cells.formulas(xml) if found.column in cells.get(found.row, {})]


def _set_free(sheet: Worksheet, xml: bytes, gone: Sequence[formula_cells.FormulaCell], tab: str) -> None:
    """Give the other cells that share an overwritten formula their own text of it, so that they keep theirs."""
    everything = list(formula_cells.formulas(xml))
    masters = formula_cells.shared_masters(everything)
    for found in gone:
        if found.kind in ("array", "dataTable") and ":" in found.span:
            raise refusals.cannot_be_written(
                tab,
                reference(found.row, found.column),
                msg("it is part of the array formula {span}; clear that formula, then run again.").of(span=found.span),
            )
    groups = {found.group for found in gone if found.kind == "shared"}
    members = [one for one in everything if one.kind == "shared" and one.group in groups and one.group in masters]
    rows: dict[int, dict[int, object]] = {}
    for one in members:
        text = one.text or formula_cells.translated(masters[one.group], one)
        rows.setdefault(one.row, {})[one.column] = formula_cells.with_own_formula(text)
    if rows:
        sheet.replace_cells(rows)  # type: ignore[arg-type]


def _calculation(package: Package, changed: dict[str, bytes], *, formula_gone: bool) -> list[str]:
    """Have formulas worked out anew when the file is opened. Returns the parts of the file to drop."""
    parts = set(package.sheets.values())
    if any(formula_cells.has_formulas(changed.get(part) or package.part(part)) for part in parts):
        book = as_plain_utf8(changed.get(package.workbook) or package.part(package.workbook))
        changed[package.workbook] = calculated_anew(book)
    dropped = (
        [part for kind in DROPPED if (part := package.related_to_workbook(kind)) is not None] if formula_gone else []
    )
    if dropped:
        changed.update(package.without_mention(dropped))
    return dropped


def calculated_anew(book: bytes) -> bytes:
    """The workbook's part, which now says that formulas are to be worked out anew when the file is opened."""
    children = Children(book, WORKBOOK)
    children.put("calcPr", with_own_attribute(children.get("calcPr") or b"<calcPr/>", "fullCalcOnLoad", "1"))
    return children.xml()
