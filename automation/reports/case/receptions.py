"""The reception days at which a case came, and what was undertaken there, for `explain` (docs/design.md#p24.10)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from automation.cases.cases import cases_of
from automation.cases.linked_cases import CaseFinder
from automation.ledger.cells import json_value
from automation.ledger.model import Ledger
from automation.ledger.receptions import Reception, receptions_of
from automation.text.catalogue import counted, in_a_row, msg, sentences

_CAME = msg("Came at reception day {number}, {day}.")
_HOST = msg("Host: {names}.")
_UNDERTAKEN = msg("Undertaking: {text}.")
_BY = msg("By {day}.")
_DONE = msg("Done on {day}.")
_LATE = counted("Late by 1 day.", "Late by {n} days.")


def reception_lines(whole: Ledger, number: str, now: datetime) -> Iterator[str]:
    """A line for each reception day at which the case came."""
    language = whole.language
    for row in _receptions(whole, number, now):
        parts = [_CAME.say(language, number=row.number, day=row.on or "")]
        if row.hosts:
            parts.append(_HOST.say(language, names=in_a_row(row.hosts, language)))
        if row.undertaking:
            parts.append(_UNDERTAKEN.say(language, text=row.undertaking.rstrip("。.")))
            parts += _how_it_stands(row, now, language)
        yield sentences(parts, language)


def _how_it_stands(row: Reception, now: datetime, language: str) -> Iterator[str]:
    if row.by_when is not None:
        yield _BY.say(language, day=row.by_when)
    if row.done_on is not None:
        yield _DONE.say(language, day=row.done_on)
    elif row.by_when is not None and (late := (now.date() - row.by_when).days) > 0:
        yield _LATE.say(language, n=late)


def reception_objects(whole: Ledger, number: str, now: datetime) -> list[dict[str, object]]:
    """The same for JSON."""
    return [
        {
            "number": row.number,
            "on": json_value(row.on),
            "hosts": [*row.hosts],
            "undertaking": row.undertaking or None,
            "by_when": json_value(row.by_when),
            "done_on": json_value(row.done_on),
        }
        for row in _receptions(whole, number, now)
    ]


def _receptions(whole: Ledger, number: str, now: datetime) -> Iterator[Reception]:
    """The rows that the case came of, without those of which another case came that may not be named to whoever asks: by such a
    row they could tell that there is another."""
    rows = [row for row in receptions_of(whole) if number in row.cases]
    finder = CaseFinder(cases_of(whole, now)) if any(len(row.cases) > 1 for row in rows) else None
    for row in rows:
        others = tuple(one for one in row.cases if one != number)
        if finder is None or not others or finder.linked(others).anybody_may_know:
            yield row
