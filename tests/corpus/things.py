"""What people and other programs put into a ledger beside a case: each thing is made on a row, and found again afterwards.

Each has a column of its own far to the right, or a name of its own, by which its row is found again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
X14 = "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"
XM = "http://schemas.microsoft.com/office/excel/2006/main"
TC = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"


@dataclass(frozen=True)
class Thing:
    """A thing about a case. `where` is a place in the Register (`<name>`, in a list of that name), or the name of a part.

    In `xml`, {c} is its column, {r} its row, {z} the row counted from 0 and {n} its number; {t} is the Register's name. It
    goes with its row (`goes`) or holds it. `found` is its row in what it was made of, if its column does not say it. What `moves_on` is at the next row then.
    """

    name: str
    where: str
    xml: str
    goes: bool = False
    found: str = ""
    from_nought: bool = False
    related: str = ""
    moves_on: bool = False

    def made(self, column: str, row: int, number: int, title: str) -> str:
        values = {"c": column, "r": str(row), "z": str(row - 1), "n": str(number), "t": title}
        return re.sub(r"\{([crznt])\}", lambda found: values[found[1]], self.xml)

    def rows(self, text: str, column: str, number: int) -> list[int]:
        """The rows to which it refers, in the text of all parts."""
        pattern = self.found.replace("{n}", str(number)) if self.found else rf"\b\$?{column}\$?(\d+)\b"
        return [int(row) + self.from_nought for row in re.findall(pattern, text, re.DOTALL)]


EXT = f'<ext xmlns:x14="{X14}" xmlns:xm="{XM}" uri="{{00000000-0000-0000-0000-0000000000{{n}}}}">'
ANCHOR = "<xdr:from><xdr:col>3</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{z}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from><xdr:to><xdr:col>5</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{r}</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:to>"
SHAPE = '<xdr:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="9" cy="9"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></xdr:spPr><xdr:txBody><a:bodyPr/><a:p><a:r><a:t>of {n}</a:t></a:r></a:p></xdr:txBody>'
BY_NAME = r"<xdr:row>(\d+)</xdr:row><xdr:rowOff>0</xdr:rowOff></xdr:from>(?:(?!</xdr:twoCellAnchor>).)*?name=\"T{n}\""

THINGS = (
    Thing("protected range", "<protectedRanges>", '<protectedRange sqref="{c}{r}" name="p{n}"/>', goes=True),
    Thing("scenario", "<scenarios>", '<scenario name="s{n}" count="1"><inputCells r="{c}{r}" val="1"/></scenario>'),
    Thing("merged cells", "<mergeCells>", '<mergeCell ref="{c}{r}:{c}{r}"/>'),
    Thing("rule", "<conditionalFormatting>", '<conditionalFormatting sqref="{c}{r}"><cfRule type="expression" priority="9{n}"><formula>${c}{r}=1</formula></cfRule></conditionalFormatting>', goes=True),
    Thing("rule by another row", "<conditionalFormatting>", '<conditionalFormatting sqref="WX2:WX9000"><cfRule type="expression" priority="9{n}"><formula>WX2=${c}${r}</formula></cfRule></conditionalFormatting>'),
    Thing("dropdown", "<dataValidations>", '<dataValidation type="list" sqref="{c}{r}"><formula1>"a,b"</formula1></dataValidation>', goes=True),
    Thing("link within", "<hyperlinks>", '<hyperlink ref="WY{r}" location="{t}!{c}{r}"/>'),
    Thing("page end", "<rowBreaks>", '<brk id="{r}" max="{n}" man="1"/>', moves_on=True, found=r'<brk id="(\d+)" max="{n}"'),
    Thing("watch", "<cellWatches>", '<cellWatch r="{c}{r}"/>', goes=True),
    Thing("waved away", "<ignoredErrors>", '<ignoredError sqref="{c}{r}" numberStoredAsText="1"/>', goes=True),
    Thing("web page", "<webPublishItems>", '<webPublishItem id="{n}" divId="d{n}" sourceType="range" sourceRef="{c}{r}" destinationFile="x.htm"/>'),
    Thing("view", "<customSheetViews>", '<customSheetView guid="{00000000-0000-0000-0000-0000000000{n}}"><selection activeCell="{c}{r}" sqref="{c}{r}"/></customSheetView>', moves_on=True),
    Thing("newer rule", "<extLst>", EXT + '<x14:conditionalFormattings><x14:conditionalFormatting><x14:cfRule type="expression" priority="8{n}" id="{00000000-0000-0000-0000-0000000001{n}}"><xm:f>${c}{r}=1</xm:f></x14:cfRule><xm:sqref>{c}{r}</xm:sqref></x14:conditionalFormatting></x14:conditionalFormattings></ext>', goes=True),
    Thing("newer list", "<extLst>", EXT + '<x14:dataValidations count="1"><x14:dataValidation type="list"><x14:formula1><xm:f>{t}!${c}${r}</xm:f></x14:formula1><xm:sqref>WZ2:WZ9000</xm:sqref></x14:dataValidation></x14:dataValidations></ext>'),
    Thing("small chart", "<extLst>", EXT + '<x14:sparklineGroups><x14:sparklineGroup><x14:sparklines><x14:sparkline><xm:f>{t}!${c}${r}</xm:f><xm:sqref>{c}{r}</xm:sqref></x14:sparkline></x14:sparklines></x14:sparklineGroup></x14:sparklineGroups></ext>'),
    Thing("newer error", "<extLst>", EXT + '<x14:ignoredErrors><x14:ignoredError numberStoredAsText="1"><xm:sqref>{c}{r}</xm:sqref></x14:ignoredError></x14:ignoredErrors></ext>', goes=True),
    Thing("unknown", "<extLst>", '<ext xmlns:n="http://schemas.example/new" uri="{00000000-0000-0000-0000-0000000000{n}}"><n:mark ref="{c}{r}"/></ext>'),
    Thing("thread", "xl/threadedComments/t1.xml", '<threadedComment ref="{c}{r}" dT="2026-03-01T00:00:00.00" personId="{1}" id="{{n}}"><text>of {n}</text></threadedComment>', related="threadedComment"),
    Thing("check box", "xl/ctrlProps/c{n}.xml", f'<formControlPr xmlns="{X14}" objectType="CheckBox" fmlaLink="${{c}}${{r}}" lockText="1"/>', related="ctrlProp"),
    Thing("old check box", "boxes", '<v:shape xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel" id="b{n}" type="#_x0000_t201"><x:ClientData ObjectType="Checkbox"><x:Anchor>4, 0, {z}, 0, 5, 0, {r}, 0</x:Anchor><x:FmlaLink>${c}${r}</x:FmlaLink></x:ClientData></v:shape>'),
    Thing("text box", "drawing", f'<xdr:twoCellAnchor>{ANCHOR.replace("{z}", "9000").replace("{r}", "9001")}<xdr:sp macro="" textlink="{{t}}!${{c}}${{r}}"><xdr:nvSpPr><xdr:cNvPr id="{{n}}" name="t{{n}}"/><xdr:cNvSpPr/></xdr:nvSpPr>{SHAPE}</xdr:sp><xdr:clientData/></xdr:twoCellAnchor>'),
    Thing("shape on a row", "drawing", f'<xdr:twoCellAnchor>{ANCHOR}<xdr:sp macro="" textlink=""><xdr:nvSpPr><xdr:cNvPr id="{{n}}" name="T{{n}}"/><xdr:cNvSpPr/></xdr:nvSpPr>{SHAPE}</xdr:sp><xdr:clientData/></xdr:twoCellAnchor>', found=BY_NAME, from_nought=True),
    Thing("formula", "own tab", '<row r="{n}"><c r="A{n}"><f>{t}!{c}{r}+1</f></c></row>'),
    Thing("text of a link", "own tab", '<row r="{n}"><c r="A{n}"><f>HYPERLINK("#{t}!{c}{r}","x")</f></c></row>'),
    Thing("shared formulas", "own tab", '<row r="{n}"><c r="B{n}"><f t="shared" si="{n}" ref="B{n}:C{n}">{t}!${c}{r}</f></c><c r="C{n}"><f t="shared" si="{n}"/></c></row>'),
    Thing("name", "<definedNames>", '<definedName name="n_{n}">{t}!${c}${r}</definedName>'),
    Thing("name of a tab", "<definedNames>", '<definedName name="n_{n}" localSheetId="2">{t}!${c}${r}:${c}${r}</definedName>'),
    Thing("pivot", "xl/pivotCache/p{n}.xml", f'<pivotCacheDefinition xmlns="{MAIN}"><cacheSource type="worksheet"><worksheetSource ref="{{c}}{{r}}:{{c}}{{r}}" sheet="{{t}}"/></cacheSource><cacheFields count="0"/></pivotCacheDefinition>'),
    Thing("query", "xl/connections{n}.xml", f'<connections xmlns="{MAIN}"><connection id="{{n}}" name="q" refreshedVersion="0"><parameters><parameter cell="{{t}}!${{c}}${{r}}"/></parameters></connection></connections>'),
    Thing("own view", "xl/namedSheetViews/v{n}.xml", '<namedSheetViews xmlns="http://schemas.microsoft.com/office/spreadsheetml/2019/namedsheetviews"><namedSheetView name="v" id="{1}"><nsvFilter filterId="{2}" ref="{c}{r}"/></namedSheetView></namedSheetViews>', related="namedSheetView"),
    Thing("mapped cell", "xl/tables/s{n}.xml", f'<singleXmlCells xmlns="{MAIN}"><singleXmlCell id="{{n}}" r="{{c}}{{r}}" connectionId="0"/></singleXmlCells>', related="tableSingleCells"),
    Thing("chart", "xl/charts/own{n}.xml", '<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"><c:chart><c:plotArea><c:val><c:numRef><c:f>{t}!${c}${r}</c:f></c:numRef></c:val></c:plotArea></c:chart></c:chartSpace>'),
)  # fmt: skip

FOREIGN = {
    "customXml/item1.xml": '<own xmlns="http://schemas.example/own"><cell>B2</cell></own>',
    "xl/externalLinks/own.xml": f'<externalLink xmlns="{MAIN}"><externalBook><sheetDataSet><sheetData sheetId="0"><row r="4"><cell r="B4"/></row></sheetData></sheetDataSet></externalBook></externalLink>',
    "xl/metadata.xml": f'<metadata xmlns="{MAIN}"><metadataTypes count="0"/></metadata>',
    "xl/persons/person.xml": f'<personList xmlns="{TC}"><person displayName="B5" id="{{1}}"/></personList>',
    "xl/printerSettings/p.bin": "\x00\x01B5",
    "xl/slicers/s.xml": f'<slicers xmlns="{X14}"><slicer name="B5" cache="c" rowHeight="1"/></slicers>',
    "docMetadata/LabelInfo.xml": '<clbl:labelList xmlns:clbl="http://schemas.microsoft.com/office/2020/mipLabelMetadata"/>',
}  # fmt: skip
"""Parts that refer to no row of the ledger: they stay byte for byte."""

Chosen = tuple[Thing, str, str, int]
"""A thing, its case, its column and its number."""
