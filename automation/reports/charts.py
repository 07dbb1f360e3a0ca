"""Small charts as inline SVG.

Colours are the page's CSS variables. Bars for answered or late cases are hatched or striped too, so that nobody needs
to see colour, and a table beside each chart has the same figures.
"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from automation.reports.model import Month
from automation.text.dates import month_alone
from sheet_schema import Language

WIDTH, HEIGHT = 372, 190
_LEFT, _BOTTOM, _TOP = 26, 20, 8
_GAP = 3

HATCHES = Markup(
    '<svg class="hatches" aria-hidden="true" focusable="false"><defs>'
    '<pattern id="hatch" width="4" height="4" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<path class="hatch-line" d="M0 0V4"/></pattern>'
    '<pattern id="stripes" width="1.6" height="12" patternUnits="userSpaceOnUse"><path class="stripe-line" d="M.4 0V12"/></pattern>'
    "</defs></svg>"
)
"""The patterns that all charts of a page share; put once at its beginning."""


def months_chart(months: Sequence[Month], title: str, described: str, language: Language) -> Markup:
    """Two bars for each month: received and, hatched, answered."""
    highest = _round_up(max([1, *(max(month.received, month.replied) for month in months)]))
    floor = HEIGHT - _BOTTOM
    scale = (floor - _TOP) / highest
    wide = (WIDTH - _LEFT) / max(1, len(months))
    parts = [Markup("<title>{}</title><desc>{}</desc>").format(title, described)]
    for tick in _ticks(highest):
        y = floor - tick * scale
        parts.append(_line(_LEFT, y, WIDTH, y))
        parts.append(_text(_LEFT - 5, y + 3.5, str(tick), "tick"))
    for i, month in enumerate(months):
        left, bar = _LEFT + i * wide, (wide - _GAP * 2) / 2
        for at, (count, kind) in enumerate(((month.received, "received"), (month.replied, "answered"))):
            if count:
                high = count * scale
                parts.append(_rect(left + _GAP + at * bar, floor - high, bar - 1, high, kind))
        name = month_alone(month.first, language)
        parts.append(_text(left + wide / 2, HEIGHT - 5, name, "name"))
    return Markup('<svg class="months" viewBox="0 0 {} {}" role="img">{}</svg>').format(
        WIDTH, HEIGHT, Markup("").join(parts)
    )


def bar(part: float, whole: float, title: str, striped: float = 0) -> Markup:
    """A bar as long as `part` of `whole`, with `striped` of it striped; `title` says the same in words."""
    long, late = (100 * count / whole if whole else 0 for count in (part, striped))
    drawn = [_rect(0, 0, long, 12, "received")] if part else []
    if striped:
        drawn += [_rect(0, 0, late, 12, "late"), _rect(0, 0, late, 12, "striped")]
    return Markup(
        '<svg class="bar" viewBox="0 0 100 12" preserveAspectRatio="none" role="img"><title>{}</title>{}</svg>'
    ).format(title, Markup("").join(drawn))


def swatch(kind: str) -> Markup:
    """A sample for a chart's legend."""
    return Markup('<svg class="swatch" viewBox="0 0 14 12" aria-hidden="true" focusable="false">{}{}</svg>').format(
        _rect(0, 0, 14, 12, kind), _rect(0, 0, 14, 12, "striped") if kind == "late" else ""
    )


def _round_up(most: int) -> int:
    """The top of the scale: 1, 2, 4 or 5, times a power of ten."""
    step = 1
    while True:
        for end in (step, 2 * step, 4 * step, 5 * step):
            if most <= end:
                return end
        step *= 10


def _ticks(highest: int) -> list[int]:
    parts = next(parts for parts in (5, 4, 2, 1) if highest % parts == 0)
    return [highest * i // parts for i in range(parts + 1)]


def _rect(x: float, y: float, width: float, height: float, kind: str) -> Markup:
    return Markup('<rect class="{}" x="{:.2f}" y="{:.2f}" width="{:.2f}" height="{:.2f}"/>').format(
        kind, x, y, width, height
    )


def _line(x: float, y: float, to_x: float, to_y: float) -> Markup:
    return Markup('<line class="grid" x1="{:.1f}" y1="{:.1f}" x2="{:.1f}" y2="{:.1f}"/>').format(x, y, to_x, to_y)


def _text(x: float, y: float, text: str, kind: str) -> Markup:
    return Markup('<text class="{}" x="{:.1f}" y="{:.1f}">{}</text>').format(kind, x, y, text)
