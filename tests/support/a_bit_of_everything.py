"""Puts into a ledger's file what Excel can keep in one and openpyxl does not know, part by part and fragment by fragment."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping

from automation.workbooks.excel.xml.children import WORKBOOK, WORKSHEET, Children
from tests.support.sound_package import parts_of

X14 = 'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
SPACE = re.compile(rb"http://schemas\.openxmlformats\.org/(officeDocument|spreadsheetml|drawingml)/2006/")
STRICT_SPACE = rb"http://purl.oclc.org/ooxml/\1/"
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'

ON_A_TAB: Mapping[str, str] = {
    "protectedRanges": '<protectedRanges><protectedRange name="Ours" sqref="C2:C9"/></protectedRanges>',
    "customSheetViews": (
        '<customSheetViews><customSheetView guid="{11111111-2222-3333-4444-555555555555}"><pageMargins left="1" right="1"'
        ' top="1" bottom="1" header="1" footer="1"/><printOptions gridLines="1"/><autoFilter ref="A1:B9"/>'
        "</customSheetView></customSheetViews>"
    ),
    "phoneticPr": '<phoneticPr fontId="1" type="noConversion"/>',
    "ignoredErrors": '<ignoredErrors><ignoredError sqref="C2:C9" numberStoredAsText="1"/></ignoredErrors>',
    "mc:AlternateContent": (
        f'<mc:AlternateContent {MC}><mc:Choice Requires="x14" {X14}><controls><control shapeId="1" {R} r:id="own1"/></controls>'
        "</mc:Choice></mc:AlternateContent>"
    ),
    "extLst": (
        f'<extLst><ext uri="{{05C60535-1F16-4fd2-B633-F4F36F0B64E0}}" {X14}><x14:sparklineGroups><x14:sparklineGroup><x14:sparklines>'
        "<x14:sparkline><xm:f>Register!A2:A9</xm:f><xm:sqref>BX2</xm:sqref></x14:sparkline></x14:sparklines></x14:sparklineGroup>"
        f'</x14:sparklineGroups></ext><ext uri="{{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}}" {X14}><x14:dataValidations count="1">'
        '<x14:dataValidation type="list"><x14:formula1><xm:f>People!$A$2:$A$9</xm:f></x14:formula1><xm:sqref>BX2:BX9</xm:sqref>'
        "</x14:dataValidation></x14:dataValidations></ext></extLst>"
    ),
}
"""What stands around the rows of a tab."""
CELLS = (
    '<c r="BX1" t="inlineStr"><is><t>東京</t><rPh sb="0" eb="2"><t>トウキョウ</t></rPh><phoneticPr fontId="1"/></is></c>'
    '<c r="BY1" cm="1"><f t="array" ref="BY1:BY2">_xlfn._xlws.FILTER(A2:A9,A2:A9&lt;&gt;"")</f><v>0</v></c>'
)
"""A reading of a name, and a formula that spills."""
IN_THE_BOOK: Mapping[str, str] = {
    "customWorkbookViews": (
        '<customWorkbookViews><customWorkbookView name="Ruth" guid="{11111111-2222-3333-4444-555555555555}" windowWidth="9"'
        ' windowHeight="9" activeSheetId="2"/></customWorkbookViews>'
    ),
    "pivotCaches": f'<pivotCaches><pivotCache cacheId="1" {R} r:id="own3"/></pivotCaches>',
    "extLst": '<extLst><ext uri="{BBE1A952-AA13-448e-AADC-164F8A28A991}"/></extLst>',
}
FOREIGN: Mapping[str, tuple[str, str, str]] = {
    "xl/ctrlProps/ctrlProp1.xml": ("xl/worksheets/sheet2.xml", "own1", "ctrlProp"),
    "xl/threadedComments/threadedComment1.xml": ("xl/worksheets/sheet2.xml", "own2", "threadedComment"),
    "xl/slicers/slicer1.xml": ("xl/worksheets/sheet2.xml", "own4", "slicer"),
    "xl/persons/person.xml": ("xl/workbook.xml", "own2", "person"),
    "xl/pivotCache/pivotCacheDefinition1.xml": ("xl/workbook.xml", "own3", "pivotCacheDefinition"),
    "xl/metadata.xml": ("xl/workbook.xml", "own4", "sheetMetadata"),
    "xl/vbaProject.bin": ("xl/workbook.xml", "own5", "vbaProject"),
    "xl/chartsheets/sheet1.xml": ("xl/workbook.xml", "own6", "chartsheet"),
    "customXml/item1.xml": ("xl/workbook.xml", "own7", "customXml"),
    "docMetadata/LabelInfo.xml": ("", "own1", "classificationlabels"),
}
"""Each foreign part, with what points to it, by which id, and as what."""


def with_everything(data: bytes, *, strict: bool = False) -> bytes:
    """The ledger's file with all of it, in Excel's usual dialect or as *Strict Open XML*."""
    parts = parts_of(data)
    sheet = Children(parts["xl/worksheets/sheet2.xml"], WORKSHEET)
    for name, fragment in ON_A_TAB.items():
        sheet.put("controls" if name.startswith("mc:") else name, fragment.encode())
    parts["xl/worksheets/sheet2.xml"] = sheet.xml().replace(b"</row>", CELLS.encode() + b"</row>", 1)
    book = Children(parts["xl/workbook.xml"], WORKBOOK)
    for name, fragment in IN_THE_BOOK.items():
        book.put(name, fragment.encode())
    parts["xl/workbook.xml"] = book.xml().replace(
        b"</sheets>", f'<sheet name="Bars" sheetId="99" {R} r:id="own6"/></sheets>'.encode()
    )
    types = Children(parts["[Content_Types].xml"])
    for name, (source, id_, kind) in FOREIGN.items():
        parts[name] = f"<foreign>{name}</foreign>".encode()
        types.add("Override", f'<Override PartName="/{name}" ContentType="application/vnd.foreign+xml"/>'.encode())
        where = re.sub(r"(^|/)([^/]*)$", r"\1_rels/\2.rels", source)
        relations = Children(parts[where])
        type_ = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
        relations.add("Relationship", f'<Relationship Id="{id_}" Type="{type_}" Target="/{name}"/>'.encode())
        parts[where] = relations.xml()
    parts["[Content_Types].xml"] = types.xml()
    return zipped(as_strict(parts) if strict else parts)


def as_strict(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The same in the other dialect, as far as namespaces go."""
    said = {name: SPACE.sub(STRICT_SPACE, content) for name, content in parts.items()}
    said["xl/workbook.xml"] = said["xl/workbook.xml"].replace(b"<workbook ", b'<workbook conformance="strict" ', 1)
    return said


def said_in(fragment: str, *, strict: bool) -> bytes:
    """A fragment as it reads in the file."""
    return SPACE.sub(STRICT_SPACE, fragment.encode()) if strict else fragment.encode()


def zipped(parts: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()
