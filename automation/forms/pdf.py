"""Draws a paper as PDF, by reportlab. The same paper gives the same bytes on the same machine."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from automation.forms.fitting import fitted, wrapped
from automation.forms.fonts import CHINESE, LETTERS, Face, faces_for
from automation.forms.shapes import (
    HEADING,
    HEIGHT,
    LABELS,
    LEADING,
    NOTES,
    PADDING,
    POINT,
    SIDE,
    STUB,
    WIDTH,
    WRITING,
    Box,
    Panel,
    Paper,
)
from sheet_schema.form import LABEL, TWELFTHS

INK, QUIET, RULE, SHADE = "#1F2933", "#5B6470", "#9AA5B1", "#F1F4F7"
_CUT, _WRITE = (3.0, 3.0), (0.5, 2.0)
"""Dashes of a line to cut along, and of a line to write on."""
_NOBODY_HAS = "?"


class Area(NamedTuple):
    """A rectangle of the sheet."""

    left: float
    top: float
    width: float
    height: float

    @property
    def inside(self) -> Area:
        """What is left for text within the frame."""
        beside, above = PADDING
        return Area(self.left + beside, self.top + above, self.width - 2 * beside, self.height - 2 * above)


class Style(NamedTuple):
    """How letters look: their size, their colour, whether they are bold."""

    size: float
    ink: str = INK
    bold: bool = False


def pdf(paper: Paper, chinese: Sequence[Path] = CHINESE, letters: Sequence[Path] = LETTERS) -> bytes:
    """The paper as a PDF file. `chinese` and `letters` list the font files that may be embedded."""
    return document(paper, chinese, letters).getpdfdata()  # type: ignore[no-any-return]


def document(
    paper: Paper, chinese: Sequence[Path] = CHINESE, letters: Sequence[Path] = LETTERS, *, packed: bool = True
) -> Canvas:
    """The PDF before it becomes bytes. `packed` says whether its pages are compressed."""
    canvas = Canvas(
        io.BytesIO(),
        (WIDTH / POINT, HEIGHT / POINT),
        pageCompression=int(packed),
        invariant=1,
        lang=paper.language,
    )
    canvas.setTitle(paper.title)
    draw = _Drawing(canvas, paper, faces_for(paper.language, chinese, letters))
    for sheet in paper.sheets:
        for place, panel in enumerate(sheet):
            draw.panel(panel, place * paper.strip)
        canvas.showPage()
    return canvas


class _Drawing:
    """Draws on one canvas. Lengths are in millimetres from the sheet's upper left corner, font sizes in points."""

    def __init__(self, canvas: Canvas, paper: Paper, faces: Callable[[bool], Sequence[Face]]) -> None:
        self.canvas, self.paper, self.faces = canvas, paper, faces

    def panel(self, panel: Panel, top: float) -> None:
        width, left = self.paper.width(panel), SIDE
        if top:
            self.line(0, top, WIDTH, top, _CUT)
        y = top + self.paper.edge
        self.head(panel, left, y, width)
        y += self.paper.head
        for part in panel.parts:
            if part.heading:
                self.text(part.heading, left, y + HEADING - 1.4, Style(LABELS, QUIET, bold=True))
                y += HEADING
            y = self.boxes(part.boxes, left, y, width)
        for note in panel.notes:
            for line in wrapped(note, width / POINT, lambda one: self.breadth(one, Style(NOTES))):
                y += NOTES * LEADING * POINT
                self.text(line, left, y + 1, Style(NOTES, QUIET))
        if panel.stub:
            self.stub(panel, top)

    def head(self, panel: Panel, left: float, top: float, width: float) -> None:
        """The school above the title at the left; whose copy it is above the number at the right."""
        base = top + self.paper.head - 4
        large = Style(15 if self.paper.on_a_sheet == 1 else 13, bold=True)
        said, size = fitted(panel.school, (0.6 * width / POINT, LABELS * LEADING), self.paper.language)
        self.text(said, left, top + 3, Style(min(size, LABELS), QUIET))
        self.text(panel.title, left, base, large)
        self.text(panel.number, left + width, base, large, ends=True)
        self.text(panel.aside, left + width, top + 3, Style(LABELS, QUIET), ends=True)

    def boxes(self, boxes: Iterable[Box], left: float, top: float, width: float) -> float:
        """Draw the boxes line by line. Returns the height below them."""
        across = 0
        for box in boxes:
            self.box(box, left + width * across / TWELFTHS, top, width)
            across += box.span
            if across >= TWELFTHS:
                across, top = 0, top + box.height
        return top

    def box(self, box: Box, left: float, top: float, width: float) -> None:
        """The label in a shaded frame, and beside it the text, or lines to write on."""
        whole = width * box.span / TWELFTHS
        label = Area(left, top, width * LABEL / TWELFTHS, box.height)
        beside = Area(left + label.width, top, whole - label.width, box.height)
        self.frame(label, SHADE)
        self.frame(beside)
        y = self.label(box, label.inside)
        if box.hint:
            self.hint(box, label.inside._replace(top=y + 1))
        self.lines(box.text, beside.inside, Style(box.size), tall=box.tall)
        for number in range(1, box.ruled + 1):
            y = top + WRITING * number
            self.line(beside.left + 2, y, left + whole - 2, y, _WRITE)

    def label(self, box: Box, area: Area) -> float:
        text, size = fitted(box.label, (area.width / POINT, area.height / POINT), self.paper.language)
        return self.lines(text, area, Style(min(size, LABELS), QUIET), tall=box.tall)

    def hint(self, box: Box, area: Area) -> None:
        """Below a label of up to two lines, in small letters."""
        text, size = fitted(box.hint, (area.width / POINT, area.height / POINT - 2 * LABELS), self.paper.language)
        self.lines(text, area, Style(min(size, 7.5), QUIET), tall=box.tall)

    def lines(self, text: str, area: Area, style: Style, *, tall: bool) -> float:
        """Draw text in a box: at the top if the box is tall, else in the middle. Returns the height below it."""
        step = style.size * LEADING * POINT
        most = max(1, int(area.height / step + 0.01))
        lines = wrapped(text, area.width / POINT, lambda one: self.breadth(one, style))[:most]
        y = area.top if tall else area.top + (area.height - len(lines) * step) / 2
        for line in lines:
            y += step
            self.text(line, area.left, y - 0.3 * step, style)
        return y

    def stub(self, panel: Panel, top: float) -> None:
        left, wide = WIDTH - SIDE - STUB + 9, STUB - 9
        self.line(left - 5, top, left - 5, top + self.paper.strip, _CUT)
        self.text(panel.number, left, top + 18, Style(18, bold=True))
        y = top + 22
        for said in panel.stub:
            for line in wrapped(said, wide / POINT, lambda one: self.breadth(one, Style(LABELS))):
                y += LABELS * LEADING * POINT
                self.text(line, left, y, Style(LABELS))
            y += 1.5

    def frame(self, area: Area, shade: str = "") -> None:
        left, bottom = area.left / POINT, (HEIGHT - area.top - area.height) / POINT
        self.canvas.setStrokeColor(HexColor(RULE))
        self.canvas.setFillColor(HexColor(shade or "#FFFFFF"))
        self.canvas.setLineWidth(0.5)
        self.canvas.rect(left, bottom, area.width / POINT, area.height / POINT, fill=int(bool(shade)))

    def line(self, left: float, top: float, right: float, bottom: float, dashes: tuple[float, float]) -> None:
        self.canvas.saveState()
        self.canvas.setStrokeColor(HexColor(RULE))
        self.canvas.setLineWidth(0.5)
        self.canvas.setDash(*dashes)
        self.canvas.line(left / POINT, (HEIGHT - top) / POINT, right / POINT, (HEIGHT - bottom) / POINT)
        self.canvas.restoreState()

    def text(self, text: str, x: float, y: float, style: Style, *, ends: bool = False) -> None:
        """Draw one line above `y`, beginning or ending at `x`, each character in the first font that has it."""
        at = x / POINT - (sum(self.breadth(one, style) for one in text) if ends else 0)
        self.canvas.setFillColor(HexColor(style.ink))
        self.canvas.setStrokeColor(HexColor(style.ink))
        for face, stretch in groupby(text, key=lambda one: self.face(one, style)):
            said = "".join(one if face.has(one) else _NOBODY_HAS for one in stretch)
            self.canvas.setFont(face.name, style.size)
            self.canvas.setLineWidth(style.size / 30)
            thick = (
                style.bold and face is not self.faces(style.bold)[0]
            )  # these fonts have no bold letters of their own
            self.canvas.drawString(at, (HEIGHT - y) / POINT, said, mode=2 if thick else 0)
            at += pdfmetrics.stringWidth(said, face.name, style.size)

    def face(self, one: str, style: Style) -> Face:
        faces = self.faces(style.bold)
        return next((face for face in faces if face.has(one)), faces[0])

    def breadth(self, one: str, style: Style) -> float:
        face = self.face(one, style)
        return float(pdfmetrics.stringWidth(one if face.has(one) else _NOBODY_HAS, face.name, style.size))
