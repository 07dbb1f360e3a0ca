"""No text leaves its place on a page, be names, topics and numbers as long as they may."""

from __future__ import annotations

import re

import pytest

from automation.ledger.workbook import Cell
from automation.pages.dashboard import dashboard_page
from automation.pages.page import Look, Page, Values
from automation.pages.report import report_page
from automation.pages.start_here_page import start_here_page
from automation.reports.dashboard import dashboard
from automation.reports.tab import report_cells
from sheet_schema import LANGUAGES, SETTING, Language
from sheet_schema.vocabulary import Channel, Kind
from tests.support.letter_widths import really, wide
from tests.support.small_reports import NOW, case, known_cases, report

LONGEST_TITLE = 31
"""Letters of a tab's title, at most."""
LONG = {
    "words": "Department of mathematics and natural sciences ",
    "capitals": "WOMEN, MEN AND MMW ",
    "one word": "Wm",
    "chinese": "高三年级教务处、德育处",
    "short": "A",
}
every_language = pytest.mark.parametrize("language", LANGUAGES)
every_length = pytest.mark.parametrize("long", LONG.values(), ids=LONG)


def prefix(long: str) -> str:
    return re.sub(r"\W", "", long * 20).upper()[:20]


def rows(language: Language, long: str) -> list[dict[str, object]]:
    """Cases of each kind and channel, open, late and from superiors, with texts of 300 letters."""
    text = (long * 300)[:300]
    return [
        case(
            number,
            language,
            case_no=f"{prefix(long)}{number:05d}",
            channel=channel.label(language),
            kind=kind.label(language),
            petitioner=text,
            topic=f"{text}{number % 3}",
            department=f"{text}{number % 4}",
            superior_ref=text,
            superior_due="2026-03-20",
            notified_on="2026-03-05",
            people=7,
            repeat_of=f"{prefix(long)}00001",
        )
        for number, (channel, kind) in enumerate(
            ((channel, kind) for channel in Channel for kind in Kind if kind is not Kind.ALLEGATION), start=1
        )
    ]


def tabs(language: Language, long: str) -> dict[str, list[dict[str, object]]]:
    text = (long * 300)[:300]
    return {
        "departments": [{"name": f"{text}{number}"} for number in range(4)],
        "topics": [{"name": f"{text}{number}"} for number in range(3)],
        "settings": [
            {"name": SETTING["number_prefix"].label(language), "value": prefix(long)},
            {"name": SETTING["school_name"].label(language), "value": text},
        ],
        "routing": [],
    }


def leaving(page: Page, values: Values) -> dict[tuple[int, int], Cell]:
    """The texts for which there is too little room where they are written, by the widths of Helvetica's letters."""
    looks = {place: look for block, look in page.looks for place in block.places}
    cells = page.with_values(values)
    return {
        place: cell
        for place, cell in cells.items()
        if isinstance(cell, str)
        and cell
        and not cell.startswith("=")
        and not fits(page, place, looks.get(place, Look()), cells)
    }


def fits(page: Page, place: tuple[int, int], look: Look, cells: Values) -> bool:
    (row, column), text = place, str(cells[place])
    larger = 1 + look.size / 10
    if look.wraps:
        lines = really(text, (page.widths[column] - look.indent) / larger, bold=look.bold)
        return 15 * larger * lines <= page.heights.get(row, 400)
    step, room = -1 if look.across == "right" else 1, page.widths[column]
    while look.across != "center" and cells.get((row, column + step)) == "":
        column += step
        room += page.widths[column]
    return wide(text, bold=look.bold) * larger + look.indent <= room


def unplanned(page: Page, values: Values) -> list[tuple[int, int]]:
    """The cells that are written but have no look of their own: they would take that of the nearest cell above."""
    planned = {place for block, _ in page.looks for place in block.places}
    return [place for place in values if place not in planned]


@every_length
@every_language
def test_on_the_dashboard(language: Language, long: str) -> None:
    cases = known_cases(rows(language, long), language=language, **tabs(language, long))
    values = dashboard(cases.ledger, NOW)

    assert len(values) > 50
    assert unplanned(dashboard_page(language), values) == []
    assert leaving(dashboard_page(language), values) == {}
    assert leaving(dashboard_page(language), {}) == {}


@every_length
@every_language
def test_on_the_report(language: Language, long: str) -> None:
    values = report_cells(report(rows(language, long), language=language, **tabs(language, long)))

    assert len(values) > 200
    assert unplanned(report_page(language), values) == []
    assert leaving(report_page(language), values) == {}
    assert leaving(report_page(language), {}) == {}


@every_length
@every_language
def test_on_start_here(language: Language, long: str) -> None:
    page = start_here_page(language, lambda *_: "$A$1:$A$2", lambda _: (long * LONGEST_TITLE)[:LONGEST_TITLE])

    assert leaving(page, {}) == {}
