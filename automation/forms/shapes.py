"""What is printed, as plain shapes that page and PDF draw alike: a paper of panels with labelled boxes."""

from __future__ import annotations

from dataclasses import dataclass

from automation.forms.qr import Code
from sheet_schema import Language
from sheet_schema.form import HEADING_HEIGHT, LINE_HEIGHT, TWELFTHS

WIDTH, HEIGHT = 210.0, 297.0
"""An A4 sheet in millimetres. All lengths here are in millimetres, and font sizes in points."""
SIDE = 12.0
"""Margin on the left and on the right."""
STUB = 56.0
"""Width of a slip to be torn off at the right."""
HEADING = HEADING_HEIGHT
PADDING = (1.6, 0.8)
"""Space between a box's frame and its text: at the sides, and above and below."""
ORDINARY = 10.5
LABELS = 9.0
NOTES = 10.0
LEADING = 1.35
"""Line height, as a multiple of the font size."""
WRITING = 8.0
"""Distance between lines to write on."""


@dataclass(frozen=True, slots=True)
class Box:
    """A label with its text beside it, or a blank to write on. `span` is in twelfths of the panel's width.

    It is at least `height` high. One with a `share` gets taller where its text needs it, and takes that share of the space
    that is left on the sheet.
    """

    label: str
    text: str = ""
    span: int = TWELFTHS
    height: float = LINE_HEIGHT
    share: int = 0
    hint: str = ""
    tall: bool = False
    """Whether there may be much to say: the text then begins at the top, and a blank has lines to write on."""
    code: Code = ()
    """A QR code in place of the text."""

    @property
    def ruled(self) -> bool:
        """Whether it has lines to write on."""
        return self.tall and not self.text and not self.code


@dataclass(frozen=True, slots=True)
class Part:
    """Boxes in rows of twelve twelfths, all of a row equally high, below a heading if there is one."""

    heading: str
    boxes: tuple[Box, ...]

    @property
    def rows(self) -> list[list[Box]]:
        rows: list[list[Box]] = [[]]
        for box in self.boxes:
            if sum(beside.span for beside in rows[-1]) >= TWELFTHS:
                rows.append([])
            rows[-1].append(box)
        return rows

    @property
    def share(self) -> int:
        return sum(box.share for box in self.boxes)


@dataclass(frozen=True, slots=True)
class Panel:
    """One form or copy: `aside` says whose copy, `notes` come below the boxes, `stub` is to be torn off with the
    number."""

    title: str
    school: str
    number: str
    parts: tuple[Part, ...]
    aside: str = ""
    notes: tuple[str, ...] = ()
    stub: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """What goes to the printer: panels, `on_a_sheet` of them below each other with lines to cut along."""

    language: Language
    title: str
    panels: tuple[Panel, ...]
    on_a_sheet: int = 1

    @property
    def sheets(self) -> tuple[tuple[Panel, ...], ...]:
        step = self.on_a_sheet
        return tuple(self.panels[at : at + step] for at in range(0, len(self.panels), step))

    @property
    def strip(self) -> float:
        """The height of the sheet that one panel gets."""
        return HEIGHT / self.on_a_sheet

    @property
    def head(self) -> float:
        """The height of a panel's title."""
        return 15.0 if self.on_a_sheet < 3 else 13.0

    @property
    def edge(self) -> float:
        """The margin above and below a panel."""
        return SIDE if self.on_a_sheet == 1 else 8.0 if self.on_a_sheet == 2 else 5.0

    def width(self, panel: Panel) -> float:
        """The width of a panel's boxes, without the part to be torn off."""
        return WIDTH - 2 * SIDE - (STUB if panel.stub else 0.0)
