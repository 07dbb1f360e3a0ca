"""Reception days in a report: how many were planned and held, and how many undertakings were kept in time (docs/design.md#p24.12)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from automation.cases.cases import Cases
from automation.cases.reception_roster import roster
from automation.ledger.receptions import Reception, is_turned_on, receptions_of
from automation.reports.model import Period, ReceptionCounts, Report
from automation.steps.digests import everything
from automation.steps.known_to import KnownTo, Visible
from automation.text.catalogue import counted, msg, sentences
from sheet_schema import Language

_HELD = counted("1 reception day was planned, {held} held.", "{n} reception days were planned, {held} held.")
_NONE = msg("No reception day was planned.")
_KEPT = counted("1 undertaking was due, {kept} kept in time.", "{n} undertakings were due, {kept} kept in time.")
_LATE = counted("1 is late and not done.", "{n} are late and not done.")


def reception_counts(cases: Cases, period: Period, visible: Visible) -> ReceptionCounts | None:
    """What of the period is over by now; None where reception days are not turned on. What came of a day counts only for who may
    know of all its cases."""
    if not is_turned_on(cases.ledger):
        return None
    rows, today = _as_known(cases, receptions_of(cases.ledger), visible), cases.now.date()
    last = min(period.last, today)
    days = roster(cases.ledger, rows, period.first, last) if period.first <= last else []
    due = [row for row in rows if _was_due(row, period, today)]
    kept = [row for row in due if row.done_on is not None and row.by_when is not None and row.done_on <= row.by_when]
    return ReceptionCounts(
        planned=len(days),
        held=sum(one.row.was_held and one.row.on is not None for one in days),
        due=len(due),
        kept=len(kept),
        late=sum(row.done_on is None for row in due),
    )


def _as_known(cases: Cases, rows: Sequence[Reception], visible: Visible) -> Sequence[Reception]:
    if visible is everything or not any(row.cases for row in rows):
        return rows
    known = KnownTo(cases, visible).every_number
    return [row if known.issuperset(row.cases) else row.day_alone for row in rows]


def _was_due(row: Reception, period: Period, today: date) -> bool:
    """Whether its undertaking was due in the period: its day is past, or it is done."""
    if not row.undertaking or row.by_when is None or not period.first <= row.by_when <= period.last:
        return False
    return row.by_when < today or row.done_on is not None


def receptions_said(report: Report, language: Language) -> str:
    """The part of a report in a sentence or three; blank where reception days are not turned on."""
    found = report.receptions
    if found is None:
        return ""
    parts = [_HELD.say(language, n=found.planned, held=found.held) if found.planned else _NONE.say(language)]
    if found.due:
        parts.append(_KEPT.say(language, n=found.due, kept=found.kept))
    if found.late:
        parts.append(_LATE.say(language, n=found.late))
    return sentences(parts, language)
