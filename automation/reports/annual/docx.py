"""Turns blocks into a Word document: the same bytes for the same blocks and day, whatever text is in the cells."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import datetime
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as WordDocument
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.shared import Mm
from lxml import etree

from automation.reports.annual import docx_body as body
from automation.reports.annual.blocks import Blank, Block, Chart, Heading, Item, Paragraph, SignatureLine, Table, Title
from automation.reports.annual.docx_charts import chart_book, chart_xml
from automation.reports.annual.docx_styles import LOOKS, PAPER, fonts, numbering, settings, styles
from automation.text.catalogue import between
from automation.text.characters import for_xml
from sheet_schema import Language
from sheet_schema.languages import script

_KEPT = {
    RELATIONSHIP_TYPE.STYLES,
    RELATIONSHIP_TYPE.NUMBERING,
    RELATIONSHIP_TYPE.SETTINGS,
    RELATIONSHIP_TYPE.THEME,
    RELATIONSHIP_TYPE.OFFICE_DOCUMENT,
    RELATIONSHIP_TYPE.CORE_PROPERTIES,
}
"""What is kept of python-docx's own empty document; not its thumbnail, effects and data about another program."""
_BOOK = "rId1"


def document(blocks: Iterable[Block], language: Language, author: str, now: datetime) -> bytes:
    """The file's bytes. Its title is that of the first Title, its author is `author`, its dates are `now`."""
    written: list[Block] = [on_one_line(block) for block in blocks]
    word = _empty(language)
    writing = _Writing(word, language, now)
    end = word.element.body[-1]
    for block, following in zip(written, [*written[1:], None], strict=True):
        for element in writing.elements(block, kept=_kept(block, following)):
            end.addprevious(element)
    title = next((block.lines for block in written if isinstance(block, Title)), ())
    _properties(word, language, between("titles", language).join(title), on_one_line(author), now)
    out = io.BytesIO()
    word.save(out)
    return _undated(out)


def _kept(block: Block, following: Block | None) -> bool:
    """Whether a block stays on one page with the next: a sentence with its table, the lines of the signature."""
    if isinstance(block, Paragraph):
        return isinstance(following, Table) and len(following.header) >= body.WIDE
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


def _empty(language: Language) -> WordDocument:
    """A document with our styles and page, and no text."""
    word, look = Document(), LOOKS[script(language)]
    for relations in (word.part.rels, word.part.package.rels):
        for key in [key for key, one in relations.items() if one.reltype not in _KEPT]:
            del relations[key]
    _becomes(word.styles.element, styles(language))
    _becomes(word.part.numbering_part.element, numbering(language))
    _becomes(word.settings.element, settings(language))
    _add(word, "fontTable.xml", CONTENT_TYPE.WML_FONT_TABLE, RELATIONSHIP_TYPE.FONT_TABLE, fonts().encode())
    section = word.sections[0]
    section.page_width, section.page_height = (Mm(side) for side in PAPER)
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = (
        Mm(side) for side in look.margins
    )
    section.header_distance = section.footer_distance = Mm(look.margins[2] * 0.6)
    footer = section.footer.paragraphs[0]._p
    footer.addprevious(body.paragraph("footer", *body.page_number(language)))
    footer.getparent().remove(footer)
    return word


def _becomes(element: etree._Element, xml: str) -> None:
    """Replace the children of a part's root element."""
    element[:] = list(etree.fromstring(xml))


def _add(word: WordDocument, name: str, kind: str, relation: str, content: bytes) -> Part:
    """Add a part to the document and relate it to the text."""
    part = Part(PackURI(f"/word/{name}"), kind, content, word.part.package)
    word.part.relate_to(part, relation)
    return part


@dataclass
class _Writing:
    """The document being written, with its tables, charts and blanks counted so far."""

    word: WordDocument
    language: Language
    now: datetime
    tables: int = 0
    charts: int = 0
    blanks: int = 0

    def elements(self, block: Block, *, kept: bool) -> Iterator[etree._Element]:
        """The block's elements; `kept` keeps them on one page with the next block."""
        match block:
            case Title():
                yield body.paragraph("Title", *body.lines(block.lines))
                for text in block.under:
                    yield body.paragraph("Subtitle", body.run(text))
            case Heading():
                yield body.heading(block)
            case Paragraph():
                yield body.paragraph("Body Text", body.run(block.text), kept=kept)
            case Item():
                yield body.paragraph("List Bullet", body.run(block.text))
            case Table():
                self.tables += 1
                yield body.caption("table", self.tables, block.caption, self.language, kept=True)
                yield body.table(block, self.language)
            case Chart():
                self.charts += 1
                yield body.drawing(block, self.charts, self._chart(block), self.language)
                yield body.caption("chart", self.charts, block.caption, self.language, kept=False)
            case Blank():
                self.blanks += 1
                yield body.blank(block, self.blanks, self.language, kept=kept)
            case SignatureLine():
                yield body.line(block, self.language, kept=kept)

    def _chart(self, block: Chart) -> str:
        """Add the chart and its workbook as parts. Returns the id of the relation to the chart."""
        look, package = LOOKS[script(self.language)], self.word.part.package
        drawn = chart_xml(block, look.table, look.lang, _BOOK)
        chart = _add(
            self.word,
            f"charts/chart{self.charts}.xml",
            CONTENT_TYPE.DML_CHART,
            RELATIONSHIP_TYPE.CHART,
            drawn,
        )
        name = PackURI(f"/word/embeddings/Microsoft_Excel_Sheet{self.charts}.xlsx")
        book = Part(name, CONTENT_TYPE.SML_SHEET, chart_book(block, self.now), package)
        chart.load_rel(RELATIONSHIP_TYPE.PACKAGE, book, _BOOK)
        return self.word.part.relate_to(chart, RELATIONSHIP_TYPE.CHART)


def _properties(word: WordDocument, language: Language, title: str, author: str, now: datetime) -> None:
    properties = word.core_properties
    properties.title, properties.author, properties.language = title[:255], author[:255], LOOKS[script(language)].lang
    properties.last_modified_by = author[:255]
    properties.comments = properties.keywords = properties.subject = properties.category = ""
    properties.created = properties.modified = now.replace(microsecond=0)
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
