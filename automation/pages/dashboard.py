"""The Dashboard as a plan: cases by light, what is late, what is due soon, and who has it. A job fills it in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from automation.pages import colours
from automation.pages.page import Block, Colour, Look, Page, Place, Sketch, absolute
from automation.text.catalogue import Message, Sentences, msg
from sheet_schema import DASHBOARD, Language, Type
from sheet_schema.vocabulary import Light

LEFT, RIGHT, LAST = 2, 8, 10
"""The first column of the lists of cases, of what is beside them, and the last column in use."""
_WIDTHS = {1: 2.5, 2: 18, 3: 16, 4: 13, 5: 11, 6: 25, 7: 3, 8: 26, 9: 20, 10: 13, 11: 2.5}
RAN_AT, RAN_HOW = (2, 9), (2, 8)
"""The cells with the time of the last run and, if it did not end well, how it ended."""
TILES = {"late": (5, 2), "soon": (5, 4), "on_time": (5, 6), "open": (5, 8), "look": (5, 9)}
"""The cells of the large numbers; each has its name above it."""


class ListPlace(NamedTuple):
    """Where a list is: the row of its column heads, its first column, and how many lines it has at most."""

    head: int
    left: int
    most: int

    @property
    def after(self) -> int:
        """The line that says how many more there are."""
        return self.head + self.most + 1


LATE_LIST = ListPlace(8, LEFT, 18)
DEPARTMENTS_LIST = LATE_LIST._replace(left=RIGHT)
DUE_LIST = ListPlace(LATE_LIST.after + 3, LEFT, 12)
SUPERIORS_LIST = DUE_LIST._replace(left=RIGHT)
_LAST_ROW = DUE_LIST.after
_FIXED = [
    row
    for row in range(1, _LAST_ROW + 1)
    if not any(0 < row - place.head <= place.most for place in (LATE_LIST, DUE_LIST))
]
"""The rows whose height is fixed: those of the lists grow with long names."""

_TEXTS: Mapping[str, Message] = {
        "subtitle": msg("Filled in by every run: there is nothing to type here."), "ran": msg("Last run"),
        "open": msg("Open in all"), "look": msg("Rows that want a look"),
        "late_title": msg("Late, worst first"), "due_title": msg("Due within a week"),
        "departments_title": msg("Open cases by department"), "superiors_title": msg("Authorities and leaders wait for"),
        "number": msg("Case no."), "step": msg("Step"), "due_on": msg("Due on"), "days_late": msg("Days late"), "days_left": msg("Days left"),
        "department": msg("Department"), "open_short": msg("Open"), "late_short": msg("Late"),
    }  # fmt: skip

_TEXT = Look(wraps=True)
_NUMBER = Look(Type.WHOLE, across="center")
_DAY = Look(Type.DATE, across="center")
_BESIDE = Look(wraps=True, indent=1)
_CASE = Look(bold=True, wraps=True)
_LATE = Look(Type.WHOLE, across="center", ink=colours.RED_INK, bold=True)


def dashboard_page(language: Language) -> Page:
    """The page as it is drawn once."""
    texts = Sentences(_TEXTS, language)
    page = Sketch(language)
    page.banner(DASHBOARD.label(language), texts["subtitle"], 11)
    page.say(1, RAN_AT[1], texts["ran"], Look(ink=colours.PALE, back=colours.ACCENT))
    page.paint(_cell(RAN_HOW), Look(ink=colours.WHITE, bold=True, back=colours.ACCENT, across="right"))
    page.paint(
        Block(2, RAN_AT[1], 2, LAST),
        Look(Type.MOMENT, size=1, ink=colours.WHITE, bold=True, back=colours.ACCENT),
    )
    _tiles(page, texts)
    page.colours += _colours()
    _lists(page, texts)
    return Page(
        rows=_LAST_ROW,
        columns=11,
        widths=_WIDTHS,
        heights=dict.fromkeys(_FIXED, 19.5) | page.heights,
        looks=page.looks,
        texts=page.texts,
        colours=page.colours,
        merged=[_tile(column)._replace(top=row) for row, column in TILES.values() if _TILE_ENDS[column] > column],
    )


def _tiles(page: Sketch, texts: Mapping[str, str]) -> None:
    """Five numbers large enough to be read from across the room."""
    page.heights |= {4: 24, 5: 44, 6: 12}
    for (key, (row, column)), (ink, back) in zip(TILES.items(), _TILE_COLOURS, strict=True):
        name = Light.of(key).label(page.language) if key in {light.key for light in Light} else texts[key]
        page.paint(_tile(column), Look(back=back))
        page.say(row - 1, column, name, Look(size=1, ink=ink, back=back, indent=1))
        page.paint(_cell((row, column)), Look(Type.WHOLE, size=15, ink=ink, bold=True, back=back, indent=1))


_TILE_COLOURS = (
    (colours.RED_INK, colours.RED),
    (colours.AMBER_INK, colours.AMBER),
    (colours.GREEN_INK, colours.GREEN),
    (colours.INK, colours.CLOSED_GREY),
    (colours.QUIET, colours.JOB_GREY),
)
_TILE_ENDS = {2: 3, 4: 5, 6: 6, 8: 8, 9: 10}
"""The last column of each tile, by its first."""


def _tile(column: int) -> Block:
    return Block(4, column, 5, _TILE_ENDS[column])


def _cell(place: Place) -> Block:
    return Block(*place, *place)


def _lists(page: Sketch, texts: Mapping[str, str]) -> None:
    """Late and due cases with number, step, date, how many days, department; beside them departments and superiors."""
    case = (("number", _CASE), ("step", _TEXT), ("due_on", _DAY))
    late = (*case, ("days_late", _LATE), ("department", _BESIDE))
    due = (*case, ("days_left", _NUMBER), ("department", _BESIDE))
    departments = (("department", _TEXT), ("open_short", _NUMBER), ("late_short", _LATE))
    for place, title, columns in (
        (LATE_LIST, "late_title", late),
        (DUE_LIST, "due_title", due),
        (DEPARTMENTS_LIST, "departments_title", departments),
        (SUPERIORS_LIST, "superiors_title", case),
    ):
        right = place.left + len(columns) - 1
        page.heading(place.head - 1, texts[title], place.left, right)
        page.table(place.head, place.left, [(texts[key], look) for key, look in columns], place.most)
        page.paint(Block(place.after, place.left, place.after, right), Look(ink=colours.QUIET))


def _colours() -> Iterator[Colour]:
    """Colours that change by themselves: the last run turns red after a day, and a zero is pale."""
    row, column = RAN_AT
    ran = absolute(row, column)
    yield Colour(
        Block(row, column, row, LAST), f'AND({ran}<>"",NOW()-{ran}>1)', colours.RED_INK, colours.RED, bold=True
    )
    for key in ("late", "soon", "look"):
        yield Colour(_tile(TILES[key][1]), f"{absolute(*TILES[key])}=0", colours.QUIET, colours.JOB_GREY)
