"""The Dashboard's values: how things stand, fit for anybody who opens the workbook or sees a picture of it.

Each `run` and `validate` works them out anew and writes the differences in its one commit. If a commit leaves a case
out because somebody was typing in its row, the page is ahead of the Register until the next run.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import numpy as np

from automation.cases import standing
from automation.cases.cases import cases_of
from automation.cases.confidentiality import restricted_cases
from automation.cases.joined_facts import answered
from automation.cases.register_lines import register_lines_of
from automation.cases.steps_owed import wants_feedback
from automation.ledger.model import Ledger
from automation.ledger.normal_form import normal
from automation.ledger.office_time import today
from automation.ledger.table import Array
from automation.ledger.titles_and_headers import title_of
from automation.ledger.workbook import Cell, Snapshot, TabEdit
from automation.pages.dashboard import (
    DEPARTMENTS_LIST,
    DUE_LIST,
    LATE_LIST,
    RAN_AT,
    RAN_HOW,
    SUPERIORS_LIST,
    TILES,
    ListPlace,
    dashboard_page,
)
from automation.pages.edits import page_edit
from automation.pages.page import Values
from automation.reports.dashboard_receptions import reception_values
from automation.text.catalogue import Message, Sentences, msg
from sheet_schema import DASHBOARD
from sheet_schema.vocabulary import Light, Step

DAYS_AHEAD = 6
""" "Due within a week" means today and this many more days."""
REFRESHED_BY = ("run", "validate")
"""The commands that work the page out; runs of others do not count for "Last run"."""
_TEXTS: Mapping[str, Message] = {
        "failed": msg("It went wrong: see Runs."), "more": msg("… and {n} more"), "secret": msg("see the Register"), "nothing_late": msg("Nothing is late."),
        "nothing_due": msg("Nothing falls due."), "no_case": msg("No case is open."), "nobody": msg("Nobody waits for anything."),
        "none_yet": msg("Not given to any yet"), "apart": msg("Confidential cases"), "others": msg("{n} more departments"),
    }  # fmt: skip
DashboardRow = Sequence[Cell]


def dashboard_edits(snapshot: Snapshot, ledger: Ledger, now: datetime) -> tuple[TabEdit, ...]:
    """What to write so that the page shows this ledger; nothing if the tab is missing or is some other page."""
    title = title_of(DASHBOARD, snapshot.grids, ledger.language)
    page = dashboard_page(ledger.language)
    if title is None or not page.is_laid_out(snapshot.grids[title].rows):
        return ()
    rows = snapshot.grids[title].rows
    values = page.with_values(dashboard(ledger, now))
    edit = page_edit(title, rows, {**values, **reception_values(ledger, now, rows)})
    return (edit,) if edit is not None else ()


def dashboard(ledger: Ledger, now: datetime) -> Values:
    """The values by row and column. A restricted case has only number, step and date: whoever
    reads them here can look into the Register."""
    texts, register = Sentences(_TEXTS, ledger.language), ledger.register
    counted = register_lines_of(ledger).cases
    open_yet = counted & standing.is_open(register)
    of_light = {light: counted & standing.with_light(register, light) for light in Light}
    on_time = of_light[Light.ON_TIME] | of_light.pop(Light.WAITING)  # the tiles add up to all that is open
    of_light[Light.ON_TIME] = on_time
    late = of_light[Light.LATE]
    ahead = (register["due_on"] >= today(now)) & (register["due_on"] <= today(now) + np.timedelta64(DAYS_AHEAD, "D"))
    waited_for = open_yet & wants_feedback(register) & np.isnat(register["fed_back_on"])
    cases, more = _Cases(ledger, now), texts["more"]
    return {
        **_ran(ledger, texts),
        **{TILES[light.key]: int(which.sum()) for light, which in of_light.items()},
        TILES["open"]: int(open_yet.sum()),
        TILES["look"]: int((register["problems"] != "").sum()),
        **_listed(LATE_LIST, cases.lines(late), texts["nothing_late"], more),
        **_listed(DUE_LIST, cases.lines(open_yet & ahead), texts["nothing_due"], more),
        **_listed(DEPARTMENTS_LIST, _by_department(ledger, open_yet, late), texts["no_case"], texts["others"]),
        **_listed(SUPERIORS_LIST, cases.waited_for(waited_for), texts["nobody"], more),
    }


def _ran(ledger: Ledger, texts: Mapping[str, str]) -> dict[tuple[int, int], Cell]:
    runs = ledger.tables["runs"]
    ours = np.flatnonzero(np.isin(runs["command"], REFRESHED_BY) & ~np.isnat(runs["at"]))
    if not len(ours):
        return {}
    last = ours[-1]
    failed = {RAN_HOW: texts["failed"]} if runs["outcome"][last] == "failed" else {}
    return {RAN_AT: runs["at"][last].item(), **failed}


def _listed(place: ListPlace, lines: Sequence[DashboardRow], none: str, more: str) -> Values:
    """A list below its column heads; `none` if it is empty, and `more` with how many did not fit."""
    found = {
        (row, column): cell
        for row, line in enumerate(lines[: place.most] or [(none,)], start=place.head + 1)
        for column, cell in enumerate(line, start=place.left)
    }
    left_out = len(lines) - place.most
    return found | ({(place.after, place.left): more.format(n=left_out)} if left_out > 0 else {})


class _Cases:
    """The Register's cases as lines of a list."""

    def __init__(self, ledger: Ledger, now: datetime) -> None:
        self._ledger, self._now = ledger, now
        self._register, self._language, self._day = answered(ledger.register), ledger.language, now.date()
        self._restricted = restricted_cases(ledger.register, ledger.policy)

    def lines(self, which: Array) -> list[DashboardRow]:
        """Number, step, date, days between the date and today, department; the earliest date first."""
        return [self._line(at) for at in _by_day(which, self._register["due_on"])]

    def _line(self, at: int) -> DashboardRow:
        register = self._register
        step, due = register["step"][at], register["due_on"][at].item()
        return (
            register["case_no"][at],
            Step.of(step).label(self._language) if step else "",
            due or "",
            abs((due - self._day).days) if due else "",
            Sentences(_TEXTS, self._language)["secret"] if self._restricted[at] else register["department"][at],
        )

    def waited_for(self, which: Array) -> list[DashboardRow]:
        """Number, step and the day by which authorities and leaders want an answer, whatever is due before."""
        if not which.any():
            return []
        wanted_by = cases_of(self._ledger, self._now).clocks[Step.FEEDBACK].due
        step, numbers = Step.FEEDBACK.label(self._language), self._register["case_no"]
        return [(numbers[at], step, wanted_by[at].item() or "") for at in _by_day(which, wanted_by)]


def _by_day(which: Array, days: Array) -> list[int]:
    """The positions of the masked cases, the earliest day first."""
    found = np.flatnonzero(which)
    positions: list[int] = found[np.argsort(days[found], kind="stable")].tolist()
    return positions


def _by_department(ledger: Ledger, open_yet: Array, late: Array) -> list[DashboardRow]:
    """Open and late cases by department, in the tab's order; the restricted ones apart, as a department would tell who."""
    restricted = restricted_cases(ledger.register, ledger.policy)
    secret, named = open_yet & restricted, open_yet & ~restricted
    names, at = _departments(ledger, named)
    opened, delayed = (np.bincount(at[which], minlength=len(names)).tolist() for which in (slice(None), late[named]))
    apart = (Sentences(_TEXTS, ledger.language)["apart"], int(secret.sum()), int((secret & late).sum()))
    rows = (*zip(names, opened, delayed, strict=True), apart)
    return [(name, count, overdue or "") for name, count, overdue in rows if count]


def _departments(ledger: Ledger, which: Array) -> tuple[list[str], Array]:
    """All departments, those of the tab first and in its order; and for each of the cases the position of its own."""
    names = {normal(one.name): one.name for one in ledger.policy.departments}
    found = [(normal(name), name) for name in answered(ledger.register)["department"][which].tolist()]
    for key, name in sorted(set(found), key=lambda pair: (pair[0] == "", pair)):
        names.setdefault(key, name or Sentences(_TEXTS, ledger.language)["none_yet"])
    places = {key: i for i, key in enumerate(names)}
    return [*names.values()], np.asarray([places[key] for key, _ in found], dtype=np.int64)
