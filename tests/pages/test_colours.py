"""Every ink can be read on every background that it stands on."""

from __future__ import annotations

import pytest

from automation.pages import colours
from automation.pages.colours import READABLE
from automation.pages.page import Page
from automation.pages.plans import PLANS
from automation.pages.start_here_page import start_here_page
from automation.pages.tables import row_colours
from sheet_schema import LANGUAGES, TABS

LEAST = 4.5
"""The contrast that WCAG 2.2 asks of ordinary text (1.4.3)."""


def luminance(rgb: str) -> float:
    parts = (int(rgb[at : at + 2], 16) / 255 for at in (0, 2, 4))
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(ink: str, back: str) -> float:
    dark, bright = sorted((luminance(ink), luminance(back)))
    return (bright + 0.05) / (dark + 0.05)


def test_the_contrast_of_black_on_white_is_21() -> None:
    assert contrast("000000", "FFFFFF") == pytest.approx(21)


@pytest.mark.parametrize(("ink", "back"), [(ink, back) for ink, backs in READABLE.items() for back in backs])
def test_an_ink_can_be_read_on_its_backgrounds(ink: str, back: str) -> None:
    assert contrast(ink, back) >= LEAST


def pairs() -> set[tuple[str, str]]:
    """What the pages and tables write on what."""
    found: set[tuple[str, str]] = set()
    for language in LANGUAGES:
        for plan in PLANS.values():
            found |= of_page(plan(language))
        found |= of_page(start_here_page(language, lambda *_: "A1:A2", lambda key: key))
        for tab in TABS:
            if tab.columns:
                at = {key: place for place, key in enumerate(tab.keys, start=1)}
                # A number without a colour of its own stands in a cell that a job fills in.
                found |= {(one.ink, one.background or colours.JOB_GREY) for one in row_colours(tab, at, language)}
    return found


def of_page(page: Page) -> set[tuple[str, str]]:
    looks = {(look.ink, look.back or colours.WHITE) for _, look in page.looks}
    return looks | {(colour.ink or colours.INK, colour.back or colours.WHITE) for colour in page.colours}


def test_they_stand_nowhere_else() -> None:
    hidden = (colours.WHITE, colours.WHITE)  # the Report's marks, which only its colours read

    assert {(ink, back) for ink, back in pairs() - {hidden} if back not in READABLE.get(ink, ())} == set()
