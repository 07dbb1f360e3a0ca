"""Proposes how an old register is to be read: which tabs and headings it has, what they mean, and what its words mean."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from automation.ledger.foreign_sheet import ForeignFile, ForeignSheet
from automation.ledger.typed.cell import Habits, as_text
from automation.ledger.workbook import Cell
from automation.ways_in.case_rows import case_rows, is_ditto
from automation.ways_in.days import is_day, order_of, year_said
from automation.ways_in.headings import GUESSED, Fit, Headings, fit_of, headings_of, is_chinese
from automation.ways_in.proposal import NOTHING, YEAR_FIRST, Evidence, Proposal, TabMeant
from automation.ways_in.words import choice_meant, state_meant
from sheet_schema import LANGUAGES, REGISTER, Type, word_form
from sheet_schema.old_registers import CLOSED, FORMER_NO, KEEP, LEAVE, STATUS, of_tables, said
from sheet_schema.word_columns import word_column_of

JOINED = frozenset({CLOSED, "contact", "summary", "result", "topic", "petitioner", "about", "attachments", "reason"})
"""Several columns may be for one of these: their cells are joined, of days the first counts. Of all others the plainest heading
counts."""
DAYS = frozenset(column.key for column in REGISTER if column.type is Type.DATE) | {CLOSED}
_EXAMPLES, _MOST_WORDS = 3, 60
_ZONE = re.compile(r"\b[A-Z][A-Za-z]+/[A-Z][A-Za-z_]+(?:/[A-Z][A-Za-z_]+)?\b|\bUTC\b")


@dataclass(frozen=True)
class Proposed:
    """A proposal, and by heading why each column is proposed for what it is. `colours_unseen` says that only colours tell which
    cases are closed, and that they could not be read."""

    proposal: Proposal
    evidence: Mapping[str, Evidence]
    colours_unseen: bool = False


@dataclass(frozen=True)
class _Read:
    """A tab with headings, the cells of its columns by heading, and what stands around its cases."""

    sheet: ForeignSheet
    headings: Headings

    @property
    def around(self) -> list[str]:
        """What stands above the headings, and in rows of one cell below."""
        above = [as_text(cell) for row in self.sheet.rows[: self.headings.row - 1] for cell in row if cell != ""]
        below = (row for row in self.sheet.rows[self.headings.row :] if sum(cell != "" for cell in row) == 1)
        return [*above, *(as_text(cell) for row in below for cell in row if cell != "")]


def proposed(file: ForeignFile, habits: Habits) -> Proposed | None:
    """How this file is to be read; None if no tab of it is a register. `habits` are those of the ledger."""
    found = [_Read(sheet, headings) for sheet in file.sheets if (headings := headings_of(sheet)) is not None]
    if not found:
        return None
    fits = fits_of(text for one in found for text in one.headings.texts)
    cells = _cells(found, {heading: fit.key for heading, fit in fits.items()})
    columns = {heading: _by_content(fit.key, cells[heading]) for heading, fit in fits.items()}
    if "received_on" not in columns.values():
        columns = _with_a_day(columns, cells)
    chinese = any(is_chinese(heading) for heading in columns)
    days = [cell for heading, key in columns.items() if key in DAYS for cell in cells[heading]]
    every = _of_every_case(file, found)
    proposal = Proposal(
        tabs={one.sheet.title: TabMeant(one.headings.row, *_year(one, file)) for one in found},
        columns=columns,
        words={heading: words for heading, key in columns.items() if (words := _words(key, cells[heading], habits))},
        date_order=YEAR_FIRST if chinese else order_of(days),
        time_zone=_zone(found),
        closed_colours=() if STATUS in columns.values() else _closed_colours(file, found),
        every_case={} if "channel" in columns.values() else every,
    )
    evidence = {heading: Evidence(_examples(cells[heading]), fit.sure) for heading, fit in fits.items()}
    unseen = not file.looks and not {STATUS, CLOSED} & {*columns.values()} and bool(_closed_names(file))
    return Proposed(proposal, evidence, unseen)


def fits_of(headings: Iterable[str]) -> dict[str, Fit]:
    """What each heading is for; of several for one thing that only one can be, the plainest. The others are kept as they are."""
    fits = {text: fit_of(text) or Fit(KEEP, GUESSED, 0) for text in dict.fromkeys(headings) if text}
    best: dict[str, int] = {}
    for fit in fits.values():
        best[fit.key] = min(fit.rank, best.get(fit.key, fit.rank))
    chosen: dict[str, Fit] = {}
    taken: set[str] = set()
    for text, fit in fits.items():
        guess = fit.sure == GUESSED and best[fit.key] < _A_PART and fit.key != "contact"
        beaten = guess if fit.key in JOINED else fit.rank > best[fit.key]
        twice = fit.key in taken and fit.key not in JOINED
        if fit.key not in (KEEP, LEAVE) and (beaten or twice):
            fit = Fit(LEAVE if fit.key == FORMER_NO and fit.rank > _RUNNING else KEEP, fit.sure, fit.rank)
        taken.add(fit.key)
        chosen[text] = fit
    return chosen


_RUNNING = 17
"""Further down the list stand words for a number that only counts the lines."""
_A_PART = 100
"""The ranks of headings that are known by a part of them begin here."""


def _cells(found: Sequence[_Read], keys: Mapping[str, str]) -> dict[str, list[Cell]]:
    """The cells of the cases by heading, blank ones and ditto marks left out."""
    cells: dict[str, list[Cell]] = {heading: [] for heading in keys}
    for one in found:
        meant = [keys.get(text, "") for text in one.headings.texts]
        for _, row in case_rows(one.sheet, one.headings, meant):
            for text, cell in zip(one.headings.texts, row, strict=False):
                if text and as_text(cell).strip() and not is_ditto(cell):
                    cells[text].append(cell)
    return cells


def _by_content(key: str, cells: Sequence[Cell]) -> str:
    """The same, unless what stands in the column shows that it is something else: Closed with Yes and No is a state."""
    if key not in DAYS or not cells:
        return key
    days = sum(map(is_day, cells))
    if 2 * days >= len(cells):
        return key
    states = sum(bool(state_meant(as_text(cell)).key) for cell in cells)
    if key == CLOSED and 2 * states > len(cells):
        return STATUS
    numbers = sum(isinstance(cell, int | float) for cell in cells)
    return key if 2 * (days + numbers) >= len(cells) else KEEP


def _with_a_day(columns: Mapping[str, str], cells: Mapping[str, Sequence[Cell]]) -> dict[str, str]:
    """The same, but that the first column of days that are for nothing else has the days received: 时间, When."""
    for heading, key in columns.items():
        if key == KEEP and 2 * sum(map(is_day, cells[heading])) > len(cells[heading]):
            return {**columns, heading: "received_on"}
    return {**columns}


def _words(key: str, cells: Iterable[Cell], habits: Habits) -> dict[str, str]:
    """What each word of a column with a list means; empty for any other column, and for one with too many words."""
    texts = Counter(as_text(cell).strip() for cell in cells)
    if key == STATUS:
        return {text: state_meant(text).key for text in texts} if len(texts) <= _MOST_WORDS else {}
    if key not in REGISTER.staff_keys or len(texts) > _MOST_WORDS:
        return {}
    column = REGISTER[key]
    own = habits.words.get(word_column_of(column), {})
    if column.source == "topics":
        return {text: own.get(word_form(text), NOTHING) for text in texts}
    if column.choices is None or column.type is not Type.CHOICE:
        return {}
    meant = {text: choice_meant(column, text, own) for text in texts}
    return {text: one.key for text, one in meant.items() if not one.two}


def _examples(cells: Sequence[Cell]) -> tuple[str, ...]:
    texts = dict.fromkeys(" ".join(as_text(cell).split()) for cell in cells)
    return tuple(text if len(text) <= 40 else f"{text[:39]}…" for text in [*texts][:_EXAMPLES])


def _year(one: _Read, file: ForeignFile) -> tuple[int, int]:
    """The year of a tab's days: by its title, by what stands above its headings, or by the file's name."""
    chinese = any(map(is_chinese, one.headings.texts))
    begins = {language: said(language).get("table", {}).get("school_year_begins", 1) for language in LANGUAGES}
    first = max(begins.values()) if chinese else min(begins.values())
    above = [as_text(cell) for row in one.sheet.rows[: one.headings.row - 1] for cell in row if cell != ""]
    return year_said((one.sheet.title, *above, file.name), first)


def _zone(found: Sequence[_Read]) -> str:
    """The time zone that the register names, if it names one."""
    names = [name for one in found for text in one.around for name in _ZONE.findall(text)]
    for name in sorted(names, key=lambda name: "/" not in name):
        try:
            return ZoneInfo(name).key
        except (ZoneInfoNotFoundError, ValueError):
            continue
    return ""


def _of_every_case(file: ForeignFile, found: Sequence[_Read]) -> dict[str, str]:
    """What the title of the register says of all its cases: those of a register of visits are visits."""
    titles = " ".join([file.name, *(one.sheet.title for one in found), *(text for one in found for text in one.around)])
    for channels in of_tables("channel_of_title"):
        for channel, words in channels.items():
            if any(word in titles.casefold() for word in words):
                return {"channel": channel}
    return {}


def _closed_colours(file: ForeignFile, found: Sequence[_Read]) -> tuple[str, ...]:
    """The colours of rows that a legend anywhere in the file calls closed."""
    named = _closed_names(file)
    used = {colour for one in found for colour in one.sheet.colours.values()}
    return tuple(sorted(colour for colour in used if hue_of(colour) in named))


def _closed_names(file: ForeignFile) -> set[str]:
    """What the colours of closed cases are called in a legend anywhere in the file."""
    texts = [as_text(cell) for sheet in file.sheets for row in sheet.rows[:10] for cell in row if cell != ""]
    return {name for text in texts for name in _colours_named(text)}


def _colours_named(text: str) -> Iterator[str]:
    for language in LANGUAGES:
        table = said(language).get("table", {})
        for form in table.get("closed_by_colour", ()):
            for match in re.finditer(form, text.casefold()):
                yield table["colour_names"][match["colour"]]


def hue_of(colour: str) -> str:
    """What people call a fill (`C6EFCE`): green."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
    most, least = max(red, green, blue), min(red, green, blue)
    if most - least < 16:
        return "grey"
    if most == green and green > red and green >= blue:
        return "green"
    if most == blue:
        return "purple" if red > green + 24 else "blue"
    if blue == least and green > 0.55 * red:
        return "yellow" if green > 0.94 * red else "orange"
    return "red"
