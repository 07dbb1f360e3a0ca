"""The days a report is about, as people name them (day, month, year, term), and the period to compare with."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import pairwise

import numpy as np

from automation.cases.indicators import month_of
from automation.ledger.calendar import Calendar
from automation.ledger.errors import LedgerError, Misused
from automation.ledger.serial_days import FIRST_DAY, LAST_DAY
from automation.ledger.typed.day_words import sign_of
from automation.ledger.typed.written_days import HAN_NUMBER, in_arabic
from automation.reports.model import Period
from automation.text.catalogue import msg
from sheet_schema.languages import any_of, said_for
from sheet_schema.vocabulary import DayKind

BREAK = 10
"""Days that a break between two terms has at least, counting weekends and holidays next to it."""
LONGEST_TERM = 250
"""If two breaks are further apart than this many days, the Calendar lacks one between them."""
SCHOOL_YEAR_FROM = 9
"""The month in which a school year begins, in China and in England."""
A_DAY = timedelta(days=1)
_SIGN_OF_YEAR, _SIGN_OF_MONTH = sign_of("year"), sign_of("month")
_YEAR = re.compile(rf"(\d{{4}}){_SIGN_OF_YEAR}?")
_YEARS = re.compile(
    rf"(\d{{4}})\s*(?:[-/~—–]|{any_of('periods', 'until')})\s*(\d{{4}})\s*{any_of('periods', 'school_year')}?"
)
_MONTH = re.compile(rf"(\d{{4}})\s*(?:[-/.]|{_SIGN_OF_YEAR})\s*(\d{{1,2}}){_SIGN_OF_MONTH}?")
_DAY = re.compile(
    rf"(\d{{4}})\s*(?:[-/.]|{_SIGN_OF_YEAR})\s*(\d{{1,2}})\s*(?:[-/.]|{_SIGN_OF_MONTH})\s*(\d{{1,2}}){sign_of('day')}?"
)

MONTHS = 12
"""How many months a report shows side by side."""


def chosen(
    period: str | None, first: str | None, last: str | None, calendar: Calendar, today: date
) -> tuple[Period, Period]:
    """The period that `--period`, `--from` and `--to` name (none: the last whole month), and the one before it. Raises
    Misused for text that is no period, and LedgerError if the Calendar does not show when a term is."""
    if period and (first or last):
        raise Misused(msg("--period already says which days: leave --from and --to out."))
    if first or last:
        span = _from_to(first, last, today)
        return _begun(span, today), before(span)
    found = _named(normalised(period or "last-month"), calendar, today)
    if isinstance(found, Period):
        return _begun(found, today), before(found)
    return found


def first_day(period: Period, earlier: Period, today: date) -> date:
    """The first day that a report on this period, with the one before it and its twelve months, looks at."""
    return min(earlier.first, month_of(min(period.last, today), MONTHS - 1)[0])


def before(period: Period) -> Period:
    """The period before: as many whole months if the period is whole months, otherwise as many days."""
    months = (period.last.year - period.first.year) * 12 + period.last.month - period.first.month + 1
    if _whole_months(period):
        return Period(month_of(period.first, months)[0], period.first - A_DAY)
    return Period(period.first - (period.last - period.first) - A_DAY, period.first - A_DAY)


def normalised(text: str) -> str:
    """Text in a form to compare: 二〇二六年三月 and ２０２６－０３ become 2026年3月 and 2026-03."""
    folded = unicodedata.normalize("NFKC", text).strip().casefold().replace("_", "-")
    return HAN_NUMBER.sub(in_arabic, folded)


def _whole_months(period: Period) -> bool:
    return period.first.day == 1 and (period.last + A_DAY).day == 1


def _from_to(first: str | None, last: str | None, today: date) -> Period:
    """`--from` alone means until today."""
    if not first:
        raise Misused(msg("--to {last} needs --from beside it: say where the period begins.").of(last=last))
    begin, end = _span(first, "--from").first, _span(last, "--to").last if last else today
    if begin > end:
        raise Misused(
            msg("--from {begin} is after --to {end}: exchange them, or mend one.").of(begin=begin, end=end)
            if last
            else msg("--from {begin} is not past yet: a report looks back.").of(begin=begin)
        )
    return Period(begin, end)


def _begun(period: Period, today: date) -> Period:
    if period.first > today:
        raise Misused(
            msg("{first} to {last} has not begun yet: a report looks back.").of(first=period.first, last=period.last)
        )
    return period


def _span(text: str, option: str) -> Period:
    """The day, month or year written in `text`. Raises Misused."""
    typed = normalised(text)
    parts: tuple[tuple[re.Pattern[str], Callable[..., Period]], ...] = (
        (_DAY, lambda *day: Period(date(*day), date(*day))),
        (_MONTH, lambda year, month: Period(*month_of(date(year, month, 1)))),
        (_YEAR, lambda year: Period(date(year, 1, 1), date(year, 12, 31))),
    )
    for pattern, made in parts:
        if found := pattern.fullmatch(typed):
            try:
                span = made(*map(int, found.groups()))
            except ValueError:
                break
            if span.first >= FIRST_DAY and span.last <= LAST_DAY:
                return span
    raise Misused(
        msg("{option} {text} is no day, month or year: write it like 2026-03-01, 2026-03 or 2026.").of(
            option=option, text=text
        )
    )


def _named(text: str, calendar: Calendar, today: date) -> Period | tuple[Period, Period]:
    """The period `--period` names: a word, month, year or school year; a term comes with the one before it."""
    this_month = Period(*month_of(today))
    words: dict[str, Callable[[], Period | tuple[Period, Period]]] = {
        "month": lambda: this_month,
        "last-month": lambda: Period(*month_of(today, 1)),
        "year": lambda: _year(today.year),
        "last-year": lambda: _year(today.year - 1),
        "term": lambda: _term(calendar, today),
        "last-term": lambda: _last_term(calendar, today),
    }
    word = text.replace(" ", "-")
    word = next((key for key in words if text in said_for("periods", key)), word)
    if word in words:
        return words[word]()
    if (years := _YEARS.fullmatch(text)) and int(years[2]) == int(years[1]) + 1:
        begin = date(int(years[1]), SCHOOL_YEAR_FROM, 1)
        return Period(begin, date(int(years[2]), SCHOOL_YEAR_FROM, 1) - A_DAY)
    if any(pattern.fullmatch(text) for pattern in (_DAY, _MONTH, _YEAR)):
        return _span(text, "--period")
    raise Misused(
        msg("--period {text} is no period: it is one of {words}, or like 2026-03, 2026 or 2025-2026.").of(
            text=text, words=list(words)
        )
    )


def _year(year: int) -> Period:
    return Period(date(year, 1, 1), date(year, 12, 31))


def breaks(calendar: Calendar) -> list[Period]:
    """The breaks between terms: ten or more adjacent days without school, some of them `closed`."""
    days = np.arange(np.datetime64(FIRST_DAY, "D"), np.datetime64(LAST_DAY, "D") + 1)
    off = ~calendar.is_schoolday(days)
    closed = np.zeros(len(days), dtype=bool)
    for entry in calendar.entries:
        if entry.kind == DayKind.CLOSED.key:
            first, last = map(np.datetime64, entry.counted)
            closed |= (days >= first) & (days <= last)
    edges = np.flatnonzero(np.diff(off.astype(np.int8), prepend=0, append=0)).tolist()
    return [
        Period(days[first].item(), days[after - 1].item())
        for first, after in zip(edges[::2], edges[1::2], strict=True)
        if after - first >= BREAK and closed[first:after].any()
    ]


def _term(calendar: Calendar, today: date) -> tuple[Period, Period]:
    """The current term, and the one before."""
    known = breaks(calendar)
    for one in known:
        if one.first <= today <= one.last:
            raise LedgerError(
                msg("{today} lies in a school break ({first} to {last}): --period last-term is the term before it.").of(
                    today=today, first=one.first, last=one.last
                )
            )
    terms = _terms(known)
    for at, term in enumerate(terms):
        if term.first <= today <= term.last:
            return term, _term_before(terms, at)
    raise _no_breaks(today)


def term_around(calendar: Calendar, day: date) -> Period:
    """The term that a day is in or, in a school break, the next one. Raises LedgerError if the Calendar does not say when that is."""
    found = next((term for term in _terms(breaks(calendar)) if term.last >= day), None)
    if found is None or (found.first - day).days > LONGEST_TERM:
        raise _no_breaks(day)
    return found


def span_of(text: str, option: str) -> Period:
    """The day, month or year, or those from one to another (`2026-03-01..2026-07-10`), that an option names. Raises Misused."""
    first, dots, last = text.partition("..")
    begin = _span(first, option)
    return Period(begin.first, _span(last, option).last) if dots else begin


def _last_term(calendar: Calendar, today: date) -> tuple[Period, Period]:
    """The latest term that is over, and the one before."""
    terms = _terms(breaks(calendar))
    over = [at for at, term in enumerate(terms) if term.last < today]
    if not over or (today - terms[over[-1]].last).days > LONGEST_TERM + 2 * BREAK:
        raise _no_breaks(today)
    return terms[over[-1]], _term_before(terms, over[-1])


def _terms(known: Sequence[Period]) -> list[Period]:
    """The times between two breaks, unless they are too long for one term."""
    between = (Period(one.last + A_DAY, following.first - A_DAY) for one, following in pairwise(known))
    return [term for term in between if (term.last - term.first).days < LONGEST_TERM]


def _term_before(terms: Sequence[Period], at: int) -> Period:
    """The term before; if the Calendar does not reach that far, as many days just before."""
    if at and (terms[at].first - terms[at - 1].last).days < LONGEST_TERM:
        return terms[at - 1]
    return before(terms[at])


def _no_breaks(day: date) -> LedgerError:
    return LedgerError(
        msg(
            "The Calendar does not say when the term around {day} begins and ends: enter the school breaks before and after it (kind closed, {days} days or more) in the Calendar tab, or give --from and --to."
        ).of(day=day, days=BREAK)
    )
