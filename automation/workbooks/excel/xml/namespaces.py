"""The namespaces of the workbook's standards, each with the prefix by which this program calls it.

Of each of them it is known which elements refer to cells: those in `reference_table`. An element of any other namespace
may mean anything.
"""

from __future__ import annotations

_TRANSITIONAL = "http://schemas.openxmlformats.org/"
_STRICT = "http://purl.oclc.org/ooxml/"
_OFFICE = "http://schemas.microsoft.com/office/"

_OF_BOTH_STANDARDS = {
    "spreadsheetml/{}main": "",
    "officeDocument/{}relationships": "r",
    "drawingml/{}main": "a",
    "drawingml/{}spreadsheetDrawing": "xdr",
    "drawingml/{}chart": "c",
    "drawingml/{}chartDrawing": "cdr",
    "drawingml/{}diagram": "dgm",
    "drawingml/{}picture": "pic",
    "officeDocument/{}extendedProperties": "app",
    "officeDocument/{}extended-properties": "app",
    "officeDocument/{}customProperties": "custom",
    "officeDocument/{}custom-properties": "custom",
    "officeDocument/{}docPropsVTypes": "vt",
    "officeDocument/{}math": "m",
    "officeDocument/{}customXml": "ds",
    "schemaLibrary/{}main": "sl",
}

_MICROSOFT = {
    "spreadsheetml/2009/9/main": "x14", "spreadsheetml/2009/9/ac": "x14ac", "excel/2006/main": "xm", "spreadsheetml/2010/11/main": "x15",
    "spreadsheetml/2010/11/ac": "x15ac", "spreadsheetml/2011/1/ac": "x12ac", "spreadsheetml/2014/revision": "xr",
    "spreadsheetml/2015/revision2": "xr2", "spreadsheetml/2016/revision3": "xr3", "spreadsheetml/2016/revision6": "xr6",
    "spreadsheetml/2016/revision9": "xr9", "spreadsheetml/2016/revision10": "xr10", "spreadsheetml/2014/11/main": "x16",
    "spreadsheetml/2015/02/main": "x16r2", "spreadsheetml/2016/01/main": "x16r3", "spreadsheetml/2017/richdata": "xlrd",
    "spreadsheetml/2017/richdata2": "xlrd2", "spreadsheetml/2017/dynamicarray": "xda", "spreadsheetml/2018/calcfeatures": "xcalcf",
    "spreadsheetml/2018/threadedcomments": "tc", "spreadsheetml/2019/namedsheetviews": "xnsv", "spreadsheetml/2020/richdatawebimage": "xlrdwi",
    "spreadsheetml/2020/richvaluerefresh": "xlrvr", "spreadsheetml/2022/featurepropertybag": "fpb", "spreadsheetml/2022/richvaluerel": "xlrvrel",
    "spreadsheetml/2020/threadedcomments2": "tc2", "spreadsheetml/2020/pivotNov2020": "xpdl", "spreadsheetml/2018/08/main": "x18",
    "spreadsheetml/2016/pivotdefaultlayout": "xpdl2", "spreadsheetml/2019/extlinksprops": "xxlnp", "spreadsheetml/2023/externalCodeService": "xlecs",
    "spreadsheetml/2023/msForms": "xlmsforms", "spreadsheetml/2023/pivot2023Calculation": "xpc", "spreadsheetml/2024/workbookCompatibilityVersion": "xlwcv",
    "drawing/2010/main": "a14", "drawing/2010/slicer": "sle", "drawing/2012/timeslicer": "tsle", "drawing/2012/chart": "c15",
    "drawing/2014/chart": "c16", "drawing/2014/chartex": "cx", "drawing/2015/9/8/chartex": "cx1", "drawing/2014/main": "a16",
    "drawing/2007/8/2/chart": "c14", "drawing/2013/main/command": "ac13", "drawing/2012/chartStyle": "cs", "drawing/2017/03/chart": "c16r3",
    "drawing/2015/06/chart": "c16r2", "drawing/2014/chart/ac": "c16ac", "drawing/2010/spreadsheetDrawing": "xdr14", "drawing/2017/decorative": "adec",
    "drawing/2016/SVG/main": "asvg", "drawing/2018/sketchyshapes": "ask", "drawing/2016/ink": "aink", "drawing/2010/compatibility": "com14",
    "drawing/2008/diagram": "dsp", "drawing/2010/diagram": "dgm14", "drawing/2018/hyperlinkcolor": "ahyp", "drawing/2012/main": "a15",
    "2006/activeX": "ax", "webextensions/webextension/2010/11": "we", "webextensions/taskpanes/2010/11": "wetp", "2020/mipLabelMetadata": "clbl",
    "2006/metadata/properties": "meta", "mac/excel/2008/main": "mx",
}  # fmt: skip

_OTHERS = {
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rels",
    "http://schemas.openxmlformats.org/package/2006/content-types": "types",
    "http://schemas.openxmlformats.org/package/2006/metadata/core-properties": "core",
    "http://schemas.openxmlformats.org/package/2006/digital-signature": "sig",
    "http://www.w3.org/2000/09/xmldsig#": "dsig",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://www.w3.org/2001/XMLSchema-instance": "xsi",
    "http://www.w3.org/XML/1998/namespace": "xml",
    "http://www.w3.org/2003/InkML": "ink",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:office": "o",
    "urn:schemas-microsoft-com:office:excel": "x",
    "http://schemas.microsoft.com/office/excel/2003/xml": "x03",
    "http://www.wps.cn/officeDocument/2017/etCustomData": "etc",
}

PREFIX: dict[str, str] = {
    **{root + path.format(year): prefix for path, prefix in _OF_BOTH_STANDARDS.items() for root, year in ((_TRANSITIONAL, "2006/"), (_STRICT, ""))},
    **{_OFFICE + path: prefix for path, prefix in _MICROSOFT.items()},
    **_OTHERS,
}  # fmt: skip
"""Namespace → prefix; that of SpreadsheetML itself is empty. Both kinds of file, transitional and strict, are the same here."""
