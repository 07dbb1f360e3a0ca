"""A commit writes the cells it was given; everything else a person made stays as it was, byte for byte."""

from __future__ import annotations

import base64
import io
import re
import zipfile
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.formula import ArrayFormula

from automation.commands.install import install_into
from automation.ledger.errors import LedgerError
from automation.ledger.workbook import Cell, CellError, Changed, ColumnEdit, Commit, Formula, TabEdit
from automation.workbooks.excel.workbook import ExcelWorkbook
from automation.workbooks.excel.xml.ledger_mark import marked

CLOCK = datetime(2026, 3, 18, 1, tzinfo=UTC)
MOMENT = datetime(2026, 3, 18, 9)
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


class Picture(Image):
    """openpyxl's own needs Pillow to look at the picture; this one does not."""

    def __init__(self) -> None:
        self.ref, self.width, self.height, self.format, self.anchor = PIXEL, 1, 1, "png", "H2"

    def _data(self) -> bytes:
        return PIXEL


def made_by_a_person() -> bytes:
    """Two tabs with all that people put in a workbook, and the mark. Row 4 is the last; row 3 of Cases has a height of its own."""
    book = openpyxl.Workbook()
    cases = book.worksheets[0]
    cases.title = "Cases"
    for row in (
        ["No.", "Text", "Day", "People", "Own sum"],
        ["LV-1", "first", date(2026, 3, 2), 3, "=D2*2"],
        ["LV-2", "second & third", date(2026, 3, 3), 4, "=D3*2"],
        ["LV-3", "", "", "", ""],
    ):
        cases.append(row)
    side = Side("thin", "FF0000")
    for cell in cases[4]:
        cell.font, cell.fill = Font("Arial", 13, bold=True), PatternFill("solid", "FFEE00")
        cell.border, cell.alignment = Border(side, side, side, side), Alignment("right", wrap_text=True)
    cases["C4"].number_format = "yyyy-mm-dd"
    cases["A2"].comment = Comment("Called on Monday", "Ruth")
    cases["B2"].hyperlink = "https://school.example/letter.pdf"
    cases["B3"].hyperlink = "#Own!A1"
    cases.row_dimensions[3].height = 47
    cases.row_dimensions[4].hidden = True
    cases.column_dimensions["B"].width = 33
    cases.column_dimensions["C"].outlineLevel = 1
    check = DataValidation("list", formula1='"first,second"', showErrorMessage=True, error="One of the two")
    check.add("B2:B99")
    cases.add_data_validation(check)
    cases.conditional_formatting.add("D2:D99", CellIsRule("greaterThan", ["3"], fill=PatternFill("solid", "00FF00")))
    cases.freeze_panes, cases.auto_filter.ref = "B2", "A1:E4"
    cases.print_title_rows = "1:1"
    cases.merge_cells("G1:H1")
    own = book.create_sheet("Own")
    own["A1"], own["B1"] = "mine", "=SUM(Cases!D2:D99)"
    chart = BarChart()
    chart.add_data(Reference(cases, min_col=4, min_row=1, max_row=3), titles_from_data=True)
    own.add_chart(chart, "D4")
    own.add_image(Picture())
    own.protection.enable()
    book.create_sheet("Attic").sheet_state = "hidden"
    book.defined_names["list_mine"] = DefinedName("list_mine", attr_text="Own!$A$1:$A$9")
    out = io.BytesIO()
    book.save(out)
    return as_excel_writes_it(out.getvalue())


def as_excel_writes_it(data: bytes) -> bytes:
    """With the texts of Cases as shared strings, one of them rich, and with spans and automatic calculation."""
    name, texts = "xl/worksheets/sheet1.xml", []

    def shared(found: re.Match[bytes]) -> bytes:
        texts.append(found[1])
        return b't="s"><v>%d</v>' % (len(texts) - 1)

    xml = re.sub(rb't="inlineStr"><is>(<t>.*?</t>)</is>', shared, parts(data)[name])
    texts[0] = b"<r><t>N</t></r><r><rPr><b/></rPr><t>o.</t></r>"
    strings = b"".join(b"<si>%b</si>" % text for text in texts)
    space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    data = with_part(data, name, re.sub(rb'<row r="(\d)"', rb'<row r="\1" spans="1:8"', xml))
    book = parts(data)["xl/workbook.xml"].replace(b' fullCalcOnLoad="1"', b"")
    data = with_part(data, "xl/workbook.xml", book)
    return marked(with_related(data, "sharedStrings", b'<sst xmlns="%b">%b</sst>' % (space, strings)), "ledger.xlsx")


@pytest.fixture(scope="module")
def rich() -> bytes:
    return made_by_a_person()


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("installed") / "ledger.xlsx"
    install_into(path, "en", None, MOMENT, CLOCK)
    return path.read_bytes()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.xlsx"


def one(row: int, column: int, value: Cell, tab: str = "Cases") -> TabEdit:
    return TabEdit(tab, [ColumnEdit(column, [row], [value])])


def committed(path: Path, data: bytes, edits: Sequence[TabEdit]) -> bytes:
    """The file after these edits to `data` were committed."""
    path.write_bytes(data)
    workbook = ExcelWorkbook(path, CLOCK)
    with workbook.lock():
        workbook.commit(Commit(workbook.read(), edits))
    return path.read_bytes()


def read(path: Path, tab: str = "Cases") -> list[list[Cell]]:
    """The rows without blank cells at the end."""
    return [without_end(row) for row in ExcelWorkbook(path, CLOCK).read().grids[tab].rows]


def without_end(row: Sequence[Cell]) -> list[Cell]:
    filled = [at for at, cell in enumerate(row, start=1) if cell != ""]
    return list(row[: max(filled, default=0)])


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def part_of(data: bytes, tab: str) -> str:
    number = openpyxl.load_workbook(io.BytesIO(data)).sheetnames.index(tab) + 1
    return f"xl/worksheets/sheet{number}.xml"


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for part, old in {**parts(data), name: content}.items():
            archive.writestr(part, old)
    return out.getvalue()


def with_related(data: bytes, kind: str, content: bytes) -> bytes:
    """The workbook with another part that it points to: `xl/KIND.xml`."""
    links = "xl/_rels/workbook.xml.rels"
    relation = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
    type_ = f"application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml"
    before = parts(data)
    for name, end, element in (
        ("[Content_Types].xml", b"</Types>", f'<Override PartName="/xl/{kind}.xml" ContentType="{type_}"/>'),
        (
            links,
            b"</Relationships>",
            f'<Relationship Id="{kind}1" Type="{relation}" Target="/xl/{kind}.xml"/>',
        ),
    ):
        data = with_part(data, name, before[name].replace(end, element.encode() + end))
    return with_part(data, f"xl/{kind}.xml", content)


def looks(cell: object) -> str:
    """Font, fill, border and alignment, in words."""
    return "".join(repr(getattr(cell, name)) for name in ("font", "fill", "border", "alignment"))


def of_people(data: bytes) -> dict[str, Any]:
    """Everything openpyxl finds in a workbook except the cells' values."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    found: dict[str, Any] = {"names": {name: one.value for name, one in book.defined_names.items()}}
    for sheet in book.worksheets:
        cells = [cell for row in sheet.iter_rows() for cell in row]
        found[sheet.title] = {
            "notes": {cell.coordinate: cell.comment.text for cell in cells if cell.comment},
            "links": {cell.coordinate: cell.hyperlink.target or cell.hyperlink.location for cell in cells if cell.hyperlink},
            "styles": {cell.coordinate: looks(cell) for cell in cells if cell.has_style},
            "checks": [(str(one.sqref), one.formula1, one.error) for one in sheet.data_validations.dataValidation],
            "colours": [(str(place.sqref), [rule.formula for rule in place.rules]) for place in sheet.conditional_formatting],
            "rows": {row: (one.height, one.hidden) for row, one in sheet.row_dimensions.items()},
            "columns": {letter: (one.width, one.outlineLevel) for letter, one in sheet.column_dimensions.items()},
            "view": (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows, sheet.sheet_state, sheet.protection.sheet),
            "merged": [str(place) for place in sheet.merged_cells.ranges],
            "drawn": (len(sheet._charts), len(sheet._images)),  # type: ignore[attr-defined]
        }  # fmt: skip
    return found


# Only the edited cells' XML is made anew, everything else stays byte for byte (docs/design.md#p8.3).


def test_a_commit_changes_no_part_but_that_of_its_tab(path: Path, rich: bytes) -> None:
    before, after = parts(rich), parts(committed(path, rich, [one(2, 2, "changed")]))

    assert list(after) == list(before)
    assert {name for name in before if after[name] != before[name]} == {
        "xl/worksheets/sheet1.xml",
        "xl/workbook.xml",  # work the formulas out anew
    }


@pytest.mark.parametrize(
    ("edit", "old", "new"),
    [
        pytest.param(
            one(2, 2, "a<b"),
            rb'<c r="B2"[^>]*>.*?</c>',
            b'<c r="B2" t="inlineStr"><is><t xml:space="preserve">a&lt;b</t></is></c>',
            id="a-text",
        ),
        pytest.param(one(2, 4, 7), rb'<c r="D2"[^>]*>.*?</c>', b'<c r="D2"><v>7</v></c>', id="a-number"),
        pytest.param(one(2, 4, True), rb'<c r="D2"[^>]*>.*?</c>', b'<c r="D2" t="b"><v>1</v></c>', id="a-tick"),
        pytest.param(one(2, 4, ""), rb'<c r="D2"[^>]*>.*?</c>', b"", id="emptied-without-a-style"),
        pytest.param(
            one(3, 3, ""), rb'<c r="C3" s="(\d+)"[^>]*>.*?</c>', rb'<c r="C3" s="\1"/>', id="emptied-with-a-style"
        ),
        pytest.param(
            one(3, 3, date(2026, 12, 31)),
            rb'<c r="C3" s="(\d+)"[^>]*>.*?</c>',
            rb'<c r="C3" s="\1"><v>46387</v></c>',
            id="a-day-where-days-are-shown",
        ),
    ],
)
def test_within_the_part_only_the_edited_cell_is_new(
    path: Path, rich: bytes, edit: TabEdit, old: bytes, new: bytes
) -> None:
    before = parts(rich)["xl/worksheets/sheet1.xml"]
    expected, count = re.subn(old, new, before)

    after = parts(committed(path, rich, [edit]))["xl/worksheets/sheet1.xml"]

    assert count == 1
    # Only the edited row loses `spans`, an optional hint of its width.
    row = str(edit.columns[0].rows[0]).encode()
    assert after == re.sub(rb'(<row r="%b"[^>]*?) spans="[^"]*"' % row, rb"\1", expected)


def test_what_a_person_formatted_noted_linked_checked_and_drew_survives(path: Path, rich: bytes) -> None:
    edits = [
        TabEdit("Cases", [ColumnEdit(2, [2, 3], ["one", "two"]), ColumnEdit(4, [2, 3], [9, ""])]),
        one(1, 1, "theirs", "Own"),
    ]

    after = committed(path, rich, edits)

    assert of_people(after) == of_people(rich)
    assert {name: parts(after)[name] for name in parts(rich) if "/media/" in name} == {"xl/media/image1.png": PIXEL}


def test_an_installed_ledger_keeps_its_looks(path: Path, installed: bytes) -> None:
    edits = [
        TabEdit("Register", [ColumnEdit(6, [2], ["Anna"]), ColumnEdit(15, [2], [date(2026, 3, 2)])]),
        TabEdit("Settings", [ColumnEdit(2, [2], ["07:30"])]),
    ]
    before, after = parts(installed), parts(committed(path, installed, edits))

    assert {name for name in before if after[name] != before[name]} == {
        part_of(installed, "Register"),
        part_of(installed, "Settings"),
    }
    # New cells look like their column.
    sheet = openpyxl.load_workbook(path)["Register"]
    expected = of_people(installed)
    for letter in "FO":
        expected["Register"]["styles"][f"{letter}2"] = looks(sheet.column_dimensions[letter])
    assert of_people(path.read_bytes()) == expected
    assert [read(path, "Register")[1][at] for at in (5, 14)] == ["Anna", date(2026, 3, 2)]
    assert read(path, "Settings")[1][1] == "07:30"


# Text stays text, whatever it looks like.
@pytest.mark.parametrize(
    "text",
    ["=cmd()", "=IMPORTXML(\"http://x\")", "+1", "-1", "@a", "00123", "1e5", "2026-3-2", "3/2", "TRUE", "#REF!",
     "5%", "0x1F", "1,000", "'0", " padded ", "two\nlines", "信访"],
)  # fmt: skip
@pytest.mark.parametrize("cell", ["general", "a-date"])
def test_text_stays_text(path: Path, rich: bytes, text: str, cell: str) -> None:
    column = {"general": 2, "a-date": 3}[cell]
    data = committed(path, rich, [one(2, column, text)])
    seen = openpyxl.load_workbook(io.BytesIO(data))["Cases"].cell(2, column)

    assert read(path)[1][column - 1] == text
    assert (seen.value, seen.data_type) == (text, "s")


@pytest.mark.parametrize(
    ("row", "column", "value", "shown"),
    [
        pytest.param(2, 3, date(2026, 3, 9), "yyyy-mm-dd", id="a-day-where-days-stand"),
        pytest.param(4, 3, date(2026, 3, 9), "yyyy-mm-dd", id="a-day-in-an-empty-cell-for-days"),
        pytest.param(4, 2, date(2026, 3, 9), "mm-dd-yy", id="a-day-in-a-cell-for-anything"),
        pytest.param(4, 2, datetime(2026, 3, 9, 14, 5), "m/d/yy h:mm", id="a-moment"),
        pytest.param(4, 2, time(14, 5), "h:mm:ss", id="a-time"),
        pytest.param(2, 4, date(2026, 3, 9), "mm-dd-yy", id="a-cell-without-any-style"),
    ],
)
def test_a_date_is_shown_as_a_date_and_looks_as_its_cell_did(
    path: Path, rich: bytes, row: int, column: int, value: Cell, shown: str
) -> None:
    old = openpyxl.load_workbook(io.BytesIO(rich))["Cases"].cell(row, column)
    data = committed(path, rich, [one(row, column, value)])
    new = openpyxl.load_workbook(io.BytesIO(data))["Cases"].cell(row, column)

    assert read(path)[row - 1][column - 1] == value
    assert new.number_format == shown
    assert looks(new) == looks(old)


def test_a_date_counts_from_the_workbooks_own_first_day(path: Path) -> None:
    book = openpyxl.Workbook()
    book.epoch = datetime(1904, 1, 1)
    book.worksheets[0].title = "Cases"
    book.worksheets[0]["A1"] = date(2026, 3, 2)
    book.save(path)

    committed(path, path.read_bytes(), [one(2, 1, date(2026, 3, 3))])

    assert read(path) == [[date(2026, 3, 2)], [date(2026, 3, 3)]]


# A row below the last one is added; it looks like the row above, but never like the header.


def test_new_rows_look_like_the_row_above(path: Path, rich: bytes) -> None:
    edits = [TabEdit("Cases", [ColumnEdit(at, [5, 6], [f"{at}a", f"{at}b"]) for at in range(1, 7)])]

    data = committed(path, rich, edits)

    sheet = openpyxl.load_workbook(io.BytesIO(data))["Cases"]
    above, plain = [looks(cell) for cell in sheet[4][:5]], looks(sheet["D2"])
    assert [looks(cell) for cell in sheet[5][:6]] == [*above, plain]
    assert [looks(cell) for cell in sheet[6][:6]] == [*above, plain]
    assert read(path)[4:] == [
        [f"{at}a" for at in range(1, 7)],
        [f"{at}b" for at in range(1, 7)],
    ]
    assert sheet.dimensions == "A1:H6"


def test_a_first_row_looks_like_its_columns_and_not_like_the_header(path: Path, installed: bytes) -> None:
    """History is empty in a new ledger: its first line takes the columns' look."""
    data = committed(path, installed, [one(2, 2, MOMENT, "History"), one(2, 8, "x", "History")])
    sheet = openpyxl.load_workbook(io.BytesIO(data))["History"]
    header, columns = sheet["B1"], sheet.column_dimensions

    assert [looks(cell) for cell in (sheet["B2"], sheet["H2"])] == [looks(columns[letter]) for letter in "BH"]
    assert sheet["B2"].number_format == columns["B"].number_format
    assert looks(sheet["B2"]) != looks(header)


def test_a_row_far_below_leaves_the_gap_blank(path: Path, rich: bytes) -> None:
    committed(path, rich, [one(9, 1, "LV-9")])

    assert [row[:1] for row in read(path)] == [["No."], ["LV-1"], ["LV-2"], ["LV-3"], *[[]] * 4, ["LV-9"]]


def test_several_edits_of_several_tabs_go_in_one_commit(path: Path, rich: bytes) -> None:
    edits = [
        TabEdit("Cases", [ColumnEdit(2, [4, 2], ["later", "sooner"]), ColumnEdit(4, [3, 4], ["", 2.5])]),
        TabEdit("Own", [ColumnEdit(1, [1, 3], ["a", "b"])]),
        TabEdit("Attic", [ColumnEdit(2, [2], [True])]),
        one(4, 1, "LV-4"),
    ]

    committed(path, rich, edits)

    snapshot = ExcelWorkbook(path, CLOCK).read()
    assert {title: [without_end(row) for row in grid.rows] for title, grid in snapshot.grids.items()} == {
        "Cases": [
            ["No.", "Text", "Day", "People", "Own sum"],
            ["LV-1", "sooner", date(2026, 3, 2), 3, Formula("=D2*2")],
            ["LV-2", "second & third", date(2026, 3, 3), "", Formula("=D3*2")],
            ["LV-4", "later", "", 2.5],
        ],
        "Own": [["a", Formula("=SUM(Cases!D2:D99)")], [], ["b"]],
        "Attic": [[], ["", True]],
    }
    assert sorted(file.name for file in (path.parent / "ledger.backups").iterdir()) == [
        "MANIFEST.sha256",
        "ledger 2026-03-18 010000.xlsx",
    ]


def test_a_commit_of_nothing_leaves_every_part_as_it_was(path: Path, rich: bytes) -> None:
    before = {**parts(rich)}
    after = parts(committed(path, rich, []))

    assert {name: after[name] for name in before if name != "xl/workbook.xml"} == {
        name: content for name, content in before.items() if name != "xl/workbook.xml"
    }


# If the workbook is no longer as `snapshot` read it, commit raises Changed and writes nothing.
@pytest.mark.parametrize("how", ["another-cell", "the-same-cell", "saved-with-nothing-changed"])
def test_a_save_meanwhile_is_news_and_nothing_is_written(path: Path, rich: bytes, how: str) -> None:
    path.write_bytes(rich)
    workbook = ExcelWorkbook(path, CLOCK)
    snapshot = workbook.read()
    book = openpyxl.load_workbook(path)
    if how != "saved-with-nothing-changed":
        book["Cases"]["A2" if how == "the-same-cell" else "B3"] = "typed"
    book.save(path)
    theirs = path.read_bytes()

    with workbook.lock(), pytest.raises(Changed):
        workbook.commit(Commit(snapshot, [one(2, 1, "ours")]))

    assert path.read_bytes() == theirs
    assert sorted(file.name for file in path.parent.iterdir()) == [".ledger.xlsx.lock", "ledger.xlsx"]


# Every cell is read as what it is; a formula is neither blank nor its last result.


def test_every_kind_of_cell_is_read_as_what_it_is(path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Cases"
    moment = datetime(2026, 3, 2, 14, 5)
    for at, value in enumerate(["text", 3, 2.5, True, date(2026, 3, 2), moment, time(14, 5), "=1+1", None, "#N/A"], 1):
        sheet.cell(1, at).value = value
    sheet["J1"].data_type = "e"
    book.save(path)

    assert read(path) == [
        ["text", 3, 2.5, True, date(2026, 3, 2), moment, time(14, 5), Formula("=1+1"), "", CellError("#N/A")]
    ]


SHARED = (
    b'<row r="2"><c r="A2"><f t="shared" ref="A2:A4" si="0">B2&amp;"x"</f><v>0</v></c></row>'
    b'<row r="3"><c r="A3"><f t="shared" si="0"/><v>0</v></c></row>'
    b'<row r="4"><c r="A4"><f t="shared" si="0"/><v>0</v></c></row>'
)


def with_rows(rows: bytes, before: bytes = b"", after: bytes = b"") -> bytes:
    """A workbook whose tab Cases has exactly these rows."""
    book = openpyxl.Workbook()
    book.worksheets[0].title = "Cases"
    out = io.BytesIO()
    book.save(out)
    name = "xl/worksheets/sheet1.xml"
    xml = re.sub(
        rb"<sheetData\s*/>|<sheetData></sheetData>",
        b"<sheetData>" + rows + b"</sheetData>",
        parts(out.getvalue())[name],
    )
    return with_part(out.getvalue(), name, before + xml + after)


@pytest.mark.parametrize("row", [2, 3, 4])
def test_a_shared_formula_survives_the_member_that_is_overwritten(path: Path, row: int) -> None:
    committed(path, with_rows(SHARED), [one(row, 1, "typed")])

    expected: list[Cell] = ["", Formula('=B2&"x"'), Formula('=B3&"x"'), Formula('=B4&"x"')]
    expected[row - 1] = "typed"
    assert [cells[0] if cells else "" for cells in read(path)] == expected
    assert [cell.value for (cell,) in openpyxl.load_workbook(path)["Cases"].iter_rows(max_col=1)] == [
        one.text if isinstance(one, Formula) else one or None for one in expected
    ]


def test_an_array_formula_is_not_torn(path: Path) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].title = "Cases"
    book.worksheets[0]["A2"] = ArrayFormula("A2:A4", "=B2:B4*2")
    book.save(path)
    before = path.read_bytes()

    with pytest.raises(LedgerError) as refused:
        committed(path, before, [one(2, 1, "typed")])

    assert refused.value.say("en") == (
        "Tab “Cases”, cell A2: it is part of the array formula A2:A4; clear that formula, then run again."
    )
    assert path.read_bytes() == before


def test_formulas_are_worked_out_anew_when_the_file_is_opened(path: Path, rich: bytes) -> None:
    data = committed(path, rich, [one(2, 4, 8)])

    assert openpyxl.load_workbook(io.BytesIO(data)).calculation.fullCalcOnLoad is True


def test_the_order_of_calculation_goes_with_a_formula_that_goes(path: Path, rich: bytes) -> None:
    """calcChain.xml lists every formula. If a listed cell has none, Excel calls the file damaged."""
    chained = with_related(rich, "calcChain", b"<calcChain/>")
    before = parts(rich)

    kept = parts(committed(path, chained, [one(2, 4, 8)]))
    gone = parts(committed(path, chained, [one(2, 5, 8)]))

    about = ("[Content_Types].xml", "xl/_rels/workbook.xml.rels")
    assert kept["xl/calcChain.xml"] == b"<calcChain/>"
    assert [kept[name] for name in about] == [parts(chained)[name] for name in about]
    assert sorted(gone) == sorted(before)
    assert [gone[name] for name in about] == [before[name] for name in about]


# Files of other programs: the same cells in another notation.
NUMBERED = (
    b'<row r="1"><c r="A1" t="str"><v>a</v></c><c r="C1"><v>3</v></c></row><row r="3"><c r="B3"><v>5</v></c></row>'
)


def prefixed(xml: bytes) -> bytes:
    return re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", xml).replace(b"xmlns=", b"xmlns:x=")


@pytest.mark.parametrize(
    ("rows", "turned"),
    [
        pytest.param(NUMBERED, lambda xml: xml, id="plain"),
        pytest.param(NUMBERED, prefixed, id="with-a-prefix"),
        pytest.param(
            NUMBERED,
            lambda xml: (
                b'<?xml version="1.0" encoding="UTF-16"?>'.decode().encode("utf-16") + xml.decode().encode("utf-16-le")
            ),
            id="utf-16",
        ),
        pytest.param(NUMBERED, lambda xml: b"\xef\xbb\xbf" + xml, id="byte-order-mark"),
        pytest.param(
            NUMBERED, lambda xml: xml.replace(b"<sheetData>", b'<sheetData><!-- <row r="9"> -->'), id="comments"
        ),
        pytest.param(NUMBERED, lambda xml: xml.replace(b"<v>a</v>", b"<v><![CDATA[a]]></v>"), id="cdata"),
        pytest.param(NUMBERED, lambda xml: xml.replace(b'"', b"'"), id="single-quotes"),
        pytest.param(NUMBERED, lambda xml: xml.replace(b"><", b">\n  <"), id="indented"),
        pytest.param(
            NUMBERED,
            lambda xml: xml.replace(b'r="A1" ', b"").replace(b'<row r="1">', b"<row>"),
            id="without-references",
        ),
        pytest.param(NUMBERED, lambda xml: xml.replace(b'<row r="3">', b'<row r="2"/><row r="3">'), id="an-empty-row"),
    ],
)
def test_files_of_other_programs_are_written_too(path: Path, rows: bytes, turned: Callable[[bytes], bytes]) -> None:
    data = with_rows(rows)
    name = "xl/worksheets/sheet1.xml"
    edits = [TabEdit("Cases", [ColumnEdit(2, [1, 2, 3, 4], ["p", "q", "r", "s"])])]

    committed(path, with_part(data, name, turned(parts(data)[name])), edits)

    expected = [["a", "p", 3], [None, "q", None], [None, "r", None], [None, "s", None]]
    assert read(path) == [["a", "p", 3], ["", "q"], ["", "r"], ["", "s"]]
    assert [[cell.value for cell in row] for row in openpyxl.load_workbook(path)["Cases"].iter_rows()] == expected


@pytest.mark.parametrize(
    "data", [b"<sheetData/>", b"<sheetData></sheetData>"], ids=["closed-at-once", "nothing-inside"]
)
def test_a_tab_without_any_row_can_be_written(path: Path, data: bytes) -> None:
    empty, name = with_rows(b""), "xl/worksheets/sheet1.xml"
    xml = parts(empty)[name].replace(b"<sheetData></sheetData>", data)

    committed(path, with_part(empty, name, xml), [one(1, 2, "first")])

    assert read(path) == [["", "first"]]


# The file keeps its permissions, and a link stays a link.


def test_the_file_keeps_its_rights_and_a_link_stays_a_link(tmp_path: Path, rich: bytes) -> None:
    real, link = tmp_path / "real.xlsx", tmp_path / "ledger.xlsx"
    real.write_bytes(rich)
    real.chmod(0o640)
    link.symlink_to(real)
    workbook = ExcelWorkbook(link, CLOCK)

    with workbook.lock():
        workbook.commit(Commit(workbook.read(), [one(2, 1, "ours")]))

    assert (link.is_symlink(), real.is_symlink(), real.stat().st_mode & 0o777) == (True, False, 0o640)
    assert read(real)[1][0] == "ours"
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        ".real.xlsx.lock",
        "ledger.xlsx",
        "real.backups",
        "real.xlsx",
    ]
