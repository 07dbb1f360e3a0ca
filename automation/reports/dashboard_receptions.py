"""What the Dashboard says of reception days, below its lists, only where they are turned on (docs/design.md#p24.8).

The page is drawn without these lines, so that an office that has no such days sees no empty list. What somebody typed there stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from automation.cases.period_said import period_said
from automation.cases.reception_roster import Sitting, gaps, looked_over, roster
from automation.cases.reception_tasks import is_owed
from automation.ledger.model import Ledger
from automation.ledger.receptions import Reception, is_turned_on, receptions_of
from automation.ledger.typed.cell import as_text
from automation.ledger.workbook import Cell
from automation.pages.dashboard import DUE_LIST, LEFT, RIGHT
from automation.pages.page import Place
from automation.text.catalogue import counted, groups, in_a_row, msg
from automation.text.characters import one_line
from automation.text.dates import with_weekday
from sheet_schema import RECEPTIONS
from sheet_schema.languages import LANGUAGES
from sheet_schema.reception import RECEPTION_EVERY

TITLE_ROW = DUE_LIST.after + 2
MOST = 6
"""Lines below the title, on either side."""
AHEAD = timedelta(days=92)
_NOBODY = msg("nobody hosts")
_NONE = msg("No day is planned.")
_GAPS = msg("Without a day: {periods}")
_AWAY = msg("{day}: {names} away or gone, without a stand-in")
_LATE = counted("1 undertaking is late.", "{n} undertakings are late.")
_WIDE = {LEFT: 90, RIGHT: 60}
"""In characters: what is longer is cut."""


def reception_values(ledger: Ledger, now: datetime, rows: Sequence[Sequence[Cell]]) -> Mapping[Place, Cell]:
    """The cells of this part. `rows` are the page as read: where reception days were turned off, what stood there is cleared, and
    where somebody else has typed, nothing is written."""
    places = [(TITLE_ROW + at, column) for at in range(MOST + 1) for column in (LEFT, RIGHT)]
    titles = {RECEPTIONS.label(language) for language in LANGUAGES}
    ours = _cell(rows, (TITLE_ROW, LEFT)) in titles
    if not ours and any(_cell(rows, place) for place in places):
        return {}
    if not is_turned_on(ledger):
        return dict.fromkeys(places, "") if ours else {}
    left, right = _next_days(ledger, now), list(_to_look_at(ledger, now))
    values: dict[Place, Cell] = dict.fromkeys(places, "")
    values[TITLE_ROW, LEFT] = RECEPTIONS.label(ledger.language)
    for column, lines in ((LEFT, left), (RIGHT, right)):
        for at, line in enumerate(lines[:MOST], start=1):
            values[TITLE_ROW + at, column] = one_line(line, _WIDE[column])
    return values


def _cell(rows: Sequence[Sequence[Cell]], place: Place) -> str:
    row, column = place
    line = rows[row - 1] if row <= len(rows) else ()
    return as_text(line[column - 1]) if column <= len(line) else ""


def _next_days(ledger: Ledger, now: datetime) -> list[str]:
    ahead = roster(ledger, receptions_of(ledger), now.date(), now.date() + AHEAD)
    planned = [one for one in ahead if not one.row.was_cancelled]
    return [_day(ledger, one) for one in planned[:MOST]] or [_NONE.say(ledger.language)]


def _day(ledger: Ledger, one: Sitting) -> str:
    language = ledger.language
    hosts = in_a_row(one.there, language) or _NOBODY.say(language)
    parts = (with_weekday(one.day, language), one.row.time, one.row.place, hosts)
    return groups([part for part in parts if part], language)


def _to_look_at(ledger: Ledger, now: datetime) -> Iterator[str]:
    rows, language = receptions_of(ledger), ledger.language
    if late := sum(is_late(row, now) for row in rows):
        yield _LATE.say(language, n=late)
    first, last = looked_over(ledger, rows, now.date())
    every = ledger.policy.settings[RECEPTION_EVERY]
    if missed := [period_said(every, gap, language) for gap in gaps(ledger, rows, first, last)]:
        yield _GAPS.say(language, periods=in_a_row(missed, language))
    for one in roster(ledger, rows, now.date(), now.date() + AHEAD):
        if one.missing and not one.row.was_cancelled:
            day = with_weekday(one.day, language)
            yield _AWAY.say(language, day=day, names=in_a_row(one.missing, language))


def is_late(row: Reception, now: datetime) -> bool:
    """Whether its undertaking is late today."""
    return is_owed(row) and row.by_when is not None and row.by_when < now.date()
