"""What is printed, in plain shapes: a paper of panels, each a frame with a heading and labelled boxes. Page and PDF draw the same."""

from __future__ import annotations

from dataclasses import dataclass

from sheet_schema import Language
from sheet_schema.form import HEADING_HEIGHT, LABEL, LINE_HEIGHT, TWELFTHS

WIDTH, HEIGHT = 210.0, 297.0
"""Of an A4 sheet, in millimetres, as are all lengths here but the sizes of letters, which are points."""
SIDE = 12.0
"""What stays free on the left and on the right."""
STUB = 56.0
"""The width of a slip that is torn off at the right."""
HEADING = HEADING_HEIGHT
PADDING = (1.6, 0.8)
"""Between the frame of a box and its text: beside it, above and below it."""
ORDINARY = 10.5
LABELS = 9.0
NOTES = 10.0
LEADING = 1.35
"""From line to line, in heights of a letter."""
WRITING = 8.0
"""From line to line where somebody writes."""
POINT = 25.4 / 72
"""In millimetres."""


@dataclass(frozen=True, slots=True)
class Box:
    """A label and what stands beside it; without `text` it is a blank to write into. `span` is of twelve. The text fits the box
    at its `size`."""

    label: str
    text: str = ""
    span: int = TWELFTHS
    height: float = LINE_HEIGHT
    size: float = ORDINARY
    hint: str = ""
    tall: bool = False
    """Whether there may be much to say: it then begins at the top, and a blank has lines to write on."""

    @property
    def ruled(self) -> int:
        """How many lines there are to write on."""
        return int((self.height + 3) / WRITING) - 1 if self.tall and not self.text else 0


@dataclass(frozen=True, slots=True)
class Part:
    """Boxes that flow from left to right in lines of twelve twelfths, all of a line equally high; under a heading, or none."""

    heading: str
    boxes: tuple[Box, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """One form, or one copy of one. `aside` says whose copy it is, `notes` stand below the boxes, `stub` is torn off: its lines
    stand below the number."""

    title: str
    school: str
    number: str
    parts: tuple[Part, ...]
    aside: str = ""
    notes: tuple[str, ...] = ()
    stub: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """What goes to the printer: panels, so many of them on each sheet, one below the other with a line to cut along."""

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
        """The height of what one panel has of the sheet."""
        return HEIGHT / self.on_a_sheet

    @property
    def head(self) -> float:
        """The height of a panel's title."""
        return 15.0 if self.on_a_sheet < 3 else 13.0

    @property
    def edge(self) -> float:
        """What stays free above and below a panel."""
        return SIDE if self.on_a_sheet == 1 else 8.0 if self.on_a_sheet == 2 else 5.0

    def width(self, panel: Panel) -> float:
        """Of the panel's boxes, without what is torn off."""
        return WIDTH - 2 * SIDE - (STUB if panel.stub else 0.0)


def room_for_text(box: Box, width: float) -> tuple[float, float]:
    """How wide and how high a box's text may be in a panel so wide, in points."""
    beside, above = PADDING
    wide = width * (box.span - LABEL) / TWELFTHS - 2 * beside
    return wide / POINT, (box.height - 2 * above) / POINT
