"""Blocks as elements of a Word document's body, in real Word styles."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from lxml import etree

from automation.reports.annual.blocks import Blank, Chart, Heading, SignatureLine, Table
from automation.reports.annual.docx_styles import GREY, LOOKS, PAPER, style_id, twips
from automation.reports.annual.ooxml import NAMESPACES, RELATION, a, c, w, wp
from automation.text.catalogue import Message, msg
from sheet_schema import Language
from sheet_schema.languages import script

KEPT_TOGETHER, WIDE, LAST = 20, 6, 3
"""Most rows of a table kept on one page, columns from which rows are too high for that, last rows kept together."""
_NUMBERED: Mapping[str, Message] = {
    "table": msg("Table "),
    "chart": msg("Chart "),
}
_COLON = msg(": ")
_PAGE = msg("Page {page} of {n}")
_STANDING, _A_LYING_BAR, _TALLEST = 52, 7, 215
"""Heights of charts in millimetres."""


def paragraph(
    style: str, *content: etree._Element, kept: bool = False, looks: Iterable[etree._Element] = ()
) -> etree._Element:
    """A paragraph in that style, `kept` on one page with the next. `looks` are extra properties in Word's order."""
    own = [w("keepNext")] if kept else []
    return w("p", w("pPr", w("pStyle", val=style_id(style)), *own, *looks), *content)


def run(text: str) -> etree._Element:
    return w("r", w("t", text=text))


def lines(texts: Sequence[str]) -> Iterator[etree._Element]:
    """Several lines within one paragraph."""
    for i, text in enumerate(texts):
        yield w("r", *([w("br")] if i else []), w("t", text=text))


def field(instruction: str, shown: str) -> etree._Element:
    """A field, with what it shows until Word works it out."""
    return w("fldSimple", run(shown), instr=f" {instruction} ")


def heading(block: Heading) -> etree._Element:
    """An annex has no number, and the first level of it begins a new page."""
    looks = [w("pageBreakBefore")] if block.annex and block.level == 1 else []
    if block.annex:
        looks += [w("numPr", w("numId", val="0")), w("ind", left="0", firstLine="0")]
    return paragraph(f"Heading {block.level}", run(block.text), looks=looks)


def caption(kind: str, number: int, text: str, language: Language, *, kept: bool) -> etree._Element:
    """A caption such as "Table 3  By topic", in which Word does the counting."""
    word = _NUMBERED[kind].say(language)
    counted = field(f"SEQ {word.strip()} \\* ARABIC", str(number))
    return paragraph("Caption", run(word), counted, run(f"  {text}"), kept=kept)


def table(block: Table, language: Language) -> etree._Element:
    rows = [block.header, *block.rows, *([block.total] if block.total else [])]
    last = len(rows) - 1
    together = 0 if last < KEPT_TOGETHER and len(block.header) < WIDE else last - LAST + 1
    whole = sum(block.widths)
    widths = [str(twips(_width(language) * share / whole)) for share in block.widths]
    strong = {0, last} if block.total else {0}
    cells = [
        _cells(block, texts, widths, strong=i in strong, kept=together <= i < last) for i, texts in enumerate(rows)
    ]
    looks = (
        w("tblStyle", val="ReportTable"),
        w("tblW", w=str(twips(_width(language))), type="dxa"),
        w("tblLayout", type="fixed"),
        w(
            "tblLook",
            val="0020",
            firstRow="1",
            lastRow="1" if block.total else "0",
            firstColumn="0",
            lastColumn="0",
            noHBand="1",
            noVBand="1",
        ),
        w("tblCaption", val=block.caption),
    )
    grid = w("tblGrid", *(w("gridCol", w=width) for width in widths))
    return w("tbl", w("tblPr", *looks), grid, *(_row(found, header=not i) for i, found in enumerate(cells)))


def _cells(
    block: Table, texts: Sequence[str], widths: Sequence[str], *, strong: bool, kept: bool
) -> list[etree._Element]:
    """The cells of one row of the table. `kept` keeps the row on one page with the next."""
    style = "Table Heading" if strong else "Table Text"
    return [
        w(
            "tc",
            w("tcPr", w("tcW", w=width, type="dxa")),
            paragraph(style, run(text), kept=kept, looks=[w("jc", val="right")] if i in block.numbers else []),
        )
        for i, (text, width) in enumerate(zip(texts, widths, strict=True))
    ]


def _row(cells: Iterable[etree._Element], *, header: bool) -> etree._Element:
    """A row is not broken over pages; the header is repeated on each."""
    return w("tr", w("trPr", w("cantSplit"), *([w("tblHeader")] if header else [])), *cells)


def drawing(block: Chart, number: int, relation: str, language: Language) -> etree._Element:
    """The chart's place in the text, and a description for those who cannot see it."""
    lying = min(_TALLEST, 12 + _A_LYING_BAR * len(block.labels) * len(block.series))
    high = lying if block.lying else _STANDING
    wide, tall = (str(round(side * 36_000)) for side in (_width(language), high))
    shown = c("chart")
    shown.set(RELATION, relation)
    inline = wp(
        "inline",
        wp("extent", cx=wide, cy=tall),
        wp("docPr", id=str(number), name=f"Chart {number}", descr=block.description, title=block.caption),
        wp("cNvGraphicFramePr"),
        a("graphic", a("graphicData", shown, uri=NAMESPACES["c"])),
        distT="0",
        distB="0",
        distL="0",
        distR="0",
    )
    return paragraph("Figure", w("r", w("drawing", inline)))


def blank(block: Blank, number: int, language: Language, *, kept: bool) -> etree._Element:
    """A content control: a click selects the prompt, and typing replaces it."""
    grey = w("rPr", w("rStyle", val=style_id("Placeholder Text")), w("color", val=GREY))
    prompt = w("r", grey, w("t", text=block.prompt))
    if block.line:
        begun = run(block.name + _COLON.say(language))
        return paragraph("Signature", begun, _control(block, number, prompt), kept=kept)
    return _control(block, number, paragraph("Body Text", prompt, kept=kept))


def _control(block: Blank, number: int, content: etree._Element) -> etree._Element:
    looks = w(
        "sdtPr",
        w("alias", val=block.name),
        w("tag", val=block.key),
        w("id", val=str(number)),
        w("showingPlcHdr"),
    )
    return w("sdt", looks, w("sdtContent", content))


def line(block: SignatureLine, language: Language, *, kept: bool) -> etree._Element:
    return paragraph("Signature", run(block.name + _COLON.say(language) + block.text), kept=kept)


def page_number(language: Language) -> Iterable[etree._Element]:
    """ "Page 2 of 7", or "— 2 —" as in official documents."""
    fields = {"page": "PAGE", "n": "NUMPAGES"}
    for at, part in enumerate(re.split(r"\{(\w+)\}", _PAGE.say(language))):
        if at % 2:
            yield field(fields[part], "1")
        elif part:
            yield run(part)


def _width(language: Language) -> float:
    """Width between the margins, in millimetres."""
    _, right, _, left = LOOKS[script(language)].margins
    return PAPER[0] - left - right
