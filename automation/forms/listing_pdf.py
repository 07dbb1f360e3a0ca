"""Draws a list to print and sign as PDF, by reportlab's Platypus; the heads of a table stand on each of its pages."""

from __future__ import annotations

import io

from reportlab.lib.units import mm
from reportlab.platypus import SimpleDocTemplate, Spacer, Table

from automation.forms.fonts import CHINESE, LETTERS
from automation.forms.listing import Listing
from automation.forms.pdf import INK, QUIET, RULE, SHADE
from automation.forms.typesetting import Typesetting
from automation.text.characters import for_utf8


def listing_pdf(listing: Listing) -> bytes:
    """The list as a PDF on A4, with the heads of a table on each of its pages."""
    letters, wide = Typesetting(listing.language, CHINESE, LETTERS), 182.0 * mm
    content: list[object] = [
        letters.set(listing.head, wide, 9, textColor=QUIET),
        letters.set(listing.title, wide, 15, bold=True, textColor=INK, spaceAfter=2 * mm),
        *(letters.set(note, wide, 9, textColor=QUIET) for note in listing.notes),
    ]
    looks = [
        ("GRID", (0, 0), (-1, -1), 0.5, RULE),
        ("BACKGROUND", (0, 0), (-1, 0), SHADE),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        *((f"{side}PADDING", (0, 0), (-1, -1), 1.2 * mm) for side in ("LEFT", "RIGHT")),
    ]
    for part in listing.parts:
        shares = part.shares or [12 / len(part.columns)] * len(part.columns)
        widths = [wide * share / sum(shares) for share in shares]
        inside = [one - 2.6 * mm for one in widths]
        content.append(Spacer(0, 4 * mm))
        if part.heading:
            content.append(letters.set(part.heading, wide, 11, bold=True, textColor=INK, keepWithNext=1, spaceAfter=mm))
        heads = [
            letters.set(one, room, 8.5, bold=True, textColor=QUIET)
            for one, room in zip(part.columns, inside, strict=True)
        ]
        rows = [
            [letters.set(one, room, 9, textColor=INK) for one, room in zip(row, inside, strict=True)]
            for row in part.rows
        ]
        content.append(Table([heads, *rows], widths, repeatRows=1, splitInRow=1, style=looks))
    if listing.signed:
        two = [listing.signed[at : at + 2] for at in range(0, len(listing.signed), 2)]
        cells = [[letters.set(one, 80 * mm, 9, textColor=QUIET) for one in (*pair, "")[:2]] for pair in two]
        lines = [("LINEBELOW", (at % 2, at // 2), (at % 2, at // 2), 0.5, RULE) for at in range(len(listing.signed))]
        table = Table(
            cells,
            [86 * mm, 86 * mm],
            [14 * mm] * len(cells),
            style=[("VALIGN", (0, 0), (-1, -1), "BOTTOM"), *lines],
            spaceBefore=6 * mm,
            hAlign="LEFT",
        )
        content.append(table)
    out = io.BytesIO()
    edges = dict.fromkeys(("leftMargin", "rightMargin", "topMargin", "bottomMargin"), 14 * mm)
    SimpleDocTemplate(out, title=for_utf8(listing.title), invariant=1, lang=listing.language, **edges).build(content)
    return out.getvalue()
