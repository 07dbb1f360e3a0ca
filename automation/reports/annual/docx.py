"""Writes blocks into a Word document in the styles of its template: the same bytes for the same blocks, template and day."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import datetime
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import OxmlElement
from docx.oxml.ns import nsmap, qn
from docx.oxml.shape import CT_Inline
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Length, Mm
from docx.table import _Row
from docx.text.paragraph import Paragraph as WordParagraph
from openpyxl.drawing.text import CharacterProperties, Font

from automation.reports.annual.blocks import Blank, Block, Chart, Heading, Item, Paragraph, SignatureLine, Table, Title
from automation.reports.annual.docx_charts import BOOK, chart_book, chart_xml
from automation.text.catalogue import Message, between, msg
from automation.text.characters import for_xml
from sheet_schema import Language
from sheet_schema.languages import traits

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


@dataclass(frozen=True, slots=True)
class About:
    """Whose document it is, in which language, and when it was made."""

    language: Language
    author: str
    now: datetime


def document(blocks: Iterable[Block], about: About, template: WordDocument) -> bytes:
    """The file's bytes. Its title is that of the first Title."""
    written: list[Block] = [on_one_line(block) for block in blocks]
    writing = _Writing(template, about)
    for block, following in zip(written, [*written[1:], None], strict=True):
        writing.add(block, kept=_kept(block, following))
    writing.number_pages()
    title = next((block.lines for block in written if isinstance(block, Title)), ())
    _set_properties(template, about, between("titles", about.language).join(title))
    out = io.BytesIO()
    template.save(out)
    return _undated(out)


def _kept(block: Block, following: Block | None) -> bool:
    """Whether a block stays on one page with the next: a sentence with its table, the lines of the signature."""
    if isinstance(block, Paragraph):
        return isinstance(following, Table) and len(following.header) >= WIDE
    return isinstance(following, Blank | SignatureLine)


def on_one_line(value: Any) -> Any:
    """A text, or every text within a block, on one line and without characters that XML forbids."""
    if isinstance(value, str):
        return " ".join(for_xml(value).split())
    if isinstance(value, tuple):
        return tuple(on_one_line(one) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{field.name: on_one_line(getattr(value, field.name)) for field in fields(value)})
    return value


class _Writing:
    """The document being written, with its tables, charts and blanks counted so far."""

    def __init__(self, word: WordDocument, about: About) -> None:
        self.word, self.language, self.now = word, about.language, about.now
        self.tables = self.charts = self.blanks = 0

    def add(self, block: Block, *, kept: bool) -> None:
        """Write the block; `kept` keeps it on one page with the next."""
        match block:
            case Title():
                self._paragraph("Title", "\n".join(block.lines))
                for text in block.under:
                    self._paragraph("Subtitle", text)
            case Heading():
                self._heading(block)
            case Paragraph():
                self._paragraph("Body Text", block.text, kept=kept)
            case Item():
                self._paragraph("List Bullet", block.text)
            case Table():
                self.tables += 1
                self._caption("table", self.tables, block.caption, kept=True)
                self._table(block)
            case Chart():
                self.charts += 1
                self._chart(block)
                self._caption("chart", self.charts, block.caption)
            case Blank():
                self.blanks += 1
                self._blank(block, kept=kept)
            case SignatureLine():
                self._paragraph("Signature", block.name + _COLON.say(self.language) + block.text, kept=kept)

    def number_pages(self) -> None:
        """ "Page 2 of 7", or "— 2 —" as in official documents, unless the template has a footer of its own."""
        footer = self.word.sections[0].footer
        paragraph = footer.paragraphs[0] if footer.paragraphs else footer.add_paragraph()
        if len(footer.paragraphs) > 1 or footer.tables or len(paragraph._p.xpath("./*[not(self::w:pPr)]")):
            return
        paragraph.style = self.word.styles["Footer"]
        for at, part in enumerate(re.split(r"\{(\w+)\}", _PAGE.say(self.language))):
            if at % 2:
                _field(paragraph, {"page": "PAGE", "n": "NUMPAGES"}[part], "1")
            elif part:
                paragraph.add_run(part)

    @property
    def width(self) -> Length:
        """Width between the margins."""
        return Length(self.word._block_width)

    def _paragraph(self, style: str, text: str = "", *, kept: bool = False) -> WordParagraph:
        paragraph = self.word.add_paragraph(text, style)
        if kept:
            paragraph.paragraph_format.keep_with_next = True
        return paragraph

    def _heading(self, block: Heading) -> None:
        """An annex has no number, and the first level of it begins a new page."""
        look = self._paragraph(f"Heading {block.level}", block.text).paragraph_format
        if block.annex:
            if block.level == 1:
                look.page_break_before = True
            look.element.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = 0
            look.left_indent = look.first_line_indent = Length(0)

    def _caption(self, kind: str, number: int, text: str, *, kept: bool = False) -> None:
        """A caption such as "Table 3  By topic", in which Word does the counting."""
        word = _NUMBERED[kind].say(self.language)
        paragraph = self._paragraph("Caption", word, kept=kept)
        _field(paragraph, f"SEQ {word.strip()} \\* ARABIC", str(number))
        paragraph.add_run(f"  {text}")

    def _table(self, block: Table) -> None:
        rows = [block.header, *block.rows, *([block.total] if block.total else [])]
        table = self.word.add_table(len(rows), len(block.header), "Report Table")
        table.autofit = False
        looks = table._tblPr
        _set(looks.find(qn("w:tblW")), type="dxa", w=self.width.twips)
        _set(looks.find(qn("w:tblLook")), firstColumn=0, lastRow=int(bool(block.total)), noHBand=1, val="0020")
        looks.append(_element("w:tblCaption", val=block.caption))
        widths = [Length(round(self.width * share / sum(block.widths))) for share in block.widths]
        for column, width in zip(table.columns, widths, strict=True):
            column.width = width
        last = len(rows) - 1
        together = 0 if last < KEPT_TOGETHER and len(block.header) < WIDE else last - LAST + 1
        for i, (row, texts) in enumerate(zip(table.rows, rows, strict=True)):
            header, total = i == 0, bool(block.total) and i == last
            style = "Table Heading" if header or total else "Table Text"
            self._row(row, texts, style, block.numbers, kept=together <= i < last)
            _may_not_break(row, header=header)

    def _row(self, row: _Row, texts: Sequence[str], style: str, numbers: frozenset[int], *, kept: bool) -> None:
        """Fill a row; `kept` keeps it on one page with the next."""
        for i, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
            paragraph = cell.paragraphs[0]
            paragraph.style = self.word.styles[style]
            paragraph.add_run(text)
            if kept:
                paragraph.paragraph_format.keep_with_next = True
            if i in numbers:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT

    def _chart(self, block: Chart) -> None:
        """The chart, its workbook, and a description for those who cannot see it."""
        lying = min(_TALLEST, 12 + _A_LYING_BAR * len(block.labels) * len(block.series))
        high = Mm(lying if block.lying else _STANDING)
        shown = OxmlElement("c:chart", nsdecls={"c": nsmap["c"], "r": nsmap["r"]})
        shown.set(qn("r:id"), self._chart_part(block))
        inline = CT_Inline.new(self.width, high, self.charts, shown)  # type: ignore[arg-type]  # it takes any element
        inline.graphic.graphicData.uri = nsmap["c"]
        for name, value in {"name": f"Chart {self.charts}", "descr": block.description, "title": block.caption}.items():
            inline.docPr.set(name, value)
        self._paragraph("Figure").add_run()._r.add_drawing(inline)

    def _chart_part(self, block: Chart) -> str:
        """Add the chart and its workbook as parts. Returns the id of the relation to the chart."""
        package = self.word.part.package
        drawn = chart_xml(block, self._letters(), traits(self.language)["html"])
        chart = Part(PackURI(f"/word/charts/chart{self.charts}.xml"), CONTENT_TYPE.DML_CHART, drawn, package)
        name = PackURI(f"/word/embeddings/Microsoft_Excel_Sheet{self.charts}.xlsx")
        book = Part(name, CONTENT_TYPE.SML_SHEET, chart_book(block, self.now), package)
        chart.load_rel(RELATIONSHIP_TYPE.PACKAGE, book, BOOK)
        return self.word.part.relate_to(chart, RELATIONSHIP_TYPE.CHART)

    def _letters(self) -> CharacterProperties:
        """Letters like those of the tables; where that style does not say which, those of the theme."""
        style = self.word.styles["Table Text"]
        fonts = style.element.find(f".//{qn('w:rFonts')}")
        latin, chinese = (
            None if fonts is None or not fonts.get(qn(f"w:{kind}")) else Font(typeface=fonts.get(qn(f"w:{kind}")))
            for kind in ("ascii", "eastAsia")
        )
        points = style.font.size.pt if style.font.size else 9
        return CharacterProperties(sz=round(100 * points), solidFill="262626", latin=latin, ea=chinese)

    def _blank(self, block: Blank, *, kept: bool) -> None:
        """A content control: a click selects the prompt, and typing replaces it."""
        looks = _element("w:sdtPr")
        for tag, value in (("w:alias", block.name), ("w:tag", block.key), ("w:id", str(self.blanks))):
            looks.append(_element(tag, val=value))
        looks.append(_element("w:showingPlcHdr"))
        control, content = _element("w:sdt"), _element("w:sdtContent")
        control.extend([looks, content])
        if block.line:
            paragraph = self._paragraph("Signature", block.name + _COLON.say(self.language), kept=kept)
            paragraph._p.append(control)
            content.append(self._prompt(paragraph, block))
        else:
            paragraph = self._paragraph("Body Text", kept=kept)
            self._prompt(paragraph, block)
            paragraph._p.addprevious(control)
            content.append(paragraph._p)

    def _prompt(self, paragraph: WordParagraph, block: Blank) -> BaseOxmlElement:
        return paragraph.add_run(block.prompt, "Placeholder Text")._r


def _element(tag: str, **attributes: object) -> Any:
    return _set(OxmlElement(tag), **attributes)


def _set(element: Any, **attributes: object) -> Any:
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    return element


def _field(paragraph: WordParagraph, instruction: str, shown: str) -> None:
    """A field, with what it shows until Word works it out."""
    field = _element("w:fldSimple", instr=f" {instruction} ")
    field.append(paragraph.add_run(shown)._r)
    paragraph._p.append(field)


def _may_not_break(row: _Row, *, header: bool) -> None:
    """A row is not broken over pages; the header is repeated on each."""
    row._tr.get_or_add_trPr().extend([_element("w:cantSplit"), *([_element("w:tblHeader")] if header else [])])


def _set_properties(word: WordDocument, about: About, title: str) -> None:
    author = on_one_line(about.author)[:255]
    properties = word.core_properties
    properties.title, properties.author, properties.language = title[:255], author, traits(about.language)["html"]
    properties.last_modified_by = author
    properties.comments = properties.keywords = properties.subject = properties.category = ""
    properties.created = properties.modified = about.now.replace(microsecond=0)
    properties.revision = 1


def _undated(file: io.BytesIO) -> bytes:
    """The zip with entries that have no time, so that it depends on its content only."""
    out = io.BytesIO()
    with ZipFile(file) as dated, ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name in dated.namelist():
            entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, dated.read(name))
    return out.getvalue()
