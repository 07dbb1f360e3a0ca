"""Each line of the table of what refers to rows is what the code does, and what is in no line holds a row back.

Every line is put into a workbook of its own, once about a row that stays and once about one that goes.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

import pytest

from automation.workbooks.excel.xml.elements import root_of
from automation.workbooks.excel.xml.namespaces import PREFIX
from automation.workbooks.excel.xml.package import Package
from automation.workbooks.excel.xml.reference_forms import Everything
from automation.workbooks.excel.xml.reference_table import CANNOT_REFER, CANNOT_REFER_ON_A_TAB, MOVED, Line
from automation.workbooks.excel.xml.references import Gone
from automation.workbooks.excel.xml.referring import Referring

URI = {prefix: uri for uri, prefix in reversed(PREFIX.items())}
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in URI.items() if prefix not in ("", "xml"))
ROW_5_BY_FORM = {
    "Cells": "B5", "Whole": "B5:C5", "View": "B5", "TableRange": "A4:C5", "FormulaText": "Register!$B$5", "NameText": "Register!$B$5",
    "RuleText": "Register!$B$5", "RowFromNought": "4", "Break": "5", "BoxAnchor": "1, 0, 4, 0, 3, 0, 6, 0", "NamedTab": "B5",
    "LinkedPlace": "#Register!B5", "Everything": "",
}  # fmt: skip
"""For each form, a reference to row 5, of which row 4 may be the header."""
ROWS = "".join(f'<row r="{row}"><c r="A{row}"><v>{row}</v></c></row>' for row in range(1, 10))
ON_A_TAB = re.findall(r"\w+", """
    sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection protectedRanges scenarios autoFilter
    sortState dataConsolidate customSheetViews mergeCells phoneticPr conditionalFormatting dataValidations hyperlinks printOptions
    pageMargins pageSetup headerFooter rowBreaks colBreaks customProperties cellWatches ignoredErrors smartTags drawing drawingHF
    legacyDrawing legacyDrawingHF picture oleObjects controls webPublishItems tableParts""")  # fmt: skip
"""The children of a worksheet by ECMA-376 part 1, 18.3.1.99."""
PARENTS = {
    "sheetViews": "sheetView", "protectedRanges": "protectedRange", "dataConsolidate": "dataRef", "customSheetViews": "customSheetView",
    "mergeCells": "mergeCell", "dataValidations": "dataValidation", "hyperlinks": "hyperlink", "cellWatches": "cellWatch",
    "ignoredErrors": "ignoredError", "smartTags": "cellSmartTags", "oleObjects": "oleObject", "controls": "controlPr",
    "webPublishItems": "webPublishItem", "sheetData": "c",
}  # fmt: skip
"""What of a child refers, where that is not the child itself."""


def package(parts: Mapping[str, str]) -> Package:
    """A workbook with the tabs Register (rows 1 to 9) and Other, and more parts; those in `home/` belong to Register."""
    main = URI[""]
    sheet = f'<worksheet xmlns="{main}" {DECLARED}><sheetData>{ROWS}</sheetData></worksheet>'
    related = "".join(
        f'<Relationship Id="h{at}" Type="{OFFICE}/x{at}" Target="/{name}"/>'
        for at, name in enumerate(parts)
        if name.startswith("home/")
    )
    files = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="a" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{OFFICE}"><sheets><sheet name="Register" sheetId="1" r:id="b"/><sheet name="Other" sheetId="2" r:id="c"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="b" Type="{OFFICE}/worksheet" Target="s1.xml"/><Relationship Id="c" Type="{OFFICE}/worksheet" Target="s2.xml"/></Relationships>',
        "xl/s1.xml": sheet,
        "xl/s2.xml": sheet,
        "xl/_rels/s1.xml.rels": f'<Relationships xmlns="{RELATIONS}">{related}</Relationships>',
        **parts,
    }  # fmt: skip
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name, content in files.items():
            target.writestr(name, content)
    return Package(out.getvalue(), "b.xlsx")


def with_line(line: Line, kind: str, value: str) -> tuple[Package, str]:
    """A workbook in which this line's place holds `value`, and the part in which it is."""
    path, _, named = line.place.partition("@")
    elements = path.split("/") if path else []
    if elements and elements[0] == kind:
        elements.pop(0)
    beside = f' {named}="{value}"' if named else ""
    beside += {"NamedTab": ' sheet="Register"'}.get(type(line.form).__name__, "")
    inside = "" if named else value
    if line.drops == "v:shape":
        elements = ["v:shape", "x:ClientData", *elements]
    if line.drops == "sortState" != elements[0]:
        elements = ["sortState", *elements]
    for name in reversed(elements):
        inside, beside = f"<{name}{beside}>{inside}</{name}>", ""
    if kind == "worksheet" and elements[0] == "c":
        inside = f'<sheetData>{ROWS}<row r="10">{inside.replace("<c>", """<c r="Z10">""")}</row></sheetData>'
    elif kind == "worksheet":
        inside = f"<sheetData>{ROWS}</sheetData>" + inside
    default = URI.get(kind.rpartition(":")[0], "")
    root = kind.removeprefix("none:")
    root = {"rels:Relationships": "Relationships"}.get(root, root)
    declared = DECLARED + (
        "" if kind == "none:xml" else f' xmlns="{RELATIONS if root == "Relationships" else default or URI[""]}"'
    )
    if root == "Relationships":
        inside = inside.replace("rels:", "")
    xml = f"<{root} {declared}{beside}>{inside}</{root}>"
    place = {"worksheet": "xl/s1.xml", "workbook": "xl/workbook.xml", "rels:Relationships": "xl/_rels/s1.xml.rels"}.get(
        kind, "home/x.xml"
    )
    if kind == "workbook":
        xml = package({}).part("xl/workbook.xml").decode().replace("</workbook>", f"{inside}</workbook>")
    return package({place: xml}), place


def values(xml: bytes, line: Line) -> list[str]:
    """What stands in this line's place."""
    path, _, named = line.place.partition("@")
    root = root_of(xml)
    assert root is not None
    last = path.rpartition("/")[2] or root.name
    return [
        (one.attribute(named) if named else one.text) or ""
        for one in root
        if one.name == last and (one.children == [] or named)
    ]


EVERY = [pytest.param(line, kind, id=f"{kind} {line.place}") for line in MOVED for kind in line.part.split()]
ONLY_ON_OTHER_TABS = ("chartsheet", "dialogsheet")


def test_each_line_of_the_table_is_what_becomes_of_a_row_that_stays_and_of_one_that_goes() -> None:
    for parameters in EVERY:
        line, kind = parameters.values
        if kind in ONLY_ON_OTHER_TABS:
            continue
        assert_line(line, kind)  # type: ignore[arg-type]


def assert_line(line: Line, kind: str) -> None:
    form, place = type(line.form).__name__, f"{kind} {line.place}"
    five, four = (
        ROW_5_BY_FORM[form],
        {"Break": "4", "RowFromNought": "3", "BoxAnchor": "1, 0, 3, 0, 3, 0, 5, 0", "TableRange": "A3:C4"},
    )
    there, part = with_line(line, kind, five)
    above, five_goes = (Referring(there, {}, "Register", Gone(rows)) for rows in ([2], [5]))
    if isinstance(line.form, Everything):
        assert (above.held(), five_goes.held()) == ({2: line.reason}, {5: line.reason}), place
        return
    # A row above goes: the reference follows its row.
    assert above.held() == {}, place
    above.renumber()
    expected = four.get(form, re.sub(r"5", "4", five))
    assert values(above.changed.get(part, b"<none/>"), line) == [expected], place
    # The row itself goes: it is held, or what belongs to it goes too, or a view moves on.
    held = five_goes.held()
    five_goes.renumber()
    after = values(five_goes.changed.get(part, there.part(part)), line)
    if form == "Break":
        assert (held, after) == ({}, ["4"]), place
    elif line.drops:
        assert (held, after) == ({5: line.reason} if form == "Whole" else {}, []), place
    elif form in ("View", "RowFromNought") and not getattr(line.form, "stays", False):
        assert (held, after) == ({}, [five]), place
    else:
        assert held == {5: line.reason}, place


def test_every_kind_of_part_and_every_element_of_a_tab_is_in_the_table_once() -> None:
    moved = {kind for line in MOVED for kind in line.part.split()}
    assert moved & CANNOT_REFER.keys() == set()
    assert {kind.rpartition(":")[0] for kind in moved | CANNOT_REFER.keys()} - {"none"} <= set(URI)
    refers = {
        name for line in MOVED if "worksheet" in line.part.split() for name in line.place.partition("@")[0].split("/")
    }
    nowhere = {one for name in CANNOT_REFER_ON_A_TAB for one in re.findall(r"[\w:]+", name)}
    assert [one for one in ON_A_TAB if not ({one, PARENTS.get(one, one)} & (refers | nowhere))] == []


def test_what_nobody_knows_in_a_cell_holds_its_row_and_those_above() -> None:
    cell = f'<row r="10"><c r="A10"><extLst><ext {UNKNOWN}><n:mark ref="B4"/></ext></extLst></c></row></sheetData>'
    sheet = package({}).part("xl/s1.xml").decode().replace(SHEET_END, cell)
    assert Referring(package({"xl/s1.xml": sheet}), {}, "Register", Gone([2, 5])).held() == {2: "unknown"}


UNKNOWN = 'xmlns:n="http://schemas.example/2031/new"'
SHEET_END = "</sheetData>"


@pytest.mark.parametrize(
    ("part", "content", "held"),
    [
        ("xl/s1.xml", f'<extLst><ext {UNKNOWN}><n:mark ref="B5"/></ext></extLst>', {2: "unknown", 5: "unknown"}),
        ("xl/s1.xml", f"<extLst><ext {UNKNOWN}><n:mark><n:cells>B1 $C$5:D8</n:cells></n:mark></ext></extLst>", {2: "unknown", 5: "unknown"}),
        ("xl/s1.xml", f'<pageSetup {UNKNOWN} n:follows="B4"/>', {2: "unknown"}),
        ("xl/s1.xml", f'<extLst><ext {UNKNOWN}><n:mark colour="C53030" id="rId1">B5 is late</n:mark></ext></extLst>', {}),
        ("xl/s1.xml", f'<extLst><ext {UNKNOWN}><n:mark ref="B1"/></ext></extLst>', {}),
        ("xl/s2.xml", f'<extLst><ext {UNKNOWN}><n:mark ref="B5"/></ext></extLst>', {}),
        ("xl/s2.xml", f"<extLst><ext {UNKNOWN}><n:mark>register!$B$5</n:mark></ext></extLst>", {2: "unknown", 5: "unknown"}),
        ("xl/s2.xml", f"<extLst><ext {UNKNOWN}><n:mark>register&#x21;B5</n:mark></ext></extLst>", {2: "unknown", 5: "unknown"}),
        ("xl/s2.xml", '<dataConsolidate><dataRefs><dataRef ref="B5" sheet="Register"/></dataRefs></dataConsolidate>', {5: "referred"}),
        ("home/x.xml", '<mark xmlns="http://schemas.example/new"><at cell="B5"/></mark>', {2: "unknown", 5: "unknown"}),
        ("home/x.xml", '<mark><at cell="B5"/></mark>', {2: "unknown", 5: "unknown"}),
        ("xl/x.xml", '<mark xmlns="http://schemas.example/new"><at cell="B5"/></mark>', {}),
        ("xl/x.xml", "<mark><at>see 'Register'!B2:B3</at></mark>", {2: "unknown"}),
        ("xl/x.xml", "<mark><at>x=Register!B2</at></mark>", {2: "unknown"}),
        ("xl/_rels/s2.xml.rels", f'<Relationships xmlns="{URI["rels"]}"><Relationship Id="r" TargetMode="External" Target="#Register%21B5"/></Relationships>', {5: "referred"}),
        ("xl/x.json", '{"at": "Register!B5"}', {2: "unknown", 5: "unknown"}),
        ("xl/x.json", '{"at": "Registered!B5 and Register!none"}', {}),
        ("xl/media/x.png", "Register!B5", {}),
        ("xl/sharedStrings.xml", f'<sst xmlns="{URI[""]}"><si><t>Register!B5</t></si></sst>', {}),
    ],
)  # fmt: skip
def test_what_nobody_here_knows_and_looks_like_a_reference_holds_the_rows(
    part: str, content: str, held: dict[int, str]
) -> None:
    if part.startswith("xl/s") and part != "xl/sharedStrings.xml":
        content = package({}).part(part).decode().replace(SHEET_END, SHEET_END + content)
    assert Referring(package({part: content}), {}, "Register", Gone([2, 5])).held() == held


FORMULAS = {
    "Register!B6": ("Register!B4", {}),
    "register!$B$6+'Register'!B6": ("register!$B$4+'Register'!B4", {}),
    "SUM(Register!B2:Register!B6)": (None, {2: "referred"}),
    "Register!B6:INDEX(Register!B:B,9)": ("Register!B4:INDEX(Register!B:B,9)", {}),
    "SUM(Register!2:9)": ("SUM(Register!2:7)", {}),
    "SUM(Register!B1:B1048576)": ("SUM(Register!B1:B1048576)", {}),
    "SUM(Register:Other!B4)": (None, {2: "referred"}),
    "SUM(First:Other!B4)": (None, {2: "referred"}),
    "SUM('The first:Other'!B4)": (None, {2: "referred"}),
    "SUM(Other!$B$1:$B$9)": ("SUM(Other!$B$1:$B$9)", {}),
    'HYPERLINK("#Register!B6","x")': (None, {2: "referred", 5: "referred"}),
    'HYPERLINK("[ledger.xlsx]Register!B4","x")': (None, {2: "referred"}),
    'INDIRECT("Register!B"&4)': ('INDIRECT("Register!B"&4)', {}),
    "[1]Register!B6+'[1]Register'!B6": ("[1]Register!B6+'[1]Register'!B6", {}),
    "Table1[[#This Row],[B6]]": ("Table1[[#This Row],[B6]]", {}),
    "B6": ("B6", {}),
    "Other!B6": ("Other!B6", {}),
    "Register!B5+1": (None, {5: "referred"}),
    "Register!B6#": (None, {2: "referred", 5: "referred"}),
}
"""A formula on another tab, what it becomes without rows 2 and 5, and which of these it holds."""


def test_formulas_of_every_make_follow_or_hold_also_where_cells_share_them() -> None:
    for formula, (after, held) in FORMULAS.items():
        escaped = formula.replace("&", "&amp;").replace('"', "&quot;")
        cells = f'<row r="11"><c r="A11"><f>{escaped}</f></c></row>'
        sheet = package({}).part("xl/s2.xml").decode().replace(SHEET_END, cells + SHEET_END)
        referring = Referring(package({"xl/s2.xml": sheet}), {}, "Register", Gone([2, 5]))
        assert referring.held() == held, formula
        if after is not None:
            referring.renumber()
            root = root_of(referring.changed.get("xl/s2.xml", sheet.encode()))
            assert root is not None
            assert [one.text for one in root if one.name == "f"] == [after], formula
    shared = '<row r="11"><c r="A11"><f t="shared" si="0" ref="A11:C11">Register!B6</f></c><c r="B11"><f t="shared" si="0"/></c></row><row r="12"><c r="A12"><f t="shared" si="0"/></c></row>'
    sheet = package({}).part("xl/s2.xml").decode().replace(SHEET_END, shared + SHEET_END)
    referring = Referring(package({"xl/s2.xml": sheet}), {}, "Register", Gone([2, 5]))
    referring.renumber()
    root = root_of(referring.changed["xl/s2.xml"])
    assert root is not None
    assert [one.text for one in root if one.name == "f"] == ["Register!B4", "Register!C4", "Register!B5"]
    assert Referring(package({"xl/s2.xml": sheet}), {}, "Register", Gone([7])).held() == {7: "referred"}


RULES = [
    # range, formula, rows that go, formula afterwards, held
    ("A2:C9", "$B2=1", [2, 5], "$B2=1", {}),
    ("A6:A8", "$B6>$C$9", [2, 5], "$B4>$C$7", {}),
    ("A6:A8", "$B$5", [5], None, {5: "referred"}),
    ("A6:A8", "SUM($B$5:$B$7)", [5, 7], "SUM($B$5:$B$5)", {}),
    ("A6:A8", "SUM(B$5:B6)", [5], None, {5: "referred"}),
    ("A6", "B8", [7], "B7", {}),
    ("A6", "B8", [8], None, {8: "referred"}),
    ("A5", "B8", [5, 8], None, {}),
    ("A5 A8:A9", "B5", [5], "B7", {}),
    ("A6:A7 A3:A4", "B6", [3], None, {3: "referred"}),
    ("A6:A7 A3:A4", "$B$9", [3], "$B$8", {}),
    ("A6:A8", "Other!$B$5", [5], "Other!$B$5", {}),
]


def test_a_rules_formula_stays_relative_to_its_range_whatever_the_range_loses() -> None:
    for span, formula, rows, after, held in RULES:
        for shape in ("<conditionalFormatting sqref='{0}'><cfRule><formula>{1}</formula></cfRule></conditionalFormatting>",
                      "<dataValidations count='1'><dataValidation sqref='{0}'><formula1>{1}</formula1></dataValidation></dataValidations>",
                      "<extLst><ext><x14:conditionalFormattings><x14:conditionalFormatting><x14:cfRule><xm:f>{1}</xm:f></x14:cfRule><xm:sqref>{0}</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext></extLst>"):  # fmt: skip
            rule = shape.format(span, formula.replace(">", "&gt;"))
            sheet = package({}).part("xl/s1.xml").decode().replace(SHEET_END, SHEET_END + rule)
            referring = Referring(package({"xl/s1.xml": sheet}), {}, "Register", Gone(rows))
            assert referring.held() == held, (span, formula)
            referring.renumber()
            root = root_of(referring.changed.get("xl/s1.xml", sheet.encode()))
            assert root is not None
            found = [one.text for one in root if one.name in ("formula", "formula1", "xm:f")]
            if not held:
                assert found == ([] if after is None else [after]), (span, formula)
                assert found or [one.name for one in root.children] == ["sheetData"], "no list is left empty"


NAMES = [
    ("Register!$A$2:$A$9", {}, "Register!$A$2:$A$7"),
    ("Register!$A$5", {5: "referred"}, None),
    ("Register!A1", {}, "Register!A1"),
    ("Register!A1048576", {}, "Register!A1048576"),
    ("Register!A4", {2: "referred"}, None),
    ("!$A$4", {2: "referred"}, None),
    ("Other!A4", {}, "Other!A4"),
]


def test_a_name_without_dollars_is_a_distance_and_no_row() -> None:
    for text, held, after in NAMES:
        book = package({}).part("xl/workbook.xml").decode()
        book = book.replace(
            "</workbook>",
            f'<definedNames><definedName name="n" localSheetId="1">{text}</definedName></definedNames></workbook>',
        )
        referring = Referring(package({"xl/workbook.xml": book}), {}, "Register", Gone([2, 5]))
        assert referring.held() == held, text
        referring.renumber()
        if after is not None:
            assert f">{after}<" in referring.changed.get("xl/workbook.xml", book.encode()).decode(), text
