"""Of several runs and periods, no two published figures give a restricted case away by subtraction (docs/design.md#p5.9).

All that is published on two days running (five periods as text, page, JSON, tab and document; the Dashboard; the mails of
leaders) is made twice, with other attributes of the restricted cases. `LEDGER_TRIES=500` makes it a longer search.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from hypothesis import given

from automation.ledger.workbook import Snapshot
from automation.pages.dashboard import TILES
from automation.reports.annual.annual import blocks
from automation.reports.as_json import as_json
from automation.reports.build import cases_to_report, report_on, view_of
from automation.reports.dashboard import dashboard
from automation.reports.model import Period, Report
from automation.reports.page import page_of
from automation.reports.summary import summary
from automation.reports.tab import report_cells
from automation.run.job import JOBS, Request, Result
from automation.run.plan import plan
from automation.run.two_worlds import after_run
from automation.steps.digests import everything
from tests.reports.test_one_figure import MONTHS, QUARTER, broken_down, totals
from tests.support.random_registers import NOW, Office, Row, small_offices
from tests.support.sample import random_examples

DAYS = (NOW - timedelta(days=1), NOW)
TODAY = NOW.date()
PERIODS = (
    MONTHS[0], MONTHS[1], QUARTER, Period(TODAY - timedelta(days=7), TODAY - timedelta(days=1)), Period(TODAY, TODAY),
)  # fmt: skip
LEADERS = ("孙校长", "赵刚")
"""They read figures; some cases are about 赵刚, who must not know of them."""
ELSEWHERE: Sequence[Mapping[str, object]] = (
    {"department": "教务处", "kind": "申诉求决"},
    {"department": "总务处", "kind": "检举控告"},
    {"department": "德育处", "kind": "建议"},
)
LONG_AGO: Mapping[str, object] = {
    "received_on": "2026-01-06", "decision": "", "decided_on": "", "reason": "", "notified_on": "", "outcome": "",
    "replied_on": "", "fed_back_on": "", "satisfaction": "",
}  # fmt: skip
"""Late in every step."""
TODAY_ONLY = {**LONG_AGO, "received_on": str(TODAY - timedelta(days=1))}
"""Late in none."""


@dataclass(frozen=True)
class TwoDays:
    """What is done on the two days, and the ledger after each."""

    runs: Sequence[Result]
    books: Sequence[Snapshot]

    @classmethod
    def of(cls, office: Office) -> TwoDays:
        runs, books = list[Result](), [office.book]
        for now in DAYS:
            runs.append(plan(books[-1], Request(JOBS["run"], now, now.astimezone(), instead_of_sending=True)))
            books.append(after_run(books[-1], runs[-1]))
        return cls(runs, books[1:])

    def reports(self) -> list[Report]:
        """On each period and the one before it, on each day."""
        found = []
        for book, now in zip(self.books, DAYS, strict=True):
            cases = cases_to_report(book, now)
            view = view_of(cases, everything)
            found += [report_on(view, cases, period, MONTHS[2]) for period in PERIODS]
        return found

    def boards(self) -> list[dict[object, object]]:
        """The Dashboard of each day; what is typed wrong there is to be looked at."""
        return [{**dashboard(run.after, now), TILES["look"]: ""} for run, now in zip(self.runs, DAYS, strict=True)]

    def mails_to(self, readers: Sequence[str]) -> list[str]:
        """Every mail to these readers, whole."""
        mails = (mail for run in self.runs for mail in run.mails)
        return [f"{mail.kind} {mail.to} {mail.rendered}" for mail in mails if mail.reader in readers]


def printed(report: Report) -> list[object]:
    document = [repr(one) for one in blocks(report)]
    return [*summary(report), page_of(report), json.dumps(as_json(report)), report_cells(report), document]


def changed(office: Office, which: Callable[[Row], bool], cells: Mapping[str, object]) -> Office:
    """The office with these cells in the rows so chosen."""

    def of(rows: Sequence[Row]) -> tuple[Row, ...]:
        return tuple({**row, **cells} if which(row) else row for row in rows)

    return Office(of(office.register), of(office.filing))


def is_marked(row: Row) -> bool:
    return row["restricted"] == "是"


def is_about_the_leader(row: Row) -> bool:
    return row["about"] == "赵刚"


@random_examples(2)
@given(small_offices())
def test_of_the_department_and_kind_of_a_restricted_case_nothing_published_says_a_byte(office: Office) -> None:
    worlds = (TwoDays.of(changed(office, is_marked, cells)) for cells in ELSEWHERE)
    first, *others = ([*map(printed, one.reports()), one.mails_to(LEADERS), one.boards()] for one in worlds)
    for other in others:
        assert other == first


@random_examples(2)
@given(small_offices())
def test_whether_a_restricted_case_is_late_shows_in_totals_only(office: Office) -> None:
    """Take the confidential ones from each total that says how many there are, and nothing is left of them."""
    worlds = (TwoDays.of(changed(open_only(office), is_marked, cells)) for cells in (LONG_AGO, TODAY_ONLY))
    late, on_time = (one.reports() for one in worlds)
    for one, other in zip(late, on_time, strict=True):
        assert broken_down(one) == broken_down(other)
        assert without_restricted(one) == without_restricted(other)


@random_examples(2)
@given(small_offices())
def test_whom_a_case_is_about_reads_the_same_whatever_becomes_of_it(office: Office) -> None:
    variants = (LONG_AGO, TODAY_ONLY, ELSEWHERE[1])
    worlds = (TwoDays.of(changed(open_only(office), is_about_the_leader, cells)) for cells in variants)
    first, *others = (one.mails_to(["赵刚"]) for one in worlds)
    assert others == [first] * len(others)


def open_only(office: Office) -> Office:
    """Without what is filed, and with nothing marked as a repeat: a figure of those counts named cases, too."""
    return Office(tuple({**row, "repeat_of": "", "leapfrog": ""} for row in office.register), ())


def without_restricted(report: Report) -> dict[str, int]:
    """Each count less the restricted cases that it says are in it."""
    beside = {one.indicator.key: one.restricted for one in report.figures}
    beside |= {"value": report.open.restricted, "late": report.open.restricted_late}
    return {key: count - beside[key] for key, count in totals(report).items()}
