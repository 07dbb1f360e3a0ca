"""Draws the poster, as a web page and as a PDF of one A4 sheet."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Frame, KeepInFrame, Spacer

from automation.forms.code_drawn import INK as _INK
from automation.forms.code_drawn import CodeDrawn
from automation.forms.fonts import CHINESE, LETTERS
from automation.forms.poster import Poster
from automation.forms.qr import BORDER, outline
from automation.forms.shapes import HEIGHT, WIDTH
from automation.forms.typesetting import Typesetting
from automation.text.characters import for_utf8
from automation.text.templates import templates_in
from sheet_schema.languages import traits

_QUIET = HexColor("#5B6470")
_EDGE, _SQUARE = 20.0, 125.0


def poster_page(poster: Poster) -> str:
    """The poster as one HTML file. Text from cells is escaped."""
    template = templates_in(Path(__file__).parent, poster.language).get_template("poster.html")
    side = len(poster.code) + 2 * BORDER
    return for_utf8(
        template.render(poster=poster, lang=traits(poster.language)["html"], path=outline(poster.code), side=side)
    )


def poster_pdf(poster: Poster, chinese: Sequence[Path] = CHINESE, letters: Sequence[Path] = LETTERS) -> bytes:
    """The poster as a PDF file. The same poster gives the same bytes on the same machine."""
    wide = (WIDTH - 2 * _EDGE) * mm
    canvas = Canvas(io.BytesIO(), (WIDTH * mm, HEIGHT * mm), invariant=1, lang=poster.language)
    canvas.setTitle(poster.title)
    setting = Typesetting(poster.language, chinese, letters)

    def line(text: str, size: float, *, bold: bool = False, quiet: bool = False) -> Flowable:
        return setting.set(text, wide, size, bold=bold, alignment=TA_CENTER, textColor=_QUIET if quiet else _INK)

    content: list[Flowable] = [
        line(poster.school, 20, quiet=True),
        Spacer(0, 2 * mm),
        line(poster.office, 16, quiet=True),
        Spacer(0, 16 * mm),
        line(poster.title, 38, bold=True),
        Spacer(0, 6 * mm),
        line(poster.what, 16),
        Spacer(0, 8 * mm),
        CodeDrawn(poster.code, _SQUARE * mm),
        Spacer(0, 3 * mm),
        line(poster.scan, 16),
        Spacer(0, 5 * mm),
        line(poster.typed, 11, quiet=True),
        line(poster.address, 12, quiet=True),
        Spacer(0, 12 * mm),
        line(poster.call, 20, bold=True),
    ]
    high = (HEIGHT - 2 * _EDGE) * mm
    frame = Frame(_EDGE * mm, _EDGE * mm, wide, high, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
    frame.addFromList([KeepInFrame(wide, high, content, mode="shrink")], canvas)
    canvas.showPage()
    return canvas.getpdfdata()  # type: ignore[no-any-return]
