"""Draws a paper as PDF, by reportlab's Platypus. The same paper gives the same bytes on the same machine.

A panel fills its place on the sheet. Where there is more to say than that holds, all of it is set smaller, and where even small
letters do not help, the form goes on overleaf: nothing is cut.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_RIGHT
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Frame, HRFlowable, KeepInFrame, Spacer, Table

from automation.forms.code_drawn import CodeDrawn
from automation.forms.fonts import CHINESE, LETTERS
from automation.forms.shapes import (
    HEADING,
    HEIGHT,
    LABELS,
    NOTES,
    ORDINARY,
    PADDING,
    SIDE,
    STUB,
    WIDTH,
    WRITING,
    Box,
    Panel,
    Paper,
)
from automation.forms.typesetting import Typesetting
from sheet_schema.form import LABEL, TWELFTHS

SHRUNK = (1.0, 1.1, 1.2, 1.3, 1.4, 1.5)
"""By how much letters may be smaller; a third smaller, they have 7 points and are still legible on paper."""
LONGEST = 12_000
"""Characters that are too many for one page even in the smallest letters."""
A_PIECE = 10
"""Lines of a text that stay together on one page."""
HINTS = 7.5
INK, QUIET, RULE, SHADE = (HexColor(colour) for colour in ("#1F2933", "#5B6470", "#9AA5B1", "#F1F4F7"))
_CUT, _WRITE = (3.0, 3.0), (0.5, 2.0)
"""Dashes of a line to cut along, and of a line to write on."""
_A_HAIR = 0.05
_ALL = ((0, 0), (-1, -1))
_BARE = [(f"{side}PADDING", *_ALL, 0) for side in ("LEFT", "RIGHT", "TOP", "BOTTOM")]
_BOXES = [
    ("LINEBEFORE", *_ALL, 0.5, RULE),
    ("LINEAFTER", (-1, 0), (-1, 0), 0.5, RULE),
    *((f"{side}PADDING", *_ALL, PADDING[0] * mm) for side in ("LEFT", "RIGHT")),
]


def pdf(paper: Paper, chinese: Sequence[Path] = CHINESE, letters: Sequence[Path] = LETTERS) -> bytes:
    """The paper as a PDF file. `chinese` and `letters` list the font files that may be embedded."""
    return document(paper, chinese, letters).getpdfdata()  # type: ignore[no-any-return]


def document(
    paper: Paper, chinese: Sequence[Path] = CHINESE, letters: Sequence[Path] = LETTERS, *, packed: bool = True
) -> Canvas:
    """The PDF before it becomes bytes. `packed` says whether its pages are compressed."""
    size = (WIDTH * mm, HEIGHT * mm)
    canvas = Canvas(io.BytesIO(), size, pageCompression=int(packed), invariant=1, lang=paper.language)
    canvas.setTitle(paper.title)
    drawing = _Drawing(canvas, paper, Typesetting(paper.language, chinese, letters))
    for sheet in paper.sheets:
        for place, panel in enumerate(sheet):
            drawing.panel(panel, HEIGHT - (place + 1) * paper.strip)
        canvas.showPage()
    return canvas


class _Drawing:
    """Draws on one canvas. Lengths are in millimetres."""

    def __init__(self, canvas: Canvas, paper: Paper, letters: Typesetting) -> None:
        self.canvas, self.paper, self.letters = canvas, paper, letters
        self.high = paper.strip - 2 * paper.edge

    def panel(self, panel: Panel, bottom: float) -> None:
        """Draw the panel in its strip of the sheet, whose lower edge is at this height."""
        top, wide = bottom + self.paper.strip, self.paper.width(panel)
        if top < HEIGHT:
            self._cut(0, top, WIDTH, top)
        if panel.stub:
            left = WIDTH - SIDE - STUB
            self._cut(left + 4, bottom, left + 4, top)
            self._frame(left + 9, bottom, STUB - 9).addFromList(self._stub(panel, STUB - 9), self.canvas)
        scales = SHRUNK if sum(len(box.text) for part in panel.parts for box in part.boxes) < LONGEST else ()
        scale = next((scale for scale in scales if self._left(panel, wide, scale) >= 0), 1.0)
        shares = sum(part.share for part in panel.parts)
        spare = max(0.0, self._left(panel, wide, scale)) / shares if shares else 0.0
        content = self._content(panel, scale * wide, spare)
        if self.paper.on_a_sheet > 1:
            content = [KeepInFrame(0, 0, content, mode="shrink")]
        while content:
            self.canvas.saveState()
            self.canvas.scale(1 / scale, 1 / scale)
            frame = self._frame(scale * SIDE, scale * bottom, scale * wide, scale)
            frame.addFromList(content, self.canvas)
            self.canvas.restoreState()
            if content:
                self.canvas.showPage()
                content.insert(
                    0, self.letters.set(panel.number, wide * mm, LABELS, alignment=TA_RIGHT, textColor=QUIET)
                )

    def _left(self, panel: Panel, wide: float, scale: float) -> float:
        """How much of the panel's height is left if it is drawn that much larger and then made smaller."""
        content = self._content(panel, scale * wide)
        return scale * self.high - _A_HAIR - float(sum(one.wrap(scale * wide * mm, 0)[1] for one in content) / mm)

    def _frame(self, left: float, bottom: float, wide: float, scale: float = 1.0) -> Frame:
        edge = scale * self.paper.edge
        bare = {f"{side}Padding": 0 for side in ("left", "right", "top", "bottom")}
        return Frame(left * mm, (bottom + edge) * mm, wide * mm, scale * self.high * mm, **bare)

    def _cut(self, left: float, bottom: float, right: float, top: float) -> None:
        """A line to cut along."""
        self.canvas.saveState()
        self.canvas.setStrokeColor(RULE)
        self.canvas.setLineWidth(0.5)
        self.canvas.setDash(*_CUT)
        self.canvas.line(left * mm, bottom * mm, right * mm, top * mm)
        self.canvas.restoreState()

    def _content(self, panel: Panel, wide: float, spare: float = 0.0) -> list[Flowable]:
        """The panel's flowables in that width; `spare` is the height that each share of it gets."""
        content: list[Flowable] = [self._head(panel, wide)]
        for part in panel.parts:
            if part.heading:
                heading = self.letters.set(part.heading, wide * mm, LABELS, bold=True, textColor=QUIET)
                content.append(_table([[heading]], [wide], [HEADING]))
            content += [piece for row in part.rows for piece in self._row(row, wide, spare * row[0].share)]
        for note in panel.notes:
            content += [Spacer(0, mm), self.letters.set(note, wide * mm, NOTES, textColor=QUIET)]
        return content

    def _head(self, panel: Panel, wide: float) -> Table:
        """The school above the title at the left; whose copy it is above the number at the right."""
        columns, rows = [0.64 * wide, 0.36 * wide], [0.36 * self.paper.head, 0.64 * self.paper.head]
        places = [{"wide": columns[0] * mm}, {"wide": columns[1] * mm, "alignment": TA_RIGHT}]
        quiet = {"size": LABELS, "textColor": QUIET}
        strong = {"size": 15 if self.paper.on_a_sheet == 1 else 13, "textColor": INK, "bold": True}
        texts = (((panel.school, panel.aside), quiet), ((panel.title, panel.number), strong))
        cells = [
            [self.letters.set(text, **place, **look) for text, place in zip(two, places, strict=True)]
            for two, look in texts
        ]
        return _table(cells, columns, rows)

    def _row(self, row: Sequence[Box], wide: float, more: float) -> Iterator[Table]:
        """Boxes beside each other: the label in a shaded cell, then the text, or lines to write on.

        They come in pieces of a few lines, after each of which they can go on overleaf.
        """
        label = wide * LABEL / TWELFTHS
        rooms = [wide * box.span / TWELFTHS - label for box in row]
        texts = [self.letters.lines(box.text, _inside(room), ORDINARY) for box, room in zip(row, rooms, strict=True)]
        begins = range(0, max(map(len, texts)), A_PIECE)
        for at in begins:
            first, last = at == 0, at == begins[-1]
            cells: list[list[Flowable]] = []
            for box, room, lines in zip(row, rooms, texts, strict=True):
                piece = replace(box, text="\n".join(lines[at : at + A_PIECE]))
                cells += [self._label(box, _inside(label)) if first else []]
                cells += [self._said(piece, _inside(room), more if last else 0)]
            looks = [
                *_BOXES,
                *(("BACKGROUND", (x, 0), (x, 0), SHADE) for x in range(0, len(cells), 2)),
                *([("LINEABOVE", *_ALL, 0.5, RULE), ("TOPPADDING", *_ALL, PADDING[1] * mm)] if first else []),
                *([("LINEBELOW", *_ALL, 0.5, RULE), ("BOTTOMPADDING", *_ALL, PADDING[1] * mm)] if last else []),
                ("VALIGN", *_ALL, "MIDDLE" if first and last and not row[0].tall else "TOP"),
            ]
            widths = [width for room in rooms for width in (label, room)]
            yield _table([cells], widths, [row[0].height * first + more * last * first], looks)

    def _label(self, box: Box, wide: float) -> list[Flowable]:
        """The label, and below it the hint in small letters."""
        said = [(box.label, LABELS), *([(box.hint, HINTS)] if box.hint else [])]
        return [self.letters.set(text, wide, size, textColor=QUIET) for text, size in said]

    def _said(self, box: Box, wide: float, more: float) -> list[Flowable]:
        if box.code:
            return [CodeDrawn(box.code, min(wide, box.height * mm))]
        if box.ruled:
            line = HRFlowable("100%", 0.5, color=RULE, dash=_WRITE, spaceBefore=0, spaceAfter=0)
            return [Spacer(0, WRITING * mm - 0.5), line] * (int((box.height + more + 3) / WRITING) - 1)
        return [self.letters.set(box.text, wide, ORDINARY, textColor=INK), Spacer(0, more * mm)] if box.text else []

    def _stub(self, panel: Panel, wide: float) -> list[Flowable]:
        content = [Spacer(0, 6 * mm), self.letters.set(panel.number, wide * mm, 18, bold=True, textColor=INK)]
        for said in panel.stub:
            content += [Spacer(0, 1.5 * mm), self.letters.set(said, wide * mm, LABELS, textColor=INK)]
        return content


def _inside(wide: float) -> float:
    """The width for text in a box, in points."""
    return float((wide - 2 * PADDING[0]) * mm)


def _table(
    cells: Sequence[Sequence[object]],
    widths: Sequence[float],
    heights: Sequence[float],
    looks: Sequence[tuple[object, ...]] = (),
) -> Table:
    """A table with columns so wide, and rows at least so high."""
    style = [*_BARE, ("VALIGN", *_ALL, "MIDDLE"), *looks]
    return Table(cells, [wide * mm for wide in widths], None, style, minRowHeights=[high * mm for high in heights])
