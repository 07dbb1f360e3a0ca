"""Works a report out from the Register and Filing, for one reader."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from automation.cases.cases import Cases
from automation.cases.indicators import indicators, stock_of
from automation.ledger.errors import LedgerError
from automation.ledger.workbook import Snapshot
from automation.reports import lists
from automation.reports.counting import View, breakdowns, figure, months, open_cases, within
from automation.reports.leaders_told import integrity, told_cases
from automation.reports.model import Period, Report
from automation.reports.receptions import reception_counts
from automation.steps.cases_now import cases_now
from automation.steps.digests import everything
from automation.steps.known_to import Visible
from automation.text.catalogue import msg


def cases_to_report(snapshot: Snapshot, now: datetime) -> Cases:
    """The cases a report is about. Raises LedgerError if a problem in the ledger would make the report wrong."""
    cases = cases_now(snapshot, now)
    if stops := cases.ledger.stops:
        raise LedgerError(msg("A report would be wrong now. {problem}").of(problem=stops[0]), cases.ledger.language)
    return cases


def report_of(cases: Cases, period: Period, before: Period, visible: Visible = everything) -> Report:
    """The report on a period, with the one before it for comparison. Cases that the reader must not know of (`visible`)
    are left out of every figure and list, as if they did not exist."""
    report = report_on(view_of(cases, visible), cases, period, before)
    return replace(report, receptions=reception_counts(cases, period, visible))


def view_of(cases: Cases, visible: Visible) -> View:
    """The cases that a reader may know of, for reports on any period."""
    return View.of(stock_of(cases, visible, lists.COLUMNS))


def report_on(view: View, cases: Cases, period: Period, before: Period) -> Report:
    """The report on a period, from what a reader may see of the cases."""
    ledger = cases.ledger
    settings, notices = ledger.policy.settings, ledger.tables["notices"]
    collective_from = settings.whole("collective_from")
    figures = (figure(one, view, period, before) for one in indicators(collective_from))
    superiors, superiors_restricted = lists.superiors(view, period)
    leapfrog, leapfrog_restricted = lists.leapfrogs(view, period, notices)
    told, told_restricted = told_cases(view, period, ledger, collective_from)
    return Report(
        language=ledger.language,
        school=settings["school_name"],
        phone=settings["school_phone"],
        period=period,
        before=before,
        now=cases.now,
        figures=tuple(one for one in figures if not one.indicator.if_any or one.counts_any),
        months=months(view, period),
        breakdowns=breakdowns(view, period, ledger.policy, ledger.language),
        open=open_cases(view),
        late=lists.late(view),
        superiors=superiors,
        superiors_restricted=superiors_restricted,
        collective=lists.collective(view, period, collective_from),
        repeats=lists.repeats(view, period),
        leapfrog=leapfrog,
        leapfrog_restricted=leapfrog_restricted,
        told=told,
        told_restricted=told_restricted,
        integrity=integrity(cases, view),
        replied=int(within(view.every["replied_on"], period).sum()),
    )
