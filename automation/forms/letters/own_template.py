"""Makes our template of a letter, as a Word document with placeholders, from the text that is declared for its kind.

For Chinese it follows the rules for official documents (GB/T 9704: A4, margins 37/35/28/26 mm, title 小标宋 or 宋体 in 二号, body 仿宋 in
三号, 28 points from line to line, two characters in); for others it is a plain letter.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

from automation.forms.letters.lines import ADDRESSEE, REFERENCE, ROW, SIGNATURE, TEXT, TITLE, Line, lines_of
from sheet_schema import Language
from sheet_schema.languages import script, traits
from sheet_schema.letter_files import LetterDeclared


@dataclass(frozen=True)
class _Look:
    """How a style looks: font for Latin and for Chinese, size and first line's indent in points, space above and below."""

    latin: str
    chinese: str
    size: float
    align: ALIGN = ALIGN.LEFT
    bold: bool = False
    indent: float = 0
    above: float = 0
    below: float = 0
    line: float = 0
    right: float = 0
    kept: bool = False


_HANS = {
    TITLE: _Look("Times New Roman", "宋体", 22, ALIGN.CENTER, bold=True, below=14, line=34, kept=True),
    REFERENCE: _Look("Times New Roman", "楷体", 16, ALIGN.RIGHT, below=10, line=28, kept=True),
    ADDRESSEE: _Look("Times New Roman", "仿宋", 16, line=28, kept=True),
    TEXT: _Look("Times New Roman", "仿宋", 16, ALIGN.JUSTIFY, indent=32, line=28),
    SIGNATURE: _Look("Times New Roman", "仿宋", 16, ALIGN.RIGHT, above=6, line=28, right=32, kept=True),
    ROW: _Look("Times New Roman", "仿宋", 14, above=4, below=4, line=22),
}
_LATN = {
    TITLE: _Look("Arial", "宋体", 14, bold=True, above=6, below=12, line=18, kept=True),
    REFERENCE: _Look("Arial", "宋体", 11, line=15, kept=True),
    ADDRESSEE: _Look("Arial", "宋体", 11, above=12, below=8, line=15, kept=True),
    TEXT: _Look("Arial", "宋体", 11, below=8, line=15),
    SIGNATURE: _Look("Arial", "宋体", 11, above=24, line=15, kept=True),
    ROW: _Look("Arial", "宋体", 10.5, above=3, below=8, line=15),
}
_LOOKS = {"Hans": _HANS, "Latn": _LATN}
_MARGINS = {"Hans": (37, 35, 28, 26), "Latn": (25, 25, 25, 25)}
"""Top, bottom, left and right, in millimetres."""
_WIDE = {"Hans": (50, 106), "Latn": (50, 110)}
"""The two columns of a table, in millimetres."""
_GRID = "Table Grid"


def own_template(declared: LetterDeclared, language: Language) -> bytes:
    """The template's file: the same bytes for the same text."""
    word = Document()
    kind = script(language) if script(language) in _LOOKS else "Latn"
    _set_page(word, kind)
    for name, look in _LOOKS[kind].items():
        _set_look(word.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH), look)  # type: ignore[arg-type]
    for style, same in groupby(lines_of(declared.lines(language)), key=lambda line: line.style):
        if style == ROW:
            _add_table(word, [*same], kind)
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


def _set_page(word: WordDocument, kind: str) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    top, bottom, left, right = map(Mm, _MARGINS[kind])
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = top, bottom, left, right


def _set_look(style: ParagraphStyle, look: _Look) -> None:
    font, form = style.font, style.paragraph_format
    font.name, font.size, font.bold, font.color.rgb = look.latin, Pt(look.size), look.bold, RGBColor(0, 0, 0)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), look.chinese)
    form.alignment, form.first_line_indent, form.right_indent = look.align, Pt(look.indent), Pt(look.right)
    form.space_before, form.space_after = Pt(look.above), Pt(look.below)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.AT_LEAST, Pt(look.line)
    form.keep_with_next = look.kept if look.align is not ALIGN.RIGHT else None
    form.widow_control = True


def _add_table(word: WordDocument, rows: Sequence[Line], kind: str) -> None:
    table = word.add_table(len(rows), 2, _GRID)
    table.autofit = False
    for row, line in zip(table.rows, rows, strict=True):
        for cell, text, wide in zip(row.cells, (*line.cells, "")[:2], _WIDE[kind], strict=True):
            cell.width = Mm(wide)
            cell.paragraphs[0].style = word.styles[ROW]
            cell.paragraphs[0].add_run(text)
