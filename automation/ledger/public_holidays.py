"""Public holidays and make-up workdays for a new Calendar tab, from the `holidays` library.

The office adds local holidays and school breaks itself, and what it types counts (docs/design.md#p3.13).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import holidays
from holidays import HolidayBase

from automation.ledger.calendar import CalendarDays
from automation.ledger.errors import LedgerError
from automation.text.catalogue import in_a_row, msg, with_note
from sheet_schema.languages import LANGUAGES, SOURCE

DECREED_YEARLY = frozenset({"CN"})
"""Countries that announce make-up workdays each year (China: a State Council notice late in the year before)."""

PROVISIONAL = msg("provisional", "days off")
MAKE_UP = msg("Make-up working day for {holiday}")
MAKE_UP_FOR_NOTHING_KNOWN = msg("Make-up working day")


def official_days(
    country: str, years: Iterable[int], subdivision: str | None = None, language: str = "zh"
) -> list[CalendarDays]:
    """The Calendar lines of these years, sorted by date, in the ledger's language if the library has it.

    Days off with only a weekend between them become one line, as in a government notice ("国庆节、中秋节 10月1日至8日").
    A day off in exchange for a worked weekend belongs to the holiday it extends; the make-up workday is a `workday`
    line named after that holiday. If a year's make-up workdays are not announced yet, only its holidays come (see
    `years_without_official_days`). Raises LedgerError for a country the library does not know.
    """
    wanted = set(years)
    # The next year too: a weekend at the end of December may be worked for a day off in January.
    known = _from_library(country, wanted | {year + 1 for year in wanted}, subdivision, language)
    lines: list[CalendarDays] = []
    worked_for: dict[date, str] = {}
    spoken = next((one for one in LANGUAGES if str(known.language).startswith(one)), SOURCE)
    for block in _blocks(known):
        labels = [_label(known, day) for day in block]
        name = in_a_row(dict.fromkeys(name for label in labels for name in label.names), spoken)
        worked_for |= {label.swapped_with: name for label in labels if label.swapped_with}
        if within := [day for day in block if day.year in wanted]:
            lines.append(_line(within[0], within[-1], "holiday", name))
    for day in known.weekend_workdays:
        if day.year in wanted:
            holiday = worked_for.get(day)
            name = MAKE_UP.say(language, holiday=holiday) if holiday else MAKE_UP_FOR_NOTHING_KNOWN.say(language)
            lines.append(_line(day, day, "workday", name))
    return sorted(lines, key=lambda line: line.start)


def years_without_official_days(country: str, years: Iterable[int], subdivision: str | None = None) -> list[int]:
    """Those of these years that are not official yet, so that due dates in them may still move.

    The library works out festivals for any year and does not say what is missing, so for China a year counts as
    official once the library has make-up workdays for it; elsewhere, once it has any holiday. Raises LedgerError for
    a country the library does not know.
    """
    wanted = set(years)
    known = _from_library(country, wanted, subdivision, "en")
    official = known.weekend_workdays if country.upper() in DECREED_YEARLY else known
    return sorted(wanted - {day.year for day in official})


def provisional_mark(language: str) -> str:
    """What stands behind the name of a day off of a year that is not official yet: ` (provisional)`."""
    return with_note("", PROVISIONAL.say(language), language)


@dataclass(frozen=True, slots=True)
class _Label:
    """The holidays of one day off, and the make-up workday it was exchanged for, if any."""

    names: tuple[str, ...]
    swapped_with: date | None


def _from_library(country: str, years: set[int], subdivision: str | None, language: str) -> HolidayBase:
    try:
        country, subdivision = country.upper(), subdivision or None
        spoken = holidays.country_holidays(country, subdiv=subdivision)
        chosen = _library_language(spoken, language)
        return holidays.country_holidays(country, subdiv=subdivision, years=years, language=chosen)
    except NotImplementedError as error:
        place = f"{country}-{subdivision}" if subdivision else country
        raise LedgerError(
            msg(
                "No public holidays are known for {place}: use a country code such as CN or GB (with ENG for England), or type the holidays into the Calendar tab."
            ).of(place=place)
        ) from error


def _library_language(spoken: HolidayBase, language: str) -> str | None:
    """The language to ask the library for: one that fits the ledger's, else the country's own."""
    on_offer = [*filter(None, [spoken.default_language]), "zh_CN", "en_US"]
    fitting = [code for code in on_offer if code.startswith(language) and code in spoken.supported_languages]
    return fitting[0] if fitting else spoken.default_language


def _blocks(known: HolidayBase) -> list[list[date]]:
    """Group consecutive days off; a weekend that nobody works does not separate them."""
    blocks: list[list[date]] = []
    for day in sorted(known):
        if blocks and not _worked_between(blocks[-1][-1], day, known):
            blocks[-1].append(day)
        else:
            blocks.append([day])
    return blocks


def _worked_between(first: date, last: date, known: HolidayBase) -> bool:
    between = [first + timedelta(days=ahead) for ahead in range(1, (last - first).days)]
    return any(day.weekday() < 5 or day in known.weekend_workdays for day in between)


def _label(known: HolidayBase, day: date) -> _Label:
    """Parse a day's label, such as `清明节（补假）`, `中秋节; 国庆节` or `休息日（由 2026-10-10 调休）`."""
    observed = _pattern(known, "observed_label")
    swapped = _pattern(known, "substituted_label")
    names: list[str] = []
    swapped_with: date | None = None
    for name in known.get_list(day):
        if swapped and (match := swapped.fullmatch(name)):
            date_format = known.tr(known.substituted_date_format)
            swapped_with = datetime.strptime(match[1], date_format).date()  # noqa: DTZ007  (a date, no time)
        elif observed and (match := observed.fullmatch(name)):
            names.append(match[1])
        else:
            names.append(name)
    return _Label(tuple(names), swapped_with)


def _pattern(known: HolidayBase, label: str) -> re.Pattern[str] | None:
    """A pattern for one of the library's labels, such as `%s（补假）`, in the language we asked for."""
    text = getattr(known, label, None)
    return re.compile(re.escape(known.tr(text)).replace("%s", "(.+)")) if text else None


def _line(first: date, last: date, kind: str, name: str) -> CalendarDays:
    return CalendarDays(first, None if last == first else last, kind, name)
