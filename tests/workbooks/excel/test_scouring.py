"""What is left of an erased text in a file beside its cells, as Excel and others write it: shared texts, last results, notes, links."""

from __future__ import annotations

import io
import zipfile

from automation.ledger.names.passages import Sought
from automation.workbooks.excel.scouring import scoured
from automation.workbooks.excel.sheets_read import grids_of
from automation.workbooks.excel.xml.package import Package
from automation.workbooks.laid_out import Scour

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPE}.worksheet+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="{_TYPE}.sharedStrings+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_RELATED}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATED}"><sheets><sheet name="A" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_RELATED}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{_RELATED}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
    "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}" count="2" uniqueCount="3"><si><t>kept</t></si><si><t>Lucy Archer was here</t></si><si><r><t>also </t></r><r><t>kept</t></r></si></sst>',
    "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_MAIN}" xmlns:r="{_RELATED}"><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="0" t="s"><v>2</v></c></row><row r="2"><c r="A2" t="str"><f>A1&amp;"x"</f><v>Lucy  ARCHER</v></c><c r="B2" t="str"><f>A1</f><v>kept</v></c></row></sheetData><hyperlinks><hyperlink ref="A1" r:id="rId1"/><hyperlink ref="A2" r:id="rId2"/></hyperlinks></worksheet>',
    "xl/worksheets/_rels/sheet1.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_RELATED}/hyperlink" Target="https://s.example/kept" TargetMode="External"/><Relationship Id="rId2" Type="{_RELATED}/hyperlink" Target="file:///row2.pdf" TargetMode="External"/></Relationships>',
}  # fmt: skip


def packed() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, text in PARTS.items():
            package.writestr(name, text)
    return out.getvalue()


def test_what_no_cell_shows_any_more_goes_and_every_cell_stays() -> None:
    before = packed()
    after = scoured(before, "a.xlsx", Scour(Sought(("Lucy Archer",)), {"A": [2]}, whole=True))

    assert grids_of(after, Package(after, "a.xlsx")) == grids_of(before, Package(before, "a.xlsx"))
    parts = {name: zipfile.ZipFile(io.BytesIO(after)).read(name).decode() for name in PARTS}
    assert [name for name, text in parts.items() if "archer" in text.casefold()] == []
    assert parts["xl/sharedStrings.xml"].count("<si>") == 3, "cells name them by their place"
    assert "kept</v>" in parts["xl/worksheets/sheet1.xml"]
    links = parts["xl/worksheets/_rels/sheet1.xml.rels"]
    assert ("kept" in links, "row2" in links) == (True, False), "the row's link went, the other stays"
    assert scoured(after, "a.xlsx", Scour(Sought(("Lucy Archer",)), {"A": [2]}, whole=True)) == after


def test_of_a_petitioner_only_what_speaks_of_them_goes() -> None:
    after = scoured(packed(), "a.xlsx", Scour(Sought(("Lucy Archer",)), {"A": [2]}, whole=False))
    assert b"row2" in zipfile.ZipFile(io.BytesIO(after)).read("xl/worksheets/_rels/sheet1.xml.rels")
