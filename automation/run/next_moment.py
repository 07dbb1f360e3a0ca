"""The next moment at which a run on the same ledger might find something to do, told by one that found nothing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta

from automation.cases.duty_to_report import report_within
from automation.ledger.model import Ledger
from automation.run.job import Result
from automation.steps.alerts import patience
from automation.steps.time_of_run import LONGEST_PAUSE, last_run
from sheet_schema.vocabulary import NoticeKind

_INSTANT = timedelta(microseconds=1)


def next_moment(result: Result) -> datetime | None:
    """The moment, with its time zone, before which no run on the same ledger has anything to do; None if that is not sure.

    It is too early rather than too late: whatever ends by the hour counts, whether anything hangs on it or not, and no
    day is looked beyond. Days with a change of the clocks are left out, since an hour comes twice there or not at all.
    """
    ledger, now = result.after, result.now
    zone = ledger.policy.settings.zone
    midnight = datetime.combine(now.date() + timedelta(days=1), time())
    moment = min((one for one in _by_the_hour(ledger, now) if one > now), default=midnight)
    first = min(moment, midnight).replace(tzinfo=zone)
    offsets = {at.replace(tzinfo=zone).utcoffset() for at in (midnight - timedelta(days=1), midnight)}
    return first if len(offsets) == 1 else None


def _by_the_hour(ledger: Ledger, now: datetime) -> Iterator[datetime]:
    """Every moment at which something ends that is measured in less than days."""
    settings = ledger.policy.settings
    yield datetime.combine(now.date(), settings.moment("send_from"))
    until = datetime.combine(now.date(), settings.moment("send_until"))
    yield until
    yield until + _INSTANT  # until then ordinary mail may go, that minute included
    if (last := last_run(ledger)) is not None:
        yield last + LONGEST_PAUSE + _INSTANT
    notices, grace = ledger.tables["notices"], timedelta(hours=settings.whole("problem_grace"))
    yield from _after(ledger.index["problems_since"].tolist(), grace)
    alerted = notices["claimed_at"][notices["kind"] == NoticeKind.ALERT.key].tolist()
    yield from _after(alerted, patience(ledger))
    if (within := report_within(ledger.policy)) is not None:
        yield from _after(alerted, within)
    receptions = ledger.tables["receptions"]
    for key in ("noted_at", "changed_at"):
        yield from _after(receptions[key].tolist(), grace)
    yield from _after(notices["retry_at"].tolist(), timedelta())


def _after(moments: list[datetime | None], wait: timedelta) -> Iterator[datetime]:
    yield from (moment + wait for moment in moments if moment is not None)
