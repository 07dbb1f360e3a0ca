"""Draws a filled-in letter as a PDF: the words of its Word document, in the order in which they stand there, in our own look.

Only Word, or a program like it, draws a document as its template wants it; this one needs neither (docs/design.md#p16.7).
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.table import Table as WordTable
from docx.text.paragraph import Paragraph as WordParagraph
from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, SimpleDocTemplate, Spacer, Table

from automation.forms.fonts import CHINESE, LETTERS
from automation.forms.letters.filling import all_text
from automation.forms.letters.lines import ADDRESSEE, REFERENCE, ROW, SIGNATURE, TEXT, TITLE
from automation.forms.typesetting import Typesetting
from automation.ledger.errors import LedgerError
from automation.text.catalogue import msg
from sheet_schema import Language
from sheet_schema.languages import script

_HIDDEN = msg(
    "The letter has words that cannot be drawn here, such as those of a text box: open it in Word and save it as PDF there."
)
_MARGINS = {"Hans": (37, 35, 28, 26), "Latn": (25, 25, 25, 25)}
"""Top, bottom, left and right, in millimetres."""
_SIDES = {WD_ALIGN_PARAGRAPH.CENTER: TA_CENTER, WD_ALIGN_PARAGRAPH.RIGHT: TA_RIGHT}
_INDENT = "　　"
"""Two characters in, as Chinese paragraphs begin."""
_WIDE_SPACE, _KEPT = "　", "\xa0\xa0\xa0"
"""Space to write in, which reportlab would take for the end of a word."""
_FIRST = 0.3
"""The share of a table's width that its first column has."""
_RULE = HexColor("#000000")


@dataclass(frozen=True)
class _Look:
    size: float
    align: int = TA_LEFT
    bold: bool = False
    above: float = 0
    below: float = 6


_LOOKS: Mapping[str, Mapping[str, _Look]] = {
    "Hans": {
        TITLE: _Look(20, TA_CENTER, bold=True, below=16),
        REFERENCE: _Look(14, TA_RIGHT, below=10),
        ADDRESSEE: _Look(14),
        TEXT: _Look(14),
        SIGNATURE: _Look(14, TA_RIGHT, above=6),
        ROW: _Look(12),
    },
    "Latn": {
        TITLE: _Look(14, bold=True, above=4, below=10),
        REFERENCE: _Look(11, below=2),
        ADDRESSEE: _Look(11, above=10),
        TEXT: _Look(11),
        SIGNATURE: _Look(11, above=10),
        ROW: _Look(10.5),
    },
}


def letter_pdf(
    word: WordDocument, language: Language, chinese: Sequence[Path] = CHINESE, letters: Sequence[Path] = LETTERS
) -> bytes:
    """The letter as a PDF file. Raises LedgerError if words of it would be left out."""
    kind = script(language) if script(language) in _LOOKS else "Latn"
    said = "".join("".join(_words(word)).split())
    if any("".join(piece.split()) not in said for piece in all_text(word).split()):
        raise LedgerError(_HIDDEN)
    top, bottom, left, right = (side * mm for side in _MARGINS[kind])
    drawing = _Drawing(Typesetting(language, chinese, letters), kind, A4[0] - left - right)
    out = io.BytesIO()
    page = SimpleDocTemplate(
        out,
        pagesize=A4,
        topMargin=top - 6,
        bottomMargin=bottom - 6,
        leftMargin=left - 6,
        rightMargin=right - 6,
        title=word.core_properties.title,
        author=word.core_properties.author,
        lang=language,
        invariant=1,
    )
    page.build([*drawing.flowables(word)])
    return out.getvalue()


def _words(word: WordDocument) -> Iterator[str]:
    """All words that are drawn."""
    for part in _pieces(word):
        if isinstance(part, WordTable):
            for row in part.rows:
                yield from (cell.text for cell in row.cells)
        else:
            yield part.text


def _pieces(word: WordDocument) -> Iterator[WordParagraph | WordTable]:
    """Header, body and footer, in this order."""
    section = word.sections[0]
    headers = (section.first_page_header,) if section.different_first_page_header_footer else (section.header,)
    footers = (section.first_page_footer,) if section.different_first_page_header_footer else (section.footer,)
    for head in headers:
        yield from head.iter_inner_content()
    yield from word.iter_inner_content()
    for foot in footers:
        yield from foot.iter_inner_content()


class _Drawing:
    """Turns paragraphs and tables into what reportlab draws, in a room so wide (points)."""

    def __init__(self, letters: Typesetting, kind: str, wide: float) -> None:
        self.letters, self.kind, self.wide = letters, kind, wide

    def flowables(self, word: WordDocument) -> Iterator[Flowable]:
        for piece in _pieces(word):
            if isinstance(piece, WordTable):
                yield self._table(piece)
            elif piece.text.strip():
                yield from self._paragraph(piece)

    def _paragraph(self, piece: WordParagraph) -> Iterator[Flowable]:
        look = self._look(piece)
        text, begins = piece.text, 0.0
        if self.kind == "Hans" and look is _LOOKS["Hans"][TEXT]:
            text, begins = _INDENT + text.lstrip(), 2 * look.size  # reportlab drops the spaces, and moves the line in
        yield Spacer(0, look.above)
        yield self.letters.set(
            text,
            self.wide,
            look.size,
            bold=look.bold,
            alignment=self._side(piece, look),
            textColor=_RULE,
            firstLineIndent=begins,
        )
        yield Spacer(0, look.below)

    def _look(self, piece: WordParagraph) -> _Look:
        looks = _LOOKS[self.kind]
        return looks.get(piece.style.name if piece.style is not None and piece.style.name else TEXT, looks[TEXT])

    @staticmethod
    def _side(piece: WordParagraph, look: _Look) -> int:
        return _SIDES.get(piece.alignment, look.align) if piece.alignment is not None else look.align

    def _table(self, piece: WordTable) -> Flowable:
        look = _LOOKS[self.kind][ROW]
        count = max((len(row.cells) for row in piece.rows), default=1)
        widths = [_FIRST * self.wide, (1 - _FIRST) * self.wide] if count == 2 else [self.wide / count] * count
        cells = [
            [
                self.letters.set(cell.text.replace(_WIDE_SPACE, _KEPT), wide - 12, look.size, textColor=_RULE)
                for cell, wide in zip(row.cells, widths, strict=False)
            ]
            for row in piece.rows
        ]
        style = [("GRID", (0, 0), (-1, -1), 0.5, _RULE), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
        return Table(cells, widths, None, style, minRowHeights=[30.0] * len(cells))
