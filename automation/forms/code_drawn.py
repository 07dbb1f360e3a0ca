"""A QR code as something that reportlab sets among text."""

from __future__ import annotations

from reportlab.lib.colors import HexColor
from reportlab.platypus import Flowable

from automation.forms.qr import BORDER, Code

INK = HexColor("#1F2933")


class CodeDrawn(Flowable):  # type: ignore[misc]  # reportlab has no types
    """A QR code with its border, so many points wide, in the middle of its room."""

    def __init__(self, code: Code, size: float) -> None:
        super().__init__()
        self.code, self.size = code, size
        self.hAlign = "CENTER"

    def wrap(self, wide: float, _: float) -> tuple[float, float]:
        self.left = max(0.0, (wide - self.size) / 2)
        return wide, self.size

    def draw(self) -> None:
        canvas, unit = self.canv, self.size / (len(self.code) + 2 * BORDER)
        canvas.setFillColor(INK)
        path = canvas.beginPath()
        for y, row in enumerate(self.code):
            for x, dark in enumerate(row):
                if dark:
                    path.rect(self.left + (x + BORDER) * unit, self.size - (y + BORDER + 1) * unit, unit, unit)
        canvas.drawPath(path, stroke=0, fill=1)
