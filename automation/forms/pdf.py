"""A paper as PDF, drawn by reportlab. The same paper gives the same bytes on the same machine.

Latin stands in the fonts every viewer has; for everything else a TrueType font of this machine is embedded. Where there is none,
Chinese is left to the viewer's own (STSong-Light, which every viewer with a Chinese font shows).
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

import reportlab
from reportlab.lib.colors import HexColor
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.pdfgen.canvas import Canvas

from automation.forms.fitting import fitted, wrapped
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
    room_for_text,
)
from sheet_schema import Language
from sheet_schema.form import LABEL, TWELFTHS

_WINDOWS, _MAC, _LINUX = Path("C:/Windows/Fonts"), Path("/System/Library/Fonts"), Path("/usr/share/fonts")
CHINESE = (
    _WINDOWS / "msyh.ttc", _WINDOWS / "simhei.ttf", _WINDOWS / "simsun.ttc", _WINDOWS / "Deng.ttf",
    _MAC / "STHeiti Light.ttc", _MAC / "Supplemental/Songti.ttc", Path("/Library/Fonts/Arial Unicode.ttf"),
    _MAC / "Supplemental/Arial Unicode.ttf",
    _LINUX / "truetype/wqy/wqy-microhei.ttc", _LINUX / "truetype/wqy/wqy-zenhei.ttc",
    _LINUX / "wenquanyi/wqy-microhei/wqy-microhei.ttc", _LINUX / "wqy-microhei/wqy-microhei.ttc",
    _LINUX / "truetype/arphic/uming.ttc", _LINUX / "truetype/droid/DroidSansFallbackFull.ttf",
    _LINUX / "google-droid-sans-fonts/DroidSansFallbackFull.ttf",
)  # fmt: skip
LETTERS = (
    _WINDOWS / "arial.ttf",
    _MAC / "Supplemental/Arial.ttf",
    _LINUX / "truetype/dejavu/DejaVuSans.ttf",
    _LINUX / "truetype/liberation/LiberationSans-Regular.ttf",
    _LINUX / "dejavu-sans-fonts/DejaVuSans.ttf",
    Path(reportlab.__file__).parent / "fonts" / "Vera.ttf",
)
"""Fonts that can be embedded, where Windows, macOS and Linux usually have them: for Chinese, and for ł, ő, Д."""
INK, QUIET, RULE, SHADE = "#1F2933", "#5B6470", "#9AA5B1", "#F1F4F7"
_CUT, _WRITE = (3.0, 3.0), (0.5, 2.0)
"""Dashes of a line to cut along, and of one to write on."""
_NOBODY_HAS = "?"


class Face(NamedTuple):
    """A font by its name here, and which characters it has."""

    name: str
    has: Callable[[str], bool]


def pdf(paper: Paper, chinese: Sequence[Path] = CHINESE, letters: Sequence[Path] = LETTERS) -> bytes:
    """The paper as a PDF file; `chinese` and `letters` say where to look for fonts to embed."""
    return document(paper, chinese, letters).getpdfdata()  # type: ignore[no-any-return]


def document(
    paper: Paper, chinese: Sequence[Path] = CHINESE, letters: Sequence[Path] = LETTERS, *, packed: bool = True
) -> Canvas:
    """The same, before it is made bytes of; `packed` says whether what is on its pages is compressed."""
    canvas = Canvas(
        io.BytesIO(),
        (WIDTH / POINT, HEIGHT / POINT),
        pageCompression=int(packed),
        invariant=1,
        lang=paper.language,
    )
    canvas.setTitle(paper.title)
    draw = _Drawing(canvas, paper, _faces(paper.language, tuple(chinese), tuple(letters)))
    for sheet in paper.sheets:
        for place, panel in enumerate(sheet):
            draw.panel(panel, place * paper.strip)
        canvas.showPage()
    return canvas


class _Drawing:
    """Draws on one canvas; lengths in millimetres from the sheet's upper left corner, sizes of letters in points."""

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
                self.text(part.heading, left, y + HEADING - 1.4, LABELS, QUIET, bold=True)
                y += HEADING
            y = self.boxes(part.boxes, left, y, width)
        for note in panel.notes:
            for line in wrapped(note, width / POINT, lambda one: self.breadth(one, NOTES)):
                y += NOTES * LEADING * POINT
                self.text(line, left, y + 1, NOTES, QUIET)
        if panel.stub:
            self.stub(panel, top)

    def head(self, panel: Panel, left: float, top: float, width: float) -> None:
        """The school and whose copy it is above the title; the number at the right."""
        base = top + self.paper.head - 4
        large = 15 if self.paper.on_a_sheet == 1 else 13
        said, size = fitted(panel.school, (0.6 * width / POINT, LABELS * LEADING), self.paper.language)
        self.text(said, left, top + 3, min(size, LABELS), QUIET)
        self.text(panel.title, left, base, large, bold=True)
        self.text(panel.number, left + width, base, large, bold=True, ends=True)
        self.text(panel.aside, left + width, top + 3, LABELS, QUIET, ends=True)

    def boxes(self, boxes: Iterable[Box], left: float, top: float, width: float) -> float:
        """Box after box, line after line; the height below them."""
        across = 0
        for box in boxes:
            self.box(box, left + width * across / TWELFTHS, top, width)
            across += box.span
            if across >= TWELFTHS:
                across, top = 0, top + box.height
        return top

    def box(self, box: Box, left: float, top: float, width: float) -> None:
        beside, above = PADDING
        labels, whole = width * LABEL / TWELFTHS, width * box.span / TWELFTHS
        self.frame(left, top, labels, box.height, SHADE)
        self.frame(left + labels, top, whole - labels, box.height)
        label, size = fitted(
            box.label, ((labels - 2 * beside) / POINT, (box.height - 2 * above) / POINT), self.paper.language
        )
        y = self.lines(label, left + beside, top + above, labels - 2 * beside, box, min(size, LABELS), QUIET)
        if box.hint:
            hint = (labels - 2 * beside) / POINT, (box.height - 2 * above) / POINT - 2 * LABELS
            said, size = fitted(box.hint, hint, self.paper.language)
            self.lines(said, left + beside, y + 1, labels - 2 * beside, box, min(size, 7.5), QUIET)
        wide = room_for_text(box, width)[0] * POINT
        self.lines(box.text, left + labels + beside, top + above, wide, box, box.size)
        for number in range(1, box.ruled + 1):
            y = top + WRITING * number
            self.line(left + labels + 2, y, left + whole - 2, y, _WRITE)

    def lines(self, text: str, left: float, top: float, wide: float, box: Box, size: float, ink: str = INK) -> float:
        """Text in a box: from the top where it is tall, else in the middle; the height below it."""
        step = size * LEADING * POINT
        room = box.height - 2 * PADDING[1]
        lines = wrapped(text, wide / POINT, lambda one: self.breadth(one, size))[: max(1, int(room / step + 0.01))]
        y = top if box.tall else top + (room - len(lines) * step) / 2
        for line in lines:
            y += step
            self.text(line, left, y - 0.3 * step, size, ink)
        return y

    def stub(self, panel: Panel, top: float) -> None:
        left, wide = WIDTH - SIDE - STUB + 9, STUB - 9
        self.line(left - 5, top, left - 5, top + self.paper.strip, _CUT)
        self.text(panel.number, left, top + 18, 18, bold=True)
        y = top + 22
        for said in panel.stub:
            for line in wrapped(said, wide / POINT, lambda one: self.breadth(one, LABELS)):
                y += LABELS * LEADING * POINT
                self.text(line, left, y, LABELS)
            y += 1.5

    def frame(self, left: float, top: float, wide: float, high: float, shade: str = "") -> None:
        self.canvas.setStrokeColor(HexColor(RULE))
        self.canvas.setFillColor(HexColor(shade or "#FFFFFF"))
        self.canvas.setLineWidth(0.5)
        self.canvas.rect(left / POINT, (HEIGHT - top - high) / POINT, wide / POINT, high / POINT, fill=int(bool(shade)))

    def line(self, left: float, top: float, right: float, bottom: float, dashes: tuple[float, float]) -> None:
        self.canvas.saveState()
        self.canvas.setStrokeColor(HexColor(RULE))
        self.canvas.setLineWidth(0.5)
        self.canvas.setDash(*dashes)
        self.canvas.line(left / POINT, (HEIGHT - top) / POINT, right / POINT, (HEIGHT - bottom) / POINT)
        self.canvas.restoreState()

    def text(
        self,
        text: str,
        x: float,
        y: float,
        size: float,
        ink: str = INK,
        *,
        bold: bool = False,
        ends: bool = False,
    ) -> None:
        """One line with its foot at `y`, beginning at `x` or ending there: each stretch in the first font that has it."""
        at = x / POINT - (sum(self.breadth(one, size, bold=bold) for one in text) if ends else 0)
        self.canvas.setFillColor(HexColor(ink))
        self.canvas.setStrokeColor(HexColor(ink))
        for face, stretch in groupby(text, key=lambda one: self.face(one, bold=bold)):
            said = "".join(one if face.has(one) else _NOBODY_HAS for one in stretch)
            self.canvas.setFont(face.name, size)
            self.canvas.setLineWidth(size / 30)
            thick = bold and face is not self.faces(bold)[0]  # these fonts have no bold letters of their own
            self.canvas.drawString(at, (HEIGHT - y) / POINT, said, mode=2 if thick else 0)
            at += pdfmetrics.stringWidth(said, face.name, size)

    def face(self, one: str, *, bold: bool = False) -> Face:
        faces = self.faces(bold)
        return next((face for face in faces if face.has(one)), faces[0])

    def breadth(self, one: str, size: float, *, bold: bool = False) -> float:
        face = self.face(one, bold=bold)
        return float(pdfmetrics.stringWidth(one if face.has(one) else _NOBODY_HAS, face.name, size))


def _faces(
    language: Language, chinese: tuple[Path, ...], letters: tuple[Path, ...]
) -> Callable[[bool], Sequence[Face]]:
    """The fonts to look for a character in, one after another. Chinese has its own quotation marks and dashes."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))

    def latin(one: str) -> bool:
        return ord(one) < (0x2000 if language == "zh" else 0x10000) and _can(one, "cp1252")

    embedded = (Face("Chinese", _of_file("Chinese", chinese)), Face("Letters", _of_file("Letters", letters)))
    others = (
        *(embedded if language == "zh" else embedded[::-1]),
        Face("STSong-Light", lambda one: _can(one, "gbk")),
    )
    faces = {bold: (Face("Helvetica-Bold" if bold else "Helvetica", latin), *others) for bold in (False, True)}
    return faces.__getitem__


def _can(one: str, encoding: str) -> bool:
    try:
        one.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


def _of_file(name: str, files: tuple[Path, ...]) -> Callable[[str], bool]:
    """Whether the first of these fonts that can be embedded has a character; it is looked for when it is first needed."""

    @cache
    def has(one: str) -> bool:
        return ord(one) in glyphs()

    @cache
    def glyphs() -> Any:
        font = _embeddable(name, files)
        if font is None:
            return ()
        pdfmetrics.registerFont(font)
        return font.face.charToGlyph

    return has


@cache
def _embeddable(name: str, files: tuple[Path, ...]) -> TTFont | None:
    for file in files:
        try:
            return TTFont(name, str(file))
        except (TTFError, OSError):  # not there, or its outlines or its licence do not allow it
            continue
    return None
