"""The roster of reception days: each day with its hosts, who is there of them, and the periods without a day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from automation.cases.mailboxes import is_away
from automation.ledger.directory import person_named
from automation.ledger.model import Ledger
from automation.ledger.policy import Policy
from automation.ledger.receptions import Reception
from sheet_schema.reception import RECEPTION_EVERY
from sheet_schema.vocabulary import HowOften

_QUARTER = timedelta(days=92)
_A_MONDAY = date(2001, 1, 1)
"""Fortnights are counted from here, so that they are the same in every run."""


@dataclass(frozen=True, slots=True)
class Sitting:
    """One reception day. `hosted_by` are the hosts of whom somebody is there that day, they or their stand-in; `there` those
    who are; `missing` the hosts of whom nobody is."""

    day: date
    row: Reception
    hosted_by: tuple[str, ...]
    there: tuple[str, ...]
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """A week, fortnight or month in which no day is planned or was held."""

    first: date
    last: date


def roster(ledger: Ledger, rows: Iterable[Reception], first: date, last: date) -> list[Sitting]:
    """The reception days from `first` to `last`, the earliest first.

    A rule stands for its days that are no days off, from the day on which it was first seen; a row of its own for such a day, with
    the same host or none, takes its place.
    """
    rows = list(rows)
    own = [row for row in rows if row.on is not None and first <= row.on <= last]
    found = [sitting(ledger.policy, row, row.on) for row in own if row.on is not None]
    taken = {(row.on, host) for row in own for host in row.hosts or ("",)}
    for row in (row for row in rows if row.rule is not None):
        for day in _days_of(ledger, row, first, last):
            if not {(day, ""), *((day, host) for host in row.hosts)} & taken:
                found += [sitting(ledger.policy, row, day)]
    return sorted(found, key=lambda one: (one.day, one.row.time, one.row.row))


def _days_of(ledger: Ledger, row: Reception, first: date, last: date) -> list[date]:
    since = row.noted_at.date() if row.noted_at is not None else first
    until = min(last, row.until) if row.until is not None else last
    assert row.rule is not None
    days = row.rule.between(max(first, since), until, since)
    works = ledger.policy.calendar.is_schoolday(np.asarray(days, dtype="datetime64[D]")) if days else ()
    return [day for day, is_on in zip(days, works, strict=True) if is_on]


def sitting(policy: Policy, row: Reception, day: date) -> Sitting:
    """The row on one of its days."""
    there = {host: acting(policy, host, day) for host in row.hosts}
    return Sitting(
        day,
        row,
        hosted_by=tuple(host for host, name in there.items() if name),
        there=tuple(dict.fromkeys(name for name in there.values() if name)),
        missing=tuple(host for host, name in there.items() if not name),
    )


def acting(policy: Policy, name: str, day: date) -> str:
    """Who is there that day for somebody: they, their stand-in, or the stand-in's; blank if nobody is."""
    person, seen = person_named(name, policy.people), set[str]()
    while person is not None and is_away(person, day):
        seen.add(person.name)
        stand_in = policy.directory.person(person.stand_in) if person.stand_in else ""
        person = None if stand_in in seen else person_named(stand_in, policy.people)
    return person.name if person is not None else ""


def gaps(ledger: Ledger, rows: Sequence[Reception], first: date, last: date) -> list[Gap]:
    """The periods of the Setting that lie between these days and have no reception day that is planned or was held.

    A period in which nobody works counts as none missed (docs/design.md#p24.8).
    """
    every = ledger.policy.settings[RECEPTION_EVERY]
    if every == HowOften.NEVER:
        return []
    held = [one.day for one in roster(ledger, rows, first, last) if not one.row.was_cancelled]
    calendar = ledger.policy.calendar
    missed = []
    for begin, end in periods(every, first, last):
        days = np.arange(np.datetime64(begin, "D"), np.datetime64(end, "D") + 1)
        if calendar.is_schoolday(days).any() and not any(begin <= day <= end for day in held):
            missed.append(Gap(begin, end))
    return missed


def looked_over(ledger: Ledger, rows: Sequence[Reception], today: date) -> tuple[date, date]:
    """From when to when periods without a day are named: a quarter back, but not before the first row, and as far ahead as the
    period after this one ends."""
    known = [row.on for row in rows if row.on is not None] + [row.noted_at.date() for row in rows if row.noted_at]
    first = max(min(known, default=today), today - _QUARTER)
    every = ledger.policy.settings[RECEPTION_EVERY]
    if every == HowOften.MONTH:
        return first, _next_month(_next_month(today)) - timedelta(days=1)
    return first, today + timedelta(days=6 - today.weekday()) + timedelta(days=14)


def periods(every: str, first: date, last: date) -> list[tuple[date, date]]:
    """The whole weeks, fortnights or months from the one that `first` is in to the last that ends by `last`."""
    if every == HowOften.MONTH:
        begin = first.replace(day=1)
        found = []
        while (end := _next_month(begin) - timedelta(days=1)) <= last:
            found.append((begin, end))
            begin = end + timedelta(days=1)
        return found
    weeks = 1 if every == HowOften.WEEK else 2
    begin = first - timedelta(days=first.weekday())
    if weeks == 2 and (begin - _A_MONDAY).days % 14:
        begin -= timedelta(days=7)
    length, found = timedelta(days=7 * weeks), []
    while (end := begin + length - timedelta(days=1)) <= last:
        found.append((begin, end))
        begin += length
    return found


def _next_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)
