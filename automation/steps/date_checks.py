"""The checks of days: which are missing, which contradict each other, which may be a slip."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta

import numpy as np

from automation.cases.cases import Cases
from automation.cases.imported import imported_on
from automation.ledger.office_time import today
from automation.ledger.table import Table
from automation.steps.findings import WARNING, Finding, text_of
from sheet_schema import REGISTER


def unknown_days(cases: Cases) -> Iterable[Finding]:
    """A day is missing that cannot be filled in with certainty, so the row asks for it."""
    register = cases.register
    received = cases.register_lines.cases & (register.read["received_on"] == "")
    yield Finding("which_day_received", "received_on", np.flatnonzero(received))
    decided = cases.register_lines.cases & (register["decision"] != "") & (register.read["decided_on"] == "")
    yield Finding("which_day_decided", "decided_on", np.flatnonzero(decided))


_IN_ORDER = (
    ("received_on", "decided_on"),
    ("received_on", "notified_on"),
    ("received_on", "replied_on"),
    ("received_on", "fed_back_on"),
    ("received_on", "superior_due"),
    ("received_on", "told_of_extension_on"),
    ("received_on", "reported_on"),
    ("received_on", "waiting_since"),
    ("decided_on", "replied_on"),
    ("decided_on", "concluded_on"),
    ("concluded_on", "replied_on"),
    ("replied_on", "review_on"),
    ("review_on", "review_done_on"),
    ("review_done_on", "second_review_on"),
    ("second_review_on", "panel_on"),
    ("second_review_on", "second_review_done_on"),
    ("panel_on", "second_review_done_on"),
)
PAST = (
    "received_on",
    "decided_on",
    "notified_on",
    "concluded_on",
    "replied_on",
    "fed_back_on",
    "told_of_extension_on",
    "reported_on",
    "review_on",
    "review_done_on",
    "second_review_on",
    "second_review_done_on",
)


def dates_in_order(cases: Cases) -> Iterable[Finding]:
    """A later step has an earlier date, or something done is dated in the future."""
    register, day = cases.register, today(cases.now)
    for earlier, later in _IN_ORDER:
        wrong = np.flatnonzero(cases.register_lines.cases & (register[later] < register[earlier]))
        yield Finding("out_of_order", later, wrong, {"other": REGISTER[earlier]}, _two_days(register, later, earlier))
    for key in PAST:
        ahead = np.flatnonzero(cases.register_lines.cases & (register[key] > day))
        slips = {i: other for i in ahead.tolist() if (other := likelier(register[key][i].item(), cases.now.date()))}
        plain = np.array([i for i in ahead.tolist() if i not in slips], dtype=np.int64)
        yield Finding("in_the_future", key, plain, each=text_of(register, key), warning=WARNING)
        yield Finding(
            "future_perhaps",
            key,
            np.array([*slips], dtype=np.int64),
            each=_with_other(register, key, slips),
            warning=WARNING,
        )


def _two_days(register: Table, later: str, earlier: str) -> Callable[[int], Mapping[str, object]]:
    return lambda i: {"value": register[later][i], "floor": register[earlier][i]}


def _with_other(register: Table, key: str, others: Mapping[int, date]) -> Callable[[int], Mapping[str, object]]:
    return lambda i: {"value": register[key][i], "other": others[i]}


FAR = timedelta(days=45)
"""So many days before the number was first used, a day may be a slip: letters are registered within days."""
IN_LAST_YEAR = timedelta(days=7)
"""The same for a day in the year before: in January people write the old year out of habit."""
SWAPPED = timedelta(days=14)
NEAR = timedelta(days=7)
"""Day and month may have changed places where the day is farther than the first, and would be as near as the second."""


def received_in_time(cases: Cases) -> Iterable[Finding]:
    """Received on is far from the day on which the number was first used. Once somebody has decided, nobody is asked; nor of
    what came with an import."""
    register, lines = cases.register, cases.register_lines
    used = cases.first_seen
    asked = lines.cases & (register["decision"] == "") & (register["received_on"] < used)
    asked &= np.isnat(imported_on(cases.ledger, lines))
    found: dict[str, dict[int, Mapping[str, object]]] = {"received_long_ago": {}, "received_perhaps": {}}
    for i in np.flatnonzero(asked & (used - register["received_on"] > np.timedelta64(NEAR))).tolist():
        day, first = register["received_on"][i].item(), used[i].item()
        other = likelier(day, first)
        last_year = day.year < first.year and first - day > IN_LAST_YEAR
        if first - day > FAR or last_year or (other and first - day > SWAPPED):
            details = {"value": day, "floor": first, **({"other": other} if other else {})}
            found["received_perhaps" if other else "received_long_ago"][i] = details
    for code, rows in found.items():
        yield Finding(code, "received_on", np.array([*rows], dtype=np.int64), each=rows.__getitem__, warning=WARNING)


def likelier(day: date, first_used: date) -> date | None:
    """The day that was perhaps meant: with day and month exchanged, or in this year; None if neither is likely."""
    others = {
        (day.year, day.day, day.month),
        (first_used.year, day.day, day.month),
        (first_used.year, day.month, day.day),
    }
    real = (_real_day(*parts) for parts in others)
    near = [other for other in real if other and other != day and timedelta() <= first_used - other <= NEAR]
    return max(near, default=None)


def _real_day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
