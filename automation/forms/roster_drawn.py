"""Draws the list of reception days, as a web page and as a PDF of as many A4 sheets as it needs."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path

from reportlab.lib.colors import HexColor
from reportlab.lib.units import mm
from reportlab.platypus import Flowable, SimpleDocTemplate, Spacer, Table, TableStyle

from automation.forms.code_drawn import INK
from automation.forms.fonts import CHINESE, LETTERS
from automation.forms.roster import Roster
from automation.forms.shapes import HEIGHT, WIDTH
from automation.forms.typesetting import Typesetting
from automation.text.characters import for_utf8
from automation.text.templates import templates_in
from sheet_schema.languages import traits

_QUIET, _RULE = HexColor("#5B6470"), HexColor("#D3DAE1")
_EDGE = 18.0
_SHARES = (0.3, 0.2, 0.2, 0.3)
"""How much of the width each column has."""
_BESIDE = 3 * mm
_PADDING = 6
"""What a frame of Platypus leaves free within its edges, in points."""


def roster_page(roster: Roster) -> str:
    """The list as one HTML file. Text from cells is escaped."""
    template = templates_in(Path(__file__).parent, roster.language).get_template("roster.html")
    return for_utf8(template.render(roster=roster, lang=traits(roster.language)["html"]))


def roster_pdf(roster: Roster, chinese: Sequence[Path] = CHINESE, letters: Sequence[Path] = LETTERS) -> bytes:
    """The list as a PDF file. The same list gives the same bytes on the same machine."""
    wide = (WIDTH - 2 * _EDGE) * mm - 2 * _PADDING
    setting, made = Typesetting(roster.language, chinese, letters), io.BytesIO()

    def line(text: str, size: float, room: float = wide, *, bold: bool = False, quiet: bool = False) -> Flowable:
        return setting.set(text, room, size, bold=bold, textColor=_QUIET if quiet else INK)

    content = [
        line(f"{roster.school} · {roster.office}", 13, quiet=True),
        Spacer(0, 4 * mm),
        line(roster.title, 28, bold=True),
        Spacer(0, 2 * mm),
        line(roster.span, 13, quiet=True),
        Spacer(0, 8 * mm),
    ]
    widths = [share * wide for share in _SHARES]
    if roster.rows:
        heads = [line(head, 11, room - _BESIDE, quiet=True) for head, room in zip(roster.heads, widths, strict=True)]
        rows = [[line(cell, 12, room - _BESIDE) for cell, room in zip(row, widths, strict=True)] for row in roster.rows]
        looks = [
            ("LINEBELOW", (0, 0), (-1, -1), 0.5, _RULE),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), _BESIDE),
        ]
        content.append(Table([heads, *rows], colWidths=widths, repeatRows=1, style=TableStyle(looks)))
    else:
        content.append(line(roster.none, 13))
    content += [Spacer(0, 8 * mm), line(roster.call, 13, bold=True)]
    edges = dict.fromkeys(("leftMargin", "rightMargin", "topMargin", "bottomMargin"), _EDGE * mm)
    document = SimpleDocTemplate(
        made, pagesize=(WIDTH * mm, HEIGHT * mm), invariant=1, lang=roster.language, title=roster.title, **edges
    )
    document.build(content)
    return made.getvalue()
