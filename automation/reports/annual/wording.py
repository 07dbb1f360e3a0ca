"""The words of the yearly document: they state figures, and never praise, judge or promise.

Keys ending in 0 or 1 are for none and one. What a person has to write is a place in brackets, never a sentence of ours.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from automation.cases.indicator_text import NONE
from automation.reports.model import Period
from automation.reports.periods import SCHOOL_YEAR_FROM
from automation.text.catalogue import Message, Sentences, counted, msg
from automation.text.dates import month_alone, short_day, short_month
from sheet_schema import Language
from sheet_schema.languages import traits
from sheet_schema.vocabulary import YesNo

HOURS_FROM = 2
"""Hours from which a time is given in hours and minutes."""
TEXTS: Mapping[str, Message] = {
        "of": msg("Letters, visits and complaints"), "title": msg("Annual summary {year}"), "name": msg("Annual summary {year}"),
        "span": msg("{first} to {last}"), "part": msg("{label} {n:,}"),
        "total": msg("Total"), "per_cent": msg("{n}%"), "cases": msg("Cases"), "share": msg("Share"),
        "restricted": counted("One of these is confidential: it is counted and not listed.", "{n:,} of these are confidential: they are counted and not listed."),
        # in figures
        "h_figures": msg("The year in figures"),
        "received0": msg("From {first} to {last}, no letter, visit or other matter was received"),
        "received": counted("From {first} to {last}, one letter, visit or other matter was received", "From {first} to {last}, {n:,} letters, visits and other matters were received"),
        "before0": msg(" ({year}: none in the ledger)."), "before": msg(" ({year}: {n:,})."),
        "by_channel": msg("By channel: {parts}."), "by_kind": msg("By kind: {parts}."),
        "replied0": msg("No reply was given in that time."), "replied": counted("One reply was given in that time.", "{n:,} replies were given in that time."),
        "not_over": msg("The period is not over: these are its figures up to {day}."),
        "open0": msg("On {day}, no case was open."), "open": counted("On {day}, one case was open", "On {day}, {n:,} cases were open"),
        "late0": msg(", none of them late."), "late": counted(", one of them late.", ", {n:,} of them late."),
        "open1_late0": msg(", and it was not late."), "open1_late1": msg(", and it was late."),
        "months": msg("Received and answered, month by month"), "month": msg("Month"), "month_received": msg("Received"), "month_replied": msg("Answered"),
        "months_shown": msg("Columns: cases received and cases answered in each of the months from {first} to {last}. The figures stand in the table before it."),
        # indicators
        "h_indicators": msg("Indicators"), "indicator": msg("Indicator"), "target": msg("Target"), "met": msg("Target met"),
        "targets": msg("Of the {n} indicators with a target, {measured} had something to measure: {met} met the target, {missed} did not."),
        "missed_ones": msg("Target not met: {parts}."), "missed_one": msg("{name}, {value}"), "missed_count": msg("{name}, {value}", "counted"),
        "indicators": msg("Indicators, their targets and the year before"),
        # what it was
        "h_parts": msg("What was received"), "bars_shown": msg("Bars: {by}, from top to bottom in the order of the table before it."),
        "t_channel": msg("Cases received by channel"), "t_kind": msg("Cases received by kind"), "t_topic": msg("Cases received by topic"),
        "t_department": msg("Cases received by department"), "t_decision": msg("Cases received by decision"), "t_outcome": msg("Cases received by outcome"),
        "h_channel": msg("By channel"), "h_kind": msg("By kind"), "h_topic": msg("By topic"), "h_department": msg("By department"), "h_decision": msg("By decision"), "h_outcome": msg("By outcome"),
        "no_part": msg("Nothing was received."), "part_apart": msg("Confidential, not broken down"),
        # open and late
        "h_open": msg("Open and late on {day}"), "age": msg("Days since received"), "age_open": msg("Open"), "age_late": msg("Of them late"),
        "ages": msg("Open cases by age"), "late_list": msg("Late cases, worst first"), "days_late": msg("Days late"),
        "none_late": msg("No case is late."),
        # superiors
        "h_superiors": msg("Matters from authorities and leaders"),
        "superiors0": msg("No matter from authorities or leaders waited for an answer in the period."),
        "superiors": counted("One matter from authorities or leaders waited for an answer in the period.", "{n:,} matters from authorities or leaders waited for an answer in the period."),
        "superior_parts": msg("Of those listed: {parts}."), "in_time": msg("reported back in time"), "not_in_time": msg("late"),
        "waiting": msg("not due yet"), "no_day": msg("reported back, no day set"),
        "superior_list": msg("Matters from authorities and leaders"), "wanted_by": msg("Wanted by"), "in_time_column": msg("In time", "column"),
        # collective, repeat, leapfrog
        "h_special": msg("Group visits, repeats, and visits that skipped a stage"),
        "h_collective": msg("Group visits"), "collective0": msg("No group visit was received."),
        "collective": counted("One group visit was received.", "{n:,} group visits were received."),
        "h_repeats": msg("Repeats"), "repeats0": msg("No repeat was received."), "repeats": counted("One repeat was received.", "{n:,} repeats were received."),
        "h_leapfrog": msg("Visits that skipped a stage"), "leapfrog0": msg("No visit that skipped a stage was received."),
        "leapfrog": counted("One visit that skipped a stage was received.", "{n:,} visits that skipped a stage were received."),
        "handled": counted("For one of those listed the office had handled the matter before.", "For {n:,} of those listed the office had handled the matter before."),
        "evidence": msg("The table shows how: when it was due and answered, and who was reminded. It is evidence, not a verdict."),
        "leapfrog_list": msg("Visits that skipped a stage, and the earlier handling here"), "earlier": msg("Earlier case"), "due": msg("Due"),
        "replied_on": msg("Answered", "day"), "reminded": msg("Reminded"), "reminder": msg("{kind} to the {role}, {day}"),
        # leaders
        "h_told": msg("What leaders were told, and how fast"), "told0": msg("No important or group case was received."),
        "told": counted("One important or group case was received.", "{n:,} important or group cases were received."),
        "alerted": msg("Of those listed, {alerted:,} led to an alert; for {told:,} the ledger says that a leader was told."),
        "told_after": msg("From the ledger's first sight of a case to the first alert it took {time} (median)."),
        "told_list": msg("Important and group cases"), "seen": msg("First seen"), "alerts": msg("Alerts"), "after": msg("After"),
        "minutes": msg("{n:.0f} min"), "at_once": msg("under 1 min"), "hours": msg("{h} h {m} min"), "alert": msg("{role} {when}"),
        # numbers
        "h_integrity": msg("Numbers accounted for"), "check": msg("Check"), "integrity": msg("Numbers and rows"),
        "whole": msg("Each of the three checks found nothing."),
        "missing": msg("Numbers missing from the Register"), "vanished": msg("Numbers gone from Filing"),
        "invalid": msg("Rows wrong for more than a working day"), "restricted_besides": counted("{numbers} and one confidential one", "{numbers} and {n:,} confidential ones"),
        "restricted_only": counted("one confidential case", "{n:,} confidential cases"),
        # to be written
        "h_words": msg("The office's own account"), "h_done": msg("What was done"), "h_learnt": msg("What was learnt"), "h_change": msg("What will change"),
        "done": msg("[What was done: to be written by the office]"), "learnt": msg("[What was learnt: to be written by the office]"),
        "change": msg("[What will change, by when, and who sees to it: to be written by the office]"),
        "drawn_up_by": msg("Drawn up by"), "approved_by": msg("Approved by"), "signed_on": msg("Date"),
        "person": msg("[name and post]"), "date": msg("[date]"), "school": msg("[name of the school]"),
        # annexes
        "h_behind": msg("The cases behind missed targets"),
        "behind": msg("Cases that fell short of a target"), "cases_column": msg("Which cases"),
        "h_counting": msg("Annex: How the figures are counted"), "how": msg("How it is counted"), "counting": msg("The indicators"),
        "source": msg("The figures were worked out on {day} at {time} from the tabs “{register}” and “{filing}” of the ledger."),
        "shares": msg("Shares of what was received are rounded as well: they need not add up to 100%."),
        "now": msg("What is open, late or unaccounted for is so on the day on which the figures were worked out."),
    }  # fmt: skip


def text_for(language: Language, key: str, **what: object) -> str:
    return Sentences(TEXTS, language).say(key, **what)


def year_name(period: Period, language: Language) -> str:
    """`2026` or `2025/26`; `2026年度` or `2025—2026学年度`."""
    first, last = period.first.year, period.last.year
    if first == last:
        return msg("{year}", "the year of a report").say(language, year=first)
    named = msg("{first}/{last}", "a school year") if period.first.month == SCHOOL_YEAR_FROM else msg("{first}/{last}")
    return named.say(
        language, first=first, last=f"{last % 100:02}" if traits(language)["second_year"] == "short" else last
    )


def day_short(day: date | None, language: Language) -> str:
    """A day in a table: `2 Mar 2026`, `2026-03-02`, or a dash."""
    if day is None:
        return NONE
    return day.isoformat() if traits(language)["days_in_tables"] == "iso" else short_day(day, date.min, language)


def month_short(first: date, period: Period, language: Language) -> str:
    """`Mar` or `3月`; with its year if the period has several: `Sept 2025`, `2025年9月`."""
    one_year = period.first.year == period.last.year == first.year
    if one_year:
        return month_alone(first, language)
    return short_month(first, language)


def moment_short(at: datetime | None, language: Language) -> str:
    return NONE if at is None else f"{day_short(at.date(), language)} {at:%H:%M}"


def time_taken(minutes: float | None, language: Language) -> str:
    """`35 min`, from two hours on `3 h 5 min`; a dash for none."""
    if minutes is None:
        return NONE
    if minutes < 1:
        return text_for(language, "at_once")
    hours, rest = divmod(round(minutes), 60)
    return (
        text_for(language, "hours", h=hours, m=rest)
        if hours >= HOURS_FROM
        else text_for(language, "minutes", n=minutes)
    )


def yes_no(yes: bool | None, language: Language) -> str:
    return NONE if yes is None else (YesNo.YES if yes else YesNo.NO).label(language)
