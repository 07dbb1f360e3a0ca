"""The Report tab as a plan: figures, counts by month and by kind, ages of open cases, and below them lists of cases.

`report` fills it in; the charts draw from blocks of cells that stay in place.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import replace

from automation.pages import colours
from automation.pages.page import Block, Chart, Colour, Look, Page, Series, Sketch
from automation.text.catalogue import Message, Sentences, msg
from automation.text.characters import breadth
from sheet_schema import REGISTER, REPORT, Language, Type
from sheet_schema.vocabulary import Channel, Kind

LEFT, RIGHT, LAST = 2, 6, 9
_COUNT = 4
"""Column of the numbers whose names begin at LEFT."""
MARKS = 1
"""The column, too narrow to read, in which `HEADING` marks the headings within the lists."""
HEADING = "§"
_WIDTHS = {1: 2.5, 2: 28, 3: 12, 4: 12, 5: 18, 6: 18, 7: 24, 8: 22, 9: 38, 10: 2.5}
TITLE, SENTENCE, AS_OF = 4, 5, 6
"""The rows that say what the report is about."""
FIGURES, MOST_FIGURES = 9, 14
"""The row of a table's column heads and its number of lines, here and below."""
MONTHS, MOST_MONTHS = FIGURES + MOST_FIGURES + 3, 12
CHANNELS = MONTHS + MOST_MONTHS + 3
KINDS = CHANNELS + len(Channel) + 6
"""Below each: a line for each choice in order, then for cases not filled in and for restricted ones left out."""
TOPICS, MOST_NAMES = KINDS + len(Kind) + 8, 20
"""Names in the order of their tab; then a line each for all others, cases not filled in, restricted ones."""
DEPARTMENTS = AGES = TOPICS + MOST_NAMES + 6
MOST_AGES = 5
"""Then a line for restricted ones, which the chart leaves out."""
NOTES, MOST_NOTES = DEPARTMENTS + MOST_NAMES + 5, 8
LISTS, MOST_LINES = NOTES + MOST_NOTES + 2, 400
_LAST_ROW = LISTS + MOST_LINES
ROW = 18.0
_CHART_WIDTH = 740

_TEXTS: Mapping[str, Message] = {
        "subtitle": msg("Filled in by `jobs.py report`, which also makes a page to be read and printed."),
        "figures": msg("The figures"), "indicator": msg("Indicator"), "value": msg("In the period"), "target": msg("Target"), "before": msg("Before"),
        "behind": msg("Cases behind it"),
        "months": msg("Month by month"), "month": msg("Month"), "received": msg("Received"), "answered": msg("Answered"),
        "channel": msg("How it came"), "kind": msg("Kind of matter"), "topic": msg("Topic"), "department": msg("Department in charge"),
        "count": msg("Cases"), "ages": msg("Open cases by age"), "age": msg("Open since"), "open": msg("Open"), "late": msg("Of them late"),
        "lists": msg("The cases"), "days_late": msg("Days late"), "remarks": msg("Remarks"),
        "months_chart": msg("Received and answered, month by month"), "channel_chart": msg("Cases received, by how they came"),
        "kind_chart": msg("Cases received, by kind of matter"), "topic_chart": msg("Cases received, by topic"),
        "ages_chart": msg("Open cases, and how many of them are late, by age"),
    }  # fmt: skip
ANSWERED, LATE = "7FB08F", "C0504D"
"""Colours of second bars beside the first."""

_TEXT = Look()
_NAME = Look(wraps=True)
_QUIET = Look(ink=colours.QUIET)
_NUMBER = Look(Type.WHOLE, across="center")
_DAY = Look(Type.DATE, across="center")


def report_page(language: Language) -> Page:
    """The page as it is drawn once."""
    texts = Sentences(_TEXTS, language)
    page = Sketch(language)
    page.banner(REPORT.label(language), texts["subtitle"], 10)
    page.heights |= dict.fromkeys(range(4, LISTS + 1), ROW) | {TITLE: 30}
    page.paint(Block(TITLE, LEFT, TITLE, LEFT), Look(size=5, bold=True))
    page.paint(Block(SENTENCE, LEFT, SENTENCE, LEFT), Look(size=1))
    page.paint(Block(AS_OF, LEFT, AS_OF, LEFT), _QUIET)
    _figures(page, texts)
    _counts(page, texts)
    page.paint(Block(NOTES, LEFT, NOTES + MOST_NOTES - 1, LEFT), _TEXT)
    _lists(page, texts)
    return Page(
        rows=_LAST_ROW,
        columns=10,
        widths=_WIDTHS,
        heights=page.heights,
        looks=page.looks,
        texts=page.texts,
        colours=page.colours,
        charts=tuple(_charts(texts)),
        landscape=True,
        breaks=(MONTHS - 1, TOPICS - 1, DEPARTMENTS - 1, LISTS - 1),
    )


def _figures(page: Sketch, texts: Mapping[str, str]) -> None:
    page.heading(FIGURES - 1, texts["figures"], LEFT, LAST)
    middle = Look(across="center", wraps=True)
    columns = (
        (texts["indicator"], Look(bold=True)),
        ("", _TEXT),
        ("", _TEXT),
        (texts["value"], replace(middle, bold=True)),
        (texts["target"], middle),
        (texts["before"], middle),
        ("", Look(ink=colours.RED_INK, bold=True)),
        (texts["behind"], Look(wraps=True)),
    )
    page.table(FIGURES, LEFT, columns, MOST_FIGURES)
    for row in range(FIGURES + 1, FIGURES + MOST_FIGURES + 1):
        del page.heights[row]  # the case numbers behind a figure may take several lines


def _counts(page: Sketch, texts: Mapping[str, str]) -> None:
    page.heading(MONTHS - 1, texts["months"], LEFT, LAST)
    months = (
        (texts["month"], _TEXT),
        ("", _TEXT),
        (texts["received"], _NUMBER),
        (texts["answered"], _NUMBER),
    )
    page.table(MONTHS, LEFT, months, MOST_MONTHS)
    for head, key, lines in (
        (CHANNELS, "channel", len(Channel) + 2),
        (KINDS, "kind", len(Kind) + 2),
        (TOPICS, "topic", MOST_NAMES + 3),
    ):
        page.heading(head - 1, texts[key], LEFT, LAST)
        _by(page, head, texts, key, lines)
    page.heading(DEPARTMENTS - 1, texts["department"], LEFT, _COUNT)
    _by(page, DEPARTMENTS, texts, "department", MOST_NAMES + 3)
    page.heading(AGES - 1, texts["ages"], RIGHT, LAST)
    ages = ((texts["age"], _TEXT), (texts["open"], _NUMBER), (texts["late"], _NUMBER))
    page.table(AGES, RIGHT, ages, MOST_AGES + 1)


def _by(page: Sketch, head: int, texts: Mapping[str, str], key: str, lines: int) -> None:
    page.table(head, LEFT, ((texts[key], _NAME), ("", _TEXT), (texts["count"], _NUMBER)), lines)
    for row in range(head + 1, head + lines + 1):
        page.heights.pop(row, None)  # a name may take several lines


def _lists(page: Sketch, texts: Mapping[str, str]) -> None:
    page.heading(LISTS - 1, texts["lists"], LEFT, LAST)
    columns = (
        ("case_no", _TEXT),
        ("received_on", _DAY),
        ("due_on", _DAY),
        ("days_late", _NUMBER),
        ("step", _NAME),
        ("topic", _NAME),
        ("department", _NAME),
        ("remarks", Look(wraps=True)),
    )
    names = {**{column.key: column.label(page.language) for column in REGISTER}, **texts}
    page.table(LISTS, LEFT, [(names[key], replace(look, top=True)) for key, look in columns], MOST_LINES)
    page.colours.pop()
    page.paint(Block(LISTS + 1, MARKS, _LAST_ROW, MARKS), Look(ink=colours.WHITE))
    lines = Block(LISTS + 1, LEFT, _LAST_ROW, LAST)
    page.colours.append(Colour(lines, f'$A{lines.top}="{HEADING}"', colours.ACCENT, colours.CLOSED_GREY, bold=True))


def notes(text: str) -> list[str]:
    """Break a long sentence into lines as wide as the page."""
    width = sum(width for column, width in _WIDTHS.items() if LEFT <= column <= LAST) * 0.8
    wide = breadth(text) / max(1, len(text))
    if wide < 1.5:
        return textwrap.wrap(text, int(width))
    each = int(width / wide)
    return [text[i : i + each] for i in range(0, len(text), each)]


def _charts(texts: Mapping[str, str]) -> Iterator[Chart]:
    """The charts, each beside the table it draws from."""

    def below(head: int, column: int, lines: int) -> Block:
        return Block(head, column, head + lines, column)

    def high(lines: int) -> int:
        return round(lines * ROW * 4 / 3)

    yield Chart(
        title=texts["months_chart"],
        names=below(MONTHS, LEFT, MOST_MONTHS),
        series=(
            Series(below(MONTHS, _COUNT, MOST_MONTHS), colours.ACCENT),
            Series(below(MONTHS, _COUNT + 1, MOST_MONTHS), ANSWERED),
        ),
        across=texts["month"],
        up=texts["count"],
        at=(MONTHS, RIGHT),
        width=_CHART_WIDTH,
        height=high(MOST_MONTHS + 1),
    )
    for head, key, lines, room in (
        (CHANNELS, "channel", len(Channel), len(Channel) + 4),
        (KINDS, "kind", len(Kind), len(Kind) + 6),
        (TOPICS, "topic", MOST_NAMES, MOST_NAMES + 4),
    ):
        yield Chart(
            title=texts[f"{key}_chart"],
            names=below(head, LEFT, lines),
            series=(Series(below(head, _COUNT, lines), colours.ACCENT),),
            across=texts[key],
            up=texts["count"],
            at=(head, RIGHT),
            width=_CHART_WIDTH,
            height=high(room),
            lying=key == "topic",
        )
    yield Chart(
        title=texts["ages_chart"],
        names=below(AGES, RIGHT, MOST_AGES),
        series=(
            Series(below(AGES, RIGHT + 1, MOST_AGES), colours.ACCENT),
            Series(below(AGES, RIGHT + 2, MOST_AGES), LATE),
        ),
        across=texts["age"],
        up=texts["count"],
        at=(AGES + MOST_AGES + 2, RIGHT),
        width=_CHART_WIDTH,
        height=high(15),
    )
