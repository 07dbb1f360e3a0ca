"""The first lines of a Calendar tab: public holidays and make-up workdays, from the `holidays` library.

Only a beginning. The Calendar tab is the office's own: local holidays and school breaks are typed there, and
what is typed there counts.
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

DECREED_YEARLY = frozenset({"CN"})
"""Where make-up workdays are set a year at a time (China: by a State Council notice late in the year before)."""

MAKE_UP = {"en": "Make-up workday for {}", "zh": "{}调休上班"}
MAKE_UP_FOR_NOTHING_KNOWN = {"en": "Make-up workday", "zh": "调休上班"}


def official_days(
    country: str, years: Iterable[int], subdivision: str | None = None, language: str = "zh"
) -> list[CalendarDays]:
    """The Calendar lines of these years by date, in the ledger's language where the library has it.

    Days off with nothing but a weekend between them are one line, as in a government notice ("国庆节、中秋节
    10月1日至8日"). A day off in exchange for a worked weekend belongs to the holiday it lengthens; the worked
    day is a `workday` line named after that holiday. Where the library knows a year's holidays but not yet its
    make-up workdays, only the holidays come: ask `years_without_official_days`.
    """
    wanted = set(years)
    # The next year too: the last weekend of December may be worked for a day off in January.
    found = _from_library(country, wanted | {year + 1 for year in wanted}, subdivision, language)
    lines: list[CalendarDays] = []
    worked_for: dict[date, str] = {}
    comma = "、" if str(found.language).startswith("zh") else ", "
    for block in _blocks(found):
        labels = [_label(found, day) for day in block]
        name = comma.join(dict.fromkeys(name for label in labels for name in label.names))
        worked_for |= {label.swapped_with: name for label in labels if label.swapped_with}
        if within := [day for day in block if day.year in wanted]:
            lines.append(_line(within[0], within[-1], "holiday", name))
    for day in found.weekend_workdays:
        if day.year in wanted:
            holiday = worked_for.get(day)
            name = MAKE_UP[language].format(holiday) if holiday else MAKE_UP_FOR_NOTHING_KNOWN[language]
            lines.append(_line(day, day, "workday", name))
    return sorted(lines, key=lambda line: line.start)


def years_without_official_days(country: str, years: Iterable[int], subdivision: str | None = None) -> list[int]:
    """Those of these years whose days are not official yet, so that due dates in them may still move.

    For China a year is official once its make-up workdays are known: the library works out the festivals of
    any year by rule and says nothing of what is missing. Elsewhere a year with any holiday at all is taken
    as known.
    """
    wanted = set(years)
    found = _from_library(country, wanted, subdivision, "en")
    known = found.weekend_workdays if country.upper() in DECREED_YEARLY else found
    return sorted(wanted - {day.year for day in known})


@dataclass(frozen=True, slots=True)
class _Label:
    """What the library calls one day off: its holidays, and the worked day it was exchanged for, if it was."""

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
            f"No public holidays are known for {place}: use a country code such as CN or GB (with ENG for"
            " England), or type the holidays into the Calendar tab.",
            f"没有 {place} 的法定节假日资料：请使用 CN、GB（英格兰再填 ENG）这样的国家代码，或者自己在“日历”表中填写。",
        ) from error


def _library_language(spoken: HolidayBase, language: str) -> str | None:
    """The library's nearest language: the country's own if it fits, else any that does, else the country's own."""
    on_offer = [*filter(None, [spoken.default_language]), "zh_CN", "en_US"]
    fitting = [code for code in on_offer if code.startswith(language) and code in spoken.supported_languages]
    return fitting[0] if fitting else spoken.default_language


def _blocks(found: HolidayBase) -> list[list[date]]:
    """Days off in runs: a weekend that nobody works does not break a run."""
    blocks: list[list[date]] = []
    for day in sorted(found):
        if blocks and not _worked_between(blocks[-1][-1], day, found):
            blocks[-1].append(day)
        else:
            blocks.append([day])
    return blocks


def _worked_between(first: date, last: date, found: HolidayBase) -> bool:
    between = [first + timedelta(days=ahead) for ahead in range(1, (last - first).days)]
    return any(day.weekday() < 5 or day in found.weekend_workdays for day in between)


def _label(found: HolidayBase, day: date) -> _Label:
    """Take apart a day's label, such as `清明节（补假）`, `中秋节; 国庆节` or `休息日（由 2026-10-10 调休）`."""
    observed = _pattern(found, "observed_label")
    swapped = _pattern(found, "substituted_label")
    names: list[str] = []
    swapped_with: date | None = None
    for name in found.get_list(day):
        if swapped and (match := swapped.fullmatch(name)):
            date_format = found.tr(found.substituted_date_format)
            swapped_with = datetime.strptime(match[1], date_format).date()  # noqa: DTZ007  (a date, no time)
        elif observed and (match := observed.fullmatch(name)):
            names.append(match[1])
        else:
            names.append(name)
    return _Label(tuple(names), swapped_with)


def _pattern(found: HolidayBase, label: str) -> re.Pattern[str] | None:
    """One of the library's labels (`%s（补假）`) as a pattern, in the language it was asked in."""
    text = getattr(found, label, None)
    return re.compile(re.escape(found.tr(text)).replace("%s", "(.+)")) if text else None


def _line(first: date, last: date, kind: str, name: str) -> CalendarDays:
    return CalendarDays(first, None if last == first else last, kind, name)
