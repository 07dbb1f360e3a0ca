"""Rows moved from Register to Filing in a real file.

Cells, looks, heights, links, notes and own columns go along, the rows below move up, and references still point at the
same rows. What cannot go along holds its row back.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest
from lxml import etree
from openpyxl.comments import Comment
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.table import Table

from automation.ledger.workbook import Commit, RowMove
from automation.run.edits import with_terms
from automation.workbooks.excel.workbook import ExcelWorkbook

CLOCK = datetime(2026, 3, 18, 1, tzinfo=UTC)
ROWS = 12


def book_at(path: Path, change: Callable[[openpyxl.Workbook], None] = lambda _: None) -> ExcelWorkbook:
    """Two tabs: `Register` with rows 2 to 13, each cell naming its place, and `Filing` with two rows."""
    book = openpyxl.Workbook()
    register, filing = book.worksheets[0], book.create_sheet("Filing")
    register.title = "Register"
    register.append(["A", "B", "C"])
    filing.append(["A", "C", "B"])
    for sheet in (register, filing):
        sheet["A1"].comment = Comment("header", "install")
        sheet["B1"].hyperlink = "https://example.org/header"
    for row in range(2, ROWS + 2):
        register.append([f"A{row}", f"B{row}", f"C{row}"])
    for row in (2, 3):
        filing.append([f"old {row}"])
    change(book)
    book.save(path)
    return ExcelWorkbook(path, CLOCK)


def move(workbook: ExcelWorkbook, *rows: int) -> openpyxl.Workbook:
    """Move these rows; returns the file as openpyxl reads it."""
    to = tuple(range(4, 4 + len(rows)))
    with workbook.lock():
        snapshot, moves = workbook.read(), [RowMove("Register", "Filing", rows, to, {1: 1, 2: 3, 3: 2})]
        workbook.commit(Commit(snapshot, with_terms(snapshot, [], moves), moves))
    return openpyxl.load_workbook(workbook.path)


def cells(sheet: openpyxl.worksheet.worksheet.Worksheet) -> list[list[object]]:  # type: ignore[name-defined]
    return [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]


def test_cells_go_column_by_column_and_the_rest_closes_up(tmp_path: Path) -> None:
    book = move(book_at(tmp_path / "b.xlsx"), 3, 4, 9)
    assert cells(book["Register"]) == [
        [f"{letter}{row}" for letter in "ABC"] for row in (2, 5, 6, 7, 8, 10, 11, 12, 13)
    ]
    assert cells(book["Filing"]) == [
        ["old 2", None, None], ["old 3", None, None], ["A3", "C3", "B3"], ["A4", "C4", "B4"], ["A9", "C9", "B9"],
    ]  # fmt: skip


def test_looks_heights_links_and_notes_go_along(tmp_path: Path) -> None:
    def dress(book: openpyxl.Workbook) -> None:
        sheet = book["Register"]
        for row in (4, 6, 10):
            sheet[f"B{row}"].font = Font(bold=True, color="C53030")
            sheet[f"B{row}"].fill = PatternFill("solid", fgColor="FFEECC")
            sheet[f"C{row}"].hyperlink = f"https://example.org/{row}?a=1&b=2"
            sheet[f"A{row}"].comment = Comment(f"note of {row}", f"author {row}")
            sheet.row_dimensions[row].height = 40 + row
            sheet[f"A{row}"].number_format = "0.00"

    book = move(book_at(tmp_path / "b.xlsx", dress), 4, 10)
    found = []
    for title, letters in (("Register", "ABC"), ("Filing", "ACB")):
        sheet = book[title]
        for row in range(1, sheet.max_row + 1):
            a, b, c = (
                sheet.cell(row, "ABC".index(letter) + 1)
                for letter in (letters[0], "ABC"[letters.index("B")], "ABC"[letters.index("C")])
            )
            if a.comment is not None:
                link = c.hyperlink or b.hyperlink
                found.append(
                    (
                        title,
                        row,
                        a.value,
                        a.comment.text,
                        a.comment.author,
                        link.target,
                        sheet.row_dimensions[row].height,
                        b.font.b,
                    )
                )
    assert found == [
        ("Register", 1, "A", "header", "install", "https://example.org/header", None, False),
        ("Register", 5, "A6", "note of 6", "author 6", "https://example.org/6?a=1&b=2", 46.0, True),
        ("Filing", 1, "A", "header", "install", "https://example.org/header", None, False),
        ("Filing", 4, "A4", "note of 4", "author 4", "https://example.org/4?a=1&b=2", 44.0, True),
        ("Filing", 5, "A10", "note of 10", "author 10", "https://example.org/10?a=1&b=2", 50.0, True),
    ]


def test_the_box_of_a_note_stands_beside_its_cell(tmp_path: Path) -> None:
    """A box is kept in another part than its note, and counts rows and columns from 0."""

    def noted(book: openpyxl.Workbook) -> None:
        for row in (4, 6):
            book["Register"][f"B{row}"].comment = Comment(f"note {row}", "x")

    workbook = book_at(tmp_path / "b.xlsx", noted)
    move(workbook, 4)
    vml, excel = "{urn:schemas-microsoft-com:vml}", "{urn:schemas-microsoft-com:office:excel}"
    with zipfile.ZipFile(workbook.path) as package:
        drawn = [etree.fromstring(package.read(name)) for name in package.namelist() if name.endswith(".vml")]
    shapes = [list(root.iter(f"{vml}shape")) for root in drawn]
    places = [
        sorted(tuple(one.findtext(f".//{excel}{key}") for key in ("Row", "Column")) for one in found)
        for found in shapes
    ]
    assert sorted(places) == [[("0", "0"), ("3", "2")], [("0", "0"), ("4", "1")]]
    assert [len({one.get("id") for one in found}) for found in shapes] == [2, 2]


LINKS = (
    '<hyperlink ref="A3:B5" r:id="rIdA" tooltip="three cases"/><hyperlink ref="C4" r:id="rIdA"/><hyperlink ref="C6" r:id="rIdA"/>'
    '<hyperlink ref="A7" r:id="rIdB"/><hyperlink ref="C7" location="C9"/><hyperlink ref="C8" location="Register!C9"/>'
)
"""One over several cells, three that share a relation (EPPlus writes so), one alone, and two that lead to a case."""
RELATION = '<Relationship Id="{0}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" Target="{1}" TargetMode="External"/>'


def linked(path: Path) -> ExcelWorkbook:
    def replaced(name: str, text: str) -> str:
        if name == "xl/worksheets/sheet1.xml":
            text = text.replace("</hyperlinks>", LINKS + "</hyperlinks>")
            return text.replace("<worksheet ", f'<worksheet xmlns:r="{RELATIONS}" ', 1)
        if name == "xl/worksheets/_rels/sheet1.xml.rels":
            added = RELATION.format("rIdA", "https://a.example/?x=1&amp;y=2") + RELATION.format("rIdB", "#Register!B9")
            return text.replace("</Relationships>", added + "</Relationships>")
        return text

    book_at(path)
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, replaced(name, content.decode()))
    return ExcelWorkbook(path, CLOCK)


RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def test_each_link_keeps_its_address_also_over_several_cells_and_of_a_shared_relation(tmp_path: Path) -> None:
    workbook = linked(tmp_path / "b.xlsx")
    move(workbook, 4, 7)
    with zipfile.ZipFile(workbook.path) as package:
        found = []
        for tab in ("sheet1", "sheet2"):
            relations = etree.fromstring(package.read(f"xl/worksheets/_rels/{tab}.xml.rels"))
            targets = {one.get("Id"): one.get("Target") for one in relations}
            for link in etree.fromstring(package.read(f"xl/worksheets/{tab}.xml")).iter("{*}hyperlink"):
                id_ = link.get(f"{{{RELATIONS}}}id")
                leads = targets[id_] if id_ else link.get("location")
                found.append((tab, link.get("ref"), leads, link.get("tooltip")))
            assert len(targets) == len(set(targets.values())), "no address is left over, none is kept twice"
    a, header = "https://a.example/?x=1&y=2", "https://example.org/header"
    assert found == [
        ("sheet1", "B1", header, None), ("sheet1", "A3:B4", a, "three cases"), ("sheet1", "C5", a, None), ("sheet1", "C6", "Register!C7", None),
        ("sheet2", "A4", a, "three cases"), ("sheet2", "C4", a, "three cases"), ("sheet2", "B4", a, None),
        ("sheet2", "A5", "#Register!B7", None), ("sheet2", "B5", "'Register'!C7", None), ("sheet2", "B1", header, None),
    ]  # fmt: skip


def test_what_programs_list_anew_is_left_out_with_all_that_mentions_it(tmp_path: Path) -> None:
    workbook = book_at(tmp_path / "b.xlsx")
    with zipfile.ZipFile(workbook.path) as package:
        parts = {name: package.read(name).decode() for name in package.namelist()}
    for kind, root in (("calcChain", "calcChain"), ("volatileDependencies", "volTypes")):
        parts[f"xl/{kind}.xml"] = f'<{root} xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
        related = f'<Relationship Id="x{kind}" Type="{RELATIONS}/{kind}" Target="{kind}.xml"/></Relationships>'
        parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].replace("</Relationships>", related)
        declared = f'<Override PartName="/xl/{kind}.xml" ContentType="application/xml"/></Types>'
        parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace("</Types>", declared)
    with zipfile.ZipFile(workbook.path, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    move(workbook, 4)
    with zipfile.ZipFile(workbook.path) as package:
        assert [
            name
            for name in package.namelist()
            if b"calcChain" in package.read(name) or b"volatile" in package.read(name)
        ] == []
        kept = [name for name in parts if "calcChain" not in name and "volatile" not in name]
        assert package.namelist() == [*kept, "docProps/custom.xml"]


def test_ranges_rules_and_dropdowns_close_up(tmp_path: Path) -> None:
    def ruled(book: openpyxl.Workbook) -> None:
        sheet = book["Register"]
        sheet.auto_filter.ref = "A1:C13"
        sheet.merge_cells("A12:B12")
        red = PatternFill("solid", bgColor="FF0000")
        sheet.conditional_formatting.add("A2:C20000", FormulaRule(formula=['$B2="x"'], fill=red))  # type: ignore[no-untyped-call]
        sheet.conditional_formatting.add("A6:A8", FormulaRule(formula=["$B6>$C$10"], fill=red))  # type: ignore[no-untyped-call]
        for span in ("C2:C20000", "C3", "C7"):
            check = DataValidation("list", formula1='"a,b"')
            check.add(span)
            sheet.add_data_validation(check)

    sheet = move(book_at(tmp_path / "b.xlsx", ruled), 3, 4)["Register"]
    rules = sorted(
        (str(found.sqref), rule.formula[0]) for found in sheet.conditional_formatting for rule in found.rules
    )
    assert (sheet.auto_filter.ref, [str(span) for span in sheet.merged_cells.ranges], rules) == (
        "A1:C11",
        ["A10:B10"],
        [("A2:C19998", '$B2="x"'), ("A4:A6", "$B4>$C$8")],
    )
    assert sorted(str(one.sqref) for one in sheet.data_validations.dataValidation) == ["C2:C19998", "C5"]


def test_a_list_left_empty_goes_and_none_says_more_than_it_holds(tmp_path: Path) -> None:
    def ruled(book: openpyxl.Workbook) -> None:
        check = DataValidation("list", formula1='"a,b"')
        check.add("C4")
        book["Register"].add_data_validation(check)

    workbook = book_at(tmp_path / "b.xlsx", ruled)
    move(workbook, 4)
    with zipfile.ZipFile(workbook.path) as package:
        sheets = [package.read(name) for name in package.namelist() if name.startswith("xl/worksheets/sheet")]
    assert [b"dataValidations" in xml for xml in sheets] == [False, False]


def test_a_table_closes_up_too(tmp_path: Path) -> None:
    def tabled(book: openpyxl.Workbook) -> None:
        book["Register"].add_table(Table(displayName="cases", ref="A1:C13"))

    book = move(book_at(tmp_path / "b.xlsx", tabled), 4, 5)
    assert [(table.ref, table.autoFilter.ref) for table in book["Register"].tables.values()] == [("A1:C11", "A1:C11")]


def test_what_pointed_at_a_row_points_at_it_still(tmp_path: Path) -> None:
    def pointing(book: openpyxl.Workbook) -> None:
        book["Register"]["E8"] = '=B8&"-"&C7'
        book["Register"]["E9"] = "=SUM(F2:F9)"
        other = book.create_sheet("Own list")
        other["A1"] = "=Register!B10"
        other["A2"] = "=COUNTA('Register'!A2:A13)"
        other["A3"] = "=B10"
        book.defined_names["mine"] = DefinedName("mine", attr_text="Register!$A$2:$A$13")

    book = move(book_at(tmp_path / "b.xlsx", pointing), 3, 6)
    assert [book["Register"]["E6"].value, book["Register"]["E7"].value] == ['=B6&"-"&C5', "=SUM(F2:F7)"]
    assert [book["Own list"][f"A{row}"].value for row in (1, 2, 3)] == [
        "=Register!B8",
        "=COUNTA('Register'!A2:A11)",
        "=B10",
    ]
    assert book.defined_names["mine"].attr_text == "Register!$A$2:$A$11"


def _formula(book: openpyxl.Workbook) -> None:
    book["Register"]["C4"] = "=1+1"


def _referred(book: openpyxl.Workbook) -> None:
    book.create_sheet("Own list")["A1"] = "=Register!B4"


def _span(book: openpyxl.Workbook) -> None:
    book.create_sheet("Own list")["A1"] = "=SUM(Register!B4:B5)"


def _named(book: openpyxl.Workbook) -> None:
    book.defined_names["mine"] = DefinedName("mine", attr_text="Register!$A$4")


def _merged(book: openpyxl.Workbook) -> None:
    book["Register"].merge_cells("A3:A4")


def _array(book: openpyxl.Workbook) -> None:
    book["Register"]["E3"] = ArrayFormula("E3:E4", "=A9:A10")


def _bare_filing(book: openpyxl.Workbook) -> None:
    book["Filing"]["A1"].comment = None
    book["Register"]["B4"].comment = Comment("x", "y")


@pytest.mark.parametrize(
    ("change", "held"),
    [
        (lambda _: None, {}),
        (_formula, {4: "formula"}),
        (_referred, {4: "referred"}),
        (_span, {4: "referred", 5: "referred"}),
        (_named, {4: "referred"}),
        (_merged, {4: "merged"}),
        (_array, {4: "array"}),
        (_bare_filing, {4: "note"}),
    ],
    ids=[
        "nothing",
        "formula",
        "referred",
        "a whole span",
        "a name",
        "merged",
        "array",
        "nowhere for its note",
    ],
)
def test_what_holds_a_row(tmp_path: Path, change: Callable[[openpyxl.Workbook], None], held: dict[int, str]) -> None:
    workbook = book_at(tmp_path / "b.xlsx", change)
    assert workbook.bound(workbook.read(), RowMove("Register", "Filing", [4, 5])) == held
