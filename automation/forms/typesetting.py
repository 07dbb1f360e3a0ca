"""Sets text for a PDF: each character in the first font that has it, in lines broken as English and Chinese are."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, partial
from itertools import groupby
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.platypus import Paragraph

from automation.forms.fonts import Face, faces_for
from automation.forms.shapes import LEADING
from automation.text.wrapping import wrapped
from sheet_schema import Language

_A_HAIR = 0.01
_NOBODY_HAS = "?"


class Typesetting:
    """Text in one language with the fonts of this machine."""

    def __init__(self, language: Language, chinese: Sequence[Path], letters: Sequence[Path]) -> None:
        self._faces = faces_for(language, chinese, letters)
        self._breadth = {bold: cache(partial(_breadth, self._faces(bold))) for bold in (False, True)}

    def set(self, text: str, wide: float, size: float, *, bold: bool = False, **looks: Any) -> Paragraph:
        """The text in a room so wide, at this size, both in points. `looks` are other properties of a ParagraphStyle."""
        drawn_bold = bold and all(map(self._faces(True)[0].has, text))
        lines = self.lines(text, wide, size, bold=drawn_bold)
        marked = "<br/>".join(_marked(line, self._faces(drawn_bold)) for line in lines)
        style = ParagraphStyle("", fontSize=size, leading=size * LEADING, **looks)
        return (_Thick if bold and not drawn_bold else Paragraph)(marked, style)

    def lines(self, text: str, wide: float, size: float, *, bold: bool = False) -> list[str]:
        """The lines into which the text is broken."""
        return wrapped(text, wide / size - _A_HAIR, self._breadth[bold])


class _Thick(Paragraph):  # type: ignore[misc]  # reportlab has no types
    """Bold in fonts that have no bold letters of their own: the letters' outlines are drawn, too."""

    def draw(self) -> None:
        self.canv.saveState()
        self.canv.setStrokeColor(self.style.textColor)
        self.canv.setLineWidth(self.style.fontSize / 30)
        self.canv.addLiteral("2 Tr")
        super().draw()
        self.canv.restoreState()


def _font(faces: Sequence[Face], one: str) -> tuple[str, bool]:
    """The name of the first font that has a character, and whether one has it."""
    return next(((face.name, True) for face in faces if face.has(one)), (faces[0].name, False))


def _breadth(faces: Sequence[Face], one: str) -> float:
    """The width of a character at a size of one point."""
    name, has = _font(faces, one)
    return float(stringWidth(one if has else _NOBODY_HAS, name, 1))


def _marked(line: str, faces: Sequence[Face]) -> str:
    """A line with its fonts, as reportlab's markup."""
    found = ((font, "".join(stretch)) for font, stretch in groupby(line, key=partial(_font, faces)))
    return "".join(
        f"<font face={quoteattr(name)}>{escape(said) if has else _NOBODY_HAS * len(said)}</font>"
        for (name, has), said in found
    )
