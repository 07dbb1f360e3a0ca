"""What in a workbook refers to rows of a tab, after ECMA-376 part 1 (SpreadsheetML, DrawingML), part 4 (VML) and Microsoft's
extensions (MS-XLSX, MS-ODRAWXML): part and element, how it refers, and what becomes of it when rows are filed.

`referring` does what stands here, line by line: "what is not known and looks like a reference holds its row as well"
(docs/design.md#p4.17).
"""

from __future__ import annotations

from dataclasses import dataclass

from automation.workbooks.excel.xml.reference_forms import (
    BoxAnchor,
    Break,
    Cells,
    Everything,
    Form,
    FormulaText,
    LinkedPlace,
    NamedTab,
    RowFromNought,
    TableRange,
    View,
    Whole,
)
from automation.workbooks.excel.xml.relative_formulas import NameText, RuleText


@dataclass(frozen=True, slots=True)
class Line:
    """A place that refers to rows. `part` is the kind of part by its outermost element; `place` ends the path of the
    element, with `@` before an attribute. Where its rows are held, `reason` says why (`Workbook.bound`). With `drops`,
    the element of that name around it goes with its rows."""

    part: str
    place: str
    form: Form
    about: str
    reason: str = "referred"
    drops: str = ""


_SHEETS = "worksheet chartsheet dialogsheet"
_FROM, _TO = RowFromNought(stays=True), RowFromNought()

MOVED = (
    # A tab's cells
    Line("worksheet", "c/f", FormulaText(), "formulas, also of an array, a spill or a data table; a shared one is written out before"),
    Line("worksheet", "c/f@ref", Whole(), "the range of an array formula, a spill or a data table", "array"),
    Line("worksheet", "c/f@r1", Whole(), "the input of a data table", "array"),
    Line("worksheet", "c/f@r2", Whole(), "the second input of a data table", "array"),
    # A tab, around its cells
    Line(_SHEETS, "sheetPr@syncRef", View(), "where the window is scrolled to with another's"),
    Line("worksheet", "dimension@ref", Cells(), "the used area"),
    Line(_SHEETS, "sheetView@topLeftCell", View(), "where the window is scrolled to"),
    Line(_SHEETS, "customSheetView@topLeftCell", View(), "the same, in a custom view"),
    Line(_SHEETS, "pane@topLeftCell", View(), "the same, below frozen rows"),
    Line(_SHEETS, "selection@activeCell", View(), "the chosen cell"),
    Line(_SHEETS, "selection@sqref", View(), "the chosen cells"),
    Line(_SHEETS, "pivotSelection@activeRow", RowFromNought(), "the chosen row of a pivot table"),
    Line(_SHEETS, "pivotSelection@previousRow", RowFromNought(), "the row chosen before"),
    Line("worksheet", "protectedRange@sqref", Cells(goes=True), "cells that some may edit", drops="protectedRange"),
    Line("worksheet", "x14:protectedRange/xm:sqref", Cells(goes=True), "the same, of newer programs", drops="x14:protectedRange"),
    Line("worksheet", "scenarios@sqref", Cells(), "the results of scenarios"),
    Line("worksheet", "inputCells@r", Whole(), "what a scenario changes"),
    Line("worksheet table", "autoFilter@ref", Cells(), "a filter"),
    Line("worksheet table queryTable", "sortState@ref", Cells(goes=True), "what was sorted", drops="sortState"),
    Line("worksheet table queryTable", "sortCondition@ref", Cells(goes=True), "by which column", drops="sortState"),
    Line("worksheet table queryTable", "x14:sortCondition@ref", Cells(goes=True), "by which icon", drops="sortState"),
    Line("worksheet", "dataRef@ref", NamedTab(), "what is consolidated"),
    Line("worksheet", "mergeCell@ref", Whole(goes=True), "merged cells", "merged", drops="mergeCell"),
    Line("worksheet", "conditionalFormatting@sqref", Cells(goes=True), "coloured cells", drops="conditionalFormatting"),
    Line("worksheet", "cfRule/formula", RuleText(), "when they are coloured"),
    Line("worksheet", "cfvo@val", RuleText(), "the ends of a colour scale"),
    Line("worksheet", "dataValidation@sqref", Cells(goes=True), "cells with a dropdown or check", drops="dataValidation"),
    Line("worksheet", "dataValidation/formula1", RuleText(), "what may stand there"),
    Line("worksheet", "dataValidation/formula2", RuleText(), "up to what"),
    Line("worksheet", "hyperlink@ref", Cells(goes=True), "a link's cells; it goes along with a row, and stays with the others", drops="hyperlink"),
    Line("worksheet", "hyperlink@location", LinkedPlace(), "where a link within the file leads"),
    Line("worksheet", "rowBreaks/brk@id", Break(), "where a page ends", drops="brk"),
    Line("worksheet", "colBreaks/brk@min", RowFromNought(), "from which row on pages end at a column"),
    Line("worksheet", "colBreaks/brk@max", RowFromNought(), "up to which row"),
    Line("worksheet", "cellWatch@r", Cells(goes=True), "a watched cell", drops="cellWatch"),
    Line("worksheet", "ignoredError@sqref", Cells(goes=True), "cells whose green corner was waved away", drops="ignoredError"),
    Line("worksheet", "x14:ignoredError/xm:sqref", Cells(goes=True), "the same, of newer programs", drops="x14:ignoredError"),
    Line("worksheet", "cellSmartTags@r", Whole(), "a cell with smart tags"),
    Line("worksheet", "from/xdr:row", _FROM, "the top of a control or embedded object", "picture"),
    Line("worksheet", "to/xdr:row", _TO, "its bottom"),
    Line("worksheet dialogsheet", "controlPr@linkedCell", FormulaText(), "the cell that a control changes"),
    Line("worksheet dialogsheet", "controlPr@listFillRange", FormulaText(), "what a control offers"),
    Line("worksheet", "webPublishItem@sourceRef", Cells(), "cells published as a web page"),
    # A tab's extensions
    Line("worksheet", "x14:conditionalFormatting/xm:sqref", Cells(goes=True), "coloured cells, of newer programs", drops="x14:conditionalFormatting"),
    Line("worksheet", "x14:cfRule/xm:f", RuleText(), "when they are coloured, also by another tab"),
    Line("worksheet", "x14:cfvo/xm:f", RuleText(), "the ends of bars and icons"),
    Line("worksheet", "x14:dataValidation/xm:sqref", Cells(goes=True), "cells with a list of another tab", drops="x14:dataValidation"),
    Line("worksheet", "x14:formula1/xm:f", RuleText(), "that list"),
    Line("worksheet", "x14:formula2/xm:f", RuleText(), "up to what"),
    Line("worksheet", "x14:sparkline/xm:sqref", Cells(), "a cell with a small chart in it"),
    Line("worksheet", "x14:sparkline/xm:f", FormulaText(), "what it shows"),
    Line("worksheet", "x14:sparklineGroup/xm:f", FormulaText(), "the days along its axis"),
    Line("worksheet", "x15:webExtension/xm:f", FormulaText(), "what an add-in is bound to"),
    # What belongs to a tab
    Line("comments", "comment@ref", Cells(goes=True), "a note; it goes along with its row", drops="comment"),
    Line("comments", "xdr:from/xdr:row", _TO, "where its box is"),
    Line("comments", "xdr:to/xdr:row", _TO, "and how tall"),
    Line("tc:ThreadedComments", "tc:threadedComment@ref", Cells(goes=True), "a comment that people answer; it goes along with its row", drops="tc:threadedComment"),
    Line("none:xml", "x:Row", RowFromNought(goes=True), "the box of a note, which goes along with it", drops="v:shape"),
    Line("none:xml", "x:Anchor", BoxAnchor(), "where a box or an old control stands", "control"),
    Line("none:xml", "x:FmlaLink", FormulaText(), "the cell that an old control changes", "control"),
    Line("none:xml", "x:FmlaRange", FormulaText(), "what it offers", "control"),
    Line("none:xml", "x:FmlaGroup", FormulaText(), "the group that a button belongs to", "control"),
    Line("none:xml", "x:FmlaPict", FormulaText(), "the cells that an old picture shows", "control"),
    Line("none:xml", "x:FmlaTxbx", FormulaText(), "the cell that an old text box shows", "control"),
    Line("x14:formControlPr", "@fmlaLink", FormulaText(), "the cell that a check box, list or other control changes", "control"),
    Line("x14:formControlPr", "@fmlaRange", FormulaText(), "what it offers", "control"),
    Line("x14:formControlPr", "@fmlaGroup", FormulaText(), "the group that a button belongs to", "control"),
    Line("x14:formControlPr", "@fmlaTxbx", FormulaText(), "the cell that it shows", "control"),
    Line("xdr:wsDr", "xdr:from/xdr:row", _FROM, "the top of a picture, chart, text box or slicer", "picture"),
    Line("xdr:wsDr", "xdr:to/xdr:row", _TO, "its bottom"),
    Line("xdr:wsDr", "xdr:sp@textlink", FormulaText(), "the cell that a text box shows", "shown"),
    Line("xdr:wsDr", "a14:cameraTool@cellRange", FormulaText(), "the cells of which a picture is a copy", "shown"),
    Line("c:userShapes", "cdr:sp@textlink", FormulaText(), "the cell that a text box in a chart shows", "shown"),
    Line("c:chartSpace", "c:f", FormulaText(), "what a chart shows; what it last showed stays until it is opened"),
    Line("c:chartSpace", "c15:f", FormulaText(), "the same: labels"),
    Line("c:chartSpace", "c15:sqref", FormulaText(), "the same: filtered series"),
    Line("cx:chartSpace", "cx:f", FormulaText(), "what a newer chart shows"),
    Line("cx:chartSpace", "cx:nf", FormulaText(), "the cell with its number format"),
    Line("table", "table@ref", TableRange(), "a table"),
    Line("table", "calculatedColumnFormula", FormulaText(), "what its new rows calculate"),
    Line("table", "totalsRowFormula", FormulaText(), "its totals"),
    Line("singleXmlCells", "singleXmlCell@r", Whole(), "a cell that an XML map fills"),
    Line("pivotTableDefinition", "location@ref", Whole(), "where a pivot table stands"),
    Line("xnsv:namedSheetViews", "xnsv:nsvFilter@ref", Cells(), "a filter of somebody's own view"),
    Line("xnsv:namedSheetViews", "xnsv:sortCondition@ref", Cells(), "its order"),
    Line("xnsv:namedSheetViews", "xnsv:richSortCondition@ref", Cells(), "its order, by icon or picture"),
    # What belongs to the file
    Line("workbook", "definedName", NameText(), "a name, wherever it holds: also print areas, titles and filters"),
    Line("pivotCacheDefinition", "worksheetSource@ref", NamedTab(), "what a pivot table counts"),
    Line("pivotCacheDefinition", "rangeSet@ref", NamedTab(), "the same, of several ranges"),
    Line("connections", "parameter@cell", FormulaText(), "the cell that a query asks for"),
    Line("rels:Relationships", "rels:Relationship@Target", LinkedPlace("#"), "where a link, picture or shape leads within the file"),
    Line("worksheetSortMap", "rowSortMap@ref", Everything(), "how rows were sorted, one after another", "shared"),
    Line("revisions", "@", Everything(), "the log of a workbook shared in the old way", "shared"),
    Line("headers", "@", Everything(), "the list of such logs", "shared"),
)  # fmt: skip
"""What refers to rows: it is renumbered; what nothing would be left of goes with its row or keeps the row where it is."""

DROPPED = {
    "calcChain": "the order of calculation, which programs make anew",
    "volatileDependencies": "cells with values from outside, which programs list anew",
}
"""Parts, by their relation to the workbook, that are left out once rows or formulas went."""

CANNOT_REFER = {
    "a:theme": "colours and fonts",
    "a:themeOverride": "a chart's own",
    "a:tblStyleLst": "looks of tables",
    "app:Properties": "what kind of file it is",
    "ax:ocx": "the look of an ActiveX control; its cell is in the tab",
    "c16:chartStyle": "a chart's look",
    "calcChain": "left out",
    "clbl:labelList": "a sensitivity label",
    "core:coreProperties": "author and title",
    "cs:chartStyle": "a chart's look",
    "cs:colorStyle": "a chart's colours",
    "custom:Properties": "properties, which may be linked to a name",
    "dgm:colorsDef": "SmartArt",
    "dgm:dataModel": "SmartArt",
    "dgm:layoutDef": "SmartArt",
    "dgm:styleDef": "SmartArt",
    "ds:datastoreItem": "which schema a custom part has",
    "dsp:drawing": "SmartArt",
    "etc:cellImages": "pictures in cells (WPS), which their cells name",
    "externalLink": "cells of other workbooks",
    "fpb:FeaturePropertyBags": "check boxes in cells, which are a style",
    "ink:ink": "handwriting",
    "MapInfo": "XML maps: schemas; their cells are elsewhere",
    "metadata": "what kinds of values cells hold",
    "pivotCacheRecords": "what a pivot table last counted",
    "sst": "texts, with their readings (phonetic)",
    "styleSheet": "looks",
    "tc:personList": "who wrote comments",
    "types:Types": "kinds of parts",
    "users": "who has the file open, in a shared workbook",
    "volTypes": "left out",
    "wetp:taskpanes": "add-ins",
    "x14:slicerCacheDefinition": "a slicer; it names a pivot table or a table's column",
    "x14:slicers": "a slicer's look",
    "x15:timelineCacheDefinition": "a timeline; it names a pivot table",
    "x15:timelines": "a timeline's look",
    "xlrd:rvData": "values with a picture or a card",
    "xlrd:rvStructures": "their structure",
    "xlrd2:rvTypesInfo": "their types",
    "xlrd2:richStyleSheet": "their looks",
    "xlrd2:arrayData": "their lists",
    "xlrd2:supportingPropertyBags": "their properties",
    "xlrd2:spbStructures": "their properties' structure",
    "xlrdwi:webImagesSrd": "pictures from the web",
    "xlrvr:refreshIntervals": "how often they are fetched",
    "xlrvrel:richValueRels": "their pictures",
}
"""Kinds of parts that cannot refer to a row of a tab."""

CANNOT_REFER_ON_A_TAB = (
    "sheetFormatPr", "cols", "sheetCalcPr", "sheetProtection", "phoneticPr", "printOptions", "pageMargins", "pageSetup", "headerFooter",
    "customProperties", "drawing", "drawingHF", "legacyDrawing", "legacyDrawingHF", "picture", "oleObjects/oleObject@link", "tableParts",
    "x14:slicerList", "x15:timelineRefs",
)  # fmt: skip
"""The other elements of a tab: looks, printing and the ids of other parts. What an object is linked to is another file."""
