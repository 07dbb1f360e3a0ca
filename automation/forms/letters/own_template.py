"""Makes our template of a letter, as a Word document with placeholders, from the text that is declared for its kind.

Its looks are declared beside this file: for Chinese by the rules for official documents (GB/T 9704), for others those of a plain letter.
"""

from __future__ import annotations

import io
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from automation.forms.letters.lines import ROW, Line, lines_of
from sheet_schema import Language
from sheet_schema.languages import script, traits
from sheet_schema.letter_files import LetterDeclared


@dataclass(frozen=True)
class _Look:
    """How a style looks: font for Latin and for Chinese, size and first line's indent in points, space above and below."""

    latin: str
    chinese: str
    size: float
    line: float
    align: str = "LEFT"
    bold: bool = False
    indent: float = 0
    above: float = 0
    below: float = 0
    right: float = 0
    kept: bool = False
    """Whether it stays on one page with what follows."""


@dataclass(frozen=True)
class _Page:
    """The looks of a script: margins and the columns of a table in millimetres, and each style."""

    margins: Sequence[float]
    columns: Sequence[float]
    styles: Mapping[str, _Look]


LOOKS = Path(__file__).with_name("looks.toml")
_GRID = "Table Grid"


def own_template(declared: LetterDeclared, language: Language) -> bytes:
    """The template's file: the same bytes for the same text."""
    word = Document()
    page = _page_of(language)
    _set_page(word, page)
    for name, look in page.styles.items():
        _set_look(word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH), look)
    for style, same in groupby(lines_of(declared.lines(language)), key=lambda line: line.style):
        if style == ROW:
            _add_table(word, [*same], page)
        else:
            for line in same:
                word.add_paragraph(line.text, style)
    properties = word.core_properties
    properties.title, properties.author, properties.language = (
        declared.kind.label(language),
        "",
        traits(language)["html"],
    )
    properties.comments = ""
    return saved(word)


@cache
def _page_of(language: Language) -> _Page:
    looks = tomllib.loads(LOOKS.read_text("utf-8"))
    page = looks.get(script(language), looks["Latn"])
    styles = {name: _Look(**look) for name, look in page["styles"].items()}
    return _Page(page["margins"], page["columns"], styles)


def saved(word: WordDocument) -> bytes:
    """The document's file, whose entries have no time, so that it depends on its content only."""
    dated, out = io.BytesIO(), io.BytesIO()
    word.save(dated)
    with ZipFile(dated) as there, ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name in there.namelist():
            entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = ZIP_DEFLATED
            archive.writestr(entry, there.read(name))
    return out.getvalue()


def _set_page(word: WordDocument, page: _Page) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    top, bottom, left, right = map(Mm, page.margins)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = top, bottom, left, right


def _set_look(style: ParagraphStyle, look: _Look) -> None:
    font, form = style.font, style.paragraph_format
    font.name, font.size, font.bold, font.color.rgb = look.latin, Pt(look.size), look.bold, RGBColor(0, 0, 0)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), look.chinese)
    form.alignment, form.first_line_indent, form.right_indent = (
        getattr(ALIGN, look.align),
        Pt(look.indent),
        Pt(look.right),
    )
    form.space_before, form.space_after = Pt(look.above), Pt(look.below)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.AT_LEAST, Pt(look.line)
    form.keep_with_next = look.kept
    form.widow_control = True


def _add_table(word: WordDocument, rows: Sequence[Line], page: _Page) -> None:
    table = word.add_table(len(rows), 2, _GRID)
    table.autofit = False
    for column, wide in zip(table.columns, page.columns, strict=True):
        column.width = Mm(wide)
    for row, line in zip(table.rows, rows, strict=True):
        for cell, text, wide in zip(row.cells, (*line.cells, "")[:2], page.columns, strict=True):
            cell.width = Mm(wide)
            cell.paragraphs[0].style = word.styles[ROW]
            cell.paragraphs[0].add_run(text)
